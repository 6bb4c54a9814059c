"""Diplomacy: mandates and silence, contacts, positions, caveats, requests, partners, disputes, channels."""
