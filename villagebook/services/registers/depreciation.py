"""Depreciation and amortisation of a month: looked at first, then one voucher the program posts by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.asset import CONTRA, AssetState
from villagebook.domain.carrying import Entry
from villagebook.domain.finding import Finding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.policy import Policy
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import _
from villagebook.rules.asset_facts import AssetFacts, RunAct
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import asset_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.registers.carrying import result_facts
from villagebook.services.vouchers.posting import post_entries, undo_vouchers
from villagebook.storage import entries, posted_vouchers
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

_BEARERS = ("4", "5")
"""Cost and expense accounts begin so."""
SUMMARY = "计提{year}年{month}月折旧和摊销"


@dataclass(frozen=True, slots=True)
class Charge:
    """An asset and what the month takes from it."""

    state: AssetState
    fen: int

    @property
    def after_fen(self) -> int:
        """What it has lost once the month is charged."""
        return self.state.lost_fen + self.fen

    @property
    def net_fen(self) -> int:
        return self.state.asset.original_fen - self.after_fen


@dataclass(frozen=True, slots=True)
class RunPreview:
    """What running a month would post, what stands in the way, and the vouchers that have charged it already."""

    charges: tuple[Charge, ...]
    entry: Entry | None
    findings: tuple[Finding, ...]
    done: tuple[Voucher, ...]


def preview(book: Book, period: Period, by: By) -> RunPreview:
    """Look without writing."""
    with book.reading() as connection:
        facts, charges = _facts(connection, book, period, by.day)
        entry = _entry(charges, period, facts.policy) if charges else None
        found = look(facts, When.REGISTER) if charges or _lacks_work(facts) else ()
        return RunPreview(charges, entry, found, made_in(connection, period))


def run(book: Book, period: Period, by: By) -> Voucher | None:
    """Post what the month has still to charge, on its last day or today when it still runs; None when nothing is left.

    Raises Refused: a closed or future month (AST-14), an earlier open one not charged (AST-15), results carried already
    (AST-16), accounts that take no bookings (AST-04), work of an asset that is not told (AST-20).
    """
    with book.writing(by.actor, by.at) as writing:
        facts, charges = _facts(writing.connection, book, period, by.day)
        if not charges and not _lacks_work(facts):
            return None
        pass_or_refuse(facts, When.REGISTER)
        entry = _entry(charges, period, facts.policy)
        made = post_entries(writing, [entry], min(period.last_day, by.day))
        writing.topics.add("registers")
        return made[0]


def take_back(book: Book, period: Period, reason: str, by: By) -> tuple[Voucher, ...]:
    """Reverse every run of an open month in red. Raises Refused: nothing to undo, closed, carried, or no reason."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day, period.last_day)
        done = made_in(connection, period)
        carried = result_facts(connection, facts, period).carried
        gone = next((g for v in done if (g := asset_facts.cleared_since(connection, v))), "")
        problem = ""
        if not done:
            problem = _("There is nothing to take back in {period}.")
        elif facts.period_states.get(period, "open") != "open":
            problem = _("{period} is closed already.")
        elif carried:
            problem = _("{label} has carried this month's results. Reverse it first.")
        elif gone:
            problem = _("{asset} has left the books since. Reverse its clearing first.")
        elif len(reason.strip()) < 4:
            problem = _("Say why, in at least four characters.")
        if problem:
            label = carried[0][1] if carried else ""
            text = problem.format(period=period, label=label, asset=gone)
            raise refusal("VCH-07", str(period), text)
        words = _("Red reversal of {label} of {day}: {reason}")
        writing.topics.add("registers")
        return undo_vouchers(writing, reversed(done), words, reason.strip())


def made_in(connection: Connection, period: Period) -> tuple[Voucher, ...]:
    """Live vouchers of the program that charge this month."""
    if entries.is_empty(connection, LinkKind.ASSET):
        return ()
    found = {v.id: v for code in CONTRA for v in posted_vouchers.live_on(connection, code, period)}
    return tuple(sorted((v for v in found.values() if is_run(v)), key=lambda v: v.number))


def is_run(voucher: Voucher) -> bool:
    """True when the program charged assets by it: expense against contra accounts, each credit in the name of an asset."""
    worn = [line for line in voucher.lines if line.credit_fen]
    return (
        voucher.is_automatic
        and bool(worn)
        and all(line.account.startswith(_BEARERS) for line in voucher.lines if line.debit_fen)
        and all(
            line.account.startswith(CONTRA) and any(k.kind is LinkKind.ASSET for k in line.links)
            for line in worn
        )
    )


def _lacks_work(facts: Facts) -> bool:
    return bool(facts.assets.run and facts.assets.run.untold)


def _facts(
    connection: Connection, book: Book, period: Period, today: date
) -> tuple[Facts, tuple[Charge, ...]]:
    base = gather.ground(connection, book.info, today, period.last_day)
    charges = tuple(Charge(s, fen) for s, fen in asset_facts.due(connection, period, base.policy))
    codes = [asset_facts.wear_account(c.state.asset, base.policy) for c in charges]
    codes += [c.state.asset.contra_account for c in charges]
    carried = result_facts(connection, base, period).carried if charges else ()
    act = RunAct(
        period,
        _earlier(connection, base, period) if charges else (),
        carried[0][1] if carried else "",
        asset_facts.unbookable(base.chart, codes),
        _untold(connection, base, period),
    )
    return replace(base, assets=AssetFacts(run=act)), charges


def _earlier(connection: Connection, base: Facts, period: Period) -> tuple[Period, ...]:
    """Open months right before this one with something to charge, oldest first."""
    month = period.shifted(-1)
    if month < base.start or base.period_states.get(month, "open") != "open":
        return ()
    own = (month,) if asset_facts.due(connection, month, base.policy) else ()
    return (*_earlier(connection, base, month), *own)


def _untold(connection: Connection, base: Facts, period: Period) -> tuple[tuple[Period, str, str], ...]:
    """Work that is not told of this month and of the open months right before it, oldest first."""
    own = tuple((period, *asset) for asset in asset_facts.untold(connection, period, base.policy))
    month = period.shifted(-1)
    if month < base.start or base.period_states.get(month, "open") != "open":
        return own
    return (*_untold(connection, base, month), *own)


def _entry(charges: Iterable[Charge], period: Period, policy: Policy) -> Entry:
    """Expense in one line an account, what wears off in a line for each asset."""
    summary = SUMMARY.format(year=period.year, month=period.month)
    borne: dict[str, int] = {}
    worn = []
    for charge in charges:
        asset = charge.state.asset
        account = asset_facts.wear_account(asset, policy)
        borne[account] = borne.get(account, 0) + charge.fen
        link = Link(LinkKind.ASSET, asset.code)
        worn.append(
            VoucherLine(asset.contra_account, 0, charge.fen, f"{summary} {asset.name}", links=(link,))
        )
    debits = (VoucherLine(account, fen, 0, summary) for account, fen in sorted(borne.items()))
    return Entry(summary, (*debits, *worn))
