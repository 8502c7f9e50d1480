"""One small function per verb; the work is in services."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from contextlib import closing as closed_after
from pathlib import Path

from villagebook.cli import (
    archive,
    bank,
    board_paper,
    bring,
    invoice,
    key,
    notice_forms,
    output,
    pack,
    policy,
)
from villagebook.cli import voucher as vouchers
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.i18n import _
from villagebook.services import by, reports
from villagebook.services.book_file.books import Book, NewBook, create_book, open_book
from villagebook.services.rulebook import RULESET

Declare = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]
FORMS = ("text", "json")
LAYOUTS = ("vouchers", "cashbook", "opening", bank.LAYOUT)


def declare(verb: Declare) -> None:
    """Tell the parser every verb and its words."""
    _declare_making(verb)
    _declare_papers(verb)
    _declare_months(verb)
    _declare_rest(verb)


def _declare_making(verb: Declare) -> None:
    """Books that are made and filled."""
    p = verb("demo", _("build a demo village"), demo)
    p.add_argument("--dir", default="")
    p.add_argument("--no-window", action="store_true")
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("new", _("make a new book"), new)
    p.add_argument("book")
    p.add_argument("--village", required=True)
    p.add_argument("--code", required=True)
    p.add_argument("--start", required=True)
    p.add_argument("--mode", choices=[m.value for m in LineMode], default=LineMode.AGENCY.value)
    p.add_argument("--opening", default="")
    p.add_argument("--policy", default="")
    p.add_argument("--fingerprint", default="")
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("import", _("take history in"), import_)
    p.add_argument("book")
    p.add_argument("file")
    p.add_argument("--layout", default="")
    p.add_argument("--place", "--account", default="")
    p.add_argument("--sheet", default="")
    bring.declare_list(p)
    p.add_argument("--dry-run", action="store_true")
    p.add_argument("--format", choices=FORMS, default="text")
    bring.declare(verb)


def _declare_papers(verb: Declare) -> None:
    """What is printed and handed out."""
    p = verb("report", _("print a book or report"), report)
    p.add_argument("book")
    p.add_argument("name", choices=sorted(reports.NAMES))
    p.add_argument("--from", dest="first", default="")
    p.add_argument("--to", dest="last", default="")
    p.add_argument("--place", default="")
    p.add_argument("--account", default="")
    p.add_argument("--party")
    p.add_argument("--template", default="")
    p.add_argument("--columns", default="")
    p.add_argument("--entry", default="")
    p.add_argument("--depth", type=int, choices=range(5), default=0)
    p.add_argument("--zeros", action="store_true")
    p.add_argument("--movement", action="store_true")
    p.add_argument("--kind", default="")
    p.add_argument("--actor", default="")
    p.add_argument("--text", default="")
    p.add_argument("--format", choices=("csv", "json", "xlsx", "pdf"), default="csv")
    p.add_argument("-o", "--output", default="")
    p = verb("notice", _("print the notice for the board"), notice)
    p.add_argument("book")
    p.add_argument("--period", required=True)
    p.add_argument("--draft", action="store_true")
    p.add_argument("--paper", choices=("A3", "A4"), default="A3")
    p.add_argument("--format", choices=("pdf", "json", "txt"), default="pdf")
    board_paper.words(p)
    notice_forms.words(p)
    p.add_argument("-o", "--output", default="")
    vouchers.words(verb("voucher", _("print vouchers and covers for binding"), voucher))
    pack.declare(verb("pack", _("the year's papers in one file"), pack.run))


def _declare_months(verb: Declare) -> None:
    """Months and proof: closed, opened again, checked, handed over."""
    p = verb("close", _("close a month"), close)
    p.add_argument("book")
    p.add_argument("--period", required=True)
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("reopen", _("open a closed month again"), reopen)
    p.add_argument("book")
    p.add_argument("--period", required=True)
    p.add_argument("--reason", required=True)
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("check", _("check a book or a package"), check)
    p.add_argument("path")
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("export", _("write a package for the township"), export)
    p.add_argument("book")
    p.add_argument("--to", required=True)
    p.add_argument("--format", choices=FORMS, default="text")
    archive.declare(verb("archive", _("write the archive of a year"), archive.run))
    archive.declare_audit(verb("audit-data", _("write a year as XML for auditors' programs"), archive.audit))
    p = verb("verify", _("verify a package"), verify)
    p.add_argument("package")
    p.add_argument("--trust", default="")
    p.add_argument("--format", choices=FORMS, default="text")


def _declare_rest(verb: Declare) -> None:
    """Money places, invoices, parameters and keys; rules; safe copies."""
    bank.declare_place(verb("place", _("add a money place"), bank.place))
    bank.declare_balance(verb("bank-balance", _("record the bank's own balance"), bank.balance))
    invoice.declare(verb("invoice", _("tell what invoice files say"), invoice.run))
    policy.declare(verb("policy", _("show or take in the township's parameters"), policy.run))
    key.declare(verb("key", _("keys of officials, in the village and at the township"), key.run))
    p = verb("rules", _("list every rule"), rules)
    p.add_argument("--markdown", action="store_true")
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("backup", _("copy the book, verified"), backup)
    p.add_argument("book")
    p.add_argument("--to", required=True)
    p.add_argument("--format", choices=FORMS, default="text")
    p = verb("restore", _("make a book out of a backup"), restore)
    p.add_argument("backup")
    p.add_argument("--as", dest="target", required=True)
    p.add_argument("--format", choices=FORMS, default="text")


def _span(text: str) -> Span:
    """2025-03, 2025-Q1, 2025-H1, 2025, and the way a span of months is printed: 2024-04..2025-03."""
    try:
        return Span.parse(text)
    except ValueError:
        raise KnownError(
            _("{text} is no period.").format(text=text), _("Write 2025-03, 2025-Q1, 2025-H1 or 2025.")
        ) from None


def _open(path: str, *, read_only: bool = False) -> Book:
    return open_book(Path(path), read_only=read_only)


def demo(told: argparse.Namespace) -> int:
    from villagebook.services.demo_village.demo import build_demo

    made = build_demo(Path(told.dir) if told.dir else None, output.tell_progress)
    if told.format == "json":
        output.say(
            json.dumps(
                {
                    "book": str(made.book),
                    "desk": None,
                    "packages": [str(p) for p in made.packages],
                    "notices": [str(n) for n in made.notices],
                },
                ensure_ascii=False,
            )
        )
    else:
        output.say(_("Book: {path}").format(path=made.book))
        for path in made.packages:
            output.say(_("Package: {path}").format(path=path))
        for path in made.notices:
            output.say(_("Notice: {path}").format(path=path))
    return 0 if told.no_window or told.open_window is None else told.open_window(made.book)


def new(told: argparse.Namespace) -> int:
    start = _span(told.start)
    book = create_book(
        Path(told.book),
        NewBook(
            village=told.village,
            code=told.code,
            start=start.first,
            mode=LineMode(told.mode),
            opening=Path(told.opening) if told.opening else None,
            policy=Path(told.policy) if told.policy else None,
            fingerprint=told.fingerprint,
        ),
        by.now("cli"),
    )
    with closed_after(book):
        text = _("Made {path} for {village}.").format(path=book.path, village=book.info.village)
        output.tell(told.format, text, book=str(book.path), village=book.info.village, code=book.info.code)
    return 0


def import_(told: argparse.Namespace) -> int:
    from villagebook.services.vouchers.imports import import_file

    with closed_after(_open(told.book)) as book:
        if told.layout == bank.LAYOUT:
            return bank.take_in(book, told)
        entered = bring.into_register(book, told)
        if entered is not None:
            return entered
        made = bring.take_in(book, told, LAYOUTS) or import_file(
            book, Path(told.file), layout=told.layout, dry_run=told.dry_run, by=by.now("cli")
        )
    if told.format == "text":
        text = _("{n} would be taken in; nothing was written.") if told.dry_run else _("{n} taken in.")
        output.say(text.format(n=made.vouchers))
        return output.tell_findings(made.findings, "text") if made.findings else 0
    return output.tell_findings(made.findings, "json", vouchers=made.vouchers, dry_run=told.dry_run)


def _report_span(book: Book, name: str, first: str, last: str) -> Span:
    """From the book's first month (statements: from January) to its newest booking when nothing is told."""
    start = max(_span(first).first, book.info.start) if first else book.info.start
    if last:
        end = _span(last).last
    elif first:
        end = _span(first).last
    else:
        end = reports.newest_month(book)
    if name in reports.YEARLY:
        return Span.year(end.year)
    if name in (*reports.STATEMENTS, reports.CHECKS):
        # a book that begins within the year knows the months before by its opening
        start = _span(first).first if first else Period(end.year, 1)
    if end < book.info.start:
        _check_within(book, Span.of(end))
    if end < start:
        raise KnownError(
            _("{last} lies before {first}.").format(last=end, first=start), _("Turn them round.")
        )
    return Span(start, end)


