"""Every no that was ever said, with its reason and what became of it; the two ways a veto is lifted."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.people import PostKind
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.approvals import resolutions, vetoes
from villagebook.services.approvals.vetoes import Fate, Veto
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents
from villagebook.ui.export import export_table
from villagebook.ui.page import Page
from villagebook.ui.pages.entering.papers import attachments_for, show_object
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class VetoesTab(TableTab):
    """The list on the left; what was said, and what can be done about it, on the right."""

    GIVES_WAY = ("by", "day")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.table.pointed.connect(lambda _row: self._show())

    def forms(self) -> None:
        self._found: dict[str, Veto] = {}
        box, column = card()
        self.heading = text(_("Nothing was rejected so far."), "heading")
        self.pairs = Pairs()
        column.addWidget(self.heading)
        column.addWidget(self.pairs)
        flow = Flow()
        self.again = button(_("&Send in again, unchanged"), self._again, main=True)
        self.look = button(_("Look at the decision"), self._look)
        for words, act in (
            (_("&Print the list"), lambda: export_table(self.page, self._list(), "pdf")),
            ("XLSX", lambda: export_table(self.page, self._list(), "xlsx")),
        ):
            made = button(words, act)
            flow.addWidget(made)
        flow.addWidget(self.again)
        flow.addWidget(self.look)
        self.mend = button(_("&Mend it and send it in"), self._mend, main=True)
        flow.addWidget(self.mend)
        column.addLayout(flow)
        self.column.addWidget(box)
        self._meeting_box()
        self._township_box()

    def _meeting_box(self) -> None:
        self.by_meeting = FormBox(
            _("The representatives lift it"),
            _("Record their vote first, with an item “lifting a veto” that names this document."),
        )
        self.number = Choice()
        self.by_meeting.row(_("Resolution"), self.number)
        act = button(_("&Lift by this resolution"), self._lift_by_resolution)
        self.vote = button(_("Record their &vote…"), self._ask_for_a_vote)
        flow = Flow()
        flow.addWidget(act)
        flow.addWidget(self.vote)
        self.by_meeting.add(flow)
        self.column.addWidget(self.by_meeting)

    def _township_box(self) -> None:
        self.by_township = FormBox(_("The township lifts it"))
        self.person = PersonPicker()
        self.reference = QLineEdit()
        self.on = DateEdit(self.page.session.today)
        self.decision = attachments_for(self.page)
        self.by_township.row(_("O&fficer"), self.person)
        self.by_township.row(_("Number of the &decision"), self.reference)
        self.by_township.row(_("Da&y"), self.on)
        self.by_township.row(_("Picture"), self.decision)
        self.by_township.act(_("Lift by the &township"), self._lift_by_township)
        self.column.addWidget(self.by_township)

    def _ask_for_a_vote(self) -> None:
        veto = self._chosen()
        if veto is not None:
            self.page.session.go(f"register:resolutions/new:{veto.document.id}")

    # ---- showing ----

    def _list(self) -> Table:
        return vetoes.table(self.page.book)

    def refresh(self) -> None:
        page = self.page
        found = vetoes.listing(page.book)
        self._found = {v.document.id: v for v in reversed(found)}
        self.table.show_table(self._list().only("day", "summary", "amount", "by", "reason", "fate"))
        staff = books.staff(page.book)
        self.person.set_persons(staff.holders((PostKind.TOWNSHIP,), page.session.today))
        if found and self.table.currentIndex().row() < 0:
            self.table.selectRow(0)
        self._show()

    def open_entry(self, code: str) -> None:
        """Choose a document in the list."""
        self.table.choose(f"register:vetoes/{code}")

    def _chosen(self) -> Veto | None:
        return self._found.get(self.table.target().rpartition("/")[2]) if self._found else None

    def _show(self) -> None:
        veto = self._chosen()
        stands = veto is not None and veto.fate is Fate.STANDS
        self.by_meeting.setVisible(stands)
        self.by_township.setVisible(stands)
        self.again.setVisible(veto is not None and veto.fate is Fate.LIFTED)
        self.look.setVisible(bool(veto and veto.lifted and veto.lifted.evidence))
        self.mend.setVisible(veto is not None and veto.fate is Fate.REFUSED)
        if veto is None:
            self.pairs.show_pairs(())
            return
        self.heading.setText(veto.document.summary)
        told = (
            (_("Rejected on"), veto.rejected_on.isoformat()),
            (_("By whom"), veto.by_name),
            (_("Reason"), veto.reason),
            (_("What became of it"), _(vetoes.FATES[veto.fate])),
            (_("Lifted by"), veto.lifted.words if veto.lifted else ""),
            (_("Voucher"), veto.voucher),
        )
        self.pairs.show_pairs(tuple(pair for pair in told if pair[1]))
        named = [
            (s.resolution.number, s.resolution.number)
            for s in resolutions.standings(self.page.book)
            if any(i.item.document == veto.document.id for i in s.items) and not s.annulled
        ]
        self.number.set_options(named or [("", _("(none names this document yet)"))])

    # ---- doing ----

    def _lift_by_resolution(self) -> None:
        page, veto, number = self.page, self._chosen(), self.number.value()
        if veto is None or not number:
            page.say_problem(
                _("Record the resolution first: an item “lifting a veto” that names this document.")
            )
            return
        page.attempt(
            lambda: vetoes.lift_by_resolution(page.book, veto.document.id, number, page.session.by()),
            lambda _none: self._lifted(veto),
        )

    def _mend(self) -> None:
        veto = self._chosen()
        if veto is not None:
            self.page.session.go(f"draft:{veto.document.id}")

    def _lift_by_township(self) -> None:
        if not self.page.reads(self.on):
            return
        page, veto = self.page, self._chosen()
        if veto is None:
            return
        papers = self.decision.attachments()
        day = self.on.given()

        def done(_none: None) -> None:
            self.reference.clear()
            self.decision.set_attachments(())
            self._lifted(veto)

        page.attempt(
            lambda: vetoes.lift_by_township(
                page.book,
                veto.document.id,
                self.person.value(),
                self.reference.text(),
                papers[0] if papers else None,
                day,
                page.session.by(),
            ),
            done,
        )

    def _lifted(self, veto: Veto) -> None:
        words = _("The veto on {summary} is lifted; send it in again.").format(summary=veto.document.summary)
        self.page.session.say(words)
        self.refresh()

    def _again(self) -> None:
        page, veto = self.page, self._chosen()
        if veto is None:
            return

        def done(outcome: documents.Outcome) -> None:
            words = _("Sent in again. Now waiting for: {who}.").format(who=outcome.waiting_for)
            page.session.say(words)
            self.refresh()

        page.attempt(lambda: vetoes.again(page.book, veto.document.id, page.session.by()), done)

    def _look(self) -> None:
        veto = self._chosen()
        if veto and veto.lifted:
            show_object(self.page, veto.lifted.evidence)
