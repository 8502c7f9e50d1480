"""Examples for the tables of board sheets: totals that are the ledger's, rows that say something, masks that were looked at."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.rules import facts as f
from villagebook.domain.pursuit import Pursuit, Way
from villagebook.domain.sheet import Part
from villagebook.domain.sheet_tie import SheetTie
from villagebook.domain.table import Column, Shape
from villagebook.rules.facts import Facts
from villagebook.rules.mask_facts import Masking
from villagebook.rules.pursuit_facts import PursuitFacts
from villagebook.rules.rule import When

P = When.PUBLISH
MASKED = Masking("3715-202501-F6", "s1", 3, "孙丽")
COLUMNS = (Column("words", "事由"), Column("amount", "金额", Shape.MONEY))


def rows(*words: str) -> Facts:
    parts = (Part("付款", COLUMNS, tuple((w, 100) for w in words)),)
    return f.sheet_publishing(replace(f.sheet(), parts=parts))


def signing(**changes: Any) -> Facts:
    """Supervision signs the review of a sheet with masked cells."""
    return f.ground(masking=replace(MASKED, **changes))


def confirming(**changes: Any) -> Facts:
    return f.ground(masking=replace(MASKED, **{"by": "张海涛", **changes}))


def pursued(owed_fen: int = 50_000, **changes: Any) -> Facts:
    """A step to collect from somebody who owes."""
    made = Pursuit("何老四", f.DAY, Way.SPOKEN, "clerk", "答应秋收后还清")
    return f.ground(pursuit=PursuitFacts(replace(made, **changes), owed_fen))


EXAMPLES = {
    ("DIS-41", P): (
        lambda: f.sheet_publishing(ties=(SheetTie("现金和银行存款", 100, 100),)),
        lambda: f.sheet_publishing(ties=(SheetTie("现金和银行存款", 100, 101),)),
    ),
    ("DIS-42", P): (
        lambda: rows("其他：修水渠买的砂石", "鱼塘承包费"),
        lambda: rows("鱼塘承包费", "其他"),
        lambda: rows("杂费"),
    ),
    ("CLM-01", When.REGISTER): (
        lambda: pursued(),
        lambda: pursued(owed_fen=0),
        lambda: pursued(party=" "),
        lambda: pursued(person_id="nobody"),
        lambda: pursued(result="无"),
        lambda: pursued(result="电话13812345678催过"),
        lambda: pursued(pursued_on=f.TODAY + timedelta(days=1)),
    ),
    ("DIS-43", When.SIGN): (lambda: signing(confirmed=True), lambda: signing()),
    ("DIS-44", When.BOARD): (
        lambda: confirming(),
        lambda: confirming(by="孙丽"),
        lambda: confirming(in_office=False),
        lambda: confirming(masks=0),
        lambda: confirming(confirmed=True),
        lambda: confirming(by="-"),
    ),
}
