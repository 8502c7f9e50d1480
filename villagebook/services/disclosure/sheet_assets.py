"""F4: what belongs to everybody: money, goods, fixed and living assets, investments, and the land with who uses it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from villagebook.domain.asset import ACCOUNTS, AssetState, Family
from villagebook.domain.balance import AccountBalance
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.plain_words import Words
from villagebook.domain.resource import Resource, ResourceKind, Use, area_of
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.plain_words import read_words
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, Whom, compared, figure, money, summed
from villagebook.services.gathering import asset_facts, contract_facts
from villagebook.services.registers import register_words as told_as
from villagebook.storage import entries, ledger
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

MONEY = ("101", "102")
GOODS = ("121", "401")
INVESTED = ("111", "141")
UNDER_WAY = ("153", "154", "171", "181")
LIVING = (Family.PRODUCTIVE, Family.CONSUMABLE, Family.WELFARE)
KINDS: tuple[tuple[str, tuple[Family, ...]], ...] = (
    ("fixed", (Family.FIXED,)),
    ("living", LIVING),
    ("rights", (Family.INTANGIBLE,)),
)
"""Key of a part of cards, and the families on it."""

Balances = Sequence[AccountBalance]


def compile_assets(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Everything the village owns at the end of these months; claims stand on F3."""
    words = read_words(connection, facts.chart)
    day, eve = span.last.last_day, span.first.first_day - timedelta(days=1)
    found = ledger.balances(connection, span)
    cards, earlier = _cards(connection, day), _cards(connection, eve)
    whom = Whom(connection, facts.policy, span.last.year)
    details = (
        _places(connection, facts, span, found),
        _by_account(_("Goods in store"), "goods", GOODS, facts, words, found),
        *(_card_part(key, families, cards, facts) for key, families in KINDS),
        _by_account(_("Investments"), "invested", INVESTED, facts, words, found),
        _by_account(
            _("Works under way and items not yet settled"), "underway", UNDER_WAY, facts, words, found
        ),
    )
    glance = _glance(details, earlier)
    land = list(entries.resources(connection, day).values())
    body = Body(
        title=_("What the village owns: assets and resources"),
        parts=(glance, *details, _kinds_of_land(land), _land(connection, land, whom, day)),
        sentences=_sentences(glance, details[0], cards, land),
        figures=(
            figure(_("Money, things and rights of the village"), _last(glance, "worth_now")),
            figure(_("Cash and bank"), _last(details[0], "money_now")),
        ),
        notes=(
            _("What others owe the village stands on the sheet of claims and debts and is not counted here."),
            _(
                "Land, water and woods belong to everybody and have no value in the ledger; they are listed by area."
            ),
            *_not_booked(connection, day),
        ),
    )
    return screened(body, whom.given)


def ledger_sums(connection: Connection, facts: Facts, span: Span) -> tuple[LedgerSum, ...]:
    """What the totals of an F4 have to be by the monthly totals of the ledger."""
    found = ledger.balances(connection, span)

    def closing(codes: Iterable[str]) -> int:
        return sum(b.closing_fen for b in found if b.account.startswith(tuple(codes)))

    made = [
        LedgerSum("money_now", _("Cash and bank"), closing(MONEY)),
        LedgerSum("goods_now", _("Goods in store"), closing(GOODS)),
        LedgerSum("invested_now", _("Investments"), closing(INVESTED)),
        LedgerSum("underway_now", _("Works under way and items not yet settled"), closing(UNDER_WAY)),
    ]
    for key, families in KINDS:
        cost, contra = (
            [ACCOUNTS[f][0] for f in families],
            [ACCOUNTS[f][1] for f in families if ACCOUNTS[f][1]],
        )
        title = _card_title(key)
        made.append(
            LedgerSum(f"{key}_original", _("{what}: original value").format(what=title), closing(cost))
        )
        made.append(
            LedgerSum(
                f"{key}_lost",
                _("{what}: lost in value").format(what=title),
                -closing(contra) if contra else 0,
            )
        )
    return tuple(made)


def _card_title(key: str) -> str:
    titles = {
        "fixed": _("Houses, machines and other fixed assets"),
        "living": _("Livestock, trees and other living assets"),
        "rights": _("Rights and other intangible assets"),
    }
    return titles[key]


def _last(part: Part, key: str) -> int:
    """The total of a column, 0 where there is nothing."""
    at = next((n for n, c in enumerate(part.columns) if c.key == key), None)
    cell = part.rows[-1][at] if at is not None and part.rows else 0
    return cell if isinstance(cell, int) else 0


