"""F8: what contracts bring in: who pays what for which land or thing, until when, how much is due, came in and is overdue."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from villagebook.domain.contract import ContractState, Direction
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.resource import area_of
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, Whom, compared, figure, money, summed, year_to
from villagebook.services.gathering import contract_facts
from villagebook.services.registers.register_words import contract_state
from villagebook.storage import entries
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.links import targets
from villagebook.storage.sheet_rows import Entry, in_span, linked_lines

States = Mapping[str, ContractState]


def compile_contracts(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Contracts of income with anything agreed, due or received; and such income that names no contract."""
    day = span.last.last_day
    found = _income(contract_facts.states(connection, day, facts.policy))
    shown = {code: state for code, state in found.items() if _matters(state, span)}
    year = year_to(span)
    money_in = _received(connection, facts, found, year)
    within = _received(connection, facts, found, span)
    loose = _without_contract(connection, found, span)
    whom = Whom(connection, facts.policy, span.last.year, loose)
    parts = (
        _schedule(connection, facts, shown, money_in, within, whom, day),
        _overdue_part(shown, whom, day),
        _loose_part(loose, whom),
    )
    late_fen = sum(p.left_fen for s in shown.values() for p in s.overdue(day))
    total_fen = sum(within.values())
    body = Body(
        title=_("Income from contracts"),
        parts=parts,
        sentences=_sentences(connection, facts, found, shown, whom, span, total_fen, late_fen),
        figures=(figure(_("Received in these months"), total_fen), figure(_("Overdue"), late_fen)),
        notes=(
            _("Money settles the oldest instalment first. Securities go back and are not counted."),
            _("What contracts cost the village stands on the entry-by-entry sheet."),
        ),
    )
    return screened(body, whom.given)


