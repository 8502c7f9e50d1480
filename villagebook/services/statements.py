"""Balance sheet and statement of income and distribution: templates from resources, worked out over the books."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.formula import Atom
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import (
    Item,
    Prior,
    Problem,
    Template,
    Trouble,
    read_template,
    work_out,
)
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services import statement_ties as ties
from villagebook.services.statement_figures import Reader
from villagebook.services.statement_ties import say
from villagebook.storage import registry
from villagebook.storage.book import Book

BALANCE_SHEET, INCOME = "balance-sheet", "income"
NAMES = (BALANCE_SHEET, INCOME)

_SAYS = {
    Trouble.SHAPE: ("STM-01", N_("The template is not built as it must be: {what}. Compare it with the one delivered.")),
    Trouble.FORMULA: ("STM-02", N_("This is no formula: {what}. The number in brackets is the place of the first wrong sign.")),
    Trouble.ACCOUNT: ("STM-03", N_("The chart has no account {what}. Correct the formula, or add the account.")),
    Trouble.LINE: ("STM-04", N_("There is no line {what}. Correct the formula, or add the line.")),
    Trouble.CYCLE: ("STM-05", N_("The line is built on itself, directly or through others. Take it out of one of the formulas.")),
    Trouble.NOTHING: ("STM-06", N_("The formula divides by nothing. Correct the divisor.")),
    Trouble.TWICE: ("STM-07", N_("The line number {what} is given more than once. Give every line its own.")),
    Trouble.SIZE: ("STM-08", N_("The figure is beyond any amount of money. Correct the formula.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement and what does not agree in it."""

    table: Table
    findings: tuple[Finding, ...]


def balance_sheet(book: Book, span: Span) -> Table:
    """At the end of the span, beside the start of its year."""
    return statement(book, BALANCE_SHEET, span).table


def income(book: Book, span: Span) -> Table:
    """Of the span, beside the same months of the year before."""
    return statement(book, INCOME, span).table


def statement(book: Book, name: str, span: Span, template: Path | None = None) -> Statement:
    """Raises Refused with everything that is wrong with the template at once, KnownError when it cannot be read."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        layout = load_template(name, chart, template)
        now = Reader(connection, chart, book.info.start, span, layout.carry)
        figures = now.values(layout.atoms())
        lines, problems = work_out(layout, figures)
        before = _before(layout, span)
        earlier: dict[int, int] = {}
        if before is not None:
            past = Reader(connection, chart, book.info.start, before, layout.carry)
            if _known(layout, past, book.info.start):
                earlier, _problems = work_out(layout, past.values(layout.atoms()))
        findings = [_finding(p, Severity.WARNING, name) for p in problems]
        shown = ties.Shown(name, layout, span, lines, figures)
        findings += ties.inside(shown, now)
        findings += ties.with_money(connection, shown)
    findings += ties.with_flows(book, shown)
    return Statement(_table(name, layout, span, lines, earlier), tuple(findings))


def load_template(name: str, chart: Chart, path: Path | None = None) -> Template:
    """The layout of a statement, the delivered one when no file is told. Raises Refused and KnownError."""
    source = path or paths.resource("statements", f"{name}.json")
    try:
        data = json.loads(source.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=source, why=error.strerror)) from None
    except (ValueError, RecursionError) as error:
        shape = Problem(Trouble.SHAPE, "", str(error))
        raise Refused([_finding(shape, Severity.ERROR, source.name)]) from None
    known = frozenset(a.code for a in chart)
    template, problems = read_template(data, known)
    if template is None:
        raise Refused([_finding(p, Severity.ERROR, source.name) for p in problems])
    return template


def _finding(problem: Problem, severity: Severity, name: str) -> Finding:
    error_id, text = _SAYS[problem.trouble]
    return Finding(error_id, severity, f"{name} {problem.where}".strip(), _(text).format(what=problem.what))


def _before(layout: Template, span: Span) -> Span | None:
    """The span of the second column: the year that ended before this one began, or the same months a year ago."""
    if span.first.year <= 1900:
        return None
    if layout.prior is Prior.YEAR_START:
        year = span.last.year - 1
        return Span(Period(year, 1), Period(year, 12))
    return Span(span.first.shifted(-12), span.last.shifted(-12))


def _known(layout: Template, past: Reader, start: Period) -> bool:
    """Whether the book can know those figures; an opening balance always can."""
    return layout.prior is Prior.YEAR_START or past.span.last >= start or any(past.moved.values())


def _table(name: str, layout: Template, span: Span, lines: dict[int, int], earlier: dict[int, int]) -> Table:
    shown = [i for i in layout.items if not i.hide_zero or lines.get(i.no) or earlier.get(i.no)]
    at_end = layout.prior is Prior.YEAR_START
    when = span.last.last_day.isoformat() if at_end else str(span)
    subtitle = "  ".join(t for t in (when, _("in yuan"), say(layout.note)) if t)
    figures = {i.no: (lines.get(i.no), earlier.get(i.no)) for i in shown}
    columns = (
        Column("line", _("Row"), Shape.COUNT, 5),
        Column("item", _("Item"), Shape.TEXT, 40),
        Column("amount", say(layout.columns[0]), Shape.MONEY, 16),
        Column("opening_or_prior", say(layout.columns[1]), Shape.MONEY, 16),
    )
    return Table(
        name,
        say(layout.title),
        subtitle,
        columns,
        tuple((i.no or None, _on_paper(i), *figures[i.no]) for i in shown),
        targets=tuple(_target(name, i) for i in shown),
        strong=frozenset(at for at, i in enumerate(shown) if i.strong),
        machine_rows=tuple((i.no, say(i.item), *figures[i.no]) for i in shown if i.no),
    )


def _on_paper(item: Item) -> str:
    return "　" * item.indent + say(item.lead) + say(item.item)


def _target(name: str, item: Item) -> str:
    """The account when the line is one account, else the line itself."""
    if item.formula is None:
        return ""
    if isinstance(item.formula, Atom) and not (item.formula.part or item.formula.other):
        return f"account:{item.formula.account}"
    return f"statement:{name}:{item.no}"
