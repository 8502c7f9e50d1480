"""Special notices that are owed: nobody enters them here, they are compiled, looked at and followed to the board."""

from __future__ import annotations

from villagebook.domain.duty import MONTHLY, Duty
from villagebook.domain.period import Span
from villagebook.i18n import N_, _, ngettext
from villagebook.services import reports
from villagebook.services.disclosure import duties, sheets
from villagebook.services.disclosure.happenings import event_title
from villagebook.ui.pages.registering.listed_tab import ListedTab
from villagebook.ui.viewer import PDF, Viewer
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, card, text


class DutiesTab(ListedTab):
    """The list on the left, what is to be done about the chosen one on the right."""

    SHORT = ("event", "name", "due", "state", "late")
    EMPTY = N_("Nothing has happened that calls for a notice of its own.")

    def forms(self) -> None:
        about = FormBox(
            _("What the village owes to the board"),
            _(
                "Whatever calls for a notice of its own stands here by itself: contracts, sales, investments, projects, money "
                "for land, contributions, subsidies, loans, resolutions, large sums, requests and audits. Nobody enters a line, "
                "and nobody can take one away. It is done when its notice hangs at every place."
            ),
        )
        self.column.addWidget(about)
        box, column = card()
        self.head = text("", "heading")
        self.told = text("")
        column.addWidget(self.head)
        column.addWidget(self.told)
        flow = Flow()
        self.make = button(_("&Compile it"), self._make, main=True)
        self.look = button(_("&Look at it"), self._look)
        self.follow = button(_("To its &notice"), lambda: self._go(notice=True))
        self.source = button(_("To what &happened"), lambda: self._go(notice=False))
        for one in (self.make, self.look, self.follow, self.source):
            flow.addWidget(one)
        column.addLayout(flow)
        self.column.addWidget(box)
        self._found: tuple[Duty, ...] = ()
        self.table.pointed.connect(lambda _row: self._tell())

    def refresh(self) -> None:
        page = self.page
        span = Span(page.book.info.start, max(page.book.info.start, reports.newest_month(page.book)))
        self._found = duties.all_duties(page.book, page.session.today)
        self.show_list(duties.table(page.book, span, page.session.today, self._found))
        self._tell()

    def open_entry(self, key: str) -> None:
        if self.point_at(f"register:duties/{key}"):
            self._tell()

    def _chosen(self) -> Duty | None:
        target = self.table.target()
        return next((d for d in self._found if f"register:duties/{d.happened.key}" == target), None)

    def _tell(self) -> None:
        duty = self._chosen()
        state = duties.state_of(duty) if duty else ""
        wanted = duties.asked(duty) if duty else None
        self.head.setText(event_title(duty.happened.event) if duty else _("Choose a line of the table."))
        self.told.setText(self._words(duty) if duty else "")
        self.make.setEnabled(state == "open" and wanted is not None)
        self.look.setEnabled(wanted is not None)
        self.follow.setEnabled(bool(duty and duty.shown and duty.shown.paper.form != MONTHLY))
        self.source.setEnabled(bool(duty and duty.happened.target))

    def _words(self, duty: Duty) -> str:
        told = [duty.happened.name]
        told.append(_("Its notice has to hang by {day}.").format(day=duty.due_on.isoformat()))
        if duty.is_major:
            told.append(_("It is a major matter: the short clock runs."))
        if late := duty.late_days(self.page.session.today):
            told.append(ngettext("{days} day late.", "{days} days late.", late).format(days=late))
        if duty.met_on:
            told.append(_("It hung everywhere on {day}.").format(day=duty.met_on.isoformat()))
        return "\n".join(told)

    def _make(self) -> None:
        page, duty = self.page, self._chosen()
        wanted = duties.asked(duty) if duty else None
        if wanted is None:
            page.say_problem(_("Choose a line of the table."))
            return

        def done(made: str) -> None:
            page.session.say(_("Compiled and frozen: it waits for supervision on the page of notices."))
            page.session.go(f"notice:{made}")

        page.attempt(
            lambda: sheets.submit_sheet(
                page.book, wanted.form, wanted.span, wanted.subject, page.session.by()
            ),
            done,
        )

    def _look(self) -> None:
        """The frozen paper, or a draft as the book stands now."""
        page, duty = self.page, self._chosen()
        wanted = duties.asked(duty) if duty else None
        if duty is None or wanted is None:
            return
        frozen = duty.shown if duty.shown and duty.shown.paper.form != MONTHLY else None

        def paper() -> bytes:
            if frozen is not None:
                return sheets.final_pdf(page.book, frozen.id)
            made = sheets.compile_sheet(
                page.book, wanted.form, wanted.span, wanted.subject, page.session.today
            )
            return sheets.sheet_pdf(made, draft=True)

        page.attempt(paper, lambda data: Viewer(duty.happened.name, data, PDF, page).show())

    def _go(self, *, notice: bool) -> None:
        duty = self._chosen()
        if duty is None:
            return
        if not notice:
            self.page.session.go(duty.happened.target)
        elif duty.shown is not None:
            self.page.session.go(f"notice:{duty.shown.id}")
