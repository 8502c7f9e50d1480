"""Pinyin initials without a dictionary: the common characters of GB 2312 stand in the order of their sounds."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache

_STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
_READ_OTHERWISE = {"行": "h"}
"""Characters that accounts use in their other reading (银行)."""

_LAST = 0xD7F9
_CODES = [code for code, _letter in _STARTS]


@lru_cache(maxsize=4096)
def initials(text: str) -> str:
    """`银行存款` -> `yhck`; rare characters are left out, Latin letters and digits stay."""
    return "".join(_initial(sign) for sign in text)


def _initial(sign: str) -> str:
    if sign in _READ_OTHERWISE:
        return _READ_OTHERWISE[sign]
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    try:
        code = int.from_bytes(sign.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    return _STARTS[bisect_right(_CODES, code) - 1][1] if _CODES[0] <= code <= _LAST else ""
