"""No order of signing - in ink, by key, compared, rejected, taken back, sent in again - posts what not everybody has signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tests.builders import DAY, Village, at, make_village, marks, move, payment, photo, submit
from villagebook import paths
from villagebook.domain.document import Document, Item
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.domain.keys import KeyStop, StopReason
from villagebook.domain.signature import SignKind, next_slot
from villagebook.exchange import signing as crypto
from villagebook.services.approvals import second_look, shown, signing
from villagebook.services.book_file import books
from villagebook.services.book_file.books import open_book
from villagebook.services.offices import keys
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers, second_looks

PIN = "246813"
SMALL_FEN, LARGE_FEN = 40_000, 90_000
WITH_KEYS = ("director", "secretary", "head", "accountant")
PEOPLE = (*WITH_KEYS, "supervisor", "clerk", "witness", "handler")
SLOTS = "HWCSDPA"

who = st.sampled_from(PEOPLE)
STEPS = st.one_of(
    st.tuples(st.sampled_from(("ink", "key")), who, st.sampled_from(SLOTS)),
    st.tuples(st.sampled_from(("turn", "turn", "turn", "turn by key", "look", "reject")), who, st.just("")),
    st.tuples(st.sampled_from(("rest", "rest", "withdraw", "again", "less", "stop")), who, st.just("")),
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The bytes of a village in which some officials have keys, and where these lie."""

    book: bytes = field(repr=False)
    ids: dict[str, str]
    sealed: dict[str, tuple[bytes, bytes]] = field(repr=False)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """Made once: what is signed looks at a large payment, the money lies ready, four officials have keys."""
    folder = tmp_path_factory.mktemp("keys")
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))
        patch.setenv(paths.HOME_VARIABLE, str(folder / "pc"))
        village = make_village(folder, policy={"second_look_fen": SMALL_FEN + 10_000})
        move(village, "IN", "EX", 1_000_000, DAY - timedelta(days=1))
        sealed = {}
        for key in WITH_KEYS:
            stick = folder / key
            stick.mkdir()
            made = keys.make(village.book, village.ids[key], PIN, stick, at(DAY, 8))
            sealed[key] = (made.sealed.read_bytes(), made.key_file.read_bytes())
    photo(village)
    village.book.close()
    return Prepared(village.book.path.read_bytes(), village.ids, sealed)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(STEPS, max_size=12),
    st.just("") | st.sampled_from(PEOPLE),
    st.sampled_from((SMALL_FEN, LARGE_FEN)),
    st.sampled_from(("clerk", "head", "handler")),
)
@example([], "", LARGE_FEN, "clerk")
@example([("turn by key", "director", ""), ("rest", "clerk", "")], "", LARGE_FEN, "head")
@example([("reject", "head", "")], "", SMALL_FEN, "head")
def test_nothing_is_posted_that_not_everybody_has_signed(
    prepared: Prepared, steps: list[tuple[str, str, str]], payee: str, fen: int, looker: str
) -> None:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, folder)
        path = Path(folder) / "village.vbook"
        path.write_bytes(prepared.book)
        village = Village(open_book(path), dict(prepared.ids), Path(folder))
        name = books.staff(village.book).name(village.ids[payee]) if payee else "县农机公司"
        person = village.ids[payee] if payee else ""
        made = payment(village, fen, DAY, party=name, payee_person=person, excuse="只此一家")
        try:
            submit(village, made)
        except Refused:
            village.book.close()
            return  # whoever handles is not paid
        for what, someone, slot in (*steps, ("rest", "clerk", ""), ("look", looker, "")):
            made = act(village, prepared, made, what, someone, slot)
        look_at(village, made, person)
        village.book.close()


def act(village: Village, prepared: Prepared, made: Document, what: str, someone: str, slot: str) -> Document:
    """One step, refused or not; returns the document as it is now."""
    book, ids = village.book, village.ids
    try:
        if what in ("ink", "turn"):
            mark = signing.InkMark(slot or turn(village, made), ids[someone], DAY)
            signing.sign_ink(book, made.id, (mark,), photo(village), at(DAY, 15))
        elif what in ("key", "turn by key") and someone in prepared.sealed:
            content = shown.content_shown(book, made.id)
            halves = prepared.sealed[someone]
            signing.sign_key(
                book,
                made.id,
                slot or turn(village, made),
                ids[someone],
                *halves,
                PIN,
                at(DAY, 15),
                content.data if content else None,
            )
        elif what == "rest":
            signing.sign_ink(book, made.id, marks(village, made.id, DAY), photo(village), at(DAY, 15))
        elif what == "look":
            second_look.confirm(book, made.id, ids[someone], at(DAY, 16))
        elif what == "reject":
            signing.reject(book, made.id, ids[someone], "票据与用途不符", at(DAY, 16))
        elif what == "withdraw":
            documents.withdraw(book, made.id, "写错了用途", at(DAY, 16))
        elif what == "again":
            submit(village, made)
        elif what == "less":
            smaller = replace(
                made, items=tuple(Item(i.account, i.amount_fen - 100, i.summary) for i in made.items)
            )
            submit(village, smaller)
            return smaller
        elif what == "stop" and keys.of_person(book, ids[someone]):
            (standing,) = keys.of_person(book, ids[someone])
            told = KeyStop(standing.key.key_id, StopReason.LOST, DAY, ids[someone], "赶集时丢失", "", DAY)
            keys.stop(book, told, None, at(DAY, 17))
    except (Refused, KnownError):
        pass
    return made


def turn(village: Village, made: Document) -> str:
    slot = next_slot(documents.document_view(village.book, made.id).slot_states)
    return slot.code if slot else "-"


def look_at(village: Village, made: Document, payee: str) -> None:
    """What stands in the ledger was signed for, whole, by as many people as it has signatures, none of them paid by it."""
    with village.book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, made.id)
        held = docs.submitted(connection, made.id)
        assert held is not None
        given = docs.signatures(connection, made.id, held.content_hash)
        seen = second_looks.seen(connection, made.id, held.content_hash)
        compared = second_looks.compared(connection, made.id, held.content_hash)
        typists = second_looks.entered_by(connection, made.id, held.content_hash)
        stopped = docs.stop_of(connection, made.id, held.content_hash)
    signers = [g.person_id for g in given if g.person_id]
    assert len(set(signers)) == len(signers)
    assert payee not in signers or not payee
    if voucher is not None:
        states = documents.document_view(village.book, made.id).slot_states
        assert {s.slot.code: s.open_count for s in states} == {s.slot.code: 0 for s in states}
        assert {"H", "S", "A"} <= {g.slot for g in given}
        assert stopped is None
        assert sum(line.debit_fen for line in voucher.lines) == held.document.total_fen
        pictures = {g.evidence for g in given if g.kind is SignKind.INK and g.person_id}
        if held.document.total_fen >= SMALL_FEN + 10_000 and pictures:
            assert pictures <= compared
            staff = books.staff(village.book)
            assert not {staff.name(w) for _seq, w, _found in seen} & set(typists)
    assert not [f for f in stopping(check_book(village.book)) if f.id.startswith(("AP", "KEY", "CHK"))]
