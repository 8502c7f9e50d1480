"""One entry of a register as people read it: labelled values, its history, its vouchers; on the screen and as a printed card."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagebook.domain import moment
from villagebook.domain.asset import AssetState, Family, Method, Origin, Purpose
from villagebook.domain.contract import ContractState
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.people import Staff
from villagebook.domain.policy import Policy
from villagebook.domain.register import Change
from villagebook.domain.resource import Resource
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.gathering import asset_facts
from villagebook.services.registers import assets, contracts, register_tables, resources
from villagebook.services.registers import register_words as words
from villagebook.storage import entries, links, registry
from villagebook.storage.book import Book

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry to be shown or printed. `parts` are the instalments of a contract, None elsewhere."""

    code: str
    title: str
    pairs: tuple[Pair, ...]
    history: Table
    vouchers: Table
    parts: Table | None = None
    signatures: tuple[str, ...] = ()


def asset(book: Book, code: str, day: date) -> Shown | None:
    """A card, None when the register lacks it."""
    view = assets.card(book, code, day)
    if view is None:
        return None
    with book.reading() as connection:
        staff, policy = registry.read_staff(connection), registry.read_policy_on(connection, day)
    rows = [_entered(*view.entered), *_changes(view.changes, staff)]
    if view.missing_on:
        rows.append((view.missing_on.isoformat(), _("not found at the count"), "", ""))
    if view.last_found:
        rows.append((view.last_found.isoformat(), _("found at the count"), "", ""))
    gone = view.state.disposal
    if gone:
        what = "; ".join(
            t
            for t in (
                _(words.GONE[gone.how]),
                gone.party,
                yuan_text(gone.proceeds_fen) if gone.proceeds_fen else "",
            )
            if t
        )
        rows.append((gone.gone_on.isoformat(), what, f"{gone.reason} {gone.resolution}".strip(), ""))
    return Shown(
        code,
        _("Asset card"),
        _asset_pairs(view.state, staff, policy),
        _history(rows),
        register_tables.linked(book, LinkKind.ASSET, code, day),
        signatures=(_("Keeper:"), _("Accountant:"), _("Supervision:")),
    )


def _asset_pairs(state: AssetState, staff: Staff, policy: Policy) -> tuple[Pair, ...]:
    card = state.asset
    wears = card.wears and card.purpose.value not in policy.words["unworn_purposes"]
    method = _(words.METHODS[card.method if wears else Method.NONE])
    life = _life(state)
    accounts = [card.cost_account, card.contra_account, asset_facts.wear_account(card, policy)]
    pairs = (
        (_("Name"), card.name),
        (_("State"), words.asset_state(state)),
        (_("Class"), card.kind or _(words.FAMILIES[card.family])),
        (_("Model"), card.spec),
        (_("Quantity"), f"{card.quantity} {card.unit}".strip()),
        (_("How it came"), _(words.ORIGINS[card.origin])),
        (_("Where it is"), card.location),
        (_("Keeper"), staff.name(card.keeper) if card.keeper else ""),
        (_("Use"), "; ".join(t for t in (_(words.PURPOSES[card.purpose]), card.use) if t)),
        (_("In use since"), (card.in_use_on or card.acquired_on).isoformat()),
        (_("Original value"), yuan_text(card.original_fen)),
        (_("Lost so far"), yuan_text(0 if state.is_cleared else state.lost_fen)),
        (_("Net value"), yuan_text(state.net_fen)),
        (_("Depreciation"), method),
        (_("Work of its whole life") if card.method is Method.WORK else _("Life"), life if wears else ""),
        (_("Accounts"), " / ".join(a for a in (accounts if wears else accounts[:1]) if a)),
        (_("Resolution"), card.resolution),
        (_("Reason for the amount"), card.reason),
    )
    return tuple(p for p in pairs if p[1])


