"""`villagebook [BOOK]` opens the window; `villagebook VERB ...` does the same work without one."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from villagebook import i18n


def main(arguments: list[str] | None = None) -> int:
    """Returns the exit status: 0 done and clean, 1 findings, 2 refused or failed."""
    gc.disable()  # what is made while modules load is no garbage; whoever shows or does something enables it again
    arguments = sys.argv[1:] if arguments is None else arguments
    i18n.set_language(i18n.CHINESE)
    from villagebook.cli.main import run
    from villagebook.cli.verb_list import VERBS

    words = [a for a in arguments if not a.startswith("-") and a not in i18n.LANGUAGES]
    is_verb = any(a in VERBS or a in ("-h", "--help", "--version") for a in arguments)
    if is_verb or (words and not _is_file(words[0])):
        return run(arguments, _show)
    return _window(arguments)


def _is_file(word: str) -> bool:
    """A book or desk to open in the window; anything else was meant as a verb."""
    return word.endswith((".vbook", ".vdesk")) or Path(word).exists()


def _show(book: Path) -> int:
    from villagebook.ui.app import run_app

    return run_app(book)


def _window(arguments: list[str]) -> int:
    from villagebook.cli.main import window_arguments

    path, screenshot, language = window_arguments(arguments)
    from villagebook.ui.app import run_app

    shot = Path(screenshot) if screenshot else None
    return run_app(Path(path) if path else None, screenshot=shot, language=language)


if __name__ == "__main__":
    sys.exit(main())
