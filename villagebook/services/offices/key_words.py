"""Officials' keys in words: the list, what a key signed, the fingerprint sheet, where the township's trust stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebook.domain import moment
from villagebook.domain.key_sheet import KeySheet
from villagebook.domain.keys import KeyRequest, KeyState, Standing, StopReason
from villagebook.domain.people import PostKind
from villagebook.domain.table import Cell, Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.rules.post_words import post_title
from villagebook.services.gathering import key_facts
from villagebook.services.offices import key_desk, key_store, keys
from villagebook.storage import documents as docs
from villagebook.storage import keys as store
from villagebook.storage import policies, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

STATES = {
    KeyState.KNOWN: N_("waits for the township"),
    KeyState.VALID: N_("valid"),
    KeyState.STOPPED: N_("stopped"),
    KeyState.REVOKED: N_("revoked"),
    KeyState.EXPIRED: N_("expired"),
    KeyState.ENDED: N_("left office"),
}
STOPS = {
    StopReason.LOST: N_("the stick is lost"),
    StopReason.LEFT: N_("its owner left office"),
    StopReason.REPLACED: N_("replaced by a new key"),
}


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A key of the list. `says` tells in one sentence what its state is about; `here` that its sealed half is on this computer."""

    standing: Standing
    name: str
    state: KeyState
    says: str
    here: bool
    signed: int


def rows(book: Book, today: date) -> tuple[KeyRow, ...]:
    """Every key, those that may sign first."""
    with book.reading() as connection:
        found = _rows(connection, book.info.book_id, today)
    order = list(KeyState)
    first = (KeyState.VALID, KeyState.KNOWN)
    return tuple(sorted(found, key=lambda r: (r.state not in first, order.index(r.state), r.name)))


def _rows(connection: Connection, book_id: str, today: date) -> list[KeyRow]:
    staff = registry.read_staff(connection)
    made = []
    for standing in keys.all_standings(connection):
        key = standing.key
        in_office = not key_facts.left_office(staff, key.person_id, today)
        state = standing.state_on(today, in_office=in_office)
        made.append(
            KeyRow(
                standing,
                staff.name(key.person_id),
                state,
                _says(standing, state, staff.name),
                key_store.sealed_path(book_id, key.key_id).is_file(),
                len(store.given(connection, key.key_id)),
            )
        )
    return made


def _says(standing: Standing, state: KeyState, name_of: Callable[[str], str]) -> str:
    stop, entry = standing.stop, standing.entry
    if state is KeyState.STOPPED and stop is not None:
        text = _("stopped on {day}, {why}; reported by {name}: {reason}")
        return text.format(
            day=stop.stopped_on.isoformat(),
            why=_(STOPS[stop.what]),
            name=name_of(stop.reported_by),
            reason=stop.reason,
        )
    if state is KeyState.REVOKED and entry is not None and entry.revoked_on is not None:
        text = _("revoked by the township from {day} on: {reason}")
        return text.format(day=entry.revoked_on.isoformat(), reason=entry.reason)
    if state is KeyState.KNOWN:
        return _("signs nothing before the township's answer is taken in")
    if state is KeyState.ENDED:
        return _("its owner holds no post any more")
    if standing.until_on is not None:
        return _("certified until {day}").format(day=standing.until_on.isoformat())
    return _("no township has certified it; the village answers for it alone")


def keys_table(book: Book, today: date, *, short: bool = False) -> Table:
    """For the package and the command line; `short` for the screen, which says the rest below."""
    columns: tuple[Column, ...] = (
        Column("person", _("Person"), Shape.TEXT, 9),
        Column("post", _("Post"), Shape.TEXT, 13),
        Column("state", _("State"), Shape.TEXT, 10, tuple((s.value, _(t)) for s, t in STATES.items())),
        Column("from", _("Since"), Shape.DAY, 9),
        Column("until", _("Until"), Shape.DAY, 9),
        Column("signed", _("Signed"), Shape.COUNT, 6),
        Column("key", _("Fingerprint"), Shape.TEXT, 17),
        Column("says", _("Remark"), Shape.TEXT, 24),
    )
    made: list[tuple[Cell, ...]] = []
    targets = []
    for row in rows(book, today):
        key = row.standing.key
        until = row.standing.until_on.isoformat() if row.standing.until_on else ""
        made.append(
            (
                row.name,
                _post(key.post),
                _(STATES[row.state]),
                key.from_on.isoformat(),
                until,
                row.signed,
                key.key_id,
                row.says,
            )
        )
        targets.append(f"key:{key.key_id}")
    if short:
        kept = [at for at, column in enumerate(columns) if column.key not in ("from", "says")]
        columns = tuple(columns[at] for at in kept)
        made = [tuple(row[at] for at in kept) for row in made]
    return Table("keys", _("Keys of officials"), "", columns, tuple(made), 0, tuple(targets))