def report(told: argparse.Namespace) -> int:
    from villagebook.services.render import render

    with closed_after(_open(told.book, read_only=True)) as book:
        span = _report_span(book, told.name, told.first, told.last)
        choice = reports.Choice(
            told.account,
            told.party,
            told.place,
            _layout(told.template),
            tuple(c.strip() for c in told.columns.split(",") if c.strip()),
            machine=told.format in ("csv", "json"),
            entry=told.entry,
            depth=told.depth,
            zeros=told.zeros,
            movement=told.movement,
            event=told.kind,
            actor=told.actor,
            text=told.text,
        )
        made = reports.make(book, told.name, span, choice)
        data = render(made.table, told.format, book.info.village)
    output.write_out(data, told.output)
    output.tell_refused(made.findings)
    return 1 if any(f.severity is not Severity.HINT for f in made.findings) else 0


def _layout(text: str) -> Path | str | None:
    """A file, or the key of a layout the book keeps."""
    if not text:
        return None
    return Path(text) if Path(text).suffix or Path(text).is_file() else text


def _check_within(book: Book, span: Span) -> None:
    """Raises KnownError for months that lie wholly before the book or in the future."""
    if span.last < book.info.start:
        raise KnownError(
            _("{last} lies before the first month of the book ({start}).").format(
                last=span.last, start=book.info.start
            ),
            _("Choose a later period."),
        )
    if span.first > Period.of(by.today()):
        raise KnownError(_("{first} has not begun.").format(first=span.first), _("Choose an earlier period."))


