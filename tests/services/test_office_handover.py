"""A change of accountant: the list, three signatures, and nobody begins before."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    Village,
    at,
    bank,
    count_all,
    ids_of,
    make_village,
    marks,
    move,
    pay,
    payment,
    photo,
    pieces,
    receive,
    submit,
)
from tests.refusing import refused
from villagebook.domain.office_handover import Hand, PartCode, Terms
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period, Span
from villagebook.domain.seals import Holding, SealKind
from villagebook.exchange import signing as crypto
from villagebook.services import home, reports
from villagebook.services.approvals import signing
from villagebook.services.approvals.signing import InkMark
from villagebook.services.banking import counting
from villagebook.services.book_file import books
from villagebook.services.offices import keys, office_handover, people, seals
from villagebook.services.period_end import checking
from villagebook.services.vouchers import documents


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess of a PIN costs half a second on purpose; the tests do not have it."""
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))


D10, D11, D12 = date(2025, 1, 10), date(2025, 1, 11), date(2025, 1, 12)


@pytest.fixture
def village(tmp_path: Path) -> Village:
    made = make_village(tmp_path)
    receive(made, 30_000, date(2025, 1, 8), place="RC")
    bank(made, date(2025, 1, 9))
    move(made, "IN", "EX", 500_000, date(2025, 1, 9))
    return made


def post_of(village: Village, kind: PostKind) -> str:
    return next(p.id for p in books.staff(village.book).posts if p.kind is kind)


def terms(village: Village, on: date = D10, taker: str = "witness", overseer: str = "head") -> Terms:
    return Terms(post_of(village, PostKind.ACCOUNTANT), village.ids[taker], village.ids[overseer], on)


def hand_over(village: Village, on: date = D10) -> None:
    count_all(village, on)
    held = office_handover.freeze(village.book, terms(village, on), at(on, 19))
    done = office_handover.sign_ink(village.book, held.content.id, photo(village), on, at(on, 20))
    assert done.done_on == on


def begin(village: Village, on: date = D10, who: str = "witness", **more: str) -> str:
    return people.give_post(village.book, village.ids[who], PostKind.ACCOUNTANT, on, at(max(on, D10)), **more)


def test_a_change_of_accountant(village: Village):
    pay(village, 50_000, D10)
    wait = payment(village, 40_000, D10, support_no="25312000000999")
    submit(village, wait)
    *most, last = marks(village, wait.id, D10)
    signing.sign_ink(village.book, wait.id, tuple(most), photo(village), at(D10))
    people.end_post(village.book, post_of(village, PostKind.ACCOUNTANT), D10, at(D10))
    assert refused(lambda: begin(village, D11)) == ["AP-28"]

    short = counting.CashCount(
        "RC", D10, pieces(100), 0, "", village.ids["cashier"], village.ids["supervisor"]
    )
    count_all(village, D10)
    counting.record_count(village.book, short, at(D10, 18))
    assert refused(lambda: office_handover.freeze(village.book, terms(village), at(D10, 19))) == ["AP-45"]

    hand_over(village)
    begin(village, D10)
    newcomer = InkMark("A", village.ids["witness"], D10)
    assert last.slot == "A"
    assert refused(lambda: signing.sign_ink(village.book, wait.id, (last,), photo(village), at(D10, 21))) == [
        "AP-02"
    ]
    # the witness slot of this one is the newcomer's own
    assert refused(
        lambda: signing.sign_ink(village.book, wait.id, (newcomer,), photo(village), at(D10, 21))
    ) == ["AP-09"]
    other = payment(village, 30_000, D11, support_no="25312000000998", party="镇五金店", summary="购买铁锹")
    submit(village, other)
    found = tuple(
        InkMark(m.slot, village.ids["villager"] if m.slot == "W" else m.person_id, m.signed_on)
        for m in marks(village, other.id, D11, A="witness")
    )
    assert signing.sign_ink(village.book, other.id, found, photo(village), at(D11, 15)).label
    assert [f for f in checking.check_book(village.book) if f.id != "E2L-12"] == []


def test_the_list_holds_what_the_book_holds(village: Village):
    receive(village, 7_000, D10, place="RC")
    waiting = payment(village, 40_000, D10)
    submit(village, waiting)
    draft = office_handover.preview(village.book, terms(village), D10)
    rows = {p.code: p.rows for p in draft.content.parts}
    balances = books.place_balances(village.book, D10)
    assert sum(int(r[1] or 0) for r in rows[PartCode.CASH]) == balances["RC"] + balances.get("IM", 0)
    assert sum(int(r[1] or 0) for r in rows[PartCode.BANK]) == balances["IN"] + balances["EX"]
    assert [r[:4] for r in rows[PartCode.RECEIPTS]] == [("村集体收款收据", "0001-0500", "0002", "0003-0500")]
    assert {(r[0], r[2]) for r in rows[PartCode.OPEN]} == {
        ("document", waiting.summary),
        ("takings", "0002"),
    }
    assert ids_of(draft.findings) == ["AP-45", "AP-46"]


@pytest.mark.parametrize(
    ("changes", "id"),
    [
        ({"taker": "accountant"}, "AP-47"),
        ({"overseer": "director"}, "AP-47"),
        ({"taker": "head"}, "AP-47"),
        ({"on": D11}, "AP-47"),
    ],
)
def test_three_people_and_a_day_that_has_come(village: Village, changes: dict[str, Any], id: str):
    count_all(village, D10)
    found = refused(lambda: office_handover.freeze(village.book, terms(village, **changes), at(D10, 19)))
    assert id in found


