"""What the rules about officials' keys look at: a key in use, a file of the township, a stick that is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.keys import KeyAnswer, KeyList, KeyStop, Standing


@dataclass(frozen=True, slots=True)
class KeyUse:
    """A key that is about to sign, or has signed.

    Attributes:
        standing: what the book knew about the key then.
        left: its owner held posts and holds none on that day.
        again: asked anew about a signature that stands; what was only pointed out then is not repeated.
    """

    standing: Standing
    signed_on: date
    left: bool = False
    again: bool = False


@dataclass(frozen=True, slots=True)
class TownshipWord:
    """An answer or list of the township about to be taken in.

    Attributes:
        content, signed_on: the file; `holds` says that its signature fits, `suite` names its procedure.
        trusted: the book believes the township's key on that day, or its fingerprint was just typed.
        here: village code and id of the book; `standing` the key the answer is about, None when it is not enrolled here.
        held: the list the book holds, None for none. `today` is the day of taking in.
    """

    content: KeyAnswer | KeyList
    signed_on: date
    suite: str
    suite_known: bool
    holds: bool
    trusted: bool
    township: str
    here: tuple[str, str]
    today: date
    standing: Standing | None = None
    held: KeyList | None = None


@dataclass(frozen=True, slots=True)
class Stopping:
    """A key the village is about to stop. `standing` is None for a key nobody enrolled; `known` says who reports it is known."""

    standing: Standing | None
    stop: KeyStop
    known: bool
    today: date


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Parts that a gate does not need stay empty."""

    use: KeyUse | None = None
    word: TownshipWord | None = None
    stopping: Stopping | None = None


NO_KEYS = KeyFacts()
"""No part of it was asked for."""
