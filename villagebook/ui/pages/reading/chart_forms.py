"""What is done with the account chosen in the chart: a sub-account under it, out of use, what it asks of its lines."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.account import MAX_DEPTH
from villagebook.domain.demand import Demand
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.i18n import _, language, ngettext
from villagebook.services.book_file import books
from villagebook.services.disclosure import demands
from villagebook.services.names import link_kind_title
from villagebook.services.vouchers import accounts
from villagebook.services.vouchers.accounts import NewAccount
from villagebook.services.vouchers.chart_view import ChartRow
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text

MOST_LINES = 6
"""Lines of a move that are shown before it is made."""


class ChartForms(QWidget):
    """Three boxes about one account."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self._row: ChartRow | None = None
        self.column = QVBoxLayout(self)
        self._add_box()
        self._disable_box()
        self._ask_box()
        self.column.addStretch(1)

    def _add_box(self) -> None:
        self.add_frame = FormBox("")
        self.add_heading = self.add_frame.heading
        self.code, self.name, self.name_en = QLineEdit(), QLineEdit(), QLineEdit()
        self.code.setMaximumWidth(em(9))
        self.add_frame.row(_("&Code"), self.code)
        self.add_frame.row(_("Chinese &name"), self.name)
        self.add_frame.row(_("&English name"), self.name_en)
        self.moves = text("", "quiet")
        self.take_over = QCheckBox(_("the new account takes the &balance over"))
        self.take_over.toggled.connect(lambda _on: self._preview())
        self.add_frame.add(self.take_over)
        self.add_frame.add(self.moves)
        self.add = self.add_frame.act(_("&Add sub-account"), self._add, main=True)
        self.column.addWidget(self.add_frame)

    def _disable_box(self) -> None:
        self.disable_frame = FormBox(_("Put out of use"))
        self.why_not = text("", "quiet")
        self.disable = button(_("Put &out of use"), self._disable)
        self.enable = button(_("Take into &use again"), self._enable)
        for widget in (self.why_not, self.disable, self.enable):
            self.disable_frame.add(widget)
        self.column.addWidget(self.disable_frame)

    def _ask_box(self) -> None:
        self.ask_frame = FormBox(_("Lines on this account say what they belong to"))
        holder = QWidget()
        flow = Flow(holder)
        self.kinds: dict[LinkKind, QCheckBox] = {}
        for kind in LinkKind:
            self.kinds[kind] = QCheckBox(link_kind_title(kind))
            flow.addWidget(self.kinds[kind])
        self.ask_frame.add(holder)
        self.strict = QCheckBox(_("&refuse lines without it (otherwise only told)"))
        self.ask_frame.add(self.strict)
        self.usual = text("", "quiet")
        self.ask_frame.add(self.usual)
        self.ask = self.ask_frame.act(_("&Set"), self._ask)
        self.column.addWidget(self.ask_frame)

    # ---- showing ----

    def show_row(self, row: ChartRow | None) -> None:
        """About this account from now on; None while a class is chosen."""
        fresh = row is None or self._row is None or row.account.code != self._row.account.code
        self._row = row
        for frame in (self.add_frame, self.disable_frame, self.ask_frame):
            frame.setVisible(row is not None)
        if row is None:
            return
        self._show_add(row, fresh=fresh)
        self._show_disable(row)
        self._show_ask(row)

    def _title(self, row: ChartRow) -> str:
        return f"{row.account.code} {row.account.title(language())}"

    def _show_add(self, row: ChartRow, *, fresh: bool) -> None:
        may = row.depth < MAX_DEPTH and not row.account.disabled and not row.account.is_money
        self.add_frame.setVisible(may)
        self.add_heading.setText(_("A sub-account under {account}").format(account=self._title(row)))
        if fresh:
            self.name.clear()
            self.name_en.clear()
            self.take_over.setChecked(False)
        self.code.setText(books.chart(self.page.book).next_code(row.account.code))
        self._preview()

    def _new(self) -> NewAccount:
        parent = self._row.account.code if self._row else ""
        return NewAccount(
            self.code.text(),
            self.name.text(),
            parent,
            self.name_en.text(),
            take_over=self.take_over.isChecked(),
        )

    def _preview(self) -> None:
        """Says what would move, before it moves."""
        if self._row is None or self.add_frame.isHidden():
            return
        seen = accounts.preview(self.page.book, self._new(), self.page.session.today)
        self.take_over.setVisible(seen.booked)
        self.moves.setVisible(seen.booked)
        if not seen.booked:
            return
        words = [
            _(
                "{account} carries bookings. Only the lowest accounts are booked on, so its whole balance moves to this first "
                "sub-account with a transfer voucher of today, party by party."
            ).format(account=self._title(self._row))
        ]
        for line in seen.lines[:MOST_LINES]:
            side = _("Dr") if line.debit_fen else _("Cr")
            amount = yuan_text(line.debit_fen or line.credit_fen)
            words.append(f"{side} {line.account}  {amount}  {line.party}".rstrip())
        rest = len(seen.lines) - MOST_LINES
        if rest > 0:
            words.append(ngettext("and {n} more line", "and {n} more lines", rest).format(n=rest))
        self.moves.setText("\n".join(words))

    def _show_disable(self, row: ChartRow) -> None:
        out = row.account.disabled
        ask = accounts.why_not_enable if out else accounts.why_not_disable
        found = ask(self.page.book, row.account.code, self.page.session.today)
        self.disable_frame.heading.setText(_("Out of use") if out else _("Put out of use"))
        self.disable.setVisible(not out)
        self.enable.setVisible(out)
        (self.enable if out else self.disable).setEnabled(not found)
        usual = (
            _("{account} takes new bookings again then.")
            if out
            else _("{account} takes no new bookings then; its history stays. It can be taken into use again.")
        )
        self.why_not.setText("\n".join(f.text for f in found) or usual.format(account=self._title(row)))

    def _show_ask(self, row: ChartRow) -> None:
        self.ask_frame.setVisible(not row.account.is_money and not row.account.disabled)
        for kind, box in self.kinds.items():
            box.setChecked(kind in row.demand.kinds)
        self.strict.setChecked(row.demand.strict)
        usual = ", ".join(link_kind_title(k) for k in demands.usual(row.account.code))
        self.usual.setText(_("Usual here: {kinds}").format(kinds=usual) if usual else "")
        self.usual.setVisible(bool(usual))

    # ---- verbs ----

    def _add(self) -> None:
        page, new = self.page, self._new()

        def done(label: str) -> None:
            words = _("{code} {name} is added.").format(code=new.code, name=new.name)
            if label:
                words = _("{code} {name} is added; {label} moved the balance.").format(
                    code=new.code, name=new.name, label=label
                )
            page.session.say(words)
            self.name.clear()
            self.name_en.clear()
            self.take_over.setChecked(False)
            self.name.setFocus()

        page.attempt(lambda: accounts.add_account(page.book, new, page.session.by()), done)

    def _disable(self) -> None:
        page, row = self.page, self._row
        if row is None:
            return
        page.attempt(
            lambda: accounts.disable_account(page.book, row.account.code, page.session.by()),
            lambda _none: page.session.say(_("{account} is out of use.").format(account=self._title(row))),
        )

    def _enable(self) -> None:
        page, row = self.page, self._row
        if row is None:
            return
        page.attempt(
            lambda: accounts.enable_account(page.book, row.account.code, page.session.by()),
            lambda _none: page.session.say(_("{account} is in use again.").format(account=self._title(row))),
        )

    def _ask(self) -> None:
        page, row = self.page, self._row
        if row is None:
            return
        wanted = Demand(
            tuple(kind for kind, box in self.kinds.items() if box.isChecked()), self.strict.isChecked()
        )
        page.attempt(
            lambda: demands.set_demand(page.book, row.account.code, wanted, page.session.by()),
            lambda _none: page.session.say(_("{account} is set.").format(account=self._title(row))),
        )
