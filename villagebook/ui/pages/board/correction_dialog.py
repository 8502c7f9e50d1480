"""F12 in the window: the wrong line on the left, what the book says now on the right, and the printed reason."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.correction import CorrectedLine, Wording
from villagebook.domain.errors import Refused
from villagebook.domain.money import yuan_text
from villagebook.i18n import _
from villagebook.services.disclosure import correction_lines, corrections, notices
from villagebook.ui.page import Page
from villagebook.ui.pages.board.board_dialogs import ActDialog
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice


class CorrectionDialog(ActDialog):
    """One line of a notice set right. Figures come from the vouchers that corrected the book; words may be typed."""

    def __init__(self, page: Page, notice_id: str, line: int = 0, objection_id: str = "") -> None:
        super().__init__(page, _("Correction of a notice"), _("Send to &supervision"))
        self.notice_id, self.objection_id = notice_id, objection_id
        notice = notices.frozen_notice(page.book, notice_id)
        self._suggested: CorrectedLine | None = None
        self.made = ""
        self.line = Choice([(str(one.no), f"{one.no}. {one.voucher} {one.summary}") for one in notice.lines])
        self.old = text("")
        self.now = text("", "quiet")
        self.summary, self.party, self.reason = QLineEdit(), QLineEdit(), QLineEdit()
        self.income, self.spending = MoneyLine(), MoneyLine()
        self.form.row(_("&Line of the notice"), self.line)
        self.form.row(_("It says"), self.old)
        self.form.row(_("The book now"), self.now)
        self.form.row(_("Right: &what for"), self.summary)
        self.form.row(_("Right: &income"), self.income)
        self.form.row(_("Right: s&pending"), self.spending)
        self.form.row(_("Right: p&ayer or payee"), self.party)
        self.form.row(_("&Reason (printed)"), self.reason)
        self.finish()
        self.line.changed.connect(self._show)
        if line:
            self.line.set_value(str(line))
        self._show()

    def _show(self) -> None:
        try:
            found = correction_lines.suggest(self.page.book, self.notice_id, int(self.line.value() or 0))
        except Refused as refused:
            self.say("\n".join(f.text for f in refused.findings))
            return
        self._suggested = found
        amount = yuan_text(found.old.income_fen or found.old.spending_fen)
        self.old.setText(" · ".join(t for t in (found.old.summary, amount, found.old.party) if t))
        self.now.setText(
            _("set right by {vouchers}").format(vouchers=found.vouchers)
            if found.vouchers
            else _("no voucher corrects it: only words can be set right")
        )
        self.summary.setText(found.new.summary)
        self.party.setText(found.new.party)
        self.income.set_fen(found.new.income_fen or None)
        self.spending.set_fen(found.new.spending_fen or None)

    def act(self) -> None:
        if self._suggested is None:
            return
        found = self._suggested
        words = (self.summary.text().strip(), self.party.text().strip())
        amounts = (self.income.fen() or 0, self.spending.fen() or 0)
        new = (
            replace(
                found.new, summary=words[0], party=words[1], income_fen=amounts[0], spending_fen=amounts[1]
            )
            if any(words) or any(amounts)
            else Wording()
        )
        self.made = corrections.submit(
            self.page.book,
            self.notice_id,
            (replace(found, new=new),),
            self.reason.text(),
            self.page.session.by(),
            self.objection_id,
        )
