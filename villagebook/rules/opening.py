"""Opening balances: what a book begins with, line by line, in balance."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import VoucherLine, imbalance_fen
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.link_words import KIND_WORDS
from villagebook.rules.rule import Hit, Rule, When

OPENING = frozenset({When.OPENING})


def _where(line: VoucherLine) -> str:
    return " ".join(part for part in (line.account, line.place, line.party) if part) or "?"


def _not_bookable(facts: Facts) -> Iterator[Hit]:
    for line in facts.opening or ():
        account = facts.chart.get(line.account)
        if account is None or account.disabled or not facts.chart.is_leaf(line.account):
            yield Hit(_where(line), {"account": line.account})


def _wrong_place(facts: Facts) -> Iterator[Hit]:
    for line in facts.opening or ():
        account, place = facts.chart.get(line.account), facts.places.get(line.place)
        if account is None:
            continue
        fits = place is not None and place.account[:3] == line.account[:3]
        if (account.is_money and not fits) or (not account.is_money and line.place):
            yield Hit(_where(line), {"account": line.account, "place": line.place or "–"})


def _one_side(facts: Facts) -> Iterator[Hit]:
    for line in facts.opening or ():
        if (line.debit_fen == 0) == (line.credit_fen == 0):
            yield Hit(_where(line), {"account": line.account})


def _unbalanced(facts: Facts) -> Iterator[Hit]:
    lines = facts.opening or ()
    if imbalance_fen(lines):
        debit, credit = sum(x.debit_fen for x in lines), sum(x.credit_fen for x in lines)
        values = {"debit": debit, "credit": credit, "difference": debit - credit}
        yield Hit(facts.village, {name: yuan_text(fen) for name, fen in values.items()})


def _twice(facts: Facts) -> Iterator[Hit]:
    seen = set()
    for line in facts.opening or ():
        key = (line.account, line.place, line.party, line.links, line.credit_fen == 0)
        if key in seen:
            yield Hit(_where(line), {"what": _where(line)})
        seen.add(key)


def _begun(facts: Facts) -> Iterator[Hit]:
    if facts.opening is not None and facts.begun:
        yield Hit(facts.village, {})


def _dead(facts: Facts) -> Iterator[Hit]:
    for line in facts.opening or ():
        for link in line.links:
            target = facts.links.get(link)
            if target is None or not target.in_use:
                yield Hit(_where(line), {"code": target.name if target else link.code})


def _unasked(facts: Facts) -> Iterator[Hit]:
    told = set()
    for line in facts.opening or ():
        demand = facts.demands.get(line.account)
        missing = set(demand.kinds) - {link.kind for link in line.links} if demand else set()
        if missing and line.account not in told:
            told.add(line.account)
            words = ", ".join(_(KIND_WORDS[kind]) for kind in sorted(missing))
            yield Hit(line.account, {"account": line.account, "kinds": words})


RULES = (
    Rule(
        "OPN-02",
        "",
        Severity.ERROR,
        OPENING,
        "财会〔2023〕14号 [S]",
        N_("Opening balances are set once, before anything is booked"),
        N_("Whoever may change what a book began with may change everything that follows."),
        N_("The book has opening balances or vouchers already; they are set once, at the beginning."),
        _begun,
    ),
    Rule(
        "OPN-04",
        "",
        Severity.ERROR,
        OPENING,
        "财会〔2023〕14号 [S]",
        N_("Balances stand on the lowest accounts"),
        N_("A balance above sub-accounts would belong to none of them."),
        N_(
            "{account} takes no balance: it is not in the chart, out of use, or has sub-accounts. Choose one of these."
        ),
        _not_bookable,
    ),
    Rule(
        "OPN-05",
        "",
        Severity.ERROR,
        OPENING,
        "two_line.md 3 [D]",
        N_("Money lies in a place"),
        N_("The two lines can only be told apart when every fen of cash and bank lies in one of them."),
        N_(
            "Place {place} does not fit account {account}. Cash and bank need a place of theirs, other accounts none."
        ),
        _wrong_place,
    ),
    Rule(
        "OPN-06",
        "",
        Severity.ERROR,
        OPENING,
        "",
        N_("A balance is a debit or a credit"),
        N_("A line with both, or with neither, says nothing."),
        N_("Account {account} has a line with both sides or with none. Enter one amount."),
        _one_side,
    ),
    Rule(
        "OPN-07",
        "",
        Severity.ERROR,
        OPENING,
        "财会〔2023〕14号 [S]",
        N_("The opening balances"),
        N_("A book that begins out of balance never balances."),
        N_(
            "Debit {debit}, credit {credit}, difference {difference}. Find the line that is missing or wrong."
        ),
        _unbalanced,
    ),
    Rule(
        "OPN-08",
        "",
        Severity.ERROR,
        OPENING,
        "",
        N_("One line for each"),
        N_("Two lines for the same party are a slip, or the same balance entered twice."),
        N_("{what} stands there twice. Add the two together, or delete one."),
        _twice,
    ),
    Rule(
        "OPN-09",
        "",
        Severity.ERROR,
        OPENING,
        "财会〔2024〕12号 20 [N]",
        N_("An opening balance belongs to something the registers hold"),
        N_("A figure that points at nothing cannot be followed."),
        N_("The registers hold no {code} in use. Enter it first, or choose another."),
        _dead,
    ),
    Rule(
        "OPN-10",
        "",
        Severity.WARNING,
        OPENING,
        "财会〔2024〕12号 20 [N]",
        N_("An opening balance carries what its account asks for"),
        N_("What is not divided at the beginning cannot be followed by whom it belongs to later."),
        N_("Account {account} wants to know: {kinds}. Divide its balance and choose it in each line."),
        _unasked,
    ),
)
