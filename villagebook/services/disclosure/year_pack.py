"""The year in one file: contents, annual sheet, annual report, every notice and special notice as it hung (D15); and the
board of the year, all its pages so far under one summary (D18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from villagebook.domain.document import Attachment
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, notice_from_data
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Sheet, SheetForm, sheet_from_data
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import files, pdf_join
from villagebook.services.disclosure import corrections, notices, sheets
from villagebook.services.render import render
from villagebook.services.reporting import annual
from villagebook.storage import board as board_store
from villagebook.storage import periods
from villagebook.storage.book import Book
from villagebook.storage.sheets import standing

PAPER = "A4"


@dataclass(frozen=True, slots=True)
class Piece:
    """One paper of the pack; `draft` says that supervision has not signed it (yet)."""

    what: str
    number: str
    months: str
    draft: bool
    pdf: bytes

    @property
    def pages(self) -> int:
        return pdf_join.page_count(self.pdf)


@dataclass(frozen=True, slots=True)
class Pack:
    """The file with its contents list: (what, number, months, first page, pages)."""

    pdf: bytes
    contents: Table
    pages: int
    drafts: int


def pack(book: Book, year: int, today: date) -> Pack:
    """Everything of a year that members may read before their assembly."""
    title = _("Papers of the year {year}").format(year=year)
    return _bound(book, title, list(_pack_pieces(book, year, today)))


def board(book: Book, year: int, today: date) -> Pack:
    """All pages of the year so far as they hung, under one sheet that adds them up."""
    title = _("Board of the year {year}").format(year=year)
    pieces = [_summary(book, year), *_hung(book, year)]
    return _bound(book, title, pieces)


def keep(book: Book, made: Pack, year: int) -> Attachment:
    """The file into the book, so that what lay open can be shown again."""
    return files.store_file(book, made.pdf, f"{year}-papers.pdf")


def contents(book: Book, year: int, today: date) -> Table:
    """`annual-pack`: what the file holds, page by page."""
    return pack(book, year, today).contents


# ---- pieces ----


def _pack_pieces(book: Book, year: int, today: date) -> Iterator[Piece]:
    yield _annual_sheet(book, year, today)
    table, missing = annual.make(book, "annual-report", year)
    yield Piece(table.title, "", str(year), bool(missing), render(table, "pdf", book.info.village))
    yield from _hung(book, year)


def _annual_sheet(book: Book, year: int, today: date) -> Piece:
    """F11 as it was frozen; as the book stands now, with a watermark, where nobody has compiled it yet."""
    span = Span.year(year)
    with book.reading() as connection:
        found = [e for e in standing(connection) if e.form == SheetForm.ANNUAL.value and e.span == span]
    if found:
        frozen = sheet_from_data(found[0].content)
        return Piece(
            frozen.title,
            frozen.number,
            str(span),
            not found[0].final,
            sheets.final_pdf(book, frozen.id, PAPER),
        )
    made = sheets.compile_sheet(book, SheetForm.ANNUAL, _until(span, today), "", today)
    return Piece(
        made.title, made.number, str(made.span), True, sheets.sheet_pdf(made, paper=PAPER, draft=True)
    )


def _until(span: Span, today: date) -> Span:
    """The year, or as much of it as there is."""
    return Span(span.first, max(span.first, min(span.last, Period.of(today))))


def _hung(book: Book, year: int) -> Iterator[Piece]:
    """Final notices of the year with their corrections, then its sheets, each in order of its months."""
    with book.reading() as connection:
        entries = [e for e in reversed(periods.notices(connection)) if e.final and e.last.year == year]
        fixed = [c for c in board_store.corrections(connection) if c.final]
        told = [
            e
            for e in reversed(standing(connection))
            if e.final and e.span.last.year == year and e.form != SheetForm.ANNUAL.value
        ]
    for entry in sorted(entries, key=lambda e: e.first):
        notice = notice_from_data(entry.content)
        pdf = notices.notice_pdf(notice, paper=PAPER, draft=False)
        yield Piece(notice.title, notice.number, str(notice.span), draft=False, pdf=pdf)
        for made in fixed:
            if made.notice_id == entry.id:
                pdf = corrections.pdf(book, made.id, PAPER)
                yield Piece(_("Correction of a notice"), made.number, str(notice.span), draft=False, pdf=pdf)
    for sheet_entry in sorted(told, key=lambda e: e.span.first):
        frozen = sheet_from_data(sheet_entry.content)
        pdf = sheets.sheet_pdf(frozen, paper=PAPER, draft=False)
        title = " ".join(t for t in (frozen.title, _told_apart(frozen)) if t)
        yield Piece(title, frozen.number, str(frozen.span), draft=False, pdf=pdf)


def _told_apart(sheet: Sheet) -> str:
    """The number of the contract, resolution ... a special notice is about, by which one is found among many."""
    kind, _colon, name = sheet.subject.partition(":")
    if sheet.form is not SheetForm.MATTER or kind == "voucher":
        return ""
    return name


# ---- the summary of the year ----


def summary(book: Book, year: int) -> Table:
    """`board-year`: a row per notice that hung, its sums, and the sum of the year; chains closing into opening."""
    with book.reading() as connection:
        entries = [e for e in periods.notices(connection) if e.final and e.last.year == year]
    found: list[Notice] = [notice_from_data(e.content) for e in sorted(entries, key=lambda e: e.first)]
    columns = (
        Column("months", _("Months"), Shape.TEXT, 10),
        Column("number", _("Notice no."), Shape.TEXT, 16),
        Column("lines", _("Entries"), Shape.COUNT, 7),
        Column("opening", _("Opening"), Shape.MONEY, 12),
        Column("income", _("Income"), Shape.MONEY, 12),
        Column("spending", _("Spending"), Shape.MONEY, 12),
        Column("closing", _("Closing"), Shape.MONEY, 12),
    )
    rows: list[tuple[Cell, ...]] = [
        (str(n.span), n.number, len(n.lines), n.opening_fen, n.income_fen, n.spending_fen, n.closing_fen)
        for n in found
    ]
    if found:
        rows.append(
            (
                _("Year so far"),
                "",
                sum(len(n.lines) for n in found),
                found[0].opening_fen,
                sum(n.income_fen for n in found),
                sum(n.spending_fen for n in found),
                found[-1].closing_fen,
            )
        )
    title = _("The year {year} on the board").format(year=year)
    return Table("board-year", title, _gaps(found), columns, tuple(rows), 1 if found else 0)


def _gaps(found: list[Notice]) -> str:
    """Where a notice does not open with what the one before closed with; nothing is wrong in most villages."""
    for before, after in pairwise(found):
        if before.closing_fen != after.opening_fen:
            text = _("{months} opens with {opening}, not with {closing}")
            return text.format(
                months=after.span, opening=yuan_text(after.opening_fen), closing=yuan_text(before.closing_fen)
            )
    return _("each sheet opens with what the one before it closed with")


def _summary(book: Book, year: int) -> Piece:
    table = summary(book, year)
    return Piece(table.title, "", str(year), draft=False, pdf=render(table, "pdf", book.info.village))


# ---- binding ----


def _bound(book: Book, title: str, pieces: list[Piece]) -> Pack:
    """The contents list first; its own length moves everything behind it."""
    counts = [p.pages for p in pieces]
    front = 1
    while True:
        table = _contents(title, pieces, counts, front)
        first = render(table, "pdf", book.info.village)
        if pdf_join.page_count(first) == front:
            break
        front = pdf_join.page_count(first)
    whole = pdf_join.joined([first, *(p.pdf for p in pieces)])
    return Pack(whole, table, front + sum(counts), sum(p.draft for p in pieces))


def _contents(title: str, pieces: list[Piece], counts: list[int], front: int) -> Table:
    columns = (
        Column("no", _("No."), Shape.COUNT, 4),
        Column("what", _("Paper"), Shape.TEXT, 30),
        Column("number", _("Notice no."), Shape.TEXT, 18),
        Column("months", _("Months"), Shape.TEXT, 12),
        Column("page", _("Page"), Shape.COUNT, 5),
        Column("pages", _("Pages"), Shape.COUNT, 5),
    )
    rows: list[tuple[Cell, ...]] = []
    page = front + 1
    for no, (piece, count) in enumerate(zip(pieces, counts, strict=True), 1):
        what = _("{paper} (draft)").format(paper=piece.what) if piece.draft else piece.what
        rows.append((no, what, piece.number, piece.months, page, count))
        page += count
    subtitle = _("{n} papers, {pages} pages").format(n=len(pieces), pages=page - 1)
    return Table("annual-pack", title, subtitle, columns, tuple(rows))
