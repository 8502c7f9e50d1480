"""Closing a year: carry, result to 322, cover losses, set aside, distribute, clear; every step a voucher of its own.

All of it is one transaction, dated the last day of December, which is then closed like any month; closing December closes the
year. The first time, 322 gets its two sub-accounts, and what stands on it moves to 未分配收益.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from villagebook import i18n
from villagebook.domain.account import DISTRIBUTION, RESERVE, Account, Chart
from villagebook.domain.carrying import Entry
from villagebook.domain.finding import Finding
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.resolution import Cited
from villagebook.domain.voucher import Voucher
from villagebook.domain.year_end import Distribution, Plan, YearCodes, distribute, move_entry, year_entries
from villagebook.i18n import _
from villagebook.rules.duty_facts import DutyFacts
from villagebook.rules.facts import Facts, YearFacts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By
from villagebook.services.disclosure import laid_open
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import resolution_facts
from villagebook.services.registers.carrying import entries_of, named_below, result_facts
from villagebook.services.vouchers.accounts import add_in
from villagebook.services.vouchers.posting import post_entries, undo_vouchers
from villagebook.storage import ledger, periods, posted_vouchers
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class YearPreview:
    """What closing the year would do. `accounts` would be added; `entries` are the vouchers in their order."""

    figures: Distribution
    accounts: tuple[Account, ...]
    entries: tuple[Entry, ...]
    names: dict[str, str]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Work:
    """A plan worked out against the book as it stands."""

    facts: Facts
    figures: Distribution
    accounts: tuple[Account, ...]
    entries: tuple[Entry, ...]


def preview(book: Book, year: int, plan: Plan, by: By) -> YearPreview:
    """The vouchers and every finding, without writing."""
    with book.reading() as connection:
        work = _work(connection, book, year, plan, by)
        found = look(work.facts, When.YEAR)
    names = {a.code: a.title(i18n.language()) for a in (*work.facts.chart, *work.accounts)}
    return YearPreview(work.figures, work.accounts, work.entries, names, found)


def close_year(book: Book, year: int, plan: Plan, by: By) -> tuple[Voucher, ...]:
    """Post the year's end; returns its vouchers. December stays to be closed. Raises Refused with every reason."""
    with book.writing(by.actor, by.at) as writing:
        work = _work(writing.connection, book, year, plan, by)
        pass_or_refuse(work.facts, When.YEAR)
        day = _december(year).last_day
        for account in work.accounts:
            add_in(writing, account, None)
        return post_entries(writing, work.entries, day)


def take_back(book: Book, year: int, reason: str, by: By) -> tuple[Voucher, ...]:
    """Undo the year's end and the carrying of December in red, last voucher first, while December is open.

    Raises Refused: nothing to take back, December closed, no reason.
    """
    december = _december(year)
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        old = _made(connection, december, gather.ground(connection, book.info, by.day).chart)
        problem = ""
        if not old:
            problem = _("The year {year} was not closed by the program.").format(year=year)
        elif periods.period_state(connection, december) != "open":
            problem = _("{period} is closed. Open it again if it was not disclosed or handed over.").format(
                period=december
            )
        elif len(reason.strip()) < 4:
            problem = _("Say why, in at least four characters.")
        if problem:
            raise refusal("VCH-07", str(year), problem)
        words = _("Red reversal of {label} of {day}: {reason}")
        return undo_vouchers(writing, reversed(old), words, reason.strip())


def year_state(book: Book, year: int) -> str:
    """'closed' once December is, 'done' when only December's close is left, else 'open'."""
    with book.reading() as connection:
        if periods.period_state(connection, _december(year)) != "open":
            return "closed"
        chart = gather.ground(connection, book.info, _december(year).last_day).chart
        return "done" if _distributed(_made(connection, _december(year), chart)) else "open"


def _december(year: int) -> Period:
    return Period(year, 12)


def _made(connection: Connection, december: Period, chart: Chart) -> tuple[Voucher, ...]:
    """Live vouchers of the program in December on 321 and 322; a balance moved to a sub-account stays where it is."""
    found = {
        v.id: v for code in ("321", DISTRIBUTION) for v in posted_vouchers.live_on(connection, code, december)
    }
    moved = DISTRIBUTION if not chart.is_leaf(DISTRIBUTION) else ""
    own = [v for v in found.values() if v.is_automatic and all(x.account != moved for x in v.lines)]
    return tuple(sorted(own, key=lambda v: v.number))


def _distributed(made: tuple[Voucher, ...]) -> tuple[Voucher, ...]:
    return tuple(v for v in made if any(x.account.startswith(DISTRIBUTION) for x in v.lines))


