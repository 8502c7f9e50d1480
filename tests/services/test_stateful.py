"""Random verbs at one book: whatever is asked, in whatever order, the book stays true.

A refusal is a fine answer. What may never happen is said in the invariants, after every single step.
HYPOTHESIS_PROFILE=nightly looks further.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builders import (
    START,
    Village,
    at,
    count_all,
    make_village,
    marks,
    payment,
    photo,
    receipt,
    transfer,
)
from villagebook.domain.document import Document, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind
from villagebook.services.approvals import sign_queue, signing
from villagebook.services.book_file.books import place_balances, places
from villagebook.services.disclosure import notices
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, receipts, reversing
from villagebook.storage import ledger, posted_vouchers

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
PLACES = ("RC", "IN", "EX", "IM", "nowhere")
amounts = st.sampled_from([1, 999, 30_000, 60_000, 120_000, 3_000_000]) | st.integers(-5, 400_000)
which = st.integers(0, 40)
REASONS = st.sampled_from(["", "错", "写错了金额", "漏记一笔收入"])


class BookMachine(RuleBasedStateMachine):
    """One village, one clock that only goes forward, every verb with good and bad arguments."""

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        opening = {"IN": 2_000_000, "EX": 500_000, "IM": 100_000}
        self.village: Village = make_village(Path(self.folder.name), opening=opening)
        self.today = date(2025, 1, 20)
        self.fees: set[str] = set()  # what the bank took by itself, with its advice

    def teardown(self) -> None:
        if hasattr(self, "village"):
            self.village.book.close()
            self.folder.cleanup()

    # ---- helpers

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """A verb that may be refused, and then leaves the log as it was."""
        before, refused = self.village.book.head(), False
        try:
            yield
        except Refused:
            refused = True
        assert not refused or self.village.book.head() == before

    def vouchers(self) -> list[Any]:
        with self.village.book.reading() as connection:
            return list(posted_vouchers.vouchers(connection, Span(START, Period.of(self.today))))

    def waiting(self) -> list[Document]:
        return [row.document for row in sign_queue.queue(self.village.book, self.today)]

    def pick(self, from_list: list[Any], number: int) -> Any:
        return from_list[number % len(from_list)] if from_list else None

    def send(self, document: Document) -> None:
        with self.asked():
            documents.submit(self.village.book, document, at(self.today))

    # ---- the clock

    @rule(days=st.sampled_from([0, 1, 1, 3, 11, 28]))
    def time_goes_by(self, days: int) -> None:
        self.today += timedelta(days=days)

    # ---- the doors

    @rule(fen=amounts, place=st.sampled_from(PLACES), back=st.integers(-1, 30))
    def receive(self, fen: int, place: str, back: int) -> None:
        self.send(receipt(self.village, fen, self.today - timedelta(days=back), place=place))

    @rule(
        missing=st.sampled_from([0, 0, 0, 100]),
        excuse=st.sampled_from(["", "银行停业两天"]),
        drop=st.booleans(),
    )
    def bank(self, missing: int, excuse: str, drop: bool) -> None:
        listed = receipts.undeposited(self.village.book, self.today)[drop:]
        fen = sum(r.amount_fen for r in listed) - missing
        ids = tuple(r.document_id for r in listed)
        self.send(transfer(self.village, "RC", "IN", fen, self.today, receipts=ids, excuse=excuse))

    @rule(fen=amounts, source=st.sampled_from(PLACES), into=st.sampled_from(PLACES), back=st.integers(0, 9))
    def move(self, fen: int, source: str, into: str, back: int) -> None:
        self.send(transfer(self.village, source, into, fen, self.today - timedelta(days=back)))

    @rule(
        fen=amounts,
        place=st.sampled_from(("EX", "EX", "IM", *PLACES)),
        support=st.sampled_from([Support.INVOICE, Support.INVOICE, Support.BANK_ADVICE, Support.IOU]),
    )
    def pay(self, fen: int, place: str, support: Support) -> None:
        made = payment(self.village, fen, self.today, place=place, support=support)
        if place == "IN" and support is Support.BANK_ADVICE:
            self.fees.add(made.id)
        self.send(made)

    # ---- what waits

    @rule(number=which, slots=st.sampled_from([1, 3, 99, 99, 99]))
    def sign(self, number: int, slots: int) -> None:
        document = self.pick(self.waiting(), number)
        if document is None:
            return
        given = marks(self.village, document.id, self.today)[:slots]
        with self.asked():
            signing.sign_ink(self.village.book, document.id, given, photo(self.village), at(self.today))

    @rule(
        number=which,
        slot=st.sampled_from("HWCSDPA"),
        who=st.sampled_from(["handler", "clerk", "head", "villager"]),
    )
    def sign_somehow(self, number: int, slot: str, who: str) -> None:
        document = self.pick(self.waiting(), number)
        if document is None:
            return
        given = (signing.InkMark(slot, self.village.ids[who], self.today),)
        with self.asked():
            signing.sign_ink(self.village.book, document.id, given, photo(self.village), at(self.today))

    @rule(number=which, who=st.sampled_from(["head", "supervisor", "director"]), reason=REASONS)
    def reject(self, number: int, who: str, reason: str) -> None:
        document = self.pick(self.waiting(), number)
        if document is not None:
            with self.asked():
                signing.reject(self.village.book, document.id, self.village.ids[who], reason, at(self.today))

    @rule(number=which)
    def withdraw(self, number: int) -> None:
        document = self.pick(self.waiting(), number)
        if document is not None:
            with self.asked():
                documents.withdraw(self.village.book, document.id, "写错了金额", at(self.today))

    @rule(number=which, fen=amounts, resolution=st.sampled_from(["", "代表会2025-3"]))
    def send_in_again(self, number: int, fen: int, resolution: str) -> None:
        """A draft, changed or not, or something that waits already, changed."""
        document = self.pick([*documents.drafts(self.village.book), *self.waiting()], number)
        if document is None:
            return
        items = tuple(replace(i, amount_fen=fen) for i in document.items)
        self.send(replace(document, items=items, resolution=resolution))

    # ---- what is posted

    @rule(number=which, reason=REASONS, back=st.integers(0, 12))
    def reverse(self, number: int, reason: str, back: int) -> None:
        voucher = self.pick(self.vouchers(), number)
        if voucher is not None:
            with self.asked():
                day = self.today - timedelta(days=back)
                reversing.reverse(self.village.book, voucher.id, reason, day, at(self.today))

    # ---- the month

    @rule(over=st.booleans())
    def count(self, over: bool) -> None:
        period = closing.current_period(self.village.book)
        if over:
            self.today = max(self.today, period.last_day)
        with contextlib.suppress(Refused):
            count_all(self.village, min(self.today, period.last_day))

    @rule()
    def end_the_month(self) -> None:
        """The honest way, so that closed months are reached: everything waiting is taken back, the drawer banked."""
        period = closing.current_period(self.village.book)
        self.today = max(self.today, period.last_day)
        for document in self.waiting():
            with self.asked():
                documents.withdraw(self.village.book, document.id, "月末未签", at(self.today))
        self.bank(0, "银行停业两天", False)
        with contextlib.suppress(Refused):
            count_all(self.village, period.last_day)
        with self.asked():
            closing.close(self.village.book, period, at(self.today, 20))

    @rule(later=st.integers(0, 2))
    def close(self, later: int) -> None:
        period = closing.current_period(self.village.book).shifted(later)
        with self.asked():
            closing.close(self.village.book, period, at(self.today, 20))

    @rule(earlier=st.integers(0, 2), reason=REASONS)
    def reopen(self, earlier: int, reason: str) -> None:
        period = closing.current_period(self.village.book).shifted(-earlier)
        with self.asked():
            closing.reopen(self.village.book, period, reason, at(self.today))

    @rule(earlier=st.integers(0, 2))
    def hand_to_review(self, earlier: int) -> None:
        period = closing.current_period(self.village.book).shifted(-earlier)
        with self.asked():
            notices.submit_notice(self.village.book, Span.of(period), at(self.today))

    @rule(number=which, who=st.sampled_from(["head", "supervisor", "head", "villager"]))
    def review(self, number: int, who: str) -> None:
        row = self.pick(list(notices.notices(self.village.book)), number)
        if row is not None:
            given = (signing.InkMark("S", self.village.ids[who], self.today),)
            with self.asked():
                signing.sign_ink(self.village.book, row.id, given, photo(self.village), at(self.today))

    # ---- what always holds

    @invariant()
    def the_check_finds_no_error(self) -> None:
        if hasattr(self, "village"):
            found = check_book(self.village.book)
            assert [f for f in found if f.severity is Severity.ERROR] == []

    @invariant()
    def debits_are_credits(self) -> None:
        if hasattr(self, "village"):
            with self.village.book.reading() as connection:
                debit, credit, _count = ledger.control_totals(connection)
            assert debit == credit

    @invariant()
    def numbers_run_from_one_without_gap(self) -> None:
        if not hasattr(self, "village"):
            return
        series: dict[tuple[Period, str], list[int]] = {}
        for voucher in self.vouchers():
            series.setdefault((voucher.period, voucher.word), []).append(voucher.number)
        for numbers in series.values():
            assert sorted(numbers) == list(range(1, len(numbers) + 1))

    @invariant()
    def the_places_hold_what_the_ledger_says(self) -> None:
        if not hasattr(self, "village"):
            return
        span = Span(START, Period.of(self.today))
        with self.village.book.reading() as connection:
            accounts = ledger.balances(connection, span)
        held = place_balances(self.village.book, span.last.last_day)
        assert sum(held.values()) == sum(b.closing_fen for b in accounts if b.account[:3] in ("101", "102"))

    @invariant()
    def income_never_paid_an_expense_and_cash_was_never_negative(self) -> None:
        if not hasattr(self, "village"):
            return
        known = places(self.village.book)
        cash = {p.code: 0 for p in known.all() if p.is_cash}
        cash["IM"] = 100_000
        by_day: dict[date, list[Any]] = {}
        for voucher in self.vouchers():
            by_day.setdefault(voucher.booked_on, []).append(voucher)
            if voucher.kind is DocKind.PAYMENT and not voucher.reverses:
                paid_from = {v.place for v in voucher.lines if v.credit_fen > 0 and v.place}
                assert paid_from <= {"EX", "IM"} or voucher.id in self.fees
        for day in sorted(by_day):
            for line in (v for voucher in by_day[day] for v in voucher.lines):
                if line.place in cash:
                    cash[line.place] += line.debit_fen - line.credit_fen
            assert min(cash.values()) >= 0


TestBook = BookMachine.TestCase
TestBook.settings = settings(
    max_examples=300 if NIGHTLY else 8, stateful_step_count=40 if NIGHTLY else 15, deadline=None
)
