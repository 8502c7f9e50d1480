"""F11: the year on one paper: budget beside final account, what the village owns and owes, the distribution, the eight classes."""

from __future__ import annotations

from villagebook import i18n
from villagebook.domain.account import DISTRIBUTION, PAYABLES, YEAR_RESULT, Category
from villagebook.domain.formula import Atom
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Chart, ChartKind, ChartPoint, Part
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.purpose_parts import funds_part
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, figure, money, summed
from villagebook.services.gathering import plan_facts as plans
from villagebook.services.names import account_title, month_title
from villagebook.services.registers import budgets
from villagebook.services.reporting import disclosure_items
from villagebook.services.reporting.statement_figures import Reader
from villagebook.storage import budgets as store
from villagebook.storage import ledger, voucher_lines
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection


class _Year:
    """What was booked in a year up to a month, by account and month; earned and spent both positive."""

    def __init__(self, connection: Connection, facts: Facts, span: Span) -> None:
        self.income: dict[str, int] = {}
        self.spending: dict[str, int] = {}
        self.months: dict[int, list[int]] = {m: [0, 0] for m in range(1, span.last.month + 1)}
        for code, month, debit, credit in store.booked(connection, span.last.year):
            account = facts.chart.get(code)
            if month > span.last.month or account is None or account.category is not Category.RESULT:
                continue
            is_income = plans.is_income(facts.chart, code)
            fen = credit - debit if is_income else debit - credit
            side = self.income if is_income else self.spending
            side[code] = side.get(code, 0) + fen
            self.months[month][0 if is_income else 1] += fen


