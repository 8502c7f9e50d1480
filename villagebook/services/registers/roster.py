"""Households with their members, and outside parties: entered, changed, ended; never struck out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from villagebook.domain.finding import Finding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.privacy import mask_account
from villagebook.domain.roster import Counts, Household, Outsider, count
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.roster_facts import RosterFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.names import outsider_title
from villagebook.storage import links, roster
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

TOPICS = ("registers", "roster")


def households(book: Book, *, ended: bool = True) -> tuple[Household, ...]:
    """All households by code; with `ended` False only those that belong today."""
    with book.reading() as connection:
        return tuple(h for h in roster.households(connection).values() if ended or h.in_use)


def outsiders(book: Book, *, ended: bool = True) -> tuple[Outsider, ...]:
    """All outside parties by code."""
    with book.reading() as connection:
        return tuple(o for o in roster.outsiders(connection).values() if ended or o.in_use)


def counts(book: Book, day: date) -> Counts:
    """Households, members, voters and delegates on a day: quorums are measured by them."""
    return count(households(book), day)


def party_names(book: Book) -> tuple[tuple[Link, str], ...]:
    """(link, name for the other party of a voucher) of everybody in use; a group stands where two share a name."""
    with book.reading() as connection:
        living = [h for h in roster.households(connection).values() if h.in_use]
        others = [o for o in roster.outsiders(connection).values() if o.in_use]
    heads = [h.head for h in living]
    twice = {name for name in heads if heads.count(name) > 1} if len(set(heads)) < len(heads) else set()
    made = [(Link(LinkKind.HOUSEHOLD, h.code), h.title if h.head in twice else h.head) for h in living]
    return (*made, *((Link(LinkKind.OUTSIDER, o.code), o.name) for o in others))


def save(book: Book, entry: Household | Outsider, by: By, *, new: bool) -> tuple[Finding, ...]:
    """Enter a household or outside party, or change one; returns what is to be thought of. Raises Refused (REG-01 to REG-09)."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        return save_in(writing, facts, entry, new=new)


def save_in(writing: Writing, facts: Facts, entry: Household | Outsider, *, new: bool) -> tuple[Finding, ...]:
    """As `save`, inside a transaction that enters several."""
    entry = _trimmed(entry)
    told = _told(writing.connection, entry, new=new)
    said = pass_or_refuse(replace(facts, roster=told), When.REGISTER)
    log(writing, entry)
    return said


def log(writing: Writing, entry: Household | Outsider) -> None:
    """Log an entry the gate has let pass."""
    kind = "household.set" if isinstance(entry, Household) else "outsider.set"
    writing.log(kind, entry.to_data(), new_id(), *TOPICS)


def end(book: Book, kind: LinkKind, code: str, on: date, why: str, by: By) -> tuple[Finding, ...]:
    """A household leaves, or an outside party is no longer dealt with; open balances are told (REG-05). Raises Refused."""
    with book.writing(by.actor, by.at) as writing:
        entry = _held(writing.connection, kind).get(code)
        if entry is None:
            raise refusal("REG-01", code, _("There is no such entry."))
        facts = gather.ground(writing.connection, book.info, by.day)
        return save_in(writing, facts, replace(entry, left_on=on, left_why=why), new=False)


def _held(connection: Connection, kind: LinkKind) -> dict[str, Household] | dict[str, Outsider]:
    return roster.households(connection) if kind is LinkKind.HOUSEHOLD else roster.outsiders(connection)


def _told(connection: Connection, entry: Household | Outsider, *, new: bool) -> RosterFacts:
    kind = LinkKind.HOUSEHOLD if isinstance(entry, Household) else LinkKind.OUTSIDER
    held = _held(connection, kind)
    return RosterFacts(
        entry,
        new,
        entry.code in held,
        namesake_of(entry, held.values()),
        () if entry.in_use else links.open_balances(connection, Link(kind, entry.code)),
    )


def namesake_of(entry: Household | Outsider, others: Iterable[Household | Outsider]) -> str:
    """Another entry in use that would be shown by the same name, "" when there is none."""
    same = (o for o in others if o.code != entry.code and o.in_use and o.title == entry.title)
    found = next(same, None)
    return f"{found.code} {found.title}" if found else ""


def _trimmed(entry: Household | Outsider) -> Household | Outsider:
    if isinstance(entry, Outsider):
        return replace(
            entry, code=entry.code.strip(), name=entry.name.strip(), left_why=entry.left_why.strip()
        )
    members = tuple(replace(m, name=m.name.strip(), relation=m.relation.strip()) for m in entry.members)
    return replace(
        entry,
        code=entry.code.strip(),
        head=entry.head.strip(),
        members=members,
        left_why=entry.left_why.strip(),
    )