def ledger_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What the vouchers of these months received in the name of contracts, and on their accounts without one."""
    found = _income(contract_facts.states(connection, span.last.last_day, facts.policy))
    eve = span.first.first_day - timedelta(days=1)
    moved = [entries.contract_moves(connection, d) for d in (span.last.last_day, eve)]
    held = facts.policy.words["deposit_accounts"]

    def came(rows: dict[str, list[tuple[str, int]]]) -> int:
        return sum(
            fen for code in found for account, fen in rows.get(code, ()) if not account.startswith(held)
        )

    loose = -sum(e.fen for e in _without_contract(connection, found, span))
    return (
        LedgerSum("received", _("Received by contract"), came(moved[0]) - came(moved[1])),
        LedgerSum("loose", _("Received without a contract"), loose),
    )


def _income(states: States) -> dict[str, ContractState]:
    return {code: s for code, s in states.items() if s.contract.direction is Direction.INCOME}


def _matters(state: ContractState, span: Span) -> bool:
    """It ran in these months, or something of it is still open."""
    contract, ended = state.contract, state.ended
    runs = contract.from_on <= span.last.last_day and contract.to_on >= span.first.first_day
    gone = ended is not None and ended.ended_on < span.first.first_day
    return (runs and not gone) or state.left_fen > 0


def _received(connection: Connection, facts: Facts, found: Iterable[str], span: Span) -> dict[str, int]:
    """Contract -> what its vouchers of these months brought in; securities do not count."""
    told = [e for e in in_span(connection, span) if e.kind in (DocKind.RECEIPT, DocKind.PAYMENT)]
    tied = linked_lines(connection, LinkKind.CONTRACT, {e.seq for e in told})
    wanted, held = set(found), facts.policy.words["deposit_accounts"]
    sums: dict[str, int] = {}
    for entry in told:
        code = tied.get((entry.seq, entry.no), "")
        if code in wanted and not entry.account.startswith(held):
            sums[code] = sums.get(code, 0) - entry.fen
    return sums


def _without_contract(connection: Connection, found: States, span: Span) -> list[Entry]:
    """Receipts on the accounts of these contracts that name none: rent nobody has written a contract for."""
    accounts = tuple(dict.fromkeys(s.contract.account for s in found.values() if s.contract.account))
    if not accounts:
        return []
    told = [
        e for e in in_span(connection, span) if e.kind is DocKind.RECEIPT and e.account.startswith(accounts)
    ]
    tied = linked_lines(connection, LinkKind.CONTRACT, {e.seq for e in told})
    return [e for e in told if (e.seq, e.no) not in tied]


def _schedule(
    connection: Connection,
    facts: Facts,
    shown: States,
    in_year: Mapping[str, int],
    within: Mapping[str, int],
    whom: Whom,
    day: date,
) -> Part:
    pieces = entries.resources(connection, day)
    titles = {t.link: t.name for t in targets(connection)}
    soon = facts.policy.number("contract_end_days")
    rows: list[Row] = []
    for state in shown.values():
        contract = state.contract
        land = [pieces[k.code] for k in contract.objects if k.kind is LinkKind.RESOURCE and k.code in pieces]
        area = sum((area_of(r.area) or Decimal(0) for r in land), Decimal(0))
        about = contract.subject or _(", ").join(titles.get(k, k.code) for k in contract.objects)
        due = sum(
            p.amount_fen
            for p in state.parts
            if Period(day.year, 1).first_day <= p.due_on <= date(day.year, 12, 31)
        )
        following = state.next_open()
        rows.append(
            (
                contract.name,
                _party(state, whom),
                " ".join(t for t in (about, _("{area} mu").format(area=area) if area else "") if t),
                contract.from_on.isoformat(),
                contract.to_on.isoformat(),
                _by_year(state),
                due,
                in_year.get(contract.code, 0),
                within.get(contract.code, 0),
                sum(p.left_fen for p in state.overdue(day)),
                contract_state(state, day, soon),
                f"{following.due_on.isoformat()} {yuan_text(following.left_fen)}" if following else "",
            )
        )
    columns = (
        Column("contract", _("Contract"), Shape.TEXT, 14),
        Column("party", _("With whom"), Shape.TEXT, 11),
        Column("about", _("What is let or sold"), Shape.TEXT, 15),
        Column("begins", _("From day"), Shape.TEXT, 8),
        Column("ends", _("To day"), Shape.TEXT, 8),
        money("yearly", _("By the year"), 9),
        money("due", _("Due this year"), 9),
        money("in_year", _("Received this year"), 9),
        money("received", _("Of it in these months"), 9),
        money("overdue", _("Overdue"), 9),
        Column("state", _("How it stands"), Shape.TEXT, 9),
        Column("next", _("Next due"), Shape.TEXT, 11),
    )
    return summed(_("Contracts and what they bring"), columns, rows)


def _by_year(state: ContractState) -> int:
    """What a contract comes to by the year on average, in whole years of its time, rounded to a fen."""
    years = max(1, (state.contract.months + 6) // 12)
    return (2 * state.contract.amount_fen + years) // (2 * years)


def _party(state: ContractState, whom: Whom) -> str:
    contract = state.contract
    home = next((k.code for k in contract.party_link if k.kind is LinkKind.HOUSEHOLD), "")
    named = whom.names.household(home, contract.party) if home else whom.names.person(contract.party)
    return whom.keep(named).with_group


def _overdue_part(shown: States, whom: Whom, day: date) -> Part:
    late = [(state, part) for state in shown.values() for part in state.overdue(day)]
    late.sort(key=lambda x: (x[1].due_on, x[0].contract.code))
    rows: list[Row] = []
    for state, part in late:
        days = part.late_days(day)
        rows.append(
            (
                _party(state, whom),
                state.contract.name,
                _("instalment {no}").format(no=part.no),
                part.due_on.isoformat(),
                ngettext("{n} day", "{n} days", days).format(n=days),
                part.left_fen,
            )
        )
    columns = (
        Column("party", _("Who"), Shape.TEXT, 14),
        Column("contract", _("Contract"), Shape.TEXT, 18),
        Column("part", _("Which"), Shape.TEXT, 9),
        Column("due", _("Was due on"), Shape.TEXT, 10),
        Column("late", _("Overdue by"), Shape.TEXT, 9),
        money("left", _("Still owed")),
    )
    return summed(_("Overdue, oldest first"), columns, rows)


def _loose_part(loose: list[Entry], whom: Whom) -> Part:
    rows: list[Row] = [(e.day, e.label, whom.told(e), whom.shown(e).with_group, -e.fen) for e in loose]
    columns = (
        Column("day", _("Day"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("words", _("What for"), Shape.TEXT, 22),
        Column("whom", _("Paid by"), Shape.TEXT, 14),
        money("loose", _("Amount")),
    )
    return summed(_("The same kind of income without a registered contract"), columns, rows)


def _sentences(
    connection: Connection,
    facts: Facts,
    found: States,
    shown: States,
    whom: Whom,
    span: Span,
    now_fen: int,
    late_fen: int,
) -> tuple[str, ...]:
    try:
        last_fen = sum(_received(connection, facts, found, span.shifted(-span.length)).values())
    except ValueError:
        last_fen = 0
    n = len(shown)
    made = [
        ngettext(
            "{n} contract brought {amount} yuan in these months, {compare}.",
            "{n} contracts brought {amount} yuan in these months, {compare}.",
            n,
        ).format(n=n, amount=yuan_text(now_fen), compare=compared(now_fen, last_fen))
    ]
    day = span.last.last_day
    late = [(p.due_on, s) for s in shown.values() for p in s.overdue(day)]
    if not late:
        return (*made, _("Nothing is overdue."))
    due_on, state = min(late, key=lambda x: (x[0], x[1].contract.code))
    text = _("{amount} yuan are overdue; {name} has owed for longest, since {day}.")
    made.append(text.format(amount=yuan_text(late_fen), name=_party(state, whom), day=due_on.isoformat()))
    return tuple(made)
