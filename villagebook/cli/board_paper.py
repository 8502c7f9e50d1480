"""`notice --template F1|F2|...|matter [--subject S]`: which paper of the board is asked for, as it stands or as it was frozen."""

from __future__ import annotations

import argparse
from datetime import date

from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.domain.notice import Notice
from villagebook.domain.period import Span
from villagebook.domain.sheet import Paper, SheetForm
from villagebook.i18n import _
from villagebook.services.book_file.books import Book
from villagebook.services.disclosure import notices, sheets
from villagebook.services.disclosure.notice_text import notice_json, notice_text
from villagebook.services.disclosure.sheet_text import sheet_json, sheet_text

MONTHLY = "F1"


def words(parser: argparse.ArgumentParser) -> None:
    """The words of the command line this adds to `notice`."""
    parser.add_argument("--template", choices=(MONTHLY, *(f.value for f in SheetForm)), default=MONTHLY)
    parser.add_argument("--subject", default="")


def chosen(
    book: Book, span: Span, told: argparse.Namespace, today: date
) -> tuple[Paper, tuple[Finding, ...]]:
    """The frozen paper when there is a final one, else the paper as the book stands with what keeps it off the board.

    Raises Refused for a form or a subject there is not, KnownError for a subject on the monthly notice.
    """
    if told.template == MONTHLY:
        if told.subject:
            raise KnownError(
                _("The monthly notice has no subject."), _("Name the paper with --template, such as F5.")
            )
        return _notice(book, span, told, today)
    form = SheetForm(told.template)
    key = (form, span, told.subject)
    rows = sheets.listing(book)
    final = next((r for r in rows if (r.form, r.span, r.subject) == key and r.state == "final"), None)
    if final and not told.draft:
        return sheets.frozen(book, final.id), ()
    made = sheets.compile_sheet(book, form, span, told.subject, today)
    return made, tuple(f for f in sheets.findings(book, made, today) if f.severity.stops)


def _notice(
    book: Book, span: Span, told: argparse.Namespace, today: date
) -> tuple[Paper, tuple[Finding, ...]]:
    final = next((r for r in notices.notices(book) if r.span == span and r.state == "final"), None)
    if final and not told.draft:
        return notices.frozen_notice(book, final.id), ()
    made, found = notices.drafted(book, span, today)
    return made, tuple(f for f in found if f.severity.stops)


def written(made: Paper, told: argparse.Namespace, *, draft: bool) -> bytes:
    """The paper in the format that was asked for."""
    if isinstance(made, Notice):
        if told.format == "pdf":
            return notices.notice_pdf(made, paper=told.paper, draft=draft)
        return (notice_json if told.format == "json" else notice_text)(made, draft)
    if told.format == "pdf":
        return sheets.sheet_pdf(made, paper=told.paper, draft=draft)
    return (sheet_json if told.format == "json" else sheet_text)(made, draft)
