"""How contracts stand: what was agreed, what money named them, what is overdue and what is about to end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from villagebook.domain.contract import Contract, ContractState, Direction, settle
from villagebook.domain.document import Document
from villagebook.domain.link import LinkKind
from villagebook.domain.period import Period
from villagebook.domain.policy import Policy
from villagebook.domain.resource import Use
from villagebook.domain.voucher import DocKind
from villagebook.rules.asset_facts import NO_RESOURCES, ResourceFacts
from villagebook.rules.contract_facts import NO_CONTRACTS, ContractFacts, Draw, Ending, Overdue
from villagebook.storage import documents as docs
from villagebook.storage import entries
from villagebook.storage.engine import Connection


def states(
    connection: Connection,
    day: date,
    policy: Policy,
    left_out: str = "",
    only: Callable[[Contract], bool] | None = None,
) -> dict[str, ContractState]:
    """Code -> contract with what is settled at the close of a day; `left_out` is a document that shall not count.

    `only` tells which contracts are wanted; all of them, unless it is said.
    """
    known = {
        code: one for code, one in entries.contracts(connection, day).items() if only is None or only(one)
    }
    if not known:
        return {}
    moved = entries.contract_moves(connection, day, left_out)
    ends = entries.ends(connection)
    made = {}
    for code, contract in known.items():
        ended = ends.get(code)
        ended = ended if ended and ended.ended_on <= day else None
        came = moved.get(code)
        paid_fen = contract.paid_before_fen + (_settled(contract, came, policy) if came else 0)
        agreed = [i for i in contract.instalments if ended is None or i.due_on <= ended.ended_on]
        parts, prepaid_fen = settle(agreed, paid_fen)
        made[code] = ContractState(contract, paid_fen, parts, prepaid_fen, ended)
    return made


def _settled(contract: Contract, moved: Iterable[tuple[str, int]], policy: Policy) -> int:
    """Money that settles instalments; securities do not, they go back."""
    held = policy.words["deposit_accounts"]
    if contract.direction is Direction.INCOME:
        return sum(fen for account, fen in moved if not account.startswith(held))
    return -sum(fen for _account, fen in moved)


def for_document(connection: Connection, document: Document, policy: Policy) -> ContractFacts:
    """What a payment draws on contracts, against what they have left, other slips under way taken off."""
    if document.kind is not DocKind.PAYMENT:
        return NO_CONTRACTS
    wanted: dict[str, int] = {}
    for item in document.items:
        for link in item.links:
            if link.kind is LinkKind.CONTRACT:
                wanted[link.code] = wanted.get(link.code, 0) + item.amount_fen
    if not wanted:
        return NO_CONTRACTS
    known = states(connection, date.max, policy, document.id)
    others = (d for d in docs.waiting(connection) if d != document.id)
    waiting = entries.waiting_on(connection, LinkKind.CONTRACT, others)
    draws = []
    for code, fen in wanted.items():
        state = known.get(code)
        if state and state.contract.direction is Direction.EXPENSE:
            left_fen = state.left_fen - state.prepaid_fen - waiting.get(code, 0)
            draws.append(Draw(code, state.contract.name, fen, max(0, left_fen)))
    return ContractFacts(draws=tuple(draws))


def for_month(connection: Connection, period: Period, today: date, policy: Policy) -> ContractFacts:
    """Instalments that are overdue at the month's end, or today when it has not ended."""
    day = min(period.last_day, today)
    return ContractFacts(overdue=overdue(states(connection, day, policy).values(), day))


def overdue(found: Iterable[ContractState], day: date) -> tuple[Overdue, ...]:
    """What others owe the village by these contracts, as they stand on a day, oldest first."""
    made = []
    for state in found:
        contract = state.contract
        if contract.direction is Direction.INCOME:
            made += [
                Overdue(contract.code, contract.name, contract.party, part, part.late_days(day))
                for part in state.overdue(day)
            ]
    return tuple(sorted(made, key=lambda o: (o.part.due_on, o.code)))


def ending(known: Iterable[ContractState], day: date, policy: Policy) -> tuple[Ending, ...]:
    """Those of these contracts, as they stand on a day, that have not ended and whose last day is near or past."""
    until = day + timedelta(days=policy.number("contract_end_days"))
    found = (s for s in known if s.ended is None)
    near = (s.contract for s in found if s.contract.to_on <= until)
    return tuple(Ending(c.code, c.name, c.to_on) for c in sorted(near, key=lambda c: (c.to_on, c.code)))


def stray_resources(connection: Connection, day: date) -> ResourceFacts:
    """Resources said to be let by a contract that is unknown, has ended, or is past its last day."""
    known = entries.resources(connection, day)
    if not known:
        return NO_RESOURCES
    lives = living(connection, day)
    return ResourceFacts(
        stray=tuple(
            (r.code, r.name) for r in known.values() if r.use is Use.CONTRACTED and r.contract not in lives
        )
    )


def living(connection: Connection, day: date) -> frozenset[str]:
    """Codes of contracts that run on a day."""
    ends = entries.ends(connection)
    found = entries.contracts(connection, day)
    return frozenset(
        code
        for code, contract in found.items()
        if contract.to_on >= day and (code not in ends or ends[code].ended_on > day)
    )
