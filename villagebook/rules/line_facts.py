"""What the rules of the two lines look at beside the document itself: receipt books, imprest, funds, claims, bills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.fund import Fund
from villagebook.domain.people import PostKind
from villagebook.domain.receipts import BookStanding, ReceiptBook, Voided
from villagebook.domain.seals import Holding


@dataclass(frozen=True, slots=True)
class BookDraw:
    """A receipt book to be handed out. `overlaps` was drawn already; `out` are books not handed back, of this medium and use."""

    book: ReceiptBook
    overlaps: ReceiptBook | None = None
    out: tuple[ReceiptBook, ...] = ()


@dataclass(frozen=True, slots=True)
class VoidFact:
    """A receipt to be voided. `used_by` is a live document with this number; `spoilt` says it was voided before."""

    voided: Voided
    standing: BookStanding
    used_by: str = ""
    spoilt: bool = False


@dataclass(frozen=True, slots=True)
class HandBack:
    """A receipt book to be handed back: who summed its stubs, and to what."""

    standing: BookStanding
    counter: str
    summed_fen: int
    returned_on: date


@dataclass(frozen=True, slots=True)
class ImprestFact:
    """An imprest to be replenished. `spent_fen` are accepted vouchers since the last replenishment was sent in.

    `fresh` when it was never issued, or returned to zero: then any sum below the ceiling may be drawn.
    """

    spent_fen: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """A loan or advance not (wholly) come back; `due_on` the day it should have."""

    document_id: str
    kind: str
    party: str
    paid_on: date
    due_on: date
    open_fen: int


@dataclass(frozen=True, slots=True)
class HeldForOthers:
    """Money collected for others, received on a day and not passed on."""

    place: str
    received_on: date
    open_fen: int


@dataclass(frozen=True, slots=True)
class ImprestHeld:
    """An imprest at the month's end: what it holds, and who answers for it."""

    place: str
    balance_fen: int
    holders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPost:
    """A post to be given, and those its holder has on or after that day."""

    name: str
    kind: PostKind
    held: frozenset[PostKind]


@dataclass(frozen=True, slots=True)
class Handing:
    """A seal to be handed over, and what everybody else keeps at that moment."""

    now: Holding
    others: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class LineFacts:
    """Parts that a gate does not need stay empty.

    `receipt_voided` and `receipt_returned` are about the document's own number; `owed_fen` is what the village owes the
    payee on the accounts of the payment; `listed_accounts` what the receipts of a deposit were for; `bill_registered` is None when the bill is not older than its month.
    """

    draw: BookDraw | None = None
    void: VoidFact | None = None
    hand_back: HandBack | None = None
    new_post: NewPost | None = None
    handing: Handing | None = None
    receipt_voided: bool = False
    receipt_returned: bool = False
    imprest: ImprestFact | None = None
    fund: Fund | None = None
    owed_fen: int = 0
    sisters: frozenset[str] = frozenset()
    bill_registered: bool | None = None
    books: tuple[BookStanding, ...] = ()
    claims: tuple[OpenClaim, ...] = ()
    agency: tuple[HeldForOthers, ...] = ()
    imprests: tuple[ImprestHeld, ...] = ()
    listed_accounts: tuple[str, ...] = ()


NOTHING = LineFacts()
"""No part of it was asked for."""
