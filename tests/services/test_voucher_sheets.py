"""Faces of vouchers: names from the log, what a voucher is to others, covers of volumes."""

from __future__ import annotations

from datetime import date

from tests.builders import Village, at, marks, move, pay, payment, photo, receipt, receive, submit
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import Origin
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.services.approvals import signing
from villagebook.services.vouchers import imports, reversing, voucher_sheets

D10, D12 = date(2025, 1, 10), date(2025, 1, 12)


def sheet(village: Village, voucher_id: str) -> VoucherSheet:
    found = voucher_sheets.sheet(village.book, voucher_id)
    assert found is not None
    return found


def names(village: Village, voucher_id: str) -> dict[str, str]:
    return dict(sheet(village, voucher_id).footer)


def test_the_footer_names_those_who_signed_in_the_log(village: Village) -> None:
    move(village, "IN", "EX", 100_000)
    paid = pay(village, 40_000)
    assert names(village, paid.id) == {
        "Head": "李秀英",
        "Booked": "周敏",
        "Checked": "张海涛、赵玉兰",
        "Cashier": "",
        "Made out": "孙丽",
    }


def test_a_cashier_who_signs_stands_as_the_cashier(village: Village) -> None:
    move(village, "IN", "EX", 100_000)
    made = payment(village, 40_000)
    submit(village, made)
    found = marks(village, made.id, D10, C="cashier")
    signing.sign_ink(village.book, made.id, found, photo(village), at(D10, 15))
    assert names(village, made.id)["Cashier"] == "吴强"


def test_nobody_is_named_who_did_nothing(village: Village) -> None:
    old = receive(village, 9_000)
    assert names(village, old.id) == {
        "Head": "", "Booked": "孙丽", "Checked": "", "Cashier": "", "Made out": "孙丽",
    }  # fmt: skip
    file = village.folder / "old.csv"
    file.write_text(
        "date,kind,number,summary,party,amount,place,account\n2025-01-03,receipt,7,旧账租金,张三,70,IN,501\n",
        encoding="utf-8",
    )
    imports.import_file(village.book, file, by=at(D12))
    taken = voucher_sheets.sheets_of(village.book, Span.of(Period(2025, 1)))
    imported = next(s for s in taken if s.voucher.origin is Origin.IMPORT)
    assert {name for _caption, name in imported.footer} == {""}


def test_relations_lead_both_ways(village: Village) -> None:
    wrong = receive(village, 90_000, D10)
    red = reversing.reverse(village.book, wrong.id, "金额写错了", D12, at(D12))
    right = receipt(village, 9_000, D12, corrects=wrong.id)
    submit(village, right)
    assert [i for _words, i in sheet(village, wrong.id).relations] == [red.voucher_id, right.id]
    assert [i for _words, i in sheet(village, red.voucher_id).relations] == [wrong.id]
    assert [i for _words, i in sheet(village, right.id).relations] == [wrong.id]
    assert "金额写错了" in sheet(village, red.voucher_id).summary(1)
    assert sheet(village, red.voucher_id).summary(2) == "鱼塘承包费"


def test_a_month_is_ordered_as_it_is_bound_and_has_a_cover_for_each_word(village: Village) -> None:
    move(village, "IN", "EX", 100_000, D10)
    receive(village, 9_000, D12)
    receive(village, 8_000, D10)
    pay(village, 40_000, D12)
    made = voucher_sheets.sheets_of(village.book, Span.of(Period(2025, 1)))
    assert [s.voucher.label for s in made] == ["付-0001", "收-0001", "收-0002", "转-0001"]
    covers = voucher_sheets.covers(made)
    assert [(c.word, c.first_number, c.last_number, c.count, c.paper_count) for c in covers] == [
        ("付", 1, 1, 1, 1),
        ("收", 1, 2, 2, 2),
        ("转", 1, 1, 1, 1),
    ]
    assert (covers[1].first_on, covers[1].last_on) == (D10, D12)
    assert voucher_sheets.sheets_of(village.book, Span.of(Period(2025, 1)), "记") == ()
    assert voucher_sheets.covers(()) == ()


def test_a_thick_month_is_bound_in_several_volumes(village: Village) -> None:
    receive(village, 9_000)
    one = voucher_sheets.sheets_of(village.book, Span.of(Period(2025, 1)))
    covers = voucher_sheets.covers(one * (voucher_sheets.SHEETS_PER_VOLUME + 1))
    assert [(c.volume, c.volumes, c.count) for c in covers] == [(1, 2, 200), (2, 2, 1)]


def test_a_character_our_fonts_lack_is_a_finding(village: Village) -> None:
    made = receive(village, 9_000, summary="收\U000301ff款")
    found = voucher_sheets.print_findings((sheet(village, made.id),))
    assert [f.id for f in found] == ["VCH-20"]
    assert voucher_sheets.print_findings((sheet(village, receive(village, 100).id),)) == ()
