"""One posted voucher with everything that hangs on it: face, signatures, papers, and the red reversal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from villagebook.domain.signature import SignKind
from villagebook.domain.voucher import Origin
from villagebook.i18n import _
from villagebook.services import documents, ledgers, names
from villagebook.ui.page import Page
from villagebook.ui.theme import em
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, card, text
from villagebook.ui.widgets.voucher_face import Face, VoucherFace


class VoucherPanel(Scroll):
    """Beside a table; Esc in the page closes it."""

    closed = Signal()

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._view: ledgers.VoucherView | None = None
        self.setMinimumWidth(em(24))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(em(0.5), 0, em(0.3), 0)
        self.face = VoucherFace()
        self.notes = text("")
        self.signatures = text("", "quiet")
        self._papers = QWidget()
        self._papers_flow = Flow(self._papers)
        close = button(_("Close the &voucher"))
        close.clicked.connect(self.closed)
        for widget in (self.face, self.notes, self.signatures, self._papers, self._reverse_box()):
            column.addWidget(widget)
        column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        self.hold(inner)

    def _reverse_box(self) -> QWidget:
        self.reverse_box, column = card()
        column.addWidget(text(_("Undo this voucher by a red one")))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(_("Why?"))
        self.reason.setAccessibleName(_("Reason"))
        self.reversed_on = DateEdit(self._page.session.today)
        act = button(_("&Reverse"))
        act.clicked.connect(self._reverse)
        row = QHBoxLayout()
        row.addWidget(self.reason, 1)
        column.addLayout(row)
        below = QHBoxLayout()
        below.addWidget(self.reversed_on)
        below.addWidget(act)
        below.addStretch(1)
        column.addLayout(below)
        return self.reverse_box

    def show_voucher(self, voucher_id: str) -> bool:
        """False when the book holds no such voucher."""
        view = ledgers.voucher_view(self._page.book, voucher_id)
        if view is None:
            return False
        self._view = view
        voucher = view.voucher
        self.face.show_face(
            Face(
                voucher.label,
                voucher.booked_on.isoformat(),
                voucher.lines,
                {code: f"{code} {name}" for code, name in view.account_names.items()},
                voucher.total_fen,
                voucher.paper_count,
            )
        )
        self.notes.setText("\n".join(self._notes(view)))
        self.notes.setVisible(bool(self.notes.text()))
        self.signatures.setText("\n".join(self._signed(view)))
        self.signatures.setVisible(bool(view.signatures))
        self._show_papers(view)
        undone = bool(view.reversed_by or voucher.reverses)
        self.reverse_box.setVisible(not undone and not self._page.book.read_only)
        self.reason.clear()
        self.verticalScrollBar().setValue(0)
        return True

    @staticmethod
    def _notes(view: ledgers.VoucherView) -> list[str]:
        voucher = view.voucher
        notes = [_("Other party: {party}").format(party=voucher.party)] if voucher.party else []
        if view.reversed_by:
            notes.append(_("This voucher was undone by a red one."))
        if view.reverses_label:
            notes.append(_("This red voucher undoes {label}.").format(label=view.reverses_label))
        if view.corrects_label:
            notes.append(_("This voucher sets {label} right.").format(label=view.corrects_label))
        for _id, label in view.corrected_by:
            notes.append(_("{label} sets this voucher right.").format(label=label))
        if voucher.origin is Origin.IMPORT:
            notes.append(_("Taken over from an older book."))
        return notes

    @staticmethod
    def _signed(view: ledgers.VoucherView) -> list[str]:
        kinds = {SignKind.INK: _("on paper"), SignKind.KEY: _("with key")}
        return [
            f"{names.slot_title(s.slot)}: {name or s.reference} · {s.signed_on.isoformat()} · {kinds[s.kind]}"
            for s, name in view.signatures
        ]

    def _show_papers(self, view: ledgers.VoucherView) -> None:
        from villagebook.ui.pages.papers import show_object

        while self._papers_flow.count():
            item = self._papers_flow.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.deleteLater()
        for paper in view.attachments:
            made = button(paper.name[:28], link=True)
            made.clicked.connect(lambda _checked=False, sha=paper.sha256: show_object(self._page, sha))
            self._papers_flow.addWidget(made)
        self._papers.setVisible(bool(view.attachments))

    def _reverse(self) -> None:
        if self._view is None:
            return
        voucher = self._view.voucher
        day = self.reversed_on.day() or self._page.session.today
        session = self._page.session

        def done(outcome: documents.Outcome) -> None:
            session.say(_("{label} is undone by {red}.").format(label=voucher.label, red=outcome.label))
            self.show_voucher(voucher.id)

        self._page.attempt(
            lambda: documents.reverse(self._page.book, voucher.id, self.reason.text(), day, session.by()),
            done,
        )
