"""Payments that belong together: one payee or one purpose within some days, however they are divided (AP8).

What decides who signs is the sum, so that no way of dividing a sum, and no order of the parts, takes a signature away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from villagebook.domain.folding import folded, name_key

_FIGURES = "0-9一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾"
_NUMBERED = re.compile(
    rf"[{_FIGURES}百千两佰仟]+[台个只套件把张辆棵吨方米处户人份袋箱桶座条块]"
    rf"|[{_FIGURES}上中下首末第批次期年月日号甲乙丙丁戊]+"
    r"|(?<![a-z])(?:[a-z]|[ivx]{2,4})(?![a-z])"  # A, B; folded Roman figures
)
_SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Part:
    """Another payment that may belong to a document. `id` is its document's; `label` names it to people."""

    id: str
    label: str
    day: date
    fen: int


def payee_key(name: str) -> str:
    """By whom parts are known to go to one payee."""
    return name_key(name)


def purpose_key(summary: str) -> str:
    """By what parts are known to be for one thing, without numbers, days and instalments; "" when nothing is left to tell."""
    made = _NUMBERED.sub("", folded(summary))
    return made if len(made) >= _SHORTEST else ""


def together(day: date, parts: Iterable[Part], days: int) -> tuple[Part, ...]:
    """Of all stretches of `days` that hold this day, the parts of the one that adds up to most, in the order of their days."""
    near = sorted((p for p in parts if abs((p.day - day).days) <= days), key=lambda p: (p.day, p.id))
    best: tuple[Part, ...] = ()
    best_fen = 0
    for first in {day, *(p.day for p in near if p.day <= day)}:
        held = tuple(p for p in near if 0 <= (p.day - first).days <= days)
        fen = sum(p.fen for p in held)
        if fen > best_fen:
            best, best_fen = held, fen
    return best
