"""Columns of text become columns of values, each different text read only once.

A year of vouchers has some hundred different dates and accounts but a hundred thousand cells; so every column is
read through a table of its different texts, and what cannot be read is noted for every row that holds it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any, TypeVar, cast

from villagebook.domain.account import Account, Chart
from villagebook.domain.dates import DateError, parse_foreign_date
from villagebook.domain.money import AmountError, parse_yuan
from villagebook.domain.period import Period
from villagebook.domain.place import Place, Places
from villagebook.domain.voucher import DocKind
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import Located
from villagebook.exchange.totals import TotalRow, check_totals, total_row

T = TypeVar("T")

_NUMBER = re.compile(r"(\D*?)[-—_\s]*(\d{1,9})(?:\.0+)?\s*号?")
_PLAIN_AMOUNT = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")
_SHORT_LIMIT = 64
_AMOUNT_IDS = {"not-a-number": "IMP-05", "decimals": "IMP-06", "too-large": "IMP-07", "empty": "IMP-05"}

_KINDS = {
    **dict.fromkeys(("receipt", "收入", "收", "收款"), DocKind.RECEIPT),
    **dict.fromkeys(("payment", "支出", "付", "支", "付款"), DocKind.PAYMENT),
    **dict.fromkeys(("transfer", "划转", "转", "转账"), DocKind.TRANSFER),
}


class Unreadable(Exception):
    """A cell that cannot be read; `id` of the finding and its values."""

    def __init__(self, id: str, **values: Any) -> None:
        super().__init__(id)
        self.id = id
        self.values = values


@dataclass(frozen=True, slots=True)
class Cells:
    """The rows of a located table that are not blank; `numbers[i]` is the file's row number of `rows[i]`."""

    located: Located
    rows: list[list[str]]
    numbers: list[int]
    problems: Problems
    totals: list[TotalRow]
    """Rows of totals, which are no bookings; they stand in neither `rows` nor `numbers`."""

    @classmethod
    def of(cls, located: Located, problems: Problems, key: str) -> Cells:
        """`key` names the column that every booking fills and a row of totals does not."""
        rows = located.sheet.rows
        numbers = range(located.sheet.header_row + 1, located.sheet.header_row + 1 + len(rows))
        header, key_at = list(located.sheet.header), located.index.get(key)
        totals: list[TotalRow] = []
        is_wanted = []
        for number, row in zip(numbers, rows, strict=True):
            filled = bool("".join(row).strip())
            may_be_total = filled and (key_at is None or not row[key_at][:1].isdigit())
            total = total_row(number, row, key_at) if may_be_total else None
            if total:
                totals.append(total)
            # a printed list repeats its header on every page
            is_wanted.append(
                filled and not total and not (may_be_total and [c.strip() for c in row] == header)
            )
        if not any(is_wanted):
            problems.add("IMP-28")
        if totals:
            problems.add("IMP-35", value=len(totals))
        return cls(
            located, list(compress(rows, is_wanted)), list(compress(numbers, is_wanted)), problems, totals
        )

    def check_total(self, key: str, *ways: Sequence[int | None]) -> None:
        """Hold the totals of an amount column against its bookings, summed in one of these ways."""
        at = self.located.index.get(key)
        if at is None or not self.totals:
            return
        printed: list[int | None] = []
        for total in self.totals:
            try:
                printed.append(read_amount(clean_text(total.cells[at])))
            except Unreadable as unreadable:
                printed.append(None)
                self.problems.add(unreadable.id, total.number, self.located.title(key), **unreadable.values)
        check_totals(self.problems, self.totals, self.numbers, self.located.title(key), printed, ways)

    def texts(self, key: str) -> list[str]:
        """A column's cells, cleaned; empty texts for a column the table does not have."""
        return self._through(clean_text, self._raw(key))

    def read(self, key: str, reader: Callable[[str], T]) -> list[T | None]:
        """Values of a column's cleaned cells; None, with a finding, where `reader` raised Unreadable."""
        cells = self._raw(key)
        bad: dict[str, Unreadable] = {}

        def tried(cell: str) -> T | None:
            try:
                return reader(clean_text(cell))
            except Unreadable as unreadable:
                bad[cell] = unreadable
                return None

        values = self._through(tried, cells)
        if bad:
            title = self.located.title(key)
            for number, cell in zip(self.numbers, cells, strict=True):
                if cell in bad:
                    self.problems.add(bad[cell].id, number, title, **bad[cell].values)
        return values

    def _raw(self, key: str) -> list[str]:
        at = self.located.index.get(key)
        return [""] * len(self.rows) if at is None else [row[at] for row in self.rows]

    @staticmethod
    def _through(function: Callable[[str], T], cells: list[str]) -> list[T]:
        known = {cell: function(cell) for cell in set(cells)}
        return list(map(known.__getitem__, cells))


