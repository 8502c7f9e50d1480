"""Opening balances entered by hand: kept while they are half done, checked as a whole, set once."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from villagebook.domain.account import Chart
from villagebook.domain.balance import split_sides
from villagebook.domain.demand import all_demands
from villagebook.domain.finding import Finding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import VoucherLine
from villagebook.exchange.imports_opening import OpeningDraft
from villagebook.i18n import _, language
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.book_file.opening import log_opening, read_opening
from villagebook.services.by import By
from villagebook.services.gate import look, pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.registers.roster import party_names
from villagebook.storage import ledger, links, objects, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

FORM = "opening"


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """One line as typed: the amounts are the text of their fields, so that half a number survives too.

    `links` are pairs of kind and code.
    """

    account: str
    place: str = ""
    party: str = ""
    debit: str = ""
    credit: str = ""
    links: tuple[tuple[str, str], ...] = ()


def is_open(book: Book) -> bool:
    """True while opening balances may be set: there are none, and nothing is posted."""
    with book.reading() as connection:
        return not _begun(connection)


def _begun(connection: Connection) -> bool:
    return bool(ledger.control_totals(connection)[2] or registry.read_opening(connection))


def keep(book: Book, rows: Iterable[OpeningRow], by: By) -> None:
    """Keep what is typed so far; a power cut loses nothing. No event: a draft is nobody's balance."""
    body = json.dumps([asdict(row) for row in rows], ensure_ascii=False)
    with book.scribbling() as connection:
        objects.save_form(connection, FORM, body, by.at.isoformat())


def kept(book: Book) -> tuple[OpeningRow, ...]:
    """What was typed before, empty when nothing was."""
    with book.reading() as connection:
        body = objects.form_body(connection, FORM)
    found = json.loads(body) if body else []
    return tuple(
        OpeningRow(**{**row, "links": tuple((kind, code) for kind, code in row["links"])}) for row in found
    )


def look_over(book: Book, lines: Sequence[VoucherLine], by: By) -> tuple[Finding, ...]:
    """Everything there is to say about these balances; nothing is written."""
    with book.reading() as connection:
        return look(_facts(connection, book, lines, by), When.OPENING)


def set_lines(book: Book, lines: Sequence[VoucherLine], by: By) -> tuple[Finding, ...]:
    """The book begins with these; what was kept half done is thrown away. Raises Refused (OPN-02 to OPN-09)."""
    with book.writing(by.actor, by.at) as writing:
        said = pass_or_refuse(_facts(writing.connection, book, lines, by), When.OPENING)
        log_opening(writing, lines)
        objects.drop_form(writing.connection, FORM)
        return said


def _facts(connection: Connection, book: Book, lines: Sequence[VoucherLine], by: By) -> Facts:
    base = gather.ground(connection, book.info, by.day)
    return replace(
        base,
        opening=tuple(lines),
        begun=_begun(connection),
        links=links.known(connection, (link for line in lines for link in line.links)),
        demands=all_demands(links.demands(connection), base.chart),
    )


def from_file(book: Book, path: Path) -> tuple[VoucherLine, ...]:
    """Last year's balances out of a table in the layout `opening`.

    A party whose name is that of exactly one entry of the registers is linked to it where the account asks for that kind.
    Raises Refused with every bad row at once, and when the file does not balance.
    """
    with book.reading() as connection:
        chart, places = registry.read_chart(connection), registry.read_places(connection)
        asked = all_demands(links.demands(connection), chart)
    named = _by_name(book)
    return tuple(
        VoucherLine(
            d.account,
            d.debit_fen,
            d.credit_fen,
            "",
            d.place,
            d.party,
            links=_linked(d, named, asked[d.account].kinds if d.account in asked else ()),
        )
        for d in read_opening(path, chart, places)
    )


def _by_name(book: Book) -> dict[str, Link | None]:
    """Name -> its entry; None where two share the name."""
    found: dict[str, Link | None] = {}
    for link, name in party_names(book):
        found[name] = None if name in found else link
    return found


def _linked(
    draft: OpeningDraft, named: dict[str, Link | None], kinds: Iterable[LinkKind]
) -> tuple[Link, ...]:
    link = named.get(draft.party) if draft.party else None
    return (link,) if link is not None and link.kind in kinds else ()


def trial_balance(chart: Chart, lines: Iterable[VoucherLine], village: str) -> Table:
    """What the book would begin with, account by account, those with sub-accounts summed; the last row is the total."""
    sums: dict[str, int] = {}
    for line in lines:
        code = line.account
        while code:
            sums[code] = sums.get(code, 0) + line.debit_fen - line.credit_fen
            account = chart.get(code)
            code = account.parent if account else ""
    sides = [split_sides(fen) for code, fen in sums.items() if chart.is_leaf(code)]
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 22),
        Column("debit", _("Debit"), Shape.MONEY, 14),
        Column("credit", _("Credit"), Shape.MONEY, 14),
    )
    rows: list[tuple[Cell, ...]] = [
        ("　" * chart.depth(a.code) + a.code, a.title(language()), *split_sides(sums[a.code]))
        for a in chart
        if sums.get(a.code)
    ]
    rows.append(("", _("Total"), sum(s[0] for s in sides), sum(s[1] for s in sides)))
    return Table("opening", _("Opening balances"), village, columns, tuple(rows), 1)
