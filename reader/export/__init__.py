"""Annotated passages as evidence: which ones, in which order, in which format."""
