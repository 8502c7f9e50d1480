"""Statements worked out over the books: any template, any months, the columns that somebody wants to see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from villagebook.domain.account import Chart
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.formula import Atom
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import Prior, Template, Tie, work_out
from villagebook.domain.statement import ties as tied
from villagebook.domain.statement_columns import View, per_cent, possible, span_of, told_lines, usual
from villagebook.domain.table import Cell, Table
from villagebook.services.reporting import statement_ties
from villagebook.services.reporting.statement_figures import Reader
from villagebook.services.reporting.statement_layouts import (
    BALANCE_SHEET,
    DELIVERED,
    INCOME,
    MONEY,
    OWN,
    Layout,
    Used,
    as_finding,
    layout_for,
    load_template,
)
from villagebook.services.reporting.statement_table import table_of
from villagebook.storage import budgets, foreign, registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

__all__ = [
    "BALANCE_SHEET",
    "DELIVERED",
    "INCOME",
    "MONEY",
    "OWN",
    "Statement",
    "Worked",
    "load_template",
    "statement",
]


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement, what does not agree in it, and what it was held against."""

    table: Table
    findings: tuple[Finding, ...]
    ties: tuple[Tie, ...]


@dataclass(slots=True)
class Worked:
    """A statement's template over one span of a book: what every view of it is read from."""

    connection: Connection
    info: BookInfo
    chart: Chart
    name: str
    used: Used
    span: Span
    reader: Reader = field(init=False)
    figures: dict[Atom, int] = field(init=False)

    def __post_init__(self) -> None:
        self.reader = self.read(self.span)
        self.figures = self.reader.values(self.template.atoms())

    @classmethod
    def over(
        cls, connection: Connection, info: BookInfo, name: str, span: Span, layout: Layout = None
    ) -> Worked:
        """Raises Refused and KnownError for a layout that cannot be used."""
        chart = registry.read_chart(connection)
        return cls(connection, info, chart, name, layout_for(connection, chart, name, span, layout), span)

    @property
    def template(self) -> Template:
        return self.used.template

    def read(self, span: Span) -> Reader:
        return Reader(self.connection, self.chart, self.info.start, span, self.template.carry)

    def reader_of(self, view: View) -> Reader | None:
        """Looks a column's atoms up; None for what is not worked out of the books, or lies before them."""
        span = span_of(view, self.span)
        if span is None:
            return None
        if span == self.span:
            return self.reader
        reader = self.read(span)
        on_a_day = self.template.prior is Prior.YEAR_START  # an opening balance is always known
        return reader if on_a_day or span.last >= self.info.start or any(reader.moved.values()) else None

    def lines(self, view: View) -> dict[int, int]:
        """Fen by line of one column, empty where nothing is known."""
        if view is View.BUDGET:
            return self._planned(budgets.planned(self.connection, self.span.last.year))
        if view is View.PERIOD_BUDGET:
            return self._planned(budgets.planned_in(self.connection, self.span))
        reader = self.reader_of(view)
        if reader is None:
            return self._before_the_book(view)
        return work_out(self.template, reader.values(self.template.atoms()))[0]

    def _before_the_book(self, view: View) -> dict[int, int]:
        """Income and expense of a whole year before the book, as the old books told them; nothing else is known."""
        span = span_of(view, self.span)
        if span is None or span != Span.year(span.first.year) or self.template.prior is Prior.YEAR_START:
            return {}
        turnover = foreign.prior_turnover(self.connection, span.first.year)
        told = {
            code: self.reader.sign(code) * (debit - credit)
            for code, (debit, credit) in turnover.items()
            if code in self.chart
        }
        return told_lines(self.template, {"M": told}) if told else {}

    def _planned(self, planned: Mapping[str, int]) -> dict[int, int]:
        """What is planned to be earned is planned to be received, what is planned to be spent to be paid, whatever the account."""
        if not planned:
            return {}
        earned = {c: fen for c, fen in planned.items() if c in self.chart and self.chart[c].is_income}
        spent = {c: fen for c, fen in planned.items() if c not in earned}
        return told_lines(self.template, {"M": planned, "R": earned, "P": spent})

    def ties(self) -> tuple[Tie, ...]:
        """The template's checks with their figures."""
        asked = self.template.checked_atoms()
        figures = {**self.figures, **self.reader.values(asked)}
        figures |= far_lines(self, [a for a in asked if a.kind == "S"])
        return tuple(tied(self.template, work_out(self.template, self.figures)[0], figures))


