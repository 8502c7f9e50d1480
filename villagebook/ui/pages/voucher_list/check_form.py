"""The second person's check (审核) of a voucher nobody signed for: who held it against its paper."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.i18n import _, ngettext
from villagebook.services.vouchers import voucher_checks
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.pickers import PersonPicker


class CheckForm(FormBox):
    """Hidden unless the voucher waits. `marked` is asked for more vouchers to check with it; `changed` tells of a check."""

    changed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__(_("Not checked yet"))
        self._page = page
        self._voucher_id = ""
        self.marked: Callable[[], tuple[str, ...]] = tuple
        self.person = PersonPicker()
        self.person.setFixedWidth(em(8))
        self.person.setAccessibleName(_("Checked by"))
        caption = text(_("Checked &by"), wrap=False)
        caption.setBuddy(self.person)
        self.one = button(_("It agr&ees with its paper"), self._check_one, main=True)
        self.many = button("", self._check_marked)
        flow = Flow()
        for part in (caption, self.person, self.one, self.many):
            flow.addWidget(part)
        self.add(flow)
        words = _(
            "Nobody signed for this voucher. An official who neither entered nor handled it, and is not the cashier, "
            "holds it against its paper."
        )
        self.add(text(words, "quiet"))

    def show_sheet(self, sheet: VoucherSheet) -> None:
        book, self._voucher_id = self._page.book, sheet.voucher.id
        waits = not book.read_only and voucher_checks.waits(book, self._voucher_id)
        self.setVisible(waits)
        if waits:
            by = self._page.session.by()
            self.person.set_persons(voucher_checks.who_may(book, (self._voucher_id,), by))
            self.count_marked()

    def count_marked(self) -> None:
        """More or fewer vouchers are marked in the list."""
        if not self.isHidden():
            n = len(self.marked())
            words = ngettext(
                "The {n} mar&ked one agrees with its paper", "The {n} mar&ked ones agree with their papers", n
            )
            self.many.setText(words.format(n=n))
            self.many.setVisible(n > 1)

    def _check_one(self) -> None:
        self._check((self._voucher_id,))

    def _check_marked(self) -> None:
        self._check(self.marked())

    def _check(self, voucher_ids: tuple[str, ...]) -> None:
        page = self._page

        def done(labels: tuple[str, ...]) -> None:
            words = ngettext("Checked: {labels}.", "Checked: {n} vouchers.", len(labels))
            page.session.say(words.format(labels=labels[0], n=len(labels)))
            self.changed.emit()

        page.attempt(
            lambda: voucher_checks.confirm(page.book, voucher_ids, self.person.value(), page.session.by()),
            done,
        )
