"""Posted vouchers as faces: one for the screen, a selection or a month for the printer, covers for the bound volumes."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from itertools import groupby

from villagebook import i18n
from villagebook.domain.account import Chart
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.link import Link, LinkTarget
from villagebook.domain.people import PostKind, Staff
from villagebook.domain.period import Span
from villagebook.domain.signature import Signature
from villagebook.domain.voucher import Origin, Voucher
from villagebook.domain.voucher_sheet import SheetNames, VoucherCover, VoucherSheet
from villagebook.i18n import _, ngettext
from villagebook.services.links import by_link, title
from villagebook.services.vouchers.lifting import lifting_words
from villagebook.storage import documents as docs
from villagebook.storage import links, posted_vouchers, registry, voucher_checks
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.voucher_acts import Acts, acts_of

PAPERS = ("a5", "two-on-a4", "half-a4")
"""How vouchers are laid on paper; the words of the command line."""

SHEETS_PER_VOLUME = 200
"""Vouchers in one bound volume; more make a second volume of the same month and word."""


def sheet(book: Book, voucher_id: str) -> VoucherSheet | None:
    """None when the book holds no such voucher."""
    with book.reading() as connection:
        voucher = posted_vouchers.voucher(connection, voucher_id)
        return _Reader(connection, book.info.village).sheet(voucher) if voucher else None


def sheets(book: Book, voucher_ids: Iterable[str]) -> tuple[VoucherSheet, ...]:
    """Faces in this order; ids the book does not hold are left out."""
    with book.reading() as connection:
        reader = _Reader(connection, book.info.village)
        found = (posted_vouchers.voucher(connection, i) for i in voucher_ids)
        return tuple(reader.sheet(voucher) for voucher in found if voucher)


def sheets_of(book: Book, span: Span, word: str = "") -> tuple[VoucherSheet, ...]:
    """All vouchers of a span as they are bound: month, word, number. `word` "" means every word."""
    with book.reading() as connection:
        reader = _Reader(connection, book.info.village)
        found = [v for v in posted_vouchers.vouchers(connection, span) if word in ("", v.word)]
        found.sort(key=lambda v: (v.period, v.word, v.number))
        return tuple(reader.sheet(voucher) for voucher in found)


def covers(made: Sequence[VoucherSheet]) -> tuple[VoucherCover, ...]:
    """A cover for each volume of each month and word, in the order of the sheets."""
    found: list[VoucherCover] = []
    for (period, word), group in groupby(made, key=lambda s: (s.voucher.period, s.voucher.word)):
        vouchers = [s.voucher for s in group]
        volumes = [vouchers[at : at + SHEETS_PER_VOLUME] for at in range(0, len(vouchers), SHEETS_PER_VOLUME)]
        found += [
            VoucherCover(
                made[0].village,
                period.year,
                period.month,
                word,
                min(v.booked_on for v in part),
                max(v.booked_on for v in part),
                min(v.number for v in part),
                max(v.number for v in part),
                len(part),
                sum(v.paper_count for v in part),
                no,
                len(volumes),
            )
            for no, part in enumerate(volumes, 1)
        ]
    return tuple(found)


def pdf(made: Sequence[VoucherSheet], paper: str = "a5", *, with_covers: bool = False) -> bytes:
    """`paper` is one of PAPERS. The printer's library is loaded only here."""
    from villagebook.reports.voucher_pdf import render_vouchers

    return render_vouchers(made, paper=paper, covers=covers(made) if with_covers else ())


def print_findings(made: Sequence[VoucherSheet]) -> tuple[Finding, ...]:
    """Characters our fonts lack are printed as □: say so before somebody binds the sheets."""
    from villagebook.reports.fonts import missing_glyphs

    lacking = missing_glyphs(text for one in made for text in one.texts())
    if not lacking:
        return ()
    words = ngettext(
        "{n} character cannot be printed and appears as □: {signs}. Write it in by hand on the sheet.",
        "{n} characters cannot be printed and appear as □: {signs}. Write them in by hand on the sheets.",
        len(lacking),
    ).format(n=len(lacking), signs=" ".join(lacking[:20]))
    return (Finding("VCH-20", Severity.WARNING, "", words),)


