"""The depreciation of a month: looked at, posted, taken back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QLineEdit, QWidget

from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.services.period_end import closing
from villagebook.services.registers import depreciation
from villagebook.ui.page import Page
from villagebook.ui.pages.registering.asset_work_rows import AssetWorkRows
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import PeriodPicker
from villagebook.ui.widgets.small_table import SmallTable


class DepreciationBox(FormBox):
    """What a month would be charged, posted with one button and taken back in red."""

    def __init__(self, page: Page, export: Callable[[], None]) -> None:
        """`export` prints the table of the month."""
        super().__init__(_("Depreciation of a month"))
        self._page, self._book = page, page.book
        self.month = PeriodPicker()
        self.month.setAccessibleName(_("Month"))
        self.month.changed.connect(self._show)
        self._words = text("", "quiet")
        self.work = AssetWorkRows(page)
        self._table = SmallTable()
        self._table.setAccessibleName(_("Depreciation"))
        self._table.opened.connect(self._page.session.go)
        acts = QWidget()
        flow = Flow(acts)
        self.run_button = button(_("Post the depreciation"), main=True)
        self.run_button.clicked.connect(self._run)
        paper = button(_("Print the table"))
        paper.clicked.connect(export)
        flow.addWidget(self.run_button)
        flow.addWidget(paper)
        self.back_why = QLineEdit()
        self.back_why.setPlaceholderText(_("Why is it taken back?"))
        self.back_why.setAccessibleName(_("Reason"))
        self.back_button = button(_("Take it back"))
        self.back_button.clicked.connect(self._take_back)
        for widget in (
            self.month,
            self.work,
            self._words,
            self._table,
            acts,
            self.back_why,
            self.back_button,
        ):
            self.add(widget)

    def refresh(self) -> None:
        """Offer the open months anew, the first of them when none was chosen."""
        months = [m for m, state in closing.period_states(self._book) if state == "open"]
        fresh = not self.month.count()
        self.month.set_months(months)
        if fresh and months:
            self.month.set_value(str(months[0]))
        self._show()

    def _period(self) -> Period | None:
        return Period.parse(self.month.value()) if self.month.value() else None

    def _show(self) -> None:
        period = self._period()
        if period is None:
            return
        self.work.show_month(period)
        seen = depreciation.preview(self._book, period, self._page.session.by())
        self._show_charges(seen.charges)
        labels = ", ".join(v.label for v in seen.done)
        parts = []
        if labels:
            parts.append(_("Charged by {labels}.").format(labels=labels))
        if seen.charges:
            total = yuan_text(sum(c.fen for c in seen.charges))
            parts.append(
                _("Still to be charged: {amount}, on {n} of the assets.").format(
                    n=len(seen.charges), amount=total
                )
            )
        if self.work.is_asked():
            parts.append(_("Work that is not told yet is charged once it is."))
        self._words.setText(" ".join(parts) or _("Nothing has to be charged in this month."))
        self.back_why.setVisible(bool(seen.done))
        self.back_button.setVisible(bool(seen.done))

    def _show_charges(self, charges: tuple[depreciation.Charge, ...]) -> None:
        """One row an asset, and their sums."""
        columns = (
            Column("name", _("Name"), Shape.TEXT, 14),
            Column("charge", _("Charge of the month"), Shape.MONEY, 9),
            Column("net", _("Net value"), Shape.MONEY, 10),
        )
        rows = [(c.state.asset.name, c.fen, c.net_fen) for c in charges]
        targets = [f"register:assets/{c.state.asset.code}" for c in charges]
        if charges:
            rows.append((_("Total"), sum(c.fen for c in charges), sum(c.net_fen for c in charges)))
            targets.append("")
        self._table.show_table(Table("run", "", "", columns, tuple(rows), 1 if rows else 0, tuple(targets)))
        self._table.setVisible(bool(rows))
        self.run_button.setEnabled(bool(rows) or self.work.is_asked())

    def _run(self) -> None:
        period, by = self._period(), self._page.session.by()
        if period is None:
            return

        def then(made: Voucher | None) -> None:
            if made is not None:
                self._page.session.say(
                    _("{label} is posted: {summary} {amount}.").format(
                        label=made.label, summary=made.summary, amount=yuan_text(made.total_fen)
                    )
                )
                self._page.session.go(f"voucher:{made.id}")

        self._page.attempt(lambda: depreciation.run(self._book, period, by), then)

    def _take_back(self) -> None:
        period, by = self._period(), self._page.session.by()
        if period is None:
            return
        why = self.back_why.text()

        def then(_made: tuple[Voucher, ...]) -> None:
            self.back_why.clear()
            self._page.session.say(_("The depreciation is taken back in red."))

        self._page.attempt(lambda: depreciation.take_back(self._book, period, why, by), then)
