"""Whatever order documents are sent in, taken back, rejected, posted and reversed: no invoice stands in two live payments."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests import invoices as paper
from tests.builders import DAY, Village, at, make_village, move, payment, sign_everything, submit
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.services.approvals import signing
from villagebook.services.invoicing import invoices
from villagebook.services.vouchers import documents, reversing

NUMBERS = ("25372000001234567890", "25372000005555555555", "24371000008888888888")
EXCUSE = "已经逐张核对说明"


class Invoices(RuleBasedStateMachine):
    """Payments at random against a model that only remembers who holds a number."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()

    @initialize()
    def begin(self) -> None:
        self.village: Village = make_village(Path(self.folder.name), opening={"IN": 10**8})
        move(self.village, "IN", "EX", 50_000_000, excuse=EXCUSE)
        self.holder: dict[str, str] = {}
        self.sent = 0
        self.waiting: list[Document] = []
        self.posted: list[Document] = []
        self.stopped: list[Document] = []

    def _send(self, made: Document) -> None:
        keys = {p.told.key for p in made.invoices_named}
        free = not any(self.holder.get(k, made.id) != made.id for k in keys)
        try:
            submit(self.village, made)
        except Refused as refused:
            assert not free
            assert "INV-02" in {f.id for f in refused.findings}  # noqa: PT017  # refused or not, both are right by turns
            self.stopped.append(made)
            return
        assert free
        self.holder.update(dict.fromkeys(keys, made.id))
        self.waiting.append(made)

    def _free(self, made: Document) -> None:
        self.holder = {k: d for k, d in self.holder.items() if d != made.id}

    @rule(numbers=st.sets(st.sampled_from(NUMBERS), min_size=1), by_number_alone=st.booleans())
    def a_payment_is_sent_in(self, numbers: set[str], by_number_alone: bool) -> None:
        # each is a matter of its own: what was rejected is not asked for again under another number
        self.sent += 1
        shop = f"第{self.sent}农机店"
        made = payment(self.village, 30_000 + self.sent, excuse=EXCUSE, party=shop, summary=f"{shop}水泵")
        if by_number_alone:
            self._send(replace(made, support_no=min(numbers)))
        else:
            self._send(replace(made, invoices=tuple(paper.typed(n) for n in sorted(numbers))))

    @rule(which=st.integers(0, 9), numbers=st.sets(st.sampled_from(NUMBERS), min_size=1))
    def what_was_stopped_is_changed_and_sent_in_again(self, which: int, numbers: set[str]) -> None:
        if self.stopped:
            made = self.stopped.pop(which % len(self.stopped))
            changed = tuple(paper.typed(n) for n in sorted(numbers))
            self._send(
                replace(made, invoices=changed, summary=made.summary + "补", resolution="代表会2025-2")
            )

    @rule(which=st.integers(0, 9))
    def a_payment_is_taken_back(self, which: int) -> None:
        if self.waiting:
            made = self.waiting.pop(which % len(self.waiting))
            documents.withdraw(self.village.book, made.id, "发票贴错了", at(DAY, 16))
            self._free(made)
            self.stopped.append(made)

    @rule(which=st.integers(0, 9))
    def a_payment_is_rejected(self, which: int) -> None:
        if self.waiting:
            made = self.waiting.pop(which % len(self.waiting))
            signing.reject(
                self.village.book, made.id, self.village.ids["head"], "发票与实物不符", at(DAY, 16)
            )
            self._free(made)

    @rule(which=st.integers(0, 9))
    def a_payment_is_signed_and_posted(self, which: int) -> None:
        if self.waiting:
            made = self.waiting.pop(which % len(self.waiting))
            assert sign_everything(self.village, made.id, DAY).label
            self.posted.append(made)

    @rule(which=st.integers(0, 9))
    def a_voucher_is_reversed(self, which: int) -> None:
        if self.posted:
            made = self.posted.pop(which % len(self.posted))
            reversing.reverse(self.village.book, made.id, "付款重复了", DAY, at(DAY, 17))
            self._free(made)

    @invariant()
    def a_number_stands_in_one_live_payment_at_most(self) -> None:
        if not hasattr(self, "village"):
            return
        for number in NUMBERS:
            live = {k.document_id for k in invoices.find(self.village.book, number) if k.state.holds}
            assert live == ({self.holder[number]} if number in self.holder else set())

    def teardown(self) -> None:
        if hasattr(self, "village"):
            self.village.book.close()
        self.folder.cleanup()


TestInvoices = Invoices.TestCase
TestInvoices.settings = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
