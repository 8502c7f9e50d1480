"""`close BOOK --period P`: months are closed, oldest first."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.period import Span
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.period_end import closing


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("book")
    parser.add_argument("--period", required=True)
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    span = typed.span(told.period)
    with open_book(Path(told.book)) as book:
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
