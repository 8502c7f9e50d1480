"""The manual and the pages beside it name nothing that is not there: words of the window, keys, commands, reports, files."""

from __future__ import annotations

import argparse
import re
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from villagebook import paths
from villagebook.cli.parser import verb_parser
from villagebook.services import reports

ROOT = Path(__file__).parents[1]
MANUAL = paths.manual().read_text(encoding="utf-8")
CATALOGUE = ROOT / "i18n" / "zh_CN" / "LC_MESSAGES" / "villagebook.po"
DOCS = sorted({*ROOT.glob("docs/*.md"), ROOT / "README.md", ROOT / "CHANGELOG.md"})
ROOMS = ("", "villagebook", "docs", "tests")
OURS = (".py", ".toml", ".png", ".md", ".po")
"""Endings of files that stand in the project; tables and JSON named in the docs are mostly what the program writes."""
ACCELERATOR = re.compile(r"\(&.\)|&|…|\.\.\.")
CODE = re.compile(r"`([^`\n]+)`")
COMBINED = re.compile(r"(?:Ctrl|Alt|Shift)\+(?:F\d+|[A-Z][a-zA-Z]*|\d|←)")
ALONE = re.compile(r"(?<![+\w])(?:F\d{1,2}|Insert)(?!\w)")


@cache
def _texts() -> tuple[frozenset[str], tuple[re.Pattern[str], ...]]:
    """Every Chinese text without its accelerator; those with something to fill in as patterns."""
    with CATALOGUE.open("rb") as file:
        found = [m.string or "" for m in read_po(file) if m.id]
    flat = {t for s in found for t in ((s,) if isinstance(s, str) else s) if t}
    plain = frozenset(ACCELERATOR.sub("", t) for t in flat)
    open_ended = (re.escape(t) for t in plain if re.search(r"\{\w+\}", t) and len(t) < 40)
    return plain, tuple(re.compile(re.sub(r"\\\{\w+\\\}", r"\\w+", t)) for t in open_ended)


def _is_text(words: str) -> bool:
    plain, patterns = _texts()
    bare = ACCELERATOR.sub("", words).strip()
    return bare in plain or any(p.fullmatch(bare) for p in patterns)


def test_every_word_of_the_window_in_the_manual_is_on_the_window() -> None:
    """What stands in “ ” are words of the program; parts of a way to go stand between dashes."""
    quoted = {part for words in re.findall(r"“([^”\n]+)”", MANUAL) for part in re.split("—|→", words)}
    assert len(quoted) > 60
    assert sorted(q for q in quoted if not _is_text(q)) == []


def _verbs() -> dict[str, frozenset[str]]:
    """Each verb of the command line with its options."""
    parser = verb_parser()
    (subs,) = (a for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    return {
        name: frozenset(s for a in sub._actions for s in a.option_strings)
        for name, sub in subs.choices.items()
    }


def test_every_command_of_the_docs_is_understood() -> None:
    verbs = _verbs()
    wrong = []
    for path in DOCS:
        text = path.read_text(encoding="utf-8")
        lines = [c for c in CODE.findall(text) if c.startswith("villagebook ")]
        lines += [line.strip() for line in text.splitlines() if line.startswith("    villagebook ")]
        for line in lines:
            _program, verb, *rest = line.split()
            options = {w for w in rest if re.match(r"--?[a-z]", w)}
            if verb.startswith("-"):
                continue
            if verb not in verbs or not options <= verbs[verb]:
                wrong.append((path.name, line))
    assert wrong == []


def test_every_option_the_manual_speaks_of_belongs_to_a_verb() -> None:
    known = frozenset[str]().union(*_verbs().values())
    named = {w for code in CODE.findall(MANUAL) for w in re.findall(r"--[a-z-]+", code)}
    assert named - known == set()


def test_every_report_of_the_manual_is_in_the_list() -> None:
    named = set(re.findall(r"`(?:villagebook )?report \S+ ([a-z-]+)", MANUAL))
    lines = [line for line in MANUAL.splitlines() if "report " in line or "报表名" in line]
    named |= {
        c
        for line in lines
        for c in CODE.findall(line)
        if re.fullmatch(r"[a-z]+(-[a-z]+)+|requests|audits", c)
    }
    assert len(named) > 10
    assert named - set(reports.NAMES) == set()


def test_every_key_of_the_manual_is_bound_somewhere() -> None:
    """F1 to F12 are also sheets of the board: alone they are keys in the chapter about keys only."""
    sources = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "villagebook" / "ui").rglob("*.py"))
    (_before, chapter) = MANUAL.split("\n## 键盘\n")
    told = {*COMBINED.findall(MANUAL), *ALONE.findall(chapter.split("\n## ")[0])}
    assert len(told) > 30
    assert sorted(k for k in told if k not in sources and f"Key_{k}" not in sources) == []


def _there(path: Path, named: str) -> bool:
    """As a path from one of the rooms, or alone, after its folder was named before it."""
    if any([*(ROOT / room).glob(named)] for room in ROOMS) or [*path.parent.glob(named)]:
        return True
    return any([*(ROOT / folder).rglob(named)] for folder in ("villagebook", "tests", "docs", "resources"))


@pytest.mark.parametrize("path", DOCS, ids=lambda p: p.name)
def test_every_file_the_docs_name_exists(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    links = [n for n in re.findall(r"\]\(([^)#\s]+)", text) if "://" not in n]
    assert [n for n in links if not (path.parent / n).exists()] == []
    named = {c for c in CODE.findall(text) if re.fullmatch(r"[\w./*-]+", c)}
    files = {
        c
        for c in named
        if c.endswith(OURS) or c.split("/")[0] in ("docs", "resources", "tests", "villagebook")
    }
    assert sorted(f for f in files if not _there(path, f)) == []


def test_every_picture_in_the_docs_is_shown_somewhere() -> None:
    shown = "\n".join(p.read_text(encoding="utf-8") for p in DOCS)
    assert [p.name for p in ROOT.glob("docs/*.png") if p.name not in shown] == []