def notice(told: argparse.Namespace) -> int:
    span = _span(told.period)
    with closed_after(_open(told.book, read_only=True)) as book:
        _check_within(book, span)
        shown, found = board_paper.chosen(book, span, told, by.today())
        draft = bool(told.draft or found)
        data = b""
        if told.form:
            notice_forms.write(book, shown, told, draft=draft)
        else:
            data = board_paper.written(shown, told, draft=draft)
    if not told.form:
        output.write_out(data, told.output)
    if told.draft:
        found = tuple(f for f in found if f.id != "DIS-06")  # a draft is what it was asked to be
    if found:
        output.tell_refused(found)
    return 1 if found else 0


def voucher(told: argparse.Namespace) -> int:
    span = _span(told.period)
    with closed_after(_open(told.book, read_only=True)) as book:
        _check_within(book, span)
        return vouchers.write(book, span, told)


def close(told: argparse.Namespace) -> int:
    from villagebook.services.period_end import closing

    span = _span(told.period)
    with closed_after(_open(told.book)) as book:
        if span.first < book.info.start <= span.last:
            span = Span(book.info.start, span.last)  # the year in which the book begins
        made = closing.close_span(book, span, by.now("cli"))
        if told.format == "json":
            said = [finding for _period, found in made for finding in found]
            output.tell_findings(said, "json", closed=[str(period) for period, _found in made])
            return 0
        for period, found in made:
            output.say(_("{period} is closed.").format(period=period))
            for finding in found:
                output.say(output.finding_line(finding))
    return 0


def reopen(told: argparse.Namespace) -> int:
    from villagebook.services.period_end import closing

    span = _span(told.period)
    if span.first != span.last:
        raise KnownError(_("Reopen one month at a time."), _("Begin with the newest."))
    with closed_after(_open(told.book)) as book:
        closing.reopen(book, span.first, told.reason, by.now("cli"))
    text = _("{period} is open again; the reason stays in the book.").format(period=span)
    output.tell(told.format, text, opened=str(span))
    return 0


def check(told: argparse.Namespace) -> int:
    from villagebook.services.period_end.checking import check_path

    path = Path(told.path)
    if not path.is_file():
        raise KnownError(_("There is no file {path}.").format(path=path))
    return output.tell_findings(check_path(path), told.format, ruleset=RULESET)


def export(told: argparse.Namespace) -> int:
    from villagebook.services.handing_over import handover

    folder = Path(told.to)
    if not folder.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=folder), _("Plug in the stick."))
    with closed_after(_open(told.book)) as book:
        made = handover.export(book, folder, by.now("cli"))
    if told.format == "json":
        output.say(
            json.dumps(
                {"package": str(made.path), "sha256": made.sha256, "entries": made.entries},
                ensure_ascii=False,
            )
        )
    else:
        output.say(
            _("Written, read back and verified: {path} ({n} entries, head {head}).").format(
                path=made.path, n=made.entries, head=made.head.short
            )
        )
    return 0


def verify(told: argparse.Namespace) -> int:
    from villagebook.services.period_end.checking import verify as verify_package

    path = Path(told.package)
    if not path.is_file():
        raise KnownError(_("There is no file {path}.").format(path=path))
    found = verify_package(path, Path(told.trust) if told.trust else None)
    return output.tell_findings(found, told.format, ruleset=RULESET)


def rules(told: argparse.Namespace) -> int:
    from villagebook.services.rulebook import rules_markdown, rules_table, rules_text

    if told.format == "json" and not told.markdown:
        table = rules_table()
        keys = [column.key for column in table.columns]
        listed = [dict(zip(keys, row, strict=True)) for row in table.rows]
        output.tell("json", "", ruleset=RULESET, rules=listed)
        return 0
    output.say(rules_markdown() if told.markdown else rules_text())
    return 0


def backup(told: argparse.Namespace) -> int:
    from villagebook.services.book_file.backups import back_up

    with closed_after(_open(told.book, read_only=True)) as book:
        path = back_up(book, Path(told.to), by.now("cli"))
    output.tell(
        told.format, _("Copied, opened again and checked: {path}").format(path=path), backup=str(path)
    )
    return 0


def restore(told: argparse.Namespace) -> int:
    from villagebook.services.book_file.backups import restore as restore_backup

    restore_backup(Path(told.backup), Path(told.target))
    text = _("Restored as {path}. Compare its head with the newest notice or receipt slip.")
    output.tell(told.format, text.format(path=told.target), book=str(told.target))
    return 0
