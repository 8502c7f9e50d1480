"""Relatives and the handover of an office in the window."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from tests.builders import pieces
from tests.ui.conftest import dress
from villagebook.domain.office_handover import PartCode
from villagebook.domain.people import PostKind
from villagebook.services import files
from villagebook.services.banking import counting
from villagebook.services.book_file import books
from villagebook.services.by import today
from villagebook.services.offices import kin, office_handover, people
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.offices.office_window import OfficeWindow
from villagebook.ui.pages.offices.people import PeoplePage


def people_page(window: MainWindow, language: str = "en") -> PeoplePage:
    dress(language)
    window.go("page:people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    return page


def test_a_relative_is_told_and_ended(window: MainWindow) -> None:
    page = people_page(window)
    tab = page.kin
    page.tabs.setCurrentWidget(tab)
    one, other = list(books.staff(page.book).persons)[:2]
    tab.person.set_value(one)
    tab._add()
    assert [f.id for f in page.findings.findings()] == ["AP-10"]
    tab.other.set_value(other)
    tab._add()
    assert page.findings.findings() == ()
    tab.table.selectRow(0)
    tab._end()
    assert [k.ended_on for k in kin.ties(page.book)] == [today()]


def test_what_the_giver_still_keeps_leads_to_its_own_register(window: MainWindow) -> None:
    page = people_page(window)
    for target, tab in (("place:seals", page.seals), ("place:imprest", page.lines)):
        window.go(target)
        assert page.tabs.currentWidget() is tab


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_an_office_is_handed_over_in_three_steps(window: MainWindow, language: str, tmp_path: Path) -> None:
    page = people_page(window, language)
    book = page.book
    staff = books.staff(book)
    post = next(p for p in staff.posts if p.kind is PostKind.ACCOUNTANT)
    head = next(p.person_id for p in staff.posts if p.kind is PostKind.SUPERVISION_HEAD)
    free = next(i for i in staff.persons if i not in {p.person_id for p in staff.posts})
    window.go(f"office:{post.id}")
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, OfficeWindow)]
    wizard = found[-1]
    wizard.taker.set_value(free)
    wizard.overseer.set_value(head)
    wizard.look()
    assert {f.id for f in wizard.findings.findings()} == {"AP-45", "AP-46"}
    wizard.findings.wanted.emit("page:count")
    assert window.code() == "count"
    assert wizard.isHidden(), "it would cover the page it leads to"
    window.go("page:people")
    assert wizard.isVisible()
    assert wizard.taker.value() == free
    wizard.findings.wanted.emit("page:people")
    assert wizard.isHidden()
    page.people.hand_over(post.id)
    assert wizard.isVisible()
    _agree(book, head, free)
    wizard.look()
    assert wizard.findings.findings() == ()
    for code in PartCode:
        wizard.which.set_value(code.value)
        assert wizard.table.is_filled()
    wizard.freeze()
    assert wizard.listed is not None
    assert not wizard.complete.isEnabled()
    from villagebook.services import pictures

    pdf = office_handover.kit_pdf(book, wizard.listed.content.id)
    scan = tmp_path / "signed.png"
    scan.write_bytes(pictures.pdf_page_png(pdf, 0, 1400))
    wizard.take_in(scan)
    assert wizard.complete.isEnabled()
    wizard.finish()
    assert wizard.findings.findings() == ()
    assert wizard.listed.done_on == today()
    people.give_post(book, free, PostKind.ACCOUNTANT, today(), page.session.by())
    assert [p.id for p in books.staff(book).holders((PostKind.ACCOUNTANT,), today())] == [free]
    assert files.object_bytes(book, wizard.listed.sheets[0].sha256)
    wizard.close()


def _agree(book: books.Book, one: str, other: str) -> None:
    from villagebook.services.by import now

    by = now("孙丽")
    for place, fen in counting.count_state(book, today()):
        counting.record_count(
            book, counting.CashCount(place.code, today(), pieces(fen), 0, "", one, other), by
        )
    held = books.place_balances(book, today())
    for codes, _title in counting.bank_accounts(book):
        told = counting.BankStatement(codes, today(), sum(held.get(c, 0) for c in codes), (), one)
        counting.record_statement(book, told, by)


def test_a_vacant_post_is_named(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    page = people_page(window)
    post = next(p for p in books.staff(page.book).posts if p.kind is PostKind.ACCOUNTANT)
    with page.book.writing("孙丽", page.session.by().at) as writing:
        day = post.from_on.isoformat()
        writing.log("post.ended", {"post_id": post.id, "to_on": day}, "x" * 32, "people")
    monkeypatch.setattr("villagebook.ui.session.today", lambda: post.from_on + timedelta(days=1))
    page.refresh()
    assert "Accountant" in page.people.vacant.text()
