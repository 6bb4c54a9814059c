"""Products: what leaves the screen as a file of its own, under label and letterhead."""
