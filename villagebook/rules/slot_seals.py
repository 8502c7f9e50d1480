"""The seal beside signatures in ink, where the township asks for one: AP4 of approvals.md."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.seals import SealKind, in_use_on
from villagebook.domain.signature import Signature, SignKind, SlotState
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import label
from villagebook.rules.rule import Hit, Rule, When
from villagebook.rules.seal_words import seal_title

SIGN = frozenset({When.SIGN})


def _asked(facts: Facts) -> tuple[Signature, SlotState, SealKind] | None:
    """The signature about to be given on a slip, its slot, and the kind of seal that slot asks for."""
    signature = facts.signature
    if signature is None or facts.document is None:
        return None
    state = next((s for s in facts.states if s.slot.code == signature.slot), None)
    return None if state is None or state.slot.seal is None else (signature, state, state.slot.seal)


def _untold(facts: Facts) -> Iterator[Hit]:
    """Asked when the slot is filled: supervisors sign one after the other, and one print stands for all of them."""
    asked = _asked(facts)
    if asked is None:
        return
    signature, state, kind = asked
    ink = [s for s in (*state.signatures, signature) if s.kind is SignKind.INK]
    if facts.document and state.open_count == 1 and ink and not any(s.seal for s in ink):
        yield Hit(label(facts.document), {"slot": state.slot.code, "seal": seal_title(kind)}, "people")


def _not_that_seal(facts: Facts) -> Iterator[Hit]:
    asked = _asked(facts)
    if asked is None:
        return
    signature, state, kind = asked
    kept = in_use_on(facts.look.seals, kind, signature.signed_on)
    if facts.document and signature.seal and not any(h.item == signature.seal for h in kept):
        values: dict[str, object] = {
            "slot": state.slot.code,
            "seal": seal_title(kind),
            "day": signature.signed_on.isoformat(),
        }
        yield Hit(label(facts.document), values, "people")


RULES = (
    Rule(
        "AP-86",
        "AP4",
        Severity.ERROR,
        SIGN,
        "[R] R3, R5; slot_seals",
        N_("A slip signed in ink bears the seal its slot asks for"),
        N_(
            "The seal shows that supervision reviewed as a body. A key is the person's own and needs none beside it."
        ),
        N_(
            "Slot {slot} asks for the {seal}, and none is told. Choose which one the slip bears; seals are entered under People and places."
        ),
        _untold,
    ),
    Rule(
        "AP-87",
        "AP4",
        Severity.ERROR,
        SIGN,
        "[R] R3, R5, R33; slot_seals",
        N_("The seal on a slip is of the kind asked for and was kept by somebody that day"),
        N_("A seal nobody had, or another one, shows no review."),
        N_(
            "Slot {slot} asks for the {seal}, and the one told is none that somebody kept on {day}. Choose another, or enter who kept it first."
        ),
        _not_that_seal,
    ),
)
