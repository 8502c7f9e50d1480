"""Requests for a notice of its own: who asked, whether they are enough, and which entries are asked for (D17)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.period import Span


class Askers(StrEnum):
    """Who may ask: a tenth of the villagers, a fifth of the representatives, or the finance group by itself."""

    VILLAGERS = "villagers"
    DELEGATES = "delegates"
    FINANCE_GROUP = "finance-group"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries are asked for: all that are given must fit. `link` is an entry of a register ("contract:C3")."""

    months: Span
    account: str = ""
    party: str = ""
    link: str = ""
    word: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.account or self.party or self.link or self.word)

    def to_data(self) -> dict[str, Any]:
        told = {"account": self.account, "party": self.party, "link": self.link, "word": self.word}
        return {"months": str(self.months)} | {k: v for k, v in told.items() if v}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Wanted:
        """Raises KeyError, TypeError or ValueError when the data is none."""
        return cls(**{**data, "months": Span.parse(data["months"])})


@dataclass(frozen=True, slots=True)
class Request:
    """One request as it came.

    Attributes:
        askers, asked_by: who and how many signed; `entitled` how many villagers or representatives there were that day.
        least: how many it takes by the parameters of that day; the finance group counts with one voice.
        text: what is asked for, in their words.
        scan: hash of the sheet with the signatures; names stay on that sheet.
    """

    id: str
    number: str
    received_on: date
    askers: Askers
    asked_by: int
    entitled: int
    least: int
    text: str
    wanted: Wanted
    scan: str = ""

    @property
    def is_valid(self) -> bool:
        """True when it must get its own notice."""
        return self.asked_by >= self.least

    def to_data(self) -> dict[str, Any]:
        """The body of `request.entered`."""
        data: dict[str, Any] = {
            "id": self.id,
            "number": self.number,
            "received_on": self.received_on.isoformat(),
            "askers": self.askers.value,
            "asked_by": self.asked_by,
            "entitled": self.entitled,
            "least": self.least,
            "text": self.text,
            "wanted": self.wanted.to_data(),
        }
        return data | ({"scan": self.scan} if self.scan else {})

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Request:
        """Raises KeyError, TypeError or ValueError when the data is no request."""
        return cls(
            **{
                **data,
                "received_on": date.fromisoformat(data["received_on"]),
                "askers": Askers(data["askers"]),
                "wanted": Wanted.from_data(data["wanted"]),
            }
        )


def least_of(askers: Askers, entitled: int, percents: Mapping[Askers, int]) -> int:
    """How many it takes: the share of those entitled, counted up, never nobody. A third of a person does not sign."""
    percent = percents.get(askers)
    return max(1, -(-entitled * percent // 100)) if percent is not None else 1
