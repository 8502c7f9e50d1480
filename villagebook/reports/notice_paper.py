"""The two papers of a notice and the sizes of type on them (disclosure.md section 7: a wall, not an office)."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.board_paper import USUAL_PT
from villagebook.reports.grid import LEAST_ROW, Type
from villagebook.reports.pen import MM


@dataclass(frozen=True, slots=True)
class Paper:
    """Measures in points. Nothing on the sheet is smaller than `small`; `wide` has room for things side by side."""

    name: str
    width: float
    height: float
    side: float
    top: float
    bottom: float
    title: float
    heading: float
    figure: float
    body: float
    small: float
    pad: float
    qr: float
    wide: bool

    def __post_init__(self) -> None:
        """Raises ValueError for type or rows that cannot be read on a wall (D6, DIS-08)."""
        if min(self.body, self.small) < LEAST_PT or not TITLE_PT[0] <= self.title <= TITLE_PT[1]:
            raise ValueError(self)
        if self.table.least_row < LEAST_ROW:
            raise ValueError(self)

    @property
    def inner(self) -> float:
        """Width of the type area."""
        return self.width - 2 * self.side

    @property
    def footer(self) -> float:
        """Height kept free at the foot of the type area for the page number."""
        return 2.6 * self.small

    @property
    def room(self) -> float:
        """Height of the type area above the footer."""
        return self.height - self.top - self.bottom - self.footer

    @property
    def table(self) -> Type:
        return Type(self.body, self.small, self.pad, above=0.5 * self.pad)

    @property
    def small_table(self) -> Type:
        return Type(self.small, self.small, self.pad)

    @property
    def leading(self) -> float:
        """From line to line of running text in the small size."""
        return 1.4 * self.small


LEAST_PT, MOST_PT = 14, 36
"""disclosure.md section 7: running text on a board is never smaller than 14 points; D6 holds it."""

TITLE_PT = (26, 36)
MOST_SMALL = 18
"""Signatures, notes and the foot grow no larger than this, or they would fill a page of their own."""


def paper_of(name: str, font_pt: int = USUAL_PT) -> Paper:
    """The paper "A3" (lying) or "A4" (upright) for a body of so many points.

    The upright paper takes two points less, down to the minimum, and has fewer columns. Raises KeyError for another name,
    ValueError below the minimum or above the largest.
    """
    if not LEAST_PT <= font_pt <= MOST_PT:
        raise ValueError(font_pt)
    width, height, qr, most = _SHEETS[name]
    wide = width > height
    body = min(font_pt if wide else max(LEAST_PT, font_pt - 2), most)
    return Paper(
        name, width * MM, height * MM, 14 * MM, 12 * MM, 9 * MM,
        title=min(max(2 * body, TITLE_PT[0]), TITLE_PT[1]), heading=max(18.0, 1.1 * body), figure=1.55 * body,
        body=body, small=min(max(LEAST_PT, body - 2), MOST_SMALL), pad=0.25 * body, qr=qr * MM, wide=wide,
    )  # fmt: skip


_SHEETS = {"A3": (420, 297, 50, 36), "A4": (210, 297, 46, 18)}
"""Width, height and side of the code in mm; the largest body in points at which two columns of amounts and a text fit."""

A3, A4 = paper_of("A3"), paper_of("A4")
PAPERS = {paper.name: paper for paper in (A3, A4)}


def bodies(font_pt: int) -> tuple[tuple[str, float], ...]:
    """(paper, points of running text on it) of every paper for this size."""
    return tuple((name, paper_of(name, font_pt).body) for name in PAPERS)
