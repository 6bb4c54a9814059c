"""Institution and follow-up: meetings, decisions, promises and what became of them."""
