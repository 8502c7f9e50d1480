"""One door for every file an invoice comes in: XML, OFD, PDF with an XML inside, a picture or PDF with a QR code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from villagebook.domain.errors import KnownError
from villagebook.domain.invoice import Invoice
from villagebook.exchange.invoices.digital import read_digital
from villagebook.exchange.invoices.ofd import BadOfd, read_ofd
from villagebook.exchange.invoices.qr import read_invoice_code
from villagebook.exchange.invoices.tickets import read_ticket
from villagebook.exchange.invoices.trees import BadXml, parse, without_signatures
from villagebook.i18n import N_, _

MAX_FILE = 64 * 1024 * 1024
MAX_EMBEDDED = 20
_BLANK = b"\xef\xbb\xbf \t\r\n"

_REASONS = {
    "size": N_("it is larger than an invoice can be"),
    "dtd": N_("it declares entities, which no invoice does"),
    "elements": N_("it has far more parts than an invoice"),
    "depth": N_("its parts are nested far deeper than an invoice's"),
    "form": N_("its XML is broken"),
    "zip": N_("the OFD file is damaged"),
    "members": N_("the OFD file holds far too many parts"),
    "bomb": N_("the OFD file unpacks to far more than an invoice"),
    "locked": N_("the OFD file is locked with a password"),
}


@dataclass(frozen=True, slots=True)
class InvoiceFile:
    """What one file says. `invoices` come from its most trusted carrier, `seen` from the QR codes on its pages."""

    invoices: tuple[Invoice, ...]
    seen: tuple[Invoice, ...] = ()


def read_invoice_file(data: bytes) -> InvoiceFile:
    """Read whatever kind the bytes are; a file without an invoice in it gives none.

    Raises:
        KnownError: damaged, hostile, locked or too large; the sentence says which.
    """
    if len(data) > MAX_FILE:
        raise _refused("size")
    start = data[:1024].lstrip(_BLANK)
    try:
        if data.startswith(b"PK"):
            return InvoiceFile(read_ofd(data))
        if start.startswith((b"<", b"\xff\xfe<", b"\xfe\xff\x00<")):
            return InvoiceFile(_from_tree(without_signatures(parse(data.lstrip(_BLANK)))))
        if start.startswith(b"%PDF-"):
            inside = tuple(i for part in _embedded(data) for i in _from_tree(without_signatures(parse(part))))
            return _with_codes(data, inside)
    except (BadXml, BadOfd) as error:
        raise _refused(error.reason) from None
    return _with_codes(data, ())


def _from_tree(root: Element) -> tuple[Invoice, ...]:
    ticket = read_ticket(root)
    return (ticket,) if ticket else read_digital(root)


def _with_codes(data: bytes, inside: tuple[Invoice, ...]) -> InvoiceFile:
    from villagebook.exchange.photos import read_photo

    seen = tuple(i for i in map(read_invoice_code, read_photo(data).texts) if i)
    return InvoiceFile(inside or seen, seen)


def _embedded(data: bytes) -> Iterator[bytes]:
    """XML files embedded in a PDF; their names are not used."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError:
        return  # damaged or locked: the reader of pictures says so in its own words
    try:
        for index in range(min(document.count_attachments(), MAX_EMBEDDED)):
            part = bytes(document.get_attachment(index).get_data()).lstrip(_BLANK)
            if part.startswith(b"<"):
                yield part
    except pypdfium2.PdfiumError:
        return
    finally:
        document.close()


def best(found: InvoiceFile) -> Invoice | None:
    """The invoice of a file that holds one; None when it holds none or several."""
    return found.invoices[0] if len(found.invoices) == 1 else None


def _refused(reason: str) -> KnownError:
    return KnownError(
        _("This file cannot be read as an invoice: {why}.").format(why=_(_REASONS[reason])),
        _("Ask the seller for the original XML or OFD file, or photograph the paper."),
    )
