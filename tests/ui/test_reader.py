"""The manual, the rules and the archive in the window."""

from __future__ import annotations

import zipfile
from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from villagebook import paths
from villagebook.rules.catalogue import ALL_RULES, RULESET
from villagebook.services.rulebook import rules_table
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.month_end.archive_box import ArchiveBox
from villagebook.ui.pages.month_end.handover import HandoverPage
from villagebook.ui.reader import ManualWindow, RulesWindow

ROOT = Path(__file__).parents[2]


def test_the_manual_ships_and_words_are_found_in_it(qtbot: QtBot):
    assert paths.manual().is_file()
    assert "使用说明.md" in (ROOT / "build.spec").read_text(encoding="utf-8"), (
        "the packed program has it, too"
    )
    window = ManualWindow()
    qtbot.addWidget(window)
    window.search.setText("年终结转")
    assert window.find_next()
    assert window.view.textCursor().selectedText() == "年终结转"
    first = window.view.textCursor().position()
    assert window.find_next()
    window.search.setText("这句话说明书里没有")
    assert not window.find_next()
    assert first > 0


def test_the_help_beside_a_page_opens_manual_and_rules(qtbot: QtBot, window: MainWindow):
    window.go("page:settings")
    window.toggle_help()
    page = window.page()
    for words in ("Manual", "rules"):
        found = [b for b in window._help.findChildren(QPushButton) if words in b.text().replace("&", "")]
        found[-1].click()
    assert page.findChildren(ManualWindow)
    rules = page.findChildren(RulesWindow)[0]
    assert rules.table.values().rowCount() == len(ALL_RULES)
    rules.search.setText("E2L-15")
    assert rules.table.values().rowCount() == 1
    for dialog in (*page.findChildren(ManualWindow), rules):
        dialog.close()


def test_every_rule_is_listed_with_source_reason_and_remedy():
    table = rules_table()
    assert [row[0] for row in table.rows] == [rule.id for rule in ALL_RULES]
    assert all(row[2] and row[3] and row[4] and row[5] and row[6] for row in table.rows)
    assert RULESET in table.subtitle


def test_the_archive_is_written_from_the_hand_over_page(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    window.go("page:handover")
    page = window.page()
    assert isinstance(page, HandoverPage)
    box = page.findChildren(ArchiveBox)[0]
    box.act.click()
    assert page.findings.isVisibleTo(page), "no folder was chosen"
    box.folder.line.setText(str(tmp_path))
    box.act.click()
    qtbot.waitUntil(lambda: bool(box.result.text()), timeout=60_000)
    (path,) = tmp_path.glob("*_archive_*.zip")
    assert "index.csv" in zipfile.ZipFile(path).namelist()
