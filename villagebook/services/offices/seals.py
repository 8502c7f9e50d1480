"""The register of seals: handed over from one to another, taken out of use; every hand it was in stays (R24)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.seals import Holding, Kept, SealKind, current, history, in_use_on
from villagebook.i18n import _
from villagebook.rules.line_facts import Handing, LineFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import seals as store
from villagebook.storage.book import Book


def hand_over(book: Book, holding: Holding, by: By) -> str:
    """Put an item into somebody's hands from a day on, or out of use (no person); returns the item's id.

    An empty `item` is a new one. Raises Refused (E2L-42): all with one person, nobody known, no name, a day in the future
    or before the last handover, out of use without a reason.
    """
    with book.writing(by.actor, by.at) as writing:
        held = store.holdings(writing.connection)
        last = next((h for h in reversed(held) if h.item == holding.item), None)
        if last is not None:
            holding = replace(holding, kind=last.kind, name=last.name)
        now = replace(holding, name=holding.name.strip(), reason=holding.reason.strip())
        facts = gather.ground(writing.connection, book.info, by.day)
        problems = _problems(now, last, known=set(facts.staff.persons), taken=held, by=by)
        refuse("E2L-42", now.name, problems, "people")
        others = tuple(h for h in current(held) if h.item != now.item)
        pass_or_refuse(replace(facts, line=LineFacts(handing=Handing(now, others))), When.REGISTER)
        item = now.item or new_id()
        writing.log(
            "seal.held",
            {
                "item": item,
                "kind": now.kind.value,
                "name": now.name,
                "person_id": now.person_id,
                "from_on": now.from_on.isoformat(),
                "reason": now.reason,
            },
            new_id(),
            "people",
        )
        return item


def _problems(
    now: Holding, last: Holding | None, *, known: set[str], taken: tuple[Holding, ...], by: By
) -> list[str]:
    found = []
    if not now.name:
        found.append(_("Say which seal or token it is, such as the name of the bank."))
    if now.item and last is None:
        found.append(_("There is no such seal."))
    if not now.item and any((h.kind, h.name) == (now.kind, now.name) for h in current(taken)):
        found.append(_("{name} is in the list already; choose it to hand it over.").format(name=now.name))
    if now.person_id and now.person_id not in known:
        found.append(_("There is no such person."))
    if not now.person_id and not now.item:
        found.append(_("Choose who keeps it."))
    if not now.person_id and len(now.reason) < 4:
        found.append(_("Say why it is out of use, in at least four characters."))
    if now.from_on > by.day:
        found.append(_("A handover is entered on its day or after it."))
    if last is not None and now.from_on < last.from_on:
        text = _("It was handed over on {day}; a day before that cannot be.")
        found.append(text.format(day=last.from_on.isoformat()))
    if last is not None and now.person_id and now.person_id == last.person_id:
        found.append(_("This person keeps it already."))
    return found


def kept(book: Book) -> tuple[Kept, ...]:
    """Who keeps and kept what: those that last first, then the newest first."""
    with book.reading() as connection:
        return history(store.holdings(connection))


def in_hands(book: Book) -> tuple[Holding, ...]:
    """Every item in use with whoever keeps it now."""
    with book.reading() as connection:
        return current(store.holdings(connection))


def names(book: Book) -> dict[str, str]:
    """What every seal that ever stood in the register is called, by its entry."""
    with book.reading() as connection:
        return store.names(connection)


def to_choose(book: Book, kind: SealKind, day: date) -> tuple[Holding, ...]:
    """Seals of a kind that somebody kept on a day: what a slip signed that day can bear."""
    return in_use_on(kept(book), kind, day)


__all__ = ["Holding", "SealKind", "hand_over", "in_hands", "kept", "names", "to_choose"]
