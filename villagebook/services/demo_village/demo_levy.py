"""The demo's 一事一议: special receipts drawn and handed back, labour days listed, worked, and paid off by one household."""

from __future__ import annotations

from dataclasses import replace

from villagebook.domain.document import Item, Support
from villagebook.domain.labour import Labourer, LabourSheet, LabourWay
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.voucher import DocKind
from villagebook.services import by, files
from villagebook.services.demo_village import demo_paper
from villagebook.services.demo_village.demo_money import bank_takings
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment
from villagebook.services.offices import receipt_books
from villagebook.services.registers import labour
from villagebook.services.vouchers import documents, receipts


def draw_special(village: DemoVillage, row: Row, at: by.By) -> None:
    """The clerk draws a book of fifty special receipts."""
    first, keeper = int(row["first"]), village.ids["clerk"]
    made = ReceiptBook("", row["name"], first, first + 49, 7, keeper, at.day, levy=True)
    receipt_books.draw(village.book, made, at)


def return_special(village: DemoVillage, _row: Row, at: by.By) -> None:
    """The accountant sums the stubs of the special receipts and takes the book back."""
    stands = next(s for s in receipt_books.standings(village.book) if s.book.levy)
    counter = village.ids["accountant"]
    receipt_books.hand_back(village.book, stands.book.id, counter, stands.booked_fen, at.day, at)


def list_labour(village: DemoVillage, row: Row, at: by.By) -> None:
    """Everybody of one group who is of age owes the days that were decided."""
    code, group = row["project"], f"{row['group']:02d}-"
    found = [r for r in labour.proposed(village.book, code) if r.household.startswith(group)]
    labour.enter_list(village.book, code, found, at)


def work(village: DemoVillage, row: Row, at: by.By) -> None:
    """All but the last of the list work `days` days; a signed sheet says so."""
    *workers, _last = labour.standings(village.book, row["project"], at.day)
    rows = tuple(replace(s.labourer, days=min(row["days"], s.open)) for s in workers if s.open)
    _enter(village, LabourSheet("", row["project"], at.day, LabourWay.WORKED, rows, note=row["note"]), at)


def pay_off(village: DemoVillage, row: Row, at: by.By) -> None:
    """The last of the list works elsewhere, asks to pay for all days, and pays on a special receipt."""
    last = labour.standings(village.book, row["project"], at.day)[-1].labourer
    rate = int(row["rate_fen"])
    asked = LabourSheet("", row["project"], at.day, LabourWay.COMMUTED, (last,), rate, row["note"])
    _enter(village, asked, at)
    _take_in(village, row, last, last.days * rate, at)


def _enter(village: DemoVillage, sheet: LabourSheet, at: by.By) -> None:
    kept = files.store_file(village.book, demo_paper.note_photo(sheet.note), f"{sheet.note}.jpg")
    labour.record(village.book, replace(sheet, papers=(kept,)), at)


def _take_in(village: DemoVillage, row: Row, payer: Labourer, fen: int, at: by.By) -> None:
    links = (Link(LinkKind.HOUSEHOLD, payer.household), Link(LinkKind.PROJECT, row["project"]))
    made = replace(
        documents.new_document(DocKind.RECEIPT, at.day),
        summary=row["summary"],
        party=payer.name,
        place="RC",
        items=(Item("231", fen, row["summary"], links=links),),
        support=Support.RECEIPT,
        receipt_no=receipts.next_receipt_no(village.book, levy=True),
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, moment(at.day))
    bank_takings(village, at.day)
