"""Examples for notices on the board: one that lived well, and each way of not doing so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.rules import facts as f
from villagebook.domain.board import (
    Act,
    BoardPhoto,
    Hang,
    Life,
    Objection,
    ObjectionStep,
    Posting,
    Received,
    Removal,
    Shows,
    View,
)
from villagebook.rules.board_facts import Archiving, BoardFacts, Closing
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

PLACES = ("村务公开栏", "西坡")
PHOTOS = (BoardPhoto(View.WIDE, "aa", Shows.UNREAD), BoardPhoto(View.READABLE, "bb", Shows.MATCHES))
GONE = Removal(date(2025, 3, 25), "clerk", "公开期满")
ANSWERED = ObjectionStep(Act.ANSWERED, date(2025, 3, 12), "周敏", "已查明原因")
UPHELD = ObjectionStep(Act.UPHELD, date(2025, 3, 13), "张海涛", "确属记账错误")
LONG_AGO = f.TODAY - timedelta(days=20)
CLOSED = ObjectionStep(Act.CLOSED, date(2025, 3, 20), "张海涛", "异议人无意见")


def posting(place: str = PLACES[0], **changes: Any) -> Posting:
    made = Posting("p", "n1", "hash", place, "clerk", datetime.fromisoformat("2025-03-08T09:30"), PHOTOS)
    return replace(made, **changes)


HANGS = tuple(Hang(posting(place, id=place), GONE) for place in PLACES)


def objection(*steps: ObjectionStep) -> Objection:
    return Objection("o1", "2025-Y01", "n1", 3, date(2025, 3, 9), Received.BOX, "", "金额不对", "", steps)


def life(**changes: Any) -> Life:
    made = Life("n1", "3715-202502", "hash", True, PLACES, 10, date(2025, 3, 10), HANGS, reviews=("cc",))
    return replace(made, **changes)


def correction(**changes: Any) -> Life:
    return replace(life(subject="c1", number="3715-202502-G1", due_on=None, objection="o1"), **changes)


def about(**parts: Any) -> Callable[[], Facts]:
    return lambda: f.ground(board=BoardFacts("3715-202502", **parts))


def archived(**changes: Any) -> Callable[[], Facts]:
    return about(archiving=Archiving(life(**changes)))


def put_up(**changes: Any) -> Callable[[], Facts]:
    """A posting entered on the evening of the day."""
    return lambda: f.ground(
        today=date(2025, 3, 8), board=BoardFacts("3715-202502", posting=posting(**changes))
    )


def photo(shows: Shows) -> tuple[BoardPhoto, ...]:
    return (PHOTOS[0], replace(PHOTOS[1], shows=shows))


def hung(*days: int) -> tuple[Hang, ...]:
    """A hang of so many days at each place, one after the other at the last place."""
    start = datetime.fromisoformat("2025-03-01T09:00")
    made = []
    for n, count in enumerate(days):
        place = PLACES[min(n, 1)]
        up = start.replace(day=1 + 7 * max(0, n - 1))
        made.append(
            Hang(posting(place, posted_at=up), replace(GONE, removed_on=date(2025, 3, up.day + count)))
        )
    return tuple(made)


BOARD_EXAMPLES = {
    ("DIS-05", When.BOARD): (
        about(standing=(life(),)),
        about(standing=(life(hangs=()),)),
        about(standing=(life(hangs=HANGS[:1]),)),
        about(standing=(life(due_on=date(2025, 3, 7)),)),
        about(standing=(life(hangs=(), final=False),)),  # what is never signed is late as well
    ),
    ("DIS-07", When.BOARD): (
        about(texts=(("1", "购买水泵"),)),
        about(texts=(("1", "联系电话13812345678"),)),
        about(texts=(("1", "癌症救助"),)),
    ),
    ("DIS-08", When.BOARD): (about(texts=(("1", "购买水泵"),)), about(signs=("𠮷",))),
    ("DIS-09", When.BOARD): (
        put_up(),
        put_up(place=" "),
        put_up(person_id="nobody"),
        put_up(posted_at=None),
        put_up(photos=()),
        put_up(photos=PHOTOS[:1]),
        put_up(photos=PHOTOS[1:], excuse=" 无 "),
        *(put_up(photos=photo(s)) for s in (Shows.DIFFERS, Shows.OTHER, Shows.FOREIGN)),
    ),
    ("DIS-10", When.BOARD): (archived(), archived(hangs=HANGS[:1])),
    ("DIS-11", When.BOARD): (
        archived(hangs=hung(10, 10)),
        archived(hangs=hung(10, 9)),
        archived(hangs=hung(10, 6, 6)),  # posted again, the days count anew
        archived(corrections=(correction(hangs=hung(10, 3)),)),
    ),
    ("DIS-12", When.BOARD): (
        about(open_objections=(objection(ANSWERED),)),
        about(open_objections=(objection(),)),
        about(
            open_objections=(
                objection(ANSWERED, ObjectionStep(Act.ESCALATED, date(2025, 3, 14), "镇农经站", "不服")),
            )
        ),
    ),
    ("DIS-13", When.BOARD): (
        about(closing=Closing(objection(ANSWERED), corrected=False)),
        about(closing=Closing(objection(), corrected=False)),
        archived(objections=(objection(),)),
    ),
    ("DIS-14", When.BOARD): (
        archived(objections=(objection(ANSWERED, UPHELD),), corrections=(correction(),)),
        about(closing=Closing(objection(ANSWERED, UPHELD), corrected=False)),
        archived(objections=(objection(ANSWERED, UPHELD),)),
        archived(objections=(objection(ANSWERED, UPHELD),), corrections=(correction(final=False),)),
    ),
    ("DIS-47", When.BOARD): (
        about(standing=(life(objections=(objection(ANSWERED, replace(UPHELD, day=f.TODAY)),)),)),
        about(standing=(life(objections=(objection(ANSWERED, replace(UPHELD, day=LONG_AGO)),)),)),
    ),
    ("DIS-45", When.BOARD): (
        about(photos=PHOTOS, used={"cc": "西坡"}),
        about(photos=PHOTOS, used={"bb": "西坡"}),
        about(photos=PHOTOS, used={"aa": "西坡"}),
    ),
    ("DIS-46", When.BOARD): (
        about(told=(("答复", f.TODAY),)),
        about(told=(("答复", LONG_AGO),)),
        about(posting=posting()),
        about(posting=posting(), told=(("答复", f.TODAY),)),
    ),
    ("DIS-15", When.BOARD): (
        archived(objections=(objection(ANSWERED, CLOSED),)),
        archived(reviews=()),
        archived(hangs=(HANGS[0], replace(HANGS[1], removal=None))),
        archived(hangs=(HANGS[0], replace(HANGS[1], posting=posting(PLACES[1], photos=PHOTOS[:1])))),
        archived(objections=(objection(ANSWERED),)),
        about(archiving=Archiving(life(), ("照片",))),
    ),
}
