"""How the words of the command line are read: every word with its help, every mistake as one sentence, in our language."""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Container
from typing import Any, NoReturn

from villagebook import __version__, i18n
from villagebook.cli import help_words
from villagebook.cli.verb_list import VERBS
from villagebook.i18n import N_, _

WRONG = 2
"""The exit code for words that are not understood."""

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


class Parser(argparse.ArgumentParser):
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
        raise SystemExit(WRONG)


def window_parser() -> Parser:
    """The words for opening the window."""
    parser = Parser(prog="villagebook")
    parser.add_argument("book", nargs="?", default="")
    parser.add_argument("--screenshot", default="")
    parser.add_argument("--lang", default="", choices=["", *i18n.LANGUAGES])
    return parser


def verb_parser(called: Container[str] = VERBS) -> Parser:
    """All verbs with what they do; only those of `called` know their own words, since telling these imports their services."""
    parser = Parser(prog="villagebook", description=_("Keeps a village's public money honest, offline."))
    parser.add_argument(
        "--version",
        action="version",
        version=f"villagebook {__version__}",
        help=_("show the version and end"),
    )
    parser.add_argument("--lang", default="", choices=["", *i18n.LANGUAGES])
    subs = parser.add_subparsers(
        dest="verb", required=True, metavar="VERB", parser_class=Parser, title=_("Verbs")
    )
    for name, verb in VERBS.items():
        made = subs.add_parser(name, help=_(verb.does), description=_(verb.does))
        made.add_argument("--lang", default=argparse.SUPPRESS, choices=list(i18n.LANGUAGES))
        if name in called:
            verb.declare(made)
    return parser
