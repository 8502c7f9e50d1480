"""The two papers of a notice and the sizes of type on them (disclosure.md section 7: a wall, not an office)."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.reports.grid import Type
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
        return Type(self.body, self.small, self.pad)

    @property
    def small_table(self) -> Type:
        return Type(self.small, self.small, self.pad)

    @property
    def leading(self) -> float:
        """From line to line of running text in the small size."""
        return 1.4 * self.small


A3 = Paper(
    "A3", 420 * MM, 297 * MM, 14 * MM, 12 * MM, 9 * MM,
    title=32, heading=18, figure=25, body=16, small=14, pad=4, qr=50 * MM, wide=True,
)  # fmt: skip
A4 = Paper(
    "A4", 210 * MM, 297 * MM, 14 * MM, 12 * MM, 9 * MM,
    title=26, heading=14, figure=15, body=11, small=10.5, pad=3, qr=46 * MM, wide=False,
)  # fmt: skip

PAPERS = {paper.name: paper for paper in (A3, A4)}
