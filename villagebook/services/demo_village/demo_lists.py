"""The demo village's lists and journeys: work that was lost is signed for, a roster hangs before the bank pays it, a journey is
asked for before it begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from villagebook.domain.document import Item
from villagebook.domain.meeting import Matter
from villagebook.domain.money import format_fen
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.pay_list_proof import ProofKind
from villagebook.domain.period import Period
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.trip import Transport, Trip
from villagebook.domain.voucher import DocKind
from villagebook.services import files
from villagebook.services.approvals import (
    bank_batches,
    list_sheets,
    list_standings,
    pay_lists,
    signing,
    slips,
    trips,
)
from villagebook.services.demo_village import demo_meetings, demo_paper
from villagebook.services.demo_village.demo_money import papers_for
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment, rows_of
from villagebook.services.vouchers import documents

if TYPE_CHECKING:
    from villagebook.domain.document import Document

LOST_WORK_FEN = 8_000
OLD_AGE_FEN = 10_000
OLD_AGE = 68
OLD_AGE_LIST = 90
"""Number of its list in the year, out of the way of those that are numbered in turn."""
CLEANER = "保洁员"
CLEANERS = 4
CLEANERS_AGE = (50, 64)


def pay_cleaners(village: DemoVillage, month: Period, until: date) -> None:
    """Put down that the month's pay of those who sweep is listed by name, signed for and paid by the bank."""
    (row,) = (r for r in rows_of(village, "payments", month) if r.get("list") == "cleaners")
    day = month.first_day.replace(day=int(row["day"]))
    if day <= until:
        village.agenda.on(day, 9, partial(_pay_cleaners, village, row, day))


def _pay_cleaners(village: DemoVillage, row: Row, day: date) -> None:
    book, fen = village.book, int(row["price"])
    decided = row["resolution"].replace("{year}", str(day.year))
    if not any(rate.post == CLEANER and rate.resolution == decided for rate in pay_lists.rates(book)):
        rate = PayRate(ListKind.PAY, CLEANER, fen, Period.of(day).first_day, decided)
        pay_lists.set_rate(book, rate, moment(day, 9))
    rows = tuple(
        PayRow(name, fen, household, CLEANER, work="村道、公厕保洁", place="全村", rate_fen=fen)
        for household, name, _age in _people(village, village.first.first_day, *CLEANERS_AGE)[:CLEANERS]
    )
    code = list_standings.next_code(book, day)
    month = Period.of(day)
    title = f"{day.month}月{row['summary']}"
    made = PayList(code, ListKind.PAY, title, month.first_day, month.last_day, rows, decided)
    pay_lists.enter(book, made, moment(day, 9))
    _prove(village, code, ProofKind.SIGNATURES, "签领表", day)
    _pay(village, pay_lists.payment_of(book, code, moment(day)), day, account=row["account"])


def pay_lost_work(village: DemoVillage, month: Period) -> None:
    """Four people cleared the ditches before the flood; they sign the list, and the bank pays it."""
    decided, day = month.first_day.replace(day=3), month.first_day.replace(day=16)
    village.agenda.on(decided, 14, partial(_decide_rate, village, decided))
    village.agenda.on(day - timedelta(days=3), 18, partial(_list_workers, village, day))
    village.agenda.on(day, 9, partial(_pay_workers, village, day))


def _decide_rate(village: DemoVillage, decided: date) -> None:
    book, told = village.book, village.story["lost_work"]
    number = told["resolution"]
    item = ResolutionItem(1, told["decided"], Matter.LOST_WORK, 400_000)
    demo_meetings.decide(book, village.ids["clerk"], number, decided, (item,), moment(decided))
    rate = PayRate(ListKind.LOST_WORK, "", LOST_WORK_FEN, decided, f"{number}#1")
    pay_lists.set_rate(book, rate, moment(decided, 14))


