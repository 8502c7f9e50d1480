"""One privacy filter for every board paper: personal numbers and health matters are masked, and every masked cell is listed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache

from villagebook.domain.board_names import Shown
from villagebook.domain.mask import Mask, MaskReason
from villagebook.domain.privacy import MASKED, mask_numbers
from villagebook.domain.sheet import Body, Chart, Figure, Part
from villagebook.domain.table import Cell
from villagebook.rules.disclosure import without_private

_TELLING = re.compile(r"(?:\d\D?){11}|[残艾精癌尿白]|\*{9}")
"""No text without any of these holds a personal number or an illness; most cells of a large sheet hold none."""

Clean = Callable[[str, str], str]
"""(where, text) -> what may hang of it."""


def screened(body: Body, names: Iterable[Shown] = ()) -> Body:
    """The same paper with nothing personal on it. `names` are those that stand other than they are known.

    Screening twice gives the same paper, so that every form may be screened once more before it is frozen.
    """
    masks: list[Mask] = list(body.masks)
    told = {name: s.reason for s in names if s.reason for name in (s.name, s.with_group)}

    def clean(where: str, text: str) -> str:
        shown, reason = masked(text)
        reason = reason or told.get(text)
        if reason is not None and (mask := Mask(masked(where)[0], shown, reason)) not in masks:
            masks.append(mask)
        return shown

    title = clean("", body.title)
    return replace(
        body,
        title=title,
        sentences=tuple(clean(title, s) for s in body.sentences),
        figures=tuple(Figure(clean(title, f.label), f.fen, clean(title, f.beside)) for f in body.figures),
        parts=tuple(_part(p, clean) for p in body.parts),
        charts=tuple(_chart(c, clean) for c in body.charts),
        notes=tuple(clean(title, n) for n in body.notes),
        masks=tuple(masks),
    )


@lru_cache(maxsize=50_000)
def masked(text: str) -> tuple[str, MaskReason | None]:
    """What may hang of a text, and why it is not all of it."""
    if not _TELLING.search(text):
        return text, None
    numbers = mask_numbers(text)
    shown = without_private(numbers)
    if shown != numbers:
        return shown, MaskReason.HEALTH
    return shown, MaskReason.NUMBER if numbers != text or MASKED.search(text) else None


def _part(part: Part, clean: Clean) -> Part:
    rows = tuple(
        tuple(_cell(cell, f"{part.title} {no}", clean) for cell in row) for no, row in enumerate(part.rows, 1)
    )
    return replace(part, title=clean(part.title, part.title), lead=clean(part.title, part.lead), rows=rows)


def _cell(cell: Cell, where: str, clean: Clean) -> Cell:
    return clean(where, cell) if isinstance(cell, str) else cell


def _chart(chart: Chart, clean: Clean) -> Chart:
    points = tuple(replace(p, label=clean(chart.title, p.label)) for p in chart.points)
    return replace(chart, title=clean(chart.title, chart.title), points=points)
