"""Officials' keys: made in two halves, certified by the township, used, lost, revoked; told as it happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import DAY, Village, at, ids_of, marks, move, payment, photo, submit
from tests.refusing import refused
from villagebook import paths
from villagebook.domain.canonical import canonical
from villagebook.domain.document import Document
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.domain.keys import KeyList, KeyState, KeyStop, StopReason
from villagebook.domain.pin_tries import MOST_SECONDS, wait_seconds
from villagebook.domain.signature import Signature, SignKind, signed_message
from villagebook.exchange import key_files
from villagebook.exchange import signing as crypto
from villagebook.services import home, pin_guard
from villagebook.services.approvals import shown, signing
from villagebook.services.by import By, new_id
from villagebook.services.handing_over import handover
from villagebook.services.offices import key_desk, key_store, key_words, keys, people, township_word
from villagebook.services.period_end.checking import check_book, verify
from villagebook.services.township import township_keys
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import registry

PIN, TOWN_PIN = "246813", "975310"
NEXT = DAY + timedelta(days=1)
UNTIL = date(2027, 12, 31)


@pytest.fixture(autouse=True)
def _weak(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """One guess of a PIN costs half a second on purpose; the tests do not have it."""
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "pc"))


@dataclass(frozen=True, slots=True)
class Township:
    """The township's desk: its key on its own stick."""

    folder: Path
    pen: township_keys.Pen
    fingerprint: str

    def answer(self, request: Path, day: date = DAY, until: date = UNTIL) -> Path:
        mark = key_desk.look(request).fingerprint
        target = self.folder / f"answer-{mark[:4]}-{day}.json"
        key_desk.answer(request, target, "清水镇", self.pen, mark, until, at(day))
        return target

    def list(
        self,
        *sources: Path,
        day: date = DAY,
        until: date = UNTIL,
        revoke: tuple[key_desk.Revocation, ...] = (),
    ) -> Path:
        target = self.folder / f"list-{day}-{len(list(self.folder.glob('list-*')))}.json"
        key_desk.write_list(target, "清水镇", self.pen, until, at(day), sources, revoke)
        return target


@pytest.fixture
def township(tmp_path: Path) -> Township:
    folder = tmp_path / "township"
    folder.mkdir()
    made = township_keys.make_key(folder, "清水镇", TOWN_PIN)
    pen = township_keys.Pen(made.sealed, made.key_file, TOWN_PIN)
    return Township(folder, pen, made.fingerprint)


@pytest.fixture
def waiting(village: Village) -> Document:
    """A small payment that waits for H, W, C, S twice, D, P, A."""
    move(village, "IN", "EX", 3_000_000)
    return new_payment(village)


def new_payment(village: Village, fen: int = 50_000, **changes: str) -> Document:
    made = payment(village, fen, DAY, **changes)
    submit(village, made)
    return made


def make(village: Village, who: str, day: date = DAY) -> keys.Made:
    stick = village.folder / f"stick-{who}"
    stick.mkdir(exist_ok=True)
    return keys.make(village.book, village.ids[who], PIN, stick, at(day))


def sign(
    village: Village,
    document: Document,
    who: str,
    slot: str = "H",
    day: date = DAY,
    pin: str = PIN,
    at_: By | None = None,
) -> Outcome:
    """As the window does it: the halves found, the content shown, these very bytes signed."""
    halves = keys.halves_of(village.book, village.ids[who], village.folder / f"stick-{who}")
    content = shown.content_shown(village.book, document.id)
    assert content is not None
    return signing.sign_key(
        village.book,
        document.id,
        slot,
        village.ids[who],
        halves.sealed,
        halves.key_file,
        pin,
        at_ or at(day),
        content.data,
    )


def state(village: Village, made: keys.Made, day: date = DAY) -> KeyState:
    return next(r.state for r in key_words.rows(village.book, day) if r.standing.key.key_id == made.key_id)


def lost(village: Village, made: keys.Made, lost_on: date = DAY, day: date = DAY, **changes: Any) -> KeyStop:
    told = KeyStop(made.key_id, StopReason.LOST, lost_on, village.ids["director"], "赶集时丢失", "", day)
    return keys.stop(village.book, replace(told, **changes), None, at(day, 18))


