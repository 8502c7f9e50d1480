"""The demo village's board: each notice hangs on two boards, is photographed, taken down and archived; one is questioned."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

from villagebook.domain.board import (
    BoardPhoto,
    BoardPlace,
    Content,
    Objection,
    Posting,
    Received,
    Shows,
    View,
)
from villagebook.domain.period import Period
from villagebook.services import files
from villagebook.services.book_file.books import Book
from villagebook.services.by import By
from villagebook.services.disclosure import (
    board,
    board_archive,
    board_lives,
    board_photos,
    board_places,
    objections,
)

HAMLET = BoardPlace("后山自然村", "小卖部东墙")
WALLS = ("#b9a98f", "#a7b0a2")
"""What is behind the paper at each board."""
FIRST = 9
"""The hour at the first board."""
UP, DOWN = 8, 20
"""Days of the month after on which a notice is posted and taken down."""


def name_board(book: Book, at: By) -> None:
    """The hamlet behind the hill has a board of its own."""
    board_places.set_place(book, HAMLET, "", at)


def live(book: Book, ids: dict[str, str], month: Period, at: By, printed: Path, *, questioned: bool) -> None:
    """What became of last month's notice during this month, entered in the evenings of its days: as far as the days have come.

    `printed` is the folder of the papers as they came from the printer.
    """
    last = month.shifted(-1)
    if at.day.day <= UP:
        return
    told = next((t for t in board_lives.notice_lives(book) if t.span.last == last and t.life.final), None)
    if told is None:
        return
    first = month.first_day
    paper = (printed / f"notice-{last}.pdf").read_bytes()
    hung = []
    for hour, place in enumerate(told.life.places, FIRST):
        photos = _photographed(
            book, told.life.subject, _snapped(paper, WALLS[hour % len(WALLS)]), f"{last}-{hour}.jpg"
        )
        up = _at(first.replace(day=UP), hour)
        posting = Posting("", told.life.subject, "", place, ids["clerk"], up, photos)
        hung.append(board.post(book, posting, _evening(at, first.replace(day=UP))))
    if at.day.day <= DOWN:
        return
    if questioned:
        _question(book, told.life.subject, first, at)
    down = _evening(at, first.replace(day=DOWN))
    for posting_id in hung:
        board.take_down(book, posting_id, first.replace(day=DOWN), ids["clerk"], "公开期满", down)
    board_archive.archive(book, told.life.subject, at)


def _photographed(book: Book, notice_id: str, sheet: bytes, name: str) -> tuple[BoardPhoto, ...]:
    """One photo for both views; the code on the first board's is read, of the others it is only kept."""
    if f"-{FIRST}." in name:
        seen = board_photos.take_in(book, sheet, name, notice_id)
        return tuple(BoardPhoto(view, seen.photo.sha256, seen.shows) for view in View)
    kept = files.store_file(book, sheet, name)
    return tuple(BoardPhoto(view, kept.sha256, Shows.UNREAD) for view in View)


def _evening(at: By, day: date) -> By:
    """The same person at the end of another day: what happened is entered on its day."""
    return By(at.actor, at.at.replace(year=day.year, month=day.month, day=day.day))


def _at(day: date, hour: int) -> datetime:
    return datetime.combine(day, datetime.min.time()).replace(hour=hour)


def _question(book: Book, notice_id: str, first: date, at: By) -> None:
    """A slip from the box beside the board, without a name, answered within the week."""
    asked = objections.enter(
        book,
        Objection(
            "",
            "",
            notice_id,
            1,
            first.replace(day=UP + 1),
            Received.BOX,
            "",
            "第一笔钱是怎么算出来的?有没有单据?",
        ),
        _evening(at, first.replace(day=UP + 1)),
    )
    objections.answer(
        book,
        asked.id,
        "罗小敏",
        "已在公开栏旁当众出示收据和合同,金额与合同一致。",
        Content.YES,
        first.replace(day=UP + 4),
        _evening(at, first.replace(day=UP + 4)),
    )
    closed = first.replace(day=UP + 5)
    objections.close(book, asked.id, "监督委员会", "提问人无其他意见。", closed, _evening(at, closed))


def _snapped(pdf: bytes, wall_colour: str) -> bytes:
    """The first page on a board as a telephone sees it."""
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=1.3).to_pil().convert("RGB")
    finally:
        document.close()
    wall = Image.new("RGB", (page.width + 120, page.height + 120), wall_colour)
    wall.paste(page, (60, 60))
    out = io.BytesIO()
    wall.save(out, "JPEG", quality=70)
    return out.getvalue()
