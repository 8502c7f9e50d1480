"""Two months in which everything is tried: a purchase cut in two, a journey dated back, an invoice brought twice, a bill that
supervision says no to, a key that is lost, work paid twice, an accountant who has left. None of it passes; what is done
right does, and in the end the book and what the township received of it are clean.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from tests import invoices as paper
from tests.builders import (
    Village,
    at,
    close_month,
    count_all,
    marks,
    minutes,
    move,
    payment,
    photo,
    sign_everything,
    submit,
)
from tests.cli.runner import Ran, run
from tests.refusing import refused
from villagebook import paths
from villagebook.domain.document import Document, Item, SpendKind
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.keys import KeyState, KeyStop, StopReason
from villagebook.domain.meeting import Matter
from villagebook.domain.office_handover import Terms
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.pay_list_proof import ListState, ProofKind
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.signature import SignKind
from villagebook.domain.trip import Transport, Trip, TripState
from villagebook.exchange import signing as crypto
from villagebook.services import by
from villagebook.services.approvals import (
    list_standings,
    pay_lists,
    resolutions,
    second_look,
    shown,
    sign_queue,
    signing,
    trips,
    vetoes,
)
from villagebook.services.approvals.signing import InkMark
from villagebook.services.book_file import books
from villagebook.services.handing_over import handover
from villagebook.services.offices import key_store, key_words, keys, office_handover, people, township_word
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents

PIN, TOWN_PIN = "246813", "975310"
LARGE_FEN = 2_000_000


def day(number: int, month: int = 1) -> date:
    return date(2025, month, number)


@dataclass(frozen=True, slots=True)
class Town:
    """The township's desk: one folder, its own computer's clock, the command line."""

    folder: Path
    clock: pytest.MonkeyPatch

    def says(self, on: date, *words: object) -> Ran:
        """One command on a day, the PIN typed when it is asked for."""
        self.clock.setattr(by, "now", lambda actor: by.By(actor, datetime.combine(on, time(9), UTC)))
        self.clock.setattr(by, "today", lambda: on)
        with mock.patch("sys.stdin", io.StringIO(f"{TOWN_PIN}\n")):
            ran = run(*words)
        assert ran.code == 0, ran.err
        return ran

    def signs(self, on: date, *words: object) -> Ran:
        """A command the township's key signs, good until the end of the next year."""
        (sealed,), (other,) = self.folder.glob("*.vbkey"), self.folder.glob("*.keyfile")
        pen = ("--name", "清水镇", "--key", sealed, "--key-file", other, "--until", "2026-12-31")
        return self.says(on, "key", *words, *pen)


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    """A wrong PIN costs half a second on purpose; the story does not have it."""
    honest: Callable[..., bytes] = crypto.seal_key
    strength = crypto.SealStrength(memory_kib=64, passes=1, lanes=1)
    monkeypatch.setattr(crypto, "seal_key", lambda *args: honest(*args, strength=strength))
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "pc"))
    (tmp_path / "town").mkdir()
    return Town(tmp_path / "town", monkeypatch)


def test_two_months_of_trust(village: Village, town: Town) -> None:
    move(village, "IN", "EX", 6_000_000, day(2))
    a_purchase_cut_in_two(village)
    a_journey(village)
    an_invoice_brought_twice(village)
    a_veto_and_its_lifting(village)
    mark = the_township_makes_its_key(town)
    first = a_key_is_asked_for_and_certified(village, town, mark)
    a_large_payment_by_key_and_in_ink(village)
    close_month(village, Period(2025, 1))
    a_lost_stick(village, town, first)
    work_paid_once(village)
    a_change_of_accountant(village)
    everything_is_clean(village, town)


def a_purchase_cut_in_two(village: Village) -> None:
    """A thousand yuan asks the committees; two bills of six hundred to one shop in one week are one purchase."""
    shop: dict[str, Any] = {"party": "镇家具店", "support_no": "F-0601"}
    first = payment(village, 60_000, day(6), summary="购买办公桌", **shop)
    submit(village, first)
    second = payment(village, 60_000, day(7), summary="购买办公椅", **{**shop, "support_no": "F-0701"})
    draft = documents.preview(village.book, second, day(7))
    (held,) = [f for f in draft.findings if f.id == "AP-12"]
    assert "购买办公桌" in held.text
    assert refused(lambda: submit(village, second)) == ["AP-12"]

    # Done right: the first bill is taken back, the purchase goes its way whole, and the committees decide.
    documents.withdraw(village.book, first.id, "与办公椅一并报批", at(day(7)))
    both = (Item("513", 60_000, "办公桌两张"), Item("513", 60_000, "办公椅八把"))
    whole = replace(second, summary="购买办公桌椅", items=both)
    submit(village, whole)
    view = documents.document_view(village.book, whole.id)
    assert [s.slot.code for s in view.slot_states] == ["H", "W", "C", "S", "M2", "D", "P", "A"]
    assert sign_everything(village, whole.id, day(7)).label


