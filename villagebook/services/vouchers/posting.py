"""Vouchers the program posts by itself: word 转, no money moved, no slip to sign."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.carrying import Entry
from villagebook.domain.period import Period
from villagebook.domain.voucher import WORDS, DocKind, Voucher, imbalance_fen
from villagebook.services.by import new_id
from villagebook.services.vouchers.documents import log_voucher
from villagebook.storage import posted_vouchers
from villagebook.storage.book import Writing

WORD = WORDS[DocKind.ADJUSTMENT]


def post_entries(writing: Writing, entries: Iterable[Entry], booked_on: date) -> tuple[Voucher, ...]:
    """Give numbers and log; entries that do not balance are our own bug."""
    made = []
    for entry in entries:
        if imbalance_fen(entry.lines):
            raise AssertionError(entry)
        voucher = Voucher(
            id=new_id(),
            kind=DocKind.ADJUSTMENT,
            word=WORD,
            number=posted_vouchers.next_number(writing.connection, Period.of(booked_on), WORD),
            booked_on=booked_on,
            summary=entry.summary,
            lines=entry.lines,
        )
        log_voucher(writing, voucher)
        writing.settle()
        made.append(voucher)
    return tuple(made)


def undo_vouchers(
    writing: Writing, vouchers: Iterable[Voucher], words: str, reason: str
) -> tuple[Voucher, ...]:
    """A red voucher for each, on the day of the one it undoes."""
    made = []
    for old in vouchers:
        red = Voucher(
            id=new_id(),
            kind=old.kind,
            word=old.word,
            number=posted_vouchers.next_number(writing.connection, old.period, old.word),
            booked_on=old.booked_on,
            summary=words.format(label=old.label, day=old.booked_on.isoformat(), reason=reason),
            lines=tuple(line.red() for line in old.lines),
            reverses=old.id,
        )
        log_voucher(writing, red)
        writing.settle()
        made.append(red)
    return tuple(made)
