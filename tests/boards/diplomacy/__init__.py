"""Tests of the boards of diplomacy."""
