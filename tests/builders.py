"""A real village in a real file: builders for books, documents and signatures, used by every test of the core."""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.document import Attachment, Document, Item, Support
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.moment import VILLAGE
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.resolution import BEFORE_PAYING, Cited, Resolution, ResolutionItem
from villagebook.domain.voucher import DocKind
from villagebook.services import by, files
from villagebook.services.approvals import resolutions, second_look, signing
from villagebook.services.banking import counting
from villagebook.services.book_file.books import Book, open_book, place_balances
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.by import By
from villagebook.services.gathering import resolution_facts
from villagebook.services.offices import people, receipt_books
from villagebook.services.period_end import closing
from villagebook.services.vouchers import documents, receipts
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import registry

NAME = "清水镇白杨村"


CODE = "371523104210"


START = Period(2025, 1)


DAY = date(2025, 1, 10)


POSTS: dict[str, tuple[str, PostKind | None]] = {
    "director": ("王建国", PostKind.DIRECTOR),
    "secretary": ("李秀英", PostKind.SECRETARY),
    "head": ("张海涛", PostKind.SUPERVISION_HEAD),
    "supervisor": ("赵玉兰", PostKind.SUPERVISOR),
    "clerk": ("孙丽", PostKind.CLERK),
    "cashier": ("吴强", PostKind.CASHIER),
    "accountant": ("周敏", PostKind.ACCOUNTANT),
    "township": ("郑卫东", PostKind.TOWNSHIP),
    "handler": ("冯志", None),
    "witness": ("陈桂花", None),
    "villager": ("何老四", None),
}
"""Everybody of the test village by a key: name and post."""


SIGNERS: dict[str, tuple[str, ...]] = {
    "H": ("handler",),
    "W": ("witness",),
    "C": ("clerk",),
    "S": ("head", "supervisor"),
    "D": ("director",),
    "P": ("secretary",),
    "T": ("township",),
    "A": ("accountant",),
}


ALL_PAPERS = (
    "acceptance",
    "application",
    "audit",
    "contract",
    "list",
    "payee-photo",
    "quotes",
    "settlement",
    "tender",
)
"""What a payment of any size may need beside its bill."""


MEETINGS = ("M2", "MR", "ML")


@dataclass(slots=True)
class Village:
    """An open book and its people by key."""

    book: Book
    ids: dict[str, str]
    folder: Path


def at(day: date, hour: int = 10) -> By:
    """The clock of the tests: an act of the clerk on this day."""
    return By("孙丽", datetime.combine(day, time(hour), VILLAGE))


def make_book(
    folder: Path,
    *,
    mode: LineMode = LineMode.ONE_ACCOUNT,
    start: Period = START,
    opening: Mapping[str, int] | None = None,
    policy: Mapping[str, Any] | None = None,
    name: str = "village.vbook",
) -> Book:
    """A new book. `opening` is place -> fen, balanced by capital; `policy` changes numbers, switches or levels."""
    file = folder / "opening.csv"
    if opening:
        rows = ["科目,资金,往来,借方,贷方"]
        for place, fen in opening.items():
            rows.append(f"{'101' if place in ('RC', 'IM') else '102'},{place},,{fen / 100:.2f},")
        rows.append(f"301,,,,{sum(opening.values()) / 100:.2f}")
        file.write_text("\n".join(rows) + "\n", encoding="utf-8-sig")
    new = NewBook(
        NAME,
        CODE,
        start,
        mode,
        opening=file if opening else None,
        policy=make_policy_file(folder, policy) if policy else None,
    )
    return create_book(folder / name, new, at(start.first_day, 8))


