"""What can be held against an invoice without a network: its number, its sums, its words, another invoice (audit_checks.md section 6)."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from villagebook.domain.invoice import DIGITAL_LENGTH, Invoice, InvoiceKind, invoice_key, plain
from villagebook.domain.numerals import capital_amount

ROUNDING_FEN = 1
"""Net, tax and other charges may miss the total by the cent that rounding line by line leaves."""


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
