"""The demonstration: a federation on one machine, its door and its proofs."""
