"""Labour days in the window: proposed, worked by several chosen rows, struck out; and the book of special receipts."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel

from villagebook.domain.labour import LabourWay
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.domain.roster import Household, Member
from villagebook.services import files
from villagebook.services.offices import receipt_books
from villagebook.services.registers import labour, projects, roster
from villagebook.ui.main_window import MainWindow
from villagebook.ui.pages.offices.people import PeoplePage
from villagebook.ui.pages.registering.labour_tab import LabourTab
from villagebook.ui.pages.registering.registers import RegistersPage
from villagebook.ui.session import Session

CODE = "P1"


def open_tab(window: MainWindow, session: Session) -> LabourTab:
    """A project that asks for five days, and a household with two people of age."""
    people = tuple(Member(name, relation, 1990) for name, relation in (("何建民", "户主"), ("何小玲", "妻")))
    roster.save(session.book, Household("09-901", 9, "何建民", people), session.by(), new=True)
    made = Project(
        CODE,
        "修村东路",
        ProjectKind.ONE_ISSUE,
        "代表会2号",
        session.today,
        100_000,
        ((Source.OWN, 100_000),),
        labour_days=5,
    )
    projects.register(session.book, made, session.by())
    window.go(f"register:labour/{CODE}")
    shown = window.findChildren(RegistersPage)[0].tab()
    assert isinstance(shown, LabourTab)
    return shown


def choose(tab: LabourTab, *names: str) -> None:
    tab.table.clearSelection()
    model, marks = tab.table.values(), tab.table.selectionModel()
    how = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in range(model.rowCount()):
        if model.index(row, 1).data() in names:
            marks.select(model.index(row, 0), how)


def stands(session: Session) -> dict[str, tuple[int, int, int]]:
    found = labour.standings(session.book, CODE, session.today)
    return {
        s.labourer.name: (s.worked, s.commuted, s.open) for s in found if s.labourer.household == "09-901"
    }


def test_days_are_listed_worked_together_paid_off_and_struck_out(window: MainWindow, session: Session):
    tab = open_tab(window, session)
    assert tab.rate.isHidden()
    tab.propose.click()
    assert stands(session) == {"何建民": (0, 0, 5), "何小玲": (0, 0, 5)}
    choose(tab, "何建民", "何小玲")
    tab.each.set_value(2)
    tab._record()
    assert [f.id for f in tab.page.findings.findings()] == ["PRJ-09"]  # nobody has signed
    tab.papers.set_attachments((files.store_file(session.book, b"%PDF-1.4 sheet", "sheet.pdf"),))
    tab._record()
    assert stands(session) == {"何建民": (2, 0, 3), "何小玲": (2, 0, 3)}
    choose(tab, "何小玲")
    tab.way.set_value(LabourWay.COMMUTED.value)
    assert not tab.rate.isHidden()
    tab.each.set_value(3)
    tab.rate.set_fen(8_000)
    tab.papers.set_attachments((files.store_file(session.book, b"%PDF-1.4 wish", "wish.pdf"),))
    tab._record()
    assert stands(session)["何小玲"] == (2, 3, 0)
    assert tab.entered.count() == 2
    tab.reason.setText("申请书不是本人签的")
    tab._strike()  # the newest stands first
    assert stands(session)["何小玲"] == (2, 0, 3)


def test_somebody_is_put_on_the_list_and_taken_off(window: MainWindow, session: Session):
    tab = open_tab(window, session)
    tab.household.set_links((Link(LinkKind.HOUSEHOLD, "09-901"),))
    tab.name.setText("何小玲")
    tab.days.set_value(4)
    tab._put()
    assert stands(session) == {"何小玲": (0, 0, 4)}
    choose(tab, "何小玲")
    tab._drop()
    assert [f.id for f in tab.page.findings.findings()] == ["PRJ-08"]  # a list of nobody is none
    tab.household.set_links((Link(LinkKind.HOUSEHOLD, "09-901"),))
    tab.name.setText("何建民")
    tab.days.set_value(3)
    tab._put()
    choose(tab, "何小玲")
    tab._drop()
    assert stands(session) == {"何建民": (0, 0, 3)}


def test_a_book_of_special_receipts_is_handed_out_beside_the_ordinary_one(
    window: MainWindow, session: Session
):
    window.go("page:people")
    page = window.page()
    assert isinstance(page, PeoplePage)
    tab = page.receipts
    tab.refresh()
    tab.kind.setText("一事一议专用收据")
    tab.use.set_value("levy")
    tab.first.setText("7001")
    tab.last.setText("7050")
    tab.custodian.setCurrentIndex(1)
    tab._issue()
    books = [s.book for s in receipt_books.standings(session.book)]
    assert [(b.first, b.levy) for b in books][-1] == (7001, True)