def a_journey(village: Village) -> None:
    """Who comes home with tickets and no approval is not paid; who asked before is, within what was asked."""
    asked = Trip(
        "T2025-001",
        (village.ids["handler"],),
        "参加防汛会议",
        "聊城",
        day(13),
        day(14),
        Transport.BUS,
        40_000,
        village.ids["handler"],
    )
    with pytest.raises(Refused, match="asked for only now"):
        trips.ask(village.book, asked, at(day(15)))
    bare = payment(village, 30_000, day(15), spend_kind=SpendKind.TRAVEL, summary="赴聊城开会差旅")
    assert "TRP-05" in refused(lambda: submit(village, bare))

    trips.ask(village.book, asked, at(day(9)))
    with pytest.raises(Refused, match="comes too late"):
        approve(village, day(13))
    approve(village, day(9))
    home = trips.settlement_of(village.book, "T2025-001", at(day(15)))
    home = replace(
        home,
        items=(replace(home.items[0], account="513", amount_fen=36_000),),
        place="EX",
        party="冯志",
        handler=village.ids["witness"],
        support_no="差旅2025-1",
        paper_count=2,
        enclosed=("tickets",),
    )
    submit(village, home)
    assert sign_everything(village, home.id, day(15), W="villager").label
    (stands,) = trips.standings(village.book)
    assert (stands.state, stands.paid_fen) == (TripState.SETTLED, 36_000)


def approve(village: Village, signed: date, seen: date | None = None) -> None:
    """Everybody the township asks for signs the request on a day; the sheet comes in on another one."""
    heads = {"H": "handler", "D": "director", "P": "secretary"}
    for state in trips.slots(village.book, "T2025-001", seen or signed):
        mark = InkMark(state.slot.code, village.ids[heads[state.slot.code]], signed)
        signing.sign_ink(village.book, "trip:T2025-001", (mark,), photo(village), at(seen or signed))


def an_invoice_brought_twice(village: Village) -> None:
    """The sentence names the voucher it was used for; another story about it does not help."""
    once = paper.paid_on(village, paper.xml(day=day(16)), day=day(16))
    submit(village, once)
    label = sign_everything(village, once.id, day(16)).label
    again = paper.paid_on(village, paper.xml(day=day(16)), day=day(20), excuse="说是另一台水泵")
    with pytest.raises(Refused) as caught:
        submit(village, again)
    (used,) = [f for f in caught.value.findings if f.id == "INV-02"]
    assert label in used.text


def a_veto_and_its_lifting(village: Village) -> None:
    """Supervision says no. Neither the heads nor a smaller bill pass; the representatives may."""
    book, ids = village.book, village.ids
    repair = payment(
        village, 98_000, day(17), summary="村车辆维修换胎", party="顺风汽修厂", support_no="F-17"
    )
    submit(village, repair)
    signing.reject(book, repair.id, ids["head"], "村里没有登记车辆", at(day(17)))
    smaller = replace(repair, items=(Item("511", 50_000, "换胎"),))
    for attempt in (
        lambda: submit(village, smaller, day(18)),
        lambda: vetoes.again(book, repair.id, at(day(18))),
        lambda: vetoes.lift_by_township(
            book, repair.id, ids["director"], "村字1号", photo(village), day(18), at(day(18))
        ),
    ):
        assert refused(attempt)
    point = ResolutionItem(1, "同意支付修车费", Matter.VETO, 98_000, document=repair.id)
    resolutions.record(book, minutes(village, "代表会2025-03号", day(20), point), at(day(20)))
    vetoes.lift_by_resolution(book, repair.id, "代表会2025-03号", at(day(20)))
    vetoes.again(book, repair.id, at(day(20)))
    assert sign_everything(village, repair.id, day(20)).label
    (told,) = vetoes.listing(book)
    assert (told.fate, told.reason) == (vetoes.Fate.PAID, "村里没有登记车辆")


# ---- keys


def the_township_makes_its_key(town: Town) -> str:
    """Returns the fingerprint that is read aloud on the telephone."""
    made = town.says(day(20), "policy", "key", town.folder, "--name", "清水镇")
    return made.text.strip().rpartition(" ")[2]