def _life(state: AssetState) -> str:
    card, rate = state.asset, _percent(state.asset.residual_bp)
    if card.method is Method.WORK:
        done = state.worked + (state.work or 0)
        words = _("{n} {unit}, {done} of them done, {rate} % left at the end")
        return words.format(n=card.work_total, unit=card.work_unit, done=done, rate=rate)
    return _("{n} months, {rate} % left at the end").format(n=card.life_months, rate=rate)


def resource(book: Book, code: str, day: date) -> Shown | None:
    """A resource, None when the register lacks it."""
    found = next((r for r in resources.resources(book, day) if r.code == code), None)
    if found is None:
        return None
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        entered = entries.entered(connection, LinkKind.RESOURCE, code) or ("", "")
    rows = [_entered(*entered), *_changes(resources.changes(book, code), staff)]
    return Shown(
        code,
        _("Resource"),
        _resource_pairs(found),
        _history(rows),
        register_tables.linked(book, LinkKind.RESOURCE, code, day),
        signatures=(_("Entered by:"), _("Supervision:")),
    )


def _resource_pairs(found: Resource) -> tuple[Pair, ...]:
    pairs = (
        (_("Name"), found.name),
        (_("Kind"), _(words.RESOURCE_KINDS[found.kind])),
        (_("Area (mu)"), found.area),
        (_("Used by"), _(words.USES[found.use])),
        (_("Where it is"), found.location),
        (_("Certificate"), found.certificate),
        (_("Contract"), found.contract),
        (_("Used since"), found.since.isoformat() if found.since else ""),
        (_("Boundaries"), found.boundaries),
        (_("Remark"), found.note),
    )
    return tuple(p for p in pairs if p[1])


def contract(book: Book, code: str, day: date) -> Shown | None:
    """A contract with its instalments, None when the register lacks it."""
    found = contracts.state(book, code, day)
    if found is None:
        return None
    with book.reading() as connection:
        staff, policy = registry.read_staff(connection), registry.read_policy_on(connection, day)
        entered = entries.entered(connection, LinkKind.CONTRACT, code) or ("", "")
    rows = [_entered(*entered), *_changes(contracts.changes(book, code), staff)]
    if found.ended:
        why = " ".join(t for t in (found.ended.reason, found.ended.resolution, found.ended.permit) if t)
        rows.append((found.ended.ended_on.isoformat(), _("ended"), why, ""))
    return Shown(
        code,
        _("Contract"),
        _contract_pairs(book, found, day, policy.number("contract_end_days")),
        _history(rows),
        register_tables.linked(book, LinkKind.CONTRACT, code, day),
        parts_table(found, day),
        (_("Entered by:"), _("Supervision:"), _("Village director:")),
    )


def _contract_pairs(book: Book, found: ContractState, day: date, soon_days: int) -> tuple[Pair, ...]:
    told = found.contract
    with book.reading() as connection:
        names = links.known(connection, told.objects)
    about = ", ".join(f"{k.code} {names[k].name}" if k in names else k.code for k in told.objects)
    pairs = (
        (_("Name"), told.name),
        (_("State"), words.contract_state(found, day, soon_days)),
        (_("Other party"), told.party),
        (_("Kind"), f"{_(words.CONTRACT_KINDS[told.kind])}, {_(words.DIRECTIONS[told.direction])}"),
        (_("First day"), told.from_on.isoformat()),
        (_("Last day"), told.to_on.isoformat()),
        (_("Price in all"), yuan_text(told.amount_fen)),
        (_("Day of signing"), told.signed_on.isoformat()),
        (_("Settled"), yuan_text(found.paid_fen)),
        (_("Still open"), yuan_text(found.left_fen)),
        (_("Prepaid"), yuan_text(found.prepaid_fen) if found.prepaid_fen else ""),
        (_("Security"), yuan_text(told.deposit_fen) if told.deposit_fen else ""),
        (_("Account"), told.account),
        (_("Resolution"), told.resolution),
        (_("Tendered"), told.bidding),
        (_("In writing"), "" if told.written else _("no, by word of mouth")),
        (_("About"), "; ".join(t for t in (about, told.subject) if t)),
        (_("Remark"), told.note),
    )
    return tuple(p for p in pairs if p[1])


