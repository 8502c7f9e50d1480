"""What somebody looks for among the posted vouchers. Every condition that is set must hold."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from villagebook.domain.money import AmountError, parse_yuan
from villagebook.domain.voucher import DocKind, Origin

_LABEL = re.compile(r"(\D{1,3}?)(?:字第?|-)?\s*(\d{1,6})号?")


class Fate(StrEnum):
    """What became of a voucher, or what it is to another one."""

    RED = "red"
    REVERSED = "reversed"
    CORRECTING = "correcting"
    CORRECTED = "corrected"
    STANDING = "standing"
    UNCHECKED = "unchecked"


class By(StrEnum):
    """What a list of vouchers is ordered by; where two are alike, the one posted earlier is the lesser."""

    DAY = "date"
    LABEL = "voucher"
    SUMMARY = "summary"
    AMOUNT = "amount"


@dataclass(frozen=True, slots=True)
class Order:
    """The newest first, unless somebody wants it otherwise."""

    by: By = By.DAY
    descending: bool = True


@dataclass(frozen=True, slots=True)
class VoucherQuery:
    """An empty query finds everything.

    Attributes:
        text: words that must all occur in a summary, a party, an account's code or name, a project, a link, the number of the
            paper, or be the voucher's own number or an exact amount of it in yuan.
        account: this account and what hangs under it.
        least_fen, most_fen: the total or the amount of any line lies between these, red amounts counted without their sign.
        has_scan: True with papers stored, False without, None either.
        signer: person id of somebody whose signature on it holds.
        entered_by: who entered it (制单), by the name the log holds.
        until: nothing that came into the log after this position; None is the whole book.
    """

    text: str = ""
    first: date | None = None
    last: date | None = None
    word: str = ""
    first_number: int | None = None
    last_number: int | None = None
    account: str = ""
    least_fen: int | None = None
    most_fen: int | None = None
    place: str = ""
    kind: DocKind | None = None
    origin: Origin | None = None
    fate: Fate | None = None
    has_scan: bool | None = None
    signer: str = ""
    entered_by: str = ""
    until: int | None = None

    @property
    def is_plain(self) -> bool:
        """Asks only for what stands in a voucher for ever: what fits today fits tomorrow, and nothing else up to there."""
        blank = replace(
            self, first=None, last=None, word="", first_number=None, last_number=None, kind=None, origin=None
        )
        return blank == VoucherQuery()

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(self.text.split())


def amount_of(word: str) -> int | None:
    """Fen when a word is an amount other than zero, without its sign; else None."""
    try:
        return abs(parse_yuan(word.removeprefix("¥"))) or None
    except AmountError:
        return None


def label_of(word: str) -> tuple[str, int] | None:
    """(word, number) of `付-0007`, `付7`, `付字第7号`; None for anything else."""
    found = _LABEL.fullmatch(word)
    return (found[1], int(found[2])) if found else None
