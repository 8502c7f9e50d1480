"""From a statement down to the accounts and the vouchers, and back with Esc."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from villagebook.domain.finding import Severity
from villagebook.services.by import today
from villagebook.ui.main_window import MainWindow
from villagebook.ui.models.table_model import TableModel
from villagebook.ui.pages.reading.books import BooksPage


def items(page: BooksPage) -> list[str]:
    model = page.table.values()
    assert isinstance(model, TableModel)
    return [str(model.cells(row)[1]).strip("　") for row in range(model.rowCount())]


def test_a_line_of_the_balance_sheet_opens_its_accounts_then_their_entries(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.go("page:books")
    page = window.page()
    assert isinstance(page, BooksPage)
    page.which.set_value("balance-sheet")
    page.period.set_value(f"{today():%Y-%m}")
    assert items(page)[:2] == ["Current assets", "Money"]
    page.table.opened.emit("statement:balance-sheet:1")
    assert items(page) == ["Cash on hand", "Bank deposits"]
    page._close_voucher()
    assert items(page)[1] == "Money"
    page.table.opened.emit("account:101")
    assert (page.which.value(), page.account.code()) == ("detail-ledger", "101")
    model = page.table.values()
    vouchers = [model.target(row) for row in range(model.rowCount()) if model.target(row)]
    page.table.opened.emit(vouchers[0])
    assert page.voucher.isVisible()
    page._close_voucher()
    assert page.which.value() == "detail-ledger"
    assert page.findings.findings() == (), "what the statement said went with it"


def test_the_statements_of_the_sample_book_agree(window: MainWindow) -> None:
    window.go("page:books")
    page = window.page()
    assert isinstance(page, BooksPage)
    for name in ("balance-sheet", "income"):
        page.which.set_value(name)
        assert [f for f in page.findings.findings() if f.severity is not Severity.HINT] == []
