"""How assets stand: cards, what vouchers booked in their name, what a month has still to charge."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from villagebook.domain.account import Chart
from villagebook.domain.asset import (
    CONTRA,
    Asset,
    AssetState,
    Disposal,
    Method,
    is_under,
    month_charge,
    wears_in,
)
from villagebook.domain.document import Document
from villagebook.domain.link import LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import Policy
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.rules.asset_facts import NO_ASSETS, AssetFacts, AssetMonth, Tie
from villagebook.rules.facts import Facts
from villagebook.storage import entries, ledger
from villagebook.storage.engine import Connection

TIED = ("131", "132", "133", "134", "151", "152", "161", "162")


def states(connection: Connection, day: date) -> dict[str, AssetState]:
    """Code -> card and figures at the close of a day; cards of a later day are there too, with nothing booked."""
    known = entries.assets(connection, day)
    if not known:
        return {}
    gone = entries.disposals(connection)
    moved, worked = entries.asset_moves(connection, day), entries.works(connection, day)
    made = {}
    for code, asset in known.items():
        left = gone.get(code)
        state = _state(asset, moved.get(code, ()), left if left and left.gone_on <= day else None)
        made[code] = _with_work(state, worked.get(code, {}), 100 * day.year + day.month)
    return made


def _with_work(state: AssetState, told: Mapping[int, int], month: int) -> AssetState:
    """`told` by number of the month; that of `date.max` lies behind every other."""
    if state.asset.method is not Method.WORK:
        return state
    done = sum(work for number, work in told.items() if number < month)
    return replace(state, worked=state.asset.work_before + done, work=told.get(month))


def _state(asset: Asset, moved: Iterable[entries.Moved], gone: Disposal | None) -> AssetState:
    lost_fen, charged_fen, in_fen, out_fen = asset.accumulated_fen, 0, 0, 0
    for move in moved:
        if is_under(move.account, asset.family, contra=True):
            lost_fen += move.credit_fen - move.debit_fen
            charged_fen += move.month_fen
        elif is_under(move.account, asset.family):
            in_fen += move.debit_fen
            out_fen += move.credit_fen
    return AssetState(asset, lost_fen, charged_fen, in_fen, out_fen, gone)


def state_of(connection: Connection, code: str, day: date) -> AssetState | None:
    return states(connection, day).get(code)


def charge_of(state: AssetState, month: Period, policy: Policy) -> int:
    """What an asset has still to lose in a month; 0 when it was charged already, was cleared, or its kind does not wear here."""
    if not _is_open(state, policy):
        return 0
    return month_charge(state, month, same_month=_same_month(state, policy))


def _is_open(state: AssetState, policy: Policy) -> bool:
    """Not charged in the month, still in the ledger, and of a kind that wears here."""
    unworn = state.asset.purpose.value in policy.words["unworn_purposes"]
    return not (state.charged_fen or state.is_cleared or unworn)


def _same_month(state: AssetState, policy: Policy) -> bool:
    return state.asset.family.value in policy.words["wear_same_month"]


def by_work(connection: Connection, month: Period, policy: Policy) -> tuple[AssetState, ...]:
    """Assets whose work in a month is asked for, told already or not, in the order of codes."""
    return tuple(s for s in states(connection, month.last_day).values() if _asks_work(s, month, policy))


def _asks_work(state: AssetState, month: Period, policy: Policy) -> bool:
    return (
        state.asset.method is Method.WORK
        and _is_open(state, policy)
        and wears_in(state, month, same_month=_same_month(state, policy))
    )


def untold(connection: Connection, month: Period, policy: Policy) -> tuple[tuple[str, str], ...]:
    """(code, name) of assets that wear by work and of whose work in the month nobody has told."""
    found = states(connection, month.last_day).values()
    return tuple((s.asset.code, s.asset.name) for s in found if lacks_work(s, month, policy))


def lacks_work(state: AssetState, month: Period, policy: Policy) -> bool:
    """Whether a month takes from an asset by its work and nobody has told that."""
    return state.work is None and _asks_work(state, month, policy)


def due(connection: Connection, month: Period, policy: Policy) -> tuple[tuple[AssetState, int], ...]:
    """Assets with what the month has still to charge on them, in the order of codes.

    What months after this one have charged already counts too, so that a month run late never takes more than is left.
    """
    made = []
    ever = states(connection, date.max)
    for code, state in states(connection, month.last_day).items():
        left_fen = 0 if ever[code].is_cleared else ever[code].asset.base_fen - ever[code].lost_fen
        fen = min(charge_of(state, month, policy), left_fen)
        if fen > 0:
            made.append((state, fen))
    return tuple(made)


def wear_account(asset: Asset, policy: Policy) -> str:
    """The expense that bears what an asset loses: its own, else that of its purpose."""
    return asset.expense or policy.words[f"wear_{asset.purpose.value}"][0]


def unbookable(chart: Chart, codes: Iterable[str]) -> tuple[str, ...]:
    """Codes that are not in the chart, are disabled, or have sub-accounts."""
    bad = []
    for code in dict.fromkeys(codes):
        account = chart.get(code)
        if account is None or account.disabled or not chart.is_leaf(code):
            bad.append(code or "?")
    return tuple(bad)


def cleared_since(connection: Connection, voucher: Voucher) -> str:
    """Code and name of an asset that a voucher charged and the ledger holds no more, "" when there is none."""
    charged = {
        link.code
        for line in voucher.lines
        for link in line.links
        if link.kind is LinkKind.ASSET and line.credit_fen > 0 and line.account.startswith(CONTRA)
    }
    if not charged:
        return ""
    known = states(connection, date.max)
    return next(
        (f"{c} {known[c].asset.name}" for c in sorted(charged) if c in known and known[c].is_cleared), ""
    )


def for_document(connection: Connection, document: Document, lines: Iterable[VoucherLine]) -> AssetFacts:
    """Whether a document takes an asset off its account more than it is worth."""
    off: dict[str, list[VoucherLine]] = {}
    for line in lines:
        for link in line.links:
            if link.kind is LinkKind.ASSET:
                off.setdefault(link.code, []).append(line)
    if not off:
        return NO_ASSETS
    known = states(connection, document.booked_on)
    bad = []
    for code, found in off.items():
        state = known.get(code)
        if state is None:
            continue
        fen = sum(x.credit_fen for x in found if is_under(x.account, state.asset.family))
        worn_fen = sum(x.debit_fen for x in found if is_under(x.account, state.asset.family, contra=True))
        if (fen > 0 and state.cost_out_fen + fen > state.asset.original_fen) or worn_fen > max(
            0, state.lost_fen
        ):
            bad.append((code, state.asset.name))
    return AssetFacts(too_much=tuple(bad))


def for_month(connection: Connection, base: Facts, period: Period) -> AssetFacts:
    """The register when a month closes; without any card, what the ledger holds still wants them."""
    day = period.last_day
    found = [s for s in states(connection, day).values() if s.asset.acquired_on <= day]
    charges = [fen for _state, fen in due(connection, period, base.policy)]
    live = [s for s in found if s.disposal is None]
    counted = entries.counts(connection)
    return AssetFacts(
        month=AssetMonth(
            period,
            len(charges),
            sum(charges),
            untold(connection, period, base.policy),
            ties(connection, found, period),
            tuple((s.asset.code, s.asset.name) for s in found if s.disposal and not s.is_cleared),
            tuple((s.asset.code, s.asset.name) for s in live if not s.is_booked),
            max((c.counted_on for c in counted if c.counted_on <= day), default=None),
            min((max(s.asset.acquired_on, base.start.first_day) for s in live), default=None),
        )
    )


def ties(connection: Connection, found: Iterable[AssetState], period: Period) -> tuple[Tie, ...]:
    """What cards say against what the ledger holds, for every account of assets with either."""
    cards: dict[str, int] = {}
    for state in found:
        if state.disposal:
            continue
        asset = state.asset
        _add(cards, asset.cost_account[:3], asset.original_fen)
        if asset.contra_account:
            _add(cards, asset.contra_account[:3], -state.lost_fen)
    held: dict[str, int] = {}
    for balance in ledger.balances(connection, Span.of(period)):
        if balance.account[:3] in TIED:
            _add(held, balance.account[:3], balance.closing_fen)
    return tuple(
        Tie(code, cards.get(code, 0), held.get(code, 0)) for code in TIED if cards.get(code) or held.get(code)
    )


def _add(sums: dict[str, int], code: str, fen: int) -> None:
    sums[code] = sums.get(code, 0) + fen
