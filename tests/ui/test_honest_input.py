"""Nothing that was typed and cannot be read is ever recorded as something else: every form of every page is tried."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QPushButton, QTabWidget, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from tests.ui.naming import nameless
from villagebook.ui import problems
from villagebook.ui.main_window import MainWindow
from villagebook.ui.navigation import ENTRIES
from villagebook.ui.page import Page
from villagebook.ui.pages.board.board_dialogs import PlacesDialog
from villagebook.ui.pages.entering.invoice_form import InvoiceForm
from villagebook.ui.pages.month_end.bank_window import BankWindow
from villagebook.ui.pages.month_end.closing import ClosingPage
from villagebook.ui.pages.reading.book_choices import BookChoices
from villagebook.ui.pages.registering.list_window import ListWindow
from villagebook.ui.pages.setting_up.policy_editor import PolicyEditor
from villagebook.ui.pages.voucher_list.voucher_filters import VoucherFilters
from villagebook.ui.session import Session
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.forms import Form, card
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.typed import form_around, unread_in

GARBAGE = "2-31x"
KINDS = (DateEdit, MoneyLine, AccountPicker, LinkPicker)

NOT_RECORDED = (VoucherFilters, BookChoices)
"""What only narrows or chooses what is shown: no verb records it, the field itself is marked."""


@pytest.fixture
def still(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """No window opens and nobody is led away."""
    monkeypatch.setattr(Session, "go", lambda *_args: None)
    monkeypatch.setattr(QDialog, "exec", lambda _self: 0)
    monkeypatch.setattr(QDialog, "open", lambda _self: None)
    monkeypatch.setattr(QDialog, "show", lambda _self: None)
    monkeypatch.setattr(Page, "in_background", lambda *_args, **_more: None)
    monkeypatch.setattr(problems, "ask", lambda *_args: False)
    for name in ("getOpenFileName", "getSaveFileName", "getOpenFileNames"):
        monkeypatch.setattr(QFileDialog, name, lambda *_args, **_more: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args, **_more: "")


def pages(window: MainWindow) -> Iterator[tuple[str, Page]]:
    """Every page with all its tabs built."""
    for entry in ENTRIES:
        window.go(f"page:{entry.code}")
        page = window.page()
        for _level in range(2):  # tabs within tabs are built with their tab
            for tabs in page.findChildren(QTabWidget):
                for at in range(tabs.count()):
                    tabs.setCurrentIndex(at)
        yield entry.code, page


def around(field: QWidget) -> Iterator[QWidget]:
    """What a field stands in, from the nearest outwards."""
    above = field.parentWidget()
    while above is not None:
        yield above
        above = above.parentWidget()


def bring_out(field: QWidget, form: QWidget) -> None:
    """Show and unlock a field that its form shows only at times."""
    inside = True
    for widget in (field, *around(field)):
        inside = inside and widget is not form
        widget.setEnabled(True)
        if inside and not widget.isVisibleTo(form):
            widget.setVisible(True)


def verbs_of(form: QWidget) -> list[QPushButton]:
    """The buttons that record something: the main ones, or what is neither a link, nor a way to another window."""
    found = [
        b
        for b in form.findChildren(QPushButton)
        if not (b.isCheckable() or b.menu() is not None or b.text() in ("×", ""))
        and b.property("role") != "link"
        and not any(panel.isAncestorOf(b) for panel in form.findChildren(FindingsPanel))
    ]
    return [b for b in found if b.property("role") == "main"] + [
        b for b in found if b.property("role") != "main"
    ]


def said_by(page: Page) -> str:
    """Everything any panel of the page says now."""
    return " ".join(f.text for panel in page.findChildren(FindingsPanel) for f in panel.findings())


def test_every_field_and_table_of_every_page_has_a_name_that_is_read_aloud(window: MainWindow) -> None:
    found = {f"{code}: {line}" for code, page in pages(window) for line in nameless(page)}
    assert not found, "\n".join(sorted(found))


def test_a_form_with_words_that_cannot_be_read_refuses_and_writes_nothing(
    window: MainWindow, session: Session, still: None
) -> None:
    deaf, tried = [], 0
    for code, page in pages(window):
        head = session.book.head()
        for field in page.findChildren(QWidget):
            if not isValid(field) or not isinstance(field, KINDS):
                continue
            if any(isinstance(above, NOT_RECORDED) for above in around(field)):
                continue
            page.findings.clear()
            form = form_around(field)
            bring_out(field, form)
            field.clear()
            field.setText(GARBAGE)
            field.textEdited.emit(GARBAGE)
            told = False
            for press in verbs_of(form):
                press.setEnabled(True)
                press.click()
                if not isValid(field):
                    break
                if GARBAGE in said_by(page):
                    told = True
                    break
            tried += 1
            assert session.book.head() == head, f"{code}: {field.accessibleName()} wrote an event"
            if not told:
                owners = [type(above).__name__ for above in around(field)]
                deaf.append(f"{code}: {type(field).__name__} “{field.accessibleName()}” in {owners[:4]}")
            field.clear()
            if isinstance(field, DateEdit):
                field.set_day(session.today)
    assert tried > 100
    assert not deaf, "\n".join(deaf)


def test_all_wrong_fields_of_a_form_are_told_at_once_with_their_names_and_the_first_has_the_focus(
    qtbot: QtBot,
) -> None:
    box, column = card()
    form, panel = Form(), FindingsPanel()
    day, amount, note = DateEdit(date(2026, 11, 3)), MoneyLine(), QLineEdit()
    form.row("日期(&D)", day)
    form.row("&Amount", amount)
    form.row("Note", note)
    column.addLayout(form)
    qtbot.addWidget(box)
    box.show()
    day.setText("2-31")
    amount.setText("12元5")
    note.setText("anything")
    assert not panel.reads(day)
    first, second = (f.text for f in panel.findings())
    assert first.startswith("日期:")
    assert "2-31" in first
    assert second.startswith("Amount:")
    assert "12元5" in second
    assert day.property("wrong")
    assert amount.property("wrong")
    day.setText("2-28")
    amount.setText("12.5")
    assert panel.reads(amount)


def test_an_emptied_day_is_asked_for_where_one_stood_and_left_alone_where_it_may_be_missing(
    qtbot: QtBot,
) -> None:
    box, column = card()
    needed, optional = DateEdit(date(2026, 11, 3)), DateEdit()
    column.addWidget(needed)
    column.addWidget(optional)
    qtbot.addWidget(box)
    needed.clear()
    assert [one.field for one in unread_in(box)] == [needed]
    with pytest.raises(ValueError, match="no"):
        needed.given()


def test_what_a_form_does_not_show_is_not_asked(qtbot: QtBot) -> None:
    box, column = card()
    day = DateEdit(date(2026, 11, 3))
    column.addWidget(day)
    qtbot.addWidget(box)
    day.setText("x")
    day.setVisible(False)
    assert not unread_in(box)


def test_windows_of_one_verb_refuse_as_forms_do(window: MainWindow, session: Session, qtbot: QtBot) -> None:
    """Posting and taking down are asked in windows of their own."""
    window.go("page:notice")
    dialog = PlacesDialog(window.page())
    qtbot.addWidget(dialog)
    day = DateEdit(session.today)
    dialog.form.row("&Day", day)
    dialog.name.setCurrentText("东头")
    day.setText(GARBAGE)
    head = session.book.head()
    dialog.main.click()
    assert session.book.head() == head
    assert GARBAGE in dialog.trouble.text()


def test_what_keeps_a_month_open_is_said_once(window: MainWindow, session: Session) -> None:
    window.go("page:close")
    page = window.page()
    assert isinstance(page, ClosingPage)
    page.close_button.click()
    said = [f for panel in page.findChildren(FindingsPanel) for f in panel.findings()]
    assert any(f.severity.stops for f in said)
    assert len(said) == len(set(said))


def test_windows_beside_a_page_refuse_as_its_forms_do(
    window: MainWindow, session: Session, qtbot: QtBot, still: None
) -> None:
    window.go("register:lists")
    page = window.page()
    head = session.book.head()
    bank = BankWindow(session, ("IN",), "Basic account", lambda: ())
    bank.day.setText(GARBAGE)
    bank.sign_sheet()
    payees = ListWindow(page, None, lambda _code: None)
    payees.to_on.setText(GARBAGE)
    payees.save.click()
    editor = PolicyEditor(page)
    editor.day.setText(GARBAGE)
    editor.write(Path("nowhere.json"))
    for opened in (bank, payees, editor):
        opened.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(opened)
        told = [f.text for f in opened.findings.findings()]
        assert any(GARBAGE in text for text in told), (type(opened).__name__, told)
    assert session.book.head() == head


def test_an_invoice_with_a_day_that_is_none_is_not_entered(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    form = InvoiceForm(page)
    form.number.setText("12345678")
    form.issued_on.setText(GARBAGE)
    entered: list[object] = []
    form.entered.connect(entered.append)
    form._done()
    assert not entered
    assert GARBAGE in form.problem.text()