def test_seals_do_not_stay_behind(village: Village):
    seals.hand_over(
        village.book,
        Holding("", SealKind.FINANCE, "财务专用章", village.ids["accountant"], D10),
        at(D10),
    )
    count_all(village, D10)
    assert refused(lambda: office_handover.freeze(village.book, terms(village), at(D10, 19))) == ["AP-48"]
    (said,) = office_handover.preview(village.book, terms(village), D10).findings
    assert said.target == "place:seals", "it leads to the register in which the seal is given away"


def test_a_list_that_the_book_has_left_behind_is_made_anew(village: Village):
    count_all(village, D10)
    held = office_handover.freeze(village.book, terms(village), at(D10, 19))
    submit(village, payment(village, 40_000, D10))
    sign = lambda: office_handover.sign_ink(village.book, held.content.id, photo(village), D10, at(D10, 20))
    assert refused(sign) == ["AP-49"]
    again = office_handover.freeze(village.book, terms(village), at(D10, 21))
    assert refused(sign) == ["AP-47"]
    office_handover.sign_ink(village.book, again.content.id, photo(village), D10, at(D10, 22))
    assert refused(
        lambda: office_handover.sign_ink(village.book, again.content.id, photo(village), D10, at(D10, 22))
    ) == ["AP-47"]


def test_the_office_goes_to_who_took_it_over_or_by_the_townships_word(village: Village):
    hand_over(village)
    assert refused(lambda: begin(village, D11, "handler")) == ["AP-28"]
    assert refused(lambda: begin(village, date(2025, 1, 9))) == ["AP-28"]
    begin(village, D11, "handler", decision="清水镇函〔2025〕3号")
    begin(village, D11)


def test_the_townships_word_stays_in_the_register(village: Village):
    people.end_post(village.book, post_of(village, PostKind.ACCOUNTANT), D10, at(D10))
    begin(village, D11, decision="清水镇函〔2025〕3号")
    shown = reports.make(village.book, "handovers", Span.of(Period(2025, 1))).table.rows
    assert [(r[0], r[2]) for r in shown] == [("2025-01-10", "周敏")]
    assert "清水镇函〔2025〕3号" in str(shown[0][5])


def test_who_goes_on_in_the_same_post_has_to_take_over_too(village: Village):
    begin(village, D10)
    old = post_of(village, PostKind.ACCOUNTANT)
    assert refused(lambda: people.end_post(village.book, old, D10, at(D10))) == ["AP-28"]
    hand_over(village)
    assert books.staff(village.book).holders((PostKind.ACCOUNTANT,), D10)[0].id == village.ids["witness"]


@pytest.mark.usefixtures("weak")
def test_three_keys_hand_over_as_ink_does(village: Village, tmp_path: Path):
    count_all(village, D10)
    held = done = office_handover.freeze(village.book, terms(village), at(D10, 19))
    for hand, who in ((Hand.GIVER, "accountant"), (Hand.TAKER, "witness"), (Hand.OVERSEER, "head")):
        made = keys.make(village.book, village.ids[who], "135790", tmp_path, at(D10, 19))
        key = (made.sealed.read_bytes(), made.key_file.read_bytes(), "135790")
        wrong = Hand.TAKER if hand is not Hand.TAKER else Hand.GIVER
        assert refused(
            lambda: office_handover.sign_key(village.book, held.content.id, wrong, *key, at(D10, 20))
        ) == ["AP-47"]
        done = office_handover.sign_key(village.book, held.content.id, hand, *key, at(D10, 20))
    assert done.done_on == D10


def test_home_tells_of_an_office_left_and_of_a_slot_nobody_signs(village: Village):
    wait = payment(village, 40_000, D10)
    submit(village, wait)
    found = tuple(m for m in marks(village, wait.id, D10) if m.slot != "A")
    signing.sign_ink(village.book, wait.id, found, photo(village), at(D10))
    people.end_post(village.book, post_of(village, PostKind.ACCOUNTANT), D10, at(D10))
    assert "HOME-26" in ids_of(home.home(village.book, D10).todos)
    assert {"HOME-27", "HOME-28"} <= set(ids_of(home.home(village.book, D12).todos))
    late = home.home(village.book, D10 + timedelta(days=11)).todos
    assert next(f for f in late if f.id == "HOME-27").severity.value == "warning"


def test_the_kit_holds_every_part_in_two_copies_and_its_code_is_known_again(village: Village):
    from pypdfium2 import PdfDocument

    count_all(village, D10)
    held = office_handover.freeze(village.book, terms(village), at(D10, 19))
    pdf = office_handover.kit_pdf(village.book, held.content.id)
    pages = PdfDocument(pdf)
    assert len(pages) == 4, "short parts share pages, each copy has its own"
    text = re.sub(r"\s", "", pages[0].get_textpage().get_text_range())
    assert all(name in text for name in ("周敏", "陈桂花", "张海涛", held.content_hash[:16]))
    copy = text + re.sub(r"\s", "", pages[1].get_textpage().get_text_range())
    assert all(f"{number}." in copy for number in range(1, 1 + len(PartCode)))
    picture = BytesIO()
    pages[0].render(scale=2).to_pil().save(picture, "PNG")
    _kept, found = office_handover.take_in(village.book, picture.getvalue(), "页.png", held.content.id)
    assert found == ()
    again = office_handover.freeze(village.book, terms(village), at(D10, 20))
    _kept, found = office_handover.take_in(village.book, picture.getvalue(), "页.png", again.content.id)
    assert ids_of(found) == ["AP-39"]


def test_a_document_of_the_giver_signed_in_the_morning_still_stands(village: Village):
    made = pay(village, 50_000, D10)
    hand_over(village)
    view = documents.document_view(village.book, made.id)
    assert view.state == "posted"
    assert [f for f in checking.check_book(village.book) if f.id.startswith("AP")] == []
