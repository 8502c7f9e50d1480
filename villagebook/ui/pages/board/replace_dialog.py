"""A posted sheet that was wrong is compiled anew and replaces the old one."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.period import Period
from villagebook.i18n import _
from villagebook.services.disclosure import sheets
from villagebook.services.period_end import closing
from villagebook.ui.page import Page
from villagebook.ui.pages.board.board_dialogs import ActDialog
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.pickers import Choice, month_name


class ReplaceDialog(ActDialog):
    """Asks why it was wrong, and up to which month the book is told: later ones hold what set it right."""

    def __init__(self, page: Page, sheet_id: str, objection_id: str = "") -> None:
        super().__init__(page, _("Replace a wrong sheet"), _("Send to &supervision"))
        self.sheet_id, self.objection_id = sheet_id, objection_id
        self.made = ""
        sheet = sheets.frozen(page.book, sheet_id)
        months = [p for p, state in closing.period_states(page.book) if state != "open"]
        later = [p for p in months if p > sheet.span.last]
        self.until = Choice([(str(p), month_name(p)) for p in (sheet.span.last, *later)])
        self.reason = QLineEdit()
        self.column.insertWidget(
            0,
            text(
                _(
                    "{title}, no. {number}. It is compiled anew from the book; nobody types figures. Set the book or the "
                    "register right first. When that was done in a later month, take that month in."
                ).format(title=sheet.title, number=sheet.number),
                "quiet",
            ),
        )
        self.form.row(_("&Tells the months up to"), self.until)
        self.form.row(_("&Reason (printed)"), self.reason)
        self.finish()
        self.reason.setFocus()

    def act(self) -> None:
        self.made = sheets.replace_sheet(
            self.page.book,
            self.sheet_id,
            self.reason.text(),
            self.page.session.by(),
            objection_id=self.objection_id,
            until=Period.parse(self.until.value()),
        )
