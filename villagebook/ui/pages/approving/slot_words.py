"""A slot of signatures as one line of words."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from villagebook.domain.signature import SlotState
from villagebook.i18n import _
from villagebook.services import names


def slot_line(state: SlotState, name_of: Callable[[str], str], seal_names: Mapping[str, str]) -> str:
    """One slot with its signatures, or how many are missing."""
    title = names.slot_title(state.slot.code)
    given = ", ".join(f"{name_of(s.person_id) or s.reference} {s.signed_on:%m-%d}" for s in state.signatures)
    stamped = [seal_names[s.seal] for s in state.signatures if s.seal in seal_names]
    seal = _("seal: {name}").format(name=", ".join(stamped)) if stamped else ""
    missing = _("{n} missing").format(n=state.open_count) if state.open_count else ""
    sign = "✓" if not state.open_count else "○"
    return f"{sign} {title}   " + "; ".join(part for part in (given, seal, missing) if part)
