"""The demo village through its own command, and what a township does with what it hands over."""

from __future__ import annotations

import functools
import json
import re
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest

from tests.cli.runner import Ran, run
from villagebook.services.demo_village import demo

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """What `demo` printed; its first three months only, of which two are closed and handed over."""
    folder = tmp_path_factory.mktemp("demo")
    short = functools.partial(demo.build_demo, months=3)
    with pytest.MonkeyPatch.context() as patch, mock.patch.object(demo, "build_demo", short):
        patch.setattr(demo, "HANDED_OVER", (1,))
        patch.setenv("VILLAGEBOOK_HOME", str(folder / "home"))
        return run("demo", "--no-window", "--dir", folder / "village", "--format", "json")


@pytest.fixture(scope="session")
def book(told: Ran) -> Path:
    return Path(told.json["book"])


def test_demo_prints_where_everything_is(told: Ran) -> None:
    assert (told.code, told.err) == (0, "")
    assert list(told.json) == ["book", "desk", "packages", "notices"]
    made = [told.json["book"], *told.json["packages"], *told.json["notices"]]
    assert all(Path(path).is_file() for path in made)
    assert told.json["packages"]
    assert told.json["notices"]
    assert told.json["desk"] is None or Path(told.json["desk"]).is_file()


def test_a_second_demo_in_the_same_folder_is_refused(book: Path) -> None:
    ran = run("demo", "--no-window", "--dir", book.parent)
    assert (ran.code, ran.out) == (2, b"")
    assert "exists already. Name an empty folder with --dir." in ran.err


def test_the_demo_book_and_its_packages_are_clean(told: Ran, book: Path) -> None:
    ran = run("check", book, "--format", "json")
    assert (ran.code, ran.json["ok"], ran.json["findings"]) == (0, True, [])
    for package in told.json["packages"]:
        for verb in ("check", "verify"):
            ran = run(verb, package, "--format", "json")
            assert (ran.code, ran.json["ok"]) == (0, True)
            assert {f["severity"] for f in ran.json["findings"]} <= {"hint"}
            assert all(list(f) == ["id", "severity", "where", "text", "source"] for f in ran.json["findings"])


def test_a_published_notice_is_printed_final_and_the_same_each_time(book: Path, tmp_path: Path) -> None:
    rows = run("report", book, "receipts-payments").rows
    month = rows[0]["period"]
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    for target in (first, second):
        ran = run("notice", book, "--period", month, "-o", target)
        assert (ran.code, ran.err) == (0, "")
    assert first.read_bytes() == second.read_bytes()
    body = run("notice", book, "--period", month, "--format", "json").json
    assert body["draft"] is False
    assert Decimal(body["opening"]) + Decimal(body["income"]) - Decimal(body["spending"]) == Decimal(
        body["closing"]
    )


def test_what_hangs_on_the_board_is_not_reopened(book: Path) -> None:
    month = run("report", book, "receipts-payments").rows[0]["period"]
    ran = run("reopen", book, "--period", month, "--reason", "a mistake")
    assert (ran.code, ran.out) == (2, b"")
    assert "CLO-05" in ran.err
    assert "red reversal" in ran.err


def test_export_backup_and_restore_keep_the_book(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.vbook"
    assert run("restore", book, "--as", copy).code == 0
    made = run("export", copy, "--to", tmp_path, "--format", "json")
    assert (made.code, sorted(made.json)) == (0, ["entries", "package", "sha256"])
    assert run("verify", made.json["package"]).code == 0
    stick = tmp_path / "stick"
    stick.mkdir()
    assert run("backup", copy, "--to", stick).code == 0
    (saved,) = stick.glob("*.vbook")
    again = tmp_path / "again.vbook"
    assert run("restore", saved, "--as", again).code == 0
    assert run("report", again, "journal").out == run("report", copy, "journal").out
    assert run("check", again).code == 0


# ---- rules ----


def test_rules_are_listed_with_id_level_why_and_remedy() -> None:
    text = run("rules").text
    assert re.search(r"^E2L-10 \(R4\) \[error\] ", text, re.MULTILINE)
    for lang in ("zh_CN", "en"):
        assert run("rules", lang=lang).text.count("\n  > ") == text.count("\n  > ")


def test_the_page_of_rules_is_fresh() -> None:
    """When this fails: villagebook rules --markdown --lang en > docs/rules.md"""
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == run("rules", "--markdown").text


def test_every_row_of_the_page_has_all_its_columns() -> None:
    lines = [line for line in run("rules", "--markdown").text.splitlines() if line.startswith("|")]
    assert len(lines) > 50
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {9}


def test_json_of_every_verb_is_json(book: Path, told: Ran) -> None:
    for words in (("check", book), ("verify", told.json["packages"][0])):
        json.loads(run(*words, "--format", "json", lang="zh_CN").out.decode("utf-8"))