def _list_workers(village: DemoVillage, day: date) -> None:
    """The list is made in the evening of the last day of work, and hangs where everybody saw who worked."""
    book, told, made_on = village.book, village.story["lost_work"], day - timedelta(days=3)
    cited = f"{told['resolution']}#1"
    days = (day - timedelta(days=4), day - timedelta(days=3))
    rows = tuple(
        PayRow(
            name,
            LOST_WORK_FEN * len(days),
            household,
            work=told["work"],
            place=told["place"],
            days=days,
            rate_fen=LOST_WORK_FEN,
        )
        for household, name, _age in _people(village, day, 20, 60)[:4]
    )
    code = list_standings.next_code(book, day)
    made = PayList(code, ListKind.LOST_WORK, told["title"], days[0], days[-1], rows, cited)
    pay_lists.enter(book, made, moment(made_on, 18))
    wall = files.store_file(book, demo_paper.note_photo("误工名册公示"), f"{code}-公示.jpg")
    pay_lists.show(book, code, "村务公开栏", made_on, (wall,), moment(made_on, 19))


def _pay_workers(village: DemoVillage, day: date) -> None:
    """Everybody signs the own row; the bank pays."""
    book = village.book
    code = next(
        s.content.code
        for s in list_standings.standings(book)
        if s.content.kind is ListKind.LOST_WORK and s.paid_by is None
    )
    _prove(village, code, ProofKind.SIGNATURES, "签领表", day)
    _pay(village, pay_lists.payment_of(book, code, moment(day)), day, account="514")


def pay_old_age(village: DemoVillage, month: Period) -> None:
    """Money for the aged: reviewed by supervision, a week on the board, then paid by the bank, whose file comes back."""
    day, shown, paid = (month.first_day.replace(day=n) for n in (6, 7, 15))
    code = f"L{day.year}-{OLD_AGE_LIST:03d}"
    village.agenda.on(day, 9, partial(_enter_roster, village, code, day))
    village.agenda.on(shown, 9, partial(_show_roster, village, code, shown))
    village.agenda.on(paid, 13, partial(_pay_roster, village, code, paid))


def _enter_roster(village: DemoVillage, code: str, day: date) -> None:
    book, told = village.book, village.story["old_age"]
    rows = tuple(
        PayRow(name, OLD_AGE_FEN, household, quantity="1", unit="人")
        for household, name, _age in _people(village, day, OLD_AGE, 120)
    )
    first = date(day.year, 1, 1)
    made = PayList(code, ListKind.SUBSIDY, told["title"], first, day, rows, document_no=told["document_no"])
    pay_lists.enter(book, made, moment(day, 9))
    (sheet, *_more) = demo_paper.photographs(list_sheets.list_sheet_pdf(book, code), seed=9)
    photo = slips.take_in(book, sheet, f"{code}.jpg", moment(day, 15)).photo
    marks = tuple(signing.InkMark("S", village.ids[k], day) for k in ("head", "sup2"))
    signing.sign_ink(book, f"list:{code}", marks, photo, moment(day, 16))


def _show_roster(village: DemoVillage, code: str, day: date) -> None:
    wall = files.store_file(village.book, demo_paper.note_photo("老人生活补助名册公示"), f"{code}-公示.jpg")
    pay_lists.show(village.book, code, "村务公开栏", day, (wall,), moment(day))


def _pay_roster(village: DemoVillage, code: str, paid: date) -> None:
    _pay(village, pay_lists.payment_of(village.book, code, moment(paid)), paid, account="514")
    _through_the_bank(village, code, paid)


def _through_the_bank(village: DemoVillage, code: str, day: date) -> None:
    """The bank is sent a file and answers row by row; one account was closed, and is paid anew two days later."""
    rows = list_standings.needed(village.book, code).rows
    later = day + timedelta(days=2)
    _send(village, code, rows, day, failed=min(2, len(rows)))
    village.agenda.on(later, 10, partial(_send, village, code, rows[1:2], later, first=2))


def _send(
    village: DemoVillage, code: str, rows: tuple[PayRow, ...], day: date, *, first: int = 1, failed: int = 0
) -> None:
    book = village.book
    numbered = [(no, row, f"62284800{day.year}{no:07d}") for no, row in enumerate(rows, first)]
    accounts = [f"{r.name},{r.household},{r.name},{number}" for _no, r, number in numbered]
    answers = [
        f"{no},{r.name},{number},{format_fen(r.amount_fen).replace(',', '')},"
        + ("失败,账户已销户" if no == failed else "成功,")
        for no, r, number in numbered
    ]
    with TemporaryDirectory() as folder:
        table, answer = Path(folder, "账号.csv"), Path(folder, f"{code}-代发回单.csv")
        table.write_text("\n".join(("姓名,户号,户名,账号", *accounts)), encoding="utf-8")
        bank_batches.make(book, code, table, "csv", moment(day, 14))
        head = "序号,户名,账号,金额,处理结果,失败原因"
        answer.write_text("\n".join((head, *answers)), encoding="utf-8")
        bank_batches.take_return(book, code, answer, day, moment(day, 16))


