"""`notice --as poster|household|general|loudspeaker|chat`: the paper in another form."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.domain.errors import KnownError
from villagebook.domain.sheet import Paper
from villagebook.i18n import _
from villagebook.services.book_file.books import Book
from villagebook.services.disclosure import paper_forms


def words(parser: argparse.ArgumentParser) -> None:
    """The words of the command line this adds to `notice`."""
    parser.add_argument("--as", dest="form", choices=tuple(paper_forms.FORMS), default="")
    parser.add_argument("--sheets", type=int, choices=paper_forms.poster_sheets(), default=4)
    parser.add_argument("--household", action="append", default=[])


def write(book: Book, made: Paper, told: argparse.Namespace, *, draft: bool) -> None:
    """Write the form that was asked for; further pictures get a number before the ending of the name.

    Raises KnownError when several files should go to the standard output.
    """
    files = paper_forms.made_as(
        book,
        made,
        told.form,
        draft=draft,
        paper=told.paper,
        sheets=told.sheets,
        households=tuple(told.household),
    )
    if len(files) == 1:
        output.write_out(files[0][1], told.output)
        return
    if told.output in ("", "-"):
        raise KnownError(
            _("These are {n} files, they cannot go into one stream.").format(n=len(files)),
            _("Name a file with -o; further pictures are numbered, the words stand beside them."),
        )
    target = Path(told.output)
    for number, (ending, data) in enumerate(files, 1):
        if ending == ".txt":
            path = target.with_name(f"{target.stem}.txt")
        else:
            path = target if number == 1 else target.with_name(f"{target.stem}-{number}{target.suffix}")
        output.write_out(data, str(path))
