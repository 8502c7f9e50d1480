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
from tests.rules import people_examples as people
from tests.rules import plan_examples as plans
from tests.rules import roster_examples as roster
from tests.rules import sheet_examples as sheets
from tests.rules import used_examples as used
from villagebook.domain.demand import Demand
from villagebook.domain.document import Item
from villagebook.domain.link import LinkKind, LinkTarget
from villagebook.domain.voucher import VoucherLine
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.facts import CorrectionFacts, Facts
from villagebook.rules.gates import sets_right
from villagebook.rules.invoice_facts import TripFacts
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


def unlinked(debit_fen: int, credit_fen: int) -> Facts:
    """A line on an account that asks for an asset, without one."""
    line = VoucherLine("511", debit_fen, credit_fen, "灌溉水泵")
    demands = {"511": Demand((LinkKind.ASSET,), strict=True)}
    return replace(f.about(f.payment()), lines=(line,), demands=demands)


def pursued_in(days: int) -> Facts:
    return sheets.pursued(pursued_on=f.TODAY + timedelta(days=days))


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
        ("CLM-01", REGISTER, lambda: pursued_in(0), lambda: pursued_in(1)),
        ("VCH-11", SUBMIT, lambda: unlinked(0, -5), lambda: unlinked(0, 5)),
        ("VCH-11", SUBMIT, lambda: unlinked(-5, 0), lambda: unlinked(5, 0)),
        ("INV-17", SUBMIT, lambda: nights_since(2), lambda: nights_since(1)),
        ("INV-10", SUBMIT, lambda: invoice_after(6), lambda: invoice_after(5)),
    ],
)
def test_just_within_passes_and_just_beyond_does_not(
    id: str, gate: When, within: Callable[[], Facts], beyond: Callable[[], Facts]
) -> None:
    assert id not in ids_of(check(ALL_RULES, within(), gate))
    assert id in ids_of(check(ALL_RULES, beyond(), gate))


@pytest.mark.parametrize(
    ("fen", "party", "right"), [(0, "", True), (-1, "", True), (1, "", False), (0, "别人", False)]
)
def test_a_correction_is_one_of_the_same_payee_for_no_more(fen: int, party: str, right: bool) -> None:
    wrong = f.voucher(("514", 50_000, 0, ""), ("102", 0, 50_000, "EX"), party="县农机公司")
    made = f.payment(
        items=(Item("511", 50_000 + fen, "误工补贴"),), party=party or wrong.party, corrects="v1"
    )
    assert sets_right(f.about(made, correction=CorrectionFacts(wrong, True, ()))) is right


def test_a_relative_who_only_checks_the_papers_has_not_approved() -> None:
    """Slots in which relatives may sign are those the township does not name."""
    for slot, held in (("H", True), ("C", False)):
        (who,) = (g.person_id for g in f.FULL if g.slot == slot)
        office = replace(people.near(who), signed=f.FULL)
        found = ids_of(check(ALL_RULES, f.posting(f.FULL, office=office), When.POST))
        assert ("AP-83" in found) is held


def nights_since(days: int) -> Facts:
    """Two nights of a journey that began so many days before their invoice."""
    began = invoices.ISSUED - timedelta(days=days)
    trip = TripFacts(began, began + timedelta(days=2), invoices.SOUND.seller, ("冯志",))
    return invoices.hotel(trip=trip)()


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
