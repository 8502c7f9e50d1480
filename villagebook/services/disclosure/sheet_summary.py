"""F2, the plain summary: what came, what went, what is left, whether the bank agrees, what to look at. No terms of accounting."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from villagebook.domain.account import MONEY_ACCOUNTS
from villagebook.domain.money import yuan_text
from villagebook.domain.notice import BankStand, KindFigure, PlaceBalance, kind_total
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body, Chart, ChartKind, ChartPoint, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Cell, Column, Shape
from villagebook.i18n import _, ngettext
from villagebook.reports.notice_kinds import bank_part
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.notice_entries import Entry, Reader
from villagebook.services.disclosure.plain_figures import Times, bank_stands, kind_figures, moved_by_kind
from villagebook.services.disclosure.reception import reception_figure
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, figure, money, summed
from villagebook.services.disclosure.summary_look import look_rows
from villagebook.services.names import month_title
from villagebook.services.reporting.statement_table import span_words
from villagebook.storage import ledger, posted_vouchers
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

NAMELESS = ("504", "515")
"""Accounts whose entries are told one by one: "other" without detail says nothing."""

CHART_MONTHS = 12


def compile_summary(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Everything of these months on one sheet; `subject` is not asked for."""
    reader = Reader(connection, facts)
    entries, _moved, _excluded = reader.sort_out(posted_vouchers.vouchers(connection, span))
    kinds = kind_figures(connection, facts, span, reader.words)
    banks = bank_stands(connection, facts, span)
    opening, closing = _held(connection, facts, span.first), _held(connection, facts, span.last.shifted(1))
    came, went = kind_total(kinds, is_income=True), kind_total(kinds, is_income=False)
    columns = _Columns(Times.of(span, facts.start), kinds)
    guests = reception_figure(connection, facts, span) if facts.policy.switches["reception_line"] else None
    detail = _detail_part(kinds, columns, entries, guests)
    body = Body(
        title=_("The village's money in plain words"),
        figures=(
            figure(_("There was"), sum(opening.values())),
            figure(_("Came in"), came.fen),
            figure(_("Went out"), went.fen),
            figure(_("Is left"), sum(closing.values())),
        ),
        sentences=_sentences(span, columns, came, went, banks, guests),
        charts=(
            Chart(ChartKind.BARS, _("Where the money came from"), _bars(kinds, is_income=True)),
            Chart(ChartKind.BARS, _("Where the money went"), _bars(kinds, is_income=False)),
            _months(connection, facts, span.last),
        ),
        parts=(
            _places_part(facts, opening, closing),
            _kinds_part(_("What came in"), "came", kinds, came, columns),
            _kinds_part(_("What went out"), "went", kinds, went, columns),
            *([detail] if detail.rows else []),
            bank_part(banks),
            _look_part(connection, facts, span, entries, kinds),
        ),
        notes=_notes(columns, kinds),
    )
    return screened(body)


def ledger_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What the totals of an F2 have to be by the monthly totals of the ledger; in less out is held against the balances."""
    money_accounts = [b for b in ledger.balances(connection, span) if b.account.startswith(MONEY_ACCOUNTS)]
    moved = moved_by_kind(connection, span)
    came = sum(fen for (is_income, _code), fen in moved.items() if is_income)
    opening_fen = sum(b.opening_fen for b in money_accounts)
    closing_fen = sum(b.closing_fen for b in money_accounts)
    return (
        LedgerSum("opening", _("Money at the beginning"), opening_fen),
        LedgerSum("closing", _("Money at the end"), closing_fen),
        LedgerSum("came_now", _("Came in"), came),
        LedgerSum("went_now", _("Went out"), opening_fen + came - closing_fen),
    )


class _Columns:
    """Which times stand beside this one: those the book knows, and none twice."""

    def __init__(self, times: Times, kinds: Sequence[KindFigure]) -> None:
        self.times = times
        self.has_last = times.last is not None
        self.has_year_ago = times.year_ago is not None and times.year_ago != times.last
        self.has_year = times.year != times.now
        self.has_budget = any(k.budget_fen is not None for k in kinds)

    def columns(self, key: str) -> tuple[Column, ...]:
        """`key` begins the names of the columns, so that those of one part are told from another's."""
        made = [money(f"{key}_now", span_words(self.times.now))]
        if self.times.last is not None:
            made.append(money(f"{key}_last", span_words(self.times.last)))
        if self.has_year_ago and self.times.year_ago is not None:
            made.append(money(f"{key}_year_ago", span_words(self.times.year_ago)))
        if self.has_year:
            made.append(money(f"{key}_year", _("Since January")))
        if self.has_budget:
            made.append(money(f"{key}_budget", _("Planned for {year}").format(year=self.times.now.last.year)))
        return tuple(made)

    def cells(self, kind: KindFigure) -> list[Cell]:
        made: list[Cell] = [kind.fen]
        if self.has_last:
            made.append(kind.last_fen)
        if self.has_year_ago:
            made.append(kind.year_ago_fen)
        if self.has_year:
            made.append(kind.year_fen)
        if self.has_budget:
            made.append(kind.budget_fen)
        return made


