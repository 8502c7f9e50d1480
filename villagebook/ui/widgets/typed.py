"""What was typed and cannot be read: a verb asks here first, so that nothing else is ever recorded in its place.

A field that may hold such words has `unread()`: one sentence with what was typed and what to type instead, "" when all is well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import _
from villagebook.ui.widgets.forms import scrolled_to

_LETTER = re.compile(r"\s*[(（][A-Za-z0-9][)）]")
"""The key of a label, as Chinese labels carry it behind: “日期(D)”."""


@runtime_checkable
class Typed(Protocol):
    """A field whose words may be unreadable, or missing where they are needed."""

    def unread(self) -> str: ...


@dataclass(frozen=True)
class Unread:
    """A field whose words cannot be taken, and what is said about it."""

    field: QWidget
    words: str


def form_around(widget: QWidget) -> QWidget:
    """The form a field stands in: its card, else what scrolls with it, else its window. A widget with fields is a form itself."""
    form = widget if not isinstance(widget, Typed) else widget.parentWidget()
    while form is not None and isinstance(widget, Typed):
        above = form.parentWidget()
        if form.property("form") or form.isWindow() or above is None:
            break
        if isinstance(above.parentWidget(), QScrollArea):
            break
        form = above
    return form or widget


def unread_in(form: QWidget) -> list[Unread]:
    """Every field of a form that cannot be taken, from the top; what is hidden or locked is not asked."""
    found = []
    for field in form.findChildren(QWidget):
        if not isinstance(field, Typed) or not field.isVisibleTo(form) or not field.isEnabledTo(form):
            continue
        if said := field.unread():
            name = label_of(field, form)
            found.append(
                Unread(field, _("{field}: {problem}").format(field=name, problem=said) if name else said)
            )
    return sorted(found, key=lambda one: _place(one.field, form))


def _place(field: QWidget, form: QWidget) -> tuple[int, int]:
    at = field.mapTo(form, QPoint())
    return at.y(), at.x()


def label_of(field: QWidget, form: QWidget) -> str:
    """What stands before a field, without its mnemonic; "" when nothing does."""
    above: QWidget | None = field
    while above is not None and above is not form:
        if name := _LETTER.sub("", above.accessibleName()).strip(" :："):
            return name
        above = above.parentWidget()
    return ""


def unread_findings(unread: list[Unread]) -> tuple[Finding, ...]:
    return tuple(Finding("", Severity.ERROR, "", one.words) for one in unread)


def lead_to(unread: list[Unread]) -> None:
    """The focus goes to the first; all stay marked until something else is typed."""
    unread[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
    scrolled_to(unread[0].field)
    for one in unread:
        mark_wrong(one.field, wrong=True)


def mark_wrong(field: QWidget, *, wrong: bool) -> None:
    """Frame a field as holding something that cannot be read."""
    if bool(field.property("wrong")) != wrong:
        field.setProperty("wrong", wrong)
        field.style().polish(field)
