"""The yearly report: both statements, receipts and payments, the notes; and what is still missing before it is printed."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Chapter, Dossier, Form, Table
from villagebook.i18n import _
from villagebook.services import names
from villagebook.services.reporting import notes
from villagebook.services.reporting.notes import Part, State
from villagebook.services.reporting.statement_table import SIGNERS
from villagebook.services.reporting.statement_ties import say
from villagebook.services.reporting.statements import DELIVERED, statement
from villagebook.storage import periods
from villagebook.storage.book import Book


def make(book: Book, name: str, year: int) -> tuple[Table, tuple[Finding, ...]]:
    """`notes` or `annual-report` of a year, as a table that carries its paper, and what is missing or does not tie."""
    found = notes.parts(book, year)
    table = notes.table(found, year)
    missing = notes.missing(found, year)
    if name == "notes":
        return replace(table, form=_dossier(book, year, found, ())), missing
    forms, findings = _statements(book, year)
    is_closed = _is_closed(book, year)
    if not is_closed:
        text = _("The year {year} is not closed: its figures may still change, and the report is a draft.")
        findings += (
            Finding("STM-25", Severity.WARNING, str(year), text.format(year=year), "", f"close:{year}-12"),
        )
    made = _dossier(book, year, found, forms, is_draft=not is_closed or bool(missing))
    title = _("Annual report {year}").format(year=year)
    return replace(table, name=name, title=title, form=made), (*missing, *findings)


def _is_closed(book: Book, year: int) -> bool:
    with book.reading() as connection:
        return periods.period_state(connection, Period(year, 12)) != "open"


def _statements(book: Book, year: int) -> tuple[tuple[Form, ...], tuple[Finding, ...]]:
    """The forms of the year, and what their checks found."""
    forms: list[Form] = []
    findings: list[Finding] = []
    for name in DELIVERED:
        made = statement(book, name, Span.year(year))
        if isinstance(made.table.form, Form):
            forms.append(made.table.form)
        findings += made.findings
    return tuple(forms), tuple(findings)


def _dossier(
    book: Book, year: int, found: tuple[Part, ...], forms: tuple[Form, ...], *, is_draft: bool = False
) -> Dossier:
    info = book.info
    facts = (
        (_("Name"), info.village),
        (_("Code"), info.code),
        (_("Time"), _("{first} to {last}").format(first=f"{year}-01-01", last=f"{year}-12-31")),
        (_("How the money is kept"), names.mode_title(info.mode)),
        (_("Unit"), _("yuan")),
    )
    return Dossier(
        _("Annual financial report") if forms else notes.title(),
        _("Year {year}").format(year=year),
        info.village,
        facts,
        forms,
        notes.title(),
        tuple(_chapter(part) for part in found),
        tuple(_(words) for words in SIGNERS),
        _("DRAFT") if is_draft else "",
    )


def _chapter(part: Part) -> Chapter:
    heading = _("{number}. {title}").format(number=part.number, title=say(part.section.title))
    written = tuple(line for line in part.text.split("\n") if line.strip())
    if part.state is State.NOTHING:
        return Chapter(heading, (_("None."),))
    if part.state is State.MISSING:
        return Chapter(heading, (_("(not written yet)"),))
    return Chapter(heading, (*written, *part.filled.paragraphs), part.filled.tables)
