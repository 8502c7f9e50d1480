"""Sheets of a handover on paper: a cover, a page per part, signature lines on each, in several copies."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.table import Table


@dataclass(frozen=True, slots=True)
class Kit:
    """What is printed to be signed.

    Attributes:
        facts: (what, value) of the cover.
        tables: the overview, then a table per part; each begins a page.
        signers: (role, name) of who signs every page.
        code: text of the QR code on every page; `seal` its short form for people.
        copies: what is written on each copy, in their order.
    """

    village: str
    title: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]
    signers: tuple[tuple[str, str], ...]
    code: str
    seal: str
    copies: tuple[str, ...]
