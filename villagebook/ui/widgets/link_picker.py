"""What a line belongs to (辅助核算): chosen entries stand as chips in the field, typing finds the next one."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.i18n import _
from villagebook.services.links import by_link, title
from villagebook.services.names import link_kind_title
from villagebook.ui.theme import ACCENT_SOFT, INK, em
from villagebook.ui.widgets.list_line import MOST, ListLine, score


def rank_targets(
    targets: Iterable[LinkTarget], words: str, *, first: Iterable[LinkKind] = ()
) -> list[LinkTarget]:
    """Entries in use that fit by code, name or pinyin initials; kinds of `first` stand before the others."""
    wanted = words.strip().lower()
    preferred = frozenset(first)
    scored = []
    for target in targets:
        fit = score(wanted, target.code, target.name) if target.in_use else None
        if fit is not None:
            scored.append((target.kind not in preferred, fit, target.kind.value, target.code, target))
    return [entry[-1] for entry in sorted(scored, key=lambda entry: entry[:-1])][:MOST]


class LinkPicker(ListLine):
    """At most one entry per kind of register; choosing another of the same kind takes its place.

    F7, F2 and Down open the list, Enter takes a line, Delete or Backspace in the empty field (or a click on a chip) takes the
    last chip out.
    """

    changed = Signal()

    def __init__(self, targets: Iterable[LinkTarget] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._links: tuple[Link, ...] = ()
        self._wanted: tuple[LinkKind, ...] = ()
        self._chips: list[tuple[QRect, str]] = []
        self._targets: tuple[LinkTarget, ...] = ()
        self._known: dict[Link, LinkTarget] = {}
        self.setMinimumWidth(em(8))
        self.setMouseTracking(True)
        self.textEdited.connect(self.show_list)
        self.set_targets(targets)

    # ---- what it holds ----

    def links(self) -> tuple[Link, ...]:
        """Ordered by kind, so that the same choice is always the same content."""
        return self._links

    def set_links(self, links: Iterable[Link]) -> None:
        """Show these and forget what was typed; `changed` is not emitted."""
        self.clear()
        self._links = tuple(sorted(links))
        self._lay()

    def set_targets(self, targets: Iterable[LinkTarget]) -> None:
        """Choose among these from now on; links already chosen stay."""
        self._targets = tuple(targets)
        self._known = by_link(self._targets)
        self._lay()

    def set_wanted(self, kinds: Iterable[LinkKind]) -> None:
        """Kinds the line's account asks for: offered first, and named while they are missing."""
        self._wanted = tuple(kinds)
        self._lay()

    def has_choices(self) -> bool:
        """False while the registers are empty: then a form need not show the field."""
        return bool(self._links) or any(t.in_use for t in self._targets)

    def add(self, link: Link) -> None:
        """Choose an entry in place of another of its kind."""
        self._put((*(kept for kept in self._links if kept.kind is not link.kind), link))

    def drop(self, link: Link) -> None:
        self._put(kept for kept in self._links if kept != link)

    @property
    def problem(self) -> str:
        """What is wrong with letters that were typed and name nothing, "" when there are none."""
        words = self.text().strip()
        return _("“{text}” is in none of the registers.").format(text=words) if words else ""

    def unread(self) -> str:
        """Letters that name no entry; one single fit is taken, as when the field is left."""
        only = self.only_fit()
        if only is not None:
            self.take(only)
        words = self.text().strip()
        said = _("“{text}” is in none of the registers; choose an entry with F7, or clear the field.")
        return said.format(text=words) if words else ""

    def project(self) -> str:
        """Name of the project among them: it is written on the line as text too, as it always was; "" without one."""
        return next((self._short(link) for link in self._links if link.kind is LinkKind.PROJECT), "")

    def party(self) -> str:
        """Name of the household or the outside party among them: whom the line is with; "" without one."""
        parties = (LinkKind.HOUSEHOLD, LinkKind.OUTSIDER)
        return next((self._short(link) for link in self._links if link.kind in parties), "")

    def words(self) -> str:
        """All chips as one text."""
        return "; ".join(title(link, self._known) for link in self._links)

    def _put(self, links: Iterable[Link]) -> None:
        before = self._links
        self.set_links(links)
        if self._links != before:
            self.changed.emit()

    # ---- choosing ----

    def offers(self, words: str) -> list[tuple[str, str]]:
        missing = [k for k in self._wanted if k not in {link.kind for link in self._links}]
        found = rank_targets(self._targets, words, first=missing)
        return [
            ("|".join(t.link.to_data()), f"{link_kind_title(t.kind)}  {t.code}  {t.name}")
            for t in found
            if t.link not in self._links
        ]

    def take(self, value: str) -> None:
        kind, _sep, code = value.partition("|")
        self.add(Link(LinkKind(kind), code))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete and Backspace in the empty field take out the last chip."""
        empties = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
        if empties and not self.text() and self._links:
            self.drop(self._links[-1])
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for (box, _words), link in zip(self._chips, self._links, strict=True):
            if box.contains(event.position().toPoint()):
                self.drop(link)
                return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        on_chip = any(box.contains(event.position().toPoint()) for box, _words in self._chips)
        self.setCursor(Qt.CursorShape.PointingHandCursor if on_chip else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """One single fit is taken; anything else that names nothing stays and is marked."""
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            only = self.only_fit()
            if only is not None:
                self.take(only)
        self.mark(bool(self.text().strip()))
        super().focusOutEvent(event)
        self._lay()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._lay()

    # ---- showing ----

    def _lay(self) -> None:
        """Place the chips; while the field has the focus some room is left to type in."""
        count = len(self._links)
        gap, inset = em(0.3), em(0.35)
        room = self.width() - 2 * inset - (em(4) if self.hasFocus() else 0) - gap * count
        names = [self._short(link) for link in self._links]
        wanted = [self.fontMetrics().horizontalAdvance(f"{n} ×") + em(0.8) for n in names]
        self._chips, left = [], inset
        for name, width, whole in zip(names, _shares(wanted, room), wanted, strict=True):
            box = QRect(left, em(0.25), width, max(self.height() - em(0.5), em(1.2)))
            words = width - em(0.8) - self.fontMetrics().horizontalAdvance(" ×")
            elide = Qt.TextElideMode.ElideRight
            elided = name if width >= whole else self.fontMetrics().elidedText(name, elide, words)
            self._chips.append((box, f"{elided} ×"))
            left += width + gap
        self.setTextMargins(left - inset if count else 0, 0, 0, 0)
        self._speak()
        self.update()

    def _short(self, link: Link) -> str:
        """As the registers call it; the code where they do not know it."""
        target = self._known.get(link)
        return target.name if target and target.name else link.code

    def _speak(self) -> None:
        """Tool tip, placeholder and what a screen reader says."""
        words = self.words()
        self.setAccessibleDescription(words)
        out = _("Click or Delete takes it out.")
        self.setToolTip(f"{words}\n{out}" if words else "")
        missing = [link_kind_title(k) for k in self._wanted if k not in {k.kind for k in self._links}]
        asked = _("needed: {kinds}").format(kinds=", ".join(missing)) if missing else ""
        self.setPlaceholderText(asked or ("" if words else _("Belongs to: code, name or pinyin initials")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The chips over the left margin of the field."""
        super().paintEvent(event)
        if not self._chips:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for box, words in self._chips:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ACCENT_SOFT))
            painter.drawRoundedRect(box, em(0.3), em(0.3))
            painter.setPen(QColor(INK))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        painter.end()


def _shares(wanted: list[int], room: int) -> list[int]:
    """Widths within a room: the narrow keep theirs, the wide share what is left."""
    made = list(wanted)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    for done, index in enumerate(order):
        fair = max(room // (len(order) - done), em(2))
        made[index] = min(wanted[index], fair)
        room -= made[index]
    return made
