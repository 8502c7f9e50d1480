"""Lists of handovers as tables and as the kit that is printed; what each column and kind is called."""

from __future__ import annotations

from datetime import date

from villagebook.domain.kit import Kit
from villagebook.domain.loan import LoanSide
from villagebook.domain.money import yuan_text
from villagebook.domain.office_handover import Hand, HandoverList, Listed, Part, PartCode
from villagebook.domain.people import Staff
from villagebook.domain.period import Period, Span
from villagebook.domain.receipts import BookState
from villagebook.domain.seals import SealKind
from villagebook.domain.slip import slip_code
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.seal_words import seal_title
from villagebook.services.names import book_state_title, post_title
from villagebook.storage import offices, registry
from villagebook.storage.book import Book

PARTS = {
    PartCode.CASH: N_("Cash, counted"),
    PartCode.BANK: N_("Bank accounts"),
    PartCode.RECEIPTS: N_("Receipt books, used and unused"),
    PartCode.VOUCHERS: N_("Vouchers by month"),
    PartCode.SEALS: N_("Seals, tokens and cheque books"),
    PartCode.CONTRACTS: N_("Contracts in force"),
    PartCode.OPEN: N_("Open matters"),
    PartCode.FILES: N_("Files and the log"),
}
HANDS = {Hand.GIVER: N_("Hands over"), Hand.TAKER: N_("Takes over"), Hand.OVERSEER: N_("Oversees")}
_OPEN = {
    "document": N_("waits for signatures"),
    "rejected": N_("rejected, not settled"),
    "takings": N_("receipt not banked"),
    "bill": N_("bill not paid"),
    "loan": N_("lent"),
    "advance": N_("advance not settled"),
    LoanSide.BORROWED.value: N_("borrowed"),
    LoanSide.LENT.value: N_("lent in former years"),
}
_FILES = {
    "files": N_("Files kept in the book"),
    "position": N_("Entries of the log"),
    "head": N_("Hash of the last entry"),
}
_COLUMNS: dict[PartCode, tuple[tuple[str, str, Shape, int], ...]] = {
    PartCode.CASH: (
        ("place", N_("Money place"), Shape.TEXT, 10),
        ("book", N_("By the book"), Shape.MONEY, 9),
        ("counted", N_("Counted"), Shape.MONEY, 9),
        ("notes", N_("Notes and coins"), Shape.TEXT, 18),
        ("counter", N_("Counted by"), Shape.TEXT, 7),
        ("witness", N_("Seen by"), Shape.TEXT, 7),
    ),
    PartCode.BANK: (
        ("account", N_("Bank account"), Shape.TEXT, 16),
        ("book", N_("By the book"), Shape.MONEY, 10),
        ("stated", N_("Statement of"), Shape.DAY, 9),
        ("bank", N_("By the bank"), Shape.MONEY, 10),
        ("left", N_("Unexplained"), Shape.MONEY, 8),
    ),
    PartCode.RECEIPTS: (
        ("kind", N_("Kind"), Shape.TEXT, 12),
        ("range", N_("Numbers"), Shape.TEXT, 10),
        ("used", N_("Used up to"), Shape.TEXT, 8),
        ("unused", N_("Unused"), Shape.TEXT, 10),
        ("voided", N_("Voided"), Shape.TEXT, 8),
        ("keeper", N_("Keeper"), Shape.TEXT, 7),
        ("state", N_("State"), Shape.TEXT, 7),
    ),
    PartCode.VOUCHERS: (
        ("month", N_("Month"), Shape.TEXT, 8),
        ("word", N_("Voucher word"), Shape.TEXT, 7),
        ("first", N_("First number"), Shape.COUNT, 7),
        ("last", N_("Last number"), Shape.COUNT, 7),
        ("count", N_("Pieces"), Shape.COUNT, 7),
    ),
    PartCode.SEALS: (
        ("kind", N_("Kind"), Shape.TEXT, 12),
        ("name", N_("Name"), Shape.TEXT, 14),
        ("keeper", N_("Keeper"), Shape.TEXT, 8),
        ("since", N_("Since"), Shape.DAY, 9),
    ),
    PartCode.CONTRACTS: (
        ("code", N_("Number"), Shape.TEXT, 8),
        ("name", N_("Name"), Shape.TEXT, 14),
        ("party", N_("Other party"), Shape.TEXT, 12),
        ("until", N_("Until"), Shape.DAY, 9),
        ("left", N_("Still to come"), Shape.MONEY, 10),
    ),
    PartCode.OPEN: (
        ("kind", N_("What is open"), Shape.TEXT, 10),
        ("day", N_("Day"), Shape.DAY, 9),
        ("what", N_("Summary"), Shape.TEXT, 16),
        ("party", N_("Other party"), Shape.TEXT, 12),
        ("amount", N_("Amount"), Shape.MONEY, 9),
    ),
    PartCode.FILES: (
        ("what", N_("Kind"), Shape.TEXT, 14),
        ("value", N_("Value"), Shape.TEXT, 30),
    ),
}


def part_title(code: PartCode) -> str:
    return _(PARTS[code])


def hand_title(hand: Hand) -> str:
    return _(HANDS[hand])


