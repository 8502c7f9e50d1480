"""The registers of assets, resources and contracts as tables: screens, paper and files are drawn from these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from villagebook.domain.asset import AssetState, Family, is_under
from villagebook.domain.contract import ContractState
from villagebook.domain.finding import Finding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import Staff
from villagebook.domain.period import Span
from villagebook.domain.policy import Policy
from villagebook.domain.resource import Resource, area_of
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _, ngettext
from villagebook.rules.asset_facts import AssetFacts, AssetMonth, Tie
from villagebook.rules.assets import entry
from villagebook.rules.rule import When
from villagebook.services import asset_facts, contract_facts
from villagebook.services import facts as gather
from villagebook.services import register_words as words
from villagebook.services.by import today
from villagebook.services.gate import look
from villagebook.storage import entries, links, registry
from villagebook.storage.book import Book

Row = tuple[Cell, ...]


def assets(book: Book, span: Span) -> tuple[Table, tuple[Finding, ...]]:
    """Cards at the end of a span by family, with sums, and each account's ledger balance below; differences are findings."""
    day = span.last.last_day
    with book.reading() as connection:
        facts = gather.ground(connection, book.info, day)
        found = [s for s in asset_facts.states(connection, day).values() if s.asset.acquired_on <= day]
        ties = asset_facts.ties(connection, found, span.last)
    told = replace(facts, assets=AssetFacts(month=AssetMonth(span.last, ties=ties)))
    findings = tuple(f for f in look(told, When.CLOSE) if f.id == "AST-11")
    live = [s for s in found if not s.is_cleared]
    rows: list[Row] = []
    strong: set[int] = set()
    targets: list[str] = []
    for family in Family:
        own = [s for s in live if s.asset.family is family]
        rows += [asset_row(s, facts.staff) for s in own]
        targets += [entry("assets", s.asset.code) for s in own]
        if own:
            strong.add(len(rows))
            rows.append(_sum_row(_(words.FAMILIES[family]), own))
            targets.append("")
    machine = tuple(r for n, r in enumerate(rows) if n not in strong)
    for tie in ties:
        rows.append(_tie_row(tie))
        targets.append(f"account:{tie.account}")
    title, shown = _("List of assets"), _("at the end of {day}").format(day=day.isoformat())
    made = Table(
        "assets",
        title,
        shown,
        asset_columns(),
        tuple(rows),
        len(ties),
        tuple(targets),
        frozenset(strong),
        machine,
    )
    return made, findings


def asset_columns() -> tuple[Column, ...]:
    return (
        Column("code", _("Entry code"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("family", _("Class"), Shape.TEXT, 10),
        Column("quantity", _("Quantity"), Shape.TEXT, 6),
        Column("place", _("Where it is"), Shape.TEXT, 9),
        Column("keeper", _("Keeper"), Shape.TEXT, 7),
        Column("acquired", _("Day it came"), Shape.DAY, 8),
        Column("original", _("Original value"), Shape.MONEY, 10),
        Column("lost", _("Lost so far"), Shape.MONEY, 10),
        Column("net", _("Net value"), Shape.MONEY, 10),
        Column("state", _("State"), Shape.TEXT, 8),
    )


def asset_row(state: AssetState, staff: Staff) -> Row:
    """One card as a row of `asset_columns`."""
    asset = state.asset
    return (
        asset.code,
        asset.name,
        asset.kind or _(words.FAMILIES[asset.family]),
        f"{asset.quantity} {asset.unit}".strip(),
        asset.location,
        staff.name(asset.keeper) if asset.keeper else "",
        asset.acquired_on.isoformat(),
        0 if state.is_cleared else asset.original_fen,
        0 if state.is_cleared else state.lost_fen,
        state.net_fen,
        words.asset_state(state),
    )


def _sum_row(title: str, own: Sequence[AssetState]) -> Row:
    sums = (sum(s.asset.original_fen for s in own), sum(s.lost_fen for s in own), sum(s.net_fen for s in own))
    count = ngettext("{n} card", "{n} cards", len(own)).format(n=len(own))
    return ("", title, "", count, "", "", "", *sums, "")


def _tie_row(tie: Tie) -> Row:
    """What the ledger says of an account, and whether the cards agree."""
    figures: tuple[Cell, Cell] = (tie.ledger_fen, None) if tie.ledger_fen >= 0 else (None, -tie.ledger_fen)
    state = _("agrees") if tie.cards_fen == tie.ledger_fen else _("differs")
    return (
        "",
        _("Ledger, account {code}").format(code=tie.account),
        "",
        "",
        "",
        "",
        "",
        *figures,
        None,
        state,
    )


def depreciation(book: Book, span: Span) -> Table:
    """What each asset had lost before a span, lost in it, was cleared of, and has lost at its end."""
    first = span.first.first_day - timedelta(days=1)
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, span.last.last_day)
        found = asset_facts.states(connection, span.last.last_day)
        before = asset_facts.states(connection, first)
        moved = entries.asset_moves(connection, span.last.last_day)
        earlier = entries.asset_moves(connection, first)
    rows: list[Row] = []
    targets = []
    for code, state in found.items():
        asset = state.asset
        if not asset.contra_account or asset.acquired_on > span.last.last_day:
            continue
        opening_fen = before[code].lost_fen
        charged_fen = _on_contra(moved, state, "credit_fen") - _on_contra(earlier, state, "credit_fen")
        cleared_fen = _on_contra(moved, state, "debit_fen") - _on_contra(earlier, state, "debit_fen")
        rows.append(
            (
                code,
                asset.name,
                asset_facts.wear_account(asset, policy),
                asset.original_fen,
                asset.residual_fen,
                asset.life_months,
                opening_fen,
                charged_fen,
                cleared_fen,
                state.lost_fen,
                state.net_fen,
            )
        )
        targets.append(entry("assets", code))
    if rows:
        sums = [sum(int(r[n] or 0) for r in rows) for n in (3, 6, 7, 8, 9, 10)]
        rows.append(("", _("Total"), "", sums[0], None, None, *sums[1:]))
        targets.append("")
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("account", _("Borne by"), Shape.TEXT, 6),
        Column("original", _("Original value"), Shape.MONEY, 10),
        Column("residual", _("Residual value"), Shape.MONEY, 9),
        Column("months", _("Life in months"), Shape.COUNT, 5),
        Column("opening", _("Lost before"), Shape.MONEY, 10),
        Column("charged", _("Charged"), Shape.MONEY, 9),
        Column("cleared", _("Cleared"), Shape.MONEY, 9),
        Column("closing", _("Lost so far"), Shape.MONEY, 10),
        Column("net", _("Net value"), Shape.MONEY, 10),
    )
    title = _("Depreciation and amortisation")
    return Table("depreciation", title, str(span), columns, tuple(rows), 1 if rows else 0, tuple(targets))


