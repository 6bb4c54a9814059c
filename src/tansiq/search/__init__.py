"""Lists, pages and text search over what a reader may see."""
