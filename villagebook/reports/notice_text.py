"""Short texts that the parts of a notice share, and running text as blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from villagebook.domain.notice import Notice
from villagebook.domain.period import Period, Span
from villagebook.i18n import _
from villagebook.reports.flow import Block, gap, stack
from villagebook.reports.notice_paper import Paper
from villagebook.reports.pen import Pen
from villagebook.reports.wrapping import wrap


def month_text(month: Period) -> str:
    return _("{year}-{month:02d}").format(year=month.year, month=month.month)


def span_text(span: Span) -> str:
    """The months as people write them."""
    if span.first == span.last:
        return month_text(span.first)
    return _("{first} to {last}").format(first=month_text(span.first), last=month_text(span.last))


def groups_of_eight(hex_digits: str) -> str:
    """The first sixteen digits of a hash as 8 + 8, short enough to be compared by eye."""
    return f"{hex_digits[:8]} {hex_digits[8:16]}"


def content_seal(notice: Notice) -> str:
    return groups_of_eight(notice.content_hash())


def month_day(day: str) -> str:
    """2025-06-15 -> 06-15; anything else as it stands."""
    return day[5:] if len(day) == 10 and day[4] == day[7] == "-" else day


def heading(text: str, paper: Paper) -> Block:
    """A heading with air above it."""
    lines = wrap(text, paper.inner, paper.body, bold=True)
    leading = 1.3 * paper.body

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y + 0.7 * paper.body, lines, paper.body, leading, bold=True)

    return Block(len(lines) * leading + 1.1 * paper.body, draw)


def paragraph(text: str, paper: Paper, *, bold: bool = False) -> Block:
    """Running text in the small size over the whole width."""
    lines = wrap(text, paper.inner, paper.small, bold=bold)

    def draw(pen: Pen, x: float, y: float) -> None:
        pen.lines(x, y, lines, paper.small, paper.leading, bold=bold)

    return Block(len(lines) * paper.leading, draw)


def headed(above: Sequence[Block], title: str, columns: Block, paper: Paper) -> Block:
    """What stands over a run of rows: all of it where they begin, on later pages the title, which says that they go on."""
    space = gap(0.3 * paper.body)
    whole = stack([*above, space, columns])
    if not title:
        return whole
    more = heading(_("{title} (continued)").format(title=title), paper)
    return replace(whole, again=stack([more, space, columns]))
