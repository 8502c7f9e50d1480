"""What must hold whatever is done to assets and contracts, through the doors of the program."""

from __future__ import annotations

import contextlib
import tempfile
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.builders import START, Village, at, make_village
from villagebook.domain.asset import Asset, AssetState, Disposal, Gone, Method, month_charge
from villagebook.domain.contract import Instalment, schedule, settle
from villagebook.domain.document import Document, Support
from villagebook.domain.errors import Refused
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.services import by
from villagebook.services.gathering import asset_facts
from villagebook.services.registers import asset_drafts, assets, depreciation
from villagebook.services.vouchers import documents

FENS = st.integers(1, 5_000_000)
CARD = Asset("G-0001", "灌溉水泵", date(2024, 12, 5), 1_000, taken_over=False)


@given(
    original=FENS,
    residual=st.integers(0, 10_000),
    life=st.integers(1, 60),
    changes=st.lists(
        st.tuples(st.integers(0, 60), st.integers(1, 120), st.booleans(), st.booleans()), max_size=40
    ),
)
def test_an_asset_never_loses_more_than_its_base_and_ends_at_its_residual_value(
    original: int, residual: int, life: int, changes: list[tuple[int, int, bool, bool]]
) -> None:
    """Each month its life or method may change and a run may be left out."""
    asset = replace(CARD, original_fen=original, residual_bp=residual, life_months=life)
    lost = 0
    for number in range(130):
        month = Period(2025, 1).shifted(number)
        for at_month, new_life, stops, _skips in changes:
            if at_month == number:
                asset = replace(asset, life_months=new_life, method=Method.NONE if stops else Method.STRAIGHT)
        charge = month_charge(AssetState(asset, lost), month, same_month=False)
        assert charge >= 0
        if not any(when == number and skips for when, _life, _stops, skips in changes):
            lost += charge
        assert lost <= asset.base_fen
    asset = replace(asset, method=Method.STRAIGHT)
    lost += month_charge(AssetState(asset, lost), Period(2035, 12), same_month=False)
    assert lost == asset.base_fen


@given(
    parts=st.lists(st.tuples(st.integers(0, 900), FENS), max_size=12),
    paid=st.integers(-1_000, 20_000_000),
)
def test_what_is_paid_and_what_is_left_make_what_was_agreed(parts: list[tuple[int, int]], paid: int) -> None:
    instalments = [Instalment(START.first_day + timedelta(days), fen) for days, fen in parts]
    settled, beyond = settle(instalments, paid)
    agreed = sum(i.amount_fen for i in instalments)
    assert sum(p.paid_fen + p.left_fen for p in settled) == agreed
    assert sum(p.paid_fen for p in settled) + beyond == max(0, paid)
    assert all(0 <= p.paid_fen <= p.amount_fen for p in settled)
    opens = [p for p in settled if p.left_fen]
    assert not opens or all(p.paid_fen == 0 for p in opens[1:])
    assert not (beyond and opens)


@given(
    first=st.dates(date(2024, 1, 1), date(2026, 12, 31)),
    months=st.integers(0, 240),
    every=st.sampled_from((0, 1, 3, 6, 12)),
    step=st.integers(0, 2_000),
    times=st.integers(1, 5),
)
def test_a_schedule_has_one_instalment_a_cycle_and_never_falls(
    first: date, months: int, every: int, step: int, times: int
) -> None:
    until = Period.of(first).shifted(months).last_day
    made = schedule(first, until, every, 10_000, step, times)
    assert len(made) == (months // every + 1 if every else 1)
    assert made[0].due_on == first
    assert all(a.due_on < b.due_on and a.amount_fen <= b.amount_fen for a, b in pairwise(made))


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("card", "run", "back", "life", "value", "leave", "clear", "next")),
        st.integers(0, 2),
        st.integers(1, 60),
    ),
    min_size=4,
    max_size=18,
)


UNDONE_TOO_LATE = [
    ("card", 0, 30),
    ("next", 0, 1),
    ("run", 0, 1),
    ("leave", 0, 1),
    ("clear", 0, 1),
    ("back", 0, 1),
]
"""A run taken back after the asset it charged has left the books: found by thinking, not by chance."""


@settings(max_examples=25)
@example(steps=UNDONE_TOO_LATE)
@given(steps=STEPS)
def test_cards_and_ledger_agree_when_everything_goes_through_the_register(
    steps: list[tuple[str, int, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        village = make_village(Path(folder))
        month = START
        for what, number, amount in steps:
            month = month.shifted(1) if what == "next" else month
            with contextlib.suppress(Refused):
                _do(village, what, f"G-000{number}", amount, month)
            _holds(village)
        village.book.close()


def _do(village: Village, what: str, code: str, amount: int, month: Period) -> None:
    """One verb on the last day of a month; refusals are part of the story."""
    book, moment = village.book, at(month.last_day)
    held = next((s for s in assets.states(book, date.max) if s.asset.code == code), None)
    if what == "card":
        card = replace(CARD, code=code, original_fen=amount * 1_000, residual_bp=500, life_months=amount)
        assets.register(book, replace(card, acquired_on=month.first_day), moment)
        lines = (
            VoucherLine("151", card.original_fen, 0, "接受捐赠水泵"),
            VoucherLine("311", 0, card.original_fen, "接受捐赠水泵"),
        )
        lines = (replace(lines[0], links=(Link(LinkKind.ASSET, code),)), lines[1])
        documents.submit(
            book,
            Document(
                by.new_id(),
                DocKind.ADJUSTMENT,
                month.first_day,
                "接受捐赠水泵",
                lines=lines,
                support=Support.INTERNAL,
            ),
            moment,
        )
    elif what == "run":
        depreciation.run(book, month, moment)
    elif what == "back":
        depreciation.take_back(book, month, "年限录入有误", moment)
    elif held is None:
        return
    elif what == "life":
        assets.change(book, replace(held.asset, life_months=amount), month.first_day, "重新估计年限", moment)
    elif what == "value":
        assets.change(
            book, replace(held.asset, residual_bp=amount * 100), month.first_day, "重新估计残值", moment
        )
    elif what == "leave":
        assets.dispose(
            book, Disposal(code, month.last_day, Gone.SCRAPPED, "锈蚀报废", "代表会2025-8"), moment
        )
    else:
        for draft in asset_drafts.clearing(book, code, moment):
            documents.submit(book, draft, moment)


def _holds(village: Village) -> None:
    """Every account agrees with its cards, those on their way out taken in, and nobody has lost too much."""
    with village.book.reading() as connection:
        found = asset_facts.states(connection, date.max).values()
        still = [replace(s, disposal=None) for s in found if not s.is_cleared]
        for tie in asset_facts.ties(connection, still, Period(2030, 12)):
            assert tie.cards_fen == tie.ledger_fen, tie
        assert all(s.lost_fen <= s.asset.base_fen for s in found)
        assert all(s.lost_fen == 0 for s in found if s.is_cleared)
