"""What a day or a month is paid, by whose decision, since when."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import (
    BY_RATE,
    ListKind,
    PayRate,
)
from villagebook.i18n import _
from villagebook.services.approvals import pay_lists, resolutions
from villagebook.services.approvals.list_words import kind_title
from villagebook.ui.page import Page
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.resolution_line import ResolutionLine


class PayRateBox(FormBox):
    """The rates that were decided, newest first, and a new one."""

    def __init__(self, page: Page) -> None:
        super().__init__(_("Rates that were decided"))
        self._page = page
        self.shown = Pairs()
        self.add(self.shown)
        self.kind = Choice([(k.value, kind_title(k)) for k in ListKind if k in BY_RATE])
        self.post, self.rate = QLineEdit(), MoneyLine()
        self.post.setPlaceholderText(_("everybody"))
        self.from_on, self.resolution = DateEdit(self._page.session.today), ResolutionLine()
        self.row(_("Kind"), self.kind)
        self.row(_("Post"), self.post)
        self.row(_("A day or month"), self.rate)
        self.row(_("From which day"), self.from_on)
        self.row(_("Resolution no."), self.resolution, self.resolution.note)
        self.act(_("Enter the ra&te"), self._enter)

    def refresh(self) -> None:
        """Read the rates and the resolutions they can stand on anew."""
        self.resolution.set_choices(resolutions.choices(self._page.book))
        self.shown.show_pairs(
            tuple(
                (
                    f"{kind_title(r.kind)} {r.post}".strip(),
                    _("{rate} since {day} ({resolution})").format(
                        rate=yuan_text(r.rate_fen), day=r.from_on.isoformat(), resolution=r.resolution
                    ),
                )
                for r in reversed(pay_lists.rates(self._page.book))
            )
        )

    def _enter(self) -> None:
        if not self._page.reads(self.from_on):
            return
        page = self._page
        rate = PayRate(
            ListKind(self.kind.value()),
            self.post.text().strip(),
            self.rate.fen() or 0,
            self.from_on.given(),
            self.resolution.cited().text,
        )

        def done(said: tuple[Finding, ...]) -> None:
            self.rate.set_fen(None)
            self.post.clear()
            page.session.say(_("The rate is entered."))
            self.refresh()
            page.show_findings(said)

        page.attempt(lambda: pay_lists.set_rate(page.book, rate, page.session.by()), done)
