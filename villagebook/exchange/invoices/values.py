"""Figures and days as invoice files write them."""

from __future__ import annotations

import re
from datetime import date

from villagebook.domain.money import AmountError, parse_yuan

_DAY = re.compile(r"(\d{4})\D{0,2}(\d{1,2})\D{0,2}(\d{1,2})")


def fen(value: str) -> int | None:
    """An amount in yuan, None when there is none or it is none; more than two decimals are rounded as printed lines are."""
    if not value:
        return None
    try:
        return parse_yuan(value)
    except AmountError as error:
        if error.reason != "decimals":
            return None
    number = re.sub(r"[^\d.-]", "", value)
    whole, _dot, rest = number.lstrip("-").partition(".")
    thousandths = int(whole or "0") * 1000 + int((rest + "000")[:3])
    return (-1 if number.startswith("-") else 1) * ((thousandths + 5) // 10)


def day(value: str) -> date | None:
    """2026-01-05, 20260105, 2026年1月5日, with or without a time behind; None when it is no day."""
    match = _DAY.match(value.strip())
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None
