"""The promise of the command line: verbs, columns, JSON keys, exit codes, and files written whole."""

from __future__ import annotations

import csv
import datetime as dt
import io
import os
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.cli.runner import Ran, run, write_csv, write_xlsx

LINES = "date,kind,number,summary,party,amount,place,account"
COLUMNS = {
    "trial-balance": "account,name,opening_debit,opening_credit,debit,credit,year_debit,year_credit,closing_debit,closing_credit",
    "journal": "date,word,number,line,summary,account,name,debit,credit,party,origin",
    "receipts-payments": "period,line,category,opening,receipts,payments,closing",
}


@pytest.fixture
def book(tmp_path: Path, finished: Path) -> Path:
    """A copy of the book of this file."""
    return Path(shutil.copy(finished, tmp_path))


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three months from February: rent, an appropriation, a payment, a red row."""
    folder = tmp_path_factory.mktemp("book")
    path = folder / "village.vbook"
    opening = write_csv(
        folder / "opening.csv", "账户,科目,资金,往来,借方,贷方", ",102,IN,,500,", ",301,,,,500"
    )
    words = (
        "--village",
        "向阳村",
        "--code",
        "X1",
        "--start",
        "2025-02",
        "--mode",
        "one-account",
        "--opening",
        opening,
    )
    assert run("new", path, *words).code == 0
    rows = (
        "2025-04-30,payment,3,wrong bill,Shop,-20,EX,513",
        '2025-02-03,receipt,1,rent,"Zhang, San",1000,IN,501',
        "2025-02-04,transfer,,appropriation,,400,IN,EX",
        "2025-03-05,payment,2,tea,Shop,80.5,EX,513",
    )
    cells = [next(csv.reader([row])) for row in rows]
    ran = run("import", path, write_csv(folder / "lines.csv", LINES, *cells))
    assert (ran.code, ran.err) == (0, "")
    return path


# ---- columns and amounts ----


@pytest.mark.parametrize(("name", "columns"), COLUMNS.items())
def test_reports_have_exactly_the_promised_columns_in_csv_and_json(
    book: Path, name: str, columns: str
) -> None:
    ran = run("report", book, name)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(b"\xef\xbb\xbf" + columns.encode() + b"\r\n")
    rows = run("report", book, name, "--format", "json").json
    assert rows
    assert all(",".join(row) == columns for row in rows)
    assert [list(map(str, row.values())) for row in rows] == [list(row.values()) for row in ran.rows]


def test_amounts_are_texts_in_yuan_with_two_decimals(book: Path) -> None:
    for name, keys in (("trial-balance", ("debit", "closing_credit")), ("journal", ("debit", "credit"))):
        for row in run("report", book, name, "--format", "json").json:
            for key in keys:
                assert isinstance(row[key], str)
                assert row[key] == "" or row[key] == f"{Decimal(row[key]):.2f}"


@pytest.mark.parametrize("lang", ["zh_CN", "en"])
def test_the_last_row_of_receipts_and_payments_is_the_total_and_adds_up(book: Path, lang: str) -> None:
    last = run("report", book, "receipts-payments", lang=lang).rows[-1]
    assert last == {
        "period": "2025-02..2025-04",
        "line": "total",
        "category": "",
        "opening": "500.00",
        "receipts": "1000.00",
        "payments": "60.50",
        "closing": "1439.50",
    }


def test_each_line_closes_with_what_the_next_month_opens_with(book: Path) -> None:
    rows = [r for r in run("report", book, "receipts-payments").rows[:-1] if not r["category"]]
    by_line: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        assert Decimal(row["opening"]) + Decimal(row["receipts"]) - Decimal(row["payments"]) == Decimal(
            row["closing"]
        )
        by_line.setdefault(row["line"], []).append(row)
    assert set(by_line) == {"income", "expenditure"}
    for chain in by_line.values():
        assert [r["closing"] for r in chain[:-1]] == [r["opening"] for r in chain[1:]]


def test_periods_are_months_quarters_years_and_spans(book: Path) -> None:
    def receipts(*words: str) -> str:
        return run("report", book, "receipts-payments", *words).rows[-1]["receipts"]

    assert receipts("--from", "2025-02") == "1000.00"
    assert receipts("--from", "2025-Q1") == "1000.00"
    assert receipts("--from", "2025", "--to", "2025") == "1000.00"
    assert receipts("--from", "2025-03", "--to", "2025-04") == "0.00"
    assert receipts("--to", "2025-02") == "1000.00"
    assert (
        run("notice", book, "--period", "2025-02..2025-03", "--draft", "--format", "json").json["spending"]
        == "80.50"
    )


def test_history_says_that_it_was_imported_and_keeps_commas_in_names(book: Path) -> None:
    rows = run("report", book, "journal").rows
    assert {r["origin"] for r in rows} == {"import"}
    assert [r["date"] for r in rows] == sorted(r["date"] for r in rows)
    assert "Zhang, San" in {r["party"] for r in rows}


def test_a_text_that_a_spreadsheet_would_run_gets_an_apostrophe(book: Path, tmp_path: Path) -> None:
    run("import", book, write_csv(tmp_path / "f.csv", LINES, "2025-04-30,receipt,9,=1+1,@x,5,IN,501"))
    row = run("report", book, "journal").rows[-1]
    assert (row["summary"], row["party"]) == ("'=1+1", "'@x")


# ---- output files ----


@pytest.mark.parametrize(
    ("form", "magic"), [("csv", b"\xef\xbb\xbf"), ("json", b"["), ("xlsx", b"PK"), ("pdf", b"%PDF-")]
)
def test_every_report_is_written_in_every_form(book: Path, tmp_path: Path, form: str, magic: bytes) -> None:
    for name in (*COLUMNS, "cash-book", "bank-book"):
        target = tmp_path / f"{name}.{form}"
        ran = run("report", book, name, "--format", form, "-o", target)
        assert (ran.code, ran.out, ran.err) == (0, b"", "")
        assert target.read_bytes().startswith(magic)
    assert not list(tmp_path.glob("*.part"))


def test_a_workbook_of_the_trial_balance_holds_numbers(book: Path, tmp_path: Path) -> None:
    run("report", book, "trial-balance", "--format", "xlsx", "-o", tmp_path / "t.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert sheet is not None
    values = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert any(isinstance(v, int | float) and v == 1000 for v in values)


@pytest.mark.parametrize("form", ["pdf", "json", "txt"])
def test_a_draft_is_clean_and_a_notice_without_review_is_written_and_exits_1(
    book: Path, tmp_path: Path, form: str
) -> None:
    drafted, asked = tmp_path / f"draft.{form}", tmp_path / f"asked.{form}"
    ran = run("notice", book, "--period", "2025-02", "--draft", "--format", form, "-o", drafted)
    assert (ran.code, ran.out, ran.err) == (0, b"", "")
    ran = run("notice", book, "--period", "2025-02", "--format", form, "-o", asked)
    assert (ran.code, ran.out) == (1, b"")
    assert ran.err.count("\n") == 1
    assert "DIS-06" in ran.err
    assert asked.stat().st_size == pytest.approx(drafted.stat().st_size, rel=0.05)
    assert (b"DRAFT" in drafted.read_bytes()) == (form == "txt")
    assert not list(tmp_path.glob("*.part"))


def test_the_notice_as_json_adds_up_and_names_every_voucher(book: Path) -> None:
    body = run("notice", book, "--period", "2025-02", "--draft", "--format", "json").json
    assert (body["draft"], body["period"], body["code"]) == (True, "2025-02", "X1")
    assert (body["opening"], body["income"], body["spending"], body["closing"]) == (
        "500.00",
        "1000.00",
        "0.00",
        "1500.00",
    )
    assert [line["voucher"] for line in body["lines"]] == ["收-0001"]
    assert [t["amount"] for t in body["transfers"]] == ["400.00"]
    assert len(body["classes"]) == 8


# ---- imports ----


def test_a_dry_run_writes_nothing_and_says_what_would_be(book: Path, tmp_path: Path) -> None:
    before = book.read_bytes()
    more = write_csv(tmp_path / "more.csv", LINES, "2025-04-30,receipt,9,rent,Li,5,IN,501")
    ran = run("import", book, more, "--dry-run", "--format", "json")
    assert (ran.code, ran.json["vouchers"], ran.json["dry_run"]) == (0, 1, True)
    assert book.read_bytes() == before
    assert run("import", book, more).code == 0


ROW = ("2014-04-03", "收入", "7", "承包款", "张三", "1800.50", "IN", "501")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize(
    "header",
    ["日期,收支,单据号,事由,对方,金额,资金,科目", "Date,KIND,number,摘要,对方单位,金额（元）,place,会计科目"],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_headers_encodings_and_separators_do_not_matter(
    tmp_path: Path, encoding: str, header: str, delimiter: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerows([["向阳村流水账"], [], header.split(",")[::-1], ROW[::-1], [], [""] * 8])
    (tmp_path / "x.csv").write_bytes(out.getvalue().encode(encoding))
    assert total(tmp_path) == "1800.50"


@pytest.mark.parametrize(
    "day",
    [
        "2014/4/3",
        "2014.4.3",
        "20140403",
        "2014年4月3日",
        "3-Apr-14",
        "03/04/2014",
        "2014-04-03 00:00:00",
        "3 April 2014",
    ],
)
@pytest.mark.parametrize("amount", ["1,800.50", "１８００．５０", "¥1800.5", "1800.500", " 1800.50元"])  # noqa: RUF001  # as people type it
def test_dates_and_amounts_as_people_write_them(tmp_path: Path, day: str, amount: str) -> None:
    write_csv(tmp_path / "x.csv", LINES, [day, *ROW[1:5], amount, *ROW[6:]])
    assert total(tmp_path) == "1800.50"


@pytest.mark.parametrize("amount", ["-1800.50", "(1,800.50)", "−1800.5", "－1800.50"])  # noqa: RUF001  # as people type it
def test_a_red_row_takes_away(tmp_path: Path, amount: str) -> None:
    write_csv(tmp_path / "x.csv", LINES, [*ROW[:5], amount, *ROW[6:]])
    assert total(tmp_path) == "-1800.50"


def test_a_workbook_with_a_title_real_dates_and_a_total(tmp_path: Path) -> None:
    write_xlsx(
        tmp_path / "x.xlsx",
        "向阳村2014年流水账",
        [],
        LINES.split(","),
        [dt.date(2014, 4, 3), *ROW[1:5], 1800.5, "IN", 501],
        [dt.datetime(2014, 4, 4), "支出", 8, "茶", "", 0.1 + 0.2, "EX", 513],
        ["合计", None, None, None, None, 1800.8],
    )
    assert total(tmp_path, "x.xlsx") == "1800.50"


def total(folder: Path, name: str = "x.csv") -> str:
    book = folder / "x.vbook"
    run("new", book, "--village", "向阳村", "--code", "X1", "--start", "2014-04")
    ran = run("import", book, folder / name)
    assert (ran.code, ran.err) == (0, "")
    receipts: str = run("report", book, "receipts-payments").rows[-1]["receipts"]
    return receipts


def test_hundreds_of_rows_add_up_without_a_lost_cent(tmp_path: Path) -> None:
    rows = [
        [f"2014-{4 + n % 9:02d}-{1 + n % 28:02d}", "收入", f"{n:04d}", f"x{n}", "", "0.1", "IN", "501"]
        for n in range(1, 1001)
    ]
    write_csv(tmp_path / "x.csv", LINES, *rows, "合计,,,,,100.00,,")
    assert total(tmp_path) == "100.00"


# ---- whole, locked, full ----


def in_a_process(*words: object) -> Ran:
    done = subprocess.run(
        [sys.executable, "-m", "villagebook", *map(str, words), "--lang", "en"],
        capture_output=True,
        check=False,
        env=os.environ | {"PYTHONPATH": os.getcwd()},  # noqa: PTH109  # the folder as the shell sees it
    )
    return Ran(done.returncode, done.stdout, done.stderr.decode())


def test_another_process_sees_the_same_bytes_and_codes(book: Path) -> None:
    ran = in_a_process("report", book, "receipts-payments")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == run("report", book, "receipts-payments").out
    assert in_a_process("balance", book).code == 2


def test_reports_are_read_while_the_window_holds_the_book(book: Path) -> None:
    from villagebook.services.book_file.books import open_book

    with open_book(book):
        assert run("report", book, "journal").code == 0
        assert run("check", book).code == 0
        assert run("close", book, "--period", "2025-02").code == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is always full")
def test_an_output_that_is_full_or_closed_is_no_traceback(book: Path) -> None:
    words = [sys.executable, "-m", "villagebook", "report", str(book), "journal", "--lang", "en"]
    env = os.environ | {"PYTHONPATH": os.getcwd()}  # noqa: PTH109  # the folder as the shell sees it
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, check=False, env=env)
    assert (done.returncode, done.stderr) == (2, b"The output cannot be written: the disk is full.\n")
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(words, stdout=writing, stderr=subprocess.PIPE, check=False, env=env)
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.fixture
def small_disk(tmp_path: Path):
    """A disk of 1,400 kB, twice an empty book, where the tests run as root on Linux."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can only be mounted by root on Linux")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1400k", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("mounting is not allowed here")
    yield disk
    subprocess.run(["umount", disk], check=True)


