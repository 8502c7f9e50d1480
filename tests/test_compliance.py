"""docs/compliance.md cannot rot: every line is there, every test it names exists; and the tests that belong to no other place."""

from __future__ import annotations

import ast
import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from tests.builders import DAY, at, make_village, move, payment, receive, submit
from tests.cli.runner import run, write_csv
from villagebook.domain.period import Span
from villagebook.rules.catalogue import RULESET
from villagebook.services import render, reports
from villagebook.services.handing_over import handover
from villagebook.storage.projection import PROJECTORS

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "tests"
ANSWERS = {"yes", "in part", "not yet"}
RARE = "𠅤𡐓"


def _rows() -> list[list[str]]:
    text = (ROOT / "docs" / "compliance.md").read_text(encoding="utf-8")
    return [
        [c.strip() for c in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| R")
    ]


@cache
def _functions(file: str) -> frozenset[str]:
    tree = ast.parse((TESTS / file).read_text(encoding="utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_line_of_the_checklist_is_answered_once() -> None:
    rows = _rows()
    assert [r[0] for r in rows] == [f"R{n:02d}" for n in range(1, 30)]
    assert all(len(r) == 7 for r in rows)
    assert {r[4] for r in rows} <= ANSWERS
    assert all(r[5] for r in rows if r[4] == "in part"), "what is missing is said"


@pytest.mark.parametrize("row", _rows(), ids=lambda row: row[0])
def test_every_answer_names_tests_that_exist(row: list[str]) -> None:
    named = [t.strip() for t in row[6].split(",") if t.strip()]
    assert bool(named) == (row[4] != "not yet")
    for test in named:
        file, _sep, name = test.partition("::")
        assert re.fullmatch(r"test_\w+", name), test
        assert name in _functions(file), test


def test_no_statement_of_the_program_changes_or_deletes_what_is_official() -> None:
    """Drafts and templates are local typing; everything else is only ever added to."""
    found = set()
    for path in (ROOT / "villagebook").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        found |= set(re.findall(r"\b(?:DELETE FROM|REPLACE INTO|UPDATE) ([a-z_]+)\b(?= SET| WHERE|\")", text))
    assert found <= {"draft", "template", "month_total", "money_total"}
    assert "draft" in found, "the search sees statements"


def test_every_kind_of_event_is_documented() -> None:
    told = (ROOT / "docs" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert [kind for kind in PROJECTORS if f"`{kind}`" not in told] == []


def test_every_package_describes_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VILLAGEBOOK_HOME", str(tmp_path / "home"))
    village = make_village(tmp_path)
    made = handover.export(village.book, tmp_path, at(DAY))
    village.book.close()
    with zipfile.ZipFile(made.path) as package:
        described = package.read("extract/package-format.md").decode()
        kinds = package.read("extract/events.csv").decode("utf-8-sig")
        for name in package.namelist():
            if name.startswith("extract/csv/"):
                assert f"`{Path(name).name}`" in described
                heading = package.read(name).decode("utf-8-sig").splitlines()[0].replace(",", ", ")
                assert heading in described
    assert {line.partition(",")[0] for line in kinds.splitlines()[1:]} == set(PROJECTORS)


def test_what_waits_for_signatures_is_in_no_book(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 500_00)
    waiting = payment(village, 120_00, summary="等签字的付款")
    submit(village, waiting)
    for name in ("journal", "general-ledger", "detail-ledger", "trial-balance", "cash-book", "bank-book"):
        table = reports.make(village.book, name, Span.parse("2025-01")).table
        text = render.render(table, "csv").decode()
        assert "等签字的付款" not in text
        assert "120.00" not in text
    village.book.close()


def test_rare_names_come_in_by_gb18030_and_go_out_of_every_form(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    receive(village, 50_00, party=f"王{RARE}")
    path = village.book.path
    table = reports.make(village.book, "journal", Span.parse("2025-01")).table
    assert f"王{RARE}".encode() in render.render(table, "csv")
    assert f"王{RARE}".encode() in render.render(table, "json")
    pages = pypdfium2.PdfDocument(render.render(table, "pdf", "村"))
    assert f"王{RARE}" in "".join(page.get_textpage().get_text_range() for page in pages)
    sheet = openpyxl.load_workbook(io.BytesIO(render.render(table, "xlsx", "村"))).active
    assert sheet is not None
    assert f"王{RARE}" in {c for row in sheet.iter_rows(values_only=True) for c in row}
    village.book.close()
    header = "日期,凭证字,凭证号,摘要,科目,借方,贷方,往来,资金"
    rows = (f"2025-01-11,记,1,租金,102,9.00,,李{RARE},IN", f"2025-01-11,记,1,租金,501,,9.00,李{RARE},")
    file = write_csv(tmp_path / "old.csv", header, *rows, encoding="gb18030")
    assert run("import", path, file).code == 0
    assert f"李{RARE}" in {r["party"] for r in run("report", path, "journal").rows}


def test_a_check_names_the_version_of_its_rules(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    village.book.close()
    told = run("check", village.book.path, "--format", "json").json
    assert (told["ok"], told["ruleset"]) == (True, RULESET)
