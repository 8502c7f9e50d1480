"""`layout BOOK FILE`: how a file of another program is read, to be filled in."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.foreign import FileKind
from villagebook.services.book_file.books import open_book
from villagebook.services.bringing_in import foreign_files, foreign_links, foreign_mappings


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("file")
    parser.add_argument("--layout", default="")
    parser.add_argument("--kind", default="", choices=["", *FileKind])
    parser.add_argument("-o", "--output", default="")


def run(told: argparse.Namespace) -> int:
    """Write the layout of a file with everything that is decided and, beside it, what is offered."""
    with open_book(Path(told.book), read_only=True) as book:
        mapping = foreign_mappings.find(book, told.layout) if told.layout else None
        kind = FileKind(told.kind) if told.kind else None
        seen = foreign_files.look(book, Path(told.file), mapping, kind)
        output.write_out(foreign_mappings.layout_to_fill(seen), told.output)
    found = (
        *seen.findings,
        *foreign_files.unassigned(seen),
        *foreign_links.undecided(seen.names, seen.name),
    )
    output.tell_refused(found)
    return 1 if any(f.severity.stops for f in found) else 0
