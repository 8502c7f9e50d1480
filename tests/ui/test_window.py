"""The window around the pages: background work, help, problems, language, the start page."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.cut import cut_texts
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.services import handover
from villagebook.ui.app import Desktop
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.handover import HandoverPage
from villagebook.ui.pages.signing import SigningPage
from villagebook.ui.preferences import Preferences, load
from villagebook.ui.problems import as_findings, crash_report
from villagebook.ui.start_window import StartWindow
from villagebook.ui.tasks import Lane, Progress
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
