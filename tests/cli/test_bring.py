"""`layout` and `import --layout`: a file of another program by a layout that somebody filled in, saved or in a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.runner import run
from tests.services.test_bring_in import BALANCES, HEAD, ROWS
from tests.services.test_holding_import import ASSETS, CONTRACTS, RESOURCES
from tests.services.test_roster_import import PRINTED
from villagebook.domain.link import LinkKind
from villagebook.services import links
from villagebook.services.book_file.books import open_book


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.vbook"
    made = run(
        "new", path, "--village", "向阳村", "--code", "X1", "--start", "2025-01", "--mode", "one-account"
    )
    assert made.code == 0
    return path


def filled(book: Path, file: Path) -> Path:
    """The layout as `layout` writes it, with everything offered confirmed by hand."""
    made = run("layout", book, file)
    assert made.code == 1
    data = json.loads(made.out)
    for key, told in data.pop("open").items():
        data["accounts"][key] = told["offer"]
    path = book.with_name("x.layout.json")
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_layout_is_written_filled_in_and_used(book: Path, tmp_path: Path):
    file = tmp_path / "旧账.csv"
    file.write_text(HEAD + ROWS, encoding="gb18030")
    layout = filled(book, file)
    tried = run("import", book, file, "--layout", layout, "--dry-run", "--format", "json")
    assert (tried.json["vouchers"], tried.json["dry_run"]) == (2, True)
    assert run("import", book, file, "--layout", layout).code in (0, 1)
    rows = run("report", book, "trial-balance", "--from", "2025-01", "--format", "csv").rows
    assert "51301" in {row["account"] for row in rows}
    again = run("import", book, file)
    assert again.code == 2
    assert "IMP-48" in again.err
    february = tmp_path / "二月.csv"
    february.write_text(HEAD + ROWS.replace("2025/1/", "2025/2/"), encoding="utf-8")
    known = run("import", book, february, "--format", "json")
    assert known.json["vouchers"] == 2
    assert [row["file"] for row in run("report", book, "imports", "--format", "csv").rows] == [
        "旧账.csv",
        "二月.csv",
    ]


def test_an_account_left_open_is_named_with_what_is_offered(book: Path, tmp_path: Path):
    file = tmp_path / "旧账.csv"
    file.write_text(HEAD + ROWS, encoding="utf-8")
    told = run("layout", book, file, "-o", tmp_path / "l.layout.json")
    assert told.code == 1
    assert "51301 管理费用-办公费" in told.err
    assert "513, name as sub-account" in told.err
    refused = run("import", book, file, "--layout", tmp_path / "l.layout.json")
    assert refused.code == 2
    assert "IMP-40: 旧账.csv row 2" in refused.err


def test_last_years_balances_by_a_layout(book: Path, tmp_path: Path):
    file = tmp_path / "余额.csv"
    file.write_text(BALANCES, encoding="utf-8")
    assert run("import", book, file, "--layout", filled(book, file)).code in (0, 1)
    rows = run("report", book, "prior-year", "--format", "csv").rows
    assert [(row["account"], row["amount"]) for row in rows] == [("501", "80.00"), ("513", "30.00")]
    assert run("report", book, "conversion").code == 2


def entered(book: Path, kind: LinkKind) -> int:
    """Entries of a register."""
    with open_book(book, read_only=True) as made:
        return sum(target.kind is kind for target in links.choices(made))


@pytest.mark.parametrize(
    ("layout", "text", "kind"),
    [
        ("roster", PRINTED, LinkKind.HOUSEHOLD),
        ("assets", ASSETS.replace("孙丽", ""), LinkKind.ASSET),
        ("resources", RESOURCES, LinkKind.RESOURCE),
    ],
)
def test_registers_come_in_by_their_layout_first_tried_then_done(
    book: Path, tmp_path: Path, layout: str, text: str, kind: LinkKind
):
    file = tmp_path / f"{layout}.csv"
    file.write_text(text, encoding="utf-8-sig")
    tried = run("import", book, file, "--layout", layout, "--dry-run", "--format", "json")
    assert tried.json["dry_run"] is True
    assert tried.json.get("entries", tried.json.get("households")) == 2
    assert entered(book, kind) == 0
    done = run("import", book, file, "--layout", layout)
    assert done.code in (0, 1), done.err
    assert "2 taken in." in done.text
    assert entered(book, kind) == 2


def test_contracts_come_in_after_what_they_are_about_and_bad_rows_are_all_named(book: Path, tmp_path: Path):
    file = tmp_path / "contracts.csv"
    file.write_text(CONTRACTS, encoding="utf-8-sig")
    missing = run("import", book, file, "--layout", "contracts")
    assert missing.code == 2
    assert "Z-0001" in missing.err
    assert entered(book, LinkKind.CONTRACT) == 0
    resources = tmp_path / "resources.csv"
    resources.write_text(RESOURCES, encoding="utf-8-sig")
    assert run("import", book, resources, "--layout", "resources").code == 0
    assert run("import", book, file, "--layout", "contracts").code in (0, 1)
    assert entered(book, LinkKind.CONTRACT) == 1
