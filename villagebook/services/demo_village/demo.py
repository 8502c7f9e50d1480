"""A demo village: last year and this one lived through the same services a real village uses, with real slips and scans."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from villagebook.domain.errors import KnownError
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.domain.receipts import ReceiptBook
from villagebook.domain.voucher import DocKind
from villagebook.domain.year_end import Plan
from villagebook.i18n import _
from villagebook.services import by, files
from villagebook.services.banking import counting
from villagebook.services.book_file.books import place_balances
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.demo_village import (
    demo_acts,
    demo_bank,
    demo_board,
    demo_cycle,
    demo_holdings,
    demo_lists,
    demo_meetings,
    demo_paper,
    demo_sheets,
    demo_trust,
    demo_used,
)
from villagebook.services.demo_village.demo_money import (
    LIFTED,
    appropriate,
    correct_a_mistake,
    fill_imprest,
    mistake_an_amount,
    pay_all,
    pay_members,
    receive_all,
    submit_payment,
    submit_rejected,
    undo_a_double,
)
from villagebook.services.demo_village.demo_story import DemoVillage, acts_of, moment, read_story
from villagebook.services.disclosure import notices
from villagebook.services.handing_over import handover, sharing
from villagebook.services.offices import receipt_books
from villagebook.services.period_end import closing, year_end
from villagebook.services.reporting import notes
from villagebook.services.vouchers import documents

Progress = Callable[[int, int], None]
BOOK_NAME = "demo.vbook"
HANDED_OVER = (2, 5, 11, 20)
"""Months from the first one after which a package goes to the township; each holds the whole book so far."""


ANOTHER_ACCOUNTANT = 6
CORRECTED = 11
"""Months from the first one to that in which last month's notice is set right (F12)."""
WHOLE = 4
"""So many papers are kept as photos of the whole signed sheet; of later ones the signed foot is enough."""


@dataclass(frozen=True, slots=True)
class Demo:
    """Where everything was put."""

    book: Path
    packages: tuple[Path, ...]
    notices: tuple[Path, ...]


def build_demo(
    folder: Path | None = None,
    progress: Progress | None = None,
    today: date | None = None,
    months: int | None = None,
) -> Demo:
    """Build the demo village from last January until today, its last month still open and in work.

    With `months` it lives its first months only. Raises KnownError when the folder holds a demo book already or cannot be
    written.
    """
    today = today or by.today()
    folder = folder or Path(tempfile.mkdtemp(prefix="villagebook-demo-"))
    path = folder / BOOK_NAME
    if path.exists():
        raise KnownError(_("{path} exists already.").format(path=path), _("Name an empty folder with --dir."))
    folder.mkdir(parents=True, exist_ok=True)
    first = Period(today.year - 1, 1)
    if months:
        today = min(today, first.shifted(months - 1).last_day)
    last = Period.of(today)
    story = read_story(first, today)
    new = NewBook(story["village"], story["code"], first, LineMode.ONE_ACCOUNT)
    book = create_book(path, new, moment(first.first_day, 7))
    try:
        village = DemoVillage(book, story, {}, folder, first, today)
        with book.hurried():
            _live(village, last, progress)
    finally:
        book.close()
    return Demo(path, tuple(village.made_packages), tuple(village.made_notices))


def _live(village: DemoVillage, last: Period, progress: Progress | None) -> None:
    """From the first day to the last month, which stays open."""
    first = village.first
    demo_acts.begin(village)
    demo_board.name_board(village.book, moment(first.first_day))
    _draw_book(village, 1, first.first_day)
    demo_holdings.begin(village)
    span = list(Span(first, last).months())
    for done, month in enumerate(span):
        if progress:
            progress(done, len(span))
        if month == last:
            _month_in_work(village, month, village.today)
        else:
            _whole_month(village, month, done, bank_file=month.shifted(1) == last)


