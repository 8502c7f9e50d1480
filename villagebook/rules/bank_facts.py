"""What a bank account and the book do not agree about, as rules see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.reconciliation import OpenItem


@dataclass(frozen=True, slots=True)
class BankFacts:
    """One account whose statements the book holds, at the close of their last day.

    `items` are open on one side only; `differing` pairs a row and a voucher that name the same paper with two amounts:
    (text, bank fen, book fen, voucher id).
    """

    account: str
    until: date
    items: tuple[OpenItem, ...]
    differing: tuple[tuple[str, int, int, str], ...] = ()
