"""The signing page: what waits, ticked from the photo, or refused with a reason."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from tests import builders as b
from tests.ui.conftest import dress
from tests.ui.naming import nameless
from tests.ui.samples import blank_payment, by, person
from villagebook.domain.document import Document
from villagebook.domain.kinship import Kin, Relation
from villagebook.domain.people import PostKind
from villagebook.domain.voucher_query import VoucherQuery
from villagebook.rules import second_look as second_look_rule
from villagebook.services import files, pictures
from villagebook.services.approvals import sign_queue, slips
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.services.offices import kin, people, seals
from villagebook.services.offices.seals import Holding, SealKind
from villagebook.services.vouchers import documents, voucher_search
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.approving.signing import SigningPage
from villagebook.ui.pages.reading.books import BooksPage
from villagebook.ui.pages.voucher_list.vouchers import VouchersPage
from villagebook.ui.preferences import Preferences
from villagebook.ui.session import Session
from villagebook.ui.tasks import Lane
from villagebook.ui.viewer import Viewer

SIGNERS = ("刘长河", "钱丰", "孙丽", "张海涛", "赵玉兰", "王建国", "李秀英", "周敏")


@pytest.fixture
def waiting(book: books.Book) -> Document:
    """A payment that waits for its first signature."""
    document = blank_payment(book, today())
    documents.submit(book, document, by())
    return document


@pytest.fixture
def page(window: MainWindow, waiting: Document) -> SigningPage:
    window.go(f"document:{waiting.id}")
    found = window.page()
    assert isinstance(found, SigningPage)
    return found


def picture() -> bytes:
    """A white sheet; enough for a photo whose code was read elsewhere."""
    image = QImage(600, 400, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(held.data())


def test_what_a_slot_does_not_ask_for_goes_with_the_form(page: SigningPage) -> None:
    """Left without a parent, it would stay for ever, with every document that was looked at."""
    for line in page.ink._lines:
        assert line.who().isVisibleTo(page.ink)
        spare = {line.person, line.reference, line.seal} - {line.who()}
        assert all(part.window() is page.window() and not part.isVisibleTo(page) for part in spare)


def test_signatures_ticked_from_the_photo_post_the_payment(
    qtbot: QtBot, window: MainWindow, page: SigningPage, waiting: Document, book: books.Book
) -> None:
    photo = files.store_file(book, picture(), "slip.png")
    page.ink.remember(photo, (waiting.id,))
    page.refresh()
    page.tabs.setCurrentWidget(page.ink)
    assert len(page.ink._lines) == len(SIGNERS)
    assert not any(line.tick.isChecked() for line in page.ink._lines)
    for line, name in zip(page.ink._lines, SIGNERS, strict=True):
        stood_there = line.person.value() == person(book, name)
        line.person.set_value(person(book, name))
        assert line.tick.isChecked() is not stood_there  # who alone can sign stands there, without the tick
        line.tick.setChecked(True)
    assert page.ink._lines[0].person.value() == waiting.handler
    page.ink.save.click()
    assert page.findings.findings() == ()
    assert QApplication.focusWidget() is page.queue
    assert sign_queue.queue(book, today()) == ()
    view = documents.document_view(book, waiting.id)
    assert view.state == "posted"
    window.go(f"voucher:{view.voucher_id}")
    shown = window.page()
    assert isinstance(shown, VouchersPage)
    assert "46.80" in shown.voucher.face.spoken()
    assert len(shown.voucher.signatures.text().splitlines()) == len(SIGNERS)


def test_the_seal_of_supervision_is_chosen_beside_its_first_signature(qtbot: QtBot, tmp_path: Path) -> None:
    """Where the township asks for one: of two seals none stands there, an only one does; no other slot is asked."""
    village = b.make_village(
        tmp_path, opening={"EX": 20_000_000}, policy={"slot_seals": ["S|supervision-seal"]}
    )
    made = b.payment(village, 50_000)
    b.submit(village, made)
    keeper, kind = village.ids["head"], SealKind.SUPERVISION
    kept = [
        seals.hand_over(village.book, Holding("", kind, name, keeper, b.DAY), b.at(b.DAY))
        for name in ("1号", "2号")
    ]
    session = Session(village.book, Preferences(language="en"), Lane())
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.go(f"document:{made.id}")
    page = window.page()
    assert isinstance(page, SigningPage)
    page.ink.remember(files.store_file(village.book, picture(), "slip.png"), (made.id,))
    page.refresh()
    page.tabs.setCurrentWidget(page.ink)
    asked = [n for n, line in enumerate(page.ink._lines) if line.seal.count()]
    first = next(n for n, line in enumerate(page.ink._lines) if line.slot.code == "S")
    assert asked == [first]
    chosen = page.ink._lines[first].seal
    assert [chosen.itemData(n) for n in range(chosen.count())] == ["", *reversed(kept)]
    for mark, line in zip(b.marks(village, made.id, b.DAY)[: first + 2], page.ink._lines, strict=False):
        line.person.set_value(mark.person_id)
        line.tick.setChecked(True)
    page.ink.save.click()
    assert [f.id for f in page.findings.findings()] == ["AP-86"]
    chosen.set_value(kept[1])
    page.ink.save.click()
    assert page.findings.findings() == ()
    view = documents.document_view(village.book, made.id)
    assert [g.seal for s in view.slot_states for g in s.signatures if s.slot.code == "S"] == [kept[1], ""]
    page.refresh()
    assert "2号" in page.document._slots.text()
    assert not any(line.seal.count() for line in page.ink._lines)
    session.lane.stop()
    village.book.close()


def test_who_held_the_post_on_the_day_of_the_signature_is_offered(
    page: SigningPage, book: books.Book
) -> None:
    """A slip signed on somebody's last day comes in after it."""
    staff, yesterday = books.staff(book), today() - timedelta(days=1)
    post = next(p for p in staff.posts if p.kind is PostKind.CLERK)
    people.end_post(book, post.id, yesterday, by(), decision="镇〔2025〕9号")
    page.refresh()
    (line,) = [one for one in page.ink._lines if one.slot.code == "C"]
    assert not nameless(page), "a person who hears the screen does not know whose signature is asked"
    assert line.person.findData(post.person_id) < 0
    line.day.set_day(yesterday)
    assert line.person.findData(post.person_id) > 0


