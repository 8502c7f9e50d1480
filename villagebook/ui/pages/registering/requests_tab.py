"""The register of requests: enough people ask, and what they ask for gets its own notice; too few are told why not."""

from __future__ import annotations

from datetime import date

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QLineEdit

from villagebook.domain.period import Period, Span
from villagebook.domain.request import Askers, Request, Wanted
from villagebook.i18n import N_, _
from villagebook.services import links, reports
from villagebook.services.book_file import books
from villagebook.services.disclosure import notice_requests, request_words
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.pages.registering.listed_tab import ListedTab
from villagebook.ui.pages.registering.objections_tab import lines_field
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.link_picker import LinkPicker
from villagebook.ui.widgets.pickers import Choice, PeriodPicker

MOST = 99_999


class RequestsTab(ListedTab):
    """The list on the left, a new request on the right."""

    SHORT = ("number", "received", "text", "outcome")
    EMPTY = N_("Nobody has asked for a notice yet. Enter a request on the right.")

    def forms(self) -> None:
        box = FormBox(
            _("A new request"),
            _(
                "Signatures stay on their sheet: only how many signed is entered here. The notice is compiled by the program, "
                "with every entry that fits."
            ),
        )
        self.askers = Choice([(a.value, _(request_words.ASKERS[a])) for a in Askers])
        self.asked_by, self.entitled = _Number(), _Number()
        self.needed = text("", "quiet")
        self.received_on = DateEdit(self.page.session.today)
        self.words = lines_field()
        self.first, self.last = PeriodPicker(), PeriodPicker()
        self.account = AccountPicker(books.chart(self.page.book), {}, leaves_only=False)
        self.party, self.word = QLineEdit(), QLineEdit()
        self.entry = LinkPicker()
        self.scan = attachments_for(self.page)
        box.row(_("&Who asks"), self.askers)
        box.row(_("How many &signed"), self.asked_by)
        box.row(_("&Of how many"), self.entitled)
        box.row("", self.needed)
        box.row(_("&Received on"), self.received_on)
        box.row(_("What is asked &for"), self.words)
        box.row(_("From &month"), self.first)
        box.row(_("&To month"), self.last)
        box.row(_("On &account"), self.account)
        box.row(_("Other &party"), self.party)
        box.row(_("&Entry of a register"), self.entry)
        box.row(_("With the wor&d"), self.word)
        box.row(_("Picture of the signatures"), self.scan)
        box.act(_("Enter &it"), self._enter, main=True)
        self.column.addWidget(box)
        self.askers.changed.connect(self._count)
        self.entitled.textEdited.connect(lambda _text: self._least())

    def refresh(self) -> None:
        page = self.page
        kept = (self.first.value(), self.last.value())
        self.show_list(notice_requests.table(page.book))
        newest = max(reports.newest_month(page.book), page.book.info.start)
        months = list(Span(page.book.info.start, newest).months())
        self.first.set_months(months)
        self.last.set_months(months)
        self.first.set_value(kept[0] or str(Period(newest.year, 1)))
        self.last.set_value(kept[1] or str(newest))
        self.entry.set_targets(links.choices(page.book))
        self._count()

    def open_entry(self, number: str) -> None:
        target = f"register:requests/{number}"
        self.point_at(target)

    def _asks(self) -> Askers:
        return Askers(self.askers.value() or Askers.VILLAGERS.value)

    def _count(self) -> None:
        """How many there are, as far as the register of households knows."""
        alone = self._asks() is Askers.FINANCE_GROUP
        known = notice_requests.entitled(self.page.book, self._asks(), self._day())
        self.entitled.set_value(0 if alone else known or self.entitled.value())
        if alone:
            self.asked_by.set_value(0)
        self.entitled.setEnabled(not alone and known is None)
        self.asked_by.setEnabled(not alone)
        self._least()

    def _least(self) -> None:
        if self._asks() is Askers.FINANCE_GROUP:
            self.needed.setText(_("The finance group asks by itself."))
            return
        least = notice_requests.least(self.page.book, self._asks(), self.entitled.value(), self._day())
        self.needed.setText(_("It takes {n}.").format(n=least) if self.entitled.value() else "")

    def _day(self) -> date:
        return self.received_on.day() or self.page.session.today

    def _enter(self) -> None:
        if not self.page.reads(self.received_on):
            return
        page = self.page
        first, last = Period.parse(self.first.value()), Period.parse(self.last.value())
        if last < first:
            page.say_problem(_("The last month lies before the first."))
            return
        found = self.entry.links()
        wanted = Wanted(
            Span(first, last),
            self.account.code(),
            self.party.text().strip(),
            ":".join(found[0].to_data()) if found else "",
            self.word.text().strip(),
        )
        kept = self.scan.attachments()
        many = self.entitled.value()
        text_ = self.words.toPlainText()
        scan = kept[0].sha256 if kept else ""
        made = Request("", "", self._day(), self._asks(), self.asked_by.value(), many, 0, text_, wanted, scan)

        def done(entered: Request) -> None:
            self.words.clear()
            self.scan.set_attachments(())
            why = notice_requests.why_refused(entered)
            said = (
                _("Request {number} is entered: {why}.")
                if why
                else _("Request {number} gets its own notice.")
            )
            page.session.say(said.format(number=entered.number, why=why))

        page.attempt(lambda: notice_requests.enter(page.book, made, page.session.by()), done)


class _Number(QLineEdit):
    """A whole number of people; empty is 0."""

    def __init__(self) -> None:
        super().__init__()
        self.setValidator(QIntValidator(0, MOST, self))

    def value(self) -> int:
        return int(self.text() or 0)

    def set_value(self, number: int) -> None:
        self.setText(str(number) if number else "")
