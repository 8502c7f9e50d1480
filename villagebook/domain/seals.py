"""Who keeps which seal, bank token, cheque book or card, from which day: what money can be drawn with."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SealKind(StrEnum):
    """What can be kept; FINANCE and HEAD together draw money at a bank's counter, tokens at its site.

    SUPERVISION is the seal of the supervision committee or finance group: it says that they reviewed, and draws nothing.
    """

    FINANCE = "finance-seal"
    HEAD = "head-seal"
    OFFICIAL = "official-seal"
    RECEIPT = "receipt-seal"
    SUPERVISION = "supervision-seal"
    TOKEN = "bank-token"  # noqa: S105  # a thing, no password
    CHEQUES = "cheque-book"
    CARD = "bank-card"


@dataclass(frozen=True, slots=True)
class Holding:
    """One item in one hand from a day on; `person_id` is "" when it is out of use. `item` names the same thing for ever."""

    item: str
    kind: SealKind
    name: str
    person_id: str
    from_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """A holding with the day it ended on (that of the next one, None while it lasts)."""

    holding: Holding
    until_on: date | None


def current(holdings: Iterable[Holding]) -> tuple[Holding, ...]:
    """The newest holding of every item that is in use, in the order the items were first entered."""
    newest: dict[str, Holding] = {}
    for holding in holdings:
        newest[holding.item] = holding
    return tuple(h for h in newest.values() if h.person_id)


def in_use_on(kept: Iterable[Kept], kind: SealKind, day: date) -> tuple[Holding, ...]:
    """Items of a kind that somebody kept on a day or part of it, each once."""
    found = {
        k.holding.item: k.holding
        for k in kept
        if k.holding.kind is kind
        and k.holding.person_id
        and k.holding.from_on <= day
        and (k.until_on is None or day <= k.until_on)
    }
    return tuple(found.values())


def history(holdings: Iterable[Holding]) -> tuple[Kept, ...]:
    """Every holding with its end, those that last first, then the newest first."""
    ends: dict[str, date] = {}
    made = []
    for holding in reversed(list(holdings)):
        made.append(Kept(holding, ends.get(holding.item)))
        ends[holding.item] = holding.from_on
    lasting = [k for k in made if k.until_on is None and k.holding.person_id]
    return (*lasting, *(k for k in made if k not in lasting))
