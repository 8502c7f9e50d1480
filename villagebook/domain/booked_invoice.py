"""An invoice behind a document: what it says, what its file and its code say, and what became of it in the book.

Nothing here is ever called verified. Offline a book knows whether a number was used, not whether an invoice is genuine;
only the township, at the tax site, can ask that, and its answer is kept with day and name (V24).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.invoice import DIGITAL_LENGTH, Carrier, Invoice, InvoiceKind, invoice_key, plain
from villagebook.domain.invoice_checks import disagreements

CHECK_TAIL = 6
"""Figures of the check code that the tax site asks for."""

NOT_ASKED = frozenset({InvoiceKind.TICKET, InvoiceKind.RAIL_PAPER})
"""Kinds no site can be asked about."""


@dataclass(frozen=True, slots=True)
class BookedInvoice:
    """One invoice of a document.

    Attributes:
        told: what the document says of it: typed, or taken from its file.
        sha256: of the original file, kept exactly as it came; "" when there is only paper.
        readings: what the file and the code on the picture say, each with its carrier, cut to what is compared.
        listed_fen: what the attached list of items adds up to, None without a list.
    """

    told: Invoice
    sha256: str = ""
    readings: tuple[Invoice, ...] = ()
    listed_fen: int | None = None

    @property
    def carrier(self) -> Carrier:
        """The most trusted carrier that was read; TYPED without any."""
        return max((r.carrier for r in self.readings), default=Carrier.TYPED)

    def to_data(self) -> dict[str, Any]:
        data: dict[str, Any] = {"told": self.told.to_data()}
        if self.sha256:
            data["sha256"] = self.sha256
        if self.readings:
            data["readings"] = [r.to_data() for r in self.readings]
        if self.listed_fen is not None:
            data["listed_fen"] = self.listed_fen
        return data

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> BookedInvoice:
        """Raises KeyError, TypeError or ValueError when the data is none."""
        return cls(
            Invoice.from_data(data["told"]),
            data.get("sha256", ""),
            tuple(Invoice.from_data(r) for r in data.get("readings", ())),
            data.get("listed_fen"),
        )

    def differences(self) -> tuple[tuple[Carrier, str, str, str], ...]:
        """(carrier, field, as told, as read) wherever a reading says something else (V12, V13)."""
        return tuple((r.carrier, *found) for r in self.readings for found in disagreements(self.told, r))


def reading(invoice: Invoice) -> Invoice:
    """Of what a carrier says only what is compared; items, words and travel stay in the file."""
    return replace(
        invoice,
        net_fen=None,
        tax_fen=None,
        charges_fen=0,
        total_words="",
        items=(),
        journey=None,
        check_code="",
    )


def take(invoice: BookedInvoice, field: str) -> BookedInvoice:
    """With one field as the most trusted reading that tells it has it."""
    for one in sorted(invoice.readings, key=lambda r: -r.carrier):
        if getattr(one, field) not in ("", None):
            return replace(invoice, told=replace(invoice.told, **{field: getattr(one, field)}))
    return invoice


def named_only(support: str, support_no: str) -> Invoice | None:
    """The digital invoice a document names in its paper's number alone; None when the number has not its twenty digits.

    So a number counts as used (V2) also where nobody entered the invoice itself.
    """
    number = plain(support_no)
    if support != "invoice" or not re.fullmatch(rf"[0-9]{{{DIGITAL_LENGTH}}}", number):
        return None
    return Invoice(InvoiceKind.DIGITAL, number)


class InvoiceState(StrEnum):
    """What the book did with an invoice. WAITING and BOOKED hold its number; REVERSED and FREED let it go, visibly."""

    WAITING = "waiting"
    BOOKED = "booked"
    REVERSED = "reversed"
    FREED = "freed"

    @property
    def holds(self) -> bool:
        return self in (InvoiceState.WAITING, InvoiceState.BOOKED)


class Result(StrEnum):
    """What the township found at the tax site. UNASKED is no result: nobody has asked yet."""

    UNASKED = "unasked"
    AGREES = "agrees"
    DIFFERS = "differs"
    UNKNOWN = "unknown"
    RED = "red"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class InvoiceCheck:
    """An answer of the tax site, as the township wrote it down. `note` is its own words or the reference of its file."""

    key: str
    result: Result
    checked_on: date
    person: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class KnownInvoice:
    """An invoice the book has seen.

    Attributes:
        items: the names of its items, joined.
        booked_on: the voucher's day, that of the document while it waits.
        label: the voucher's word and number, "" while it waits.
        handler: person id of whoever handed it in.
    """

    invoice: Invoice
    items: str
    sha256: str
    document_id: str
    line: int
    state: InvoiceState
    booked_on: date
    party: str
    summary: str
    voucher_id: str
    label: str
    handler: str = ""

    @property
    def where(self) -> str:
        """How a sentence names the place it was used."""
        return f"{self.booked_on.isoformat()} {self.label or self.summary or self.party}".strip()

    @property
    def target(self) -> str:
        """The voucher, or the document that waits."""
        return f"voucher:{self.voucher_id}" if self.voucher_id else f"document:{self.document_id}"


def check_tail(invoice: Invoice) -> str:
    """The last six of the check code of older kinds, "" for those that have none."""
    return plain(invoice.check_code)[-CHECK_TAIL:]


def key_of(written: str) -> str:
    """The key of `code number`, `code-number` or a number alone, as a results file or a person writes it."""
    parts = [p for p in re.split(r"[\s,;/_-]+", written.strip()) if p]
    return invoice_key(parts[0], parts[1]) if len(parts) == 2 else plain("".join(parts))
