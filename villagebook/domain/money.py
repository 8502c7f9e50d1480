"""Money is a whole number of fen (1/100 yuan); text is read and written only here."""

from __future__ import annotations

import re
import unicodedata

MAX_FEN = 10**15  # ten trillion yuan; far above any village and safely inside SQLite's 64-bit integers

_PLAIN = re.compile(r"([+-]?)(\d+)(?:\.(\d*))?|([+-]?)\.(\d+)")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?")


class AmountError(ValueError):
    """A text that is not an amount; `reason` is one of 'empty', 'not-a-number', 'decimals', 'too-large'."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.text = text
        self.reason = reason


def parse_yuan(text: str) -> int:
    """Read an amount in yuan and return fen, signed.

    Accepts full-width digits, the Chinese full stop as decimal point, thousands separators (in threes),
    a leading currency sign, a trailing 元 and accounting brackets for negatives.

    Raises:
        AmountError: for anything else, and for more than two decimals (never rounded).
    """
    raw = text
    text = unicodedata.normalize("NFKC", text).replace("。", ".").replace("，", ",").replace("−", "-")  # noqa: RUF001  # the signs people type
    text = text.strip().removeprefix("CNY").strip().removesuffix("元").strip()
    text = text.replace("¥", "").replace(" ", "")
    negative = False
    if text.startswith("(") and text.endswith(")"):
        negative, text = True, text[1:-1]
    if not text:
        raise AmountError(raw, "empty")
    if "," in text:
        if not _GROUPED.fullmatch(text):
            raise AmountError(raw, "not-a-number")
        text = text.replace(",", "")
    match = _PLAIN.fullmatch(text)
    if not match or not text.isascii():
        raise AmountError(raw, "not-a-number")
    sign = match[1] or match[4] or ""
    whole = match[2] or "0"
    decimals = (match[3] if match[2] else match[5]) or ""
    if len(decimals.rstrip("0")) > 2:
        raise AmountError(raw, "decimals")
    # a number of thousands of digits is not even turned into one: Python refuses that with an error of its own
    huge = len(whole.lstrip("0")) > len(str(MAX_FEN))
    fen = MAX_FEN + 1 if huge else int(whole) * 100 + int((decimals + "00")[:2])
    if fen > MAX_FEN:
        raise AmountError(raw, "too-large")
    return -fen if (sign == "-") != negative else fen


def format_fen(fen: int, *, grouping: bool = False) -> str:
    """Yuan with exactly two decimals: 123456 -> '1234.56', or '1,234.56' with grouping."""
    sign = "-" if fen < 0 else ""
    yuan, rest = divmod(abs(fen), 100)
    return f"{sign}{yuan:,}.{rest:02d}" if grouping else f"{sign}{yuan}.{rest:02d}"


def yuan_text(fen: int) -> str:
    """For people: grouped, two decimals."""
    return format_fen(fen, grouping=True)
