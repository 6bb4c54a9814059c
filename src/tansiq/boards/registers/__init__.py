"""Registers: arms lots and items, trace requests, flows, trafficking cases, warnings."""