def test_a_full_disk_leaves_the_book_as_it_was_and_no_halves(
    book: Path, small_disk: Path, tmp_path: Path
) -> None:
    mine = small_disk / "mine.vbook"
    assert run("new", mine, "--village", "向阳村", "--code", "X1", "--start", "2025-02").code == 0
    with (small_disk / "fill").open("wb", buffering=0) as fill:
        try:
            while True:
                fill.write(bytes(4096))
        except OSError:
            pass
    before, present = mine.read_bytes(), {p.name for p in small_disk.iterdir()}
    rows = [f"2025-02-03,receipt,{n},rent {n},Li,5,IN,501" for n in range(1, 400)]
    many = write_csv(tmp_path / "many.csv", LINES, *rows)
    for words in (
        ("import", mine, many),
        ("new", small_disk / "fresh.vbook", "--village", "向阳村", "--code", "X1", "--start", "2025-02"),
        ("report", book, "journal", "-o", small_disk / "journal.csv"),
        ("notice", book, "--period", "2025-02", "--draft", "-o", small_disk / "n.pdf"),
        ("export", book, "--to", small_disk),
        ("backup", book, "--to", small_disk),
        ("export", mine, "--to", tmp_path),
    ):
        ran = run(*words)
        assert (ran.code, ran.out) == (2, b""), words
        assert "full" in ran.err or "not enough" in ran.err.lower(), ran.err
        assert ran.err.count("\n") == 1
    assert mine.read_bytes() == before
    assert {p.name for p in small_disk.iterdir()} - {"mine.vbook-journal"} <= present
    assert not list(tmp_path.glob("*.vbx.zip"))
    (small_disk / "fill").unlink()
    assert run("check", mine).code == 0


