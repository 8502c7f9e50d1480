"""The register of resolutions as a list, and one record as people read it: figures of the vote, items, who draws on them."""

from __future__ import annotations

from datetime import date

from villagebook.domain.meeting import Matter
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.resolution import STEPS, Resolution
from villagebook.domain.resolution_standing import ItemStanding, ResolutionStanding
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.resolution_words import BODIES, MATTERS, STEP_WORDS, faults_words
from villagebook.services.gathering import resolution_facts
from villagebook.services.names import kind_title
from villagebook.services.registers.register_cards import Shown
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers, registry
from villagebook.storage import resolutions as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

OUT = "payment"


def report(book: Book, span: Span) -> Table:
    """One row per item of every meeting up to the span's last day, the newest first; drawn as of now."""
    last = span.last.last_day
    with book.reading() as connection:
        found = [s for s in resolution_facts.standings(connection) if s.resolution.held_on <= last]
    return table(found, last)


def table(found: list[ResolutionStanding], day: date) -> Table:
    """The list of these records."""
    columns = (
        Column("number", _("Resolution number"), Shape.TEXT, 16),
        Column("body", _("Meeting"), Shape.TEXT, 13),
        Column("held", _("Held on"), Shape.DAY, 9),
        Column("item", _("Item no."), Shape.COUNT, 4),
        Column("text", _("Decided"), Shape.TEXT, 20),
        Column("matter", _("Kind of matter"), Shape.TEXT, 11),
        Column("amount", _("Resolved"), Shape.MONEY, 10),
        Column("paid", _("Drawn"), Shape.MONEY, 10),
        Column("waiting", _("Under way"), Shape.MONEY, 9),
        Column("left", _("Left"), Shape.MONEY, 10),
        Column("votes", _("For / there / all"), Shape.TEXT, 9),
        Column("result", _("Result"), Shape.TEXT, 16),
    )
    rows, targets = [], []
    for s in reversed(found):
        for item in s.items:
            rows.append(_row(s, item))
            targets.append(f"register:resolutions/{s.resolution.number}")
    return Table("resolutions", _("Resolutions"), day.isoformat(), columns, tuple(rows), 0, tuple(targets))


def _row(s: ResolutionStanding, i: ItemStanding) -> tuple[Cell, ...]:
    made, way = s.resolution, way_of(i)
    return (
        made.number,
        _(BODIES[made.body]),
        made.held_on.isoformat(),
        i.item.no,
        i.item.text,
        _(MATTERS[i.item.matter]),
        i.item.amount_fen,
        i.paid_fen(way),
        i.waiting_fen(way),
        left_of(s, i),
        votes(s),
        _("used up") if left_of(s, i) == 0 else result(s),
    )


def way_of(standing: ItemStanding) -> str:
    """The way most of the money went: what is borrowed comes in, what is spent goes out."""
    ways = {d.way for d in standing.drawn}
    return max(ways, key=standing.taken_fen, default=OUT)


def left_of(s: ResolutionStanding, i: ItemStanding) -> int | None:
    """What may still be drawn; None where nothing can be: a vote that failed, no sum, the lifting of a veto."""
    return i.left_fen(way_of(i)) if s.is_valid and i.item.matter is not Matter.VETO else None


def votes(s: ResolutionStanding) -> str:
    made = s.resolution
    return "" if made.earlier else f"{made.yes} / {made.present} / {made.entitled}"


def result(s: ResolutionStanding) -> str:
    """Whether it carries anything, and why not."""
    if s.annulled:
        return _("annulled: {reason}").format(reason=s.annulled)
    if s.faults:
        return _("failed: {why}").format(why=faults_words(s.faults, s.resolution, s.quorum))
    return _("before the book") if s.resolution.earlier else _("passed")


# ---- one record ----


def card(book: Book, number: str) -> Shown | None:
    """A record with its history and what draws on it, None when the register lacks it."""
    with book.reading() as connection:
        held = store.by_number(connection, number)
        if held is None:
            return None
        s = resolution_facts.standing(connection, number)
        if s is None:
            raise AssertionError(number)
        staff = registry.read_staff(connection)
        return Shown(
            number,
            _(BODIES[s.resolution.body]),
            (*_pairs(s), (_("Kept by"), staff.name(s.resolution.keeper) if s.resolution.keeper else "–")),
            _history(connection, held),
            _drawing(connection, s),
            items_table(s),
            (_("Chair:"), _("Minutes kept by:"), _("Supervision:")),
        )


