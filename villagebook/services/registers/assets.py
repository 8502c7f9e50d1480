"""The register of assets: cards written, changed with a reason, disposed of by decision, counted."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.asset import ACCOUNTS, Asset, AssetState, Counted, Disposal, is_under
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import LinkKind
from villagebook.domain.period import Period
from villagebook.domain.register import Change, difference, entry_data
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.rules.asset_facts import AssetAct, AssetFacts, CountAct
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import asset_facts
from villagebook.services.gathering import facts as gather
from villagebook.storage import entries
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

TOPIC = "registers"
_TAIL = re.compile(r"(.*?)(\d+)$")


@dataclass(frozen=True, slots=True)
class CardView:
    """A card with its figures today, who entered it, its changes and the counts that told of it."""

    state: AssetState
    entered: tuple[str, str]
    changes: tuple[Change, ...]
    last_found: date | None
    missing_on: date | None


def states(book: Book, day: date) -> tuple[AssetState, ...]:
    """Every card at the close of a day, by code."""
    with book.reading() as connection:
        return tuple(asset_facts.states(connection, day).values())


def card(book: Book, code: str, day: date) -> CardView | None:
    """One card with its history, None when the register lacks it."""
    with book.reading() as connection:
        state = asset_facts.state_of(connection, code, day)
        if state is None:
            return None
        counted = entries.counts(connection)
        return CardView(
            state,
            entries.entered(connection, LinkKind.ASSET, code) or ("", ""),
            entries.changes(connection, LinkKind.ASSET, code),
            max((c.counted_on for c in counted if code in c.found), default=None),
            max((c.counted_on for c in counted if code in c.missing), default=None),
        )


def counts(book: Book) -> tuple[Counted, ...]:
    """Counts of the assets, newest first."""
    with book.reading() as connection:
        return entries.counts(connection)


@dataclass(frozen=True, slots=True)
class Bought:
    """A booking on an account of assets that no card explains yet; `left_fen` is what its cards leave unexplained."""

    voucher_id: str
    label: str
    booked_on: date
    summary: str
    account: str
    left_fen: int


def unexplained(book: Book) -> tuple[Bought, ...]:
    """Posted additions without a card, newest first: where most cards come from."""
    with book.reading() as connection:
        told: dict[str, int] = {}
        for asset in entries.assets(connection).values():
            told[asset.voucher] = told.get(asset.voucher, 0) + asset.original_fen
        rows = entries.bought(connection, [cost for cost, _contra in ACCOUNTS.values()])
    return tuple(
        Bought(ident, voucher_label(word, number), date.fromisoformat(day), summary, account, left_fen)
        for day, ident, word, number, summary, account, fen in rows
        if (left_fen := fen - told.get(ident, 0)) > 0
    )


def next_code(codes: Iterable[str], first: str) -> str:
    """The number after the highest of those that look like the first one: G-0001, G-0002 ..."""
    prefix = _TAIL.fullmatch(first)
    if prefix is None:
        return first
    tails = [m[2] for c in codes if (m := _TAIL.fullmatch(c)) and m[1] == prefix[1]]
    if not tails:
        return first
    return f"{prefix[1]}{max(map(int, tails)) + 1:0{len(prefix[2])}d}"


def register(book: Book, asset: Asset, by: By) -> tuple[Finding, ...]:
    """Write a card; returns what was said and does not stop. Raises Refused (AST-01 to AST-04)."""
    return register_all(book, (asset,), by)


def register_all(
    book: Book, assets: Sequence[Asset], by: By, *, dry_run: bool = False
) -> tuple[Finding, ...]:
    """Write cards, all or none; with `dry_run` none. Raises Refused with what is wrong with any of them."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        taken = set(entries.entries(connection, LinkKind.ASSET))
        found: list[Finding] = []
        for asset in assets:
            act = AssetAct(asset, taken=asset.code in taken, unbookable=_unbookable(facts, asset))
            found += look(replace(facts, assets=AssetFacts(act=act)), When.REGISTER)
            taken.add(asset.code)
        if stopping(found):
            raise Refused(stopping(found))
        for asset in assets if not dry_run else ():
            writing.log("asset.registered", {"entry": entry_data(asset)}, new_id(), TOPIC)
        return tuple(found)


def _unbookable(facts: Facts, asset: Asset) -> tuple[str, ...]:
    """Accounts of a card that cannot be booked on or do not hang under its family's."""
    wears = asset.wears
    codes = [asset.cost_account, *([asset.contra_account] if wears else [])]
    expense = asset_facts.wear_account(asset, facts.policy)
    bad = list(asset_facts.unbookable(facts.chart, [*codes, *([expense] if wears else [])]))
    if not is_under(asset.cost_account, asset.family):
        bad.append(asset.cost_account)
    if asset.contra and not is_under(asset.contra, asset.family, contra=True):
        bad.append(asset.contra)
    return tuple(dict.fromkeys(bad))


