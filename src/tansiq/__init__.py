"""Tansiq (تنسيق): coordination among sovereign states."""

__version__ = "0.1.0"
