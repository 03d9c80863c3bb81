"""The ground floor: spans of text and the errors a user reads. Standard library only."""
