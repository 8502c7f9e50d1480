"""Closing the year and distributing in legal order: losses, reserve, members, other (accounting.md section 5)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_
from villagebook.rules.facts import Facts, YearFacts
from villagebook.rules.rule import Hit, Rule, When

YEAR = frozenset({When.YEAR})


def _earlier_open(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    for period in year.earlier_open[:1] if year else ():
        yield Hit(str(period), {"earlier": period}, f"close:{period}")


def _done(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    for voucher_id, label in year.done[:1] if year else ():
        yield Hit(str(year.year if year else ""), {"label": label}, f"voucher:{voucher_id}")


def _where(year: YearFacts) -> str:
    return f"{year.year}-12-31"


def _cover_wrong(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year is None:
        return
    most = min(year.plan.loss_fen, max(0, year.reserve_held_fen))
    if not 0 <= year.plan.cover_fen <= most:
        yield Hit(
            _where(year),
            {
                "loss": yuan_text(year.plan.loss_fen),
                "reserve": yuan_text(year.reserve_held_fen),
                "most": yuan_text(most),
            },
        )


def _loss_first(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year and year.plan.distributable_fen < 0 and year.plan.shared_fen > 0:
        yield Hit(_where(year), {"loss": yuan_text(-year.plan.distributable_fen)})


def _too_much(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year and year.plan.distributable_fen >= 0 and year.plan.left_fen < 0:
        yield Hit(
            _where(year),
            {
                "given": yuan_text(year.plan.reserve_fen + year.plan.shared_fen + year.plan.given_fen),
                "distributable": yuan_text(year.plan.distributable_fen),
            },
        )


def _reserve_first(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year is None or year.plan.shared_fen <= 0 or year.plan.base_fen <= 0:
        return
    if year.charter_bp > 0 and year.plan.reserve_bp == 0:
        yield Hit(_where(year), {"rate": _percent(year.charter_bp)})


def _other_rate(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year is None or year.plan.reserve_bp == year.charter_bp:
        return
    if year.plan.reserve_bp or not year.plan.shared_fen:
        yield Hit(
            _where(year),
            {"rate": _percent(year.plan.reserve_bp), "charter": _percent(year.charter_bp)},
        )


def _percent(bp: int) -> str:
    return f"{bp / 100:g} %"


def _bad_part(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year is None:
        return
    if not 0 <= year.plan.reserve_bp <= 10_000:
        yield Hit(_where(year), {"what": _percent(year.plan.reserve_bp)})
    for share in year.plan.shares:
        if share.amount_fen <= 0:
            yield Hit(_where(year), {"what": yuan_text(share.amount_fen)})


def _unbookable(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    for code in year.unbookable if year else ():
        yield Hit(_where(year) if year else "", {"code": code or "?"})


def _undecided(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year and year.plan.shared_fen > 0 and not year.resolution.strip():
        yield Hit(_where(year))


def _booked_late(facts: Facts) -> Iterator[Hit]:
    year = facts.year
    if year and year.late_fen:
        yield Hit(_where(year), {"amount": yuan_text(abs(year.late_fen))})


RULES = (
    Rule(
        "YE-05",
        "R23",
        Severity.ERROR,
        YEAR,
        "财会〔2024〕12号 24 [N]",
        N_("Every month before December is closed"),
        N_("The result of the year is known when the year is known."),
        N_("Close {earlier} first."),
        _earlier_open,
    ),
    Rule(
        "YE-07",
        "",
        Severity.ERROR,
        YEAR,
        "accounting.md 5 [D]",
        N_("A year is closed once"),
        N_("A second distribution of the same result would give away what is not there."),
        N_("{label} has closed this year already. Take the year's end back, then close it again."),
        _done,
    ),
    Rule(
        "YE-20",
        "",
        Severity.ERROR,
        YEAR,
        "财农〔2021〕121号 28 [N]",
        N_("Losses are covered first"),
        N_("Nothing can be given out of a loss."),
        N_("A loss of {loss} is not covered. Cover it from the reserve, or distribute nothing this year."),
        _loss_first,
    ),
    Rule(
        "YE-21",
        "",
        Severity.ERROR,
        YEAR,
        "财农〔2021〕121号 28 [N]",
        N_("No more is distributed than there is"),
        N_("Distributing more than was earned eats the members' capital."),
        N_("The plan gives {given}, but only {distributable} can be distributed. Lower a part."),
        _too_much,
    ),
    Rule(
        "YE-22",
        "",
        Severity.ERROR,
        YEAR,
        "财农〔2021〕121号 28 [N]; 农村集体经济组织法 42 [S]",
        N_("The reserve comes before the members"),
        N_("The order of the law: losses, reserve, members, other."),
        N_("Set aside the reserve (the charter says {rate}) before anybody gets a part."),
        _reserve_first,
    ),
    Rule(
        "YE-23",
        "",
        Severity.ERROR,
        YEAR,
        "财会〔2004〕12号 311 [A]",
        N_("The reserve covers no more than the loss"),
        N_("The reserve is not income."),
        N_("The loss is {loss}, the reserve holds {reserve}: cover at most {most}."),
        _cover_wrong,
    ),
    Rule(
        "YE-24",
        "",
        Severity.ERROR,
        YEAR,
        "村民委员会组织法 24 [N]",
        N_("The members decided the distribution"),
        N_("The use of collective income is decided by the meeting, whatever the amount."),
        N_("Enter the number of the minutes in which the meeting decided this distribution."),
        _undecided,
    ),
    Rule(
        "YE-25",
        "",
        Severity.WARNING,
        YEAR,
        "农村集体经济组织法 42 [S]",
        N_("The reserve is set aside at the charter's rate"),
        N_("The charter fixes the rate; another one is the members' decision, and is said."),
        N_("The plan sets aside {rate}, the parameters say {charter}."),
        _other_rate,
    ),
    Rule(
        "YE-26",
        "",
        Severity.ERROR,
        YEAR,
        "",
        N_("Parts and rates are amounts that can be given"),
        N_("A part of nothing, or less, is no part; a rate lies between 0 and 100 per cent."),
        N_("{what} is no part that can be given. Correct the plan."),
        _bad_part,
    ),
    Rule(
        "YE-27",
        "",
        Severity.ERROR,
        YEAR,
        "财会〔2023〕14号 [S]",
        N_("The accounts of the distribution may be booked on"),
        N_("Only the lowest accounts of the chart carry bookings."),
        N_("{code} cannot be booked on. Choose one of its sub-accounts, or add one."),
        _unbookable,
    ),
    Rule(
        "YE-28",
        "",
        Severity.ERROR,
        YEAR,
        "accounting.md 5 [D]",
        N_("322 is divided before the next year books on it"),
        N_("What was booked on the undivided account after the year cannot be told apart."),
        N_(
            "{amount} was booked on 322 after this year. Reverse it, close the year, then book it on the sub-account."
        ),
        _booked_late,
    ),
)
