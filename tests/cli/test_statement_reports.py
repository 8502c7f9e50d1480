"""The ledgers and statements on the command line: names, columns and exit codes are a promise."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.services.statement_books import constructed
from villagebook import paths


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with constructed(tmp_path_factory.mktemp("book")) as book:
        return book.path


def test_the_columns_are_exactly_those_promised(path):
    for name in ("balance-sheet", "income"):
        made = run("report", path, name, lang="zh_CN")
        assert (made.code, made.err) == (0, "")
        assert list(made.rows[0]) == ["line", "item", "amount", "opening_or_prior"]
    for name in ("general-ledger", "detail-ledger"):
        made = run("report", path, name, "--account", "101")
        assert list(made.rows[0]) == ["date", "voucher", "summary", "debit", "credit", "direction", "balance"]


def test_the_statements_with_their_figures(path):
    sheet = {r["item"]: r for r in run("report", path, "balance-sheet", lang="zh_CN").rows}
    assert sheet["资产总计"]["amount"] == sheet["负债和所有者权益总计"]["amount"] == "868300.00"
    assert sheet["资产总计"]["opening_or_prior"] == "853000.00"
    result = {
        r["item"]: r["amount"] for r in run("report", path, "income", "--from", "2024", lang="zh_CN").rows
    }
    assert (result["净收益"], result["年末未分配收益"]) == ("14100.00", "37690.00")
    quarter = {
        r["item"]: r["amount"] for r in run("report", path, "income", "--from", "2024-Q1", lang="zh_CN").rows
    }
    assert quarter["补助收入"] == "30000.00"
    rows = run("report", path, "balance-sheet", "--format", "json").json
    assert rows[0] == {"line": 1, "item": "Money", "amount": "294200.00", "opening_or_prior": "320000.00"}


def test_income_counts_from_january_when_only_the_end_is_told(path):
    result = {
        r["item"]: r["amount"] for r in run("report", path, "income", "--to", "2024-02", lang="zh_CN").rows
    }
    assert result["经营收入"] == "72000.00"


def test_ledgers_of_one_account_and_one_party(path):
    rows = run("report", path, "detail-ledger", "--account", "113", "--party", "张三").rows
    assert [r["balance"] for r in rows] == ["5000.00", "17000.00", "2000.00"]
    assert [r["direction"] for r in rows] == ["Dr", "Dr", "Dr"]
    parties = run("report", path, "parties", "--account", "113").rows
    assert {r["party"]: r["balance"] for r in parties} == {
        "张三": "2000.00",
        "李四": "3000.00",
        "王五": "20000.00",
    }


def test_an_unknown_account_is_one_sentence_and_exit_2(path):
    made = run("report", path, "detail-ledger", "--account", "999")
    assert (made.code, made.out) == (2, b"")
    assert "999" in made.err
    assert made.err.count("\n") == 1


def test_a_layout_of_the_township_is_taken_or_refused_whole(path, tmp_path):
    delivered = paths.resource("statements", "balance-sheet.json").read_text(encoding="utf-8")
    layout = tmp_path / "layout.json"
    layout.write_text(delivered.replace("B(201)", "B(209)").replace("L6+L23", "L6+L23+L24"), encoding="utf-8")
    target = tmp_path / "out.csv"
    made = run("report", path, "balance-sheet", "--template", layout, "-o", target)
    assert made.code == 2
    assert [line.split(":")[0] for line in made.err.splitlines()] == ["error STM-03", "error STM-05"]
    assert not target.exists()
    layout.write_text(delivered.replace('"B(301)"', '"B(301)+B(311)"'), encoding="utf-8")
    made = run("report", path, "balance-sheet", "--template", layout)
    assert made.code == 1, "it is printed, and what does not agree is said"
    assert "STM-10" in made.err
    assert len(made.rows) == 40


@pytest.mark.parametrize("form", ["json", "xlsx", "pdf"])
def test_every_form_goes_to_a_file(path, tmp_path, form):
    for name in ("balance-sheet", "income", "general-ledger", "detail-ledger", "parties"):
        target = tmp_path / f"{name}.{form}"
        made = run("report", path, name, "--format", form, "-o", target)
        assert (made.code, made.out) == (0, b"")
        data = target.read_bytes()
        assert data.startswith({"json": b"[", "xlsx": b"PK", "pdf": b"%PDF"}[form])
        assert form != "json" or json.loads(data)