def test_a_late_slot_and_what_a_key_signs_are_seen_in_very_large_letters(
    page: SigningPage, window: MainWindow
) -> None:
    dress("en", "very-large")
    window.resize(1366, 749)
    window.show()
    page.tabs.setCurrentWidget(page.key)
    QApplication.processEvents()
    titles = [page.queue.values().column(n).key for n in range(3)]
    assert titles == ["summary", "waiting", "late"]
    header = page.queue.horizontalHeader()
    assert sum(header.sectionSize(n) for n in range(3)) <= page.queue.viewport().width()
    below = page.key.height() - page.key.content.mapTo(page.key, page.key.content.rect().topLeft()).y()
    assert below > page.key.height() / 3


def test_a_photo_of_the_printed_slip_finds_its_document(
    qtbot: QtBot, page: SigningPage, waiting: Document, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("photo") / "IMG_0001.png"
    path.write_bytes(pictures.pdf_page_png(slips.slip_pdf(page.book, (waiting.id,)), 0, 1600))
    page.take_in([path])
    assert page.findings.findings() == ()
    assert page.tabs.currentWidget() is page.ink
    assert page.ink.save.isEnabled()
    assert "IMG_0001.png" in page.ink._state.text()


def test_a_photo_without_our_code_is_a_finding(
    qtbot: QtBot, page: SigningPage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("photo") / "cat.png"
    path.write_bytes(picture())
    page.take_in([path])
    assert page.findings.findings()
    assert page.tabs.currentWidget() is page.ink
    assert not page.ink.save.isEnabled()
    assert "cat.png" in page.ink._state.text()
    page.ink.assign.click()
    assert page.ink.save.isEnabled(), "the clerk says which slip a photo without a code shows"
    assert page.ink.assign.isHidden()


def test_a_no_without_a_name_asks_for_it_and_leads_on_to_the_vote(
    qtbot: QtBot, window: MainWindow, page: SigningPage, waiting: Document, book: books.Book
) -> None:
    page.reject.reason.setText("票据与用途不符")
    page.reject._reject()
    assert [f.text for f in page.findings.findings()] == [
        "Choose who says no, and write the reason: both stay in the log."
    ]
    assert len(sign_queue.queue(book, today())) == 1
    window.go("register:resolutions/new")
    (form,) = [b for b in window.page().findChildren(QPushButton) if b.text() == "Record a vote"]
    assert form.isChecked()


def test_a_stored_photo_is_looked_at_in_a_viewer(qtbot: QtBot, page: SigningPage, book: books.Book) -> None:
    from villagebook.ui.pages.entering.papers import show_object
    from villagebook.ui.viewer import Viewer

    show_object(page, files.store_file(book, picture(), "slip.png").sha256)
    (viewer,) = page.findChildren(Viewer)
    assert not viewer.view._picture.pixmap().isNull()
    viewer.close()


def test_supervision_says_no_with_a_reason(
    qtbot: QtBot, page: SigningPage, waiting: Document, book: books.Book
) -> None:
    page.reject.person.set_value(person(book, "张海涛"))
    page.reject.reason.setText("价格高于市价")
    page.reject._reject()
    assert page.findings.findings() == ()
    assert documents.document_view(book, waiting.id).state == "rejected"


def test_after_the_last_document_the_cursor_is_on_the_empty_list(
    qtbot: QtBot, window: MainWindow, page: SigningPage
) -> None:
    """With nothing left to sign, what stands beside the list rests; the keys of the page go on working."""
    back = next(b for b in page.document.findChildren(QPushButton) if "back to the drafts" in b.text())
    back.setFocus()
    qtbot.keyClick(back, Qt.Key.Key_Space)
    assert not back.isEnabled()
    qtbot.waitUntil(lambda: window.focusWidget() is page.queue, timeout=1000)


def test_the_slips_open_in_a_viewer(qtbot: QtBot, page: SigningPage) -> None:
    from villagebook.ui.viewer import Viewer

    page._print()
    viewers = page.findChildren(Viewer)
    assert len(viewers) == 1
    assert not viewers[0].view._picture.pixmap().isNull()
    viewers[0].close()


def test_a_posted_voucher_is_undone_by_a_red_one(qtbot: QtBot, window: MainWindow, book: books.Book) -> None:
    window.go("page:books")
    page = window.page()
    assert isinstance(page, BooksPage)
    page.which.set_value("vouchers")
    model = page.table.values()
    assert model.rowCount() == 1
    page.table.selectRow(0)
    page._open(page.table.target())
    page.voucher.reason.setText("收据金额写错")
    page.voucher.acts._reverse()
    assert page.findings.findings() == ()
    assert len(voucher_search.search(book, VoucherQuery())) == 2
    assert not page.voucher.reverse_box.isVisible()


def test_a_large_payment_is_compared_by_a_second_person_after_the_picture_was_opened(
    qtbot: QtBot, page: SigningPage, waiting: Document, book: books.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(second_look_rule, "LIMIT", "supervision_count")  # any sum is large enough
    photo = files.store_file(book, picture(), "slip.png")
    page.ink.remember(photo, (waiting.id,))
    page.refresh()
    page.tabs.setCurrentWidget(page.ink)
    assert page.ink.again.isHidden()
    for line, name in zip(page.ink._lines, SIGNERS, strict=True):
        line.person.set_value(person(book, name))
        line.tick.setChecked(True)
    page.ink.save.click()
    assert [row.waiting_slot for row in sign_queue.queue(book, today())] == [""]
    page.refresh()
    box = page.ink.again
    assert not box.isHidden()
    assert page.ink.save.isHidden()
    assert not box.confirm.isEnabled(), "first the picture is looked at"
    box.look.click()
    for shown in QApplication.topLevelWidgets():
        if isinstance(shown, Viewer):
            shown.close()
    assert "张海涛" in box.ticks.text(), "the ticks stand beside the button that confirms them"
    box.confirm.click()
    assert [f.id for f in page.findings.findings()] == ["AP-82"], "nobody was chosen"
    box.person.set_value(person(book, "张海涛"))
    box.confirm.click()
    assert page.findings.findings() == ()
    assert documents.document_view(book, waiting.id).state == "posted"


def test_a_hold_at_the_signature_is_released_by_a_reason_and_what_was_tried_is_done(
    window: MainWindow, page: SigningPage, waiting: Document, book: books.Book
) -> None:
    tie = Kin("", person(book, SIGNERS[1]), Relation.SIBLING, other_name=waiting.party)
    kin.state(book, tie, by())
    photo = files.store_file(book, picture(), "slip.png")
    page.ink.remember(photo, (waiting.id,))
    page.refresh()
    page.tabs.setCurrentWidget(page.ink)
    for line, name in zip(page.ink._lines, SIGNERS, strict=True):
        line.person.set_value(person(book, name))
        line.tick.setChecked(True)
    page.ink.save.click()
    assert [f.id for f in page.findings.findings()] == ["AP-10"]
    assert not page.reason.isHidden()
    page.reason.reason.setText("……")
    page.reason.go.click()
    assert [f.id for f in page.findings.findings()] == ["AP-88"]
    assert not page.reason.isHidden()
    page.reason.reason.setText("另一家报价高一倍，监委会看过")
    page.reason.go.click()
    assert page.findings.findings() == ()
    assert page.reason.isHidden()
    view = documents.document_view(book, waiting.id)
    assert (view.state, view.reasons) == ("posted", ("另一家报价高一倍，监委会看过",))
