"""What waits for whom: print the slips, take in the photos, sign with a key, or say no with a reason."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QSplitter, QTabWidget, QVBoxLayout, QWidget

from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _, ngettext
from villagebook.services.approvals import requests, sign_queue, slips
from villagebook.services.vouchers import documents, reasons
from villagebook.ui.pages.approving.document_tab import DocumentTab
from villagebook.ui.pages.approving.ink_tab import InkTab
from villagebook.ui.pages.approving.key_tab import KeyTab
from villagebook.ui.pages.approving.reason_box import ReasonBox
from villagebook.ui.pages.approving.reject_tab import RejectTab
from villagebook.ui.pages.approving.sign_host import SignHost
from villagebook.ui.theme import em
from villagebook.ui.widgets.attachment_list import DropBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.table_view import TableView

T = TypeVar("T")

PICTURES = N_("Photos and scans (*.jpg *.jpeg *.png *.bmp *.tif *.tiff *.webp);;All files (*)")


class SigningPage(SignHost):
    """The queue on the left, the chosen document on the right."""

    topics = frozenset({"documents", "vouchers", "people"})
    scrolls = False

    def title(self) -> str:
        return N_("Signing")

    def explain(self) -> str:
        return _(
            "Every document here waits for somebody. Print the slips, let people sign with a pen, photograph the slips "
            "and drop the photos here: the square code says which document each belongs to. Then tick who has signed. "
            "An official with a key of his own can sign here with stick and PIN. Supervision can say no, with a reason "
            "that stays."
        )

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (("Ctrl+P", _("print the slips of the chosen rows")), ("Ctrl+I", _("take in photos")))

    def build(self) -> None:
        prints = button(_("&Print slips"), self._print, main=True, key="Ctrl+P")
        self.add_action(prints)
        self.queue = TableView()
        self.queue.setAccessibleName(_("Documents that wait"))
        self.queue.gives_way = ("party", "day", "days")  # the document beside it tells them
        self.queue.pointed.connect(lambda _row: self._show())
        self.drop = DropBox(_("Drop photos of signed slips here"), _("Take in p&hotos…"), _(PICTURES))
        self.drop.dropped.connect(self.take_in)
        self.shortcut("Ctrl+I", self.drop.choose_button.click)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        self.caption = text("", "quiet")
        column.addWidget(self.caption)
        column.addWidget(self.queue, 1)
        column.addWidget(self.drop)
        self.tabs = QTabWidget()
        self.document = DocumentTab(self)
        self.ink = InkTab(self)
        self.key = KeyTab(self)
        self.reject = RejectTab(self)
        for tab, words in (
            (self.document, _("&Document")),
            (self.ink, _("On p&aper")),
            (self.key, _("With &key")),
            (self.reject, _("&Say no")),
        ):
            self.tabs.addTab(tab, words)
        self.tabs.setMinimumWidth(max(em(28), self.tabs.tabBar().sizeHint().width()))
        split = QSplitter()
        split.setChildrenCollapsible(False)
        split.addWidget(left)
        split.addWidget(self.tabs)
        split.setStretchFactor(0, 6)
        split.setStretchFactor(1, 5)
        split.setSizes([640, 500])  # else the wider side's wish decides, and the list loses who is waited for
        self.reason = ReasonBox(self._record)
        self.findings.told.connect(lambda: self.reason.follow(self.findings.findings()))
        self.body.addWidget(self.reason)
        self.body.addWidget(split, 1)
        self._again: Callable[[], None] | None = None
        self._rows: tuple[sign_queue.QueueRow, ...] = ()

    # ---- showing ----

    def refresh(self) -> None:
        self._rows = sign_queue.queue(self.book, self.session.today)
        columns = (
            Column("summary", _("What for"), Shape.TEXT, 20),
            Column("waiting", _("Waiting for"), Shape.TEXT, 14),
            Column("late", _("Late"), Shape.COUNT, 5),
            Column("amount", _("Amount"), Shape.MONEY, 12),
            Column("days", _("Days"), Shape.COUNT, 6),
            Column("day", _("Date"), Shape.DAY, 10),
            Column("party", _("With"), Shape.TEXT, 12),
        )
        rows = tuple(
            (
                r.document.summary,
                f"{r.waiting_title} ({r.signed}/{r.needed})",
                r.late_days or None,
                r.document.total_fen,
                r.days,
                r.document.booked_on.isoformat(),
                r.document.party,
            )
            for r in self._rows
        )
        targets = tuple(f"document:{r.document.id}" for r in self._rows)
        self.queue.show_table(Table("queue", "", "", columns, rows, 0, targets))
        count = len(rows)
        words = ngettext("{n} document waits", "{n} documents wait", count).format(n=count)
        late = [r for r in self._rows if r.late_days]
        if late:
            longest = max(r.late_days for r in late)
            words = ngettext(
                "{waiting}; {n} late, by up to {days} day",
                "{waiting}; {n} late, by up to {days} days",
                longest,
            ).format(waiting=words, n=len(late), days=longest)
        self.caption.setText(words if count else _("Nothing waits for a signature."))
        self.caption.setProperty("role", "red" if late else "quiet")
        self.caption.style().polish(self.caption)
        if count and self.queue.currentIndex().row() < 0:
            self.queue.selectRow(0)
        self._show()

    def open_target(self, kind: str, ident: str) -> None:
        self.queue.choose(f"document:{ident}")

    def first_field(self) -> QWidget | None:
        return self.queue

    def current(self) -> sign_queue.QueueRow | None:
        """The chosen row of the queue."""
        ident = self.queue.target().partition(":")[2]
        return next((r for r in self._rows if r.document.id == ident), None)

    def _show(self) -> None:
        row = self.current()
        self.reason.about(row.document.id if row else "")
        self.tabs.setEnabled(row is not None)
        view = documents.document_view(self.book, row.document.id) if row else None
        for tab in (self.document, self.ink, self.key, self.reject):
            tab.show_document(row, view)

    # ---- verbs ----

    def attempt(self, act: Callable[[], T], then: Callable[[T], object] | None = None) -> None:
        """As every page; what was held is kept, to be tried again once a reason is recorded."""
        self._again = lambda: super(SigningPage, self).attempt(act, then)
        self._again()

    def _record(self, ident: str, reason: str, held: tuple[Finding, ...]) -> None:
        """Keep the reason for these holds, then do what they had held."""
        again = self._again
        super().attempt(
            lambda: reasons.give(self.book, ident, reason, held, self.session.by()),
            lambda _none: again() if again else None,
        )

    def _print(self) -> None:
        """Slips of the selected rows, of all when only one is selected and more wait."""
        from villagebook.ui.viewer import Viewer

        model = self.queue.values()
        chosen = {index.row() for index in self.queue.selectionModel().selectedRows()}
        rows = sorted(chosen) if len(chosen) > 1 else range(model.rowCount())
        idents = tuple(model.target(r).partition(":")[2] for r in rows)
        if not idents:
            return

        self.attempt(
            lambda: slips.slip_pdf(self.book, idents, two_up=len(idents) > 1),
            lambda pdf: Viewer(_("Slips to be signed"), pdf, "application/pdf", self).show(),
        )

    def take_in(self, files: list[Path]) -> None:
        """Read photos one after the other; the first document found comes to the front to be ticked."""
        findings = []
        found: list[str] = []
        sheets: list[str] = []
        unread = False
        for path in files:
            try:
                seen = slips.take_in(self.book, path.read_bytes(), path.name, self.session.by())
            except OSError as error:
                self.say_problem(f"{path.name}: {error.strerror}")
                return
            findings += list(seen.findings)
            shown = tuple(d for d in seen.documents if not requests.register_of(d))
            self.ink.remember(seen.photo, shown)
            if any(f.id == "AP-40" for f in seen.findings):
                self.ink.remember_unread(seen.photo)
                unread = True
            found += shown
            sheets += [d for d in seen.documents if d not in shown]
        self.show_findings(tuple(findings))
        if sheets and not found:
            self.session.go(requests.register_of(sheets[0]))
            self.session.say(_("This sheet is signed for in the register: attach its photo there."))
        if unread and not found:
            self.tabs.setCurrentWidget(self.ink)
            self._show()
        if found:
            found = list(dict.fromkeys(found))
            self.open_target("document", found[0])
            self.tabs.setCurrentWidget(self.ink)
            self._show()
            words = ngettext(
                "The photo shows {n} document.", "The photos show {n} documents.", len(found)
            ).format(n=len(found))
            self.session.say(words)

    def tell(self, outcome: documents.Outcome, document_summary: str, amount_fen: int) -> None:
        """Say what a signature led to."""
        amount = yuan_text(amount_fen)
        if outcome.label:
            words = _("{label} is posted: {summary} {amount}.").format(
                label=outcome.label, summary=document_summary, amount=amount
            )
        else:
            words = _("Signed: {summary} {amount}. Now waiting for: {who}.").format(
                summary=document_summary, amount=amount, who=outcome.waiting_for
            )
        self.session.say(words)
        if outcome.label:
            self.queue.setFocus()  # its form is gone; the next document is chosen here
