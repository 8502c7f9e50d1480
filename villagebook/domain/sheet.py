"""Any board paper beside F1 and F12, as data: F2 to F8, F10, F11 and papers that were asked for. Drawn from this alone."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.board_paper import USUAL_PT, paper_data, paper_fields
from villagebook.domain.canonical import digest
from villagebook.domain.mask import Mask, mask_from_data
from villagebook.domain.notice import Notice
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape

SHEET_PREFIX = "CJGS1"


class SheetForm(StrEnum):
    """The forms of disclosure.md section 7. F1 is `Notice`, F9 `Answers`, F12 `Correction`."""

    SUMMARY = "F2"
    DEBTS = "F3"
    ASSETS = "F4"
    PROJECT = "F5"
    ROSTER = "F6"
    PAY = "F7"
    CONTRACTS = "F8"
    AUDIT = "F10"
    ANNUAL = "F11"
    MATTER = "matter"
    """A single matter: a loan, a sale, a resolution, or something a tenth of the villagers asked for (D13, D17)."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One large figure at the head of a sheet: what it is, in fen, and words that belong beside it ("壹佰元整")."""

    label: str
    fen: int
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A titled table of a sheet; without rows it prints 本期无.

    `rows` hold texts, whole numbers or fen by the column's shape, one cell per column; the last `totals` of them are sums.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: int = 0
    lead: str = ""


class ChartKind(StrEnum):
    """BARS: one bar per label, largest first. MONTHS: income and spending beside each other, a pair per month."""

    BARS = "bars"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """`fen` is the bar (income in MONTHS), `second_fen` the bar beside it (spending in MONTHS), never below zero."""

    label: str
    fen: int
    second_fen: int = 0


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture people would rather look at; readable in black and white from two metres."""

    kind: ChartKind
    title: str
    points: tuple[ChartPoint, ...]
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """What a form says of some months or one matter; number, signatories and place in the log make a `Sheet` of it."""

    title: str
    parts: tuple[Part, ...]
    sentences: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    stage: str = ""
    masks: tuple[Mask, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A board paper: frozen, numbered, reviewed by supervision and posted like a notice.

    Attributes:
        subject: what it is about ("project:P001", "contract:C3", "resolution:2025-3"), "" for a whole period's sheet.
        stage: of a project (plan, progress, final) or of another matter that has several; "" otherwise.
        sentences: what a villager should know first, a sentence each.
        notes: what stands under the tables, a sentence each.
        masks: the cells that were masked, with the reason; somebody else than the compiler confirms them.
    """

    id: str
    form: SheetForm
    subject: str
    stage: str
    title: str
    number: str
    village: str
    village_code: str
    span: Span
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    parts: tuple[Part, ...]
    charts: tuple[Chart, ...]
    notes: tuple[str, ...]
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
    masks: tuple[Mask, ...] = ()
    font_pt: int = USUAL_PT
    ask_at: tuple[str, ...] = ()

    def to_data(self) -> dict[str, Any]:
        return paper_data(asdict(self), self.span, "masks", "ask_at")

    def content_hash(self) -> str:
        """Hash of everything that is printed, hex."""
        return digest(self.to_data())

    def texts(self) -> tuple[tuple[str, str], ...]:
        """(where, text) of every text on the paper, for the privacy filter and the search for missing glyphs."""
        found = [(self.number, t) for t in (self.title, self.village, *self.sentences, *self.notes)]
        found += [(self.number, t) for t in (*self.reviewers, *self.places_to_post)]
        found += [(self.number, name) for _post, name in self.officials]
        found += [(self.number, f"{f.label} {f.beside}") for f in self.figures]
        for part in self.parts:
            found += [(part.title, t) for t in (part.title, part.lead, *(c.title for c in part.columns))]
            for no, row in enumerate(part.rows, 1):
                found += [(f"{part.title} {no}", cell) for cell in row if isinstance(cell, str)]
        for chart in self.charts:
            found += [(chart.title, t) for t in (chart.title, *(p.label for p in chart.points))]
        return tuple((where, text) for where, text in found if text.strip())


def sheet_code(sheet: Sheet) -> str:
    """QR text of a sheet: village, its number, form, subject, months, rows, log position and hash, its own hash."""
    return "*".join(
        (
            SHEET_PREFIX,
            sheet.village_code,
            sheet.number,
            sheet.form.value,
            str(sheet.span),
            str(sum(len(p.rows) for p in sheet.parts)),
            str(sheet.log_seq),
            sheet.log_hash,
            sheet.content_hash(),
        )
    )


@dataclass(frozen=True, slots=True)
class SheetCode:
    """What the code of a posted sheet says."""

    village_code: str
    number: str
    form: str
    span: str
    rows: str
    log_seq: str
    log_hash: str
    content_hash: str


def read_sheet_code(text: str) -> SheetCode | None:
    """The parts of a QR text of a sheet; None when it is not one of ours."""
    prefix, *parts = text.strip().split("*")
    if prefix != SHEET_PREFIX or len(parts) != len(SheetCode.__dataclass_fields__):
        return None
    return SheetCode(*parts)


def sheet_from_data(data: dict[str, Any]) -> Sheet:
    """Read a frozen sheet back. Raises KeyError, TypeError or ValueError when it is none."""
    return Sheet(
        **{
            **paper_fields(data),
            "form": SheetForm(data["form"]),
            "sentences": tuple(data["sentences"]),
            "figures": tuple(Figure(**f) for f in data["figures"]),
            "parts": tuple(_part(p) for p in data["parts"]),
            "charts": tuple(_chart(c) for c in data["charts"]),
            "notes": tuple(data["notes"]),
            "masks": tuple(mask_from_data(m) for m in data.get("masks", ())),
        }
    )


def _part(data: dict[str, Any]) -> Part:
    columns = tuple(
        Column(**{**c, "shape": Shape(c["shape"]), "words": tuple((a, b) for a, b in c["words"])})
        for c in data["columns"]
    )
    return Part(data["title"], columns, tuple(tuple(r) for r in data["rows"]), data["totals"], data["lead"])


def _chart(data: dict[str, Any]) -> Chart:
    points = tuple(ChartPoint(**p) for p in data["points"])
    return Chart(ChartKind(data["kind"]), data["title"], points, data["first"], data["second"])


Paper = Notice | Sheet
"""What the printing path, the poster and the household slip take."""
