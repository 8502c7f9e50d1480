"""The register of assets as tables: cards with the ledger below, a year's depreciation, the sheet for the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from villagebook.domain.asset import AssetState, Family, Method, is_under
from villagebook.domain.finding import Finding
from villagebook.domain.people import Staff
from villagebook.domain.period import Span
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _, ngettext
from villagebook.rules.asset_facts import AssetFacts, AssetMonth, Tie
from villagebook.rules.registers import entry
from villagebook.rules.rule import When
from villagebook.services.gate import look
from villagebook.services.gathering import asset_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import register_words as words
from villagebook.storage import entries, registry
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
                None if asset.method is Method.WORK else asset.life_months,
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
