"""The demo village, both of its years: whatever day it is made on, every act of its story is accepted and nothing is amiss.

Its slips and photos are real in the demo itself; here the pens are left out, for they are tried elsewhere and take their time.
"""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from PIL import Image

from tests.builders import ids_of
from villagebook.domain.loan import Standing
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Stage
from villagebook.services import (
    annual,
    assets,
    contracts,
    demo,
    demo_board,
    demo_meetings,
    demo_paper,
    files,
    fund_register,
    home,
    loans,
    notices,
    projects,
    statements,
    year_end,
)
from villagebook.services.books import Book, open_book
from villagebook.services.by import By
from villagebook.services.checking import check_book
from villagebook.storage import ledger


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """One blank photo in place of every sheet, and one package."""
    out = io.BytesIO()
    Image.new("RGB", (40, 40), "white").save(out, "JPEG")
    sheet = out.getvalue()
    printed: list[str] = []

    def slip_pdf(_book: Book, ids: tuple[str, ...], *, two_up: bool) -> bytes:
        printed[:] = ids if two_up else ids[:1]
        return b""

    def take_in(book: Book, data: bytes, name: str, _at: By) -> SimpleNamespace:
        return SimpleNamespace(documents=tuple(printed), photo=files.store_file(book, data, name))

    monkeypatch.setattr(demo_paper, "slip_pdf", slip_pdf)
    monkeypatch.setattr(demo_paper, "take_in", take_in)
    for module in (demo_paper, demo_meetings):
        monkeypatch.setattr(module, "photographs", lambda *_a, **_k: [sheet])
    for module in (demo_paper, demo_board):
        monkeypatch.setattr(module, "notice_sheet", lambda *_a: b"")
    monkeypatch.setattr(demo_board, "_snapped", lambda _pdf: sheet)
    monkeypatch.setattr(notices, "final_pdf", lambda *_a: b"%PDF")
    monkeypatch.setattr(demo, "HANDED_OVER", (2,))


def balance(book: Book, account: str, day: date) -> int:
    with book.reading() as connection:
        found = ledger.balances(connection, Span.of(Period.of(day)))
    return sum(b.closing_fen for b in found if b.account.startswith(account))


@pytest.mark.usefixtures("quick")
def test_the_demo_tells_a_year_its_end_and_two_months_more(tmp_path: Path) -> None:
    today = date(2025, 3, 31)
    made = demo.build_demo(tmp_path, today=today)
    with open_book(made.book) as book:
        assert check_book(book) == ()
        assert len(made.notices) == 14
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
        assert leases["H-0005"].contract.to_on == today + timedelta(days=45)
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

        told = ids_of(home.home(book, today).todos)
        assert {"E2L-32", "LN-11"} <= set(told), "a late rent and an old loan"
        assert not [t for t in home.home(book, today).todos if t.severity.stops]


@pytest.mark.usefixtures("quick")
def test_the_demo_can_be_made_on_new_years_day(tmp_path: Path) -> None:
    made = demo.build_demo(tmp_path, today=date(2025, 1, 1))
    with open_book(made.book) as book:
        assert check_book(book) == ()
        assert year_end.year_state(book, 2024) == "closed"
