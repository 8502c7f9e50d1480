"""Resolutions and vetoes on the screen: a vote judged while typed, what is left beside a payment, a veto lifted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import dress
from tests.ui.samples import blank_payment, person
from villagebook.domain.document import Attachment
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.resolution import Cited, Resolution, ResolutionItem
from villagebook.services import files
from villagebook.services.approvals import resolutions, sign_queue, signing, vetoes
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.approving.signing import SigningPage
from villagebook.ui.pages.entering.payment import PaymentPage
from villagebook.ui.pages.registering.resolutions_tab import ResolutionsTab
from villagebook.ui.pages.registering.vetoes_tab import VetoesTab
from villagebook.ui.preferences import TEXT_SIZES
from villagebook.ui.session import Session

PUMP = ResolutionItem(1, "购买灌溉水泵", Matter.SPENDING, 900_000)


def paper(session: Session) -> Attachment:
    return files.store_file(session.book, b"%PDF-1.4 minutes", "minutes.pdf")


def vote(session: Session, *items: ResolutionItem, number: str = "代表会1号") -> Resolution:
    """A vote of today that counts."""
    day = session.today
    kept = paper(session)
    made = Resolution(
        "",
        number,
        Body.DELEGATES,
        day,
        items or (PUMP,),
        called_on=day - timedelta(days=7),
        place="村部",
        entitled=30,
        present=25,
        yes=25,
        roll_file=kept,
        keeper=person(session.book, "孙丽"),
        papers=(kept,),
    )
    resolutions.record(session.book, made, session.by())
    return made


@pytest.fixture
def tab(window: MainWindow, session: Session) -> ResolutionsTab:
    window.go("register:resolutions")
    found = window.findChild(ResolutionsTab)
    assert isinstance(found, ResolutionsTab)
    return found


def test_a_vote_is_typed_judged_and_recorded(tab: ResolutionsTab, session: Session, qtbot: QtBot):
    tab.open_panel("new")
    form = tab.form
    assert form.number.text() == f"代表会{session.today.year}-01号"
    form.called_on.set_day(session.today - timedelta(days=7))
    form.entitled.set_value(30)
    form.present.set_value(19)
    form.yes.set_value(19)
    form.judge()
    assert "19 of 30 were there, at least 20 are needed" in form.verdict.text()
    assert form.verdict.property("role") == "red"
    form.present.set_value(20)
    form.yes.set_value(11)
    form.against.set_value(9)
    form.judge()
    assert form.verdict.text() == "✓ The vote counts."
    form.items.set_items((PUMP,))
    form.keeper.set_value(person(session.book, "孙丽"))
    form.roll_file.set_attachments((paper(session),))
    form.papers.set_attachments((paper(session),))
    tab.record.click()
    (stands,) = resolutions.standings(session.book)
    assert (stands.is_valid, stands.resolution.yes, stands.items[0].item) == (True, 11, PUMP)
    assert tab.heading.text().startswith(stands.resolution.number)
    assert form.number.text() == f"代表会{session.today.year}-02号"


def test_a_record_is_set_right_in_its_own_form(tab: ResolutionsTab, session: Session):
    vote(session)
    tab.refresh()
    tab.open_entry("代表会1号")
    tab.open_panel("wrong")
    assert tab.right_form.read().items == (PUMP,)
    tab.right_form.items.set_items((replace(PUMP, amount_fen=500_000),))
    tab.why.setText("金额抄错了")
    tab._annul(right=True)
    now = resolutions.standing(session.book, "代表会1号")
    assert now is not None
    assert now.items[0].item.amount_fen == 500_000
    assert [bool(s.annulled) for s in resolutions.standings(session.book)] == [True, False]


def test_the_short_form_asks_for_little(tab: ResolutionsTab):
    form = tab.form
    form.earlier.setChecked(True)
    assert form.present.isHidden()
    assert form.roll.isHidden()
    made = form.read()
    assert (made.earlier, made.entitled, made.keeper) == (True, 0, "")


def test_a_payment_says_what_is_left_before_it_is_saved(window: MainWindow, session: Session):
    vote(session, PUMP, ResolutionItem(2, "修围栏", Matter.SPENDING, 10_000))
    window.go("page:payment")
    page = window.findChild(PaymentPage)
    assert isinstance(page, PaymentPage)
    page.refresh()
    (found,) = page.resolution.offers("水泵")
    page.resolution.take(found[0])
    assert page.resolution.cited() == Cited("代表会1号", 1)
    from villagebook.domain.document import Item

    page.place.set_value("EX")
    page.items.set_items((Item("511", 400_000, "水泵"),))
    page.preview()
    assert page.resolution.note.text() == "购买灌溉水泵: 9,000.00 left, 5,000.00 afterwards"
    assert page.more.isChecked()  # two committees have to decide on this sum
    page.items.set_items((Item("511", 900_001, "水泵"),))
    page.preview()
    assert page.resolution.note.property("role") == "red"
    assert (page.document.resolution, page.document.resolution_item) == ("代表会1号", 1)
    page.resolution.setText("代表会2019-3")
    assert page.resolution.note.text() == "Not among the resolutions that can be drawn on."
    assert page.typed().resolution == "代表会2019-3"


def rejected(session: Session, by: str = "张海涛") -> str:
    documents.submit(session.book, blank_payment(session.book, session.today), session.by())
    (row,) = sign_queue.queue(session.book, session.today)
    signing.reject(session.book, row.document.id, person(session.book, by), "没有采购计划", session.by())
    return row.document.id


def test_a_veto_is_seen_lifted_and_sent_in_again(window: MainWindow, session: Session):
    ident = rejected(session)
    window.go(f"register:vetoes/{ident}")
    tab = window.findChild(VetoesTab)
    assert isinstance(tab, VetoesTab)
    assert not tab.by_meeting.isHidden()
    assert tab.again.isHidden()
    tab._lift_by_township()  # nobody chosen: refused, and said
    assert vetoes.listing(session.book)[0].fate is vetoes.Fate.STANDS
    fen = vetoes.listing(session.book)[0].document.total_fen
    tab.vote.click()
    register = window.findChild(ResolutionsTab)
    assert isinstance(register, ResolutionsTab)
    (asked,) = register.form.items.items()
    assert (asked.matter, asked.document) == (Matter.VETO, ident), "the vote is about this document"
    window.go(f"register:vetoes/{ident}")
    vote(session, ResolutionItem(1, "同意支付", Matter.VETO, fen, document=ident))
    tab.refresh()
    assert tab.number.value() == "代表会1号"
    tab._lift_by_resolution()
    assert tab.by_meeting.isHidden()
    tab.again.click()
    assert vetoes.listing(session.book)[0].fate is vetoes.Fate.WAITING
    view = documents.document_view(session.book, ident)
    assert "代表会1号" in view.lifting


def test_what_the_accountant_sent_back_is_no_veto_and_leads_to_its_draft(
    window: MainWindow, session: Session
):
    ident = rejected(session, "周敏")
    window.go(f"register:vetoes/{ident}")
    tab = window.findChild(VetoesTab)
    assert isinstance(tab, VetoesTab)
    assert tab.by_meeting.isHidden()
    assert tab.by_township.isHidden()
    assert tab.again.isHidden()
    tab.mend.click()
    page = window.findChild(PaymentPage)
    assert isinstance(page, PaymentPage)
    assert page.document.id == ident


def test_the_queue_says_who_is_late(window: MainWindow, session: Session):
    window.go("page:sign")
    page = window.findChild(SigningPage)
    assert isinstance(page, SigningPage)
    assert page.caption.property("role") == "quiet"
    assert page.queue.values().columnCount() == 7


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("size", list(TEXT_SIZES))
def test_the_form_fits_its_side_in_every_size(window: MainWindow, language: str, size: str):
    from PySide6.QtWidgets import QScrollArea

    dress(language, size)
    window.go("register:resolutions")
    tab = window.findChild(ResolutionsTab)
    assert isinstance(tab, ResolutionsTab)
    for code in ("card", "new", "wrong"):
        tab.open_panel(code)
        for area in tab.findChildren(QScrollArea):
            assert area.horizontalScrollBar().maximum() == 0


def test_books_are_untouched_by_looking(tab: ResolutionsTab, session: Session):
    head = session.book.head()
    tab.form.judge()
    tab.refresh()
    assert session.book.head() == head
    assert books.chart(session.book)


def test_a_finding_about_a_vote_nobody_recorded_leads_to_the_form_that_records_it(
    window: MainWindow, tab: ResolutionsTab
) -> None:
    for target, number in (("register:resolutions/代表会99号", "代表会99号"), ("register:resolutions", None)):
        window.go("page:home")
        tab.open_panel("card")
        window.go(target)
        assert tab.form.number.isVisible()
        assert tab.form.number.hasFocus()
        assert number is None or tab.form.number.text() == number
