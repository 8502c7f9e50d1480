"""The approval slip: what is printed for signing, and the codes that bind paper to the book."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.document import Document
from villagebook.domain.voucher import VoucherLine

SLIP_PREFIX = "VBS1"
SEAL_LENGTH = 40


@dataclass(frozen=True, slots=True)
class SlipSlot:
    """A line to sign on: translated title, count of signatures wanted, names of those who may sign here.

    `why` says in a few words why others than usual sign, "" when they are the usual ones;
    `seal` is the title of the seal that is printed here too, "" for none.
    """

    code: str
    title: str
    count: int
    may_sign: tuple[str, ...]
    why: str = ""
    seal: str = ""


@dataclass(frozen=True, slots=True)
class Slip:
    """Everything printed on one approval slip (A5): who, what for, how much, source place, paper, slots, seal.

    `lifting` says how a veto on the document was lifted, "" when there was none; `reasons` were recorded after it was sent in.
    """

    village: str
    document: Document
    lines: tuple[VoucherLine, ...]
    account_names: tuple[tuple[str, str], ...]
    place_name: str
    to_place_name: str
    handler_name: str
    tier: str
    slots: tuple[SlipSlot, ...]
    content_hash: str
    lifting: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return slip_code(self.document.id, self.content_hash)


def slip_code(document_id: str, content_hash: str) -> str:
    """QR text of a slip: prefix, document id and the first 40 hex digits (160 bits) of the content hash."""
    return f"{SLIP_PREFIX}*{document_id}*{content_hash[:SEAL_LENGTH]}"


def read_slip_code(text: str) -> tuple[str, str] | None:
    """(document id, content seal) from a QR text, None when it is not one of ours."""
    parts = text.strip().split("*")
    if len(parts) != 3 or parts[0] != SLIP_PREFIX or len(parts[2]) != SEAL_LENGTH:
        return None
    return parts[1], parts[2]
