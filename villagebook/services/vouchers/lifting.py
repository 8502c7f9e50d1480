"""How a veto was lifted, in words: for the list of vetoes, the slip, the voucher and the notice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.i18n import _
from villagebook.services.gathering import veto_facts
from villagebook.storage import documents as docs
from villagebook.storage import registry
from villagebook.storage import resolutions as store
from villagebook.storage.engine import Connection

BY_RESOLUTION, BY_TOWNSHIP = "resolution", "township"


@dataclass(frozen=True, slots=True)
class Lifted:
    """How a veto was lifted: words with number and day, and the hash of the evidence."""

    words: str
    evidence: str
    on: date


def lifting_words(connection: Connection, document_id: str) -> str:
    """How the veto on a document was lifted, "" when none was: printed on its slip and its voucher."""
    stop = docs.rejection(connection, document_id)
    lifted = lifted_after(connection, document_id, stop.seq) if stop else None
    return lifted.words if lifted else ""


def lifted_after(connection: Connection, document_id: str, after: int) -> Lifted | None:
    """The lifting that came after a no at a position of the log, None while that no stands or stands again."""
    lift = store.lift_of(connection, document_id)
    if lift is None or lift.seq < after or not veto_facts.still_decided(connection, lift):
        return None
    if lift.how == BY_RESOLUTION:
        words = _("Veto lifted on {day} by resolution {number}, item {item}").format(
            day=lift.lifted_on.isoformat(), number=lift.number, item=lift.item
        )
    else:
        name = registry.read_staff(connection).name(lift.person_id)
        words = _("Veto lifted on {day} by the township ({name}), decision {number}").format(
            day=lift.lifted_on.isoformat(), name=name, number=lift.reference
        )
    return Lifted(words, lift.evidence, lift.lifted_on)
