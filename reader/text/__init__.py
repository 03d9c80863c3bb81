"""The ground floor: spans of text and the errors a user reads. Standard library only."""

APPLICATION = "parallel-reader"
"""The name of the reader's folders for settings, data and cache."""
