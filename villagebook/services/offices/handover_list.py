"""The list of what passes with an office, compiled from the book on its day (AP16)."""

from __future__ import annotations

import json

from villagebook.domain.office_handover import HandoverList, Part, PartCode, Terms
from villagebook.domain.people import Post
from villagebook.domain.place import PlaceKind
from villagebook.domain.receipts import BookStanding, BookState
from villagebook.domain.seals import current
from villagebook.domain.table import Cell
from villagebook.rules.facts import Facts
from villagebook.rules.office_facts import Counted, HandoverFacts, Stated
from villagebook.services.banking.counting import account_groups
from villagebook.services.gathering import contract_facts, line_facts, loan_facts, office_facts
from villagebook.services.registers.funds import unsettled_in
from villagebook.storage import documents as docs
from villagebook.storage import ledger, offices, receipts, two_lines
from villagebook.storage import seals as seal_store
from villagebook.storage.engine import Connection

Row = tuple[Cell, ...]


def compiled(
    connection: Connection, facts: Facts, terms: Terms, post: Post, handover_id: str
) -> HandoverList:
    """Everything as the book has it at the close of the day of the handover."""
    parts = (
        Part(PartCode.CASH, tuple(_cash(connection, facts, terms))),
        Part(PartCode.BANK, tuple(_bank(connection, facts, terms))),
        Part(PartCode.RECEIPTS, tuple(_receipt_book(facts, s) for s in receipts.standings(connection))),
        Part(PartCode.VOUCHERS, tuple(tuple(r) for r in offices.numbers_by_month(connection, terms.on))),
        Part(
            PartCode.SEALS,
            tuple(
                (h.kind.value, h.name, facts.staff.name(h.person_id), h.from_on.isoformat())
                for h in current(seal_store.holdings(connection))
            ),
        ),
        Part(PartCode.CONTRACTS, tuple(_contracts(connection, facts, terms))),
        Part(PartCode.OPEN, tuple(_open(connection, facts, terms))),
        Part(PartCode.FILES, tuple(_files(connection))),
    )
    return HandoverList(handover_id, terms, post.kind, post.person_id, parts)


def facts_of(connection: Connection, facts: Facts, content: HandoverList, post: Post | None) -> HandoverFacts:
    """What the rules ask about a list."""
    terms = content.terms
    return HandoverFacts(
        content,
        post,
        tuple(
            Counted(str(r[0]), int(r[1] or 0), None if r[2] is None else int(r[2]))
            for r in content.part(PartCode.CASH).rows
        ),
        tuple(_stated(connection, facts, terms)),
        () if _stays_on(facts, content) else _seals_kept(connection, content),
        last_signed_on=office_facts.last_signed(connection, facts, post) if post else None,
        purses=() if _stays_on(facts, content) else _purses_kept(connection, facts, content),
    )


def _cash(connection: Connection, facts: Facts, terms: Terms) -> list[Row]:
    """Name, book, counted (None when nobody counted), notes and coins, who counted and who saw it."""
    balances = ledger.place_balances_on(connection, terms.on)
    made: list[Row] = []
    for place in facts.places.all():
        if not place.is_cash:
            continue
        count = offices.counted_on(connection, place.code, terms.on)
        if count is None:
            made.append((place.name, balances.get(place.code, 0), None, "", "", ""))
            continue
        notes = [(fen, n) for fen, n in json.loads(count[1]) if n]
        text = ", ".join(f"{fen // 100 if fen % 100 == 0 else fen / 100:g}×{n}" for fen, n in notes)
        names = (facts.staff.name(count[2]), facts.staff.name(count[3]))
        made.append((place.name, balances.get(place.code, 0), count[0], text, *names))
    return made


def _stated(connection: Connection, facts: Facts, terms: Terms) -> list[Stated]:
    made = []
    balances = ledger.place_balances_on(connection, terms.on)
    for codes, title in account_groups(facts.places):
        book_fen = sum(balances.get(c, 0) for c in codes)
        moved_on = offices.last_move(connection, codes, terms.on)
        told = offices.stated_until(connection, codes, terms.on)
        if told is None:
            made.append(Stated(title, book_fen, None, 0, moved_on))
            continue
        then = ledger.place_balances_on(connection, told[0])
        left_fen = told[1] + told[2] - sum(then.get(c, 0) for c in codes)
        made.append(Stated(title, book_fen, told[0], left_fen, moved_on))
    return made