def compile_annual(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """The year in which the months end, up to their end."""
    year = _Year(connection, facts, span)
    income_fen, spending_fen = sum(year.income.values()), sum(year.spending.values())
    planned = budgets.standing_in(connection, span.last.year, None, span.last)
    parts = [
        _budget_part(facts, year, planned, income=True),
        _budget_part(facts, year, planned, income=False),
        _balance_part(connection, info, facts, span),
        _distribution_part(connection, span),
        funds_part(connection, facts, Span(Period(span.last.year, 1), span.last)),
        _classes_part(connection, info, span),
    ]
    _mark, check = disclosure_items.certainty()
    sentences = [
        _("{year}: {income} yuan were earned and {spending} yuan spent.").format(
            year=span.last.year, income=yuan_text(income_fen), spending=yuan_text(spending_fen)
        ),
        _("Budget of {day}, resolution {no}, version {version}.").format(
            day=planned.budget.decided_on, no=planned.budget.resolution, version=planned.budget.version
        )
        if planned
        else _("No budget was adopted for this year."),
    ]
    points = tuple(
        ChartPoint(month_title(m), max(0, both[0]), max(0, both[1])) for m, both in year.months.items()
    )
    return screened(
        Body(
            title=_("Annual budget, final account and distribution"),
            parts=tuple(parts),
            sentences=tuple(sentences),
            figures=(
                figure(_("Income"), income_fen),
                figure(_("Spending"), spending_fen),
                figure(_("Income less spending"), income_fen - spending_fen),
            ),
            charts=(Chart(ChartKind.MONTHS, _("Month by month"), points, _("Income"), _("Spending")),)
            if any(p.fen or p.second_fen for p in points)
            else (),
            notes=(
                _("Earned and spent are what was booked, paid or not; the month's sheets show the money."),
                _("The names of the 44 items: {check}.").format(check=check),
            ),
        )
    )


def _budget_part(facts: Facts, year: _Year, planned: budgets.YearStanding | None, *, income: bool) -> Part:
    actual = dict(year.income if income else year.spending)
    rows: list[Row] = []
    left = dict(actual)
    for line in planned.lines if planned else ():
        if line.is_income is not income:
            continue
        code = line.line.account
        name = account_title(facts.chart, code) + (f" {line.line.project}" if line.line.project else "")
        rows.append((name, line.planned_fen, line.used_fen, line.used_fen - line.planned_fen))
        for covered in [c for c in left if c.startswith(code)]:
            del left[covered]
    for code, fen in sorted(left.items()):
        if fen:
            rows.append((account_title(facts.chart, code), 0, fen, fen))
    columns = (
        Column("item", _("Item"), Shape.TEXT, 24),
        money("planned", _("Budget")),
        money("actual", _("Final account")),
        money("more", _("More (less) than planned")),
    )
    if income:
        return summed(_("Income: budget and final account"), columns, rows)
    return summed(_("Spending: budget and final account"), columns, rows, _beside_spending(year, rows))


def _beside_spending(year: _Year, rows: list[Row]) -> str:
    """Why the sum of the table is more than what was spent; "" when it is not."""
    spent_fen = sum(year.spending.values())
    other_fen = sum(int(row[2] or 0) for row in rows) - spent_fen
    if not other_fen:
        return ""
    words = _("{spent} yuan are spending of the year; {other} yuan bought assets or paid back what was owed.")
    return words.format(spent=yuan_text(spent_fen), other=yuan_text(other_fen))


def _balance_part(connection: Connection, info: BookInfo, facts: Facts, span: Span) -> Part:
    """Every top account of what is owned and owed, at the year's beginning and at the end of the months.

    Where people stand on both sides of one account, as members do on 113, both are told and never set off.
    """
    whole = Span(Period(span.last.year, 1), span.last)
    reader = Reader(connection, facts.chart, info.start, whole, YEAR_RESULT)
    columns = (
        Column("item", _("Item"), Shape.TEXT, 22),
        Column("kind", _("Kind"), Shape.TEXT, 12),
        money("opening", _("Beginning of the year")),
        money("closing", _("At the end")),
    )
    owned, owed = _("owned or owed to us"), _("owed by us")
    mine: list[Row] = []
    theirs: list[Row] = []
    for top in (a for a in facts.chart if not a.parent):
        name = top.title(i18n.language())
        if top.code.startswith((*facts.policy.words["claim_accounts"], PAYABLES)):
            sides = ((mine, owned, "+"), (theirs, owed, "-"))
            told = [(*side[:2], *_standing(reader, top.code, side[2])) for side in sides]
        elif top.category is Category.ASSET:
            sign = reader.sign(top.code)
            opening, closing = _standing(reader, top.code, "")
            told = [(mine, owned, sign * opening, sign * closing)]
        elif top.category is Category.LIABILITY:
            told = [(theirs, owed, *_standing(reader, top.code, ""))]
        else:
            continue
        for rows, kind, opening, closing in told:
            if opening or closing:
                rows.append((name, kind, opening, closing))
    return Part(_("What the village owns and owes"), columns, (*mine, *theirs))


def _standing(reader: Reader, code: str, side: str) -> tuple[int, int]:
    """(at the beginning, at the end); `side` counts only who stands in debit ("+") or in credit ("-")."""
    opening, closing = Atom("O", code, side), Atom("B", code, side)
    found = reader.values((opening, closing))
    return found[opening], found[closing]


def _distribution_part(connection: Connection, span: Span) -> Part:
    """What could be shared out: what was left of former years, what every voucher brought or took, what is left now.

    Entries within the account, as when its details are laid out anew, neither bring nor take and are left out.
    """
    whole = Span(Period(span.last.year, 1), span.last)
    held = [b for b in ledger.balances(connection, whole) if b.account.startswith(DISTRIBUTION)]
    rows: list[Row] = [
        (day, voucher_label(word, number), summary, -fen)
        for day, word, number, summary, fen in voucher_lines.voucher_sums(connection, DISTRIBUTION, whole)
    ]
    before, left = -sum(b.opening_fen for b in held), -sum(b.closing_fen for b in held)
    columns = (
        Column("day", _("Day"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("words", _("What for"), Shape.TEXT, 34),
        money("amount", _("Amount")),
    )
    if not (rows or before):
        return Part(_("Distribution"), columns, ())
    first: Row = ("", "", _("left of former years"), before)
    last: Row = ("", "", _("not distributed at the end"), left)
    lead = _("What was added counts up, what was taken out counts down.")
    return Part(_("Distribution"), columns, (first, *rows, last), 1, lead)


def _classes_part(connection: Connection, info: BookInfo, span: Span) -> Part:
    columns = disclosure_items.columns()
    rows = tuple(
        (group, no, item, fen if fen else None)
        for group, no, item, fen in disclosure_items.rows(connection, info.start, span)
    )
    lead = _("An item without a figure stands among the entries of the month's sheets, or there was nothing.")
    return Part(_("Eight classes, 44 items"), columns, rows, 0, lead)
