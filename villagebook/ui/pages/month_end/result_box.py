"""Carrying the results of a month, and the end of the year with its distribution: shown before it is posted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QFrame, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.carrying import Entry
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import Voucher
from villagebook.domain.year_end import Plan, Share, ShareKind
from villagebook.i18n import _, language, ngettext
from villagebook.services.book_file import books
from villagebook.services.handing_over import sharing
from villagebook.services.handing_over.sharing import Measure
from villagebook.services.period_end import year_end
from villagebook.services.registers import carrying, roster
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.parts_editor import PartsEditor
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.table_view import TableView

DECEMBER = 12
TOGETHER = "together"
MOST_ROWS = 16
"""Rows of the preview in sight; with more it scrolls."""


class ResultBox(QFrame):
    """Hidden when there is nothing to carry and the year does not end here."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._page = page
        self._period: Period | None = None
        self.setProperty("form", True)
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.8), em(0.6), em(0.8), em(0.6))
        self._seen: Plan | None = None
        self._heading = text("", "heading")
        self._parameters = text("", "quiet")
        self._plan = self._plan_form()
        self._figures = text("")
        self._entries = TableView()
        self._entries.setAccessibleName(_("Entries of the closing"))
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
        for widget in (
            self._heading,
            self._parameters,
            self._plan,
            self._figures,
            self._entries,
            self.reason,
            acts,
        ):
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
        self.among = Choice(
            [
                (TOGETHER, _("in one sum")),
                (Measure.HOUSEHOLD.value, _("the same to every household")),
                (Measure.MEMBERS.value, _("by the members of each household")),
                (Measure.SHARES.value, _("by the shares of each household")),
            ]
        )
        self.among.setFixedWidth(em(18))
        self.parts = PartsEditor()
        form.row(_("To the members"), self.members)
        form.row(_("Divided"), self.among)
        form.row(_("To investors"), self.investors)
        form.row(_("Further parts"), self.parts)
        form.row(_("Resolution of the members' meeting"), self.resolution)
        for told in (self.cover, self.rate, self.members, self.investors):
            told.changed.connect(self._forget)
        for choice in (self.base, self.among):
            choice.changed.connect(self._forget)
        self.parts.changed.connect(self._forget)
        self.resolution.textChanged.connect(lambda _words: self._forget())
        return holder

    def plan(self) -> Plan:
        """What the members decided, as typed. Raises KnownError when no household can be given a part."""
        shares = [*self._to_members(), *self.parts.shares()]
        if self.investors.fen():
            shares.append(Share(ShareKind.INVESTORS, self.investors.fen() or 0))
        return Plan(
            cover_fen=self.cover.fen() or 0,
            reserve_bp=self.rate.fen(),
            on_distributable=self.base.value() == "distributable",
            shares=tuple(shares),
            resolution=self.resolution.text().strip(),
        )

    def _to_members(self) -> tuple[Share, ...]:
        fen, period = self.members.fen(), self._period
        if not fen or period is None:
            return ()
        if self.among.value() == TOGETHER:
            return (Share(ShareKind.MEMBERS, fen),)
        return sharing.household_shares(self._page.book, period.year, fen, Measure(self.among.value()))

    def _forget(self) -> None:
        """What was shown is not what is typed now: look again before anything is posted."""
        self._seen = None
        self.year.setEnabled(False)

    def _tell_parameters(self, period: Period) -> None:
        """The township's parameters that decide what happens here."""
        policy = books.policy(self._page.book, period.last_day)
        monthly = policy.switches["carry_monthly"]
        words = [
            _("Results are carried every month (township's parameter).")
            if monthly
            else _("Results are carried at the year's end (township's parameter).")
        ]
        if period.month == DECEMBER:
            rate = f"{policy.number('reserve_rate_bp') / 100:g}"
            on_all = policy.switches["reserve_on_distributable"]
            words.append(
                _("Rate of the reserve: {rate} % of {base}.").format(
                    rate=rate, base=_("what can be distributed") if on_all else _("the year's result")
                )
            )
        self._parameters.setText(" ".join(words))

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
        self._tell_parameters(period)
        if december:
            self._use_parameters(period)
            self.parts.offer(
                books.chart(self._page.book), [n for _l, n in roster.party_names(self._page.book)]
            )
        self._forget()
        self._plan.setVisible(december and not done)
        self.carry.setVisible(bool(entries) and not december)
        for widget in (self.look, self.year):
            widget.setVisible(december and not done)
        self.reason.setVisible(done)
        self.back.setVisible(done)
        names = {a.code: a.title(language()) for a in books.chart(self._page.book)}
        self._show_entries("", () if december else entries, names)
        self.setVisible(december or bool(entries))

    def _carry(self) -> None:
        page, period = self._page, self._period
        if period is not None:
            page.attempt(partial(carrying.carry, page.book, period, page.session.by()), self._posted)

    def _look(self) -> None:
        page, period = self._page, self._period
        if not page.reads(self.rate) or period is None:
            return
        page.attempt(self._preview, self._show_preview)

    def _preview(self) -> tuple[Plan, year_end.YearPreview]:
        page, period = self._page, self._period
        if period is None:
            raise AssertionError("no month is shown")
        plan = self.plan()
        return plan, year_end.preview(page.book, period.year, plan, page.session.by())

    def _show_preview(self, made: tuple[Plan, year_end.YearPreview]) -> None:
        """The vouchers that would be posted; only when nothing stops them they may be."""
        plan, seen = made
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
        self._page.show_findings(seen.findings)
        self._seen = plan
        self.year.setEnabled(
            not any(f.severity.stops for f in seen.findings) and not self._page.book.read_only
        )

    def _close_year(self) -> None:
        page, period, plan = self._page, self._period, self._seen
        if page.reads(self.rate) and period is not None and plan is not None:
            page.attempt(
                partial(year_end.close_year, page.book, period.year, plan, page.session.by()), self._posted
            )

    def _take_back(self) -> None:
        page, period = self._page, self._period
        if period is not None:
            act = partial(year_end.take_back, page.book, period.year, self.reason.text(), page.session.by())
            page.attempt(act, self._posted)

    def _posted(self, vouchers: tuple[Voucher, ...]) -> None:
        self.reason.clear()
        self.parts.clear()
        count = len(vouchers)
        words = ngettext("{n} voucher is posted.", "{n} vouchers are posted.", count).format(n=count)
        self._page.session.say(words)

    def _show_entries(self, figures: str, entries: tuple[Entry, ...], names: Mapping[str, str]) -> None:
        """The figures in one sentence and the vouchers beneath."""
        self._figures.setText(figures)
        self._figures.setVisible(bool(figures))
        self._entries.setVisible(bool(entries))
        if entries:
            shown = _table(entries, names)
            self._entries.show_table(shown)
            self._entries.setFixedHeight(em(1.9) * (min(len(shown.rows), MOST_ROWS) + 1) + em(1.2))


def _table(entries: tuple[Entry, ...], names: Mapping[str, str]) -> Table:
    """Vouchers that would be posted, line by line."""
    columns = (
        Column("voucher", _("Voucher"), Shape.TEXT, 4),
        Column("summary", _("Summary"), Shape.TEXT, 14),
        Column("account", _("Account"), Shape.TEXT, 16),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
        Column("party", _("To whom"), Shape.TEXT, 10),
    )
    rows = tuple(
        (
            str(number),
            line.summary,
            f"{line.account} {names.get(line.account, '')}",
            line.debit_fen or None,
            line.credit_fen or None,
            line.party,
        )
        for number, entry in enumerate(entries, 1)
        for line in entry.lines
    )
    return Table("year-end", _("Vouchers that would be posted"), "", columns, rows)
