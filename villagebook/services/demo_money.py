"""The demo village's money: what comes in, what is banked, appropriated and paid, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind
from villagebook.services import (
    by,
    demo_paper,
    documents,
    imprest,
    receipts,
)
from villagebook.services.books import Book
from villagebook.storage import ledger


@dataclass(slots=True)
class DemoVillage:
    """The book under way, the persons by key, and what was made so far."""

    book: Book
    story: dict[str, Any]
    ids: dict[str, str]
    folder: Path
    made_notices: list[Path]
    made_packages: list[Path]


def moment(day: date, hour: int = 10) -> by.By:
    return by.By("罗小敏", datetime.combine(day, time(hour), UTC))


def appropriate(village: DemoVillage, month: Period) -> None:
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
    documents.submit(village.book, made, moment(day, 8))
    demo_paper.sign_all(village.book, village.ids, (made.id,), day)


def receive_all(village: DemoVillage, month: Period, until: date, *, keep_last: bool = False) -> None:
    rows = [
        *village.story["monthly_receipts"],
        *(r for r in village.story["some_receipts"] if month.month in r["months"]),
    ]
    due = sorted((r for r in rows if month.first_day.replace(day=r["day"]) <= until), key=lambda r: r["day"])
    for row in due:
        day = month.first_day.replace(day=row["day"])
        receive(village, row, day)
        last_cash = keep_last and row is [r for r in due if r["cash"]][-1]
        if row["cash"] and not last_cash:
            _bank_takings(village, day)


def receive(village: DemoVillage, row: dict[str, Any], day: date) -> None:
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
    documents.submit(village.book, made, moment(day))


def _bank_takings(village: DemoVillage, day: date) -> None:
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
    documents.submit(village.book, made, moment(day, 16))


def _item(row: dict[str, Any]) -> Item:
    return Item(
        row["account"],
        row["amount"],
        row["summary"],
        row.get("quantity", ""),
        row.get("unit", ""),
        row.get("price"),
    )


def _payment_rows(village: DemoVillage, month: Period) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        *village.story["monthly_payments"],
        *(r for r in village.story["some_payments"] if month.month in r["months"]),
    ]
    return sorted(rows, key=lambda r: int(r["day"]))


def pay_all(village: DemoVillage, month: Period, until: date) -> None:
    """Send the bills in as they come; the slips are signed together on the 10th, the 20th and the last day."""
    waiting: list[str] = []
    rows = _payment_rows(village, month)
    for signing_day in (month.first_day.replace(day=10), month.first_day.replace(day=20), month.last_day):
        since = 20 if signing_day.day > 20 else signing_day.day - 10
        due = [r for r in rows if since < int(r["day"]) <= min(signing_day.day, until.day)]
        waiting = [submit_payment(village, r, month.first_day.replace(day=int(r["day"]))) for r in due]
        if waiting:
            demo_paper.sign_all(village.book, village.ids, tuple(waiting), min(signing_day, until))


def submit_payment(village: DemoVillage, row: dict[str, Any], day: date) -> str:
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
    documents.submit(village.book, made, moment(day, 11))
    return made.id


def fill_imprest(village: DemoVillage, month: Period) -> None:
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
    documents.submit(village.book, made, moment(made.booked_on, 9))
    demo_paper.sign_all(village.book, village.ids, (made.id,), made.booked_on)


def submit_rejected(village: DemoVillage, month: Period) -> None:
    """Supervision says no to a bill; it stays visible and is never paid."""
    from villagebook.services.signing import reject

    row = village.story["rejected"]
    day = month.first_day.replace(day=row["day"])
    document_id = submit_payment(village, row, day)
    reject(village.book, document_id, village.ids["head"], row["reason"], moment(day, 15))


def correct_a_mistake(village: DemoVillage, month: Period) -> None:
    """A bank receipt entered twice is undone by a red one."""
    row = village.story["monthly_receipts"][1]
    day = month.first_day.replace(day=24)
    receive(village, row, day)
    with village.book.reading() as connection:
        newest = [v for v in ledger.vouchers(connection, Span.of(month)) if v.booked_on == day][-1]
    documents.reverse(village.book, newest.id, "同一笔租金重复登记", day, moment(day, 17))
