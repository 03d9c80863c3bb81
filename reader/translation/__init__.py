"""Sentences in, sentences out: Argos packages, the engine in its own process, the cache, the doubts."""
