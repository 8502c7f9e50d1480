"""Carrying the results of a month, and the end of the year with its distribution: shown before it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.carrying import Entry
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher
from villagebook.domain.year_end import Plan, Share, ShareKind
from villagebook.i18n import _, ngettext
from villagebook.services import books, carrying, year_end
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

DECEMBER = 12


class ResultBox(QFrame):
    """Hidden when there is nothing to carry and the year does not end here."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._page = page
        self._period: Period | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.8), em(0.6), em(0.8), em(0.6))
        self._heading = text("", "heading")
        self._plan = self._plan_form()
        self._figures = text("")
        self._entries = TableView()
        self._entries.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.carry = button(_("Carry the &results"), main=True)
        self.look = button(_("Show what &would be posted"))
        self.year = button(_("Post the &end of the year"), main=True)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why is the end of the year taken back?"))
        self.reason.setAccessibleName(_("Reason"))
        self.back = button(_("&Take it back"))
        acts = QWidget()
        flow = Flow(acts)
        for made, act in (
            (self.carry, self._carry),
            (self.look, self._look),
            (self.year, self._close_year),
            (self.back, self._take_back),
        ):
            made.clicked.connect(act)
            flow.addWidget(made)
        for widget in (self._heading, self._plan, self._figures, self._entries, self.reason, acts):
            column.addWidget(widget)
        self.setVisible(False)

    def _plan_form(self) -> QWidget:
        holder = QWidget()
        form = Form(holder)
        self.cover, self.members, self.investors = MoneyLine(), MoneyLine(), MoneyLine()
        self.resolution = QLineEdit()
        self.rate = MoneyLine()  # hundredths of a per cent are typed and shown like fen
        self.base = Choice(
            [("income", _("of the year's result")), ("distributable", _("of what can be distributed"))]
        )
        for field in (self.cover, self.members, self.investors, self.rate):
            field.setMaximumWidth(em(10))
        self.base.setFixedWidth(em(18))
        form.row(_("Loss covered from the reserve"), self.cover)
        form.row(_("To the reserve, per cent"), self.rate)
        form.row(_("The rate is taken"), self.base)
        form.row(_("To the members"), self.members)
        form.row(_("To investors"), self.investors)
        form.row(_("Resolution of the members' meeting"), self.resolution)
        return holder

    def plan(self) -> Plan:
        """What the members decided, as typed."""
        shares = tuple(
            Share(kind, line.fen() or 0)
            for kind, line in ((ShareKind.MEMBERS, self.members), (ShareKind.INVESTORS, self.investors))
            if line.fen()
        )
        return Plan(
            cover_fen=self.cover.fen() or 0,
            reserve_bp=self.rate.fen(),
            on_distributable=self.base.value() == "distributable",
            shares=shares,
            resolution=self.resolution.text().strip(),
        )

    def _use_parameters(self, period: Period) -> None:
        """The township's rate and base, until somebody types others."""
        policy = books.policy(self._page.book, period.last_day)
        if not self.rate.text():
            self.rate.set_fen(policy.number("reserve_rate_bp"))
            self.base.set_value("distributable" if policy.switches["reserve_on_distributable"] else "income")

    def show_period(self, period: Period, *, is_open: bool) -> None:
        """Look what this month needs."""
        self._period = period
        if not is_open:
            self.setVisible(False)
            return
        entries = carrying.preview(self._page.book, period, self._page.session.by()).entries
        december = period.month == DECEMBER
        done = december and year_end.year_state(self._page.book, period.year) == "done"
        self._heading.setText(
            _("End of the year {year}").format(year=period.year) if december else _("Results of the month")
        )
        if december:
            self._use_parameters(period)
        self._plan.setVisible(december and not done)
        self.carry.setVisible(bool(entries) and not december)
        for widget in (self.look, self.year):
            widget.setVisible(december and not done)
        self.reason.setVisible(done)
        self.back.setVisible(done)
        names = {a.code: a.name for a in books.chart(self._page.book)}
        self._show_entries("", () if december else entries, names)
        self.setVisible(december or bool(entries))

    def _carry(self) -> None:
        page, period = self._page, self._period
        if period is not None:
            page.attempt(partial(carrying.carry, page.book, period, page.session.by()), self._posted)

    def _look(self) -> None:
        page, period = self._page, self._period
        if period is None:
            return
        seen = year_end.preview(page.book, period.year, self.plan(), page.session.by())
        figures = seen.figures
        words = _(
            "Result {result}, brought forward {brought}, to the reserve {reserve}, shared {shared}, left {left}."
        ).format(
            result=yuan_text(figures.result_fen),
            brought=yuan_text(figures.brought_fen),
            reserve=yuan_text(figures.reserve_fen),
            shared=yuan_text(figures.shared_fen),
            left=yuan_text(figures.left_fen),
        )
        self._show_entries(words, seen.entries, seen.names)
        page.show_findings(seen.findings)

    def _close_year(self) -> None:
        page, period = self._page, self._period
        if period is not None:
            act = partial(year_end.close_year, page.book, period.year, self.plan(), page.session.by())
            page.attempt(act, self._posted)

    def _take_back(self) -> None:
        page, period = self._page, self._period
        if period is not None:
            act = partial(year_end.take_back, page.book, period.year, self.reason.text(), page.session.by())
            page.attempt(act, self._posted)

    def _posted(self, vouchers: tuple[Voucher, ...]) -> None:
        self.reason.clear()
        count = len(vouchers)
        words = ngettext("{n} voucher is posted.", "{n} vouchers are posted.", count).format(n=count)
        self._page.session.say(words)

    def _show_entries(self, figures: str, entries: tuple[Entry, ...], names: Mapping[str, str]) -> None:
        """The figures in one sentence and the vouchers beneath, every row in sight."""
        self._figures.setText(figures)
        self._figures.setVisible(bool(figures))
        self._entries.setVisible(bool(entries))
        if entries:
            shown = _table(entries, names)
            self._entries.show_table(shown)
            self._entries.setFixedHeight(em(1.9) * (len(shown.rows) + 1) + em(1.2))


def _table(entries: tuple[Entry, ...], names: Mapping[str, str]) -> Table:
    """Vouchers that would be posted, line by line."""
    columns = (
        Column("voucher", _("Voucher"), Shape.TEXT, 4),
        Column("summary", _("Summary"), Shape.TEXT, 14),
        Column("account", _("Account"), Shape.TEXT, 16),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
    )
    rows = tuple(
        (
            str(number),
            line.summary,
            f"{line.account} {names.get(line.account, '')}",
            line.debit_fen or None,
            line.credit_fen or None,
        )
        for number, entry in enumerate(entries, 1)
        for line in entry.lines
    )
    return Table("year-end", _("Vouchers that would be posted"), "", columns, rows)
