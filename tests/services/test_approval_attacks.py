"""Ways round the approvals, tried afresh by a clerk who means it: names, numbers, clocks, pictures, decisions taken back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import builders as b
from tests.builders import DAY, Village, at, ids_of, minutes, payment, submit
from tests.refusing import refused
from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Severity
from villagebook.domain.kinship import Kin, Relation
from villagebook.domain.meeting import Matter
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.pin_tries import wait_seconds
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind
from villagebook.domain.splitting import payee_key, purpose_key
from villagebook.domain.trip import Transport, Trip
from villagebook.services import home, pin_guard
from villagebook.services.approvals import refusals, resolutions, signing, slips, trips, vetoes
from villagebook.services.approvals.vetoes import Fate
from villagebook.services.book_file import books
from villagebook.services.demo_village.demo_paper import photographs
from villagebook.services.gathering import facts as gather
from villagebook.services.handing_over import handover
from villagebook.services.offices import keys, kin, people
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book, verify
from villagebook.services.registers import roster
from villagebook.services.vouchers import documents, reasons, reversing

NEXT = DAY + timedelta(days=1)
NUMBER = "代表会2025-01号"
PIN = "482915"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000, "IN": 5_000_000})
    yield made
    made.book.close()


def told(village: Village, document: Document) -> list[str]:
    """What is said of a document while it is typed."""
    return ids_of(documents.preview(village.book, document, document.booked_on).findings)


def waiting(village: Village, fen: int = 50_000, **changes: Any) -> Document:
    made = payment(village, fen, **changes)
    submit(village, made)
    return made


def sign(village: Village, made: Document, marks: tuple[signing.InkMark, ...]) -> documents.Outcome:
    return signing.sign_ink(village.book, made.id, marks, b.photo(village), at(DAY, 15))


# ---- letters that look like others, or like nothing ----


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("马建国", "\u2ee2建国"),
        ("王建国", "王建国\u3164"),
        ("王建国", "王\uffa0建国"),
        ("王建国", "王\u200b建\u202e国\u2066"),
        ("县龙门车行", "县\u2ef0\u2ed4\u2ecb行"),
        ("县农机公司", "县农机公司\ufe0f"),
        ("第3生产队", "第\u0663生产队"),
    ],
)
def test_no_letter_that_looks_alike_or_like_nothing_makes_another_payee(one: str, other: str) -> None:
    assert payee_key(one) == payee_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "购买水泵壹",
        "购买水泵贰台",
        "购买水泵Ⅱ",
        "购买水泵\u0662",
        "购买水泵B",
        "购买水泵 A",
        "甲批购买水泵",
        "首批购买水泵",
        "购买水泵（乙）",
        "购买水泵②",
        "购买水泵\u3164",
    ],
)
def test_no_way_of_counting_the_parts_makes_another_purpose(other: str) -> None:
    assert purpose_key(other) == purpose_key("购买水泵")


def test_purposes_that_differ_by_more_than_a_count_stay_apart() -> None:
    assert len({purpose_key(p) for p in ("购买水泵", "购买水管", "修理水泵", "PVC水管", "ABC水管")}) == 5


def test_parts_under_letters_that_look_alike_are_one_purchase(village: Village) -> None:
    submit(village, payment(village, 60_000, party="马大山", summary="购买水泵壹台"))
    assert "AP-12" in told(village, payment(village, 60_000, party="\u2ee2大山", summary="购买砂石"))
    assert "AP-12" in told(village, payment(village, 60_000, party="镇五金店", summary="购买水泵贰台"))


def invoiced(village: Village, seller: str, number: str) -> Document:
    made = payment(village, 20_000, party=seller, summary="修理水渠")
    return replace(made, support=Support.INVOICE, support_no=number)


@pytest.mark.parametrize("between", [" ", "\u200b", "\u2060", "\u00ad"])
def test_an_invoice_number_with_something_between_its_figures_is_the_same_number(
    village: Village, between: str
) -> None:
    number = "25372000000012345678"
    submit(village, invoiced(village, "县农机公司", number))
    again = number[:4] + between + number[4:]
    assert "INV-02" in told(village, invoiced(village, "镇建材店", again))


@pytest.mark.parametrize("zero", [0x660, 0x6F0, 0x966, 0xFF10])
def test_an_invoice_number_in_figures_of_another_script_is_the_same_number(
    village: Village, zero: int
) -> None:
    number = "25372000000012345678"
    submit(village, invoiced(village, "县农机公司", number))
    again = "".join(chr(zero + int(c)) for c in number)
    assert "INV-02" in told(village, invoiced(village, "镇建材店", again))


@pytest.mark.parametrize(
    "party", ["王建国等3人", "何老四、王建国", "村主任王建国", "王建国建材店", "何老四和王 建国"]
)
def test_who_is_paid_beside_other_words_does_not_approve(village: Village, party: str) -> None:
    made = waiting(village, party=party, payee_account="")
    assert "D" not in [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]


@pytest.mark.parametrize("party", ["王建", "县农机公司", "王国建材店", "建国农机厂"])
def test_who_only_shares_some_characters_is_not_the_payee(village: Village, party: str) -> None:
    made = waiting(village, party=party, payee_account="")
    assert "D" in [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]


def test_a_villager_whose_whole_name_holds_that_of_an_officer_is_somebody_else(village: Village) -> None:
    name = "艾山·王建国"
    roster.save(village.book, Household("01-009", 1, name, (Member(name, "户主", 1990),)), at(DAY), new=True)
    made = waiting(village, party=name, payee_account="")
    assert "D" in [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]


# ---- one sum, cut in two ----


def test_parts_on_both_sides_of_new_year_and_from_two_accounts_are_one_purchase(village: Village) -> None:
    b.pay(village, 60_000, date(2025, 12, 20), party="张三", summary="购买砂石")
    b.move(village, "EX", "IM", 190_000, date(2026, 1, 4))
    other = payment(village, 60_000, date(2026, 1, 5), party="张三", summary="运费", place="IM")
    assert "AP-12" in told(village, other)


@pytest.mark.parametrize(("permit", "passes"), [("", False), ("镇批2026-1", True)])
def test_a_slip_left_lying_over_new_year_is_not_booked_in_the_new_one(
    village: Village, permit: str, passes: bool
) -> None:
    old, new = date(2025, 12, 30), date(2026, 1, 5)
    made = payment(village, 50_000, old, permit=permit)
    submit(village, made)
    given = b.marks(village, made.id, old)
    signing.sign_ink(village.book, made.id, given[:-1], b.photo(village), at(old))
    last = (replace(given[-1], signed_on=new),)

    def finish() -> documents.Outcome:
        return signing.sign_ink(village.book, made.id, last, b.photo(village), at(new))

    if passes:
        assert finish().label
    else:
        assert refused(finish) == ["AP-17"]


def test_a_correction_is_no_pass_for_another_matter(village: Village) -> None:
    """What needs a permission, a journey or a list needs it also when it names a small voucher it sets right."""
    wrong = b.pay(village, 50_000)
    reversing.reverse(village.book, wrong.id, "单价写错，重新入账", DAY, at(DAY, 15))
    blue = {"corrects": wrong.id, "event_on": DAY - timedelta(days=5)}

    def other(**changes: Any) -> list[str]:
        return told(village, payment(village, **{"fen": 50_000, **blue, **changes}))

    assert other() == []
    assert "AP-17" in other(event_on=date(2024, 3, 1))
    travel = {"spend_kind": SpendKind.TRAVEL, "summary": "外出培训"}
    assert "TRP-05" in other(fen=50_001, **travel)
    assert "TRP-05" in other(party="何老四", **travel)
    assert "LST-08" in other(party="何老四", spend_kind=SpendKind.LOST_WORK, summary="误工补贴")


def test_two_drafts_do_not_draw_the_same_last_fen_of_a_resolution(village: Village) -> None:
    item = ResolutionItem(1, "购置水泵", Matter.SPENDING, 80_000)
    resolutions.record(village.book, minutes(village, NUMBER, DAY, item), at(DAY))
    one = payment(village, 40_001, resolution=NUMBER)
    other = payment(village, 40_000, resolution=NUMBER, party="镇五金店", summary="购买铁锹")
    assert "AP-15" not in told(village, one) + told(village, other)  # both prepared before either is sent in
    submit(village, one)
    assert refused(lambda: submit(village, other)) == ["AP-15"]
    assert not submit(village, replace(other, items=(replace(other.items[0], amount_fen=39_999),))).label


def test_a_divided_purchase_is_looked_at_twice_like_the_whole(tmp_path: Path) -> None:
    village = b.make_village(tmp_path, opening={"EX": 20_000_000}, policy={"second_look_fen": 110_000})
    why = "两次故障，分别购置"
    one, other = (payment(village, 60_000, excuse=why) for _part in "ab")
    submit(village, one)
    assert sign(village, one, b.marks(village, one.id, DAY)).label
    submit(village, other)
    left = sign(village, other, b.marks(village, other.id, DAY))
    assert (left.label, left.waiting_for) == ("", "second look at the slip")
    assert b.compared(village, left, DAY).label
    village.book.close()


# ---- who is known to be whose, after the signature ----


def signed_but_for_the_last(village: Village, excuse: str = "") -> tuple[Document, signing.InkMark]:
    made = waiting(village, party="县五金公司", excuse=excuse)
    *most, last = b.marks(village, made.id, DAY)
    sign(village, made, tuple(most))
    return made, last


def owner(village: Village, name: str) -> None:
    firm = Outsider("W001", "县五金公司", OutsiderKind.SUPPLIER, holder=name)
    roster.save(village.book, firm, at(DAY), new=True)


def test_who_turns_out_to_own_the_payee_has_not_reviewed_it(village: Village) -> None:
    made, last = signed_but_for_the_last(village)
    owner(village, "张海涛")
    assert refused(lambda: sign(village, made, (last,))) == ["AP-83"]
    documents.withdraw(village.book, made.id, "监委会主任是店主", at(DAY))


def test_a_head_who_turns_out_to_own_the_payee_has_not_approved_it_for_the_other_head(
    village: Village,
) -> None:
    made, last = signed_but_for_the_last(village)
    owner(village, "王建国")
    assert refused(lambda: sign(village, made, (last,))) == ["AP-83"]
    documents.withdraw(village.book, made.id, "主任是店主，另行审批", at(DAY))
    submit(village, replace(made, paper_count=2))
    assert "D" not in [s.slot.code for s in documents.document_view(village.book, made.id).slot_states]
    assert b.sign_everything(village, made.id, DAY).label
    assert check_book(village.book) == ()


def test_a_relative_told_after_the_signature_counts_before_the_money_leaves(village: Village) -> None:
    made, last = signed_but_for_the_last(village, excuse="全镇仅此一家有货，已当场说明")
    tie = Kin("", village.ids["supervisor"], Relation.SPOUSE, other_name="县五金公司")
    kin.state(village.book, tie, at(DAY))
    with pytest.raises(Refused) as held:  # what was said before anybody knew of the tie is no reason for it
        sign(village, made, (last,))
    assert [f.id for f in held.value.findings] == ["AP-83"]
    reasons.give(village.book, made.id, "夫妻关系已公示，另有两人复核", held.value.findings, at(DAY))
    assert sign(village, made, (last,)).label
    assert [(f.id, f.severity) for f in check_book(village.book)] == [("AP-10", Severity.WARNING)]


# ---- terms that end on the day ----


def test_the_last_day_in_office_is_the_last_day_of_signing(village: Village) -> None:
    post = next(p for p in books.staff(village.book).posts if p.kind is PostKind.DIRECTOR)
    today, later = waiting(village), payment(village, 50_000, NEXT, party="镇五金店", summary="购买铁锹")
    people.end_post(village.book, post.id, DAY, at(DAY))
    assert sign(village, today, b.marks(village, today.id, DAY)).label
    submit(village, later)
    given = b.marks(village, later.id, NEXT)
    late = at(NEXT)
    assert refused(lambda: signing.sign_ink(village.book, later.id, given, b.photo(village), late)) == [
        "AP-02"
    ]


# ---- pictures ----


def test_one_picture_without_a_code_is_of_one_slip(village: Village) -> None:
    one, other = waiting(village), waiting(village, 40_000, party="镇五金店", summary="购买铁锹")
    same = b.photo(village)
    given = b.marks(village, one.id, DAY)
    signing.sign_ink(village.book, one.id, given[:3], same, at(DAY))
    signing.sign_ink(village.book, one.id, given[3:], same, at(DAY))  # the same slip, again
    marks = b.marks(village, other.id, DAY)
    with pytest.raises(Refused) as caught:
        signing.sign_ink(village.book, other.id, marks, same, at(DAY))
    (finding,) = caught.value.findings
    assert (finding.id, one.summary in finding.text) == ("AP-03", True)
    assert signing.sign_ink(village.book, other.id, marks, b.photo(village), at(DAY)).label


def test_a_picture_of_two_slips_with_their_codes_is_of_both(village: Village) -> None:
    both = waiting(village), waiting(village, 40_000, party="镇五金店", summary="购买铁锹")
    (sheet,) = photographs(slips.slip_pdf(village.book, tuple(d.id for d in both), two_up=True), seed=1)
    taken = slips.take_in(village.book, sheet, "slips.jpg", at(DAY))
    assert set(taken.documents) == {d.id for d in both}
    for made in both:
        marks = b.marks(village, made.id, DAY)
        assert signing.sign_ink(village.book, made.id, marks, taken.photo, at(DAY)).label


# ---- clocks ----


def journey(village: Village, code: str, first: date) -> Trip:
    who, last = (village.ids["handler"],), first + timedelta(days=1)
    clerk = village.ids["clerk"]
    return Trip(code, who, "参加培训", "县城", first, last, next(iter(Transport)), 50_000, clerk)


def test_a_clock_set_back_asks_for_no_journey_that_has_begun(village: Village) -> None:
    b.pay(village, 50_000, DAY + timedelta(days=10))  # the log has seen that day
    late = journey(village, "T2025-001", DAY + timedelta(days=10))
    assert refused(lambda: trips.ask(village.book, late, at(DAY))) == ["AP-20"]
    trips.ask(village.book, journey(village, "T2025-001", DAY + timedelta(days=11)), at(DAY))


def test_a_clock_set_back_signs_no_journey_that_is_over(village: Village) -> None:
    asked = journey(village, "T2025-001", DAY + timedelta(days=2))
    trips.ask(village.book, asked, at(DAY))
    b.pay(village, 50_000, DAY + timedelta(days=40))
    mark = signing.InkMark("H", village.ids["handler"], NEXT)
    found = refused(
        lambda: signing.sign_ink(village.book, "trip:T2025-001", (mark,), b.photo(village), at(NEXT))
    )
    assert found == ["AP-20"]


def test_a_wrong_pin_under_a_wrong_clock_waits_no_longer_than_told(
    village: Village, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))
    stick = tmp_path / "stick"
    stick.mkdir()
    made = keys.make(village.book, village.ids["handler"], PIN, stick, at(DAY))
    sealed, key_file = made.sealed.read_bytes(), made.key_file.read_bytes()
    for tried in range(4):
        with pytest.raises(KnownError):
            pin_guard.open_seed(sealed, bytes(32), PIN, at(date(2035, 1, 1)).at + timedelta(hours=tried))
    now, wait = at(DAY).at, timedelta(seconds=wait_seconds(4))
    with pytest.raises(KnownError):
        pin_guard.open_seed(sealed, key_file, PIN, now)
    assert pin_guard.waits(sealed, now + wait / 2) == wait / 2
    with pytest.raises(KnownError):  # set back once more: the wait begins anew and is not shortened
        pin_guard.open_seed(sealed, key_file, PIN, now - timedelta(days=1))
    assert pin_guard.waits(sealed, now - timedelta(days=1)) == wait
    assert pin_guard.open_seed(sealed, key_file, PIN, now + wait)


# ---- a veto, and a decision that is taken back ----


@pytest.fixture
def lifted(village: Village) -> Document:
    """Rejected, and let through by the representatives."""
    made = waiting(village, summary="购买对讲机十部")
    signing.reject(village.book, made.id, village.ids["head"], "没有采购计划", at(DAY))
    item = ResolutionItem(1, "同意支付", Matter.VETO, 50_000, document=made.id)
    resolutions.record(village.book, minutes(village, NUMBER, DAY, item), at(DAY))
    vetoes.lift_by_resolution(village.book, made.id, NUMBER, at(DAY))
    return made


def test_a_veto_stands_again_when_the_vote_that_lifted_it_is_struck_out(
    village: Village, lifted: Document
) -> None:
    assert vetoes.listing(village.book)[0].fate is Fate.LIFTED
    resolutions.annul(village.book, NUMBER, "会议没有开过", at(DAY))
    assert vetoes.listing(village.book)[0].fate is Fate.STANDS
    assert refused(lambda: vetoes.again(village.book, lifted.id, at(DAY))) == ["AP-08"]


@pytest.mark.parametrize(
    ("item", "told"),
    [
        ({"document": "another"}, {}),
        ({"matter": Matter.SPENDING, "document": ""}, {}),
        ({}, {"present": 19, "yes": 19, "no": 0, "abstained": 0}),
    ],
)
def test_a_veto_stands_again_when_the_right_record_of_the_vote_does_not_lift_it(
    village: Village, lifted: Document, item: dict[str, Any], told: dict[str, Any]
) -> None:
    decided = replace(ResolutionItem(1, "同意支付", Matter.VETO, 50_000, document=lifted.id), **item)
    right = minutes(village, NUMBER, DAY, decided, **told)
    resolutions.annul(village.book, NUMBER, "票数抄错", at(DAY), right)
    assert vetoes.listing(village.book)[0].fate is Fate.STANDS
    assert refused(lambda: vetoes.again(village.book, lifted.id, at(DAY))) == ["AP-08"]


def test_the_vote_behind_a_lifted_veto_is_not_struck_out_under_a_document_on_its_way(
    village: Village, lifted: Document
) -> None:
    vetoes.again(village.book, lifted.id, at(DAY))
    assert refused(lambda: resolutions.annul(village.book, NUMBER, "会议没有开过", at(DAY))) == ["RES-07"]
    b.sign_everything(village, lifted.id, DAY)
    assert refused(lambda: resolutions.annul(village.book, NUMBER, "会议没有开过", at(DAY))) == ["RES-07"]
    assert check_book(village.book) == ()


def test_a_vote_of_a_few_lifts_no_veto(village: Village) -> None:
    made = waiting(village, summary="购买对讲机十部")
    signing.reject(village.book, made.id, village.ids["head"], "没有采购计划", at(DAY))
    item = ResolutionItem(1, "同意支付", Matter.VETO, 50_000, document=made.id)
    few = minutes(
        village, NUMBER, DAY, item, present=19, yes=19, no=0, abstained=0
    )  # 20 of 30 are two thirds
    resolutions.record(village.book, few, at(DAY))
    assert refused(lambda: vetoes.lift_by_resolution(village.book, made.id, NUMBER, at(DAY))) == ["AP-13"]


# ---- supervision that is large enough ----


def test_above_the_townships_limit_every_supervisor_signs(tmp_path: Path) -> None:
    village = b.make_village(tmp_path, opening={"EX": 20_000_000}, policy={"supervision_all_fen": 50_000})
    third, fourth = (people.add_person(village.book, name, at(DAY)) for name in ("钱三", "孙四"))
    for person in (third, fourth):
        people.give_post(village.book, person, PostKind.SUPERVISOR, DAY, at(DAY))

    def reviewers(made: Document) -> int:
        slots = documents.preview(village.book, made, DAY).slots
        return next(s.count for s in slots if s.code == "S")

    assert reviewers(payment(village, 50_000)) == 2
    assert reviewers(payment(village, 50_001)) == 4
    assert reviewers(payment(village, 50_001, party="钱三")) == 3  # who is paid reviews nothing
    made = payment(village, 50_001)
    submit(village, made)
    head, supervisor = village.ids["head"], village.ids["supervisor"]
    marks = [m for m in b.marks(village, made.id, DAY) if m.slot != "S"]
    review = [signing.InkMark("S", who, DAY) for who in (head, supervisor, third)]
    sign(village, made, (*marks[:3], *review))
    assert refused(lambda: sign(village, made, tuple(marks[3:]))) == ["AP-06"]
    assert sign(village, made, (signing.InkMark("S", fourth, DAY), *marks[3:])).label
    assert check_book(village.book) == ()
    village.book.close()


# ---- finance staff say no ----


def test_what_the_accountant_would_not_book_is_stored_told_and_no_veto(village: Village) -> None:
    made = waiting(village)
    with pytest.raises(Refused) as nobody:
        signing.reject(village.book, made.id, village.ids["handler"], "发票抬头是个人", at(DAY))
    assert ids_of(nobody.value.findings) == ["AP-07"]
    signing.reject(village.book, made.id, village.ids["accountant"], "发票抬头是个人", at(DAY))
    (no,) = vetoes.listing(village.book)
    assert (no.by_name, no.reason, no.fate) == ("周敏", "发票抬头是个人", Fate.REFUSED)
    assert [d.id for d in documents.drafts(village.book)] == [made.id]
    assert "AP-34" in [t.id for t in home.home(village.book, DAY).todos]
    told_at_close = closing.review(village.book, Period.of(DAY), DAY)
    assert [f.severity for f in told_at_close if f.id == "AP-34"] == [Severity.WARNING]
    assert refused(lambda: submit(village, made)) == ["AP-08"]  # exactly what was refused
    submit(village, replace(made, paper_count=2))
    assert vetoes.listing(village.book)[0].fate is Fate.AGAIN
    assert b.sign_everything(village, made.id, DAY).label
    assert vetoes.listing(village.book)[0].fate is Fate.BOOKED
    assert check_book(village.book) == ()


def test_a_refusal_is_told_at_the_close_of_the_month_in_which_it_was_said(village: Village) -> None:
    made = waiting(village)
    signing.reject(village.book, made.id, village.ids["accountant"], "发票抬头是个人", at(DAY))
    with village.book.reading() as connection:
        facts = gather.ground(connection, village.book.info, DAY)
        (told,) = refusals.of_month(connection, facts, DAY, DAY)
        assert (told.document_id, told.on) == (made.id, DAY)
        assert refusals.of_month(connection, facts, NEXT, DAY + timedelta(days=30)) == ()
        assert refusals.of_month(connection, facts, DAY - timedelta(days=30), DAY - timedelta(days=1)) == ()


def test_the_township_hears_of_refusals_and_of_slips_that_lie(village: Village, tmp_path: Path) -> None:
    made = waiting(village)
    signing.reject(village.book, made.id, village.ids["accountant"], "发票抬头是个人", at(DAY))
    waiting(village, 40_000, party="镇五金店", summary="购买铁锹")
    b.receive(village, 10_000, DAY + timedelta(days=7))
    package = handover.export(village.book, tmp_path, at(DAY + timedelta(days=7))).path
    hints = {f.id for f in verify(package) if f.severity is Severity.HINT}
    assert hints >= {"AP-34", "AP-16"}
