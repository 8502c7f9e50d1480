"""The fields of an asset's card, for a new one and for a change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.account import Account, Chart
from villagebook.domain.asset import ACCOUNTS, Asset, Family, Method, Origin, Purpose, is_under
from villagebook.domain.money import yuan_text
from villagebook.domain.people import Person
from villagebook.i18n import _
from villagebook.rules.assets import MOST_WORK
from villagebook.services.registers import assets
from villagebook.services.registers import register_words as words
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_picker import AccountPicker
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker

MONTHS = 12


class AssetForm(QWidget):
    """`read` gives the card as typed, `show_asset` shows one."""

    def __init__(self, chart: Chart, today: date) -> None:
        super().__init__()
        self._today = today
        self._base: Asset | None = None
        self._bookings: dict[str, assets.Bought] = {}
        self.bought = Choice()
        self.family = Choice([(f.value, _(t)) for f, t in words.FAMILIES.items()])
        self.code, self.name, self.kind, self.spec = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self.quantity, self.unit = QLineEdit(), QLineEdit()
        self.location, self.use = QLineEdit(), QLineEdit()
        self.keeper = PersonPicker()
        self.origin = Choice([(o.value, _(t)) for o, t in words.ORIGINS.items()])
        self.reason, self.resolution = QLineEdit(), QLineEdit()
        self.acquired, self.in_use = DateEdit(today), DateEdit()
        self.original, self.lost = MoneyLine(), MoneyLine()
        self.taken_over = QCheckBox(_("Its value is in the opening balance"))
        self.method = Choice([(m.value, _(t)) for m, t in words.METHODS.items()])
        self.purpose = Choice([(p.value, _(t)) for p, t in words.PURPOSES.items()])
        self.life = CountEdit(1200)
        self.work_total, self.work_before = CountEdit(MOST_WORK), CountEdit(MOST_WORK)
        self.work_unit = QLineEdit()
        self.residual = QLineEdit()
        self.account = AccountPicker(chart, {}, self._fits)
        self.expense = AccountPicker(chart, {}, lambda account: account.is_expense)
        self._chart = chart
        self._lay_out()
        self.family.changed.connect(self._family_chosen)
        self.bought.changed.connect(self._take_booking)
        self.taken_over.toggled.connect(self._taken_over)
        self.method.changed.connect(self._method_chosen)
        self._family_chosen()
        self._taken_over(False)
        self.offer_bookings(())

    def _lay_out(self) -> None:
        form = Form(self)
        self.residual.setMaximumWidth(em(6))
        self.quantity.setMaximumWidth(em(6))
        self.unit.setMaximumWidth(em(6))
        self.original.setMaximumWidth(em(11))
        self.lost.setMaximumWidth(em(11))
        self._bought_label = form.row(_("Booked already by"), self.bought)
        form.row(_("Class"), self.family)
        form.row(_("Entry code"), self.code)
        form.row(_("Name"), self.name)
        form.row(_("Sort (building, machine …)"), self.kind)
        form.row(_("Model"), self.spec)
        form.row(_("Quantity"), self.quantity)
        form.row(_("Unit"), self.unit)
        form.row(_("Where it is"), self.location)
        form.row(_("Who uses it"), self.purpose)
        form.row(_("For what"), self.use)
        form.row(_("Keeper"), self.keeper)
        form.row(_("How it came"), self.origin)
        form.row(_("Day it came"), self.acquired)
        form.row(_("In use since"), self.in_use)
        form.row(_("Original value"), self.original)
        form.wide(self.taken_over)
        self._lost_label = form.row(_("Lost before the book"), self.lost)
        form.row(_("Depreciation"), self.method)
        self._life_label = form.row(_("Life in months"), self.life)
        self._work_labels = (
            form.row(_("Work is counted in"), self.work_unit),
            form.row(_("Work of its whole life"), self.work_total),
            form.row(_("Work done before"), self.work_before),
        )
        form.row(_("Left at the end, %"), self.residual)
        form.row(_("Resolution no."), self.resolution)
        form.row(_("Reason for the amount"), self.reason)
        form.row(_("Account"), self.account)
        form.row(_("Expense account"), self.expense)
        self.in_use.setPlaceholderText(_("the same day"))
        self.expense.setPlaceholderText(_("that of its use"))
        self.residual.setPlaceholderText("5")
        self.work_unit.setMaximumWidth(em(8))
        self.work_unit.setPlaceholderText(_("hours, kilometres …"))
        for count in (self.work_total, self.work_before):
            count.setMaximumWidth(em(8))

    def set_persons(self, persons: tuple[Person, ...]) -> None:
        self.keeper.set_persons(persons)

    def offer_bookings(self, bookings: tuple[assets.Bought, ...]) -> None:
        """Posted additions a new card may explain; nothing is shown when there are none."""
        self._bookings = {f"{b.voucher_id} {b.account} {b.left_fen}": b for b in bookings}
        words = [
            (key, f"{b.label} {b.booked_on.isoformat()} {b.summary} {yuan_text(b.left_fen)}")
            for key, b in self._bookings.items()
        ]
        self.bought.set_options([("", _("(no, not yet)")), *words])
        self.bought.setVisible(bool(words))
        self._bought_label.setVisible(bool(words))

    def _take_booking(self) -> None:
        """The booking says what it was, when, how much and on which account."""
        found = self._bookings.get(self.bought.value())
        if found is None:
            return
        family = next(f for f in ACCOUNTS if is_under(found.account, f))
        self.family.set_value(family.value)
        self._family_chosen()
        self.account.set_code(found.account)
        self.name.setText(found.summary)
        self.acquired.set_day(found.booked_on)
        self.original.set_fen(found.left_fen)
        self.taken_over.setChecked(False)

    def _fits(self, account: Account) -> bool:
        return is_under(account.code, Family(self.family.value()))

    def _family_chosen(self) -> None:
        """Living things kept for sale and forests are not depreciated; the account follows the class."""
        family = Family(self.family.value())
        wears = bool(ACCOUNTS[family][1])
        if not wears:
            self.method.set_value(Method.NONE.value)
        elif self._base is None:
            self.method.set_value(Method.STRAIGHT.value)
        self.method.setEnabled(wears)
        self._method_chosen()
        top = ACCOUNTS[family][0]
        self.account.set_code(top if self._chart.is_leaf(top) else "")

    def _method_chosen(self) -> None:
        """Age is asked of what wears by age, work of what wears by work."""
        by_work = self.method.value() == Method.WORK.value
        by_age: tuple[QWidget, ...] = (self.life, self._life_label)
        of_work: tuple[QWidget, ...] = (self.work_unit, self.work_total, self.work_before, *self._work_labels)
        for widget in (*by_age, *of_work):
            widget.setVisible((widget in of_work) == by_work)

    def _taken_over(self, wanted: bool) -> None:
        self.lost.setVisible(wanted)
        self._lost_label.setVisible(wanted)

    def problems(self) -> tuple[str, ...]:
        """Fields that cannot be read."""
        wrong = []
        if _basis_points(self.residual.text()) is None:
            wrong.append(_("What is left at the end is a rate in per cent, such as 5."))
        return tuple(wrong)

    def read(self) -> Asset:
        """The card as typed; fields that stand at what the class and the use ask for are left out."""
        family = Family(self.family.value())
        account, acquired = self.account.code(), self.acquired.given()
        base = self._base or Asset("", "", acquired, 0)
        taken_over = self.taken_over.isChecked()
        booking = self._bookings.get(self.bought.value())
        by_work = self.method.value() == Method.WORK.value
        return replace(
            base,
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            family=family,
            kind=self.kind.text().strip(),
            spec=self.spec.text().strip(),
            quantity=self.quantity.text().strip() or "1",
            unit=self.unit.text().strip(),
            location=self.location.text().strip(),
            use=self.use.text().strip(),
            keeper=self.keeper.value(),
            acquired_on=acquired,
            in_use_on=self.in_use.day() if self.in_use.day() != acquired else None,
            origin=Origin(self.origin.value()),
            reason=self.reason.text().strip(),
            original_fen=self.original.fen() or 0,
            accumulated_fen=(self.lost.fen() or 0) if taken_over else 0,
            taken_over=taken_over,
            voucher=booking.voucher_id if booking else base.voucher,
            residual_bp=_basis_points(self.residual.text()) or 0,
            life_months=self.life.value(),
            work_total=self.work_total.value() if by_work else 0,
            work_unit=self.work_unit.text().strip() if by_work else "",
            work_before=self.work_before.value() if by_work else 0,
            method=Method(self.method.value()),
            purpose=Purpose(self.purpose.value()),
            account=account if account != ACCOUNTS[family][0] else "",
            expense=self.expense.code(),
            resolution=self.resolution.text().strip(),
        )

    def show_asset(self, asset: Asset, *, new: bool = False) -> None:
        """Show a card; what is not among the fields stays as it is."""
        self._base = None if new else asset
        self.family.set_value(asset.family.value)
        self._family_chosen()
        for field, value in (
            (self.code, asset.code),
            (self.name, asset.name),
            (self.kind, asset.kind),
            (self.spec, asset.spec),
            (self.quantity, asset.quantity),
            (self.unit, asset.unit),
            (self.location, asset.location),
            (self.use, asset.use),
            (self.reason, asset.reason),
            (self.resolution, asset.resolution),
            (self.residual, f"{asset.residual_bp / 100:g}"),
        ):
            field.setText(value)
        self.keeper.set_value(asset.keeper)
        self.origin.set_value(asset.origin.value)
        self.acquired.set_day(asset.acquired_on)
        self.in_use.set_day(asset.in_use_on)
        self.original.set_fen(asset.original_fen or None)
        self.taken_over.setChecked(asset.taken_over)
        self.lost.set_fen(asset.accumulated_fen or None)
        self.method.set_value(asset.method.value)
        self.purpose.set_value(asset.purpose.value)
        self.life.set_value(asset.life_months)
        self.work_unit.setText(asset.work_unit)
        self.work_total.set_value(asset.work_total)
        self.work_before.set_value(asset.work_before)
        self._method_chosen()
        if asset.account:
            self.account.set_code(asset.account)
        self.expense.set_code(asset.expense)
        fixed = not new
        self.code.setReadOnly(fixed)
        self.family.setEnabled(not fixed)


def _basis_points(text: str) -> int | None:
    """Hundredths of a per cent; 0 for an empty field, None when it is no rate."""
    words = text.strip().removesuffix("%").strip()
    if not words:
        return 0
    whole, _dot, rest = words.partition(".")
    if not (whole.isascii() and whole.isdigit()) or (rest and not (rest.isascii() and rest.isdigit())):
        return None
    if len(rest) > 2 or len(whole) > 3:
        return None
    return int(whole) * 100 + int(rest.ljust(2, "0") if rest else 0)
