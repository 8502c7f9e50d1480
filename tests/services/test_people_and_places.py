"""Posts, places, receipt books, backups."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import CODE, DAY, NAME, START, Village, at, make_book, make_policy_file, receive
from tests.refusing import refused
from tests.storage.attack import disarmed
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.people import PostKind
from villagebook.domain.place import LineMode, Place, PlaceKind
from villagebook.domain.receipts import ReceiptBook
from villagebook.services.book_file import backups, books
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.offices import people, receipt_books
from villagebook.services.period_end.checking import check_book


def give(village: Village, who: str, kind: PostKind, day: date = DAY) -> str:
    return people.give_post(village.book, village.ids[who], kind, day, at(max(day, DAY)))


CLASHES = [
    ("clerk", PostKind.ACCOUNTANT),
    ("cashier", PostKind.ACCOUNTANT),
    ("accountant", PostKind.CASHIER),
    ("accountant", PostKind.SUPERVISOR),
    ("head", PostKind.DIRECTOR),
    ("head", PostKind.CLERK),
    ("supervisor", PostKind.SECRETARY),
    ("director", PostKind.SUPERVISOR),
    ("secretary", PostKind.SUPERVISION_HEAD),
    ("clerk", PostKind.SUPERVISOR),
]


@pytest.mark.parametrize(("who", "kind"), CLASHES)
def test_posts_that_control_each_other_are_not_one_persons(village: Village, who: str, kind: PostKind):
    assert refused(lambda: give(village, who, kind)) == ["E2L-41"]


@pytest.mark.parametrize(("who", "kind"), CLASHES)
def test_a_post_dated_back_does_not_slip_past_a_later_one(village: Village, who: str, kind: PostKind):
    """Given from before the other began, it would overlap all the same."""
    assert refused(lambda: give(village, who, kind, date(2024, 12, 1))) == ["E2L-41"]


def test_director_and_secretary_may_be_one_person_and_nobody_holds_a_post_twice(village: Village):
    give(village, "director", PostKind.SECRETARY)
    assert refused(lambda: give(village, "director", PostKind.SECRETARY)) == ["AP-02"]
    assert refused(lambda: people.give_post(village.book, "nobody", PostKind.CLERK, DAY, at(DAY))) == [
        "AP-02"
    ]


def test_after_its_end_a_post_stands_in_nobodys_way(village: Village):
    with village.book.reading() as connection:
        sql = "SELECT post.id FROM post WHERE kind = 'cashier'"
        post_id = str(connection.exec_driver_sql(sql).scalar_one())
    people.end_post(village.book, post_id, DAY, at(DAY))
    assert refused(lambda: give(village, "cashier", PostKind.ACCOUNTANT, DAY)) == ["E2L-41"]
    give(village, "cashier", PostKind.ACCOUNTANT, date(2025, 1, 11))
    assert refused(lambda: people.end_post(village.book, post_id, DAY, at(DAY))) == ["AP-02"]
    assert refused(lambda: people.end_post(village.book, "none", DAY, at(DAY))) == ["AP-02"]


@pytest.mark.parametrize("name", ["", " ", "王", "王建国2", "371523198005121234"])
def test_a_person_has_a_name_and_no_numbers(village: Village, name: str):
    assert refused(lambda: people.add_person(village.book, name, at(DAY))) == ["AP-02"]


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"holder": "张三", "holder_is_person": True}, "E2L-15"),
        ({"holder": "另一个单位", "is_basic": True}, "E2L-16"),
        ({"filed": ""}, "E2L-17"),
        ({"code": "IN"}, "VCH-05"),
        ({"account": "999"}, "VCH-05"),
        ({"name": " "}, "VCH-05"),
    ],
)
def test_a_bank_account_is_the_villages_the_only_basic_one_and_filed(
    village: Village, changes: dict[str, object], id: str
):
    good: dict[str, Any] = {
        "code": "SP:road",
        "kind": PlaceKind.SP,
        "name": "修路专款",
        "account": "102",
        "holder": NAME,
        "filed": "7",
    }
    bad = Place(**{**good, **changes})
    assert refused(lambda: people.add_place(village.book, bad, at(DAY))) == [id]
    people.add_place(village.book, Place(**good), at(DAY))
    assert "SP:road" in books.places(village.book)


def issue(village: Village, first: int, last: int, width: int = 4, custodian: str = "clerk") -> None:
    who = village.ids.get(custodian, custodian)
    receipt_books.draw(village.book, ReceiptBook("", "收据", first, last, width, who, DAY), at(DAY))


@pytest.mark.parametrize(
    ("first", "last", "width", "custodian", "id"),
    [
        (1, 10, 4, "clerk", "E2L-04"),
        (500, 600, 4, "clerk", "E2L-04"),
        (600, 599, 4, "clerk", "E2L-03"),
        (9_990, 10_010, 4, "clerk", "E2L-03"),
        (601, 700, 4, "stranger", ""),
    ],
)
def test_a_receipt_book_is_drawn_once_by_a_person_of_the_list(
    village: Village, first: int, last: int, width: int, custodian: str, id: str
):
    found = refused(lambda: issue(village, first, last, width, custodian))
    assert id in found or not id


# ---- new books


@pytest.mark.parametrize(
    ("name", "code"), [("", CODE), ("村", CODE), (NAME, ""), (NAME, "a b"), (NAME, "../x")]
)
def test_a_book_without_a_name_or_code_is_not_made(tmp_path: Path, name: str, code: str):
    new = NewBook(name, code, START)
    assert refused(lambda: create_book(tmp_path / "x.vbook", new, at(DAY))) == ["NEW-01"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"id": 1}', "\x00"])
def test_a_bad_parameter_file_makes_no_book(tmp_path: Path, text: str):
    policy = tmp_path / "policy.json"
    policy.write_text(text, encoding="utf-8")
    new = NewBook(NAME, CODE, START, policy=policy)
    assert refused(lambda: create_book(tmp_path / "x.vbook", new, at(DAY))) == ["NEW-01"]
    assert not (tmp_path / "x.vbook").exists()


@pytest.mark.parametrize("name", ["deposit_days", "imprest_limit_fen", "cash_txn_limit_fen"])
def test_a_parameter_file_that_leaves_a_number_out_makes_no_book(tmp_path: Path, name: str):
    import json

    path = make_policy_file(tmp_path, {})
    data = json.loads(path.read_text(encoding="utf-8"))
    del data["numbers"][name]
    path.write_text(json.dumps(data), encoding="utf-8")
    new = NewBook(NAME, CODE, START, policy=path)
    assert refused(lambda: create_book(tmp_path / "x.vbook", new, at(DAY))) == ["E2L-01"]


@pytest.mark.parametrize(
    ("name", "value"),
    [("cash_txn_limit_fen", 100_001), ("imprest_limit_fen", 2_000_001), ("deposit_days", -1)],
)
def test_a_parameter_beyond_the_programs_bounds_makes_no_book(tmp_path: Path, name: str, value: int):
    """The floors and ceilings are the law's and the program's, not the file's own."""
    new = NewBook(NAME, CODE, START, policy=make_policy_file(tmp_path, {name: value}))
    assert refused(lambda: create_book(tmp_path / "x.vbook", new, at(DAY))) == ["E2L-01"]


