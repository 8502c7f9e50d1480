"""Cards of assets: whole, possible, nothing sold twice, each change with its reason."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.asset import ACCOUNTS, Method, Origin
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.asset_facts import AssetAct
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label
from villagebook.rules.registers import REASON, REGISTER, entry
from villagebook.rules.rule import Hit, Rule

MOST_MONTHS = 1200
MOST_WORK = 100_000_000
WHOLE_BP = 10_000


def _target(act: AssetAct) -> str:
    return entry("assets", act.asset.code) if act.before else ""


def _where(act: AssetAct) -> str:
    return f"{act.asset.code} {act.asset.name}".strip() or "?"


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act is None or act.disposal:
        return
    asset = act.asset
    if not asset.code.strip() or "/" in asset.code:
        yield Hit(_where(act), {"field": _("number of the card")})
    if len(asset.name.strip()) < 2:
        yield Hit(_where(act), {"field": _("name")})
    if asset.original_fen <= 0:
        yield Hit(_where(act), {"field": _("original value")})
    if asset.origin in (Origin.DONATED, Origin.FOUND) and len(asset.reason.strip()) < REASON:
        yield Hit(_where(act), {"field": _("why it stands at this amount")})
    if asset.method is Method.STRAIGHT and ACCOUNTS[asset.family][1] and asset.life_months <= 0:
        yield Hit(_where(act), {"field": _("life in months")})
    if asset.method is Method.WORK and (asset.work_total <= 0 or not asset.work_unit.strip()):
        yield Hit(_where(act), {"field": _("work of its whole life, and in what it is counted")})


def _code_taken(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act and act.taken:
        yield Hit(_where(act), {"code": act.asset.code}, entry("assets", act.asset.code))


def _impossible(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act is None or act.disposal:
        return
    asset = act.asset
    lost_fen = act.before.lost_fen if act.before else asset.accumulated_fen
    if not 0 <= asset.residual_bp <= WHOLE_BP:
        yield Hit(_where(act), {"why": _("the residual rate lies between 0 and 100 per cent")})
    elif asset.accumulated_fen < 0 or max(lost_fen, asset.accumulated_fen) > max(0, asset.base_fen):
        text = _("it has lost {lost}, more than {base}, its value less what is left at the end").format(
            lost=yuan_text(max(lost_fen, asset.accumulated_fen)), base=yuan_text(asset.base_fen)
        )
        yield Hit(_where(act), {"why": text})
    if not 0 <= asset.life_months <= MOST_MONTHS:
        yield Hit(_where(act), {"why": _("its life lies between 1 and 1200 months")})
    if not 0 <= asset.work_before <= asset.work_total <= MOST_WORK:
        yield Hit(
            _where(act), {"why": _("what it had done before lies between 0 and the work of its whole life")}
        )
    if asset.acquired_on > facts.today:
        yield Hit(_where(act), {"why": _("the day it came lies in the future")})
    if act.changed_on and act.changed_on > facts.today:
        yield Hit(_where(act), {"why": _("the day of the change lies in the future")})
    if asset.in_use_on and asset.in_use_on < asset.acquired_on:
        yield Hit(_where(act), {"why": _("it was put to use before it came")})


def _bad_account(facts: Facts) -> Iterator[Hit]:
    act, run = facts.assets.act, facts.assets.run
    for code in act.unbookable if act else ():
        yield Hit(_where(act) if act else "", {"code": code})
    for code in run.unbookable if run else ():
        yield Hit(str(run.period) if run else "", {"code": code})


def _gone_already(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    gone = act.before.disposal if act and act.before else None
    if act and gone:
        yield Hit(_where(act), {"day": gone.gone_on.isoformat()}, _target(act))


def _without_decision(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act is None or act.disposal is None:
        return
    if len(act.disposal.reason.strip()) < REASON or not act.disposal.resolution.strip():
        yield Hit(_where(act), {}, _target(act))


def _gone_when(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act and act.disposal and not act.asset.acquired_on <= act.disposal.gone_on <= facts.today:
        yield Hit(
            _where(act),
            {"first": act.asset.acquired_on.isoformat(), "last": facts.today.isoformat()},
            _target(act),
        )


def _charge_first(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act and act.disposal and act.due_fen:
        month = Period.of(act.disposal.gone_on)
        yield Hit(
            _where(act), {"period": month, "amount": yuan_text(act.due_fen)}, entry("assets", "@depreciation")
        )


def _no_reason(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.act
    if act and act.before and not act.disposal and len(act.reason.strip()) < REASON:
        yield Hit(_where(act), {}, _target(act))


def _taken_off_twice(facts: Facts) -> Iterator[Hit]:
    for code, name in facts.assets.too_much:
        where = label(facts.document) if facts.document else code
        yield Hit(where, {"code": code, "name": name}, entry("assets", code))


def _bought_as_expense(facts: Facts) -> Iterator[Hit]:
    doc = document_of(facts, DocKind.PAYMENT)
    floor_fen = facts.policy.number("asset_floor_fen")
    for item in doc.items if doc else ():
        account = facts.chart.get(item.account)
        dear = item.unit_price_fen is not None and item.unit_price_fen >= floor_fen
        if doc and dear and account and account.is_expense:
            yield Hit(
                label(doc),
                {"what": item.summary or doc.summary, "price": yuan_text(item.unit_price_fen or 0)},
            )


RULES = (
    Rule(
        "AST-01",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 4 [A]: 固定资产登记簿",
        N_("A card is complete"),
        N_("A card that does not say what it is cannot be counted or worn off."),
        N_("The card lacks: {field}."),
        _incomplete,
    ),
    Rule(
        "AST-02",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 4 [A]",
        N_("A number belongs to one asset for ever"),
        N_("Two things under one number can be sold as one."),
        N_("Number {code} is in use. Take the next free one."),
        _code_taken,
    ),
    Rule(
        "AST-03",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 6 [V R04; A CO]",
        N_("The figures of a card are possible"),
        N_("An asset cannot lose more than it was worth, nor begin before it came."),
        N_("This cannot be: {why}. Correct the card."),
        _impossible,
    ),
    Rule(
        "AST-04",
        "",
        Severity.ERROR,
        REGISTER,
        "chart of 2023: 131-134, 151, 152, 161, 162",
        N_("An asset stands on accounts that take bookings"),
        N_("What cannot be booked cannot be depreciated or sold."),
        N_(
            "Account {code} does not fit this card, or takes no bookings. Choose a sub-account of the right one."
        ),
        _bad_account,
    ),
    Rule(
        "AST-05",
        "",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md T37",
        N_("An asset is disposed of once"),
        N_("What was sold once cannot be sold again; its card stays as it was."),
        N_("This asset left on {day}. Nothing more can be done with its card."),
        _gone_already,
    ),
    Rule(
        "AST-06",
        "",
        Severity.ERROR,
        REGISTER,
        "村民委员会组织法 24 [N]; audit_checks.md T37",
        N_("Assets leave by decision"),
        N_("Selling or writing off what belongs to all is for the members to decide."),
        N_("Give the number of the resolution, and say why in at least four characters."),
        _without_decision,
    ),
    Rule(
        "AST-07",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 6 [V R04; A CO]",
        N_("The month in which an asset leaves is charged first"),
        N_("Depreciation that comes after the clearing would hang in the air."),
        N_(
            "{period} has still to charge {amount} on it. Run the month's depreciation, then record the disposal."
        ),
        _charge_first,
    ),
    Rule(
        "AST-08",
        "",
        Severity.ERROR,
        GATES,
        "audit_checks.md T37",
        N_("An asset is taken off the books once"),
        N_("The second time it is somebody else's value that disappears."),
        N_(
            "{code} {name} has been taken off its account already, or not at this amount. Take it out of this document."
        ),
        _taken_off_twice,
    ),
    Rule(
        "AST-09",
        "",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md T36; irregularities.md IR-59",
        N_("What lasts is booked as an asset"),
        N_("A thing booked as expense stands in no register; nobody misses it when it is gone."),
        N_(
            "{what} costs {price} apiece and is booked as expense. If it lasts more than a year, book it as an asset."
        ),
        _bought_as_expense,
    ),
    Rule(
        "AST-18",
        "R10",
        Severity.ERROR,
        REGISTER,
        "财会〔2024〕12号 20(1) [N]",
        N_("A change of a card has a reason"),
        N_("A changed life or method changes every result to come."),
        N_("Say why the card is changed, in at least four characters."),
        _no_reason,
    ),
    Rule(
        "AST-19",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 6 [D]",
        N_("An asset leaves after it came, and not tomorrow"),
        N_("A date that cannot be makes depreciation that cannot be."),
        N_("Give a day between {first} and {last}."),
        _gone_when,
    ),
)
