"""Assets through their life: taken over or bought, worn month by month, counted, sold once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from tests.builders import (
    ALL_PAPERS,
    START,
    Village,
    at,
    close_month,
    ids_of,
    make_village,
    move,
    pay,
    sign_everything,
)
from tests.refusing import refused
from villagebook.domain.asset import Asset, Counted, Disposal, Family, Gone, Method, Origin, Purpose
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import SheetForm
from villagebook.domain.voucher import DocKind
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.disclosure import sheets
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import asset_drafts, assets, carrying, depreciation
from villagebook.services.vouchers import documents, reversing

JAN, FEB, MARCH = START, Period(2025, 2), Period(2025, 3)
D10, END = date(2025, 1, 10), date(2025, 1, 31)
PUMP = Asset(
    "G-0001", "灌溉水泵", D10, 1_200_000, residual_bp=500, life_months=60, purpose=Purpose.PRODUCTION
)


def balance(village: Village, account: str) -> int:
    with village.book.reading() as connection:
        from villagebook.storage import ledger

        found = ledger.balances(connection, Span(START, Period(2030, 12)))
    return sum(b.closing_fen for b in found if b.account.startswith(account))


def book_pump(village: Village, asset: Asset = PUMP) -> None:
    """The card first, then the payment drafted from it, signed by everybody."""
    assets.register(village.book, asset, at(D10))
    (draft,) = asset_drafts.addition(village.book, asset.code, at(D10))
    move(village, "IN", "EX", 2_000_000, D10)
    ready = replace(
        draft, party="县农机公司", place="EX", support_no="25312000000123", paper_count=1,
        handler=village.ids["handler"], enclosed=ALL_PAPERS,
    )  # fmt: skip
    documents.submit(village.book, ready, at(D10))
    assert sign_everything(village, ready.id, D10).label


def run(village: Village, month: Period) -> int:
    made = depreciation.run(village.book, month, at(month.last_day))
    return made.total_fen if made else 0


def state(village: Village, code: str = "G-0001") -> Any:
    return next(s for s in assets.states(village.book, date(2029, 12, 31)) if s.asset.code == code)


def sell(village: Village, day: date, **changes: Any) -> None:
    gone = Disposal("G-0001", day, Gone.SOLD, "更换新泵出售旧泵", "代表会2025-8", 900_000, "何老四")
    assets.dispose(village.book, replace(gone, **changes), at(day))


def test_what_is_bought_stands_on_its_card_and_in_the_ledger(village: Village):
    book_pump(village)
    assert state(village).is_booked
    assert balance(village, "151") == 1_200_000
    found = ids_of(closing.review(village.book, JAN, END))
    assert not [i for i in found if i.startswith("AST")]
    assert check_book(village.book) == ()


def test_wear_begins_in_the_month_after_and_is_charged_once(village: Village):
    book_pump(village)
    assert run(village, JAN) == 0
    assert run(village, FEB) == 19_000
    assert run(village, FEB) == 0
    assert (balance(village, "152"), balance(village, "511")) == (-19_000, 19_000)
    assert check_book(village.book) == ()


def test_a_month_without_its_depreciation_is_named_at_the_close(village: Village):
    book_pump(village)
    close_month(village, JAN)
    assert "AST-10" in ids_of(closing.review(village.book, FEB, FEB.last_day))
    run(village, FEB)
    assert "AST-10" not in ids_of(closing.review(village.book, FEB, FEB.last_day))


def test_months_are_charged_in_order_and_never_when_closed_or_not_begun(village: Village):
    book_pump(village)
    assert refused(lambda: run(village, MARCH)) == ["AST-15"]
    close_month(village, JAN)
    run(village, FEB)
    assert run(village, MARCH) == 19_000
    assert refused(lambda: depreciation.run(village.book, Period(2025, 5), at(MARCH.last_day))) == [
        "AST-14",
        "AST-15",
    ]
    close_month(village, FEB)
    late = replace(PUMP, code="G-0002", taken_over=True)
    assets.register(village.book, late, at(MARCH.last_day))
    assert refused(lambda: depreciation.run(village.book, FEB, at(MARCH.last_day))) == ["AST-14"]


def test_what_was_taken_back_can_be_run_again(village: Village):
    book_pump(village)
    run(village, FEB)
    assert refused(lambda: depreciation.take_back(village.book, FEB, "", at(FEB.last_day))) == ["VCH-07"]
    depreciation.take_back(village.book, FEB, "年限录错", at(FEB.last_day))
    assert balance(village, "152") == 0
    assert state(village).lost_fen == 0
    assert run(village, FEB) == 19_000


def test_depreciation_after_the_results_were_carried_is_refused(village: Village, tmp_path: Path):
    folder = tmp_path / "monthly"
    folder.mkdir()
    monthly = make_village(folder, policy={"carry_monthly": True})
    book_pump(monthly)
    run(monthly, FEB)
    carrying.carry(monthly.book, FEB, at(FEB.last_day))
    assets.register(
        monthly.book,
        replace(PUMP, code="G-0002", taken_over=True, acquired_on=date(2024, 5, 1)),
        at(FEB.last_day),
    )
    assert "AST-16" in refused(lambda: run(monthly, FEB))
    monthly.book.close()


def test_a_changed_life_counts_from_then_on_and_is_recorded_with_before_and_after(village: Village):
    book_pump(village)
    run(village, FEB)
    assert refused(
        lambda: assets.change(
            village.book, replace(PUMP, life_months=31), MARCH.first_day, "", at(MARCH.first_day)
        )
    ) == ["AST-18"]
    after = replace(PUMP, life_months=31, keeper=village.ids["clerk"])
    assets.change(village.book, after, MARCH.first_day, "磨损快于预计", at(MARCH.first_day))
    view = assets.card(village.book, "G-0001", MARCH.last_day)
    assert view is not None
    (change,) = view.changes
    assert change.changes == {"keeper": [None, village.ids["clerk"]], "life_months": [60, 31]}
    assert (change.actor, change.reason) == ("孙丽", "磨损快于预计")
    assert run(village, MARCH) == (1_140_000 - 19_000 + 15) // 30
    assert assets.change(village.book, after, MARCH.last_day, "同上无变化", at(MARCH.last_day)) == ()


def test_the_notice_of_a_sale_says_what_it_was_still_worth_and_nothing_of_other_wear(village: Village):
    book_pump(village)
    run(village, FEB)
    day = date(2025, 3, 5)
    depreciation.run(village.book, MARCH, at(day))
    sell(village, day)
    sheet = sheets.compile_sheet(
        village.book, SheetForm.MATTER, Span.of(MARCH), "asset:G-0001", date(2025, 3, 31)
    )
    told = {row[0]: row[1] for row in sheet.parts[0].rows}
    assert (told["Worn off until then"], told["Still worth in the books"]) == (
        "380.00 yuan",
        "11,620.00 yuan",
    )
    assert not [r for p in sheet.parts[1:] for r in p.rows if "epreciation" in str(r) or "折旧" in str(r)]


def test_an_asset_is_sold_once_and_leaves_the_books_with_its_gain_or_loss(village: Village):
    book_pump(village)
    run(village, FEB)
    day = date(2025, 3, 5)
    assert refused(lambda: sell(village, day)) == ["AST-07"]
    depreciation.run(village.book, MARCH, at(day))
    assert refused(lambda: sell(village, day, resolution="")) == ["AST-06"]
    sell(village, day)
    assert refused(lambda: sell(village, day)) == ["AST-05"]
    assert refused(
        lambda: assets.change(village.book, replace(PUMP, name="旧泵"), day, "改名改名", at(day))
    ) == ["AST-05"]
    assert "AST-13" in ids_of(closing.review(village.book, MARCH, MARCH.last_day))
    drafts = asset_drafts.clearing(village.book, "G-0001", at(day))
    assert [d.id for d in asset_drafts.clearing(village.book, "G-0001", at(day))] == [d.id for d in drafts]
    assert [d.kind for d in drafts] == [DocKind.ADJUSTMENT, DocKind.RECEIPT, DocKind.ADJUSTMENT]
    for draft in drafts:
        ready = (
            replace(draft, place="RC", handler=village.ids["clerk"], paper_count=1) if draft.party else draft
        )
        assert documents.submit(village.book, ready, at(day)).label
    assert balance(village, "151") == balance(village, "152") == balance(village, "154") == 0
    assert balance(village, "515") == 1_200_000 - 38_000 - 900_000
    assert state(village).is_cleared
    assert refused(lambda: asset_drafts.clearing(village.book, "G-0001", at(day))) == ["AST-13"]
    again = replace(drafts[0], id="ab" * 16)
    assert "AST-08" in refused(lambda: documents.submit(village.book, again, at(day)))
    assert run(village, MARCH) == 0
    assert refused(lambda: depreciation.take_back(village.book, MARCH, "想重新计提", at(day))) == ["VCH-07"]
    (posted,) = depreciation.preview(village.book, MARCH, at(day)).done
    assert refused(lambda: reversing.reverse(village.book, posted.id, "想重新计提", day, at(day))) == [
        "VCH-07"
    ]
    assert not [i for i in ids_of(closing.review(village.book, MARCH, MARCH.last_day)) if i.startswith("AST")]
    assert check_book(village.book) == ()


def test_an_asset_that_a_count_misses_goes_through_181(village: Village):
    book_pump(village)
    desk = replace(
        PUMP, code="G-0002", name="办公桌", taken_over=True, origin=Origin.DONATED, reason="名义金额入账"
    )
    assets.register(village.book, desk, at(END))

    def count(**changes: Any) -> None:
        made = Counted(END, village.ids["clerk"], village.ids["head"], ("G-0002",), ("G-0001",), "")
        assets.record_count(village.book, replace(made, **changes), at(END))

    assert refused(lambda: count(missing=())) == ["AST-17"]
    assert refused(lambda: count(witness=village.ids["clerk"])) == ["AST-17"]
    count()
    view = assets.card(village.book, "G-0001", END)
    assert view is not None
    assert (view.missing_on, view.last_found) == (END, None)
    sell(village, END, how=Gone.LOST, proceeds_fen=0, party="", reason="盘点未见下落不明")
    clear, loss = asset_drafts.clearing(village.book, "G-0001", at(END))
    documents.submit(village.book, clear, at(END))
    assert balance(village, "181") == 1_200_000
    documents.submit(village.book, loss, at(END))
    assert (balance(village, "181"), balance(village, "515")) == (0, 1_200_000)


def test_breeding_stock_and_intangibles_wear_on_their_own_accounts(village: Village):
    sow = Asset(
        "S-0001", "母牛十头", date(2024, 6, 1), 5_000_000, Family.PRODUCTIVE, residual_bp=500, life_months=60,
        purpose=Purpose.PRODUCTION, accumulated_fen=475_000, taken_over=True,
    )  # fmt: skip
    mark = Asset(
        "W-0001", "茶叶商标", date(2025, 1, 20), 120_000, Family.INTANGIBLE, life_months=120, taken_over=True
    )
    forest = Asset(
        "S-0002", "防护林", date(2020, 1, 1), 800_000, Family.WELFARE, method=Method.NONE, taken_over=True
    )
    assets.register_all(village.book, (sow, mark, forest), at(END))
    seen = depreciation.preview(village.book, JAN, at(END))
    assert [(c.state.asset.code, c.fen) for c in seen.charges] == [("S-0001", 79_167), ("W-0001", 1_000)]
    run(village, JAN)
    assert (balance(village, "133"), balance(village, "162")) == (-79_167, -1_000)
    assert (balance(village, "511"), balance(village, "513")) == (79_167, 1_000)


def test_cards_are_refused_for_everything_at_once(village: Village):
    wrong = replace(PUMP, name="", original_fen=0, residual_bp=20_000, account="102", expense="101")
    assert refused(lambda: assets.register(village.book, wrong, at(END))) == ["AST-01", "AST-03", "AST-04"]
    assets.register(village.book, PUMP, at(END))
    assert refused(lambda: assets.register(village.book, PUMP, at(END))) == ["AST-02"]


def test_a_card_nobody_booked_is_named_at_the_close(village: Village):
    assets.register(village.book, PUMP, at(END))
    assert {"AST-11", "AST-13"} <= set(ids_of(closing.review(village.book, JAN, END)))


def test_a_ledger_that_holds_assets_and_an_empty_register_do_not_agree(tmp_path: Path):
    opening = tmp_path / "opening.csv"
    opening.write_text(
        "科目,资金,往来,借方,贷方\n151,,,1200,\n152,,,,300\n301,,,,900\n", encoding="utf-8-sig"
    )
    new = NewBook("白杨村", "1", JAN, opening=opening)
    book = create_book(tmp_path / "b.vbook", new, at(JAN.first_day))
    told = [f for f in closing.review(book, JAN, END) if f.id.startswith("AST")]
    assert [(f.id, f.where, f.severity.stops) for f in told] == [
        ("AST-11", "151 2025-01", False),
        ("AST-11", "152 2025-01", False),
    ]
    book.close()


def test_a_booking_without_a_card_is_offered_until_cards_explain_it(village: Village):
    from villagebook.domain.document import Item

    move(village, "IN", "EX", 2_000_000, D10)
    paid = pay(village, 80_000, D10, items=(Item("151", 80_000, "办公桌椅两套"),))
    (offered,) = assets.unexplained(village.book)
    assert (offered.voucher_id, offered.left_fen, offered.account) == (paid.id, 80_000, "151")
    desk = Asset("G-0001", "办公桌", D10, 50_000, life_months=60, voucher=paid.id)
    assets.register(village.book, desk, at(D10))
    assert state(village).is_booked
    assert [b.left_fen for b in assets.unexplained(village.book)] == [30_000]
    assets.register(village.book, replace(desk, code="G-0002", name="办公椅", original_fen=30_000), at(D10))
    assert assets.unexplained(village.book) == ()
    assert not [i for i in ids_of(closing.review(village.book, JAN, END)) if i.startswith("AST")]


def test_numbers_follow_the_highest_of_their_kind():
    assert assets.next_code((), "G-0001") == "G-0001"
    assert assets.next_code(("G-0009", "S-0040", "旧-7", "G-x"), "G-0001") == "G-0010"


def test_a_payment_may_name_the_asset_it_repairs(village: Village):
    book_pump(village)
    from villagebook.domain.document import Item

    link = Link(LinkKind.ASSET, "G-0001")
    items = (Item("511", 5_000, "修理水泵密封件", links=(link,)),)
    pay(village, 5_000, D10, items=items, party="镇修理部", summary="更换密封件")
    assert state(village).cost_in_fen == 1_200_000
