"""Appending to the log: self-check, order in time, all or nothing, a full disk."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.builders import DAY, Village, at, make_book, payment, receipt, receive, submit, transfer
from tests.storage.attack import raw
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.event import Event, entry_hash, read_entry
from villagebook.domain.people import PostKind
from villagebook.services import files
from villagebook.services.by import new_id
from villagebook.services.offices import people
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents
from villagebook.storage import log
from villagebook.storage.log import entries
from villagebook.storage.projection import apply
from villagebook.storage.sink import Sink


def dump(village: Village) -> list[object]:
    """Everything in the book but the drafts."""
    with raw(village.book.path) as connection:
        tables = [r[0] for r in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [connection.execute(f"SELECT * FROM {t}").fetchall() for t in sorted(tables) if t != "draft"]


def test_the_log_is_one_chain_from_the_first_entry_to_the_head(village: Village):
    receive(village, 100)
    with village.book.reading() as connection:
        found = list(entries(connection))
    assert [seq for seq, *_rest in found] == list(range(1, len(found) + 1))
    for before, after in pairwise(found):
        assert read_entry(after[2]).prev == before[3] == entry_hash(before[2])
    assert (village.book.head().seq, village.book.head().hash) == (found[-1][0], found[-1][3])


def test_the_stored_bytes_are_the_hashed_bytes(village: Village):
    with village.book.reading() as connection:
        for _seq, _kind, entry, digest in entries(connection):
            assert read_entry(entry).entry() == entry
            assert entry_hash(entry) == digest


def test_a_clock_set_back_never_turns_the_order_round(village: Village):
    with village.book.writing("孙丽", datetime(2020, 1, 1, tzinfo=UTC)) as writing:
        event = writing.log("person.added", {"id": "late", "name": "后来"}, "late")
    with village.book.reading() as connection:
        times = [read_entry(entry).at for _s, _k, entry, _h in entries(connection)]
    assert times == sorted(times)
    assert event.at == times[-1] > "2020"
    assert check_book(village.book) == ()


def test_what_reads_back_differently_is_never_committed(village: Village, monkeypatch: pytest.MonkeyPatch):
    """The self-check: the disk, or our own code, gives back another amount than was signed."""

    def lying(sink: Sink, event: Event) -> None:
        apply(sink, event)
        for row in sink.rows.get("line", []):
            if row[5]:
                sink.rows["line"] = [(*r[:5], r[5] and r[5] + 1, *r[6:]) for r in sink.rows["line"]]

    before = dump(village)
    monkeypatch.setattr(log, "apply", lying)
    with pytest.raises(AssertionError):
        submit(village, receipt(village, 100))
    monkeypatch.undo()
    assert dump(village) == before
    receive(village, 100)
    assert check_book(village.book) == ()


def one_act(village: Village, kind: str, *, fail: bool = False) -> None:
    """Two events in one transaction, the first already written when the second goes wrong."""
    with village.book.writing("孙丽", at(DAY).at) as writing:
        writing.log("person.added", {"id": "x", "name": "甲"}, "e1")
        writing.settle()
        writing.log(kind, {"id": "y", "name": "乙"}, "e2")
        assert 1 // (not fail)


def test_an_unknown_kind_of_event_is_our_bug_and_leaves_nothing(village: Village):
    before = dump(village)
    with pytest.raises(KeyError):
        one_act(village, "voucher.unposted")
    assert dump(village) == before


def test_an_exception_in_the_middle_leaves_nothing(village: Village):
    before = dump(village)
    with pytest.raises(ZeroDivisionError):
        one_act(village, "person.added", fail=True)
    assert dump(village) == before
    receive(village, 100)


def test_listeners_hear_of_what_was_committed_and_of_nothing_else(village: Village):
    told: list[frozenset[str]] = []
    village.book.on_change(told.append)
    with pytest.raises(Refused):
        submit(village, payment(village, 0))
    assert told == []
    receive(village, 100)
    assert told == [frozenset({"documents", "vouchers"})]


def test_the_same_document_sent_in_twice_is_posted_once(village: Village):
    made = receipt(village, 100)
    first = submit(village, made)
    head = village.book.head()
    assert submit(village, made) == first
    assert village.book.head() == head
    assert first.label == "收-0001"


def test_an_event_id_enters_the_log_once(village: Village):
    from sqlalchemy.exc import IntegrityError

    with village.book.writing("孙丽", at(DAY).at) as writing:
        writing.log("person.added", {"id": "x", "name": "甲"}, "same")
    before = dump(village)
    with pytest.raises(IntegrityError), village.book.writing("孙丽", at(DAY).at) as writing:
        writing.log("person.added", {"id": "y", "name": "乙"}, "same")
    assert dump(village) == before


def cap(village: Village, extra_pages: int) -> None:
    """The disk has this many pages left: SQLite answers exactly as on a full one."""
    with village.book.scribbling() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + extra_pages}")


def uncap(village: Village) -> None:
    with village.book.scribbling() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")


def fill_up(village: Village) -> tuple[list[object], KnownError]:
    """Receipts until the disk is full: the book before the last one, and what was said."""
    while True:
        before = dump(village)
        try:
            submit(village, receipt(village, 100))
        except KnownError as error:
            return before, error


@pytest.mark.parametrize("room", [0, 1, 2, 5])
def test_a_full_disk_is_one_sentence_and_nothing_half_written(village: Village, room: int):
    cap(village, room)
    before, error = fill_up(village)
    assert error.hint
    assert dump(village) == before
    assert check_book(village.book) == ()
    uncap(village)
    receive(village, 100)
    assert check_book(village.book) == ()


def test_a_full_disk_while_a_scan_is_kept_leaves_the_book_sound(village: Village):
    cap(village, 1)
    before = dump(village)
    with pytest.raises(KnownError):
        files.store_file(village.book, b"%PDF-" + bytes(200_000), "scan.pdf")
    assert dump(village) == before
    uncap(village)
    kept = files.store_file(village.book, b"%PDF-" + bytes(200_000), "scan.pdf")
    assert files.object_bytes(village.book, kept.sha256) == ("application/pdf", b"%PDF-" + bytes(200_000))


def test_a_draft_survives_a_refusal_and_goes_when_it_is_sent_in(village: Village):
    typed = payment(village, 100, summary="")
    documents.save_draft(village.book, typed, at(DAY))
    with pytest.raises(Refused):
        submit(village, typed)
    assert documents.drafts(village.book) == (typed,)
    village.book.close()
    from villagebook.services.book_file.books import open_book

    village.book = open_book(village.book.path)
    assert documents.drafts(village.book) == (typed,)
    ready = transfer(village, "IN", "EX", 100)
    documents.save_draft(village.book, ready, at(DAY))
    submit(village, ready)
    assert documents.drafts(village.book) == (typed,)
    documents.discard_draft(village.book, typed.id)
    assert documents.drafts(village.book) == ()


def test_two_verbs_of_one_day_keep_their_order(village: Village):
    first = people.add_person(village.book, "刘一", at(date(2025, 3, 1)))
    people.give_post(village.book, first, PostKind.SUPERVISOR, date(2025, 3, 1), at(date(2025, 3, 1)))
    with village.book.reading() as connection:
        kinds = [kind for _s, kind, _e, _h in entries(connection)]
    assert kinds[-2:] == ["person.added", "post.given"]


def test_who_reads_while_another_thread_writes_sees_the_state_before_and_ends_nothing(tmp_path: Path):
    with make_book(tmp_path) as book, ThreadPoolExecutor(1) as pool:
        begun, read = threading.Event(), threading.Event()
        before = book.head()

        def write() -> None:
            with book.writing("孙丽", datetime(2025, 1, 5, 10, tzinfo=UTC)) as writing:
                writing.log("person.added", {"id": "p9", "name": "何九"}, new_id(), "people")
                writing.settle()
                begun.set()
                assert read.wait(5)

        done = pool.submit(write)
        assert begun.wait(5)
        assert book.head() == before
        read.set()
        done.result()
        assert book.head().seq == before.seq + 1
