"""What became of the chosen notice, as steps, with the next act as a button."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from villagebook.domain.board import Life
from villagebook.i18n import _
from villagebook.services.disclosure import board_archive, board_papers, life_view
from villagebook.ui.page import Page
from villagebook.ui.pages.board.board_dialogs import AddPhotosDialog, PlacesDialog, PostDialog, TakeDownDialog
from villagebook.ui.theme import em
from villagebook.ui.widgets.flow import Flow
from villagebook.ui.widgets.forms import button, text

SIGNS = {"done": "✓", "now": "▸", "later": "○"}


class LifeBox(QFrame):
    """Shown for every notice and correction that supervision has seen."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._page = page
        self._view: life_view.LifeView | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(em(0.6), em(0.5), em(0.6), em(0.5))
        column.setSpacing(em(0.25))
        column.addWidget(text(_("On the board"), "heading"))
        self.steps = text("")
        column.addWidget(self.steps)
        acts = QWidget()
        flow = Flow(acts)
        self.main = button("", self.next_act, main=True)
        self.objections = button(_("&Objections…"), self._go_to_objections)
        self.answers = button(_("Print ob&jections and answers…"), self._print_answers)
        self.down = button(_("Take it do&wn…"), self._take_down)
        self.places = button(_("&Boards…"), self._places)
        for made in (self.main, self.down, self.objections, self.answers, self.places):
            flow.addWidget(made)
        column.addWidget(acts)
        self.setVisible(False)

    def show_subject(self, subject: str) -> None:
        """The life of this notice or correction; "" hides the box."""
        self._view = life_view.view(self._page.book, subject, self._page.session.today) if subject else None
        self.setVisible(self._view is not None)
        if self._view is None:
            return
        view = self._view
        self.steps.setText("\n".join(f"{SIGNS[s.state]} {s.text}" for s in view.steps))
        words = {
            "post": _("&Record the posting…"),
            "photos": _("&Take in photos…"),
            "down": _("Take it do&wn…"),
            "archive": _("&Archive"),
        }
        writable = not self._page.book.read_only
        self.main.setVisible(view.act in words)
        self.main.setText(words.get(view.act, ""))
        self.main.setEnabled(writable)
        self.down.setVisible(view.act != "down" and bool(view.life.hanging()))
        self.down.setEnabled(writable)
        self.objections.setVisible(view.life.final and not view.is_correction)
        self.answers.setVisible(bool(view.life.objections))
        self.places.setEnabled(writable)

    def _life(self) -> Life:
        if self._view is None:
            raise AssertionError("the box is hidden")
        return self._view.life

    def next_act(self) -> None:
        """What the main button says."""
        act = self._view.act if self._view else ""
        if act == "post":
            self._done(PostDialog(self._page, self._life()).exec(), _("The posting is recorded."))
        elif act == "photos":
            hangs = tuple(h for h in self._life().without_photos() if h.removal is None)
            self._done(
                AddPhotosDialog(self._page, self._life(), hangs).exec(), _("The photos are in the book.")
            )
        elif act == "down":
            self._take_down()
        elif act == "archive":
            number = self._life().number
            self._page.attempt(
                lambda: board_archive.archive(self._page.book, self._life().subject, self._page.session.by()),
                lambda seal: self._page.session.say(
                    _("{number} is archived, list {seal}.").format(number=number, seal=seal[:16])
                ),
            )

    def _take_down(self) -> None:
        self._done(TakeDownDialog(self._page, self._life()).exec(), _("The removal is recorded."))

    def _places(self) -> None:
        self._done(PlacesDialog(self._page).exec(), _("The list of boards is up to date."))

    def _done(self, result: int, words: str) -> None:
        if result:
            self._page.session.say(words)

    def _go_to_objections(self) -> None:
        self._page.session.go(f"register:objections/{self._life().subject}")

    def _print_answers(self) -> None:
        from villagebook.ui.viewer import PDF, Viewer

        page, life = self._page, self._life()

        def show(data: bytes) -> None:
            Viewer(_("Objections and answers"), data, PDF, page).show()

        page.attempt(lambda: board_papers.answers_pdf(page.book, life.subject, page.session.today), show)
