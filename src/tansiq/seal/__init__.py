"""Signatures, segments, envelopes and keys. Pure."""
