"""Assets month by month: depreciation in order, the count, a register that agrees with ledger and shelf."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.i18n import N_, _
from villagebook.rules.assets import MOST_WORK
from villagebook.rules.facts import Facts
from villagebook.rules.registers import CLOSE, REGISTER, entry
from villagebook.rules.rule import Hit, Rule


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


def _work_untold(facts: Facts) -> Iterator[Hit]:
    """A run and a disposal wait for it."""
    target = entry("assets", "@depreciation")
    run, act = facts.assets.run, facts.assets.act
    for period, code, name in run.untold if run else ():
        yield Hit(f"{code} {name}", {"period": period}, target)
    if act and act.untold and act.disposal:
        period = Period.of(act.disposal.gone_on)
        yield Hit(f"{act.asset.code} {act.asset.name}", {"period": period}, target)


def _work_untold_at_close(facts: Facts) -> Iterator[Hit]:
    month = facts.assets.month
    for code, name in month.untold if month else ():
        period = month.period if month else ""
        yield Hit(f"{code} {name}", {"period": period}, entry("assets", "@depreciation"))


def _work_told(facts: Facts) -> Iterator[Hit]:
    told = facts.assets.work
    if told is None:
        return
    where, why = f"{told.code} {told.name}".strip(), ""
    closed = facts.period_states.get(told.period, "open") != "open"
    if closed or told.period < facts.start or told.period > Period.of(facts.today):
        why = _("{period} is closed, has not begun or lies before the book").format(period=told.period)
    elif not told.asked:
        why = _("{period} takes nothing from it by its work, or is charged already").format(
            period=told.period
        )
    elif not 0 <= told.work <= MOST_WORK:
        why = _("work is a whole number from 0 to {most}").format(most=MOST_WORK)
    if why:
        yield Hit(where, {"why": why}, entry("assets", "@depreciation"))


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
        "AST-20",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2021〕37号 23, 26 [A]",
        N_("What wears by its work says what it did"),
        N_("Work that nobody counts cannot be charged; a month left out falls on a later result."),
        N_("What it did in {period} is not told. Enter it under Depreciation, 0 when it stood still."),
        _work_untold,
    ),
    Rule(
        "AST-22",
        "",
        Severity.WARNING,
        CLOSE,
        "财会〔2021〕37号 23, 26 [A]",
        N_("Work is told every month"),
        N_("A month without it shows a better result than it had."),
        N_("What it did in {period} is not told. Enter it under Depreciation, 0 when it stood still."),
        _work_untold_at_close,
    ),
    Rule(
        "AST-21",
        "",
        Severity.ERROR,
        REGISTER,
        "财会〔2021〕37号 23, 26 [A]",
        N_("Work is told for a month that still takes it"),
        N_("What was charged was charged by the work told then."),
        N_(
            "This work cannot be kept: {why}. Take the month's depreciation back first, or choose another month."
        ),
        _work_told,
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
)
