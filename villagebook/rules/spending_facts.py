"""What the rules about tiers, special kinds and yearly caps look at beside a payment."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.enclosed import Enclosed
from villagebook.domain.policy import Cap
from villagebook.domain.special import KindRule, Special
from villagebook.domain.splitting import Part


@dataclass(frozen=True, slots=True)
class SplitFacts:
    """Other payments to the same payee, or for the same purpose, that a payment is summed with (AP8).

    `by_purpose` says which of the two; `total_fen` is the sum with the payment itself.
    """

    parts: tuple[Part, ...] = ()
    by_purpose: bool = False
    total_fen: int = 0


@dataclass(frozen=True, slots=True)
class CapTouch:
    """A category of spending in a year (AP13). `limit_fen` None: nothing is limited, the total is only shown."""

    cap: Cap
    year: int
    used_fen: int
    under_way_fen: int
    own_fen: int
    limit_fen: int | None

    @property
    def total_fen(self) -> int:
        """The year's spending once this document is posted."""
        return self.used_fen + self.under_way_fen + self.own_fen

    @property
    def is_over(self) -> bool:
        return self.limit_fen is not None and self.own_fen > 0 and self.total_fen > self.limit_fen


@dataclass(frozen=True, slots=True)
class HeadTouch:
    """What one payee gets of a special kind in a year, other payments and this one."""

    code: Special
    name: str
    limit_fen: int
    others_fen: int
    own_fen: int


@dataclass(frozen=True, slots=True)
class FeeFacts:
    """A fee the bank took by itself, beside others: `used_by` names the voucher of the same advice, "" for none.

    `day_fen` is what the bank took from the same place on that day, this one not counted.
    """

    used_by: str = ""
    day_fen: int = 0


@dataclass(frozen=True, slots=True)
class SpendingFacts:
    """Parts that a gate does not need stay empty. `tier` is the tier of the counted sum, "" for what needs none.

    `enclosed` are the papers that lie with the document; `decided` says that it was decided as a whole before: by a
    resolution of the register, a contract that names one, or a list at decided rates.
    """

    kinds: tuple[KindRule, ...] = ()
    tier: str = ""
    tier_papers: tuple[str, ...] = ()
    tier_cash: bool = True
    enclosed: frozenset[Enclosed] = frozenset()
    split: SplitFacts = SplitFacts()
    caps: tuple[CapTouch, ...] = ()
    heads: tuple[HeadTouch, ...] = ()
    decided: bool = False
    fee: FeeFacts | None = None

    @property
    def counted_fen(self) -> int | None:
        """The sum that decides who signs where it is more than the document's own, None where it is not."""
        return self.split.total_fen if self.split.parts else None


NO_SPENDING = SpendingFacts()
"""No part of it was asked for."""
