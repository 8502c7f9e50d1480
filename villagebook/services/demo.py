"""A demo village: fourteen months lived through the same services a real village uses, with real slips and scans."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.errors import KnownError
from villagebook.domain.people import PostKind
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.voucher import DocKind
from villagebook.domain.year_end import Plan, Share, ShareKind
from villagebook.i18n import _
from villagebook.services import (
    by,
    closing,
    counting,
    demo_bank,
    demo_paper,
    documents,
    files,
    handover,
    imprest,
    notices,
    people,
    receipt_books,
    receipts,
    year_end,
)
from villagebook.services.books import Book, NewBook, create_book, place_balances

Progress = Callable[[int, int], None]
MONTHS = 14
BOOK_NAME = "demo.vbook"


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything was put."""

    book: Path
    packages: tuple[Path, ...]
    notices: tuple[Path, ...]


@dataclass(slots=True)
class _Village:
    """The book under way, the persons by key, and what was made so far."""

    book: Book
    story: dict[str, Any]
    ids: dict[str, str]
    folder: Path
    made_notices: list[Path]
    made_packages: list[Path]


def build_demo(
    folder: Path | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    months: int = MONTHS,
) -> Demo:
    """Build the demo village, its last month still open and in work.

    Raises KnownError when the folder holds a demo book already or cannot be written.
    """
    today = today or by.today()
    folder = folder or Path(tempfile.mkdtemp(prefix="villagebook-demo-"))
    story = json.loads(paths.resource("demo", "story.json").read_text(encoding="utf-8"))
    path = folder / BOOK_NAME
    if path.exists():
        raise KnownError(_("{path} exists already.").format(path=path), _("Name an empty folder with --dir."))
    folder.mkdir(parents=True, exist_ok=True)
    last = Period.of(today)
    first = last.shifted(1 - months)
    opening = folder / "opening.csv"
    opening.write_text(_opening_csv(story), encoding="utf-8-sig")
    start = _at(first.first_day)
    new = NewBook(story["village"], story["code"], first, LineMode.ONE_ACCOUNT, opening=opening)
    book = create_book(path, new, start)
    try:
        village = _Village(book, story, _people(book, story, start), folder, [], [])
        _draw_book(village, 1, first.first_day)
        for done, month in enumerate(Span(first, last).months()):
            if progress:
                progress(done, months)
            if month == last:
                _month_in_work(village, month, today)
            else:
                _whole_month(village, month, done, bank_file=month.shifted(1) == last)
    finally:
        book.close()
    return Demo(path, tuple(village.made_packages), tuple(village.made_notices))


def _at(day: date, hour: int = 10) -> by.By:
    return by.By("罗小敏", datetime.combine(day, time(hour), UTC))


def _opening_csv(story: dict[str, Any]) -> str:
    rows = ["科目,资金,往来,借方,贷方"]
    rows += [f"{a},{p},{w},{d / 100:.2f},{c / 100:.2f}" for a, p, w, d, c in story["opening"]]
    return "\n".join(rows) + "\n"


def _people(book: Book, story: dict[str, Any], start: by.By) -> dict[str, str]:
    ids = {}
    for person in story["people"]:
        ids[person["key"]] = people.add_person(book, person["name"], start)
        for post in person["posts"]:
            people.give_post(book, ids[person["key"]], PostKind(post), start.day, start)
    return ids


def _whole_month(village: _Village, month: Period, index: int, *, bank_file: bool) -> None:
    """Record, sign, count, close, disclose; hand over each quarter."""
    _appropriate(village, month)
    _fill_imprest(village, month)
    _receipts(village, month, month.last_day)
    _payments(village, month, month.last_day)
    if index == 1:
        _change_books(village, month.last_day)
    if index == 5:
        _rejected(village, month)
    if index == 8:
        _a_mistake_corrected(village, month)
    _count(village, month, bank_file=bank_file)
    if month.month == 12:
        _end_of_year(village, month.year)
    after = _at(month.last_day, 18)
    closing.close(village.book, month, after)
    _disclose(village, month)
    if index % 3 == 2:
        stick = village.folder / "stick"
        stick.mkdir(exist_ok=True)
        made = handover.export(village.book, stick, _at(month.last_day, 22))
        village.made_packages.append(made.path)


def _end_of_year(village: _Village, year: int) -> None:
    """Carry the year's result, set the reserve aside, and share out what the members decided."""
    row = village.story["distribution"]
    shares = tuple(Share(ShareKind.MEMBERS, fen, party) for party, fen in row["members"])
    plan = Plan(shares=shares, resolution=row["resolution"].format(year=year))
    year_end.close_year(village.book, year, plan, _at(date(year, 12, 31), 17))


