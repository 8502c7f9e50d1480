"""F12, the correction notice: old line, new line, reason. Frozen, numbered, reviewed and posted like a notice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.board_paper import USUAL_PT, paper_data, paper_fields
from villagebook.domain.canonical import digest
from villagebook.domain.notice import Notice
from villagebook.domain.period import Span

CORRECTION_PREFIX = "CJGZ1"


@dataclass(frozen=True, slots=True)
class Wording:
    """What a line says. Amounts in fen; all empty for a line that was missing, or is struck out."""

    day: str = ""
    voucher: str = ""
    summary: str = ""
    income_fen: int = 0
    spending_fen: int = 0
    party: str = ""

    @property
    def empty(self) -> bool:
        return self == Wording()


@dataclass(frozen=True, slots=True)
class CorrectedLine:
    """`no` is the line of the notice, 0 for one that was missing. `vouchers` set the book right, where figures change."""

    no: int
    old: Wording
    new: Wording
    vouchers: str = ""

    @property
    def moves_money(self) -> bool:
        """True when a figure changes, not only words."""
        return (self.old.income_fen, self.old.spending_fen) != (self.new.income_fen, self.new.spending_fen)


class Total(StrEnum):
    """A figure at the head of the notice that follows from its lines."""

    INCOME = "income"
    SPENDING = "spending"
    CLOSING = "closing"
    YEAR_INCOME = "year-income"
    YEAR_SPENDING = "year-spending"


@dataclass(frozen=True, slots=True)
class CorrectedTotal:
    """A total as it was printed and as it is right, in fen."""

    total: Total
    old_fen: int
    new_fen: int


def corrected_totals(notice: Notice, lines: Iterable[CorrectedLine]) -> tuple[CorrectedTotal, ...]:
    """The head of the notice with these lines right; only totals that change."""
    income = spending = 0
    for line in lines:
        income += line.new.income_fen - line.old.income_fen
        spending += line.new.spending_fen - line.old.spending_fen
    told = (
        (Total.INCOME, notice.income_fen, income),
        (Total.SPENDING, notice.spending_fen, spending),
        (Total.CLOSING, notice.closing_fen, income - spending),
        (Total.YEAR_INCOME, notice.year_income_fen, income),
        (Total.YEAR_SPENDING, notice.year_spending_fen, spending),
    )
    return tuple(CorrectedTotal(total, fen, fen + change) for total, fen, change in told if change)


@dataclass(frozen=True, slots=True)
class Correction:
    """The paper as data; it is drawn from this and nothing else.

    `totals` are the head of the notice as it follows from its lines: earlier corrections of the same notice included.
    """

    id: str
    number: str
    notice_id: str
    notice_number: str
    notice_hash: str
    objection_id: str
    objection_number: str
    village: str
    village_code: str
    span: Span
    lines: tuple[CorrectedLine, ...]
    reason: str
    reviewers: tuple[str, ...]
    officials: tuple[tuple[str, str], ...]
    places_to_post: tuple[str, ...]
    min_days: int
    objection_days: int
    answer_days: int
    log_seq: int
    log_hash: str
    compiled_on: date
    language: str = "zh_CN"
    totals: tuple[CorrectedTotal, ...] = ()
    font_pt: int = USUAL_PT
    ask_at: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        return paper_data(asdict(self), self.span, "totals", "ask_at")

    def content_hash(self) -> str:
        """Hash of everything that is printed, hex."""
        return digest(self.to_data())

    def texts(self) -> tuple[tuple[str, str], ...]:
        """(where, text) of every free text on the paper."""
        found = [(self.number, t) for t in (self.reason, self.village, *self.reviewers, *self.places_to_post)]
        found += [(self.number, name) for _post, name in self.officials]
        for line in self.lines:
            where = f"{self.number} {line.no}"
            found += [(where, t) for w in (line.old, line.new) for t in (w.summary, w.party, w.voucher)]
            found.append((where, line.vouchers))
        return tuple((where, text) for where, text in found if text)


def correction_code(correction: Correction) -> str:
    """QR text of a correction: village, its number, the notice it corrects, lines, log position and hash, its own hash."""
    return "*".join(
        (
            CORRECTION_PREFIX,
            correction.village_code,
            correction.number,
            correction.notice_number,
            str(len(correction.lines)),
            str(correction.log_seq),
            correction.log_hash,
            correction.content_hash(),
        )
    )


def correction_from_data(data: dict[str, Any]) -> Correction:
    """Read a frozen correction back. Raises KeyError, TypeError or ValueError when it is none."""
    return Correction(
        **{
            **paper_fields(data),
            "lines": tuple(
                CorrectedLine(c["no"], Wording(**c["old"]), Wording(**c["new"]), c["vouchers"])
                for c in data["lines"]
            ),
            "totals": tuple(
                CorrectedTotal(Total(t["total"]), t["old_fen"], t["new_fen"]) for t in data.get("totals", ())
            ),
        }
    )