def clean_text(text: str) -> str:
    """One line, composed form, no control signs, no doubled blanks."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split()) if " " in text else text
    text = unicodedata.normalize("NFC", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def read_day(text: str) -> date:
    try:
        if len(text) > _SHORT_LIMIT:
            raise DateError(text)
        day = parse_foreign_date(text)
        Period.of(day)
    except (ValueError, OverflowError):  # DateError, a year no book has, a month of a hundred digits
        raise Unreadable("IMP-04", value=text[:_SHORT_LIMIT]) from None
    return day


def read_amount(text: str) -> int:
    """Fen, signed; an empty cell and a lone dash are zero, as accountants write it."""
    if _PLAIN_AMOUNT.fullmatch(
        text
    ):  # as programs write it, and nearly every cell is; the rest is for parse_yuan
        return int(text.replace(".", ""))
    if not text or text in ("-", "—", "－"):
        return 0
    try:
        if len(text) > _SHORT_LIMIT:
            raise AmountError(text, "not-a-number")
        return parse_yuan(text)
    except AmountError as error:
        raise Unreadable(_AMOUNT_IDS[error.reason], value=text[:_SHORT_LIMIT]) from None


def read_number(text: str) -> tuple[str, int] | None:
    """A voucher number with the word before it, if there is one: "7", "0007", "付-7", "第7号"; None when empty."""
    if not text:
        return None
    match = _NUMBER.fullmatch(unicodedata.normalize("NFKC", text))
    if not match or int(match[2]) < 1:
        raise Unreadable("IMP-18", value=text)
    return match[1].removeprefix("第").removesuffix("字"), int(match[2])


def read_papers(text: str) -> int:
    """Count of source papers; empty is 0."""
    if not text:
        return 0
    match = re.fullmatch(r"(\d{1,5})(?:\.0+)?\s*张?", unicodedata.normalize("NFKC", text))
    if not match:
        raise Unreadable("IMP-26", value=text)
    return int(match[1])


def read_kind(text: str) -> DocKind:
    try:
        return _KINDS[text.casefold()]
    except KeyError:
        raise Unreadable("IMP-22", value=text) from None


def account_reader(chart: Chart) -> Callable[[str], Account]:
    """Reads an account by code, by exact name, or by both together ("102 银行存款")."""
    accounts = list(cast("Iterable[Account]", chart))

    def read(text: str) -> Account:
        if not text:
            raise Unreadable("IMP-29")
        account = chart.find(text) or _by_code_and_name(text, chart)
        if account is None:
            if sum(text in (a.name, a.name_en) for a in accounts) > 1:
                raise Unreadable("IMP-11", value=text)
            names = {n: a for a in accounts for n in (a.code, a.name, a.name_en) if n}
            raise Unreadable("IMP-10", value=text, suggestion=_nearest(text, names))
        if not chart.is_leaf(account.code):
            raise Unreadable("IMP-12", value=text)
        return account

    return read


def place_reader(places: Places) -> Callable[[str], Place]:
    """Reads a money place by code, whatever the case, or by exact name."""
    by_name = {n: p for p in places.all() for n in (p.name, p.code.casefold(), p.code)}

    def read(text: str) -> Place:
        place = by_name.get(text) or by_name.get(text.casefold())
        if place is None:
            if not text:
                raise Unreadable("IMP-31")
            raise Unreadable("IMP-13", value=text, suggestion=_nearest(text, by_name))
        return place

    return read


def place_for(account: Account, place: Place | None, places: Places) -> Place | None:
    """The place a line on this account lies in, the account's usual one when none is named (V4)."""
    if not account.is_money:
        if place is not None:
            raise Unreadable("IMP-15", value=place.code, account=account.code)
        return None
    if place is None:
        usual = places.default_for(account.code)
        if usual is None:
            raise Unreadable("IMP-17", account=account.code)
        return usual
    if place.account[:3] != account.code[:3]:
        raise Unreadable("IMP-14", value=place.code, account=account.code)
    return place


def _by_code_and_name(text: str, chart: Chart) -> Account | None:
    match = re.fullmatch(r"([0-9.]+)[\s\-_:]*(\D.*)", text)
    account = chart.get(match[1]) if match else None
    return account if match and account and match[2] in (account.name, account.name_en) else None


def _nearest(text: str, known: dict[str, T]) -> str:
    """The likest known name with its code, "" when nothing is like it."""
    hits = difflib.get_close_matches(text, known, n=1, cutoff=0.5)
    if not hits:
        return ""
    hit = known[hits[0]]
    return f"{hit.code} {hit.name}" if isinstance(hit, Account | Place) else hits[0]
