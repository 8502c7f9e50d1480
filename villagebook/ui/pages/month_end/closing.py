"""Closing the month: what is still in the way, as a list; then one button."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.period import Period
from villagebook.i18n import N_, _, ngettext
from villagebook.services.period_end import closing
from villagebook.ui.page import Page
from villagebook.ui.pages.month_end.result_box import ResultBox
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.theme import em
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.forms import button, card, text
from villagebook.ui.widgets.pickers import PeriodPicker
from villagebook.ui.widgets.table_view import TableView

STATE_NAMES = {
    "open": N_("open for entries"),
    "closed": N_("closed"),
    "disclosed": N_("on the board"),
    "exported": N_("handed over"),
}


class ClosingPage(Page):
    """One month at a time, the oldest open one first."""

    def title(self) -> str:
        return N_("Close the month")

    def explain(self) -> str:
        return _(
            "The list says everything that is in the way of closing this month, with the reason and the place to mend "
            "it. After closing nothing of the month can be added or changed; a mistake found later is undone by a red "
            "voucher in the open month. A closed month can be opened again with a reason as long as it neither hangs "
            "on the board nor was handed over; the reason stays for ever."
        )

    def build(self) -> None:
        row = QHBoxLayout()
        self.month = PeriodPicker()
        self.month.setMaximumWidth(em(14))
        self.month.setAccessibleName(_("Month"))
        self.state = text("", "quiet")
        self.close_button = button(_("&Close this month"), self._close, main=True)
        row.addWidget(self.month)
        row.addWidget(self.state, 1)
        row.addWidget(self.close_button)
        self.body.addLayout(row)
        self.heading = text("", "heading")
        self.body.addWidget(self.heading)
        self.todo = FindingsPanel(tall=True)
        self.todo.setMinimumHeight(em(16))
        self.todo.wanted.connect(self.session.go)
        self.body.addWidget(self.todo, 1)
        self.body.addWidget(self._reopen_box())
        self.results = ResultBox(self)
        self.body.addWidget(self.results)
        self.body.addWidget(self._reopened_box())
        self.body.addStretch(0)
        self.month.changed.connect(self._turn)

    def _reopen_box(self) -> QWidget:
        self.reopen_box, column = card()
        column.addWidget(text(_("Open this month again")))
        row = QHBoxLayout()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why? The reason is kept for ever."))
        self.reason.setAccessibleName(_("Reason"))
        again = button(_("&Open again"), self._reopen)
        row.addWidget(self.reason, 1)
        row.addWidget(again)
        column.addLayout(row)
        return self.reopen_box

    def _reopened_box(self) -> QWidget:
        self.reopened_box, column = card()
        self.reopened_box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        column.addWidget(text(_("Months opened again")))
        self.reopened = TableView()
        column.addWidget(self.reopened)
        return self.reopened_box

    def _show_reopened(self) -> None:
        """What was opened again stays in sight for ever."""
        table = closing.reopenings(self.book)
        self.reopened_box.setVisible(bool(table.rows))
        self.reopened.show_table(table)
        self.reopened.setFixedHeight(em(1.9) * (min(len(table.rows), 6) + 1) + em(1.2))

    def refresh(self) -> None:
        self._show_reopened()
        states = closing.period_states(self.book)
        fresh = not self.month.count()
        self.month.set_months([period for period, _state in states])
        if fresh:
            self.month.set_value(str(closing.current_period(self.book)))
        self._show()

    def open_target(self, kind: str, ident: str) -> None:
        self.month.set_value(ident)

    def first_field(self) -> QWidget | None:
        return self.month

    def _turn(self) -> None:
        """Another month: what was said of the one before does not stay beside it."""
        self.findings.clear()
        self._show()

    def _show(self) -> None:
        if not self.month.value():
            return
        period = Period.parse(self.month.value())
        state = dict(closing.period_states(self.book)).get(period, "open")
        self.state.setText(_("This month is {state}.").format(state=_(STATE_NAMES[state])))
        is_open = state == "open"
        findings = closing.review(self.book, period, self.session.today) if is_open else ()
        stops = sum(f.severity.stops for f in findings)
        if not is_open:
            words = _("Nothing can be added to this month any more.")
            if state != "closed":
                words += " " + _("It stays closed: correct it by a red voucher in an open month.")
        elif stops:
            words = ngettext("{n} thing is in the way", "{n} things are in the way", stops).format(n=stops)
        else:
            words = _("Nothing is in the way: this month can be closed.")
        self.heading.setText(words)
        self.todo.show_findings(findings)
        self.close_button.setVisible(is_open)
        self.close_button.setEnabled(not self.book.read_only)
        self.reopen_box.setVisible(state == "closed")
        self.results.show_period(period, is_open=is_open)

    def _close(self) -> None:
        period = Period.parse(self.month.value())
        try:
            closing.close(self.book, period, self.session.by())
        except EXPECTED as error:
            self._refused(period, as_findings(error))
            return
        self.findings.clear()
        self.session.say(_("{period} is closed.").format(period=period))

    def _refused(self, period: Period, why: tuple[Finding, ...]) -> None:
        """What is in the way stands in the list already; above it only what the list does not hold."""
        self._show()
        listed = frozenset(self.todo.findings())
        self.show_findings(tuple(f for f in why if f not in listed))
        n = len(why)
        words = ngettext(
            "{period} is not closed: {n} thing is in the way.",
            "{period} is not closed: {n} things are in the way.",
            n,
        )
        self.session.say(words.format(period=period, n=n))

    def _reopen(self) -> None:
        period = Period.parse(self.month.value())

        def opened(_none: None) -> None:
            self.reason.clear()
            self.session.say(_("{period} is open again; the reason is in the log.").format(period=period))

        self.attempt(lambda: closing.reopen(self.book, period, self.reason.text(), self.session.by()), opened)