# ---- enrolment


def test_without_a_township_a_key_signs_as_soon_as_it_is_made_and_says_so(
    village: Village, waiting: Document
):
    made = make(village, "handler")
    (row,) = key_words.rows(village.book, DAY)
    assert (row.state, row.here) == (KeyState.VALID, True)
    assert "no township has certified it" in row.says
    assert "trusts no key of a township" in key_words.trust_words(village.book, DAY)[0]
    sign(village, waiting, "handler")
    assert key_words.signed_table(village.book, made.key_id).rows[0][1] == "购买灌溉水泵一台 县农机公司"
    assert check_book(village.book) == ()


def test_a_key_is_asked_for_certified_and_only_then_signs(
    village: Village, township: Township, waiting: Document
):
    first, second = make(village, "handler"), make(village, "witness")
    answer = township.answer(first.request)
    assert "fingerprint" in told_by(lambda: township_word.take_in(village.book, answer, at(DAY)))
    assert refused(lambda: township_word.take_in(village.book, answer, at(DAY), "0000-0000-0000-0000")) == [
        "E2L-01"
    ]
    township_word.take_in(village.book, answer, at(DAY), township.fingerprint.replace("-", " ").upper())
    assert (state(village, first), state(village, second)) == (KeyState.VALID, KeyState.KNOWN)
    sign(village, waiting, "handler")
    assert refused(lambda: sign(village, waiting, "witness", "W")) == ["KEY-01"]
    todo = [t for t in home.home(village.book, DAY).todos if t.id == "HOME-38"]
    assert [t.target for t in todo] == [f"keys:{second.key_id}"]
    township_word.take_in(village.book, township.answer(second.request), at(DAY))
    assert sign(village, waiting, "witness", "W").waiting_for
    assert check_book(village.book) == ()


