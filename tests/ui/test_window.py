"""The window around the pages: background work, help, problems, language, the start page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from tests.ui.samples import person
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.services.handing_over import handover
from villagebook.ui.app import Desktop
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.approving.signing import SigningPage
from villagebook.ui.pages.board.notice import NoticePage
from villagebook.ui.pages.month_end.closing import ClosingPage
from villagebook.ui.pages.month_end.counting import CountingPage
from villagebook.ui.pages.month_end.handover import HandoverPage
from villagebook.ui.pages.offices.people import PeoplePage
from villagebook.ui.pages.reading.book_choices import BOOKS
from villagebook.ui.pages.reading.books import BooksPage
from villagebook.ui.pages.setting_up.settings import SettingsPage
from villagebook.ui.preferences import Preferences, load
from villagebook.ui.problems import CrashDialog, as_findings, crash_report
from villagebook.ui.start_window import StartWindow
from villagebook.ui.tasks import Lane, Progress
from villagebook.ui.theme import em, open_at
from villagebook.ui.viewer import Viewer
from villagebook.ui.widgets.findings_panel import FindingCard, FindingsPanel


def unexpected(what: object) -> None:
    raise AssertionError(what)


def test_background_work_answers_on_the_window_s_thread(qtbot: QtBot) -> None:
    lane, seen = Lane(), []
    lane.run(
        "work",
        lambda _progress: threading.get_ident(),
        lambda worker: seen.append((worker, threading.get_ident())),
        unexpected,
    )
    qtbot.waitUntil(lambda: bool(seen))
    worker, window = seen[0]
    assert window == threading.get_ident() != worker


def test_background_work_can_be_stopped(qtbot: QtBot) -> None:
    lane = Lane()

    def work(progress: Progress) -> None:
        while True:
            progress(1, 2)

    job = lane.run("work", work, unexpected, unexpected)
    with qtbot.waitSignal(job.finished):
        job.cancel()
    assert not lane.busy


def test_trouble_in_the_background_is_told_and_bugs_are_raised(qtbot: QtBot) -> None:
    lane, seen = Lane(), []

    def work(_progress: Progress) -> None:
        raise KnownError("The stick was pulled.", "Plug it in.")

    lane.run("work", work, unexpected, lambda error: seen.append(as_findings(error)))
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0].text == "The stick was pulled. Plug it in."
    with pytest.raises(ZeroDivisionError):
        as_findings(ZeroDivisionError())


def test_findings_show_the_worst_first_and_lead_to_the_repair(qtbot: QtBot) -> None:
    panel = FindingsPanel()
    qtbot.addWidget(panel)
    hint = Finding("A-1", Severity.HINT, "here", "A hint.")
    error = Finding("A-2", Severity.ERROR, "there", "An error.", "Law 1", "count")
    panel.show_findings((hint, error))
    assert [c.finding.id for c in panel.findChildren(FindingCard)] == ["A-2", "A-1"]
    panel.clear()
    assert not panel.isVisible()


def test_a_crash_report_names_versions_and_the_line(qtbot: QtBot) -> None:
    try:
        raise RuntimeError("boom")
    except RuntimeError as error:
        report = crash_report(error)
    assert "villagebook" in report
    assert "RuntimeError: boom" in report


def test_f1_explains_the_page_and_escape_closes_it(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    assert window._help.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window._help.isVisible()


@pytest.mark.parametrize(("language", "size"), [("zh_CN", "very-large"), ("en", "large"), ("xx", "normal")])
def test_the_start_page_fits(qtbot: QtBot, language: str, size: str) -> None:
    dress(language, size)
    window = StartWindow(Preferences(), Lane())
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    assert cut_texts(window) == []
    window.new_button.click()
    qtbot.wait(1)
    assert cut_texts(window) == []


def test_a_file_that_is_no_book_is_told_on_the_start_page(qtbot: QtBot, tmp_path: Path) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desktop = Desktop(app)
    path = tmp_path / "letter.vbook"
    path.write_text("Dear aunt")
    desktop.open(path)
    assert isinstance(desktop.window, StartWindow)
    assert desktop.window.findings.findings()
    desktop.close()


def test_language_and_size_are_remembered_and_spoilt_settings_do_no_harm(tmp_path: Path) -> None:
    Preferences(language="en", text_size="large").save()
    assert (load().language, load().text_size) == ("en", "large")
    (tmp_path / "home" / "window.json").write_text("{spoilt")
    assert load().language == "zh_CN"


def test_a_package_is_written_while_the_pages_rest(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    window.go("page:handover")
    page = window.page()
    assert isinstance(page, HandoverPage)
    stick = tmp_path / "stick"
    stick.mkdir()
    page.folder.line.setText(str(stick))
    page.write.click()
    assert not page.isEnabled()
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=20_000)
    assert page.isEnabled()
    assert page.findings.findings() == ()
    assert len(list(stick.glob("*.zip"))) == 1
    assert len(handover.exports(page.book)) == 1
    page._verify()
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=20_000)
    assert page.verdict.text()


def test_an_empty_queue_has_nothing_to_press(window: MainWindow) -> None:
    window.go("page:sign")
    page = window.page()
    assert isinstance(page, SigningPage)
    assert not page.tabs.isEnabled()
    assert page.caption.text()


def test_another_language_rebuilds_the_window_on_the_same_page(
    qtbot: QtBot, sample_file: Path, tmp_path: Path
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    path = tmp_path / "copy.vbook"
    path.write_bytes(sample_file.read_bytes())
    desktop = Desktop(app, "en")
    desktop.open(path)
    first = desktop.window
    assert isinstance(first, MainWindow)
    first.go("page:settings")
    settings = first.page()
    assert isinstance(settings, SettingsPage)
    settings.text_size.set_value("large")
    qtbot.waitUntil(lambda: desktop.window is not first)
    second = desktop.window
    assert isinstance(second, MainWindow)
    assert second.code() == "settings"
    assert load().text_size == "large"
    desktop.leave()
    assert isinstance(desktop.window, StartWindow)
    desktop.close()


def test_the_whole_book_is_checked_from_the_settings(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    page._check()
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=20_000)
    assert page.verdict.text() == "The book holds: every entry fits the one before."


def test_a_backup_is_made_while_the_pages_rest(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.go("page:settings")
    page = window.page()
    assert isinstance(page, SettingsPage)
    (tmp_path / "safe").mkdir()
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path / "safe"))
    page._back_up()
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=20_000)
    assert page.findings.findings() == ()
    assert len(list((tmp_path / "safe").iterdir())) == 1


def test_a_book_opens_as_pdf_in_the_viewer(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:books")
    page = window.page()
    assert isinstance(page, BooksPage)
    for which, _words in BOOKS:
        page.which.set_value(which)
    page.which.set_value("trial-balance")
    page._export("pdf")
    qtbot.waitUntil(lambda: bool(page.findChildren(Viewer)), timeout=20_000)
    (viewer,) = page.findChildren(Viewer)
    assert not viewer.view._picture.pixmap().isNull()
    viewer.close()


def test_a_count_and_a_statement_are_recorded(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:count")
    page = window.page()
    assert isinstance(page, CountingPage)
    page.place.set_value("RC")
    page.pieces[10000].set_value(12)
    page.counter.set_value(person(page.book, "吴强"))
    page.witness.set_value(person(page.book, "张海涛"))
    assert "1,200.00" in page.sum.text()
    page._record_count()
    assert page.findings.findings() == ()
    assert page.pieces[10000].value() == 0
    page._record_statement()
    assert page.findings.findings()
    page.balance.set_fen(10_000_000)
    page.checked_by.set_value(person(page.book, "周敏"))
    page._record_statement()
    assert page.findings.findings() == ()


def test_a_month_that_has_not_ended_is_not_closed(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:close")
    page = window.page()
    assert isinstance(page, ClosingPage)
    page.close_button.click()
    assert page.todo.findings()
    assert page.state.text() == "This month is open for entries."


def test_a_person_gets_a_post_and_loses_it(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    tab = page.people
    tab.name.setText("何志远")
    tab._add()
    tab.kind.set_value("deputy-director")
    tab._give()
    assert page.findings.findings() == ()
    model = tab.table.values()
    row = next(r for r in range(model.rowCount()) if model.index(r, 0).data() == "何志远")
    tab.table.selectRow(row)
    tab._end()
    assert page.findings.findings() == ()
    model = tab.table.values()  # what has ended stands below what goes on
    row = next(r for r in range(model.rowCount()) if model.index(r, 0).data() == "何志远")
    assert model.index(row, 3).data()


def test_the_notice_is_drawn_as_a_draft_with_its_findings(qtbot: QtBot, window: MainWindow) -> None:
    window.go("page:notice")
    page = window.page()
    assert isinstance(page, NoticePage)
    qtbot.waitUntil(lambda: page.view._pages > 0, timeout=20_000)
    assert page.findings.findings()
    assert not page.view._picture.pixmap().isNull()
    page.paper.set_value("A4")
    qtbot.waitUntil(lambda: not page.session.lane.busy, timeout=20_000)
    page._submit()
    assert page._rows == ()


def test_the_crash_dialog_copies_its_report(qtbot: QtBot) -> None:
    dialog = CrashDialog("the report")
    qtbot.addWidget(dialog)
    dialog._copy()
    assert QApplication.clipboard().text() == "the report"


def test_no_window_opens_larger_than_the_screen(qtbot: QtBot) -> None:
    asked = QWidget()
    qtbot.addWidget(asked)
    open_at(asked, 500, 500)
    room = asked.screen().availableGeometry()
    assert asked.width() < room.width()
    assert asked.height() < room.height()
    open_at(asked, 10, 5)
    assert (asked.width(), asked.height()) == (em(10), em(5))