def a_key_is_asked_for_and_certified(village: Village, town: Town, mark: str) -> keys.Made:
    """Two files and a sheet: the request goes to the township, its answer comes back, nothing else is believed."""
    made = make_key(village, day(21))
    answer = town.folder / "answer-1.json"
    town.signs(day(21), "answer", made.request, "--fingerprint", made.key_id, "-o", answer)
    assert refused(lambda: township_word.take_in(village.book, answer, at(day(21)))) == [
        "E2L-01"
    ]  # nobody telephoned
    township_word.take_in(village.book, answer, at(day(21)), mark)
    assert state_of(village, made, day(21)) is KeyState.VALID
    return made


def make_key(village: Village, on: date) -> keys.Made:
    stick = village.folder / f"stick-{on}"
    stick.mkdir()
    return keys.make(village.book, village.ids["director"], PIN, stick, at(on))


def state_of(village: Village, made: keys.Made, on: date) -> KeyState:
    rows = {r.standing.key.key_id: r.state for r in key_words.rows(village.book, on)}
    return rows[made.key_id]


def sign_by_key(village: Village, document: Document, made: keys.Made, on: date) -> documents.Outcome:
    """The director sees the content, and these very bytes are signed with both halves of the key."""
    content = shown.content_shown(village.book, document.id)
    halves = key_store.find(village.book.info.book_id, (made.key_id,), made.key_file.parent)
    assert content is not None
    who = village.ids["director"]
    return signing.sign_key(
        village.book,
        document.id,
        "D",
        who,
        halves.sealed,
        halves.key_file,
        PIN,
        at(on, 16),
        content.data,
    )


def in_ink(village: Village, document: Document, on: date, slots: str, **instead: str) -> documents.Outcome:
    """The named slots on the slip, in the order of the slip."""
    found = marks(village, document.id, on, **instead)
    given = tuple(m for m in found if m.slot in slots.split())
    return signing.sign_ink(village.book, document.id, given, photo(village), at(on, 15))


def a_large_payment_by_key_and_in_ink(village: Village) -> None:
    """The director signs with the key, everybody else with a pen; above the amount a second person compares the ticks."""
    on = day(22)
    key = keys.of_person(village.book, village.ids["director"])[0].key
    road = payment(
        village, LARGE_FEN, on, summary="二组村道硬化工程款", party="鸿达建筑队", support_no="F-2200"
    )
    submit(village, road)
    in_ink(village, road, on, "H W C S M2 MR ML")
    stick = village.folder / "stick-2025-01-21"
    made = keys.Made(key.key_id, stick, next(stick.glob("*.keyfile")), stick, same_disk=True)
    sign_by_key(village, road, made, on)
    late = in_ink(village, road, on, "P T A")
    assert (late.label, late.waiting_for) == ("", "second look at the slip")
    waits = second_look.waiting(village.book, road, on)
    assert waits is not None
    assert "孙丽" not in {p.name for p in waits.persons}  # she has entered the ticks
    assert refused(lambda: second_look.confirm(village.book, road.id, village.ids["handler"], at(on, 17)))
    assert second_look.confirm(village.book, road.id, village.ids["supervisor"], at(on, 17)).label
    kinds = {
        g.slot: g.kind
        for s in documents.document_view(village.book, road.id).slot_states
        for g in s.signatures
    }
    assert [slot for slot, kind in kinds.items() if kind is SignKind.KEY] == ["D"]


def a_lost_stick(village: Village, town: Town, first: keys.Made) -> None:
    """Stopped within the hour; the thief's signature is refused, the township hears of it, a new key takes its place."""
    book, on = village.book, day(5, 2)
    director = village.ids["director"]
    told = KeyStop(first.key_id, StopReason.LOST, on, director, "赶集时丢失", "", on)
    keys.stop(book, told, None, at(on, 8))
    bill = payment(village, 30_000, on, summary="购买门锁", party="镇五金店", support_no="F-0502")
    submit(village, bill)
    in_ink(village, bill, on, "H W C S")
    assert refused(lambda: sign_by_key(village, bill, first, on)) == ["KEY-02"]
    with pytest.raises(KnownError, match="no key in use"):
        keys.halves_of(book, director, first.key_file.parent)

    stick = village.folder / "to-town"
    stick.mkdir()
    package = handover.export(book, stick, at(on, 18)).path
    heard = town.says(on, "verify", package)
    assert "KEY-" in heard.text
    assert "赶集时丢失" in heard.text

    second = make_key(village, day(6, 2))
    assert refused(lambda: sign_by_key(village, bill, second, day(6, 2))) == ["KEY-01"]  # not certified yet
    old, answer = town.folder / "answer-1.json", town.folder / "answer-2.json"
    town.signs(day(6, 2), "answer", second.request, "--fingerprint", second.key_id, "-o", answer)
    township_word.take_in(book, answer, at(day(6, 2)))
    known = town.folder / "list.json"
    gone = ("--revoke", first.key_id, "--on", on.isoformat(), "--reason", "赶集时丢失")
    town.signs(day(6, 2), "trust-list", old, answer, *gone, "-o", known)
    township_word.take_in(book, known, at(day(6, 2)))
    assert state_of(village, second, day(6, 2)) is KeyState.VALID
    sign_by_key(village, bill, second, day(6, 2))
    assert in_ink(village, bill, day(6, 2), "P A").label


