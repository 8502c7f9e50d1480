"""The register of invoices: what was used where, in whose name they must be, and what the township found at the tax site."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.booked_invoice import InvoiceCheck, KnownInvoice, key_of
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.invoice import plain
from villagebook.domain.invoice_checks import credit_code_holds, person_id_holds
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import InvoiceFacts
from villagebook.rules.rule import When
from villagebook.services.book_file.opening import in_file
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import invoices as store
from villagebook.storage import objects
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

TOPICS = ("registers", "documents")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """Answers entered, and what there is to say about the file."""

    answers: int
    findings: tuple[Finding, ...]


def name_buyer(book: Book, names: Sequence[str], tax_ids: Sequence[str], by: By) -> None:
    """From now on invoices must be made out to one of these names, with one of these tax numbers (V7).

    Raises Refused (INV-07): no name, or a tax number whose check character does not hold.
    """
    told = [n.strip() for n in names if n.strip()]
    ids = [plain(i) for i in tax_ids if i.strip()]
    found = [] if told else [_("Enter at least one name that stands on the village's invoices.")]
    bad = [i for i in ids if not credit_code_holds(i)]
    found += [
        _("The tax number {id} is not right in itself. Compare it with the certificate.").format(id=i)
        for i in bad
    ]
    refuse("INV-07", _("Our name on invoices"), found)
    with book.writing(by.actor, by.at) as writing:
        writing.log("buyer.named", {"names": told, "tax_ids": ids}, new_id(), *TOPICS)


def buyer(book: Book) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(names, tax numbers) that were told; empty when nobody has."""
    with book.reading() as connection:
        return store.buyer(connection)


def record(book: Book, checks: Sequence[InvoiceCheck], by: By, *, source: str = "") -> None:
    """Enter what the township found at the tax site. `source` is its letter or file.

    Raises Refused (INV-24) with every answer that cannot be entered.
    """
    with book.writing(by.actor, by.at) as writing:
        facts = _facts(writing.connection, book, tuple(checks), by)
        pass_or_refuse(facts, When.REGISTER)
        _log(writing, tuple(checks), source, "")


def take_in(book: Book, path: Path, by: By, *, dry_run: bool = False) -> TakenIn:
    """Read the township's list of answers: all of it, or nothing and every bad row at once.

    Raises Refused (IMP-*, INV-24), KnownError for an unreadable file. The file is kept in the book by its hash.
    """
    from villagebook.exchange.imports_invoices import parse_answers
    from villagebook.exchange.tables import read_rows

    drafts, found = parse_answers(read_rows(path))
    if stopping(found):
        raise Refused(in_file(stopping(found), path.name))
    data = path.read_bytes()
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        checks = tuple(replace(d, key=_known_key(connection, d.key)) for d in drafts)
        wrong = stopping(look(_facts(connection, book, checks, by), When.REGISTER))
        if wrong:
            raise Refused(in_file(wrong, path.name))
        if not dry_run and checks:
            objects.put_object(connection, data, "text/csv", path.name)
            _log(writing, checks, path.name, hashlib.sha256(data).hexdigest())
    return TakenIn(len(checks), in_file(found, path.name))


def _known_key(connection: Connection, key: str) -> str:
    """The book's key for a number without its code, when only one invoice has it."""
    if store.with_keys(connection, [key]):
        return key
    found = {k.invoice.key for k in store.with_number(connection, key)}
    return found.pop() if len(found) == 1 else key


def _facts(connection: Connection, book: Book, checks: tuple[InvoiceCheck, ...], by: By) -> Facts:
    known = frozenset(k.invoice.key for k in store.with_keys(connection, (c.key for c in checks)))
    base = gather.ground(connection, book.info, by.day)
    return replace(base, invoices=InvoiceFacts(checks=checks, numbers=known))


def _log(writing: Writing, checks: tuple[InvoiceCheck, ...], source: str, sha256: str) -> None:
    rows = [
        [c.key, c.result.value, c.checked_on.isoformat(), c.person.strip(), c.note.strip()] for c in checks
    ]
    writing.log("invoice.checked", {"source": source, "sha256": sha256, "checks": rows}, new_id(), *TOPICS)


def find(book: Book, written: str) -> tuple[KnownInvoice, ...]:
    """Invoices under a number somebody typed, with or without its code."""
    key = key_of(written)
    with book.reading() as connection:
        return store.with_keys(connection, [key]) or store.with_number(connection, key)


def of_document(book: Book, document_id: str) -> tuple[KnownInvoice, ...]:
    with book.reading() as connection:
        return store.of_document(connection, document_id)


def id_tail(number: str) -> str:
    """Last two figures of a citizen's number whose check digit holds, "" when it does not. The number goes no further (V23)."""
    return plain(number)[-2:] if person_id_holds(number) else ""