def _draw_book(village: _Village, first: int, day: date) -> str:
    """The clerk draws a book of a hundred receipts."""
    made = ReceiptBook("", "村集体收款收据", first, first + 99, 7, village.ids["clerk"], day)
    return receipt_books.draw(village.book, made, _at(day))


def _change_books(village: _Village, day: date) -> None:
    """A receipt is spoilt, the book is handed back and summed by the accountant, the next one is drawn."""
    stands = receipt_books.standings(village.book)[-1]
    copies = tuple(
        files.store_file(village.book, sheet, f"作废票据第{n}联.jpg")
        for n, sheet in enumerate(demo_paper.copies_of(stands.next_no), 1)
    )
    spoilt = receipt_books.Spoilt(stands.book.id, stands.top + 1, day, "付款人姓名写错", copies)
    receipt_books.void(village.book, spoilt, _at(day, 16))
    receipt_books.hand_back(
        village.book, stands.book.id, village.ids["accountant"], stands.booked_fen, day, _at(day, 17)
    )
    _draw_book(village, stands.book.last + 1, day)


def _month_in_work(village: _Village, month: Period, today: date) -> None:
    """The open month: money in the drawer, slips waiting, a document half typed."""
    _appropriate(village, month)
    _fill_imprest(village, month)
    _receipts(village, month, today, keep_last=True)
    _payments(village, month, today)
    for entry in village.story["waiting"]:
        _submit_payment(village, entry, today)
    draft = documents.new_document(DocKind.PAYMENT, today)
    documents.save_draft(village.book, draft, _at(today))


def _appropriate(village: _Village, month: Period) -> None:
    """What the month will cost, in whole thousands, from the income line to the expense line, signed before it is spent."""
    day = month.first_day
    planned_fen = sum(int(r["amount"]) for r in _payment_rows(village, month))
    amount_fen = -(-planned_fen // 100_000) * 100_000
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        day,
        f"{month.month}月支出拨付",
        place="IN",
        to_place="EX",
        amount_fen=amount_fen,
        support=Support.MINUTES,
        support_no=f"拨付{month.number}",
        handler=village.ids["clerk"],
        paper_count=1,
    )
    documents.submit(village.book, made, _at(day, 8))
    demo_paper.sign_all(village.book, village.ids, (made.id,), day)


def _receipts(village: _Village, month: Period, until: date, *, keep_last: bool = False) -> None:
    rows = [
        *village.story["monthly_receipts"],
        *(r for r in village.story["some_receipts"] if month.month in r["months"]),
    ]
    due = sorted((r for r in rows if month.first_day.replace(day=r["day"]) <= until), key=lambda r: r["day"])
    for row in due:
        day = month.first_day.replace(day=row["day"])
        _receive(village, row, day)
        last_cash = keep_last and row is [r for r in due if r["cash"]][-1]
        if row["cash"] and not last_cash:
            _bank_takings(village, day)


def _receive(village: _Village, row: dict[str, Any], day: date) -> None:
    cash = row["cash"]
    made = Document(
        by.new_id(),
        DocKind.RECEIPT,
        day,
        row["summary"],
        party=row["party"],
        place="RC" if cash else "IN",
        items=(_item(row),),
        support=Support.RECEIPT if cash else Support(row["support"]),
        support_no="" if cash else f"{day:%Y%m%d}01",
        receipt_no=receipts.next_receipt_no(village.book) if cash else "",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, _at(day))


def _bank_takings(village: _Village, day: date) -> None:
    listed = receipts.undeposited(village.book, day)
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        day,
        "收款现金缴存银行",
        place="RC",
        to_place="IN",
        amount_fen=sum(r.amount_fen for r in listed),
        receipts=tuple(r.document_id for r in listed),
        support=Support.BANK_ADVICE,
        support_no=f"缴款{day:%Y%m%d}",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, _at(day, 16))


def _item(row: dict[str, Any]) -> Item:
    return Item(
        row["account"],
        row["amount"],
        row["summary"],
        row.get("quantity", ""),
        row.get("unit", ""),
        row.get("price"),
    )


def _payment_rows(village: _Village, month: Period) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        *village.story["monthly_payments"],
        *(r for r in village.story["some_payments"] if month.month in r["months"]),
    ]
    return sorted(rows, key=lambda r: int(r["day"]))


