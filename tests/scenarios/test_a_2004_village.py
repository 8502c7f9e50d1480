"""A village kept by the 2004 accounts is converted on the first of January, and goes on for a month in the new book."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import POSTS, Village, at, close_month, ids_of, make_book, move, pay, receive
from tests.cli.runner import run
from villagebook.domain.conversion import Share
from villagebook.domain.period import Period, Span
from villagebook.services.book_file.books import Book, chart, place_balances
from villagebook.services.bringing_in import conversion, conversion_papers
from villagebook.services.offices import people
from villagebook.services.period_end import checking
from villagebook.services.reporting import statements

JANUARY = Period(2024, 1)
OLD = """科目编码,科目名称,方向,期末余额
101,现金,借,1500.00
102,银行存款,借,60000.00
10201,农商行基本户,借,60000.00
113,内部往来,借,250.00
11301,张三,借,400.00
11302,李四,贷,150.00
131,牲畜（禽）资产,借,9000.00
151,固定资产,借,180000.00
15101,办公楼,借,150000.00
15102,水泵,借,30000.00
152,累计折旧,贷,40000.00
202,应付款,贷,6250.00
212,应付福利费,贷,4000.00
301,资本,贷,150000.00
311,公积公益金,贷,30000.00
322,收益分配,贷,20500.00
合计,,,0
"""


def items(book_table: Any) -> dict[str, int]:
    """Item of the balance sheet -> fen, of the lines that hold something."""
    rows = book_table.machine_rows or book_table.rows
    return {str(row[1]).strip(): row[2] for row in rows if row[2]}


def test_the_old_book_goes_on_in_the_new_one(tmp_path: Path):
    file = tmp_path / "2023年末科目余额.csv"
    file.write_bytes(OLD.encode("gb18030"))
    book = make_book(tmp_path, start=JANUARY)
    village = Village(book, posts_since(book, JANUARY.first_day), tmp_path)

    # The worksheet: what is the same account moves; herds, payables and the welfare fund are asked.
    old = conversion.read_old(file)
    worksheet = conversion.propose(old.old)
    asked = {b.top for b in worksheet.old if b.key not in worksheet.shares}
    assert asked == {"131", "202", "212"}
    worksheet = worksheet.with_shares("131|", [Share("131", 400_000), Share("132", 500_000)])
    worksheet = worksheet.with_shares(
        "202|", [Share("211", -500_000, "", "县建筑队"), Share("213", -125_000)]
    )
    worksheet = worksheet.with_shares("212|", [Share("311", -400_000)])
    worksheet = worksheet.with_gross_up("132", 150_000)
    bank = next(b for b in worksheet.old if b.code == "10201")
    worksheet = worksheet.with_shares(
        bank.key, [Share("102", 4_000_000, "IN"), Share("102", 2_000_000, "EX")]
    )
    cash = next(b for b in worksheet.old if b.top == "101")
    worksheet = worksheet.with_shares(cash.key, [Share("101", 150_000, "IM")])
    made = conversion.confirm(book, old, worksheet, by=at(date(2024, 1, 1)))
    assert ids_of(made.findings) == ["IMP-35"]

    # The balance sheet of the first of January says what the worksheet says.
    new = conversion_papers.new_table(worksheet, chart(book), JANUARY)
    assert new.rows[-1][2] == new.rows[-1][3]
    opening = statements.statement(book, "balance-sheet", Span.of(JANUARY)).table
    shown = items(opening)
    by_code = {str(row[0]): (row[2] or 0) - (row[3] or 0) for row in new.rows[:-1]}  # type: ignore[operator]  # columns of money
    assert shown["Public reserve and welfare fund"] == -by_code["311"] == 3_400_000
    assert shown["Capital"] == -by_code["301"]
    owed_to_members = 15_000  # a member's credit stands among the debts, not against the others' debits
    assets = sum(fen for code, fen in by_code.items() if code < "201") + owed_to_members
    assert shown["Total assets"] == shown["Total liabilities and equity"] == assets
    assert place_balances(book, date(2024, 1, 1)) == {
        "RC": 0,
        "IN": 4_000_000,
        "EX": 2_000_000,
        "IM": 150_000,
    }

    # January is lived through like any other month, and closes.
    receive(village, 80_000, date(2024, 1, 8))
    move(village, "IN", "EX", 100_000, date(2024, 1, 10))
    pay(village, 30_000, date(2024, 1, 12))
    close_month(village, JANUARY)
    after = items(statements.statement(book, "balance-sheet", Span.of(JANUARY)).table)
    assert after["Capital"] == shown["Capital"]
    assert after["Total assets"] == shown["Total assets"] + 50_000
    assert [i for i in ids_of(checking.check_book(book)) if i.startswith("CHK")] == []
    assert conversion.held(book) == worksheet
    book.close()


def posts_since(book: Book, day: date) -> dict[str, str]:
    ids = {}
    for key, (name, post) in POSTS.items():
        ids[key] = people.add_person(book, name, at(day, 8))
        if post is not None:
            people.give_post(book, ids[key], post, day, at(day, 8))
    return ids


def fill_in(sheet: Path) -> None:
    """As a person would in a spreadsheet program: one amount for each open balance."""
    with sheet.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.DictReader(source))
    for row in rows:
        if row["行类"] != "结转" or row["借方"] or row["贷方"]:
            continue
        if (row["旧科目编码"], row["新科目编码"]) == ("131", "131"):
            row["借方"] = "9000"
        elif (row["旧科目编码"], row["新科目编码"]) == ("202", "211"):
            row["贷方"] = "6250"
        elif row["旧科目编码"] == "212":
            row["新科目编码"], row["贷方"] = "322", "4000"
    with sheet.open("w", encoding="utf-8-sig", newline="") as target:
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_the_same_by_command_line(tmp_path: Path):
    file, sheet, book = tmp_path / "old.csv", tmp_path / "底稿.csv", tmp_path / "new.vbook"
    file.write_bytes(OLD.encode("gb18030"))
    written = run("convert", str(file), "--worksheet", str(sheet))
    assert written.code == 1
    assert "CNV-01" in written.err
    assert run("new", str(book), "--village", "向阳村", "--code", "X1", "--start", "2024-01").code == 0
    refused = run("convert", str(file), "--worksheet", str(sheet), "--into", str(book))
    assert refused.code == 2
    fill_in(sheet)
    assert run("convert", str(file), "--worksheet", str(sheet)).code == 0
    done = run("convert", str(file), "--worksheet", str(sheet), "--into", str(book))
    assert done.code in (0, 1), done.err
    shown = run("report", str(book), "conversion-new", "--format", "csv")
    assert "322" in shown.text
    assert run("convert", str(file), "--worksheet", str(sheet), "--into", str(book)).code == 2
