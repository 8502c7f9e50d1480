"""Layouts that the book keeps: checked when they come, in use from a month on, printed with again for ever."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import at, ids_of
from tests.services.statement_books import constructed
from villagebook import i18n, paths
from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.period import Period, Span
from villagebook.domain.table import Form
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book
from villagebook.services.period_end.checking import check_book
from villagebook.services.reporting import statement_layouts
from villagebook.services.reporting.statements import OWN, statement
from villagebook.services.vouchers import accounts

YEAR = Span.parse("2024")
NOW = at(date(2025, 2, 1))


@pytest.fixture(autouse=True)
def _chinese() -> None:
    i18n.set_language("zh_CN")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with constructed(tmp_path) as made:
        yield made


def delivered(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(
        paths.resource("statements", f"{name}.json").read_text(encoding="utf-8")
    )
    return data


def written(tmp_path: Path, data: dict[str, Any], name: str = "layout.json") -> Path:
    path = tmp_path / name
    path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_a_layout_is_in_use_from_its_month_on_and_old_statements_keep_theirs(book, tmp_path):
    data = delivered("income") | {"title": "镇里的收益表"}
    kept = statement_layouts.keep(book, written(tmp_path, data), Period(2024, 7), NOW)
    assert (kept.name, kept.since, len(kept.key)) == ("income", Period(2024, 7), 8)
    titles = {m: statement(book, "income", Span.parse(m)).table.title for m in ("2024-06", "2024-07", "2024")}
    assert titles == {"2024-06": "收益及收益分配表", "2024-07": "镇里的收益表", "2024": "镇里的收益表"}
    assert statement(book, "income", Span.parse("2024-03"), kept.key).table.title == "镇里的收益表"
    again = data | {"title": "第二版"}
    statement_layouts.keep(book, written(tmp_path, again), Period(2024, 10), NOW)
    assert statement(book, "income", Span.parse("2024-08")).table.title == "镇里的收益表"
    assert statement(book, "income", Span.parse("2024-10")).table.title == "第二版"
    found = [f.id for f in check_book(book) if f.id.startswith("CHK")]
    assert found == [], "the log alone makes the layouts again"


def test_the_sheet_names_the_layout_it_was_made_with(book, tmp_path):
    kept = statement_layouts.keep(book, written(tmp_path, delivered("income")), None, NOW)
    paper = statement(book, "income", YEAR, kept.key).table.form
    assert isinstance(paper, Form)
    assert any(kept.key in line for line in paper.foot)


def test_a_statement_of_our_own_stands_beside_the_delivered_ones(book, tmp_path):
    data = {
        "title": "水费表", "amount": "数", "opening_or_prior": "上年", "prior": "year-before", "carry": "321",
        "lines": [{"line": 1, "item": "管理费用付现", "formula": "P(513)"}],
    }  # fmt: skip
    kept = statement_layouts.keep(book, written(tmp_path, data), None, NOW)
    assert statement(book, OWN, YEAR, kept.key).table.rows[0][:3] == (1, "管理费用付现", 650000)
    assert statement_layouts.choices(book, OWN) == ((kept.key, f"水费表 {kept.key}"),)
    with pytest.raises(KnownError, match="cafe"):
        statement(book, OWN, YEAR, "cafe")
    with pytest.raises(Refused) as caught:
        statement_layouts.keep(book, written(tmp_path, data), Period(2024, 1), NOW)
    assert ids_of(caught.value.findings) == ["STM-21"], (
        "what stands for nothing cannot be in use for something"
    )


def test_the_same_file_is_kept_once(book, tmp_path):
    path = written(tmp_path, delivered("income"))
    statement_layouts.keep(book, path, None, NOW)
    statement_layouts.keep(book, path, Period(2024, 1), NOW)
    for since in (None, Period(2024, 1)):
        with pytest.raises(Refused) as caught:
            statement_layouts.keep(book, path, since, NOW)
        assert ids_of(caught.value.findings) == ["STM-20"]


def test_a_bad_layout_is_refused_with_everything_at_once_and_nothing_is_kept(book, tmp_path):
    accounts.disable_account(book, "111", NOW)
    data = delivered("balance-sheet")
    lines = {row["line"]: row for row in data["lines"] if "line" in row}
    lines[3]["formula"] = "B(999)"
    lines[4]["formula"] = "B(121)/0"
    lines[5]["formula"] = "SUM(131)"
    lines[13]["formula"] = "L16+1"
    lines[16]["formula"] = "L13"
    lines[9]["line"] = 8
    lines[11]["formula"] = "S(income/21)"
    lines[12]["formula"] = "F(weather)"
    data["checks"][0]["right"] = "L99"
    data["checks"][1]["right"] = "S(income/77)"
    with pytest.raises(Refused) as caught:
        statement_layouts.keep(book, written(tmp_path, data), None, NOW)
    found = {(f.id, f.where.partition(" ")[2]) for f in caught.value.findings}
    assert found >= {
        ("STM-14", "L2"),
        ("STM-03", "L3"),
        ("STM-06", "L4"),
        ("STM-09", "L5"),
        ("STM-07", "L8"),
        ("STM-05", "L13"),
        ("STM-09", "L11"),
        ("STM-09", "L12"),
        ("STM-04", "check 1"),
        ("STM-04", "check 2"),
    }
    assert all(f.text and not f.text.startswith("STM") for f in caught.value.findings)
    assert statement_layouts.kept(book) == ()


def test_what_was_kept_is_printed_again_though_an_account_went_out_of_use(book, tmp_path):
    kept = statement_layouts.keep(book, written(tmp_path, delivered("balance-sheet")), Period(2024, 1), NOW)
    accounts.disable_account(book, "111", NOW)
    assert statement(book, "balance-sheet", YEAR, kept.key).findings == ()
    with pytest.raises(Refused) as caught:
        statement(book, "balance-sheet", YEAR, written(tmp_path, delivered("balance-sheet")))
    assert ids_of(caught.value.findings) == ["STM-14"]


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"x" * 1_000_001])
def test_what_is_no_text_or_too_long_is_refused(book, tmp_path, data):
    path = tmp_path / "bad.json"
    path.write_bytes(data)
    with pytest.raises((Refused, KnownError)):
        statement_layouts.keep(book, path, None, NOW)


@pytest.mark.parametrize("name", ["balance-sheet", "income"])
def test_the_forms_of_2004_tie_on_the_constructed_year(book, name):
    made = statement(book, name, YEAR, "2004")
    assert made.findings == ()
    assert all(t.left_fen == t.right_fen is not None for t in made.ties)
    assert isinstance(made.table.form, Form)
    rows = made.table.machine_rows or ()
    assert made.table.form.form_no == {"balance-sheet": "村会01表", "income": "村会02表"}[name]
    numbers = [int(r[0] or 0) for r in rows]
    assert numbers == sorted(numbers), "the official numbers in their order"
    shown = {r[1]: r[2] for r in rows}
    if name == "balance-sheet":
        assert shown["资产总计"] == shown["负债和所有者权益总计"] == 86830000
    else:
        assert (shown["年末未分配收益"], shown["提取公积公益金"]) == (3769000, 141000)
    with pytest.raises(KnownError):
        statement(book, "receipts-payments-statement", YEAR, "2004")


def test_every_account_of_the_chart_is_counted_by_the_sheet_of_2004():
    chart = Chart(books.read_chart_file(paths.resource("chart", "chart_2023.csv")))
    layout = statement_layouts.load_template(
        "balance-sheet", chart, paths.resource("statements", "balance-sheet-2004.json")
    )
    counted = {a.account for a in layout.atoms() if a.kind == "B"}
    assert counted == {a.code for a in chart}


def test_where_a_file_is_no_json_is_said_without_words_of_the_reader(book, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text('{\n "title": nonsense}', encoding="utf-8")
    with pytest.raises(Refused) as caught:
        statement_layouts.keep(book, path, None, NOW)
    (found,) = caught.value.findings
    assert "第2行第11个字" in found.text
    assert "Expecting" not in found.text


def test_a_divisor_that_only_comes_to_nothing_leaves_the_line_empty_and_is_not_called_a_fault(book, tmp_path):
    data = delivered("income")
    data["lines"] = [
        {"line": 1, "item": "投资收益", "formula": "M(502)", "certainty": "A"},
        {"line": 2, "item": "每元", "formula": "M(501)/L1", "certainty": "A"},
    ]
    data["checks"] = []
    kept = statement_layouts.keep(book, written(tmp_path, data), None, NOW)
    made = statement(book, "income", Span.parse("2024-01"), kept.key)
    (found,) = made.findings
    assert (found.id, found.severity.stops) == ("STM-06", False)
    assert "留空" in found.text
