"""Balance sheet and statement of income and distribution: templates from resources, worked out over the books."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from villagebook import i18n, paths
from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.formula import Atom
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import (
    Item,
    Prior,
    Problem,
    Template,
    Trouble,
    Words,
    broken_checks,
    read_template,
    work_out,
)
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.flows import receipts_payments
from villagebook.services.statement_figures import Reader
from villagebook.storage import ledger, registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

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
        findings += _broken(layout, lines, figures, name)
        if layout.prior is Prior.YEAR_START:
            findings += _left_out(layout, now, name)
            findings += _begun_late(book.info.start, span)
        findings += _money_ties(connection, layout, lines, span, name)
    findings += _flow_ties(book, layout, lines, span, name)
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


def _broken(
    layout: Template, lines: dict[int, int], figures: dict[Atom, int], name: str
) -> Iterator[Finding]:
    for check, left, right in broken_checks(layout, lines, figures):
        text = _("{says}: {left} is not {right}, the difference is {difference}.").format(
            says=say(check.says),
            left=yuan_text(left),
            right=yuan_text(right),
            difference=yuan_text(left - right),
        )
        yield Finding("STM-10", Severity.WARNING, name, text)


def _left_out(layout: Template, now: Reader, name: str) -> Iterator[Finding]:
    """Accounts with a balance that no line counts."""
    counted = {a.account for a in layout.atoms() if a.kind == "B"}
    for code, fen in sorted(now.closing.items()):
        if fen and not any(code.startswith(c) for c in counted):
            text = _("Account {code} stands at {amount} and no line of the statement counts it.")
            filled = text.format(code=code, amount=yuan_text(fen))
            yield Finding("STM-11", Severity.WARNING, name, filled, "", f"account:{code}")


def _begun_late(start: Period, span: Span) -> Iterator[Finding]:
    if start.year == span.last.year and start.month > 1:
        text = _("The book begins in {start}: the start of the year shows its opening balances.")
        yield Finding("STM-12", Severity.HINT, str(start), text.format(start=start))


def _money_ties(
    connection: Connection, layout: Template, lines: dict[int, int], span: Span, name: str
) -> Iterator[Finding]:
    """The money line against the money places and against the notices that end with the same month."""
    shown = _line_of_role(layout, lines, "money")
    if shown is None:
        return
    places_fen = sum(ledger.place_balances_before(connection, span.last.shifted(1)).values())
    others = [(_("the money places together"), places_fen)]
    for number, closing_fen in store.notice_closings(connection, span.last):
        others.append((_("notice {number}").format(number=number), closing_fen))
    yield from _ties(name, shown, others)


def _flow_ties(
    book: Book, layout: Template, lines: dict[int, int], span: Span, name: str
) -> Iterator[Finding]:
    """The money line against what receipts and payments close with; one month is enough, it begins with balances."""
    shown = _line_of_role(layout, lines, "money")
    if shown is not None:
        closing = receipts_payments(book, Span.of(span.last)).rows[-1][-1]
        yield from _ties(name, shown, [(_("receipts and payments"), closing)])


def _ties(name: str, shown: int, others: Iterable[tuple[str, Cell]]) -> Iterator[Finding]:
    for what, fen in others:
        if isinstance(fen, int) and fen != shown:
            text = _("The statement shows {shown} of money, {what} {other}, the difference is {difference}.")
            filled = text.format(
                shown=yuan_text(shown), what=what, other=yuan_text(fen), difference=yuan_text(shown - fen)
            )
            yield Finding("STM-13", Severity.WARNING, name, filled)


def _line_of_role(layout: Template, lines: dict[int, int], role: str) -> int | None:
    return next((lines.get(i.no) for i in layout.items if i.role == role), None)


def say(words: Words) -> str:
    """A text of a template in the language spoken now."""
    return words[1] if i18n.language() == i18n.ENGLISH else words[0]


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


def lines_of(book: Book, name: str, span: Span, no: int, template: Path | None = None) -> tuple[str, ...]:
    """Ids of exactly the vouchers a line of a statement is made of, in booking order; () for no such line."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        layout = load_template(name, chart, template)
        reader = Reader(connection, chart, book.info.start, span, layout.carry)
        found: set[str] = set()
        for atom in layout.atoms_of(no):
            found.update(reader.vouchers(atom))
        return store.in_order(connection, found)
