"""A month in the life of a village, from an empty book to the board and the stick, to the cent.

Read it from top to bottom: each step is what somebody in the village does on that day.
"""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest

from tests.builders import CODE, NAME, POSTS, Village, at, ids_of, marks, pieces
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import stopping
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.voucher import DocKind
from villagebook.services import by
from villagebook.services.approvals import signing, slips
from villagebook.services.banking import counting
from villagebook.services.book_file.books import place_balances
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.disclosure import notices
from villagebook.services.handing_over import handover
from villagebook.services.home import home
from villagebook.services.offices import people, receipt_books
from villagebook.services.period_end import checking, closing
from villagebook.services.vouchers import documents, receipts

MARCH = Period(2025, 3)


def day(number: int) -> date:
    return date(2025, 3, number)


def photographed(pdf: bytes) -> bytes:
    """The printed sheet, signed with a pen, as a telephone sees it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    out = io.BytesIO()
    document[0].render(scale=110 / 72).to_pil().convert("RGB").save(out, "JPEG", quality=70)
    document.close()
    return out.getvalue()


def sign_on_paper(village: Village, document_id: str, on: date) -> str:
    """Print the slip, let everybody sign, drop the photo in, tick the slots; returns the voucher's number."""
    photo = photographed(slips.slip_pdf(village.book, (document_id,)))
    taken = slips.take_in(village.book, photo, "IMG_0001.jpg", at(on))
    assert taken.documents == (document_id,)
    given = marks(village, document_id, on)
    return signing.sign_ink(village.book, document_id, given, taken.photo, at(on, 16)).label


def bill(village: Village, fen: int, on: date, what: str, **changes: str) -> Document:
    return Document(
        by.new_id(),
        DocKind.PAYMENT,
        on,
        what,
        party=changes.get("party", "县农机公司"),
        place=changes.get("place", "EX"),
        items=(Item("511", fen, what),),
        support=Support.INVOICE,
        support_no=f"2531{fen}",
        paper_count=1,
        handler=village.ids["handler"],
        enclosed=("quotes",),
        excuse=changes.get("why", ""),
    )


def between(source: str, target: str, fen: int, on: date, handler: str, *listed: str) -> Document:
    support = Support.BANK_ADVICE if listed else Support.MINUTES
    return Document(
        by.new_id(), DocKind.TRANSFER, on, "资金划转", place=source, to_place=target, amount_fen=fen,
        receipts=listed, support=support, support_no="2025-3", paper_count=1, handler=handler,
    )  # fmt: skip


