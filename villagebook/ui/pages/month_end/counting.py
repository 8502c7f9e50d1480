"""Count the cash piece by piece, with a witness; compare the bank's own figure with the book."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from villagebook.domain.money import AmountError, yuan_text
from villagebook.i18n import N_, _
from villagebook.services.banking import counting
from villagebook.services.book_file import books
from villagebook.ui.page import Page
from villagebook.ui.pages.month_end.bank_drop import FileDrop
from villagebook.ui.theme import em
from villagebook.ui.widgets.count_edit import CountEdit
from villagebook.ui.widgets.date_edit import DateEdit
from villagebook.ui.widgets.forms import Form, button, card, text
from villagebook.ui.widgets.formula import read_amount
from villagebook.ui.widgets.money_edit import MoneyEdit, MoneyLine
from villagebook.ui.widgets.pickers import Choice, PersonPicker, PlacePicker


class CountingPage(Page):
    """Cash on the left, bank on the right."""

    topics = frozenset({"vouchers", "people", "places", "counts"})

    def title(self) -> str:
        return N_("Count and reconcile")

    def explain(self) -> str:
        return _(
            "Count the cash at least once a month, two people together: one counts, another watches. Write how many "
            "notes of each kind there are; notes of debt are listed but never counted as money. Then copy the bank's "
            "own balance from the statement; whoever checks it must not be the cashier."
        )

    def build(self) -> None:
        self._wanted: QWidget | None = None
        sides = QHBoxLayout()
        sides.setSpacing(em(0.6))
        sides.addWidget(self._cash(), 1)
        sides.addWidget(self._bank(), 1)
        self.body.addLayout(sides, 1)

    # ---- cash ----

    def _cash(self) -> QWidget:
        frame, column = card()
        column.addWidget(text(_("Cash count"), "heading"))
        form = Form()
        self.place = PlacePicker()
        self.counted_on = DateEdit(self.session.today)
        self.book_says = text("", "quiet")
        form.row(_("&Where"), self.place, self.book_says)
        form.row(_("Counted &on"), self.counted_on)
        column.addLayout(form)
        column.addLayout(self._pieces())
        self.iou = MoneyLine()
        self.iou_note = QLineEdit()
        self.counter, self.witness = PersonPicker(), PersonPicker()
        below = Form()
        below.row(_("No&tes of debt"), self.iou)
        below.row(_("Whose, why"), self.iou_note)
        below.row(_("Co&unted by"), self.counter)
        below.row(_("W&itness"), self.witness)
        column.addLayout(below)
        self.sum = text("", "heading")
        column.addWidget(self.sum)
        save = button(_("&Record the count"), self._record_count, main=True)
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignRight)
        column.addStretch(1)
        self.place.changed.connect(self._tell_cash)
        self.counted_on.changed.connect(self._tell_cash)
        self.iou.changed.connect(self._tell_cash)
        return frame

    def _pieces(self) -> QGridLayout:
        """Three columns of notes and coins with the number of each."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(em(0.6))
        grid.setVerticalSpacing(em(0.3))
        self.pieces: dict[int, CountEdit] = {}
        high = (len(counting.DENOMINATIONS_FEN) + 2) // 3
        for number, fen in enumerate(counting.DENOMINATIONS_FEN):
            box = CountEdit(99_999)
            words = yuan_text(fen).removesuffix(".00") + " ×"
            box.setAccessibleName(words)
            box.changed.connect(self._tell_cash)
            self.pieces[fen] = box
            row, column = number % high, number // high * 2
            label = text(words, wrap=False)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(label, row, column)
            grid.addWidget(box, row, column + 1)
        grid.setColumnStretch(6, 1)
        return grid

    def _count(self) -> counting.CashCount:
        return counting.CashCount(
            place=self.place.value(),
            counted_on=self.counted_on.day() or self.session.today,
            denominations=tuple((fen, box.value()) for fen, box in self.pieces.items() if box.value()),
            iou_fen=self.iou.fen() or 0,
            iou_note=self.iou_note.text().strip(),
            counter=self.counter.value(),
            witness=self.witness.value(),
        )

    def _tell_cash(self) -> None:
        count = self._count()
        expected = {p.code: fen for p, fen in counting.count_state(self.book, count.counted_on)}
        book_fen = expected.get(count.place, 0)
        self.book_says.setText(_("The book says {amount}.").format(amount=yuan_text(book_fen)))
        difference = count.counted_fen - book_fen
        words = _("Counted {amount}.").format(amount=yuan_text(count.counted_fen))
        if count.denominations:
            words += " " + counting.difference_text(difference, count.iou_fen)
        self.sum.setText(words)
        self.sum.setProperty("role", "red" if difference and count.denominations else "heading")
        self.sum.style().polish(self.sum)

    def _record_count(self) -> None:
        if not self.reads(self.counted_on):
            return
        count = self._count()

        def recorded(difference_fen: int) -> None:
            self.session.say(
                _("Count of {day} recorded. {result}").format(
                    day=count.counted_on.isoformat(),
                    result=counting.difference_text(difference_fen, count.iou_fen),
                )
            )
            for box in self.pieces.values():
                box.set_value(0)
            self.iou.clear()
            self.iou_note.clear()
            self.place.setFocus()

        self.attempt(lambda: counting.record_count(self.book, count, self.session.by()), recorded)

    # ---- bank ----

    def _bank(self) -> QWidget:
        frame, column = card()
        column.addWidget(text(_("Bank statement"), "heading"))
        form = Form()
        self.account = Choice()
        self.stated_on = DateEdit(self.session.today)
        self.bank_says = text("", "quiet")
        self.balance = MoneyEdit()
        self.open_items = QPlainTextEdit()
        self.open_items.setPlaceholderText(
            _("One per line: amount, a space, what it is. Minus: paid, not yet booked by the bank.")
        )
        self.open_items.setTabChangesFocus(True)
        self.open_items.setFixedHeight(em(6.5))
        self.checked_by = PersonPicker()
        form.row(_("&Account"), self.account, self.bank_says)
        form.row(_("Statement o&f"), self.stated_on)
        form.row(_("&Balance there"), self.balance)
        form.row(_("O&pen items"), self.open_items)
        form.row(_("Chec&ked by"), self.checked_by)
        column.addLayout(form)
        save = button(_("Record the &statement"), self._record_statement, main=True)
        column.addWidget(save, 0, Qt.AlignmentFlag.AlignRight)
        column.addWidget(text(_("Or take in the bank's own file: drop it here, or"), "quiet"))
        from_file = button(_("Co&mpare with a bank file…"), lambda: self._open_bank())
        column.addWidget(from_file, 0, Qt.AlignmentFlag.AlignRight)
        FileDrop(frame, self._open_bank)
        column.addStretch(1)
        self.account.changed.connect(self._tell_bank)
        self.stated_on.changed.connect(self._tell_bank)
        return frame

    def _open_bank(self, path: Path | None = None) -> None:
        """The bank's rows beside the book, with a file that was dropped."""
        if not self._codes():
            return
        from villagebook.ui.pages.month_end.bank_window import BankWindow

        window = BankWindow(self.session, self._codes(), self.account.currentText(), self._typed, self)
        window.show()
        if path is not None:
            window.take_in(path)

    def _typed(self) -> tuple[tuple[str, int], ...]:
        """The open items that can be read, for the sheet."""
        try:
            return self._items()
        except AmountError:
            return ()

    def _codes(self) -> tuple[str, ...]:
        return tuple(code for code in self.account.value().split("|") if code)

    def _tell_bank(self) -> None:
        day = self.stated_on.day() or self.session.today
        codes = self._codes()
        parts = [
            f"{place.name} {yuan_text(fen)}"
            for place, fen in counting.bank_state(self.book, day)
            if place.code in codes
        ]
        self.bank_says.setText(
            _("The book says: {amounts}").format(amounts=", ".join(parts)) if parts else ""
        )

    def _items(self) -> tuple[tuple[str, int], ...]:
        """Raises AmountError for a line without an amount."""
        items = []
        for line in self.open_items.toPlainText().splitlines():
            if line.strip():
                amount, _space, words = line.strip().partition(" ")
                items.append((words.strip(), read_amount(amount)))
        return tuple(items)

    def _record_statement(self) -> None:
        if not self.reads(self.stated_on):
            return
        try:
            items = self._items()
        except AmountError as error:
            self.say_problem(_("“{text}” is not an amount.").format(text=error.text))
            return
        if self.balance.fen() is None:
            self.say_problem(self.balance.line.problem or _("Type the balance that stands on the statement."))
            return
        statement = counting.BankStatement(
            self._codes(),
            self.stated_on.given(),
            self.balance.fen() or 0,
            items,
            self.checked_by.value(),
        )
        act = partial(counting.record_statement, self.book, statement, self.session.by())
        self.attempt(act, partial(self._recorded, statement))

    def _recorded(self, statement: counting.BankStatement, unexplained_fen: int) -> None:
        if unexplained_fen:
            result = _("{amount} is not explained; look for it before the month is closed.").format(
                amount=yuan_text(unexplained_fen)
            )
        else:
            result = _("Bank and book agree.")
        self.session.say(
            _("Statement of {day} recorded. {result}").format(
                day=statement.stated_on.isoformat(), result=result
            )
        )
        self.balance.set_fen(None)
        self.open_items.clear()

    # ---- showing ----

    def refresh(self) -> None:
        day = self.counted_on.day() or self.session.today
        self.place.set_places([place for place, _fen in counting.count_state(self.book, day)])
        staff = books.staff(self.book)
        for picker in (self.counter, self.witness, self.checked_by):
            picker.set_persons(staff.persons.values())
        self.account.set_options(
            [("|".join(codes), title) for codes, title in counting.bank_accounts(self.book)]
        )
        self._tell_cash()
        self._tell_bank()

    def open_target(self, kind: str, ident: str) -> None:
        self._wanted = self.account if kind == "statement" else self.place

    def first_field(self) -> QWidget | None:
        return self._wanted or self.place
