"""Papers of a meeting: the sheet that is printed before it, to be filled in by hand, and the record after it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from villagebook.domain.meeting import GROUP_BODIES, Body, quorum_of
from villagebook.domain.people import PostKind
from villagebook.domain.resolution import STEPS, Resolution
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.resolution_words import BODIES, MATTERS, STEP_WORDS
from villagebook.services.disclosure import resolution_table
from villagebook.storage import registry, roster
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

if TYPE_CHECKING:
    from villagebook.reports.card_pdf import Card

ROLL, VOTES = "roll", "votes"
LEAST_LINES = 10
"""Lines of a roll nobody's names are known for."""

_COMMITTEE_POSTS = (
    PostKind.SECRETARY,
    PostKind.DEPUTY_SECRETARY,
    PostKind.DIRECTOR,
    PostKind.DEPUTY_DIRECTOR,
)


def sheet_pdf(book: Book, made: Resolution) -> bytes:
    """Agenda with amounts, roll to be signed, columns for the votes: everything the meeting needs, before it."""
    from villagebook.reports.card_pdf import render_card

    with book.reading() as connection:
        return render_card(_sheet(connection, made), book.info.village)


def record_pdf(book: Book, number: str) -> bytes | None:
    """What was decided, how it was voted, who was there and what was drawn on it; None when there is no such record."""
    from villagebook.reports.card_pdf import Card, render_card

    shown = resolution_table.card(book, number)
    found = resolution_table.record(book, number)
    if shown is None or found is None:
        return None
    names = _in_columns([name, ""] for name in found.roll)
    roll = _roll_table(_("Were there"), names) if found.roll else None
    tables = tuple(t for t in (shown.parts, roll, shown.vouchers, shown.history) if t is not None)
    card = Card(
        _("Record of a resolution"),
        number,
        ((_("Meeting"), shown.title), *shown.pairs),
        tables,
        shown.signatures,
    )
    return render_card(card, book.info.village)


def _sheet(connection: Connection, made: Resolution) -> Card:
    from villagebook.reports.card_pdf import Card

    policy = registry.read_policy_on(connection, made.held_on)
    quorum = quorum_of(made.body, policy.numbers)
    names = names_of(connection, made.body, made.held_on, made.group)
    all_of = made.entitled or len(names)
    pairs = [
        (_("Meeting"), _(BODIES[made.body])),
        (_("Held on"), made.held_on.isoformat()),
        (_("Place"), made.place),
        (_("Notice given"), made.called_on.isoformat() if made.called_on else ""),
        (_("Belong to the body"), str(all_of) if all_of else ""),
        (_("Must be there"), str(quorum.present.least(all_of)) if quorum.present and all_of else "–"),
        (_("Passes with"), _passes(quorum.of_all, quorum.yes.least(all_of) if all_of else 0)),
        (_("Were there"), ""),
    ]
    if made.group:
        pairs.insert(1, (_("Group"), str(made.group)))
    if made.steps:
        days = dict(made.steps)
        pairs += [(_(STEP_WORDS[step]), days[step].isoformat() if step in days else "") for step in STEPS]
    lines = [[name, ""] for name in names] or [["", ""] for _n in range(max(LEAST_LINES, all_of))]
    return Card(
        _("Minutes of a meeting"),
        made.number or "________",
        tuple(pairs),
        (
            _agenda(made),
            _votes(made),
            _roll_table(_("Roll: everybody signs in his own hand"), _in_columns(lines)),
        ),
        (_("Chair:"), _("Minutes kept by:"), _("Supervision:")),
        frozenset({ROLL, VOTES}),
    )


def _passes(of_all: bool, least: int) -> str:
    if of_all:
        return _("{least} of all in favour").format(least=least or "–")
    return _("more than half of those present")


def _agenda(made: Resolution) -> Table:
    columns = (
        Column("no", _("No."), Shape.COUNT, 4),
        Column("text", _("To be decided"), Shape.TEXT, 30),
        Column("matter", _("Kind of matter"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 12),
    )
    rows = tuple((i.no, i.text, _(MATTERS[i.matter]), i.amount_fen) for i in made.items)
    return Table("agenda", _("Agenda"), "", columns, rows)


def _votes(made: Resolution) -> Table:
    columns = (
        Column("no", _("No."), Shape.COUNT, 4),
        Column("yes", _("For"), Shape.TEXT, 9),
        Column("against", _("Against"), Shape.TEXT, 9),
        Column("abstained", _("Abstained"), Shape.TEXT, 9),
        Column("result", _("Passed or not"), Shape.TEXT, 14),
        Column("teller", _("Teller"), Shape.TEXT, 14),
    )
    rows = tuple((i.no, "", "", "", "", "") for i in made.items)
    return Table(VOTES, _("Votes"), "", columns, rows)


def _roll_table(title: str, rows: tuple[tuple[Cell, ...], ...]) -> Table:
    one = (Column("name", _("Full name"), Shape.TEXT, 12), Column("hand", _("Signature"), Shape.TEXT, 16))
    return Table(ROLL, title, "", (*one, *one), rows)


def _in_columns(entries: Iterable[list[str]]) -> tuple[tuple[Cell, ...], ...]:
    """Two people a line, numbered down the left half first."""
    found = [[f"{no}. {name}".strip(), hand] for no, (name, hand) in enumerate(entries, 1)]
    half = -(-len(found) // 2)
    padded = [*found, *[["", ""]] * (2 * half - len(found))]
    return tuple((*padded[n], *padded[n + half]) for n in range(half))


def names_of(connection: Connection, body: Body, day: date, group: int = 0) -> tuple[str, ...]:
    """Who belongs to a body, by the register of households or the posts; () when neither says so."""
    if body is Body.COMMITTEES:
        staff = registry.read_staff(connection)
        return tuple(p.name for p in staff.holders(_COMMITTEE_POSTS, day))
    households = [
        h for h in roster.households(connection).values() if body not in GROUP_BODIES or h.group == group
    ]
    if body in (Body.HOUSEHOLDS, Body.GROUP_HOUSEHOLDS):
        return tuple(h.title for h in households if h.present(day))
    people = [m for h in households for m in h.present(day) if not m.is_minor(day.year)]
    if body is Body.DELEGATES:
        return tuple(m.name for m in people if m.delegate)
    return tuple(m.name for m in people) if body in (Body.VILLAGERS, Body.GROUP, Body.MEMBERS) else ()
