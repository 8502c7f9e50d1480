"""The register of resolutions: votes that count and votes that fail, payments that draw on them, records set right."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    DAY,
    Village,
    at,
    by_hand,
    draw_special,
    ids_of,
    make_village,
    marks,
    minutes,
    move,
    payment,
    photo,
    receipt,
    receive,
    sign_everything,
    submit,
)
from tests.refusing import refused
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.period import Span
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.domain.resolution import BEFORE_PAYING, OpenStep, Resolution, ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services import home, reports
from villagebook.services.approvals import resolution_papers, resolutions, sign_queue, signing, slips
from villagebook.services.approvals.signing import InkMark
from villagebook.services.disclosure import notices, resolution_table
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import projects, roster
from villagebook.services.vouchers import documents, reversing

D3, D5 = date(2025, 1, 3), date(2025, 1, 5)
NUMBER = "代表会2025-01号"
PUMP = ResolutionItem(1, "购买灌溉水泵", Matter.SPENDING, 900_000)
FENCE = ResolutionItem(2, "修果园围栏", Matter.SPENDING, 300_000)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 5_000_000, D3)
    yield made
    made.book.close()


def enter(
    village: Village, *items: ResolutionItem, number: str = NUMBER, day: date = D3, **changes: Any
) -> Resolution:
    made = minutes(village, number, day, *(items or (PUMP, FENCE)), **changes)
    resolutions.record(village.book, made, at(day))
    return made


def drawing(village: Village, fen: int, item: int = 1, number: str = NUMBER, **changes: Any) -> Document:
    return payment(village, fen, resolution=number, resolution_item=item, **changes)


def left(village: Village, item: int = 1, number: str = NUMBER, way: str = "payment") -> int | None:
    standing = resolutions.standing(village.book, number)
    assert standing is not None
    found = standing.item(item)
    assert found is not None
    return found.left_fen(way)


# ---- drawing ----


def test_payments_draw_on_an_item_until_it_is_used_up(village: Village):
    enter(village)
    first = drawing(village, 600_000)
    submit(village, first)
    assert left(village) == 300_000  # what waits is taken off
    assert refused(lambda: submit(village, drawing(village, 300_001))) == ["AP-15"]
    assert sign_everything(village, first.id, DAY).label
    second = drawing(village, 300_000)
    submit(village, second)
    assert sign_everything(village, second.id, DAY).label
    assert left(village) == 0
    assert left(village, 2) == 300_000
    assert refused(lambda: submit(village, drawing(village, 1))) == ["AP-15"]
    reversing.reverse(village.book, first.id, "退货退款", DAY, at(DAY))
    assert left(village) == 600_000
    assert check_book(village.book) == ()


def test_a_document_taken_back_or_rejected_draws_no_longer(village: Village):
    enter(village)
    one, two = drawing(village, 500_000), drawing(village, 400_000)
    submit(village, one)
    submit(village, two)
    assert left(village) == 0
    documents.withdraw(village.book, one.id, "数量有误", at(DAY))
    assert left(village) == 500_000
    signing.reject(village.book, two.id, village.ids["head"], "没有采购计划", at(DAY))
    assert left(village) == 900_000


def test_a_vote_that_failed_is_recorded_as_failed_and_carries_nothing(village: Village):
    said = resolutions.record(village.book, minutes(village, NUMBER, D3, PUMP, yes=12, no=11), at(D3))
    assert ids_of(said) == ["AP-13"]
    (row,) = reports.make(village.book, "resolutions", Span.of(village.book.info.start)).table.rows
    assert row[-1] == "failed: 12 voted for it, at least 13 are needed"
    assert refused(lambda: submit(village, drawing(village, 1))) == ["AP-13"]
    assert resolutions.choices(village.book) == ()


def test_a_vote_is_judged_while_it_is_typed(village: Village):
    draft = minutes(village, NUMBER, D3, PUMP, present=19, yes=10, no=7, abstained=2)
    seen = resolutions.judge(village.book, draft, D3)
    assert (seen.passes, seen.least_present, seen.least_yes) == (False, 20, 10)
    assert seen.words == "The vote does not count: 19 of 30 were there, at least 20 are needed."
    assert resolutions.judge(village.book, minutes(village, NUMBER, D3, PUMP), D3).passes
    assert resolutions.standings(village.book) == ()


def test_an_item_or_a_number_that_is_not_there_is_said(village: Village):
    enter(village)
    assert refused(lambda: submit(village, drawing(village, 1, 3))) == ["AP-14"]
    assert refused(lambda: submit(village, drawing(village, 1, 0))) == ["AP-14"]
    seen = documents.preview(village.book, drawing(village, 1, 1, "代表会2024-99号"), DAY)
    assert ids_of(seen.findings) == ["RES-05"]  # an older book goes on
    submit(village, drawing(village, 1, 1, "代表会2024-99号"))


def test_a_township_may_want_every_resolution_in_the_register(tmp_path: Path):
    from tests.builders import policy_data

    words = policy_data()["words"]
    words["resolution_register"]["value"] = ["error"]
    words["meeting_tick"]["value"] = []
    strict = make_village(tmp_path, policy={"words": words})
    move(strict, "IN", "EX", 900_000, D3)
    assert refused(lambda: submit(strict, drawing(strict, 1))) == ["RES-05"]
    bought = payment(strict, 200_000)
    submit(strict, bought)
    given = [m for m in marks(strict, bought.id, DAY) if m.slot in ("H", "W", "C", "S")]
    signing.sign_ink(strict.book, bought.id, tuple(given), photo(strict), at(DAY))
    tick = InkMark("M2", "", DAY, "会议2025-1")
    assert refused(lambda: signing.sign_ink(strict.book, bought.id, (tick,), photo(strict), at(DAY))) == [
        "AP-14"
    ]
    enter(
        strict,
        PUMP,
        number="两委2025-01号",
        body=Body.COMMITTEES,
        entitled=7,
        present=6,
        yes=6,
        no=0,
        abstained=0,
    )
    by_minutes = replace(tick, reference="两委2025-01号")
    assert signing.sign_meeting(strict.book, bought.id, by_minutes, at(DAY)).waiting_for
    strict.book.close()


def test_a_decision_of_before_the_book_is_entered_in_short_and_its_rest_is_drawn(village: Village):
    old = ResolutionItem(1, "硬化晒谷场", Matter.SPENDING, 500_000, drawn_before_fen=420_000)
    short = Resolution("", "代表会2024-08号", Body.DELEGATES, date(2024, 8, 1), (old,), earlier=True)
    assert resolutions.record(village.book, short, at(D3)) == ()
    assert left(village, 0, "代表会2024-08号") == 80_000
    assert refused(lambda: submit(village, drawing(village, 80_001, 0, "代表会2024-08号"))) == ["AP-15"]
    submit(village, drawing(village, 80_000, 0, "代表会2024-08号"))
    late = replace(short, number="代表会2025-08号", held_on=D3)
    assert refused(lambda: resolutions.record(village.book, late, at(D3))) == ["RES-03"]


# ---- slots of meetings ----


def waiting_for_meeting(village: Village, fen: int, **changes: Any) -> Document:
    """A large payment signed up to the two committees."""
    made = payment(village, fen, **changes)
    submit(village, made)
    given = [m for m in marks(village, made.id, DAY) if m.slot in ("H", "W", "C", "S", "M2")]
    signing.sign_ink(village.book, made.id, tuple(given), photo(village), at(DAY))
    return made


def test_the_slot_of_the_representatives_is_filled_by_their_recorded_vote_only(village: Village):
    enter(village)
    bought = waiting_for_meeting(village, 600_000)

    def meeting(reference: str, day: date = DAY) -> Callable[[], Any]:
        mark = InkMark("MR", "", day, reference)
        return lambda: signing.sign_ink(village.book, bought.id, (mark,), photo(village), at(DAY))

    assert refused(meeting("会议2025-1")) == ["AP-14"]
    assert refused(meeting("")) == ["AP-03"]
    assert refused(meeting(NUMBER)) == ["AP-14"]  # which of the two
    assert refused(meeting(f"{NUMBER}#2")) == ["AP-15"]
    assert refused(meeting(f"{NUMBER}#1", date(2025, 1, 2))) == ["AP-06", "AP-14"]
    assert meeting(f"{NUMBER}#1")().waiting_for
    assert left(village) == 300_000  # the signature draws, though the document names nothing
    (state,) = [
        s for s in documents.document_view(village.book, bought.id).slot_states if s.slot.code == "MR"
    ]
    found = resolution_table.record(village.book, NUMBER)
    assert found is not None
    assert state.signatures[0].evidence == found.papers[0].sha256


def test_two_meetings_of_one_payment_each_draw_once(village: Village):
    enter(village)
    enter(village, replace(PUMP, amount_fen=600_000), number="代表会2025-02号")
    bought = drawing(village, 600_000)
    submit(village, bought)
    given = tuple(
        replace(m, reference="代表会2025-02号") if m.slot == "MR" else m
        for m in marks(village, bought.id, DAY)
    )
    assert signing.sign_ink(village.book, bought.id, given, photo(village), at(DAY)).label
    assert (left(village), left(village, 0, "代表会2025-02号")) == (300_000, 0)


def test_four_discussions_need_their_steps_before_money_is_drawn(village: Village):
    big = replace(PUMP, amount_fen=2_500_000)
    enter(village, big, steps=tuple((s, D3) for s in BEFORE_PAYING[:4]))
    bought = payment(village, 2_500_000)
    submit(village, bought)
    given = [m for m in marks(village, bought.id, DAY) if m.slot in ("H", "W", "C", "S", "M2")]
    signing.sign_ink(village.book, bought.id, tuple(given), photo(village), at(DAY))
    meeting = InkMark("ML", "", DAY, NUMBER)
    assert refused(lambda: signing.sign_meeting(village.book, bought.id, meeting, at(DAY))) == ["AP-14"]
    step = OpenStep.DECISION_SHOWN
    assert refused(lambda: resolutions.add_step(village.book, NUMBER, step, date(2025, 1, 2), at(DAY))) == [
        "RES-08"
    ]
    resolutions.add_step(village.book, NUMBER, step, D5, at(DAY))
    assert refused(lambda: resolutions.add_step(village.book, NUMBER, step, D5, at(DAY))) == ["RES-08"]
    assert signing.sign_meeting(village.book, bought.id, meeting, at(DAY)).waiting_for
    assert check_book(village.book) == ()


def test_a_loan_needs_an_item_about_lending_by_the_representatives(village: Village):
    loan = ResolutionItem(2, "借给何老四修房", Matter.LENDING, 200_000)
    enter(village, PUMP, loan)
    lend = payment(
        village,
        200_000,
        summary="借给何老四修房",
        party="何老四",
        items=(Item("112", 200_000, "借款"),),
        spend_kind=SpendKind.LOAN,
        support=Support.CONTRACT,
        support_no="借2025-1",
        due_on=date(2025, 12, 31),
        resolution=NUMBER,
        resolution_item=1,
    )
    assert refused(lambda: submit(village, lend)) == ["AP-14"]
    submit(village, replace(lend, resolution_item=2))
    assert sign_everything(village, lend.id, DAY).label
    assert left(village, 2) == 0
    only_heads = {"body": Body.COMMITTEES, "entitled": 7, "present": 7, "yes": 7, "no": 0, "abstained": 0}
    said = resolutions.record(
        village.book, minutes(village, "两委2025-01号", D3, replace(loan, no=1), **only_heads), at(DAY)
    )
    assert ids_of(said) == ["AP-14"]
    again = replace(lend, id="another", resolution="两委2025-01号", resolution_item=1)
    assert refused(lambda: submit(village, again)) == ["AP-14"]


def test_money_in_is_counted_apart_from_money_out(village: Village):
    enter(village, ResolutionItem(1, "向信用社借款", Matter.BORROWING, 500_000))
    borrowed = receipt(
        village,
        0,
        items=(Item("201", 500_000, "信用社借款"),),
        resolution=NUMBER,
        permit="镇批2025-4",
        support=Support.BANK_ADVICE,
        support_no="JK1",
    )
    assert submit(village, borrowed).label
    assert (left(village, way="receipt"), left(village, way="payment")) == (0, 500_000)
    more = replace(borrowed, id="more", items=(Item("201", 1, "再借"),), support_no="JK2")
    assert "AP-15" in refused(lambda: submit(village, more))


# ---- records ----


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        ({"number": " "}, ["RES-02"]),
        ({"number": "2025#1"}, ["RES-02"]),
        ({"papers": ()}, ["RES-04"]),
        ({"roll_file": None}, ["RES-04"]),
        ({"keeper": ""}, ["RES-04"]),
        ({"items": ()}, ["RES-01"]),
        ({"present": 31, "abstained": 8}, ["RES-01"]),
        ({"held_on": date(2025, 1, 11)}, ["RES-03"]),
        ({"called_on": date(2025, 1, 9)}, ["RES-03"]),
    ],
)
def test_a_record_that_is_not_in_order_is_refused_and_nothing_is_written(
    village: Village, changes: dict[str, Any], wanted: list[str]
):
    before = village.book.head()
    made = replace(minutes(village, NUMBER, D3, PUMP), **changes)
    assert refused(lambda: resolutions.record(village.book, made, at(D5))) == wanted
    assert village.book.head() == before


def test_a_number_stands_once(village: Village):
    enter(village)
    assert refused(lambda: enter(village, PUMP)) == ["RES-02"]
    resolutions.annul(village.book, NUMBER, "日期抄错了", at(D3))
    enter(village, PUMP)
    assert resolutions.next_number(village.book, Body.DELEGATES, D3) == "代表会2025-02号"


def test_a_wrong_record_stays_visible_and_the_right_one_has_to_carry_what_was_drawn(village: Village):
    enter(village)
    submit(village, drawing(village, 600_000))
    assert refused(lambda: resolutions.annul(village.book, NUMBER, "抄错金额", at(DAY))) == ["RES-07"]

    def replaced(**changes: Any) -> Callable[[], Any]:
        right = replace(minutes(village, NUMBER, D3, PUMP, FENCE), **changes)
        return lambda: resolutions.annul(village.book, NUMBER, "抄错金额", at(DAY), right)

    less = replace(PUMP, amount_fen=599_999)
    assert refused(replaced(items=(less, FENCE))) == ["AP-15"]
    assert refused(replaced(yes=12, no=11)) == ["AP-13"]
    assert refused(replaced(number="代表会2025-02号")) == ["RES-07"]
    work = replace(PUMP, matter=Matter.LOST_WORK)
    assert refused(replaced(items=(work, FENCE), body=Body.MEMBERS)) == ["AP-14"]
    replaced(items=(replace(PUMP, amount_fen=700_000), FENCE))()
    assert left(village) == 100_000
    found = [s for s in resolutions.standings(village.book) if s.annulled]
    assert [(s.annulled, bool(s.replaced_by)) for s in found] == [("抄错金额", True)]
    table = reports.make(village.book, "resolutions", Span.of(village.book.info.start)).table
    assert sorted(str(r[-1]) for r in table.rows) == ["annulled: 抄错金额"] * 2 + ["passed"] * 2
    assert check_book(village.book) == ()


def test_an_item_that_is_drawn_on_cannot_vanish_from_the_right_record(village: Village):
    enter(village)
    submit(village, drawing(village, 100_000, 2))
    right = minutes(village, NUMBER, D3, PUMP)
    act = lambda: resolutions.annul(village.book, NUMBER, "第二项没有表决", at(DAY), right)
    assert refused(act) == ["RES-07"]


def test_a_body_made_smaller_than_the_register_is_pointed_out(village: Village):
    for number in range(1, 32):
        head = Member(f"何{number}", "户主", 1960, votes=True, delegate=True)
        people = (head, Member("何小妹", "女儿", 2015))
        roster.save(village.book, Household(f"01-{number:03d}", 1, f"何{number}", people), at(D3), new=True)
    assert resolutions.members_of(village.book, Body.DELEGATES, D3) == 31
    assert resolutions.members_of(village.book, Body.HOUSEHOLDS, D3) == 31
    assert resolutions.members_of(village.book, Body.GROUP, D3, 2) is None
    said = resolutions.record(village.book, minutes(village, NUMBER, D3, PUMP), at(D3))
    assert ids_of(said) == ["RES-06"]


def test_what_was_paid_before_its_resolution_was_entered_is_counted_when_it_is(village: Village):
    submit(village, drawing(village, 600_000, 0))
    said = resolutions.record(
        village.book, minutes(village, NUMBER, D3, replace(PUMP, amount_fen=500_000)), at(DAY)
    )
    assert ids_of(said) == ["AP-15"]
    assert left(village, 0) == -100_000
    assert refused(lambda: submit(village, drawing(village, 1, 0))) == ["AP-15"]


def test_a_book_whose_resolutions_were_entered_by_hand_replays(village: Village):
    plain = {"number": "旧号", "body": "delegates", "held_on": "2024-01-01", "items": [], "earlier": True}
    by_hand(village, ("resolution.recorded", plain), day=D3)
    assert check_book(village.book) == ()
    assert resolutions.standing(village.book, "旧号") is not None


# ---- 一事一议 ----

ROAD = Project(
    "P1",
    "修村东路",
    ProjectKind.ONE_ISSUE,
    NUMBER,
    D3,
    3_000,
    ((Source.CONTRIBUTIONS, 3_000),),
    heads=2,
    per_head_fen=1_500,
    special_receipt="一事一议专用收据",
    labour_days=5,
    exempt=("01-002",),
)
LEVY = ResolutionItem(1, "修村东路筹资筹劳", Matter.LEVY, 3_000, per_head_fen=1_500, labour_days=5)


@pytest.fixture
def hamlet(village: Village) -> Village:
    for number, head in enumerate(("何老四", "许阿婆"), 1):
        people = (Member(head, "户主", 1960), Member(f"{head}家人", "子", 1990))
        roster.save(village.book, Household(f"01-{number:03d}", 1, head, people), at(D3), new=True)
    enter(village, LEVY)
    return village


def test_a_levy_takes_its_heads_from_the_register_without_the_exempt(hamlet: Village):
    assert projects.heads(hamlet.book, (), D3) == 4
    assert projects.heads(hamlet.book, ROAD.exempt, D3) == 2
    assert projects.register(hamlet.book, ROAD, at(D3)) == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"heads": 3, "planned_fen": 4_500, "sources": ((Source.CONTRIBUTIONS, 4_500),)},
        {"labour_days": 6},
        {"exempt": ("01-002", "09-009")},
        {"special_receipt": ""},
    ],
)
def test_a_levy_beyond_its_resolution_is_refused(hamlet: Village, changes: dict[str, Any]):
    assert refused(lambda: projects.register(hamlet.book, replace(ROAD, **changes), at(D3))) == ["AP-29"]


def test_a_levy_stands_on_the_right_meeting_and_the_right_matter(hamlet: Village):
    enter(hamlet, PUMP, number="代表会2025-02号")
    other = replace(ROAD, resolution="代表会2025-02号")
    assert refused(lambda: projects.register(hamlet.book, other, at(D3))) == ["AP-14", "AP-29"]
    heads: dict[str, Any] = {
        "body": Body.COMMITTEES,
        "entitled": 7,
        "present": 7,
        "yes": 7,
        "no": 0,
        "abstained": 0,
    }
    enter(hamlet, LEVY, number="两委2025-01号", **heads)
    by_heads = replace(ROAD, resolution="两委2025-01号")
    assert refused(lambda: projects.register(hamlet.book, by_heads, at(D3))) == ["AP-14"]


def test_nothing_is_taken_from_an_exempt_household(hamlet: Village):
    projects.register(hamlet.book, ROAD, at(D3))

    def taken(household: str, no: str) -> Document:
        links = (Link(LinkKind.HOUSEHOLD, household), Link(LinkKind.PROJECT, "P1"))
        item = Item("231", 1_500, "修路筹资", links=links)
        return receipt(hamlet, 0, items=(item,), summary="修路筹资", receipt_no=no)

    draw_special(hamlet)
    assert refused(lambda: submit(hamlet, taken("01-002", "7001"))) == ["AP-29"]
    assert submit(hamlet, taken("01-001", "7001")).label


# ---- paper and time ----


def text_of(pdf: bytes) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_the_sheet_before_the_meeting_and_the_record_after_it(village: Village):
    member = Member("何老四", "户主", 1960, delegate=True)
    roster.save(village.book, Household("01-001", 1, "何老四", (member,)), at(D3), new=True)
    made = minutes(village, NUMBER, D3, PUMP, FENCE, roll=tuple(f"代表{n}" for n in range(25)))
    sheet = text_of(resolution_papers.sheet_pdf(village.book, made))
    for word in (NUMBER, "购买灌溉水泵", "9,000.00", "何老四", "Signature", "Abstained", "Supervision"):
        assert word in sheet
    resolutions.record(village.book, made, at(D3))
    submit(village, drawing(village, 600_000))
    record = resolution_papers.record_pdf(village.book, NUMBER)
    assert record is not None
    for word in (NUMBER, "22, 1, 2", "passed", "3,000.00", "代表24", "县农机公司"):
        assert word in text_of(record)
    assert resolution_papers.record_pdf(village.book, "无此号") is None


def test_time_alone_changes_nothing_but_the_days_it_is_late(village: Village):
    bill = payment(village, 50_000)
    submit(village, bill)
    given = [m for m in marks(village, bill.id, DAY) if m.slot in ("H", "W", "C")]
    signing.sign_ink(village.book, bill.id, tuple(given), photo(village), at(DAY))
    head, before = village.book.head(), documents.document_view(village.book, bill.id)
    late = []
    for day in (DAY, date(2025, 1, 15), date(2025, 1, 16), date(2025, 2, 10), date(2026, 12, 31)):
        (row,) = sign_queue.queue(village.book, day)
        assert (row.waiting_slot, row.signed, row.needed) == ("S", 3, 8)
        late.append(row.late_days)
        home.home(village.book, day)
    assert late == [0, 0, 1, 26, 715]
    assert documents.document_view(village.book, bill.id) == before
    assert village.book.head() == head
    found = [t for t in home.home(village.book, date(2025, 1, 20)).todos if t.id == "AP-16"]
    assert [(t.target, "5 days" in t.text) for t in found] == [(f"document:{bill.id}", True)]


def test_a_slip_nobody_passes_on_is_late_with_whoever_has_it(village: Village):
    """Five days for supervision from the day it is sent in, also while the handler has not signed; then five for the heads."""
    bill = payment(village, 50_000)
    submit(village, bill)

    def row(day: date) -> tuple[str, int]:
        (found,) = sign_queue.queue(village.book, day)
        return found.waiting_slot, found.late_days

    assert row(date(2025, 1, 17)) == ("H", 2)
    given = [m for m in marks(village, bill.id, date(2025, 1, 18)) if m.slot in ("H", "W", "C", "S")]
    signing.sign_ink(village.book, bill.id, tuple(given), photo(village), at(date(2025, 1, 18)))
    assert [row(date(2025, 1, n)) for n in (19, 23, 24)] == [("D", 0), ("D", 0), ("D", 1)]


def test_notices_and_slips_name_the_item(village: Village):
    enter(village)
    bought = drawing(village, 100_000)
    submit(village, bought)
    assert "item 1" in text_of(slips.slip_pdf(village.book, (bought.id,)))
    sign_everything(village, bought.id, DAY)
    compiled = notices.compile_notice(village.book, Span.of(village.book.info.start), DAY)
    assert any(NUMBER in line.resolution for line in compiled.lines)


def test_money_in_without_a_resolution_is_nobodys_business_here(village: Village):
    assert receive(village, 5_000).id


def test_a_forged_meeting_is_found_by_the_check(village: Village):
    enter(village)
    bought = waiting_for_meeting(village, 600_000)
    view = documents.document_view(village.book, bought.id)
    forged: dict[str, object] = {
        "subject": bought.id,
        "content_hash": view.content_hash,
        "slot": "MR",
        "person_id": "",
        "signed_on": DAY.isoformat(),
        "kind": "ink",
        "evidence": photo(village).sha256,
        "key_id": "",
        "reference": "代表会2025-77号",
    }
    by_hand(village, ("signature.given", forged), day=DAY)
    rest = marks(village, bought.id, DAY)
    assert signing.sign_ink(village.book, bought.id, rest, photo(village), at(DAY, 23)).label
    assert ids_of(check_book(village.book)) == ["AP-14"]


def test_an_adjustment_moves_no_money_and_draws_nothing(village: Village):
    enter(village)
    lines = (
        VoucherLine("113", 5_000, 0, "往来对冲", "", "何老四"),
        VoucherLine("112", 0, 5_000, "往来对冲", "", "何老四"),
    )
    offset = Document(
        "offset",
        DocKind.ADJUSTMENT,
        DAY,
        "按决议对冲何老四往来",
        lines=lines,
        support=Support.MINUTES,
        support_no=NUMBER,
        paper_count=1,
        resolution=NUMBER,
        resolution_item=1,
    )
    assert submit(village, offset).label
    assert left(village, way="adjustment") == 900_000
