"""The yearly papers laid open before the assembly: which file, where, how long, and who took copies (D15)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.laid_open import CopyTaken, LaidOpen
from villagebook.domain.meeting import MEMBER_BODIES, Matter
from villagebook.domain.resolution import Resolution
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.board_facts import BoardFacts
from villagebook.rules.duty_facts import Assembly
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import board as board_store
from villagebook.storage import openness as store
from villagebook.storage import registry, resolutions
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

TOPICS = ("registers", "notices")
ID = "DIS-18"
MATTERS = frozenset({Matter.BUDGET, Matter.DISTRIBUTION})
"""What a yearly assembly decides on."""


@dataclass(frozen=True, slots=True)
class Laying:
    """A pack as it is laid out: its year, where, since when, who watches over it, and the file by hash and pages."""

    year: int
    place: str
    from_on: date
    keeper: str
    sha256: str
    pages: int


def lay_open(book: Book, told: Laying, by: By) -> str:
    """Record that the yearly papers lie open; returns the id. Raises Refused (DIS-18)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = []
        if not told.place.strip():
            found.append(_("Say where the papers lie."))
        if not told.keeper.strip():
            found.append(_("Say who watches over them."))
        if told.from_on > by.day:
            found.append(_("It cannot have been on a day that is still to come."))
        if told.year > told.from_on.year or told.year < book.info.start.year:
            found.append(_("There are no papers of {year} yet.").format(year=told.year))
        if told.pages < 1 or told.sha256 not in board_store.scanned(connection):
            found.append(_("The papers are not in the book: make them first."))
        if any(o.year == told.year and o.until_on is None for o in store.laid_open(connection)):
            found.append(_("Papers of {year} lie open already; take them in first.").format(year=told.year))
        refuse(ID, str(told.year), found, f"register:laid-open/{told.year}")
        what = _("the laying open of the papers of {year}").format(year=told.year)
        act = BoardFacts(str(told.year), told=((what, told.from_on),))
        pass_or_refuse(replace(gather.ground(connection, book.info, by.day), board=act), When.BOARD)
        ident = new_id()
        data: dict[str, object] = {
            "id": ident,
            "year": told.year,
            "place": told.place.strip(),
            "from_on": told.from_on.isoformat(),
            "keeper": told.keeper.strip(),
            "pack_sha256": told.sha256,
            "pages": told.pages,
        }
        writing.log("papers.laid_open", data, new_id(), *TOPICS)
        return ident


def take_in(book: Book, laid_id: str, until_on: date, by: By) -> None:
    """Record that the papers were taken in again. Raises Refused (DIS-18)."""
    with book.writing(by.actor, by.at) as writing:
        laid = _laid(writing.connection, laid_id)
        found = []
        if laid is None or laid.until_on is not None:
            found.append(_("They do not lie open (any more)."))
        elif until_on < laid.from_on:
            found.append(_("They cannot have been taken in before they lay open."))
        if until_on > by.day:
            found.append(_("It cannot have been on a day that is still to come."))
        refuse(ID, str(laid.year if laid else laid_id), found)
        data: dict[str, object] = {"laid_id": laid_id, "until_on": until_on.isoformat()}
        writing.log("papers.taken_in", data, new_id(), *TOPICS)


def note_copy(book: Book, copy: CopyTaken, by: By) -> None:
    """A member who read or took a copy: name, day, what. Raises Refused (DIS-18)."""
    with book.writing(by.actor, by.at) as writing:
        laid = _laid(writing.connection, copy.laid_id)
        found = []
        if laid is None:
            found.append(_("There are no such papers."))
        elif copy.day < laid.from_on or (laid.until_on and copy.day > laid.until_on):
            found.append(_("They did not lie open on that day."))
        if copy.day > by.day:
            found.append(_("It cannot have been on a day that is still to come."))
        if not copy.name.strip():
            found.append(_("Say who took it."))
        if len(copy.what.strip()) < 2:
            found.append(_("Say what was read or copied."))
        refuse(ID, str(laid.year if laid else copy.laid_id), found)
        data: dict[str, object] = {
            "laid_id": copy.laid_id,
            "name": copy.name.strip(),
            "day": copy.day.isoformat(),
            "what": copy.what.strip(),
        }
        writing.log("papers.copied", data | ({"pages": copy.pages} if copy.pages else {}), new_id(), *TOPICS)


def _laid(connection: Connection, laid_id: str) -> LaidOpen | None:
    return next((o for o in store.laid_open(connection) if o.id == laid_id), None)


def days_asked(book: Book, today: date) -> int:
    """How long the papers have to lie open before the assembly."""
    with book.reading() as connection:
        return registry.read_policy_on(connection, today).number("pack_days")


def listing(book: Book) -> tuple[LaidOpen, ...]:
    """Newest first."""
    with book.reading() as connection:
        return tuple(reversed(store.laid_open(connection)))


# ---- what the rules want to know ----


def assemblies(connection: Connection, info: BookInfo) -> tuple[Assembly, ...]:
    """Meetings of members since the book began that decided on a budget or a distribution, as the register has them."""
    found = [h.resolution for h in resolutions.held(connection) if not h.annulled]
    wanted = [r for r in found if r.held_on >= info.start.first_day and not r.earlier]
    return before(wanted, store.laid_open(connection))


def before(found: Iterable[Resolution], laid: tuple[LaidOpen, ...]) -> tuple[Assembly, ...]:
    """How long the papers had lain open before each yearly assembly; those of its own year or the year before count."""
    made = []
    for one in found:
        if one.body not in MEMBER_BODIES or not any(i.matter in MATTERS for i in one.items):
            continue
        fits = [p for p in laid if p.year in (one.held_on.year, one.held_on.year - 1)]
        longest = max(fits, key=lambda p: p.days_before(one.held_on), default=None)
        days = longest.days_before(one.held_on) if longest else 0
        year = longest.year if longest else one.held_on.year
        made.append(Assembly(one.number, one.held_on, year, days, longest.from_on if longest else None))
    return tuple(made)


# ---- the list ----


def table(book: Book) -> Table:
    """`laid-open`: every pack that lay open, and under it the copies that were taken."""
    columns = (
        Column("year", _("Papers of"), Shape.TEXT, 5),
        Column("place", _("Lying at"), Shape.TEXT, 14),
        Column("from", _("Open from"), Shape.DAY, 9),
        Column("until", _("Until"), Shape.DAY, 9),
        Column("keeper", _("Watched over by"), Shape.TEXT, 10),
        Column("pages", _("Pages"), Shape.COUNT, 5),
        Column("who", _("Copy taken by"), Shape.TEXT, 10),
        Column("day", _("On"), Shape.DAY, 9),
        Column("what", _("What"), Shape.TEXT, 20),
        Column("hash", _("Fingerprint of the file"), Shape.TEXT, 12),
    )
    rows: list[tuple[Cell, ...]] = []
    targets = []
    for one in listing(book):
        head: tuple[Cell, ...] = (
            str(one.year),
            one.place,
            one.from_on.isoformat(),
            one.until_on.isoformat() if one.until_on else "",
            one.keeper,
            one.pages,
        )
        rows.append((*head, "", "", "", one.pack_sha256[:16]))
        rows += [
            (str(one.year), "", "", "", "", c.pages or None, c.name, c.day.isoformat(), c.what, "")
            for c in one.copies
        ]
        targets += [f"register:laid-open/{one.id}"] * (1 + len(one.copies))
    return Table("laid-open", _("Yearly papers laid open"), "", columns, tuple(rows), 0, tuple(targets))
