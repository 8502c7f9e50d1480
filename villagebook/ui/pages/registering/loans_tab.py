"""Loans and advances: what the village owes and is owed, each with what was paid back of it and when the rest is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.loan import Loan, LoanEnd, LoanSide, Standing
from villagebook.domain.money import yuan_text
from villagebook.domain.table import Table
from villagebook.i18n import _, ngettext
from villagebook.services.book_file import books
from villagebook.services.registers import loan_table, loans
from villagebook.ui.export import export_table
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import beside, button, card, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class LoansTab(TableTab):
    """The list with what narrows it, and beside it one loan: what became of it, its form, its end."""

    GIVES_WAY = ("days", "code")

    def forms(self) -> None:
        self._found: tuple[loans.Owed, ...] = ()
        self._shown: Loan | None = None
        self._fate_box()
        self._entry_box()
        self._end_box()

    def left(self) -> QWidget:
        self.search = search_line()
        self.search.textChanged.connect(self.table.filter)
        self.settled = QCheckBox(_("with those paid back"))
        self.settled.toggled.connect(lambda _on: self.refresh())
        saves = save_buttons(lambda form: export_table(self.page, self._table(), form))
        holder, self.caption = under_bar(ListBar(self.search, self.settled, *saves), self.table)
        self.table.setAccessibleName(_("Loans and advances"))
        self.table.pointed.connect(lambda _row: self._point())
        self.table.opened.connect(self._opened)
        return holder

    def _fate_box(self) -> None:
        box, column = card()
        self.fate_title = text("", "heading")
        self.fate = text("")
        self.paid_out = button(_("The voucher that paid it out"), self._go_paid_out, link=True)
        self._backs = QWidget()
        self._backs_flow = Flow(self._backs)
        for widget in (self.fate_title, self.fate, self.paid_out, self._backs):
            column.addWidget(widget)
        self.column.addWidget(box)

    def _entry_box(self) -> None:
        box = FormBox(_("Enter a loan"))
        self.heading = box.heading
        self.side = Choice(
            [
                (LoanSide.BORROWED.value, _("The village borrowed")),
                (LoanSide.LENT.value, _("The village lent, in former years")),
            ]
        )
        self.side.changed.connect(self._next_code)
        self.code, self.name, self.party = QLineEdit(), QLineEdit(), QLineEdit()
        self.account = AccountPicker(books.chart(self.page.book), {})
        self.amount, self.before = MoneyLine(), MoneyLine()
        self.given_on, self.due_on = DateEdit(self.page.session.today), DateEdit(None)
        self.rate, self.parts = QLineEdit(), QLineEdit()
        self.contract, self.resolution, self.permit = QLineEdit(), QLineEdit(), QLineEdit()
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why it is changed"))
        for words, widget in (
            (_("&Kind"), self.side),
            (_("Loan number"), self.code),
            (_("&Name of the loan"), self.name),
            (_("Other part&y"), self.party),
            (_("Account"), self.account),
            (_("A&mount"), self.amount),
            (_("Day of the loan"), self.given_on),
            (_("&Due on"), self.due_on),
            (_("Rate"), self.rate),
            (_("Instalments"), self.parts),
            (_("Contract number"), self.contract),
            (_("&Resolution"), self.resolution),
            (_("&Permission"), self.permit),
            (_("Paid back before this book"), self.before),
        ):
            box.row(words, widget)
        box.row(_("Reason"), self.reason)
        self.save = button(_("&Save"), self._save, main=True)
        fresh = button(_("Ne&w loan"), lambda: self._show(None))
        box.add(beside(self.save, fresh))
        self.column.addWidget(box)

    def _end_box(self) -> None:
        self.end_box = FormBox(_("Close this loan"))
        self.ended_on = DateEdit(self.page.session.today)
        self.why, self.end_resolution, self.end_permit = QLineEdit(), QLineEdit(), QLineEdit()
        self.end_box.row(_("On"), self.ended_on)
        self.end_box.row(_("Because of"), self.why)
        self.end_box.row(_("Resolution"), self.end_resolution)
        self.end_box.row(_("Permission"), self.end_permit)
        self.end_box.act(_("C&lose it"), self._end)
        self.column.addWidget(self.end_box)

    # ---- showing ----

    def _table(self) -> Table:
        hidden = () if self.settled.isChecked() else (Standing.SETTLED, Standing.ENDED)
        shown = tuple(o for o in self._found if o.standing not in hidden)
        return loan_table.table(shown, self.page.session.today)

    def refresh(self) -> None:
        self._found = loans.standings(self.page.book, self.page.session.today)
        late = [o for o in self._found if o.late_days]
        words = ngettext("{n} is overdue: {amount}.", "{n} are overdue: {amount}.", len(late))
        self.caption.setText(
            words.format(n=len(late), amount=yuan_text(sum(o.left_fen for o in late)))
            if late
            else _("Nothing is overdue.")
        )
        self.table.show_table(loan_table.short(self._table()))
        self.table.filter(self.search.text())
        if self._shown is None and not self.name.text().strip():
            self._show(None, focus=False)
        self._show_fate(self._current())

    def open_entry(self, code: str) -> None:
        """Show a registered loan."""
        found = next((o for o in self._found if o.code == code), None)
        if found is None:
            return
        if found.standing in (Standing.SETTLED, Standing.ENDED):
            self.settled.setChecked(True)
        self.table.choose(f"register:loans/{code}")
        self._show(found.loan)
        self._show_fate(found)

    def _opened(self, target: str) -> None:
        kind, _sep, ident = target.partition(":")
        if kind == "voucher":
            self.page.session.go(target)
        else:
            self.open_entry(ident.partition("/")[2])

    def _current(self) -> loans.Owed | None:
        target = self.table.target()
        kind, _sep, ident = target.partition(":")
        if kind == "voucher":
            return next((o for o in self._found if not o.code and o.voucher_id == ident), None)
        return next((o for o in self._found if o.code and o.code == ident.partition("/")[2]), None)

    def _point(self) -> None:
        found = self._current()
        if found is not None and found.loan is not None:
            self._show(found.loan, focus=False)
        self._show_fate(found)

    def _show_fate(self, found: loans.Owed | None) -> None:
        self._owed = found
        self.fate_title.setText(
            f"{loan_table.kind_title(found.kind)}  {found.code} {found.party}"
            if found
            else _("Choose a row.")
        )
        self.paid_out.setVisible(bool(found and found.voucher_id))
        self.fate.setText(
            _("{amount} since {day}; paid back {repaid}, left {left}.").format(
                amount=yuan_text(found.amount_fen),
                day=found.given_on.isoformat(),
                repaid=yuan_text(found.repaid_fen),
                left=yuan_text(found.left_fen),
            )
            if found
            else ""
        )
        while self._backs_flow.count():
            item = self._backs_flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        before = self.paid_out
        for back in found.backs if found else ():
            made = button(
                f"{back.day} {back.label}  {yuan_text(back.fen)}",
                lambda _checked=False, ident=back.voucher_id: self.page.session.go(f"voucher:{ident}"),
                link=True,
            )
            self._backs_flow.addWidget(made)
            self.setTabOrder(before, made)
            before = made
        self._backs.setVisible(bool(found and found.backs))
        self.end_box.setVisible(bool(found and found.loan and found.standing is not Standing.ENDED))

    def _go_paid_out(self) -> None:
        if self._owed is not None and self._owed.voucher_id:
            self.page.session.go(f"voucher:{self._owed.voucher_id}")

    def _next_code(self) -> None:
        if self._shown is None:
            self.code.setText(loans.next_code(self.page.book, LoanSide(self.side.value())))

    def _show(self, loan: Loan | None, *, focus: bool = True) -> None:
        """In the form; None is a blank one with the next free number."""
        self._shown = loan
        self.heading.setText(_("Loan {code}").format(code=loan.code) if loan else _("Enter a loan"))
        for widget in (self.side, self.code):
            widget.setEnabled(loan is None)
        if loan is None:
            self._next_code()
        else:
            self.side.set_value(loan.side.value)
            self.code.setText(loan.code)
        self.name.setText(loan.name if loan else "")
        self.party.setText(loan.party if loan else "")
        self.account.set_code(loan.account if loan else "")
        self.amount.set_fen(loan.amount_fen if loan else None)
        self.before.set_fen(loan.paid_before_fen or None if loan else None)
        self.given_on.set_day(loan.given_on if loan else self.page.session.today)
        self.due_on.set_day(loan.due_on if loan else None)
        for field, value in (
            (self.rate, loan.rate if loan else ""),
            (self.parts, loan.instalments if loan else ""),
            (self.contract, loan.contract if loan else ""),
            (self.resolution, loan.resolution if loan else ""),
            (self.permit, loan.permit if loan else ""),
            (self.reason, ""),
        ):
            field.setText(value)
        self.reason.setEnabled(loan is not None)
        if focus:
            self.name.setFocus()

    # ---- verbs ----

    def _typed(self) -> Loan:
        day: date = self.given_on.given()
        return Loan(
            self.code.text().strip(),
            self.name.text().strip(),
            LoanSide(self.side.value()),
            self.party.text().strip(),
            self.account.code(),
            self.amount.fen() or 0,
            day,
            self.due_on.day(),
            self.rate.text().strip(),
            self.parts.text().strip(),
            self.resolution.text().strip(),
            self.permit.text().strip(),
            self.contract.text().strip(),
            self.before.fen() or 0,
        )

    def _save(self) -> None:
        if not self.page.reads(self.given_on):
            return
        page, shown, typed = self.page, self._shown, self._typed()

        def done(said: tuple[Finding, ...]) -> None:
            page.session.say(_("Loan {code} is in the register.").format(code=typed.code))
            self._show(None, focus=False)
            self.refresh()
            self.open_entry(typed.code)
            page.show_findings(said)

        if shown is None:
            page.attempt(lambda: loans.register(page.book, typed, page.session.by()), done)
            return
        today = page.session.today
        after = replace(typed, note=shown.note)
        page.attempt(
            lambda: loans.change(page.book, after, self.reason.text(), today, page.session.by()), done
        )

    def _end(self) -> None:
        if not self.page.reads(self.ended_on):
            return
        page, shown = self.page, self._shown
        if shown is None:
            return
        ended = LoanEnd(
            shown.code,
            self.ended_on.given(),
            self.why.text().strip(),
            self.end_resolution.text().strip(),
            self.end_permit.text().strip(),
        )

        def done(said: tuple[Finding, ...]) -> None:
            for field in (self.why, self.end_resolution, self.end_permit):
                field.clear()
            page.session.say(_("Loan {code} is closed.").format(code=ended.code))
            self.refresh()
            page.show_findings(said)

        page.attempt(lambda: loans.end(page.book, ended, page.session.by()), done)
