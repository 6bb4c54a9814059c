"""Senses, record kinds, header, label: what the words mean. Pure."""
