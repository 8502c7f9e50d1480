"""Invoices behind payments: used once in all years, held against their files, asked about at the tax site by the township."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import invoices as paper
from tests.builders import (
    DAY,
    NAME,
    Village,
    at,
    ids_of,
    make_village,
    move,
    payment,
    sign_everything,
    submit,
)
from tests.exchange.invoices import files as samples
from villagebook.domain.booked_invoice import InvoiceCheck, InvoiceState, Result
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Severity
from villagebook.domain.invoice import Carrier, InvoiceKind
from villagebook.domain.period import Period, Span
from villagebook.services import reports
from villagebook.services.files import object_bytes
from villagebook.services.invoicing import invoice_files, invoice_fill, invoice_tables, invoices
from villagebook.services.period_end.checking import check_path
from villagebook.services.render import render
from villagebook.services.vouchers import documents, reversing

FEB, YEAR = date(2025, 2, 10), Span.year(2025)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 2_000_000)
    return made


def refused(village: Village, document: Document, day: date | None = None) -> list[str]:
    with pytest.raises(Refused) as caught:
        submit(village, document, day)
    return ids_of(caught.value.findings)


def said(village: Village, document: Document, day: date = DAY) -> dict[str, Severity]:
    seen = documents.preview(village.book, document, day)
    return {x.id: x.severity for x in seen.findings}


def post(village: Village, document: Document, day: date = DAY) -> str:
    submit(village, document, day)
    return sign_everything(village, document.id, day).label


def states(village: Village) -> list[tuple[str, InvoiceState]]:
    return [(k.invoice.number, k.state) for k in invoices.find(village.book, paper.NUMBER)]


def test_an_invoice_with_its_xml_passes_and_its_file_is_kept_to_the_byte(village: Village) -> None:
    data = paper.xml()
    document = paper.paid_on(village, data)
    assert said(village, document) == {}
    assert post(village, document)
    kept = document.attachments[0]
    assert object_bytes(village.book, kept.sha256) == ("application/xml", data)
    (known,) = invoices.of_document(village.book, document.id)
    assert (known.state, known.invoice.carrier, known.sha256) == (
        InvoiceState.BOOKED,
        Carrier.XML,
        kept.sha256,
    )
    assert known.where.startswith("2025-01-10 付-")
    assert check_path(village.book.path) == ()


def test_the_second_booking_is_refused_and_names_the_first(village: Village) -> None:
    label = None
    first = paper.paid_on(village, paper.xml())
    label = post(village, first)
    with pytest.raises(Refused) as caught:
        submit(village, paper.paid_on(village, paper.xml()))
    (found,) = [x for x in caught.value.findings if x.id == "INV-02"]
    assert label in found.text
    assert found.target == f"voucher:{first.id}"


def test_an_invoice_of_an_earlier_year_is_refused_too(village: Village) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    later = date(2026, 2, 2)
    again = paper.paid_on(village, paper.xml(), day=later, excuse="上年发票补报")
    assert "INV-02" in refused(village, again)


def test_a_number_that_stands_only_as_the_number_of_the_paper_is_used_as_well(village: Village) -> None:
    post(village, payment(village, 50_000, support_no=paper.NUMBER))
    assert "INV-02" in refused(village, paper.paid_on(village, paper.xml()))
    assert "INV-02" in refused(
        village, payment(village, 9_900, support_no=f" {paper.NUMBER[:10]} {paper.NUMBER[10:]}")
    )


def test_a_waiting_document_holds_the_number_until_it_is_taken_back(village: Village) -> None:
    first = paper.paid_on(village, paper.xml())
    submit(village, first)
    assert states(village) == [(paper.NUMBER, InvoiceState.WAITING)]
    assert "INV-02" in refused(village, paper.paid_on(village, paper.xml()))
    documents.withdraw(village.book, first.id, "发票写错了", at(DAY, 12))
    assert states(village) == [(paper.NUMBER, InvoiceState.FREED)]
    assert post(village, paper.paid_on(village, paper.xml()))


def test_a_red_reversal_frees_the_number_and_the_register_shows_both(village: Village) -> None:
    first = paper.paid_on(village, paper.xml())
    post(village, first)
    reversing.reverse(village.book, first.id, "付错了对象", DAY, at(DAY, 13))
    assert states(village) == [(paper.NUMBER, InvoiceState.REVERSED)]
    post(village, paper.paid_on(village, paper.xml()))
    assert sorted(s for _n, s in states(village)) == [InvoiceState.BOOKED, InvoiceState.REVERSED]
    shown = invoice_tables.register(village.book, YEAR, invoice_tables.TWICE)
    assert len(shown.rows) == 2
    assert check_path(village.book.path) == ()


def test_two_digits_in_each_others_place_are_held(village: Village) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    swapped = paper.NUMBER[:-3] + paper.NUMBER[-2] + paper.NUMBER[-3] + paper.NUMBER[-1]
    again = paper.paid_on(village, paper.xml(swapped))
    assert said(village, again)["INV-03"] is Severity.HOLD
    assert refused(village, again) == ["INV-03"]
    assert submit(village, replace(again, excuse="同日购买两台,两张发票")).waiting_for


def test_a_number_mistyped_by_one_digit_is_held_where_the_amount_is_the_same(village: Village) -> None:
    post(village, replace(payment(village, 50_000), invoices=(paper.typed(),)))
    slip = paper.typed("25372000001234567880")
    again = replace(payment(village, 50_000), invoices=(slip,))
    assert said(village, again)["INV-03"] is Severity.HOLD
    other = replace(payment(village, 7_700), invoices=(paper.typed("25372000009876543210", 7_700),))
    assert "INV-03" not in said(village, other)


def test_a_person_as_buyer_is_refused_and_another_body_is_held(village: Village) -> None:
    assert "INV-07" in refused(
        village, paper.paid_on(village, paper.xml(buyer="冯志"), excuse="先用个人名义开的")
    )
    other = paper.paid_on(village, paper.xml(buyer="青石镇人民政府"))
    assert said(village, other)["INV-07"] is Severity.HOLD


def test_a_villager_as_buyer_is_known_from_the_households(village: Village) -> None:
    from villagebook.domain.roster import Household, Member
    from villagebook.services.registers import roster

    home = Household("01-001", 1, "欧阳德胜", (Member("欧阳德胜", "户主"), Member("上官秀兰", "配偶")))
    roster.save(village.book, home, at(DAY), new=True)
    assert "INV-07" in refused(
        village, paper.paid_on(village, paper.xml(buyer="上官秀兰"), excuse="代为垫付已说明")
    )


def test_the_name_that_was_told_is_the_only_one(village: Village) -> None:
    ours = f"{NAME}股份经济合作社"
    invoices.name_buyer(village.book, [ours], ["91350100M000100Y43"], at(DAY))
    assert said(village, paper.paid_on(village, paper.xml()))["INV-07"] is Severity.HOLD
    assert said(village, paper.paid_on(village, paper.xml(buyer=ours))) == {}
    assert invoices.buyer(village.book) == ((ours,), ("91350100M000100Y43",))
    with pytest.raises(Refused):
        invoices.name_buyer(village.book, [""], ["91350100M000100Y44"], at(DAY))


def test_what_is_typed_is_held_against_the_file_line_by_line(village: Village) -> None:
    document = paper.paid_on(village, paper.xml())
    (booked,) = document.invoices
    wrong = replace(
        document, invoices=(replace(booked, told=replace(booked.told, total_fen=5_000, seller="县农技公司")),)
    )
    seen = documents.preview(village.book, wrong, DAY)
    assert len([x for x in seen.findings if x.id == "INV-13"]) == 2
    fields = [d.field for d in invoice_fill.differences(wrong)]
    assert {"invoice:0:total_fen", "invoice:0:seller"} <= set(fields)
    mended = wrong
    for _press in fields:
        mended = invoice_fill.taken(mended, invoice_fill.differences(mended)[0].field)
        if not invoice_fill.differences(mended):
            break
    assert mended.invoices == document.invoices
    assert invoice_fill.differences(mended) == ()


def test_an_invoice_fills_what_is_empty_and_leaves_what_is_typed(village: Village) -> None:
    looked = invoice_files.look_at(paper.xml(), "发票.xml")
    kept, papers = invoice_files.keep(village.book, looked)
    blank = documents.new_document(payment(village, 1).kind, DAY)
    made = invoice_fill.with_invoices(replace(blank, attachments=(kept,)), papers)
    assert (made.party, made.support, made.support_no) == (paper.SELLER, Support.INVOICE, paper.NUMBER)
    assert (made.total_fen, made.items[0].summary, made.items[0].quantity) == (50_000, "灌溉水泵", "1")
    assert (made.event_on, made.paper_count, made.summary) == (DAY, 1, "灌溉水泵")
    typed = invoice_fill.with_invoices(
        replace(blank, party="农机站", items=(Item("511", 40_000, "水泵"),), support_no="7"), papers
    )
    assert (typed.party, typed.total_fen, typed.support_no) == ("农机站", 40_000, "7")
    told = {d.field for d in invoice_fill.differences(typed)}
    assert told == {"party", "amount", "support_no"}
    assert invoice_fill.with_invoices(made, papers).invoices == made.invoices  # dropped twice is one invoice


def test_several_invoices_of_one_payment_are_summed(village: Village) -> None:
    one = paper.paid_on(village, paper.xml(fen=30_000))
    _kept, more = invoice_files.keep(
        village.book, invoice_files.look_at(paper.xml("25372000009999000011", 20_000), "2.xml")
    )
    both = replace(
        one,
        invoices=(*one.invoices, *more),
        attachments=(*one.attachments, _kept),
        items=(Item("511", 50_000, "水泵两台"),),
    )
    assert said(village, both) == {}
    more_paid = replace(both, items=(Item("511", 50_001, "水泵两台"),))
    assert said(village, more_paid) == {"INV-06": Severity.HOLD}


def test_a_red_invoice_after_booking_is_said_until_the_money_is_back(village: Village) -> None:
    first = paper.paid_on(village, paper.xml())
    post(village, first)
    answer = InvoiceCheck(paper.NUMBER, Result.RED, FEB, "郑卫东", "县税务局网站")
    invoices.record(village.book, [answer], at(FEB))
    (shown,) = invoice_tables.register(village.book, YEAR).rows
    assert "2025-02-10" in str(shown[6])
    assert "郑卫东" in str(shown[6])
    from villagebook.services.period_end import closing

    found = [x for x in closing.review(village.book, Period(2025, 1), FEB) if x.id == "INV-14"]
    assert [x.target for x in found] == [f"voucher:{first.id}"]
    red = paper.paid_on(village, paper.xml("25372000007777777777", day=FEB, red_of=paper.NUMBER), day=FEB)
    held = [x for x in documents.preview(village.book, red, FEB).findings if x.id == "INV-14"]
    assert [x.target for x in held] == [f"voucher:{first.id}"]
    reversing.reverse(village.book, first.id, "发票被红冲,款已退回", FEB, at(FEB, 15))
    assert not [x for x in closing.review(village.book, Period(2025, 1), FEB) if x.id == "INV-14"]


def test_an_answer_needs_a_number_of_ours_a_day_that_was_and_a_name(village: Village) -> None:
    bad = [
        InvoiceCheck("25372000000000000001", Result.AGREES, DAY, "郑卫东"),
        InvoiceCheck(paper.NUMBER, Result.AGREES, date(2030, 1, 1), ""),
    ]
    post(village, paper.paid_on(village, paper.xml()))
    with pytest.raises(Refused) as caught:
        invoices.record(village.book, bad, at(FEB))
    assert [x.id for x in caught.value.findings] == ["INV-24", "INV-24", "INV-24"]


def answers(village: Village, tmp_path: Path, fill: dict[str, tuple[str, str, str]]) -> Path:
    """The list to verify as the township sends it back."""
    table = reports.make(village.book, "invoices-to-verify", YEAR).table
    rows = list(csv.DictReader(io.StringIO(render(table, "csv").decode("utf-8-sig"))))
    for row in rows:
        row["result"], row["checked_on"], row["person"] = fill.get(row["number"], ("", "", ""))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0].keys())
    writer.writeheader()
    writer.writerows(rows)
    return paper.write(tmp_path, out.getvalue().encode("utf-8-sig"), "查验结果.csv")


def test_the_list_to_verify_comes_back_filled_in(village: Village, tmp_path: Path) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    old = paper.typed(
        "12345678",
        8_800,
        kind=InvoiceKind.VAT_E_ORDINARY,
        code="037002500111",
        check_code="12345678901234567890",
    )
    post(village, replace(payment(village, 8_800), invoices=(old,)))
    table = reports.make(village.book, "invoices-to-verify", YEAR).table
    assert [(r[0], r[5]) for r in table.rows] == [(paper.NUMBER, ""), ("12345678", "567890")]
    path = answers(village, tmp_path, {"12345678": ("一致", "2025-02-10", "郑卫东")})
    assert invoices.take_in(village.book, path, at(FEB), dry_run=True).answers == 1
    assert len(reports.make(village.book, "invoices-to-verify", YEAR).table.rows) == 2
    assert invoices.take_in(village.book, path, at(FEB)).answers == 1
    assert [r[0] for r in reports.make(village.book, "invoices-to-verify", YEAR).table.rows] == [paper.NUMBER]
    assert check_path(village.book.path) == ()


def test_every_bad_row_of_the_answers_is_told_and_nothing_is_entered(
    village: Village, tmp_path: Path
) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    head = village.book.head()
    text = (
        "发票号码,查验结果,查验日期,查验人\n"
        f"{paper.NUMBER},是真的,2025-02-10,郑卫东\n2.5372E+19,一致,2025-02-10,郑卫东\n"
        f"{paper.NUMBER},一致,,郑卫东\n25372000001111111111,作废,2025-02-10,\n{paper.NUMBER},红冲,2025-02-10,郑卫东\n"
    )
    path = paper.write(tmp_path, text.encode(), "bad.csv")
    with pytest.raises(Refused) as caught:
        invoices.take_in(village.book, path, at(FEB))
    assert [x.id for x in caught.value.findings] == ["IMP-80", "IMP-90", "IMP-81", "IMP-91", "IMP-92"]
    unknown = paper.write(
        tmp_path,
        b"number,result,checked_on,person\n25372000001111111111,agrees,2025-02-10,Z. W.\n",
        "unknown.csv",
    )
    with pytest.raises(Refused) as caught:
        invoices.take_in(village.book, unknown, at(FEB))
    assert ids_of(caught.value.findings) == ["INV-24"]
    assert village.book.head() == head


def test_nothing_says_that_an_invoice_is_verified(village: Village) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    for name in invoice_tables.NAMES:
        for form in ("csv", "json"):
            text = render(reports.make(village.book, name, YEAR).table, form).decode().lower()
            assert "verified" not in text
            assert "genuine" not in text


@pytest.mark.parametrize("form", ["csv", "json", "xlsx", "pdf"])
def test_the_lists_come_in_every_form(village: Village, form: str) -> None:
    post(village, paper.paid_on(village, paper.xml()))
    for name in invoice_tables.NAMES:
        assert render(reports.make(village.book, name, YEAR).table, form, NAME)


def test_a_private_sellers_card_is_checked_and_not_kept(village: Village) -> None:
    card = "11010519491231002X"
    tail = invoices.id_tail(card)
    assert tail == "2X"
    assert invoices.id_tail("110105194912310021") == ""
    bought = payment(
        village, 20_000, party="何老四", support=Support.PERSON_RECEIPT, support_no="", id_tail=tail
    )
    assert post(village, bought)
    assert said(village, replace(bought, id="b" * 32, id_tail="")) == {"INV-23": Severity.HOLD}
    more = replace(bought, id="c" * 32, items=(Item("511", 30_001, "竹筐"),))
    assert said(village, more) == {"INV-23": Severity.HOLD}
    assert card.encode() not in village.book.path.read_bytes()


def test_the_seller_is_an_officers_firm(village: Village) -> None:
    document = paper.paid_on(village, paper.xml(seller="王建国农机经营部"), party="王建国农机经营部")
    assert said(village, document) == {"INV-21": Severity.WARNING}


def test_the_seller_is_an_officers_firm_by_the_register_alone(village: Village) -> None:
    from villagebook.domain.roster import Outsider, OutsiderKind
    from villagebook.services.registers import roster

    firm = Outsider("W001", "县 农机公司", OutsiderKind.SUPPLIER, holder="李秀英")
    roster.save(village.book, firm, at(DAY), new=True)
    assert said(village, paper.paid_on(village, paper.xml())) == {"INV-21": Severity.WARNING}


def test_a_correction_stands_on_the_same_paper_and_uses_no_number_twice(village: Village) -> None:
    from villagebook.services.vouchers import voucher_drafts

    for first in (
        paper.paid_on(village, paper.xml()),
        payment(village, 700, support_no="25372000004444444444"),
    ):
        post(village, first)
        blue = voucher_drafts.correction(village.book, first.id, at(DAY, 14))
        assert (blue.invoices, blue.support_no) == ((), first.support_no)
        assert submit(village, replace(blue, items=(Item("511", 100, "灌溉水泵差价"),))).waiting_for
        assert len(invoices.find(village.book, first.invoices_named[0].told.number)) == 1
    reversing.reverse(village.book, first.id, "付错了对象", DAY, at(DAY, 15))
    again = voucher_drafts.correction(village.book, first.id, at(DAY, 16))
    assert again.support_no == first.support_no
    assert voucher_drafts.emptied(paper.paid_on(village, paper.xml()), DAY).invoices == ()


HOSTILE = {
    "entities": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><EInvoice>&b;</EInvoice>',
    "depth": b"<a>" * 100 + b"</a>" * 100,
    "elements": b"<a>" + b"<b/>" * 60_000 + b"</a>",
    "broken": b"<EInvoice><Header>",
    "zip bomb": samples.ofd(Doc_0__Attachs__a="0" * 40_000_000),
    "zip": b"PK\x03\x04 nothing of a zip",
    "picture": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
    + (60_000).to_bytes(4, "big") * 2
    + b"\x08\x02\x00\x00\x00\x00\x00\x00\x00",
    "text": b"no invoice at all",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_a_sentence_and_the_book_is_as_it_was(
    village: Village, tmp_path: Path, name: str
) -> None:
    path = paper.write(tmp_path, HOSTILE[name], "发票.ofd")
    before = (village.book.head(), village.book.path.read_bytes())
    with pytest.raises(KnownError) as caught:
        invoice_files.look(path)
    assert "发票.ofd" in caught.value.text
    assert (village.book.head(), village.book.path.read_bytes()) == before


def test_names_inside_an_archive_lead_nowhere(village: Village, tmp_path: Path) -> None:
    data = samples.ofd(OFD=samples.CUSTOM, **{"..__..__evil": "<a/>", "__etc__x": paper.xml().decode()})
    looked = invoice_files.look(paper.write(tmp_path, data, "..%2f发票.ofd"))
    invoice_files.keep(village.book, looked)
    assert not (tmp_path.parent / "evil.xml").exists()
    assert looked.data == data


def test_a_file_without_an_invoice_is_a_paper_like_any_other(tmp_path: Path) -> None:
    looked = invoice_files.look(paper.write(tmp_path, b"<note>hello</note>", "a.xml"))
    assert looked.invoices == ()


def picture(text: str) -> bytes:
    """A photo of paper with this code on it."""
    import segno

    out = io.BytesIO()
    segno.make(text, error="m").save(out, kind="png", scale=8, border=4)
    return out.getvalue()


def test_the_code_on_a_photo_is_read_and_held_against_what_was_typed(village: Village) -> None:
    looked = invoice_files.look_at(picture(f"01,32,,{paper.NUMBER},500.00,20250110,,f8be"), "photo.png")
    assert looked.media_type == "image/jpeg"
    kept, (booked,) = invoice_files.keep(village.book, looked)
    assert (booked.carrier, booked.told.total_fen) == (Carrier.QR, 50_000)
    told = replace(booked.told, seller=paper.SELLER, buyer=NAME)
    right = replace(payment(village, 50_000), invoices=(replace(booked, told=told),), attachments=(kept,))
    assert said(village, right) == {"INV-25": Severity.HINT}  # a photo is no XML
    wrong = replace(right, invoices=(replace(booked, told=replace(told, issued_on=date(2025, 1, 8))),))
    assert said(village, wrong)["INV-12"] is Severity.HOLD
