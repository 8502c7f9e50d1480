"""The button beside a paper for the board that makes its other forms: poster, slips, words to read out, pictures to send."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from villagebook.domain.correction import Correction
from villagebook.domain.sheet import Paper
from villagebook.i18n import _
from villagebook.services.disclosure import paper_forms
from villagebook.ui.page import Page
from villagebook.ui.saving import save_bytes, write_file
from villagebook.ui.tasks import Progress
from villagebook.ui.theme import open_at
from villagebook.ui.viewer import PDF, Viewer
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button
from villagebook.ui.widgets.trouble import Trouble

What = Callable[[], tuple[Paper | Correction, bool] | None]
"""The paper that is shown and whether it is a draft; None when there is none."""

Files = tuple[tuple[str, bytes], ...]


class FormsButton(QPushButton):
    """Its menu is filled when it opens, because the size of a poster depends on the paper that was chosen."""

    def __init__(self, page: Page, what: What, paper: Callable[[], str]) -> None:
        super().__init__(_("Other &forms"))
        self._page, self._what, self._paper = page, what, paper
        menu = QMenu(self)
        menu.aboutToShow.connect(lambda: self._fill(menu))
        self.setMenu(menu)

    def _fill(self, menu: QMenu) -> None:
        menu.clear()
        posters = menu.addMenu(paper_forms.form_title("poster"))
        for sheets, width, height in paper_forms.poster_sizes(self._paper()):
            words = _("{n} sheets, {width} x {height} cm").format(n=sheets, width=width, height=height)
            self._add(posters, "poster", words, partial(self.make, "poster", sheets))
        for form in ("household", "general", "loudspeaker", "chat"):
            self._add(menu, form, paper_forms.form_title(form), partial(self.make, form))
        menu.addSeparator()
        self._add(menu, "", _("Print test page"), lambda: show_test_page(self._page, self._paper()))

    def _add(self, menu: QMenu, form: str, words: str, act: Callable[[], object]) -> None:
        """`form` is "" for what needs no paper."""
        held = self._what()
        action = QAction(words, menu)
        action.triggered.connect(lambda _checked=False: act())
        action.setEnabled(not form or (held is not None and paper_forms.can_be(held[0], form)))
        menu.addAction(action)

    def make(self, form: str, sheets: int = 4) -> None:
        """Make the form in the background, then show it."""
        held = self._what()
        if held is None:
            return
        made, draft = held
        book, paper = self._page.book, self._paper()
        title = paper_forms.form_title(form)

        def work(_progress: Progress) -> Files:
            return paper_forms.made_as(book, made, form, draft=draft, paper=paper, sheets=sheets)

        def done(files: Files) -> None:
            name = f"{made.village} {made.span} {title}"
            if form == "loudspeaker":
                _TextWindow(name, files[0][1].decode("utf-8"), self._page).show()
            elif form == "chat":
                self._page.attempt(lambda: _save_for_chat(self._page, files, name), self._saved)
            else:
                Viewer(name, files[0][1], PDF, self._page).show()

        self._page.in_background(title, work, done, exclusive=True)

    def _saved(self, paths: tuple[Path, ...]) -> None:
        if paths:
            told = _("Saved as {path}.").format(path=", ".join(str(p) for p in paths))
            words = _("The words are in the clipboard.")
            self._page.session.say(f"{told} {words}")


def show_test_page(page: Page, paper: str) -> None:
    """Preview of the print test page; it is printed from there like any paper."""
    Viewer(_("Print test page"), paper_forms.print_test_pdf(paper), PDF, page).show()


def _save_for_chat(parent: QWidget, files: Files, name: str) -> tuple[Path, ...]:
    """Ask for one name; further pictures get a number behind it, the words its name. Raises KnownError.

    The words are in the clipboard as well, because a chat is where they go next.
    """
    first = save_bytes(parent, files[0][1], f"{name}.png")
    if first is None:
        return ()
    paths = [first]
    for number, (ending, data) in enumerate(files[1:], 2):
        if ending == ".txt":
            path = first.with_suffix(ending)
            QGuiApplication.clipboard().setText(data.decode("utf-8"))
        else:
            path = first.with_name(f"{first.stem}-{number}{ending}")
        write_file(path, data)
        paths.append(path)
    return tuple(paths)


class _TextWindow(QDialog):
    """Words to read out: shown large, to be copied or saved."""

    def __init__(self, title: str, words: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self._title, self._words = title, words
        self.shown = QPlainTextEdit(words)
        self.shown.setReadOnly(True)
        font = self.shown.font()
        font.setPointSizeF(font.pointSizeF() * 1.3 if font.pointSizeF() > 0 else 16)
        self.shown.setFont(font)
        bar = QWidget()
        flow = Flow(bar, right=True)
        copying, saving, closing = (
            button(_("&Copy"), lambda: QGuiApplication.clipboard().setText(words), main=True),
            button(_("Save &as…"), self._save),
            button(_("&Close"), self.close),
        )
        for widget in (copying, saving, closing):
            flow.addWidget(widget)
        self.trouble = Trouble()
        column = QVBoxLayout(self)
        column.addWidget(self.shown, 1)
        column.addWidget(self.trouble)
        column.addWidget(bar)
        open_at(self, 40, 34)

    def _save(self) -> None:
        data = self._words.encode("utf-8")
        self.trouble.attempt(lambda: save_bytes(self, data, f"{self._title}.txt"))
