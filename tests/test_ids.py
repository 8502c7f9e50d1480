"""Ids of what is said to people: one thing, one id."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_a_reminder_of_the_first_page_has_an_id_of_its_own():
    """Within one file an id may stand for several sentences about one thing."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in (ROOT / "villagebook").rglob("*.py"):
        for ident in re.findall(r'"(HOME-\d+)"', path.read_text(encoding="utf-8")):
            found[ident].add(path.stem)
    assert len(found) > 20
    assert {ident: sorted(files) for ident, files in found.items() if len(files) > 1} == {}
