"""Lists with payees: entered, reviewed, hung up, paid once and proven; who is not on the roster is not paid."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import builders as b
from villagebook.domain.document import Attachment, Document, Item, SpendKind
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.meeting import Matter
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.pay_list_proof import ListState, ProofKind
from villagebook.domain.period import Period, Span
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.roster import Household, Member
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.approvals import (
    list_sheets,
    list_standings,
    pay_lists,
    requests,
    resolutions,
    signing,
    slips,
)
from villagebook.services.gate import look
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import roster
from villagebook.services.vouchers import documents, list_import, reasons
from villagebook.storage.check import check_store

FEB = date(2025, 2, 3)
MARCH = date(2025, 3, 10)
DAYS = (date(2025, 3, 3), date(2025, 3, 4))
RATE = 8_000
NUMBER = "代表会2025-7"


@pytest.fixture
def village(tmp_path: Path) -> Iterator[b.Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000, "IM": 150_000})
    for code, head, others in (
        ("01-001", "何老四", ("何小妹",)),
        ("01-002", "钱进", ()),
        ("02-001", "钱进", ()),
    ):
        members = tuple(Member(n, born=1980) for n in (head, *others))
        roster.save(
            made.book, Household(code, int(code[:2]), head, members), b.at(b.START.first_day), new=True
        )
    items = (
        ResolutionItem(1, "误工补贴标准每天80元", Matter.LOST_WORK, 500_000),
        ResolutionItem(2, "征地补偿款分配", Matter.COMPENSATION, 10_000_000),
    )
    resolutions.record(made.book, b.minutes(made, NUMBER, FEB, *items), b.at(FEB))
    rate = PayRate(ListKind.LOST_WORK, "", RATE, FEB, f"{NUMBER}#1")
    pay_lists.set_rate(made.book, rate, b.at(FEB + timedelta(days=1)))
    yield made
    made.book.close()


def row(name: str = "何老四", days: tuple[date, ...] = DAYS, **changes: Any) -> PayRow:
    made = PayRow(name, RATE * len(days), work="清理水渠", place="二组", days=days, rate_fen=RATE)
    return replace(made, **changes)


def lost_work(code: str = "L2025-001", *rows: PayRow) -> PayList:
    return PayList(
        code,
        ListKind.LOST_WORK,
        "清理水渠误工补贴",
        date(2025, 3, 1),
        date(2025, 3, 9),
        rows or (row(),),
        f"{NUMBER}#1",
    )


def land(*rows: PayRow) -> PayList:
    return PayList(
        "L2025-009",
        ListKind.LAND,
        "修路征地补偿款",
        date(2025, 3, 1),
        date(2025, 3, 9),
        rows or (PayRow("何老四", 300_000, "01-001", quantity="2.5", unit="亩"),),
        f"{NUMBER}#2",
    )


def enter(village: b.Village, made: PayList, day: date = MARCH) -> None:
    pay_lists.enter(village.book, made, b.at(day))


def refused(village: b.Village, made: PayList) -> set[str]:
    with pytest.raises(Refused) as stopped:
        enter(village, made)
    return {f.id for f in stopped.value.findings}


def payment_of(village: b.Village, code: str, day: date = MARCH, **changes: Any) -> Document:
    made = pay_lists.payment_of(village.book, code, b.at(day))
    items = (replace(made.items[0], account="513"),)
    told = {"excuse": "名单已在村民会上宣读", **changes}
    made = replace(made, items=items, place="EX", handler=village.ids["handler"], paper_count=1)
    return replace(made, **told)


def test_a_list_is_entered_paid_and_proven(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001")
    b.submit(village, document)
    assert list_standings.standings(village.book)[0].state is ListState.WAITING
    b.sign_everything(village, document.id, MARCH)
    stands = list_standings.standings(village.book)[0]
    assert stands.state is ListState.PAID
    sheet = b.photo(village)
    pay_lists.prove(village.book, "L2025-001", ProofKind.BANK_RETURN, (sheet,), MARCH, b.at(MARCH))
    assert list_standings.standings(village.book)[0].state is ListState.PROVEN
    paid = list_standings.paid(village.book, Span(Period(2025, 3), Period(2025, 3)))
    assert [(p.content.code, p.content.total_fen, p.label) for p in paid] == [
        ("L2025-001", 16_000, stands.paid_by.label if stands.paid_by else "")
    ]


def test_no_day_is_paid_twice_in_whatever_list(village: b.Village):
    enter(village, lost_work())
    other = lost_work("L2025-002", row(days=(DAYS[1], date(2025, 3, 5))))
    assert refused(village, other) == {"AP-26"}
    assert refused(village, lost_work("L2025-003", row("钱进", DAYS[:1]), row("钱 进", DAYS[:1]))) == {
        "AP-26"
    }


def test_two_people_of_one_name_are_told_apart_by_their_households(village: b.Village):
    first, second = row("钱进", household="01-002"), row("钱进", household="02-001")
    enter(village, lost_work("L2025-001", first, second))
    assert refused(village, lost_work("L2025-002", row("钱进"))) == {"AP-26"}


def test_a_stranger_is_not_paid_and_an_officer_may_work_but_not_a_head(village: b.Village):
    assert refused(village, lost_work("L2025-001", row("无名氏"))) == {"AP-24"}
    assert refused(village, lost_work("L2025-001", row("何老四", household="02-001"))) == {"AP-24"}
    enter(village, lost_work("L2025-001", row("孙丽")))
    assert refused(village, lost_work("L2025-002", row("王建国"))) == {"LST-05"}


def test_the_rate_is_the_decided_one_and_the_sum_its_product(village: b.Village):
    dear = row(rate_fen=10_000, amount_fen=20_000)
    assert refused(village, lost_work("L2025-001", dear)) == {"AP-25"}
    assert refused(village, lost_work("L2025-001", row(amount_fen=17_000))) == {"LST-04"}
    enter(village, lost_work("L2025-001", row(half=True, amount_fen=8_000)))


def test_everything_wrong_is_said_at_once(village: b.Village):
    bad = lost_work("", row("", ()), row("无名氏", amount_fen=-1))
    assert refused(village, replace(bad, title="")) >= {"LST-01", "LST-04", "AP-24"}


def test_a_list_that_is_being_paid_stays_as_it_is(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001")
    b.submit(village, document)
    assert refused(village, lost_work("L2025-001", row(days=DAYS[:1]))) == {"LST-03"}
    with pytest.raises(Refused, match="pays it"):
        pay_lists.drop(village.book, "L2025-001", "不发了", b.at(MARCH))
    documents.withdraw(village.book, document.id, "名单有误", b.at(MARCH))
    enter(village, lost_work("L2025-001", row(days=DAYS[:1])))


def test_a_list_is_paid_whole_and_once(village: b.Village):
    enter(village, lost_work())
    wrong = payment_of(village, "L2025-001")
    short = replace(wrong, items=(replace(wrong.items[0], amount_fen=15_000),))
    with pytest.raises(Refused) as stopped:
        b.submit(village, short)
    assert {f.id for f in stopped.value.findings} == {"LST-06"}
    b.submit(village, wrong)
    with pytest.raises(Refused) as again:
        b.submit(village, payment_of(village, "L2025-001"))
    assert "LST-06" in {f.id for f in again.value.findings}


def test_cash_waits_for_the_signatures_of_the_payees(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001", place="IM")
    b.submit(village, document)
    with pytest.raises(Refused) as stopped:
        b.sign_everything(village, document.id, MARCH)
    assert {f.id for f in stopped.value.findings} == {"AP-27"}
    pay_lists.prove(village.book, "L2025-001", ProofKind.SIGNATURES, (b.photo(village),), MARCH, b.at(MARCH))
    assert b.sign_everything(village, document.id, MARCH).label


def test_a_reason_is_not_about_what_is_told_only_when_the_money_leaves(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001", place="IM", excuse="征地补偿款无须询价")
    with village.book.reading() as connection:
        found = gather.for_document(connection, village.book.info, document, MARCH)
    soft = replace(found, policy=replace(found.policy, levels={"AP-27": "hold"}))
    assert "AP-27" in {f.id for f in look(replace(soft, excused=frozenset()), When.POST)}
    assert [key[:6] for key in reasons.about(soft)] == ["LST-18"]
    at_once = replace(soft, slots=())  # nobody signs: the money leaves now, and its writer is told
    assert [key.split()[0] for key in reasons.about(at_once)] == ["AP-27", "LST-18"]


def test_land_money_is_reviewed_and_hangs_before_the_bank_pays_it(village: b.Village):
    enter(village, land())
    document = payment_of(village, "L2025-009")
    with pytest.raises(Refused) as stopped:
        b.submit(village, document)
    assert [f.id for f in stopped.value.findings].count("LST-07") == 2
    marks = tuple(signing.InkMark("S", village.ids[k], MARCH) for k in ("head", "supervisor"))
    signing.sign_ink(village.book, "list:L2025-009", marks, b.photo(village), b.at(MARCH))
    stands = list_standings.standings(village.book)[0]
    assert (stands.state, stands.reviewed_on) == (ListState.REVIEWED, MARCH)
    pay_lists.show(village.book, "L2025-009", "村务公开栏", MARCH, (b.photo(village),), b.at(MARCH))
    later = MARCH + timedelta(days=7)
    paid = payment_of(village, "L2025-009", later, excuse="征地补偿款无须询价")
    assert b.submit(village, paid).waiting_for


def test_a_changed_roster_is_reviewed_and_hung_up_anew(village: b.Village):
    enter(village, land())
    marks = tuple(signing.InkMark("S", village.ids[k], MARCH) for k in ("head", "supervisor"))
    signing.sign_ink(village.book, "list:L2025-009", marks, b.photo(village), b.at(MARCH))
    enter(village, land(PayRow("何老四", 310_000, "01-001")))
    assert list_standings.standings(village.book)[0].state is ListState.ENTERED


def test_welfare_without_a_list_is_refused_and_lost_work_by_its_words_is_pointed_out(village: b.Village):
    made = b.payment(village, 10_000, spend_kind=SpendKind.WELFARE)
    with pytest.raises(Refused) as stopped:
        b.submit(village, made)
    assert "LST-08" in {f.id for f in stopped.value.findings}


def test_a_list_of_lost_work_hangs_its_days_before_it_is_paid(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001", excuse="")
    assert stopped_by(village, document) == {"LST-18"}
    pay_lists.show(village.book, "L2025-001", "村务公开栏", MARCH, (b.photo(village),), b.at(MARCH))
    early = MARCH + timedelta(days=2)
    assert stopped_by(village, replace(document, booked_on=early)) == {"LST-18"}
    due = MARCH + timedelta(days=3)
    assert b.submit(village, replace(document, booked_on=due), due).waiting_for


def test_a_township_refuses_lost_work_that_only_its_words_tell(village: b.Village):
    told = b.payment(village, 16_000, items=(Item("513", 16_000, "清渠误工费"),), summary="清渠误工费")
    with village.book.reading() as connection:
        facts = gather.for_document(connection, village.book.info, told, MARCH)
    found = {level: said_at(facts, level) for level in ("warning", "hold", "error")}
    assert found == {level: {Severity(level)} for level in found}


def said_at(facts: Facts, level: str) -> set[Severity]:
    words = {**facts.policy.words, "lost_work_unlisted": (level,)}
    judged = replace(facts, policy=replace(facts.policy, words=words))
    return {f.severity for f in look(judged, When.SUBMIT) if f.id == "LST-08"}


def stopped_by(village: b.Village, document: Document) -> set[str]:
    with pytest.raises(Refused) as stopped:
        b.submit(village, document)
    return {f.id for f in stopped.value.findings}


def test_proof_needs_a_paper(village: b.Village):
    enter(village, lost_work())
    with pytest.raises(Refused) as stopped:
        pay_lists.prove(village.book, "L2025-001", ProofKind.SIGNATURES, (), MARCH, b.at(MARCH))
    assert {f.id for f in stopped.value.findings} == {"LST-11"}


def test_a_list_changed_behind_a_rejected_payment_is_not_paid_by_the_old_signatures(village: b.Village):
    enter(village, lost_work())
    document = payment_of(village, "L2025-001")
    b.submit(village, document)
    signing.reject(village.book, document.id, village.ids["head"], "名单有误", b.at(MARCH))
    other = row("钱进", DAYS, household="01-002")
    enter(village, lost_work("L2025-001", other))
    with pytest.raises(Refused) as stopped:
        b.submit(village, document)
    assert {f.id for f in stopped.value.findings} >= {"AP-08", "LST-06"}


def test_a_missing_paper_of_a_list_is_found(village: b.Village):
    enter(village, lost_work())
    pay_lists.prove(village.book, "L2025-001", ProofKind.SIGNATURES, (b.photo(village),), MARCH, b.at(MARCH))
    with village.book.reading() as connection:
        assert not check_store(connection)
    gone = Attachment("ab" * 32, "名单.jpg", "image/jpeg")
    pay_lists.prove(village.book, "L2025-001", ProofKind.SIGNATURES, (gone,), MARCH, b.at(MARCH))
    with village.book.reading() as connection:
        assert [f.id for f in check_store(connection)] == ["CHK-09"]


def test_a_table_of_people_is_taken_in_or_refused_with_every_bad_row(tmp_path: Path):
    file = tmp_path / "误工.csv"
    file.write_text(
        "姓名,户号,误工事由,日期,日标准,金额\n何老四,01-001,清理水渠,3.3-3.4,80,\n钱进,,看护,3.9,80,80\n",
        encoding="utf-8-sig",
    )
    rows, _said = list_import.read_list(file, MARCH)
    assert [(r.name, len(r.days), r.amount_fen) for r in rows] == [("何老四", 2, 16_000), ("钱进", 1, 8_000)]
    file.write_text(
        "姓名,户号,误工事由,日期,日标准,金额\n何老四,,清理,3.32,80,\n,,清理,3.3,80,80\n钱进,,清理,3.3,x,\n",
        encoding="utf-8-sig",
    )
    with pytest.raises(Refused) as stopped:
        list_import.read_list(file, MARCH)
    assert {f.id for f in stopped.value.findings} >= {"IMP-95", "IMP-81", "IMP-05"}


def test_the_sheet_to_sign_has_a_row_for_everybody_and_the_code_of_the_list(village: b.Village):
    enter(village, lost_work())
    sheet = list_sheets.list_sheet(village.book, lost_work())
    assert (len(sheet.rows), sheet.total) == (1, ("Total", "160.00"))
    assert "list:L2025-001" in sheet.code
    assert list_sheets.list_sheet_pdf(village.book, "L2025-001").startswith(b"%PDF")


def test_the_photo_of_a_sheet_finds_its_list_until_the_list_is_changed(village: b.Village):
    enter(village, land())
    sheet = list_sheets.list_sheet_pdf(village.book, "L2025-009")
    read = slips.take_in(village.book, sheet, "名册.pdf", b.at(MARCH))
    assert (read.documents, read.findings) == (("list:L2025-009",), ())
    assert requests.register_of(read.documents[0]) == "register:lists/L2025-009"
    enter(village, land(PayRow("何老四", 310_000, "01-001")))
    again = slips.take_in(village.book, sheet, "名册.pdf", b.at(MARCH))
    assert (again.documents, [f.id for f in again.findings]) == ((), ["AP-39"])
