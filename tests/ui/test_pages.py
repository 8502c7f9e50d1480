"""Every page opens, in every language and text size, and nothing on it is cut."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.cut import cut_texts, sideways
from villagebook.ui.main_window import MainWindow
from villagebook.ui.navigation import ENTRIES
from villagebook.ui.pages.registering.registers import TABS
from villagebook.ui.session import Session

LOOKS = [
    ("zh_CN", "normal"),
    ("zh_CN", "large"),
    ("zh_CN", "very-large"),
    ("en", "normal"),
    ("en", "very-large"),
    ("xx", "normal"),
]


@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_no_text_is_cut_on_any_page_at_1366_by_768(
    qtbot: QtBot, session: Session, language: str, size: str
) -> None:
    dress(language, size)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    problems = []
    for entry in ENTRIES:
        window.go(f"page:{entry.code}")
        qtbot.waitUntil(lambda: not session.lane.busy, timeout=10_000)
        qtbot.wait(1)
        assert window.code() == entry.code
        problems += [f"{entry.code}: {line}" for line in (*cut_texts(window), *sideways(window))]
    assert not window._rail_area.verticalScrollBar().maximum(), "the last pages are out of sight"
    assert (window.width(), window.height()) == (1366, 768)
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize(("language", "size"), [("zh_CN", "large"), ("en", "very-large")])
def test_no_list_of_a_register_scrolls_sideways(
    qtbot: QtBot, session: Session, language: str, size: str
) -> None:
    dress(language, size)
    window = MainWindow(session)
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    problems = []
    for code, *_rest in TABS:
        window.go(f"register:{code}")
        qtbot.wait(1)
        problems += [f"{code}: {line}" for line in sideways(window)]
    assert not problems, "\n".join(problems)


def test_every_page_explains_itself_and_its_keys(window: MainWindow) -> None:
    for entry in ENTRIES:
        window.go(f"page:{entry.code}")
        assert len(window.page().explain()) > 60
        shown = window.page().keys()
        assert all(key and words for key, words in shown)


def test_pages_are_built_only_when_they_are_first_shown(window: MainWindow) -> None:
    assert set(window._pages) == {"home"}
    window.go("page:books")
    assert set(window._pages) == {"home", "books"}


def test_every_page_has_a_key_of_its_own() -> None:
    assert len({entry.key for entry in ENTRIES}) == len(ENTRIES)


def test_no_two_things_on_a_page_share_a_mnemonic(window: MainWindow) -> None:
    twice = []
    for entry in ENTRIES:
        window.go(f"page:{entry.code}")
        letters: dict[str, str] = {}
        for words in mnemonic_texts(window.page()):
            letter = words[words.index("&") + 1].lower()
            if letter in letters:
                twice.append(f"{entry.code}: {words!r} and {letters[letter]!r}")
            letters[letter] = words
    assert not twice, "\n".join(twice)


def mnemonic_texts(page: QWidget) -> list[str]:
    """Texts with an underlined letter that are on the screen now."""
    found = []
    for widget in page.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QTabBar):
            found += [widget.tabText(n) for n in range(widget.count())]
        elif isinstance(widget, QAbstractButton) or (
            isinstance(widget, QLabel) and widget.buddy() is not None
        ):
            found.append(widget.text())
    return [words for words in found if "&" in words]
