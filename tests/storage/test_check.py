"""What `check` finds when somebody changes a book past the program."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.engine import Connection

from tests.builders import Village, at, ids_of, payment, submit
from tests.lived import lived
from tests.storage import attack
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding
from villagebook.services import files
from villagebook.services.book_file.books import open_book
from villagebook.services.period_end.checking import check_book
from villagebook.storage.check import check_store, compare
from villagebook.storage.engine import scratch_engine
from villagebook.storage.log import entries, replay
from villagebook.storage.named_files import missing_papers
from villagebook.storage.schema import OFFICIAL, projection_statements


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    village = lived(tmp_path_factory.mktemp("sound"))
    village.book.close()
    return village.book.path.read_bytes()


@pytest.fixture
def path(tmp_path: Path, sound: bytes) -> Path:
    made = tmp_path / "attacked.vbook"
    made.write_bytes(sound)
    return made


def check(path: Path) -> tuple[Finding, ...]:
    with open_book(path, read_only=True) as book, book.reading() as connection:
        return check_store(connection)


def seen(path: Path) -> bool:
    """Found by the comparison with the log, or so wrong that the book does not even open."""
    try:
        return "CHK-07" in ids_of(check(path))
    except KnownError:
        return True


def test_a_sound_book_has_no_findings(path: Path):
    assert check(path) == ()
    with open_book(path, read_only=True) as book:
        assert check_book(book) == ()


@pytest.fixture(scope="module")
def twins(sound: bytes, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Connection, Connection]]:
    """The tables of a sound book, and the same made from its log; in both every table has a row."""
    path = tmp_path_factory.mktemp("twins") / "sound.vbook"
    path.write_bytes(sound)
    tables = projection_statements()
    ours, rebuilt = scratch_engine(tables), scratch_engine(tables)
    with ours.connect() as one, rebuilt.connect() as other, open_book(path, read_only=True) as book:
        with book.reading() as connection:
            log = [entry for _seq, _kind, entry, _hash in entries(connection)]
        for made in (one, other):
            replay(log, made)
            for table in OFFICIAL:
                if attack.is_empty(attack.bare(made), table):
                    attack.put_row(attack.bare(made), table)
            made.commit()
        yield one, other
    ours.dispose()
    rebuilt.dispose()


def test_rows_that_lie_in_another_order_in_the_file_are_the_same_rows(
    twins: tuple[Connection, Connection],
):
    ours, rebuilt = twins
    ours.exec_driver_sql("SAVEPOINT sound")
    ours.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for table in OFFICIAL:
        rows = ours.exec_driver_sql(f"SELECT * FROM {table}").fetchall()
        ours.exec_driver_sql(f"DELETE FROM {table}")
        for row in reversed(rows):
            ours.exec_driver_sql(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", tuple(row))
        assert list(compare(ours, rebuilt, table)) == []
    ours.exec_driver_sql("ROLLBACK TO sound")


@pytest.mark.parametrize("table", OFFICIAL)
def test_one_changed_value_in_any_column_of_an_official_table_is_found(
    twins: tuple[Connection, Connection], table: str
):
    ours, rebuilt = twins
    assert list(compare(ours, rebuilt, table)) == []
    columns = attack.columns(attack.bare(ours), table)
    key = columns[0][0]
    for column, kind in columns:
        change = f"{column} + 7000000" if kind == "INTEGER" else f"{column} || '?'"
        ours.exec_driver_sql("SAVEPOINT sound")
        done = ours.exec_driver_sql(
            f"UPDATE {table} SET {column} = {change} WHERE {key} = (SELECT MAX({key}) FROM {table})"
        )
        assert done.rowcount > 0
        assert list(compare(ours, rebuilt, table)), column
        ours.exec_driver_sql("ROLLBACK TO sound")
        assert list(compare(ours, rebuilt, table)) == []


@pytest.mark.parametrize("table", OFFICIAL)
def test_rows_taken_away_are_found_and_put_back_are_not(path: Path, table: str):
    with attack.disarmed(path) as connection:
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        connection.execute(f"DELETE FROM {table}")
    assert seen(path) is bool(rows)
    with attack.disarmed(path) as connection:
        marks = ", ".join("?" * len(attack.columns(connection, table)))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
    assert check(path) == ()


@pytest.mark.parametrize("table", OFFICIAL)
def test_a_row_put_in_is_found(path: Path, table: str):
    with attack.disarmed(path) as connection:
        attack.put_row(connection, table)
    assert seen(path)


@pytest.mark.parametrize("column", ["id", "kind", "at", "entry", "hash"])
def test_a_changed_column_of_the_log_is_found(path: Path, column: str):
    changes = {
        "id": "'other'",
        "kind": "'person.added'",
        "at": "'2024-01-01T00:00:00Z'",
        "entry": "CAST(REPLACE(CAST(entry AS TEXT), '孙丽', '孙力') AS BLOB)",
        "hash": "'" + "ab" * 32 + "'",
    }
    with attack.disarmed(path) as connection:
        connection.execute(
            f"UPDATE log SET {column} = {changes[column]} WHERE seq = (SELECT MAX(seq) - 3 FROM log WHERE kind <> 'person.added')"
        )
    assert any(i.startswith("CHK") for i in ids_of(check(path)))


def test_every_single_flipped_bit_in_an_entry_is_found(path: Path):
    with attack.disarmed(path) as connection:
        seq, entry = connection.execute(
            "SELECT seq, entry FROM log WHERE kind = 'voucher.posted' ORDER BY seq LIMIT 1"
        ).fetchone()
        for position in range(0, len(entry), 37):
            spoiled = bytearray(entry)
            spoiled[position] ^= 1
            connection.execute("UPDATE log SET entry = ? WHERE seq = ?", (bytes(spoiled), seq))
            assert set(ids_of(check(path))) & {"CHK-04", "CHK-05"}, position
        connection.execute("UPDATE log SET entry = ? WHERE seq = ?", (entry, seq))
    assert check(path) == ()


def test_a_removed_entry_is_found(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("DELETE FROM log WHERE seq = 5")
    assert ids_of(check(path)) == ["CHK-03"]


def test_entries_in_another_order_are_found(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("UPDATE log SET seq = 90000 WHERE seq = 5")
        connection.execute("UPDATE log SET seq = 5 WHERE seq = 6")
        connection.execute("UPDATE log SET seq = 6 WHERE seq = 90000")
    assert ids_of(check(path)) == ["CHK-05"]


def test_an_appended_row_without_the_right_link_is_found(path: Path):
    with attack.disarmed(path) as connection:
        last = attack.bodies(connection)[-1]
        forged = attack.chained_again([{**last, "id": "x"}])[0]
        connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?)", (last["seq"] + 1, *forged[1:]))
    assert ids_of(check(path)) == ["CHK-05"]


def test_a_log_cut_at_its_end_no_longer_fits_the_tables(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("DELETE FROM log WHERE seq = (SELECT MAX(seq) FROM log)")
    assert "CHK-07" in ids_of(check(path))


def rewrite(path: Path, change: Any) -> None:
    """The whole log forged with our own source code: every hash is right again, only the tables stay as they were."""
    with attack.disarmed(path) as connection:
        bodies = attack.bodies(connection)
        change(bodies)
        attack.write_log(connection, attack.chained_again(bodies))


def posted(bodies: list[dict[str, Any]]) -> dict[str, Any]:
    return next(b for b in bodies if b["kind"] == "voucher.posted")


def test_a_properly_chained_other_history_does_not_fit_the_tables(path: Path):
    rewrite(path, lambda bodies: posted(bodies)["data"].update(summary="别的用途"))
    assert ids_of(check(path)) == ["CHK-07"]


def test_a_kind_this_program_does_not_know_is_said(path: Path):
    rewrite(path, lambda bodies: bodies[-1].update(kind="voucher.unposted"))
    assert ids_of(check(path)) == ["CHK-06"]


def test_time_running_backwards_is_found(path: Path):
    rewrite(path, lambda bodies: bodies[-1].update(at="2024-01-01T00:00:00Z"))
    assert ids_of(check(path)) == ["CHK-05"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bodies: posted(bodies)["data"].pop("lines"),
        lambda bodies: posted(bodies)["data"].update(lines=[["511", 1]]),
        lambda bodies: posted(bodies)["data"].update(lines="x"),
        lambda bodies: posted(bodies)["data"].update(booked_on=5),
        lambda bodies: posted(bodies)["data"].update(number="one"),
        lambda bodies: posted(bodies)["data"].update(summary={"a": 1}),
        lambda bodies: posted(bodies).update(data=None),
        lambda bodies: bodies.append({**posted(bodies), "id": "again"}),
        lambda bodies: bodies.append({**bodies[0], "id": "again", "at": bodies[-1]["at"]}),
        lambda bodies: posted(bodies)["data"]["lines"][0].__setitem__(1, 10**30),
    ],
)
def test_a_properly_chained_log_that_cannot_be_replayed_is_a_finding_and_not_a_crash(path: Path, spoil: Any):
    def change(bodies: list[dict[str, Any]]) -> None:
        spoil(bodies)
        for body in bodies:
            body["at"] = bodies[0]["at"]

    rewrite(path, change)
    found = check(path)
    assert found
    assert all(i.startswith("CHK") for i in ids_of(found))


def test_a_changed_month_total_is_found(path: Path):
    with attack.raw(path) as connection:
        connection.execute("UPDATE month_total SET debit_fen = debit_fen + 1 WHERE account = '102'")
    assert ids_of(check(path)) == ["CHK-07"]


PAPER = "ab" * 32
_LISTED = f'[{{"sha256":"{PAPER}"}}]'
NAMING = (
    *((table, column, PAPER) for table, column in (
        ("bank_file", "sha256"), ("import_file", "sha256"), ("conversion", "old_sha256"), ("posting_photo", "sha256"),
        ("objection", "scan"), ("key_stop", "evidence"), ("invoice", "sha256"), ("veto_lift", "evidence"),
        ("laid_open", "pack_sha256"),
    )),
    *((table, column, _LISTED) for table, column in (
        ("receipt_void", "copies"), ("pay_list_shown", "papers"), ("pay_list_proof", "papers"), ("office_handover", "sheets"),
    )),
    *((table, column, f'{{"{key}":{_LISTED}}}') for table, column, key in (
        ("submission", "content", "attachments"), ("conversion", "body", "papers"), ("contract", "body", "scans"),
        ("works_acceptance", "body", "papers"), ("resolution", "body", "papers"), ("audit", "body", "papers"),
        ("labour_sheet", "body", "papers"),
    )),
    ("resolution", "body", f'{{"roll_file":{{"sha256":"{PAPER}"}}}}'),
    ("notice_request", "body", f'{{"scan":"{PAPER}"}}'),
    ("register_change", "changes", f'{{"scans":[[],{_LISTED}]}}'),
)  # fmt: skip
"""Where an official row names a file."""


def test_a_file_that_any_row_names_and_the_book_does_not_hold_is_found(
    twins: tuple[Connection, Connection],
) -> None:
    ours, _rebuilt = twins
    ours.exec_driver_sql("CREATE TEMP TABLE object (sha256 TEXT)")
    for table, column, value in NAMING:
        ours.exec_driver_sql("SAVEPOINT sound")
        ours.exec_driver_sql(f"UPDATE {table} SET {column} = ?", (value,))
        if table == "register_change":
            ours.exec_driver_sql("UPDATE register_change SET kind = 'contract'")
        assert PAPER in set(missing_papers(ours)), (table, column)
        ours.exec_driver_sql("ROLLBACK TO sound")
        assert PAPER not in set(missing_papers(ours))
    ours.exec_driver_sql("DROP TABLE temp.object")


def test_a_changed_photo_is_found(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("UPDATE object SET bytes = x'00'")
    assert ids_of(check(path)) == ["CHK-08"]


def test_a_missing_photo_of_a_signature_is_found(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("DELETE FROM object")
    assert ids_of(check(path)) == ["CHK-09"]


def test_a_missing_attachment_of_a_document_is_found(tmp_path: Path):
    village = lived(tmp_path)
    bill = files.store_file(village.book, b"<invoice/>", "invoice.xml")
    bought = payment(village, 100, date(2025, 2, 3), attachments=(bill,), excuse="另一块田的水泵")
    submit(village, bought)
    assert check(village.book.path) == ()
    with attack.disarmed(village.book.path) as connection:
        connection.execute("DELETE FROM object WHERE sha256 = ?", (bill.sha256,))
    assert ids_of(check(village.book.path)) == ["CHK-09"]
    village.book.close()


def test_an_object_under_a_foreign_hash_is_found(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("INSERT INTO object VALUES (?, '', '', x'01')", (hashlib.sha256(b"").hexdigest(),))
    assert ids_of(check(path)) == ["CHK-08"]


def test_what_cannot_be_trusted_is_not_judged(path: Path):
    with attack.raw(path) as connection:
        connection.execute("UPDATE month_total SET debit_fen = debit_fen + 1")
    with open_book(path, read_only=True) as book:
        assert all(i.startswith("CHK") for i in ids_of(check_book(book)))


def test_one_bad_table_does_not_bury_the_others(path: Path):
    with attack.disarmed(path) as connection:
        connection.execute("UPDATE line SET summary = 'x'")
        connection.execute("UPDATE person SET name = 'x'")
    found = check(path)
    assert {f.where.split()[0] for f in found} == {"line", "person"}
    assert len([f for f in found if f.where.startswith("line")]) <= 5


def test_progress_is_told_and_never_passes_the_end(village: Village):
    with village.book.writing("孙丽", at(date(2025, 1, 1)).at) as writing:
        for n in range(600):
            writing.log("person.added", {"id": f"p{n}", "name": "甲"}, f"e{n}")
    told: list[tuple[int, int]] = []
    with village.book.reading() as connection:
        assert check_store(connection, lambda done, of: told.append((done, of))) == ()
    assert told
    assert all(0 < done <= of for done, of in told)
