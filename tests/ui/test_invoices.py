"""Invoices in the window: dropped files fill the form, differences are taken over, the register leads to original and voucher."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests import invoices as paper
from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from tests.ui.samples import blank_payment, by, person
from villagebook.domain.booked_invoice import Result
from villagebook.domain.document import Item, Support
from villagebook.services.by import today
from villagebook.services.invoicing import invoice_files, invoice_tables, invoices
from villagebook.services.vouchers import documents
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.invoice_view import InvoiceView
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.registering.invoices_tab import InvoicesTab

SELLER = "县新华书店"
NUMBER = f"{today():%y}37200001234567890"[:20].ljust(20, "1")


def door(window: MainWindow) -> PaymentPage:
    window.go("page:payment")
    page = window.page()
    assert isinstance(page, PaymentPage)
    return page


def drop(qtbot: QtBot, page: PaymentPage, *files: Path) -> None:
    page.invoices.read_files(list(files))
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=10_000)


def invoice(tmp_path: Path, number: str = NUMBER, fen: int = 4_680, name: str = "a.xml") -> Path:
    data = paper.xml(number, fen, today(), seller=SELLER, item="*纸制品*复印纸")
    return paper.write(tmp_path, data, name)


def send_in(window: MainWindow) -> str:
    """A payment on an invoice that waits for signatures."""
    book = window.page().book
    looked = invoice_files.look_at(
        paper.xml(NUMBER, 4_680, today(), seller=SELLER, item="*纸制品*复印纸"), "a.xml"
    )
    kept, papers = invoice_files.keep(book, looked)
    made = replace(blank_payment(book, today()), support_no="", invoices=papers, attachments=(kept,))
    documents.submit(book, made, by())
    return made.id


def test_a_dropped_invoice_fills_what_is_empty_and_the_payment_goes_out(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    page = door(window)
    drop(qtbot, page, invoice(tmp_path))
    made = page.collect()
    assert (made.party, made.total_fen, made.support_no) == (SELLER, 4_680, NUMBER)
    assert (made.summary, made.event_on, len(made.attachments)) == ("复印纸", today(), 1)
    assert page.invoices._told == ()
    page.summary.setText("付办公用纸款")
    page.items.set_items((replace(made.items[0], account="513"),))
    page.place.set_value("EX")
    page.handler.set_value(person(page.book, "刘长河"))
    page.save()
    assert [f.id for f in page.beside.findings.findings()] == []
    assert len(invoices.find(page.book, NUMBER)) == 1
    drop(qtbot, page, invoice(tmp_path))
    page.preview()
    (used,) = [f for f in page.beside.findings.findings() if f.id == "INV-02"]
    assert used.target.startswith("document:")


def test_what_was_typed_stays_until_the_button_takes_it_from_the_invoice(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    page = door(window)
    page.party.setText("县印刷厂")
    drop(qtbot, page, invoice(tmp_path))
    assert page.collect().party == "县印刷厂"
    (told,) = page.invoices._told
    assert told.field == "party"
    line = page.invoices._differences.itemAt(0)
    assert line is not None
    shown = line.widget()
    assert shown is not None
    shown.findChildren(QPushButton)[0].click()
    assert page.collect().party == SELLER
    assert page.invoices._told == ()


def test_a_second_invoice_adds_its_line_and_taking_one_out_takes_its_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    page = door(window)
    other = invoice(tmp_path, NUMBER[:-4] + "9999", 1_000, "b.xml")
    drop(qtbot, page, invoice(tmp_path), other)
    assert page.collect().total_fen == 5_680
    assert len(page.collect().attachments) == 2
    page.invoices._remove(0)
    made = page.collect()
    assert [p.told.number for p in made.invoices] == [NUMBER[:-4] + "9999"]
    assert len(made.attachments) == 1


def test_a_hostile_file_is_told_in_words_and_the_others_are_read(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    dress("en")
    page = door(window)
    drop(qtbot, page, paper.write(tmp_path, b"PK\x03\x04", "bad.ofd"), invoice(tmp_path))
    (problem,) = page.findings.findings()
    assert "bad.ofd" in problem.text
    assert len(page.collect().invoices) == 1


def test_an_invoice_is_typed_and_its_kind_is_seen_by_its_number(window: MainWindow) -> None:
    dress("en")
    page = door(window)
    page.invoices._edit(None)
    form = page.invoices.form
    form._done()
    assert not form.problem.isHidden()
    form.code.setText("037002500111")
    form.number.setText("12345678")
    form._guess_kind()
    assert form.kind.value() == "vat-e-ordinary"
    form.total.set_fen(8_800)
    form.seller.setText(SELLER)
    form._done()
    (typed,) = page.collect().invoices
    assert (typed.told.code, typed.told.total_fen, typed.sha256) == ("037002500111", 8_800, "")
    assert page.collect().total_fen == 8_800


def test_a_card_is_tried_and_forgotten(window: MainWindow) -> None:
    dress("en")
    page = door(window)
    assert page.card.isHidden()
    page.support.kind.set_value(Support.PERSON_RECEIPT.value)
    assert not page.card.isHidden()
    page.card.line.setText("11010519491231002X")
    page.card.line.editingFinished.emit()
    assert (page.card.line.text(), page.collect().id_tail) == ("", "2X")
    page.card.line.setText("110105194912310021")
    page.card.line.editingFinished.emit()
    assert page.collect().id_tail == ""


def test_the_register_narrows_leads_to_the_document_and_opens_the_original(window: MainWindow, qtbot) -> None:
    dress("en")
    window.go("page:payment")
    ident = send_in(window)
    window.go(f"register:invoices/{ident}/1")
    tab = window.findChildren(InvoicesTab)[0]
    assert tab._known is not None
    assert tab._known.document_id == ident
    tab.search.setText("nothing like it")
    qtbot.waitUntil(lambda: tab.table.values().rowCount() == 0)
    tab.search.setText(SELLER)
    qtbot.waitUntil(lambda: tab.table.values().rowCount() == 1)
    tab.wanted.set_value(invoice_tables.TWICE)
    assert tab.table.values().rowCount() == 0
    tab.open_entry(NUMBER)
    tab._open_original()
    (view,) = tab.page.findChildren(InvoiceView)
    assert NUMBER in view.words.toPlainText()
    view.close()
    tab.result.set_value(Result.AGREES.value)
    tab.person.setText("郑卫东")
    tab._record()
    assert tab.page.findings.findings() == ()
    assert invoice_tables.to_verify(tab.page.book, tab._span()).rows == ()
    tab.names.setText("清水镇白杨村股份经济合作社")
    tab.tax_ids.setText("91350100M000100Y44")
    tab._name()
    assert [f.id for f in tab.page.findings.findings()] == ["INV-07"]
    tab.open_entry(NUMBER)
    tab._go()
    assert window.code() == "sign"


def test_answers_are_read_in_and_bad_ones_are_told(window: MainWindow, tmp_path: Path) -> None:
    dress("en")
    window.go("page:payment")
    send_in(window)
    window.go("register:invoices/x")
    tab = window.findChildren(InvoicesTab)[0]
    day = today().isoformat()
    tab.take_answers(
        paper.write(tmp_path, f"number,result,checked_on,person\n{NUMBER},?,{day},Z\n".encode(), "a.csv")
    )
    assert [f.id for f in tab.page.findings.findings()] == ["IMP-80"]
    tab.take_answers(
        paper.write(
            tmp_path, f"number,result,checked_on,person\n{NUMBER},一致,{day},郑卫东\n".encode(), "b.csv"
        )
    )
    assert tab.page.findings.findings() == ()
    assert "agreed" in str(tab.table.values().index(0, 5).data())


@pytest.mark.parametrize(("language", "size"), [("zh_CN", "normal"), ("en", "large"), ("en", "very-large")])
def test_nothing_is_cut_where_invoices_are_shown(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, language: str, size: str
) -> None:
    dress(language, size)
    window.go("page:home")
    fresh = MainWindow(window.session)
    qtbot.addWidget(fresh)
    fresh.resize(1366, 768)
    fresh.show()
    page = door(fresh)
    page.items.set_items((Item("513", 1, "x"),))
    page.party.setText("县印刷厂")
    drop(qtbot, page, invoice(tmp_path))
    qtbot.wait(50)
    found = cut_texts(fresh)
    fresh.go("register:invoices/x")
    qtbot.wait(50)
    problems = [*found, *cut_texts(fresh)]
    assert not problems, "\n".join(problems)
