"""A paid list and the bank: the file to send, the answer that came, what is open of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list_proof import ListProof, ListState, Outcome
from villagebook.i18n import _, ngettext
from villagebook.services.approvals import bank_batches
from villagebook.services.approvals.list_standings import ListStanding
from villagebook.services.approvals.list_words import result_text
from villagebook.ui.page import Page
from villagebook.ui.saving import save
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.pairs import Pairs
from villagebook.ui.widgets.pickers import Choice

_PAID = (ListState.PAID, ListState.PROVEN)


class BankBatchBox(QWidget):
    """Shown beside a list a voucher paid; `done` runs after everything that changed the book."""

    def __init__(self, page: Page, done: Callable[[], None]) -> None:
        super().__init__()
        self.page, self._done, self._code = page, done, ""
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        box, column = card()
        whole.addWidget(box)
        column.addWidget(text(_("Through the bank: file and answer"), "heading"))
        note = _("Your table of accounts stays with you: the book keeps no number of an account.")
        column.addWidget(text(note, "quiet"))
        self.pairs = Pairs()
        column.addWidget(self.pairs)
        form = Form()
        options = [(one.code, bank_batches.layout_title(one)) for one in bank_batches.layouts()]
        self.layout_choice, self.answered_on = Choice(options), DateEdit(page.session.today)
        form.row(_("Layout of the bank"), self.layout_choice)
        form.row(_("Day of the answer"), self.answered_on)
        column.addLayout(form)
        flow = Flow()
        self.make, self.answer = (
            button(_("Make the bank's &file…"), self._choose_accounts),
            button(_("Take in the ans&wer…"), self._choose_answer),
        )
        flow.addWidget(self.make)
        flow.addWidget(self.answer)
        column.addLayout(flow)
        self.back = QWidget()
        inner = QVBoxLayout(self.back)
        inner.setContentsMargins(0, 0, 0, 0)
        self.voucher, act = Choice(), button(_("&Booked back by it"))
        line = Form()
        line.row(_("Came back by"), self.voucher)
        act.clicked.connect(self._book_back)
        inner.addLayout(line)
        inner.addWidget(act)
        column.addWidget(self.back)

    def show_list(self, found: ListStanding | None) -> None:
        """Fill the card for a list that is paid; hide it for any other."""
        self.setVisible(found is not None and found.state in _PAID)
        if found is None or found.state not in _PAID:
            self._code = ""
            return
        self._code = found.content.code
        stands = bank_batches.standing(self.page.book, self._code)
        files = [
            (
                _("File of {day}").format(day=made.made_on.isoformat()),
                ngettext("{n} person, {amount}", "{n} people, {amount}", len(made.rows)).format(
                    n=len(made.rows), amount=yuan_text(made.total_fen)
                ),
            )
            for made in stands.batches
        ]
        left = [(found.content.rows[r.no - 1].name if r.no else r.name, result_text(r)) for r in stands.open]
        back = [
            (
                _(", ").join(found.content.rows[no - 1].name for no in one.rows),
                _("came back: {label}").format(label=one.label),
            )
            for one in stands.back
        ]
        self.pairs.show_pairs((*files, *left, *back))
        self.answer.setEnabled(bool(stands.batches))
        vouchers = bank_batches.vouchers_back(self.page.book, self._code)
        self.voucher.set_options(
            [(v.voucher_id, f"{v.booked_on.isoformat()} {v.label} {v.summary}") for v in vouchers]
        )
        self.back.setVisible(any(r.outcome is Outcome.FAILED for r in stands.open))

    # ---- doing ----

    def _chosen(self, title: str) -> Path | None:
        name, _filter = QFileDialog.getOpenFileName(self, title, "", _("Tables (*.xlsx *.xls *.csv)"))
        return Path(name) if name else None

    def _choose_accounts(self) -> None:
        path = self._chosen(_("The table of accounts"))
        if path:
            self.make_of(path)

    def make_of(self, accounts: Path) -> None:
        """The file for the bank by a table of accounts, saved where the user says."""
        page, code = self.page, self._code

        def done(made: bank_batches.MadeFile) -> None:
            save(page, made.data, made.name)
            self._done()

        page.attempt(
            lambda: bank_batches.make(
                page.book, code, accounts, self.layout_choice.value(), page.session.by()
            ),
            done,
        )

    def _choose_answer(self) -> None:
        if not self.page.reads(self.answered_on):
            return
        path = self._chosen(_("The bank's answer"))
        if path:
            self.take_answer(path)

    def take_answer(self, file: Path) -> None:
        """The bank's answer, held against the list."""
        page, code = self.page, self._code
        day = self.answered_on.given()

        def done(proof: ListProof) -> None:
            n = sum(1 for r in proof.results if r.outcome is not Outcome.PAID)
            words = (
                ngettext(
                    "{n} row of the answer is not as the list says.",
                    "{n} rows of the answer are not as the list says.",
                    n,
                )
                if n
                else _("The bank has paid every row.")
            )
            page.session.say(words.format(n=n))
            self._done()

        page.attempt(lambda: bank_batches.take_return(page.book, code, file, day, page.session.by()), done)

    def _book_back(self) -> None:
        page, code, voucher = self.page, self._code, self.voucher.value()

        def done(_none: None) -> None:
            page.session.say(_("The money of list {code} is booked back.").format(code=code))
            self._done()

        page.attempt(lambda: bank_batches.book_back(page.book, code, voucher, page.session.by()), done)
