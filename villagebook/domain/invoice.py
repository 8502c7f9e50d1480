"""Invoices and tickets: what one says.

Nothing here proves that an invoice is genuine; only the tax site knows. Personal data of travellers is not kept: it stays
in the original file.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, fields
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

DIGITAL_LENGTH = 20


class InvoiceKind(StrEnum):
    """Kinds with a form of number of their own (audit_checks.md 6)."""

    DIGITAL = "digital"
    RAIL = "rail"
    AIR = "air"
    VAT_SPECIAL = "vat-special"
    VAT_ORDINARY = "vat-ordinary"
    VAT_E_ORDINARY = "vat-e-ordinary"
    FISCAL = "fiscal"
    RAIL_PAPER = "rail-paper"
    """The red or blue slip of a station; no support for trips after its last day (V19)."""
    TICKET = "ticket"
    """Bus tickets and other printed slips of fixed value: no form of number is known."""


class Carrier(IntEnum):
    """Where the figures were read from; the higher, the more they are trusted (interfaces.md 4)."""

    TYPED = 0
    QR = 1
    OFD_CUSTOM = 2
    OFD_TAGS = 3
    XBRL = 4
    XML = 5


@dataclass(frozen=True, slots=True)
class InvoiceItem:
    """One line of an invoice. `rate` is text as printed ("0.06", "6%", "免税"); amounts in fen, None when not told."""

    name: str
    amount_fen: int | None = None
    tax_fen: int | None = None
    quantity: str = ""
    unit: str = ""
    rate: str = ""

    def to_data(self) -> dict[str, Any]:
        return _lean(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> InvoiceItem:
        return cls(**data)


STRANGER = "?"
"""In place of a passenger's name that nobody of the village's list has: it is not kept."""


@dataclass(frozen=True, slots=True)
class Journey:
    """The trip on a rail, air or bus ticket. `travelled_on` is None when the ticket does not say; `seat` is the class.

    `passenger` is the name on a ticket's file: as it stands there while the file is read, and in a book only where somebody
    of the village's list has it, else `STRANGER`; "" where no file tells.
    """

    origin: str = ""
    destination: str = ""
    travelled_on: date | None = None
    vehicle: str = ""
    seat: str = ""
    passenger: str = ""

    def to_data(self) -> dict[str, Any]:
        return _lean(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Journey:
        return cls(**{**data, "travelled_on": _day(data, "travelled_on")})


@dataclass(frozen=True, slots=True)
class Invoice:
    """What an invoice says; an amount is None and a text "" when its carrier does not tell.

    Attributes:
        code: the older kinds' 发票代码; empty for those of twenty digits.
        charges_fen: fees beside net and tax (airport fund, fuel).
        total_fen: what is paid, 价税合计; negative on a red one.
        red_of: number of the invoice a red one takes back.
        check_code: 校验码 of older kinds, for the question to the tax site.
    """

    kind: InvoiceKind
    number: str
    code: str = ""
    issued_on: date | None = None
    seller: str = ""
    seller_id: str = ""
    buyer: str = ""
    buyer_id: str = ""
    net_fen: int | None = None
    tax_fen: int | None = None
    charges_fen: int = 0
    total_fen: int | None = None
    total_words: str = ""
    items: tuple[InvoiceItem, ...] = ()
    is_red: bool = False
    red_of: str = ""
    check_code: str = ""
    journey: Journey | None = None
    carrier: Carrier = Carrier.TYPED

    @property
    def key(self) -> str:
        """What makes it the same invoice again: the number alone when it has twenty digits, else code and number (V2).

        Small tickets without a code are counted by each seller for itself.
        """
        return invoice_key(self.series, self.number)

    @property
    def series(self) -> str:
        """What its number counts within: the code, or the seller of a ticket that has none."""
        by_seller = self.kind is InvoiceKind.TICKET and not self.code.strip()
        return self.seller if by_seller else self.code

    def to_data(self) -> dict[str, Any]:
        """Only what is told: an invoice of which little is known is a short line in the log."""
        return _lean(self)

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Invoice:
        """Raises KeyError, TypeError or ValueError when the data is no invoice."""
        journey = data.get("journey")
        return cls(
            **{
                **data,
                "kind": InvoiceKind(data["kind"]),
                "issued_on": _day(data, "issued_on"),
                "items": tuple(InvoiceItem.from_data(i) for i in data.get("items", ())),
                "journey": Journey.from_data(journey) if journey else None,
                "carrier": Carrier(data.get("carrier", 0)),
            }
        )


def _lean(value: Any) -> dict[str, Any]:
    """The fields that say something, as canonical data."""
    made: dict[str, Any] = {}
    for field in fields(value):
        told = getattr(value, field.name)
        if (
            told is None
            or told == ""
            or told == ()
            or told is False
            or (field.name, told) == ("charges_fen", 0)
        ):
            continue
        if isinstance(told, tuple):
            told = [part.to_data() for part in told]
        elif isinstance(told, date):
            told = told.isoformat()
        elif isinstance(told, IntEnum):
            told = int(told)
        elif isinstance(told, StrEnum):
            told = told.value
        elif isinstance(told, Journey):
            told = told.to_data()
        made[field.name] = told
    return made


def _day(data: dict[str, Any], name: str) -> date | None:
    told = data.get(name)
    return date.fromisoformat(told) if told else None


def invoice_key(code: str, number: str) -> str:
    code, number = plain(code), plain(number)
    return number if len(number) == DIGITAL_LENGTH or not code else f"{code}-{number}"


def plain(text: str) -> str:
    """Half-width, upper case, figures of ours, no spaces and nothing that is not seen: as numbers are compared."""
    told = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if told.isascii():
        return told
    seen = (c for c in told if unicodedata.category(c) not in _UNSEEN)
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)


_UNSEEN = ("Cf", "Mn")
