"""The command line of command-line.md: words, columns and exit codes are a promise."""

from __future__ import annotations

import argparse
import gc
import re
import sys
import textwrap
import traceback
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from villagebook import __version__, i18n, paths
from villagebook.cli import help_words, output
from villagebook.domain.errors import Cancelled, KnownError, Refused
from villagebook.i18n import N_, _, why

DONE, FINDINGS, FAILED = 0, 1, 2
VERBS = (
    "demo",
    "new",
    "import",
    "layout",
    "convert",
    "report",
    "notice",
    "pack",
    "voucher",
    "close",
    "reopen",
    "check",
    "export",
    "archive",
    "audit-data",
    "verify",
    "place",
    "bank-balance",
    "invoice",
    "policy",
    "key",
    "rules",
    "backup",
    "restore",
)


_WRONG_WORDS = (
    (r"the following arguments are required: (?P<names>.*)", N_("These are missing: {names}.")),
    (r"unrecognized arguments: (?P<words>.*)", N_("These words are not known here: {words}.")),
    (r"argument (?P<name>.*?): expected .*", N_("{name} needs a value.")),
    (
        r"argument (?P<name>.*?): invalid choice: (?P<value>.*?) \(choose from (?P<choices>.*)\)",
        N_("{name}: {value} is none of {choices}."),
    ),
)
"""What argparse says in English, and our sentence for it."""


_FEW = 8
"""More choices than these are told in the help of the word only."""


class _Help(argparse.HelpFormatter):
    """Help in our language; names with a hyphen stay whole."""

    def _split_lines(self, text: str, width: int) -> list[str]:
        return textwrap.wrap(" ".join(text.split()), width, break_on_hyphens=False)

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("Usage: ") if prefix is None else prefix)


class _Parser(argparse.ArgumentParser):
    def __init__(self, *, add_help: bool = True, **words: Any) -> None:
        super().__init__(add_help=False, formatter_class=_Help, **words)
        self._positionals.title, self._optionals.title = _("Subjects"), _("Words")
        if add_help:
            self.add_argument("-h", "--help", action="help", help=_("show this help and end"))

    def add_argument(self, *names: Any, **words: Any) -> argparse.Action:
        """Every word says what it means, by the table of `help_words`; long choices stand there and not in the usage."""
        verb = self.prog.partition(" ")[2]
        choices = words.get("choices")
        if "help" not in words:
            words["help"] = help_words.told(verb, names, choices).replace("%", "%%")
        if choices is not None and "metavar" not in words:
            shown = [str(choice) for choice in choices if str(choice)]
            if len(shown) > _FEW:
                words["metavar"] = names[-1].upper().lstrip("-") if names[-1].startswith("-") else names[-1]
            elif len(shown) < len(list(choices)):
                words["metavar"] = "{" + ",".join(shown) + "}"
        return super().add_argument(*names, **words)

    def error(self, message: str) -> NoReturn:
        """One clear sentence on stderr, exit 2."""
        for pattern, text in _WRONG_WORDS:
            match = re.fullmatch(pattern, message)
            if match:
                message = _(text).format(**match.groupdict())
        hint = _("For all words: {prog} --help").format(prog=self.prog)
        sys.stderr.write(f"{self.prog}: {message} {hint}\n")
        raise SystemExit(FAILED)


def window_arguments(arguments: list[str]) -> tuple[str, str, str]:
    """(book path, screenshot path, language) for opening the window."""
    parser = _Parser(prog="villagebook")
    parser.add_argument("book", nargs="?", default="")
    parser.add_argument("--screenshot", default="")
    parser.add_argument("--lang", default="", choices=["", *i18n.LANGUAGES])
    told = parser.parse_args(arguments)
    return told.book, told.screenshot, told.lang


def run(arguments: list[str], open_window: Callable[[Path], int] | None = None) -> int:
    """Run one verb; `open_window` shows a book (the window is another room's).

    Every refusal and every failure of the world becomes sentences on stderr and exit 2.
    """
    output.use_utf8()
    for before, word in pairwise(["", *arguments]):  # what is wrong with the words is said in it already
        if before == "--lang" and word in i18n.LANGUAGES:
            i18n.set_language(word)
    told = _parser().parse_args(arguments)
    told.open_window = open_window
    if told.lang:
        i18n.set_language(told.lang)
    handler: Callable[[argparse.Namespace], int] = told.handler
    gc.enable()
    try:
        code = handler(told)
        output.flush()
    except Refused as refused:
        output.tell_refused(refused.findings)
    except KnownError as error:
        sys.stderr.write(f"{error}\n")
    except (Cancelled, KeyboardInterrupt):
        sys.stderr.write(_("Cancelled; nothing was changed.") + "\n")
    except BrokenPipeError:
        output.silence()
        return DONE  # whoever reads has read enough
    except OSError as error:
        output.silence()
        place = error.filename or _("The output")
        sys.stderr.write(_("{path} cannot be written: {why}.").format(path=place, why=why(error)) + "\n")
    except Exception as bug:  # noqa: BLE001 - the last door: a script gets one sentence and 2, never a traceback
        sys.stderr.write(_our_fault(bug) + "\n")
    else:
        return code
    return FAILED


def _our_fault(bug: Exception) -> str:
    """One sentence about a bug of ours; the traceback goes into a file for whoever looks after the program."""
    path = paths.user_dir() / "crash.txt"
    text = _("This is a fault of the program, not yours ({error}). What was saved is safe.")
    said = text.format(error=type(bug).__name__)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            f"villagebook {__version__}\n{''.join(traceback.format_exception(bug))}", encoding="utf-8"
        )
    except OSError:
        return said
    return said + " " + _("The report for whoever looks after the program: {path}").format(path=path)


def _parser() -> argparse.ArgumentParser:
    from villagebook.cli import verbs

    parser = _Parser(prog="villagebook", description=_("Keeps a village's public money honest, offline."))
    parser.add_argument(
        "--version",
        action="version",
        version=f"villagebook {__version__}",
        help=_("show the version and end"),
    )
    parser.add_argument("--lang", default="", choices=["", *i18n.LANGUAGES])
    subs = parser.add_subparsers(
        dest="verb", required=True, metavar="VERB", parser_class=_Parser, title=_("Verbs")
    )

    def verb(name: str, text: str, handler: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
        made = subs.add_parser(name, help=text, description=text)
        made.add_argument("--lang", default=argparse.SUPPRESS, choices=list(i18n.LANGUAGES))
        made.set_defaults(handler=handler)
        return made

    verbs.declare(verb)
    return parser
