"""Special funds (专项资金): money given for one purpose, kept in a place of its own or marked within a common account.

Invariant: left = received - spent - under way.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Fund:
    """What a special fund may be spent on, and where it comes from.

    Attributes:
        place: the money place SP:x that holds it, "" when its money lies in a common account and lines name its code.
        accounts: what it may be spent on; a code covers what hangs under it. `purpose` says it in words.
        resolution: number of the resolution or grant letter that fixes the purpose.
        code: what lines name; the place's code when the fund has a place.
        amount_fen: what was granted; `deadline` the last day to spend it, None when nobody set one.
        brought_fen: what was left of it when this book began, for a fund without a place.
    """

    place: str
    accounts: tuple[str, ...]
    purpose: str
    resolution: str
    code: str = ""
    name: str = ""
    grantor: str = ""
    document_no: str = ""
    amount_fen: int = 0
    deadline: date | None = None
    brought_fen: int = 0

    @property
    def key(self) -> str:
        return self.code or self.place

    @property
    def title(self) -> str:
        return self.name or self.purpose or self.key

    def allows(self, account: str) -> bool:
        return any(account.startswith(a) for a in self.accounts)

    def to_data(self) -> dict[str, Any]:
        """The body of `fund.defined`; what came later is named only when there is any."""
        data: dict[str, Any] = {
            "place": self.place,
            "accounts": list(self.accounts),
            "purpose": self.purpose,
            "resolution": self.resolution,
        }
        later: dict[str, Any] = {
            "code": self.code,
            "name": self.name,
            "grantor": self.grantor,
            "document_no": self.document_no,
            "amount_fen": self.amount_fen,
            "deadline": self.deadline.isoformat() if self.deadline else "",
            "brought_fen": self.brought_fen,
        }
        return {**data, **{key: value for key, value in later.items() if value}}


@dataclass(frozen=True, slots=True)
class FundStanding:
    """A fund with its money; under way is submitted and not posted."""

    fund: Fund
    received_fen: int
    spent_fen: int
    under_way_fen: int = 0

    @property
    def left_fen(self) -> int:
        return self.received_fen - self.spent_fen - self.under_way_fen
