"""What the rules about people look at: relatives, terms of office, offices handed over."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.kinship import NOBODY, Kin, Party, Relation
from villagebook.domain.office_handover import Hand, HandoverList
from villagebook.domain.people import Post, PostKind
from villagebook.domain.signature import Signature


@dataclass(frozen=True, slots=True)
class GivenPost:
    """A post to be given. `former` is who left it last, None when nobody did; `closed_until` the end of the last closed month.

    `decision` is the township's written word that lets it begin without a handover.
    """

    person_id: str
    kind: PostKind
    from_on: date
    former: Post | None = None
    decision: str = ""
    closed_until: date | None = None


@dataclass(frozen=True, slots=True)
class EndedPost:
    """A post to be ended. `last_signed_on` is the newest day its holder signed in it; `others` go on in the same post."""

    post: Post
    to_on: date
    last_signed_on: date | None = None
    others: frozenset[str] = frozenset()
    decision: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """A cash place of the list: what the book says and what was counted that day, None when nobody counted."""

    name: str
    book_fen: int
    counted_fen: int | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A bank account of the list: the newest statement, and the last movement it has to reach."""

    name: str
    book_fen: int
    stated_on: date | None
    unexplained_fen: int = 0
    last_move_on: date | None = None


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """An office about to pass.

    `keeps` are seals, `purses` imprests the giver still has; `changed` says that the book moved on since the list was frozen;
    `signing` and `by` are the hand that signs and the person who does.
    """

    content: HandoverList
    post: Post | None
    cash: tuple[Counted, ...] = ()
    bank: tuple[Stated, ...] = ()
    keeps: tuple[str, ...] = ()
    changed: bool = False
    signing: Hand | None = None
    by: str = ""
    last_signed_on: date | None = None
    purses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """Parts that a gate does not need stay empty. `near` are near relatives of the payee on the day of the facts.

    `signed` are all signatures of a document about to be posted, also those whose slot went to somebody else since.
    """

    kin: tuple[Kin, ...] = ()
    payee: Party = NOBODY
    near: dict[str, Relation] = field(default_factory=dict)
    giving: GivenPost | None = None
    ending: EndedPost | None = None
    handover: HandoverFacts | None = None
    signed: tuple[Signature, ...] = ()


NO_OFFICE = OfficeFacts()
"""No part of it was asked for."""