def policy_data(changes: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The program's default township file with some numbers, switches, words, levels or transfer slots changed."""
    data: dict[str, Any] = json.loads(paths.resource("policy", "default.json").read_text(encoding="utf-8"))
    for key, value in (changes or {}).items():
        if key in data["numbers"]:
            data["numbers"][key]["value"] = value
        elif key in data["switches"]:
            data["switches"][key]["value"] = value
        elif key in data["words"]:
            data["words"][key]["value"] = value
        else:
            data[key] = value
    return data


def make_policy_file(folder: Path, changes: Mapping[str, Any]) -> Path:
    path = folder / "policy.json"
    path.write_text(json.dumps(policy_data(changes), ensure_ascii=False), encoding="utf-8")
    return path


_kept: dict[str, tuple[bytes, dict[str, str]]] = {}


def made_once(folder: Path, key: str, build: Callable[[], Village]) -> Village:
    """A village that is built once per key in a run and copied from then on, for speed. `build` makes it in `folder`."""
    path = folder / "village.vbook"
    if key not in _kept:
        village = build()
        village.book.close()
        _kept[key] = (path.read_bytes(), dict(village.ids))
    data, ids = _kept[key]
    path.write_bytes(data)
    return Village(open_book(path), dict(ids), folder)


def make_village(
    folder: Path,
    *,
    mode: LineMode = LineMode.ONE_ACCOUNT,
    opening: Mapping[str, int] | None = None,
    policy: Mapping[str, Any] | None = None,
) -> Village:
    """A book with people, posts and a receipt book."""
    opening = {"IN": 10_000_000} if opening is None else opening

    def build() -> Village:
        book = make_book(folder, mode=mode, opening=opening, policy=policy)
        ids = fill_posts(book)
        first = ReceiptBook("", "村集体收款收据", 1, 500, 4, ids["clerk"], START.first_day)
        receipt_books.draw(book, first, at(START.first_day))
        return Village(book, ids, folder)

    return made_once(folder, repr((mode, sorted(opening.items()), sorted((policy or {}).items()))), build)


def draw_special(village: Village, day: date = START.first_day) -> None:
    """A book of special receipts for 一事一议, numbers 7001 to 7100."""
    made = ReceiptBook("", "一事一议专用收据", 7001, 7100, 4, village.ids["clerk"], day, levy=True)
    receipt_books.draw(village.book, made, at(day))


def fill_posts(book: Book) -> dict[str, str]:
    """Everybody of POSTS, in office since the first day."""
    ids = {}
    for key, (name, post) in POSTS.items():
        ids[key] = people.add_person(book, name, at(START.first_day, 8))
        if post is not None:
            people.give_post(book, ids[key], post, START.first_day, at(START.first_day, 8))
    return ids


def payment(village: Village, fen: int, day: date = DAY, **changes: Any) -> Document:
    """A payment from the expense line for a water pump, complete in every field."""
    made = Document(
        id=by.new_id(),
        kind=DocKind.PAYMENT,
        booked_on=day,
        summary="购买灌溉水泵一台",
        party="县农机公司",
        place="EX",
        items=(Item("511", fen, "灌溉水泵"),),
        support=Support.INVOICE,
        support_no="25312000000123",
        paper_count=1,
        handler=village.ids["handler"],
        enclosed=ALL_PAPERS,
    )
    made = replace(made, **changes)
    if made.place != "IM" and "payee_account" not in changes:
        made = replace(made, payee_account=made.party)
    private = made.support is Support.PERSON_RECEIPT or made.id_tail
    return replace(made, no_invoice="自家的菜，没有发票") if private and "no_invoice" not in changes else made


def receipt(village: Village, fen: int, day: date = DAY, **changes: Any) -> Document:
    """Pond rent: into the bank with an advice, or in cash (place RC) with the next receipt number."""
    cash = changes.get("place", "IN") == "RC"
    made = Document(
        id=by.new_id(),
        kind=DocKind.RECEIPT,
        booked_on=day,
        summary="鱼塘承包费",
        party="何老四",
        place="IN",
        items=(Item("501", fen, "鱼塘承包费"),),
        support=Support.RECEIPT if cash else Support.BANK_ADVICE,
        support_no="" if cash else f"HD{fen}",
        receipt_no=receipts.next_receipt_no(village.book) if cash else "",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    return replace(made, **changes)


def transfer(
    village: Village, source: str, target: str, fen: int, day: date = DAY, **changes: Any
) -> Document:
    """Money from one place to another."""
    made = Document(
        id=by.new_id(),
        kind=DocKind.TRANSFER,
        booked_on=day,
        summary="资金划转",
        place=source,
        to_place=target,
        amount_fen=fen,
        support=Support.MINUTES,
        support_no="2025-1",
        paper_count=1,
        handler=village.ids["handler"],
    )
    return replace(made, **changes)


def submit(village: Village, document: Document, day: date | None = None) -> Outcome:
    """Send in on its own day, or later."""
    return documents.submit(village.book, document, at(day or document.booked_on))


def receive(village: Village, fen: int, day: date = DAY, **changes: Any) -> Document:
    """Money in, posted."""
    made = receipt(village, fen, day, **changes)
    assert submit(village, made).label
    return made


def bank(village: Village, day: date, target: str = "IN", **changes: Any) -> Document:
    """Everything in the drawer on one deposit slip, posted."""
    listed = receipts.undeposited(village.book, day)
    made = transfer(
        village,
        "RC",
        target,
        sum(r.amount_fen for r in listed),
        day,
        receipts=tuple(r.document_id for r in listed),
        support=Support.BANK_ADVICE,
        **changes,
    )
    assert submit(village, made).label
    return made


_sheets = itertools.count()


def photo(village: Village) -> Attachment:
    """Some evidence in the book: the scan of a signed sheet, another one each time."""
    return files.store_file(village.book, b"%%PDF-1.4 a signed sheet %d" % next(_sheets), "slip.pdf")


def minutes(
    village: Village, number: str, held_on: date, *items: ResolutionItem, **changes: Any
) -> Resolution:
    """A vote of the villagers' representatives that counts, by four discussions, two openness, with its papers."""
    paper = files.store_file(village.book, b"%PDF-1.4 minutes with a roll", "minutes.pdf")
    made = Resolution(
        "",
        number,
        Body.DELEGATES,
        held_on,
        items,
        called_on=held_on - timedelta(days=10),
        place="村委会会议室",
        entitled=30,
        present=25,
        yes=22,
        no=1,
        abstained=2,
        roll_file=paper,
        keeper=village.ids["clerk"],
        papers=(paper,),
        steps=tuple((step, held_on) for step in BEFORE_PAYING),
    )
    return replace(made, **changes)


def decided(village: Village, document: Document, day: date) -> str:
    """The number of a recorded resolution about exactly this document; the one it names when the register has it."""
    if document.resolution and resolutions.standing(village.book, document.resolution):
        return Cited.of(document.resolution, document.resolution_item).text
    with village.book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
        wanted = resolution_facts.matters_of(connection, policy, document)
    matter = min(wanted, default=Matter.SPENDING)
    number = document.resolution or resolutions.next_number(village.book, Body.DELEGATES, day)
    item = ResolutionItem(1, document.summary or "付款", matter, document.total_fen)
    resolutions.record(village.book, minutes(village, number, day, item), at(day, 15))
    return number


def marks(village: Village, document_id: str, day: date, **instead: str) -> tuple[signing.InkMark, ...]:
    """Marks for every open slot of a waiting document; `instead` names another person for a slot."""
    view = documents.document_view(village.book, document_id)
    made: list[signing.InkMark] = []
    for state in view.slot_states:
        code = state.slot.code
        if not state.open_count:
            continue
        if code in MEETINGS:
            number = decided(village, view.document, day) if code != "M2" else "会议2025-1"
            made.append(signing.InkMark(code, "", day, number))
            continue
        keys = (instead[code],) if code in instead else SIGNERS[code]
        people_here = [village.ids[k] for k in keys]
        if code == "H":
            people_here = [view.document.handler or village.ids["handler"]]
        made += [signing.InkMark(code, p, day) for p in people_here[: state.open_count]]
    return tuple(made)


def sign_everything(village: Village, document_id: str, day: date, **instead: str) -> Outcome:
    """Every open slot signed in ink; the document is posted then."""
    found = marks(village, document_id, day, **instead)
    return compared(
        village, signing.sign_ink(village.book, document_id, found, photo(village), at(day, 15)), day
    )


def compared(village: Village, outcome: Outcome, day: date) -> Outcome:
    """Somebody who did not enter the ticks looks at the pictures, where that is asked for."""
    if outcome.label:
        return outcome
    waits = second_look.waiting(
        village.book, documents.document_view(village.book, outcome.document_id).document, day
    )
    return (
        second_look.confirm(village.book, outcome.document_id, waits.persons[0].id, at(day, 16))
        if waits
        else outcome
    )


def pay(village: Village, fen: int, day: date = DAY, **changes: Any) -> Document:
    """Money out, signed by everybody and posted."""
    made = payment(village, fen, day, **changes)
    submit(village, made)
    assert sign_everything(village, made.id, day).label
    return made


def move(village: Village, source: str, target: str, fen: int, day: date = DAY, **changes: Any) -> Document:
    """A transfer, signed by everybody if it needs that, and posted."""
    made = transfer(village, source, target, fen, day, **changes)
    if not submit(village, made).label:
        assert sign_everything(village, made.id, day).label
    return made


def pieces(fen: int) -> tuple[tuple[int, int], ...]:
    """An amount in notes and coins."""
    made = []
    for unit in (*counting.DENOMINATIONS_FEN, 1):
        made.append((unit, fen // unit))
        fen %= unit
    return tuple(made)


def count_all(village: Village, day: date) -> None:
    """Count every cash place and compare every bank account; both agree with the book."""
    for place, fen in counting.count_state(village.book, day):
        count = counting.CashCount(
            place.code, day, pieces(fen), 0, "", village.ids["cashier"], village.ids["supervisor"]
        )
        counting.record_count(village.book, count, at(day, 18))
    balances = place_balances(village.book, day)
    for codes, _title in counting.bank_accounts(village.book):
        statement = counting.BankStatement(
            codes, day, sum(balances[c] for c in codes), (), village.ids["accountant"]
        )
        counting.record_statement(village.book, statement, at(day, 18))


def close_month(village: Village, period: Period) -> None:
    """Count, compare and close on the last day."""
    count_all(village, period.last_day)
    closing.close(village.book, period, at(period.last_day, 20))


def ids_of(findings: Any) -> list[str]:
    """The error ids of findings, sorted, each once."""
    return sorted({f.id for f in findings})


def lay_open(village: Village, year: int, from_on: date) -> str:
    """The yearly papers lie open from a day on; the file is a short one."""
    from villagebook.services.disclosure import laid_open
    from villagebook.services.disclosure.laid_open import Laying

    kept = files.store_file(village.book, b"%PDF-1.4 papers of the year", f"{year}.pdf")
    told = Laying(year, "村委会", from_on, "孙丽", kept.sha256, 1)
    return laid_open.lay_open(village.book, told, at(from_on))


def by_hand(village: Village, *events: tuple[str, dict[str, object]], day: date) -> None:
    """Events that no service writes, properly chained: what a forger with our program could do."""
    with village.book.writing("孙丽", at(day, 23).at) as writing:
        for kind, data in events:
            writing.log(kind, data, by.new_id())
