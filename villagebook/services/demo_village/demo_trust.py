"""The demo village's keys and offices: a director signs with a key, loses the stick and gets another; the accountant changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from villagebook.domain.audit import Audit, AuditKind, AuditPoint, Mended
from villagebook.domain.keys import KeyAnswer, KeyList, KeyStop, ListedKey, StopReason
from villagebook.domain.office_handover import Terms
from villagebook.domain.people import PostKind
from villagebook.services import files
from villagebook.services.approvals import shown, signing, slips
from villagebook.services.book_file import books
from villagebook.services.demo_village import demo_paper
from villagebook.services.demo_village.demo_money import submit_payment
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment
from villagebook.services.disclosure import audits
from villagebook.services.offices import key_desk, keys, office_handover, people, seals, township_word

if TYPE_CHECKING:
    from villagebook.domain.period import Period

PIN = "246810"  # of an invented director; whoever plays with the demo signs with it
TOWNSHIP = "青石镇"
_SIGNED_BY_KEY: Row = {
    "place": "EX",
    "party": "青石广告社",
    "summary": "村务公开栏展板一块",
    "account": "513",
    "amount": 42000,
    "quantity": "1",
    "unit": "块",
    "support": "invoice",
}


def give_key(village: DemoVillage, month: Period) -> None:
    """Two files between village and township; then one payment is signed by key by the director, by the others in ink."""
    day, paid = month.first_day.replace(day=10), month.first_day.replace(day=24)
    village.agenda.on(day, 9, partial(_enrol, village, day))
    village.agenda.on(paid, 13, partial(_pay_by_key, village, _stick(village, day), paid))


def _enrol(village: DemoVillage, day: date) -> None:
    village.town.append(_answered(village, _make(village, day), day))


def lose_stick(village: DemoVillage, month: Period) -> None:
    """The key is stopped the same day; two days later the township's list revokes it and holds the new one."""
    lost = month.first_day.replace(day=12)
    village.agenda.on(lost, 11, partial(_stop, village, lost))
    village.agenda.on(lost + timedelta(days=2), 10, partial(_renew, village, lost, lost + timedelta(days=2)))


def _stop(village: DemoVillage, lost: date) -> None:
    (old,) = keys.of_person(village.book, village.ids["director"])
    told = KeyStop(
        old.key.key_id, StopReason.LOST, lost, village.ids["director"], "赶集时连同钥匙串丢失", "", lost
    )
    report = files.store_file(village.book, demo_paper.note_photo("挂失报告"), "挂失报告.jpg")
    keys.stop(village.book, told, report, moment(lost, 11))


def _renew(village: DemoVillage, lost: date, day: date) -> None:
    """The new key by the two files, and the township's list in which the old one counts no more."""
    answer = _answered(village, _make(village, day), day)
    (first,) = village.town
    gone = replace(_listed(first), revoked_on=lost, reason="遗失")
    request = answer.request
    until = date(day.year + 2, 12, 31)
    content = KeyList(request.village, request.code, request.book_id, 1, day, until, (gone, _listed(answer)))
    _carry(village, content, day, "密钥名单.json")


def _stick(village: DemoVillage, day: date) -> Path:
    return village.folder / f"stick-director-{day}"


def _make(village: DemoVillage, day: date) -> keys.Made:
    stick = _stick(village, day)
    stick.mkdir(exist_ok=True)
    return keys.make(village.book, village.ids["director"], PIN, stick, moment(day))


def _answered(village: DemoVillage, made: keys.Made, day: date) -> KeyAnswer:
    """The township has compared the fingerprint with the signed sheet."""
    until = date(day.year + 2, 12, 31)
    answer = KeyAnswer(key_desk.look(made.request).request, day, until)
    _carry(village, answer, day, f"{made.key_id[:4]}-答复.json")
    return answer


