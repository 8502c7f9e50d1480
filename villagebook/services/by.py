"""Who sits at the machine, and when: the only place of the core that reads the clock."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import date, datetime

from villagebook.domain import moment


@dataclass(frozen=True, slots=True)
class By:
    """An act's author and instant (aware)."""

    actor: str
    at: datetime

    @property
    def day(self) -> date:
        """The village's calendar day of the act."""
        return self.at.date()


def now(actor: str) -> By:
    return By(actor, datetime.now(moment.VILLAGE))


def today() -> date:
    return datetime.now(moment.VILLAGE).date()


def new_id() -> str:
    """A random id for a draft or an act; 128 bits, hex.

    The first 48 bits are milliseconds, so that new ids stand together at the end of an index.
    """
    return f"{time.time_ns() // 1_000_000:012x}{secrets.token_hex(10)}"
