"""Who signed, who said no, and what the log holds, as tables."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.builders import DAY, at, make_book, make_village, move, pay, payment, sign_everything, submit
from tests.lived import lived
from villagebook.domain.period import Span
from villagebook.services import event_words, render, reports
from villagebook.services.approvals import signing
from villagebook.services.reports import Choice
from villagebook.services.vouchers import reversing, voucher_drafts
from villagebook.storage.projection import PROJECTORS


def test_the_log_report_lists_every_entry_of_the_span(tmp_path: Path) -> None:
    with make_book(tmp_path) as book:
        table = reports.make(book, "log", Span.parse("2025")).table
        assert [row[0] for row in table.rows] == list(range(1, book.head().seq + 1))
        assert (table.rows[0][3], table.rows[0][6]) == ("book begun", "book.opened")


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


def test_signatures_of_a_voucher_that_was_set_right_are_listed(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 500_00)
    wrong = pay(village, 120_00)
    before = reports.make(village.book, "signatures", Span.parse("2025-01")).table.rows
    reversing.reverse(village.book, wrong.id, "金额写错了", DAY, at(DAY))
    draft = voucher_drafts.correction(village.book, wrong.id, at(DAY))
    submit(village, replace(draft, items=tuple(replace(i, amount_fen=100_00) for i in draft.items)))
    assert sign_everything(village, draft.id, DAY).label
    after = reports.make(village.book, "signatures", Span.parse("2025-01")).table.rows
    assert after[: len(before)] == before
    assert {r[3] for r in after[len(before) :]} == {100_00}


def test_every_kind_of_event_has_words(tmp_path: Path) -> None:
    assert set(event_words.KINDS) == set(PROJECTORS)


def test_the_log_is_searched_by_person_time_kind_and_content(tmp_path: Path) -> None:
    village = lived(tmp_path)
    year = Span.parse("2025")

    def rows(**choice: Any) -> list[tuple[object, ...]]:
        return list(reports.make(village.book, "log", year, Choice(**choice)).table.rows)

    everything = rows()
    assert {r[3] for r in rows(event="voucher.posted")} == {"voucher posted"}
    assert len(rows(event="voucher.posted")) == sum(r[6] == "voucher.posted" for r in everything)
    assert [r[6] for r in rows(text="采购计划 rejected")] == ["document.rejected"]
    assert rows(text="镇五金店")
    assert rows(actor="孙丽") == everything
    assert rows(actor="何老四") == []
    first = reports.make(village.book, "log", Span.parse("2025-01")).table.rows
    later = reports.make(village.book, "log", Span.parse("2025-02")).table.rows
    assert later
    assert [*first, *later] == everything
    village.book.close()


def test_the_log_leaves_the_program_in_plain_form(tmp_path: Path) -> None:
    village = lived(tmp_path)
    table = reports.make(village.book, "log", Span.parse("2025")).table
    rows = list(csv.DictReader(io.StringIO(render.csv_bytes(table).decode("utf-8-sig"), newline="")))
    assert [int(r["seq"]) for r in rows] == list(range(1, village.book.head().seq + 1))
    posted = next(r for r in rows if r["kind"] == "voucher.posted")
    assert posted["actor"] == "孙丽"
    assert posted["about"].startswith("收-0001")
    for form in ("pdf", "xlsx"):
        assert render.render(table, form, village.book.info.village)
    village.book.close()


def test_numbers_of_people_and_hashes_stay_out_of_the_list() -> None:
    from villagebook.domain.people import Staff

    told = event_words.about(
        "outsider.set",
        {
            "name": "何木匠",
            "note": "身份证 371523198001011234",
            "account_no": "6217000012345678",
            "sha256": "ab" * 32,
        },
        Staff((), ()),
    )
    assert "何木匠" in told
    assert "5678" in told
    assert not any(secret in told for secret in ("371523198001011234", "6217000012345678", "abab"))
