"""Forces and movement: what is required and given, means, posture, consent, deconfliction, operations log."""
