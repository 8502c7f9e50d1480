"""What the rules about plain words look at."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.plain_words import OwnWords


@dataclass(frozen=True, slots=True)
class Saying:
    """Words somebody wants to use: for an account, or for an entry of a voucher that says too little (`about` is its label)."""

    about: str
    words: str
    known: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A review: who reads which words, and which of them do not stand that way (any more)."""

    person_id: str
    words: tuple[OwnWords, ...]
    stale: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordFacts:
    """Parts that an act does not need stay empty. `unreviewed` are own words a notice prints before anybody read them."""

    saying: Saying | None = None
    reading: Reading | None = None
    unreviewed: tuple[str, ...] = ()


NO_WORDS = WordFacts()
"""No part of it was asked for."""
