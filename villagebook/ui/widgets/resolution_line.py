"""Choosing a resolution and its item by number or by a few words of what was decided; what is left stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLabel, QWidget

from villagebook.domain.money import yuan_text
from villagebook.domain.resolution import Cited
from villagebook.i18n import _
from villagebook.services.approvals.resolutions import Choice
from villagebook.ui.theme import em
from villagebook.ui.widgets.forms import text
from villagebook.ui.widgets.list_line import MOST, ListLine, score


class ResolutionLine(ListLine):
    """Free text stays possible: minutes of before the book are named by their number. `note` says what is left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._own_fen = 0
        self.note: QLabel = text("", "quiet")
        self.note.setVisible(False)
        self.setPlaceholderText(_("Number, or words of what was decided (F7)"))
        self.setMinimumWidth(em(10))
        self.textEdited.connect(self.show_list)
        self.textChanged.connect(lambda _words: self._tell())

    # ---- what it holds ----

    def cited(self) -> Cited:
        """Number and item; an empty number when nothing is named."""
        return Cited.read(self.text())

    def set_cited(self, cited: Cited) -> None:
        self.setText(cited.text)
        self.setCursorPosition(0)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these; the text stays as it is."""
        self._choices = tuple(choices)
        self._tell()

    def show_taken(self, own_fen: int) -> None:
        """What the document in the form takes, to say what is left afterwards."""
        self._own_fen = own_fen
        self._tell()

    # ---- the list ----

    def offers(self, words: str) -> list[tuple[str, str]]:
        wanted = words.strip().lower()
        scored = []
        for place, choice in enumerate(self._choices):
            fit = score(wanted, choice.cited.text, choice.cited.number, choice.text)
            if fit is not None:
                scored.append((fit, place, choice))
        return [(c.cited.text, _label(c)) for _fit, _place, c in sorted(scored, key=lambda s: s[:2])][:MOST]

    def opens_with(self) -> str:
        return "" if self._known() else self.text()

    def take(self, value: str) -> None:
        self.setText(value)
        self.setCursorPosition(0)

    def _known(self) -> Choice | None:
        cited = self.cited()
        of_number = [c for c in self._choices if c.cited.number == cited.number]
        if not cited.item:
            return of_number[0] if len(of_number) == 1 else None
        return next((c for c in of_number if c.cited.item == cited.item), None)

    def _tell(self) -> None:
        """What was decided and what is left, before and after; nothing for a number the register lacks."""
        known = self._known()
        words, over = "", False
        if known is not None and known.left_fen is None:
            words = known.text
        elif known is not None and known.left_fen is not None:
            after = known.left_fen - self._own_fen
            over = after < 0
            words = _("{text}: {left} left, {after} afterwards").format(
                text=known.text, left=yuan_text(known.left_fen), after=yuan_text(after)
            )
        elif self.text().strip():
            words = _("Not among the resolutions that can be drawn on.")
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.note.setProperty("role", "red" if over else "quiet")
        self.note.style().polish(self.note)


def _label(choice: Choice) -> str:
    if choice.left_fen is None:
        return f"{choice.cited.text}  {choice.text}"
    left = _("{amount} left").format(amount=yuan_text(choice.left_fen))
    return f"{choice.cited.text}  {choice.text}  {left}"
