"""Slots and signatures: who must sign what, in which order, and what was signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from villagebook.domain.people import PostKind
from villagebook.domain.seals import SealKind


class SlotKind(StrEnum):
    """PERSON: somebody signs. MEETING: minutes with number and picture. TOWNSHIP: a named township officer."""

    PERSON = "person"
    MEETING = "meeting"
    TOWNSHIP = "township"


class SignKind(StrEnum):
    INK = "ink"
    KEY = "key"


class StandIn(StrEnum):
    """Why a slot is filled by others than usual (stand_in.py)."""

    ONE_SHOULDER = "one-shoulder"
    INVOLVED = "involved"
    RELATIVE = "relative"


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for signatures on a slip, as the township's policy defines it.

    Attributes:
        code: H, W, C, S, M2, MR, ML, T, D, P or A (approvals.md section 2).
        posts: who may fill it; empty means anybody.
        count: how many different persons must sign it.
        accepts: ways of signing this slot allows.
        why: why others than usual fill it in this document, None when they are the usual ones.
        seal: kind of seal a slip signed in ink bears here, None when none is asked.
    """

    code: str
    kind: SlotKind
    posts: tuple[PostKind, ...]
    count: int
    accepts: tuple[SignKind, ...]
    why: StandIn | None = None
    seal: SealKind | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature given.

    Attributes:
        subject: id of the document or notice signed.
        content_hash: hash of exactly the content that was shown.
        person_id: who signed; "" for a meeting slot.
        signed_on: day of signing (ink: as written on the slip).
        kind: ink or key.
        evidence: SHA-256 of the stored photo (ink), signature bytes in hex (key).
        key_id: id of the key used, "" for ink.
        reference: number of the minutes for meeting slots, else "".
        suite: procedure of a key signature; "" for ink, and for key signatures of before it was named (ed25519-sha256).
        seal: the entry of the register of seals whose print stands beside it, "" for none and for key signatures.
    """

    subject: str
    content_hash: str
    slot: str
    person_id: str
    signed_on: date
    kind: SignKind
    evidence: str
    key_id: str = ""
    reference: str = ""
    suite: str = ""
    seal: str = ""

    def to_data(self) -> dict[str, Any]:
        return {
            "subject": self.subject,
            "content_hash": self.content_hash,
            "slot": self.slot,
            "person_id": self.person_id,
            "signed_on": self.signed_on.isoformat(),
            "kind": self.kind.value,
            "evidence": self.evidence,
            "key_id": self.key_id,
            "reference": self.reference,
            **({"suite": self.suite} if self.suite else {}),
            **({"seal": self.seal} if self.seal else {}),
        }

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Signature:
        return cls(
            **{
                **data,
                "signed_on": date.fromisoformat(data["signed_on"]),
                "kind": SignKind(data["kind"]),
            }
        )


@dataclass(frozen=True, slots=True)
class SlotState:
    """A slot of one document with what it holds; `open_count` signatures are still missing."""

    slot: Slot
    signatures: tuple[Signature, ...]

    @property
    def open_count(self) -> int:
        return max(0, self.slot.count - len(self.signatures))


def slot_states(slots: tuple[Slot, ...], signatures: tuple[Signature, ...]) -> tuple[SlotState, ...]:
    """Each needed slot with the signatures it holds, in the policy's order."""
    return tuple(SlotState(s, tuple(g for g in signatures if g.slot == s.code)) for s in slots)


def next_slot(states: tuple[SlotState, ...]) -> Slot | None:
    """The slot whose turn it is (AP3: in order), None when all are filled."""
    return next((s.slot for s in states if s.open_count), None)


def signed_message(signature_content: dict[str, Any]) -> dict[str, Any]:
    """What a key signs: everything of the signature but the signature bytes themselves."""
    return {k: v for k, v in signature_content.items() if k != "evidence"}