def change(book: Book, after: Asset, changed_on: date, reason: str, by: By) -> tuple[Finding, ...]:
    """Change a card; every field is recorded with its value before and after (R10). Nothing changed is nothing written.

    Raises Refused: no such card, gone already (AST-05), no reason (AST-18), impossible figures (AST-03).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        before = _needed(writing.connection, after.code)
        changes = difference(entry_data(before.asset), entry_data(after))
        if not changes:
            return ()
        act = AssetAct(
            after, before, reason=reason, unbookable=_unbookable(facts, after), changed_on=changed_on
        )
        said = pass_or_refuse(replace(facts, assets=AssetFacts(act=act)), When.REGISTER)
        data: dict[str, object] = {
            "code": after.code,
            "name": after.name,
            "changed_on": changed_on.isoformat(),
            "reason": reason.strip(),
            "changes": changes,
        }
        writing.log("asset.changed", data, new_id(), TOPIC)
        return said


def _needed(connection: Connection, code: str) -> AssetState:
    """The card as it stands after everything that was ever recorded of it."""
    state = asset_facts.state_of(connection, code, date.max)
    if state is None:
        raise refusal("AST-02", code, _("There is no such card."))
    return state


def dispose(book: Book, disposal: Disposal, by: By) -> tuple[Finding, ...]:
    """Record that an asset leaves; the clearing is booked afterwards (`asset_drafts`).

    Raises Refused: gone already (AST-05), no decision (AST-06), its month not charged (AST-07) or its work in it
    not told (AST-20), an impossible day (AST-19).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        before = _needed(connection, disposal.code)
        due_fen, untold = _due(connection, facts, disposal)
        act = AssetAct(before.asset, before, disposal=disposal, due_fen=due_fen, untold=untold)
        said = pass_or_refuse(replace(facts, assets=AssetFacts(act=act)), When.REGISTER)
        _log_disposal(writing, disposal)
        return said


def _due(connection: Connection, facts: Facts, disposal: Disposal) -> tuple[int, bool]:
    """What the month of the disposal has still to charge on the asset in fen, and whether it lacks its work for that."""
    month = Period.of(disposal.gone_on)
    state = asset_facts.state_of(connection, disposal.code, month.last_day)
    if state is None or facts.period_states.get(month, "open") != "open":
        return 0, False
    gone = replace(state, disposal=disposal)
    untold = asset_facts.lacks_work(gone, month, facts.policy)
    return asset_facts.charge_of(gone, month, facts.policy), untold


def _log_disposal(writing: Writing, disposal: Disposal) -> None:
    writing.log(
        "asset.disposed",
        {
            "code": disposal.code,
            "gone_on": disposal.gone_on.isoformat(),
            "how": disposal.how.value,
            "reason": disposal.reason.strip(),
            "resolution": disposal.resolution.strip(),
            "proceeds_fen": disposal.proceeds_fen,
            "party": disposal.party.strip(),
        },
        new_id(),
        TOPIC,
    )


def record_count(book: Book, counted: Counted, by: By) -> tuple[Finding, ...]:
    """Record a count that tells of every asset in use. Raises Refused (AST-17)."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        known = asset_facts.states(connection, counted.counted_on)
        told = {*counted.found, *counted.missing}
        act = CountAct(
            counted,
            tuple(sorted(set(to_count(known.values(), counted.counted_on)) - told)),
            tuple(sorted(told - set(known))),
        )
        said = pass_or_refuse(replace(facts, assets=AssetFacts(count=act)), When.REGISTER)
        writing.log(
            "asset.counted",
            {
                "counted_on": counted.counted_on.isoformat(),
                "counter": counted.counter,
                "witness": counted.witness,
                "found": sorted(counted.found),
                "missing": sorted(counted.missing),
                "note": counted.note.strip(),
            },
            new_id(),
            TOPIC,
        )
        return said


def to_count(found: Iterable[AssetState], day: date) -> tuple[str, ...]:
    """Codes of what should be there on a day."""
    return tuple(s.asset.code for s in found if s.disposal is None and s.asset.acquired_on <= day)


def first_code(asset_family: str) -> str:
    """The first number of a family: G for fixed, S for living, W for intangible."""
    return {"fixed": "G-0001", "intangible": "W-0001"}.get(asset_family, "S-0001")
