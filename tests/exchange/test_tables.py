"""Tables: every encoding and kind of file a village brings becomes the same exact text; hostile files never open."""

from __future__ import annotations

import codecs
import datetime as dt
import io
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.errors import KnownError
from villagebook.exchange import tables
from villagebook.exchange.spreadsheets import cell_text
from villagebook.exchange.tables import Sheet, read_rows, sheet_from_bytes
from villagebook.exchange.xls_guard import farthest_cells

TEXT = "日期,摘要,金额\r\n2025-03-05,购办公用品,1234.50\r\n"
DATA = Path(__file__).parent / "data"


def workbook(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    book = openpyxl.Workbook()
    fill(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def rows_of(*rows: list[Any]) -> Sheet:
    def fill(book: openpyxl.Workbook) -> None:
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                cell = book.worksheets[0].cell(number, column)
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"

    return sheet_from_bytes(workbook(fill), "book.xlsx")


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            new.writestr(part.filename, change(body) if part.filename == name else body)
    return buffer.getvalue()


# ---- CSV ----


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    sheet = sheet_from_bytes(TEXT.encode(encoding), "a.csv")
    assert sheet == Sheet("a.csv", ("日期", "摘要", "金额"), 1, [["2025-03-05", "购办公用品", "1234.50"]])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    sheet = sheet_from_bytes(f'a{delimiter}b\n1{delimiter}"2{delimiter}""x"""\n'.encode(), "a.csv")
    assert sheet.header == ("a", "b")
    assert sheet.rows == [["1", f'2{delimiter}"x"']]


def test_row_numbers_are_those_a_spreadsheet_program_shows() -> None:
    sheet = sheet_from_bytes(b'\n\n a ,b\n"x\ny",1\n\n2\n\n\n', "a.csv")
    assert sheet.header == ("a", "b")
    assert sheet.header_row == 3
    assert sheet.rows == [["x\ny", "1"], ["", ""], ["2", ""]]


def test_text_that_looks_like_a_formula_stays_text() -> None:
    assert sheet_from_bytes(b"a,b\n=1+1,@x\n", "a.csv").rows == [["=1+1", "@x"]]
    assert rows_of(["a"], ["=1+1"]).rows == [["=1+1"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no rows"),
        (b"\n , ,\n", "no rows"),
        (b"\xff\xff\xff\xff", "not a table"),
        (b"a\0b", "not a table"),
        (b"<html><table>", "not a table"),
        (b"%PDF-1.7", "not a table"),
        (codecs.BOM_UTF16_LE + b"a", "not a table"),
        (b"a,b\n" + b"x" * 2001, "Row 2 of bad.csv holds more than 2000"),
        (b'a,b\n"' + b"x,\n" * 90_000, "cannot be read as a table"),
        (b"a" + b",b" * 80, "larger than can be read"),
    ],
)
def test_a_bad_file_is_told_by_name_with_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(KnownError, match=words) as caught:
        sheet_from_bytes(data, "bad.csv")
    assert "bad.csv" in caught.value.text
    assert caught.value.hint


def test_commas_that_fill_up_the_line_do_not_count_as_columns() -> None:
    assert sheet_from_bytes(b"a,b" + b"," * 80 + b"\n1,2" + b"," * 80, "a.csv").header == ("a", "b")


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    with pytest.raises(KnownError, match="larger than"):
        sheet_from_bytes(b"a\n" * 5, "a.csv")


def test_a_file_that_is_gone_is_a_known_error(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="cannot be read"):
        read_rows(tmp_path / "none.csv")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_known_error(data: bytes) -> None:
    for start in (b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        try:
            sheet = sheet_from_bytes(start + data, "x")
        except KnownError as error:
            assert "x" in error.text  # noqa: PT017  (both outcomes are right)
        else:
            assert all(len(row) == len(sheet.header) for row in sheet.rows)


# ---- XLSX and XLS ----


def test_cells_become_exact_text() -> None:
    sheet = rows_of(
        ["日期", "金额", "账号", "文本"],
        [dt.date(2025, 3, 5), 1234.5, 6.2e18, "00123.40"],
        [dt.datetime.fromisoformat("2025-03-05T10:30:00"), 0.1 + 0.2, 622848001234567, "  x "],
        [None, 1e-2, 7, True],
    )
    assert sheet.rows == [
        ["2025-03-05", "1234.5", "6200000000000000000", "00123.40"],
        ["2025-03-05T10:30:00", "0.3", "622848001234567", "  x "],
        ["", "0.01", "7", "TRUE"],
    ]


@given(st.integers(-(10**13), 10**13))
def test_an_amount_in_a_cell_comes_out_to_the_fen(fen: int) -> None:
    whole, rest = divmod(abs(fen), 100)
    text = f"{'-' if fen < 0 else ''}{whole}.{rest:02d}".rstrip("0").rstrip(".")
    assert cell_text(fen / 100) == text or fen == 0


def test_hidden_and_empty_sheets_are_passed_over() -> None:
    def fill(book: openpyxl.Workbook) -> None:
        book.worksheets[0].append(["secret"])
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("empty")
        book.create_sheet("rows").append(["a", "b"])

    assert sheet_from_bytes(workbook(fill), "a.xlsx").header == ("a", "b")


def test_an_old_workbook_is_read() -> None:
    sheet = read_rows(DATA / "cashbook.xls")
    assert sheet.header == ("日期", "收支", "单据号", "事由", "对方", "金额", "资金", "科目")
    assert sheet.rows[0] == ["2025-03-05", "支出", "7", "购办公用品", "镇供销社", "1234.5", "EX", "521"]


def test_an_old_workbook_with_a_cell_in_the_last_corner_is_refused() -> None:
    assert farthest_cells((DATA / "far_cell.xls").read_bytes()).count((65536, 256)) == 3
    with pytest.raises(KnownError, match="larger than"):
        read_rows(DATA / "far_cell.xls")


def test_a_damaged_old_workbook_is_a_known_error() -> None:
    good = (DATA / "cashbook.xls").read_bytes()
    for at in range(0, len(good), 16):
        try:
            sheet_from_bytes(good[:at] + b"\xff\xff\xff\xff" + good[at + 4 :], "x")
        except KnownError:
            continue
    loop = bytearray(good)
    struct.pack_into("<I", loop, 512 * (1 + struct.unpack_from("<I", good, 76)[0]), 0)
    with pytest.raises(KnownError):
        sheet_from_bytes(bytes(loop), "x")


def test_a_workbook_that_unpacks_to_a_gigabyte_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/a.xml", "w") as part:
        for _piece in range(300):
            part.write(b" " * 1024 * 1024)
    with pytest.raises(KnownError, match="larger than"):
        sheet_from_bytes(buffer.getvalue(), "bomb.xlsx")


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='900000'><c r='ZZ900000'><v>1</v></c></row>",
        b'<row r="2"><c r = "XFD2"><v>1</v></c></row>',
        b'<row r="2"><c r="A99999999999"><v>1</v></c></row>',
        b'<row r="2"><c r="&#65;1048576"><v>1</v></c></row>',
        b"<row>" + b"<c/>" * 50_000 + b"<c><v>1</v></c></row>",
    ],
)
def test_a_cell_far_away_is_refused_before_room_is_made_for_it(cell: bytes) -> None:
    good = workbook(lambda book: book.worksheets[0].append(["a"]))
    bad = with_part(good, SHEET, lambda body: body.replace(b"</sheetData>", cell + b"</sheetData>"))
    assert bad != good
    with pytest.raises(KnownError, match="larger than"):
        sheet_from_bytes(bad, "far.xlsx")


def test_cells_without_a_place_of_their_own_are_read() -> None:
    good = workbook(lambda book: book.worksheets[0].append(["a", "b"]))
    bare = with_part(good, SHEET, lambda body: body.replace(b' r="A1"', b"").replace(b' r="B1"', b""))
    assert sheet_from_bytes(bare, "bare.xlsx").header == ("a", "b")


def test_a_document_type_is_refused() -> None:
    good = workbook(lambda book: book.worksheets[0].append(["a"]))
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>'
    with pytest.raises(KnownError, match="not a workbook"):
        sheet_from_bytes(with_part(good, SHEET, lambda body: dtd + body), "dtd.xlsx")


def test_a_damaged_workbook_is_a_known_error() -> None:
    good = workbook(lambda book: book.worksheets[0].append(["a", 1]))
    refused = 0
    for at in range(0, len(good), 11):
        try:
            sheet_from_bytes(good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :], "x.xlsx")
        except KnownError:
            refused += 1
    assert refused
    with pytest.raises(KnownError):
        sheet_from_bytes(good[: len(good) // 2], "x.xlsx")


def test_a_title_above_the_header_can_be_stepped_over() -> None:
    sheet = sheet_from_bytes("李家村,,\n日期,摘要,金额\n1,2,3\n".encode(), "a.csv").headed_at(0)
    assert sheet.header == ("日期", "摘要", "金额")
    assert sheet.header_row == 2
    assert sheet.rows == [["1", "2", "3"]]
