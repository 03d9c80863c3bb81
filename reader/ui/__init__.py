"""The window. It renders and emits intentions; the rules live below."""
