"""The seal of supervision beside its signatures in ink, where the township asks for it (AP4)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from tests import builders as b
from tests.builders import DAY, Village, at, payment, submit
from tests.refusing import refused
from villagebook.domain.document import Document
from villagebook.domain.period import Period, Span
from villagebook.domain.policy import read_policy
from villagebook.domain.signature import Signature
from villagebook.reports.slip_parts import _fields
from villagebook.services import trail
from villagebook.services.account_books import ledgers
from villagebook.services.approvals import signing, slips
from villagebook.services.offices import seals
from villagebook.services.offices.seals import Holding, SealKind
from villagebook.services.period_end.checking import check_book
from villagebook.services.township import policy_words
from villagebook.services.vouchers import documents

BEFORE = DAY - timedelta(days=2)
ASKED = {"slot_seals": ["S|supervision-seal"]}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = b.make_village(tmp_path, opening={"EX": 20_000_000}, policy=ASKED)
    yield made
    made.book.close()


def keep(village: Village, name: str, kind: SealKind = SealKind.SUPERVISION) -> str:
    held = Holding("", kind, name, village.ids["head"], BEFORE)
    return seals.hand_over(village.book, held, at(BEFORE))


def take_out(village: Village, seal: str) -> None:
    """Out of use the day before, entered on the day."""
    gone = Holding(seal, SealKind.SUPERVISION, "", "", DAY - timedelta(days=1), "遗失作废")
    seals.hand_over(village.book, gone, at(DAY, 16))


def waiting(village: Village) -> Document:
    made = payment(village, 50_000)
    submit(village, made)
    return made


def marks(village: Village, made: Document, seal: str) -> tuple[signing.InkMark, ...]:
    """Every signature of a slip, with one seal beside the first of supervision."""
    found = list(b.marks(village, made.id, DAY))
    first = next(i for i, m in enumerate(found) if m.slot == "S")
    found[first] = replace(found[first], seal=seal)
    return tuple(found)


def sign(village: Village, made: Document, found: tuple[signing.InkMark, ...]) -> documents.Outcome:
    return signing.sign_ink(village.book, made.id, found, b.photo(village), at(DAY, 15))


def test_a_slip_with_two_signatures_of_supervision_and_no_seal_is_not_entered(village: Village) -> None:
    keep(village, "监委会章1号")
    made = waiting(village)
    assert refused(lambda: sign(village, made, marks(village, made, ""))) == ["AP-86"]
    assert len(documents.document_view(village.book, made.id).slot_states[0].signatures) == 0


def test_a_seal_of_another_kind_unknown_or_out_of_use_is_none(village: Village) -> None:
    official = keep(village, "公章", SealKind.OFFICIAL)
    lost = keep(village, "监委会章旧")
    take_out(village, lost)
    made = waiting(village)
    for told in (official, lost, "nothing-of-the-kind"):
        found = marks(village, made, told)
        assert refused(partial(sign, village, made, found)) == ["AP-87"]
    assert seals.to_choose(village.book, SealKind.SUPERVISION, DAY) == ()


def test_the_seal_is_kept_with_the_signature_and_shown_with_it(village: Village) -> None:
    seal = keep(village, "监委会章1号")
    assert [h.item for h in seals.to_choose(village.book, SealKind.SUPERVISION, DAY)] == [seal]
    assert seals.to_choose(village.book, SealKind.SUPERVISION, BEFORE - timedelta(days=1)) == ()
    made = waiting(village)
    posted = sign(village, made, marks(village, made, seal))
    view = ledgers.voucher_view(village.book, posted.voucher_id)
    assert view is not None
    assert [s.seal for s, _name in view.signatures if s.slot == "S"] == [seal, ""]
    assert view.seals[seal] == "监委会章1号"
    listed = trail.signatures(village.book, Span.of(Period.of(DAY)))
    assert sum("监委会章1号" in str(cell) for row in listed.rows for cell in row) == 1
    take_out(village, seal)
    assert check_book(village.book) == ()  # what was told of the seal later changes no judgement of then


def test_a_slip_has_a_place_for_the_seal_only_where_it_is_asked(village: Village, tmp_path: Path) -> None:
    made = waiting(village)
    with village.book.reading() as connection:
        slip = slips._slip(connection, village.book, made.id)
    fields = [f for slot in slip.slots for f in _fields(slot)]
    (place,) = [f for f in fields if f.seal]
    assert (place.code, place.may_sign) == ("S", ())
    assert [f.code for f in fields].count("S") == 3  # two signatures and one seal
    assert slips.slip_pdf(village.book, (made.id,)).startswith(b"%PDF")


def test_the_parameter_is_said_in_words_and_a_wrong_one_is_none() -> None:
    assert "supervision-seal" not in policy_words.value("words", "slot_seals", ASKED["slot_seals"])
    for wrong in ("S|stamp", "S", "Q|supervision-seal", "MR|supervision-seal"):
        with pytest.raises(ValueError):
            read_policy(b.policy_data({"slot_seals": [wrong]}))
    without = b.policy_data({})
    del without["words"]["slot_seals"]  # a file of before it could be told
    assert all(slot.seal is None for slot in read_policy(without).slots.values())


def test_a_signature_of_before_seals_reads_as_one_without() -> None:
    data = {
        "subject": "d", "content_hash": "h", "slot": "S", "person_id": "p", "signed_on": "2025-03-05",
        "kind": "ink", "evidence": "e", "key_id": "", "reference": "",
    }  # fmt: skip
    read = Signature.from_data(data)
    assert read.seal == ""
    assert read.to_data() == data
