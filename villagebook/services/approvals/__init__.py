"""Signing, resolutions, vetoes; lists of payees, journeys, works."""