def far_lines(worked: Worked, asked: Sequence[Atom]) -> dict[Atom, int]:
    """Lines of other statements, always of the delivered ones: their numbers are known whatever layout is in use."""
    found: dict[Atom, int] = {}
    done: dict[tuple[str, str], dict[int, int]] = {}
    for atom in asked:
        key = (atom.detail, atom.part)
        if key not in done:
            far = far_reader(worked, atom)
            done[key] = {} if far is None else work_out(far[0], far[1].values(far[0].atoms()))[0]
        if int(atom.other) in done[key]:
            found[atom] = done[key][int(atom.other)]
    return found


def far_reader(worked: Worked, atom: Atom) -> tuple[Template, Reader] | None:
    """The other statement and its reader: over the same months, or up to the month before them.

    None where no book tells it: what income and expense stood at when a book began within these months belongs to them, and
    no balance sheet of the month before them is known without it.
    """
    template = load_template(atom.detail, worked.chart)
    span = worked.span
    if atom.part == "-":
        if span.first == Period(1900, 1) or worked.reader.took_over:
            return None
        span = Span.of(span.first.shifted(-1))
    return template, Reader(worked.connection, worked.chart, worked.info.start, span, template.carry)


def statement(
    book: Book, name: str, span: Span, layout: Layout = None, views: Sequence[View] = ()
) -> Statement:
    """`views` are the columns in their order, () the two usual ones; views a statement cannot have are left out.

    Raises Refused with everything that is wrong with the template at once, KnownError when it cannot be read.
    """
    with book.reading() as connection:
        worked = Worked.over(connection, book.info, name, span, layout)
        wanted = tuple(v for v in views if v in possible(worked.template)) or usual(worked.template)
        if views and View.AMOUNT not in wanted:
            wanted = (View.AMOUNT, *wanted)
        columns: dict[View, Mapping[int, int]] = {v: worked.lines(v) for v in wanted if v is not View.DONE}
        if View.DONE in wanted:
            columns[View.DONE] = _done(worked, columns)
        held = worked.ties()
        _lines, problems = work_out(worked.template, worked.figures)
        findings = [as_finding(p, Severity.WARNING, name) for p in problems]
        findings += statement_ties.findings(name, worked.template, worked.reader, held)
        money = statement_ties.money_of(worked.template, columns[View.AMOUNT])
        findings += statement_ties.with_notices(connection, name, span.last, money)
    table = table_of(name, worked.used, span, {v: columns[v] for v in wanted}, is_usual=not views)
    return Statement(table, tuple(findings), held)


def _done(worked: Worked, columns: Mapping[View, Mapping[int, int]]) -> dict[int, int]:
    """Whole per cent of the year's budget that is reached at the end of the span."""
    reached = columns.get(View.YEAR_TO_DATE) or worked.lines(View.YEAR_TO_DATE)
    plan = columns.get(View.BUDGET) or worked.lines(View.BUDGET)
    shares = {no: per_cent(reached.get(no), fen) for no, fen in plan.items()}
    return {no: share for no, share in shares.items() if share is not None}


def all_ties(book: Book, span: Span) -> tuple[Table, tuple[Finding, ...]]:
    """What the three statements of a span are held against, in one list, and what of it does not tie."""
    rows: list[tuple[Cell, ...]] = []
    targets: list[str] = []
    found: list[Finding] = []
    made = None
    for name in DELIVERED:
        shown = statement(book, name, span)
        made = statement_ties.ties_table(name, shown.ties)
        rows += made.rows
        targets += made.targets
        found += (f for f in shown.findings if f.id == "STM-10")
    if made is None:
        raise AssertionError("no statement is delivered")
    table = replace(made, subtitle=str(span), rows=tuple(rows), targets=tuple(targets), strong=frozenset())
    return table, tuple(found)