def told_by(verb: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        verb()
    return " ".join(f.text for f in caught.value.findings)


def test_the_request_is_signed_by_the_key_it_is_about(village: Village, township: Township):
    made = make(village, "director")
    looked = key_desk.look(made.request)
    assert (looked.fingerprint, looked.request.post) == (made.key_id, "director")
    again = keys.write_request(village.book, made.key_id, village.folder, at(NEXT))
    assert again.read_bytes() == made.request.read_bytes()
    for field, value in (("person", "别人"), ("post", "secretary"), ("public", "00" * 32), ("code", "1")):
        told = json.loads(made.request.read_text(encoding="utf-8"))
        told["request"][field] = value
        spoilt = village.folder / "spoilt.json"
        spoilt.write_text(json.dumps(told), encoding="utf-8")
        assert refused(lambda: key_desk.look(spoilt)) == ["KEY-08"]


def test_the_township_certifies_only_the_fingerprint_it_was_told(village: Village, township: Township):
    made = make(village, "director")
    target = village.folder / "answer.json"

    def answer(mark: str, until: date = UNTIL, name: str = "清水镇") -> object:
        return key_desk.answer(made.request, target, name, township.pen, mark, until, at(DAY))

    assert refused(lambda: answer("0000-0000-0000-0000")) == ["KEY-08"]
    assert refused(lambda: answer(made.key_id, DAY - timedelta(days=1))) == ["KEY-08"]
    assert refused(lambda: answer(made.key_id, date(2030, 1, 1), " ")) == ["KEY-08"]
    assert not target.exists()
    answer(made.key_id)
    assert target.exists()


def test_an_answer_that_was_changed_or_is_for_another_book_is_refused(
    village: Village, township: Township, tmp_path: Path
):
    from tests.builders import make_village

    made = make(village, "director")
    answer = township.answer(made.request)
    told = json.loads(answer.read_text(encoding="utf-8"))
    told["body"]["until_on"] = "2037-12-31"
    spoilt = tmp_path / "spoilt.json"
    spoilt.write_text(json.dumps(told), encoding="utf-8")
    assert refused(lambda: township_word.take_in(village.book, spoilt, at(DAY), township.fingerprint)) == [
        "KEY-08"
    ]
    told["suite"] = "sm2-sm3"
    spoilt.write_text(json.dumps(told), encoding="utf-8")
    assert "sm2-sm3" in told_by(
        lambda: township_word.take_in(village.book, spoilt, at(DAY), township.fingerprint)
    )
    (tmp_path / "other").mkdir()
    other = make_village(tmp_path / "other")
    assert refused(lambda: township_word.take_in(other.book, answer, at(DAY), township.fingerprint)) == [
        "KEY-08"
    ]
    other.book.close()
    with pytest.raises(KnownError, match="request"):
        township_word.take_in(village.book, made.request, at(DAY))
    assert township_word.offer(village.book, answer, DAY).trusted is False


# ---- two halves


def test_neither_the_stick_nor_the_computer_signs_alone(village: Village, waiting: Document, tmp_path: Path):
    made = make(village, "handler")
    stick = made.key_file.parent
    assert not list(stick.glob("*.vbkey"))
    assert not list(made.sealed.parent.glob("*.keyfile"))
    # the stick alone: 32 random bytes that have nothing of the key in them
    assert len(made.key_file.read_bytes()) == 32
    thief = tmp_path / "thief"
    made.sealed.rename(thief)
    with pytest.raises(KnownError, match="not on this computer"):
        sign(village, waiting, "handler")
    thief.rename(made.sealed)
    # the computer alone: the right PIN without the key file opens nothing
    for wrong in (b"", bytes(32), made.sealed.read_bytes()[:32]):
        with pytest.raises(KnownError):
            crypto.open_key(made.sealed.read_bytes(), PIN, wrong)
    made.key_file.rename(thief)
    with pytest.raises(KnownError, match="not on the stick"):
        sign(village, waiting, "handler")
    thief.rename(made.key_file)
    sign(village, waiting, "handler")


def test_both_halves_on_one_stick_sign_nothing_before_they_are_set_apart(village: Village, waiting: Document):
    made = make(village, "handler")
    stick = made.key_file.parent
    old = stick / "冯志.vbkey"
    old.write_bytes(made.sealed.read_bytes())  # as sticks were made before
    made.sealed.unlink()
    with pytest.raises(KnownError, match="one stick"):
        sign(village, waiting, "handler")
    assert keys.set_apart(village.book, stick) == (made.key_id,)
    assert (old.exists(), made.sealed.exists()) == (False, True)
    sign(village, waiting, "handler")
    with pytest.raises(KnownError, match="No sealed half"):
        keys.set_apart(village.book, stick)


def test_the_sealed_half_of_somebody_else_is_not_taken(village: Village, waiting: Document):
    make(village, "handler"), make(village, "witness")
    with pytest.raises(KnownError):
        keys.halves_of(village.book, village.ids["villager"], village.folder / "stick-handler")
    other = key_store.sealed_path(village.book.info.book_id, key_of(village, "witness"))
    with pytest.raises(KnownError):
        keys.halves_of(village.book, village.ids["handler"], village.folder / "stick-handler", other)


def key_of(village: Village, who: str) -> str:
    return keys.of_person(village.book, village.ids[who])[0].key.key_id


# ---- PINs


def test_wrong_pins_wait_longer_and_longer_also_after_a_restart(village: Village, waiting: Document):
    made = make(village, "handler")
    now = at(DAY)
    before = village.book.head()
    for _again in range(3):
        with pytest.raises(KnownError, match="do not open"):
            sign(village, waiting, "handler", pin="000000")
    with pytest.raises(
        KnownError, match="wrong 3 times"
    ):  # the right one as well; nothing lives in memory only
        sign(village, waiting, "handler")
    later = By(now.actor, now.at + timedelta(seconds=31))
    with pytest.raises(KnownError, match="do not open"):
        sign(village, waiting, "handler", pin="000000", at_=later)
    early = By(now.actor, later.at + timedelta(seconds=31))
    with pytest.raises(KnownError, match="wrong 4 times"):
        sign(village, waiting, "handler", at_=early)
    assert village.book.head() == before
    sign(village, waiting, "handler", at_=By(now.actor, later.at + timedelta(seconds=61)))
    assert pin_guard.waits(made.sealed.read_bytes(), now.at) == timedelta()


def test_a_clock_set_back_shortens_no_wait_and_makes_none_endless(village: Village):
    made = make(village, "handler")
    sealed = made.sealed.read_bytes()
    for _again in range(4):
        with pytest.raises(KnownError):
            pin_guard.open_seed(sealed, bytes(32), PIN, at(NEXT).at + timedelta(hours=_again))
    wait = pin_guard.waits(sealed, at(DAY).at)
    assert wait == timedelta(seconds=wait_seconds(4))


def test_waits_only_grow_and_end_at_an_hour():
    waits = [wait_seconds(n) for n in range(100)]
    assert waits[:5] == [0, 0, 0, 30, 60]
    assert waits == sorted(waits)
    assert waits[-1] == MOST_SECONDS


def test_a_new_pin_takes_the_place_of_the_old_one(village: Village, waiting: Document):
    made = make(village, "handler")
    stick, now = made.key_file.parent, at(DAY).at
    before = made.sealed.read_bytes(), made.key_file.read_bytes()
    with pytest.raises(KnownError):
        keys.change_pin(village.book, made.key_id, stick, "111111", "999999", now)
    for new in ("12345", PIN):
        assert refused(lambda: keys.change_pin(village.book, made.key_id, stick, PIN, new, now)) == ["AP-03"]
    assert (made.sealed.read_bytes(), made.key_file.read_bytes()) == before
    keys.change_pin(village.book, made.key_id, stick, PIN, "999999", now)
    assert made.key_file.read_bytes() == before[1]
    with pytest.raises(KnownError):
        sign(village, waiting, "handler")
    sign(village, waiting, "handler", pin="999999")


def test_nothing_of_a_pin_or_key_is_written_anywhere(village: Village, township: Township, waiting: Document):
    made = make(village, "handler")
    seed = crypto.open_key(made.sealed.read_bytes(), PIN, made.key_file.read_bytes())
    sign(village, waiting, "handler")
    with pytest.raises(KnownError):
        sign(village, waiting, "handler", pin="864209")
    keys.change_pin(village.book, made.key_id, made.key_file.parent, PIN, "531802", at(DAY).at)
    secrets = (PIN, "864209", "531802", seed, seed.hex(), made.key_file.read_bytes().hex())
    files = [p for p in village.folder.rglob("*") if p.is_file()]
    assert made.sealed in files
    for path in files:
        data = path.read_bytes()
        for secret in secrets:
            found = secret.encode() if isinstance(secret, str) else secret
            assert found not in data, path
    assert not list(village.folder.rglob("*.part"))
    assert made.sealed.stat().st_mode & 0o077 == 0


# ---- lost, revoked, left


def test_a_lost_stick_stops_at_once_and_what_it_signed_stays(
    village: Village, waiting: Document, tmp_path: Path
):
    made = make(village, "director")
    keep_ink(village, waiting)
    sign(village, waiting, "director", "D")
    lost(village, made)
    assert state(village, made) is KeyState.STOPPED
    other = new_payment(village, 30_000, party="镇五金店", summary="购买门锁", support_no="25312000000199")
    keep_ink(village, other)
    with pytest.raises(KnownError, match="no key in use"):
        sign(village, other, "director", "D")
    halves = key_store.find(village.book.info.book_id, (made.key_id,), made.key_file.parent)
    who = village.ids["director"]

    def force() -> object:
        key = (halves.sealed, halves.key_file, PIN, at(DAY, 19))
        return signing.sign_key(village.book, other.id, "D", who, *key)

    assert refused(force) == ["KEY-02"]
    signed = key_words.signed_table(village.book, made.key_id)
    assert [row[2] for row in signed.rows] == ["Head's approval"] or len(signed.rows) == 1
    assert refused(lambda: lost(village, made)) == ["KEY-09"]
    finish(village, waiting)
    found = check_book(village.book)
    assert [(f.id, f.severity.stops) for f in found] == [("KEY-02", False)]  # pointed out for a look
    assert [t.id for t in home.home(village.book, DAY).todos if t.id == "HOME-36"] == ["HOME-36"]
    package = handover.export(village.book, tmp_path, at(DAY, 20))
    assert [t for t in home.home(village.book, DAY).todos if t.id == "HOME-36"] == []
    assert "KEY-02" in ids_of(verify(package.path))


def keep_ink(village: Village, document: Document) -> None:
    given = tuple(m for m in marks(village, document.id, DAY) if m.slot in ("H", "W", "C", "S"))
    signing.sign_ink(village.book, document.id, given, photo(village), at(DAY))


def finish(village: Village, document: Document) -> None:
    given = tuple(m for m in marks(village, document.id, DAY) if m.slot in ("P", "A"))
    assert signing.sign_ink(village.book, document.id, given, photo(village), at(DAY, 19)).label


def test_a_lost_stick_is_told_with_who_when_and_what(village: Village):
    made = make(village, "director")
    wrong: tuple[dict[str, Any], ...] = ({"reported_by": "nobody"}, {"reason": "丢"}, {"key_id": "0"})
    for changes in wrong:
        assert refused(lambda: lost(village, made, **changes)) == ["KEY-09"]
    assert refused(lambda: lost(village, made, NEXT)) == ["KEY-09"]
    assert lost(village, made).stopped_on == DAY


def test_a_revoked_key_keeps_what_it_signed_before_and_signs_no_more(
    village: Village, township: Township, waiting: Document
):
    made = make(village, "director")
    answer = township.answer(made.request)
    township_word.take_in(village.book, answer, at(DAY), township.fingerprint)
    keep_ink(village, waiting)
    sign(village, waiting, "director", "D")
    finish(village, waiting)
    first = township.list(answer)
    township_word.take_in(village.book, first, at(DAY, 20))
    revoked = key_desk.Revocation(made.key_id, NEXT, "钥匙遗失")
    second = township.list(first, day=NEXT, revoke=(revoked,))
    township_word.take_in(village.book, second, at(NEXT))
    assert (state(village, made, NEXT), state(village, made)) == (KeyState.REVOKED, KeyState.VALID)
    assert check_book(village.book) == ()  # what was signed the day before holds
    other = new_payment(village, 30_000, party="镇五金店", summary="购买门锁", support_no="25312000000199")
    keep_ink(village, other)
    assert refused(lambda: sign(village, other, "director", "D", NEXT)) == ["KEY-03"]
    # the township cannot be talked into taking it back, nor the village
    third = township.list(second, answer, day=NEXT)
    assert key_content(third).keys[0].revoked_on == NEXT
    assert refused(lambda: township_word.take_in(village.book, first, at(NEXT))) == ["KEY-08"]
    assert refused(lambda: township_word.take_in(village.book, answer, at(NEXT))) == ["KEY-08"]


def key_content(path: Path) -> KeyList:
    told = key_files.read(path)
    assert isinstance(told, key_files.TownshipFile)
    assert isinstance(told.content, KeyList)
    return told.content


def test_what_was_signed_between_loss_and_revocation_is_pointed_out(
    village: Village, township: Township, waiting: Document
):
    made = make(village, "director")
    answer = township.answer(made.request)
    township_word.take_in(village.book, answer, at(DAY), township.fingerprint)
    keep_ink(village, waiting)
    sign(village, waiting, "director", "D")
    finish(village, waiting)
    back = key_desk.Revocation(made.key_id, DAY, "钥匙遗失")
    township_word.take_in(village.book, township.list(answer, day=NEXT, revoke=(back,)), at(NEXT))
    assert [(f.id, f.severity.stops) for f in check_book(village.book)] == [("KEY-03", False)]


def test_versions_of_the_list_never_go_back(village: Village, township: Township):
    made = make(village, "director")
    answer = township.answer(made.request)
    first = township.list(answer)
    second = township.list(first, day=NEXT)
    township_word.take_in(village.book, second, at(NEXT), township.fingerprint)
    assert [key_content(p).version for p in (first, second)] == [1, 2]
    for old in (first, second):
        assert refused(lambda: township_word.take_in(village.book, old, at(NEXT))) == ["KEY-08"]


def test_a_list_that_leaves_a_key_out_takes_its_certificate(village: Village, township: Township):
    director, head = make(village, "director"), make(village, "head")
    answers = [township.answer(m.request) for m in (director, head)]
    for answer in answers:
        township_word.take_in(village.book, answer, at(DAY), township.fingerprint)
    township_word.take_in(village.book, township.list(answers[0], day=NEXT), at(NEXT))
    assert (state(village, director, NEXT), state(village, head, NEXT)) == (KeyState.VALID, KeyState.KNOWN)


def test_an_old_list_warns_then_rests_the_keys_as_the_policy_says(
    village: Village, township: Township, waiting: Document
):
    made = make(village, "handler")
    answer = township.answer(made.request)
    township_word.take_in(village.book, answer, at(DAY), township.fingerprint)
    township_word.take_in(village.book, township.list(answer, until=NEXT), at(DAY))
    grace = registry_number(village, "key_list_grace_days")
    last = NEXT + timedelta(days=grace)
    words, urgent = key_words.trust_words(village.book, last)
    assert urgent
    assert str(grace) in words
    assert [t.id for t in home.home(village.book, last).todos if t.id == "HOME-37"] == ["HOME-37"]
    assert refused(lambda: sign(village, waiting, "handler", day=last + timedelta(days=1))) == ["KEY-05"]
    excused = new_payment(village, 49_000, summary="购买铁锹", party="镇五金店", excuse="两次故障，分别购置")
    assert refused(lambda: sign(village, excused, "handler", day=last + timedelta(days=1))) == ["KEY-05"]
    sign(village, waiting, "handler", day=last)


def registry_number(village: Village, name: str) -> int:
    with village.book.reading() as connection:
        return registry.read_policy_on(connection, DAY).number(name)


def test_a_certificate_ends_on_its_day(village: Village, township: Township, waiting: Document):
    made = make(village, "handler")
    township_word.take_in(
        village.book, township.answer(made.request, until=NEXT), at(DAY), township.fingerprint
    )
    after = NEXT + timedelta(days=1)
    assert state(village, made, after) is KeyState.EXPIRED
    assert refused(lambda: sign(village, waiting, "handler", day=after)) == ["KEY-04"]
    sign(village, waiting, "handler", day=NEXT)


def test_who_left_office_signs_with_the_key_no_more(village: Village, waiting: Document):
    made = make(village, "supervisor")
    with village.book.reading() as connection:
        staff = registry.read_staff(connection)
    post = next(p for p in staff.posts if p.person_id == village.ids["supervisor"])
    people.end_post(village.book, post.id, DAY, at(DAY))
    assert (state(village, made), state(village, made, NEXT)) == (KeyState.VALID, KeyState.ENDED)
    # even where anybody may sign: the key was given to the office
    assert refused(lambda: sign(village, waiting, "supervisor", "H", NEXT)) == ["KEY-07"]
    sign(village, waiting, "supervisor", "H", DAY)
    assert [t.id for t in home.home(village.book, NEXT).todos if t.id == "HOME-38"] == ["HOME-38"]


# ---- a log that somebody else wrote


def forged(village: Village, event: str, day: date = NEXT, /, **data: Any) -> None:
    with village.book.writing("-", at(day).at) as writing:
        writing.log(event, data, new_id())


def found(village: Village) -> list[str]:
    return ids_of(stopping(check_book(village.book)))


def word(path: Path) -> dict[str, Any]:
    told = key_files.read(path)
    assert isinstance(told, key_files.TownshipFile)
    return {"body": told.content.to_data(), "seal": told.seal.to_data()}


def test_check_finds_words_of_the_township_that_are_not_its_own(village: Village, township: Township):
    made, other = make(village, "director"), make(village, "head")
    township_word.take_in(village.book, township.answer(made.request), at(DAY), township.fingerprint)
    assert found(village) == []
    answer = word(township.answer(other.request))
    answer["body"]["until_on"] = "2037-12-31"
    forged(village, "key.certified", key_id=other.key_id, **answer)
    assert found(village) == ["KEY-08"]


def test_check_finds_a_list_that_goes_back(village: Village, township: Township):
    answer = township.answer(make(village, "director").request)
    first = township.list(answer)
    township_word.take_in(village.book, township.list(first), at(DAY), township.fingerprint)
    forged(village, "keylist.taken", version=1, **word(first))
    assert found(village) == ["KEY-08"]


def test_check_finds_a_signature_of_a_key_nobody_certified(
    village: Village, township: Township, waiting: Document
):
    """The clerk makes a key in the director's name, and writes past the program what it signs."""
    township_word.take_in(
        village.book, township.answer(make(village, "head").request), at(DAY), township.fingerprint
    )
    own = make(village, "director")
    keep_ink(village, waiting)
    seed = crypto.open_key(own.sealed.read_bytes(), PIN, own.key_file.read_bytes())
    content = waiting.content_hash()
    who = village.ids["director"]
    blank = Signature(waiting.id, content, "D", who, DAY, SignKind.KEY, "", own.key_id)  # as in old days
    proof = crypto.sign("approve", signed_message(blank.to_data()), seed)
    forged(village, "signature.given", DAY, **replace(blank, evidence=proof).to_data())
    given = tuple(m for m in marks(village, waiting.id, DAY) if m.slot in ("P", "A"))
    signing.sign_ink(village.book, waiting.id, given, photo(village), at(DAY, 19))
    assert found(village) == ["KEY-01"]


def test_check_finds_a_signature_of_a_stopped_key(village: Village, waiting: Document):
    made = make(village, "handler")
    seed = crypto.open_key(made.sealed.read_bytes(), PIN, made.key_file.read_bytes())
    lost(village, made)
    content, who = waiting.content_hash(), village.ids["handler"]
    blank = Signature(waiting.id, content, "H", who, DAY, SignKind.KEY, "", made.key_id, suite="sm2-sm3")
    proof = crypto.sign("approve", signed_message(blank.to_data()), seed)
    forged(village, "signature.given", DAY, **replace(blank, evidence=proof).to_data())
    given = tuple(m for m in marks(village, waiting.id, DAY) if m.slot != "H")
    signing.sign_ink(village.book, waiting.id, given, photo(village), at(DAY, 19))
    assert found(village) == ["AP-36", "KEY-02", "KEY-06"]


def test_a_book_of_before_there_were_requests_is_judged_as_it_was_then(
    village: Village, township: Township, waiting: Document
):
    """Its keys have no request and its signatures no procedure; a township's key was trusted for the parameters alone."""
    from tests.township import FINGERPRINT, signed_file
    from tests.township import body as parameters
    from villagebook.services.township import policies

    policies.take_in(
        village.book, signed_file(village.folder, parameters("1", NEXT)), at(DAY), fingerprint=FINGERPRINT
    )
    seed, key_file = crypto.new_key(), crypto.new_key_file()
    public = crypto.public_key(seed)
    who, key_id = village.ids["handler"], crypto.key_id(public)
    told = {"key_id": key_id, "person_id": who, "public": public.hex(), "suite": "ed25519-sha256"}
    forged(village, "key.enrolled", DAY, **told, from_on=DAY.isoformat())
    blank = Signature(waiting.id, waiting.content_hash(), "H", who, DAY, SignKind.KEY, "", key_id)
    proof = crypto.sign("approve", signed_message(blank.to_data()), seed)
    forged(village, "signature.given", DAY, **replace(blank, evidence=proof).to_data())
    given = tuple(m for m in marks(village, waiting.id, DAY) if m.slot != "H")
    signing.sign_ink(village.book, waiting.id, given, photo(village), at(DAY, 19))
    assert check_book(village.book) == ()
    # from now on it is asked for as well: its request is signed with the stick in hand
    stick = village.folder / "stick-handler"
    stick.mkdir()
    (stick / f"冯志-{key_id[:4]}.keyfile").write_bytes(key_file)
    key_store.keep_sealed(village.book.info.book_id, key_id, crypto.seal_key(seed, PIN, key_file))
    assert next(r.state for r in key_words.rows(village.book, DAY)) is KeyState.KNOWN
    with pytest.raises(KnownError, match="before there were requests"):
        keys.write_request(village.book, key_id, village.folder, at(DAY, 20))
    halves = keys.halves_of(village.book, who, stick)
    request = keys.write_request(village.book, key_id, village.folder, at(DAY, 20), halves, PIN)
    township_word.take_in(village.book, township.answer(request), at(DAY, 21), township.fingerprint)
    assert next(r.state for r in key_words.rows(village.book, DAY)) is KeyState.VALID
    assert check_book(village.book) == ()


# ---- what is shown is what is signed


def test_the_very_bytes_that_are_shown_are_hashed(village: Village, waiting: Document):
    make(village, "handler")
    content = shown.content_shown(village.book, waiting.id)
    assert content is not None
    assert content.sha256 == waiting.content_hash()
    told = " ".join(str(cell) for row in content.table.rows for cell in row)
    for word in ("购买灌溉水泵一台", "县农机公司", "500.00", "25312000000123", "冯志"):
        assert word in told
    values = {row[1] for row in content.table.rows}
    assert "Invoice" in values, "what people read, not the code that is hashed"
    assert not values & {"invoice", "receipt", "payment"}
    submit(village, replace(waiting, summary="购买灌溉水泵两台"))  # behind the official's back
    halves = keys.halves_of(village.book, village.ids["handler"], village.folder / "stick-handler")

    def late() -> object:
        key = (halves.sealed, halves.key_file, PIN, at(DAY), content.data)
        return signing.sign_key(village.book, waiting.id, "H", village.ids["handler"], *key)

    assert refused(late) == ["AP-36"]


def test_a_signature_names_its_procedure_and_an_unknown_one_is_refused_clearly(
    village: Village, waiting: Document
):
    made = make(village, "handler")
    sign(village, waiting, "handler")
    with village.book.reading() as connection:
        (row,) = connection.exec_driver_sql("SELECT suite FROM signature WHERE kind = 'key'").fetchall()
    assert row[0] == "ed25519-sha256"
    seed = crypto.open_key(made.sealed.read_bytes(), PIN, made.key_file.read_bytes())
    with pytest.raises(KnownError, match="sm2-sm3 is not built into this program yet; it knows ed25519"):
        crypto.sign("approve", {}, seed, "sm2-sm3")
    good = crypto.sign("approve", {}, seed)
    public = crypto.public_key(seed)
    assert crypto.verify("approve", {}, good, public)
    assert not crypto.verify("approve", {}, good, public, "sm2-sm3")
    assert not crypto.verify("approve", {}, good, public, "")


def test_a_signature_of_before_procedures_were_named_still_holds(village: Village, waiting: Document):
    """The content of an old signature has no suite; its bytes are the same as then."""
    old = Signature("d", "h", "H", "p", DAY, SignKind.KEY, "", "k")
    assert b"suite" not in canonical(signed_message(old.to_data()))
    assert b'"suite":"ed25519-sha256"' in canonical(
        signed_message(replace(old, suite="ed25519-sha256").to_data())
    )


# ---- the sheet


@pytest.fixture
def sheet_text(village: Village) -> Iterator[str]:
    import pypdfium2

    made = make(village, "director")
    document = pypdfium2.PdfDocument(key_words.sheet(village.book, made.key_id))
    assert len(document) == 1
    page = document[0]
    assert [round(v) for v in page.get_size()] == [595, 842]
    yield page.get_textpage().get_text_bounded() + made.key_id
    document.close()


def test_the_sheet_shows_the_groups_large_and_who_signs(sheet_text: str):
    groups = sheet_text[-19:].split("-")
    for group in groups:
        assert sheet_text.count(group) >= 2
    assert "王建国" in sheet_text


def test_the_township_prints_the_same_sheet_out_of_the_request(village: Village):
    made = make(village, "director")
    assert key_words.sheet_of_file(made.request) == key_words.sheet(village.book, made.key_id)
