"""Whatever is asked, in whatever order, in any line mode: income never pays an expense directly.

The machine of the proof with more doors: phones, special funds, other people's money, loans, fees, red vouchers, the imprest
replenished by what was spent. What was accepted is looked at voucher by voucher, and by the rules that read history.
"""

from __future__ import annotations

import contextlib
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from tests.builders import NAME, START, at, make_village, move, payment, receipt, transfer
from tests.services.test_proof import ProvenMachine
from tests.services.test_stateful import NIGHTLY, amounts
from villagebook.domain.document import Item, Method, SpendKind, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.period import Span
from villagebook.domain.place import MOVES, PAYING, LineMode, Place, PlaceKind
from villagebook.domain.voucher import DocKind, Voucher
from villagebook.services.book_file.books import place_balances, places
from villagebook.services.offices import people
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import funds
from villagebook.services.two_lines import imprest, proof

EVERYWHERE = ("RC", "IN", "EX", "IM", "SP:road", "AG")
OWNERS = st.sampled_from([NAME, NAME, "孙丽", ""])
PAPERS = st.sampled_from(["", "代表会2025-9", "代表会2025-9"])


class ModesMachine(ProvenMachine):
    """A village with a road fund and collected money, in one of the three modes."""

    @initialize(mode=st.sampled_from(list(LineMode)))
    def begin(self, mode: LineMode) -> None:
        self.folder = tempfile.TemporaryDirectory()
        opening = {"IN": 2_000_000, "EX": 500_000, "IM": 100_000}
        self.village = make_village(Path(self.folder.name), mode=mode, opening=opening)
        self.today = date(2025, 1, 20)
        self.fees: set[str] = set()
        day = at(START.first_day)
        for code, kind in (("SP:road", PlaceKind.SP), ("AG", PlaceKind.AG)):
            people.add_place(self.village.book, Place(code, kind, code, "102", NAME, filed="7"), day)
        funds.define_fund(self.village.book, "SP:road", ("153", "511"), "修路", "代表会2025-4", day)

    # ---- more doors

    @rule(fen=amounts, owner=OWNERS, place=st.sampled_from(("RC", "RC", "IN", "EX")))
    def receive_by_phone(self, fen: int, owner: str, place: str) -> None:
        made = receipt(self.village, fen, self.today, place=place, method=Method.PHONE, payee_account=owner)
        self.send(made)

    @rule(
        fen=amounts, place=st.sampled_from(EVERYWHERE), account=st.sampled_from(["501", "241", "211", "201"])
    )
    def receive_for(self, fen: int, place: str, account: str) -> None:
        items = (Item(account, fen, "修路补助"),)
        self.send(receipt(self.village, fen, self.today, place=place, items=items))

    @rule(
        fen=amounts,
        source=st.sampled_from(EVERYWHERE),
        into=st.sampled_from(EVERYWHERE),
        paper=PAPERS,
        back=st.integers(0, 5),
    )
    def move_anywhere(self, fen: int, source: str, into: str, paper: str, back: int) -> None:
        day = self.today - timedelta(days=back)
        self.send(transfer(self.village, source, into, fen, day, resolution=paper))

    @rule(fen=st.integers(1, 300_000), into=st.sampled_from(("SP:road", "EX")))
    def move_in_earnest(self, fen: int, into: str) -> None:
        """An appropriation or a sum for the fund, signed through at once: so that places hold money."""
        if place_balances(self.village.book, self.today)["IN"] >= fen:
            with contextlib.suppress(Refused):  # several verbs: what came before the refused one stays
                move(self.village, "IN", into, fen, self.today, resolution="代表会2025-9")

    @rule()
    def replenish(self) -> None:
        fen = imprest.to_replenish(self.village.book, "IM")
        if fen and place_balances(self.village.book, self.today)["EX"] >= fen:
            with contextlib.suppress(Refused):
                move(self.village, "EX", "IM", fen, self.today)

    @rule(
        fen=amounts,
        place=st.sampled_from(EVERYWHERE),
        account=st.sampled_from(["511", "153", "211", "112", "501"]),
        support=st.sampled_from([Support.INVOICE, Support.BANK_ADVICE, Support.SIGNED_LIST]),
        kind=st.sampled_from([SpendKind.ORDINARY, SpendKind.ORDINARY, SpendKind.RECURRING, SpendKind.LOAN]),
        excuse=st.sampled_from(["", "全体代表同意先支"]),
    )
    def pay_from(self, **told: Any) -> None:
        fen, place, account = told["fen"], told["place"], told["account"]
        made = payment(
            self.village,
            fen,
            self.today,
            place=place,
            items=(Item(account, fen, "铺路碎石"),),
            support=told["support"],
            spend_kind=told["kind"],
            excuse=told["excuse"],
            resolution="代表会2025-9",
        )
        if place == "IN" and told["support"] is Support.BANK_ADVICE:
            self.fees.add(made.id)
        self.send(made)

    # ---- what always holds

    @invariant()
    def income_never_paid_an_expense_and_cash_was_never_negative(self) -> None:
        if not hasattr(self, "village"):
            return
        known = places(self.village.book)
        undone = {v.reverses for v in self.vouchers() if v.reverses}
        for voucher in self.vouchers():
            if voucher.reverses or voucher.id in undone:
                continue
            out = {known[v.place].kind for v in voucher.lines if v.credit_fen > 0 and v.place}
            into = {known[v.place].kind for v in voucher.lines if v.debit_fen > 0 and v.place}
            if voucher.kind is DocKind.PAYMENT:
                assert out <= PAYING or (voucher.id in self.fees and self._is_small(voucher))
            elif voucher.kind is DocKind.TRANSFER:
                assert all((a, b) in MOVES for a in out for b in into)
            else:
                assert not out

    def _is_small(self, voucher: Voucher) -> bool:
        return sum(line.credit_fen for line in voucher.lines) <= 10_000

    @invariant()
    def nothing_crossed_and_every_fen_is_somewhere(self) -> None:
        if not hasattr(self, "village"):
            return
        found = proof.proof_of(self.village.book, Span.parse("2025"))
        assert found.crossings == ()
        held = place_balances(self.village.book, date(2025, 12, 31))
        assert found.aside_fen == held["SP:road"] + held["AG"]
        assert (found.in_drawer_fen, found.on_income_fen) == (held["RC"], held["IN"])

    @invariant()
    def the_check_reads_history_and_finds_nothing(self) -> None:
        if hasattr(self, "village"):
            found = check_book(self.village.book)
            assert [f for f in found if f.severity is Severity.ERROR] == []


TestModes = ModesMachine.TestCase
TestModes.settings = settings(
    max_examples=150 if NIGHTLY else 5, stateful_step_count=40 if NIGHTLY else 12, deadline=None
)
