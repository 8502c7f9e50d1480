"""Cells of a bank's table as values: days with a time behind them, signed amounts, words for in and out."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from villagebook.domain.dates import DateError, parse_date
from villagebook.domain.money import AmountError, parse_yuan
from villagebook.exchange.cells import clean_text
from villagebook.exchange.totals import total_row

_DASHES = re.compile(r"[-—–_/\\*\s]*")
_DAY = re.compile(r"(\d{4}[-./年]\d{1,2}[-./月]\d{1,2}日?|\d{8})(?!\d)(.*)", re.DOTALL)
_RUN_TOGETHER = re.compile(r"(\d{8})(\d{6})")
_DIGITS = re.compile(r"\d+")
_POWER = re.compile(r"\d(\.\d+)?[eE]\+?\d{2}")
_LONG = 18
"""From this length on a number that a spreadsheet took for a figure is not what the bank wrote."""

_IN = frozenset("贷 收 收入 进 转入 存 存入 入 入账 c cr credit + in 贷方 贷cr 来账 收方".split())
_OUT = frozenset("借 付 支 支出 出 转出 取 支取 出账 d dr debit out 借方 借dr 往账 付方".split())
_FLAGS = {"1": 1, "0": -1, "2": -1}

_EXTRA_TOTALS = ("笔数", "累计", "合计", "总计", "小计", "本页", "期末", "打印", "制表", "total")
_OPENINGS = ("期初", "承前", "上期", "上页", "昨日余额", "opening", "broughtforward")


def blank(text: str) -> str:
    """Cleaned text, empty when it is only dashes: banks fill empty cells with them."""
    text = clean_text(text)
    return "" if _DASHES.fullmatch(text) else text


def read_moment(text: str) -> tuple[date, str]:
    """The day, and the digits of a time behind it. Raises DateError."""
    text = unicodedata.normalize("NFKC", blank(text))
    together = _RUN_TOGETHER.fullmatch(text)
    match = together or _DAY.match(text)
    if not match:
        raise DateError(text)
    return parse_date(match[1]), "".join(_DIGITS.findall(match[2]))


def read_fen(text: str) -> int | None:
    """Signed fen; None for an empty cell. Raises AmountError."""
    text = unicodedata.normalize("NFKC", blank(text)).replace(" ", "")
    text = text.removeprefix("RMB")
    if not text:
        return None
    if text.endswith("-") and text[:1].isdigit():
        text = "-" + text[:-1]
    return parse_yuan(text)


def read_direction(text: str) -> int:
    """1 for in, -1 for out, 0 for a word that says neither."""
    word = unicodedata.normalize("NFKC", "".join(blank(text).split())).casefold()
    if clean_text(text) in ("+", "-"):
        return 1 if clean_text(text) == "+" else -1
    if word in _FLAGS:
        return _FLAGS[word]
    return 1 if word in _IN else -1 if word in _OUT else 0


def is_opening(row: list[str]) -> bool:
    """A row that only says what the account stood at before."""
    words = [unicodedata.normalize("NFKC", c).casefold().replace(" ", "") for c in row if c.strip()]
    return any(mark in word for word in words for mark in _OPENINGS)


def is_total(number: int, cells: list[str]) -> bool:
    """A row of sums, counts or the bank's own remarks, which has no day."""
    if total_row(number, cells, None):
        return True
    words = [unicodedata.normalize("NFKC", c).casefold().replace(" ", "") for c in cells if c.strip()]
    return any(mark in word for word in words for mark in _EXTRA_TOTALS)


def spoilt_by_excel(texts: list[str]) -> str:
    """The first of a column's numbers that a spreadsheet has rounded, "" when all are as the bank wrote them.

    Digits that went through a binary fraction come back as one exactly; a column of true numbers hardly ever does.
    """
    powers = [t for t in texts if _POWER.fullmatch(t)]
    if powers:
        return powers[0]
    long = [t for t in texts if t.isascii() and t.isdigit() and _LONG <= len(t) <= 30]
    if long and all(int(float(t)) == int(t) or t.endswith("0000") for t in long):
        return long[0]
    return ""


def split_party(text: str) -> tuple[str, str]:
    """A name with an account number behind it, as some banks write both in one cell."""
    match = re.fullmatch(r"(.*?\D)[\s/,]*(\d[\d*]{7,})", text)
    return (match[1].strip(), match[2]) if match else (text, "")


__all__ = [
    "AmountError",
    "DateError",
    "blank",
    "is_opening",
    "is_total",
    "read_direction",
    "read_fen",
    "read_moment",
    "split_party",
    "spoilt_by_excel",
]
