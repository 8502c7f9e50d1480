"""The slip to sign: who, what for, how much, and a code that binds the paper to the content."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from tests.reports.reading import page_codes, page_sizes_mm, page_texts
from tests.reports.samples import SLOTS, make_document, make_items, make_slip, make_transfer_slip
from villagebook.domain.document import Support
from villagebook.domain.slip import read_slip_code
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.reports.slip_pdf import render_slips


def test_a_slip_says_who_what_for_how_much_from_where_and_by_which_paper() -> None:
    slip = make_slip()
    (text,) = page_texts(render_slips([slip]))
    for words in (
        "Payment approval slip", slip.village, "青石镇农资供应站", "购防汛物资", "2025-06-12", "支出户(青石农商银行)",
        "壹仟壹佰捌拾陆元整", "¥1,186.00", "invoice", "25372000000012345678", "3 sheets attached", "周志强", "村务联席会议2025-6号",
        "Debit 541005 管理费用——防汛物资 425.00", "Credit 102 银行存款 1,186.00", "500 条", "Page 1 of 1",
    ):  # fmt: skip
        assert words in text


def test_every_slot_has_as_many_fields_as_signatures_are_wanted_in_order() -> None:
    (text,) = page_texts(render_slips([make_slip()]))
    places = [text.index(f"{no}. {slot.title}") for no, slot in enumerate(SLOTS, 1)]
    assert places == sorted(places)
    assert text.count("4. 村务监督委员会") == 2
    assert text.count("马淑芬, 赵德厚, 钱满仓") == 2


@pytest.mark.parametrize(("two_up", "size"), [(False, (210, 148)), (True, (210, 297))])
def test_the_code_is_read_back_from_the_printed_slip(two_up: bool, size: tuple[int, int]) -> None:
    slips = [make_slip(), make_transfer_slip()]
    data = render_slips(slips, two_up=two_up)
    assert page_sizes_mm(data) == {size}
    found = [code for page, _text in enumerate(page_texts(data)) for code in page_codes(data, page)]
    assert sorted(found) == sorted(slip.code for slip in slips)
    assert read_slip_code(slips[0].code) == (slips[0].document.id, slips[0].content_hash[:40])


def test_two_slips_share_a_sheet_and_a_third_begins_the_next() -> None:
    slip = make_slip()
    assert len(page_texts(render_slips([slip] * 2, two_up=True))) == 1
    assert len(page_texts(render_slips([slip] * 3, two_up=True))) == 2
    assert len(page_texts(render_slips([slip] * 3))) == 3


def test_many_items_go_on_over_the_page_and_each_page_carries_the_code() -> None:
    slip = make_slip(make_document(items=make_items(26)))
    data = render_slips([slip])
    pages = page_texts(data)
    assert len(pages) >= 3
    for number, text in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in text
        assert page_codes(data, number - 1) == [slip.code]
    whole = "".join(pages)
    for item in slip.document.items:
        assert item.summary in whole
    assert all("continued" in text for text in pages[1:])
    assert all(f"{no}. {slot.title}" in pages[-1] for no, slot in enumerate(SLOTS, 1))


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (DocKind.RECEIPT, "Receipt slip"),
        (DocKind.TRANSFER, "Transfer slip"),
        (DocKind.ADJUSTMENT, "Adjustment slip"),
    ],
)
def test_each_door_has_its_own_title(kind: DocKind, title: str) -> None:
    lines = (VoucherLine("541001", 61_234, 0, "计提折旧"), VoucherLine("152", 0, 61_234, "计提折旧"))
    document = make_document(
        kind=kind, items=make_items(1) if kind is DocKind.RECEIPT else (), amount_fen=61_234,
        lines=lines if kind is DocKind.ADJUSTMENT else (), support=Support.INTERNAL, event_on=date(2025, 6, 1),
    )  # fmt: skip
    (text,) = page_texts(render_slips([make_slip(document)]))
    assert title in text
    assert ("612.34" in text) is (kind is not DocKind.RECEIPT)


def test_long_names_and_purposes_are_wrapped_and_never_cut() -> None:
    purpose = "购买三伏天防汛抗旱应急物资并支付搬运装卸人工费用" * 4
    slip = make_slip(
        make_document(summary=purpose, party="山东省青石镇清水湾村农业生产资料综合服务有限责任公司第一门市部")
    )
    text = "".join(page_texts(render_slips([slip])))
    assert purpose in text
    assert slip.document.party in text


def test_the_same_slips_give_the_same_bytes() -> None:
    assert render_slips([make_slip()], two_up=True) == render_slips([make_slip()], two_up=True)


def test_another_amount_gives_another_code() -> None:
    changed = make_document(items=(replace(make_items(1)[0], amount_fen=1),))
    assert make_slip(changed).code != make_slip().code