class _Reader:
    """Reads what many vouchers share once: the chart, the people, the registers."""

    def __init__(self, connection: Connection, village: str) -> None:
        self._connection = connection
        self._village = village
        self._chart = registry.read_chart(connection)
        self._staff = registry.read_staff(connection)
        self._targets: dict[Link, LinkTarget] | None = None

    def sheet(self, voucher: Voucher) -> VoucherSheet:
        codes = {line.account for line in voucher.lines}
        return VoucherSheet(
            self._village,
            voucher,
            {code: full_title(self._chart, code) for code in codes},
            self._links(voucher),
            footer(self._names(voucher)),
            self._relations(voucher),
        )

    def _links(self, voucher: Voucher) -> dict[int, str]:
        if not any(line.links for line in voucher.lines):
            return {}
        if self._targets is None:
            self._targets = by_link(links.targets(self._connection))
        known = self._targets
        return {
            no: "; ".join(title(link, known) for link in line.links)
            for no, line in enumerate(voucher.lines, 1)
            if line.links
        }

    def _names(self, voucher: Voucher) -> SheetNames:
        if voucher.origin is Origin.IMPORT:
            return SheetNames()  # who made it is not in this log
        acts = acts_of(self._connection, voucher.id)
        given: tuple[Signature, ...] = ()
        if voucher.document_id and not voucher.reverses:
            held = docs.submitted(self._connection, voucher.document_id)
            if held:
                given = docs.signatures(self._connection, voucher.document_id, held.content_hash)
        checker = voucher_checks.checker(self._connection, voucher.id)
        return footer_names(acts, given, self._staff, self._staff.name(checker) if checker else "")

    def _relations(self, voucher: Voucher) -> tuple[tuple[str, str], ...]:
        connection = self._connection
        red = posted_vouchers.reversed_by(connection, voucher.id)
        told = [
            (_("Undoes {label}."), (voucher.reverses,)),
            (_("Undone by {label}."), (red,)),
            (_("Sets {label} right."), (voucher.corrects,)),
            (_("Set right by {label}."), posted_vouchers.corrected_by(connection, voucher.id)),
        ]
        lifted = lifting_words(connection, voucher.document_id) if voucher.document_id else ""
        return (
            *(
                (words.format(label=dated(other)), other.id)
                for words, ids in told
                for other in (posted_vouchers.voucher(connection, i) for i in ids if i)
                if other
            ),
            *([(f"{lifted}.", voucher.id)] if lifted else []),
        )


def footer(names: SheetNames) -> tuple[tuple[str, str], ...]:
    """Caption and name, in the order of the form."""
    return (
        (_("Head"), names.head),
        (_("Booked"), names.booked),
        (_("Checked"), names.checked),
        (_("Cashier"), names.cashier),
        (_("Made out"), names.made),
    )


def dated(voucher: Voucher) -> str:
    """As other vouchers name it: 2025-03-05 付-0007."""
    return f"{voucher.booked_on.isoformat()} {voucher.label}"


def full_title(chart: Chart, code: str) -> str:
    """`51301 管理费用—办公费`: the code and the names from the top down."""
    names: list[str] = []
    account = chart.get(code)
    while account is not None and account.title(i18n.language()) not in names:
        names.insert(0, account.title(i18n.language()))
        account = chart.get(account.parent) if account.parent else None
    dash = "—" if i18n.language() == i18n.CHINESE else " – "
    return f"{code} {dash.join(names)}".strip()


def footer_names(acts: Acts, given: Sequence[Signature], staff: Staff, second_person: str = "") -> SheetNames:
    """Slots of the approval as the footer of a voucher knows them; nobody is named who did nothing.

    The cashier is whoever signed in any slot while holding that post, and has not checked (会计法 35). `second_person` is
    who held a voucher without signatures against its paper.
    """

    def signed(*slots: str, but: Container[str] = ()) -> str:
        for slot in slots:
            names = dict.fromkeys(staff.name(g.person_id) for g in given if g.slot == slot and g.person_id)
            if found := [name for name in names if name not in but]:
                return "、".join(found)
        return ""

    cashiers = dict.fromkeys(
        staff.name(g.person_id)
        for g in given
        if g.person_id and PostKind.CASHIER in staff.posts_of(g.person_id, g.signed_on)
    )
    return SheetNames(
        head=signed("P", "D"),
        booked=signed("A") or acts.posted_by,
        checked=second_person or signed("S", "C", but=cashiers),
        cashier="、".join(cashiers),
        made=acts.entered_by or acts.posted_by,
    )
