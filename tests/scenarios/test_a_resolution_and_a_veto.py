"""A spring of decisions: a plan that finds no majority, a resolution used up by instalments, a wrong copy set right, a veto that
nobody in the village can walk past, its lifting by the representatives, another by the township; and waiting that approves
nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import (
    Village,
    at,
    ids_of,
    make_village,
    minutes,
    move,
    payment,
    photo,
    sign_everything,
    submit,
)
from villagebook.domain.document import Document, Item
from villagebook.domain.errors import Refused
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.resolution import BEFORE_PAYING, OpenStep, ResolutionItem
from villagebook.services.approvals import resolutions, sign_queue, signing, vetoes
from villagebook.services.approvals.signing import InkMark
from villagebook.services.approvals.vetoes import Fate
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents


def day(number: int, month: int = 1) -> date:
    return date(2025, month, number)


def works(village: Village, fen: int, on: date, number: str) -> Document:
    return payment(
        village,
        0,
        on,
        summary="三组排水沟清淤工程款",
        party="鸿达建筑队",
        items=(Item("514", fen, "排水沟清淤"),),
        resolution=number,
        resolution_item=1,
        support_no=f"2531200000{fen:04d}",
    )


def test_a_spring_of_decisions(tmp_path: Path):
    village = make_village(tmp_path)
    book, ids = village.book, village.ids
    move(village, "IN", "EX", 6_000_000, day(2))

    # 5 January: the heads want a car park. Twenty of thirty came, ten were for it: that is no majority, and it is written down.
    park = ResolutionItem(1, "村部新建停车场", Matter.WORKS, 6_800_000)
    failed = minutes(village, "代表会2025-01号", day(5), park, present=20, yes=10, no=8, abstained=2)
    assert not resolutions.judge(book, failed, day(5)).passes
    resolutions.record(book, failed, at(day(5)))
    with pytest.raises(Refused) as caught:
        submit(village, works(village, 100_000, day(6), "代表会2025-01号"))
    assert ids_of(caught.value.findings) == ["AP-13"]

    # The ditch is decided the long way: proposed, consulted, deliberated, resolved, and then shown to everybody.
    ditch = ResolutionItem(1, "三组排水沟清淤", Matter.SPENDING, 2_560_000)
    steps = tuple((step, day(n)) for step, n in zip(BEFORE_PAYING[:4], (2, 3, 4, 5), strict=True))
    resolutions.record(book, minutes(village, "代表会2025-02号", day(5), ditch, steps=steps), at(day(5)))
    resolutions.add_step(book, "代表会2025-02号", OpenStep.DECISION_SHOWN, day(6), at(day(6)))

    # Two instalments use it up to the cent; a third one finds nothing left.
    for on in (day(8), day(20)):
        bill = works(village, 1_280_000, on, "代表会2025-02号")
        submit(village, bill)
        assert sign_everything(village, bill.id, on).label
    with pytest.raises(Refused) as caught:
        submit(village, works(village, 1, day(21), "代表会2025-02号"))
    assert ids_of(caught.value.findings) == ["AP-15"]
    (used_up,) = [c for c in resolutions.choices(book) if c.cited.number == "代表会2025-02号"]
    assert used_up.left_fen == 0

    # The clerk had copied 25,600 where the minutes said 28,000: the wrong record stays, the right one takes its place.
    with pytest.raises(Refused) as caught:
        resolutions.annul(book, "代表会2025-02号", "金额抄错", at(day(22)))
    assert ids_of(caught.value.findings) == ["RES-07"]
    right = minutes(village, "代表会2025-02号", day(5), replace(ditch, amount_fen=2_800_000))
    resolutions.annul(book, "代表会2025-02号", "金额抄错", at(day(22)), right)
    assert [(s.annulled, s.is_valid) for s in resolutions.standings(book)] == [
        ("", False),
        ("金额抄错", False),
        ("", True),
    ]

    # Supervision says no to a repair of a car the village does not have.
    repair = payment(village, 98_000, day(22), summary="村车辆维修换胎", party="顺风汽修厂")
    submit(village, repair)
    signing.reject(book, repair.id, ids["head"], "村里没有登记车辆", at(day(23)))

    # The two committees agree with themselves; that lifts nothing. Nor does the director, nor a smaller bill, nor time.
    let_through = ResolutionItem(1, "同意支付修车费", Matter.VETO, 98_000, document=repair.id)
    heads = {"body": Body.COMMITTEES, "entitled": 7, "present": 7, "yes": 7, "no": 0, "abstained": 0}
    resolutions.record(book, minutes(village, "两委2025-01号", day(23), let_through, **heads), at(day(23)))
    for attempt in (
        lambda: vetoes.lift_by_resolution(book, repair.id, "两委2025-01号", at(day(24))),
        lambda: vetoes.lift_by_township(
            book, repair.id, ids["director"], "村字1号", photo(village), day(24), at(day(24))
        ),
        lambda: submit(village, replace(repair, items=(Item("511", 50_000, "换胎"),)), day(24)),
        lambda: vetoes.again(book, repair.id, at(day(28, 2))),
    ):
        head = book.head()
        with pytest.raises(Refused):
            attempt()
        assert book.head() == head

    # The representatives hear both sides. Their resolution names the bill, and its way to the book is visible for ever.
    resolutions.record(book, minutes(village, "代表会2025-03号", day(25), let_through), at(day(25)))
    vetoes.lift_by_resolution(book, repair.id, "代表会2025-03号", at(day(25)))
    vetoes.again(book, repair.id, at(day(25)))
    assert sign_everything(village, repair.id, day(25)).label
    (veto,) = vetoes.listing(book)
    assert (veto.fate, veto.reason) == (Fate.PAID, "村里没有登记车辆")
    assert veto.lifted is not None
    assert "代表会2025-03号" in veto.lifted.words

    # Another no is lifted by the township, by the number and the picture of its decision.
    radio = payment(village, 60_000, day(25), summary="购买应急对讲机", support_no="25312000099999")
    submit(village, radio)
    signing.reject(book, radio.id, ids["supervisor"], "没有采购计划", at(day(26)))
    vetoes.lift_by_township(
        book, radio.id, ids["township"], "镇应急2025-3", photo(village), day(27), at(day(27))
    )
    vetoes.again(book, radio.id, at(day(27)))

    # It lies there until the end of February. Every day it is later, and not one signature nearer.
    states = [sign_queue.queue(book, on)[0] for on in (day(27), day(28, 2), date(2026, 1, 27))]
    assert {(row.signed, row.needed, row.waiting_slot) for row in states} == {(0, 8, "H")}
    given = [InkMark(s, ids[k], day(28)) for s, k in (("H", "handler"), ("W", "witness"), ("C", "clerk"))]
    signing.sign_ink(book, radio.id, tuple(given), photo(village), at(day(28)))
    assert [sign_queue.queue(book, on)[0].late_days for on in (day(2, 2), day(3, 2), day(28, 2))] == [
        1,
        2,
        27,
    ]
    assert documents.document_view(book, radio.id).state == "waiting"

    assert check_book(book) == ()
    book.close()
