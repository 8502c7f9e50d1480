"""From a line of a statement, or a check of it, down to what it is made of: the accounts, then the vouchers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from villagebook import i18n
from villagebook.domain.errors import KnownError
from villagebook.domain.formula import Atom, Node
from villagebook.domain.period import Span
from villagebook.domain.statement import Template, work_out
from villagebook.domain.statement_columns import View
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import N_, _
from villagebook.services.reporting.statement_figures import Reader
from villagebook.services.reporting.statement_layouts import Layout
from villagebook.services.reporting.statement_ties import say
from villagebook.services.reporting.statements import Worked, far_lines, far_reader
from villagebook.storage import statements as store
from villagebook.storage.book import Book

_KINDS = {
    "B": N_("balance at the end"),
    "O": N_("balance at the beginning"),
    "M": N_("movement"),
    "R": N_("money received"),
    "P": N_("money paid"),
    "+": N_("parties in debit"),
    "-": N_("parties in credit"),
}
_FIGURES = {
    "cash-books": N_("closing balance of the cash books"),
    "bank-books": N_("closing balance of the bank books"),
    "places": N_("held by the money places"),
    "opening": N_("money at the beginning"),
    "receipts": N_("all receipts"),
    "payments": N_("all payments"),
    "transfers-in": N_("moved in from other places"),
    "transfers-out": N_("moved out to other places"),
    "closing": N_("money at the end"),
}


def lines_of(
    book: Book, name: str, span: Span, no: int, layout: Layout = None, view: View = View.AMOUNT
) -> tuple[str, ...]:
    """Ids of exactly the vouchers a line of a column is made of, in booking order; () for no such line."""
    with _worked(book, name, span, layout) as worked:
        reader = worked.reader_of(view)
        found: set[str] = set()
        for atom in worked.template.atoms_of(no) if reader else ():
            found.update(reader.vouchers(atom) if reader else ())
        return store.in_order(worked.connection, found)


def vouchers_of(
    book: Book,
    name: str,
    span: Span,
    no: int,
    layout: Layout = None,
    view: View = View.AMOUNT,
    *,
    account: str = "",
) -> Table:
    """The vouchers of a line as a list that opens them, with what each adds to the line; `account` narrows it to one."""
    with _worked(book, name, span, layout) as worked:
        reader, item = worked.reader_of(view), worked.template.line(no)
        sums: dict[str, int] = {}
        wanted = [a for a in worked.template.atoms_of(no) if account in ("", a.account)]
        for atom in wanted if reader else ():
            counts = _counts(worked.template, no, atom)
            for voucher_id, fen in reader.entries(atom) if reader else ():
                sums[voucher_id] = sums.get(voucher_id, 0) + counts * fen
        rows = store.voucher_heads(worked.connection, sums)
    made = tuple((r[1], voucher_label(r[2], r[3]), r[4], sums[r[0]]) for r in rows)
    columns = (
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("summary", _("Summary"), Shape.TEXT, 30),
        Column("amount", _("Adds to the line"), Shape.MONEY, 12),
    )
    title = say(item.item) if item else ""
    return Table(
        "line-vouchers", title, str(span), columns, made, targets=tuple(f"voucher:{r[0]}" for r in rows)
    )


def accounts_of(
    book: Book, name: str, span: Span, no: int, layout: Layout = None, view: View = View.AMOUNT
) -> Table:
    """What a line adds up, account by account, as it counts in the line; without a line, nothing."""
    with _worked(book, name, span, layout) as worked:
        reader = worked.reader_of(view)
        values = reader.values(worked.template.atoms_of(no)) if reader else {}
        template, item = worked.template, worked.template.line(no)
        rows = [
            (*_named(atom, worked), _counts(template, no, atom) * values[atom])
            for atom in sorted(values, key=str)
            if values[atom]
        ]
    columns = (
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 18),
        Column("counts", _("What counts"), Shape.TEXT, 18),
        Column("amount", _("Amount"), Shape.MONEY, 14),
    )
    ordered = tuple(sorted(rows, key=lambda r: str(r[0])))
    targets = tuple(f"account:{r[0]}" if r[0] else "" for r in ordered)
    return Table(
        "statement-line", say(item.item) if item else "", str(span), columns, ordered, targets=targets
    )


def check_parts(book: Book, name: str, span: Span, check_id: str, layout: Layout = None) -> Table:
    """Both sides of a check, figure by figure, and the vouchers that count differently on the two; nothing when it ties
    voucher by voucher.

    Raises KnownError for no such check.
    """
    with _worked(book, name, span, layout) as worked:
        check = next((c for c in worked.template.checks if c.id == check_id), None)
        if check is None:
            raise KnownError(_("The statement has no check {id}.").format(id=check_id))
        rows: list[tuple[Cell, ...]] = []
        targets: list[str] = []
        counted: list[dict[str, int]] = []
        for words, node in ((_("One side"), check.left), (_("Other side"), check.right)):
            counted.append(_by_voucher(worked, node))
            for named, fen, target in _figures(worked, node):
                rows.append((words, *named, fen))
                targets.append(target)
        left, right = counted
        odd = {v: left.get(v, 0) - right.get(v, 0) for v in {*left, *right}}
        heads = store.voucher_heads(worked.connection, [v for v, fen in odd.items() if fen])
    for voucher_id, day, word, number, summary in heads:
        rows.append((_("differs"), voucher_label(word, number), f"{day} {summary}", "", odd[voucher_id]))
        targets.append(f"voucher:{voucher_id}")
    columns = (
        Column("side", _("Side"), Shape.TEXT, 8),
        Column("account", _("Account"), Shape.TEXT, 8),
        Column("name", _("Name"), Shape.TEXT, 22),
        Column("counts", _("What counts"), Shape.TEXT, 18),
        Column("amount", _("Amount"), Shape.MONEY, 14),
    )
    title = f"{check_id} {say(check.says)}"
    return Table("check", title, str(span), columns, tuple(rows), targets=tuple(targets))


def _figures(worked: Worked, node: Node) -> Iterator[tuple[tuple[Cell, Cell, Cell], int, str]]:
    """(account, name, what counts), fen and target of everything one side looks up."""
    template, atoms = worked.template, worked.template.atoms_in(node)
    values = {**worked.reader.values(atoms), **far_lines(worked, [a for a in atoms if a.kind == "S"])}
    for atom in sorted(values, key=str):
        if values[atom]:
            target = f"account:{atom.account}" if atom.account else ""
            if atom.kind == "S" and not atom.part:
                target = f"statement:{atom.detail}:{atom.other}"
            yield _named(atom, worked), _weight(template, node, atom) * values[atom], target


def _by_voucher(worked: Worked, node: Node) -> dict[str, int]:
    """What each voucher adds to one side."""
    sums: dict[str, int] = {}
    for atom in worked.template.atoms_in(node):
        weight = _weight(worked.template, node, atom)
        for voucher_id, fen in _entries(worked, atom):
            sums[voucher_id] = sums.get(voucher_id, 0) + weight * fen
    return sums


def _entries(worked: Worked, atom: Atom) -> Iterator[tuple[str, int]]:
    if atom.kind != "S":
        yield from worked.reader.entries(atom)
        return
    far = far_reader(worked, atom)
    if far is None:
        return
    template, reader = far
    for inner in template.atoms_of(int(atom.other)):
        counts = _counts(template, int(atom.other), inner)
        for voucher_id, fen in reader.entries(inner):
            yield voucher_id, counts * fen


def _named(atom: Atom, worked: Worked) -> tuple[Cell, Cell, Cell]:
    """Account, its name, and what of it counts."""
    if atom.kind == "F":
        return "", _(_FIGURES[atom.detail]), atom.other
    if atom.kind == "S":
        far = far_reader(worked, atom)
        item = far[0].line(int(atom.other)) if far else None
        when = _("when the months begin") if atom.part else ""
        return "", say(item.item) if item else "", when or (say(far[0].title) if far else "")
    title = worked.chart[atom.account].title(i18n.language())
    return atom.account, title, _kind(atom, worked.reader)


@contextmanager
def _worked(book: Book, name: str, span: Span, layout: Layout) -> Iterator[Worked]:
    with book.reading() as connection:
        yield Worked.over(connection, book.info, name, span, layout)


def _kind(atom: Atom, reader: Reader) -> str:
    if atom.kind == "T":
        return _("given to {account}").format(account=reader.chart[atom.other].title(i18n.language()))
    return atom.detail or _(_KINDS[atom.part or atom.kind])


def _counts(layout: Template, no: int, atom: Atom) -> int:
    """How often an atom counts in a line: the line's figure with one fen there and none elsewhere."""
    lines, _problems = work_out(layout, {a: int(a == atom) for a in layout.atoms()})
    return lines.get(no, 1)


def _weight(template: Template, node: Node, atom: Atom) -> int:
    """As `_counts`, in a side of a check."""
    from fractions import Fraction

    from villagebook.domain.formula import DivisionByNothingError, evaluate

    lines, _problems = work_out(template, {a: int(a == atom) for a in template.atoms()})
    exact = {i.no: Fraction(lines.get(i.no, 0)) for i in template.items if i.no}
    try:
        return round(evaluate(node, exact, lambda a: int(a == atom)))
    except DivisionByNothingError:
        return 1