# ---- payees, and another accountant


def work_paid_once(village: Village) -> None:
    """Who cleared the channel signs for the days; no day is paid twice, in whatever list."""
    book, on = village.book, day(12, 2)
    point = ResolutionItem(1, "误工补贴标准每天80元", Matter.LOST_WORK, 500_000)
    number = "代表会2025-07号"
    resolutions.record(book, minutes(village, number, day(3, 2), point), at(day(3, 2)))
    pay_lists.set_rate(book, PayRate(ListKind.LOST_WORK, "", 8_000, day(3, 2), f"{number}#1"), at(day(4, 2)))
    days = (day(8, 2), day(9, 2))
    worked = tuple(
        PayRow(name, 16_000, work="清理水渠", place="二组", days=days, rate_fen=8_000)
        for name in ("何老四", "陈桂花")
    )
    made = PayList(
        "L2025-001", ListKind.LOST_WORK, "清理水渠误工补贴", days[0], days[1], worked, f"{number}#1"
    )
    pay_lists.enter(book, made, at(on))
    pay_lists.show(
        book, "L2025-001", "村务公开栏", days[1], (photo(village),), at(on)
    )  # since the work was done
    move(village, "EX", "IM", 50_000, on)
    bill = pay_lists.payment_of(book, "L2025-001", at(on))
    bill = replace(
        bill,
        items=(replace(bill.items[0], account="513"),),
        place="IM",
        handler=village.ids["handler"],
        paper_count=1,
    )
    submit(village, bill)
    assert refused(lambda: sign_everything(village, bill.id, on, W="villager")) == [
        "AP-09"
    ]  # he is on the list
    assert refused(lambda: sign_everything(village, bill.id, on, W="cashier")) == ["AP-27"]
    pay_lists.prove(book, "L2025-001", ProofKind.SIGNATURES, (photo(village),), on, at(on))
    assert sign_everything(village, bill.id, on, W="cashier").label
    assert list_standings.standings(book)[0].state is ListState.PROVEN

    again = replace(made, code="L2025-002", title="抗旱误工补贴", rows=(replace(worked[0], work="抗旱浇地"),))
    assert refused(lambda: pay_lists.enter(book, again, at(day(13, 2)))) == ["AP-26"]


def a_change_of_accountant(village: Village) -> None:
    """Counted, listed, signed by three; from then on the old accountant signs nothing, the new one does."""
    book, on = village.book, day(20, 2)
    new = people.add_person(book, "许文清", at(on))
    village.ids["newcomer"] = new
    post = next(p for p in books.staff(book).posts if p.kind is PostKind.ACCOUNTANT)
    people.end_post(book, post.id, on, at(on, 8))
    assert refused(
        lambda: people.give_post(book, new, PostKind.ACCOUNTANT, on + timedelta(days=1), at(on, 8))
    ) == ["AP-28"]
    terms = Terms(post.id, new, village.ids["head"], on)
    assert refused(lambda: office_handover.freeze(book, terms, at(on, 9))) == [
        "AP-45",
        "AP-46",
    ]  # nothing was counted or compared
    count_all(village, on)
    listed = office_handover.freeze(book, terms, at(on, 19))
    assert office_handover.kit_pdf(book, listed.content.id).startswith(b"%PDF")
    office_handover.sign_ink(book, listed.content.id, photo(village), on, at(on, 20))
    people.give_post(book, new, PostKind.ACCOUNTANT, on + timedelta(days=1), at(on, 21))

    later = day(24, 2)
    bill = payment(village, 20_000, later, summary="购买打印纸", party="县文具店", support_no="F-2402")
    submit(village, bill)
    in_ink(village, bill, later, "H W C S D P")
    assert refused(lambda: in_ink(village, bill, later, "A", A="accountant")) == ["AP-02"]
    assert in_ink(village, bill, later, "A", A="newcomer").label


def everything_is_clean(village: Village, town: Town) -> None:
    """No order of all this has left a trace of doubt: neither here nor at the township."""
    book, on = village.book, day(27, 2)
    assert check_book(book) == ()
    assert sign_queue.queue(book, on) == ()
    stick = village.folder / "stick-feb"
    stick.mkdir()
    package = handover.export(book, stick, at(on)).path
    verified: Any = town.says(on, "verify", package, "--format", "json").json
    assert verified["ok"] is True
    assert [f for f in verified["findings"] if f["severity"] != "hint"] == []
