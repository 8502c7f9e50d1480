"""Sub-accounts: what may be added under which account, what may be put out of use."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import (
    DISTRIBUTION,
    LONGEST_NAME,
    MAX_DEPTH,
    RESERVE,
    YEAR_RESULT,
    fits_under,
)
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.i18n import N_
from villagebook.rules.facts import AccountFacts, Facts
from villagebook.rules.rule import Hit, Rule, When

ACCOUNT = frozenset({When.ACCOUNT})
NEEDED = frozenset({RESERVE, YEAR_RESULT, DISTRIBUTION})


def _adding(facts: Facts) -> AccountFacts | None:
    return facts.account if facts.account and facts.account.adding else None


def _disabling(facts: Facts) -> AccountFacts | None:
    told = facts.account
    return told if told and not told.adding and not told.enabling else None


def _enabling(facts: Facts) -> AccountFacts | None:
    return facts.account if facts.account and facts.account.enabling else None


def _bad_code(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    if told is None:
        return
    account, above = told.account, facts.chart.get(told.account.parent)
    if (
        above is None
        or above.disabled
        or account.code in facts.chart
        or not fits_under(account.code, above.code)
    ):
        yield Hit(account.code or "?", {"code": account.code, "parent": account.parent})


def _bad_name(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    if told is None:
        return
    name = told.account.name.strip()
    siblings = {a.name for a in facts.chart.below(told.account.parent)}
    if not name or name in siblings:
        yield Hit(told.account.code, {"name": name})


def _too_deep(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    if told and facts.chart.depth(told.account.parent) >= MAX_DEPTH:
        yield Hit(told.account.code, {"most": MAX_DEPTH})


def _not_divided(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    above = facts.chart.get(told.account.parent) if told else None
    if told and above and (above.is_money or above.code == YEAR_RESULT):
        yield Hit(told.account.code, {"parent": above.code})


def _booked(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    if told and told.booked and not told.take_over:
        yield Hit(
            told.account.code, {"parent": told.account.parent, "amount": yuan_text(abs(told.balance_fen))}
        )


def _move_closed(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    month = Period.of(facts.today)
    if told and told.booked and told.take_over and facts.period_states.get(month, "open") != "open":
        yield Hit(told.account.code, {"period": month})


def _waited_for(facts: Facts) -> Iterator[Hit]:
    told = facts.account
    for what in told.used_by[:1] if told else ():
        yield Hit(told.account.code if told else "", {"what": what})


def _missing(facts: Facts) -> Iterator[Hit]:
    told = _disabling(facts)
    found = facts.chart.get(told.account.code) if told else None
    if told and (found is None or found.disabled):
        yield Hit(told.account.code, {"code": told.account.code})


def _balance(facts: Facts) -> Iterator[Hit]:
    told = _disabling(facts)
    if told and told.balance_fen:
        yield Hit(told.account.code, {"code": told.account.code, "amount": yuan_text(told.balance_fen)})


def _needed(facts: Facts) -> Iterator[Hit]:
    told = _disabling(facts)
    if told and (told.account.code in NEEDED or told.account.is_money):
        yield Hit(told.account.code, {"code": told.account.code})


def _live_below(facts: Facts) -> Iterator[Hit]:
    told = _disabling(facts)
    live = [a for a in facts.chart.below(told.account.code) if not a.disabled] if told else []
    if told and live:
        yield Hit(told.account.code, {"below": live[0].code})


def _long_name(facts: Facts) -> Iterator[Hit]:
    told = _adding(facts)
    for name in (told.account.name, told.account.name_en) if told else ():
        most = (
            LONGEST_NAME if told and name == told.account.name else 2 * LONGEST_NAME
        )  # Latin letters are narrow
        if told and len(name) > most:
            yield Hit(told.account.code, {"count": len(name), "most": most})


def _not_out(facts: Facts) -> Iterator[Hit]:
    told = _enabling(facts)
    found = facts.chart.get(told.account.code) if told else None
    if told and (found is None or not found.disabled):
        yield Hit(told.account.code, {"code": told.account.code})


def _above_out(facts: Facts) -> Iterator[Hit]:
    told = _enabling(facts)
    above = facts.chart.get(told.account.parent) if told else None
    if told and above and above.disabled:
        yield Hit(told.account.code, {"above": above.code})


RULES = (
    Rule(
        "YE-40",
        "",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2024〕12号 20 [N]",
        N_("A sub-account fits under its account"),
        N_("The code of a sub-account says where it belongs, also in another program."),
        N_(
            "{code} does not fit under {parent}. Take {parent} and two new digits, or {parent}. and up to six, under an account in use."
        ),
        _bad_code,
    ),
    Rule(
        "YE-41",
        "",
        Severity.ERROR,
        ACCOUNT,
        "accounting.md 4 [D]",
        N_("At most four levels of sub-accounts"),
        N_("Deeper divisions are parties and projects, which every line carries anyway."),
        N_("There are {most} levels already. Use the other party or the project of the entry instead."),
        _too_deep,
    ),
    Rule(
        "YE-42",
        "",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2023〕14号 [S]",
        N_("An account with bookings is divided with its balance"),
        N_("Only the lowest accounts are booked on; a balance left above would belong to nobody."),
        N_(
            "{parent} carries bookings (balance {amount}). Say that the new sub-account takes the balance over; an adjustment moves it, party by party."
        ),
        _booked,
    ),
    Rule(
        "YE-43",
        "",
        Severity.ERROR,
        ACCOUNT,
        "two_line.md 3 [D]; 财会〔2004〕12号 321 [A]",
        N_("Cash, bank and 本年收益 have no sub-accounts"),
        N_("Cash and bank are divided by money places, and the result of the year is one figure."),
        N_("{parent} is not divided. For cash and bank add a money place."),
        _not_divided,
    ),
    Rule(
        "YE-44",
        "",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2024〕12号 21 [N]",
        N_("An account with a balance stays in use"),
        N_("A balance nobody can book on can never be cleared."),
        N_("{code} holds {amount}. Move it by an adjustment first."),
        _balance,
    ),
    Rule(
        "YE-45",
        "",
        Severity.ERROR,
        ACCOUNT,
        "accounting.md 5 [D]",
        N_("Accounts the books cannot do without stay in use"),
        N_("Cash, bank, the reserve and the result are booked on by every village."),
        N_("{code} is needed and stays in use."),
        _needed,
    ),
    Rule(
        "YE-46",
        "",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2023〕14号 [S]",
        N_("A sub-account has a name of its own"),
        N_("Two accounts of one name are mixed up; a name is never changed, because papers carry it."),
        N_(
            '"{name}" is no new name under this account. Give another; a wrong name is put right by a new account.'
        ),
        _bad_name,
    ),
    Rule(
        "YE-47",
        "R23",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2024〕12号 21 [N]",
        N_("A balance is moved in an open month"),
        N_("The move is a voucher, and nothing enters a closed month."),
        N_("{period} is closed. Divide the account in the month in work."),
        _move_closed,
    ),
    Rule(
        "YE-48",
        "",
        Severity.ERROR,
        ACCOUNT,
        "财会〔2024〕12号 21 [N]",
        N_("No document waits for the account"),
        N_("A document under way could never be posted."),
        N_("{what} still waits and books on this account. Have it signed, or take it back."),
        _waited_for,
    ),
    Rule(
        "YE-49",
        "",
        Severity.ERROR,
        ACCOUNT,
        "",
        N_("The account is in use"),
        N_("An account is put out of use once."),
        N_("There is no account {code} in use."),
        _missing,
    ),
    Rule(
        "YE-50",
        "",
        Severity.ERROR,
        ACCOUNT,
        "",
        N_("Accounts are put out of use from below"),
        N_("A sub-account in use under an account out of use belongs nowhere."),
        N_("Put {below} out of use first."),
        _live_below,
    ),
    Rule(
        "YE-52",
        "",
        Severity.ERROR,
        ACCOUNT,
        "",
        N_("Only an account out of use is taken into use again"),
        N_("What is in use needs nothing."),
        N_("{code} is not out of use."),
        _not_out,
    ),
    Rule(
        "YE-53",
        "",
        Severity.ERROR,
        ACCOUNT,
        "",
        N_("Accounts come back from above"),
        N_("A sub-account in use under an account out of use belongs nowhere."),
        N_("Take {above} into use first."),
        _above_out,
    ),
    Rule(
        "YE-54",
        "",
        Severity.ERROR,
        ACCOUNT,
        "",
        N_("The name of an account fits its column"),
        N_("A name nobody can read whole on a voucher or in a list hides what is booked."),
        N_("The name has {count} characters; {most} fit. Give a shorter one."),
        _long_name,
    ),
)