def _places(connection: Connection, facts: Facts, span: Span, found: Balances) -> Part:
    """Money by the place that holds it; history without places stands in a row of its own."""
    before = ledger.place_balances_before(connection, span.first)
    after = ledger.place_balances_before(connection, span.last.shifted(1))
    rows: list[Row] = []
    for place in facts.places.all():
        last_fen, now_fen = (
            sum(f for (_a, code), f in sums.items() if code == place.code) for sums in (before, after)
        )
        if last_fen or now_fen:
            rows.append((place.name, last_fen, now_fen))
    own = [b for b in found if b.account.startswith(MONEY)]
    rest = (
        sum(b.opening_fen for b in own)
        - sum(f for (account, _p), f in before.items() if account.startswith(MONEY)),
        sum(b.closing_fen for b in own)
        - sum(f for (account, _p), f in after.items() if account.startswith(MONEY)),
    )
    if any(rest):
        rows.append((_("taken over from another program, without a place"), *rest))
    columns = (
        Column("what", _("Where it lies"), Shape.TEXT, 24),
        money("money_before", _("Last time")),
        money("money_now", _("Now")),
    )
    return summed(_("Cash and bank"), columns, rows)


def _by_account(
    title: str, key: str, codes: tuple[str, ...], facts: Facts, words: Words, found: Balances
) -> Part:
    """Balances of accounts, each sub-account by its own name."""
    columns = (
        Column("what", _("What"), Shape.TEXT, 24),
        money(f"{key}_before", _("Last time")),
        money(f"{key}_now", _("Now")),
    )
    rows: list[Row] = [
        (_full_name(facts, words, b.account), b.opening_fen, b.closing_fen)
        for b in found
        if b.account.startswith(codes) and (b.opening_fen or b.closing_fen)
    ]
    return summed(title, columns, rows)


def _full_name(facts: Facts, words: Words, code: str) -> str:
    """A sub-account with the account above it, so that a name like "second item" says what it is of."""
    account = facts.chart.get(code)
    above = account.parent if account else ""
    return " / ".join(words.of(c) for c in (above, code) if c)


def _cards(connection: Connection, day: date) -> list[AssetState]:
    """Cards of what the village has on a day and the ledger holds."""
    return [s for s in _present(connection, day) if s.is_booked]


def _present(connection: Connection, day: date) -> list[AssetState]:
    states = asset_facts.states(connection, day).values()
    return [s for s in states if s.asset.acquired_on <= day and not s.disposal]


def _not_booked(connection: Connection, day: date) -> tuple[str, ...]:
    """A sentence naming what is there and not in the ledger yet."""
    names = [s.asset.name for s in _present(connection, day) if not s.is_booked]
    text = _("There already, and not in the ledger yet: {names}.")
    return (text.format(names=_(", ").join(names)),) if names else ()


def _card_part(key: str, families: tuple[Family, ...], cards: list[AssetState], facts: Facts) -> Part:
    """Each card above the limit by name; smaller ones by class, counted."""
    limit_fen = facts.policy.number("asset_floor_fen")
    own = [s for s in cards if s.asset.family in families]
    large = [s for s in own if s.asset.original_fen >= limit_fen]
    rows: list[Row] = [
        (
            s.asset.name,
            f"{s.asset.quantity} {s.asset.unit}".strip(),
            (s.asset.in_use_on or s.asset.acquired_on).isoformat(),
            _("; ").join(t for t in (s.asset.location, s.asset.use) if t),
            s.asset.original_fen,
            s.lost_fen,
            s.asset.original_fen - s.lost_fen,
        )
        for s in sorted(large, key=lambda s: (-s.asset.original_fen, s.asset.code))
    ]
    small: dict[str, list[AssetState]] = {}
    for s in own:
        if s.asset.original_fen < limit_fen:
            small.setdefault(s.asset.kind or _(told_as.FAMILIES[s.asset.family]), []).append(s)
    for kind, group in small.items():
        count = ngettext("{n} thing", "{n} things", len(group)).format(n=len(group))
        names = _(", ").join(dict.fromkeys(s.asset.name for s in group))
        original, lost = sum(s.asset.original_fen for s in group), sum(s.lost_fen for s in group)
        what = _("{kind}, each below {limit} yuan: {names}").format(
            kind=kind, limit=yuan_text(limit_fen), names=names
        )
        rows.append((what, count, "", "", original, lost, original - lost))
    columns = (
        Column("what", _("What"), Shape.TEXT, 20),
        Column("quantity", _("Quantity"), Shape.TEXT, 8),
        Column("since", _("Since when"), Shape.TEXT, 10),
        Column("where", _("Where and what for"), Shape.TEXT, 16),
        money(f"{key}_original", _("What it cost")),
        money(f"{key}_lost", _("Lost in value")),
        money(f"{key}_net", _("Worth now")),
    )
    return summed(_card_title(key), columns, rows)


