"""What is official is never changed: not by our program, and not by a bare connection that forgets our pragmas."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError

from tests.builders import Village, receive
from tests.lived import lived
from tests.storage.attack import columns, is_empty, put_row, raw
from villagebook.services.book_file.books import open_book
from villagebook.storage.schema import OFFICIAL

FINAL = [t for t in ("log", *OFFICIAL, "object") if t not in ("month_total", "money_total")]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    village = lived(tmp_path_factory.mktemp("lived"))
    village.book.close()
    with raw(village.book.path) as connection:
        for table in OFFICIAL:
            if is_empty(connection, table):
                put_row(connection, table)
    return village.book.path


@pytest.fixture
def connection(path: Path) -> Iterator[sqlite3.Connection]:
    with raw(path) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


def test_the_lived_book_has_a_row_to_attack_in_every_official_table(connection: sqlite3.Connection):
    tables = [*FINAL, "month_total", "money_total"]
    assert [t for t in tables if not connection.execute(f"SELECT COUNT(*) FROM {t}").fetchone()[0]] == []


@pytest.mark.parametrize("table", FINAL)
def test_no_column_of_an_official_row_can_be_updated(connection: sqlite3.Connection, table: str):
    for name, _kind in columns(connection, table):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            connection.execute(f"UPDATE {table} SET {name} = {name}")


@pytest.mark.parametrize("table", [*FINAL, "month_total", "money_total"])
def test_no_official_row_can_be_deleted(connection: sqlite3.Connection, table: str):
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"DELETE FROM {table}")


@pytest.mark.parametrize("table", FINAL)
def test_no_official_row_can_be_replaced(connection: sqlite3.Connection, table: str):
    before = connection.execute(f"SELECT * FROM {table}").fetchall()
    for how in ("INSERT OR REPLACE", "REPLACE", "INSERT OR IGNORE"):
        with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
            connection.execute(f"{how} INTO {table} SELECT * FROM {table} ORDER BY 1 DESC LIMIT 1")
        assert connection.execute(f"SELECT * FROM {table}").fetchall() == before


COLLISIONS = {
    ("log", "id"): "seq = 90001",
    ("voucher", "id"): "seq = 90001, number = 901",
    ("voucher", "number"): "seq = 90001, id = 'other'",
    ("voucher", "reverses"): "seq = 90001, id = 'other', number = 901",
}


@pytest.mark.parametrize(("table", "column"), COLLISIONS)
def test_a_replace_by_another_unique_key_is_stopped_too(
    connection: sqlite3.Connection, table: str, column: str
):
    """REPLACE deletes whatever collides by any unique key; without recursive triggers it does so in silence."""
    if column == "reverses":
        insert_changed(connection, table, "seq = 90000, id = 'red', number = 900, reverses = 'v'")
    before = connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    with pytest.raises(sqlite3.IntegrityError, match="never replaced"):
        insert_changed(connection, table, COLLISIONS[table, column], "REPLACE")
    assert connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() == before


def insert_changed(connection: sqlite3.Connection, table: str, changes: str, how: str = "INSERT") -> None:
    """A copy of the newest row with some columns changed; the newest voucher lies in an open month."""
    values = dict(change.split(" = ") for change in changes.split(", "))
    names = ", ".join(values.get(name, name) for name, _kind in columns(connection, table))
    connection.execute(f"{how} INTO {table} SELECT {names} FROM {table} ORDER BY {table}.seq DESC LIMIT 1")


@pytest.mark.parametrize("verb", ["UPDATE {} SET {} = {}", "DELETE FROM {}"])
def test_our_own_connection_is_held_as_well(path: Path, verb: str):
    with open_book(path) as book, raw(path) as connection:
        for table in FINAL:
            column = columns(connection, table)[0][0]
            with pytest.raises(DatabaseError), book.scribbling() as ours:
                ours.exec_driver_sql(verb.format(table, column, column))


@pytest.mark.parametrize("state", ["closed", "disclosed"])
def test_no_voucher_enters_a_closed_month_even_past_every_service(village: Village, state: str):
    receive(village, 100)
    village.book.close()
    insert = "INSERT INTO voucher SELECT seq + 900, id || 'x', period, word, number + 9, booked_on, kind, summary, party, paper_count, origin, document_id, reverses, paper_no, places_inferred, total_fen FROM voucher LIMIT 1"
    with raw(village.book.path) as connection:
        connection.execute("BEGIN")
        connection.execute(insert)
        connection.execute("ROLLBACK")
        connection.execute("INSERT INTO period_step VALUES (900, 202501, ?, '')", (state,))
        with pytest.raises(sqlite3.IntegrityError, match="E2L-40"):
            connection.execute(insert)
        connection.execute("INSERT INTO period_step VALUES (901, 202501, 'open', 'why')")
        connection.execute(insert)


def test_takings_are_not_spent_even_past_every_service(village: Village):
    receive(village, 100, place="RC")
    village.book.close()
    with raw(village.book.path) as connection:
        seq, day = connection.execute("SELECT seq, booked_on FROM voucher").fetchone()
        with pytest.raises(sqlite3.IntegrityError, match="E2L-10"):
            connection.execute(
                f"INSERT INTO line VALUES ({seq}, 9, '{day}', '101', 0, 100, 'x', 'RC', '', '')"
            )
        connection.execute(f"INSERT INTO line VALUES ({seq}, 9, '{day}', '102', 0, 100, 'x', 'IN', '', '')")


def test_a_personal_account_and_a_second_basic_one_stay_out_even_past_every_service(village: Village):
    village.book.close()
    with raw(village.book.path) as connection:
        row = "INSERT INTO place VALUES ('{}', 'IN', 'x', '102', '{}', {}, {}, '1', 900)"
        with pytest.raises(sqlite3.IntegrityError, match="ck_e2l_15"):
            connection.execute(row.format("A", "张三", 1, 0))
        with pytest.raises(sqlite3.IntegrityError, match="E2L-16"):
            connection.execute(row.format("B", "另一个单位", 0, 1))
        connection.execute(row.format("C", "另一个单位", 0, 0))


def test_an_iou_never_counts_even_past_every_service(village: Village):
    village.book.close()
    row = "INSERT INTO cash_count VALUES ({}, 'IM', '2025-01-31', 900, 1000, 100, '', 'a', 'b', '[]', {})"
    with raw(village.book.path) as connection:
        with pytest.raises(sqlite3.IntegrityError, match="ck_e2l_27"):
            connection.execute(row.format(900, 0))
        connection.execute(row.format(901, -100))


def test_a_number_is_given_once_and_a_line_has_one_side(village: Village):
    receive(village, 100)
    village.book.close()
    with raw(village.book.path) as connection:
        again = "INSERT INTO voucher SELECT seq + 900, id || 'x', period, word, number, booked_on, kind, summary, party, paper_count, origin, document_id, reverses, paper_no, places_inferred, total_fen FROM voucher LIMIT 1"
        with pytest.raises(sqlite3.IntegrityError, match=r"never replaced|UNIQUE"):
            connection.execute(again)
        seq = connection.execute("SELECT seq FROM voucher").fetchone()[0]
        for debit, credit in ((0, 0), (5, 5)):
            with pytest.raises(sqlite3.IntegrityError, match="ck_line_one_side"):
                connection.execute(
                    f"INSERT INTO line VALUES ({seq}, 9, 'd', '511', {debit}, {credit}, 'x', '', '', '')"
                )
