"""What lies just within a limit passes, and what lies just beyond it does not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import ids_of
from tests.rules import board_examples as board
from tests.rules import facts as f
from tests.rules import invoice_examples as invoices
from tests.rules import key_examples as keys
from tests.rules import line_examples as lines
from tests.rules import list_examples as lists
from tests.rules import plan_examples as plans
from tests.rules import roster_examples as roster
from tests.rules import used_examples as used
from villagebook.domain.link import LinkKind, LinkTarget
from villagebook.domain.voucher import VoucherLine
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When, check

PUMP = LinkTarget(LinkKind.ASSET, "A-0001", "水泵", in_use=False)
SUBMIT, REGISTER = When.SUBMIT, When.REGISTER


def on(day: date, facts: Callable[[], Facts]) -> Facts:
    return replace(facts(), today=day)


def one_line(debit_fen: int, credit_fen: int) -> Facts:
    line = VoucherLine("511", debit_fen, credit_fen, "灌溉水泵", links=(PUMP.link,))
    return replace(f.about(f.payment(), links={PUMP.link: PUMP}), lines=(line,))


def invoice_after(gap: int) -> Facts:
    """Another invoice of the seller, so many numbers on."""
    later = invoices.number(str(int(invoices.OLD.number) + gap), invoices.OLD)
    return invoices.series(invoices.OLD, invoices.known(later))()


def retention_due(on_day: date) -> Facts:
    return lists.building(
        9_450_001, acceptance=lists.TAKEN, contract=replace(lists.ROAD, retention_due_on=on_day)
    )


@pytest.mark.parametrize(
    ("id", "gate", "within", "beyond"),
    [
        ("REG-09", REGISTER, lambda: born(1900), lambda: born(1899)),
        ("REG-09", REGISTER, lambda: born(f.TODAY.year), lambda: born(f.TODAY.year + 1)),
        ("KEY-05", When.SIGN, lambda: grace(30), lambda: grace(31)),
        ("DIS-12", When.BOARD, lambda: asked(10), lambda: asked(11)),
        ("VCH-10", SUBMIT, lambda: one_line(-5, 0), lambda: one_line(5, 0)),
        ("VCH-10", SUBMIT, lambda: one_line(0, -5), lambda: one_line(0, 5)),
        ("INV-34", REGISTER, used.content(issuer="清镇"), used.content(issuer="镇")),
        ("WRK-02", REGISTER, lambda: kept(0), lambda: kept(-1)),
        ("WRK-02", REGISTER, lambda: kept(10_000_000), lambda: kept(10_000_001)),
        ("AP-33", SUBMIT, lambda: retention_due(f.DAY), lambda: retention_due(f.DAY + timedelta(days=1))),
        ("E2L-03", When.RECEIPTS, lambda: voiding(1), lambda: voiding(0)),
        ("E2L-03", When.RECEIPTS, lambda: voiding(100), lambda: voiding(101)),
        ("BUD-08", REGISTER, lambda: budget("追加补助"), lambda: budget("追加补")),
        ("INV-10", SUBMIT, lambda: invoice_after(6), lambda: invoice_after(5)),
    ],
)
def test_just_within_passes_and_just_beyond_does_not(
    id: str, gate: When, within: Callable[[], Facts], beyond: Callable[[], Facts]
) -> None:
    assert id not in ids_of(check(ALL_RULES, within(), gate))
    assert id in ids_of(check(ALL_RULES, beyond(), gate))


def born(year: int) -> Facts:
    return roster.household(
        members=(roster.HEAD, replace(roster.SON, born=year, votes=False, delegate=False))
    )


def grace(days: int) -> Facts:
    """A list that ended so many days before the signature; the township gives thirty."""
    return replace(keys.using(keys.listed(until=keys.DAY - timedelta(days=days)), again=True)())


def asked(days: int) -> Facts:
    """A doubt so many days after it was received; ten are for the answer."""
    doubt = board.objection()
    return on(doubt.received_on + timedelta(days=days), board.about(open_objections=(doubt,)))


def budget(reason: str) -> Facts:
    return plans.budgeting(plans.PLAN, version=2, reason=reason)


def kept(fen: int) -> Facts:
    return lists.agreeing(retention_fen=fen)


def voiding(number: int) -> Facts:
    return lines.voiding(lines.voided(number))
