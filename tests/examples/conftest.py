"""A published book on the table, and a keeper who enters it through the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.examples.keeper import Keeper


@pytest.fixture
def keeper(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Keeper:
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))
    return Keeper(tmp_path)