def parts_table(found: ContractState, day: date) -> Table:
    """The instalments with what is settled of each."""
    rows = tuple(
        (p.no, p.due_on.isoformat(), p.amount_fen, p.paid_fen, p.left_fen, p.late_days(day) or None)
        for p in found.parts
    )
    columns = (
        Column("no", _("Inst."), Shape.COUNT, 5),
        Column("due", _("Due"), Shape.DAY, 9),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("paid", _("Settled"), Shape.MONEY, 10),
        Column("left", _("Still open"), Shape.MONEY, 10),
        Column("late", _("Days late"), Shape.COUNT, 7),
    )
    return Table("parts", _("Instalments"), found.contract.code, columns, rows)


def _entered(at: str, actor: str) -> tuple[str, str, str, str]:
    return (moment.day_of(at).isoformat(), _("entered"), "", actor)


def _changes(found: Iterable[Change], staff: Staff) -> list[tuple[str, str, str, str]]:
    made = []
    for change in found:
        told = [
            _("{field}: {before} → {after}").format(
                field=words.field_name(field),
                before=value_text(field, before, staff),
                after=value_text(field, after, staff),
            )
            for field, (before, after) in change.changes.items()
        ]
        if change.what and change.what != "other":
            told.insert(0, _(words.AMENDMENT_NAMES[change.what]))
        why = " ".join(t for t in (change.reason, change.resolution, change.permit) if t)
        made.append((change.changed_on.isoformat(), "; ".join(told), why, change.actor))
    return made


def _history(rows: Iterable[tuple[Cell, ...]]) -> Table:
    columns = (
        Column("date", _("Date"), Shape.DAY, 10),
        Column("what", _("What happened"), Shape.TEXT, 28),
        Column("why", _("Why, by whose decision"), Shape.TEXT, 18),
        Column("who", _("At the desk"), Shape.TEXT, 9),
    )
    return Table("history", _("History"), "", columns, tuple(rows))


_TITLES: dict[str, dict[Any, str]] = {
    "family": {k.value: v for k, v in words.FAMILIES.items()},
    "origin": {k.value: v for k, v in words.ORIGINS.items()},
    "method": {k.value: v for k, v in words.METHODS.items()},
    "purpose": {k.value: v for k, v in words.PURPOSES.items()},
    "use": {k.value: v for k, v in words.USES.items()},
    "direction": {k.value: v for k, v in words.DIRECTIONS.items()},
    "kind": {
        **{k.value: v for k, v in words.RESOURCE_KINDS.items()},
        **{k.value: v for k, v in words.CONTRACT_KINDS.items()},
    },
}
_DEFAULTS = {
    "family": Family.FIXED.value,
    "origin": Origin.BOUGHT.value,
    "method": Method.STRAIGHT.value,
    "purpose": Purpose.ADMINISTRATION.value,
    "written": True,
}


def value_text(field: str, value: Any, staff: Staff) -> str:
    """A value of an entry's data in words; a dash for what is left out."""
    if value is None:
        value = _DEFAULTS.get(field)
    if value is None or value == "":
        return "–"
    if field == "keeper":
        return staff.name(value)
    if field.endswith("_fen"):
        return yuan_text(value)
    if field == "residual_bp":
        return f"{_percent(value)} %"
    if field == "instalments":
        return ", ".join(f"{day} {yuan_text(fen)}" for day, fen in value)
    if field in ("objects", "party_link"):
        return ", ".join(code for _kind, code in value)
    if field == "scans":
        return str(len(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    title = _TITLES.get(field, {}).get(value)
    return _(title) if title else str(value)


def _percent(bp: int) -> str:
    return f"{bp / 100:g}"


def card_pdf(book: Book, shown: Shown) -> bytes:
    """The printed card of an entry."""
    from villagebook.reports.card_pdf import Card, render_card

    tables = tuple(t for t in (shown.parts, shown.history, shown.vouchers) if t is not None)
    return render_card(
        Card(shown.title, shown.code, shown.pairs, tables, shown.signatures), book.info.village
    )
