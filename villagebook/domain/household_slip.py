"""The slip in the hand of a household (明白纸): the village's four figures and what concerns this household, nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from villagebook.domain.period import Span
from villagebook.domain.sheet import Figure, Part


@dataclass(frozen=True, slots=True)
class HouseholdSlip:
    """One slip. It is no official paper: it repeats the notice of its months and the lines in the household's name.

    Attributes:
        household: the head's name and group; "" is the slip for everybody.
        code: of the household in the register, "" for everybody.
        figures: opening, income, spending and closing of the village, as on the notice.
        parts: what the household paid, what it got, what it owes or is owed; none on the slip for everybody.
        qr: the text of the notice's code, so that both can be compared.
    """

    village: str
    title: str
    number: str
    span: Span
    code: str
    household: str
    figures: tuple[Figure, ...]
    sentences: tuple[str, ...]
    parts: tuple[Part, ...]
    notes: tuple[str, ...]
    qr: str
    made_on: date
    language: str = "zh_CN"
