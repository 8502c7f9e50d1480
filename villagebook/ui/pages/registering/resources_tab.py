"""Resources: land, water and woods, who uses them and under which contract."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services.registers import assets, contracts, register_cards, register_tables, resources
from villagebook.services.registers import register_words as words
from villagebook.ui.pages.registering.holding_tab import HoldingTab
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import Form, button
from villagebook.ui.widgets.pickers import Choice

FIRST = "Z-0001"


class ResourceForm(QWidget):
    """The fields of a resource."""

    def __init__(self) -> None:
        super().__init__()
        self._base: Resource | None = None
        self.code, self.name, self.area = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = Choice([(k.value, _(t)) for k, t in words.RESOURCE_KINDS.items()])
        self.location, self.boundaries, self.certificate = QLineEdit(), QLineEdit(), QLineEdit()
        self.use = Choice([(u.value, _(t)) for u, t in words.USES.items()])
        self.contract = Choice()
        self.since, self.note = DateEdit(), QLineEdit()
        self.area.setMaximumWidth(em(8))
        self.boundaries.setPlaceholderText(_("east, south, west, north"))
        form = Form(self)
        form.row(_("Entry code"), self.code)
        form.row(_("Name"), self.name)
        form.row(_("Kind"), self.kind)
        form.row(_("Area (mu)"), self.area)
        form.row(_("Where it is"), self.location)
        form.row(_("Boundaries"), self.boundaries)
        form.row(_("Certificate"), self.certificate)
        form.row(_("Used by"), self.use)
        form.row(_("Contract"), self.contract)
        form.row(_("Used since"), self.since)
        form.row(_("Remark"), self.note)

    def set_contracts(self, options: list[tuple[str, str]]) -> None:
        self.contract.set_options([("", _("(none)")), *options])

    def read(self) -> Resource:
        base = self._base or Resource("", "", ResourceKind.OTHER, "")
        return replace(
            base,
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            kind=ResourceKind(self.kind.value()),
            area=self.area.text().strip().removesuffix("亩").strip(),
            location=self.location.text().strip(),
            boundaries=self.boundaries.text().strip(),
            certificate=self.certificate.text().strip(),
            use=Use(self.use.value()),
            contract=self.contract.value(),
            since=self.since.day(),
            note=self.note.text().strip(),
        )

    def show_resource(self, found: Resource, *, new: bool = False) -> None:
        self._base = None if new else found
        for field, value in (
            (self.code, found.code),
            (self.name, found.name),
            (self.area, found.area),
            (self.location, found.location),
            (self.boundaries, found.boundaries),
            (self.certificate, found.certificate),
            (self.note, found.note),
        ):
            field.setText(value)
        self.kind.set_value(found.kind.value)
        self.use.set_value(found.use.value)
        self.contract.set_value(found.contract)
        self.since.set_day(found.since)
        self.code.setReadOnly(not new)


class ResourcesTab(HoldingTab):
    """The register of resources."""

    report = "resources"
    layout_name = "resources"

    def make_panels(self) -> None:
        self.open_contract = button(_("Open its contract"), self._open_contract)
        self.card_flow.addWidget(self.open_contract)
        self.add_panel("new", _("New resource"), self._new_panel())
        self.add_panel("change", _("Change it"), self._change_panel())

    def _new_panel(self) -> QWidget:
        box = FormBox(_("A new resource"))
        self.new_form = ResourceForm()
        box.add(self.new_form)
        box.act(_("Enter this resource"), self._register, main=True)
        return box

    def _change_panel(self) -> QWidget:
        box = FormBox(_("Change the chosen resource"))
        self.change_form = ResourceForm()
        box.add(self.change_form)
        self.changed_on, self.why = DateEdit(self.page.session.today), QLineEdit()
        box.row(_("Changed on"), self.changed_on)
        box.row(_("Reason"), self.why)
        box.act(_("Record the change"), self._change, main=True)
        return box

    def lists(self) -> None:
        self._all_resources = {r.code: r for r in resources.resources(self.book)}
        options = [
            (s.contract.code, f"{s.contract.code} {s.contract.name}")
            for s in contracts.states(self.book, self.page.session.today)
        ]
        for form in (self.new_form, self.change_form):
            form.set_contracts(options)
        if not self.new_form.name.text():
            self.new_form.code.setText(assets.next_code(self._all_resources, FIRST))

    def list_table(self) -> Table:
        return register_tables.resource_list(self.book, date.max)

    def shown(self, code: str) -> register_cards.Shown | None:
        return register_cards.resource(self.book, code, date.max)

    def chosen(self, code: str) -> None:
        found = self._all_resources.get(code)
        self.open_contract.setVisible(bool(found and found.contract))
        if found is not None:
            self.change_form.show_resource(found)
            self.why.clear()

    def _open_contract(self) -> None:
        self.page.session.go(f"register:contracts/{self._all_resources[self._code].contract}")

    def _register(self) -> None:
        if not self.page.reads(self.new_form.since):
            return
        made, by = self.new_form.read(), self.page.session.by()

        def then(found: tuple[Finding, ...]) -> None:
            self.new_form.show_resource(Resource("", "", made.kind, ""), new=True)
            self.lists()
            self.done(_("{name} is in the register.").format(name=made.name), made.code)(found)

        self.page.attempt(lambda: resources.register(self.book, made, by), then)

    def _change(self) -> None:
        if not self.page.reads(self.changed_on):
            return
        if not self.needs_entry():
            return
        made, by = self.change_form.read(), self.page.session.by()
        day = self.changed_on.given()
        self.page.attempt(
            lambda: resources.change(self.book, made, day, self.why.text(), by),
            self.done(_("The change is recorded."), made.code),
        )
