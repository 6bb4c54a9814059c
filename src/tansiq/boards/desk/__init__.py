"""The requirements desk: what must be known, who is asked, what was answered."""
