"""Who is on the other side: free text that offers households and outside parties of the registers, and names written before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget

from villagebook.domain.link import Link
from villagebook.services.names import link_kind_title
from villagebook.ui.theme import em
from villagebook.ui.widgets.list_line import MOST, ListLine, score


class PartyLine(ListLine):
    """`linked` carries the entry that was chosen, None when the text names nobody (or two) of the registers any more.

    Anything may be typed: Enter takes a line of the list only when one is marked, which pinyin initials do by themselves.
    """

    linked = Signal(object)

    def __init__(self, recent: Callable[[str], Sequence[str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._recent = recent
        self._names: tuple[tuple[Link, str], ...] = ()
        self._link: Link | None = None
        self.setMinimumWidth(em(9))
        self.textEdited.connect(self._look)

    def set_names(self, names: Iterable[tuple[Link, str]]) -> None:
        """Everybody the registers know, each by the name a voucher shows."""
        self._names = tuple(names)

    def link(self) -> Link | None:
        """The entry of the registers the text stands for."""
        return self._link

    def show_party(self, name: str) -> None:
        """Show a name; `linked` is not emitted."""
        self.setText(name)
        self.setCursorPosition(0)
        self._link = self._named(name)

    def offers(self, words: str) -> list[tuple[str, str]]:
        """Entries of the registers by code, name or initials, then what was written before."""
        wanted = words.strip().lower()
        found = sorted(
            (fit, number)
            for number, (link, name) in enumerate(self._names)
            if (fit := score(wanted, link.code, name)) is not None
        )
        made = []
        for _fit, number in found[:MOST]:
            link, name = self._names[number]
            made.append((f"{number}", f"{name}   {link_kind_title(link.kind)} {link.code}"))
        known = {name for _link, name in self._names}
        recent = [name for name in self._recent(words) if name not in known and name != words.strip()]
        return [*made, *((f"={name}", name) for name in recent)][:MOST]

    def take(self, value: str) -> None:
        name = value[1:] if value.startswith("=") else self._names[int(value)][1]
        link = None if value.startswith("=") else self._names[int(value)][0]
        self.setText(name)
        self._set(link)

    def _look(self, words: str) -> None:
        if words.strip():
            self.show_list(words)
            by_initials = (
                words.strip().isascii() and bool(self._found) and not self._found[0][0].startswith("=")
            )
            if not by_initials:
                self._popup.setCurrentIndex(self._texts.index(-1, 0))
        else:
            self._popup.hide()
        self._set(self._named(words))

    def _named(self, words: str) -> Link | None:
        """The only entry of exactly this name."""
        found = [link for link, name in self._names if name == words.strip()]
        return found[0] if len(found) == 1 else None

    def _set(self, link: Link | None) -> None:
        if link != self._link:
            self._link = link
            self.linked.emit(link)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The list closes with the field."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self._popup.hide()
        super().focusOutEvent(event)
