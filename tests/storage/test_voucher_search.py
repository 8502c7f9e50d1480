"""Vouchers are found by any of their fields: each condition lets through what fits and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import (
    Village,
    at,
    make_village,
    move,
    pay,
    payment,
    photo,
    receipt,
    receive,
    sign_everything,
    submit,
)
from tests.services.test_carrying import adjust
from villagebook.domain.document import Item
from villagebook.domain.voucher import DocKind, Origin
from villagebook.domain.voucher_query import By, Fate, Order, VoucherQuery, amount_of, label_of
from villagebook.services.vouchers import documents, imports, reversing, voucher_search
from villagebook.services.vouchers.voucher_search import Found
from villagebook.storage.voucher_acts import acts_of

D5, D8, D10, D12, D15 = (date(2025, 1, day) for day in (5, 8, 10, 12, 15))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Village, dict[str, str]]]:
    """A village and its vouchers by a word each."""
    village = make_village(tmp_path_factory.mktemp("search"))
    ids = {}
    history = village.folder / "old.csv"
    history.write_text(
        "date,kind,number,summary,party,amount,place,account\n2025-01-04,receipt,1,old rent,Zhang San,70,IN,501\n",
        encoding="utf-8",
    )
    imports.import_file(village.book, history, by=at(D5))
    ids["old"] = next(iter(everything(village)))
    ids["move"] = move(village, "IN", "EX", 1_000_000, D5).id
    scan = photo(village)
    ids["rent"] = receive(village, 123_456, D8, attachments=(scan,), support_no="HD-778899").id
    ids["pump"] = pay(
        village,
        40_000,
        D10,
        items=(Item("511", 30_000, "水泵"), Item("513", 10_000, "运费")),
    ).id
    shop = {"party": "钱丰", "support_no": "A1", "items": (Item("501", 90_000, "租金"),)}
    ids["wrong"] = receive(village, 90_000, D10, summary="小卖部租金", **shop).id
    ids["red"] = reversing.reverse(village.book, ids["wrong"], "金额写错了", D12, at(D12)).voucher_id
    shop["items"] = (Item("501", 9_000, "租金"),)
    right = receipt(village, 9_000, D12, summary="小卖部租金更正", corrects=ids["wrong"], **shop)
    assert submit(village, right).label
    ids["right"] = right.id
    ids["worn"] = adjust(village, D15, ("513", 5_000, 0), ("152", 0, 5_000)).id
    yield village, ids
    village.book.close()


def everything(village: Village, query: VoucherQuery | None = None) -> list[str]:
    found = voucher_search.search(village.book, query or VoucherQuery())
    return list(voucher_search.ids(village.book, found, range(len(found))))


ALL = ["worn", "right", "red", "wrong", "pump", "rent", "move", "old"]

CASES: list[tuple[str, VoucherQuery, set[str]]] = [
    ("summary", VoucherQuery(text="鱼塘"), {"rent"}),
    ("party", VoucherQuery(text="钱丰"), {"wrong", "red", "right"}),
    ("party of another case", VoucherQuery(text="zhang"), {"old"}),
    ("summary of a line alone", VoucherQuery(text="运费"), {"pump"}),
    ("name of an account", VoucherQuery(text="累计折旧"), {"worn"}),
    ("code of an account", VoucherQuery(text="152"), {"worn"}),
    ("paper number", VoucherQuery(text="778899"), {"rent"}),
    ("exact amount", VoucherQuery(text="1,234.56"), {"rent"}),
    ("amount of one line", VoucherQuery(text="300"), {"pump"}),
    ("half an amount finds nothing", VoucherQuery(text="1234.5"), set()),
    ("red amounts by their figures", VoucherQuery(text="900"), {"wrong", "red"}),
    ("label", VoucherQuery(text="付-0001"), {"pump"}),
    ("label as people write it", VoucherQuery(text="付字第1号"), {"pump"}),
    ("two words both hold", VoucherQuery(text="钱丰 更正"), {"right"}),
    ("two words, one does not", VoucherQuery(text="钱丰 水泵"), set()),
    ("a percent sign is a percent sign", VoucherQuery(text="x%"), set()),
    ("days", VoucherQuery(first=D8, last=D10), {"rent", "pump", "wrong"}),
    ("word", VoucherQuery(word="付"), {"pump"}),
    ("numbers", VoucherQuery(word="收", first_number=2, last_number=2), {"rent"}),
    ("account with what is under it", VoucherQuery(account="511"), {"pump"}),
    ("amount from", VoucherQuery(least_fen=1_000_000), {"move"}),
    ("amount to", VoucherQuery(most_fen=7_000), {"old", "worn"}),
    ("amount from and to, signs apart", VoucherQuery(least_fen=90_000, most_fen=90_000), {"wrong", "red"}),
    ("place", VoucherQuery(place="EX"), {"move", "pump"}),
    ("kind", VoucherQuery(kind=DocKind.TRANSFER), {"move"}),
    ("origin", VoucherQuery(origin=Origin.IMPORT), {"old"}),
    ("red", VoucherQuery(fate=Fate.RED), {"red"}),
    ("reversed", VoucherQuery(fate=Fate.REVERSED), {"wrong"}),
    ("corrected", VoucherQuery(fate=Fate.CORRECTED), {"wrong"}),
    ("correcting", VoucherQuery(fate=Fate.CORRECTING), {"right"}),
    ("standing", VoucherQuery(fate=Fate.STANDING), set(ALL) - {"red", "wrong"}),
    ("with scans", VoucherQuery(has_scan=True), {"rent"}),
    ("without scans", VoucherQuery(has_scan=False), set(ALL) - {"rent"}),
    ("signed by nobody known", VoucherQuery(signer="nobody"), set()),
    ("all at once", VoucherQuery(text="水泵", first=D10, last=D10, word="付", account="513", place="EX"), {"pump"}),
    ("all at once but one", VoucherQuery(text="水泵", first=D12, word="付", account="513"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("query", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_each_condition_finds_what_fits_and_nothing_else(
    told: tuple[Village, dict[str, str]], query: VoucherQuery, wanted: set[str]
) -> None:
    village, ids = told
    names = {v: k for k, v in ids.items()}
    assert {names[i] for i in everything(village, query)} == wanted


def test_without_conditions_everything_comes_the_newest_first(told: tuple[Village, dict[str, str]]) -> None:
    village, ids = told
    assert everything(village) == [ids[name] for name in ALL]


@pytest.mark.parametrize("by", By)
@pytest.mark.parametrize("descending", [True, False])
def test_a_list_comes_in_any_order_and_backwards_is_the_other_way_round(
    told: tuple[Village, dict[str, str]], by: By, descending: bool
) -> None:
    village, _ids = told
    found = voucher_search.search(village.book, VoucherQuery(), Order(by, descending))
    other = voucher_search.search(village.book, VoucherQuery(), Order(by, not descending))
    assert list(found.positions) == list(other.positions)[::-1]
    rows = voucher_search.page(village.book, found, None, 99)
    at = [c.key for c in voucher_search.columns()].index(by)
    if by is By.AMOUNT:
        amounts = [int(cells[at] or 0) for _place, (cells, _t) in rows]
        assert amounts == sorted(amounts, reverse=descending)
    if by is By.DAY:
        days = [str(cells[at]) for _place, (cells, _t) in rows]
        assert days == sorted(days, reverse=descending)


def test_the_result_is_one_table_with_every_row_in_its_order(told: tuple[Village, dict[str, str]]) -> None:
    village, ids = told
    found = voucher_search.search(village.book, VoucherQuery(text="钱丰"), Order(By.AMOUNT, False))
    table = voucher_search.table(village.book, found, "钱丰")
    assert table.subtitle == "钱丰"
    assert table.targets == tuple(f"voucher:{ids[name]}" for name in ("red", "right", "wrong"))
    assert [row[4] for row in table.rows] == [-90_000, 9_000, 90_000]
    assert [row[6] for row in table.rows] == ["red", "", "undone"]
    whole = voucher_search.table(village.book, voucher_search.search(village.book, VoucherQuery()))
    assert [row[6] for row in whole.rows].count("taken over") == 1


def test_who_signed_is_found_and_who_did_not_is_not(told: tuple[Village, dict[str, str]]) -> None:
    village, ids = told
    assert everything(village, VoucherQuery(signer=village.ids["director"])) == [ids["pump"], ids["move"]]
    assert everything(village, VoucherQuery(signer=village.ids["villager"])) == []


def test_who_entered_a_voucher_is_found_whoever_posted_it(tmp_path: Path) -> None:
    """Documents by who sent them in, the newest time; red vouchers and imports by who posted them."""
    village = make_village(tmp_path)
    history = village.folder / "old.csv"
    history.write_text(
        "date,kind,number,summary,party,amount,place,account\n2025-01-04,receipt,1,old rent,Zhang San,70,IN,501\n",
        encoding="utf-8",
    )
    zhou = replace(at(D5), actor='周"敏')
    imports.import_file(village.book, history, by=zhou)
    old = everything(village)
    moved = move(village, "IN", "EX", 1_000_000, D5)
    made = payment(village, 4_000, D10)
    documents.submit(village.book, made, at(D10))
    sign_everything(village, made.id, D10)
    documents.submit(village.book, mine := receipt(village, 7_000, D10), replace(at(D10), actor='周"敏'))
    red = reversing.reverse(village.book, mine.id, "金额写错了", D12, at(D12)).voucher_id
    assert everything(village, VoucherQuery(entered_by='周"敏')) == [mine.id, *old]
    assert set(everything(village, VoucherQuery(entered_by="孙丽"))) == {moved.id, made.id, red}
    assert everything(village, VoucherQuery(entered_by="孙")) == []
    assert everything(village, VoucherQuery(entered_by="孙丽", first=D12)) == [red]
    assert set(voucher_search.enterers(village.book)) == {"孙丽", '周"敏'}
    with village.book.reading() as connection:
        told = {ident: acts_of(connection, ident) for ident in (moved.id, made.id, mine.id, red, *old)}
    for ident, acts in told.items():
        assert ident in everything(village, VoucherQuery(entered_by=acts.entered_by or acts.posted_by))
    village.book.close()


def test_pages_follow_each_other_without_gap_or_repeat(told: tuple[Village, dict[str, str]]) -> None:
    village, ids = told
    found = voucher_search.search(village.book, VoucherQuery())
    seen, after = [], None
    while rows := voucher_search.page(village.book, found, after, 3):
        seen += [target.removeprefix("voucher:") for _place, (_cells, target) in rows]
        after = rows[-1][0]
    assert seen == [ids[name] for name in ALL]
    assert voucher_search.place_of(village.book, found, ids["rent"]) == ALL.index("rent")
    assert voucher_search.place_of(village.book, Found(), ids["rent"]) is None


def test_a_row_says_that_it_is_red_or_undone(told: tuple[Village, dict[str, str]]) -> None:
    village, _ids = told
    found = voucher_search.search(village.book, VoucherQuery(text="钱丰"))
    labels = [str(cells[1]) for _place, (cells, _t) in voucher_search.page(village.book, found, None, 9)]
    assert [label.partition(" ")[2] for label in labels] == ["", "red", "undone"]


def test_the_balance_of_an_account_on_a_day_and_now(told: tuple[Village, dict[str, str]]) -> None:
    village, _ids = told
    held = voucher_search.balance(village.book, "513", D10)
    assert (held.on_day_fen, held.now_fen) == (10_000, 15_000)


def test_links_are_found_by_name(village: Village) -> None:
    move(village, "IN", "EX", 100_000, D5)
    made = pay(village, 20_000, D10)
    with village.book.reading() as connection:
        seq = connection.exec_driver_sql("SELECT seq FROM voucher WHERE id = ?", (made.id,)).scalar_one()
    with village.book._writer.begin() as raw:
        raw.exec_driver_sql("INSERT INTO link_target VALUES ('project', 'P01', 1, '水渠维修', 1)")
        raw.exec_driver_sql("INSERT INTO line_link VALUES ('project', 'P01', ?, 1)", (seq,))
    assert everything(village, VoucherQuery(text="水渠")) == [made.id]
    assert everything(village, VoucherQuery(text="山路")) == []


def test_words_that_are_amounts_or_labels_are_read_as_people_type_them() -> None:
    assert amount_of("1,234.50") == 123_450
    assert amount_of("-5") == 500
    assert (amount_of("0"), amount_of("水泵")) == (None, None)
    assert label_of("付-0007") == label_of("付7") == label_of("付字第7号") == ("付", 7)
    assert label_of("2025") is None
    assert replace(VoucherQuery(), text=" a  b ").words == ("a", "b")
