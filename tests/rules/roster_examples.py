"""Examples for the registers of people and for what accounts ask of their lines: (passes, trips, trips ...)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.demand import Demand
from villagebook.domain.document import Item
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.roster import Household, Member, Outsider
from villagebook.domain.voucher import VoucherLine
from villagebook.rules.facts import Facts
from villagebook.rules.roster_facts import DemandFacts, RosterFacts
from villagebook.rules.rule import When

Make = Callable[[], Facts]

HEAD = Member("何老四", "户主", 1960, votes=True)
SON = Member("何小四", "子", 1990, votes=True)
HOUSEHOLD = Household("03-012", 3, "何老四", (HEAD, SON), "2", date(2025, 1, 1), "土改入社")
SHOP = Outsider("W001", "县农机公司")
GONE: dict[str, Any] = {"left_on": date(2025, 3, 1), "left_why": "全家迁出"}


def household(told: dict[str, Any] | None = None, **changes: Any) -> Facts:
    given = {"adding": True, **(told or {})}
    return f.ground(roster=RosterFacts(replace(HOUSEHOLD, **changes), **given))


def outsider(told: dict[str, Any] | None = None, **changes: Any) -> Facts:
    given = {"adding": True, **(told or {})}
    return f.ground(roster=RosterFacts(replace(SHOP, **changes), **given))


def asked(kind: LinkKind = LinkKind.OUTSIDER, *links: Link) -> Facts:
    """A payment on an account that wants to know something."""
    document = f.payment(items=(Item("511", 50_000, "灌溉水泵", links=tuple(links)),))
    known = {link: LinkTarget(link.kind, link.code, "县农机公司") for link in links}
    return replace(f.about(document), demands={"511": Demand((kind,), strict=True)}, links=known)


def demand(account: str, *kinds: LinkKind) -> Facts:
    return f.ground(demand=DemandFacts(account, Demand(kinds)))


_REGISTER: dict[str, tuple[Make, ...]] = {
    "REG-01": (
        household,
        lambda: household(code="03-12"),
        lambda: household(code="04-012"),
        lambda: household({"known": True}),
        lambda: household({"adding": False}),
        lambda: outsider(code=""),
        lambda: outsider({"known": True}),
    ),
    "REG-02": (
        outsider,
        lambda: outsider(name=" "),
        lambda: household(head=""),
        lambda: household(members=(HEAD, Member(""))),
    ),
    "REG-03": (
        lambda: household(members=(HEAD,)),
        lambda: household(members=()),
        lambda: household(members=(SON,)),
        lambda: household(members=(replace(HEAD, **GONE), SON)),
    ),
    "REG-04": (
        lambda: household({"adding": False, "known": True}, **GONE),
        lambda: household(left_on=date(2024, 12, 31), left_why="全家迁出"),
        lambda: household(joined_on=date(2025, 4, 1)),
        lambda: household(members=(HEAD, replace(SON, joined_on=date(2025, 3, 2), **GONE))),
        lambda: outsider(left_on=date(2026, 1, 1), left_why="不再往来"),
    ),
    "REG-05": (
        lambda: household(**GONE),
        lambda: household({"open": (("113", 50_000),)}, **GONE),
        lambda: outsider({"open": (("211", -1),)}, **GONE),
    ),
    "REG-06": (
        lambda: outsider(**GONE),
        lambda: outsider(left_on=date(2025, 3, 1)),
        lambda: household(left_on=date(2025, 3, 1), left_why=" 走"),
        lambda: household(members=(HEAD, replace(SON, left_on=date(2025, 3, 1)))),
    ),
    "REG-07": (
        lambda: outsider(account_no="6222021611001234567"),
        lambda: household(members=(HEAD, replace(SON, relation="子 371523199001011234"))),
        lambda: outsider(contact="37152319900101123X"),
    ),
    "REG-08": (household, lambda: household({"namesake": "03-007 何老四（3组）"})),
    "REG-09": (
        lambda: household(members=(HEAD, Member("何小妹", "女", 2015))),
        lambda: household(members=(HEAD, Member("何小妹", "女", 2015, votes=True))),
        lambda: household(members=(HEAD, Member("何小妹", "女", minor=True, delegate=True))),
        lambda: household(members=(HEAD, replace(SON, born=1190))),
        lambda: household(members=(HEAD, replace(SON, born=2026))),
    ),
}

SOUND = (
    VoucherLine("102", 90_000, 0, "", "IN"),
    VoucherLine("113", 10_000, 0, "", "", "何老四", links=(Link(LinkKind.HOUSEHOLD, "03-012"),)),
    VoucherLine("301", 0, 100_000, ""),
)
_REGISTERED = {
    link: LinkTarget(link.kind, link.code, "何老四（3组）") for link in (Link(LinkKind.HOUSEHOLD, "03-012"),)
}


def opening(*lines: VoucherLine, **changes: Any) -> Facts:
    """A book that begins with these balances, the sound ones when none are told."""
    return f.ground(**{"opening": lines or SOUND, "links": _REGISTERED, **changes})


def mended(number: int, **changes: Any) -> tuple[VoucherLine, ...]:
    return tuple(replace(line, **changes) if at == number else line for at, line in enumerate(SOUND))


_OPENING: dict[str, tuple[Make, ...]] = {
    "OPN-02": (opening, lambda: opening(begun=True)),
    "OPN-04": (opening, lambda: opening(*mended(2, account="999"))),
    "OPN-05": (
        lambda: opening(*mended(0, account="101", place="RC")),
        lambda: opening(*mended(0, place="")),
        lambda: opening(*mended(0, place="RC")),
        lambda: opening(*mended(2, place="IN")),
    ),
    "OPN-06": (
        opening,
        lambda: opening(*SOUND, VoucherLine("211", 0, 0, "")),
        lambda: opening(*SOUND, VoucherLine("211", 5, 5, "")),
    ),
    "OPN-07": (opening, lambda: opening(*SOUND[:2]), lambda: opening(*mended(1, debit_fen=10_001))),
    "OPN-08": (
        lambda: opening(
            *SOUND, VoucherLine("113", 0, 5, "", "", "张三"), VoucherLine("113", 5, 0, "", "", "张三")
        ),
        lambda: opening(*SOUND, VoucherLine("211", 0, 5, ""), VoucherLine("211", 0, -5, "")),
    ),
    "OPN-09": (
        opening,
        lambda: opening(links={}),
        lambda: opening(links={k: replace(t, in_use=False) for k, t in _REGISTERED.items()}),
    ),
    "OPN-10": (
        lambda: opening(demands={"113": Demand((LinkKind.HOUSEHOLD,), strict=True)}),
        lambda: opening(demands={"301": Demand((LinkKind.HOUSEHOLD,))}),
        lambda: opening(demands={"113": Demand((LinkKind.HOUSEHOLD, LinkKind.CONTRACT))}),
    ),
}

ROSTER_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    **{(id, When.REGISTER): makes for id, makes in _REGISTER.items()},
    **{(id, When.OPENING): makes for id, makes in _OPENING.items()},
    ("VCH-11", When.SUBMIT): (
        lambda: asked(LinkKind.OUTSIDER, Link(LinkKind.OUTSIDER, "W001")),
        asked,
        lambda: asked(LinkKind.PROJECT, Link(LinkKind.OUTSIDER, "W001")),
    ),
    ("YE-51", When.ACCOUNT): (
        lambda: demand("113", LinkKind.HOUSEHOLD),
        lambda: demand("999", LinkKind.HOUSEHOLD),
        lambda: demand("102", LinkKind.HOUSEHOLD),
    ),
}
