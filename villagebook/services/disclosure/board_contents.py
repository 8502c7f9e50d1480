"""What a paper on the board says, line by line, whichever form it is: for questions about it and answers to them."""

from __future__ import annotations

from villagebook.domain.money import yuan_text
from villagebook.domain.notice import Notice, notice_from_data
from villagebook.domain.sheet import Paper, Part, sheet_from_data
from villagebook.domain.table import Cell, Shape
from villagebook.i18n import _
from villagebook.services.gate import refuse
from villagebook.storage import periods
from villagebook.storage import sheets as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


def paper_of(connection: Connection, subject: str) -> Paper:
    """The frozen notice or sheet. Raises Refused when there is none."""
    if (entry := periods.notice(connection, subject)) is not None:
        return notice_from_data(entry.content)
    if (sheet := store.sheet(connection, subject)) is not None:
        return sheet_from_data(sheet.content)
    refuse("DIS-06", subject, [_("There is no such notice.")])
    raise AssertionError(subject)


def frozen(book: Book, subject: str) -> Paper:
    """The same for the window. Raises Refused when there is none."""
    with book.reading() as connection:
        return paper_of(connection, subject)


def lines_of(paper: Paper) -> tuple[tuple[int, str], ...]:
    """(number, words) of every line people can point at; those of a sheet are counted through all its tables."""
    if isinstance(paper, Notice):
        return tuple((line.no, f"{line.voucher} {line.summary}") for line in paper.lines)
    found = []
    for part in paper.parts:
        for at, row in enumerate(part.rows[: len(part.rows) - part.totals], 1):
            words = _("{part}, row {n}: {words}")
            found.append(words.format(part=part.title, n=at, words=row_words(part, row)))
    return tuple(enumerate(found, 1))


def about_line(paper: Paper, no: int) -> str:
    """The line an objection doubts, in its printed words."""
    if isinstance(paper, Notice):
        line = next((one for one in paper.lines if one.no == no), None)
        return (
            _("{no}. {summary}").format(no=no, summary=line.summary) if line else _("the notice as a whole")
        )
    return dict(lines_of(paper)).get(no) or _("the notice as a whole")


def row_words(part: Part, row: tuple[Cell, ...]) -> str:
    """A row in one line, amounts in yuan."""
    made = [
        yuan_text(cell) if column.shape is Shape.MONEY and isinstance(cell, int) else str(column.told(cell))
        for column, cell in zip(part.columns, row, strict=True)
        if cell not in (None, "")
    ]
    return " · ".join(made)
