"""The notes of a year on paper: a table that goes on keeps its headings."""

from __future__ import annotations

import pytest

from tests.reports.reading import page_texts
from villagebook.domain.table import Chapter, Column, Dossier, Shape, Table
from villagebook.reports.dossier_pdf import render_dossier


def notes_of(*chapters: Chapter) -> list[str]:
    dossier = Dossier("年度报告", "2025年度", "清水村", (), (), "会计报表附注", chapters, ("单位负责人",))
    return page_texts(render_dossier(dossier))


def long_table(rows: int) -> Table:
    columns = (Column("what", "往来明细", Shape.TEXT, 20), Column("fen", "年末余额", Shape.MONEY, 10))
    return Table("t", "", "", columns, tuple((f"第{n}户", n * 100) for n in range(1, rows + 1)))


@pytest.mark.parametrize("before", range(0, 24, 3))
def test_a_table_that_goes_on_has_its_headings_on_every_page(before: int) -> None:
    words = Chapter("1. 基本情况", tuple(f"第{n}行" for n in range(before)))
    pages = notes_of(words, Chapter("2. 往来", (), (long_table(30),)))
    lines = [p for p in pages if "户" in p]
    assert len(lines) > 1
    assert all(p.count("往来明细") == p.count("年末余额") == 1 for p in lines)
    assert sum(p.count("2. 往来") for p in pages) == 1
    begins = next(p for p in pages if "2. 往来" in p)
    assert "第1户" in begins, "the heading never stands alone at the foot of a page"
