"""The acts behind the exits: one module a screen."""