def _glance(details: Sequence[Part], earlier: list[AssetState]) -> Part:
    """One row per part: what it came to last time and now."""
    rows: list[Row] = []
    cards = dict(KINDS)
    for part in details:
        if not part.rows:
            continue
        key = next(c.key for c in part.columns if c.shape is Shape.MONEY).partition("_")[0]
        if key in cards:
            then = [s for s in earlier if s.asset.family in cards[key]]
            before_fen = sum(s.asset.original_fen - s.lost_fen for s in then)
            rows.append((part.title, before_fen, _last(part, f"{key}_net")))
        else:
            rows.append((part.title, _last(part, f"{key}_before"), _last(part, f"{key}_now")))
    columns = (
        Column("what", _("What"), Shape.TEXT, 24),
        money("worth_before", _("Last time")),
        money("worth_now", _("Now")),
    )
    return summed(_("At a glance"), columns, rows)


def _areas(land: Iterable[Resource], use: Use | None = None, places: int | None = None) -> str:
    """Sum of areas in 亩, of one use or of all: without needless zeros, or with so many decimals."""
    wanted = (r for r in land if use in (None, r.use))
    area = sum((area_of(r.area) or Decimal(0) for r in wanted), Decimal(0))
    return f"{area.normalize():f}" if places is None else f"{area:.{places}f}"


def _decimals(land: Iterable[Resource]) -> int:
    """Decimals of the finest area, with which a column of areas stands point under point."""
    return max((len(_areas([r]).partition(".")[2]) for r in land), default=0)


def _kinds_of_land(land: list[Resource]) -> Part:
    places = _decimals(land)
    rows: list[Row] = []
    for kind in ResourceKind:
        own = [r for r in land if r.kind is kind]
        if own:
            by_use = [_areas(own, use, places) for use in Use]
            rows.append((_(told_as.RESOURCE_KINDS[kind]), len(own), _areas(own, None, places), *by_use))
    if rows:
        uses = [_areas(land, use, places) for use in Use]
        rows.append((_("Total"), len(land), _areas(land, None, places), *uses))
    columns = (
        Column("kind", _("Kind"), Shape.TEXT, 14),
        Column("count", _("Plots"), Shape.COUNT, 6),
        Column("area", _("Area (mu)"), Shape.TEXT, 9),
        *(Column(use.value, _(told_as.USES[use]), Shape.TEXT, 9) for use in Use),
    )
    return Part(_("Land, water and woods by kind (mu)"), columns, tuple(rows), 1 if rows else 0)


def _land(connection: Connection, land: list[Resource], whom: Whom, day: date) -> Part:
    """Every piece with who uses it and by which contract."""
    known = entries.contracts(connection, day)
    lives = contract_facts.living(connection, day)
    places = _decimals(land)
    rows: list[Row] = []
    for piece in land:
        contract = known.get(piece.contract)
        user, by, until = _(told_as.USES[piece.use]), piece.contract, ""
        if contract is not None:
            user = whom.keep(whom.names.person(contract.party)).with_group
            by = contract.name
            until = contract.to_on.isoformat()
            if contract.code not in lives:
                until = _("{day} (ended)").format(day=until)
        area = piece.area if area_of(piece.area) is None else _areas([piece], None, places)
        kind = _(told_as.RESOURCE_KINDS[piece.kind])
        rows.append((piece.name, kind, area, piece.location, user, by, until))
    columns = (
        Column("name", _("Name"), Shape.TEXT, 14),
        Column("kind", _("Kind"), Shape.TEXT, 9),
        Column("area", _("Area (mu)"), Shape.TEXT, 7),
        Column("where", _("Where it is"), Shape.TEXT, 12),
        Column("user", _("User"), Shape.TEXT, 12),
        Column("contract", _("By which contract"), Shape.TEXT, 16),
        Column("until", _("Until"), Shape.TEXT, 9),
    )
    return Part(_("Land, water and woods, piece by piece"), columns, tuple(rows))


def _sentences(glance: Part, cash: Part, cards: list[AssetState], land: list[Resource]) -> tuple[str, ...]:
    now, last = _last(cash, "money_now"), _last(cash, "money_before")
    made = [
        _("The village has {amount} yuan in cash and at the bank, {compare}.").format(
            amount=yuan_text(now), compare=compared(now, last)
        )
    ]
    worth, was = _last(glance, "worth_now"), _last(glance, "worth_before")
    made.append(
        _("Money, things and rights together are worth {amount} yuan, {compare}.").format(
            amount=yuan_text(worth), compare=compared(worth, was)
        )
    )
    if cards:
        text = ngettext("{n} asset is on the cards.", "{n} assets are on the cards.", len(cards))
        made.append(text.format(n=len(cards)))
    if land:
        words_of = _(
            "{all} mu of land, water and woods belong to everybody: {let} mu are let, {idle} mu lie idle."
        )
        made.append(
            words_of.format(
                all=_areas(land),
                let=_areas(land, Use.CONTRACTED),
                idle=_areas(land, Use.IDLE),
            )
        )
    return tuple(made)
