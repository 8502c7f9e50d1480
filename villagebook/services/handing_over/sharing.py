"""Dividing a sum among the households of the register: equally, by members, by shares; to the fen; and paying it out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from villagebook.domain.account import MEMBERS
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import KnownError
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.roster import Household
from villagebook.domain.voucher import DocKind
from villagebook.domain.year_end import Share, ShareKind, parted
from villagebook.i18n import _
from villagebook.services.by import By
from villagebook.services.registers.roster import party_names
from villagebook.services.vouchers import documents
from villagebook.storage import links, roster
from villagebook.storage.book import Book


class Measure(StrEnum):
    """What a household's part is measured by."""

    HOUSEHOLD = "household"
    MEMBERS = "members"
    SHARES = "shares"


def household_shares(book: Book, year: int, total_fen: int, measure: Measure) -> tuple[Share, ...]:
    """One part for every household that belongs at the year's end, in the order of codes; parts of nothing are left out.

    Raises KnownError: no household, or none with a member or share.
    """
    day = Period(year, 12).last_day
    with book.reading() as connection:
        living = [h for h in roster.households(connection).values() if h.left_on is None or h.left_on > day]
    names = {link.code: name for link, name in party_names(book) if link.kind is LinkKind.HOUSEHOLD}
    weights = [_weight(h, measure, year) for h in living]
    if not any(weights):
        raise KnownError(
            _("No household of the register can be given a part."),
            _("Enter the households with their members or shares on the page Registers, or give one sum."),
        )
    parts = zip(living, parted(total_fen, weights), strict=True)
    return tuple(
        Share(ShareKind.MEMBERS, fen, names.get(h.code, h.title), "", (Link(LinkKind.HOUSEHOLD, h.code),))
        for h, fen in parts
        if fen
    )


def _weight(household: Household, measure: Measure, year: int) -> Fraction:
    """Raises KnownError for shares that are no number."""
    if measure is Measure.HOUSEHOLD:
        return Fraction(1)
    if measure is Measure.MEMBERS:
        return Fraction(len(household.present(Period(year, 12).last_day)))
    try:
        return Fraction(household.shares.strip() or "0")
    except ValueError:
        raise KnownError(
            _("The shares of household {code} are no number: {shares}.").format(
                code=household.code, shares=household.shares
            ),
            _("Correct them on the page Registers."),
        ) from None


def payout(book: Book, day: date, group: int, by: By) -> Document:
    """A draft that pays the households of a group what the collective owes them on current accounts, one line each.

    A current account goes both ways: who owes the collective gets what is left; loans stay apart. Its words are words of the books, kept in
    Chinese whatever language the screen speaks. Raises KnownError when nothing is owed to the group.
    """
    with book.reading() as connection:
        living = {code: h for code, h in roster.households(connection).items() if h.group == group}
        open_ = links.details_on(connection, MEMBERS, day)
    owed: dict[str, tuple[str, int]] = {}
    for party, _project, fen, belongs in open_:
        if any(k.kind is LinkKind.LOAN for k in belongs):
            continue  # a loan is paid back by its own agreement
        for code in (k.code for k in belongs if k.kind is LinkKind.HOUSEHOLD and k.code in living):
            owed[code] = (party, owed.get(code, ("", 0))[1] - fen)
    items = tuple(
        Item(MEMBERS, fen, f"收益分配款 {party}", links=(Link(LinkKind.HOUSEHOLD, code),), party=party)
        for code, (party, fen) in sorted(owed.items())
        if fen > 0
    )
    if not items:
        raise KnownError(
            _("The collective owes the households of group {group} nothing on {day}.").format(
                group=group, day=day.isoformat()
            ),
            _("Close the year and divide its result among the households first."),
        )
    words = f"{group}组{len(items)}户收益分配款"
    made = replace(
        documents.new_document(DocKind.PAYMENT, day),
        summary=words,
        party=f"{group}组成员{len(items)}户",
        items=items,
        support=Support.SIGNED_LIST,
    )
    documents.save_draft(book, made, by)
    return made
