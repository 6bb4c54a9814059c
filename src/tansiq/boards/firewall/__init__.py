"""What must not pass: text about a state's own politics."""
