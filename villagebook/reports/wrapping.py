"""Breaking text into lines that fit: Chinese between characters, Latin between words, anything when it must."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from villagebook.reports.fonts import Face, face, printable

NEVER_FIRST = "，。、；：？！）》】」』〕”’…—％‰℃·,.;:?!)]}%-/"
NEVER_LAST = "（《【「『〔“‘([{"

# From U+2E80 on every character stands alone; before it, words are held together up to a hyphen or a slash;
# a day is never parted.
_PIECE = re.compile(
    r"\s+|\d{4}-\d\d-\d\d|\d\d-\d\d(?!\d)|[-/]*[^\s/\-⺀-\U0010ffff]+[-/]*|[-/]+|[⺀-\U0010ffff]"
)


@lru_cache(maxsize=20_000)
def wrap(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """The lines of a text, each printable and no wider than `width` points; at least one line.

    Line breaks in the text are kept. A word that is wider than the line is broken where the line ends.
    """
    chosen = face(bold)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        drawn = printable(paragraph).rstrip()
        if chosen.measure(drawn, size) <= width:
            lines.append(drawn)
        else:
            lines.extend(_fill(drawn, width, size, chosen))
    return tuple(lines)


def balanced(text: str, width: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """As `wrap`, but the lines are about as long as each other: for headings in the middle of a page."""
    lines = wrap(text, width, size, bold=bold)
    if len(lines) == 1:
        return lines
    narrower = (wrap(text, width * share / 20, size, bold=bold) for share in range(10, 20))
    return next((tried for tried in narrower if len(tried) == len(lines)), lines)


def widest_word(text: str, size: float, *, bold: bool = False) -> float:
    """The narrowest column in which no Latin word of this text is broken, in points."""
    chosen = face(bold)
    return max((chosen.measure(unit.strip(), size) for unit in _units(printable(text))), default=0.0)


def _fill(text: str, width: float, size: float, chosen: Face) -> Iterator[str]:
    line = ""
    for unit in _units(text):
        if chosen.measure((line + unit).rstrip(), size) <= width:
            line += unit
            continue
        if line.strip():
            yield line.rstrip()
        line = unit.lstrip()
        while chosen.measure(line.rstrip(), size) > width and len(line) > 1:
            cut = _fitting(line, width, size, chosen)
            yield line[:cut]
            line = line[cut:]
    if line.strip():
        yield line.rstrip()


def _fitting(text: str, width: float, size: float, chosen: Face) -> int:
    """How many characters fit, at least one so that a column of no width cannot hang us."""
    used = 0.0
    for count, char in enumerate(text):
        used += chosen.measure(char, size)
        if used > width:
            return max(1, count)
    return len(text)


def _units(text: str) -> Iterator[str]:
    """What is never parted while it fits a line: words, and characters with the punctuation that clings to them."""
    held = ""
    for piece in _PIECE.findall(text):
        if held and held[-1] not in NEVER_LAST and piece[0] not in NEVER_FIRST:
            yield held
            held = ""
        held += piece
    if held:
        yield held
