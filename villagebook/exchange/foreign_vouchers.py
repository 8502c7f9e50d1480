"""Vouchers out of another program's export, brought row for row into the columns of our own layout `vouchers`.

From there they go the way of every voucher list: the same reading of cells, the same proof, the same sentences, with the row
numbers and headings of the file that was brought.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from villagebook.domain.account import Account, Category, Chart, Side
from villagebook.domain.finding import Finding
from villagebook.domain.foreign import Detail, FileAccount, FileKind, Target, split_account
from villagebook.domain.place import Places
from villagebook.exchange.bank_headers import plain
from villagebook.exchange.cells import Unreadable, clean_text
from villagebook.exchange.foreign_days import Source
from villagebook.exchange.foreign_table import ROLES, ForeignTable
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.imports_vouchers import VoucherDraft, parse_located
from villagebook.exchange.layouts import Located
from villagebook.exchange.tables import Sheet
from villagebook.exchange.totals import total_word

COLUMNS = (
    "date", "word", "number", "summary", "account", "debit", "credit", "party", "project", "attachments", "place",
)  # fmt: skip
PROVED = "="
"""Stands before the key of an account in drafts that are only proved: no code of a chart begins so, no money lies there."""

_DEBIT = frozenset("借 借方 d dr debit".split())
_CREDIT = frozenset("贷 贷方 c cr credit".split())
_YES = frozenset("是 1 true yes y 作废 已作废".split())
_SERIAL = re.compile(r"(\d{5})(?:\.0+)?")
_SERIALS = range(20_000, 80_000)
"""Days since the end of 1899 as spreadsheets count them: 1954 to 2119."""
_EPOCH = date(1899, 12, 30)
_LABELLED = re.compile(r"(\D*?)字?第?[\s\-—_]*(\d{1,9})(?:\.0+)?\s*号?")
_MONTH = re.compile(r"(?:\d{4}[-./年]?第?)?(\d{1,2})(?:\.0+)?(?:月|期)?")
_TRIMMED = re.compile(r"\d{4}\.1")
"""Month 10 as a spreadsheet shortens it, or month 1."""
_BEHIND = re.compile(r"([\d,.￥¥ ]+)-")
_ROLE = re.compile(r"(?:^|[;,、])\s*([^:;,、]+):\s*")
"""What stands before an entry in a cell of several: "客户:" in "客户:张三;项目:水渠"."""
_LONG_WORDS = {
    "记账": "记", "通用记账": "记", "收款": "收", "付款": "付", "转账": "转",
    "现金收款": "现收", "现金付款": "现付", "银行收款": "银收", "银行付款": "银付",
}  # fmt: skip
_PAGE = re.compile(r"第\s*\d+\s*页.*|page \d+.*", re.IGNORECASE)
_PARTIES = ("party", "customer", "supplier", "person")
_SHOWN = 20


@dataclass(slots=True)
class ForeignVouchers:
    """An export in our columns: `accounts` are those it names, by key, in the order of the file."""

    located: Located
    accounts: dict[str, FileAccount] = field(default_factory=dict)
    problems: Problems = field(default_factory=Problems)


def read_vouchers(table: ForeignTable, targets: Mapping[str, Target]) -> ForeignVouchers:
    """Bring every row into our columns; what cannot be told apart is noted with its row."""
    return _Reader(table, targets).read()


def parse_foreign(
    made: ForeignVouchers, targets: Mapping[str, Target], chart: Chart, places: Places, *, proof: bool
) -> tuple[tuple[VoucherDraft, ...], tuple[Finding, ...]]:
    """Drafts of the vouchers. For a `proof` accounts without a target do not matter: only arithmetic is looked at."""
    reader = _assigned(made.accounts, targets, chart)
    if proof:
        reader = _proved(reader)
    return parse_located(made.located, places, made.problems, reader)


def _proved(reader: Callable[[str], Account]) -> Callable[[str], Account]:
    def read(key: str) -> Account:
        try:
            return reader(key)
        except Unreadable as unreadable:
            if unreadable.id not in ("IMP-40", "IMP-12"):
                raise
            return Account(PROVED + key, key, "", Category.ASSET, Side.BOTH)

    return read


def _assigned(
    accounts: Mapping[str, FileAccount], targets: Mapping[str, Target], chart: Chart
) -> Callable[[str], Account]:
    def read(key: str) -> Account:
        if not key:
            raise Unreadable("IMP-29")
        account = chart.get(targets[key].account) if key in targets else None
        if account is None:
            raise Unreadable("IMP-40", value=accounts[key].label)
        if not chart.is_leaf(account.code):
            raise Unreadable("IMP-12", value=f"{account.code} {account.name}")
        return account

    return read


class _Reader:
    """Reads one table; `_last` holds the head (date, word, number) of the row above."""

    def __init__(self, table: ForeignTable, targets: Mapping[str, Target]) -> None:
        self.table, self.targets = table, targets
        index = table.index
        account = next((role for role in ("code", "account", "name") if role in index), "code")
        debit = "debit" if "debit" in index else "amount"
        titles = {key: table.title(key) for key in COLUMNS}
        titles |= {"account": table.title(account), "debit": table.title(debit)}
        titles["credit"] = table.title("credit" if "credit" in index else debit)
        sheet = Sheet(table.name, COLUMNS, table.first_row - 1, [])
        located = Located(sheet, {key: at for at, key in enumerate(COLUMNS)}, titles)
        self.made = ForeignVouchers(located)
        self._last = ("", "", "")
        self._digits = "direction" in index and plain(table.header[index["direction"]]) == "fdc"
        self._skipped: list[int] = []
        self._void: list[int] = []
        self._crowded: list[int] = []
        self._was_total = ""

    def read(self) -> ForeignVouchers:
        rows = self.made.located.sheet.rows
        for at, row in enumerate(self.table.rows):
            rows.append(self._row(self.table.first_row + at, row))
        problems = self.made.problems
        if self.table.unit:
            problems.add("IMP-52", value=self.table.unit)
        if self.table.days is Source.MONTHS:
            problems.add("IMP-49")
        for id, numbers in (
            ("IMP-41", self._skipped),
            ("IMP-43", self._void),
            ("IMP-50", self._crowded),
        ):
            if numbers:
                more = " …" if len(numbers) > _SHOWN else ""
                problems.add(id, value=", ".join(map(str, numbers[:_SHOWN])) + more)
        return self.made

    def _cell(self, row: list[str], *roles: str) -> str:
        """The first of these columns that holds something."""
        for role in roles:
            at = self.table.index.get(role)
            text = clean_text(row[at]) if at is not None else ""
            if text:
                return text
        return ""

    def _row(self, number: int, row: list[str]) -> list[str]:
        """One row in our columns; an empty one for what is no booking."""
        nothing = [""] * len(COLUMNS)
        if not any(map(str.strip, row)) or self.table.repeats_header(row):
            return nothing
        account = self._account(row, number)
        debit, credit = self._amounts(number, row)
        word = total_word(row) if not account or total_word([account.name]) else ""
        if not word and not account and not self._cell(row, "date", "number"):
            word = self._was_total  # its other side, in a row of its own
        self._was_total = word if "direction" in self.table.index else ""
        if word:
            return [*nothing[:3], word, "", debit, credit, *nothing[7:]]
        if not account and not debit.strip("0.") and not credit.strip("0."):
            if not _PAGE.fullmatch("".join(row).strip()):
                self._skipped.append(number)
            return nothing
        if self._is_void(row):
            self._void.append(number)
            return nothing
        day, mark, label = self._head(number, row)
        party, project = self._auxiliary(number, row, account)
        if account:
            self.made.accounts.setdefault(account.key, account)
        summary, papers = self._cell(row, "summary"), self._cell(row, "attachments")
        key = account.key if account else ""
        target = self.targets.get(key)
        place = (self._cell(row, "place") or target.place) if target else ""
        return [day, mark, label, summary, key, debit, credit, party, project, papers, place]

    def _account(self, row: list[str], number: int) -> FileAccount | None:
        code, name = self._cell(row, "code"), self._cell(row, "name")
        if not code and not name:
            code, name = split_account(self._cell(row, "account"))
        elif not name:
            code, name = split_account(code)
        detail = self._cell(row, "detail")
        if detail and detail != name:
            name = f"{name}/{detail}" if name else detail
        code = code.removesuffix(".0")
        return FileAccount(code, name, number) if code or name else None

    def _amounts(self, number: int, row: list[str]) -> tuple[str, str]:
        if "direction" not in self.table.index:
            return _signed(self._cell(row, "debit")), _signed(self._cell(row, "credit"))
        text, word = _signed(self._cell(row, "amount")), self._cell(row, "direction").casefold()
        if word in _DEBIT or (self._digits and word == "1"):
            return text, ""
        if word in _CREDIT or (self._digits and word == "0"):
            return "", text
        if text.strip("0.") and not total_word(row):
            self.made.problems.add("IMP-44", number, self.table.title("direction"), value=word)
        return "", ""

    def _is_void(self, row: list[str]) -> bool:
        word = self._cell(row, "state").casefold()
        return word in _YES or "作废" in word

    def _head(self, number: int, row: list[str]) -> tuple[str, str, str]:
        """Date, word and number; from the row above where only a voucher's first line has them."""
        day, word = _day(self._cell(row, "date")), _short(self._cell(row, "word"))
        label = _label(self._cell(row, "number"))
        before_day, before_word, before_label = self._last
        goes_on = day in ("", before_day) and label in ("", before_label)
        if goes_on:
            day, label = day or before_day, label or before_label
            word = word or before_word
        elif not day and label:
            day = ""  # a new voucher without a day: said by the reading of the column
        self._check_period(number, row, day)
        self._last = (day, word, label)
        return day, word, label

    def _check_period(self, number: int, row: list[str], day: str) -> None:
        """The file's own period must be the month of the day, or the wrong column was taken for the day."""
        text = self._cell(row, "period")
        match = _MONTH.fullmatch(unicodedata.normalize("NFKC", text)) if text else None
        month = re.match(r"\d{4}\D?(\d{1,2})", day)
        fits = {int(match[1]), 10 if _TRIMMED.fullmatch(text) else 0} if match else set()
        if match and month and int(month[1]) not in fits:
            self.made.problems.add("IMP-42", number, self.table.title("period"), value=text, day=day)

    def _auxiliary(self, number: int, row: list[str], account: FileAccount | None) -> tuple[str, str]:
        """Other party and project, out of whichever columns the program keeps them in; several parties are told."""
        target = self.targets.get(account.key) if account else None
        told = [
            entry
            for role in (*_PARTIES, "project", "department")
            for entry in _divided(role, self._cell(row, role))
        ]
        found = dict(reversed(told))  # the first of a role counts
        parties = dict.fromkeys(name for role, name in told if role in _PARTIES)
        if len(parties) > 1:
            self._crowded.append(number)
        party = next((found[role] for role in _PARTIES if role in found), "")
        if target and target.detail is Detail.PARTY and account and not party:
            party = account.leaf
        return party, found.get("project") or found.get("department", "")


