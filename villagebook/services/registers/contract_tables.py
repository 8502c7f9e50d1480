"""The register of contracts as tables: what is agreed, paid and overdue."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from villagebook.domain.contract import ContractState
from villagebook.domain.policy import Policy
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.registers import entry
from villagebook.services.gathering import contract_facts
from villagebook.services.registers import register_words as words
from villagebook.storage import registry
from villagebook.storage.book import Book

Row = tuple[Cell, ...]


def contracts(book: Book, day: date) -> Table:
    """Every contract with its instalments on a day; a contract without any has one row."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
        found = contract_facts.states(connection, day, policy)
    rows: list[Row] = []
    machine: list[Row] = []
    targets: list[str] = []
    strong: set[int] = set()
    for code, state in found.items():
        head = _contract_head(state)
        strong.add(len(rows))
        told = _state(state, day, policy)
        whole = (state.contract.amount_fen, _paid(state), state.left_fen)
        rows.append((*head, None, "", *whole, None, told))
        targets.append(entry("contracts", code))
        for part in state.parts:
            tail = (part.no, part.due_on.isoformat(), part.amount_fen, part.paid_fen, part.left_fen)
            late = part.late_days(day) or None
            rows.append(("", "", "", "", "", "", *tail, late, ""))
            machine.append((*head, *tail, late, told))
            targets.append(entry("contracts", code))
        if not state.parts:
            machine.append(rows[-1])
    totals = list(_totals(tuple(found.values())))
    return Table(
        "contracts",
        _("Contracts and instalments"),
        day.isoformat(),
        contract_columns(),
        (*rows, *totals),
        len(totals),
        (*targets, *[""] * len(totals)),
        frozenset(strong),
        tuple(machine),
    )


def _totals(states: Sequence[ContractState]) -> Iterator[Row]:
    """One for what comes and one for what goes: the two are never added up."""
    for direction, title in words.DIRECTIONS.items():
        own = [s for s in states if s.contract.direction is direction]
        if own:
            sums = (
                sum(s.contract.amount_fen for s in own),
                sum(map(_paid, own)),
                sum(s.left_fen for s in own),
            )
            yield ("", _("Total"), "", _(title), "", "", None, "", *sums, None, "")


def _paid(state: ContractState) -> int:
    return sum(p.paid_fen for p in state.parts)


def _state(state: ContractState, day: date, policy: Policy) -> str:
    return words.contract_state(state, day, policy.number("contract_end_days"))


def _contract_head(state: ContractState) -> Row:
    contract = state.contract
    return (
        contract.code,
        contract.name,
        contract.party,
        _(words.DIRECTIONS[contract.direction]),
        contract.from_on.isoformat(),
        contract.to_on.isoformat(),
    )


def contract_columns() -> tuple[Column, ...]:
    return (
        Column("code", _("Entry code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("party", _("Other party"), Shape.TEXT, 10),
        Column("direction", _("Direction"), Shape.TEXT, 6),
        Column("from", _("First day"), Shape.DAY, 8),
        Column("to", _("Last day"), Shape.DAY, 8),
        Column("no", _("Inst."), Shape.COUNT, 4),
        Column("due", _("Due"), Shape.DAY, 8),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("paid", _("Settled"), Shape.MONEY, 10),
        Column("left", _("Still open"), Shape.MONEY, 10),
        Column("late", _("Days late"), Shape.COUNT, 5),
        Column("state", _("State"), Shape.TEXT, 9),
    )


def contract_list(book: Book, day: date, known: Iterable[ContractState]) -> Table:
    """One row a contract, as these stand on a day, for the screen."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
    rows: list[Row] = []
    targets: list[str] = []
    for state in known:
        coming = state.next_open()
        rows.append(
            (
                state.contract.code,
                state.contract.name,
                state.contract.party,
                state.left_fen,
                coming.due_on.isoformat() if coming else "",
                _state(state, day, policy),
            )
        )
        targets.append(entry("contracts", state.contract.code))
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("party", _("Other party"), Shape.TEXT, 10),
        Column("left", _("Still open"), Shape.MONEY, 10),
        Column("next", _("Next due"), Shape.DAY, 8),
        Column("state", _("State"), Shape.TEXT, 10),
    )
    return Table("contract-list", _("Contracts"), day.isoformat(), columns, tuple(rows), 0, tuple(targets))
