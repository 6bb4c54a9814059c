"""Errors, clock, ids, text, settings: what every floor may use."""
