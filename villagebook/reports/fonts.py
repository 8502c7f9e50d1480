"""The two faces everything is printed in: loading them, how wide their characters are, and what they lack.

reportlab prints nothing for a character that the font does not have and says nothing about it. So every text goes
through `printable`, which puts □ in its place, and callers ask `missing_glyphs` first and turn the answer into a
finding. Nothing is loaded before the first page is wanted.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from villagebook import paths

if TYPE_CHECKING:
    from reportlab.pdfbase.ttfonts import TTFont

REGULAR = "NotoSansSC-Regular"
BOLD = "NotoSansSC-Bold"
MISSING = "□"

_loading = threading.Lock()


class Face:
    """One weight: `name` is what the canvas calls it, `codes` are the characters it can draw."""

    def __init__(self, name: str, font: TTFont) -> None:
        face = font.face
        self.name = name
        self.codes: frozenset[int] = frozenset(face.charToGlyph)
        self._widths = _Widths(face.charWidths)

    def measure(self, text: str, size: float) -> float:
        """Width of a printable text in points."""
        return sum(map(self._widths.__getitem__, text)) * size / 1000


class _Widths(dict[str, float]):
    """Width of each character seen so far, in thousandths of the size."""

    def __init__(self, by_code: Mapping[int, float]) -> None:
        super().__init__()
        self._by_code = by_code

    def __missing__(self, char: str) -> float:
        width = self[char] = self._by_code.get(ord(char), self._by_code[ord(MISSING)])
        return width


class _Printable(dict[int, str]):
    """For str.translate: what is drawn for each code point seen so far."""

    def __init__(self, codes: frozenset[int]) -> None:
        super().__init__()
        self._codes = codes

    def __missing__(self, code: int) -> str:
        drawn = self[code] = chr(code) if code in self._codes else _stand_in(chr(code))
        return drawn


def _stand_in(char: str) -> str:
    """What is drawn for a character without a glyph: white space a space, invisible signs nothing, the rest □."""
    if char.isspace() or unicodedata.category(char) == "Cc":
        return " "
    return (
        ""
        if unicodedata.category(char) == "Cf" or "VARIATION SELECTOR" in unicodedata.name(char, "")
        else MISSING
    )


@cache
def face(bold: bool = False) -> Face:
    """The face of a weight, loaded and known to reportlab from now on."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = BOLD if bold else REGULAR
    with _loading:
        mend_text_layer()
        font = TTFont(name, str(paths.resource("fonts", f"{name}.ttf")))
        pdfmetrics.registerFont(font)
    return Face(name, font)


@cache
def _drawn() -> _Printable:
    return _Printable(face().codes & face(True).codes)


def printable(text: str) -> str:
    """The text as it will be drawn: □ for what the fonts lack, spaces for control signs."""
    return text.translate(_drawn())


def missing_glyphs(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters of these texts that would be printed as □, each once, in order of code point."""
    drawn = _drawn()
    seen = set().union(*texts)
    return tuple(sorted(char for char in seen if char != MISSING and drawn[ord(char)] == MISSING))


def mend_text_layer() -> None:
    """Make reportlab write code points beyond the BMP so that they can be searched and copied.

    reportlab 5.1 writes U+20164 as <20164> in the table that maps glyphs back to text; it must be the UTF-16 pair
    <D840DD64>. We look at what it writes, not at its version: a reportlab that does it right is left alone.
    """
    from reportlab.pdfbase import ttfonts

    write: Callable[[str, list[int]], str] = ttfonts.makeToUnicodeCMap
    if "<20164>" not in write("probe", [0x20164]):
        return

    def write_pairs(fontname: str, subset: list[int]) -> str:
        return re.sub(r"<([0-9A-F]{5,6})>", _utf16, write(fontname, subset))

    ttfonts.makeToUnicodeCMap = write_pairs


def _utf16(match: re.Match[str]) -> str:
    return f"<{chr(int(match[1], 16)).encode('utf-16-be').hex().upper()}>"
