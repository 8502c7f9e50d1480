"""Lists with payees as they stand: what was reviewed, shown, paid and proven of each; which may be paid next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from villagebook.domain.pay_list import ListKind, PayList
from villagebook.domain.pay_list_proof import (
    ListProof,
    ListShown,
    ListState,
    PaidList,
    everybody_got,
)
from villagebook.domain.period import Span
from villagebook.i18n import _
from villagebook.services.gate import refusal
from villagebook.storage import documents as docs
from villagebook.storage import pay_lists as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

SUBJECT = "list:"
"""Before the number of a list whose review is signed."""


@dataclass(frozen=True, slots=True)
class ListStanding:
    """A list with how far it is; `dropped` says why nobody pays it any more."""

    content: PayList
    state: ListState
    reviewed_on: date | None = None
    shown: ListShown | None = None
    proofs: tuple[ListProof, ...] = ()
    paid_by: store.Naming | None = None
    dropped: str = ""
    reviewers: int = 0


def standings(book: Book, *, with_dropped: bool = False) -> tuple[ListStanding, ...]:
    """Every list with how far it is, by number; those that were dropped only when they are asked for."""
    with book.reading() as connection:
        return standings_in(connection, with_dropped=with_dropped)


def standings_in(connection: Connection, *, with_dropped: bool = False) -> tuple[ListStanding, ...]:
    """As `standings`, where a transaction is open."""
    named = store.all_naming(connection, "pay_list")
    made = [_standing(connection, one, named.get(code, [])) for code, one in store.lists(connection).items()]
    if with_dropped:
        gone = store.dropped(connection).values()
        made += [ListStanding(one, ListState.DROPPED, dropped=why) for one, why in gone]
    return tuple(sorted(made, key=lambda s: s.content.code))


def _standing(connection: Connection, one: PayList, named: list[store.Naming]) -> ListStanding:
    content_hash = one.content_hash()
    shown = store.shown(connection, one.code, content_hash)
    reviewed = store.reviewed_on(connection, one.code, content_hash)
    proofs = store.proofs(connection, one.code, content_hash)
    paid_by = named[-1] if named else None
    if paid_by:
        state = ListState.PAID if paid_by.voucher_id else ListState.WAITING
        state = ListState.PROVEN if paid_by.voucher_id and everybody_got(proofs) else state
    else:
        state = ListState.SHOWN if shown else ListState.REVIEWED if reviewed else ListState.ENTERED
    given = len(docs.signatures(connection, f"{SUBJECT}{one.code}", content_hash))
    return ListStanding(one, state, reviewed, shown, proofs, paid_by, reviewers=given)


def needed(book: Book, code: str) -> PayList:
    """One list as it is now. Raises Refused: no such list."""
    with book.reading() as connection:
        return needed_in(connection, code)


def needed_in(connection: Connection, code: str) -> PayList:
    """As `needed`, where a transaction is open."""
    found = store.pay_list(connection, code)
    if found is None:
        text = _("There is no such list.")
        raise refusal("LST-06", code or "-", text, target="register:lists")
    return found


def target_of(code: str) -> str:
    return f"register:lists/{code}"


def paid(book: Book, span: Span, kinds: Iterable[ListKind] = tuple(ListKind)) -> tuple[PaidList, ...]:
    """Lists a live voucher of the span paid, with their rows: what the board sheets of pay and subsidies read."""
    with book.reading() as connection:
        return store.paid_lists(connection, span.first.first_day, span.last.last_day, kinds)


def choices(book: Book) -> tuple[PayList, ...]:
    """Lists no document pays yet."""
    return tuple(s.content for s in standings(book) if s.paid_by is None)


def next_code(book: Book, day: date) -> str:
    """The number a new list gets: L2025-001 and so on; a dropped one keeps its number."""
    with book.reading() as connection:
        return next(
            code for n in range(1, 10_000) if not store.is_taken(connection, code := f"L{day.year}-{n:03d}")
        )