def test_a_write_protected_disk_can_be_read_from_and_is_never_written_to(
    book: Path, finished: Path, small_disk: Path, tmp_path: Path
) -> None:
    mine = small_disk / "mine.vbook"
    mine.write_bytes(book.read_bytes())
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    assert run("report", mine, "journal").code == 0
    assert run("check", mine).code == 0
    assert run("notice", mine, "--period", "2025-02", "--draft", "-o", tmp_path / "n.pdf").code == 0
    for words in (
        ("close", mine, "--period", "2025-02"),
        ("import", mine, finished.with_name("lines.csv")),
        ("export", book, "--to", small_disk),
        ("report", book, "journal", "-o", small_disk / "x.csv"),
    ):
        ran = run(*words)
        assert ran.code == 2
        assert ran.err.count("\n") == 1


def test_a_book_without_the_right_to_write_is_refused_in_one_sentence(book: Path, tmp_path: Path) -> None:
    if sys.platform == "win32" or os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    book.chmod(0o400)
    ran = run("close", book, "--period", "2025-02")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert run("report", book, "journal").code == 0


def test_audit_data_are_written_by_year_and_a_bad_year_is_one_sentence(book: Path, tmp_path: Path):
    folder = tmp_path / "stick"
    folder.mkdir()
    ran = run("audit-data", book, "--year", "2025", "--to", folder, "--format", "json")
    assert ran.code == 0
    assert ran.json["vouchers"] == 4
    assert Path(ran.json["file"]).parent == folder
    assert run("audit-data", book, "--year", "25", "--to", folder).code == 2
    assert run("audit-data", book, "--year", "2019", "--to", folder).code == 2


def test_what_a_verb_did_is_json_when_asked(book: Path, tmp_path: Path):
    copied = run("backup", book, "--to", tmp_path, "--format", "json")
    assert copied.code == 0
    back = run("restore", copied.json["backup"], "--as", tmp_path / "again.vbook", "--format", "json")
    assert Path(back.json["book"]).is_file()
    rules = run("rules", "--format", "json").json
    assert rules["rules"][0].keys() >= {"id", "level", "when", "source", "why", "fix"}
    made = run(
        "place", book, "SP:road", "--name", "修路专户", "--filed", "农经备2025-1号", "--format", "json"
    )
    assert (made.err, made.json["code"]) == ("", "SP:road")