def _on_contra(moved: dict[str, list[entries.Moved]], state: AssetState, side: str) -> int:
    asset = state.asset
    own = moved.get(asset.code, ())
    return sum(getattr(m, side) for m in own if is_under(m.account, asset.family, contra=True))


def resources(book: Book, day: date) -> Table:
    """Every resource as it stands on a day; the areas are added up below."""
    with book.reading() as connection:
        found = [Resource.from_data(b) for b in entries.entries(connection, LinkKind.RESOURCE, day).values()]
    rows: list[Row] = [
        (
            r.code,
            r.name,
            _(words.RESOURCE_KINDS[r.kind]),
            r.area,
            r.location,
            r.boundaries,
            r.certificate,
            _(words.USES[r.use]),
            r.contract,
            r.since.isoformat() if r.since else "",
        )
        for r in found
    ]
    targets = [entry("resources", r.code) for r in found]
    if rows:
        area = sum((area_of(r.area) or Decimal(0) for r in found), Decimal(0))
        rows.append(("", _("Total"), "", str(area), "", "", "", "", "", ""))
        targets.append("")
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("kind", _("Kind"), Shape.TEXT, 10),
        Column("area", _("Area (mu)"), Shape.TEXT, 7),
        Column("place", _("Where it is"), Shape.TEXT, 12),
        Column("boundaries", _("Boundaries"), Shape.TEXT, 14),
        Column("certificate", _("Certificate"), Shape.TEXT, 9),
        Column("use", _("Used by"), Shape.TEXT, 9),
        Column("contract", _("Contract"), Shape.TEXT, 7),
        Column("since", _("Used since"), Shape.DAY, 8),
    )
    title, shown = _("List of resources"), day.isoformat()
    return Table("resources", title, shown, columns, tuple(rows), 1 if rows else 0, tuple(targets))


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
        rows.append(
            (
                *head,
                None,
                "",
                state.contract.amount_fen,
                _paid(state),
                state.left_fen,
                None,
                _state(state, day, policy),
            )
        )
        targets.append(entry("contracts", code))
        for part in state.parts:
            tail = (part.no, part.due_on.isoformat(), part.amount_fen, part.paid_fen, part.left_fen)
            late = part.late_days(day) or None
            rows.append(("", "", "", "", "", "", *tail, late, ""))
            machine.append((*head, *tail, late, _state(state, day, policy)))
            targets.append(entry("contracts", code))
        if not state.parts:
            machine.append(rows[-1])
    totals = 0
    for direction, title in words.DIRECTIONS.items():  # what comes and what goes is never added up
        own = [s for s in found.values() if s.contract.direction is direction]
        if own:
            sums = (
                sum(s.contract.amount_fen for s in own),
                sum(map(_paid, own)),
                sum(s.left_fen for s in own),
            )
            rows.append(("", _("Total"), "", _(title), "", "", None, "", *sums, None, ""))
            targets.append("")
            totals += 1
    return Table(
        "contracts",
        _("Contracts and instalments"),
        day.isoformat(),
        contract_columns(),
        tuple(rows),
        totals,
        tuple(targets),
        frozenset(strong),
        tuple(machine),
    )


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


