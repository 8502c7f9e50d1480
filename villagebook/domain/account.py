"""The chart of accounts as values; the chart itself is data in resources/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

CASH = "101"
BANK = "102"
MONEY_ACCOUNTS = (CASH, BANK)
MEMBERS = "113"
PENDING = "181"
WORKS = "153"
"""Works under construction."""

PAYABLES = "211"
RESERVE = "311"
YEAR_RESULT = "321"
DISTRIBUTION = "322"
_RESULT_DIGITS = ("4", "5")
MAX_DEPTH = 4
"""Levels of sub-accounts under an account of the chart."""

LONGEST_NAME = 40
"""Characters of a sub-account's name; a longer one fits no column of a voucher, not even in three lines."""

_SUB_CODE = re.compile(r"\d\d|\.[0-9]{1,6}")


def is_result(code: str) -> bool:
    """True for income and expense, costs included, by the code alone: group 4 and 5 of the 2023 chart and what is below."""
    return code[:1] in _RESULT_DIGITS


class Side(StrEnum):
    """The side on which an account's balance normally stands; BOTH for two-sided ones (113, 154, 181)."""

    DEBIT = "debit"
    CREDIT = "credit"
    BOTH = "both"


class Category(StrEnum):
    """The five groups of the 2023 chart; values are the words of the rule itself."""

    ASSET = "资产"
    LIABILITY = "负债"
    EQUITY = "所有者权益"
    COST = "成本"
    RESULT = "损益"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of the chart.

    `parent` is the code of the account above ("" for a top account); money may be booked on leaves only.
    `disabled` accounts keep their history and take no new bookings.
    """

    code: str
    name: str
    name_en: str
    category: Category
    side: Side
    parent: str = ""
    disabled: bool = False

    @property
    def is_money(self) -> bool:
        """Cash on hand or bank deposits, or a sub-account of them: booked only through money places."""
        return self.code[:3] in MONEY_ACCOUNTS

    @property
    def is_income(self) -> bool:
        """501-504: what the collective earns."""
        return self.category is Category.RESULT and self.side is Side.CREDIT

    @property
    def is_expense(self) -> bool:
        """511-521 and the cost account 401."""
        return self.category is Category.COST or (
            self.category is Category.RESULT and self.side is Side.DEBIT
        )

    def title(self, language: str) -> str:
        """Name in the screen's language."""
        return self.name_en if language == "en" and self.name_en else self.name

    def to_data(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "name": self.name,
            "name_en": self.name_en,
            "category": self.category.value,
            "side": self.side.value,
            "parent": self.parent,
        }

    @classmethod
    def from_data(cls, data: dict[str, Any], *, disabled: bool = False) -> Account:
        return cls(
            data["code"],
            data["name"],
            data["name_en"],
            Category(data["category"]),
            Side(data["side"]),
            data["parent"],
            disabled,
        )


class Chart:
    """All accounts of a book, by code; immutable after making."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._by_code = {a.code: a for a in accounts}
        self._parents = {a.parent for a in self._by_code.values() if a.parent}

    def get(self, code: str) -> Account | None:
        return self._by_code.get(code)

    def __getitem__(self, code: str) -> Account:
        return self._by_code[code]

    def __contains__(self, code: object) -> bool:
        return code in self._by_code

    def __iter__(self) -> Iterator[Account]:
        return iter(self._by_code.values())

    def __len__(self) -> int:
        return len(self._by_code)

    @cached_property
    def results(self) -> frozenset[str]:
        """Codes of income and expense, costs included."""
        return frozenset(a.code for a in self if a.is_income or a.is_expense)

    def is_leaf(self, code: str) -> bool:
        """True when the account may be booked on."""
        return code in self._by_code and code not in self._parents

    def below(self, code: str) -> tuple[Account, ...]:
        """The sub-accounts one level down."""
        return tuple(a for a in self._by_code.values() if a.parent == code)

    def depth(self, code: str) -> int:
        """How many accounts stand above: 0 for an account of the chart itself."""
        count, account = 0, self._by_code.get(code)
        while account is not None and account.parent:
            count, account = count + 1, self._by_code.get(account.parent)
        return count

    def top(self, code: str) -> str:
        """The account of the chart itself that this one stands under, or is; a code that is not here stands alone."""
        account = self._by_code.get(code)
        while account is not None and account.parent:
            code, account = account.parent, self._by_code.get(account.parent)
        return code

    def leaf_named(self, code: str, name: str) -> str:
        """Where to book under an account: itself when it is a leaf, else its sub-account of this name; "" for none."""
        if self.is_leaf(code):
            return code
        fitting = (a.code for a in self.below(code) if a.name == name and self.is_leaf(a.code))
        return next(fitting, "")

    def next_code(self, parent: str, taken: Iterable[str] = ()) -> str:
        """The first free code of two digits under an account, "" when all are used."""
        used = {*self._by_code, *taken}
        return next((code for n in range(1, 100) if (code := f"{parent}{n:02d}") not in used), "")

    def find(self, text: str) -> Account | None:
        """By exact code or exact Chinese or English name; None when nothing or more than one fits."""
        text = text.strip()
        if text in self._by_code:
            return self._by_code[text]
        hits = [a for a in self._by_code.values() if text and text in (a.name, a.name_en)]
        return hits[0] if len(hits) == 1 else None


def fits_under(code: str, parent: str) -> bool:
    """A sub-account is called its parent and two digits, or its parent, a point and up to six digits."""
    return code.startswith(parent) and bool(_SUB_CODE.fullmatch(code[len(parent) :]))
