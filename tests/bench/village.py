"""Books to measure: a village with officials and a long history, and documents to post in it."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from pathlib import Path

from tests.bench import history
from villagebook.domain.document import Attachment, Document, Item, Support
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode
from villagebook.domain.voucher import DocKind
from villagebook.services.approvals import signing
from villagebook.services.book_file import books
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.by import By, new_id
from villagebook.services.files import keep_file
from villagebook.services.offices import people
from villagebook.services.vouchers import documents, imports

TODAY = date(2025, 1, 15)
"""The day on which everything is measured; the history ends two weeks before."""

STAFF = {
    "clerk": ("罗小敏", PostKind.CLERK),
    "accountant": ("何静", PostKind.ACCOUNTANT),
    "director": ("王建国", PostKind.DIRECTOR),
    "secretary": ("李志强", PostKind.SECRETARY),
    "head": ("张秀英", PostKind.SUPERVISION_HEAD),
    "supervisor": ("陈桂兰", PostKind.SUPERVISOR),
    "handler": ("杨大山", PostKind.DEPUTY_DIRECTOR),
    "witness": ("赵春梅", PostKind.DEPUTY_SECRETARY),
}
SIGNERS = {
    "H": "handler",
    "W": "witness",
    "C": "clerk",
    "D": "director",
    "P": "secretary",
    "A": "accountant",
}


def at(day: date = TODAY) -> By:
    """The accountant's act on a day."""
    return By("何静", datetime(day.year, day.month, day.day, 10, tzinfo=UTC))


def new_book(path: Path) -> books.Book:
    """A book that begins with the history, with ample money everywhere, before anything is booked."""
    opening = path.with_suffix(".opening.csv")
    rows = ["科目,资金,往来,借方,贷方"]
    rows += [f"{account},{place},,900000000.00,0" for account, place in _OPENING]
    rows.append(f"301,,,0,{900_000_000 * len(_OPENING)}.00")
    opening.write_text("\n".join(rows), encoding="utf-8")
    new = NewBook("清水村", "BENCH-01", Period.of(history.FIRST), LineMode.TWO_ACCOUNTS, opening=opening)
    book = create_book(path, new, at(history.FIRST))
    for key, (name, post) in STAFF.items():
        ids[key] = people.add_person(book, name, at(history.FIRST))
        people.give_post(book, ids[key], post, history.FIRST, at(history.FIRST))
    return book


_OPENING = (("101", "RC"), ("102", "IN"), ("102", "EX"), ("101", "IM"))
ids: dict[str, str] = {}
"""Person ids by role, of the book made or opened last."""


def know(book: books.Book) -> None:
    """Learn the person ids of a book made by another process."""
    by_name = {p.name: p.id for p in books.staff(book).persons.values()}
    ids.update({key: by_name[name] for key, (name, _post) in STAFF.items()})


def book_with_history(path: Path, count: int) -> None:
    """A book of `count` imported vouchers."""
    table = path.with_suffix(".csv")
    history.write_csv(table, count)
    with new_book(path) as book:
        if count:
            imports.import_file(book, table, by=at())


def payment(day: date = TODAY, fen: int = 12_300, no: int = 1) -> Document:
    """A small payment out of the expense account, with everything a document needs.

    Each number is another shop and another thing: payments that belong together are approved by their sum.
    """
    thing = f"{_TREES[no // 10 % 10]}{_COLOURS[no % 10]}"
    return Document(
        new_id(),
        DocKind.PAYMENT,
        day,
        f"购{thing}苗一株",
        party=f"{thing}园",
        place="EX",
        items=(Item("513", fen, f"{thing}苗"),),
        support=Support.INVOICE,
        support_no=f"{day:%y%m%d}{no:06d}",
        paper_count=1,
        handler=ids["handler"],
        payee_account=f"{thing}园",
    )


_TREES, _COLOURS = "松柏杨柳槐桐梓楠樟桂", "青红黄白黑紫蓝绿金银"


def receipt(day: date = TODAY, fen: int = 45_600, no: int = 1) -> Document:
    """Rent that came in by bank transfer; needs no signature."""
    return Document(
        new_id(),
        DocKind.RECEIPT,
        day,
        f"收到门面房租金第{no}笔",
        party="清水小商店",
        place="IN",
        items=(Item("501", fen, "门面房租金"),),
        support=Support.BANK_ADVICE,
        support_no=f"{day:%y%m%d}{no:06d}",
        paper_count=1,
        handler=ids["clerk"],
    )


_pictures = itertools.count()


def photo(book: books.Book) -> Attachment:
    """A stand-in for the picture of a signed slip, another one each time."""
    with book.scribbling() as connection:
        picture = b"picture %d of a signed slip" % next(_pictures)
        return keep_file(connection, picture, "image/jpeg", "slip.jpg")


def marks(book: books.Book, document: Document) -> tuple[signing.InkMark, ...]:
    """Every signature that a waiting document needs, in order."""
    made: list[signing.InkMark] = []
    for state in documents.document_view(book, document.id).slot_states:
        code = state.slot.code
        signers = ("head", "supervisor") if code == "S" else (SIGNERS[code],)
        made += [signing.InkMark(code, ids[key], document.booked_on) for key in signers[: state.slot.count]]
    return tuple(made)
