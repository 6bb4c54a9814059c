"""Folding, names, numbers, dates, gazetteer and knowledge. Pure."""