def _divided(role: str, text: str) -> list[tuple[str, str]]:
    """(role, entry) out of one cell: "客户:张三;项目:水渠" names its roles itself, anything else is of the column's.

    An entry goes on to the next role: a comma within a name does not end it.
    """
    if not text:
        return []
    flat = unicodedata.normalize("NFKC", text)
    heads = list(_ROLE.finditer(flat))
    ends = [head.start() for head in heads[1:]] + [len(flat)] * bool(heads)
    named = [
        (_ROLE_OF[plain(head[1])], value)
        for head, end in zip(heads, ends, strict=True)
        if plain(head[1]) in _ROLE_OF and (value := flat[head.end() : end].strip(" ;,、"))
    ]
    return named or [(role, text)]


_ROLE_OF = {
    name: role for role in (*_PARTIES, "project", "department") for name in ROLES[FileKind.VOUCHERS][role]
}


def _signed(text: str) -> str:
    """An amount whose minus stands behind it, with the minus before it."""
    match = _BEHIND.fullmatch(text)
    return f"-{match[1].strip()}" if match else text


def _short(word: str) -> str:
    """付款凭证 as 付; a word of the village's own as it is."""
    bare = word.removesuffix("凭证")
    return _LONG_WORDS.get(bare, bare) if bare != word else word


def _day(text: str) -> str:
    """A spreadsheet's number of a day as the day it means; everything else as it is."""
    match = _SERIAL.fullmatch(text)
    if match and int(match[1]) in _SERIALS:
        return (_EPOCH + timedelta(days=int(match[1]))).isoformat()
    return text.removesuffix(".0")


def _label(text: str) -> str:
    """ "记字第12号" and "记 - 12" as "记-12"; a bare number without the fraction a spreadsheet gave it."""
    match = _LABELLED.fullmatch(unicodedata.normalize("NFKC", text))
    if not match:
        return text
    word = _short(match[1].strip().removesuffix("字"))
    return f"{word}-{match[2]}" if word else match[2]