def _begin_month(village: DemoVillage, month: Period, until: date) -> None:
    """Put down the month's money on one sheet of slips, what is decided and registered, and what comes in and goes out."""
    village.agenda.on(month.first_day, 8, partial(_appropriate, village, month))
    for act in acts_of(village, month, late=False):
        village.agenda.on(date.fromisoformat(act["on"]), 9, partial(demo_acts.do, village, act))
    demo_holdings.sign_contracts(village, month)
    demo_cycle.show(village, month, until)
    receive_all(village, month, until, keep_last=until == village.today)
    pay_all(village, month, until)
    demo_lists.pay_cleaners(village, month, until)
    pay_members(village, month)


def _appropriate(village: DemoVillage, month: Period) -> None:
    slips = appropriate(village, month) + fill_imprest(village, month)
    demo_paper.sign_all(village.book, village.ids, tuple(slips), month.first_day)


def _whole_month(village: DemoVillage, month: Period, index: int, *, bank_file: bool) -> None:
    """Record, sign, count, close, disclose, hand over."""
    _begin_month(village, month, month.last_day)
    if index in ONCE:
        ONCE[index](village, month)
    village.agenda.live()
    last = month.last_day
    if index % 12 == 1:
        _change_books(village, last)
    demo_holdings.charge(village, month)
    for act in acts_of(village, month, late=True):
        demo_acts.do(village, act)
    _count(village, month, bank_file=bank_file)
    if index == ANOTHER_ACCOUNTANT:
        demo_trust.change_accountant(village, last)
    if month.month == 12:
        _end_of_year(village, month.year)
    closing.close(village.book, month, moment(last, 18))
    _disclose(village, month)
    if index in HANDED_OVER:
        stick = village.folder / "stick"
        stick.mkdir(exist_ok=True)
        made = handover.export(village.book, stick, moment(last, 22))
        village.made_packages.append(made.path)


def _reject_and_lift(village: DemoVillage, month: Period) -> None:
    """Supervision says no on the 18th; the representatives hear both sides a week later."""
    no, lifted = month.first_day.replace(day=18), month.first_day.replace(day=25)
    village.agenda.on(no, 12, partial(submit_rejected, village, no))
    lift = partial(demo_meetings.lift, village.book, village.ids, lifted, moment(lifted, 16))
    village.agenda.on(lifted, 12, lift)


def _fail_and_lose(village: DemoVillage, month: Period) -> None:
    """A plan finds no majority; the director's stick is lost."""
    day = month.first_day.replace(day=26)
    fail = partial(demo_meetings.fail, village.book, village.ids, day, moment(day, 16))
    village.agenda.on(day, 16, fail)
    demo_trust.lose_stick(village, month)


def _travel_and_undo(village: DemoVillage, month: Period) -> None:
    """A journey; and a receipt that was entered twice."""
    day = month.first_day.replace(day=24)
    village.agenda.on(day, 12, partial(undo_a_double, village, day))
    demo_lists.travel(village, month)


def _be_audited_and_mistake(village: DemoVillage, month: Period) -> None:
    """The township audits; a receipt is entered with a wrong amount."""
    day = month.first_day.replace(day=village.story["wrong_amount"]["day"])
    village.agenda.on(day, 12, partial(mistake_an_amount, village, day))
    demo_trust.be_audited(village, month)


def _correct(village: DemoVillage, month: Period) -> None:
    """What was mistaken last month, and doubted at the board, is set right in the book."""
    mistaken = month.shifted(-1).first_day.replace(day=village.story["wrong_amount"]["day"])
    day = month.first_day.replace(day=demo_board.UPHELD)
    village.agenda.on(day, 12, partial(correct_a_mistake, village, mistaken, day))


ONCE: dict[int, Callable[[DemoVillage, Period], None]] = {
    1: demo_trust.give_key,
    LIFTED: _reject_and_lift,
    6: demo_lists.pay_lost_work,
    7: _fail_and_lose,
    8: _travel_and_undo,
    9: demo_lists.pay_old_age,
    10: _be_audited_and_mistake,
    CORRECTED: _correct,
}
"""What happens once, by months from the first one."""


