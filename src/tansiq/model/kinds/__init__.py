"""One file a record kind; importing this package declares them all."""
