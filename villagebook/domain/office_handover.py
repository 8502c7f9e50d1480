"""Handing an office over (AP16): the list of what passes from one hand to the next, and who signed for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.canonical import digest
from villagebook.domain.document import Attachment
from villagebook.domain.people import PostKind
from villagebook.domain.table import Cell


class PartCode(StrEnum):
    """The parts of the list, in their order on paper."""

    CASH = "cash"
    BANK = "bank"
    RECEIPTS = "receipts"
    VOUCHERS = "vouchers"
    SEALS = "seals"
    CONTRACTS = "contracts"
    OPEN = "open"
    FILES = "files"


class Hand(StrEnum):
    """Who signs for a handover, in their order."""

    GIVER = "giver"
    TAKER = "taker"
    OVERSEER = "overseer"


@dataclass(frozen=True, slots=True)
class Part:
    """One part as a list: cells are plain values (codes, days, fen), so that every language prints the same facts."""

    code: PartCode
    rows: tuple[tuple[Cell, ...], ...]

    def to_data(self) -> list[Any]:
        return [self.code.value, [list(r) for r in self.rows]]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is agreed before the list is compiled: whose post, to whom, before whom, on which day."""

    post_id: str
    taker: str
    overseer: str
    on: date
    remark: str = ""


@dataclass(frozen=True, slots=True)
class HandoverList:
    """The whole list as it stands on a day. `id` is that of the handover; two lists of one id never differ."""

    id: str
    terms: Terms
    kind: PostKind
    giver: str
    parts: tuple[Part, ...]

    def person(self, hand: Hand) -> str:
        """Who signs as this hand."""
        return {Hand.GIVER: self.giver, Hand.TAKER: self.terms.taker, Hand.OVERSEER: self.terms.overseer}[
            hand
        ]

    def part(self, code: PartCode) -> Part:
        return next(p for p in self.parts if p.code is code)

    def to_data(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "post_id": self.terms.post_id,
            "kind": self.kind.value,
            "giver": self.giver,
            "taker": self.terms.taker,
            "overseer": self.terms.overseer,
            "on": self.terms.on.isoformat(),
            "remark": self.terms.remark,
            "parts": [p.to_data() for p in self.parts],
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> HandoverList:
        terms = Terms(
            data["post_id"], data["taker"], data["overseer"], date.fromisoformat(data["on"]), data["remark"]
        )
        parts = tuple(Part(PartCode(code), tuple(tuple(r) for r in rows)) for code, rows in data["parts"])
        return cls(data["id"], terms, PostKind(data["kind"]), data["giver"], parts)

    def content_hash(self) -> str:
        """What is printed on every page and covered by every signature, hex."""
        return digest(self.to_data())


@dataclass(frozen=True, slots=True)
class Listed:
    """A list that was frozen, and how far it is: who has signed, and whether the office has passed."""

    content: HandoverList
    content_hash: str
    listed_on: date
    signed: tuple[Hand, ...] = ()
    done_on: date | None = None
    sheets: tuple[Attachment, ...] = ()
