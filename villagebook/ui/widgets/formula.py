"""Amounts as people type them: `1,234.5`, full-width digits, and small sums such as `3*12.5+8`.

Exact: everything is computed in fractions and must come out in whole fen.
"""

from __future__ import annotations

import re
import unicodedata
from fractions import Fraction

from villagebook.domain.money import MAX_FEN, AmountError, parse_yuan
from villagebook.i18n import _

DEEPEST = 200
"""Numbers and brackets in one formula; nobody types more."""

_TOKEN = re.compile(r"\s*(?:(\d+(?:\.\d*)?|\.\d+)|(.))")
_FORMULA = re.compile(r"[0-9][^-+*/()]*[-+*/]|[*/(]")


def read_amount(text: str) -> int:
    """Fen from an amount or a formula; a trailing minus makes it red, as Kingdee's users type it.

    Raises AmountError.
    """
    clean = unicodedata.normalize("NFKC", text).replace("。", ".").replace("×", "*").replace("÷", "/").strip()
    clean = clean.removeprefix("=").strip()
    if clean.endswith("-"):
        clean = "-" + clean[:-1]
    try:
        return parse_yuan(clean)
    except AmountError as problem:
        if problem.reason != "not-a-number" or not _FORMULA.search(clean):
            raise
    value = _Reader(clean).whole()
    fen = value * 100
    if fen.denominator != 1:
        raise AmountError(text, "decimals")
    if abs(fen) > MAX_FEN:
        raise AmountError(text, "too-large")
    return int(fen)


def amount_problem(reason: str) -> str:
    """Why a text is no amount, in words."""
    return {
        "decimals": _("At most two decimals: money ends at the fen."),
        "too-large": _("This amount is too large."),
    }.get(reason, _("This is not an amount. Type for example 1234.5 or 3*12.5+8."))


def amount_refusal(reason: str, words: str) -> str:
    """The same for a list of everything that is wrong: it names what was typed."""
    said = {
        "decimals": _("“{text}” has more than two decimals; money ends at the fen."),
        "too-large": _("“{text}” is too large for an amount; compare it with the paper."),
    }.get(reason, _("“{text}” is not an amount; type for example 1234.5 or 3*12.5+8."))
    return said.format(text=words.strip())


class _Reader:
    """Recursive descent over + - * / and brackets."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [number or sign for number, sign in _TOKEN.findall(text.replace(",", "").strip())]
        self._depth = 0

    def whole(self) -> Fraction:
        value = self._sum()
        if self._tokens:
            raise self._wrong()
        return value

    def _wrong(self) -> AmountError:
        return AmountError(self._text, "not-a-number")

    def _sum(self) -> Fraction:
        value = self._product()
        while self._tokens and self._tokens[0] in "+-":
            sign = self._tokens.pop(0)
            value = value + self._product() if sign == "+" else value - self._product()
        return value

    def _product(self) -> Fraction:
        value = self._factor()
        while self._tokens and self._tokens[0] in "*/":
            sign = self._tokens.pop(0)
            other = self._factor()
            if sign == "/" and other == 0:
                raise self._wrong()
            value = value * other if sign == "*" else value / other
        return value

    def _factor(self) -> Fraction:
        if not self._tokens:
            raise self._wrong()
        part = self._tokens.pop(0)
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong()
        if part == "-":
            return -self._factor()
        if part == "(":
            value = self._sum()
            if not self._tokens or self._tokens.pop(0) != ")":
                raise self._wrong()
            return value
        if not part[0].isdigit() and part[0] != ".":
            raise self._wrong()
        return Fraction(part)
