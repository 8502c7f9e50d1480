"""What is written: one payment, a hundred thousand imported vouchers, a package."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench import history, village
from tests.bench.clock import Figure, seconds, syncs
from tests.bench.setting import Setting
from villagebook.domain.document import Document
from villagebook.domain.finding import Finding
from villagebook.services.approvals import signing
from villagebook.services.book_file import books
from villagebook.services.by import new_id
from villagebook.services.handing_over import handover
from villagebook.services.period_end import checking
from villagebook.services.vouchers import documents, imports
from villagebook.storage.engine import PRAGMAS


def bare(path: Path) -> sqlite3.Connection:
    """SQLite with our own pragmas and nothing else."""
    raw = sqlite3.connect(path, isolation_level=None)
    for name, value in PRAGMAS:
        raw.execute(f"PRAGMA {name}={value}")
    return raw


def bare_commit(raw: sqlite3.Connection, key: int) -> None:
    """A voucher of two lines and its totals: as little as could be called a posting."""
    raw.execute("BEGIN IMMEDIATE")
    raw.execute(history.PUT_VOUCHER, (key, "2025-01-15", key, "支付村部水费电费"))
    raw.executemany(history.PUT_LINE, [(key, 1, "513", 12_300, 0), (key, 2, "102", 0, 12_300)])
    raw.executemany(
        "INSERT INTO month_total VALUES (202501, ?, ?, ?) ON CONFLICT DO UPDATE SET debit_fen = debit_fen + excluded.debit_fen,"
        " credit_fen = credit_fen + excluded.credit_fen",
        [("513", 12_300, 0), ("102", 0, 12_300)],
    )
    raw.execute("COMMIT")


def ready_payment(book: books.Book, no: int) -> tuple[Document, tuple[signing.InkMark, ...]]:
    """A payment with every signature but the last."""
    document = village.payment(no=no)
    documents.submit(book, document, village.at())
    marks = village.marks(book, document)
    signing.sign_ink(book, document.id, marks[:-1], village.photo(book), village.at())
    return document, marks[-1:]


def stored_only(book: books.Book, no: int, number: int) -> None:
    """The storage's share of the last signature: two events, their rows and totals, read back, committed."""
    with book.writing("何静", village.at().at) as writing:
        signature = {"subject": "s", "content_hash": "0" * 64, "slot": "A", "person_id": "p", "kind": "ink"}
        signature |= {"signed_on": "2025-01-15", "evidence": "0" * 64, "key_id": "", "reference": ""}
        writing.log("signature.given", dict(signature), new_id())
        writing.settle()
        body = {
            "kind": "payment",
            "word": "量",
            "number": number,
            "booked_on": "2025-01-15",
            "summary": "水费",
        }
        body |= {"party": "县供电公司", "paper_count": 1, "origin": "native", "document_id": new_id()}
        body |= {"reverses": "", "paper_no": str(no), "places_inferred": False}
        body["lines"] = [
            ["513", 12_300, 0, "水费", "", "", ""],
            ["102", 0, 12_300, "水费", "EX", "县供电公司", ""],
        ]
        writing.log("voucher.posted", dict(body), new_id())


def posting(setting: Setting) -> Iterator[Figure]:
    """The last signature of a payment, against a bare commit in a database of the same history."""
    path, plain = setting.copy(setting.book), setting.copy(setting.plain)
    raw = bare(plain)
    whole, kept, floor = [], [], []
    n = 40
    with books.open_book(path) as book:
        village.know(book)
        for no in range(n):
            document, last = ready_payment(book, no)
            started = time.perf_counter()
            outcome = signing.sign_ink(book, document.id, last, village.photo(book), village.at())
            whole.append(time.perf_counter() - started)
            if not outcome.voucher_id:
                raise AssertionError("the last signature did not post")
            kept.append(seconds(lambda no=no: stored_only(book, no, no + 1)))  # type: ignore[misc]  # a default of a lambda has no type
            floor.append(seconds(lambda no=no: bare_commit(raw, 10_000_000 + no)))  # type: ignore[misc]  # a default of a lambda has no type
    raw.close()
    base = statistics.median(floor)
    ours = statistics.median(kept)
    note = "log, rows, totals, read back, commit"
    yield Figure("posting, the store's part", ours, n, base, "at most 2x", ours <= 2 * base, note=note)
    note = "the same with facts gathered and every rule run twice"
    yield Figure("posting, last signature to done", statistics.median(whole), n, base, note=note)
    yield from _syncs(setting)


