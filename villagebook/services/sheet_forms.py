"""Which board papers there are beside F1 and F12, and what compiles each: one line per form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from villagebook.domain.period import Span
from villagebook.domain.sheet import Body, SheetForm
from villagebook.rules.facts import Facts
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

Compile = Callable[[Connection, BookInfo, Facts, Span, str], Body]
"""(connection, book, facts as of the last day, months, subject) -> what the sheet says; nobody chooses rows."""


@dataclass(frozen=True, slots=True)
class FormEntry:
    """`subject` names what a paper of this form is about (`domain.sheet.Sheet.subject` without its code), "" for whole months."""

    form: SheetForm
    title: str
    compile: Compile
    subject: str = ""


FORMS: tuple[FormEntry, ...] = ()


def form_of(form: SheetForm, subject: str = "") -> FormEntry:
    """The entry that compiles this form of this kind of subject. Raises KeyError when there is none."""
    kind = subject.partition(":")[0]
    found = next((e for e in FORMS if e.form is form and e.subject in ("", kind)), None)
    if found is None:
        raise KeyError(form)
    return found