def report(book: Book, name: str, day: date) -> Table:
    """`households`, `members` or `outsiders` as they stand on a day; of bank accounts four figures are shown."""
    if name == "households":
        return household_table(book, day)
    return member_table(book, day) if name == "members" else outsider_table(book, day)


def household_table(book: Book, day: date, *, ended: bool = False) -> Table:
    """One row per household that belongs on the day; with `ended` also those that do not."""
    found = [h for h in households(book) if ended or h.belongs(day)]
    columns = (
        Column("household", _("Household no."), Shape.TEXT, 8),
        Column("group", _("Group"), Shape.COUNT, 5),
        Column("head", _("Head of household"), Shape.TEXT, 10),
        Column("persons", _("Persons"), Shape.COUNT, 6),
        Column("voters", _("Voters"), Shape.COUNT, 6),
        Column("shares", _("Shares"), Shape.TEXT, 7),
        Column("names", _("Names"), Shape.TEXT, 24),
        Column("left", _("Left on"), Shape.DAY, 8),
    )
    rows = []
    for h in found:
        present = h.present(day)
        told = count((h,), day)
        names = "、".join(m.name for m in present)
        left = h.left_on.isoformat() if h.left_on else ""
        rows.append((h.code, h.group, h.head, len(present), told.voters, h.shares, names, left))
    title = _("Households and members")
    targets = tuple(f"register:households/{h.code}" for h in found)
    return Table("households", title, day.isoformat(), columns, tuple(rows), 0, targets)


def member_table(book: Book, day: date) -> Table:
    """One row per member who belongs on this day, in the layout the roster is taken in from."""
    columns = (
        Column("household", _("Household no."), Shape.TEXT, 8),
        Column("group", _("Group"), Shape.COUNT, 5),
        Column("head", _("Head of household"), Shape.TEXT, 10),
        Column("name", _("Name"), Shape.TEXT, 10),
        Column("relation", _("Relation to the head"), Shape.TEXT, 8),
        Column("born", _("Year of birth"), Shape.TEXT, 6),
        Column("minor", _("Minor"), Shape.TEXT, 5),
        Column("votes", _("Right to vote"), Shape.TEXT, 6),
        Column("delegate", _("Delegate"), Shape.TEXT, 6),
        Column("shares", _("Shares"), Shape.TEXT, 7),
        Column("joined", _("Belongs since"), Shape.DAY, 8),
    )
    rows = []
    for h in households(book):
        for m in h.present(day):
            joined = m.joined_on or h.joined_on
            rows.append(
                (
                    h.code,
                    h.group,
                    h.head,
                    m.name,
                    m.relation,
                    str(m.born or ""),
                    _yes(m.is_minor(day.year)),
                    _yes(m.votes),
                    _yes(m.delegate),
                    h.shares,
                    joined.isoformat() if joined else "",
                )
            )
    return Table("members", _("Register of members"), day.isoformat(), columns, tuple(rows))


def _yes(answer: bool) -> str:
    return _("yes") if answer else ""


def outsider_table(book: Book, day: date | None = None, *, ended: bool = False, masked: bool = True) -> Table:
    """One row per outside party; numbers of bank accounts are starred unless somebody asks to see them.

    With a day those that were dealt with then, also if that ended later.
    """
    found = [o for o in outsiders(book) if ended or o.in_use or (day and o.left_on and o.left_on > day)]
    columns = (
        Column("code", _("Code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("kind", _("Kind"), Shape.TEXT, 8),
        Column("holder", _("Account name"), Shape.TEXT, 14),
        Column("bank", _("Bank"), Shape.TEXT, 12),
        Column("account", _("Account number"), Shape.TEXT, 12),
        Column("contact", _("Contact"), Shape.TEXT, 10),
        Column("left", _("Ended on"), Shape.DAY, 8),
    )
    rows = tuple(
        (
            o.code,
            o.name,
            outsider_title(o.kind),
            o.holder,
            o.bank,
            mask_account(o.account_no) if masked else o.account_no,
            o.contact,
            o.left_on.isoformat() if o.left_on else "",
        )
        for o in found
    )
    targets = tuple(f"register:outsiders/{o.code}" for o in found)
    as_of = day.isoformat() if day else ""
    return Table("outsiders", _("Outside parties"), as_of, columns, rows, 0, targets)
