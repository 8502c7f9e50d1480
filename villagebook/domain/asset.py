"""Assets: cards of fixed assets, biological assets and intangibles, and how their value wears off.

Invariant: what an asset has lost is never more than its original value less the residual value, whatever changes on the way.
The charge of a month spreads what is left over the months that are left, so a changed life or value counts from then on and
nothing is booked again (prospective).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.period import Period
from villagebook.domain.register import day_of


class Family(StrEnum):
    """What kind of account an asset stands on; the notes say account / account that wears it off."""

    FIXED = "fixed"
    PRODUCTIVE = "productive"
    CONSUMABLE = "consumable"
    WELFARE = "welfare"
    INTANGIBLE = "intangible"


ACCOUNTS: dict[Family, tuple[str, str]] = {
    Family.FIXED: ("151", "152"),
    Family.PRODUCTIVE: ("132", "133"),
    Family.CONSUMABLE: ("131", ""),
    Family.WELFARE: ("134", ""),
    Family.INTANGIBLE: ("161", "162"),
}
"""Account of the original value and its contra account ("" when there is none) in the 2023 chart."""

CONTRA = tuple(contra for _cost, contra in ACCOUNTS.values() if contra)


def is_under(code: str, family: Family, *, contra: bool = False) -> bool:
    """True when an account is that of the family, or hangs under it."""
    top = ACCOUNTS[family][1 if contra else 0]
    return bool(top) and code.startswith(top)


class Method(StrEnum):
    """How value wears off: evenly over the months, by the work done, or not at all."""

    STRAIGHT = "straight-line"
    WORK = "units-of-work"
    NONE = "none"


class Purpose(StrEnum):
    """Who uses it; decides which expense bears the wear."""

    PRODUCTION = "production"
    ADMINISTRATION = "administration"
    PUBLIC = "public-welfare"


class Origin(StrEnum):
    """How it came to the village. FOUND is the surplus of a count; DONATED may stand at a nominal amount."""

    BOUGHT = "bought"
    BUILT = "built"
    GRANTED = "granted"
    DONATED = "donated"
    FOUND = "found"


class Gone(StrEnum):
    """How it left."""

    SOLD = "sold"
    SCRAPPED = "scrapped"
    LOST = "lost"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Asset:
    """One card.

    Attributes:
        acquired_on: the day it came; `in_use_on` the day it was put to use, None when the same.
        original_fen: original value; `residual_bp` the share left at the end of its life, in hundredths of a per cent.
        accumulated_fen: what it had lost when the book took it over.
        work_total: what it can do in its life, in `work_unit` (hours, kilometres), where it wears by work; `work_before` is
            what it had done of that when the book took it over or its method became this one.
        taken_over: its value is part of the book's opening balance.
        voucher: id of the voucher that booked it before the card was written, "" when the booking names the card.
        reason: why a donated or found asset stands at this amount.
        keeper: person id. `location` says where it is, `use` what for.
        account, contra, expense: sub-accounts that stand for those of its family and purpose, "" for these themselves.
    """

    code: str
    name: str
    acquired_on: date
    original_fen: int
    family: Family = Family.FIXED
    kind: str = ""
    spec: str = ""
    quantity: str = "1"
    unit: str = ""
    location: str = ""
    use: str = ""
    keeper: str = ""
    in_use_on: date | None = None
    origin: Origin = Origin.BOUGHT
    reason: str = ""
    residual_bp: int = 0
    life_months: int = 0
    method: Method = Method.STRAIGHT
    purpose: Purpose = Purpose.ADMINISTRATION
    accumulated_fen: int = 0
    taken_over: bool = False
    voucher: str = ""
    account: str = ""
    contra: str = ""
    expense: str = ""
    resolution: str = ""
    work_total: int = 0
    work_unit: str = ""
    work_before: int = 0

    @property
    def cost_account(self) -> str:
        return self.account or ACCOUNTS[self.family][0]

    @property
    def contra_account(self) -> str:
        return self.contra or ACCOUNTS[self.family][1]

    @property
    def residual_fen(self) -> int:
        """Rounded half up to a fen."""
        return (self.original_fen * self.residual_bp + 5_000) // 10_000

    @property
    def base_fen(self) -> int:
        """What may be lost in all."""
        return self.original_fen - self.residual_fen

    @property
    def wears(self) -> bool:
        measure = {Method.STRAIGHT: self.life_months, Method.WORK: self.work_total, Method.NONE: 0}
        return bool(self.contra_account) and measure[self.method] > 0

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Asset:
        """Raises KeyError, TypeError or ValueError when the data is no card."""
        made = dict(data)
        for name, kind in _KINDS.items():
            if name in made:
                made[name] = kind(made[name])
        made["acquired_on"] = date.fromisoformat(made["acquired_on"])
        made["in_use_on"] = day_of(made, "in_use_on")
        return cls(**made)


_KINDS: dict[str, Any] = {"family": Family, "origin": Origin, "method": Method, "purpose": Purpose}


@dataclass(frozen=True, slots=True)
class Disposal:
    """How an asset left, on whose decision, and what was agreed for it."""

    code: str
    gone_on: date
    how: Gone
    reason: str
    resolution: str = ""
    proceeds_fen: int = 0
    party: str = ""


@dataclass(frozen=True, slots=True)
class AssetState:
    """A card on a day.

    `lost_fen` is what it has lost so far, `charged_fen` what of it was charged in the month of that day. `cost_in_fen` and
    `cost_out_fen` are what vouchers put on its account and took off it, in its name. `worked` is what it had done before that
    month, `work` what it did in it, None while nobody has told.
    """

    asset: Asset
    lost_fen: int
    charged_fen: int = 0
    cost_in_fen: int = 0
    cost_out_fen: int = 0
    disposal: Disposal | None = None
    worked: int = 0
    work: int | None = None

    @property
    def is_cleared(self) -> bool:
        """The ledger holds it no more."""
        return self.cost_out_fen > 0 and self.cost_out_fen >= self.asset.original_fen

    @property
    def is_booked(self) -> bool:
        """The ledger holds its original value: in the opening, in a voucher from before the card, or in its name."""
        return (
            self.asset.taken_over
            or bool(self.asset.voucher)
            or self.cost_in_fen >= self.asset.original_fen > 0
        )

    @property
    def net_fen(self) -> int:
        return 0 if self.is_cleared else self.asset.original_fen - self.lost_fen


def month_charge(state: AssetState, month: Period, *, same_month: bool) -> int:
    """What an asset loses in a month in fen, 0 before it begins to wear, when nothing is left, and after it is gone.

    By work: what is left is spread over the work that is left; 0 while nobody has told the work of the month. `state` is without
    any charge of this month. `same_month`: see `wears_in`.
    """
    asset, left_fen = state.asset, state.asset.base_fen - state.lost_fen
    if not wears_in(state, month, same_month=same_month):
        return 0
    if asset.method is Method.WORK:
        return _part(left_fen, state.work or 0, asset.work_total - state.worked)
    begun = _begun(asset, same_month=same_month)
    passed = (month.year - begun.year) * 12 + month.month - begun.month
    return _part(left_fen, 1, asset.life_months - passed)


def _part(left_fen: int, share: int, of: int) -> int:
    """So many parts of an amount that is left for so many, rounded half up; all of it once no more parts are left."""
    if share >= of:
        return left_fen if share else 0
    return (2 * left_fen * share + of) // (2 * of)


def wears_in(state: AssetState, month: Period, *, same_month: bool) -> bool:
    """Whether a month takes anything from an asset that is not worn off yet.

    `same_month`: from the month it was put to use and no more in the month it leaves; otherwise from the month after, and still
    in the month it leaves.
    """
    asset = state.asset
    if not asset.wears or state.lost_fen >= asset.base_fen or month < _begun(asset, same_month=same_month):
        return False
    gone = Period.of(state.disposal.gone_on) if state.disposal else None
    return gone is None or (month < gone if same_month else month <= gone)


def _begun(asset: Asset, *, same_month: bool) -> Period:
    return Period.of(asset.in_use_on or asset.acquired_on).shifted(0 if same_month else 1)


@dataclass(frozen=True, slots=True)
class Counted:
    """A count of the assets: which were found, which were not."""

    counted_on: date
    counter: str
    witness: str
    found: tuple[str, ...]
    missing: tuple[str, ...]
    note: str = ""
