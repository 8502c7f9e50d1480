"""Lists of invoice numbers used elsewhere, brought by stick: looked at, taken in, held against what is booked here (V2).

A list is signed by the township, or a table somebody brought and answers for. Lists add up: a later one takes nothing back
but what it says is free.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from villagebook.domain.booked_invoice import KnownInvoice
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.keys import SUITES
from villagebook.domain.used_invoice import TakenList, UsedElsewhere, UsedList
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import InvoiceFacts, Taking
from villagebook.rules.rule import When
from villagebook.services.book_file.opening import in_file
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.township import township_keys
from villagebook.storage import policies
from villagebook.storage import used_invoices as store
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.engine import Connection

if TYPE_CHECKING:
    from villagebook.domain.policy_seal import PolicySeal

TOPICS = ("registers", "documents")
RULE = "INV-33"


@dataclass(frozen=True, slots=True)
class Told:
    """Whose word an unsigned list is: the body it comes from, who brought it, and the last day it knows of."""

    issuer: str = ""
    by: str = ""
    as_of: date | None = None


_UNTOLD = Told("……", "……")
"""What is asked only when the list is taken in."""


@dataclass(frozen=True, slots=True)
class ListFile:
    """A file as it was read. `seal` is None for a table; then issuer and day of `content` are still to be told."""

    name: str
    content: UsedList
    sha256: str
    seal: PolicySeal | None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class ListOffer:
    """What taking a file in would do. `trusted` says whether the book knows the key; `hits` are bookings of ours it names."""

    file: ListFile
    trusted: bool
    hits: int

    @property
    def signed(self) -> bool:
        return self.file.seal is not None


@dataclass(frozen=True, slots=True)
class ListTaken:
    """What was taken in: how many numbers, and what there is to say, first of all of bookings of ours that stand in it."""

    entries: int
    hits: int
    findings: tuple[Finding, ...]


def read_file(path: Path, today: date) -> ListFile:
    """A signed list or a table, whichever it is; nothing is judged but whether it can be read.

    Raises KnownError for what is neither, Refused (IMP-*) with every bad row of a table.
    """
    from villagebook.exchange import tables, used_file
    from villagebook.exchange.imports_used import parse_used

    data = used_file.read_bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    if used_file.is_signed(data):
        told = used_file.read_signed(data, path.name)
        return ListFile(path.name, told.content, sha256, told.seal)
    sheet = tables.sheet_from_bytes(data, path.name)
    entries, found = parse_used(sheet, from_workbook=tables.is_workbook(data))
    if stopping(found):
        raise Refused(in_file(stopping(found), path.name))
    return ListFile(path.name, UsedList("", today, entries), sha256, None, in_file(found, path.name))


def offer(book: Book, path: Path, today: date) -> ListOffer:
    """What a file says, without taking it in. Raises as `read_file`, and Refused (INV-34) for what can never be taken in."""
    file = read_file(path, today)
    with book.reading() as connection:
        taking = _taking(connection, file, _UNTOLD, today)
        pass_or_refuse(_facts(connection, book.info, replace(taking, trusted=True), today), When.REGISTER)
        hits = _hits(connection, book.info, file.content)
        return ListOffer(file, taking.trusted, hits)


def take_in(
    book: Book, path: Path, by: By, told: Told = Told(), *, fingerprint: str = "", dry_run: bool = False
) -> ListTaken:
    """Take a list in, whole or not at all. `told` is asked for where nobody signed, `fingerprint` for a key not known yet.

    Raises as `offer`, and Refused (E2L-01) for a fingerprint that is missing or differs.
    """
    file = read_file(path, by.day)
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        taking = _taking(connection, file, told, by.day)
        new_key = file.seal is not None and not taking.trusted and not _was_trusted(connection, file.seal)
        facts = _facts(connection, book.info, replace(taking, trusted=taking.trusted or new_key), by.day)
        pass_or_refuse(facts, When.REGISTER)
        hits = _hits(connection, book.info, taking.content)
        if dry_run:
            return ListTaken(len(taking.content.entries), hits, file.findings)
        if new_key and file.seal is not None:
            township_keys.log_trust(writing, file.name, file.seal, fingerprint, by)
        data: dict[str, object] = {
            "source": file.name,
            "sha256": file.sha256,
            "taken_on": by.day.isoformat(),
            "list": taking.content.to_data(),
        }
        if file.seal is not None:
            data["seal"] = file.seal.to_data()
        else:
            data["told_by"] = taking.told_by.strip()
        seq = writing.log("invoices.elsewhere", data, new_id(), *TOPICS).seq
        writing.settle()
        found = _booked(connection, book.info, by.day, seq)
    return ListTaken(len(taking.content.entries), len(found), (*found, *file.findings))


def _taking(connection: Connection, file: ListFile, told: Told, today: date) -> Taking:
    before = store.taken_before(connection, file.sha256)
    seal = file.seal
    if seal is None:
        content = replace(file.content, issuer=told.issuer.strip(), as_of=told.as_of or today)
        return Taking(content, file.name, told_by=told.by, taken_on=before)
    from villagebook.exchange.used_file import seal_holds

    key = next((k for k in policies.trusted_keys(connection) if k.public == seal.public), None)
    return Taking(
        file.content,
        file.name,
        seal.township,
        holds=seal_holds(file.content, seal),
        suite_known=seal.suite in SUITES,
        trusted=key is not None and key.holds_on(today),
        signed_on=seal.signed_on,
        taken_on=before,
    )


def _was_trusted(connection: Connection, seal: PolicySeal) -> bool:
    """A key whose trust was ended is not trusted anew by reading a fingerprint aloud."""
    return any(k.public == seal.public for k in policies.trusted_keys(connection))


def _facts(connection: Connection, info: BookInfo, taking: Taking, today: date) -> Facts:
    return replace(gather.ground(connection, info, today), invoices=InvoiceFacts(taking=taking))


def _hits(connection: Connection, info: BookInfo, content: UsedList) -> int:
    """How many bookings of ours a list names as used by others."""
    from villagebook.storage import invoices

    used = {e.key for e in content.entries if not (e.released or e.is_of(info.village, info.code))}
    found = {k.invoice.key for k in invoices.with_keys(connection, used) if k.voucher_id and k.state.holds}
    return len(found)


def _booked(connection: Connection, info: BookInfo, today: date, seq: int = 0) -> tuple[Finding, ...]:
    """INV-33 about bookings that stand in a list, in that one where `seq` is told."""
    found = store.booked_elsewhere(connection, (info.village, info.code))
    wanted = tuple((k, w) for k, w in found if not seq or w.seq == seq)
    facts = gather.ground(connection, info, today)
    told = look(replace(facts, invoices=InvoiceFacts(booked_elsewhere=wanted)), When.CLOSE)
    return tuple(f for f in told if f.id == RULE)


def lists(book: Book) -> tuple[TakenList, ...]:
    """The lists taken in, the newest first, each with how many bookings of ours it names."""
    with book.reading() as connection:
        known = store.lists(connection)
        counts = Counter(w.seq for _k, w in hits_in(connection, book.info)) if known else Counter[int]()
    return tuple(replace(one, hits=counts[one.seq]) for one in known)


def hits_in(connection: Connection, info: BookInfo) -> tuple[tuple[KnownInvoice, UsedElsewhere], ...]:
    """Bookings of ours others used as well, each with the entry that says so."""
    return store.booked_elsewhere(connection, (info.village, info.code))


def hits(book: Book) -> tuple[tuple[KnownInvoice, UsedElsewhere], ...]:
    """As `hits_in`, of a book."""
    with book.reading() as connection:
        return hits_in(connection, book.info)


def of_key(book: Book, key: str) -> tuple[UsedElsewhere, ...]:
    """What counts of all the lists say about one number, our own village's word left out."""
    with book.reading() as connection:
        found = store.words(connection, [key]).get(key, ())
    return tuple(w for w in found if not w.entry.is_of(book.info.village, book.info.code))


def reminders(found: tuple[Finding, ...]) -> list[Finding]:
    """For the home page: of what the month's close found, that which came by lists."""
    return [f for f in found if f.id == RULE]


def for_review(connection: Connection, info: BookInfo) -> InvoiceFacts:
    """For `check`: bookings others used as well."""
    return InvoiceFacts(booked_elsewhere=hits_in(connection, info))


def review(connection: Connection) -> Iterator[Finding]:
    """For `check`: every signed list in the log is genuine, and its key was trusted when it was taken in."""
    from villagebook.exchange.used_file import seal_holds

    trusted_at = policies.first_trusted(connection)
    for listed in store.sealed(connection):
        trusted = trusted_at.get(listed.seal.public, listed.seq) < listed.seq
        if not (trusted and seal_holds(listed.content, listed.seal)):
            text = _(
                "This list of used invoice numbers is not genuine: it is not signed by a key the book trusted."
            )
            where = f"{listed.content.issuer} {listed.content.as_of.isoformat()}"
            yield Finding("INV-34", Severity.ERROR, where, text)
