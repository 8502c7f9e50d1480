"""Invoices and tickets: what one says, and what can be held against it without a network (audit_checks.md section 6).

Nothing here proves that an invoice is genuine; only the tax site knows. Personal data of travellers is not kept: it stays
in the original file.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import IntEnum, StrEnum
from typing import Any

from villagebook.domain.numerals import capital_amount

DIGITAL_LENGTH = 20
ROUNDING_FEN = 1
"""Net, tax and other charges may miss the total by the cent that rounding line by line leaves."""


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


_FORMS: dict[InvoiceKind, tuple[str, str]] = {
    InvoiceKind.DIGITAL: (r"", r"[0-9]{20}"),
    InvoiceKind.RAIL: (r"", r"[0-9]{20}"),
    InvoiceKind.AIR: (r"", r"[0-9]{20}"),
    InvoiceKind.VAT_SPECIAL: (r"[0-9]{10}", r"[0-9]{8}"),
    InvoiceKind.VAT_ORDINARY: (r"[0-9]{10}|[0-9]{12}", r"[0-9]{8}"),
    InvoiceKind.VAT_E_ORDINARY: (r"0[0-9]{11}", r"[0-9]{8}"),
    InvoiceKind.FISCAL: (r"[0-9]{8}", r"[0-9]{10}"),
    InvoiceKind.RAIL_PAPER: (r"", r"[0-9A-Z]{6,21}"),
    InvoiceKind.TICKET: (r"[0-9A-Z-]{0,20}", r"[0-9A-Z-]{1,20}"),
}
"""(code, number) by kind."""


def has_form(invoice: Invoice) -> bool:
    """Whether code and number have the digits of their kind (V1)."""
    code, number = _FORMS[invoice.kind]
    return bool(re.fullmatch(code, plain(invoice.code)) and re.fullmatch(number, plain(invoice.number)))


def kind_of_number(code: str, number: str) -> InvoiceKind | None:
    """The kind code and number look like, None when no kind has this form. Rail and air look like any digital one."""
    told = Invoice(InvoiceKind.DIGITAL, number, code)
    order = (
        InvoiceKind.DIGITAL,
        InvoiceKind.VAT_E_ORDINARY,
        InvoiceKind.VAT_ORDINARY,
        InvoiceKind.VAT_SPECIAL,
        InvoiceKind.FISCAL,
    )
    return next((k for k in order if has_form(replace(told, kind=k))), None)


def year_in_number(invoice: Invoice) -> int | None:
    """The year the number was given out, None when its kind does not tell (V4)."""
    code, number = plain(invoice.code), plain(invoice.number)
    if not has_form(invoice):
        return None
    if len(number) == DIGITAL_LENGTH:
        return 2000 + int(number[:2])
    return 2000 + int(code[5:7]) if invoice.kind is InvoiceKind.VAT_E_ORDINARY else None


def province_in_number(invoice: Invoice) -> str:
    """The two digits of the province-level tax office, "" when the kind does not tell (V5)."""
    number = plain(invoice.number)
    return number[2:4] if len(number) == DIGITAL_LENGTH and has_form(invoice) else ""


def total_gap_fen(invoice: Invoice) -> int | None:
    """Total less net, tax and charges; None when one of them is not told (V6)."""
    if invoice.total_fen is None or invoice.net_fen is None or invoice.tax_fen is None:
        return None
    return invoice.total_fen - invoice.net_fen - invoice.tax_fen - invoice.charges_fen


_SAME_WORDS = str.maketrans({"圆": "元", "正": "整", "两": "贰"})


def words_agree(invoice: Invoice) -> bool | None:
    """Whether the capital words say the total; None when one of them is not told (V6)."""
    if invoice.total_fen is None or not invoice.total_words:
        return None
    told = "".join(unicodedata.normalize("NFKC", invoice.total_words).split()).translate(_SAME_WORDS)
    told = re.sub(r"^[(\[]?(负数|负)[)\]]?", "负", told.lstrip("⊗¥")).lstrip("⊗")
    return _bare(told) == _bare(capital_amount(invoice.total_fen))


def _bare(words: str) -> str:
    """Without what one writer puts and another leaves out: the 整 at the end, the 零 before 角."""
    return words.replace("整", "").replace("零", "")


_CREDIT = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code_holds(code: str) -> bool:
    """The check character of a unified credit code of 18 (GB 32100)."""
    code = plain(code)
    if not re.fullmatch(r"[0-9A-HJ-NPQRTUWXY]{18}", code):
        return False
    total = sum(_CREDIT.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CREDIT[(31 - total % 31) % 31] == code[17]


def person_id_holds(number: str) -> bool:
    """The check digit of a citizen's number of 18 (GB 11643). The number itself is never kept."""
    number = plain(number)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        return False
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(n) * w for n, w in zip(number, weights, strict=False)) % 11] == number[17]


def is_near(one: str, other: str) -> bool:
    """Numbers of one length that differ by a single swap of neighbours or a single digit (V3)."""
    a, b = plain(one), plain(other)
    if a == b or len(a) != len(b):
        return False
    places = [i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y]
    if len(places) == 1:
        return True
    return (
        len(places) == 2
        and places[1] == places[0] + 1
        and a[places[0]] == b[places[1]]
        and a[places[1]] == b[places[0]]
    )


def near_keys(invoice: Invoice) -> tuple[str, ...]:
    """Every key whose number is `is_near` this one: few enough to be looked up one by one, in however large a book."""
    number = plain(invoice.number)
    found: dict[str, None] = {}
    for place, digit in enumerate(number):
        if digit.isdigit():
            others = (n for n in "0123456789" if n != digit)
            found.update(dict.fromkeys(number[:place] + n + number[place + 1 :] for n in others))
        if place and number[place - 1] != digit:
            found[number[: place - 1] + digit + number[place - 1] + number[place + 1 :]] = None
    series = invoice.series
    return tuple(invoice_key(series, n) for n in found)


def is_swapped(one: str, other: str) -> bool:
    """True for numbers that differ by two neighbouring digits in each other's place: how a hand mistypes (V3)."""
    return is_near(one, other) and sorted(plain(one)) == sorted(plain(other))


def serial_gap(one: Invoice, other: Invoice) -> int | None:
    """How far the running numbers lie apart when both come from the same batch or channel; None when not comparable (V10)."""
    if one.kind is not other.kind or not (has_form(one) and has_form(other)):
        return None
    a, b = plain(one.number), plain(other.number)
    if len(a) == DIGITAL_LENGTH:
        return abs(int(a[5:]) - int(b[5:])) if a[:5] == b[:5] else None
    return (
        abs(int(a) - int(b)) if plain(one.code) == plain(other.code) and a.isdigit() and b.isdigit() else None
    )


def disagreements(one: Invoice, other: Invoice) -> tuple[tuple[str, str, str], ...]:
    """(field, here, there) where two readings of one invoice both tell something and differ (V12, V13)."""
    found = []
    for field in ("code", "number", "issued_on", "seller", "seller_id", "buyer", "buyer_id", "total_fen"):
        a, b = getattr(one, field), getattr(other, field)
        if a in ("", None) or b in ("", None):
            continue
        same = plain(a) == plain(b) if isinstance(a, str) and isinstance(b, str) else a == b
        if not same:
            found.append((field, str(a), str(b)))
    return tuple(found)
