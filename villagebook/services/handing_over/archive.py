"""The accounting archive of a year: vouchers, books, statements, reconciliations and notices on fixed pages, with an index.

What is in it is a plan of pieces, each made when its turn comes, so that somebody can stop. How long a class of files is kept is
data with marks (resources/archive/retention.json), never a constant.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from villagebook import __version__, i18n, paths
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.event import Head
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.period import Period, Span
from villagebook.i18n import _
from villagebook.services.handing_over import archive_pieces
from villagebook.services.handing_over.archive_pieces import Piece
from villagebook.storage import periods
from villagebook.storage.book import Book
from villagebook.storage.check import check_store

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Kept:
    """A class of files: how many years it is kept, None where no term was found, 0 for ever."""

    code: str
    title: str
    years: int | None
    mark: str


@dataclass(frozen=True, slots=True)
class Archived:
    """An archive that was written and read back. `findings` tell what is not final in it."""

    path: Path
    sha256: str
    files: int
    findings: tuple[Finding, ...]


def retention() -> dict[str, Kept]:
    """How long each class is kept, by its code."""
    told = json.loads(paths.resource("archive", "retention.json").read_text(encoding="utf-8"))
    return {
        c["code"]: Kept(
            c["code"],
            c["title"].get(i18n.language(), c["title"]["en"]),
            0 if c["years"] == "permanent" else c["years"],
            c["mark"],
        )
        for c in told["classes"]
    }


def write(
    book: Book, year: int, folder: Path, *, scans: bool = True, progress: Progress | None = None
) -> Archived:
    """Write `CODE_archive_YEAR.zip` into a folder; an older one of that name is replaced only when the new one is whole.

    Raises Refused (the book's own check), KnownError (no such year, disk full, stick pulled) and Cancelled.
    """
    if not folder.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=folder), _("Plug in the stick."))
    span = _span(book, year)
    with book.snapshot() as connection:
        broken = stopping(check_store(connection))
    if broken:
        raise Refused(broken)
    head = book.head()
    pieces = archive_pieces.plan(book, span, scans=scans)
    files: dict[str, bytes] = {}
    titles: dict[str, str] = {}
    for number, piece in enumerate(pieces, 1):
        titles[piece.name], files[piece.name] = piece.make()
        if progress:
            progress(number, 2 * len(pieces))
    if book.head() != head:
        raise KnownError(_("The book changed while it was copied."), _("Try again."))
    files = {
        "index.csv": _index(pieces, titles, files, year),
        "readme.txt": _readme(book, span, head, files),
    } | files
    path = folder / f"{book.info.code}_archive_{year}.zip"
    from villagebook.exchange.archive_file import write_archive

    def told(done: int, total: int) -> None:
        if progress:
            progress(len(pieces) + len(pieces) * done // max(total, 1), 2 * len(pieces))

    return Archived(path, write_archive(path, files, told), len(files), _findings(book, span))


def _span(book: Book, year: int) -> Span:
    """The months of the year that the book holds. Raises KnownError for a year it does not."""
    with book.reading() as connection:
        last = periods.last_booked(connection)
    newest = max([book.info.start, *([Period.of(last)] if last else [])])
    if not book.info.start.year <= year <= newest.year:
        raise KnownError(
            _("The book holds the years {first} to {last}.").format(
                first=book.info.start.year, last=newest.year
            ),
            _("Choose one of them."),
        )
    return Span(max(book.info.start, Period(year, 1)), min(newest, Period(year, 12)))


def _findings(book: Book, span: Span) -> tuple[Finding, ...]:
    with book.reading() as connection:
        states = periods.period_states(connection)
    year = Span.year(span.last.year)
    open_months = [m for m in year.months() if m >= span.first and states.get(m, "open") == "open"]
    if not open_months:
        return ()
    text = _(
        "{n} months of {year} are open: this archive is not final. Make it anew when the year is closed."
    )
    return (
        Finding(
            "ARC-01",
            Severity.WARNING,
            str(span.first.year),
            text.format(n=len(open_months), year=span.first.year),
            "会计档案管理办法 14 [N]",
            f"close:{open_months[0]}",
        ),
    )


def _index(pieces: tuple[Piece, ...], titles: dict[str, str], files: dict[str, bytes], year: int) -> bytes:
    """A line per file: what it is, how long it is kept, and its hash."""
    kept = retention()
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ("file", "title", "period", "class", "class_title", "years", "keep_until", "mark", "bytes", "sha256")
    )
    for piece in pieces:
        held, data = kept[piece.kept], files[piece.name]
        years, until = _term(held, year)
        digest = hashlib.sha256(data).hexdigest()
        told = (piece.name, titles[piece.name], piece.period, held.code, held.title)
        writer.writerow((*told, years, until, held.mark, len(data), digest))
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _term(kept: Kept, year: int) -> tuple[str, str]:
    """Years and last day; the term begins with the day after the accounting year."""
    if kept.years is None:
        return "", ""
    return ("permanent", "") if kept.years == 0 else (str(kept.years), f"{year + kept.years}-12-31")


def _readme(book: Book, span: Span, head: Head, files: dict[str, bytes]) -> bytes:
    text = _(
        "Accounting archive of {village} ({code}), {first} to {last}: {n} files.\n"
        "index.csv lists every file with its title, how long it is kept at least, and its SHA-256.\n"
        "vouchers/, books/, statements/, bank/, notices/ and registers/ are for reading and printing (PDF), csv/ for computing.\n"
        "originals/ holds the files that were booked, as they came, by voucher.\n"
        "Made by villagebook {version} at log entry {seq}, hash {hash}.\n"
        "The book itself, with its signatures, travels in the package for the township; this archive is a reading copy of it.\n"
    ).format(
        village=book.info.village,
        code=book.info.code,
        first=span.first,
        last=span.last,
        n=len(files),
        version=__version__,
        seq=head.seq,
        hash=head.hash,
    )
    return b"\xef\xbb\xbf" + text.encode("utf-8")
