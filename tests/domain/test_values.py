"""Events, places, documents, people and receipt books as values."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from itertools import pairwise, product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villagebook.domain.balance import AccountBalance, first_shortfall, split_sides
from villagebook.domain.canonical import canonical
from villagebook.domain.document import (
    Attachment,
    Document,
    Item,
    Method,
    SpendKind,
    Support,
    derive_lines,
)
from villagebook.domain.event import GENESIS, Event, Head, entry_hash, read_entry, stamp
from villagebook.domain.keys import SUITE
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.people import Person, Post, PostKind, Staff
from villagebook.domain.place import PAYING, RECEIVING, Place, PlaceKind, Places, Purpose, movement
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.signature import (
    Signature,
    SignKind,
    Slot,
    SlotKind,
    next_slot,
    signed_message,
    slot_states,
)
from villagebook.domain.slip import read_slip_code, slip_code
from villagebook.domain.voucher import DocKind, VoucherLine, imbalance_fen

DAY = date(2025, 3, 5)


# ---- events


def chain(count: int) -> list[Event]:
    made: list[Event] = []
    prev = GENESIS
    for seq in range(1, count + 1):
        event = Event(seq, "person.added", "2025-03-05T10:00:00Z", "孙丽", f"id{seq}", prev, {"n": seq})
        made.append(event)
        prev = entry_hash(event.entry())
    return made


def test_each_event_names_the_hash_of_the_one_before():
    events = chain(5)
    assert events[0].prev == GENESIS
    for before, after in pairwise(events):
        assert after.prev == entry_hash(before.entry())


@pytest.mark.parametrize("field", [f.name for f in fields(Event)])
def test_changing_anything_in_an_event_changes_its_hash(field: str):
    event = chain(1)[0]
    other: dict[str, Any] = {"seq": 2, "data": {"n": 2}}
    changed = replace(event, **{field: other.get(field, "other")})
    assert entry_hash(changed.entry()) != entry_hash(event.entry())


def test_an_entry_reads_back_to_the_same_event_and_the_same_bytes():
    event = chain(1)[0]
    assert read_entry(event.entry()) == event
    assert read_entry(event.entry()).entry() == event.entry()


def test_the_hash_of_an_entry_is_not_the_bare_hash_of_its_bytes():
    import hashlib

    entry = chain(1)[0].entry()
    assert entry_hash(entry) != hashlib.sha256(entry).hexdigest()


@pytest.mark.parametrize("body", [{}, {"v": 2}, {"v": 1}, {"v": 1, "seq": 1, "kind": "x"}, [], "x"])
def test_an_entry_of_an_unknown_version_or_without_a_field_is_refused(body: Any):
    with pytest.raises(ValueError):
        read_entry(canonical(body))


def test_a_head_is_written_in_groups_for_paper():
    assert Head(3, "0123456789abcdef" + "0" * 48).short == "0123-4567-89ab-cdef"


def test_the_log_writes_universal_time():
    from datetime import datetime, timedelta, timezone

    china = timezone(timedelta(hours=8))
    assert stamp(datetime(2025, 3, 5, 8, 0, 1, tzinfo=china)) == "2025-03-05T00:00:01Z"


# ---- money places

ALLOWED = {
    ("RC", "IN"): Purpose.DEPOSIT,
    ("RC", "SP"): Purpose.DEPOSIT,
    ("RC", "AG"): Purpose.DEPOSIT,
    ("IN", "EX"): Purpose.APPROPRIATION,
    ("EX", "IM"): Purpose.IMPREST_ISSUE,
    ("IM", "EX"): Purpose.IMPREST_RETURN,
    ("IN", "SP"): Purpose.FUND,
    ("SP", "IN"): Purpose.FUND,
}
"""two_line.md section 3, copied by hand."""


@pytest.mark.parametrize(("source", "target"), list(product(PlaceKind, PlaceKind)))
def test_exactly_the_listed_movements_between_places_are_allowed(source: PlaceKind, target: PlaceKind):
    a, b = Place("a", source, "a", "101"), Place("b", target, "b", "102")
    assert movement(a, b) == ALLOWED.get((source.value, target.value))
    assert movement(a, a) is None


def test_exactly_the_listed_places_take_and_give_money():
    assert {k.value for k in RECEIVING} == {"RC", "IN", "SP", "AG"}
    assert {k.value for k in PAYING} == {"EX", "IM", "SP", "AG"}


def test_no_chain_of_transfers_leads_from_takings_to_the_outside_past_the_income_line_or_a_fund():
    """From RC money reaches EX only through IN, by an appropriation."""
    ways = {(a, b) for a, b in ALLOWED if b != "IN"}
    reached, todo = {"RC"}, ["RC"]
    while todo:
        here = todo.pop()
        for a, b in ways:
            if a == here and b not in reached:
                reached.add(b)
                todo.append(b)
    assert "EX" not in reached
    assert "IM" not in reached


def test_imported_money_without_a_place_falls_to_the_income_side():
    places = Places(
        [
            Place("EX", PlaceKind.EX, "e", "102"),
            Place("IM", PlaceKind.IM, "i", "101"),
            Place("RC", PlaceKind.RC, "r", "101"),
            Place("IN", PlaceKind.IN, "n", "102"),
        ]
    )
    assert [getattr(places.default_for(a), "code", None) for a in ("101", "10201", "501")] == [
        "RC",
        "IN",
        None,
    ]


# ---- documents

FULL = Document(
    id="d1",
    kind=DocKind.PAYMENT,
    booked_on=DAY,
    summary="水泵",
    party="农机公司",
    place="EX",
    to_place="IM",
    items=(Item("511", 100, "泵", "2", "台", 50, "灌溉"),),
    amount_fen=5,
    lines=(VoucherLine("511", 1, 0, "x"),),
    support_no="1",
    paper_count=1,
    attachments=(Attachment("ab", "a.jpg", "image/jpeg"),),
    event_on=date(2025, 3, 4),
    receipt_no="0001",
    receipts=("r1",),
    handler="p1",
    payee_person="p2",
    payee_account="农机公司",
    resolution="会1",
    excuse="说明理由",
)
PUMP = Link(LinkKind.ASSET, "A-0001")
OTHERS: dict[str, Any] = {
    "kind": DocKind.RECEIPT,
    "booked_on": date(2025, 3, 6),
    "items": (),
    "amount_fen": 6,
    "lines": (),
    "support": Support.IOU,
    "paper_count": 2,
    "attachments": (),
    "event_on": None,
    "receipts": (),
    "spend_kind": SpendKind.RECURRING,
    "method": Method.BANK,
}


@pytest.mark.parametrize("field", [f.name for f in fields(Document)])
def test_the_content_hash_changes_with_every_field_of_a_document(field: str):
    changed = replace(FULL, **{field: OTHERS.get(field, "other")})
    assert changed.content_hash() != FULL.content_hash()


@pytest.mark.parametrize("field", [f.name for f in fields(Item)])
def test_the_content_hash_changes_with_every_field_of_an_item(field: str):
    others: dict[str, Any] = {"amount_fen": 101, "unit_price_fen": None, "links": (PUMP,)}
    item = replace(FULL.items[0], **{field: others.get(field, "other")})
    assert replace(FULL, items=(item,)).content_hash() != FULL.content_hash()


@pytest.mark.parametrize("field", [f.name for f in fields(VoucherLine)])
def test_the_content_hash_changes_with_every_field_of_a_line(field: str):
    others: dict[str, Any] = {"debit_fen": 2, "credit_fen": 2, "links": (PUMP,)}
    line = replace(FULL.lines[0], **{field: others.get(field, "other")})
    assert replace(FULL, lines=(line,)).content_hash() != FULL.content_hash()


@pytest.mark.parametrize("field", [f.name for f in fields(Attachment)])
def test_the_content_hash_changes_with_every_field_of_an_attachment(field: str):
    attachment = replace(FULL.attachments[0], **{field: "other"})
    assert replace(FULL, attachments=(attachment,)).content_hash() != FULL.content_hash()


def test_a_document_reads_back_to_itself():
    assert Document.from_data(FULL.to_data()) == FULL
    empty = Document("d", DocKind.TRANSFER, DAY, "")
    assert Document.from_data(empty.to_data()) == empty


PLACES = Places([Place("IN", PlaceKind.IN, "收入线", "102"), Place("EX", PlaceKind.EX, "支出线", "102")])
fen = st.integers(-(10**12), 10**12)
items = st.lists(
    st.builds(Item, st.sampled_from(["501", "511", ""]), fen, st.text(max_size=3)), max_size=6
).map(tuple)
made_documents = st.builds(
    Document,
    st.just("d"),
    st.sampled_from([DocKind.RECEIPT, DocKind.PAYMENT, DocKind.TRANSFER]),
    st.just(DAY),
    st.text(max_size=3),
    place=st.sampled_from(["IN", "EX", "", "nowhere"]),
    to_place=st.sampled_from(["IN", "EX", "", "nowhere"]),
    items=items,
    amount_fen=st.just(0),
) | st.builds(
    Document,
    st.just("d"),
    st.just(DocKind.TRANSFER),
    st.just(DAY),
    st.just("划转"),
    place=st.sampled_from(["IN", "EX", "", "nowhere"]),
    to_place=st.sampled_from(["IN", "EX", "", "nowhere"]),
    amount_fen=fen,
)


@given(made_documents)
def test_the_double_entry_of_a_document_always_balances_and_moves_its_total(document: Document):
    lines = derive_lines(document, PLACES)
    assert imbalance_fen(lines) == 0
    into = sum(v.debit_fen for v in lines)
    assert into == document.total_fen


@given(made_documents)
def test_money_lines_and_only_they_name_a_place(document: Document):
    lines = derive_lines(document, PLACES)
    count = 2 if document.kind is DocKind.TRANSFER else 1
    wanted = [document.to_place, document.place] if count == 2 else [document.place]
    money = lines if count == 2 else lines[:1] if document.kind is DocKind.RECEIPT else lines[-1:]
    assert [v.place for v in money] == wanted
    assert all(not v.place for v in lines if v not in money)


def test_a_red_line_undoes_its_line_and_twice_red_is_the_line():
    line = VoucherLine("511", 100, 0, "泵", "EX", "农机公司", "灌溉")
    assert imbalance_fen((line, line.red())) == 0
    assert line.red().red() == line
    assert replace(line.red(), debit_fen=100, credit_fen=0) == line


# ---- people, receipts, slips, signatures


def test_a_post_covers_both_its_days_and_none_beside():
    post = Post("p", "a", PostKind.CLERK, date(2025, 1, 2), date(2025, 1, 5))
    assert [post.covers(date(2025, 1, d)) for d in (1, 2, 5, 6)] == [False, True, True, False]
    assert replace(post, to_on=None).covers(date(2999, 1, 1))


def test_holders_stand_in_the_order_in_which_they_were_entered_and_once():
    staff = Staff(
        [Person("b", "乙"), Person("a", "甲")],
        [
            Post("1", "b", PostKind.SUPERVISOR, DAY),
            Post("2", "a", PostKind.SUPERVISOR, DAY),
            Post("3", "b", PostKind.SUPERVISION_HEAD, DAY),
        ],
    )
    kinds = (PostKind.SUPERVISION_HEAD, PostKind.SUPERVISOR)
    assert [p.id for p in staff.holders(kinds, DAY)] == ["b", "a"]
    assert staff.name("x") == "x"
    assert staff.posts_of("b", date(2025, 3, 4)) == frozenset()


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("0001", True),
        ("0100", True),
        ("0101", False),
        ("0000", False),
        ("001", False),
        ("00001", False),
        ("一", False),
        ("", False),
        ("+001", False),
        ("\uff10\uff10\uff10\uff11", False),
    ],
)
def test_a_receipt_book_holds_its_printed_numbers_and_no_other_writing_of_them(text: str, inside: bool):
    assert ReceiptBook("b", "k", 1, 100, 4, "p", DAY).holds(text) is inside


@given(st.from_regex(r"[0-9a-f]{32}", fullmatch=True), st.from_regex(r"[0-9a-f]{64}", fullmatch=True))
def test_a_slip_code_gives_back_document_and_seal(document_id: str, content_hash: str):
    assert read_slip_code(f" {slip_code(document_id, content_hash)}\n") == (document_id, content_hash[:40])


@pytest.mark.parametrize(
    "text", ["", "VBS1", "VBS1*a", "VBS1*a*b", "VBS2*a*" + "0" * 40, "VBS1*a*" + "0" * 40 + "*x", "CJZB1*a*b"]
)
def test_what_is_no_slip_code_is_none(text: str):
    assert read_slip_code(text) is None


def test_slots_are_filled_in_order_and_the_turn_stays_until_all_have_signed():
    slots = tuple(Slot(c, SlotKind.PERSON, (), n, (SignKind.INK,)) for c, n in (("H", 1), ("S", 2), ("D", 1)))
    given_: list[Signature] = []
    turns = []
    for code in ("H", "S", "S", "D"):
        turn = next_slot(slot_states(slots, tuple(given_)))
        turns.append(turn.code if turn else "")
        given_.append(Signature("d", "h", code, f"p{len(given_)}", DAY, SignKind.INK, "e"))
    assert turns == ["H", "S", "S", "D"]
    assert next_slot(slot_states(slots, tuple(given_))) is None


def test_a_key_signs_everything_of_a_signature_but_the_signature_bytes():
    signature = Signature("d", "h", "H", "p", DAY, SignKind.KEY, "", "k", "m", SUITE, "seal")
    message = signed_message(signature.to_data())
    assert set(message) == {f.name for f in fields(Signature)} - {"evidence"}
    assert signed_message(replace(signature, evidence="ff").to_data()) == message
    assert Signature.from_data(signature.to_data()) == signature


# ---- balances


@given(
    st.integers(0, 1000),
    st.lists(st.tuples(st.dates(date(2025, 1, 1), date(2025, 1, 9)), st.integers(-500, 500)), max_size=8),
)
def test_the_first_shortfall_is_the_first_day_that_closes_below_zero(
    opening: int, moves: list[tuple[date, int]]
):
    closings = {day: opening + sum(m for d, m in moves if d <= day) for day in sorted({d for d, _m in moves})}
    short = [(day, -fen) for day, fen in closings.items() if fen < 0]
    assert first_shortfall(opening, moves) == (short[0] if short else None)


@given(st.integers(-(10**9), 10**9))
def test_a_balance_stands_on_one_side_only(balance: int):
    debit, credit = split_sides(balance)
    assert debit - credit == balance
    assert debit * credit == 0
    assert min(debit, credit) == 0


def test_opening_and_movement_make_the_closing():
    assert AccountBalance("101", -5, 10, 3).closing_fen == 2
