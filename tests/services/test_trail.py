"""Who signed, who said no, and what the log holds, as tables."""

from __future__ import annotations

from pathlib import Path

from tests.builders import DAY, at, make_book, make_village, move, payment, submit
from villagebook.domain.period import Span
from villagebook.services import reports, signing


def test_the_log_report_lists_every_entry_of_the_span(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        table = reports.make(book, "log", Span.parse("2025")).table
        assert [row[0] for row in table.rows] == list(range(1, book.head().seq + 1))
        assert table.rows[0][3] == "book.opened"


def test_a_rejection_stays_in_the_list_with_its_reason(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 500_00)
    waiting = payment(village, 120_00)
    submit(village, waiting)
    signing.reject(village.book, waiting.id, village.ids["head"], "没有采购计划", at(DAY))
    table = reports.make(village.book, "signatures", Span.parse("2025-01")).table
    rows = [
        r for r, target in zip(table.rows, table.targets, strict=True) if target == f"document:{waiting.id}"
    ]
    assert [(r[5], r[6], r[7]) for r in rows] == [("张海涛", "rejected", "没有采购计划")]