def _pairs(s: ResolutionStanding) -> tuple[tuple[str, str], ...]:
    made = s.resolution
    told = [(_("Held on"), made.held_on.isoformat()), (_("Result"), result(s))]
    if not made.earlier:
        told += [
            (_("Notice given"), made.called_on.isoformat() if made.called_on else "–"),
            (_("Place"), made.place or "–"),
            (_("Belong to the body"), str(made.entitled)),
            (_("Were there"), str(made.present)),
            (_("For, against, abstained"), f"{made.yes}, {made.no}, {made.abstained}"),
            (_("Source of the quorum"), s.quorum.source),
        ]
    if made.group:
        told.insert(0, (_("Group"), str(made.group)))
    if made.steps:
        days = dict(made.steps)
        told += [(_(STEP_WORDS[step]), days[step].isoformat() if step in days else "–") for step in STEPS]
    return tuple(told)


def items_table(s: ResolutionStanding) -> Table:
    """What was decided, with what is left."""
    columns = (
        Column("no", _("No."), Shape.COUNT, 4),
        Column("text", _("Decided"), Shape.TEXT, 22),
        Column("matter", _("Kind of matter"), Shape.TEXT, 11),
        Column("amount", _("Resolved"), Shape.MONEY, 10),
        Column("paid", _("Drawn"), Shape.MONEY, 10),
        Column("left", _("Left"), Shape.MONEY, 10),
    )
    rows = tuple(
        (
            i.item.no,
            _levied(i),
            _(MATTERS[i.item.matter]),
            i.item.amount_fen,
            i.paid_fen(way_of(i)),
            left_of(s, i),
        )
        for i in s.items
    )
    return Table("resolution-items", _("Items decided"), "", columns, rows)


def _levied(standing: ItemStanding) -> str:
    item = standing.item
    if not (item.per_head_fen or item.labour_days):
        return item.text
    return _("{text} ({head} a head, {days} workdays)").format(
        text=item.text, head=yuan_text(item.per_head_fen), days=item.labour_days
    )


def _history(connection: Connection, held: store.Held) -> Table:
    columns = (
        Column("day", _("Date"), Shape.DAY, 9),
        Column("what", _("Act"), Shape.TEXT, 16),
        Column("why", _("Reason"), Shape.TEXT, 20),
    )
    rows: list[tuple[Cell, ...]] = [(held.recorded_on, _("recorded"), "")]
    if held.annulled:
        other = store.by_id(connection, held.replaced_by) if held.replaced_by else None
        replaced = _("annulled, another record took its place")
        rows.append((held.annulled_on, replaced if other else _("annulled"), held.annulled))
    return Table("resolution-history", _("History"), "", columns, tuple(rows))


def _drawing(connection: Connection, s: ResolutionStanding) -> Table:
    columns = (
        Column("day", _("Date"), Shape.DAY, 9),
        Column("item", _("Item no."), Shape.COUNT, 4),
        Column("kind", _("Kind"), Shape.TEXT, 8),
        Column("summary", _("What for"), Shape.TEXT, 20),
        Column("party", _("With"), Shape.TEXT, 12),
        Column("amount", _("Amount"), Shape.MONEY, 10),
        Column("state", _("State"), Shape.TEXT, 12),
    )
    rows, targets = [], []
    for i in s.items:
        for d in i.drawn:
            held = docs.submitted(connection, d.document_id)
            posted = posted_vouchers.voucher_of_document(connection, d.document_id)
            if held is None:
                continue
            document = held.document
            rows.append(
                (
                    document.booked_on.isoformat(),
                    i.item.no,
                    kind_title(document.kind),
                    document.summary,
                    document.party,
                    d.fen,
                    posted.label if posted else _("waits for signatures"),
                )
            )
            targets.append(f"voucher:{posted.id}" if posted else f"document:{document.id}")
    return Table("resolution-draws", _("What draws on it"), "", columns, tuple(rows), 0, tuple(targets))


def record(book: Book, number: str) -> Resolution | None:
    """The record itself, None when there is none."""
    with book.reading() as connection:
        held = store.by_number(connection, number)
    return held.resolution if held else None