def _work(connection: Connection, book: Book, year: int, plan: Plan, by: By) -> _Work:
    december = _december(year)
    base = gather.ground(connection, book.info, by.day, december.last_day)
    results = result_facts(connection, base, december)
    balances = {b.account: b.closing_fen for b in ledger.balances(connection, Span.of(december))}
    on_322 = sum(fen for code, fen in balances.items() if code.startswith(DISTRIBUTION))
    figures = distribute(
        plan,
        result_fen=-results.year_result_fen - sum(fen for _code, fen in results.left),
        brought_fen=results.appropriated_fen - on_322,
        given_fen=results.appropriated_fen,
        reserve_bp=base.policy.number("reserve_rate_bp"),
        on_distributable=base.policy.switches["reserve_on_distributable"],
    )
    accounts = _new_accounts(base)
    chart = Chart((*base.chart, *accounts))
    codes = _codes(base, chart)
    facts = replace(
        base,
        results=results,
        year=_year_facts(connection, base, december, plan, figures, codes, chart),
        resolutions=_decided(connection, plan, figures, by),
        duties=_assembly(connection, book, plan),
    )
    moved = _moved(connection, base, codes, december)
    entries = (*moved, *entries_of(facts), *year_entries(figures, codes))
    return _Work(facts, figures, accounts, entries)


def _assembly(connection: Connection, book: Book, plan: Plan) -> DutyFacts:
    """How long the papers had lain open when the members decided on this distribution."""
    number = Cited.read(plan.resolution).number
    found = laid_open.assemblies(connection, book.info) if number else ()
    return DutyFacts(assemblies=tuple(a for a in found if a.number == number))


def _decided(connection: Connection, plan: Plan, figures: Distribution, by: By) -> ResolutionFacts:
    """The members' decision on the distribution; what is shared out may not be more than it says."""
    return ResolutionFacts(
        draws=resolution_facts.cite(
            connection,
            plan.resolution,
            plan.resolution,
            by.day,
            target="page:close",
            matters=frozenset({Matter.DISTRIBUTION, Matter.INCOME_USE}),
            own_fen=figures.shared_fen,
        )
    )


def _moved(connection: Connection, base: Facts, codes: YearCodes, december: Period) -> tuple[Entry, ...]:
    """What stands on a 322 without sub-accounts goes to 未分配收益 first."""
    if not base.chart.is_leaf(DISTRIBUTION):
        return ()
    details = ledger.details_on(connection, DISTRIBUTION, december.last_day)
    return (move_entry(DISTRIBUTION, codes.undistributed, details),) if details else ()


def _year_facts(
    connection: Connection,
    base: Facts,
    december: Period,
    plan: Plan,
    figures: Distribution,
    codes: YearCodes,
    chart: Chart,
) -> YearFacts:
    months = Span(base.start, december).months() if base.start <= december else ()
    done = _distributed(_made(connection, december, base.chart))
    wanted = {codes.undistributed, codes.appropriated, *(s.credited for s in plan.shares)}
    if figures.cover_fen or figures.reserve_fen:
        wanted.add(codes.reserve)
    return YearFacts(
        year=december.year,
        plan=figures,
        resolution=plan.resolution,
        charter_bp=base.policy.number("reserve_rate_bp"),
        reserve_held_fen=-_under(connection, december, RESERVE),
        earlier_open=tuple(p for p in months if p < december and base.period_states.get(p, "open") == "open"),
        done=tuple((v.id, v.label) for v in done),
        unbookable=tuple(sorted(c for c in wanted if not _bookable(chart, c))),
        late_fen=_late(connection, base, december),
    )


def _bookable(chart: Chart, code: str) -> bool:
    account = chart.get(code)
    return account is not None and not account.disabled and not account.is_money and chart.is_leaf(code)


def _under(connection: Connection, period: Period, code: str) -> int:
    found = ledger.balances(connection, Span.of(period))
    return sum(b.closing_fen for b in found if b.account.startswith(code))


def _late(connection: Connection, base: Facts, december: Period) -> int:
    """What an undivided 322 gained after the year: it could not follow to a sub-account."""
    if not base.chart.is_leaf(DISTRIBUTION):
        return 0
    end = Period(2999, 12)
    return _under(connection, end, DISTRIBUTION) - _under(connection, december, DISTRIBUTION)


def _new_accounts(base: Facts) -> tuple[Account, ...]:
    """The sub-accounts of 322 that are missing, 各项分配 first."""
    above = base.chart[DISTRIBUTION]
    made: list[Account] = []
    for word in ("appropriated", "undistributed"):
        names = base.policy.words[word]
        if not named_below(base.chart, DISTRIBUTION, names):
            code = base.chart.next_code(DISTRIBUTION, (a.code for a in made))
            made.append(Account(code, names[0], "", above.category, above.side, DISTRIBUTION))
    return tuple(made)


def _codes(base: Facts, chart: Chart) -> YearCodes:
    words = base.policy.words

    def sub(word: str) -> str:
        return next(iter(named_below(chart, DISTRIBUTION, words[word])), "")

    reserve = next((c for n in words["reserve_detail"] if (c := chart.leaf_named(RESERVE, n))), "")
    return YearCodes(sub("undistributed"), sub("appropriated"), reserve)