def asset_list(book: Book, day: date) -> Table:
    """Every card, those that are gone too, for the screen."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        found = tuple(asset_facts.states(connection, date.max).values())
    wanted = ("code", "name", "family", "original", "net", "state")
    columns = asset_columns()
    places = [next(n for n, c in enumerate(columns) if c.key == key) for key in wanted]
    rows: list[Row] = []
    for state in found:
        row = asset_row(state, staff)
        rows.append(tuple(row[n] for n in places))
    targets = [entry("assets", s.asset.code) for s in found]
    if rows:
        sums = [sum(int(r[n] or 0) for r in rows) for n in (3, 4)]
        rows.append(("", _("Total"), "", *sums, ""))
        targets.append("")
    shown = tuple(columns[n] for n in places)
    return Table(
        "asset-list", _("Assets"), day.isoformat(), shown, tuple(rows), 1 if rows else 0, tuple(targets)
    )


def resource_list(book: Book, day: date) -> Table:
    """Every resource with who uses it last, for the screen."""
    whole = resources(book, day)
    wanted = ("code", "name", "kind", "area", "use")
    places = [next(n for n, c in enumerate(whole.columns) if c.key == key) for key in wanted]
    columns = tuple(whole.columns[n] for n in places)
    return replace(whole, columns=columns, rows=tuple(tuple(row[n] for n in places) for row in whole.rows))


def contract_list(book: Book, day: date) -> Table:
    """One row a contract, for the screen."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
        found = contract_facts.states(connection, day, policy)
    rows: list[Row] = []
    for state in found.values():
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
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("party", _("Other party"), Shape.TEXT, 10),
        Column("left", _("Still open"), Shape.MONEY, 10),
        Column("next", _("Next due"), Shape.DAY, 8),
        Column("state", _("State"), Shape.TEXT, 10),
    )
    targets = tuple(entry("contracts", code) for code in found)
    return Table("contract-list", _("Contracts"), day.isoformat(), columns, tuple(rows), 0, targets)


def count_sheet(book: Book, day: date) -> Table:
    """The list to go round with: number, name, where it should be, and room for what was found."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        found = asset_facts.states(connection, day).values()
    rows = tuple(
        (
            s.asset.code,
            s.asset.name,
            s.asset.spec,
            f"{s.asset.quantity} {s.asset.unit}".strip(),
            s.asset.location,
            staff.name(s.asset.keeper) if s.asset.keeper else "",
            "",
            "",
            "",
        )
        for s in found
        if s.disposal is None and s.asset.acquired_on <= day
    )
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 7),
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("spec", _("Model"), Shape.TEXT, 10),
        Column("quantity", _("Quantity"), Shape.TEXT, 7),
        Column("place", _("Where it is"), Shape.TEXT, 12),
        Column("keeper", _("Keeper"), Shape.TEXT, 8),
        Column("found", _("Found"), Shape.TEXT, 6),
        Column("condition", _("Condition"), Shape.TEXT, 10),
        Column("signed", _("Keeper signs"), Shape.TEXT, 10),
    )
    return Table("count-sheet", _("Count of assets"), day.isoformat(), columns, rows)


def linked(book: Book, kind: LinkKind, code: str, day: date) -> Table:
    """Every voucher line in an entry's name, for drilling."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = links.linked_rows(connection, Link(kind, code), day)
    rows: list[Row] = []
    for booked_on, word, number, summary, _party, account, debit, credit, _ident, _dead in found:
        held = chart.get(account)
        name = f"{account} {held.name}" if held else account
        rows.append((booked_on, voucher_label(word, number), summary, name, debit, credit))
    columns = (
        Column("date", _("Date"), Shape.DAY, 8),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 18),
        Column("account", _("Account"), Shape.TEXT, 12),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
    )
    targets = tuple(f"voucher:{r[8]}" for r in found)
    return Table("linked", _("Vouchers"), code, columns, tuple(rows), 0, targets)


def make(book: Book, name: str, span: Span) -> tuple[Table, tuple[Finding, ...]]:
    """A report by its name: assets, depreciation, resources or contracts; what is due is told as of today while a span runs."""
    if name == "assets":
        return assets(book, span)
    if name == "depreciation":
        return depreciation(book, span), ()
    day = max(span.first.first_day, min(span.last.last_day, today()))
    return (resources(book, day) if name == "resources" else contracts(book, day)), ()