def _columns(code: PartCode) -> tuple[Column, ...]:
    return tuple(Column(key, _(title), shape, width) for key, title, shape, width in _COLUMNS[code])


def part_table(part: Part) -> Table:
    """One part as a list people read."""
    rows = tuple(_spoken(part.code, row) for row in part.rows)
    return Table(f"handover-{part.code.value}", part_title(part.code), "", _columns(part.code), rows)


def _spoken(code: PartCode, row: tuple[Cell, ...]) -> tuple[Cell, ...]:
    first, rest = row[0], row[1:]
    if code is PartCode.RECEIPTS:
        return (*row[:-1], book_state_title(BookState(str(row[-1]))))
    if code is PartCode.VOUCHERS:
        return (str(Period.from_number(int(first or 0))), *rest)
    if code is PartCode.SEALS:
        return (seal_title(SealKind(str(first))), *rest)
    if code is PartCode.OPEN:
        return (_(_OPEN[str(first)]) if first in _OPEN else first, *rest)
    if code is PartCode.FILES:
        return (_(_FILES[str(first)]), *rest)
    return row


def overview(content: HandoverList) -> Table:
    """How much each part holds, for the cover and the page."""
    rows: list[tuple[Cell, ...]] = [
        (part_title(p.code), None if p.code is PartCode.FILES else len(p.rows), _sum(p))
        for p in content.parts
    ]
    columns = (
        Column("part", _("Part"), Shape.TEXT, 16),
        Column("entries", _("Entries"), Shape.COUNT, 6),
        Column("sum", _("In all"), Shape.TEXT, 12),
    )
    return Table("handover-overview", _("What is handed over"), "", columns, tuple(rows))


def _sum(part: Part) -> str:
    if part.code in (PartCode.CASH, PartCode.BANK):
        return yuan_text(sum(int(r[1] or 0) for r in part.rows))
    if part.code is PartCode.VOUCHERS:
        count = sum(int(r[4] or 0) for r in part.rows)
        return ngettext("{n} voucher", "{n} vouchers", count).format(n=count)
    if part.code is PartCode.CONTRACTS:
        return yuan_text(sum(int(r[4] or 0) for r in part.rows))
    return ""


def kit(held: Listed, staff: Staff, village: str) -> Kit:
    """What is printed of a frozen list."""
    content = held.content
    facts = (
        (_("Post"), post_title(content.kind)),
        (_("Day of the handover"), content.terms.on.isoformat()),
        *((hand_title(h), staff.name(content.person(h))) for h in Hand),
        *(((_("Remark"), content.terms.remark),) if content.terms.remark else ()),
    )
    return Kit(
        village,
        _("Handover of an office"),
        facts,
        (overview(content), *(part_table(p) for p in content.parts)),
        tuple((hand_title(h), staff.name(content.person(h))) for h in Hand),
        slip_code(content.id, held.content_hash),
        held.content_hash[:16],
        (_("copy for who takes over"), _("copy for the archive")),
    )


def report(book: Book, span: Span) -> Table:
    """Every handover up to the end of a span, and posts that were left without one, the newest first."""
    day = span.last.last_day
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        found = [h for h in offices.lists(connection) if h.content.terms.on <= day]
        wanted = registry.read_policy_on(connection, day).words["handover_posts"]
    columns = (
        Column("day", _("Day"), Shape.DAY, 9),
        Column("post", _("Post"), Shape.TEXT, 10),
        Column("giver", _("Hands over"), Shape.TEXT, 8),
        Column("taker", _("Takes over"), Shape.TEXT, 8),
        Column("overseer", _("Oversees"), Shape.TEXT, 8),
        Column("state", _("State"), Shape.TEXT, 12),
        Column("seal", _("Content code"), Shape.TEXT, 12),
    )
    rows = [
        (
            h.content.terms.on.isoformat(),
            post_title(h.content.kind),
            *(staff.name(h.content.person(hand)) for hand in Hand),
            state_title(h, found),
            h.content_hash[:16],
        )
        for h in found
    ]
    for post in staff.posts:
        if post.kind.value in wanted and post.to_on and post.to_on <= day and post.handed_on is None:
            state = (
                _("by decision {number}").format(number=post.decision)
                if post.decision
                else _("not handed over")
            )
            rows.append(
                (post.to_on.isoformat(), post_title(post.kind), staff.name(post.person_id), "", "", state, "")
            )
    rows.sort(key=lambda r: r[0], reverse=True)
    shown = _("at the end of {day}").format(day=day.isoformat())
    return Table("handovers", _("Handovers of offices"), shown, columns, tuple(rows))


def state_title(held: Listed, among: list[Listed] | tuple[Listed, ...]) -> str:
    """Done, made anew since, or how many have signed."""
    if held.done_on is not None:
        return _("signed")
    newest = next(n for n in among if n.content.terms.post_id == held.content.terms.post_id)
    if newest.content.id != held.content.id:
        return _("made anew")
    return _("{n} of 3 signed").format(n=len(held.signed))


def due_on(left_on: date, days: int) -> date:
    """The last day on which a post that was left is to be handed over."""
    return date.fromordinal(left_on.toordinal() + days)
