"""A notice of January, signed, and the acts on the board: for tests of its life."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from tests.builders import START, Village, at, close_month, move, pay, photo, receive
from villagebook.domain.board import BoardPhoto, Objection, Posting, Received, Shows, View
from villagebook.domain.period import Span
from villagebook.services import files
from villagebook.services.approvals import signing
from villagebook.services.disclosure import board, notices, objections

BOARD = "村务公开栏"
HAMLET = "西坡自然村"
END = START.last_day


def february(day: int) -> date:
    return date(2025, 2, day)


def signed_notice(village: Village) -> str:
    """January with income, spending and a transfer; closed, its notice reviewed by two on the last day."""
    receive(village, 70_000, date(2025, 1, 9))
    move(village, "IN", "EX", 500_000, date(2025, 1, 10))
    pay(village, 120_000, date(2025, 1, 12))
    close_month(village, START)
    return frozen(village)


def frozen(village: Village) -> str:
    made = notices.submit_notice(village.book, Span.of(START), at(END, 21))
    review(village, made, END)
    return made


def review(village: Village, subject: str, day: date, *who: str) -> None:
    keys = who or ("head", "supervisor")
    marks = tuple(signing.InkMark("S", village.ids[k], day) for k in keys)
    signing.sign_ink(village.book, subject, marks, photo(village), at(day, 22))


def views(village: Village, *wanted: View, of: str = "") -> tuple[BoardPhoto, ...]:
    """Photos of one posting; `of` makes them others than those of another one."""
    kept = files.store_file(village.book, f"%PDF-1.4 a board {of}".encode(), "board.pdf")
    return tuple(BoardPhoto(v, kept.sha256, Shows.UNREAD) for v in wanted or View)


def posting(village: Village, subject: str, day: date, place: str = BOARD, **changes: Any) -> Posting:
    values: dict[str, Any] = {
        "place": place,
        "person_id": village.ids["clerk"],
        "posted_at": datetime.combine(day, datetime.min.time().replace(hour=9)),
        "photos": views(village, of=f"{place} {day} {subject}"),
    }
    values |= changes
    return Posting("", subject, "", **values)


def post(village: Village, subject: str, day: date, place: str = BOARD, **changes: Any) -> str:
    return board.post(village.book, posting(village, subject, day, place, **changes), at(day, 12))


def take_down(village: Village, posting_id: str, day: date, why: str = "公开期满") -> None:
    board.take_down(village.book, posting_id, day, village.ids["clerk"], why, at(day, 13))


def ask(village: Village, subject: str, day: date, line: int = 0, who: str = "", **changes: Any) -> Objection:
    values: dict[str, Any] = {"how": Received.BOX, "text": "这笔钱花到哪里去了?"}
    values |= changes
    made = Objection("", "", subject, line, day, values["how"], who, values["text"], values.get("scan", ""))
    return objections.enter(village.book, made, at(day, 14))
