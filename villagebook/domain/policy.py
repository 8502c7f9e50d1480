"""The township's parameters: data with a date of force, never constants in code (R0, AP0)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.enclosed import read_papers
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, PlaceKind, Purpose
from villagebook.domain.seals import SealKind
from villagebook.domain.signature import SignKind, Slot, SlotKind
from villagebook.domain.special import KindRule, Special, read_kind, special_kinds
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_

NEVER_SOFTENED = frozenset(
    {
        "E2L-00", "E2L-10", "E2L-15", "E2L-16", "E2L-27", "E2L-34", "E2L-40", "E2L-45",
        "VCH-01", "VCH-02", "VCH-03", "VCH-04", "VCH-05", "VCH-06", "VCH-07", "VCH-08",
        "CLO-01", "CLO-02", "CLO-03", "CLO-06", "AST-14", "YE-01", "YE-02", "YE-05", "YE-47",
        "KEY-01", "KEY-02", "KEY-03", "KEY-04", "KEY-06", "KEY-07", "KEY-08", "KEY-09",
    }
)  # fmt: skip
"""R4, R7, R14, R20 (officers), R23 stay block whatever a township file says (two_line.md section 3).

So do the list of movements, without which takings leave the drawer by another way (R4), and the plain form of a document and
of a voucher, without which every other rule can be passed by; and what makes a key signature worth anything.
"""


@dataclass(frozen=True, slots=True)
class Tier:
    """Payments up to `up_to_fen` (None: any amount) need these slots, in this order, and these papers beside the bill.

    `cash` says whether they may be paid in notes and coins.
    """

    name: str
    up_to_fen: int | None
    slots: tuple[str, ...]
    papers: tuple[str, ...] = ()
    cash: bool = True


@dataclass(frozen=True, slots=True)
class Cap:
    """What a village may spend on one category in a year (AP13).

    `accounts` are beginnings of codes; `words` show the category in a summary. A line is of the first category it fits.
    `limit_fen` None: the running total is shown, nothing is refused.
    """

    name: str
    accounts: tuple[str, ...]
    words: tuple[str, ...]
    limit_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One township file. `levels` softens rules from error to hold, by error id.

    Vouchers of `checked_kinds` that carry no signature are checked by a second person (审核).
    """

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
    kinds: tuple[KindRule, ...] = ()
    caps: tuple[Cap, ...] = ()
    checked_kinds: frozenset[DocKind] = frozenset()

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

    def kinds_of(self, document: Document) -> tuple[KindRule, ...]:
        """The special kinds a payment is of."""
        codes = special_kinds(document, self.kinds)
        return tuple(rule for rule in self.kinds if rule.code in codes)

    def slots_for(
        self, document: Document, counted_fen: int, *, decided: bool = False
    ) -> tuple[Slot, ...] | None:
        """Slots a payment needs; None when its kind is forbidden here.

        `counted_fen` is what its tier is found by: its own sum with what was split off it. A kind with slots of its own
        counts only where no other kind or tier asks for more, so that choosing it never takes a signature away; for what
        was `decided` as a whole, by contract, rate or resolution, the kind's own slots are enough (tier 0).
        """
        rules = self.kinds_of(document)
        plain = document.spend_kind in self.special and not any(document.spend_kind in r.spend for r in rules)
        fixed = self.special[document.spend_kind] if plain else ()
        if fixed is None or any(rule.refused for rule in rules):
            return None
        tier = self.tier_of(counted_fen).slots
        own = [
            tier if rule.slots is None else rule.slots for rule in rules if rule.code is not Special.PERSON
        ]
        own += [] if decided else [tier]
        codes = max([*own, fixed] if fixed else own, key=len, default=tier)
        extra = tuple(c for rule in rules for c in rule.more_slots if c not in codes)
        if extra:
            codes = (*(c for c in codes if c != "A"), *dict.fromkeys(extra), *(c for c in codes if c == "A"))
        return tuple(self.slots[c] for c in codes)

    def goes_by_tier(self, document: Document, *, decided: bool = False) -> bool:
        """Whether the amount of a payment decides who signs, so that dividing it could take a signature away."""
        rules = [rule for rule in self.kinds_of(document) if rule.code is not Special.PERSON]
        if any(rule.code is Special.RECURRING for rule in rules) and not decided:
            return True
        return not rules or any(rule.slots is None and not rule.refused for rule in rules)

    def tier_of(self, total_fen: int) -> Tier:
        return next(t for t in self.tiers if t.up_to_fen is None or total_fen <= t.up_to_fen)

    def slots_for_transfer(self, purpose: Purpose) -> tuple[Slot, ...]:
        return tuple(self.slots[c] for c in self.transfer_slots.get(purpose, ()))


