"""A notice: what goes on the village board for a period, as data. The paper is drawn from this and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from villagebook.domain.board_paper import USUAL_PT, paper_data, paper_fields
from villagebook.domain.canonical import digest
from villagebook.domain.mask import Mask, mask_from_data
from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.period import Span

NOTICE_PREFIX = "CJZB1"


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """One posted line in plain words; exactly one of income and spending is not zero.

    `payee` is already masked where the privacy rule asks for it. `group` is one of the eight classes of 农经发〔2011〕13号,
    `kind` the plain words of the account. `quantity` with its unit, `price_fen` of one unit, 0 for none.
    """

    no: int
    day: str
    voucher: str
    summary: str
    income_fen: int
    spending_fen: int
    source: str
    party: str
    handler: str
    approver: str
    remark: str
    group: str
    kind: str = ""
    quantity: str = ""
    price_fen: int = 0
    resolution: str = ""

    @property
    def measure(self) -> str:
        """12.5 亩×200.00: what residents compare; "" when nothing was measured."""
        return f"{self.quantity}×{yuan_text(self.price_fen)}" if self.price_fen else self.quantity


@dataclass(frozen=True, slots=True)
class PlaceBalance:
    """Opening and closing of one kind of money on the notice."""

    name: str
    opening_fen: int
    closing_fen: int


@dataclass(frozen=True, slots=True)
class ClassState:
    """One of the eight disclosure classes and what this period holds of it; empty text prints 本期无 (D1)."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class KindFigure:
    """One kind of money in plain words, this time beside other times; all in fen.

    Attributes:
        code: the account behind the words; `depth` 1 is a part of the row of depth 0 above it.
        last_fen, year_ago_fen: the months before as many, and the same months a year ago; None before the book began.
        year_fen: since January. budget_fen: planned for the whole year, None when nothing was.
        unread: the words are the village's own and supervision has not read them.
    """

    code: str
    words: str
    is_income: bool
    fen: int
    last_fen: int | None
    year_ago_fen: int | None
    year_fen: int
    budget_fen: int | None
    depth: int = 0
    unread: bool = False


def kind_total(kinds: Sequence[KindFigure], *, is_income: bool) -> KindFigure:
    """The sum of one side; a time is None where no row knows it."""
    rows = [k for k in kinds if k.is_income is is_income and not k.depth]

    def added(figures: Iterable[int | None]) -> int | None:
        known = [fen for fen in figures if fen is not None]
        return sum(known) if known else None

    return KindFigure(
        code="",
        words="",
        is_income=is_income,
        fen=sum(k.fen for k in rows),
        last_fen=added(k.last_fen for k in rows),
        year_ago_fen=added(k.year_ago_fen for k in rows),
        year_fen=sum(k.year_fen for k in rows),
        budget_fen=added(k.budget_fen for k in rows),
    )


@dataclass(frozen=True, slots=True)
class BankStand:
    """Our balance of an account beside the bank's own at the close of the period, in fen.

    `bank_fen` is None when the bank has said nothing of that day; `open_count` entries of `open_fen` together stand on one
    side only, `unexplained_fen` is what they leave. `checked_by` is "" until somebody has signed the sheet.
    """

    name: str
    book_fen: int
    bank_fen: int | None = None
    open_count: int = 0
    open_fen: int = 0
    unexplained_fen: int = 0
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Notice:
    """F1, the monthly entry-by-entry sheet (disclosure.md section 7).

    Totals are in fen and always satisfy opening + income - spending = closing (D2).
    `language` is that of its words; the paper is drawn in it whatever the screen speaks. `excluded` counts posted vouchers that move no money, with the printed reason.
    """

    id: str
    village: str
    village_code: str
    title: str
    number: str
    span: Span
    balances: tuple[PlaceBalance, ...]
    lines: tuple[NoticeLine, ...]
    opening_fen: int
    income_fen: int
    spending_fen: int
    closing_fen: int
    year_income_fen: int
    year_spending_fen: int
    transfers: tuple[NoticeLine, ...]
    excluded: tuple[str, ...]
    classes: tuple[ClassState, ...]
    rejected_count: int
    rejected_fen: int
    unbooked_count: int
    reviewers: tuple[str, ...]
    officials: tuple[tuple[str, str], ...]
    places_to_post: tuple[str, ...]
    min_days: int
    objection_days: int
    answer_days: int
    log_seq: int
    log_hash: str
    policy: str
    compiled_on: date
    language: str = "zh_CN"
    font_pt: int = USUAL_PT
    kinds: tuple[KindFigure, ...] = ()
    banks: tuple[BankStand, ...] = ()
    masks: tuple[Mask, ...] = ()
    ask_at: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        data = paper_data(asdict(self), self.span, "kinds", "banks", "masks", "ask_at")
        for line in (*data["lines"], *data["transfers"]):
            for later in ("kind", "quantity", "price_fen", "resolution"):
                if not line[later]:
                    del line[later]  # for the same reason as fields of the whole paper
        return data

    def content_hash(self) -> str:
        """Hash of every figure, name and label that is printed, hex; not of pixels."""
        return digest(self.to_data())


def notice_code(notice: Notice) -> str:
    """QR text of a notice: village, period, four totals in yuan, lines, log position and hash, notice hash.

    The totals stand in clear so that any phone shows them beside the printed ones.
    """
    return "*".join(
        (
            NOTICE_PREFIX,
            notice.village_code,
            str(notice.span),
            format_fen(notice.opening_fen),
            format_fen(notice.income_fen),
            format_fen(notice.spending_fen),
            format_fen(notice.closing_fen),
            str(len(notice.lines)),
            str(notice.log_seq),
            notice.log_hash,
            notice.content_hash(),
        )
    )


@dataclass(frozen=True, slots=True)
class NoticeCode:
    """What the code of a posted notice says. Amounts stand as printed, in yuan with two decimals."""

    village_code: str
    span: str
    opening: str
    income: str
    spending: str
    closing: str
    lines: str
    log_seq: str
    log_hash: str
    content_hash: str


def read_notice_code(text: str) -> NoticeCode | None:
    """The parts of a QR text of a notice; None when it is not one of ours."""
    prefix, *parts = text.strip().split("*")
    if prefix != NOTICE_PREFIX or len(parts) != len(NoticeCode.__dataclass_fields__):
        return None
    return NoticeCode(*parts)


def notice_from_data(data: dict[str, Any]) -> Notice:
    """Read a frozen notice back. Raises KeyError, TypeError or ValueError when it is none."""
    return Notice(
        **{
            **paper_fields(data),
            "balances": tuple(PlaceBalance(**b) for b in data["balances"]),
            "lines": tuple(NoticeLine(**line) for line in data["lines"]),
            "transfers": tuple(NoticeLine(**line) for line in data["transfers"]),
            "excluded": tuple(data["excluded"]),
            "classes": tuple(ClassState(**c) for c in data["classes"]),
            "kinds": tuple(KindFigure(**k) for k in data.get("kinds", ())),
            "banks": tuple(BankStand(**b) for b in data.get("banks", ())),
            "masks": tuple(mask_from_data(m) for m in data.get("masks", ())),
        }
    )