def _carry(village: DemoVillage, content: KeyAnswer | KeyList, day: date, name: str) -> None:
    """Sealed at the township, carried to the village, taken in; its key is trusted by the fingerprint read aloud."""
    from villagebook.exchange import key_files
    from villagebook.exchange import signing as crypto

    village.town_seed = village.town_seed or crypto.new_key()
    folder = village.folder / "township"
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_bytes(key_files.township_bytes(key_files.sealed(content, TOWNSHIP, day, village.town_seed)))
    mark = crypto.key_id(crypto.public_key(village.town_seed))
    township_word.take_in(village.book, path, moment(day, 17), mark)


def _listed(answer: KeyAnswer) -> ListedKey:
    request = answer.request
    return ListedKey(request.public, request.person, request.post, answer.from_on, answer.until_on)


def _pay_by_key(village: DemoVillage, stick: Path, day: date) -> None:
    """Slots before the director's from the slip, the director's by key, the rest from the slip again."""
    book, ids, at = village.book, village.ids, moment(day, 15)
    document_id = submit_payment(village, _SIGNED_BY_KEY, day)
    (sheet,) = demo_paper.photographs(slips.slip_pdf(book, (document_id,)), seed=3)
    photo = slips.take_in(book, sheet, f"{day:%Y%m%d}-1.jpg", at).photo
    marks = demo_paper.marks_for(book, ids, document_id, day)
    turn = [m.slot for m in marks].index("D")
    signing.sign_ink(book, document_id, marks[:turn], photo, at)
    halves = keys.halves_of(book, ids["director"], stick)
    content = shown.content_shown(book, document_id)
    if content is None:
        raise AssertionError(document_id)
    key = (halves.sealed, halves.key_file, PIN, at, content.data)
    signing.sign_key(book, document_id, "D", ids["director"], *key)
    signing.sign_ink(book, document_id, marks[turn + 1 :], photo, at)


# ---- offices, audits


def change_accountant(village: DemoVillage, day: date) -> None:
    """Cash was counted and the banks compared that day: the list is frozen, three sign it, the next one begins the day after."""
    book, ids = village.book, village.ids
    post = next(p for p in books.staff(book).posts if p.kind is PostKind.ACCOUNTANT and p.to_on is None)
    follower = people.add_person(book, village.story["next_accountant"], moment(day, 8))
    for kept in seals.in_hands(book):
        if kept.person_id == post.person_id:
            handed = replace(kept, person_id=follower, from_on=day, reason="会计交接")
            seals.hand_over(book, handed, moment(day, 17))
    held = office_handover.freeze(book, Terms(post.id, follower, ids["head"], day), moment(day, 18))
    kit = demo_paper.photographs(office_handover.kit_pdf(book, held.content.id), seed=16, pages=1)[0]
    sheet, _said = office_handover.take_in(book, kit, f"{day:%Y%m%d}-交接.jpg", held.content.id)
    office_handover.sign_ink(book, held.content.id, sheet, day, moment(day, 19))
    people.give_post(book, follower, PostKind.ACCOUNTANT, day + timedelta(days=1), moment(day, 19))
    ids["accountant"] = follower


def be_audited(village: DemoVillage, month: Period) -> None:
    """The township's yearly audit, with two points; both are mended within the month."""
    told = village.story["audit"]
    reported = month.first_day.replace(day=8)
    points = tuple(AuditPoint(n, text, fen) for n, (text, fen, _done) in enumerate(told["points"], 1))
    made = Audit("", "", AuditKind.YEARLY, told["auditor"], reported, told["about"], told["result"], points)
    village.agenda.on(reported, 10, partial(_record, village, made, told["points"]))


def _record(village: DemoVillage, audit: Audit, points: list[list[str]]) -> None:
    """It is on file; each point is answered a week after the other."""
    made = audits.record(village.book, audit, moment(audit.reported_on, 10))
    who = village.story["next_accountant"]
    for number, (_text, _fen, done) in enumerate(points, 1):
        day = audit.reported_on + timedelta(days=7 * number)
        told = Mended(made.id, number, day, done, who)
        village.agenda.on(day, 10, partial(audits.mend, village.book, told, moment(day)))
