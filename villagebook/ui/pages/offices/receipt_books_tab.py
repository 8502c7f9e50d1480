"""Receipt books: handed out, a receipt voided with its copies, a book handed back and summed."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from villagebook.domain.finding import Finding
from villagebook.domain.receipts import BookStanding, Medium, ReceiptBook
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.book_file import books
from villagebook.services.offices import receipt_books
from villagebook.ui.pages.entering.papers import attachments_for
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.money_edit import MoneyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker

ANY, LEVY = "any", "levy"


class ReceiptBooksTab(TableTab):
    """Receipt books handed to their custodians."""

    GIVES_WAY = ("kind", "used", "voided", "custodian")

    def forms(self) -> None:
        self._issue_box()
        self._void_box()
        self._return_box()

    def _issue_box(self) -> None:
        box = FormBox(_("Hand out a receipt book"))
        self.kind = QLineEdit()
        self.use = Choice(
            [(ANY, _("everything else")), (LEVY, _("contributions by head (special receipts)"))]
        )
        self.medium = Choice([(m.value, names.medium_title(m)) for m in Medium])
        self.first, self.last = QLineEdit(), QLineEdit()
        self.width_box = CountEdit(20)
        self.width_box.set_value(4)
        self.custodian = PersonPicker()
        self.issued_on = DateEdit(self.page.session.today)
        box.row(_("&Name on it"), self.kind)
        box.row(_("What is taken on them"), self.use)
        box.row(_("Paper or electronic"), self.medium)
        box.row(_("F&irst number"), self.first)
        box.row(_("&Last number"), self.last)
        box.row(_("&Digits"), self.width_box)
        box.row(_("C&ustodian"), self.custodian)
        box.row(_("Handed out &on"), self.issued_on)
        box.act(_("&Hand out"), self._issue, main=True)
        self.column.addWidget(box)

    def _void_box(self) -> None:
        box = FormBox(_("Void a receipt of the book chosen in the table"))
        self.number = QLineEdit()
        self.reason, self.excuse = QLineEdit(), QLineEdit()
        self.copies = attachments_for(self.page)
        box.row(_("Number on the receipt"), self.number)
        box.row(_("Why it is void"), self.reason)
        box.row(_("Pictures of every copy"), self.copies)
        box.row(_("Why a copy is missing"), self.excuse)
        box.act(_("&Void this receipt"), self._void)
        self.column.addWidget(box)

    def _return_box(self) -> None:
        box = FormBox(_("Take back the book chosen in the table"))
        self.counter = PersonPicker()
        self.summed = MoneyLine()
        box.row(_("Summed by"), self.counter)
        box.row(_("Sum of the stubs"), self.summed)
        box.act(_("&Take back"), self._hand_back)
        self.column.addWidget(box)

    def refresh(self) -> None:
        staff = books.staff(self.page.book)
        for picker in (self.custodian, self.counter):
            picker.set_persons(staff.persons.values())
        columns = (
            Column("numbers", _("Numbers"), Shape.TEXT, 9),
            Column("state", _("State"), Shape.TEXT, 5),
            Column("next", _("Next no."), Shape.TEXT, 6),
            Column("custodian", _("Custodian"), Shape.TEXT, 6),
            Column("used", _("Used"), Shape.COUNT, 4),
            Column("voided", _("Voided"), Shape.COUNT, 4),
            Column("missing", _("Missing"), Shape.COUNT, 4),
            Column("kind", _("Name on it"), Shape.TEXT, 14),
        )
        self._standings = receipt_books.standings(self.page.book)
        rows = tuple(
            (
                f"{s.book.number_text(s.book.first)}–{s.book.number_text(s.book.last)}",
                names.book_state_title(s.state),
                s.next_no,
                staff.name(s.book.custodian),
                s.used,
                len(s.voided),
                len(s.gaps),
                _("{name} (special)").format(name=s.book.kind) if s.book.levy else s.book.kind,
            )
            for s in self._standings
        )
        targets = tuple(f"book:{s.book.id}" for s in self._standings)
        self.table.show_table(Table("receipt-books", "", "", columns, rows, 0, targets))

    def _chosen(self) -> BookStanding | None:
        """The book of the chosen row; the only one there is needs no choosing."""
        ident = self.table.target().partition(":")[2]
        found = [s for s in self._standings if s.book.id == ident] or list(self._standings[:1])
        if len(self._standings) > 1 and not ident:
            found = []
        if not found:
            self.page.say_problem(_("Choose the receipt book in the table first."))
        return found[0] if found else None

    def _issue(self) -> None:
        if not self.page.reads(self.issued_on):
            return
        page = self.page
        if not (self.first.text().strip().isdigit() and self.last.text().strip().isdigit()):
            page.say_problem(_("First and last number are whole numbers, such as 0001 and 0050."))
            return
        made = ReceiptBook(
            "",
            self.kind.text().strip(),
            int(self.first.text()),
            int(self.last.text()),
            self.width_box.value(),
            self.custodian.value(),
            self.issued_on.given(),
            Medium(self.medium.value()),
            levy=self.use.value() == LEVY,
        )

        def done(_ident: str) -> None:
            self.first.clear()
            self.last.clear()
            page.session.say(_("The receipt book is registered."))

        page.attempt(lambda: receipt_books.draw(page.book, made, page.session.by()), done)

    def _void(self) -> None:
        page, chosen = self.page, self._chosen()
        if chosen is None:
            return
        if not self.number.text().strip().isdigit():
            page.say_problem(_("Enter the number that is printed on the receipt."))
            return
        spoilt = receipt_books.Spoilt(
            chosen.book.id,
            int(self.number.text()),
            page.session.today,
            self.reason.text(),
            self.copies.attachments(),
            self.excuse.text(),
        )

        def done(said: tuple[Finding, ...]) -> None:
            for line in (self.number, self.reason, self.excuse):
                line.clear()
            self.copies.set_attachments(())
            page.show_findings(said)
            page.session.say(_("The receipt is voided."))

        page.attempt(lambda: receipt_books.void(page.book, spoilt, page.session.by()), done)

    def _hand_back(self) -> None:
        if not self.page.reads(self.summed):
            return
        page, chosen, fen = self.page, self._chosen(), self.summed.fen()
        if chosen is None:
            return
        if fen is None:
            page.say_problem(_("Enter what the stubs add up to."))
            return

        def done(said: tuple[Finding, ...]) -> None:
            self.summed.set_fen(None)
            page.show_findings(said)
            page.session.say(_("The receipt book is back. The next one may be handed out."))

        today = page.session.today
        page.attempt(
            lambda: receipt_books.hand_back(
                page.book, chosen.book.id, self.counter.value(), fen, today, page.session.by()
            ),
            done,
        )
