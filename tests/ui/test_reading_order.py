"""The Tab key goes through fields as they are read, whatever was made first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import cast

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from villagebook.domain.roster import Member
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.entering.entry import EntryPage
from villagebook.ui.pages.registering.holding_tab import HoldingTab
from villagebook.ui.pages.registering.registers import TABS, RegistersPage
from villagebook.ui.widgets.members_editor import MembersEditor


def chain(start: QWidget) -> Iterator[QWidget]:
    """Every widget after this one, in the order of Tab, once round."""
    at = start.nextInFocusChain()
    while at is not None and at is not start:
        yield at
        at = at.nextInFocusChain()


def stops(root: QWidget) -> list[QWidget]:
    """Where Tab stops inside a widget, in its order."""
    return [
        at
        for at in chain(root)
        if root.isAncestorOf(at)
        and at.isVisible()
        and bool(at.focusPolicy().value & Qt.FocusPolicy.TabFocus.value)
        and at.focusProxy() is None
    ]


def leaps(root: QWidget) -> list[str]:
    """Steps of Tab that go up within the same column."""

    def place(widget: QWidget) -> QPoint:
        return widget.mapTo(root, QPoint(0, 0))

    return [
        f"{type(a).__name__} {place(a).toTuple()} to {type(b).__name__} {place(b).toTuple()}"
        for a, b in pairwise(stops(root))
        if place(b).y() < place(a).y() - 8 and place(b).x() < place(a).x() + a.width()
    ]


@pytest.mark.parametrize("door", ["receipt", "payment", "transfer", "adjustment"])
def test_tab_goes_down_the_form_of_every_door(window: MainWindow, door: str) -> None:
    window.go(f"page:{door}")
    page = cast("EntryPage", window.page())
    assert len(stops(page)) > 5
    assert not leaps(page)


def test_tab_goes_from_every_member_to_the_next_and_then_to_the_button_below(window: MainWindow) -> None:
    editor = MembersEditor()
    editor.setParent(window)
    editor.set_members((Member("黎火生"), Member("莫丽华")))
    editor._add.click()
    editor.resize(editor.sizeHint())
    editor.show()
    assert len(stops(editor)) > 8
    assert not leaps(editor)


@pytest.mark.parametrize("code", ["assets", "resources", "contracts"])
def test_tab_goes_from_the_list_to_the_choices_and_then_down_the_card(window: MainWindow, code: str) -> None:
    window.go("page:registers")
    page = cast("RegistersPage", window.page())
    page.tabs.setCurrentIndex([entry[0] for entry in TABS].index(code))
    tab = cast("HoldingTab", page.tab())
    wanted = [tab.table, *tab._buttons.values(), tab.print_card, tab.parts, tab.vouchers]
    assert [widget for widget in chain(tab.table) if widget in wanted] == wanted[1:]
