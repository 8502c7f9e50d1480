"""Taking history in: voucher lists and cash books, refused whole or posted whole, with origin `import`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from villagebook.domain.account import Chart
from villagebook.domain.errors import Cancelled, Refused
from villagebook.domain.finding import Finding, Severity, stopping
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind, Places
from villagebook.domain.voucher import WORDS, DocKind, Origin, Voucher, VoucherLine, voucher_label
from villagebook.exchange.imports_cashbook import CashDraft, parse_cashbook
from villagebook.exchange.imports_vouchers import VoucherDraft, parse_vouchers
from villagebook.exchange.layouts import CASHBOOK, OPENING, VOUCHERS, required, sniff_layout
from villagebook.exchange.memory import uncollected
from villagebook.exchange.tables import Sheet, read_rows
from villagebook.i18n import _
from villagebook.rules.rule import When
from villagebook.services.book_file import opening
from villagebook.services.book_file.opening import Imported
from villagebook.services.by import By, new_id
from villagebook.services.gate import look
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.documents import voucher_data
from villagebook.services.vouchers.repeats import repeats
from villagebook.storage import ledger, periods, posted_vouchers, registry, spending
from villagebook.storage.book import Book, Writing
from villagebook.storage.bulk import triggers_resting

Progress = Callable[[int, int], None]
"""Called with (vouchers written, vouchers in the file); may raise Cancelled."""

MAX_SHOWN = 200


@uncollected()
def import_file(
    book: Book,
    path: Path,
    *,
    layout: str = "",
    dry_run: bool = False,
    by: By,
    progress: Progress | None = None,
) -> Imported:
    """Take a file in: layout vouchers, cashbook or opening, recognised by its header when not told.

    Raises Refused with every bad row at once (row, column, value, why), KnownError for an unreadable file; then nothing is
    written. What the history itself shows (takings spent, lines that cannot be told apart) is returned, not refused.
    """
    sheet = read_rows(path)
    layout = layout or sniff_layout(sheet) or ""
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
    if layout == OPENING:
        return opening.import_opening(book, sheet, chart, places, path.name, dry_run=dry_run, by=by)
    rows, found = _parse(sheet, layout, chart, places, path.name)
    found = opening.in_file(found, path.name)
    if stopping(found):
        raise Refused(stopping(found))
    return _take_in(book, path.name, rows, found, dry_run=dry_run, by=by, progress=progress)


def import_drafts(
    book: Book,
    name: str,
    drafts: Sequence[VoucherDraft],
    found: tuple[Finding, ...],
    *,
    dry_run: bool,
    by: By,
    progress: Progress | None = None,
    before: Callable[[Writing], object] | None = None,
    after: Callable[[Writing], object] | None = None,
) -> Imported:
    """Take vouchers in that were read out of another program's file `name`; `found` is what is to be said of it.

    `before` and `after` write what belongs to the same act (new sub-accounts, the file itself). Raises as `import_file`.
    """
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    rows = [_from_draft(d, chart) for d in drafts]
    return _take_in(
        book, name, rows, found, dry_run=dry_run, by=by, progress=progress, before=before, after=after
    )


def _take_in(
    book: Book,
    name: str,
    rows: list[_Row],
    found: tuple[Finding, ...],
    *,
    dry_run: bool,
    by: By,
    progress: Progress | None,
    before: Callable[[Writing], object] | None = None,
    after: Callable[[Writing], object] | None = None,
) -> Imported:
    """All or nothing, in one transaction; a dry run does everything and undoes it."""
    result = Imported(0, ())
    try:
        with book.writing(by.actor, by.at) as writing:
            if before:
                before(writing)
            past = tuple(_past_the_slots(writing, rows, name))
            if past:
                raise Refused(_first(past, name))
            vouchers = _numbered(writing, book, rows, name, by.day)
            told = [(row.row, row.voucher) for row in rows if not row.numbered]
            twice = tuple(repeats(writing.connection, told, name))
            if stopping(twice):
                raise Refused(_first(stopping(twice), name))
            _post(writing, vouchers, progress)
            if after:
                after(writing)
            said = _history_findings(writing, book, vouchers, by.day)
            result = Imported(len(vouchers), (*found, *twice, *said, *_overspent(writing, name)))
            if dry_run:
                raise Cancelled
    except Cancelled:
        if not dry_run:
            raise
    return result


@dataclass(frozen=True, slots=True)
class _Row:
    """A voucher without its number yet; `row` is where the file has it."""

    voucher: Voucher
    numbered: bool
    row: int


def _parse(
    sheet: Sheet, layout: str, chart: Chart, places: Places, name: str
) -> tuple[list[_Row], tuple[Finding, ...]]:
    if layout == VOUCHERS:
        drafts, found = parse_vouchers(sheet, chart, places)
        return [_from_draft(d, chart) for d in drafts], found
    if layout == CASHBOOK:
        cash, found = parse_cashbook(sheet, chart, places)
        return [_from_cash(d, places) for d in cash], found
    text = _(
        "{name} fits none of the layouts. Vouchers have the columns {vouchers}; a cash book {cashbook}; opening balances "
        "{opening}. What another program wrote is brought in with its own columns."
    )
    wanted = {"vouchers": VOUCHERS, "cashbook": CASHBOOK, "opening": OPENING}
    told = text.format(name=name, **{key: ", ".join(required(layout)) for key, layout in wanted.items()})
    return [], (Finding("IMP-32", Severity.ERROR, name, told, target="bring-in:"),)


def _from_draft(draft: VoucherDraft, chart: Chart) -> _Row:
    voucher = Voucher(
        id=new_id(),
        kind=_kind(draft.lines),
        word=draft.word,
        number=draft.number or 0,
        booked_on=draft.booked_on,
        summary=draft.summary,
        lines=draft.lines,
        party=draft.party,
        paper_count=draft.paper_count,
        origin=Origin.IMPORT,
        places_inferred=draft.places_inferred,
    )
    return _Row(voucher, draft.number is not None, draft.first_row)


def _kind(lines: tuple[VoucherLine, ...]) -> DocKind:
    """What a voucher of another program was: by where its money went."""
    into = out = False
    for line in lines:
        if line.place:
            into, out = into or line.debit_fen > 0, out or line.credit_fen > 0
    if into and out:
        return DocKind.TRANSFER
    return DocKind.RECEIPT if into else DocKind.PAYMENT if out else DocKind.ADJUSTMENT


def _from_cash(draft: CashDraft, places: Places) -> _Row:
    fen = draft.amount_fen
    money = VoucherLine(places[draft.place].account, 0, fen, draft.summary, draft.place, draft.party)
    other = VoucherLine(draft.account, fen, 0, draft.summary, "", draft.party)
    if draft.kind is DocKind.RECEIPT:
        money = replace(money, debit_fen=fen, credit_fen=0)
        other = replace(other, debit_fen=0, credit_fen=fen)
    if draft.kind is DocKind.TRANSFER:
        other = replace(other, account=places[draft.account].account, place=draft.account)
    lines = (money, other) if draft.kind is DocKind.RECEIPT else (other, money)
    voucher = Voucher(
        id=new_id(),
        kind=draft.kind,
        word=WORDS[draft.kind],
        number=0,
        booked_on=draft.booked_on,
        summary=draft.summary,
        lines=lines,
        party=draft.party,
        paper_no=draft.number,
        origin=Origin.IMPORT,
    )
    return _Row(voucher, False, draft.row)


def _numbered(writing: Writing, book: Book, rows: list[_Row], name: str, today: date) -> list[Voucher]:
    """Give numbers where the file has none; refuse numbers the book has used, months that are closed or not of this book."""
    connection = writing.connection
    taken = posted_vouchers.taken_numbers(connection)
    states = periods.period_states(connection)
    problems: list[Finding] = []
    bad_months: dict[int, str] = {}
    following: dict[tuple[int, str], int] = {}
    made: list[Voucher] = []
    for row in sorted(rows, key=lambda r: r.voucher.booked_on):
        voucher = row.voucher
        month = voucher.booked_on.year * 100 + voucher.booked_on.month
        if month not in bad_months:
            bad_months[month] = _why_not_month(book.info.start, states, Period.from_number(month), today)
        if bad_months[month]:
            problems.append(_bad_row(name, row.row, bad_months[month]))
            continue
        if row.numbered:
            if (month, voucher.word, voucher.number) in taken:
                label = voucher_label(voucher.word, voucher.number)
                text = _("Number {label} of {month} is in the book already. Was this file taken in before?")
                problems.append(
                    _bad_row(name, row.row, text.format(label=label, month=Period.from_number(month)))
                )
        else:
            number = following.get((month, voucher.word)) or posted_vouchers.next_number(
                connection, Period.from_number(month), voucher.word
            )
            following[month, voucher.word] = number + 1
            voucher = replace(voucher, number=number)
        made.append(voucher)
    if problems:
        raise Refused(_first(problems, name))
    return made


def _past_the_slots(writing: Writing, rows: Sequence[_Row], name: str) -> Iterator[Finding]:
    """History ends where people began to sign here: what is paid later is signed for, and not brought in by a file."""
    began = spending.first_sent_on(writing.connection)
    places = registry.read_places(writing.connection)
    for row in rows if began else ():
        voucher = row.voucher
        paid = any(
            line.credit_fen > line.debit_fen
            and line.place in places
            and places[line.place].kind is not PlaceKind.RC
            for line in voucher.lines
        )
        if began and paid and voucher.booked_on >= began:
            text = _(
                "{day}: payments are signed for in this book since {began}. Enter it at Money out; a file brings in what was before."
            )
            said = text.format(day=voucher.booked_on.isoformat(), began=began.isoformat())
            where = _("{name} row {row}").format(name=name, row=row.row)
            yield Finding("IMP-39", Severity.ERROR, where, said, "approvals.md AP1 [D]")


def _first(problems: Sequence[Finding], name: str) -> list[Finding]:
    """As many as a person reads; the rest is only counted."""
    more = len(problems) - MAX_SHOWN
    tail = [_bad_row(name, 0, _("… and {n} more rows.").format(n=more))] if more > 0 else []
    return [*problems[:MAX_SHOWN], *tail]


def _why_not_month(start: Period, states: dict[Period, str], month: Period, today: date) -> str:
    if month < start:
        return _(
            "{month} lies before the first month of the book ({start}). Make the book begin earlier."
        ).format(month=month, start=start)
    if states.get(month, "open") != "open":
        return _("{month} is closed; nothing enters it any more (E2L-40).").format(month=month)
    if month > Period.of(today):
        return _("{month} lies in the future. Correct the date.").format(month=month)
    return ""


def _bad_row(name: str, row: int, text: str) -> Finding:
    where = _("{name} row {row}").format(name=name, row=row) if row else name
    return Finding("IMP-33", Severity.ERROR, where, text)


def _post(writing: Writing, vouchers: list[Voucher], progress: Progress | None) -> None:
    total = len(vouchers)
    with triggers_resting(writing.connection, total):
        for done, voucher in enumerate(vouchers):
            if progress and done % 500 == 0:
                progress(done, total)
            writing.log("voucher.posted", voucher_data(voucher), voucher.id, "vouchers")
        writing.settle()
    if progress:
        progress(total, total)


def _history_findings(
    writing: Writing, book: Book, vouchers: list[Voucher], today: date
) -> Iterable[Finding]:
    """T6 and the two-line rules on what was taken in; the missing places are said by the file's own finding."""
    base = gather.ground(writing.connection, book.info, today)
    found = look(replace(base, history=tuple(vouchers)), When.REVIEW)
    return _capped(f for f in found if f.id != "E2L-47")


def _overspent(writing: Writing, name: str) -> Iterator[Finding]:
    """A line that paid more than was appropriated to it: published lists leave the appropriations out, so it is only said."""
    connection = writing.connection
    last = periods.last_booked(connection)
    if last is None or posted_vouchers.any_inferred(connection, Period.of(last).shifted(1)):
        return
    held = ledger.place_balances_on(connection, last)
    for place in registry.read_places(connection).of_kind(PlaceKind.EX):
        if held.get(place.code, 0) < 0:
            text = _(
                "{place} stands at {amount}: more was paid than was appropriated to it. Enter the appropriations as transfers (划转)."
            ).format(place=place.name, amount=yuan_text(held[place.code]))
            yield Finding("E2L-21", Severity.HINT, name, text)


def _capped(found: Iterator[Finding]) -> list[Finding]:
    shown = list(found)
    if len(shown) > MAX_SHOWN:
        text = _("… and {n} more of the same kinds; run the check for all.")
        more = Finding("IMP-27", Severity.WARNING, "", text.format(n=len(shown) - MAX_SHOWN))
        return [*shown[:MAX_SHOWN], more]
    return shown
