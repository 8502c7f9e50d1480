"""Assets: cards, their changes, and how they leave."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.asset import Asset, Disposal, Gone
from villagebook.domain.finding import Finding
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.registers import asset_drafts, asset_tables, assets, register_cards
from villagebook.services.registers import register_words as words
from villagebook.ui.pages.registering.asset_count_box import AssetCountBox
from villagebook.ui.pages.registering.asset_form import AssetForm
from villagebook.ui.pages.registering.depreciation_box import DepreciationBox
from villagebook.ui.pages.registering.holding_tab import HoldingTab
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class AssetsTab(HoldingTab):
    """The register of assets."""

    report = "assets"
    layout_name = "assets"
    gives_way = ("family", "original", "state")

    def make_panels(self) -> None:
        self.book_it = button(_("Book its value"), self._addition)
        self.clear_it = button(_("Clear it from the books"), self._clearing)
        self.card_flow.addWidget(self.book_it)
        self.card_flow.addWidget(self.clear_it)
        self.add_panel("new", _("New card"), self._new_panel())
        self.add_panel("change", _("Change it"), self._change_panel())
        self.add_panel("leave", _("It leaves"), self._leave_panel())
        self.depreciation = DepreciationBox(self.page, lambda: self.export("pdf", "depreciation"))
        self.count = AssetCountBox(self.page, self.done)
        self.add_panel("depreciation", _("Depreciation"), self.depreciation)
        self.add_panel("count", _("Count"), self.count)

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

    # ---- showing ----

    def lists(self) -> None:
        staff = tuple(books.staff(self.book).persons.values())
        for form in (self.new_form, self.change_form):
            form.set_persons(staff)
        self.new_form.offer_bookings(assets.unexplained(self.book))
        self._offer_number()
        self.depreciation.refresh()
        self.count.refresh()

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
