"""Households, members and outside parties: what an entry has to say, and what it must not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.privacy import has_id_number
from villagebook.domain.roster import HOUSEHOLD_CODE, OUTSIDER_CODE, Household, Member, texts_of
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.roster_facts import RosterFacts
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
OLDEST = 1900


def _where(told: RosterFacts) -> str:
    return f"{told.entry.code} {told.entry.title}".strip() or "?"


def _members(told: RosterFacts) -> tuple[Member, ...]:
    return told.entry.members if isinstance(told.entry, Household) else ()


def _code(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told is None:
        return
    code = told.entry.code
    if isinstance(told.entry, Household):
        match = HOUSEHOLD_CODE.fullmatch(code)
        fits = bool(match) and int(code[:2]) == told.entry.group
    else:
        fits = bool(OUTSIDER_CODE.fullmatch(code))
    if not fits or told.adding == told.known:
        yield Hit(_where(told), {"code": code or "–"})


def _names(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told is None:
        return
    own = told.entry.head if isinstance(told.entry, Household) else told.entry.name
    if not own.strip() or any(not m.name.strip() for m in _members(told)):
        yield Hit(_where(told), {"code": told.entry.code})


def _empty(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told is None or not isinstance(told.entry, Household) or not told.entry.in_use:
        return
    present = [m.name for m in told.entry.members if m.left_on is None]
    if told.entry.head.strip() and told.entry.head not in present:
        yield Hit(_where(told), {"head": told.entry.head})


def _stays(told: RosterFacts) -> Iterator[tuple[str, date | None, date | None]]:
    """(who, since, until) of the entry and of its members."""
    yield told.entry.title, getattr(told.entry, "joined_on", None), told.entry.left_on
    for member in _members(told):
        yield member.name, member.joined_on, member.left_on


def _days(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    for who, since, until in _stays(told) if told else ():
        late = [d for d in (since, until) if d and d > facts.today]
        if late or (since and until and until < since):
            yield Hit(who, {"who": who})


def _open(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told and not told.entry.in_use and told.open:
        sums = ", ".join(f"{account} {yuan_text(fen)}" for account, fen in told.open)
        yield Hit(_where(told), {"who": told.entry.title, "sums": sums})


def _why(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told is None:
        return
    reasons = [(told.entry.title, told.entry.left_on, told.entry.left_why)]
    reasons += [(m.name, m.left_on, m.left_why) for m in _members(told)]
    for who, until, why in reasons:
        if until is not None and len(why.strip()) < 2:
            yield Hit(who, {"who": who})


def _id_numbers(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told and any(has_id_number(t) for t in texts_of(told.entry)):
        yield Hit(told.entry.code or "?", {})


def _namesake(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    if told and told.namesake and told.entry.in_use:
        yield Hit(_where(told), {"who": told.entry.title, "other": told.namesake})


def _ages(facts: Facts) -> Iterator[Hit]:
    told = facts.roster
    year = facts.today.year
    for member in _members(told) if told else ():
        out_of_range = member.born is not None and not OLDEST <= member.born <= year
        if out_of_range or ((member.votes or member.delegate) and member.is_minor(year)):
            yield Hit(member.name, {"who": member.name})


RULES = (
    Rule(
        "REG-01",
        "",
        Severity.ERROR,
        REGISTER,
        "product.md [D]",
        N_("A code of its own for every household and outside party"),
        N_("Vouchers point at the code; given twice, two people's money would be one figure."),
        N_(
            "{code} cannot be taken. A household is called by group and number, 03-012; an outside party by letters and digits; "
            "each once."
        ),
        _code,
    ),
    Rule(
        "REG-02",
        "",
        Severity.ERROR,
        REGISTER,
        "product.md [D]",
        N_("A name for every entry and every member"),
        N_("A code alone says nothing to the people who read the notice."),
        N_("{code} lacks a name. Enter the names of the head and of every member."),
        _names,
    ),
    Rule(
        "REG-03",
        "",
        Severity.ERROR,
        REGISTER,
        "product.md [D]",
        N_("A household has members, its head among them"),
        N_("Rights belong to members; a household of nobody has none."),
        N_(
            "{head} is not among the members of this household. Enter the head as a member, or choose another head."
        ),
        _empty,
    ),
    Rule(
        "REG-04",
        "",
        Severity.ERROR,
        REGISTER,
        "product.md [D]",
        N_("Days in their order and not in the future"),
        N_("Who belongs on a day is counted by these days."),
        N_(
            "The days of {who} do not fit: the end stands before the beginning, or a day has not come yet. Correct them."
        ),
        _days,
    ),
    Rule(
        "REG-05",
        "",
        Severity.WARNING,
        REGISTER,
        "product.md [D]",
        N_("Who leaves owes nothing and is owed nothing"),
        N_("After somebody left, nobody asks for the money any more."),
        N_("{who} leaves with open balances: {sums}. Settle them, or write down why they stay."),
        _open,
    ),
    Rule(
        "REG-06",
        "",
        Severity.ERROR,
        REGISTER,
        "product.md [D]",
        N_("Leaving has a reason"),
        N_("Why somebody left is asked years later, when nobody remembers."),
        N_("Write down why {who} leaves."),
        _why,
    ),
    Rule(
        "REG-07",
        "",
        Severity.ERROR,
        REGISTER,
        "disclosure.md 8 [D]",
        N_("No numbers of identity cards"),
        N_("The book needs no such number; what is not kept cannot leak."),
        N_(
            "A number of an identity card stands in this entry. Leave it out; name, household and year of birth are enough."
        ),
        _id_numbers,
    ),
    Rule(
        "REG-08",
        "",
        Severity.WARNING,
        REGISTER,
        "product.md [D]",
        N_("One entry for each"),
        N_("Two entries of one name are mixed up, or somebody was entered twice."),
        N_("{who} is also the name of {other}. Is it the same? If not, add something to tell them apart."),
        _namesake,
    ),
    Rule(
        "REG-09",
        "",
        Severity.ERROR,
        REGISTER,
        "村民委员会组织法 21 [N]",
        N_("Only the grown-up vote and represent"),
        N_("A vote counts from eighteen years on; a wrong count spoils a resolution."),
        N_("Year of birth, right to vote or seat of {who} do not fit together. Correct them."),
        _ages,
    ),
)
