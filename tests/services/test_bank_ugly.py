"""Bank files as they come: old XLS, pages called XLS, merged cells, totals, texts for amounts, spoilt numbers, overlaps.

Each is taken in clean, with a sentence about what was left out, or refused with one that says what to do; the file is kept by
its hash.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from tests.builders import Village, at
from tests.exchange.biff import Cell, OldSheet, xls
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Severity
from villagebook.exchange.bank_headers import BankMapping
from villagebook.services.banking import bank, bank_matching, bank_wizard
from villagebook.services.banking.bank_wizard import AmountMode, told_mapping
from villagebook.services.period_end.checking import check_book
from villagebook.storage import objects

PLACES = ("IN", "EX")
DAY = date(2025, 2, 20)
OPENING = 10_000_000

HEAD: list[Cell] = ["交易日期", "收入", "支出", "余额", "对方户名", "对方账号", "流水号"]
ROWS: list[list[Cell]] = [
    ["2025-01-10", "500.00", None, "100,500.00", "何老四", "6228480010001234567", "HD1"],
    ["2025-01-20", None, "15.00", "100,485.00", "", "", "F1"],
]
FIGURES = [(date(2025, 1, 10), 50_000), (date(2025, 1, 20), -1_500)]


def csv_of(rows: list[list[Cell]], encoding: str = "gb18030") -> bytes:
    def text(cell: Cell) -> str:
        return "" if cell is None else f'"{cell}"' if "," in str(cell) else str(cell)

    return "\r\n".join(",".join(map(text, row)) for row in rows).encode(encoding)


def page_of(rows: list[list[Cell]], merged: str = "") -> bytes:
    body = "".join("<tr>" + "".join(f"<td>{c or ''}</td>" for c in row) + "</tr>" for row in rows)
    return f'<html><meta charset="gbk"><table>{merged}{body}</table></html>'.encode("gb18030")


def xlsx_of(rows: list[list[Cell]], merge: tuple[str, ...] = (), hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "明细"
    for row in rows:
        sheet.append(row)
    for span in merge:
        sheet.merge_cells(span)
    if hidden:
        other = book.create_sheet(hidden)
        other.append(["内部", "参数"])
        other.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@dataclass(frozen=True)
class Ugly:
    """A file and what is said of it. `taken` is whether its rows come in; `says` a part of each sentence."""

    name: str
    data: Callable[[], bytes]
    taken: bool
    says: tuple[str, ...] = ()


TITLE: list[Cell] = ["白杨村股份经济合作社 账户交易明细"]
TOTAL: list[Cell] = ["合计", "500.00", "15.00", None, None, None, None]
SPOILT: list[list[Cell]] = [[*row[:5], "6.2E+18" if row[5] else "", row[6]] for row in ROWS]
SERIALS: list[list[Cell]] = [[*row[:6], "2.02503E+19"] for row in ROWS]
NO_DAY: list[list[Cell]] = [ROWS[0], [None, *ROWS[1][1:]]]
CHANGED: list[list[Cell]] = [ROWS[0], [*ROWS[1][:3], "100,475.00", *ROWS[1][4:]]]

FILES = {
    "old xls": Ugly("流水.xls", lambda: xls(OldSheet("Sheet1", [HEAD, *ROWS])), True),
    "old xls with numbers, a title merged over the table and a hidden sheet": Ugly(
        "流水.xls",
        lambda: xls(
            OldSheet("参数", [["密钥", 1]], hidden=True),
            OldSheet(
                "APSH",
                [TITLE, HEAD, [20250110, 500.0, None, 100500.0, "何老四", "", "HD1"], [20250120, None, 15, 100485]],
                merged=[(0, 0, 0, 6)],
            ),
        ),
        True,
        ("Only the sheet APSH was read. The file holds others too: 参数 (hidden).",),
    ),
    "a page called xls": Ugly("明细.xls", lambda: page_of([HEAD, *ROWS]), True),
    "a page called xls with a title over all columns": Ugly(
        "明细.xls", lambda: page_of([HEAD, *ROWS], "<tr><td colspan=7>明细</td></tr>"), True
    ),
    "gb18030": Ugly("明细.csv", lambda: csv_of([HEAD, *ROWS]), True),
    "merged title and totals row": Ugly(
        "明细.xlsx",
        lambda: xlsx_of([TITLE, HEAD, *ROWS, TOTAL], ("A1:G1", "C5:D5")),
        True,
        ("Rows that are no movements were left out: 5.",),
    ),
    "a totals row that does not fit": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, *ROWS, ["合计", "900.00", "15.00"]]),
        False,
        ("The total of the file says 900.00, but the rows add up to 500.00.",),
    ),
    "days merged over several rows": Ugly(
        "明细.xlsx",
        lambda: xlsx_of([HEAD, *NO_DAY], ("A2:A3",)),
        False,
        ("The row has an amount but no day. Where cells were merged over several rows, take them apart",),
    ),
    "days merged in a page": Ugly(
        "明细.xls",
        lambda: page_of([HEAD, *ROWS]).replace(b"<td>2025-01-10", b"<td rowspan=2>2025-01-10").replace(b"<td>2025-01-20</td>", b""),
        False,
        ("The row has an amount but no day.",),
    ),
    "amounts as text with units": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, ["2025-01-10", "￥500.00", "", "￥100500.00"], ["2025-01-20", "--", "15.00", "100485.00"]]),
        True,
    ),
    "an amount nobody can read": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, ["2025-01-10", "五百", "", "100500.00"]]),
        False,
        ("“五百” is not an amount. Write it as 1234.50.",),
    ),
    "account numbers as 6.2E+18": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, *SPOILT]),
        True,
        ("Excel has changed the numbers of this column: 6.2E+18. They are left out; everything else is taken.",),
    ),
    "serial numbers as 2.02503E+19": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, *SERIALS]),
        False,
        ("mark the column as text before it is opened",),
    ),
    "a changed figure": Ugly(
        "明细.csv",
        lambda: csv_of([HEAD, *CHANGED]),
        False,
        ("The balance does not follow: 100,500.00 and -15.00 make 100,485.00, but here stands 100,475.00.",),
    ),
}  # fmt: skip


def put(village: Village, name: str, data: bytes) -> Path:
    path = village.folder / name
    path.write_bytes(data)
    return path


def kept(village: Village) -> set[str]:
    with village.book.reading() as connection:
        return set(objects.all_objects(connection))


@pytest.mark.parametrize("which", FILES)
def test_an_ugly_file_is_cleaned_or_refused_with_a_sentence_and_kept_by_its_hash(
    village: Village, which: str
):
    ugly = FILES[which]
    data = ugly.data()
    path = put(village, ugly.name, data)
    before = village.book.head()
    if ugly.taken:
        made = bank.import_statement(village.book, PLACES, path, by=at(DAY))
        texts = [f.text for f in made.findings]
        found = bank_matching.sides(village.book, PLACES)
        assert found is not None
        assert [(line.day, line.amount_fen) for line in found.lines] == FIGURES
        assert kept(village) == {hashlib.sha256(data).hexdigest()}
        again = bank.import_statement(village.book, PLACES, path, by=at(DAY))
        assert (again.new, again.known) == (0, 2)
        assert check_book(village.book)[:1] == () or all(
            f.severity is not Severity.ERROR for f in check_book(village.book)
        )
    else:
        with pytest.raises(Refused) as caught:
            bank.import_statement(village.book, PLACES, path, by=at(DAY))
        texts = [f.text for f in caught.value.findings]
        assert village.book.head() == before
        assert kept(village) == set()
    assert len(texts) == len(ugly.says), texts
    for said, text in zip(ugly.says, texts, strict=True):
        assert said in text


def test_two_overlapping_statements_of_different_kinds_give_each_row_once(village: Village):
    first = put(village, "一月.xls", xls(OldSheet("a", [HEAD, *ROWS])))
    later: list[Cell] = ["2025-02-03", "7.00", None, "100,492.00", "", "", "I9"]
    second = put(village, "二月.csv", csv_of([HEAD, *ROWS, later]))
    bank.import_statement(village.book, PLACES, first, by=at(DAY))
    made = bank.import_statement(village.book, PLACES, second, by=at(DAY))
    assert (made.new, made.known) == (1, 2)
    assert len(kept(village)) == 2


def test_a_changed_row_under_the_same_serial_is_an_alarm_with_both_contents(village: Village):
    bank.import_statement(village.book, PLACES, put(village, "a.csv", csv_of([HEAD, *ROWS])), by=at(DAY))
    other: list[Cell] = ["2025-01-20", None, "16.00", "100,484.00", "", "", "F1"]
    with pytest.raises(Refused) as caught:
        bank.import_statement(
            village.book, PLACES, put(village, "b.csv", csv_of([HEAD, ROWS[0], other])), by=at(DAY)
        )
    (alarm,) = caught.value.findings
    assert alarm.id == "BNK-20"
    assert "taken in before with other contents (2025-01-20 -15.00)" in alarm.text
    assert "row 3" in alarm.where


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7 x", "is not a table"),
        (b"", "holds no rows"),
        (b"PK\x03\x04 half", "is not a workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is not a workbook"),
        (xls(OldSheet("a", [])), "holds no rows"),
        (xls(OldSheet("a", [HEAD, *ROWS], hidden=True)), "holds no rows"),
    ],
)
def test_what_is_no_table_is_one_sentence(village: Village, data: bytes, said: str):
    with pytest.raises(KnownError, match=said):
        bank.import_statement(village.book, PLACES, put(village, "x.xls", data), by=at(DAY))


# ---- the sheet and the columns a person chooses


def look(village: Village, path: Path, told: BankMapping | None = None) -> bank_wizard.BankPreview:
    return bank_wizard.preview(village.book, PLACES, path, DAY, told)


def cover(hidden: bool = False) -> bytes:
    return xls(
        OldSheet("封面", [["白杨村"], ["2025年1月"]]),
        OldSheet("交易明细", [TITLE, HEAD, *ROWS], hidden=hidden),
    )


def test_a_cover_sheet_is_passed_over_and_said(village: Village):
    path = put(village, "a.xls", cover())
    made = bank.import_statement(village.book, PLACES, path, by=at(DAY))
    assert made.new == 2
    assert [f.text for f in made.findings] == [
        "Only the sheet 交易明细 was read. The file holds others too: 封面."
    ]


def test_a_hidden_sheet_is_read_only_when_a_person_says_so_and_then_remembered(village: Village):
    path = put(village, "a.xls", cover(hidden=True))
    with pytest.raises(Refused):
        bank.import_statement(village.book, PLACES, path, by=at(DAY))
    seen = look(village, path)
    assert [(s.name, s.visible) for s in seen.sheets] == [("封面", True), ("交易明细", False)]
    bank.import_statement(village.book, PLACES, path, BankMapping(sheet="交易明细"), by=at(DAY))
    later: list[Cell] = ["2025-02-03", "7.00", None, "100,492.00", "", "", "I9"]
    book = xls(
        OldSheet("封面", [["白杨村"], ["2025年1月"]]), OldSheet("交易明细", [HEAD, *ROWS, later], hidden=True)
    )
    assert bank.import_statement(village.book, PLACES, put(village, "b.xls", book), by=at(DAY)).new == 1


MODES: dict[AmountMode, tuple[list[list[Cell]], dict[str, str], tuple[str, ...]]] = {
    AmountMode.COLUMNS: (
        [["甲", "乙", "丙", "丁"], ["2025-01-10", "500", "", "100500"], ["2025-01-20", "", "15", "100485"]],
        {"date": "A", "in": "B", "out": "C", "balance": "D"},
        (),
    ),
    AmountMode.SIGNED: (
        [["甲", "乙", "丙", "丁"], ["2025-01-10", "500", "x", "100500"], ["2025-01-20", "-15", "x", "100485"]],
        {"date": "A", "amount": "B", "balance": "D"},
        (),
    ),
    AmountMode.DIRECTION: (
        [["甲", "乙", "丙", "丁"], ["2025-01-10", "500", "贷", "100500"], ["2025-01-20", "15", "借", "100485"]],
        {"date": "A", "amount": "B", "direction": "C", "balance": "D"},
        (),
    ),
    AmountMode.WORDS: (
        [["甲", "乙", "丙", "丁"], ["2025-01-10", "500", "农信转来", "100500"], ["2025-01-20", "15", "扣费", "100485"]],
        {"date": "A", "amount": "B", "direction": "C", "balance": "D"},
        ("农信转来",),
    ),
}  # fmt: skip


@pytest.mark.parametrize("mode", list(AmountMode))
def test_each_of_the_four_amount_modes_is_chosen_proven_and_remembered(village: Village, mode: AmountMode):
    rows, letters, words = MODES[mode]
    path = put(village, "a.csv", csv_of(rows))
    with pytest.raises(Refused):
        bank.import_statement(village.book, PLACES, path, by=at(DAY))
    told = told_mapping("", 1, mode, letters, words)
    seen = look(village, path, told)
    assert (seen.mode, seen.header_row, seen.known) == (mode, 1, False)
    assert seen.statement is not None
    assert (
        "2 rows from 2025-01-10 to 2025-01-20: 100,000.00 + 500.00 in - 15.00 out = 100,485.00"
        in seen.verdict()
    )
    bank.import_statement(village.book, PLACES, path, told, by=at(DAY))
    word = words[0] if words else "贷"
    later: list[Cell] = [
        "2025-02-03",
        "7",
        word if mode in (AmountMode.WORDS, AmountMode.DIRECTION) else "",
        "100492",
    ]
    again = put(village, "b.csv", csv_of([rows[0], later]))
    assert look(village, again).known
    assert bank.import_statement(village.book, PLACES, again, by=at(DAY)).new == 1


def test_a_wrong_choice_is_seen_before_anything_is_written(village: Village):
    path = put(village, "a.csv", csv_of([HEAD, *ROWS]))
    wrong = told_mapping("", 1, AmountMode.COLUMNS, {"date": "A", "in": "C", "out": "B", "balance": "D"}, ())
    seen = look(village, path, wrong)
    assert (
        seen.statement is not None
    )  # the bank's words turned round: the balance says so, and it is turned back
    assert [line.amount_fen for line in seen.statement.lines] == [50_000, -1_500]
    no_balance = told_mapping("", 1, AmountMode.COLUMNS, {"date": "A", "in": "B", "out": "C"}, ())
    seen = look(village, path, no_balance)
    assert seen.statement is None
    assert [f.id for f in seen.findings] == ["BNK-01"]
    assert "not taken in" in seen.verdict()
    signed = told_mapping("", 1, AmountMode.SIGNED, {"date": "A", "amount": "B", "balance": "D"}, ())
    assert [f.id for f in look(village, path, signed).findings] == ["BNK-06"]


def test_a_header_far_down_is_chosen_by_its_row_and_found_again_where_it_moves(village: Village):
    notes: list[list[Cell]] = [[f"说明{n}"] for n in range(40)]
    strange: list[Cell] = ["甲", "乙", "丙", "丁"]
    body: list[list[Cell]] = [["2025-01-10", "500", "", "100500"], ["2025-01-20", "", "15", "100485"]]
    path = put(village, "a.csv", csv_of([*notes, strange, *body]))
    letters = {"date": "A", "in": "B", "out": "C", "balance": "D"}
    seen = look(village, path, told_mapping("", 41, AmountMode.COLUMNS, letters, ()))
    assert seen.header_row == 41
    bank.import_statement(
        village.book, PLACES, path, told_mapping("", 41, AmountMode.COLUMNS, letters, ()), by=at(DAY)
    )
    moved = put(village, "b.csv", csv_of([*notes[:20], strange, ["2025-02-03", "7", "", "100492"]]))
    assert bank.import_statement(village.book, PLACES, moved, by=at(DAY)).new == 1


def test_a_saved_reading_is_shown_and_can_be_changed(village: Village):
    path = put(village, "a.csv", csv_of([HEAD, *ROWS]))
    bank.import_statement(village.book, PLACES, path, by=at(DAY))
    later: list[Cell] = ["2025-02-03", "7.00", None, "100,492.00", "何老四", "", "I9"]
    more = put(village, "b.csv", csv_of([HEAD, *ROWS, later]))
    seen = look(village, more)
    assert seen.known
    letters = {role: bank_wizard.letter(at) for role, at in seen.columns.items() if role != "party"}
    bank.import_statement(village.book, PLACES, more, told_mapping("", 1, seen.mode, letters, ()), by=at(DAY))
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    assert [line.party for line in found.lines] == ["何老四", "", ""]
    assert "party" not in look(village, more).columns


def test_the_preview_shows_the_file_as_it_is(village: Village):
    seen = look(village, put(village, "a.csv", csv_of([TITLE, HEAD, *ROWS])))
    table = seen.table()
    assert [c.title for c in table.columns][:4] == ["Row", "A Date", "B Money in", "C Money out"]
    assert (table.rows[0][:2], table.rows[1][:2]) == ((1, TITLE[0]), (2, "交易日期"))
    assert table.strong == {1}
    assert seen.options()[0] == ("A", "A 交易日期")
    assert len(table.rows) == 4