_COUNTED = """
import sys
from pathlib import Path
from tests.bench import village, writing
from villagebook.services.book_file import books
path, times = Path(sys.argv[1]), int(sys.argv[2])
if sys.argv[3] == "bare":
    raw = writing.bare(path)
    for no in range(times):
        writing.bare_commit(raw, 20_000_000 + int(sys.argv[4]) + no)
else:
    with books.open_book(path) as book:
        village.know(book)
        for no in range(times):
            writing.stored_only(book, no, 1000 + int(sys.argv[4]) + no)
"""


def _syncs(setting: Setting) -> Iterator[Figure]:
    """Syncs per posting: the difference of two runs of different length."""
    path, plain = setting.copy(setting.book), setting.copy(setting.plain)
    found = []
    for file, kind in ((path, "ours"), (plain, "bare")):
        few = syncs(_COUNTED, str(file), "2", kind, "100")
        many = syncs(_COUNTED, str(file), "12", kind, "200")
        found.append(None if few is None or many is None else (many - few) / 10)
    ours, floor = found
    if ours is None or floor is None:
        sys.stderr.write("Syncs are not counted: there is no strace here.\n")
        return
    yield Figure("syncs of a posting", ours, 10, floor, "no more than bare", ours <= floor, "syncs")


def importing(setting: Setting) -> Iterator[Figure]:
    """A CSV file into an empty book, against the same file into plain tables."""
    n = 3 if setting.vouchers > 20_000 else 5
    ours, floor, busy = [], [], []
    for run in range(n):
        folder = setting.fresh(f"import{run}")
        with village.new_book(folder / "a.vbook") as book:
            started, worked = time.perf_counter(), time.process_time()
            imports.import_file(book, setting.table, by=village.at())
            ours.append(time.perf_counter() - started)
            busy.append(time.process_time() - worked)
        started = time.perf_counter()
        _plain_import(setting.table, folder / "b.db")
        floor.append(time.perf_counter() - started)
        shutil.rmtree(folder)
    took, base = statistics.median(ours), statistics.median(floor)
    rate = setting.vouchers / took
    note = "floor: the same file parsed, balanced and inserted into plain tables"
    name = f"import of {setting.vouchers:,} vouchers"
    yield Figure(name, took, n, base, "15,000/s", rate >= 15_000, note=note)
    note = f"{setting.vouchers / min(busy):,.0f} per second of processor time in the best run"
    yield Figure(name, rate, n, unit="/s", note=note)


def _plain_import(table: Path, path: Path) -> None:
    raw = bare(path)
    raw.executescript(history.PLAIN)
    raw.execute("BEGIN")
    heads: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    sums: dict[tuple[str, str], int] = {}
    with table.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        next(rows)
        for day, _word, number, summary, account, debit, credit, _party, _place in rows:
            key = (day[:7], number)
            if key not in sums:
                sums[key] = 0
                heads.append((len(heads) + 1, day, int(number), summary))
            debit_fen, credit_fen = int(debit.replace(".", "") or 0), int(credit.replace(".", "") or 0)
            sums[key] += debit_fen - credit_fen
            lines.append((len(heads), len(lines), account, debit_fen, credit_fen))
    if any(sums.values()):
        raise AssertionError("the made-up history does not balance")
    raw.executemany(history.PUT_VOUCHER, heads)
    raw.executemany(history.PUT_LINE, lines)
    raw.execute("COMMIT")
    raw.close()


def package(setting: Setting) -> Iterator[Figure]:
    """Export with read-back, then verify as the township does."""
    count = min(20_000, setting.vouchers)
    folder = setting.fresh("package")
    village.book_with_history(folder / "a.vbook", count)
    with books.open_book(folder / "a.vbook") as book:
        made = []
        took = seconds(lambda: made.append(handover.export(book, folder, village.at())))
        yield Figure(f"export of {count:,} vouchers", took, 1, note=f"{made[0].path.stat().st_size:,} bytes")
        found: list[Finding] = []
        took = seconds(lambda: found.extend(checking.verify(made[0].path)))
        yield Figure(f"verify of {count:,} vouchers", took, 1, note=f"{len(found)} findings")
    shutil.rmtree(folder)
