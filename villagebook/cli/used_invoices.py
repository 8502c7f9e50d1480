"""Numbers of invoices used elsewhere: `invoice used BOOK` and `invoice elsewhere BOOK [FILE...]` in the village, `invoice merge
FILE...` at the township."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.domain.table import Table
from villagebook.i18n import _
from villagebook.services import by, reports
from villagebook.services.book_file.books import open_book
from villagebook.services.invoicing import invoice_elsewhere, used_desk, used_tables
from villagebook.services.render import json_bytes, render
from villagebook.services.township.township_keys import Pen

TABLES = (".csv", ".xlsx")


def words(parser: argparse.ArgumentParser) -> None:
    """The words of these three acts, beside those of files of invoices."""
    parser.add_argument("--from", dest="first", default="", metavar="PERIOD")
    parser.add_argument("--to", dest="last", default="", metavar="PERIOD")
    parser.add_argument("--issuer", default="", metavar="TOWNSHIP")
    parser.add_argument("--by", default="", metavar="PERSON")
    parser.add_argument("--on", default="", metavar="DAY")
    parser.add_argument("--fingerprint", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--key-file", default="")
    parser.add_argument("-o", "--output", default="")


def _needs(condition: bool, word: str, how: str) -> None:
    if not condition:
        raise KnownError(_("{name} is missing.").format(name=word), _("Write: {how}").format(how=how))


def _used(told: argparse.Namespace) -> int:
    """Our numbers as a table, for the township to merge."""
    _needs(len(told.files) == 2, "BOOK", "invoice used BOOK -o FILE.xlsx")
    target = Path(told.output or "-.csv")
    if target.suffix.casefold() not in TABLES:
        raise KnownError(_("{name} is neither CSV nor XLSX.").format(name=target.name))
    with open_book(Path(told.files[1]), read_only=True) as book:
        first = typed.span(told.first).first if told.first else book.info.start
        last = typed.span(told.last).last if told.last else max(first, reports.newest_month(book))
        table = used_tables.ours(book, typed.from_to(first, last))
        data = render(table, target.suffix.casefold()[1:], book.info.village)
    output.write_out(data, told.output)
    if told.output:
        output.say(_("Numbers: {n}. Written: {path}").format(n=len(table.rows), path=told.output))
    return 0


def _elsewhere(told: argparse.Namespace) -> int:
    """With files: take them in, each whole or not at all. Without: what was taken in, and which bookings stand in it."""
    _needs(len(told.files) >= 2, "BOOK", "invoice elsewhere BOOK FILE --issuer TOWNSHIP --by PERSON")
    path, files = Path(told.files[1]), [Path(name) for name in told.files[2:]]
    if not files:
        return _show(path, told)
    whose = invoice_elsewhere.Told(told.issuer, told.by, typed.day_if_told(told.on))
    found: list[Finding] = []
    entries = hits = 0
    with open_book(path) as book:
        for name in files:
            made = invoice_elsewhere.take_in(
                book, name, by.now("cli"), whose, fingerprint=told.fingerprint, dry_run=told.dry_run
            )
            entries, hits = entries + made.entries, hits + made.hits
            found += made.findings
    if told.format == "json":
        return output.tell_findings(found, "json", entries=entries, hits=hits, dry_run=told.dry_run)
    text = _("{n} would be taken in; nothing was written.") if told.dry_run else _("{n} taken in.")
    output.say(text.format(n=entries))
    output.say(_("Of them booked here as well: {n}").format(n=hits))
    return output.tell_findings(found, "text") if found else 0


def _show(path: Path, told: argparse.Namespace) -> int:
    with open_book(path, read_only=True) as book:
        lists, hits = used_tables.lists(book), used_tables.hits(book)
    if told.format == "json":
        output.tell_findings((), "json", lists=_records(lists), hits=_records(hits))
    elif lists.rows:
        output.say_rows(lists, 6)
        output.say("")
        output.say_rows(hits, 7)
    else:
        output.say(_("No list of used invoice numbers was taken in yet."))
    return 1 if hits.rows else 0


def _records(table: Table) -> list[dict[str, object]]:
    """Rows by the names programs know, amounts in yuan."""
    rows: list[dict[str, object]] = json.loads(json_bytes(table))
    return rows


def _merge(told: argparse.Namespace) -> int:
    """At the township: one list out of several, and the numbers that more than one village used."""
    files = tuple(Path(name) for name in told.files[1:])
    how = "invoice merge FILE... --issuer TOWNSHIP -o FILE [--key FILE --key-file FILE]"
    for word, given in (("FILE", files), ("--issuer", told.issuer), ("-o", told.output)):
        _needs(bool(given), word, how)
    _needs(bool(told.key) == bool(told.key_file), "--key-file" if told.key else "--key", how)
    now = by.now("cli")
    made = used_desk.merge(files, told.issuer, typed.day_if_told(told.on) or now.day, now.day)
    pen = Pen(Path(told.key), Path(told.key_file), typed.pin()) if told.key else None
    written = used_desk.write(made, Path(told.output), now, pen)
    if told.format == "json":
        entries, shared = len(made.content.entries), len(made.shared)
        return output.tell_findings(made.findings, "json", entries=entries, shared=shared)
    output.say(_("Numbers: {n}. Written: {path}").format(n=len(made.content.entries), path=written.path))
    if written.fingerprint:
        output.say(
            _("Fingerprint, to be read aloud to each village: {mark}").format(mark=written.fingerprint)
        )
    return output.tell_findings(made.findings, "text") if made.findings else 0


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "used": _used,
    "elsewhere": _elsewhere,
    "merge": _merge,
}
