"""Closing a month: look at the list, lock, check again, close. Reopening leaves its trace for ever."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.balance import first_shortfall
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.place import Place, Places
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.facts import CountFact, Facts, MonthFacts, StatementFact
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.approvals import refusals
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import duties
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import (
    asset_facts,
    batch_facts,
    contract_facts,
    invoice_facts,
    line_facts,
    loan_facts,
)
from villagebook.services.gathering import facts as gather
from villagebook.services.period_end import deadlines
from villagebook.services.registers.carrying import result_facts
from villagebook.storage import documents as docs
from villagebook.storage import ledger, objects, periods, posted_vouchers, sheets, voucher_checks
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection


def review(book: Book, period: Period, today: date) -> tuple[Finding, ...]:
    """The to-do list of a month: everything that stops it, and what is only said."""
    with book.reading() as connection:
        return look(month_facts(connection, book.info, period, today), When.CLOSE)


def close(book: Book, period: Period, by: By) -> tuple[Finding, ...]:
    """Close a month under the write lock; returns what was said but does not stop.

    Raises Refused: not begun, closed already, or any finding that stops.
    """
    return close_span(book, Span.of(period), by)[0][1]


def close_span(book: Book, span: Span, by: By) -> tuple[tuple[Period, tuple[Finding, ...]], ...]:
    """Close several months, all or none; returns each with what was said of it. Raises Refused as `close`."""
    made = []
    with book.writing(by.actor, by.at) as writing:
        for period in span.months():
            problem = _why_not_closable(writing.connection, book.info, period, by.day)
            if problem:
                raise Refused([Finding("CLO-04", Severity.ERROR, str(period), problem)])
            found = pass_or_refuse(month_facts(writing.connection, book.info, period, by.day), When.CLOSE)
            _step(writing, period, "closed", "")
            writing.settle()
            made.append((period, found))
    return tuple(made)


def _why_not_closable(connection: Connection, info: BookInfo, period: Period, today: date) -> str:
    if period < info.start:
        return _("{period} lies before the first month of the book.").format(period=period)
    if periods.period_state(connection, period) != "open":
        return _("{period} is closed already.").format(period=period)
    if period > Period.of(today):
        return _("{period} has not begun.").format(period=period)
    return ""


def _step(writing: Writing, period: Period, state: str, reason: str) -> None:
    writing.log(
        "period.stepped",
        {"period": period.number, "state": state, "reason": reason},
        new_id(),
        "periods",
    )


def reopen(book: Book, period: Period, reason: str, by: By) -> None:
    """Open a CLOSED month again, with a reason; never a disclosed or exported one (red reversal instead).

    Raises Refused.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        state = periods.period_state(connection, period)
        problem = ""
        if state == "disclosed":
            problem = _("{period} hangs on the board. Correct it by a red reversal in an open month.")
        elif any(e.period and e.period >= period for e in periods.exports(connection)):
            problem = _("{period} has been handed over. Correct it by a red reversal in an open month.")
        elif state != "closed":
            problem = _("{period} is not closed.")
        elif under_review := _under_review(connection, period):
            problem = _("Notice {number} covers these months already.").format(number=under_review)
        elif any(p > period and s != "open" for p, s in periods.period_states(connection).items()):
            problem = _("Months after {period} are closed. Reopen the newest first.")
        elif len(reason.strip()) < 4:
            problem = _("Say why, in at least four characters.")
        if problem:
            raise Refused([Finding("CLO-05", Severity.ERROR, str(period), problem.format(period=period))])
        _step(writing, period, "open", reason.strip())


def _under_review(connection: Connection, period: Period) -> str:
    """Number of the notice of this month that lies with supervision: what they sign must not change behind their backs."""
    for entry in periods.notices(connection):
        if entry.first <= period <= entry.last and not docs.stop_of(connection, entry.id, entry.content_hash):
            return entry.number
    told = (e for e in sheets.standing(connection) if not e.subject)
    return next((e.number for e in told if e.span.first <= period <= e.span.last), "")


def period_states(book: Book) -> tuple[tuple[Period, str], ...]:
    """(month, open | closed | disclosed | exported) from the first month of the book to the newest that matters."""
    with book.reading() as connection:
        states = periods.period_states(connection)
        last = periods.last_booked(connection)
        handed = max((e.period for e in periods.exports(connection) if e.period), default=None)
    newest = max([book.info.start, *states, *([Period.of(last)] if last else [])])
    if states.get(newest, "open") != "open":
        newest = newest.shifted(1)
    made = []
    for period in Span(book.info.start, newest).months():
        state = states.get(period, "open")
        if state != "open" and handed and period <= handed:
            state = "exported" if state == "closed" else state
        made.append((period, state))
    return tuple(made)


def current_period(book: Book) -> Period:
    """The oldest open month: where the work is."""
    return next(p for p, state in period_states(book) if state == "open")


