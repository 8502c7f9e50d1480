"""What the four doors share: a form on the left, the voucher it becomes on the right, drafts that survive anything."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from villagebook.domain.account import Account
from villagebook.domain.document import Document
from villagebook.domain.finding import Finding
from villagebook.domain.money import yuan_text
from villagebook.domain.signature import Slot
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _, language, ngettext
from villagebook.rules.spending_facts import NO_SPENDING, SpendingFacts
from villagebook.services.book_file import books
from villagebook.services.vouchers import documents, receipts, voucher_drafts
from villagebook.ui.page import Page
from villagebook.ui.pages.entering import peer_keys
from villagebook.ui.pages.entering.entry_side import EntrySide
from villagebook.ui.pages.entering.template_box import TemplateBox
from villagebook.ui.problems import EXPECTED, as_findings
from villagebook.ui.session import Session
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import Form, button, card, scrolled_to
from villagebook.ui.widgets.pickers import Choice
from villagebook.ui.widgets.typed import lead_to, unread_findings, unread_in
from villagebook.ui.widgets.voucher_face import Face

PREVIEW_AFTER = 250
DRAFT_AFTER = 1500
SETTLED = 60
"""Milliseconds after the last key: the voucher is derived, the draft is kept; after the last refusal: it has found its place."""


class EntryPage(Page):
    """Base of the doors. A door fills the form, reads it (`collect`) and shows a document in it (`fill`).

    `shows_face` is False where the form itself is the voucher.
    """

    topics = frozenset({"documents", "people", "places", "periods", "registers", "accounts"})
    kind: ClassVar[DocKind]
    shows_face: ClassVar[bool] = True

    def __init__(self, session: Session) -> None:
        self.chart = books.chart(session.book)
        self.use = receipts.account_use(session.book)
        self.document = documents.new_document(self.kind, session.today)
        self._filling = False
        self._touched = False
        self._last_summary = ""
        self._first_summary = ""
        super().__init__(session)

    # ---- for the doors ----

    def fields(self, form: Form) -> None:
        """Add the door's own fields."""
        raise NotImplementedError

    def collect(self) -> Document:
        """The document as typed so far."""
        raise NotImplementedError

    def fill(self, document: Document) -> None:
        """Show a document in the fields."""
        raise NotImplementedError

    def fresh(self) -> Document:
        """A blank document; the date of the last one stays, as people enter a pile of paper in order."""
        return documents.new_document(self.kind, self.document.booked_on)

    def lists(self) -> None:
        """Fill persons, places and other lists anew."""

    # ---- building ----

    def build(self) -> None:
        self.slots: tuple[Slot, ...] = ()
        self.spending: SpendingFacts = NO_SPENDING
        self._drafts = Choice()
        self._drafts.setAccessibleName(_("Drafts"))
        self._drafts.setMinimumWidth(em(13))
        self._drafts.changed.connect(self._open_draft)
        new = button(_("&New"), self.begin, key="Ctrl+N")
        self.discard = button(_("Throw &away"), self._discard)
        saved = button(_("Sa&ved entries"))
        saved.setToolTip("F4")
        saved.clicked.connect(self.show_templates)
        for widget in (self._drafts, new, saved, self.discard):
            self.add_action(widget)
        self.beside = EntrySide(face=self.shows_face)
        self.beside.findings.wanted.connect(self.session.go)
        self.beside.excuse.textChanged.connect(self.touched)
        sides = QHBoxLayout()  # no splitter: it would ignore what broken lines need in height
        sides.setSpacing(em(0.6))
        sides.addWidget(self._left(), 5 if self.shows_face else 8)
        sides.addWidget(self.beside, 6 if self.shows_face else 4)
        self.body.addLayout(sides, 1)
        self._preview_timer = QTimer(self, singleShot=True, interval=PREVIEW_AFTER)
        self._preview_timer.timeout.connect(self.preview)
        self._shown_timer = QTimer(self, singleShot=True, interval=SETTLED)
        self._shown_timer.timeout.connect(lambda: scrolled_to(self.beside.findings))
        self._draft_timer = QTimer(self, singleShot=True, interval=DRAFT_AFTER)
        self._draft_timer.timeout.connect(self.keep)

    def _left(self) -> QWidget:
        frame, column = card()
        form = Form()
        self.fields(form)
        column.addLayout(form)
        self.save_button = button(self.save_words(), main=True)
        self.save_button.setToolTip("F6, F8, Ctrl+S")
        self.save_button.clicked.connect(self.save)
        for key in ("F6", "F8", "Ctrl+S"):
            self.shortcut(key, self.save)
        self.shortcut("F5", self.begin)
        self.shortcut("F4", self.show_templates)
        peer_keys.listen(self, lambda: self.session.go("page:vouchers"))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.save_button)
        column.addLayout(row)
        column.addStretch(1)
        return frame

    def typed(self) -> Document:
        """The document as typed so far, with the reason for an exception."""
        return replace(self.collect(), excuse=self.beside.excuse.text().strip())

    def save_words(self) -> str:
        """What the main button says."""
        return _("&Save (F6)")

    def keys(self) -> tuple[tuple[str, str], ...]:
        return (
            ("F6, F8, Ctrl+S", _("save")),
            ("F5, Ctrl+N", _("next blank form")),
            ("F4", _("saved entries: take one, keep this one")),
            ("F7, F2", _("look up, in every field that has a list")),
            ("F9, F11", _("calculator in an amount")),
            (".. //", _("copy the summary of the last, of the first entry")),
            *peer_keys.words(),
        )

    # ---- reading and showing ----

    def refresh(self) -> None:
        self.use = receipts.account_use(self.book)
        self.chart = books.chart(self.book)
        self.lists()
        self._list_drafts()
        if not self._touched:
            self._show(self.document)
        self.preview()

    def open_target(self, kind: str, ident: str) -> None:
        mine = [d for d in documents.drafts(self.book) if d.kind is self.kind]
        for draft in mine:
            if kind == "draft" and ident in ("", draft.id):
                self.keep()
                self._show(draft)
                return

    def _list_drafts(self) -> None:
        mine = [d for d in documents.drafts(self.book) if d.kind is self.kind and d.id != self.document.id]
        words = ngettext("{n} draft", "{n} drafts", len(mine)).format(n=len(mine))
        self._drafts.set_options(
            [("", words)]
            + [(d.id, f"{d.booked_on:%m-%d} {d.summary or d.party} {yuan_text(d.total_fen)}") for d in mine]
        )
        self._drafts.setVisible(bool(mine))
        self.discard.setEnabled(self._touched)

    def _open_draft(self) -> None:
        wanted = self._drafts.value()
        for draft in documents.drafts(self.book):
            if draft.id == wanted:
                self.keep()
                self._show(draft)
                self._list_drafts()

    def _show(self, document: Document) -> None:
        self._filling = True
        self.document = document
        self.fill(document)
        self.beside.excuse.setText(document.excuse)
        self.beside.show_correcting(voucher_drafts.label_of(self.book, document.corrects))
        self._filling = False
        self._touched = bool(document.summary or document.party or document.total_fen)
        self.discard.setEnabled(self._touched)
        self.preview()

    def touched(self, *_args: object) -> None:
        """A field changed: derive the voucher soon, keep the draft a little later."""
        if self._filling:
            return
        self._touched = True
        self.discard.setEnabled(True)
        self._preview_timer.start()
        self._draft_timer.start()

    def preview(self) -> None:
        """Derive the voucher and run every rule on what is typed."""
        self._preview_timer.stop()
        self.document = self.typed()
        seen = documents.preview(self.book, self.document, self.session.today)
        self.slots, self.spending = seen.slots, seen.spending
        self.beside.show_preview(
            seen,
            Face(
                seen.next_label,
                self.document.booked_on.isoformat(),
                seen.lines if self.document.total_fen else (),
                self.account_names(),
                self.document.total_fen,
                self.document.paper_count or len(self.document.attachments),
                footer=_("Keeper: {name}").format(name=self.session.actor or "–"),
            ),
            self._own(seen.findings) if self._touched else (),
        )

    def account_names(self) -> dict[str, str]:
        """Code -> what stands in the account column."""
        return {a.code: f"{a.code} {a.title(language())}" for a in self.chart}

    def _own(self, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
        """Findings without a button that would lead to where we are."""
        here = {f"draft:{self.document.id}", f"document:{self.document.id}"}
        return tuple(replace(f, target="") if f.target in here else f for f in findings)

    # ---- verbs ----

    def keep(self) -> None:
        """Keep what is typed as a draft; nothing is lost by a power cut."""
        self._draft_timer.stop()
        if not self._touched or self.book.read_only:
            return
        try:
            documents.save_draft(self.book, self.typed(), self.session.by())
        except EXPECTED as error:
            self.findings.show_findings(as_findings(error))

    def save(self) -> None:
        """Submit; then the next blank form, the focus in its first field."""
        unread = unread_in(self)  # first: a field with letters of one entry takes it now
        self.preview()
        if unread:
            self._refuse(unread_findings(unread))
            lead_to(unread)
            return
        self._touched = True
        try:
            self._draft_timer.stop()
            documents.save_draft(self.book, self.document, self.session.by())
            outcome = documents.submit(self.book, self.document, self.session.by())
        except EXPECTED as error:
            self._refuse(self._own(as_findings(error)))
            return
        self._tell_saved(outcome)
        self._last_summary = self.document.summary
        self._first_summary = self._first_summary or self.document.summary
        self.begin(keep=False)

    def _refuse(self, findings: tuple[Finding, ...]) -> None:
        """Say what is to be mended, where it is seen: in large letters the end of the page lies below the window."""
        self.beside.findings.show_findings(findings)
        words = ngettext("Not saved: {n} thing to mend.", "Not saved: {n} things to mend.", len(findings))
        self.session.say(words.format(n=len(findings)))
        self._shown_timer.start()

    def _tell_saved(self, outcome: documents.Outcome) -> None:
        amount = yuan_text(self.document.total_fen)
        if outcome.label:
            words = _("{label} is posted: {summary} {amount}.").format(
                label=outcome.label, summary=self.document.summary, amount=amount
            )
        else:
            words = _("Saved: {summary} {amount}. Now waiting for: {who}.").format(
                summary=self.document.summary, amount=amount, who=outcome.waiting_for
            )
        self.session.say(words)

    def begin(self, _checked: bool = False, *, keep: bool = True) -> None:
        """The next blank form; what was typed stays as a draft."""
        if keep:
            self.keep()
        self._touched = False
        self._show(self.fresh())
        self._touched = False
        self.findings.clear()
        self.beside.findings.clear()
        self._list_drafts()
        field = self.first_field()
        if field is not None:
            field.setFocus()
            scrolled_to(field)

    def show_templates(self) -> None:
        """F4: saved entries of this door; what is in the form can be kept as one."""
        self.template_box = TemplateBox(self, self.kind, self.typed() if self._touched else None)
        self.template_box.taken.connect(self.take_template)
        self.template_box.open()

    def take_template(self, document: Document) -> None:
        """Fill the form with a saved entry, on the day the form shows; what was typed stays as a draft."""
        self.keep()
        blank = self.fresh()
        self._show(
            replace(
                document,
                booked_on=self.document.booked_on,
                receipt_no=blank.receipt_no,
                handler=document.handler or blank.handler,
            )
        )
        self._list_drafts()
        field = self.first_field()
        if field is not None:
            field.setFocus()

    def _discard(self) -> None:
        self._draft_timer.stop()
        self.attempt(lambda: documents.discard_draft(self.book, self.document.id))
        self.begin(keep=False)

    def may_leave(self) -> bool:
        self.keep()
        return True

    def hideEvent(self, event: QHideEvent) -> None:
        """Going to another page keeps the draft."""
        self.keep()
        super().hideEvent(event)

    # ---- small things the doors use ----

    def spread_summary(self, words: str) -> str:
        """`..` is the last entry's summary, `//` the first one's of this sitting."""
        return {"..": self._last_summary, "。。": self._last_summary, "//": self._first_summary}.get(
            words, words
        )

    @staticmethod
    def day_or(day: date | None, other: date) -> date:
        return day if day is not None else other


def not_money(account: Account) -> bool:
    """Accounts a person may choose: cash and bank come from the money places."""
    return not account.is_money
