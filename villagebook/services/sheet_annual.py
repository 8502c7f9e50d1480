"""F11: the year on one paper: budget beside final account, what the village owns and owes, the distribution, the eight classes."""

from __future__ import annotations

from villagebook import i18n
from villagebook.domain.account import DISTRIBUTION, Category
from villagebook.domain.account import Chart as Accounts
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Chart, ChartKind, ChartPoint, Part
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services import budgets, disclosure_items
from villagebook.services import plan_facts as plans
from villagebook.services.screening import screened
from villagebook.services.sheet_parts import Row, figure, money, summed
from villagebook.storage import budgets as store
from villagebook.storage import ledger
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection


def _account(chart: Accounts, code: str) -> str:
    account = chart.get(code)
    return account.title(i18n.language()) if account else code


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
        _balance_part(connection, facts, span),
        _distribution_part(connection, facts, span),
        _classes_part(connection, span),
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
        ChartPoint(_("month {n}").format(n=m), max(0, both[0]), max(0, both[1]))
        for m, both in year.months.items()
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
                _("The names of the 44 items are written from memory; {check}.").format(check=check),
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
        name = _account(facts.chart, code) + (f" {line.line.project}" if line.line.project else "")
        rows.append((name, line.planned_fen, line.used_fen, line.used_fen - line.planned_fen))
        for covered in [c for c in left if c.startswith(code)]:
            del left[covered]
    for code, fen in sorted(left.items()):
        if fen:
            rows.append((_account(facts.chart, code), 0, fen, fen))
    columns = (
        Column("item", _("Item"), Shape.TEXT, 24),
        money("planned", _("Budget")),
        money("actual", _("Final account")),
        money("more", _("More (less) than planned")),
    )
    title = _("Income: budget and final account") if income else _("Spending: budget and final account")
    return summed(title, columns, rows)


def _balance_part(connection: Connection, facts: Facts, span: Span) -> Part:
    """Every top account of what is owned and owed, at the year's beginning and at the end of the months."""
    whole = Span(Period(span.last.year, 1), span.last)
    tops: dict[str, list[int]] = {}
    for b in ledger.balances(connection, whole):
        account = facts.chart.get(b.account)
        if account is not None and account.category in (Category.ASSET, Category.LIABILITY):
            sums = tops.setdefault(b.account[:3], [0, 0])
            sums[0] += b.opening_fen
            sums[1] += b.closing_fen
    rows: list[Row] = []
    for code, (opening, closing) in sorted(tops.items()):
        top = facts.chart.get(code)
        sign = -1 if top is not None and top.category is Category.LIABILITY else 1
        if opening or closing:
            kind = _("owed by us") if sign < 0 else _("owned or owed to us")
            rows.append((_account(facts.chart, code), kind, sign * opening, sign * closing))
    columns = (
        Column("item", _("Item"), Shape.TEXT, 22),
        Column("kind", _("Kind"), Shape.TEXT, 12),
        money("opening", _("Beginning of the year")),
        money("closing", _("At the end")),
    )
    return Part(_("What the village owns and owes"), columns, tuple(rows))


def _distribution_part(connection: Connection, facts: Facts, span: Span) -> Part:
    """Every voucher of the year on the account of distribution, entry by entry."""
    rows: list[Row] = []
    for voucher in ledger.vouchers(connection, Span(Period(span.last.year, 1), span.last)):
        fen = [x.debit_fen + x.credit_fen for x in voucher.lines if x.account.startswith(DISTRIBUTION)]
        if fen:
            rows.append((voucher.booked_on.isoformat(), voucher.label, voucher.summary, voucher.total_fen))
    columns = (
        Column("day", _("Day"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("words", _("What for"), Shape.TEXT, 34),
        money("amount", _("Amount")),
    )
    held = [b for b in ledger.balances(connection, Span.of(span.last)) if b.account.startswith(DISTRIBUTION)]
    left = -sum(b.closing_fen for b in held)
    lead = _("Not distributed at the end: {amount} yuan.").format(amount=yuan_text(left))
    return Part(_("Distribution"), columns, tuple(rows), 0, lead)


def _classes_part(connection: Connection, span: Span) -> Part:
    columns = disclosure_items.columns()
    rows = tuple(
        (group, no, item, fen if fen else None)
        for group, no, item, fen in disclosure_items.rows(connection, span)
    )
    lead = _("An item without a figure stands among the entries of the month's sheets, or there was nothing.")
    return Part(_("Eight classes, 44 items"), columns, rows, 0, lead)
