"""The append-only log, its tables and projections."""
