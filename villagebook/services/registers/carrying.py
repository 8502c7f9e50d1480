"""Carrying income and expense to 本年收益 (321), by month or by year as the township's parameters say."""

from __future__ import annotations

from dataclasses import dataclass, replace

from villagebook.domain.account import DISTRIBUTION, PENDING, YEAR_RESULT, Chart
from villagebook.domain.carrying import Entry, carry_entries, is_carrying, is_result
from villagebook.domain.finding import Finding
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import Voucher
from villagebook.rules.facts import Facts, ResultFacts
from villagebook.rules.rule import When
from villagebook.services.by import By
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.posting import post_entries
from villagebook.storage import documents as docs
from villagebook.storage import ledger, periods, posted_vouchers
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class CarryPreview:
    """What carrying a month would post, nothing in a month that is not carried, and what stands in the way."""

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]


def preview(book: Book, period: Period, by: By) -> CarryPreview:
    """Look without writing."""
    with book.reading() as connection:
        facts = _facts(connection, book, period, by)
        due = period.month == 12 or facts.policy.switches["carry_monthly"]
        return CarryPreview(entries_of(facts) if due else (), look(facts, When.CARRY))


def carry(book: Book, period: Period, by: By) -> tuple[Voucher, ...]:
    """Post the carrying vouchers of a month, dated its last day; () when income and expense are empty already.

    Raises Refused: something waits, the month is closed or not over, it was carried and booked on since, or the township
    carries at the year's end only.
    """
    with book.writing(by.actor, by.at) as writing:
        facts = _facts(writing.connection, book, period, by)
        pass_or_refuse(facts, When.CARRY)
        return post_entries(writing, entries_of(facts), period.last_day)


def _facts(connection: Connection, book: Book, period: Period, by: By) -> Facts:
    base = gather.ground(connection, book.info, by.day, period.last_day)
    return replace(base, results=result_facts(connection, base, period))


def entries_of(facts: Facts) -> tuple[Entry, ...]:
    return carry_entries(facts.results.left, facts.chart) if facts.results else ()


def result_facts(connection: Connection, base: Facts, period: Period) -> ResultFacts:
    """How the results stand at the end of a month; also asked by the gates of closing a month and a year."""
    balances = [(b.account, b.closing_fen) for b in ledger.balances(connection, Span.of(period))]
    carried = (
        v for v in posted_vouchers.live_on(connection, YEAR_RESULT, period) if is_carrying(v, base.chart)
    )
    return ResultFacts(
        period=period,
        waiting=waiting_until(connection, period),
        left=tuple((code, fen) for code, fen in balances if fen and is_result(base.chart, code)),
        carried=tuple((v.id, v.label) for v in carried),
        year_result_fen=_sum_under(balances, YEAR_RESULT),
        appropriated_fen=sum(_sum_under(balances, code) for code in appropriated_codes(base)),
        pending=tuple((code, fen) for code, fen in balances if fen and code.startswith(PENDING)),
        only_imported=periods.only_imported(connection, period),
    )


def waiting_until(connection: Connection, period: Period) -> tuple[tuple[str, str], ...]:
    """(document id, what it is) of everything up to a month that waits for signatures."""
    made = []
    for document_id in docs.waiting(connection):
        held = docs.submitted(connection, document_id)
        if held and Period.of(held.document.booked_on) <= period:
            made.append((document_id, f"{held.document.booked_on.isoformat()} {held.document.summary}"))
    return tuple(made)


def _sum_under(balances: list[tuple[str, int]], code: str) -> int:
    return sum(fen for found, fen in balances if found.startswith(code))


def named_below(chart: Chart, code: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Codes of the sub-accounts that bear one of these names."""
    return tuple(a.code for a in chart.below(code) if a.name in names and not a.disabled)


def appropriated_codes(base: Facts) -> tuple[str, ...]:
    """各项分配 under 322, where it has been added."""
    return named_below(base.chart, DISTRIBUTION, base.policy.words["appropriated"])
