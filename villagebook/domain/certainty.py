"""How well a source is founded: the marks of the field's notes, and the words a reader understands without a key."""

from __future__ import annotations

import re

from villagebook.i18n import N_, _

WORDS = {
    "N": N_("national rule"),
    "L": N_("local rule"),
    "R": N_("seen in a region"),
    "T": N_("second hand"),
    "S": N_("second hand"),
    "A": N_("by analogy"),
    "M": N_("from memory"),
    "D": N_("our own"),
}
"""Mark -> words, as rules and the township's parameters carry them."""

_MARK = re.compile(r"\s*\[([A-Z])\]\s*")


def in_words(mark: str) -> str:
    """The words of a mark; a mark nobody knows stays as it is, "" stays ""."""
    return _(WORDS[mark]) if mark in WORDS else mark


def spelled_out(source: str) -> str:
    """A source with its marks in words: "会计法 25 [N]" -> "会计法 25 (national rule)"."""
    return _MARK.sub(lambda m: _(" ({mark})").format(mark=in_words(m[1])), source).strip()


def readable(source: str) -> str:
    """What a reader could look up: law and the township's papers, which are Chinese; not our own working notes."""
    parts = (part.strip() for part in source.split(";"))
    return spelled_out("; ".join(part for part in parts if ".md" not in part and not part.isascii()))