def _payments(village: _Village, month: Period, until: date) -> None:
    """Send the bills in as they come; the slips are signed together on the 10th, the 20th and the last day."""
    waiting: list[str] = []
    rows = _payment_rows(village, month)
    for signing_day in (month.first_day.replace(day=10), month.first_day.replace(day=20), month.last_day):
        since = 20 if signing_day.day > 20 else signing_day.day - 10
        due = [r for r in rows if since < int(r["day"]) <= min(signing_day.day, until.day)]
        waiting = [_submit_payment(village, r, month.first_day.replace(day=int(r["day"]))) for r in due]
        if waiting:
            demo_paper.sign_all(village.book, village.ids, tuple(waiting), min(signing_day, until))


def _submit_payment(village: _Village, row: dict[str, Any], day: date) -> str:
    """Send one payment in; returns its document id, waiting for signatures."""
    cash = row["place"] == "IM"
    made = Document(
        by.new_id(),
        DocKind.PAYMENT,
        day,
        row["summary"],
        party=row["party"],
        place=row["place"],
        items=(_item(row),),
        support=Support(row["support"]),
        support_no=f"{day:%y%m%d}{row['amount'] % 9973:04d}",
        paper_count=2,
        handler=village.ids["handler"],
        payee_person=village.ids[row["payee"]] if row.get("payee") else "",
        payee_account="" if cash else row["party"],
        resolution=row.get("resolution", ""),
        spend_kind=SpendKind(row.get("kind", "ordinary")),
    )
    documents.submit(village.book, made, _at(day, 11))
    return made.id


def _fill_imprest(village: _Village, month: Period) -> None:
    """Replenish by what the vouchers since the last time add up to; the float itself was there at the opening."""
    spent = imprest.to_replenish(village.book, "IM")
    if not spent:
        return
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        month.first_day.replace(day=2),
        "补足备用金",
        place="EX",
        to_place="IM",
        amount_fen=spent,
        support=Support.INTERNAL,
        support_no=f"备用金{month.number}",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, _at(made.booked_on, 9))
    demo_paper.sign_all(village.book, village.ids, (made.id,), made.booked_on)


def _rejected(village: _Village, month: Period) -> None:
    """Supervision says no to a bill; it stays visible and is never paid."""
    from villagebook.services.signing import reject

    row = village.story["rejected"]
    day = month.first_day.replace(day=row["day"])
    document_id = _submit_payment(village, row, day)
    reject(village.book, document_id, village.ids["head"], row["reason"], _at(day, 15))


def _a_mistake_corrected(village: _Village, month: Period) -> None:
    """A bank receipt entered twice is undone by a red one."""
    row = village.story["monthly_receipts"][1]
    day = month.first_day.replace(day=24)
    _receive(village, row, day)
    with village.book.reading() as connection:
        from villagebook.storage import ledger

        newest = [v for v in ledger.vouchers(connection, Span.of(month)) if v.booked_on == day][-1]
    documents.reverse(village.book, newest.id, "同一笔租金重复登记", day, _at(day, 17))


def _count(village: _Village, month: Period, *, bank_file: bool) -> None:
    """Count the cash; compare the bank by its balance, in one month by its own file."""
    day = month.last_day
    for place, fen in counting.count_state(village.book, day):
        pieces = []
        rest = fen
        for unit in counting.DENOMINATIONS_FEN:
            pieces.append((unit, rest // unit))
            rest %= unit
        if rest:
            pieces.append((1, rest))
        counting.record_count(
            village.book,
            counting.CashCount(
                place.code, day, tuple(pieces), 0, "", village.ids["clerk"], village.ids["sup2"]
            ),
            _at(day, 16),
        )
    balances = place_balances(village.book, day)
    for codes, _title in counting.bank_accounts(village.book):
        checker, evening = village.ids["accountant"], _at(day, 17)
        if bank_file and demo_bank.reconcile_month(
            village.book, village.folder, codes, month, checker, evening
        ):
            continue
        counting.record_statement(
            village.book,
            counting.BankStatement(
                codes, day, sum(balances[c] for c in codes), (), village.ids["accountant"]
            ),
            _at(day, 17),
        )


def _disclose(village: _Village, month: Period) -> None:
    """Supervision reviews on paper, then the notice is final and printed."""
    evening = _at(month.last_day, 20)
    notice_id = notices.submit_notice(village.book, Span.of(month), evening)
    demo_paper.review_notice(village.book, village.ids, notice_id, month.last_day)
    folder = village.folder / "notices"
    folder.mkdir(exist_ok=True)
    path = folder / f"notice-{month}.pdf"
    path.write_bytes(notices.final_pdf(village.book, notice_id, "A3"))
    village.made_notices.append(path)
