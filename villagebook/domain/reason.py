"""What counts as a reason: words somebody can be asked about, no row of dots that only fills the field."""

from __future__ import annotations

LEAST = 4
"""Fewest signs of a reason, spaces and punctuation not counted."""
_DIFFERENT = 3
_LETTERS = 2


def says_why(text: str) -> bool:
    """Four signs at least, two of them letters or characters, three of them different."""
    signs = [c for c in text if c.isalnum()]
    return (
        len(signs) >= LEAST and len(set(signs)) >= _DIFFERENT and sum(c.isalpha() for c in signs) >= _LETTERS
    )
