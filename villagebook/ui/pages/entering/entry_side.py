"""Beside a door: the voucher it becomes, what the money place or the account under the cursor holds, who signs, what is in the way."""

from __future__ import annotations

from itertools import zip_longest

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.township import plan_words, spending_words
from villagebook.services.vouchers import documents
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_balance import AccountBalance
from villagebook.ui.widgets.findings_panel import FindingsPanel
from villagebook.ui.widgets.forms import card, text
from villagebook.ui.widgets.voucher_face import Face, VoucherFace

MOST_PLANS = 6
"""Sentences about divided payments, caps, budget, projects and funds; a document that touches more is rare."""


class EntrySide(QWidget):
    """Shows a preview; `excuse` is where a named person records why something on hold is right all the same."""

    def __init__(self, *, face: bool) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.4), 0, 0, 0)
        self.face = VoucherFace()
        self.findings = FindingsPanel()
        self.number = text("", "heading")
        self.account = AccountBalance()
        self._correcting = text("")
        self._correcting.setVisible(False)
        self._signs = text("", "quiet")
        self._money = text("")
        column.addWidget(self._correcting)
        self._plans = tuple(text("") for _n in range(MOST_PLANS))
        column.addWidget(self.number)
        for widget in (
            self.face,
            self.account,
            self._money,
            *self._plans,
            self._signs,
            self.findings,
            self._excuse_box(),
        ):
            column.addWidget(widget)
        column.addStretch(1)
        self.face.setVisible(face)
        self.number.setVisible(not face)
        self._excuse_frame.setVisible(False)

    def _excuse_box(self) -> QWidget:
        self._excuse_frame, column = card()
        self.excuse = QLineEdit()
        self.excuse.setPlaceholderText(_("Why is it right all the same? The reason stays in the log."))
        self.excuse.setAccessibleName(_("Reason for the exception"))
        column.addWidget(text(_("Reason for the exception")))
        column.addWidget(self.excuse)
        return self._excuse_frame

    def show_correcting(self, label: str) -> None:
        """Which wrong voucher this entry sets right, "" for none."""
        self._correcting.setText(
            _("This entry sets {label} right; both will name each other.").format(label=label)
        )
        self._correcting.setVisible(bool(label))

    def show_preview(self, seen: documents.Preview, face: Face, findings: tuple[Finding, ...]) -> None:
        """Show what the document would become; `findings` is empty while nothing was typed."""
        self.face.show_face(face)
        self.number.setText(_("Next number: {label}").format(label=seen.next_label))
        self._tell_money(seen)
        self._tell_plans(seen)
        self._tell_slots(seen)
        self.findings.show_findings(findings)
        held = any(f.severity is Severity.HOLD for f in findings)
        self._excuse_frame.setVisible(held or bool(self.excuse.text()))

    def _tell_money(self, seen: documents.Preview) -> None:
        if seen.source_balance_fen is None or seen.left_fen is None:
            self._money.setVisible(False)
            return
        words = _("In this place: {before}. Afterwards: {after}.").format(
            before=yuan_text(seen.source_balance_fen), after=yuan_text(seen.left_fen)
        )
        self._money.setText(words)
        self._money.setProperty("role", "red" if seen.left_fen < 0 else "")
        self._money.style().polish(self._money)
        self._money.setVisible(True)

    def _tell_plans(self, seen: documents.Preview) -> None:
        """What is left in the budget, of a project, of a fund: live, before anything is saved."""
        spends = spending_words.sentences(seen.spending)
        found = (*spends, *plan_words.drawn(seen.draws), *plan_words.sentences(seen.plan))
        for label, sentence in zip_longest(self._plans, found[:MOST_PLANS]):
            label.setVisible(sentence is not None)
            label.setText(sentence.text if sentence else "")
            label.setProperty("role", "red" if sentence and sentence.is_over else "")
            label.style().polish(label)

    def _tell_slots(self, seen: documents.Preview) -> None:
        titles = " → ".join(names.slot_title(slot.code) for slot in seen.slots)
        if not titles:
            words = ""
        elif seen.tier:
            words = _("{tier}. Signs, in order: {slots}").format(tier=seen.tier, slots=titles)
        else:
            words = _("Signs, in order: {slots}").format(slots=titles)
        self._signs.setText(words)
        self._signs.setVisible(bool(words))
