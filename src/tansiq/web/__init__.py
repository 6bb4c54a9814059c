"""Pages, parts and forms."""
