"""What a key signs, shown as it is hashed: the exact bytes, and every field in them in words."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from villagebook.domain.account import Chart
from villagebook.domain.canonical import canonical, read_canonical
from villagebook.domain.document import SpendKind, Support
from villagebook.domain.invoice import InvoiceKind
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.people import Staff
from villagebook.domain.place import Places
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.services.invoicing import invoice_words
from villagebook.services.names import kind_title, link_kind_title, spend_title, support_title
from villagebook.services.registers.register_words import field_name
from villagebook.storage import keys as store
from villagebook.storage import registry
from villagebook.storage.book import Book

FIELDS = {
    "kind": N_("Kind"),
    "summary": N_("Summary"),
    "party": N_("With"),
    "amount_fen": N_("Amount"),
    "booked_on": N_("Day of the document"),
    "place": N_("Money from"),
    "to_place": N_("Money to"),
    "items": N_("Item"),
    "lines": N_("Line"),
    "support": N_("Supporting document"),
    "support_no": N_("Number of the paper"),
    "paper_count": N_("Papers attached"),
    "attachments": N_("File"),
    "sha256": N_("Hash"),
    "media_type": N_("Kind of file"),
    "event_on": N_("Day of the matter"),
    "receipt_no": N_("Receipt no."),
    "receipts": N_("Receipts"),
    "handler": N_("Handler"),
    "payee_person": N_("Payee"),
    "payee_account": N_("Name of the account paid"),
    "spend_kind": N_("Kind of spending"),
    "excuse": N_("Reason recorded"),
    "invoices": N_("Invoice"),
    "number": N_("Number"),
    "giver": N_("Giver"),
    "taker": N_("Taker"),
    "overseer": N_("Overseer"),
    "parts": N_("Part"),
    "remark": N_("Remark"),
    "links": N_("Belongs to"),
    "unit_price_fen": N_("Unit price"),
    "due_on": N_("Due on"),
    "corrects": N_("Sets right the voucher"),
    "permit": N_("Permit"),
    "resolution_item": N_("Item of the resolution"),
    "id_tail": N_("Last figures of the id number"),
    "trip": N_("Journey"),
    "pay_list": N_("List of payees"),
    "enclosed": N_("Papers enclosed"),
    "no_invoice": N_("Why there is no invoice"),
    "village": N_("Village"),
    "period": N_("Period"),
    "id": N_("Number of the content"),
}
"""Fields of what can be signed, in the order in which they are read; one without a title stands by its own name, so that
nothing is left out."""

_ORDER = {name: at for at, name in enumerate(FIELDS)}


@dataclass(frozen=True, slots=True)
class Shown:
    """The bytes that are hashed, their SHA-256 in hex, and a table made out of these very bytes."""

    data: bytes
    sha256: str
    table: Table

    @property
    def mark(self) -> str:
        """The hash in groups, its first 16 digits."""
        return "-".join(self.sha256[i : i + 4] for i in range(0, 16, 4))


def content_shown(book: Book, subject: str) -> Shown | None:
    """What lies under a subject to be signed; None when the book holds nothing of that id."""
    with book.reading() as connection:
        found = store.content_of(connection, subject)
        names = _Names(
            registry.read_staff(connection), registry.read_places(connection), registry.read_chart(connection)
        )
    if found is None:
        return None
    data = canonical(found[1])
    columns = (Column("what", _("What"), Shape.TEXT, 14), Column("value", _("Value"), Shape.TEXT, 26))
    rows = tuple(_rows(read_canonical(data), names))  # out of the bytes, never out of what they were made of
    return Shown(data, hashlib.sha256(data).hexdigest(), Table("shown", "", "", columns, rows))


@dataclass(frozen=True, slots=True)
class _Names:
    """What stands in the bytes as a code and is read as a name."""

    staff: Staff
    places: Places
    chart: Chart


def _rows(value: Any, names: _Names, path: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """Every field that says something; empty ones say nothing, and stand in the bytes all the same."""
    if isinstance(value, dict):
        for name, inner in sorted(value.items(), key=lambda i: (_ORDER.get(i[0], len(_ORDER)), i[0])):
            yield from _rows(inner, names, (*path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _rows(inner, names, (*path, str(number)))
    elif value not in ("", None, False, 0):
        yield " ".join(_title(p) for p in path), _text(path[-1] if path else "", value, names)


def _title(field: str) -> str:
    return _(FIELDS[field]) if field in FIELDS else field_name(field)


def _text(field: str, value: Any, names: _Names) -> str:
    if isinstance(value, bool):
        return _("yes")
    if isinstance(value, int) and field.endswith("_fen"):
        return yuan_text(value)
    if not isinstance(value, str):
        return str(value)
    if word := _word(field, value):
        return word
    account, place = names.chart.get(value), names.places.get(value)
    if field == "account" and account is not None:
        return f"{value} {account.name}"
    if field in ("place", "to_place") and place is not None:
        return f"{value} {place.name}"
    return names.staff.name(value)


def _word(field: str, value: str) -> str:
    """What a code of the program is called, "" for what people wrote."""
    if field == "support" and value in list(Support):
        return support_title(Support(value))
    if field == "spend_kind" and value in list(SpendKind):
        return spend_title(SpendKind(value))
    if field != "kind":
        return ""
    if value in list(DocKind):
        return kind_title(DocKind(value))
    if value in list(LinkKind):
        return link_kind_title(LinkKind(value))
    return _(invoice_words.KINDS[InvoiceKind(value)]) if value in list(InvoiceKind) else ""
