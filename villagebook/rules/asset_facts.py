"""What the rules about assets and resources look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.asset import Asset, AssetState, Counted, Disposal
from villagebook.domain.period import Period
from villagebook.domain.resource import Resource


@dataclass(frozen=True, slots=True)
class AssetAct:
    """A card to be registered or changed, or an asset to be disposed of.

    `before` is how it stands, None for a new one; `taken` says that the code is in use; `reason` why it is changed;
    `due_fen` what the month of the disposal has still to charge, `untold` that its work in that month is not told;
    `unbookable` accounts of the card that cannot be booked on.
    """

    asset: Asset
    before: AssetState | None = None
    taken: bool = False
    reason: str = ""
    unbookable: tuple[str, ...] = ()
    disposal: Disposal | None = None
    due_fen: int = 0
    untold: bool = False
    changed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CountAct:
    """A count to be recorded. `untold` are assets in use of which it says nothing, `unknown` codes the register lacks."""

    counted: Counted
    untold: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunAct:
    """Charging a month. `earlier` are open months before it with something to charge; `carried` the label of a voucher that
    has carried the month's results already, "" when none has; `unbookable` accounts that would be charged and cannot; `untold`
    are (month, code, name) of assets whose work in it or in an open month right before is not told."""

    period: Period
    earlier: tuple[Period, ...] = ()
    carried: str = ""
    unbookable: tuple[str, ...] = ()
    untold: tuple[tuple[Period, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class WorkAct:
    """The work of an asset in a month, to be recorded; `asked` is False when the month takes nothing from it or has taken it."""

    code: str
    name: str
    period: Period
    work: int
    asked: bool = True


@dataclass(frozen=True, slots=True)
class Tie:
    """An account and what the cards say it should hold, both as signed fen, debit positive."""

    account: str
    cards_fen: int
    ledger_fen: int


@dataclass(frozen=True, slots=True)
class AssetMonth:
    """The register at the end of a month that is to be closed.

    `due_fen` is not charged yet, on `due` assets; `untold` are (code, name) of assets whose work is not told; `uncleared` and `unbooked` are (code, name) of assets that are gone but still
    in the ledger, and of cards no voucher has booked. `last_count` is None when nobody ever counted; `since` the day the oldest
    card in use came.
    """

    period: Period
    due: int = 0
    due_fen: int = 0
    untold: tuple[tuple[str, str], ...] = ()
    ties: tuple[Tie, ...] = ()
    uncleared: tuple[tuple[str, str], ...] = ()
    unbooked: tuple[tuple[str, str], ...] = ()
    last_count: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class AssetFacts:
    """Parts that a gate does not need stay empty. `too_much` are (code, name) a document takes off its account once too often."""

    act: AssetAct | None = None
    count: CountAct | None = None
    run: RunAct | None = None
    work: WorkAct | None = None
    month: AssetMonth | None = None
    too_much: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ResourceAct:
    """A resource to be registered or changed; `contract_lives` is False when it names a contract that is unknown or ended."""

    resource: Resource
    taken: bool = False
    changing: bool = False
    reason: str = ""
    contract_lives: bool = True


@dataclass(frozen=True, slots=True)
class ResourceFacts:
    """`stray` are (code, name) of resources said to be let by a contract that is unknown or has ended."""

    act: ResourceAct | None = None
    stray: tuple[tuple[str, str], ...] = ()


NO_ASSETS = AssetFacts()
NO_RESOURCES = ResourceFacts()
