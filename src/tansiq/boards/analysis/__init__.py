"""Assessments of several parties, and what is written of them for others."""
