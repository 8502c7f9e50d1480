"""Journeys: approved before they begin, paid to those who travelled, within what was asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import builders as b
from tests.exchange.invoices import files as invoice_samples
from villagebook.domain.document import Document, SpendKind
from villagebook.domain.errors import Refused
from villagebook.domain.invoice import STRANGER
from villagebook.domain.trip import Transport, Trip, TripState
from villagebook.services.approvals import list_sheets, signing, trips
from villagebook.services.invoicing import invoice_files

ASKED = date(2025, 3, 3)
LEAVES = date(2025, 3, 10)


@pytest.fixture
def village(tmp_path: Path) -> Iterator[b.Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000})
    yield made
    made.book.close()


def trip(village: b.Village, code: str = "T2025-001", **changes: Any) -> Trip:
    made = Trip(
        code,
        (village.ids["handler"],),
        "参加防汛会议",
        "聊城",
        LEAVES,
        LEAVES + timedelta(days=2),
        Transport.BUS,
        60_000,
        village.ids["handler"],
    )
    return replace(made, **changes)


def approve(village: b.Village, code: str = "T2025-001", day: date = ASKED, seen: date | None = None) -> None:
    """Everybody the township asks for signs on a day; the sheet comes in on another one."""
    for state in trips.slots(village.book, code, seen or day):
        keys = {"H": "handler", "D": "director", "P": "secretary"}
        mark = signing.InkMark(state.slot.code, village.ids[keys[state.slot.code]], day)
        signing.sign_ink(village.book, f"trip:{code}", (mark,), b.photo(village), b.at(seen or day))


def settle(village: b.Village, code: str = "T2025-001", fen: int = 50_000, **changes: Any) -> Document:
    made = trips.settlement_of(village.book, code, b.at(LEAVES + timedelta(days=4)))
    item = replace(made.items[0], account="513", amount_fen=fen)
    made = replace(
        made,
        items=(item,),
        place="EX",
        party="冯志",
        handler=village.ids["witness"],
        support_no="差旅2025-1",
        paper_count=2,
        enclosed=("tickets",),
    )
    return replace(made, **changes)


def stopped_by(village: b.Village, document: Document) -> set[str]:
    with pytest.raises(Refused) as stopped:
        b.submit(village, document)
    return {f.id for f in stopped.value.findings}


def state(village: b.Village) -> TripState:
    return trips.standings(village.book)[0].state


def test_a_journey_is_asked_for_approved_and_settled(village: b.Village):
    trips.ask(village.book, trip(village), b.at(ASKED))
    assert state(village) is TripState.ASKED
    approve(village)
    assert trips.standings(village.book)[0].approved_on == ASKED
    document = settle(village)
    b.submit(village, document)
    b.sign_everything(village, document.id, LEAVES + timedelta(days=4), W="villager")
    assert state(village) is TripState.SETTLED
    assert trips.standings(village.book)[0].paid_fen == 50_000


def test_a_retro_dated_journey_is_refused_at_every_door(village: b.Village):
    with pytest.raises(Refused, match="asked for only now"):
        trips.ask(village.book, trip(village), b.at(LEAVES))
    trips.ask(village.book, trip(village), b.at(ASKED))
    with pytest.raises(Refused, match="comes too late"):
        approve(village, day=LEAVES)
    with pytest.raises(Refused, match="nobody can tell any more"):
        approve(village, day=ASKED, seen=LEAVES + timedelta(days=4))
    assert "AP-20" in stopped_by(village, settle(village))


def test_travel_without_a_journey_is_refused(village: b.Village):
    made = b.payment(village, 30_000, LEAVES, spend_kind=SpendKind.TRAVEL, summary="赴聊城开会差旅")
    assert "TRP-05" in stopped_by(village, made)


def test_only_those_who_travelled_are_paid(village: b.Village):
    trips.ask(village.book, trip(village), b.at(ASKED))
    approve(village)
    assert "AP-21" in stopped_by(village, settle(village, party="孙丽", payee_person=village.ids["clerk"]))


def test_nights_and_estimate_hold_a_settlement(village: b.Village):
    trips.ask(village.book, trip(village, estimate_fen=200_000), b.at(ASKED))
    approve(village)
    inn = settle(village, fen=70_001)
    inn = replace(inn, items=(replace(inn.items[0], summary="住宿费"),))
    assert "AP-22" in stopped_by(village, inn)
    assert "TRP-06" in stopped_by(village, settle(village, fen=220_001))


def test_the_name_on_a_ticket_is_kept_only_where_it_is_somebody_of_the_village(village: b.Village):
    kept = {}
    for name in ("张三", "冯 志"):
        looked = invoice_files.look_at(invoice_samples.RAIL.replace("张三", name).encode(), "车票.xml")
        _paper, (ticket,) = invoice_files.keep(village.book, looked)
        assert ticket.told.journey is not None
        kept[name] = ticket.told.journey.passenger
        assert "张三" not in str(ticket.to_data())
        assert "110105" not in str(ticket.to_data())
    assert kept == {"张三": STRANGER, "冯 志": "冯志"}


def test_nobody_is_on_two_journeys_at_once_and_nobody_approves_the_own_one(village: b.Village):
    trips.ask(village.book, trip(village), b.at(ASKED))
    with pytest.raises(Refused, match="T2025-001"):
        trips.ask(village.book, trip(village, "T2025-002", from_on=LEAVES + timedelta(days=2)), b.at(ASKED))
    heads = (village.ids["director"],)
    later = {"from_on": LEAVES + timedelta(days=20), "to_on": LEAVES + timedelta(days=21)}
    trips.ask(village.book, trip(village, "T2025-003", travellers=heads, **later), b.at(ASKED))
    needed = [s.slot.code for s in trips.slots(village.book, "T2025-003", ASKED)]
    assert "D" not in needed  # the secretary signs for both (X8)


def test_an_approved_journey_stays_as_it_is_until_it_is_given_up(village: b.Village):
    trips.ask(village.book, trip(village), b.at(ASKED))
    approve(village)
    with pytest.raises(Refused, match="approved or given up"):
        trips.ask(village.book, trip(village, to_on=LEAVES + timedelta(days=9)), b.at(ASKED))
    trips.drop(village.book, "T2025-001", "会议取消", b.at(ASKED))
    assert state(village) is TripState.DROPPED
    assert "AP-20" in stopped_by(village, replace(settle(village)))


def test_the_request_is_one_small_sheet(village: b.Village):
    trips.ask(village.book, trip(village), b.at(ASKED))
    assert list_sheets.trip_sheet_pdf(village.book, "T2025-001", ASKED).startswith(b"%PDF")
