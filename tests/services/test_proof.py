"""The proof of the two lines: what it says of a month, and that no order of verbs makes income pay an expense."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from tests.builders import (
    START,
    Village,
    at,
    bank,
    make_village,
    move,
    pay,
    payment,
    receive,
    submit,
)
from tests.services.test_stateful import NIGHTLY, BookMachine
from villagebook.domain.document import Support
from villagebook.domain.money_layers import Moved, Origin
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode, Place, PlaceKind, Places
from villagebook.domain.proof import prove
from villagebook.services import render, reports
from villagebook.services.book_file.books import place_balances
from villagebook.services.two_lines import proof
from villagebook.services.vouchers import reversing

JAN = Span.of(START)
D3, D4, D5, D9 = date(2025, 1, 3), date(2025, 1, 4), date(2025, 1, 5), date(2025, 1, 9)


@pytest.fixture(params=list(LineMode), ids=lambda m: m.value)
def village(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path, mode=request.param)
    yield made
    made.book.close()


def test_every_receipt_is_followed_to_its_slip_and_every_payment_to_its_appropriation(village: Village):
    receive(village, 50_000, D3, place="RC")
    slip = bank(village, D4)
    receive(village, 20_000, D9, place="RC")
    first = move(village, "IN", "EX", 100_000, D3)
    second = move(village, "IN", "EX", 100_000, D5)
    move(village, "EX", "IM", 30_000, D5)
    pay(village, 90_000, D9)
    pay(village, 10_000, D9, place="IM")
    found = proof.proof_of(village.book, JAN)
    assert found.holds
    assert [(r.fen, r.slip_id, r.days) for r in found.receipts] == [(50_000, slip.id, 1), (20_000, "", None)]
    by_source = [[(x.voucher_id, x.fen) for x in p.layers] for p in found.payments]
    assert by_source == [[(first.id, 70_000), (second.id, 20_000)], [(first.id, 10_000)]]
    assert (found.in_drawer_fen, found.on_expense_fen, found.in_imprest_fen) == (20_000, 80_000, 20_000)
    assert found.on_income_fen == 10_000_000 + 50_000 - 200_000
    assert proof.sentence(found).startswith("Nothing crossed: 700.00 received")


def test_what_the_bank_takes_and_what_was_undone_is_no_crossing(village: Village):
    fee = payment(
        village, 500, D3, place="IN", support=Support.BANK_ADVICE, summary="账户管理费", party="农商行"
    )
    assert submit(village, fee).label
    move(village, "IN", "EX", 100_000, D3)
    wrong = pay(village, 60_000, D5)
    reversing.reverse(village.book, wrong.id, "重复付款已退回", D9, at(D9))
    pay(village, 80_000, D9, summary="购买灌溉水管十米")
    found = proof.proof_of(village.book, JAN)
    assert (found.holds, found.fees_fen, found.undone, found.on_expense_fen) == (True, 500, 1, 20_000)
    assert [p.fen for p in found.payments] == [80_000]


def test_over_years_each_month_has_a_row_and_what_the_bank_takes_is_no_crossing(village: Village):
    fee = payment(
        village, 500, D3, place="IN", support=Support.BANK_ADVICE, summary="账户管理费", party="农商行"
    )
    assert submit(village, fee).label
    move(village, "IN", "EX", 100_000, D3)
    wrong = pay(village, 60_000, D5)
    reversing.reverse(village.book, wrong.id, "重复付款已退回", D9, at(D9))
    pay(village, 80_000, D9, summary="购买灌溉水管十米")
    table = reports.make(village.book, "two-lines", Span(Period(2025, 1), Period(2026, 1))).table
    named = {r[0]: r for r in table.rows}
    assert list(named["2025-01"][2:8]) == [0, 100_000, 80_000, 0, 10_000_000 - 500 - 100_000, 20_000]
    assert named["2025-02"][2:5] == (0, 0, 0)
    assert named["2026-01"][6:8] == (10_000_000 - 500 - 100_000, 20_000)
    assert table.subtitle.endswith("Nothing crossed in any of these months.")
    assert [len(table.rows), len(table.targets)] == [14, 14]
    for form in ("csv", "json", "xlsx", "pdf"):
        assert render.render(table, form, "村")


def test_the_opening_of_the_expense_line_is_named_as_such(tmp_path: Path):
    village = make_village(tmp_path, opening={"EX": 100_000})
    pay(village, 60_000, D5)
    (paid,) = proof.proof_of(village.book, JAN).payments
    assert [x.origin for x in paid.layers] == [Origin.OPENING]
    assert "opening of the expense line" in str(proof.two_lines(village.book, JAN).rows)
    village.book.close()


def test_the_report_is_a_table_in_every_form_and_its_rows_say_everything_to_machines(village: Village):
    receive(village, 50_000, D3, place="RC")
    move(village, "IN", "EX", 10_000, D3)
    move(village, "IN", "EX", 10_000, D5)
    pay(village, 15_000, D9)
    table = reports.make(village.book, "two-lines", JAN).table
    assert table.machine_rows is not None
    parts = [r for r in table.machine_rows if r[0] == "expenditure"]
    assert [(r[4], r[8]) for r in parts] == [(15_000, 10_000), (15_000, 5_000)]
    assert all(len(r) == len(table.columns) for r in (*table.rows, *table.machine_rows))
    assert len(table.rows) == len(table.targets)
    for form in ("csv", "json", "xlsx", "pdf"):
        assert render.render(table, form, "村")


# ---- crossings, which the gates refuse and history may hold

PLACES = Places(
    [
        Place("RC", PlaceKind.RC, "收款现金", "101"),
        Place("IN", PlaceKind.IN, "收入线", "102"),
        Place("EX", PlaceKind.EX, "支出线", "102"),
        Place("IM", PlaceKind.IM, "备用金", "101"),
    ]
)


def moved(id: str, outside: int, **places: int) -> Moved:
    return Moved(id, id, id, D5, "", "", "", tuple(places.items()), outside)


@pytest.mark.parametrize(
    ("vouchers", "wanted"),
    [
        ([moved("a", 500, RC=500), moved("b", -100, RC=-100)], [("E2L-10", 100)]),
        ([moved("a", 500, IN=500), moved("b", -100, IN=-100)], [("E2L-20", 100)]),
        ([moved("a", 500, EX=500)], [("E2L-00", 500)]),
        ([moved("a", 500, EX=500), moved("b", -100, EX=-100)], [("E2L-00", 500), ("E2L-21", 100)]),
        ([moved("b", -100, EX=-100)], [("E2L-21", 100)]),
        ([moved("a", 500, RC=500), moved("b", 0, RC=-500, IM=500)], [("E2L-00", 500)]),
        ([moved("a", 500, IN=500), moved("b", 0, IN=-500, EX=500), moved("c", -500, EX=-500)], []),
    ],
)
def test_where_the_lines_touch_it_is_said_with_the_sum(vouchers: list[Moved], wanted: list[tuple[str, int]]):
    found = prove(JAN, PLACES, {}, vouchers, {})
    assert [(c.error_id, c.fen) for c in found.crossings] == wanted
    assert found.holds is not bool(wanted)
    if wanted:
        assert "crossed" in proof.sentence(found)


def test_a_payment_of_the_day_waits_for_the_appropriation_of_the_day():
    later = [moved("p", -100, EX=-100), moved("a", 0, IN=-100, EX=100)]
    found = prove(JAN, PLACES, {"IN": 100}, later, {})
    assert found.holds
    assert found.payments[0].missing_fen == 0


# ---- in every mode, whatever is asked in whatever order


class ProvenMachine(BookMachine):
    """The book machine in any line mode; after every step the proof holds and accounts for every fen."""

    @initialize(mode=st.sampled_from(list(LineMode)))
    def begin(self, mode: LineMode) -> None:
        self.folder = tempfile.TemporaryDirectory()
        opening = {"IN": 2_000_000, "EX": 500_000, "IM": 100_000}
        self.village = make_village(Path(self.folder.name), mode=mode, opening=opening)
        self.today = date(2025, 1, 20)
        self.fees: set[str] = set()

    @invariant()
    def nothing_crossed_and_every_fen_is_somewhere(self) -> None:
        if not hasattr(self, "village"):
            return
        span = Span(START, Period.of(self.today))
        found = proof.proof_of(self.village.book, span)
        assert found.crossings == ()
        held = place_balances(self.village.book, span.last.last_day)
        parts = (
            found.in_drawer_fen,
            found.on_income_fen,
            found.on_expense_fen,
            found.in_imprest_fen,
            found.aside_fen,
        )
        assert sum(parts) == sum(held.values())
        assert (found.in_drawer_fen, found.on_expense_fen) == (held["RC"], held["EX"])


TestProven = ProvenMachine.TestCase
TestProven.settings = settings(
    max_examples=150 if NIGHTLY else 5, stateful_step_count=40 if NIGHTLY else 12, deadline=None
)
