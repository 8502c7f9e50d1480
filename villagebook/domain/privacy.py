"""What of a person may hang on a board: numbers are masked, private sellers stand with their surname (disclosure.md section 8)."""

from __future__ import annotations

import re

_GAP = "[ \u3000\u00a0·.－—–-]"

NUMBERS = (
    re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)"),  # id, 18 signs
    re.compile(r"(?<!\d)(?:\d{19}|\d{17}|\d{16})(?!\d)"),  # bank cards
    re.compile(r"(?<!\d)\d{15}(?!\d)"),  # id of the old form
    re.compile(r"(?<!\d)[1\uff11][3-9\uff13-\uff19]\d{9}(?!\d)"),  # mobile telephone
    re.compile(rf"(?<!\d)\d{{6}}{_GAP}\d{{8}}{_GAP}\d{{3}}[\dXx](?!\d)"),  # the same three, in the groups
    re.compile(rf"(?<!\d)\d{{4}}(?:{_GAP}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?(?!\d)"),  # in which people
    re.compile(rf"(?<!\d)[1\uff11][3-9\uff13-\uff19]\d{_GAP}\d{{4}}{_GAP}\d{{4}}(?!\d)"),  # write them
)
"""Personal numbers by their form. Invoices of 20 digits, receipts and advices of other lengths are none."""

_KEPT = 2

MASKED = re.compile(r"\*{9,}[\dXx]{2}")
"""What `mask_numbers` leaves behind."""


def mask_numbers(text: str) -> str:
    """Personal numbers with all but their last two figures starred; everything else as it is."""
    for pattern in NUMBERS:
        text = pattern.sub(lambda m: "*" * (len(m.group()) - _KEPT) + m.group()[-_KEPT:], text)
    return text


def mask_person(name: str) -> str:
    """A private person by surname alone: 许春雷 -> 许某. A single character stays."""
    return name[:1] + "某" if len(name) > 1 else name


def has_id_number(text: str) -> bool:
    """True where a number of an identity card stands, of the old form or the new."""
    return any(pattern.search(text) for pattern in (NUMBERS[0], NUMBERS[2]))


def mask_account(number: str) -> str:
    """The number of a bank account with all but its last four figures starred; short ones wholly."""
    bare = "".join(number.split())
    return "*" * max(len(bare) - 4, 0) + bare[-4:] if len(bare) > 8 else "*" * len(bare)
