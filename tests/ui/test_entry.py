"""Typing like a bookkeeper: the keyboard alone suffices, and nothing typed is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.samples import blank_payment, person, wide
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.roster import Outsider, OutsiderKind
from villagebook.services.approvals import sign_queue
from villagebook.services.book_file import books
from villagebook.services.by import now, today
from villagebook.services.registers import roster
from villagebook.services.vouchers import documents, receipts
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.adjustment import AdjustmentPage
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.entering.receipt import ReceiptPage
from villagebook.ui.pages.entering.transfer import TransferPage

ENTER = Qt.Key.Key_Return


def focus() -> QWidget:
    """The widget that has the keyboard."""
    found = QApplication.focusWidget()
    assert found is not None
    return found


def type_line(qtbot: QtBot, words: str) -> None:
    """Type into whatever has the focus, Chinese as an input method commits it, then Enter."""
    if words.isascii():
        qtbot.keyClicks(focus(), words)
    else:
        commit = QInputMethodEvent()
        commit.setCommitString(words)
        QApplication.sendEvent(focus(), commit)
    qtbot.keyClick(focus(), ENTER)


@pytest.fixture
def payment(qtbot: QtBot, window: MainWindow) -> PaymentPage:
    qtbot.keyClick(window, Qt.Key.Key_3, Qt.KeyboardModifier.ControlModifier)
    page = window.page()
    assert isinstance(page, PaymentPage)
    return page


def test_a_payment_is_entered_and_sent_to_signing_without_the_mouse(
    qtbot: QtBot, window: MainWindow, payment: PaymentPage, book: books.Book
) -> None:
    assert focus() is payment.party
    type_line(qtbot, "县新华书店")
    assert focus() is payment.summary
    type_line(qtbot, "付办公用纸款")
    assert focus() is payment.items.first().account
    type_line(qtbot, "513")
    assert focus() is payment.items.first().amount
    type_line(qtbot, "2*23.40")
    assert payment.items.first().amount.text() == "46.80"
    payment.support.number.setFocus()
    type_line(qtbot, "25372000000012345678")
    assert focus() is payment.handler
    payment.handler.set_value(person(book, "刘长河"))
    payment.papers.set_value(1)
    qtbot.keyClick(focus(), Qt.Key.Key_F6)
    assert [f.text for f in payment.beside.findings.findings() if f.severity.stops] == []
    waiting = [row.document for row in sign_queue.queue(book, today())]
    assert [(d.party, d.total_fen) for d in waiting] == [("县新华书店", 4680)]
    assert documents.drafts(book) == ()
    assert payment.party.text() == ""
    assert focus() is payment.party
    assert "46.80" in window._status.text()


def test_an_entry_of_a_register_that_saving_takes_is_saved(
    qtbot: QtBot, payment: PaymentPage, book: books.Book
) -> None:
    """F6 from within the field: what it then shows is what the document says."""
    shop = Outsider("W01", "县新华书店", OutsiderKind.SUPPLIER)
    roster.save(book, shop, now("孙丽"), new=True)
    payment.refresh()
    payment.party.setText("县新华书店")
    payment.summary.setText("付办公用纸款")
    item = payment.items.first()
    item.account.set_code("513")
    item.amount.set_fen(4680)
    payment.support.number.setText("25372000000012345678")
    payment.handler.set_value(person(book, "刘长河"))
    payment.papers.set_value(1)
    item.links.setFocus()
    qtbot.keyClicks(item.links, "w01")
    qtbot.keyClick(item.links, Qt.Key.Key_F6)
    assert [f.text for f in payment.beside.findings.findings() if f.severity.stops] == []
    (waiting,) = (row.document for row in sign_queue.queue(book, today()))
    assert waiting.items[0].links == (Link(LinkKind.OUTSIDER, "W01"),)


def test_what_is_to_be_mended_is_brought_into_a_low_window(
    qtbot: QtBot, window: MainWindow, payment: PaymentPage
) -> None:
    window.resize(960, 600)
    payment.summary.setText("付办公用纸款")
    payment.preview()
    findings = payment.beside.findings
    qtbot.keyClick(focus(), Qt.Key.Key_F6)
    assert findings.findings()
    qtbot.waitUntil(
        lambda: findings.visibleRegion().boundingRect().height() == findings.height(), timeout=2000
    )
    payment.begin(keep=False)
    assert not payment.party.visibleRegion().isEmpty()


def test_a_refused_payment_stays_in_the_form_with_every_reason(
    qtbot: QtBot, window: MainWindow, payment: PaymentPage, book: books.Book
) -> None:
    type_line(qtbot, "县新华书店")
    qtbot.keyClick(focus(), Qt.Key.Key_F8)
    assert len([f for f in payment.beside.findings.findings() if f.severity.stops]) > 1
    assert payment.party.text() == "县新华书店"
    assert sign_queue.queue(book, today()) == ()


def test_a_receipt_is_posted_and_the_next_blank_form_has_the_next_number(
    qtbot: QtBot, window: MainWindow, book: books.Book
) -> None:
    window.go("page:receipt")
    page = window.page()
    assert isinstance(page, ReceiptPage)
    assert page.number.text() == "0002"
    type_line(qtbot, "陈桂芳")
    type_line(qtbot, "收机动地承包费")
    type_line(qtbot, "501")
    type_line(qtbot, wide("850") + "。" + wide("5"))
    page.place.set_value("RC")
    page.handler.set_value(person(book, "孙丽"))
    page.papers.set_value(1)
    page.support.number.setText("0002")
    qtbot.keyClick(focus(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert [f.text for f in page.beside.findings.findings() if f.severity.stops] == []
    assert {u.amount_fen for u in receipts.undeposited(book, today())} == {120000, 85050}
    assert page.number.text() == "0003"
    assert focus() is page.party
    assert yuan_text(85050) in window._status.text()


def test_the_form_becomes_a_draft_when_another_page_is_shown(
    qtbot: QtBot, window: MainWindow, payment: PaymentPage, book: books.Book
) -> None:
    type_line(qtbot, "村口小卖部")
    window.go("page:home")
    assert [d.party for d in documents.drafts(book)] == ["村口小卖部"]


def test_the_voucher_is_shown_live_beside_the_form(
    qtbot: QtBot, payment: PaymentPage, book: books.Book
) -> None:
    payment._show(blank_payment(book, today()))
    spoken = payment.beside.face.spoken()
    assert "513" in spoken
    assert "46.80" in spoken
    assert payment.items.words.text() == "肆拾陆元捌角整"


def test_a_finding_opens_the_deposit_with_its_receipt_ticked(
    qtbot: QtBot, window: MainWindow, book: books.Book
) -> None:
    lying = receipts.undeposited(book, today())[0]
    window.go(f"receipt:{lying.document_id}")
    page = window.page()
    assert isinstance(page, TransferPage)
    assert page.collect().receipts == (lying.document_id,)
    assert page.amount.fen() == lying.amount_fen
    page.save()
    assert receipts.undeposited(book, today()) == () or page.beside.findings.findings()


def test_the_grid_balances_flips_and_copies_summaries(
    qtbot: QtBot, window: MainWindow, book: books.Book
) -> None:
    window.go("page:adjustment")
    page = window.page()
    assert isinstance(page, AdjustmentPage)
    first, second = page.grid.rows()[:2]
    first.summary.setFocus()
    type_line(qtbot, "计提折旧")
    type_line(qtbot, "513")
    type_line(qtbot, "300")
    second.summary.setFocus()
    qtbot.keyClicks(second.summary, "..")
    assert second.summary.text() == "计提折旧"
    second.account.set_code("152")
    second.credit.setFocus()
    qtbot.keyClicks(second.credit, "=")
    assert second.credit.fen() == 30000
    assert page.grid.difference() == 0
    qtbot.keyClick(second.credit, Qt.Key.Key_Space)
    assert (second.debit.fen(), second.credit.fen()) == (30000, None)
    assert len(page.grid.rows()) == 3


def test_the_grid_tells_its_next_number_and_what_the_account_under_the_cursor_holds(
    qtbot: QtBot, window: MainWindow, book: books.Book
) -> None:
    window.go("page:adjustment")
    page = window.page()
    assert isinstance(page, AdjustmentPage)
    label = documents.preview(book, page.document, today()).next_label
    assert label in page.beside.number.text()
    row = page.grid.rows()[0]
    row.account.setFocus()
    assert page.beside.account.isHidden()
    qtbot.keyClicks(row.account, "301")
    assert "100,000.00" in page.beside.account.words.text()
    page.grid.rows()[1].summary.setFocus()
    assert page.beside.account.isHidden()
    row.debit.setFocus()
    assert not page.beside.account.isHidden()
    page.beside.account.go.click()
    assert window.code() == "books"


def test_of_several_papers_those_that_are_none_are_named_and_the_others_kept(
    window: MainWindow, tmp_path: Path
) -> None:
    window.go("page:adjustment")
    page = window.page()
    assert isinstance(page, AdjustmentPage)
    for name, data in (("a.pdf", b"%PDF-1.4 bill"), ("b.exe", b"MZ"), ("c.pdf", b"")):
        (tmp_path / name).write_bytes(data)
    page.attachments._drop.dropped.emit([tmp_path / n for n in ("b.exe", "a.pdf", "c.pdf")])
    assert [paper.name for paper in page.attachments.attachments()] == ["a.pdf"]
    told = [f.text for f in page.findings.findings()]
    assert [t.split(" ")[0] for t in told] == ["b.exe", "c.pdf"]


def test_tab_takes_the_marked_account_and_a_code_gets_its_name(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:adjustment")
    page = window.page()
    assert isinstance(page, AdjustmentPage)
    first, second = (row.account for row in page.grid.rows()[:2])
    first.setFocus()
    qtbot.keyClicks(first, "ljzj")  # 累计折旧, and that of biological assets
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert first.code() == "152"
    assert not first.hasFocus()
    second.setFocus()
    qtbot.keyClicks(second, "513")
    qtbot.keyClick(second, Qt.Key.Key_Escape)
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert second.code() == "513"
    assert second.text() != "513"


def test_throwing_a_draft_away_empties_the_form_and_the_book(
    qtbot: QtBot, payment: PaymentPage, book: books.Book
) -> None:
    type_line(qtbot, "写错了")
    payment.keep()
    assert documents.drafts(book)
    payment.discard.click()
    assert documents.drafts(book) == ()
    assert payment.party.text() == ""
