"""What does not hang on a board as it is known, and why (disclosure.md section 8)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from villagebook.i18n import N_


class MaskReason(StrEnum):
    """Why a cell does not say all that the book knows."""

    NUMBER = "number"
    HEALTH = "health"
    SELLER = "seller"
    MINOR = "minor"
    SAME_NAME = "same-name"


REASONS = {
    MaskReason.NUMBER: N_("a personal number"),
    MaskReason.HEALTH: N_("a matter of health"),
    MaskReason.SELLER: N_("private seller: surname, last two figures of the identity number"),
    MaskReason.MINOR: N_("a minor: guardian's name"),
    MaskReason.SAME_NAME: N_("same name: two figures tell apart"),
}


@dataclass(frozen=True, slots=True)
class Mask:
    """A cell that was masked: the part and row it stands in, what hangs instead, and why. What was hidden is nowhere here."""

    where: str
    shown: str
    reason: MaskReason


def mask_from_data(data: dict[str, str]) -> Mask:
    """Raises KeyError or ValueError when it is none."""
    return Mask(data["where"], data["shown"], MaskReason(data["reason"]))
