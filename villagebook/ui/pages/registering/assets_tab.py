"""Assets: cards, their changes, how they leave, the depreciation of a month, and the count."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from villagebook.domain.asset import Asset, Counted, Disposal, Gone
from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.period_end import closing
from villagebook.services.registers import asset_drafts, asset_tables, assets, depreciation, register_cards
from villagebook.services.registers import register_words as words
from villagebook.ui.export import export_table
from villagebook.ui.pages.registering.asset_form import AssetForm
from villagebook.ui.pages.registering.holding_tab import HoldingTab, SmallTable
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, PeriodPicker, PersonPicker


class AssetsTab(HoldingTab):
    """The register of assets."""

    report = "assets"
    layout_name = "assets"

    def make_panels(self) -> None:
        self.book_it = button(_("Book its value"))
        self.book_it.clicked.connect(self._addition)
        self.clear_it = button(_("Clear it from the books"))
        self.clear_it.clicked.connect(self._clearing)
        self.card_flow.addWidget(self.book_it)
        self.card_flow.addWidget(self.clear_it)
        self.add_panel("new", _("New card"), self._new_panel())
        self.add_panel("change", _("Change it"), self._change_panel())
        self.add_panel("leave", _("It leaves"), self._leave_panel())
        self.add_panel("depreciation", _("Depreciation"), self._run_panel())
        self.add_panel("count", _("Count"), self._count_panel())

    # ---- panels ----

    def _new_panel(self) -> QWidget:
        box = FormBox(_("A new card"))
        self.new_form = AssetForm(books.chart(self.book), self.page.session.today)
        self.new_form.family.changed.connect(self._offer_number)
        box.add(self.new_form)
        box.act(_("Enter this card"), self._register, main=True)
        return box

    def _change_panel(self) -> QWidget:
        box = FormBox(
            _("Change the chosen card"),
            _("Every field is recorded before and after; depreciation follows from then on."),
        )
        self.change_form = AssetForm(books.chart(self.book), self.page.session.today)
        box.add(self.change_form)
        self.changed_on, self.why = DateEdit(self.page.session.today), QLineEdit()
        box.row(_("Changed on"), self.changed_on)
        box.row(_("Reason"), self.why)
        box.act(_("Record the change"), self._change, main=True)
        return box

    def _leave_panel(self) -> QWidget:
        box = FormBox(
            _("The chosen asset leaves"),
            _("Record it here first; the vouchers that clear it are then prepared as drafts."),
        )
        self.how = Choice([(g.value, _(t)) for g, t in words.GONE.items()])
        self.gone_on = DateEdit(self.page.session.today)
        self.gone_why, self.gone_by, self.buyer = QLineEdit(), QLineEdit(), QLineEdit()
        self.proceeds = MoneyLine()
        box.row(_("How"), self.how)
        box.row(_("Day"), self.gone_on)
        box.row(_("Reason"), self.gone_why)
        box.row(_("Resolution no."), self.gone_by)
        box.row(_("To whom"), self.buyer)
        box.row(_("For how much"), self.proceeds)
        box.act(_("Record that it leaves"), self._dispose, main=True)
        return box

    def _run_panel(self) -> QWidget:
        box = FormBox(_("Depreciation of a month"))
        self.month = PeriodPicker()
        self.month.setAccessibleName(_("Month"))
        self.month.changed.connect(self._show_run)
        self.run_words = text("", "quiet")
        self.run_table = SmallTable()
        self.run_table.opened.connect(self.page.session.go)
        acts = QWidget()
        flow = Flow(acts)
        self.run_button = button(_("Post the depreciation"), main=True)
        self.run_button.clicked.connect(self._run)
        paper = button(_("Print the table"))
        paper.clicked.connect(lambda: self.export("pdf", "depreciation"))
        flow.addWidget(self.run_button)
        flow.addWidget(paper)
        self.back_why = QLineEdit()
        self.back_why.setPlaceholderText(_("Why is it taken back?"))
        self.back_why.setAccessibleName(_("Reason"))
        self.back_button = button(_("Take it back"))
        self.back_button.clicked.connect(self._take_back)
        for widget in (self.month, self.run_words, self.run_table, acts, self.back_why, self.back_button):
            box.add(widget)
        return box

    def _count_panel(self) -> QWidget:
        box = FormBox(_("Count of the assets"))
        self.count_words = text("", "quiet")
        box.add(self.count_words)
        box.act(_("Print the list to go round with"), self._sheet)
        self.counted_on = DateEdit(self.page.session.today)
        self.counted_on.changed.connect(self._show_found)
        self.counter, self.witness, self.note = PersonPicker(), PersonPicker(), QLineEdit()
        box.row(_("Counted on"), self.counted_on)
        box.row(_("Counted by"), self.counter)
        box.row(_("Watched by"), self.witness)
        box.row(_("Remark"), self.note)
        box.add(text(_("Take the tick away from whatever was not found."), "quiet"))
        self.found = QTableWidget(0, 3)
        self.found.setAccessibleName(_("What was found"))
        self.found.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.found.verticalHeader().setVisible(False)
        self.found.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.found.setShowGrid(False)
        self.found.setMinimumHeight(em(14))
        box.add(self.found)
        box.act(_("Record the count"), self._count, main=True)
        return box

    # ---- showing ----

    def lists(self) -> None:
        staff = tuple(books.staff(self.book).persons.values())
        for form in (self.new_form, self.change_form):
            form.set_persons(staff)
        self.new_form.offer_bookings(assets.unexplained(self.book))
        self.counter.set_persons(staff)
        self.witness.set_persons(staff)
        months = [m for m, state in closing.period_states(self.book) if state == "open"]
        fresh = not self.month.count()
        self.month.set_months(months)
        if fresh and months:
            self.month.set_value(str(months[0]))
        self._offer_number()
        self._show_run()
        self._show_found()

    def list_table(self) -> Table:
        return asset_tables.asset_list(self.book, self.page.session.today)

    def shown(self, code: str) -> register_cards.Shown | None:
        return register_cards.asset(self.book, code, date.max)

    def chosen(self, code: str) -> None:
        view = assets.card(self.book, code, date.max) if code else None
        gone = bool(view and view.state.disposal)
        self.book_it.setVisible(bool(view and not view.state.is_booked and not gone))
        self.clear_it.setVisible(bool(view and gone and not view.state.is_cleared))
        if view is not None:
            self.change_form.show_asset(view.state.asset)
            self.why.clear()

    def _offer_number(self) -> None:
        form = self.new_form
        if form.name.text().strip():
            return
        codes = [s.asset.code for s in assets.states(self.book, date.max)]
        form.code.setText(assets.next_code(codes, assets.first_code(form.family.value())))

    def _period(self) -> Period | None:
        return Period.parse(self.month.value()) if self.month.value() else None

    def _show_run(self) -> None:
        period = self._period()
        if period is None:
            return
        seen = depreciation.preview(self.book, period, self.page.session.by())
        rows = tuple(
            (c.state.asset.code, c.state.asset.name, c.fen, c.after_fen, c.net_fen) for c in seen.charges
        )
        if rows:
            sums = [sum(int(row[n]) for row in rows) for n in (2, 3, 4)]
            rows = (*rows, ("", _("Total"), sums[0], sums[1], sums[2]))
        targets = tuple(f"register:assets/{row[0]}" if row[0] else "" for row in rows)
        columns = (
            Column("name", _("Name"), Shape.TEXT, 14),
            Column("charge", _("Charge of the month"), Shape.MONEY, 9),
            Column("net", _("Net value"), Shape.MONEY, 10),
        )
        shown = tuple((name, fen, net_fen) for _code, name, fen, _lost, net_fen in rows)
        self.run_table.show_table(Table("run", "", "", columns, shown, 1 if rows else 0, targets))
        self.run_table.setVisible(bool(rows))
        self.run_button.setEnabled(bool(rows))
        labels = ", ".join(v.label for v in seen.done)
        parts = []
        if labels:
            parts.append(_("Charged by {labels}.").format(labels=labels))
        if rows:
            total = yuan_text(sum(c.fen for c in seen.charges))
            parts.append(
                _("Still to be charged: {n} assets, {amount}.").format(n=len(seen.charges), amount=total)
            )
        self.run_words.setText(" ".join(parts) or _("Nothing has to be charged in this month."))
        self.back_why.setVisible(bool(seen.done))
        self.back_button.setVisible(bool(seen.done))

    def _show_found(self) -> None:
        """What there is to be counted on the day that is typed; ticks that were taken away stay away."""
        day = self.counted_on.day()
        if day is None:
            return
        missed = self._ticked(Qt.CheckState.Unchecked)
        known = assets.states(self.book, date.max)
        wanted = set(assets.to_count(known, day))
        shown = [s.asset for s in known if s.asset.code in wanted]
        self.found.setHorizontalHeaderLabels([_("Entry code"), _("Name"), _("Where it is")])
        self.found.setRowCount(len(shown))
        for row, asset in enumerate(shown):
            for column, words_ in enumerate((asset.code, asset.name, asset.location)):
                item = QTableWidgetItem(words_)
                if column == 0:
                    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                    missing = asset.code in missed
                    item.setCheckState(Qt.CheckState.Unchecked if missing else Qt.CheckState.Checked)
                self.found.setItem(row, column, item)
        last = assets.counts(self.book)[:1]
        self.count_words.setText(
            _("Last counted on {day}: {found} found, {missing} missing.").format(
                day=last[0].counted_on.isoformat(), found=len(last[0].found), missing=len(last[0].missing)
            )
            if last
            else _("The assets have not been counted yet.")
        )

    def _ticked(self, state: Qt.CheckState) -> tuple[str, ...]:
        """Codes of the list that are ticked, or that are not."""
        items = (self.found.item(row, 0) for row in range(self.found.rowCount()))
        return tuple(item.text() for item in items if item is not None and item.checkState() is state)

    # ---- doing ----

    def _typed(self, form: AssetForm) -> Asset | None:
        wrong = form.problems()
        if wrong:
            self.page.say_problem(" ".join(wrong))
            return None
        return form.read()

    def _register(self) -> None:
        if not self.page.reads(self.new_form.acquired):
            return
        made = self._typed(self.new_form)
        if made is None:
            return
        by = self.page.session.by()
        said = _("{name} is in the register.").format(name=made.name)
        blank = Asset("", "", made.acquired_on, 0, made.family, residual_bp=made.residual_bp)

        def then(found: tuple[Finding, ...]) -> None:
            self.new_form.show_asset(blank, new=True)
            self._offer_number()
            self.done(said, made.code)(found)

        self.page.attempt(lambda: assets.register(self.book, made, by), then)

    def _change(self) -> None:
        if not self.page.reads(self.changed_on):
            return
        if not self.needs_entry():
            return
        made = self._typed(self.change_form)
        if made is None:
            return
        day, by = self.changed_on.given(), self.page.session.by()
        self.page.attempt(
            lambda: assets.change(self.book, made, day, self.why.text(), by),
            self.done(_("The change is recorded."), made.code),
        )

    def _dispose(self) -> None:
        if not self.page.reads(self.gone_on):
            return
        code = self.needs_entry()
        if not code:
            return
        gone = Disposal(
            code,
            self.gone_on.given(),
            Gone(self.how.value()),
            self.gone_why.text(),
            self.gone_by.text(),
            self.proceeds.fen() or 0,
            self.buyer.text(),
        )
        by = self.page.session.by()
        self.page.attempt(
            lambda: assets.dispose(self.book, gone, by),
            self.done(_("It is recorded. Now clear it from the books."), code),
        )

    def _addition(self) -> None:
        by = self.page.session.by()
        self.page.attempt(lambda: asset_drafts.addition(self.book, self._code, by), self.open_drafts)

    def _clearing(self) -> None:
        by = self.page.session.by()
        self.page.attempt(lambda: asset_drafts.clearing(self.book, self._code, by), self.open_drafts)

    def _run(self) -> None:
        period, by = self._period(), self.page.session.by()
        if period is None:
            return

        def then(made: Voucher | None) -> None:
            if made is not None:
                self.page.session.say(
                    _("{label} is posted: {summary} {amount}.").format(
                        label=made.label, summary=made.summary, amount=yuan_text(made.total_fen)
                    )
                )
                self.page.session.go(f"voucher:{made.id}")

        self.page.attempt(lambda: depreciation.run(self.book, period, by), then)

    def _take_back(self) -> None:
        period, by = self._period(), self.page.session.by()
        if period is None:
            return
        why = self.back_why.text()

        def then(_made: tuple[Voucher, ...]) -> None:
            self.back_why.clear()
            self.page.session.say(_("The depreciation is taken back in red."))

        self.page.attempt(lambda: depreciation.take_back(self.book, period, why, by), then)

    def _sheet(self) -> None:
        if not self.page.reads(self.counted_on):
            return
        day = self.counted_on.given()
        export_table(self.page, asset_tables.count_sheet(self.book, day), "pdf")

    def _count(self) -> None:
        if not self.page.reads(self.counted_on):
            return
        found, missing = self._ticked(Qt.CheckState.Checked), self._ticked(Qt.CheckState.Unchecked)
        counted = Counted(
            self.counted_on.given(),
            self.counter.value(),
            self.witness.value(),
            found,
            missing,
            self.note.text(),
        )
        by = self.page.session.by()
        said = _("The count is recorded: {found} found, {missing} missing.").format(
            found=len(found), missing=len(missing)
        )
        self.page.attempt(lambda: assets.record_count(self.book, counted, by), self.done(said))
