"""The worksheet (结转工作底稿) by which the balances of a 2004 book become the opening of a 2023 one.

Definitions. An *old balance* is one detail of the old trial balance. A *share* says which account of today takes how much of it;
the shares of an old balance add up to it exactly. A *gross-up* is the question how much of an asset's cost was written
down directly in the old book. An *adjustment* is an entry made while converting; it has a summary and balances.

Invariants. Nothing is decided by the program but what the table marks as the same account under another code. The opening is
the sum of all shares and adjustments, and its debits equal its credits because the old ones did.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class OldBalance:
    """A detail of the old trial balance; `fen` is positive for debit. `top` is its account of the 2004 chart."""

    code: str
    name: str
    party: str
    fen: int
    top: str
    row: int = 0

    @property
    def key(self) -> str:
        return f"{self.code or self.name}|{self.party}"

    def to_data(self) -> list[Any]:
        return [self.code, self.name, self.party, self.fen, self.top, self.row]


@dataclass(frozen=True, slots=True)
class Share:
    """What one account of today takes of an old balance; `fen` is positive for debit, None while nobody said how much."""

    account: str
    fen: int | None
    place: str = ""
    party: str = ""

    def to_data(self) -> list[Any]:
        return [self.account, self.fen, self.place, self.party]


@dataclass(frozen=True, slots=True)
class AdjustmentLine:
    """One line of an adjustment; exactly one amount is not zero."""

    account: str
    debit_fen: int
    credit_fen: int
    place: str = ""
    party: str = ""

    def to_data(self) -> list[Any]:
        return [self.account, self.debit_fen, self.credit_fen, self.place, self.party]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """An entry made while converting, as a voucher: number, summary, lines that balance."""

    number: int
    summary: str
    lines: tuple[AdjustmentLine, ...]

    @property
    def label(self) -> str:
        return f"调-{self.number}"

    @property
    def imbalance_fen(self) -> int:
        return sum(line.debit_fen - line.credit_fen for line in self.lines)

    def to_data(self) -> dict[str, Any]:
        return {
            "number": self.number,
            "summary": self.summary,
            "lines": [line.to_data() for line in self.lines],
        }


GROSS_UPS = {"132": "133", "161": "162"}
"""Assets whose cost the 2004 rule wrote down directly, and where what was written down stands now."""


@dataclass(frozen=True, slots=True)
class Worksheet:
    """Old balances in their order, the shares of each by key, gross-ups by account (None: not answered), adjustments."""

    old: tuple[OldBalance, ...]
    shares: dict[str, tuple[Share, ...]] = field(default_factory=dict)
    gross_ups: dict[str, int | None] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()

    def with_shares(self, key: str, shares: Iterable[Share]) -> Worksheet:
        """The same with one old balance divided anew; questions that follow from it come and go."""
        made = replace(self, shares={**self.shares, key: tuple(shares)})
        return replace(made, gross_ups={code: self.gross_ups.get(code) for code in made.asked()})

    def with_gross_up(self, account: str, fen: int | None) -> Worksheet:
        return replace(self, gross_ups={**self.gross_ups, account: fen})

    def asked(self) -> tuple[str, ...]:
        """Accounts for which a gross-up must be answered: something goes into them."""
        taken = {share.account[:3] for shares in self.shares.values() for share in shares if share.fen != 0}
        return tuple(code for code in GROSS_UPS if code in taken)

    def missing_fen(self, old: OldBalance) -> int | None:
        """What of an old balance is not divided yet; None while a share has no amount or there is none."""
        shares = self.shares.get(old.key, ())
        if not shares or any(share.fen is None or not share.account for share in shares):
            return None
        return old.fen - sum(share.fen or 0 for share in shares)

    def entries(self) -> Iterator[Adjustment]:
        """All adjustments in order: those out of the gross-ups, then those written by hand."""
        number = 0
        for account, fen in sorted(self.gross_ups.items()):
            if fen:
                number += 1
                lines = (AdjustmentLine(account, fen, 0), AdjustmentLine(GROSS_UPS[account], 0, fen))
                yield Adjustment(number, GROSS_UP_SUMMARY[account], lines)
        for written in self.adjustments:
            number += 1
            yield replace(written, number=number)

    def lines(self) -> Iterator[tuple[str, str, str, int]]:
        """Account, place, party and signed fen of everything that makes the opening, shares first."""
        for old in self.old:
            for share in self.shares.get(old.key, ()):
                if share.fen:
                    yield share.account, share.place, share.party, share.fen
        for entry in self.entries():
            for line in entry.lines:
                yield line.account, line.place, line.party, line.debit_fen - line.credit_fen

    def totals(self) -> tuple[int, int]:
        """Sums of the old debits and credits."""
        return (
            sum(old.fen for old in self.old if old.fen > 0),
            -sum(old.fen for old in self.old if old.fen < 0),
        )

    def to_data(self) -> dict[str, Any]:
        return {
            "old": [old.to_data() for old in self.old],
            "shares": {key: [s.to_data() for s in shares] for key, shares in self.shares.items()},
            "gross_ups": dict(self.gross_ups),
            "adjustments": [a.to_data() for a in self.adjustments],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Worksheet:
        """Raises KeyError, TypeError or ValueError for what is no worksheet."""
        return cls(
            tuple(OldBalance(*row) for row in data["old"]),
            {key: tuple(Share(*share) for share in shares) for key, shares in data["shares"].items()},
            dict(data["gross_ups"]),
            tuple(
                Adjustment(a["number"], a["summary"], tuple(AdjustmentLine(*line) for line in a["lines"]))
                for a in data["adjustments"]
            ),
        )


GROSS_UP_SUMMARY = {
    "132": "结转旧账 还原生产性生物资产原已直接冲减的成本",
    "161": "结转旧账 还原无形资产原已直接冲减的摊销",
}
"""Words of the vouchers of the gross-ups; they are the book's, not the screen's, so they are not translated."""