def month_facts(connection: Connection, info: BookInfo, period: Period, today: date) -> Facts:
    """Facts for the close gate."""
    base = gather.ground(connection, info, today, period.last_day)
    results = result_facts(connection, base, period)
    cash, bank, last_moves, short = _places(connection, base.places, period)
    month = MonthFacts(
        period=period,
        earlier_open=tuple(
            p
            for p in Span(info.start, period).months()
            if p < period and base.period_states.get(p, "open") == "open"
        ),
        waiting=results.waiting,
        takings=tuple(t for t in docs.takings(connection) if Period.of(t.received_on) <= period),
        cash_books=cash,
        bank_books=bank,
        last_moves=last_moves,
        counts=tuple(_count(connection, c) for c in periods.counts(connection, period)),
        statements=tuple(_statement(connection, s) for s in periods.statements(connection, period)),
        gaps=tuple(posted_vouchers.number_gaps(connection, period)),
        shortfalls=short,
        only_imported=periods.only_imported(connection, period),
        drafts=_drafts(connection, period),
        unchecked=tuple(
            found.label for found in voucher_checks.unchecked(connection, period.first_day, period.last_day)
        ),
    )
    return replace(
        base,
        month=month,
        results=results,
        line=line_facts.for_month(connection, base, period),
        assets=asset_facts.for_month(connection, base, period),
        resources=contract_facts.stray_resources(connection, min(period.last_day, today)),
        contracts=contract_facts.for_month(connection, period, today, base.policy),
        loans=loan_facts.for_month(connection, info.start, period, today, base.policy),
        resolutions=ResolutionFacts(
            late=deadlines.late(connection, info, base, today),
            refused=refusals.of_month(connection, base, period.first_day, period.last_day),
        ),
        invoices=invoice_facts.for_month(connection, (info.village, info.code)),
        duties=duties.facts_of(connection, info, today),
        batches=batch_facts.for_month(connection, period.last_day),
    )


def _drafts(connection: Connection, period: Period) -> tuple[tuple[str, str], ...]:
    """Documents dated in the month that were begun and never sent in."""
    begun = [Document.from_data(json.loads(body)) for body in objects.draft_bodies(connection)]
    return tuple(
        (d.id, f"{d.booked_on.isoformat()} {d.summary or d.party}".strip())
        for d in begun
        if Period.of(d.booked_on) == period and (d.total_fen or d.summary.strip())
    )


def reopenings(book: Book) -> Table:
    """Every month that was opened again: when, by whom, why. The list only grows."""
    with book.reading() as connection:
        rows = periods.reopenings(connection)
    columns = (
        Column("period", _("Month"), Shape.TEXT, 7),
        Column("at", _("Opened again at"), Shape.TEXT, 14),
        Column("actor", _("At the desk"), Shape.TEXT, 10),
        Column("reason", _("Reason"), Shape.TEXT, 40),
    )
    return Table("reopenings", _("Months opened again"), "", columns, rows)


def _count(connection: Connection, row: periods.CountRow) -> CountFact:
    """Compared with the book as it stands now: a voucher dated back behind the count makes it differ."""
    book_fen = ledger.place_balances_on(connection, row.counted_on).get(row.place, 0)
    return CountFact(
        row.place, row.counted_on, row.counted_fen - book_fen, row.iou_fen, row.counter, row.witness
    )


def _statement(connection: Connection, row: periods.StatementRow) -> StatementFact:
    found = ledger.place_balances_on(connection, row.stated_on)
    book_fen = sum(found.get(code, 0) for code in row.places)
    explained = sum(fen for _text, fen in row.open_items)
    return StatementFact(row.places, row.stated_on, row.balance_fen + explained - book_fen, row.checked_by)


Books = tuple[tuple[Place, int], ...]


def _places(
    connection: Connection, places: Places, period: Period
) -> tuple[Books, Books, dict[str, date], tuple[tuple[str, date, int], ...]]:
    """Closing balances of cash and bank places that matter in the month, last movements, and days below zero."""
    day_before = period.first_day - timedelta(days=1)
    opening = ledger.place_balances_on(connection, day_before)
    cash: list[tuple[Place, int]] = []
    bank: list[tuple[Place, int]] = []
    short: list[tuple[str, date, int]] = []
    last_moves: dict[str, date] = {}
    for place in places.all():
        moves = ledger.place_moves_after(connection, place.code, day_before, period.last_day)
        closing = opening.get(place.code, 0) + sum(fen for _day, fen in moves)
        if not moves and not closing:
            continue
        if moves:
            last_moves[place.code] = moves[-1][0]
        (cash if place.is_cash else bank).append((place, closing))
        below = first_shortfall(opening.get(place.code, 0), moves) if place.is_cash else None
        if below:
            short.append((place.name, *below))
    return tuple(cash), tuple(bank), last_moves, tuple(short)
