"""Plain words: what each account is called on the board, read once by supervision; and entries that say too little."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from villagebook.domain.money import yuan_text
from villagebook.domain.people import SUPERVISION
from villagebook.domain.plain_words import MOST, Way
from villagebook.i18n import _
from villagebook.services.book_file import books
from villagebook.services.disclosure import plain_words
from villagebook.services.disclosure.plain_words import Row, Silent
from villagebook.ui.table_tab import TableTab
from villagebook.ui.widgets.form_box import FormBox
from villagebook.ui.widgets.forms import button, text
from villagebook.ui.widgets.list_bar import ListBar, save_buttons, search_line, under_bar
from villagebook.ui.widgets.pickers import Choice, PersonPicker


class WordsTab(TableTab):
    """The sentences on the left; on the right those of one account, what supervision has to read, and empty entries."""

    def left(self) -> QWidget:
        self.search = search_line(_("Search: account or words"), 13)
        self.search.textChanged.connect(self.table.filter)
        self.used = QCheckBox(_("only accounts in use"))
        self.used.toggled.connect(lambda _on: self._list())
        bar = ListBar(self.search, self.used, *save_buttons(self._save_file, ("xlsx", "pdf")))
        holder, self.caption = under_bar(bar, self.table)
        self.table.pointed.connect(lambda _row: self._show(self._pointed()))
        return holder

    def forms(self) -> None:
        self._rows: dict[str, Row] = {}
        self._shown = ""
        self._silent: dict[str, Silent] = {}
        self._words_box()
        self._review_box()
        self._silent_box()

    def _words_box(self) -> None:
        box = FormBox("")
        self.heading, self.state = box.heading, text("", "quiet")
        self.words = QLineEdit()
        self.words.setMaxLength(2 * MOST)
        self.words.setAccessibleName(_("Plain words"))
        self.words.returnPressed.connect(lambda: self._set(self.words.text()))
        box.add(self.state)
        box.row(_("&Words on the board"), self.words)
        self.save = button(_("&Use these words"), lambda: self._set(self.words.text()), main=True)
        self.back = button(_("&Back to the program's words"), lambda: self._set(""))
        box.acts(self.save, self.back)
        self.column.addWidget(box)

    def _review_box(self) -> None:
        self.review = FormBox(_("Own words supervision has not read yet"))
        self.unread = text()
        self.review.add(self.unread)
        self.reader = PersonPicker()
        self.review.row(_("Read b&y"), self.reader)
        self.read = self.review.act(_("These words were &read"), self._review)
        self.column.addWidget(self.review)

    def _silent_box(self) -> None:
        self.empty = FormBox(
            _("Entries that say too little"),
            _("They stop the notice of their month. What is said here is printed beside their own words."),
        )
        self.entry = Choice()
        self.entry.changed.connect(self._tell_entry)
        self.told = QLineEdit()
        self.told.setMaxLength(2 * MOST)
        self.empty.row(_("&Entry"), self.entry)
        self.empty.row(_("What it was &for"), self.told)
        self.say = self.empty.act(_("&Say it"), self._explain)
        self.column.addWidget(self.empty)

    # ---- showing ----

    def refresh(self) -> None:
        page = self.page
        self._rows = {f"{r.account.code}:{r.way.value}": r for r in plain_words.rows(page.book)}
        own = sum(r.own is not None for r in self._rows.values())
        self.caption.setText(_("Sentences: {n}, the village's own: {own}").format(n=len(self._rows), own=own))
        self._list()
        self._show(self._shown or next(iter(self._rows)))
        staff = books.staff(page.book)
        self.reader.set_persons(staff.holders(SUPERVISION, page.session.today))
        unread = plain_words.unread(page.book)
        self.unread.setText("\n".join(f"{w.account}  {w.words}" for w in unread))
        self.review.setVisible(bool(unread))
        self._silent = {f"{s.voucher_id} {s.account}": s for s in self._open_entries()}
        self.entry.set_options(
            [
                (key, f"{s.day} {s.label}  {s.text}  {yuan_text(s.amount_fen)}" + ("  ✓" if s.said else ""))
                for key, s in self._silent.items()
            ]
        )
        self.empty.setVisible(bool(self._silent))
        self._tell_entry()

    def _open_entries(self) -> tuple[Silent, ...]:
        return plain_words.silent(self.page.book, self.page.session.today)

    def _list(self) -> None:
        self.table.show_table(plain_words.table(self.page.book, used_only=self.used.isChecked()))
        self.table.filter(self.search.text())

    def open_entry(self, code: str) -> None:
        """Choose an account in the list; `code` with its way behind a colon, or without one."""
        self._show(code if code in self._rows else f"{code}:")
        self.table.choose(f"register:words/{self._shown}")

    def _pointed(self) -> str:
        return self.table.target().rpartition("/")[2]

    def _show(self, key: str) -> None:
        row = self._rows.get(key)
        if row is None:
            return
        if key != self._shown or not self.words.text().strip():
            self.words.setText(row.words)
            self.words.setCursorPosition(0)
        self._shown = key
        title = plain_words.account_title(row)
        self.heading.setText(title)
        self.state.setText(plain_words.state_title(row))
        self.back.setEnabled(row.own is not None)

    def _tell_entry(self) -> None:
        chosen = self._silent.get(self.entry.value())
        self.told.setText(chosen.said if chosen else "")

    # ---- doing ----

    def _set(self, words: str) -> None:
        page, key = self.page, self._shown
        account, _colon, way = key.partition(":")

        def done(_none: None) -> None:
            page.session.say(_("The words are kept."))
            self.words.clear()  # what stands now is shown anew
            self.refresh()

        page.attempt(
            lambda: plain_words.set_words(page.book, account, Way(way), words, page.session.by()), done
        )

    def _review(self) -> None:
        page = self.page
        shown = plain_words.unread(page.book)

        def done(_none: None) -> None:
            page.session.say(_("The words are read."))
            self.refresh()

        page.attempt(
            lambda: plain_words.review(page.book, shown, self.reader.value(), page.session.by()), done
        )

    def _explain(self) -> None:
        page, chosen = self.page, self._silent.get(self.entry.value())
        if chosen is None:
            return

        def done(_none: None) -> None:
            page.session.say(_("It stands beside the entry's own words from now on."))
            self.refresh()

        page.attempt(
            lambda: plain_words.explain(
                page.book, chosen.voucher_id, chosen.account, self.told.text(), page.session.by()
            ),
            done,
        )

    def _save_file(self, form: str) -> None:
        from villagebook.ui.export import export_table

        export_table(self.page, plain_words.table(self.page.book), form)