@pytest.mark.parametrize("mode", list(LineMode))
def test_a_new_book_is_in_order_in_every_mode(tmp_path: Path, mode: LineMode):
    book = make_book(tmp_path, mode=mode, opening={"IN": 500_000, "IM": 1_000})
    assert check_book(book) == ()
    assert book.info.mode is mode
    assert books.place_balances(book, DAY) == {"RC": 0, "IN": 500_000, "EX": 0, "IM": 1_000}
    book.close()


def test_an_opening_that_does_not_balance_makes_no_book(tmp_path: Path):
    file = tmp_path / "opening.csv"
    file.write_text("科目,资金,往来,借方,贷方\n102,IN,,100.00,\n301,,,,99.99\n", encoding="utf-8-sig")
    new = NewBook(NAME, CODE, START, LineMode.AGENCY, opening=file)
    with pytest.raises(Refused):
        create_book(tmp_path / "x.vbook", new, at(DAY))
    assert not (tmp_path / "x.vbook").exists()


# ---- backups


def test_a_backup_is_a_checked_copy_under_a_new_name_and_can_be_restored(village: Village):
    receive(village, 100)
    stick = village.folder / "stick"
    stick.mkdir()
    made = backups.back_up(village.book, stick, at(DAY))
    assert [p.name for p in stick.glob("*.vbook*") if p.suffix != ".lock"] == [made.name]
    again = village.folder / "restored.vbook"
    backups.restore(made, again)
    with books.open_book(again) as book:
        assert book.head() == village.book.head()
        assert check_book(book) == ()


def test_a_backup_never_replaces_another(village: Village):
    backups.back_up(village.book, village.folder, at(DAY))
    with pytest.raises(KnownError):
        backups.back_up(village.book, village.folder, at(DAY))
    with pytest.raises(KnownError):
        backups.restore(village.book.path, village.book.path)
    with pytest.raises(KnownError):
        backups.back_up(village.book, village.folder / "none", at(DAY))


def test_a_tampered_book_is_not_backed_up_as_if_it_were_sound(village: Village):
    receive(village, 100)
    village.book.close()
    with disarmed(village.book.path) as connection:
        connection.execute("UPDATE person SET name = '另一个人'")
    with books.open_book(village.book.path) as book:
        assert refused(lambda: backups.back_up(book, village.folder, at(DAY))) == ["CHK-07"]
    assert not list(village.folder.glob("village-*"))
