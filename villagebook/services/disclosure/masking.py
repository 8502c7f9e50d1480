"""Masked cells of a notice or board sheet: listed with their reason, and confirmed by a second person before the review."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from villagebook.domain.mask import REASONS, Mask, MaskReason
from villagebook.domain.notice import Notice, notice_from_data
from villagebook.domain.people import Staff
from villagebook.domain.privacy import MASKED
from villagebook.domain.sheet import sheet_from_data
from villagebook.i18n import _
from villagebook.rules.mask_facts import Masking
from villagebook.rules.masks import NOBODY
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.storage import masks as store
from villagebook.storage import periods, registry, sheets
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

TOPIC = "notices"
_SELLER = re.compile(r"[^\s*]\*+(?!\S)")
"""A surname with stars: what `mask_person` leaves of a private seller."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A notice or sheet as far as its masks go."""

    number: str
    content_hash: str
    masks: tuple[Mask, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class MaskState:
    """The masked cells of a paper; `confirmed_by` is the name of whoever looked at them, "" while nobody has."""

    masks: tuple[Mask, ...]
    compiled_by: str
    confirmed_by: str
    final: bool

    @property
    def waits(self) -> bool:
        """Somebody has to look at them before supervision signs."""
        return bool(self.masks) and not self.confirmed_by and not self.final


def reason_words(reason: MaskReason) -> str:
    return _(REASONS[reason])


def state(book: Book, subject: str) -> MaskState | None:
    """None when there is no such notice or sheet."""
    with book.reading() as connection:
        paper = _paper(connection, subject)
        if paper is None:
            return None
        person = store.confirmed_by(connection, subject, paper.content_hash)
        name = registry.read_staff(connection).name(person) if person else ""
        return MaskState(paper.masks, store.compiled_by(connection, subject), name, paper.final)


def facts_of(connection: Connection, subject: str) -> Masking | None:
    """What the review of a paper wants to know about its masks; None when it is neither notice nor sheet."""
    paper = _paper(connection, subject)
    if paper is None:
        return None
    done = store.confirmed_by(connection, subject, paper.content_hash)
    by = store.compiled_by(connection, subject)
    return Masking(paper.number, subject, len(paper.masks), by, bool(done))


def confirm(book: Book, subject: str, person_id: str, by: By) -> None:
    """A second person has looked at every masked cell and its reason.

    Raises Refused (DIS-44): no such paper, nothing masked, done already, by whoever compiled it, or by nobody in office.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        base = gather.ground(connection, book.info, by.day)
        paper, told = _paper(connection, subject), facts_of(connection, subject)
        if paper is None or told is None:
            text = _("There is no such notice.")
            raise refusal("DIS-44", subject or "-", text)
        in_office = any(p.person_id == person_id and p.covers(by.day) for p in base.staff.posts)
        act = replace(told, by=_name(base.staff, person_id), in_office=in_office)
        pass_or_refuse(replace(base, masking=act), When.BOARD)
        data: dict[str, object] = {
            "subject": subject,
            "content_hash": paper.content_hash,
            "person_id": person_id,
            "count": len(paper.masks),
        }
        writing.log("masks.confirmed", data, new_id(), TOPIC)


def _name(staff: Staff, person_id: str) -> str:
    return staff.name(person_id) if person_id else NOBODY


def _paper(connection: Connection, subject: str) -> Paper | None:
    sheet = sheets.sheet(connection, subject)
    if sheet is not None:
        made = sheet_from_data(sheet.content)
        return Paper(sheet.number, sheet.content_hash, made.masks, sheet.final)
    notice = periods.notice(connection, subject)
    if notice is None:
        return None
    found = tuple(notice_masks(notice_from_data(notice.content)))
    return Paper(notice.number, notice.content_hash, found, notice.final)


def notice_masks(notice: Notice) -> Iterator[Mask]:
    """The masked cells of an F1; of one from before they were listed, by what is left of them."""
    if notice.masks:
        yield from notice.masks
        return
    for line in (*notice.lines, *notice.transfers):
        where = f"{line.no} {line.voucher}"
        for text in (line.summary, line.party, line.remark):
            if MASKED.search(text):
                yield Mask(where, text, MaskReason.NUMBER)
        if _SELLER.fullmatch(line.party):
            yield Mask(where, line.party, MaskReason.SELLER)
