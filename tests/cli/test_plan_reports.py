"""Budget, projects, funds and bills on the command line: names and columns are a promise."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.builders import Village, at, make_village, move, pay
from tests.cli.runner import run
from villagebook.domain.budget import BudgetLine, spread
from villagebook.services.registers import budgets, funds

D3 = date(2025, 1, 3)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Village:
    made = make_village(tmp_path_factory.mktemp("plans"))
    lines = (BudgetLine("501", spread(900_000)), BudgetLine("511", spread(120_000)))
    budgets.adopt(made.book, budgets.Draft(2025, lines, "代表会2025-1", D3), at(D3))
    funds.register_bill(made.book, "县农机公司", 50_000, D3, "灌溉水泵", at(D3))
    move(made, "IN", "EX", 100_000)
    pay(made, 30_000)
    made.book.close()
    return made


@pytest.fixture(scope="module")
def path(village: Village) -> Path:
    return village.folder / "village.vbook"


def test_a_budget_with_what_became_of_it(path: Path):
    rows = run("report", path, "budget").rows
    assert list(rows[0]) == [
        "account",
        "name",
        "project",
        "planned",
        "used",
        "under_way",
        "remaining",
        "percent",
    ]
    assert [(r["account"], r["used"], r["remaining"], r["percent"]) for r in rows] == [
        ("501", "0.00", "9000.00", "0"),
        ("511", "300.00", "900.00", "25"),
    ]
    months = run("report", path, "budget-months", "--to", "2025-02").rows
    assert [(r["m01"], r["m02"], r["m03"], r["year"]) for r in months[2:]] == [
        ("100.00", "100.00", "100.00", "1200.00"),
        ("300.00", "0.00", "", "300.00"),
    ]


def test_the_totals_of_a_budget_are_formulas_over_their_own_lines(path: Path, tmp_path: Path):
    run("report", path, "budget", "--format", "xlsx", "-o", tmp_path / "b.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert isinstance(sheet, Worksheet)
    rows = [[c.value for c in r] for r in sheet.iter_rows()]
    first = next(n for n, r in enumerate(rows, 1) if r[0] == "501")
    income, spending = rows[first + 1], rows[first + 2]
    assert income[3:7] == [f"={c}{first}" for c in "DEFG"]
    assert spending[3:7] == [f"={c}{first + 1}" for c in "DEFG"]


def test_bills_projects_and_funds_are_lists(path: Path):
    (bill,) = run("report", path, "bills", "--format", "json").json
    assert (bill["payee"], bill["amount"], bill["open"]) == ("县农机公司", "500.00", "500.00")
    for name in ("projects", "funds"):
        assert run("report", path, name, "--format", "json").json == []
        assert run("report", path, name, "--format", "pdf").out.startswith(b"%PDF")


def test_a_project_nobody_registered_is_said_with_the_remedy(path: Path):
    ran = run("report", path, "project-ledger", "--account", "P9")
    assert ran.code == 2
    assert "P9" in ran.err
    assert "--account" in ran.err
