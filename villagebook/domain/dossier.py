"""A bound report on paper: cover, statements as forms, notes, signatures."""

from __future__ import annotations

from dataclasses import dataclass

from villagebook.domain.table import Form, Table


@dataclass(frozen=True, slots=True)
class Chapter:
    """A section of the notes: its heading, paragraphs, then tables."""

    title: str
    paragraphs: tuple[str, ...]
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """The yearly report (年度财务会计报告).

    Attributes:
        facts: (what, value) of the cover, in their order.
        stamp: written pale across every page ("DRAFT"), "" for a final one.
        signers: who signs on the cover and under the notes.
    """

    title: str
    subtitle: str
    village: str
    facts: tuple[tuple[str, str], ...]
    forms: tuple[Form, ...]
    notes_title: str
    chapters: tuple[Chapter, ...]
    signers: tuple[str, ...]
    stamp: str = ""
