"""The Parallel Reader: foreign news beside its offline translation, with notes kept next to the articles."""

__version__ = "0.1.0"
