"""The demo village, both of its years: whatever day it is made on, every act of its story is accepted and nothing is amiss.

Its slips and photos are real in the demo itself and in the tests of its command; here the pens are left out. On the way the same
village is left standing on a New Year's morning, as it would be made on that day.
"""

from __future__ import annotations

import io
import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.builders import ids_of
from villagebook.domain.keys import KeyState
from villagebook.domain.loan import Standing
from villagebook.domain.pay_list import ListKind
from villagebook.domain.pay_list_proof import ListState
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Stage
from villagebook.domain.signature import SignKind
from villagebook.domain.slip import SEAL_LENGTH
from villagebook.domain.trip import TripState
from villagebook.services import files, home
from villagebook.services.approvals import list_standings, slips, trips
from villagebook.services.book_file.books import Book, open_book
from villagebook.services.by import By
from villagebook.services.demo_village import demo, demo_board, demo_meetings, demo_paper, demo_sheets
from villagebook.services.demo_village.demo_story import Agenda, DemoVillage
from villagebook.services.disclosure import audits, corrections, notices, sheet_cycle, sheets, year_pack
from villagebook.services.offices import key_words, office_handover
from villagebook.services.period_end import year_end
from villagebook.services.period_end.checking import check_book
from villagebook.services.registers import assets, contracts, fund_register, loans, projects
from villagebook.services.reporting import annual, statements
from villagebook.services.vouchers import documents
from villagebook.storage import documents as docs
from villagebook.storage import keys as key_rows
from villagebook.storage import ledger, objects

TODAY, NEW_YEAR = date(2025, 3, 31), date(2025, 1, 1)


@dataclass(frozen=True, slots=True)
class Lived:
    """The village's book on two days, and what was made until the later one."""

    book: Book
    made: demo.Demo
    on_new_year: Path


