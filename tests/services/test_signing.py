"""Who signs, when, with what: ink and key, vetoes, the queue."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import refusing
from tests.builders import (
    DAY,
    SIGNERS,
    Village,
    at,
    ids_of,
    marks,
    minutes,
    move,
    payment,
    photo,
    sign_everything,
    submit,
)
from villagebook.domain.document import Attachment, Document, Item
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.meeting import Matter
from villagebook.domain.people import PostKind
from villagebook.domain.resolution import ResolutionItem
from villagebook.exchange import signing as crypto
from villagebook.services.approvals import resolutions, sign_queue, signing, slips, vetoes
from villagebook.services.approvals.signing import InkMark
from villagebook.services.offices import keys, people
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents

NEXT = date(2025, 1, 11)


@pytest.fixture
def waiting(village: Village) -> Document:
    """A small payment that waits for H, W, C, S twice, D, P, A."""
    move(village, "IN", "EX", 3_000_000)
    made = payment(village, 50_000)
    submit(village, made)
    return made


def refused(
    village: Village, document_id: str, *given: InkMark, evidence: Attachment | None = None
) -> list[str]:
    """Error ids of marks that must be refused; all or nothing."""
    before = village.book.head()
    with pytest.raises(Refused) as caught:
        signing.sign_ink(village.book, document_id, given, evidence or photo(village), at(NEXT))
    assert village.book.head() == before
    return ids_of(caught.value.findings)


def mark(village: Village, slot: str, who: str, day: date = DAY) -> InkMark:
    return InkMark(slot, village.ids[who], day)


def test_the_last_signature_posts_the_payment(village: Village, waiting: Document):
    *most, last = marks(village, waiting.id, DAY)
    outcome = signing.sign_ink(village.book, waiting.id, tuple(most), photo(village), at(DAY))
    assert (outcome.label, outcome.waiting_for) == ("", "Accountant's booking")
    assert signing.sign_ink(village.book, waiting.id, (last,), photo(village), at(DAY)).label == "付-0001"
    assert documents.document_view(village.book, waiting.id).state == "posted"
    assert check_book(village.book) == ()


def test_signatures_come_in_the_order_of_the_slots(village: Village, waiting: Document):
    assert refused(village, waiting.id, mark(village, "W", "witness")) == ["AP-06"]
    in_wrong_order = (mark(village, "H", "handler"), mark(village, "C", "clerk"))
    assert refused(village, waiting.id, *in_wrong_order) == ["AP-06"]


def test_dates_of_signatures_do_not_go_back_nor_into_the_future(village: Village, waiting: Document):
    first = mark(village, "H", "handler", NEXT)
    assert refused(village, waiting.id, first, mark(village, "W", "witness", DAY)) == ["AP-06"]
    assert refused(village, waiting.id, mark(village, "H", "handler", date(2025, 1, 12))) == ["AP-06"]
    assert refused(village, waiting.id, mark(village, "H", "handler", date(2025, 1, 9))) == ["AP-06"]


def test_only_who_holds_the_post_on_that_day_signs_for_it(village: Village, waiting: Document):
    done = tuple(m for m in marks(village, waiting.id, DAY) if m.slot in "HW")
    assert refused(village, waiting.id, *done, mark(village, "C", "director")) == ["AP-02"]
    assert refused(village, waiting.id, InkMark("H", "stranger", DAY)) == ["AP-02"]
    with village.book.reading() as connection:
        sql = "SELECT id FROM post WHERE kind = 'clerk'"
        post_id = str(connection.exec_driver_sql(sql).scalar_one())
    people.end_post(village.book, post_id, DAY, at(NEXT))
    assert refused(village, waiting.id, *done, mark(village, "C", "clerk", NEXT)) == ["AP-02"]
    signing.sign_ink(
        village.book, waiting.id, (*done, mark(village, "C", "clerk", DAY)), photo(village), at(NEXT)
    )


def test_nobody_signs_twice(village: Village, waiting: Document):
    given = (mark(village, "H", "handler"), mark(village, "W", "handler"))
    assert refused(village, waiting.id, *given) == ["AP-09"]
    reviewed = tuple(m for m in marks(village, waiting.id, DAY) if m.slot in "HWC")
    twice = (mark(village, "S", "head"), mark(village, "S", "head"))
    assert refused(village, waiting.id, *reviewed, *twice) == ["AP-09"]


@pytest.mark.parametrize("how", ["payee_person", "party"])
def test_the_payee_signs_nothing(village: Village, how: str):
    move(village, "IN", "EX", 100_000)
    payee = {"payee_person": village.ids["witness"], "party": "陈桂花"}
    made = payment(village, 1_000, DAY, **{how: payee[how]})
    submit(village, made)
    given = mark(village, "H", "handler"), mark(village, "W", "witness")
    assert refused(village, made.id, *given) == ["AP-09"]


@pytest.mark.parametrize("how", ["payee_person", "party"])
def test_who_is_paid_is_no_handler_from_the_start(village: Village, how: str):
    move(village, "IN", "EX", 100_000)
    payee = {"payee_person": village.ids["handler"], "party": "冯志"}
    made = payment(village, 1_000, DAY, **{how: payee[how]})
    assert refusing.refused(lambda: submit(village, made)) == ["AP-89"]


def test_a_tick_without_evidence_is_no_signature(village: Village, waiting: Document):
    nothing = Attachment("", "", "")
    assert refused(village, waiting.id, mark(village, "H", "handler"), evidence=nothing) == ["AP-03"]


def test_a_meeting_needs_the_number_of_its_minutes(village: Village, waiting: Document):
    large = payment(village, 200_000)
    submit(village, large)
    given = marks(village, large.id, DAY)
    without = tuple(replace(m, reference=" ") if m.slot == "M2" else m for m in given)
    assert refused(village, large.id, *without) == ["AP-03"]
    assert signing.sign_ink(village.book, large.id, given, photo(village), at(DAY)).label


def test_the_queue_says_whose_turn_it_is_and_who_may(village: Village, waiting: Document):
    done = tuple(m for m in marks(village, waiting.id, DAY) if m.slot in "HWC")
    signing.sign_ink(village.book, waiting.id, (*done, mark(village, "S", "head")), photo(village), at(DAY))
    (row,) = sign_queue.queue(village.book, date(2025, 1, 13))
    assert (row.waiting_slot, row.signed, row.needed, row.days) == ("S", 4, 8, 3)
    assert [p.id for p in row.may_sign] == [village.ids["supervisor"]]


# ---- vetoes


def test_supervision_stops_a_payment_and_says_why(village: Village, waiting: Document):
    signing.reject(village.book, waiting.id, village.ids["head"], "无采购计划", at(DAY))
    assert documents.document_view(village.book, waiting.id).state == "rejected"
    (said,) = vetoes.listing(village.book)
    assert (said.by_name, said.reason) == ("张海涛", "无采购计划")
    assert sign_queue.queue(village.book, DAY) == ()
    with pytest.raises(Refused) as caught:
        sign_everything(village, waiting.id, DAY)
    assert ids_of(caught.value.findings) == ["AP-38"]


@pytest.mark.parametrize(
    ("who", "reason"),
    [("director", "不同意支付"), ("head", ""), ("head", " 不 行 "), ("clerk", " 不 行 ")],
)
def test_a_veto_needs_the_post_and_a_reason(village: Village, waiting: Document, who: str, reason: str):
    with pytest.raises(Refused) as caught:
        signing.reject(village.book, waiting.id, village.ids[who], reason, at(DAY))
    assert ids_of(caught.value.findings) == ["AP-07"]


def test_a_veto_stands_whatever_is_changed_until_a_resolution_lifts_it(village: Village, waiting: Document):
    signing.reject(village.book, waiting.id, village.ids["head"], "无采购计划", at(DAY))
    cheaper = replace(waiting, items=(Item("511", 40_000, "灌溉水泵"),))
    for document in (waiting, cheaper):
        with pytest.raises(Refused) as caught:
            submit(village, document)
        assert ids_of(caught.value.findings) == ["AP-08"]
    veto = ResolutionItem(1, "同意购买水泵", Matter.VETO, 45_000, document=waiting.id)
    resolutions.record(village.book, minutes(village, "代表会2025-3", DAY, veto), at(DAY))
    with pytest.raises(Refused) as caught:
        vetoes.lift_by_resolution(village.book, waiting.id, "代表会2025-3", at(DAY))
    assert ids_of(caught.value.findings) == ["AP-15"]  # they agreed to less than was rejected
    veto = replace(veto, amount_fen=50_000)
    resolutions.record(village.book, minutes(village, "代表会2025-4", DAY, veto), at(DAY))
    vetoes.lift_by_resolution(village.book, waiting.id, "代表会2025-4", at(DAY))
    for dearer in (
        replace(waiting, items=(Item("511", 50_001, "灌溉水泵"),)),
        replace(waiting, party="别家", payee_account="别家"),
    ):
        with pytest.raises(Refused) as caught:
            submit(village, dearer)
        assert ids_of(caught.value.findings) == ["AP-08"]
    assert submit(village, cheaper).waiting_for
    given = marks(village, waiting.id, DAY)
    assert [m.slot for m in given] == ["H", "W", "C", "S", "S", "D", "P", "A"]
    assert signing.sign_ink(village.book, waiting.id, given, photo(village), at(DAY)).label == "付-0001"
    assert check_book(village.book) == ()


# ---- ink, end to end


def as_photos(pdf: bytes) -> list[bytes]:
    """Printed and photographed."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    made = []
    for page in document:
        out = io.BytesIO()
        page.render(scale=110 / 72).to_pil().convert("RGB").save(out, "JPEG", quality=70)
        made.append(out.getvalue())
    document.close()
    return made


