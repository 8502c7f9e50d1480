"""Assets: whole cards, nothing sold twice, depreciation each month, a register that agrees with the ledger and the shelf."""

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
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
CLOSE = frozenset({When.CLOSE})
REASON = 4
"""A recorded reason has at least this many characters."""
MOST_MONTHS = 1200
WHOLE_BP = 10_000


def entry(kind: str, code: str) -> str:
    """Where a finding about an entry of a register leads."""
    return f"register:{kind}/{code}"


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


def _run_when(facts: Facts) -> Iterator[Hit]:
    run = facts.assets.run
    if run is None:
        return
    closed = facts.period_states.get(run.period, "open") != "open"
    if closed or run.period < facts.start or run.period > Period.of(facts.today):
        yield Hit(str(run.period), {"period": run.period})


def _run_in_order(facts: Facts) -> Iterator[Hit]:
    run = facts.assets.run
    if run and run.earlier:
        yield Hit(str(run.period), {"period": run.earlier[0]}, entry("assets", "@depreciation"))


def _run_before_carrying(facts: Facts) -> Iterator[Hit]:
    run = facts.assets.run
    if run and run.carried:
        yield Hit(str(run.period), {"label": run.carried})


def _count_whole(facts: Facts) -> Iterator[Hit]:
    act = facts.assets.count
    if act is None:
        return
    where = act.counted.counted_on.isoformat()
    if act.untold:
        yield Hit(where, {"why": _("nothing is said of {codes}").format(codes=", ".join(act.untold))})
    if act.unknown:
        yield Hit(where, {"why": _("there is no {codes}").format(codes=", ".join(act.unknown))})
    people = {act.counted.counter, act.counted.witness}
    if len(people) < 2 or not people <= set(facts.staff.persons):
        yield Hit(where, {"why": _("one person counts and another one watches")})
    if act.counted.counted_on > facts.today:
        yield Hit(where, {"why": _("the day lies in the future")})


def _not_charged(facts: Facts) -> Iterator[Hit]:
    month = facts.assets.month
    if month and month.due:
        yield Hit(
            str(month.period),
            {"n": month.due, "amount": yuan_text(month.due_fen)},
            entry("assets", "@depreciation"),
        )


def _ties(facts: Facts) -> Iterator[Hit]:
    month = facts.assets.month
    for tie in month.ties if month else ():
        if tie.cards_fen != tie.ledger_fen:
            yield Hit(
                f"{tie.account} {month.period}" if month else tie.account,
                {
                    "account": tie.account,
                    "cards": yuan_text(tie.cards_fen),
                    "ledger": yuan_text(tie.ledger_fen),
                    "difference": yuan_text(tie.ledger_fen - tie.cards_fen),
                },
                "register:assets",
            )


def _half_done(facts: Facts) -> Iterator[Hit]:
    month = facts.assets.month
    for code, name in month.unbooked if month else ():
        yield Hit(f"{code} {name}", {"what": _("no voucher has booked its value")}, entry("assets", code))
    for code, name in month.uncleared if month else ():
        yield Hit(
            f"{code} {name}", {"what": _("it is gone and the ledger still holds it")}, entry("assets", code)
        )


def _not_counted(facts: Facts) -> Iterator[Hit]:
    month = facts.assets.month
    if month is None or month.since is None:
        return
    last = max(month.since, month.last_count or month.since)
    passed = (month.period.year - last.year) * 12 + month.period.month - last.month
    if passed >= facts.policy.number("count_months"):
        day = month.last_count.isoformat() if month.last_count else "–"
        yield Hit(str(month.period), {"day": day}, "register:assets")


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
        "AST-10",
        "",
        Severity.WARNING,
        CLOSE,
        "accounting.md 6 [V R04; A CO]; irregularities.md IR-59",
        N_("Depreciation is charged every month"),
        N_("A month without it shows a better result than it had."),
        N_("{n} assets have still to be charged with {amount}. Run the month's depreciation."),
        _not_charged,
    ),
    Rule(
        "AST-11",
        "",
        Severity.WARNING,
        CLOSE,
        "accounting.md 4 [V JG]: 账实, 账账",
        N_("Cards and ledger agree"),
        N_("What the ledger holds and no card explains may not exist."),
        N_(
            "Account {account}: cards {cards}, ledger {ledger}, difference {difference}. Register what is missing, or correct it."
        ),
        _ties,
    ),
    Rule(
        "AST-12",
        "",
        Severity.WARNING,
        CLOSE,
        "audit_checks.md T36; seeds_controls.md 3-32",
        N_("Assets are counted every year"),
        N_("What nobody looks for is lost without a trace."),
        N_(
            "The assets were last counted: {day}. Print the list, go round with a witness, and enter what was found."
        ),
        _not_counted,
    ),
    Rule(
        "AST-13",
        "",
        Severity.WARNING,
        CLOSE,
        "audit_checks.md T36; irregularities.md IR-59",
        N_("Card and voucher go together"),
        N_("One without the other is how things vanish between opening and year end."),
        N_("Something is half done: {what}. Open the card and finish it."),
        _half_done,
    ),
    Rule(
        "AST-14",
        "R23",
        Severity.ERROR,
        REGISTER,
        "财会〔2024〕12号 21 [N]",
        N_("Depreciation enters an open month"),
        N_("Nothing enters a closed month, nor one that has not begun."),
        N_("{period} is closed, has not begun or lies before the book. Choose another month."),
        _run_when,
    ),
    Rule(
        "AST-15",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 6 [V R04; A CO]",
        N_("Months are charged in order"),
        N_("A month that is left out would be charged to the wrong result."),
        N_("{period} is open and has not been charged. Run it first."),
        _run_in_order,
    ),
    Rule(
        "AST-16",
        "",
        Severity.ERROR,
        REGISTER,
        "accounting.md 5 [D]",
        N_("Depreciation comes before results are carried"),
        N_("Expense that comes later would stay behind in an account that has been emptied."),
        N_("{label} has carried this month's results. Reverse it, run the depreciation, carry again."),
        _run_before_carrying,
    ),
    Rule(
        "AST-17",
        "",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md T36",
        N_("A count tells of every asset"),
        N_("What a count passes over is what should have been looked for."),
        N_("The count cannot be recorded: {why}."),
        _count_whole,
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
