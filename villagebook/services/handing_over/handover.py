"""One signed package for the township: snapshot, write, read back, verify, and only then "done"."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebook import __version__, paths
from villagebook.domain.errors import Refused
from villagebook.domain.event import Head
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.package import PACKAGE_SUFFIX, PackageContent
from villagebook.domain.period import Period, Span
from villagebook.i18n import _
from villagebook.rules.catalogue import RULESET
from villagebook.services import event_words
from villagebook.services.account_books import ledgers
from villagebook.services.by import By, new_id
from villagebook.services.offices import key_words
from villagebook.services.render import csv_bytes
from villagebook.storage import ledger, objects, periods
from villagebook.storage.book import Book
from villagebook.storage.check import check_store
from villagebook.storage.engine import Connection
from villagebook.storage.log import entries, head_of
from villagebook.storage.sizes import package_size

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """A package that was written, read back and verified. `sha256` is of the whole file, hex."""

    path: Path
    sha256: str
    head: Head
    entries: int


def handover_size(book: Book) -> int:
    """About how many bytes will be written to the stick."""
    with book.reading() as connection:
        return package_size(connection)


def export(book: Book, folder: Path, by: By, progress: Progress | None = None) -> Exported:
    """Write one package of the whole book into a folder.

    The book is checked first: a head that does not hold is never handed over. Raises Refused (the book's own check),
    KnownError (stick full, pulled, write-protected) and Cancelled; nothing half done stays behind.
    """
    with book.snapshot() as connection:
        broken = stopping(check_store(connection))
        if broken:
            raise Refused(broken)
        head = head_of(connection)
        newest = _newest_closed(connection)
        content = _content(book, connection, head, newest, by.day)
    name = f"{book.info.code}_{head.seq:06d}_{head.hash[:8]}{PACKAGE_SUFFIX}"
    sha256 = write(folder / name, content, device_seed(book), progress)
    try:
        with book.writing(by.actor, by.at) as writing:
            writing.log(
                "package.made",
                {
                    "name": name,
                    "sha256": sha256,
                    "head_seq": head.seq,
                    "head_hash": head.hash,
                    "period": newest.number if newest else 0,
                },
                new_id(),
                "exports",
            )
    except BaseException:
        (folder / name).unlink(missing_ok=True)  # a package the book knows nothing of never leaves the house
        raise
    return Exported(folder / name, sha256, head, head.seq)


def write(path: Path, content: PackageContent, seed: bytes, progress: Progress | None) -> str:
    from villagebook.exchange.package import write_package

    return write_package(path, content, seed, progress=progress)


def _newest_closed(connection: Connection) -> Period | None:
    states = periods.period_states(connection)
    return max((p for p, s in states.items() if s != "open"), default=None)


def _content(
    book: Book, connection: Connection, head: Head, newest: Period | None, day: date
) -> PackageContent:
    info = book.info
    last_day = periods.last_booked(connection)
    last = max([info.start, *([Period.of(last_day)] if last_day else [])])
    span = Span(info.start, last)
    debit_fen, credit_fen, vouchers = ledger.control_totals(connection)
    manifest = {
        "village": info.village,
        "code": info.code,
        "book_id": info.book_id,
        "mode": info.mode.value,
        "from": str(span.first),
        "to": str(span.last),
        "closed_to": str(newest) if newest else "",
        "program": __version__,
        "ruleset": RULESET,
        "head": {"seq": head.seq, "hash": head.hash},
        "totals": {"vouchers": vouchers, "debit_fen": debit_fen, "credit_fen": credit_fen},
    }
    return PackageContent(
        manifest,
        tuple(entry for _seq, _kind, entry, _hash in entries(connection)),
        objects.all_objects(connection),
        _extracts(book, span, day),
    )


def _extracts(book: Book, span: Span, day: date) -> dict[str, bytes]:
    """Readable without our program: CSV of every book and a text that says what is what."""
    made = {f"csv/{name}.csv": csv_bytes(report(book, span)) for name, report in ledgers.REPORTS.items()}
    text = _(
        "Village book package of {village} ({code}).\n"
        "csv/ holds the books from {first} to {last}, amounts in yuan, UTF-8.\n"
        "events.jsonl is the book itself: one entry a line, each chained to the one before.\n"
        "package-format.md describes the file for those who read it without our program, events.csv names every kind of entry.\n"
        "objects/ holds scans and photos, named by their SHA-256.\n"
        "One signature at the end of the file covers every byte; check it with: villagebook verify FILE\n"
    )
    filled = text.format(village=book.info.village, code=book.info.code, first=span.first, last=span.last)
    made["package-format.md"] = paths.package_format().read_bytes()
    made["events.csv"] = csv_bytes(event_words.kinds_table())
    made["keys.csv"] = csv_bytes(key_words.keys_table(book, day))
    made["readme.txt"] = b"\xef\xbb\xbf" + filled.encode("utf-8")
    return made


def device_seed(book: Book) -> bytes:
    """The key of this computer for this book: it signs packages, proves continuity, and is no official's key.

    Kept in the person's own folder, never in the book or a package; made on first use.
    """
    from villagebook.exchange import signing as crypto

    path = paths.user_dir() / "device-keys" / f"{book.info.book_id}.key"
    if path.is_file() and len(path.read_bytes()) == 32:
        return path.read_bytes()
    seed = crypto.new_key()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(fd, seed)
        os.fsync(fd)
    finally:
        os.close(fd)
    return seed


def exports(book: Book) -> tuple[periods.ExportEntry, ...]:
    """Packages made so far, newest first."""
    with book.reading() as connection:
        return periods.exports(connection)


def device_fingerprint(book: Book) -> str:
    """What the township compares with its trust list."""
    from villagebook.exchange import signing as crypto

    return crypto.key_id(crypto.public_key(device_seed(book)))


__all__ = [
    "Exported",
    "Finding",
    "device_fingerprint",
    "device_seed",
    "export",
    "exports",
    "handover_size",
]
