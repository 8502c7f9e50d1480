"""The proof "two lines of the month": as a value, as a table, as one sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from villagebook.domain.money import yuan_text
from villagebook.domain.money_layers import Layer, Origin
from villagebook.domain.period import Span
from villagebook.domain.place import Line
from villagebook.domain.proof import Banked, Funded, Proof, prove
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.exchange.memory import uncollected
from villagebook.i18n import N_, _, ngettext
from villagebook.storage import ledger, registry
from villagebook.storage import proof as stored
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

NAME = "two-lines"
Row = tuple[Cell, ...]


@uncollected()
def proof_of(book: Book, span: Span) -> Proof:
    """Every receipt to its deposit, every payment to the appropriation that funded it, and what lies between."""
    with book.reading() as connection:
        places = registry.read_places(connection)
        opening = opening_of(ledger.place_balances_before(connection, book.info.start))
        first, last = span.first.first_day, span.last.last_day
        moves = tuple(stored.moves(connection, first, last))
        by_id = {m.id: m for m in moves}
        found = stored.slips(connection)
        slips = {receipt: by_id[slip] for receipt, slip in found.items() if slip in by_id}
        past, odd = stored.past(connection, first), stored.odd(connection, last)
        made = prove(span, places, opening, moves, slips, past, odd)
        return replace(
            made,
            payments=_labelled(connection, made.payments),
            untold=stored.untold(connection, span.first, span.last),
            undone=stored.undone(connection, span.first, span.last),
        )


def _labelled(connection: Connection, payments: tuple[Funded, ...]) -> tuple[Funded, ...]:
    """What paid may have come before the span; only now it is looked up what it is called."""
    nameless = {
        layer.voucher.seq for p in payments for layer in p.layers if layer.voucher and not layer.voucher.label
    }
    if not nameless:
        return payments
    names = stored.labels(connection, nameless)

    def named(layer: Layer) -> Layer:
        if layer.voucher is None or layer.voucher.seq not in names:
            return layer
        voucher_id, label = names[layer.voucher.seq]
        return layer._replace(voucher=layer.voucher._replace(id=voucher_id, label=label))

    return tuple(replace(p, layers=tuple(map(named, p.layers))) for p in payments)


def opening_of(found: dict[tuple[str, str], int]) -> dict[str, int]:
    """Balances by account and money place as balances by money place."""
    sums: dict[str, int] = {}
    for (_account, code), fen in found.items():
        sums[code] = sums.get(code, 0) + fen
    return sums


def sentence(proof: Proof) -> str:
    """That nothing crossed, or where it did."""
    if proof.untold:
        return ngettext(
            "{n} imported voucher of these months names no money place; for it nothing can be proven.",
            "{n} imported vouchers of these months name no money place; for them nothing can be proven.",
            proof.untold,
        ).format(n=proof.untold)
    if not proof.crossings:
        return _(
            "Nothing crossed: {receipts} received went to the bank or lies in the drawer, and the {payments} spent came out of what was appropriated or set aside."
        ).format(
            receipts=yuan_text(sum(r.fen for r in proof.receipts)),
            payments=yuan_text(sum(p.fen for p in proof.payments)),
        )
    first = proof.crossings[0]
    return ngettext(
        "The lines crossed once: {where}, {amount} from {place}.",
        "The lines crossed {n} times, first: {where}, {amount} from {place}.",
        len(proof.crossings),
    ).format(
        n=len(proof.crossings),
        where=f"{first.voucher.booked_on.isoformat()} {first.voucher.label}",
        amount=yuan_text(first.fen),
        place=first.place,
    )


Sums = tuple[tuple[str, str], ...]


def sums(proof: Proof) -> tuple[Sums, Sums]:
    """What to read first, in two columns: (words, amount) of the income line, and of the expense line."""
    income = (
        (_("Received"), sum(r.fen for r in proof.receipts)),
        (_("of it in the bank"), sum(r.fen for r in proof.receipts if r.banked_on)),
        (_("Received and not yet banked"), proof.in_drawer_fen),
        (_("On the income line, not appropriated"), proof.on_income_fen),
    )
    expense = (
        (_("Appropriated"), sum(fen for _m, fen in proof.appropriated)),
        (_("Paid"), sum(p.fen for p in proof.payments)),
        (_("Appropriated and not yet spent"), proof.on_expense_fen),
        (_("In the imprest"), proof.in_imprest_fen),
    )
    return _in_yuan(income), _in_yuan(expense)


def _in_yuan(rows: tuple[tuple[str, int], ...]) -> Sums:
    return tuple((words, yuan_text(fen)) for words, fen in rows)


def two_lines(book: Book, span: Span) -> Table:
    """The proof as one table: the income line, the expense line, what lies between, what crossed."""
    return table_of(proof_of(book, span))


def table_of(found: Proof) -> Table:
    """As `two_lines`, of a proof already made."""
    rows: list[Row] = []
    targets: list[str] = []
    strong: set[int] = set()
    machine: list[Row] = []
    for section in _sections(found):
        strong.add(len(rows))
        rows.append((section.title, "", "", "", section.sum_fen, None, None, None, None))
        targets.append("")
        before = ""
        for row, target in section.rows:
            machine.append((section.code, *row))
            again = bool(target) and target == before
            rows.append(("", *(("", "", "", None) if again else row[:4]), *row[4:]))
            targets.append(target)
            before = target
    return Table(
        NAME,
        _("Two lines: proof"),
        f"{found.span}  {sentence(found)}",
        _columns(),
        tuple(rows),
        0,
        tuple(targets),
        frozenset(strong),
        tuple(machine),
    )


class _Section(NamedTuple):
    """A part of the table: its rows with where each leads, and their sum in fen, None where nothing is added up."""

    code: str
    title: str
    rows: list[tuple[Row, str]]
    sum_fen: int | None


def _sections(found: Proof) -> tuple[_Section, ...]:
    appropriated: list[tuple[Row, str]] = [
        (
            (m.booked_on.isoformat(), m.label, _what(m.party, m.summary), fen, None, None, None, None),
            f"voucher:{m.id}",
        )
        for m, fen in found.appropriated
    ]
    nowhere: tuple[Row, str] = (("", "", _("nowhere"), None, None, None, None, None), "")
    return (
        _Section(
            "income", _("Income line"), _receipt_rows(found.receipts), sum(r.fen for r in found.receipts)
        ),
        _Section(
            "appropriation", _("Appropriated"), appropriated, sum(fen for _m, fen in found.appropriated)
        ),
        _Section(
            "expenditure",
            _("Expense line"),
            _payment_rows(found.payments),
            sum(p.fen for p in found.payments),
        ),
        _Section("between", _("In between"), [(r, "") for r in _between(found)], None),
        _Section("crossing", _("Crossed"), _crossing_rows(found) or [nowhere], None),
    )


def _columns() -> tuple[Column, ...]:
    return (
        Column("part", _("Line of money"), Shape.TEXT, 9),
        Column("date", _("Date"), Shape.DAY, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("what", _("Other party and purpose"), Shape.TEXT, 26),
        Column("amount", _("Amount"), Shape.MONEY, 11),
        Column("other_date", _("Matched on"), Shape.DAY, 9),
        Column("other", _("Matched with"), Shape.TEXT, 13),
        Column("days", _("Days"), Shape.COUNT, 5),
        Column("share", _("Of it"), Shape.MONEY, 11),
    )


def _what(party: str, summary: str) -> str:
    return f"{party} {summary}".strip()


def _receipt_rows(receipts: tuple[Banked, ...]) -> list[tuple[Row, str]]:
    made: list[tuple[Row, str]] = []
    for r in receipts:
        banked = r.banked_on.isoformat() if r.banked_on else None
        slip = r.slip if r.banked_on else _("in the drawer")
        row: Row = (
            r.voucher.booked_on.isoformat(),
            r.voucher.label,
            _what(r.voucher.party, r.voucher.summary),
            r.fen,
            banked,
            slip,
            r.days,
            r.fen if r.banked_on else 0,
        )
        made.append((row, f"voucher:{r.voucher.id}"))
    return made


def _payment_rows(payments: tuple[Funded, ...]) -> list[tuple[Row, str]]:
    made: list[tuple[Row, str]] = []
    for p in payments:
        head: tuple[Cell, ...] = (
            p.voucher.booked_on.isoformat(),
            p.voucher.label,
            _what(p.voucher.party, p.voucher.summary),
            p.fen,
        )
        for layer in _merged(p.layers):
            day = layer.day.isoformat() if layer.day else None
            days = (p.voucher.booked_on - layer.day).days if layer.day else None
            made.append(((*head, day, _origin(layer), days, layer.fen), f"voucher:{p.voucher.id}"))
        if p.missing_fen:
            made.append(((*head, None, _("not covered"), None, p.missing_fen), f"voucher:{p.voucher.id}"))
    return made


def _merged(layers: tuple[Layer, ...]) -> list[Layer]:
    """Layers of one voucher as one."""
    made: dict[str, Layer] = {}
    for layer in layers:
        key = layer.voucher_id or layer.origin
        before = made.get(key)
        made[key] = layer._replace(fen=layer.fen + before.fen) if before else layer
    return list(made.values())


_OPENINGS = {
    Line.INCOME: N_("opening of the income line"),
    Line.EXPENDITURE: N_("opening of the expense line"),
    Line.SPECIAL: N_("opening of the fund"),
    Line.AGENCY: N_("opening of what is held for others"),
}


def _origin(layer: Layer) -> str:
    if layer.origin is Origin.OPENING:
        return _(_OPENINGS.get(layer.line, _OPENINGS[Line.EXPENDITURE]))
    return layer.label


def _between(proof: Proof) -> list[Row]:
    named = (
        (_("Received and not yet banked"), proof.in_drawer_fen),
        (_("On the income line, not appropriated"), proof.on_income_fen),
        (_("Appropriated and not yet spent"), proof.on_expense_fen),
        (_("In the imprest"), proof.in_imprest_fen),
        (_("Set aside: special funds and money of others"), proof.aside_fen),
        (_("Taken by the bank itself as its fee"), proof.fees_fen),
    )
    made: list[Row] = [("", "", text, fen, None, None, None, None) for text, fen in named]
    if proof.undone:
        words = ngettext(
            "{n} red voucher and what it undid are left out",
            "{n} red vouchers and what they undid are left out",
            proof.undone,
        )
        made.append(("", "", words.format(n=proof.undone), None, None, None, None, None))
    return made


def _crossing_rows(proof: Proof) -> list[tuple[Row, str]]:
    return [
        (
            (
                c.voucher.booked_on.isoformat(),
                c.voucher.label,
                _what(c.voucher.party, c.voucher.summary),
                c.fen,
                None,
                f"{c.error_id} {c.place}",
                None,
                None,
            ),
            f"voucher:{c.voucher.id}",
        )
        for c in proof.crossings
    ]
