"""The command line of command-line.md: words, columns and exit codes are a promise."""

from __future__ import annotations

import gc
import sys
import traceback
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from villagebook import __version__, i18n, paths
from villagebook.cli import output
from villagebook.cli.parser import verb_parser, window_parser
from villagebook.cli.verb_list import VERBS
from villagebook.domain.errors import Cancelled, KnownError, Refused
from villagebook.i18n import _, why

DONE, FAILED = 0, 2
"""Exit codes beside those of a verb, which tells 1 for findings."""


def window_arguments(arguments: list[str]) -> tuple[str, str, str]:
    """(book path, screenshot path, language) for opening the window."""
    told = window_parser().parse_args(arguments)
    return told.book, told.screenshot, told.lang


def run(arguments: list[str], open_window: Callable[[Path], int] | None = None) -> int:
    """Run one verb; `open_window` shows a book (the window is another room's).

    Every refusal and every failure of the world becomes sentences on stderr and exit 2.
    """
    output.use_utf8()
    for before, word in pairwise(["", *arguments]):  # what is wrong with the words is said in it already
        if before == "--lang" and word in i18n.LANGUAGES:
            i18n.set_language(word)
    told = verb_parser(arguments).parse_args(arguments)
    told.open_window = open_window
    if told.lang:
        i18n.set_language(told.lang)
    gc.enable()
    try:
        code = VERBS[told.verb].run(told)
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
