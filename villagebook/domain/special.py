"""Special kinds of spending: tier 0 and X1 to X9 of approvals.md section 2, assigned by the township's table.

A kind is chosen by the person who types, or recognised by what the document says: its paper, its accounts, its words.
So nobody leaves the rules of a kind by not choosing it. X8, a head in his own matter, is no kind of document:
`stand_in.py` sees to it in every one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.enclosed import read_papers
from villagebook.domain.folding import first_word
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_


class Special(StrEnum):
    """The codes of the domain table; RECURRING is its tier 0."""

    RECURRING = "X0"
    RECEPTION = "X1"
    LOST_WORK = "X2"
    WELFARE = "X3"
    SUBSIDY = "X4"
    WORKS = "X5"
    LOAN = "X6"
    TRAVEL = "X7"
    PERSON = "X9"


@dataclass(frozen=True, slots=True)
class KindRule:
    """What a township asks of one special kind.

    Attributes:
        spend: kinds a person chooses that mean this one.
        words, accounts, supports: how a document shows that it is of this kind although nobody chose it; `accounts` are
            the beginnings of codes.
        from_fen: smaller documents are not of this kind, 0 for any.
        slots: the slots in order whatever the amount; None keeps those of the tier.
        more_slots: slots asked beside those of the tier, before the accountant's.
        refused: may not be paid by the village at all.
        papers: papers that must lie with the document; `a|b` is either of two.
        cash: whether it may be paid in notes and coins.
        cap_fen: most that one document may hold, None for no limit.
        year_cap_fen: most one payee may be paid of this kind in a year, None for no limit.
    """

    code: Special
    spend: tuple[SpendKind, ...] = ()
    words: tuple[str, ...] = ()
    accounts: tuple[str, ...] = ()
    supports: tuple[Support, ...] = ()
    from_fen: int = 0
    slots: tuple[str, ...] | None = None
    more_slots: tuple[str, ...] = ()
    refused: bool = False
    papers: tuple[str, ...] = ()
    cash: bool = True
    cap_fen: int | None = None
    year_cap_fen: int | None = None


_CLAIMS = (SpendKind.ADVANCE, SpendKind.LOAN)
_CLAIM_ACCOUNTS = ("112", "113")


def special_kinds(document: Document, rules: Iterable[KindRule]) -> tuple[Special, ...]:
    """Every special kind a payment is of, in the order of the table; empty for what only its tier decides about."""
    if document.kind is not DocKind.PAYMENT:
        return ()
    return tuple(rule.code for rule in rules if is_of_kind(document, rule))


def is_of_kind(document: Document, rule: KindRule) -> bool:
    """Chosen, or shown by paper, account or words; a kind somebody chose is never too small."""
    if document.spend_kind in rule.spend:
        return True
    if document.total_fen < rule.from_fen:
        return False
    if document.support in rule.supports:
        return True
    accounts = [item.account for item in document.items]
    if (
        document.spend_kind in _CLAIMS
        and accounts
        and all(code.startswith(_CLAIM_ACCOUNTS) for code in accounts)
    ):
        return False  # what it is spent on is told when it is settled
    if any(code.startswith(begin) for code in accounts for begin in rule.accounts):
        return True
    return bool(first_word((document.summary, *(item.summary for item in document.items)), rule.words))


def read_kind(code: str, told: Mapping[str, Any]) -> KindRule:
    """A kind of the township's file. Raises ValueError, KeyError or TypeError when it is none."""
    caps = [told.get(name) for name in ("cap_fen", "year_cap_fen")]
    if any(cap is not None and int(cap) < 0 for cap in caps):
        raise ValueError(N_("a cap is not below zero"))
    slots = told.get("slots")
    return KindRule(
        code=Special(code),
        spend=tuple(SpendKind(s) for s in told.get("spend", ())),
        words=tuple(told.get("words", ())),
        accounts=tuple(told.get("accounts", ())),
        supports=tuple(Support(s) for s in told.get("supports", ())),
        from_fen=int(told.get("from_fen", 0)),
        slots=None if slots is None else tuple(slots),
        more_slots=tuple(told.get("more_slots", ())),
        refused=bool(told.get("refused", False)),
        papers=read_papers(told.get("papers", ())),
        cash=bool(told.get("cash", True)),
        cap_fen=None if caps[0] is None else int(caps[0]),
        year_cap_fen=None if caps[1] is None else int(caps[1]),
    )