def _post(code: str) -> str:
    return post_title(PostKind(code)) if code in list(PostKind) else code


def signed_table(book: Book, key_id: str, since: date | None = None) -> Table:
    """What a key signed, the newest first; from a day on for a stick that is lost."""
    columns = (
        Column("day", _("Signed on"), Shape.DAY, 10),
        Column("what", _("What"), Shape.TEXT, 30),
        Column("slot", _("As"), Shape.TEXT, 14),
        Column("amount", _("Amount"), Shape.MONEY, 11),
    )
    made: list[tuple[Cell, ...]] = []
    targets = []
    with book.reading() as connection:
        for one in reversed(store.given(connection, key_id)):
            signature = one.signature
            if since is not None and signature.signed_on < since:
                continue
            words, fen, target = _about(connection, signature.subject)
            made.append((signature.signed_on.isoformat(), words, _slot(signature.slot), fen))
            targets.append(target)
    title = _("Signed with the key {mark}").format(mark=key_id)
    return Table("signed", title, "", columns, tuple(made), 0, tuple(targets))


def _about(connection: Connection, subject: str) -> tuple[str, int | None, str]:
    held = docs.submitted(connection, subject)
    if held is not None:
        words = f"{held.document.summary} {held.document.party}".strip()
        return words, held.document.total_fen, f"document:{subject}"
    found = store.content_of(connection, subject)
    if found is None:
        return subject[:12], None, ""
    table, content = found
    if table == "handover_list":
        return _("Handover of an office"), None, ""
    return _("Notice {number}").format(number=content.get("number", "")), None, f"notice:{subject}"


def _slot(code: str) -> str:
    from villagebook.domain.office_handover import Hand
    from villagebook.services.names import slot_title
    from villagebook.services.offices.handover_words import hand_title

    return hand_title(Hand(code)) if code in list(Hand) else slot_title(code)


def trust_words(book: Book, today: date) -> tuple[str, bool]:
    """Where the township's trust stands, in one or two sentences; True when something wants doing."""
    with book.reading() as connection:
        trusted = policies.trusted_keys(connection)
        lists = store.lists(connection)
        grace = registry.read_policy_on(connection, today).number("key_list_grace_days")
    if not trusted:
        text = _(
            "This book trusts no key of a township yet: keys made here count within the village as soon as they are made, and "
            "nobody outside vouches for them."
        )
        return text, False
    if not lists:
        text = _(
            "A key signs once the township's answer about it is taken in. The township has sent no list of keys yet, so nobody "
            "here would hear of a revocation."
        )
        return text, False
    newest = lists[-1].content
    if today > newest.until_on:
        text = _(
            "The township's list of keys, version {version}, was valid until {day}. Keys sign with a warning for {n} days more, "
            "then they rest: fetch the newer list."
        )
        return text.format(version=newest.version, day=newest.until_on.isoformat(), n=grace), True
    text = _("The township's list of keys, version {version}, is valid until {day}.")
    return text.format(version=newest.version, day=newest.until_on.isoformat()), False


# ---- the sheet


def sheet(book: Book, key_id: str) -> bytes:
    """The fingerprint sheet of a key of this book as PDF. Raises Refused for an unknown key."""
    key = keys.standing(book, key_id).key
    with book.reading() as connection:
        request = keys.request_of(connection, book, key)
        township = [k.name for k in policies.trusted_keys(connection) if k.until_on is None]
    return _drawn(request, key.key_id, township[-1] if township else "")


def sheet_of_file(path: Path) -> bytes:
    """The same sheet at the township, out of the request file. Raises as `key_desk.look`."""
    looked = key_desk.look(path)
    return _drawn(looked.request, looked.fingerprint, "")


def _drawn(request: KeyRequest, fingerprint: str, township: str) -> bytes:
    from villagebook.reports.key_sheet_pdf import render_key_sheet

    return render_key_sheet(
        KeySheet(
            request.village,
            request.code,
            request.person,
            _post(request.post),
            moment.said(request.made_at),
            request.suite,
            fingerprint,
            request.public,
            township,
        )
    )