def blank(number: int) -> bytes:
    """A white photo whose size is its own."""
    out = io.BytesIO()
    Image.new("RGB", (8 + number % 64, 8 + number // 64), "white").save(out, "JPEG")
    return out.getvalue()


def without_pens(patch: pytest.MonkeyPatch) -> None:
    """A blank photo in place of every sheet, and one package."""
    numbers = iter(range(1, 10**6))
    printed: list[str] = []

    def slip_pdf(_book: Book, ids: tuple[str, ...], **_more: bool) -> bytes:
        printed[:] = ids
        return b""

    def take_in(book: Book, data: bytes, name: str, at: By) -> SimpleNamespace:
        """As if the codes of everything that was printed had been read in the picture."""
        photo = files.store_file(book, data, name)
        with book.scribbling() as connection:
            held = {i: docs.submitted(connection, i) for i in printed}
            shown = [[i, h.content_hash[:SEAL_LENGTH]] for i, h in held.items() if h is not None]
            objects.save_form(connection, f"codes:{photo.sha256}", json.dumps(shown), at.at.isoformat())
        printed.clear()
        return SimpleNamespace(documents=tuple(held), photo=photo)

    def seen(*_a: object, **_k: object) -> bytes:
        """A picture of its own each time: no two slips and no two boards share one."""
        return blank(next(numbers))

    for module in (demo_paper, slips):
        patch.setattr(module, "slip_pdf", slip_pdf)
        patch.setattr(module, "take_in", take_in)
    for module in (demo_paper, demo_meetings):
        patch.setattr(module, "photographs", lambda *_a, **_k: [seen()])
    patch.setattr(demo_board, "_snapped", seen)
    patch.setattr(demo_sheets, "photos_of", lambda _pdf, count: [seen() for _n in range(count)])
    for module in (notices, sheets):
        patch.setattr(module, "final_pdf", lambda *_a: b"%PDF")
    patch.setattr(year_pack, "pack", lambda *_a: SimpleNamespace(pdf=b"%PDF", pages=90))
    patch.setattr(demo, "HANDED_OVER", (11,))


def wake_on_new_year(patch: pytest.MonkeyPatch, folder: Path) -> Path:
    """When January begins, a copy of the village is told that today is the first day of the year."""
    target = folder / "new-year.vbook"
    whole = demo._whole_month

    def month(village: DemoVillage, period: Period, index: int, *, bank_file: bool) -> None:
        if period == Period.of(NEW_YEAR):
            shutil.copy(village.book.path, target)
            with open_book(target) as copy:
                demo._month_in_work(
                    replace(village, book=copy, today=NEW_YEAR, agenda=Agenda()), period, NEW_YEAR
                )
        whole(village, period, index, bank_file=bank_file)

    patch.setattr(demo, "_whole_month", month)
    return target


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    folder = tmp_path_factory.mktemp("years")
    with pytest.MonkeyPatch.context() as patch:
        without_pens(patch)
        on_new_year = wake_on_new_year(patch, folder)
        made = demo.build_demo(folder / "village", today=TODAY)
    with open_book(made.book) as book:
        yield Lived(book, made, on_new_year)


def balance(book: Book, account: str, day: date) -> int:
    with book.reading() as connection:
        found = ledger.balances(connection, Span.of(Period.of(day)))
    return sum(b.closing_fen for b in found if b.account.startswith(account))


def test_the_demo_tells_a_year_its_end_and_two_months_more(lived: Lived) -> None:
    book, today = lived.book, TODAY
    assert check_book(book) == ()
    table, broken = statements.all_ties(book, Span.parse("2024"))
    assert broken == ()
    assert table.rows
    assert annual.make(book, "annual-report", 2024)[1] == ()
    assert year_end.year_state(book, 2024) == "closed"

    cards = [s for s in assets.states(book, today) if not s.is_cleared]
    assert sum(s.asset.original_fen for s in cards) == balance(book, "151", today)
    assert sum(s.lost_fen for s in cards) == -balance(book, "152", today)
    leases = {s.contract.code: s for s in contracts.states(book, today)}
    assert [p.left_fen for p in leases["H-0004"].overdue(today)] == [720_000]
    assert leases["H-0006"].ended
    (bridge,) = projects.standings(book, today)
    assert (bridge.project.stage, balance(book, "231", today), balance(book, "153", today)) == (
        Stage.SETTLED, 0, 0,
    )  # fmt: skip
    (fund,) = fund_register.standings(book, today)
    assert fund.left_fen == -balance(book, "241", today) > 0
    owed = {o.code: o for o in loans.standings(book, today)}
    assert (owed["D-01"].left_fen, owed["C-01"].standing) == (0, Standing.OVERDUE)
    assert owed["C-01"].left_fen == balance(book, "113", today), "every member was paid"


def test_what_is_left_to_do_is_left_on_purpose(lived: Lived) -> None:
    todos = home.home(lived.book, TODAY).todos
    assert not [t for t in todos if t.severity.stops]
    assert {"E2L-32", "LN-11"} <= set(ids_of(todos)), "a late rent and an old loan"
    on_purpose = {
        "E2L-12",
        "E2L-32",
        "LN-11",
        "HOME-01",
        "HOME-02",
        "HOME-04",
        "HOME-12",
        "HOME-13",
        "HOME-21",
        "HOME-22",
    }
    assert set(ids_of(todos)) <= on_purpose


def test_everybody_signs_as_an_official_would_show_it(lived: Lived) -> None:
    book = lived.book
    with book.reading() as connection:
        by_key = [g.signature for g in key_rows.given(connection)]
    assert [(s.slot, s.kind) for s in by_key] == [("D", SignKind.KEY)]
    states = sorted(r.state.value for r in key_words.rows(book, TODAY))
    assert states == sorted([KeyState.REVOKED.value, KeyState.VALID.value])
    (change,) = office_handover.lists(book)
    assert change.done_on is not None
    assert [s.state for s in trips.standings(book)] == [TripState.SETTLED]
    paid = list_standings.standings(book)
    assert {s.state for s in paid} == {ListState.PROVEN}
    by_kind = Counter(s.content.kind for s in paid)
    assert by_kind == {ListKind.LOST_WORK: 1, ListKind.SUBSIDY: 1, ListKind.PAY: 15}, "cleaners every month"
    (audit,) = audits.listing(book)
    assert (len(audit.points), audit.open_points()) == (2, ())
    drafts = documents.drafts(book)
    held = [d for d in drafts if "AP-12" in ids_of(documents.preview(book, d, TODAY).findings)]
    assert len(held) == 1, "a second bill of one shop is begun and held"


def test_a_year_of_notices_hangs_on_the_wall(lived: Lived) -> None:
    """Whatever a month, a quarter, a half-year and the year ask for was compiled, reviewed and hung."""
    book = lived.book
    rows = notices.papers(book)
    assert {r.state for r in rows} == {"final"}
    year = [r.form for r in rows if r.span.last.year == 2024]
    wanted = {"F1": 12, "F2": 12, "F3": 4, "F4": 2, "F5": 3, "F6": 1, "F7": 4, "F8": 4, "F11": 1}
    assert {form: year.count(form) for form in wanted} == wanted
    assert "F10" in year
    assert all(one.number for one in sheet_cycle.in_book(book, TODAY))
    (correction,) = corrections.listing(book)
    assert (correction.state, bool(correction.objection_id)) == ("final", True), "a doubt was upheld (F12)"
    assert len(lived.made.notices) >= 14 + 14 + 12


def test_the_demo_can_be_made_on_new_years_day(lived: Lived) -> None:
    with open_book(lived.on_new_year) as book:
        assert year_end.year_state(book, 2024) == "closed"
        assert [t for t in home.home(book, NEW_YEAR).todos if t.severity.stops] == []
