"""The township's parameters: data with a date of force, never constants in code (R0, AP0)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, PlaceKind, Purpose
from villagebook.domain.signature import SignKind, Slot, SlotKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_

NEVER_SOFTENED = frozenset(
    {
        "E2L-00", "E2L-10", "E2L-15", "E2L-16", "E2L-27", "E2L-34", "E2L-40", "E2L-45",
        "VCH-01", "VCH-02", "VCH-03", "VCH-04", "VCH-05", "VCH-06", "VCH-07", "VCH-08",
        "CLO-01", "CLO-02", "CLO-03", "CLO-06", "AST-14", "YE-01", "YE-02", "YE-05", "YE-47",
    }
)  # fmt: skip
"""R4, R7, R14, R20 (officers), R23 stay block whatever a township file says (two_line.md section 3).

So do the list of movements, without which takings leave the drawer by another way (R4), and the plain form of a document and
of a voucher, without which every other rule can be passed by.
"""


@dataclass(frozen=True, slots=True)
class Tier:
    """Payments up to `up_to_fen` (None: any amount) need these slots, in this order."""

    name: str
    up_to_fen: int | None
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Policy:
    """One township file. `levels` softens rules from error to hold, by error id."""

    id: str
    version: str
    in_force_on: date
    numbers: Mapping[str, int]
    switches: Mapping[str, bool]
    words: Mapping[str, tuple[str, ...]]
    slots: Mapping[str, Slot]
    tiers: tuple[Tier, ...]
    special: Mapping[SpendKind, tuple[str, ...] | None]
    transfer_slots: Mapping[Purpose, tuple[str, ...]]
    levels: Mapping[str, str]
    data: Mapping[str, Any]

    def number(self, name: str) -> int:
        """A parameter by name; KeyError is a broken policy file."""
        return self.numbers[name]

    def is_bank_fee(self, document: Document, place: Place | None) -> bool:
        """A small sum the bank takes from the income line by its own advice: the one payment nobody approves (R8)."""
        return (
            document.kind is DocKind.PAYMENT
            and place is not None
            and place.kind is PlaceKind.IN
            and document.support is Support.BANK_ADVICE
            and bool(document.support_no.strip())
            and document.total_fen <= self.number("bank_fee_limit_fen")
            and self._says_fee(document)
        )

    def _says_fee(self, document: Document) -> bool:
        """Every line says that it is a fee; a chair with a bank's advice beside it is none."""
        texts = [f"{document.summary} {item.summary}".casefold() for item in document.items]
        return all(any(word in text for word in self.words["bank_fee"]) for text in texts)

    def slots_for_payment(self, total_fen: int, kind: SpendKind) -> tuple[Slot, ...] | None:
        """Slots a payment of this size and kind needs; None when the kind is forbidden here."""
        if kind in self.special:
            codes = self.special[kind]
        else:
            codes = next(t.slots for t in self.tiers if t.up_to_fen is None or total_fen <= t.up_to_fen)
        return None if codes is None else tuple(self.slots[c] for c in codes)

    def tier_of(self, total_fen: int) -> Tier:
        return next(t for t in self.tiers if t.up_to_fen is None or total_fen <= t.up_to_fen)

    def slots_for_transfer(self, purpose: Purpose) -> tuple[Slot, ...]:
        return tuple(self.slots[c] for c in self.transfer_slots.get(purpose, ()))


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Build a policy from the parsed file.

    Raises ValueError, KeyError or TypeError when it is not one; the last tier must be open-ended.
    """
    slots = {
        code: Slot(
            code,
            SlotKind(s["kind"]),
            tuple(PostKind(p) for p in s["posts"]),
            int(s["count"]),
            tuple(SignKind(a) for a in s["accepts"]),
        )
        for code, s in data["slots"].items()
    }
    tiers = tuple(Tier(t["name"], t["up_to_fen"], tuple(t["slots"])) for t in data["tiers"])
    if not tiers or tiers[-1].up_to_fen is not None:
        raise ValueError(N_("the last tier must have no upper amount"))
    limits = [t.up_to_fen for t in tiers[:-1]]
    if None in limits or limits != sorted(limits, key=lambda v: v or 0):
        raise ValueError(N_("tiers must rise"))
    used = {c for t in tiers for c in t.slots}
    used.update(
        c for codes in (*data["special"].values(), *data["transfer_slots"].values()) for c in codes or ()
    )
    if used - set(slots) or any(s.count < 1 for s in slots.values()):
        raise ValueError(N_("every slot that is asked for must be described, and filled by somebody"))
    return Policy(
        id=data["id"],
        version=data["version"],
        in_force_on=date.fromisoformat(data["in_force_on"]),
        numbers={k: int(v["value"]) for k, v in data["numbers"].items()},
        switches={k: bool(v["value"]) for k, v in data["switches"].items()},
        words={k: tuple(v["value"]) for k, v in data["words"].items()},
        slots=slots,
        tiers=tiers,
        special={SpendKind(k): None if v is None else tuple(v) for k, v in data["special"].items()},
        transfer_slots={Purpose(k): tuple(v) for k, v in data["transfer_slots"].items()},
        levels=dict(data["levels"]),
        data=dict(data),
    )