def read_policy(data: Mapping[str, Any]) -> Policy:
    """Build a policy from the parsed file.

    Raises ValueError, KeyError or TypeError when it is not one; the last tier must be open-ended.
    """
    slots = _slots(data)
    tiers = _tiers(data)
    used = {c for t in tiers for c in t.slots}
    used.update(
        c for codes in (*data["special"].values(), *data["transfer_slots"].values()) for c in codes or ()
    )
    kinds = tuple(_kind(code, told, data["special"]) for code, told in sorted(data.get("kinds", {}).items()))
    used.update(c for kind in kinds for c in (*(kind.slots or ()), *kind.more_slots))
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
        kinds=kinds,
        caps=tuple(_cap(name, told) for name, told in data.get("caps", {}).items()),
        checked_kinds=_checked_kinds(data["words"].get("checked_kinds", {}).get("value", ())),
    )


def _slots(data: Mapping[str, Any]) -> dict[str, Slot]:
    """Slots by their codes, each with the seal its ink bears."""
    seals = _slot_seals(data["words"].get("slot_seals", {}).get("value", ()))
    slots = {
        code: Slot(
            code,
            SlotKind(s["kind"]),
            tuple(PostKind(p) for p in s["posts"]),
            int(s["count"]),
            tuple(SignKind(a) for a in s["accepts"]),
            seal=seals.get(code),
        )
        for code, s in data["slots"].items()
    }
    if any(code not in slots or slots[code].kind is not SlotKind.PERSON for code in seals):
        raise ValueError(
            N_("a seal is asked for where somebody of the village signs, such as S|supervision-seal")
        )
    return slots


def _tiers(data: Mapping[str, Any]) -> tuple[Tier, ...]:
    """Tiers by rising amount, the last one open-ended."""
    tiers = tuple(_tier(t) for t in data["tiers"])
    if not tiers or tiers[-1].up_to_fen is not None:
        raise ValueError(N_("the last tier must have no upper amount"))
    limits = [t.up_to_fen for t in tiers[:-1]]
    if None in limits or limits != sorted(limits, key=lambda v: v or 0):
        raise ValueError(N_("tiers must rise"))
    return tiers


def _checked_kinds(told: Iterable[str]) -> frozenset[DocKind]:
    """Raises ValueError for what is no kind of voucher."""
    known = {kind.value for kind in DocKind}
    if any(word.strip() not in known for word in told):
        raise ValueError(
            N_("a second person checks vouchers of the kinds receipt, payment, transfer or adjustment")
        )
    return frozenset(DocKind(word.strip()) for word in told)


def _slot_seals(told: Iterable[str]) -> dict[str, SealKind]:
    """Slot -> kind of seal its ink bears. Raises ValueError for what is not told as slot|kind."""
    return {
        slot.strip(): SealKind(kind.strip()) for slot, _bar, kind in (line.partition("|") for line in told)
    }


def _tier(told: Mapping[str, Any]) -> Tier:
    papers = read_papers(told.get("papers", ()))
    return Tier(told["name"], told["up_to_fen"], tuple(told["slots"]), papers, bool(told.get("cash", True)))


def _kind(code: str, told: Mapping[str, Any], special: Mapping[str, Any]) -> KindRule:
    """A kind; who signs it whatever the amount has always stood in `special`, and still does."""
    rule = read_kind(code, told)
    for spend in rule.spend:
        if spend.value in special:
            slots = special[spend.value]
            return replace(rule, slots=None if slots is None else tuple(slots), refused=slots is None)
    return rule


def _cap(name: str, told: Mapping[str, Any]) -> Cap:
    limit = told.get("limit_fen")
    if limit is not None and int(limit) < 0:
        raise ValueError(N_("a cap is not below zero"))
    return Cap(
        name,
        tuple(told.get("accounts", ())),
        tuple(told.get("words", ())),
        None if limit is None else int(limit),
    )
