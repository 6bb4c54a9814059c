"""The use cases: the only writers."""
