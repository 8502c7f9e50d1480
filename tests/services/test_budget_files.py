"""Budgets out of spreadsheets: whatever people paste is read exactly or refused with its row."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import Village, make_village
from villagebook.domain.budget import BudgetLine, scaled, spread
from villagebook.domain.errors import KnownError, Refused
from villagebook.services.registers.budget_files import export, read_file, read_pasted


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    made = make_village(tmp_path_factory.mktemp("budget"))
    yield made
    made.book.close()


FIGURES = "\t".join(f"{n}00.50" for n in range(1, 13))
MONTHS = tuple(n * 10_000 + 50 for n in range(1, 13))


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("513\t12,000.00", (BudgetLine("513", spread(1_200_000)),)),
        (
            "管理费用\t1200元\n经营收入\t¥3,000",
            (BudgetLine("513", spread(120_000)), BudgetLine("501", spread(300_000))),
        ),
        ("513 管理费用\tP1\t1200", (BudgetLine("513", spread(120_000), "P1"),)),
        (f"513\t{FIGURES}", (BudgetLine("513", MONTHS),)),
        (f"513\tP1\t{FIGURES}", (BudgetLine("513", MONTHS, "P1"),)),
        ("科目\t全年\n513\t1200\n\t1200", (BudgetLine("513", spread(120_000)),)),
        ("二〇二五年预算\t\n科目\t预算数\n513\t1200", (BudgetLine("513", spread(120_000)),)),
        ("科目\t1月\t12月\n513\t1\t2", (BudgetLine("513", (100, *[0] * 10, 200)),)),
    ],
)
def test_cells_are_read_as_people_write_them(village: Village, text: str, lines: tuple[BudgetLine, ...]):
    assert read_pasted(village.book, text) == lines


def test_every_cell_that_cannot_be_read_is_named_at_once(village: Village):
    with pytest.raises(Refused) as caught:
        read_pasted(
            village.book, "科目\t1月\t2月\t全年\n999\t1\t2\t3\n513\tviel\t1\t1\n514\t1\t1\t3\n515\t1\t1\t2"
        )
    assert [(f.id, f.where) for f in caught.value.findings] == [
        ("BUD-12", "2"),
        ("BUD-12", "3"),
        ("BUD-12", "4"),
    ]


def test_nothing_and_no_heading_are_refused_with_a_sentence(village: Village, tmp_path: Path):
    with pytest.raises(KnownError):
        read_pasted(village.book, "  \n ")
    file = tmp_path / "names.csv"
    file.write_text("姓名,年龄\n王,5\n", encoding="utf-8")
    with pytest.raises(Refused, match="BUD-12"):
        read_file(village.book, file)


lines = st.lists(
    st.builds(
        BudgetLine,
        st.sampled_from(["501", "511", "513", "514"]),
        st.tuples(*[st.integers(0, 10**9)] * 12),
        st.sampled_from(["", "P1", "P2025-01"]),
    ),
    min_size=1,
    max_size=6,
)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines)
def test_what_is_written_out_is_read_back_the_same(
    village: Village, tmp_path: Path, form: str, lines: list[BudgetLine]
):
    file = tmp_path / f"budget.{form}"
    file.write_bytes(export(village.book, 2025, lines, form))
    assert read_file(village.book, file) == tuple(lines)


@given(st.integers(0, 10**13))
def test_a_years_figure_is_spread_without_losing_a_fen(fen: int):
    months = spread(fen)
    assert sum(months) == fen
    assert max(months) - min(months) <= 1
    assert scaled(months, 100) == months
