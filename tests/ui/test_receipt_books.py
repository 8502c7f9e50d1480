"""A receipt book's life in the window, and takings that lie in the drawer on the first page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.builders import at, make_village, receive
from tests.ui.conftest import dress
from tests.ui.samples import person
from villagebook.domain.document import Attachment
from villagebook.domain.receipts import BookState
from villagebook.services import files, home
from villagebook.services.book_file import books
from villagebook.services.offices import receipt_books
from villagebook.services.vouchers import receipts
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.receipt import ReceiptPage
from villagebook.ui.pages.home import HomePage
from villagebook.ui.pages.offices.people import PeoplePage
from villagebook.ui.pages.offices.receipt_books_tab import ReceiptBooksTab


@pytest.fixture
def tab(window: MainWindow) -> ReceiptBooksTab:
    dress("en")
    window.go("page:people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    page.tabs.setCurrentWidget(page.receipts)
    return page.receipts


def said(tab: ReceiptBooksTab) -> list[str]:
    return [f.id for f in tab.page.findings.findings()]


def copies(book: books.Book, n: int) -> tuple[Attachment, ...]:
    return tuple(files.store_file(book, b"%PDF-1.4 copy " + bytes([65 + i]), f"{i}.pdf") for i in range(n))


def hand_out(tab: ReceiptBooksTab, first: str, last: str) -> None:
    tab.kind.setText("村集体经济组织收据")
    tab.first.setText(first)
    tab.last.setText(last)
    tab.custodian.set_value(person(tab.page.book, "孙丽"))
    tab._issue()


def test_a_book_is_voided_in_handed_back_and_followed_by_the_next(tab: ReceiptBooksTab) -> None:
    book = tab.page.book
    hand_out(tab, "0051", "0100")
    assert said(tab) == ["E2L-07"]
    hand_out(tab, "0040", "0090")
    assert said(tab) == ["E2L-04", "E2L-07"]
    tab.number.setText("2")
    tab.reason.setText("金额写错")
    tab.copies.set_attachments(copies(book, 2))
    tab._void()
    assert said(tab) == ["E2L-06"]
    tab.copies.set_attachments(copies(book, 3))
    tab._void()
    assert said(tab) == []
    assert receipts.next_receipt_no(book) == "0003"
    tab.counter.set_value(person(book, "孙丽"))
    tab.summed.set_fen(120_000)
    tab._hand_back()
    assert said(tab) == ["E2L-42"]
    tab.counter.set_value(person(book, "周敏"))
    tab.summed.set_fen(120_001)
    tab._hand_back()
    assert said(tab) == ["E2L-61"]
    tab.summed.set_fen(120_000)
    tab._hand_back()
    assert receipt_books.standings(book)[0].state is BookState.RETURNED
    hand_out(tab, "0051", "0100")
    assert said(tab) == []
    assert [tab.table.values().index(n, 0).data() for n in (0, 1)] == ["0001–0050", "0051–0100"]


def test_the_next_number_is_offered_when_money_comes_in(window: MainWindow) -> None:
    window.go("page:receipt")
    page = window.page()
    assert isinstance(page, ReceiptPage)
    assert page.number.text() == "0002"


def test_takings_in_the_drawer_stand_on_the_first_page_with_their_days(window: MainWindow) -> None:
    window.go("page:home")
    page = window.page()
    assert isinstance(page, HomePage)
    texts = [f.text for f in page.todos.findings()]
    assert any("Receipt 0001" in t and "in the drawer for 0 days" in t for t in texts)


def test_the_days_grow_until_the_money_is_banked(tmp_path_factory: pytest.TempPathFactory) -> None:
    village = make_village(tmp_path_factory.mktemp("village"))
    day = date(2025, 1, 3)
    receive(village, 50_000, day, place="RC")
    receive(village, 20_000, day + timedelta(days=2), place="RC")
    found = [f for f in home.home(village.book, day + timedelta(days=5)).todos if f.id == "E2L-12"]
    assert [f.text.split("for ")[1].split(" day")[0] for f in found] == ["5", "3"]
    assert [f.target.split(":")[0] for f in found] == ["receipt", "receipt"]
    from tests.builders import bank

    bank(village, day + timedelta(days=5), excuse="银行停业两天")
    assert [
        f for f in home.home(village.book, at(day).day + timedelta(days=5)).todos if f.id == "E2L-12"
    ] == []
    village.book.close()