def test_a_month_goes_from_the_first_receipt_to_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))

    # A new book, one bank account at the bank, two lines in it; the people; the receipt book.
    opening = tmp_path / "opening.csv"
    opening.write_text("科目,资金,往来,借方,贷方\n102,IN,,80000.00,\n301,,,,80000.00\n", encoding="utf-8-sig")
    new = NewBook(NAME, CODE, MARCH, LineMode.ONE_ACCOUNT, opening=opening)
    book = create_book(tmp_path / "baiyang.vbook", new, at(day(1)))
    assert {"HOME-05", "HOME-06"} <= set(ids_of(home(book, day(1)).todos))
    ids = {}
    for key, (name, post) in POSTS.items():
        ids[key] = people.add_person(book, name, at(day(1)))
        if post:
            people.give_post(book, ids[key], post, day(1), at(day(1)))
    receipt_books.draw(book, ReceiptBook("", "村集体收款收据", 1, 50, 4, ids["clerk"], day(1)), at(day(1)))
    village = Village(book, ids, tmp_path)

    # 3 March: pond rent in cash, receipt 0001; the same afternoon it is banked.
    rent = Document(
        by.new_id(), DocKind.RECEIPT, day(3), "鱼塘承包费", party="何老四", place="RC",
        items=(Item("501", 123_450, "鱼塘承包费"),), support=Support.RECEIPT,
        receipt_no=receipts.next_receipt_no(book), paper_count=1,
    )  # fmt: skip
    assert rent.receipt_no == "0001"
    assert documents.submit(book, rent, at(day(3))).label == "收-0001"
    assert place_balances(book, day(3))["RC"] == 123_450
    deposit = between("RC", "IN", 123_450, day(3), ids["clerk"], rent.id)
    assert documents.submit(book, deposit, at(day(3), 15)).label == "转-0001"

    # Nobody pays out of takings or straight from the income line, however small the bill.
    for place, error_id in (("RC", "E2L-10"), ("IN", "E2L-20")):
        with pytest.raises(Refused) as refused:
            documents.submit(book, bill(village, 100, day(3), "购买铁锹两把", place=place), at(day(3)))
        assert error_id in ids_of(refused.value.findings)

    # 5 March: the appropriation for the month, signed by handler, supervision, director and accountant.
    appropriation = between("IN", "EX", 1_000_000, day(5), ids["handler"])
    assert documents.submit(book, appropriation, at(day(5))).waiting_for == "Handler"
    assert sign_on_paper(village, appropriation.id, day(5)) == "转-0002"

    # 8 March: a small and a medium payment, signed in ink; the medium one needs the two committees.
    small = bill(village, 86_000, day(8), "灌溉水泵维修")
    medium = bill(village, 320_050, day(8), "购买灌溉水泵一台")
    for document, slots in ((small, "H W C S D P A"), (medium, "H W C S M2 D P A")):
        documents.submit(book, document, at(day(8)))
        view = documents.document_view(book, document.id)
        assert " ".join(s.slot.code for s in view.slot_states) == slots
    assert sign_on_paper(village, small.id, day(9)) == "付-0001"
    assert sign_on_paper(village, medium.id, day(9)) == "付-0002"

    # 12 March: supervision says no to a bill, and it is never paid.
    vetoed = bill(village, 45_000, day(12), "购买对讲机十部", party="县通信设备公司")
    documents.submit(book, vetoed, at(day(12)))
    signing.reject(book, vetoed.id, ids["head"], "没有采购计划", at(day(12)))
    with pytest.raises(Refused):
        documents.submit(book, vetoed, at(day(13)))

    # 21 March: the bank credits its interest.
    interest = Document(
        by.new_id(), DocKind.RECEIPT, day(21), "活期存款利息", party="农商行", place="IN",
        items=(Item("504", 321, "活期存款利息"),), support=Support.BANK_ADVICE, support_no="LX0321", paper_count=1,
    )  # fmt: skip
    assert documents.submit(book, interest, at(day(21))).label == "收-0002"

    # 31 March: what lies where, to the cent; the till is counted, the bank compared, the month closed.
    held = place_balances(book, day(31))
    assert held == {
        "RC": 0,
        "IN": 8_000_000 + 123_450 + 321 - 1_000_000,
        "EX": 1_000_000 - 86_000 - 320_050,
        "IM": 0,
    }
    with pytest.raises(Refused) as refused:
        closing.close(book, MARCH, at(day(31)))
    assert ids_of(refused.value.findings) == ["E2L-29", "E2L-45"]
    till = counting.CashCount("RC", day(31), pieces(0), 0, "", ids["cashier"], ids["supervisor"])
    assert counting.record_count(book, till, at(day(31), 17)) == 0
    bank = counting.BankStatement(("IN", "EX"), day(31), 7_717_721, (), ids["accountant"])
    assert counting.record_statement(book, bank, at(day(31), 17)) == 0
    assert closing.close(book, MARCH, at(day(31), 18)) == ()

    # The notice: nobody chooses lines; two of supervision review it, then it hangs.
    compiled = notices.compile_notice(book, Span.of(MARCH), day(31))
    figures = (compiled.opening_fen, compiled.income_fen, compiled.spending_fen, compiled.closing_fen)
    assert figures == (8_000_000, 123_771, 406_050, 7_717_721)
    assert (compiled.rejected_count, compiled.rejected_fen) == (1, 45_000)
    assert [line.voucher for line in compiled.lines] == ["收-0001", "付-0001", "付-0002", "收-0002"]
    assert [line.voucher for line in compiled.transfers] == ["转-0001", "转-0002"]
    notice_id = notices.submit_notice(book, Span.of(MARCH), at(day(31), 19))
    sheet = photographed(notices.final_pdf(book, notice_id, "A4"))
    photo = slips.take_in(book, sheet, "review.jpg", at(day(31), 20)).photo
    reviewed = tuple(signing.InkMark("S", ids[k], day(31)) for k in ("head", "supervisor"))
    assert signing.sign_ink(book, notice_id, reviewed, photo, at(day(31), 20)).label == compiled.number
    assert notices.final_pdf(book, notice_id, "A4") == notices.final_pdf(book, notice_id, "A4")
    assert dict(closing.period_states(book))[MARCH] == "disclosed"

    # The stick: one package, read back, verified by the township with nothing but the file.
    stick = tmp_path / "stick"
    stick.mkdir()
    made = handover.export(book, stick, at(day(31), 21))
    assert stopping(checking.verify(made.path)) == ()
    assert checking.check_book(book) == ()
    assert {s.code: s.state for s in home(book, date(2025, 4, 1)).steps}["handover"] == "done"
    book.close()
