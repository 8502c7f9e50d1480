"""VCH-23 and VCH-24: what nobody signed for is checked by a second person before the month is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from villagebook.domain.finding import Severity
from villagebook.domain.folding import name_key
from villagebook.domain.people import PostKind, Staff
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.check_facts import CheckFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

UNCHECKED = "unchecked:"
"""Target: the list of vouchers, narrowed to those that wait for a check."""

_NAMED = 5
"""So many are named in a sentence."""


def why_not(staff: Staff, told: CheckFacts, today: date) -> Iterator[str]:
    """Everything that keeps the checker from checking this voucher, as the end of a sentence about that person."""
    if name_key(staff.name(told.checker)) in {name_key(typed) for typed in told.entered_by}:
        yield _("entered it")
    if told.checker == told.handler:
        yield _("handled it")
    posts = staff.posts_of(told.checker, today)
    if PostKind.CASHIER in (*posts, *staff.posts_of(told.checker, told.booked_on)):
        yield _("is cashier")
    if not posts:
        yield _("holds no post today")


def _wrong_checker(facts: Facts) -> Iterator[Hit]:
    for told in facts.checks:
        name = facts.staff.name(told.checker)
        for why in why_not(facts.staff, told, facts.today):
            yield Hit(told.label, {"label": told.label, "name": name, "why": why}, UNCHECKED)


def waiting_words(labels: tuple[str, ...]) -> str:
    """How many vouchers wait, and the first of them by name."""
    named = _(", ").join(labels[:_NAMED]) + (" …" if len(labels) > _NAMED else "")
    return ngettext(
        "{n} voucher waits for a second person's check: {named}",
        "{n} vouchers wait for a second person's check: {named}",
        len(labels),
    ).format(n=len(labels), named=named)


def _unchecked(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    if month and month.unchecked:
        yield Hit(str(month.period), {"waiting": waiting_words(month.unchecked)}, UNCHECKED)


RULES = (
    Rule(
        "VCH-23",
        "-",
        Severity.ERROR,
        frozenset({When.CLOSE}),
        "会计基础工作规范 50(6), 51 [N]; checked_kinds [R]",
        N_("Vouchers nobody signed for are checked by a second person"),
        N_("Whoever enters money alone can enter what the paper does not say."),
        N_(
            "{waiting}. Somebody who neither entered nor handled it holds each against its paper. Page Vouchers, State: unchecked."
        ),
        _unchecked,
    ),
    Rule(
        "VCH-24",
        "-",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "会计法 35 [N]: a cashier does no checking (稽核); checked_kinds [R]",
        N_("Nobody checks what he entered, handled or keeps the cash of"),
        N_("Looking again at the own work finds what the first look found."),
        N_("{name} {why} and cannot check {label}. Choose another official."),
        _wrong_checker,
    ),
)