def test_a_printed_slip_is_signed_photographed_and_taken_in(village: Village, waiting: Document):
    (sheet,) = as_photos(slips.slip_pdf(village.book, (waiting.id,)))
    taken = slips.take_in(village.book, sheet, "slip.jpg", at(DAY))
    assert (taken.documents, taken.findings) == ((waiting.id,), ())
    given = marks(village, waiting.id, DAY)
    assert signing.sign_ink(village.book, waiting.id, given, taken.photo, at(DAY)).label == "付-0001"
    again = slips.take_in(village.book, sheet, "slip.jpg", at(DAY))
    assert (again.documents, ids_of(again.findings)) == ((), ["AP-39"])
    assert check_book(village.book) == ()


def test_two_slips_on_one_sheet_are_told_apart(village: Village, waiting: Document):
    other = payment(village, 60_000, party="镇五金店", summary="购买铁锹十把")
    submit(village, other)
    (sheet,) = as_photos(slips.slip_pdf(village.book, (waiting.id, other.id), two_up=True))
    taken = slips.take_in(village.book, sheet, "slips.jpg", at(DAY))
    assert set(taken.documents) == {waiting.id, other.id}


def test_the_slip_of_a_content_that_was_changed_since_is_refused(village: Village, waiting: Document):
    (stale,) = as_photos(slips.slip_pdf(village.book, (waiting.id,)))
    submit(village, replace(waiting, items=(Item("511", 60_000, "灌溉水泵"),)))
    taken = slips.take_in(village.book, stale, "slip.jpg", at(DAY))
    assert (taken.documents, ids_of(taken.findings)) == ((), ["AP-39"])


