"""The demo village's board: each notice hangs on two boards, is photographed, taken down and archived; one is questioned."""

from __future__ import annotations

import io
from datetime import date, datetime
from pathlib import Path

from villagebook.domain.board import (
    BoardPhoto,
    BoardPlace,
    Content,
    Life,
    Objection,
    Posting,
    Received,
    Shows,
    View,
)
from villagebook.domain.period import Period
from villagebook.services import files
from villagebook.services.approvals import signing
from villagebook.services.book_file.books import Book
from villagebook.services.by import By
from villagebook.services.demo_village import demo_paper
from villagebook.services.demo_village.demo_story import Row
from villagebook.services.disclosure import (
    board,
    board_archive,
    board_lives,
    board_photos,
    board_places,
    correction_lines,
    corrections,
    notices,
    objections,
)

HAMLET = BoardPlace("后山自然村", "小卖部东墙")
WALLS = ("#b9a98f", "#a7b0a2")
"""What is behind the paper at each board."""
FIRST = 9
"""The hour at the first board."""
UP, DOWN = 8, 20
"""Days of the month after on which a notice is posted and taken down."""
UPHELD, BESIDE, BOTH_DOWN = 11, 13, 25
"""Days on which a doubt is found right, its correction hangs beside the notice, and both come down."""


def name_board(book: Book, at: By) -> None:
    """The hamlet behind the hill has a board of its own."""
    board_places.set_place(book, HAMLET, "", at)


def live(
    book: Book,
    ids: dict[str, str],
    month: Period,
    at: By,
    printed: Path,
    *,
    questioned: bool,
    mistaken: Row | None = None,
) -> None:
    """What became of last month's notice during this month, entered in the evenings of its days: as far as the days have come.

    `printed` is the folder of the papers as they came from the printer; `mistaken` is what the story tells of a line that was
    wrong and is set right in the book by now.
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
    if mistaken:
        hung += _set_right(book, ids, told.life, first, at, printed, mistaken)
    down = _evening(at, first.replace(day=BOTH_DOWN if mistaken else DOWN))
    for posting_id in hung:
        board.take_down(book, posting_id, down.day, ids["clerk"], "公开期满", down)
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


def _set_right(
    book: Book, ids: dict[str, str], life: Life, first: date, at: By, printed: Path, mistaken: Row
) -> list[str]:
    """A villager doubts a line; supervision finds it wrong, and the correction hangs beside the notice (F12); the postings."""
    words = mistaken["entry"]["summary"]
    (line,) = (row for row in notices.frozen_notice(book, life.subject).lines if words in row.summary)
    doubted, upheld, beside = (_evening(at, first.replace(day=n)) for n in (UP + 1, UPHELD, BESIDE))
    told = Objection("", "", life.subject, line.no, doubted.day, Received.BOX, "", mistaken["doubt"])
    asked = objections.enter(book, told, doubted)
    objections.answer(book, asked.id, "罗小敏", mistaken["answer"], Content.YES, upheld.day, upheld)
    objections.uphold(book, asked.id, "监督委员会", "异议成立，应当更正。", upheld.day, upheld)
    right = correction_lines.suggest(book, life.subject, line.no)
    made = corrections.submit(book, life.subject, (right,), mistaken["reason"], upheld, asked.id)
    number = corrections.frozen(book, made).number
    marks = tuple(signing.InkMark("S", ids[key], upheld.day) for key in ("head", "sup2"))
    signed = files.store_file(book, demo_paper.note_photo(f"{number} 审核"), f"{number}-review.jpg")
    signing.sign_ink(book, made, marks, signed, upheld)
    (printed / f"F12-{number}.pdf").write_bytes(corrections.pdf(book, made, "A4"))
    hung = []
    for hour, place in enumerate(life.places, FIRST):
        kept = files.store_file(
            book, demo_paper.note_photo(f"{number} 张贴于{place}"), f"{number}-{hour}.jpg"
        )
        photos = tuple(BoardPhoto(view, kept.sha256, Shows.UNREAD) for view in View)
        hung.append(
            board.post(
                book, Posting("", made, "", place, ids["clerk"], _at(beside.day, hour), photos), beside
            )
        )
    objections.close(book, asked.id, "监督委员会", "已张贴更正公告。", beside.day, beside)
    return hung


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