def travel(village: DemoVillage, month: Period) -> None:
    """Asked for a week before, approved in ink, settled after the return with tickets."""
    asked, settled = month.first_day.replace(day=3), month.first_day.replace(day=15)
    code = f"T{asked.year}-001"
    village.agenda.on(asked, 9, partial(_ask, village, code, asked))
    village.agenda.on(settled, 9, partial(_settle, village, code, settled))


def _ask(village: DemoVillage, code: str, asked: date) -> None:
    book, told, ids = village.book, village.story["journey"], village.ids
    leaves = asked + timedelta(days=7)
    back = leaves + timedelta(days=1)
    who = ids["handler"]
    made = Trip(
        code, (who,), told["purpose"], told["destination"], leaves, back, Transport.BUS, told["estimate"], who
    )
    trips.ask(book, made, moment(asked, 9))
    (sheet,) = demo_paper.photographs(list_sheets.trip_sheet_pdf(book, code, asked), seed=5)
    photo = slips.take_in(book, sheet, f"{code}.jpg", moment(asked, 15)).photo
    hands = {"H": who, "D": ids["director"], "P": ids["secretary"]}
    marks = tuple(
        signing.InkMark(s.slot.code, hands[s.slot.code], asked) for s in trips.slots(book, code, asked)
    )
    signing.sign_ink(book, f"trip:{code}", marks, photo, moment(asked, 16))


def _settle(village: DemoVillage, code: str, settled: date) -> None:
    book, told, ids = village.book, village.story["journey"], village.ids
    draft = trips.settlement_of(book, code, moment(settled))
    item = replace(draft.items[0], amount_fen=told["spent"], summary=told["purpose"])
    handled = replace(draft, items=(item,), handler=ids["witness"], party="邓水生")
    _pay(village, handled, settled, account="513")


def hold_a_split(village: DemoVillage, day: date) -> None:
    """A second bill of one shop within days, begun and not sent in: together they ask for more signatures (AP8)."""
    told = village.story["waiting"][1]
    draft = replace(
        documents.new_document(DocKind.PAYMENT, day),
        summary="公共绿地修枝剪及梯子",
        party=told["party"],
        place="EX",
        handler=village.ids["handler"],
        support_no=f"{day:%y%m%d}0002",
        paper_count=1,
    )
    item = Item("514", 52_000, "修枝剪4把、人字梯1架", "5", "件")
    documents.save_draft(village.book, replace(draft, items=(item,)), moment(day, 11))


def _people(village: DemoVillage, day: date, least: int, most: int) -> list[tuple[str, str, int]]:
    """(household, name, age) of those between two ages, in the order of the register."""
    found = []
    for group, rows in village.story["households"].items():
        for number, row in enumerate(rows, 1):
            for text in row.split("|")[1].split("；"):
                name, _relation, born = text.split(",")
                if least <= day.year - int(born) <= most:
                    found.append((f"{int(group):02d}-{number:03d}", name, day.year - int(born)))
    return found


def _prove(village: DemoVillage, code: str, kind: ProofKind, title: str, day: date) -> None:
    kept = files.store_file(village.book, demo_paper.note_photo(title), f"{code}-{title}.jpg")
    pay_lists.prove(village.book, code, kind, (kept,), day, moment(day, 12))


def _pay(village: DemoVillage, draft: Document, day: date, *, account: str) -> None:
    ready = replace(
        draft,
        items=tuple(replace(i, account=account) for i in draft.items),
        place="EX",
        handler=draft.handler or village.ids["handler"],
        support_no=draft.support_no or f"{day:%y%m%d}01",
        payee_account=draft.payee_account or draft.party,
        paper_count=2,
    )
    ready = replace(ready, enclosed=papers_for(village, ready))
    documents.submit(village.book, ready, moment(day, 13))
    demo_paper.sign_all(village.book, village.ids, (ready.id,), day)
