"""The register of seals in the window."""

from __future__ import annotations

from tests.ui.conftest import dress
from villagebook.services.book_file import books
from villagebook.services.offices import seals
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.offices.people import PeoplePage


def test_a_seal_is_entered_handed_over_and_taken_out_of_use(window: MainWindow) -> None:
    dress("en")
    window.go("page:people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    tab = page.seals
    page.tabs.setCurrentWidget(tab)
    first, second = list(books.staff(page.book).persons)[:2]
    tab.name.setText("基本户")
    tab.holder.set_value(first)
    tab._hand_over(tab.holder.value())
    assert page.findings.findings() == ()
    (held,) = seals.in_hands(page.book)
    tab.kind.set_value("head-seal")
    tab.name.setText("法定代表人")
    tab._hand_over(first)
    assert [f.id for f in page.findings.findings()] == ["E2L-42"]
    tab._hand_over(second)
    assert page.findings.findings() == ()
    tab.item.set_value(held.item)
    assert not tab.kind.isEnabled()
    tab.reason.setText("旧章作废")
    tab._hand_over("")
    assert [h.person_id for h in seals.in_hands(page.book)] == [second]
    rows = [str(tab.table.values().index(n, 2).data()) for n in range(tab.table.values().rowCount())]
    assert len(rows) == 3
    assert "out of use" in rows
