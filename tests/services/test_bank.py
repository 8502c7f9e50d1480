"""A village and its bank: statements taken in, overlaps, changed rows, matches, the signed sheet, closing, the check."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from tests.builders import START, Village, at, ids_of, make_village, pay, receive
from tests.builders import move as transfer
from villagebook.domain.bank import Tier
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Severity
from villagebook.domain.money import format_fen
from villagebook.domain.period import Span
from villagebook.domain.place import LineMode
from villagebook.services import reports
from villagebook.services.banking import bank, bank_matching, bank_sheet, bank_view, counting
from villagebook.services.period_end import checking, closing
from villagebook.storage import objects

PLACES = ("IN", "EX")
END = START.last_day
NEXT = date(2025, 2, 20)
OPENING = 10_000_000

Row = tuple[str, int, str, str, str]

JANUARY: list[Row] = [
    ("2025-01-10", 50_000, "何老四", "承包费", "HD50000"),
    ("2025-01-12", 30_000, "何老四", "承包费", ""),
    ("2025-01-20", -1_500, "", "账户管理费", "F1"),
]


def statement(
    folder: Path, rows: list[Row], opening: int = OPENING, name: str = "bank.csv", header: str = ""
) -> Path:
    lines = [header or "日期,收入,支出,余额,对方户名,摘要,流水号"]
    for day, fen, party, summary, serial in rows:
        opening += fen
        sides = [format_fen(fen), ""] if fen > 0 else ["", format_fen(-fen)]
        lines.append(",".join([day, *sides, format_fen(opening), party, summary, serial]))
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="gb18030")
    return path


def take(village: Village, rows: list[Row], opening: int = OPENING, **more: str) -> bank.TakenIn:
    path = statement(village.folder, rows, opening, **more)
    return bank.import_statement(village.book, PLACES, path, by=at(NEXT))


def refusal(village: Village, rows: list[Row], opening: int = OPENING) -> list[str]:
    with pytest.raises(Refused) as caught:
        take(village, rows, opening)
    return [f.id for f in caught.value.findings]


def match(village: Village) -> tuple[int, int]:
    done, left = bank_matching.match(village.book, PLACES, at(NEXT))
    return done, len(left)


def sound(village: Village) -> list[str]:
    return [i for i in ids_of(checking.check_book(village.book)) if i.startswith("CHK")]


# ---- taking in ----


def test_a_statement_is_taken_in_once_with_its_file(village: Village):
    made = take(village, JANUARY)
    assert (made.new, made.known, made.closing_fen) == (3, 0, OPENING + 78_500)
    with village.book.reading() as connection:
        (data,) = objects.all_objects(connection).values()
    assert data == (village.folder / "bank.csv").read_bytes()
    again = take(village, JANUARY)
    assert (again.new, again.known, ids_of(again.findings)) == (0, 3, ["BNK-25"])
    assert sound(village) == []


def test_nothing_is_written_in_a_dry_run(village: Village):
    path = statement(village.folder, JANUARY)
    made = bank.import_statement(village.book, PLACES, path, by=at(NEXT), dry_run=True)
    assert made.new == 3
    assert bank_matching.sides(village.book, PLACES) is None


def test_overlapping_statements_give_each_row_once_whatever_their_columns(village: Village):
    take(village, JANUARY[:2])
    later = [*JANUARY[1:], ("2025-02-03", 700, "", "利息", "I9")]
    made = take(village, later, OPENING + 50_000)
    assert (made.new, made.known) == (2, 1)
    path = village.folder / "other.csv"
    path.write_text("记账日期,交易金额,余额\n20250110,500,100500\n20250112,300,100800\n", encoding="utf-8")
    made = bank.import_statement(village.book, PLACES, path, by=at(NEXT))
    assert (made.new, made.known) == (0, 2)
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    assert [line.amount_fen for line in found.lines] == [50_000, 30_000, -1_500, 700]


def test_an_older_statement_may_come_later_when_it_hangs_together(village: Village):
    take(village, JANUARY[1:], OPENING + 50_000)
    assert take(village, JANUARY[:1]).new == 1
    assert refusal(village, [("2025-01-02", 5, "", "", "")], 17) == ["BNK-24"]


def test_a_changed_row_is_an_alarm(village: Village):
    take(village, JANUARY)
    changed = [JANUARY[0], ("2025-01-12", 29_000, "何老四", "承包费", "X2"), JANUARY[2]]
    assert "BNK-21" in refusal(village, changed)
    serial = [JANUARY[0], JANUARY[1], ("2025-01-20", -1_600, "", "账户管理费", "F1")]
    assert refusal(village, serial) == ["BNK-20"]
    renamed = [JANUARY[0], ("2025-01-12", 30_000, "张三", "承包费", ""), JANUARY[2]]
    assert refusal(village, renamed) == ["BNK-20"]


def test_a_row_slipped_in_between_is_an_alarm(village: Village):
    take(village, JANUARY)
    slipped = [JANUARY[0], ("2025-01-15", 1, "", "", ""), ("2025-01-15", -1, "", "", ""), *JANUARY[1:]]
    slipped.sort()
    assert "BNK-22" in refusal(village, slipped)


def test_a_gap_between_statements_is_refused(village: Village):
    take(village, JANUARY)
    assert refusal(village, [("2025-02-10", 5, "", "", "")], OPENING) == ["BNK-23"]


def test_rows_before_the_book_are_left_out(village: Village):
    rows = [("2024-12-30", 1_000, "", "", ""), *JANUARY]
    made = take(village, rows, OPENING - 1_000)
    assert (made.new, ids_of(made.findings)) == (3, ["BNK-27"])
    sheet = bank_sheet.compile_sheet(village.book, PLACES, date(2025, 1, 9))
    assert sheet.content.bank_fen == OPENING


def test_a_mapping_told_once_is_known_the_next_month(village: Village):
    from villagebook.exchange.bank_headers import BankMapping

    header = "甲,乙,丙,丁,戊,己,庚"
    path = statement(village.folder, JANUARY[:2], header=header)
    with pytest.raises(Refused):
        bank.import_statement(village.book, PLACES, path, by=at(NEXT))
    told = BankMapping({"date": "甲", "in": "乙", "out": "丙", "balance": "丁", "party": "E"})
    bank.import_statement(village.book, PLACES, path, told, by=at(NEXT))
    assert take(village, JANUARY[2:], OPENING + 80_000, header=header).new == 1


def test_a_month_of_one_row_is_read_in_the_sense_that_was_proven_before(village: Village):
    header = "日期,借方金额,贷方金额,余额,对方户名,摘要,流水号"  # here the bank's 借 is our money in
    take(village, JANUARY, header=header)
    made = take(village, [("2025-02-03", 700, "", "利息", "I9")], OPENING + 78_500, header=header)
    assert (made.new, made.closing_fen) == (1, OPENING + 79_200)


def test_the_check_misses_a_file_that_was_taken_away(village: Village):
    take(village, JANUARY)
    village.book.close()
    with contextlib.closing(sqlite3.connect(village.book.path)) as raw, raw:
        raw.execute("DROP TRIGGER tr_object_no_delete")
        raw.execute("DELETE FROM object")
    assert "CHK-09" in ids_of(checking.check_path(village.book.path))


def test_the_account_is_named_only_when_there_are_several(tmp_path: Path):
    village = make_village(tmp_path, mode=LineMode.TWO_ACCOUNTS)
    accounts = [codes for codes, _title in counting.bank_accounts(village.book)]
    if len(accounts) > 1:
        with pytest.raises(KnownError):
            bank.account_of(village.book)
    assert "EX" in bank.account_of(village.book, "EX")
    with pytest.raises(KnownError):
        bank.account_of(village.book, "nowhere")
    village.book.close()


# ---- matching ----


def test_what_is_sure_is_matched_and_the_rest_is_shown_with_its_reason(village: Village):
    receive(village, 50_000, date(2025, 1, 10))
    receive(village, 30_000, date(2025, 1, 11))
    take(village, JANUARY)
    assert match(village) == (2, 0)
    view = bank_view.look(village.book, PLACES, END)
    assert view is not None
    assert [(r.mark, len(r.vouchers)) for r in view.rows] == [("✓", 1), ("✓", 1), ("!", 0)]
    assert all(r.why for r in view.rows)
    assert len(view.bank_table().rows) == 3
    assert view.book_table().rows == ()
    assert match(village) == (0, 0)


def test_money_that_stays_in_the_account_needs_no_row(village: Village):
    transfer(village, "IN", "EX", 500_000, date(2025, 1, 10))
    take(village, JANUARY)
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    assert found.moves == ()


def test_joining_by_hand_never_swallows_a_fen_and_undoing_leaves_a_trace(village: Village):
    receive(village, 20_000, date(2025, 1, 8))
    receive(village, 30_000, date(2025, 1, 18))
    take(village, JANUARY)
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    row, vouchers = found.lines[0].key, [m.id for m in found.moves]
    accept = bank_matching.accept
    for keys, ids in (([row], vouchers[:1]), ([], []), ([row], []), ([row, "?"], vouchers)):
        with pytest.raises(Refused):
            accept(village.book, PLACES, keys, ids, at(NEXT))
    made = accept(village.book, PLACES, [row], vouchers, at(NEXT))
    with pytest.raises(Refused):
        accept(village.book, PLACES, [row], vouchers, at(NEXT))
    bank_matching.undo(village.book, PLACES, made, at(NEXT))
    with pytest.raises(Refused):
        bank_matching.undo(village.book, PLACES, made, at(NEXT))
    assert accept(village.book, PLACES, [row], vouchers, at(NEXT)) != made
    assert sound(village) == []


# ---- the sheet ----


def lived(village: Village) -> None:
    receive(village, 50_000, date(2025, 1, 10))
    receive(village, 30_000, date(2025, 1, 11))
    receive(village, 12_345, date(2025, 1, 28))
    take(village, JANUARY)
    match(village)


def test_the_sheet_brings_both_balances_to_one_figure_and_is_signed(village: Village):
    lived(village)
    content = bank_sheet.compile_sheet(village.book, PLACES, END).content
    assert content.adjusted_bank_fen == content.adjusted_book_fen == OPENING + 90_845
    assert [(i.side, i.amount_fen, i.age(END)) for i in content.items] == [
        ("bank", -1_500, 11),
        ("book", 12_345, 3),
    ]
    bank_sheet.reconcile(village.book, PLACES, END, village.ids["accountant"], at(NEXT))
    sheet = bank_sheet.compile_sheet(village.book, PLACES, END)
    assert (sheet.prepared_by, sheet.checked_by) == ("孙丽", "周敏")
    table = bank_sheet.sheet_table(sheet)
    assert [row[1] for row in table.rows][-2:] == [OPENING + 90_845, None]
    receive(village, 1, date(2025, 1, 30))
    assert bank_sheet.compile_sheet(village.book, PLACES, END).checked_by == ""
    assert sound(village) == []


def test_the_cashier_does_not_check_the_sheet(village: Village):
    lived(village)
    for person in (village.ids["cashier"], "", "nobody"):
        with pytest.raises(Refused) as caught:
            bank_sheet.reconcile(village.book, PLACES, END, person, at(NEXT))
        assert ids_of(caught.value.findings) == ["E2L-29"]


def test_a_difference_is_not_signed_but_may_be_explained_by_hand(village: Village):
    take(village, JANUARY, OPENING + 900)
    accountant = village.ids["accountant"]
    with pytest.raises(Refused):
        bank_sheet.reconcile(village.book, PLACES, END, accountant, at(NEXT))
    typed = [("12月支票未兑付", -900)]
    assert not bank_sheet.reconcile(village.book, PLACES, END, accountant, at(NEXT), typed).unexplained_fen
    sheet = bank_sheet.compile_sheet(village.book, PLACES, END)
    assert sheet.checked_by
    assert "12月支票未兑付" in str(bank_sheet.sheet_table(sheet).rows)


def close_findings(village: Village) -> list[str]:
    return [f.id for f in closing.review(village.book, START, NEXT) if f.id == "E2L-29"]


def test_a_month_closes_with_a_signed_sheet_or_with_a_typed_balance(village: Village):
    lived(village)
    assert len(close_findings(village)) == 1
    bank_sheet.reconcile(village.book, PLACES, END, village.ids["accountant"], at(NEXT))
    assert close_findings(village) == []
    receive(village, 700, date(2025, 1, 30))
    assert len(close_findings(village)) == 1
    typed = counting.BankStatement(PLACES, END, OPENING + 93_045, (), village.ids["accountant"])
    assert counting.record_statement(village.book, typed, at(NEXT)) == 0
    assert close_findings(village) == []


def test_matches_of_a_closed_month_stay(village: Village):
    lived(village)
    found = bank_matching.sides(village.book, PLACES)
    assert found is not None
    bank_sheet.reconcile(village.book, PLACES, END, village.ids["accountant"], at(NEXT))
    closing.close(village.book, START, at(NEXT))
    with pytest.raises(Refused) as caught:
        bank_matching.undo(village.book, PLACES, found.matches[0].id, at(NEXT))
    assert ids_of(caught.value.findings) == ["BNK-32"]


def test_the_next_month_carries_what_was_open_until_it_comes(village: Village):
    lived(village)
    february: list[Row] = [("2025-02-01", 12_345, "何老四", "承包费", "HD12345")]
    take(village, february, OPENING + 78_500)
    assert match(village) == (1, 0)
    january = bank_sheet.compile_sheet(village.book, PLACES, END).content
    assert [i.side for i in january.items] == ["bank", "book"]
    assert january.unexplained_fen == 0
    after = bank_sheet.compile_sheet(village.book, PLACES, date(2025, 2, 10)).content
    assert [(i.side, i.age(after.day)) for i in after.items] == [("bank", 21)]
    assert after.unexplained_fen == 0


def test_the_report_is_a_form_for_people_and_a_list_for_programs(village: Village):
    with pytest.raises(KnownError):
        reports.make(village.book, "reconciliation", Span.of(START))
    lived(village)
    table = reports.make(village.book, "reconciliation", Span.of(START), reports.Choice(machine=True)).table
    assert [c.key for c in table.columns] == ["what", "date", "id", "text", "amount", "age_days"]
    assert [row[0] for row in table.rows] == [
        "book-balance",
        "bank-balance",
        "bank-open",
        "book-open",
        "adjusted-book",
        "adjusted-bank",
    ]
    assert len(reports.make(village.book, "reconciliation", Span.of(START)).table.columns) == 4


# ---- the check (T9) ----


def test_the_check_names_rows_without_voucher_and_vouchers_without_row(village: Village):
    lived(village)
    take(village, [("2025-02-15", 5, "", "利息", "")], OPENING + 78_500)
    found = {f.id: f.severity for f in checking.check_book(village.book) if f.id.startswith("REC")}
    assert found == {"REC-01": Severity.HINT, "REC-02": Severity.HINT}


def test_vouchers_outside_the_statements_are_not_asked_for(village: Village):
    receive(village, 12_345, date(2025, 1, 28))
    receive(village, 50_000, date(2025, 1, 10))
    take(village, JANUARY[:1])
    match(village)
    assert [f.id for f in checking.check_book(village.book) if f.id.startswith("REC")] == []


def test_a_cheque_with_two_amounts_is_found(village: Village):
    transfer(village, "IN", "EX", 500_000, date(2025, 1, 5))
    pay(village, 50_000, date(2025, 1, 12), support_no="CK220011")
    take(village, [("2025-01-13", -80_000, "县农机公司", "支票", "CK220011")])
    assert match(village) == (0, 1)
    found = [f for f in checking.check_book(village.book) if f.id == "REC-04"]
    assert len(found) == 1
    assert "800.00" in found[0].text
    view = bank_view.look(village.book, PLACES, END)
    assert view is not None
    assert view.rows[0].proposal is not None
    assert view.rows[0].proposal.tier is Tier.DIFFERENCE
    assert view.rows[0].mark == "!"