def _bank(connection: Connection, facts: Facts, terms: Terms) -> list[Row]:
    """Name, book, day of the newest statement, the bank's balance on it, what is left unexplained."""
    made: list[Row] = []
    groups = account_groups(facts.places)
    for (codes, _title), stated in zip(groups, _stated(connection, facts, terms), strict=True):
        told = offices.stated_until(connection, codes, terms.on)
        day = stated.stated_on.isoformat() if stated.stated_on else ""
        made.append((stated.name, stated.book_fen, day, told[1] if told else None, stated.unexplained_fen))
    return made


def _receipt_book(facts: Facts, stands: BookStanding) -> Row:
    """Kind, range, used up to, what is unused, voided, keeper, state."""
    book = stands.book
    used = book.number_text(stands.top) if stands.top >= book.first else ""
    unused = f"{stands.next_no}-{book.number_text(book.last)}" if stands.next_no else ""
    span = f"{book.number_text(book.first)}-{book.number_text(book.last)}"
    voided = ", ".join(book.number_text(v.number) for v in stands.voided)
    state = BookState(stands.state).value
    return (book.kind, span, used, unused, voided, facts.staff.name(book.custodian), state)


def _contracts(connection: Connection, facts: Facts, terms: Terms) -> list[Row]:
    """Number, name, other party, last day, what is still to come."""
    living = contract_facts.living(connection, terms.on)
    return [
        (code, s.contract.name, s.contract.party, s.contract.to_on.isoformat(), s.left_fen)
        for code, s in contract_facts.states(connection, terms.on, facts.policy).items()
        if code in living
    ]


def _open(connection: Connection, facts: Facts, terms: Terms) -> list[Row]:
    """Kind, day, what, who, fen: whatever somebody has to finish."""
    made: list[Row] = [
        ("document", d.booked_on.isoformat(), d.summary, d.party, d.total_fen)
        for _seq, d in docs.waiting_documents(connection)
    ]
    for document_id, content_hash, _day, _stop in docs.rejections(connection):
        again = docs.submitted(connection, document_id)
        if again and again.content_hash == content_hash and not docs.is_waiting(connection, document_id):
            d = again.document
            made.append(("rejected", d.booked_on.isoformat(), d.summary, d.party, d.total_fen))
    made += [
        ("takings", t.received_on.isoformat(), t.receipt_no, t.party, t.amount_fen)
        for t in docs.takings(connection)
        if t.received_on <= terms.on
    ]
    made += [
        ("bill", b.bill_on.isoformat(), b.what, b.payee, b.amount_fen)
        for b in unsettled_in(connection, terms.on)
    ]
    made += [
        (c.kind, c.paid_on.isoformat(), "", c.party, c.open_fen)
        for c in line_facts.open_claims(connection, facts)
    ]
    made += [
        (s.loan.side.value, s.loan.given_on.isoformat(), code, s.loan.party, s.left_fen)
        for code, s in loan_facts.states(connection, facts.start, terms.on).items()
        if s.left_fen
    ]
    return made


def _files(connection: Connection) -> list[Row]:
    files, position, head = offices.file_totals(connection)
    return [("files", str(files)), ("position", str(position)), ("head", head)]


def _stays_on(facts: Facts, content: HandoverList) -> bool:
    """Whoever stays in another post may keep seals and purses."""
    terms = content.terms
    return any(
        p.person_id == content.giver and p.id != terms.post_id and p.covers(terms.on)
        for p in facts.staff.posts
    )


def _seals_kept(connection: Connection, content: HandoverList) -> tuple[str, ...]:
    return tuple(h.name for h in current(seal_store.holdings(connection)) if h.person_id == content.giver)


def _purses_kept(connection: Connection, facts: Facts, content: HandoverList) -> tuple[str, ...]:
    return tuple(
        p.name
        for p in facts.places.of_kind(PlaceKind.IM)
        if two_lines.holder_of(connection, p.code, content.terms.on) == content.giver
    )
