"""A file an invoice came in: read without a network, kept exactly as it came, turned into an invoice of a document.

Reading needs no book and may run on any thread; keeping is quick.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from villagebook.domain.booked_invoice import BookedInvoice, reading
from villagebook.domain.document import Attachment
from villagebook.domain.errors import KnownError
from villagebook.domain.folding import name_key
from villagebook.domain.invoice import STRANGER, Carrier, Invoice
from villagebook.i18n import _, why
from villagebook.services import files
from villagebook.storage import registry
from villagebook.storage.book import Book


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found in one file. `data` is what the book will keep: the very bytes, or a photo made smaller.

    `invoices` is empty when nothing in it can be read by a machine; then it is a paper like any other.
    """

    name: str
    data: bytes
    media_type: str
    invoices: tuple[BookedInvoice, ...]


def look(path: Path) -> Looked:
    """Raises KnownError: cannot be read, larger than 40 MB, damaged, hostile (the sentence says which)."""
    try:
        if path.stat().st_size > files.MAX_BYTES:
            raise KnownError(
                _("{name} is larger than 40 MB.").format(name=path.name), _("Scan it in lower resolution.")
            )
        data = path.read_bytes()
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    return look_at(data, path.name)


def look_at(data: bytes, name: str) -> Looked:
    """As `look`, of bytes at hand."""
    from villagebook.exchange.invoices.reader import read_invoice_file
    from villagebook.exchange.photos import shrunk_photo

    try:
        found = read_invoice_file(data)
        media_type = _media_type(data)
        kept = data
        if media_type == _PICTURE:
            kept, media_type = shrunk_photo(data)
    except KnownError as error:
        raise KnownError(f"{name}: {error.text}", error.hint) from None
    papers = tuple(_booked(i, _seen(i, found.seen)) for i in found.invoices)
    return Looked(name, kept, media_type, papers)


_PICTURE = "image"


def _media_type(data: bytes) -> str:
    """What the first bytes say, never the name."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data.startswith(b"PK"):
        return "application/ofd"
    if start.startswith(b"%PDF-"):
        return "application/pdf"
    if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
        return "application/xml"
    return _PICTURE


def _seen(invoice: Invoice, codes: tuple[Invoice, ...]) -> tuple[Invoice, ...]:
    """The codes on the pages that are of this invoice; of a single code it is said also where its number differs."""
    own = tuple(c for c in codes if c.key == invoice.key)
    return own or (codes if len(codes) == 1 else ())


def _booked(invoice: Invoice, seen: tuple[Invoice, ...]) -> BookedInvoice:
    carriers = (invoice, *(c for c in seen if c != invoice))
    return BookedInvoice(replace(invoice, carrier=Carrier.TYPED), readings=tuple(map(reading, carriers)))


def keep(book: Book, looked: Looked) -> tuple[Attachment, tuple[BookedInvoice, ...]]:
    """Put the file into the book, and every invoice of it with the file's hash. No event: the document names both.

    A passenger's name goes along only where somebody of the village's list has it.
    """
    with book.scribbling() as connection:
        kept = files.keep_file(connection, looked.data, looked.media_type, looked.name)
        known = [p.name for p in registry.read_staff(connection).persons.values()]
    made = (replace(paper, told=_known_passenger(paper.told, known)) for paper in looked.invoices)
    return kept, tuple(replace(paper, sha256=kept.sha256) for paper in made)


def _known_passenger(told: Invoice, known: Iterable[str]) -> Invoice:
    journey = told.journey
    if journey is None or not journey.passenger:
        return told
    name = next((n for n in known if name_key(n) == name_key(journey.passenger)), STRANGER)
    return replace(told, journey=replace(journey, passenger=name))