def _end_of_year(village: DemoVillage, year: int) -> None:
    """Carry the year's result, set the reserve aside, and share out what the members decided."""
    demo_sheets.lay_papers_open(village, year)
    row = village.story["distribution"]
    shares = sharing.household_shares(village.book, year, row["amount"], sharing.Measure(row["measure"]))
    plan = Plan(shares=shares, resolution=row["resolution"])
    written = moment(date(year, 12, 31), 17)
    year_end.close_year(village.book, year, plan, written)
    for section in notes.sections():
        if not section.fill:
            said = village.story["notes"].get(section.code, "")
            notes.write(village.book, year, section.code, said, written, nothing=not said)


def _draw_book(village: DemoVillage, first: int, day: date) -> str:
    """The clerk draws a book of a hundred receipts."""
    made = ReceiptBook("", "村集体收款收据", first, first + 99, 7, village.ids["clerk"], day)
    return receipt_books.draw(village.book, made, moment(day))


def _change_books(village: DemoVillage, day: date) -> None:
    """A receipt is spoilt, the book is handed back and summed by the accountant, the next one is drawn."""
    stands = [s for s in receipt_books.standings(village.book) if not s.book.levy][-1]
    copies = tuple(
        files.store_file(village.book, sheet, f"作废票据第{n}联.jpg")
        for n, sheet in enumerate(demo_paper.copies_of(stands.next_no), 1)
    )
    spoilt = receipt_books.Spoilt(stands.book.id, stands.top + 1, day, "付款人姓名写错", copies)
    receipt_books.void(village.book, spoilt, moment(day, 16))
    receipt_books.hand_back(
        village.book, stands.book.id, village.ids["accountant"], stands.booked_fen, day, moment(day, 17)
    )
    _draw_book(village, stands.book.last + 1, day)


def _month_in_work(village: DemoVillage, month: Period, today: date) -> None:
    """The open month: money in the drawer, slips waiting, a document half typed."""
    _begin_month(village, month, today)
    village.agenda.live()
    for entry in village.story["waiting"]:
        submit_payment(village, entry, today)
    draft = documents.new_document(DocKind.PAYMENT, today)
    documents.save_draft(village.book, draft, moment(today))
    demo_lists.hold_a_split(village, today)
    demo_used.refuse_a_copy(village, today)
    demo_sheets.show_all(village, today)
    demo_board.live(
        village.book, village.ids, month, moment(today), village.folder / "notices", questioned=False
    )
    demo_cycle.put_away(village, today)


def _count(village: DemoVillage, month: Period, *, bank_file: bool) -> None:
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
            moment(day, 16),
        )
    balances = place_balances(village.book, day)
    for codes, _title in counting.bank_accounts(village.book):
        checker, evening = village.ids["accountant"], moment(day, 17)
        if bank_file and demo_bank.reconcile_month(
            village.book, village.folder, codes, month, checker, evening
        ):
            continue
        counting.record_statement(
            village.book,
            counting.BankStatement(
                codes, day, sum(balances[c] for c in codes), (), village.ids["accountant"]
            ),
            moment(day, 17),
        )


def _disclose(village: DemoVillage, month: Period) -> None:
    """Supervision reviews on paper, then the notice is final and printed."""
    evening = moment(month.last_day, 20)
    printed = village.folder / "notices"
    printed.mkdir(exist_ok=True)
    demo_sheets.show_all(village, month.last_day)
    demo_board.live(
        village.book,
        village.ids,
        month,
        evening,
        printed,
        questioned=month.month == 3,
        mistaken=village.story["wrong_amount"] if month == village.first.shifted(CORRECTED) else None,
    )
    demo_cycle.put_away(village, month.last_day)
    notice_id = notices.submit_notice(village.book, Span.of(month), evening)
    demo_paper.review_notice(
        village.book, village.ids, notice_id, month.last_day, whole=len(village.made_notices) < WHOLE
    )
    path = printed / f"notice-{month}.pdf"
    path.write_bytes(notices.final_pdf(village.book, notice_id, "A3"))
    village.made_notices.append(path)
