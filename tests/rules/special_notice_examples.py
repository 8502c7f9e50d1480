"""Examples for notices of their own: one shown in time, and each way of not doing so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from tests.rules.board_examples import life
from villagebook.domain.audit import AuditPoint
from villagebook.domain.duty import Duty, Event, Happened, matter
from villagebook.domain.period import Span
from villagebook.domain.request import Askers, Request, Wanted
from villagebook.rules.board_facts import Archiving, BoardFacts
from villagebook.rules.duty_facts import Assembly, DutyFacts, Left
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

DAY, DUE = date(2025, 3, 1), date(2025, 3, 11)
WANTED = Wanted(Span.parse("2025"), "513")
REQUEST = Request(
    "r", "2025-Q01", date(2025, 3, 3), Askers.VILLAGERS, 50, 412, 42, "招待费花在哪里", WANTED, "aa"
)
LEFT = Left("p1", "王建国 主任", date(2025, 2, 1), date(2025, 3, 20), date(2025, 2, 10), date(2025, 3, 1))
ASSEMBLY = Assembly("成员大会2025-01号", date(2025, 3, 20), 2024, 10, date(2025, 3, 10))


def late(event: Event) -> Duty:
    """Something of the first of March that should hang since the eleventh."""
    return Duty(Happened(event, "鱼塘承包合同", DAY, (matter("contract", "C1", DAY),)), DUE, is_major=False)


def about(**parts: Any) -> Callable[[], Facts]:
    return lambda: f.ground(duties=DutyFacts(**parts))


def put_away(**parts: Any) -> Callable[[], Facts]:
    """The month's notice is to be archived."""
    board = BoardFacts("3715-202502", archiving=Archiving(life()))
    return lambda: f.ground(duties=DutyFacts(**parts), board=board)


def asked(**changes: Any) -> Callable[[], Facts]:
    return about(request=replace(REQUEST, **changes), entitled_known=412)


def closing(**parts: Any) -> Callable[[], Facts]:
    return lambda: replace(f.month(), duties=DutyFacts(**parts))


OVERDUE = (("2025-S01", AuditPoint(1, "白条入账", 20_000), DUE),)
AUDITS = (
    {"left": (replace(LEFT, audited_on=None, shown_on=None),)},
    {"left": (replace(LEFT, shown_on=None),)},
    {"left": (replace(LEFT, shown_on=date(2025, 3, 20)),)},
    {"overdue": OVERDUE},
)

SPECIAL_NOTICE_EXAMPLES = {
    ("DIS-16", When.BOARD): (put_away(), put_away(late=(late(Event.CONTRACT_MADE),))),
    ("DIS-16", When.CLOSE): (closing(), closing(late=(late(Event.PROJECT_DONE), late(Event.BORROWED)))),
    ("DIS-17", When.BOARD): (
        put_away(),
        put_away(late=(late(Event.MAJOR),)),
        about(late=(late(Event.MAJOR),)),
    ),
    ("DIS-17", When.CLOSE): (closing(), closing(late=(late(Event.MAJOR),))),
    ("DIS-18", When.YEAR): (
        about(assemblies=(ASSEMBLY,)),
        about(assemblies=(replace(ASSEMBLY, days=9),)),
        about(assemblies=(replace(ASSEMBLY, days=0, laid_on=None),)),
    ),
    ("DIS-18", When.REGISTER): (
        about(assemblies=(ASSEMBLY,)),
        about(assemblies=(replace(ASSEMBLY, days=9),)),
    ),
    ("DIS-19", When.BOARD): (about(left=(LEFT,)), *(about(**parts) for parts in AUDITS)),
    ("DIS-19", When.CLOSE): (closing(left=(LEFT,)), *(closing(**parts) for parts in AUDITS)),
    ("DIS-20", When.BOARD): (put_away(), put_away(late=(late(Event.REQUEST),))),
    ("DIS-20", When.CLOSE): (closing(), closing(late=(late(Event.REQUEST),))),
    ("DIS-20", When.REGISTER): (
        asked(asked_by=3),  # too few is written down, and told why
        asked(text=" 账 "),
        asked(wanted=replace(WANTED, account="")),
        asked(asked_by=0),
        asked(received_on=date(2025, 4, 1)),
        asked(entitled=0),
        asked(entitled=400),
        asked(asked_by=413),
        asked(scan=""),
        about(request=REQUEST, entitled_known=412, scan_kept=False),
    ),
}
