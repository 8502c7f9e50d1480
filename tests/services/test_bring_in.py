"""Files of other programs taken into a book: mapped, confirmed, whole or not at all, once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.builders import at, ids_of, make_book
from villagebook.domain.errors import Cancelled, KnownError, Refused
from villagebook.domain.foreign import Detail, FileKind, FileMapping, Likeness, Target
from villagebook.domain.period import Period, Span
from villagebook.services.account_books import ledgers
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import bring_in, brought, foreign_files, foreign_mappings
from villagebook.services.period_end import checking
from villagebook.storage import ledger, objects, posted_vouchers, registry

TODAY = date(2025, 3, 1)
HEAD = "日期,凭证字号,摘要,科目编码,科目名称,借方金额,贷方金额,附件数,客户\n"
ROWS = (
    "2025/1/5,记-1,付电费,51301,管理费用-办公费,1200.00,,1,\n,,,101,库存现金,,1200.00,,\n"
    "2025/1/6,记-2,收承包费,101,库存现金,300,,1,\n,,,11301,内部往来-张三,,300,,\n合计,,,,,1500,1500,,\n"
)
TARGETS = {
    "101": Target("101", "IM"),
    "51301": Target("513", detail=Detail.SUB),
    "11301": Target("113", detail=Detail.PARTY),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = make_book(tmp_path)
    yield made
    made.close()


def file(book: Book, text: str = HEAD + ROWS, name: str = "旧账.csv") -> Path:
    path = book.path.with_name(name)
    path.write_bytes(text.encode("gb18030"))
    return path


def confirmed(book: Book, path: Path) -> FileMapping:
    return foreign_files.look(book, path).mapping.with_accounts(TARGETS)


def state(book: Book) -> object:
    with book.reading() as connection:
        return ledger.control_totals(connection), len(objects.all_objects(connection))


def refused(book: Book, path: Path, mapping: FileMapping | None = None) -> list[str]:
    before = state(book)
    with pytest.raises(Refused) as caught:
        bring_in.take_in(book, path, mapping, by=at(TODAY))
    assert state(book) == before
    return ids_of(caught.value.findings)


def test_columns_accounts_and_proof_are_shown_before_anything_is_written(book: Book):
    seen = foreign_files.look(book, file(book))
    assert seen.kind is FileKind.VOUCHERS
    assert [line.account.key for line in seen.accounts] == ["51301", "101", "11301"]
    assert [a.key for a in seen.open_accounts] == ["51301", "11301"]
    assert seen.proof is not None
    assert seen.proof.rows == (
        ("2025-01", 2, 4, 150_000, 150_000),
        (seen.proof.rows[1][0], 2, 4, 150_000, 150_000),
    )
    assert seen.table.samples(seen.table.index["summary"]) == ["付电费", "收承包费"]


def test_nothing_is_taken_in_while_an_account_is_only_offered(book: Book):
    assert refused(book, file(book)) == ["IMP-40"]
    seen = foreign_files.look(book, file(book))
    assert foreign_files.accept(seen, Likeness.SIMILAR).accounts == seen.mapping.accounts
    assert foreign_files.accept(seen, Likeness.PARENT).accounts.keys() == {"101", "51301", "11301"}


def test_a_file_is_taken_in_with_its_sub_accounts_parties_and_itself(book: Book):
    path = file(book)
    made = bring_in.take_in(book, path, confirmed(book, path), by=at(TODAY))
    assert made.vouchers == 2
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        (first, second) = posted_vouchers.vouchers(connection, Span.of(Period(2025, 1)))
        kept = objects.all_objects(connection)
    assert chart["51301"].name == "办公费"
    assert [line.account for line in first.lines] == ["51301", "101"]
    assert [line.party for line in second.lines] == ["", "张三"]
    assert {line.place for line in (*first.lines, *second.lines)} == {"", "IM"}
    assert first.origin.value == "import"
    assert path.read_bytes() in kept.values()
    assert [i for i in ids_of(checking.check_book(book)) if i.startswith("CHK")] == []
    assert brought.imports(book).rows[0][1:5] == ("旧账.csv", brought.imports(book).rows[0][2], 2, 150_000)
    assert ledgers.REPORTS["trial-balance"](book, Span.of(Period(2025, 1))).rows


def test_the_mapping_is_known_the_next_month_and_travels_as_a_file(book: Book, tmp_path: Path):
    path = file(book)
    bring_in.take_in(book, path, confirmed(book, path), by=at(TODAY))
    february = file(book, HEAD + ROWS.replace("2025/1/", "2025/2/"), "二月.csv")
    assert bring_in.is_known(book, february)
    assert bring_in.take_in(book, february, by=at(TODAY)).vouchers == 2
    (mapping,) = foreign_mappings.saved(book)
    layout = tmp_path / f"x{foreign_mappings.SUFFIX}"
    layout.write_bytes(foreign_mappings.layout_bytes(mapping))
    (tmp_path / "other").mkdir()
    with make_book(tmp_path / "other") as other:
        assert (
            bring_in.take_in(other, path, foreign_mappings.find(other, str(layout)), by=at(TODAY)).vouchers
            == 2
        )


def test_a_column_can_be_told_otherwise(book: Book):
    text = "a,b,c,d,e,f\n2025-01-05,记-1,付,513 管理费用,5,\n,,,101 库存现金,,5\n"
    path = file(book, text)
    with pytest.raises(KnownError):
        foreign_files.look(book, path)
    columns = dict(zip(("date", "number", "summary", "account", "debit", "credit"), "abcdef", strict=True))
    mapping = FileMapping(FileKind.VOUCHERS, columns=columns)
    seen = foreign_files.look(book, path, mapping)
    assert seen.findings == ()
    assert bring_in.take_in(book, path, seen.mapping, by=at(TODAY)).vouchers == 1


def test_a_dry_run_and_a_cancelled_run_leave_nothing(book: Book):
    path = file(book)
    before = state(book)
    assert bring_in.take_in(book, path, confirmed(book, path), dry_run=True, by=at(TODAY)).vouchers == 2
    assert state(book) == before

    def stop(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        bring_in.take_in(book, path, confirmed(book, path), by=at(TODAY), progress=stop)
    assert state(book) == before
    assert foreign_mappings.saved(book) == ()


def test_the_same_file_and_the_same_numbers_never_come_twice(book: Book):
    path = file(book)
    mapping = confirmed(book, path)
    bring_in.take_in(book, path, mapping, by=at(TODAY))
    assert refused(book, path) == ["IMP-48"]
    assert refused(book, file(book, HEAD + ROWS + "\n", "again.csv"), mapping) == ["IMP-33"]


@pytest.mark.parametrize(
    ("was", "becomes", "ids"),
    [
        (",1200.00,,\n2025", ",1100.00,,\n2025", ["IMP-21", "IMP-34"]),
        ("合计,,,,,1500,1500", "合计,,,,,1500,1400", ["IMP-34"]),
        ("2025/1/5", "2024/12/31", ["IMP-33"]),
        ("2025/1/5", "2026/1/5", ["IMP-33"]),
    ],
)
def test_a_bad_row_refuses_the_whole_file(book: Book, was: str, becomes: str, ids: list[str]):
    text = (HEAD + ROWS).replace(was, becomes)
    assert text != HEAD + ROWS
    path = file(book, text)
    assert refused(book, path, FileMapping(FileKind.VOUCHERS, accounts=TARGETS)) == ids


def test_a_target_that_is_gone_is_asked_again(book: Book):
    path = file(book)
    mapping = confirmed(book, path).with_accounts({"11301": Target("999")})
    assert refused(book, path, mapping) == ["IMP-40"]


def test_a_layout_that_is_none_says_so(book: Book, tmp_path: Path):
    bad = tmp_path / "bad.json"
    for text in ("", "[]", "{}", json.dumps({"format": foreign_mappings.FORMAT, "kind": "x"})):
        bad.write_text(text, encoding="utf-8")
        with pytest.raises(KnownError):
            foreign_mappings.find(book, str(bad))
    with pytest.raises(KnownError, match="ledger"):
        foreign_mappings.find(book, "ledger")


# ---- last year's balances ----

BALANCES = (
    "科目编码,科目名称,期初余额,,本年累计发生额,,期末余额,\n,,借方,贷方,借方,贷方,借方,贷方\n"
    "101,库存现金,100,,0,0,100,\n113,内部往来,,,200,50,200,50\n11301,张三,,,200,,200,\n11302,李四,,,,50,,50\n"
    "301,资本,,100,0,150,,250\n501,经营收入,,,80,80,,\n513,管理费用,,,30,30,,\n合计,,100,100,310,310,300,300\n"
)


def test_last_years_balances_become_the_opening_and_the_year_before_is_kept(book: Book):
    path = file(book, BALANCES, "余额.csv")
    seen = foreign_files.look(book, path)
    mapping = foreign_files.accept(seen, Likeness.PARENT)
    bring_in.take_in(book, path, mapping, by=at(TODAY))
    with book.reading() as connection:
        lines = registry.read_opening(connection)
    assert [(line.account, line.place, line.party, line.debit_fen, line.credit_fen) for line in lines] == [
        ("101", "RC", "", 10_000, 0),
        ("113", "", "张三", 20_000, 0),
        ("113", "", "李四", 0, 5_000),
        ("301", "", "", 0, 25_000),
    ]
    assert [row[0::2] for row in brought.prior_year(book).rows] == [("501", 8_000), ("513", 3_000)]
    assert [i for i in ids_of(checking.check_book(book)) if i.startswith("CHK")] == []


def test_balances_come_only_into_an_empty_book(book: Book):
    path = file(book)
    bring_in.take_in(book, path, confirmed(book, path), by=at(TODAY))
    later = file(book, BALANCES, "余额.csv")
    found = foreign_files.accept(foreign_files.look(book, later), Likeness.PARENT)
    assert "OPN-02" in refused(book, later, found.with_accounts({"513": Target("51301")}))
