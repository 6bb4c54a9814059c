"""What a node and its overseers say of its own state."""
