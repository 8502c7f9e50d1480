"""Invoices: read offline, held against what was typed, listed for the township."""
