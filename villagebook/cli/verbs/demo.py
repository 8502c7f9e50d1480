"""`demo`: the invented village, made and opened."""

from __future__ import annotations

import argparse
from pathlib import Path

from villagebook.cli import output
from villagebook.i18n import _
from villagebook.services.demo_village.demo import build_demo


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dir", default="")
    parser.add_argument("--no-window", action="store_true")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    made = build_demo(Path(told.dir) if told.dir else None, output.tell_progress)
    lines = [_("Book: {path}").format(path=made.book)]
    lines += [_("Package: {path}").format(path=path) for path in made.packages]
    lines += [_("Notice: {path}").format(path=path) for path in made.notices]
    output.tell(
        told.format,
        "\n".join(lines),
        book=str(made.book),
        desk=None,
        packages=[str(p) for p in made.packages],
        notices=[str(n) for n in made.notices],
    )
    return 0 if told.no_window or told.open_window is None else told.open_window(made.book)
