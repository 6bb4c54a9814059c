"""One file a step; the first one is the whole schema of the first release."""
