"""The second person's check (审核): somebody else holds a posted voucher without signatures against its paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from villagebook.domain import moment
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.people import Person
from villagebook.i18n import _
from villagebook.rules.check_facts import CheckFacts
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.voucher_checks import UNCHECKED, why_not
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import documents as docs
from villagebook.storage import posted_vouchers, registry
from villagebook.storage import voucher_checks as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.voucher_acts import acts_of


def waits(book: Book, voucher_id: str) -> bool:
    """Whether a second person has still to check this voucher."""
    with book.reading() as connection:
        return store.waits(connection, voucher_id)


def who_may(book: Book, voucher_ids: Iterable[str], by: By) -> tuple[Person, ...]:
    """Everybody who may check all of these today."""
    with book.reading() as connection:
        staff = registry.read_staff(connection)
        told = [found for i in voucher_ids if (found := _told(connection, i, ""))]
    return tuple(
        p
        for p in staff.persons.values()
        if not any(any(why_not(staff, replace(t, checker=p.id), by.day)) for t in told)
    )


def confirm(book: Book, voucher_ids: Iterable[str], person_id: str, by: By) -> tuple[str, ...]:
    """This person has held these vouchers against their papers, all or none; returns their labels.

    Raises Refused: nobody chosen, one that waits for no check, or VCH-24.
    """
    wanted = tuple(dict.fromkeys(voucher_ids))
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        found = {i: _told(connection, i, person_id) for i in wanted}
        idle = (
            _idle(told, ident)
            for ident, told in found.items()
            if told is None or not store.waits(connection, ident)
        )
        refuse("VCH-25", "", idle, UNCHECKED)
        refuse("VCH-25", "", () if person_id else [_("Choose who has checked.")], UNCHECKED)
        refuse("VCH-25", "", () if wanted else [_("Mark the vouchers that were checked.")], UNCHECKED)
        told = tuple(t for t in found.values() if t)
        facts = replace(gather.ground(connection, book.info, by.day), checks=told)
        pass_or_refuse(facts, When.REGISTER)
        for ident in wanted:
            writing.log(
                "voucher.checked", {"voucher_id": ident, "person_id": person_id}, new_id(), "vouchers"
            )
        return tuple(t.label for t in told)


def review(connection: Connection, base: Facts) -> Iterator[Finding]:
    """Checks in the log that count for nothing: by somebody who could not check it, or of what waited for none."""
    for voucher_id, person_id, at, asked in store.checks(connection):
        told = _told(connection, voucher_id, person_id)
        day = moment.day_of(at)
        if told is None or not asked:
            yield Finding(
                "VCH-25", Severity.ERROR, told.label if told else voucher_id, _idle(told, voucher_id)
            )
        elif any(why_not(base.staff, told, day)):
            yield from look(replace(base, today=day, checks=(told,)), When.REGISTER)


def _idle(told: CheckFacts | None, voucher_id: str) -> str:
    return _("{label} waits for no check (any more).").format(label=told.label if told else voucher_id)


def _told(connection: Connection, voucher_id: str, person_id: str) -> CheckFacts | None:
    """None when the book holds no such voucher."""
    voucher = posted_vouchers.voucher(connection, voucher_id)
    if voucher is None:
        return None
    acts = acts_of(connection, voucher_id)
    held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
    return CheckFacts(
        voucher.label,
        voucher.booked_on,
        person_id,
        frozenset(name for name in (acts.entered_by, acts.posted_by) if name),
        held.document.handler if held else "",
    )