def test_the_slip_of_another_book_is_refused(village: Village, waiting: Document, tmp_path: Path):
    from tests.builders import make_village

    (sheet,) = as_photos(slips.slip_pdf(village.book, (waiting.id,)))
    (tmp_path / "other").mkdir()
    other = make_village(tmp_path / "other")
    taken = slips.take_in(other.book, sheet, "slip.jpg", at(DAY))
    assert (taken.documents, ids_of(taken.findings)) == ((), ["AP-39"])
    other.book.close()


def test_a_photo_without_a_code_is_kept_and_said(village: Village):
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (400, 300), "white").save(out, "PNG")
    taken = slips.take_in(village.book, out.getvalue(), "white.png", at(DAY))
    assert (taken.documents, ids_of(taken.findings)) == ((), ["AP-40"])
    with pytest.raises(KnownError):
        slips.take_in(village.book, b"no picture", "x.jpg", at(DAY))


# ---- keys, end to end

PIN = "246813"


@pytest.fixture
def weak(monkeypatch: pytest.MonkeyPatch) -> None:
    """One guess of a PIN costs half a second on purpose; the tests do not have it."""
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))


def key_of(village: Village, who: str, stick: Path) -> tuple[bytes, bytes]:
    stick.mkdir(exist_ok=True)
    made = keys.make(village.book, village.ids[who], PIN, stick, at(DAY))
    return made.sealed.read_bytes(), made.key_file.read_bytes()


