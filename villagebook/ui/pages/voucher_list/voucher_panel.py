"""One posted voucher with everything that hangs on it: face, balances, what it is to others, signatures, papers, verbs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from villagebook.domain.signature import SignKind
from villagebook.domain.voucher import Origin
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.account_books import ledgers
from villagebook.services.vouchers import voucher_search, voucher_sheets
from villagebook.ui.page import Page
from villagebook.ui.pages.voucher_list.check_form import CheckForm
from villagebook.ui.pages.voucher_list.voucher_acts import VoucherActs
from villagebook.ui.theme import em
from villagebook.ui.widgets.account_balance import AccountBalance
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Scroll, button, text
from villagebook.ui.widgets.voucher_face import Face, VoucherFace


class VoucherPanel(Scroll):
    """Beside a table; Esc in the page closes it. `wanted` carries another voucher's id that a link here leads to."""

    closed = Signal()
    wanted = Signal(str)

    def __init__(self, page: Page, *, closable: bool = True) -> None:
        super().__init__()
        self._page = page
        self._view: ledgers.VoucherView | None = None
        self._sheet: VoucherSheet | None = None
        self.setMinimumWidth(em(24))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(em(0.5), 0, em(0.3), 0)
        self.face = VoucherFace(choosable=True)
        self.face.pointed.connect(lambda _no: self._show_balance())
        self.setFocusProxy(self.face)
        self.account = AccountBalance()
        self.account.ledger.connect(self._open_ledger)
        self.notes = text("")
        self.signatures = text("", "quiet")
        self._relations, self._papers = QWidget(), QWidget()
        self._relations_flow, self._papers_flow = Flow(self._relations), Flow(self._papers)
        self.check = CheckForm(page)
        self.check.changed.connect(self.show_again)
        self.acts = VoucherActs(page)
        self.acts.changed.connect(self.show_again)
        self.reverse_box, self.reason = self.acts.reverse_box, self.acts.reason
        for widget in (
            self.face,
            self.account,
            self.check,
            self._relations,
            self.notes,
            self.signatures,
            self._papers,
        ):
            column.addWidget(widget)
        column.addWidget(self.acts)
        if closable:
            close = button(_("Close the &voucher"), self.closed.emit)
            column.addWidget(close, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        self.hold(inner)
        self.wanted.connect(self.show_voucher)

    def voucher_id(self) -> str:
        """Of the voucher that is shown, "" for none."""
        return self._view.voucher.id if self._view else ""

    def show_again(self) -> None:
        """After something was done with it."""
        if self._view is not None:
            self.show_voucher(self._view.voucher.id)

    def show_voucher(self, voucher_id: str) -> bool:
        """False when the book holds no such voucher."""
        view = ledgers.voucher_view(self._page.book, voucher_id)
        sheet = voucher_sheets.sheet(self._page.book, voucher_id)
        if view is None or sheet is None:
            return False
        self._view, self._sheet = view, sheet
        self.face.show_face(face_of(sheet))
        self._show_balance()
        self.notes.setText("\n".join(self._notes(view)))
        self.notes.setVisible(bool(self.notes.text()))
        self.signatures.setText("\n".join(self._signed(view)))
        self.signatures.setVisible(bool(view.signatures))
        self._show_relations(sheet)
        self._show_papers(view)
        self.check.show_sheet(sheet)
        self.acts.show_sheet(sheet, undone=bool(view.reversed_by or view.voucher.reverses))
        self.verticalScrollBar().setValue(0)
        return True

    def _show_balance(self) -> None:
        """Of the account under the cursor."""
        sheet, number = self._sheet, self.face.line_no()
        if sheet is None or number >= len(sheet.voucher.lines):
            self.account.show_balance("", None)
            return
        account = sheet.voucher.lines[number].account
        held = voucher_search.balance(self._page.book, account, sheet.voucher.booked_on)
        self.account.show_balance(sheet.accounts.get(account, account), held)

    def _open_ledger(self, account: str) -> None:
        period = self._view.voucher.period if self._view else ""
        self._page.session.go(f"account:{account}/{period}")

    @staticmethod
    def _notes(view: ledgers.VoucherView) -> list[str]:
        voucher = view.voucher
        notes = [_("Other party: {party}").format(party=voucher.party)] if voucher.party else []
        if voucher.paper_no:
            notes.append(_("Paper no. {number}").format(number=voucher.paper_no))
        if voucher.origin is Origin.IMPORT:
            notes.append(_("Taken over from an older book."))
        return notes

    @staticmethod
    def _signed(view: ledgers.VoucherView) -> list[str]:
        kinds = {SignKind.INK: _("on paper"), SignKind.KEY: _("with key")}
        return [
            f"{names.slot_title(s.slot)}: {name or s.reference} · {s.signed_on.isoformat()} · {kinds[s.kind]}"
            + (f" · {_('seal: {name}').format(name=view.seals[s.seal])}" if s.seal in view.seals else "")
            for s, name in view.signatures
        ]

    def _show_relations(self, sheet: VoucherSheet) -> None:
        _empty(self._relations_flow)
        for words, other in sheet.relations:
            made = button(words, lambda _checked=False, other=other: self.wanted.emit(other), link=True)
            self._relations_flow.addWidget(made)
        self._relations.setVisible(bool(sheet.relations))

    def _show_papers(self, view: ledgers.VoucherView) -> None:
        """Attached papers, then the photographed slips that carry the signatures, each once."""
        _empty(self._papers_flow)
        shown = {paper.sha256: paper.name for paper in view.attachments}
        for signature, _name in view.signatures:
            if signature.kind is SignKind.INK and signature.evidence:
                shown.setdefault(signature.evidence, _("signed slip"))
        self._list_papers(shown.items())
        self._papers.setVisible(bool(shown))

    def _list_papers(self, papers: Iterable[tuple[str, str]]) -> None:
        from villagebook.ui.pages.entering.papers import show_object

        for sha, name in papers:
            made = button(name[:28], lambda _checked=False, sha=sha: show_object(self._page, sha), link=True)
            self._papers_flow.addWidget(made)


def face_of(sheet: VoucherSheet) -> Face:
    """A posted voucher as its face on the screen."""
    voucher = sheet.voucher
    day = voucher.booked_on
    return Face(
        _("{word} No. {number}").format(word=voucher.word, number=f"{voucher.number:04d}"),
        _("{year}-{month:02d}-{day:02d}").format(year=day.year, month=day.month, day=day.day),
        tuple(replace(line, summary=sheet.summary(no)) for no, line in enumerate(voucher.lines, 1)),
        sheet.accounts,
        voucher.total_fen,
        voucher.paper_count,
        names=sheet.footer,
        links=sheet.links,
        struck=True,
    )


def _empty(flow: Flow) -> None:
    while flow.count():
        item = flow.takeAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.hide()
            widget.deleteLater()
