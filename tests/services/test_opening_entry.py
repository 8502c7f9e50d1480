"""Opening balances entered by hand: in balance, once, with what they belong to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import START, at, fill_posts, ids_of, make_book
from tests.services.test_roster import HE, SHOP
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.voucher import VoucherLine
from villagebook.services.account_books import ledgers
from villagebook.services.book_file import books
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import opening_entry
from villagebook.services.bringing_in.opening_entry import OpeningRow
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import roster
from villagebook.storage import links, registry

FIRST = date(2025, 1, 1)
OF_HE, OF_SHOP = Link(LinkKind.HOUSEHOLD, HE.code), Link(LinkKind.OUTSIDER, SHOP.code)
LINES = (
    VoucherLine("102", 90_000, 0, "", "IN"),
    VoucherLine("113", 15_000, 0, "", "", "何老四", links=(OF_HE,)),
    VoucherLine("211", 0, 5_000, "", "", "县农机公司", links=(OF_SHOP,)),
    VoucherLine("301", 0, 100_000, ""),
)


def village(folder: Path) -> Book:
    book = make_book(folder)
    fill_posts(book)
    for entry in (HE, SHOP):
        roster.save(book, entry, at(FIRST), new=True)
    return book


@pytest.fixture
def book(tmp_path: Path):
    made = village(tmp_path)
    yield made
    made.close()


def test_a_book_begins_with_balances_that_belong_to_somebody(book: Book):
    assert opening_entry.is_open(book)
    assert opening_entry.set_lines(book, LINES, at(FIRST)) == ()
    assert not opening_entry.is_open(book)
    with book.reading() as connection:
        assert registry.read_opening(connection) == LINES
        assert links.open_balances(connection, OF_HE) == (("113", 15_000),)
        assert links.opening_of(connection, OF_SHOP) == [("211", "县农机公司", 0, 5_000)]
    assert check_book(book) == ()


def test_what_was_set_is_never_set_again(book: Book):
    opening_entry.set_lines(book, LINES, at(FIRST))
    before = book.head()
    with pytest.raises(Refused) as caught:
        opening_entry.set_lines(book, LINES, at(FIRST))
    assert ids_of(caught.value.findings) == ["OPN-02"]
    assert book.head() == before


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_set(book: Book):
    wrong = (
        replace(LINES[0], place="RC"),
        replace(LINES[1], links=(Link(LinkKind.HOUSEHOLD, "09-999"),)),
        replace(LINES[2], account="999"),
    )
    with pytest.raises(Refused) as caught:
        opening_entry.set_lines(book, wrong, at(FIRST))
    assert ids_of(caught.value.findings) == ["OPN-04", "OPN-05", "OPN-07", "OPN-09"]
    assert opening_entry.is_open(book)


def test_half_done_work_survives_a_new_start_and_ends_when_it_is_set(book: Book, tmp_path: Path):
    rows = (
        OpeningRow("113", "", "何老四", "12.", "", (("household", HE.code),)),
        OpeningRow("102", "IN", debit="9"),
    )
    head = book.head()
    opening_entry.keep(book, rows, at(FIRST))
    book.close()
    again = books.open_book(tmp_path / "village.vbook")
    assert again.head() == head
    assert opening_entry.kept(again) == rows
    opening_entry.set_lines(again, LINES, at(FIRST))
    assert opening_entry.kept(again) == ()
    again.close()


def test_a_party_of_a_file_is_linked_only_where_the_account_asks_and_one_fits(book: Book, tmp_path: Path):
    from villagebook.domain.demand import Demand
    from villagebook.services.disclosure import demands

    demands.set_demand(book, "113", Demand((LinkKind.HOUSEHOLD,)), at(FIRST))
    path = tmp_path / "old.csv"
    path.write_text(
        "科目,资金,往来,借方,贷方\n102,IN,,900,\n113,,何老四,150,\n211,,县农机公司,,50\n301,,,,1000\n",
        encoding="utf-8-sig",
    )
    found = opening_entry.from_file(book, path)
    assert [line.links for line in found] == [(), (OF_HE,), (), ()]
    assert ids_of(opening_entry.look_over(book, [LINES[0], VoucherLine("113", 1, 0, "")], at(FIRST))) == [
        "OPN-07",
        "OPN-10",
    ]


AMOUNTS = st.lists(
    st.tuples(st.sampled_from(["111", "113", "151", "211", "231"]), st.integers(-(10**9), 10**9)), max_size=6
)


@settings(max_examples=15, deadline=None)
@given(AMOUNTS)
def test_whatever_is_set_the_trial_balance_balances_and_shows_it(amounts: list[tuple[str, int]]):
    sums: dict[str, int] = {}
    for code, fen in amounts:
        sums[code] = sums.get(code, 0) + fen
    sums["301"] = -sum(sums.values())
    lines = [VoucherLine(code, max(fen, 0), max(-fen, 0), "") for code, fen in sums.items() if fen]
    with TemporaryDirectory() as folder:
        book = make_book(Path(folder))
        if lines:
            opening_entry.set_lines(book, lines, at(FIRST))
        told = {row[0]: (row[2], row[3]) for row in ledgers.trial_balance(book, Span.of(START)).rows}
        for line in lines:
            assert told[line.account] == (line.debit_fen, line.credit_fen)
        preview = opening_entry.trial_balance(books.chart(book), lines, "").rows[-1]
        assert preview[2] == preview[3]
        assert check_book(book) == ()
        book.close()