@pytest.mark.usefixtures("weak")
def test_a_whole_payment_is_signed_with_keys(village: Village, waiting: Document, tmp_path: Path):
    labels = []
    for slot, signers in signing_order():
        for who in signers:
            key = key_of(village, who, tmp_path / who)
            done = signing.sign_key(village.book, waiting.id, slot, village.ids[who], *key, PIN, at(DAY))
            labels.append(done.label)
    assert labels == [""] * 7 + ["付-0001"]
    assert check_book(village.book) == ()


def signing_order() -> list[tuple[str, tuple[str, ...]]]:
    return [(slot, SIGNERS[slot]) for slot in "HWCSDPA"]


@pytest.mark.usefixtures("weak")
def test_a_wrong_pin_or_another_stick_does_not_sign(village: Village, waiting: Document, tmp_path: Path):
    sealed, key_file = key_of(village, "handler", tmp_path / "a")
    _other, other_file = key_of(village, "witness", tmp_path / "b")
    before = village.book.head()
    for file, pin in ((key_file, "246814"), (other_file, PIN), (b"", PIN)):
        with pytest.raises(KnownError):
            signing.sign_key(
                village.book, waiting.id, "H", village.ids["handler"], sealed, file, pin, at(DAY)
            )
    assert village.book.head() == before


@pytest.mark.usefixtures("weak")
def test_the_key_of_another_person_does_not_sign_for_this_one(
    village: Village, waiting: Document, tmp_path: Path
):
    key = key_of(village, "witness", tmp_path / "a")
    with pytest.raises(Refused) as caught:
        signing.sign_key(village.book, waiting.id, "H", village.ids["handler"], *key, PIN, at(DAY))
    assert ids_of(caught.value.findings) == ["AP-03"]


@pytest.mark.usefixtures("weak")
def test_a_key_that_was_never_enrolled_does_not_sign(village: Village, waiting: Document):
    seed, key_file = crypto.new_key(), crypto.new_key_file()
    sealed = crypto.seal_key(seed, PIN, key_file)
    with pytest.raises(Refused) as caught:
        signing.sign_key(
            village.book, waiting.id, "H", village.ids["handler"], sealed, key_file, PIN, at(DAY)
        )
    assert ids_of(caught.value.findings) == ["AP-03"]


@pytest.mark.usefixtures("weak")
def test_a_key_is_made_for_a_person_of_the_list_with_a_pin_of_six(village: Village, tmp_path: Path):
    for who, pin in (("stranger", PIN), (village.ids["head"], "12345")):
        with pytest.raises(Refused):
            keys.make(village.book, who, pin, tmp_path, at(DAY))
    assert not list(tmp_path.glob("*.keyfile"))
    made = keys.make(village.book, village.ids["head"], PIN, tmp_path, at(DAY))
    assert PIN.encode() not in made.sealed.read_bytes()


def test_a_post_taken_up_later_does_not_cover_an_earlier_day(village: Village, waiting: Document):
    newcomer = people.add_person(village.book, "新会计", at(DAY))
    people.give_post(village.book, newcomer, PostKind.ACCOUNTANT, NEXT, at(DAY))
    *most, _last = marks(village, waiting.id, DAY)
    assert refused(village, waiting.id, *most, InkMark("A", newcomer, DAY)) == ["AP-02"]
    assert signing.sign_ink(
        village.book, waiting.id, (*most, InkMark("A", newcomer, NEXT)), photo(village), at(NEXT)
    ).label