def _kinds_part(
    title: str, key: str, kinds: Sequence[KindFigure], total: KindFigure, columns: _Columns
) -> Part:
    """A row per account of the chart, and their sum."""
    heads = (Column(key, _("Kind of money"), Shape.TEXT, 20), *columns.columns(key))
    rows = [
        (k.words + ("*" if k.unread else ""), *columns.cells(k))
        for k in kinds
        if k.is_income is total.is_income and not k.depth
    ]
    if not rows:
        return Part(title, heads, ())
    return Part(title, heads, (*rows, (_("Total"), *columns.cells(total))), 1)


def _detail_part(
    kinds: Sequence[KindFigure], columns: _Columns, entries: Sequence[Entry], guests: KindFigure | None
) -> Part:
    """What the sums are made of: sub-accounts, each entry of what has no kind of its own, and what guests cost."""
    heads = (
        Column("detail", _("Of the sums above"), Shape.TEXT, 20),
        *columns.columns("of"),
        Column("sum", _("Part of"), Shape.TEXT, 14),
    )
    rows: list[Row] = []
    for kind in kinds:
        top = _sum_of(kind, kinds)
        if kind.depth:
            rows.append((kind.words + ("*" if kind.unread else ""), *columns.cells(kind), top))
        if kind.code.startswith(NAMELESS) and not _has_parts(kind, kinds):
            told = _told([e for e in entries if _is_of(e, kind)], len(heads) - 1)
            rows += [(*row, top) for row in told]
    if guests is not None:
        rows.append((guests.words, *columns.cells(guests), ""))
    return Part(_("What the sums above are made of"), heads, tuple(rows))


def _sum_of(kind: KindFigure, kinds: Sequence[KindFigure]) -> str:
    """Words of the sum that this one is part of, or is."""
    tops = (
        k for k in kinds if not k.depth and k.is_income is kind.is_income and kind.code.startswith(k.code)
    )
    return next((k.words for k in tops), "")


def _has_parts(kind: KindFigure, kinds: Sequence[KindFigure]) -> bool:
    """True for the sum above rows of depth 1: its entries are told under those."""
    return kind.depth == 0 and any(
        k.depth and k.is_income is kind.is_income and k.code.startswith(kind.code) for k in kinds
    )


def _is_of(entry: Entry, kind: KindFigure) -> bool:
    ours = entry.account == kind.code if kind.depth else entry.account.startswith(kind.code)
    return ours and bool(entry.line.income_fen) is kind.is_income


def _told(entries: Sequence[Entry], width: int) -> list[Row]:
    """What has no kind of its own, matter by matter, with the amount of these months only."""
    matters: dict[str, list[Entry]] = {}
    for entry in entries:
        matters.setdefault(entry.line.summary, []).append(entry)
    made: list[Row] = []
    for matter, own in matters.items():
        words = _("{day} {matter}").format(day=own[0].line.day[5:], matter=matter)
        if len(own) > 1:
            words = ngettext("{matter}, {n} entry", "{matter}, {n} entries", len(own)).format(
                matter=matter, n=len(own)
            )
        fen = sum(e.line.income_fen or e.line.spending_fen for e in own)
        made.append((words, fen, *[None] * (width - 2)))
    return made


def _held(connection: Connection, facts: Facts, month: Period) -> dict[str, int]:
    """Money place -> fen at the start of a month; an empty name collects what no place was named for."""
    found: dict[str, int] = {}
    for (_account, code), fen in ledger.place_balances_before(connection, month).items():
        found[code] = found.get(code, 0) + fen
    return {code: found[code] for code in (*(p.code for p in facts.places.all()), "") if code in found}


def _places_part(facts: Facts, opening: dict[str, int], closing: dict[str, int]) -> Part:
    """Bank and cash at the beginning and at the end."""
    columns = (
        Column("where", _("Where it lies"), Shape.TEXT, 20),
        money("opening", _("At the beginning")),
        money("closing", _("At the end")),
    )
    rows = [(b.name, b.opening_fen, b.closing_fen) for b in _by_nature(facts, opening, closing)]
    return summed(_("Where the money lies"), columns, rows)


