"""What of the registers is neither an asset's nor a contract's: resources, what is booked on an entry, reports by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from villagebook.domain.finding import Finding
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.resource import area_of
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.rules.registers import entry
from villagebook.services.by import today
from villagebook.services.registers import asset_tables, contract_tables
from villagebook.services.registers import register_words as words
from villagebook.storage import entries, links, registry
from villagebook.storage.book import Book

Row = tuple[Cell, ...]


def resources(book: Book, day: date) -> Table:
    """Every resource as it stands on a day; the areas are added up below."""
    with book.reading() as connection:
        found = list(entries.resources(connection, day).values())
    rows: list[Row] = [
        (
            r.code,
            r.name,
            _(words.RESOURCE_KINDS[r.kind]),
            r.area,
            r.location,
            r.boundaries,
            r.certificate,
            _(words.USES[r.use]),
            r.contract,
            r.since.isoformat() if r.since else "",
        )
        for r in found
    ]
    targets = [entry("resources", r.code) for r in found]
    if rows:
        area = sum((area_of(r.area) or Decimal(0) for r in found), Decimal(0))
        rows.append(("", _("Total"), "", str(area), "", "", "", "", "", ""))
        targets.append("")
    columns = (
        Column("code", _("Entry code"), Shape.TEXT, 6),
        Column("name", _("Name"), Shape.TEXT, 12),
        Column("kind", _("Kind"), Shape.TEXT, 10),
        Column("area", _("Area (mu)"), Shape.TEXT, 7),
        Column("place", _("Where it is"), Shape.TEXT, 12),
        Column("boundaries", _("Boundaries"), Shape.TEXT, 14),
        Column("certificate", _("Certificate"), Shape.TEXT, 9),
        Column("use", _("Used by"), Shape.TEXT, 9),
        Column("contract", _("Contract"), Shape.TEXT, 7),
        Column("since", _("Used since"), Shape.DAY, 8),
    )
    title, shown = _("List of resources"), day.isoformat()
    return Table("resources", title, shown, columns, tuple(rows), 1 if rows else 0, tuple(targets))


def resource_list(book: Book, day: date) -> Table:
    """Every resource with who uses it last, for the screen."""
    whole = resources(book, day)
    wanted = ("code", "name", "kind", "area", "use")
    places = [next(n for n, c in enumerate(whole.columns) if c.key == key) for key in wanted]
    columns = tuple(whole.columns[n] for n in places)
    return replace(whole, columns=columns, rows=tuple(tuple(row[n] for n in places) for row in whole.rows))


def linked(book: Book, kind: LinkKind, code: str, day: date) -> Table:
    """Every voucher line in an entry's name, for drilling."""
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        found = links.linked_rows(connection, Link(kind, code), day)
    rows: list[Row] = []
    for booked_on, word, number, summary, _party, account, debit, credit, _ident, _dead in found:
        held = chart.get(account)
        name = f"{account} {held.name}" if held else account
        rows.append((booked_on, voucher_label(word, number), summary, name, debit, credit))
    columns = (
        Column("date", _("Date"), Shape.DAY, 8),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 18),
        Column("account", _("Account"), Shape.TEXT, 12),
        Column("debit", _("Debit"), Shape.MONEY, 10),
        Column("credit", _("Credit"), Shape.MONEY, 10),
    )
    targets = tuple(f"voucher:{r[8]}" for r in found)
    return Table("linked", _("Vouchers"), code, columns, tuple(rows), 0, targets)


def make(book: Book, name: str, span: Span) -> tuple[Table, tuple[Finding, ...]]:
    """A report by its name: assets, depreciation, resources or contracts; what is due is told as of today while a span runs."""
    if name == "assets":
        return asset_tables.assets(book, span)
    if name == "depreciation":
        return asset_tables.depreciation(book, span), ()
    day = max(span.first.first_day, min(span.last.last_day, today()))
    return (resources(book, day) if name == "resources" else contract_tables.contracts(book, day)), ()
