"""What is loaded before the first line is printed: a verb costs the start of its own services and of no others."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from villagebook.cli import verbs
from villagebook.cli.verb_list import VERBS


def loaded_after(code: str) -> set[str]:
    """Names of the modules a fresh Python has after running the code."""
    told = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}\nprint(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(told.stdout.split())


def test_every_verb_is_a_file_and_every_file_a_verb():
    files = {p.stem for p in Path(verbs.__path__[0]).glob("*.py")} - {"__init__"}
    assert {verb.module for verb in VERBS.values()} == files


def test_help_over_all_verbs_loads_none():
    help_ = "from villagebook.__main__ import main\ntry: main(['--help'])\nexcept SystemExit: pass"
    loaded = loaded_after(help_)
    assert "villagebook.cli.parser" in loaded
    assert not [name for name in loaded if name.startswith(("villagebook.cli.verbs", "villagebook.services"))]


def test_a_trial_balance_is_had_without_rules_papers_or_other_verbs():
    loaded = loaded_after(
        "import villagebook.cli.main, villagebook.cli.verbs.report, villagebook.services.account_books.ledgers"
    )
    assert "villagebook.storage.book" in loaded
    others = (
        "villagebook.rules.facts",
        "villagebook.rules.catalogue",
        "reportlab",
        "openpyxl",
        "cryptography",
    )
    assert loaded.isdisjoint(others)
    assert {name for name in loaded if name.startswith("villagebook.cli.verbs.")} == {
        "villagebook.cli.verbs.report"
    }
