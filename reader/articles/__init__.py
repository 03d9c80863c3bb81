"""From a file's bytes to an `Article`: encoding, header date, title, paragraphs. Never writes."""
