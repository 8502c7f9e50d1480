"""A small village for the window: people, posts, a receipt book, money that came in, a payment that waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from villagebook.domain.document import Document, Item, Support
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.voucher import DocKind
from villagebook.services.book_file import books
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.by import By, now, today
from villagebook.services.offices import people, receipt_books
from villagebook.services.vouchers import documents

OPENING = """account,place,party,debit,credit
102,IN,,80000,
102,EX,,20000,
301,,,,100000
"""

POSTS = (
    ("王建国", PostKind.DIRECTOR),
    ("李秀英", PostKind.SECRETARY),
    ("张海涛", PostKind.SUPERVISION_HEAD),
    ("赵玉兰", PostKind.SUPERVISOR),
    ("孙丽", PostKind.CLERK),
    ("周敏", PostKind.ACCOUNTANT),
    ("吴强", PostKind.CASHIER),
)
VILLAGERS = ("刘长河", "钱丰")


def make_book(path: Path) -> books.Book:
    """Begins this month, with the seven posts filled and a receipt book of fifty."""
    by = now("周敏")
    day = today()
    start = Period.of(day)
    opening = path.with_suffix(".csv")
    opening.write_text(OPENING, encoding="utf-8")
    new = NewBook("清水镇白杨村", "371523104210", start, opening=opening)
    create_book(path, new, by).close()
    book = books.open_book(path)
    ids = {}
    for name, kind in POSTS:
        ids[name] = people.add_person(book, name, by)
        people.give_post(book, ids[name], kind, start.first_day, by)
    for name in VILLAGERS:
        people.add_person(book, name, by)
    issued = ReceiptBook("", "村集体经济组织收据", 1, 50, 4, ids["孙丽"], start.first_day)
    receipt_books.draw(book, issued, by)
    return book


def person(book: books.Book, name: str) -> str:
    """Id of a person of the sample village."""
    return next(p.id for p in books.staff(book).persons.values() if p.name == name)


def take_money(book: books.Book, day: date, amount_fen: int = 120000, number: str = "0001") -> str:
    """A cash receipt: rent of the pond."""
    blank = documents.new_document(DocKind.RECEIPT, day)
    document = replace(
        blank,
        summary="收鱼塘承包款",
        party="刘大海",
        place="RC",
        items=(Item("501", amount_fen, "鱼塘承包款"),),
        support=Support.RECEIPT,
        support_no=number,
        receipt_no=number,
        paper_count=1,
        handler=person(book, "孙丽"),
    )
    return documents.submit(book, document, now("周敏")).voucher_id


def blank_payment(book: books.Book, day: date) -> Document:
    """A small payment that the rules accept."""
    return replace(
        documents.new_document(DocKind.PAYMENT, day),
        summary="付办公用纸款",
        party="县新华书店",
        place="EX",
        items=(Item("513", 4680, "A4纸两包", "2", "包", 2340),),
        support_no="25372000000012345678",
        paper_count=1,
        handler=person(book, "刘长河"),
        payee_account="县新华书店",
    )


def by() -> By:
    return now("周敏")


def wide(words: str) -> str:
    """Full-width digits and signs, as a Chinese input method types them."""
    return "".join(chr(ord(sign) + 0xFEE0) for sign in words)
