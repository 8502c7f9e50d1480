"""Whatever is entered, reversed and taken back: plans add up, and no fund pays outside its purpose."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.builders import DAY, Village, at, make_village, move, payment, receipt, sign_everything, submit
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.document import Document, Item
from villagebook.domain.errors import Refused
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.services.registers import budgets, fund_register, projects
from villagebook.services.registers.budgets import Draft
from villagebook.services.vouchers import documents, reversing

FUND = Link(LinkKind.FUND, "F1")
ROAD = Link(LinkKind.PROJECT, "P1")
ACCOUNTS = ("511", "513", "514", "153")
EXCUSE = "村民代表会议同意"


class Plans(RuleBasedStateMachine):
    """Documents at random against a model that only adds up."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()

    @initialize()
    def begin(self) -> None:
        self.village: Village = make_village(Path(self.folder.name), opening={"IN": 10**8})
        book = self.village.book
        road = Project("P1", "修路", ProjectKind.CONSTRUCTION, "1", DAY, 900_000, ((Source.OWN, 900_000),))
        projects.register(book, road, at(DAY))
        self.purpose = ("514",)
        self._define()
        lines = (
            BudgetLine("501", spread(500_000)),
            BudgetLine("511", spread(300_000)),
            BudgetLine("511", spread(100_000), "P1"),
            BudgetLine("514", spread(80_000)),
            BudgetLine("153", spread(70_000)),
        )
        budgets.adopt(book, Draft(2025, lines, "代表会2025-1", DAY), at(DAY))
        move(self.village, "IN", "EX", 50_000_000, excuse=EXCUSE)
        self.waiting: list[Document] = []
        self.posted: list[Document] = []
        self.paid_by_fund: list[tuple[str, tuple[str, ...]]] = []

    def _define(self) -> None:
        fund = Fund("", self.purpose, "改厕", "县财农3号", "F1", "改厕专款", brought_fen=40_000)
        fund_register.define(self.village.book, fund, at(DAY))

    @rule(accounts=st.lists(st.sampled_from(ACCOUNTS), min_size=1, max_size=2, unique=True))
    def the_purpose_changes(self, accounts: list[str]) -> None:
        self.purpose = tuple(accounts)  # type: ignore[assignment]  # as long as the list is drawn
        self._define()

    @rule(
        account=st.sampled_from(ACCOUNTS),
        fen=st.integers(1, 60_000),
        marks=st.sets(st.sampled_from([FUND, ROAD])),
    )
    def a_payment_is_sent_in(self, account: str, fen: int, marks: set[Link]) -> None:
        items = (Item(account, fen, "铺路石料", links=tuple(sorted(marks))),)
        made = payment(self.village, 0, items=items, excuse=EXCUSE)
        try:
            submit(self.village, made)
        except Refused:
            assert FUND in marks  # only the fund refuses: everything else has a recorded reason
            return
        self.waiting.append(made)

    @rule(fen=st.integers(1, 60_000), marked=st.booleans())
    def money_comes_in(self, fen: int, marked: bool) -> None:
        items = (Item("501", fen, "鱼塘承包费", links=(FUND,) if marked else ()),)
        made = receipt(self.village, 0, items=items, support_no=f"HD{len(self.posted)}")
        submit(self.village, made)
        self.posted.append(made)

    @rule(which=st.integers(0, 9))
    def a_payment_is_signed(self, which: int) -> None:
        if not self.waiting:
            return
        made = self.waiting.pop(which % len(self.waiting))
        try:
            assert sign_everything(self.village, made.id, DAY).label
        except Refused:
            documents.withdraw(self.village.book, made.id, "用途已经改变", at(DAY))
            return
        self.posted.append(made)
        (item,) = made.items
        if FUND in item.links:
            self.paid_by_fund.append((item.account, self.purpose))

    @rule(which=st.integers(0, 9))
    def a_payment_is_taken_back(self, which: int) -> None:
        if self.waiting:
            made = self.waiting.pop(which % len(self.waiting))
            documents.withdraw(self.village.book, made.id, "写错了金额", at(DAY))

    @rule(which=st.integers(0, 9))
    def a_voucher_is_reversed(self, which: int) -> None:
        if not self.posted:
            return
        made = self.posted[which % len(self.posted)]
        try:
            reversing.reverse(self.village.book, made.id, "重复入账", DAY, at(DAY))
        except Refused:
            return  # reversed before, or a fund lives on it
        self.posted.remove(made)

    @invariant()
    def used_under_way_and_remaining_are_what_was_planned(self) -> None:
        if not hasattr(self, "village"):
            return
        stands = budgets.standing(self.village.book, 2025)
        assert stands is not None
        for line in stands.lines:
            key = line.line.key
            assert (line.used_fen, line.under_way_fen) == (
                self._sum(self.posted, key),
                self._sum(self.waiting, key),
            )
            assert line.used_fen + line.under_way_fen + line.remaining_fen == line.planned_fen

    def _sum(self, found: list[Document], key: tuple[str, str]) -> int:
        """What documents put on a line: 511 marked for the project has a line of its own."""
        account, project = key
        return sum(
            d.items[0].amount_fen
            for d in found
            if d.items[0].account == account
            and (account != "511" or (ROAD in d.items[0].links) == bool(project))
        )

    @invariant()
    def a_fund_pays_for_its_purpose_and_is_never_overspent(self) -> None:
        if not hasattr(self, "village"):
            return
        assert all(account in purpose for account, purpose in self.paid_by_fund)
        (stands,) = fund_register.standings(self.village.book, date(2025, 12, 31))
        assert stands.received_fen - stands.spent_fen - stands.under_way_fen == stands.left_fen
        assert stands.left_fen >= 0

    def teardown(self) -> None:
        if hasattr(self, "village"):
            self.village.book.close()
        self.folder.cleanup()


TestPlans = Plans.TestCase
TestPlans.settings = settings(
    max_examples=12, stateful_step_count=18, deadline=None, suppress_health_check=list(HealthCheck)
)
