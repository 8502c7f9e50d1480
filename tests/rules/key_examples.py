"""Examples for officials' keys: those that sign, and those that do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from tests.builders import CODE, NAME
from tests.rules import facts as f
from villagebook.domain.keys import (
    SUITE,
    Certified,
    KeyAnswer,
    KeyList,
    KeyRequest,
    KeyStop,
    ListedKey,
    SigningKey,
    Standing,
    StopReason,
)
from villagebook.rules.facts import Facts
from villagebook.rules.key_facts import KeyFacts, KeyUse, Stopping, TownshipWord
from villagebook.rules.rule import When

Make = Callable[[], Facts]
DAY, YEAR_END = f.DAY, date(2025, 12, 31)
MARK, PUBLIC, BOOK = "1234-5678-9abc-def0", "ab" * 32, "book-1"
KEY = SigningKey(MARK, "director", PUBLIC, SUITE, date(2025, 1, 1))
ASKED = KeyRequest(PUBLIC, SUITE, "director", "王建国", "director", NAME, CODE, BOOK, "2025-01-01T08:00")
ANSWER = KeyAnswer(ASKED, date(2025, 1, 2), YEAR_END)
LISTED = ListedKey(PUBLIC, "王建国", "director", date(2025, 1, 2), YEAR_END)
LIST = KeyList(NAME, CODE, BOOK, 2, date(2025, 2, 1), YEAR_END, (LISTED,))
GOOD = Standing(KEY, True, Certified(ANSWER, date(2025, 1, 2)), None, LIST)
STOP = KeyStop(MARK, StopReason.LOST, DAY, "director", "车站丢失", "", DAY)


def using(standing: Standing = GOOD, day: date = DAY, **changes: bool) -> Make:
    return lambda: f.ground(keys=KeyFacts(KeyUse(standing, day, **changes)))


def listed(key: ListedKey = LISTED, until: date = YEAR_END) -> Standing:
    return replace(GOOD, listed=replace(LIST, keys=(key,), until_on=until))


ANOTHER = ListedKey("cd" * 32, "赵玉兰", "supervisor", date(2025, 1, 2), YEAR_END)
NO_LIST = replace(GOOD, listed=None)

_USE: dict[str, tuple[Make, ...]] = {
    "KEY-01": (
        using(replace(GOOD, wanted=False, certified=None, listed=None)),
        using(replace(GOOD, certified=None, listed=None)),
        using(listed(ANOTHER)),
    ),
    "KEY-02": (using(), using(replace(GOOD, stop=STOP)), using(replace(GOOD, stop=STOP), f.TODAY)),
    "KEY-03": (
        using(listed(replace(LISTED, revoked_on=DAY + timedelta(days=1), reason="遗失"))),
        using(listed(replace(LISTED, revoked_on=DAY, reason="遗失"))),
        using(listed(replace(LISTED, revoked_on=date(2025, 1, 5), reason="遗失"))),
    ),
    "KEY-04": (
        using(NO_LIST, YEAR_END),
        using(NO_LIST, date(2026, 1, 1)),
        using(listed(replace(LISTED, until_on=date(2025, 2, 28)))),
        using(NO_LIST, date(2025, 1, 1)),
        using(replace(GOOD, key=replace(KEY, from_on=f.TODAY))),
    ),
    "KEY-05": (
        using(listed(until=DAY)),
        using(listed(until=DAY - timedelta(days=31))),
        using(listed(until=DAY - timedelta(days=31)), again=True),
    ),
    "KEY-06": (
        using(),
        using(replace(GOOD, key=replace(KEY, suite="sm2-sm3"))),
        using(replace(GOOD, key=replace(KEY, suite="rot13"))),
    ),
    "KEY-07": (using(), using(left=True)),
}

NEW_LIST = replace(LIST, version=3, from_on=DAY)
WORD = TownshipWord(
    NEW_LIST,
    DAY,
    SUITE,
    suite_known=True,
    holds=True,
    trusted=True,
    township="清水镇",
    here=(CODE, BOOK),
    today=DAY,
    held=LIST,
)
TOLD = replace(WORD, content=ANSWER, signed_on=date(2025, 1, 2), standing=GOOD)


def word(base: TownshipWord = WORD, **changes: Any) -> Make:
    return lambda: f.ground(keys=KeyFacts(word=replace(base, **changes)))


def as_list(**changes: Any) -> Make:
    return word(content=replace(NEW_LIST, **changes))


def as_answer(**changes: Any) -> Make:
    return word(TOLD, content=replace(ANSWER, **changes))


def stopping(standing: Standing | None = GOOD, *, known: bool = True, **changes: Any) -> Make:
    stop = replace(STOP, **changes)
    return lambda: f.ground(keys=KeyFacts(stopping=Stopping(standing, stop, known, DAY)))


HELD_REVOKED = replace(LIST, keys=(replace(LISTED, revoked_on=date(2025, 1, 20), reason="遗失"),))

KEY_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, when): makes for id, makes in _USE.items() for when in (When.SIGN, When.REGISTER)},
    ("KEY-08", When.REGISTER): (
        word(),
        as_list(version=2),
        as_list(version=1),
        as_list(until_on=DAY - timedelta(days=1)),
        as_list(from_on=date(2025, 2, 2)),
        as_list(code="1"),
        as_list(book_id="another"),
        word(held=HELD_REVOKED),
        word(holds=False),
        word(trusted=False),
        word(suite="sm2-sm3", suite_known=False),
        word(TOLD, standing=None),
        word(TOLD, standing=replace(GOOD, stop=STOP)),
        word(TOLD, standing=replace(GOOD, key=replace(KEY, person_id="head"))),
        word(TOLD, signed_on=date(2025, 1, 1)),
        as_answer(until_on=DAY - timedelta(days=1)),
        as_answer(request=replace(ASKED, code="1")),
    ),
    ("KEY-09", When.REGISTER): (
        stopping(),
        stopping(None),
        stopping(replace(GOOD, stop=STOP)),
        stopping(known=False),
        stopping(reason=" 丢 "),
        stopping(lost_on=DAY + timedelta(days=1)),
        stopping(lost_on=date(2024, 12, 31)),
    ),
}
