"""From a line of a statement down to what it is made of: the accounts, then the vouchers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from villagebook import i18n
from villagebook.domain.formula import Atom
from villagebook.domain.period import Span
from villagebook.domain.statement import Template, work_out
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.services.statement_figures import Reader
from villagebook.services.statement_ties import say
from villagebook.services.statements import load_template
from villagebook.storage import registry
from villagebook.storage import statements as store
from villagebook.storage.book import Book

_KINDS = {
    "B": N_("balance at the end"),
    "O": N_("balance at the beginning"),
    "M": N_("movement"),
    "+": N_("parties in debit"),
    "-": N_("parties in credit"),
}


def lines_of(book: Book, name: str, span: Span, no: int, template: Path | None = None) -> tuple[str, ...]:
    """Ids of exactly the vouchers a line of a statement is made of, in booking order; () for no such line."""
    with _read(book, name, span, template) as (reader, layout):
        found: set[str] = set()
        for atom in layout.atoms_of(no):
            found.update(reader.vouchers(atom))
        return store.in_order(reader.connection, found)


def accounts_of(book: Book, name: str, span: Span, no: int, template: Path | None = None) -> Table:
    """What a line adds up, account by account, as it counts in the line; without a line, nothing."""
    with _read(book, name, span, template) as (reader, layout):
        values = reader.values(layout.atoms_of(no))
    rows: list[tuple[Cell, ...]] = []
    for atom in sorted(values, key=lambda a: (a.account, a.kind, a.part, a.detail, a.other)):
        if values[atom]:
            title = reader.chart[atom.account].title(i18n.language())
            rows.append((atom.account, title, _kind(atom, reader), _counts(layout, no, atom) * values[atom]))
    item = layout.line(no)
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("counts", _("What counts"), Shape.TEXT, 18),
        Column("amount", _("Amount"), Shape.MONEY, 14),
    )
    targets = tuple(f"account:{r[0]}" for r in rows)
    return Table(
        "statement-line", say(item.item) if item else "", str(span), columns, tuple(rows), targets=targets
    )


@contextmanager
def _read(book: Book, name: str, span: Span, template: Path | None) -> Iterator[tuple[Reader, Template]]:
    with book.reading() as connection:
        chart = registry.read_chart(connection)
        layout = load_template(name, chart, template)
        yield Reader(connection, chart, book.info.start, span, layout.carry), layout


def _kind(atom: Atom, reader: Reader) -> str:
    if atom.kind == "T":
        return _("given to {account}").format(account=reader.chart[atom.other].title(i18n.language()))
    return atom.detail or _(_KINDS[atom.part or atom.kind])


def _counts(layout: Template, no: int, atom: Atom) -> int:
    """How often an atom counts in a line: the line's figure with one fen there and none elsewhere."""
    atoms = layout.atoms()
    lines, _problems = work_out(layout, {a: int(a == atom) for a in atoms})
    return lines.get(no, 1)
