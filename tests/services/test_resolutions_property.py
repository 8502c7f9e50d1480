"""Whatever is recorded, annulled, paid, taken back or reversed, in any order: no item carries more than was resolved, and a
vote that failed carries nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.builders import Village, at, make_village, minutes, move, payment, photo, policy_data, submit
from villagebook.domain.errors import Refused
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Span
from villagebook.domain.resolution import Cited, Resolution, ResolutionItem
from villagebook.domain.resolution_standing import ResolutionStanding
from villagebook.services.approvals import resolutions, signing, vetoes
from villagebook.services.approvals.signing import InkMark
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, reversing
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers

DAY = date(2025, 1, 20)
NUMBERS = ("代表会2025-01号", "代表会2025-02号")

NAMED = st.sampled_from((NUMBERS[0], NUMBERS[0], NUMBERS[1]))
RESOLVED = st.lists(st.sampled_from((300, 500, 900)), min_size=1, max_size=2)
PASSES = st.sampled_from((True, True, False))
ITEM = st.sampled_from((1, 1, 2, 0))
FEN = st.sampled_from((100, 200, 300, 400))
WHICH = st.integers(0, 4)
SUBMIT = st.tuples(st.just("submit"), st.sampled_from((*NUMBERS, NUMBERS[0], "")), ITEM, FEN)
SIGN = st.tuples(st.just("sign"), WHICH, NAMED, ITEM)
ACTS = st.one_of(
    SUBMIT,
    SUBMIT,
    SIGN,
    SIGN,
    st.tuples(st.sampled_from(("record", "replace")), NAMED, RESOLVED, PASSES),
    st.tuples(st.just("annul"), NAMED),
    st.tuples(st.sampled_from(("withdraw", "reject", "reverse", "lift")), WHICH),
)
"""What mostly goes through, so that the rare refusals are met in books that have lived."""


@contextmanager
def strict_village() -> Iterator[Village]:
    """Every payment needs one meeting and nobody else, and every number has to be in the register."""
    told = policy_data()
    told["words"]["resolution_register"]["value"] = ["error"]
    tiers = [{"name": "small", "up_to_fen": None, "slots": ["MR"]}]
    with tempfile.TemporaryDirectory() as folder:
        village = make_village(Path(folder), policy={"words": told["words"], "tiers": tiers})
        move(village, "IN", "EX", 5_000_000)
        yield village
        village.book.close()


def vote(village: Village, number: str, fen: list[int], passes: bool) -> Resolution:
    items = tuple(ResolutionItem(n, "购买水泵", Matter.SPENDING, f) for n, f in enumerate(fen, 1))
    made = minutes(village, number, DAY, *items)
    return made if passes else replace(made, yes=12, no=11)


def live(act: tuple[Any, ...], village: Village, made: list[str]) -> None:
    """One act; what the gate refuses is not done."""
    what, book = act[0], village.book
    if what == "record":
        resolutions.record(book, vote(village, *act[1:]), at(DAY))
    elif what == "replace":
        resolutions.annul(book, act[1], "抄错了金额", at(DAY), vote(village, *act[1:]))
    elif what == "annul":
        resolutions.annul(book, act[1], "抄错了金额", at(DAY))
    elif what == "submit":
        # a fresh number of the invoice, so that nothing but the resolution stands in the way
        bill = payment(
            village,
            act[3],
            DAY,
            resolution=act[1],
            resolution_item=act[2],
            support_no=f"2531{len(made):014d}",
        )
        submit(village, bill)
        made.append(bill.id)
    elif not made:
        return
    elif what == "sign":
        mark = InkMark("MR", "", DAY, Cited(act[2], act[3]).text)
        signing.sign_meeting(book, made[act[1] % len(made)], mark, at(DAY))
    else:
        ident = made[act[1] % len(made)]
        if what == "withdraw":
            documents.withdraw(book, ident, "数量有误", at(DAY))
        elif what == "reject":
            signing.reject(book, ident, village.ids["head"], "没有采购计划", at(DAY))
        elif what == "reverse":
            reversing.reverse(book, ident, "退货退款", DAY, at(DAY))
        else:
            vetoes.lift_by_township(
                book, ident, village.ids["township"], "镇批1", photo(village), DAY, at(DAY)
            )
            vetoes.again(book, ident, at(DAY))


def nothing_beyond_what_was_resolved(village: Village) -> None:
    """Counted anew from documents, signatures and vouchers, not by the register's own query."""
    stands = {s.resolution.number: s for s in resolutions.standings(village.book) if not s.annulled}
    taken: dict[Cited, int] = {}
    with village.book.reading() as connection:
        undone = {v.reverses for v in posted_vouchers.vouchers(connection, Span.of(village.book.info.start))}
        paid = [
            v.document_id
            for v in posted_vouchers.vouchers(connection, Span.of(village.book.info.start))
            if v.kind.value == "payment" and not v.reverses and v.id not in undone
        ]
        for ident in {*paid, *docs.waiting(connection)}:
            held = docs.submitted(connection, ident)
            assert held is not None
            named = {Cited.of(held.document.resolution, held.document.resolution_item)}
            given = docs.signatures(connection, ident, held.content_hash)
            named |= {Cited.read(g.reference) for g in given}
            if ident in paid:
                assert given  # nothing is paid without its meeting
            exact = {_exact(c, stands) for c in named if c.number}
            if (
                None in exact
            ):  # the record was replaced since by one of several items: which is meant has to be said before
                assert ident not in paid
            for cited in exact - {None}:
                assert cited is not None
                taken[cited] = taken.get(cited, 0) + held.document.total_fen
    for cited, fen in taken.items():
        standing = stands[cited.number]
        assert standing.resolution.yes == 22  # the votes that fail have 12
        item = standing.resolution.item(cited.item)
        assert item is not None
        assert item.amount_fen is not None
        assert fen <= item.amount_fen


def _exact(cited: Cited, stands: dict[str, ResolutionStanding]) -> Cited | None:
    """With the number of its item; None where several stand to choose from and none was named."""
    item = stands[cited.number].resolution.item(cited.item)
    return Cited(cited.number, item.no) if item is not None else None


@settings(
    max_examples=max(12, settings().max_examples // 5), deadline=None, suppress_health_check=list(HealthCheck)
)
@given(PASSES, st.lists(ACTS, min_size=6, max_size=24))
@example(
    passes=True,
    acts=[
        ("replace", NUMBERS[0], [300], True),
        ("submit", NUMBERS[0], 0, 100),
        ("replace", NUMBERS[0], [300, 300], True),
    ],
)
def test_no_order_of_acts_draws_more_than_was_resolved_or_on_a_vote_that_failed(
    passes: bool, acts: list[tuple[Any, ...]]
):
    with strict_village() as village:
        made: list[str] = []
        live(("record", NUMBERS[0], [500, 300], passes), village, made)
        for act in acts:
            before = village.book.head()
            try:
                live(act, village, made)
            except Refused:
                assert act[0] == "lift" or village.book.head() == before
            nothing_beyond_what_was_resolved(village)
        assert check_book(village.book) == ()
