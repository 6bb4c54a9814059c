"""Institution: meetings, bodies, strategy, drafting, words in public, visits and tracks."""
