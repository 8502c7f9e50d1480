"""A worked-out statement as a table for screens and programs, and as the form that is signed on paper."""

from __future__ import annotations

from collections.abc import Mapping

from villagebook.domain.formula import Atom, signed_lines
from villagebook.domain.period import Span
from villagebook.domain.statement import Item, Prior, Template
from villagebook.domain.statement_columns import View
from villagebook.domain.table import Cell, Column, Form, FormRow, Shape, Table, Total
from villagebook.i18n import N_, _
from villagebook.services.reporting.statement_layouts import Used
from villagebook.services.reporting.statement_ties import say

Columns = Mapping[View, Mapping[int, int]]
"""Fen (of DONE whole per cent) by line, column by column in the order shown."""

_OF_A_TIME = {
    View.AMOUNT: N_("This period"),
    View.YEAR_TO_DATE: N_("Year to date"),
    View.LAST_PERIOD: N_("Last period"),
    View.YEAR_BEFORE: N_("Same period last year"),
    View.PERIOD_BUDGET: N_("Budget of the period"),
    View.BUDGET: N_("Budget of the year"),
    View.DONE: N_("% of budget"),
}
_ON_A_DAY = {
    View.AMOUNT: N_("End of period"),
    View.YEAR_START: N_("Start of year"),
    View.LAST_PERIOD: N_("Start of period"),
    View.YEAR_BEFORE: N_("A year before"),
}
MARKS = {
    "V": N_("V official text"),
    "S": N_("S secondary source"),
    "A": N_("A by analogy with the 2004 form or the co-operative form"),
    "R": N_("R general knowledge, to be confirmed"),
}
_BASIS = {
    "V": N_("official text"),
    "S": N_("second hand"),
    "A": N_("by analogy"),
    "R": N_("to be confirmed"),
}
SIGNERS = (N_("Head of the organisation"), N_("Head of accounting"), N_("Prepared by"))


def view_title(view: View, prior: Prior) -> str:
    """The heading of a column."""
    return _((_ON_A_DAY if prior is Prior.YEAR_START else _OF_A_TIME)[view])


def table_of(name: str, used: Used, span: Span, columns: Columns, *, is_usual: bool) -> Table:
    """`is_usual`: the two columns of the promise, under the headings of the template."""
    template = used.template
    shown = [i for i in template.items if not i.hide_zero or any(c.get(i.no) for c in columns.values())]
    figures = {i.no: tuple(c.get(i.no) for c in columns.values()) for i in shown}
    money = _columns(template, columns, is_usual=is_usual)
    machine = (Column("line", _("Row"), Shape.COUNT, 5), Column("item", _("Item"), Shape.TEXT, 40), *money)
    return Table(
        name,
        say(template.title),
        "  ".join(t for t in (when_of(template, span), _("in yuan"), say(template.note)) if t),
        (*machine, Column("certainty", _("Basis"), Shape.TEXT, 8)),
        tuple((i.no or None, _on_paper(i), *figures[i.no], _basis(i)) for i in shown),
        targets=tuple(_target(name, i) for i in shown),
        strong=frozenset(at for at, i in enumerate(shown) if i.strong),
        machine_rows=tuple((i.no, say(i.item), *figures[i.no]) for i in shown if i.no),
        machine_columns=machine,
        sums=_sums(shown),
        form=_form(used, span, shown, figures, money),
    )


def when_of(template: Template, span: Span) -> str:
    """The day of balances, the months of what happened."""
    return span.last.last_day.isoformat() if template.prior is Prior.YEAR_START else str(span)


def span_words(span: Span) -> str:
    """A run of months as a heading says it."""
    year, first, months = span.first.year, span.first.month, span.length
    if span.first.year == span.last.year and (first - 1) % months == 0:
        if months == 12:
            return _("Year {year}").format(year=year)
        if months == 6:
            return _("{year}, half-year {half}").format(year=year, half=(first + 5) // 6)
        if months == 3:
            return _("{year}, quarter {quarter}").format(year=year, quarter=(first + 2) // 3)
    if months == 1:
        return _("{year}-{month:02d}").format(year=year, month=first)
    words = [_("{year}-{month:02d}").format(year=p.year, month=p.month) for p in (span.first, span.last)]
    return _("{first} to {last}").format(first=words[0], last=words[1])


def _when_words(template: Template, span: Span) -> str:
    if template.prior is not Prior.YEAR_START:
        return span_words(span)
    day = span.last.last_day
    return _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day)


def _columns(template: Template, columns: Columns, *, is_usual: bool) -> tuple[Column, ...]:
    if is_usual:
        keys = ("amount", "opening_or_prior")
        pairs = zip(keys, template.columns, strict=True)
        return tuple(Column(key, say(title), Shape.MONEY, 16) for key, title in pairs)
    return tuple(
        Column(
            v.value.replace("-", "_"),
            view_title(v, template.prior),
            Shape.COUNT if v is View.DONE else Shape.MONEY,
            6 if v is View.DONE else 16,
        )
        for v in columns
    )


def _form(
    used: Used,
    span: Span,
    shown: list[Item],
    figures: Mapping[int, tuple[Cell, ...]],
    money: tuple[Column, ...],
) -> Form:
    template = used.template
    rows = [
        (i.right, FormRow(str(i.no or ""), _on_paper(i), figures[i.no], i.strong, _mark(i))) for i in shown
    ]
    sides = tuple(
        side for right in (False, True) if (side := tuple(row for is_right, row in rows if is_right == right))
    )
    return Form(
        say(template.title),
        _when_words(template, span),
        say(template.form_no),
        money,
        sides,
        tuple(_(words) for words in SIGNERS),
        tuple(_foot(used, shown)),
    )


def _foot(used: Used, shown: list[Item]) -> list[str]:
    """The note of the template, what its marks mean, and by which hash it is found again."""
    note = say(used.template.note)
    marks = [_(words) for mark, words in MARKS.items() if any(_mark(i) == mark for i in shown)]
    lines = [note] if note else []
    if marks:
        lines.append(_("Basis of the lines: {marks}").format(marks="; ".join(marks)))
    lines.append(_("Layout {sha}").format(sha=used.sha256[:8]))
    return lines


def _basis(item: Item) -> str:
    """How the line is founded, in words."""
    return _(_BASIS.get(_mark(item), _mark(item)))


def _mark(item: Item) -> str:
    """A heading has no source of its own."""
    return item.certainty if item.no else ""


def _sums(shown: list[Item]) -> tuple[Total, ...]:
    rows = {i.no: at for at, i in enumerate(shown) if i.no}
    found = []
    for at, item in enumerate(shown):
        parts = signed_lines(item.formula) if item.formula is not None else None
        if parts:
            # a line that is not shown is zero
            found.append((at, tuple((sign, rows[no]) for sign, no in parts if no in rows)))
    return tuple(found)


def _on_paper(item: Item) -> str:
    return "　" * item.indent + say(item.lead) + say(item.item)


def _target(name: str, item: Item) -> str:
    """The account when the line is one account, else the line itself."""
    if item.formula is None:
        return ""
    atom = item.formula
    if isinstance(atom, Atom) and atom.kind in "BOM" and not (atom.part or atom.other):
        return f"account:{atom.account}"
    return f"statement:{name}:{item.no}"
