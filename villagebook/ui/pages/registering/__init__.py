"""Registers: one tab per register and the forms of their entries."""
