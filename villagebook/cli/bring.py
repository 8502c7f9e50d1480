"""Coming from elsewhere, on the command line: files of other programs by a saved layout, 2004 books by a worksheet."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from contextlib import closing as closed_after
from datetime import date
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.foreign import FileKind
from villagebook.domain.pay_list import ListKind, PayList
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import Book, open_book
from villagebook.services.book_file.opening import Imported

Declare = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def declare(verb: Declare) -> None:
    """The two verbs of this file."""
    p = verb("layout", _("write how a file of another program is read, to fill in"), layout)
    p.add_argument("book")
    p.add_argument("file")
    p.add_argument("--layout", default="")
    p.add_argument("--kind", default="", choices=["", *FileKind])
    p.add_argument("-o", "--output", default="")
    p = verb("convert", _("bring a 2004 book into a new one by a worksheet"), convert)
    p.add_argument("old")
    p.add_argument("--worksheet", required=True)
    p.add_argument("--into", default="")
    p.add_argument("--dry-run", action="store_true")


def take_in(book: Book, told: argparse.Namespace, builtin: tuple[str, ...]) -> Imported | None:
    """Take the file in by a saved layout or one in a file; None when the program's own layouts are meant."""
    from villagebook.services.bringing_in import bring_in, foreign_mappings

    path = Path(told.file)
    if told.layout in builtin and told.layout:
        return None
    mapping = foreign_mappings.find(book, told.layout) if told.layout else None
    if mapping is None and not bring_in.is_known(book, path):
        return None
    return bring_in.take_in(
        book, path, mapping, dry_run=told.dry_run, by=by.now("cli"), progress=output.tell_progress
    )


def into_register(book: Book, told: argparse.Namespace) -> int | None:
    """Households, cards, resources or contracts by the layout that was named; None when none of these is meant."""
    from villagebook.exchange.layouts import PAYEES, ROSTER
    from villagebook.services.registers import holding_import, roster_import

    path, who = Path(told.file), by.now("cli")
    if told.layout == ROSTER:
        made = roster_import.import_roster(book, path, who, dry_run=told.dry_run)
        counts = {"households": made.households, "members": made.members}
        count, found = made.households, made.findings
    elif told.layout in holding_import.LAYOUTS:
        taken = holding_import.import_holdings(book, path, told.layout, who, dry_run=told.dry_run)
        counts = {"entries": taken.entries}
        count, found = taken.entries, taken.findings
    elif told.layout == PAYEES:
        count, found = _list(book, told)
        counts = {"people": count}
    else:
        return None
    if told.format == "json":
        return output.tell_findings(found, "json", **counts, dry_run=told.dry_run)
    text = _("{n} would be taken in; nothing was written.") if told.dry_run else _("{n} taken in.")
    output.say(text.format(n=count))
    return output.tell_findings(found, "text") if found else 0


def declare_list(p: argparse.ArgumentParser) -> None:
    """What the table of a list of payees does not say itself (`--layout payees`)."""
    p.add_argument("--kind", choices=[k.value for k in ListKind], default=ListKind.LOST_WORK.value)
    p.add_argument("--title", default="")
    p.add_argument("--from", dest="first", default="")
    p.add_argument("--to", dest="last", default="")
    p.add_argument("--resolution", default="")


def _list(book: Book, told: argparse.Namespace) -> tuple[int, tuple[Finding, ...]]:
    """A list of payees out of a table, entered as from the window. Raises KnownError without its days."""
    from villagebook.services.approvals import pay_lists
    from villagebook.services.vouchers import list_import

    who = by.now("cli")
    try:
        first, last = date.fromisoformat(told.first), date.fromisoformat(told.last)
    except ValueError:
        text = _("A list of payees needs --from and --to, each as YYYY-MM-DD.")
        raise KnownError(text, _("Add them, with --title and --resolution.")) from None
    rows, said = list_import.read_list(Path(told.file), first)
    code = pay_lists.next_code(book, last)
    made = PayList(code, ListKind(told.kind), told.title, first, last, rows, told.resolution)
    found = pay_lists.check(book, made, who.day) if told.dry_run else pay_lists.enter(book, made, who)
    if stopping(found):
        raise Refused(stopping(found))
    return len(rows), (*said, *found)


def layout(told: argparse.Namespace) -> int:
    """Write the layout of a file with everything that is decided and, beside it, what is offered."""
    from villagebook.services.bringing_in import foreign_files, foreign_links, foreign_mappings

    with closed_after(open_book(Path(told.book), read_only=True)) as book:
        mapping = foreign_mappings.find(book, told.layout) if told.layout else None
        kind = FileKind(told.kind) if told.kind else None
        seen = foreign_files.look(book, Path(told.file), mapping, kind)
        output.write_out(foreign_mappings.layout_to_fill(seen), told.output)
    found = (
        *seen.findings,
        *foreign_files.unassigned(seen),
        *foreign_links.undecided(seen.names, seen.name),
    )
    if found:
        output.tell_refused(found)
    return 1 if any(f.severity.stops for f in found) else 0


def convert(told: argparse.Namespace) -> int:
    """Write the worksheet, check it, or make it the opening of a book: by what is there already."""
    from villagebook.services.bringing_in import conversion

    old = conversion.read_old(Path(told.old))
    path = Path(told.worksheet)
    if not path.exists():
        if told.into:
            raise KnownError(
                _("There is no file {path}.").format(path=path), _("Write it first: leave --into out.")
            )
        worksheet = conversion.write_worksheet(old, path)
        output.say(_("Written: {path}. Fill in what is open, then convert again.").format(path=path))
    else:
        worksheet = conversion.read_filled(old, path)
    if not told.into:
        found = (*old.findings, *conversion.check_alone(worksheet))
        if found:
            output.tell_refused(found)
        return 1 if any(f.severity is not Severity.HINT for f in found) else 0
    with closed_after(open_book(Path(told.into))) as book:
        made = conversion.confirm(book, old, worksheet, dry_run=told.dry_run, by=by.now("cli"))
    text = _("{n} would be taken in; nothing was written.") if told.dry_run else _("{n} taken in.")
    output.say(text.format(n=made.vouchers))
    return output.tell_findings(made.findings, "text") if made.findings else 0
