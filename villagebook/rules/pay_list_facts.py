"""What the rules about lists with payees look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.pay_list import PayList, PayRate
from villagebook.domain.pay_list_proof import ListProof, ListShown


@dataclass(frozen=True, slots=True)
class ListPaid:
    """A list as a payment finds it.

    `named` is the number the payment gives; `others` are labels of other documents that pay it already; `cash` says that notes
    and coins leave the drawer; `changed` that the list is another one than when this very content was first sent in; `reviewed_on` and `shown` hold for what the list says now.
    """

    named: str
    others: tuple[str, ...] = ()
    cash: bool = False
    changed: bool = False
    reviewed_on: date | None = None
    shown: ListShown | None = None
    proofs: tuple[ListProof, ...] = ()


@dataclass(frozen=True, slots=True)
class ListFacts:
    """A list that is entered, or paid by the document of the facts.

    Attributes:
        subject: the list; None when the book has none under the number, or nothing is asked of lists.
        new: it is being entered or changed; `taken`: its number stands for another one that was dropped.
        held_by: the document that pays it, so that it cannot change.
        others: all lists that stand, without the subject.
        rates: every rate that was ever decided.
        homes: plain name -> codes of the households it is known in on the last day of the list.
        register_empty: no household was registered yet.
        earlier_fen: plain name -> what lists of the kind give in the same year.
        missing_glyphs: characters of a list that is entered which the font of its sheet lacks.
        signing: a roster under review; `new_rate` a rate to be entered; `proof`, `showing` what is to be kept of a list.
    """

    subject: PayList | None = None
    new: bool = False
    taken: bool = False
    held_by: str = ""
    others: tuple[PayList, ...] = ()
    rates: tuple[PayRate, ...] = ()
    homes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    register_empty: bool = False
    earlier_fen: Mapping[str, int] = field(default_factory=dict)
    paid: ListPaid | None = None
    new_rate: PayRate | None = None
    proof: ListProof | None = None
    showing: ListShown | None = None
    missing_glyphs: tuple[str, ...] = ()


NO_LISTS = ListFacts()
