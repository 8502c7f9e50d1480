"""Carrying the results of a month, and the end of the year with its distribution: shown before it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.carrying import Entry
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.voucher import Voucher
from villagebook.domain.year_end import Plan, Share, ShareKind
from villagebook.i18n import _, ngettext
from villagebook.services import books, carrying, year_end
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.money_edit import MoneyLine

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
        self._entries = text("", "quiet")
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
        for widget in (self._heading, self._plan, self._entries, self.reason, acts):
            column.addWidget(widget)
        self.setVisible(False)

    def _plan_form(self) -> QWidget:
        holder = QWidget()
        form = Form(holder)
        self.cover, self.members, self.investors = MoneyLine(), MoneyLine(), MoneyLine()
        self.resolution = QLineEdit()
        for field in (self.cover, self.members, self.investors):
            field.setMaximumWidth(em(10))
        form.row(_("Loss covered from the reserve"), self.cover)
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
        return Plan(cover_fen=self.cover.fen() or 0, shares=shares, resolution=self.resolution.text().strip())

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
        self._plan.setVisible(december and not done)
        self.carry.setVisible(bool(entries) and not december)
        for widget in (self.look, self.year):
            widget.setVisible(december and not done)
        self.reason.setVisible(done)
        self.back.setVisible(done)
        names = {a.code: a.name for a in books.chart(self._page.book)}
        self._entries.setText(_entry_lines(entries, names))
        self._entries.setVisible(bool(entries) and not december)
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
        self._entries.setText(f"{words}\n{_entry_lines(seen.entries, seen.names)}")
        self._entries.setVisible(True)
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


def _entry_lines(entries: tuple[Entry, ...], names: Mapping[str, str]) -> str:
    """Vouchers that would be posted, one line each side."""
    lines = []
    for entry in entries:
        for line in entry.lines:
            side = _("Dr") if line.debit_fen else _("Cr")
            amount = yuan_text(line.debit_fen or line.credit_fen)
            lines.append(f"{entry.summary}  {side} {line.account} {names.get(line.account, '')} {amount}")
    return "\n".join(lines)
