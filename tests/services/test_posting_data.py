"""What was booked of every original paper: ten elements a line, joined by the paper's number."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.builders import DAY, at, make_village, move, pay
from villagebook.domain.period import Span
from villagebook.services import render, reports
from villagebook.services.vouchers import imports, reversing
from villagebook.storage import posted_vouchers

ELEMENTS = (
    "UnifiedSocialCreditCodeOfAccountingEntity NameOfAccountingEntity NumberOfAccountingDocuments PostingDate"
    " AccountingPeriod SummaryOfAccountingDocuments DebitOrCredit NameOfGeneralLedgerSubject"
    " NameOfSubsidiaryLedgerSubject RecordedAmount"
).split()


def test_each_original_has_its_ten_elements_and_the_lines_of_its_voucher(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 500_00)
    paid = pay(village, 120_00, support_no="25372000000012345678")
    table = reports.make(village.book, "posting-data", Span.parse("2025-01")).table
    assert [c.key for c in table.columns[2:]] == ELEMENTS
    rows = json.loads(render.json_bytes(table))
    mine = [r for r in rows if r["OriginalNumber"] == paid.support_no]
    assert [(r["DebitOrCredit"], r["RecordedAmount"]) for r in mine] == [("借", "120.00"), ("贷", "120.00")]
    assert {r["PostingDate"] for r in mine} == {"2025-01-10"}
    assert mine[0]["NumberOfAccountingDocuments"].startswith("付")
    assert mine[0]["NameOfAccountingEntity"] == village.book.info.village
    assert all(r["NameOfGeneralLedgerSubject"] for r in rows)
    village.book.close()


def test_a_history_without_papers_is_not_read_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    village = make_village(tmp_path)
    file = tmp_path / "old.csv"
    rows = "记,1,旧账,102,50,,IN\n2025-01-04,记,1,旧账,501,,50,\n"
    file.write_text(
        f"date,word,number,summary,account,debit,credit,place\n2025-01-04,{rows}", encoding="utf-8"
    )
    imports.import_file(village.book, file, by=at(DAY))
    read: list[object] = []

    def listen(*told: object) -> tuple[object, ...]:
        read.append(told)
        return ()

    monkeypatch.setattr(posted_vouchers, "vouchers", listen)
    assert reports.make(village.book, "posting-data", Span.parse("2025-01")).table.rows == ()
    assert read == []
    village.book.close()


def test_a_red_voucher_stands_on_no_paper_of_its_own(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    move(village, "IN", "EX", 500_00)
    paid = pay(village, 120_00, support_no="A-17")
    before = reports.make(village.book, "posting-data", Span.parse("2025-01")).table.rows
    reversing.reverse(village.book, paid.id, "重复付款", DAY, at(DAY))
    after = reports.make(village.book, "posting-data", Span.parse("2025-01")).table.rows
    assert after == before
    village.book.close()