def _by_nature(facts: Facts, opening: dict[str, int], closing: dict[str, int]) -> Iterable[PlaceBalance]:
    codes = dict.fromkeys((*opening, *closing))
    for is_cash, name in ((False, _("in the bank")), (True, _("in cash, with the village"))):
        own = [c for c in codes if (p := facts.places.get(c)) is not None and p.is_cash is is_cash]
        if own or not is_cash:
            yield PlaceBalance(name, sum(opening.get(c, 0) for c in own), sum(closing.get(c, 0) for c in own))
    lost = [c for c in codes if facts.places.get(c) is None]
    if any(opening.get(c, 0) or closing.get(c, 0) for c in lost):
        yield PlaceBalance(
            _("place not named (history taken in)"),
            sum(opening.get(c, 0) for c in lost),
            sum(closing.get(c, 0) for c in lost),
        )


def _look_part(
    connection: Connection, facts: Facts, span: Span, entries: Sequence[Entry], kinds: Sequence[KindFigure]
) -> Part:
    columns = (
        Column("what", _("What to look at"), Shape.TEXT, 12),
        Column("told", _("What it was"), Shape.TEXT, 24),
        money("amount", _("Amount")),
    )
    return Part(
        _("What is large, new or unusual"), columns, look_rows(connection, facts, span, entries, kinds)
    )


def _bars(kinds: Sequence[KindFigure], *, is_income: bool) -> tuple[ChartPoint, ...]:
    """The largest first; what went back below zero has no bar."""
    rows = [k for k in kinds if k.is_income is is_income and not k.depth and k.fen > 0]
    return tuple(ChartPoint(k.words, k.fen) for k in sorted(rows, key=lambda k: (-k.fen, k.code)))


def _months(connection: Connection, facts: Facts, last: Period) -> Chart:
    """Up to twelve months that end with the last one."""
    first = max(last.shifted(1 - CHART_MONTHS), min(facts.start, last))
    points = []
    for month in Span(first, last).months():
        moved = moved_by_kind(connection, Span.of(month))
        came = sum(fen for (is_income, _code), fen in moved.items() if is_income)
        went = sum(fen for (is_income, _code), fen in moved.items() if not is_income)
        label = month_title(month.month)
        points.append(ChartPoint(label, max(came, 0), max(went, 0)))
    title = _("Month by month: {months}").format(months=span_words(Span(first, last)))
    return Chart(ChartKind.MONTHS, title, tuple(points), first=_("Came in"), second=_("Went out"))


def _sentences(
    span: Span,
    columns: _Columns,
    came: KindFigure,
    went: KindFigure,
    banks: Sequence[BankStand],
    guests: KindFigure | None,
) -> tuple[str, ...]:
    """What ten seconds are enough for."""
    more = came.fen - went.fen
    kept = (
        _("{amount} yuan more came in than went out.")
        if more >= 0
        else _("{amount} yuan more went out than came in.")
    )
    told = [
        _("{when}: {came} yuan came in, {went} yuan went out.").format(
            when=span_words(span), came=yuan_text(came.fen), went=yuan_text(went.fen)
        )
        + " "
        + kept.format(amount=yuan_text(abs(more)))
    ]
    before = []
    if columns.has_last and came.last_fen is not None and went.last_fen is not None:
        text = _("The time before: {came} yuan came in, {went} yuan went out.")
        before.append(text.format(came=yuan_text(came.last_fen), went=yuan_text(went.last_fen)))
    if columns.has_year:
        text = _("Since January: {came} yuan came in, {went} yuan went out.")
        before.append(text.format(came=yuan_text(came.year_fen), went=yuan_text(went.year_fen)))
    if before:
        told.append(" ".join(before))
    agrees = _bank_sentence(banks)
    if guests is not None:
        text = _("Meals and tea for guests cost {amount} yuan.")
        agrees = f"{agrees} {text.format(amount=yuan_text(guests.fen))}"
    return (*told, agrees)


def _bank_sentence(banks: Sequence[BankStand]) -> str:
    silent = [b.name for b in banks if b.bank_fen is None]
    wrong = [b.name for b in banks if b.unexplained_fen]
    if not banks:
        return _("The village has no money in a bank.")
    if wrong:
        return _("The bank says something else: {names}. See below.").format(names=_(", ").join(wrong))
    if silent:
        return _("There is no statement of the bank yet for: {names}.").format(names=_(", ").join(silent))
    return _("The bank says the same as the book, for every account.")


def _notes(columns: _Columns, kinds: Sequence[KindFigure]) -> tuple[str, ...]:
    told = [
        _("Every single entry stands on the sheet of receipts and payments of the same months (F1)."),
        _(
            "Money that only went from one of the village's places to another counts neither as in nor as out."
        ),
    ]
    if not (columns.has_last and columns.times.year_ago is not None):
        told.append(_("Times before this book began have no figures to compare with."))
    if not columns.has_budget:
        told.append(_("There is no budget for this year to compare with."))
    if any(k.unread for k in kinds):
        told.append(_("* The village's own words, which supervision has not read yet."))
    return tuple(told)
