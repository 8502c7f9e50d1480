"""What the board papers F3 to F8 have in common: columns, totals, figures in words, how things compare with last time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from villagebook import i18n
from villagebook.domain.board_names import BoardNames, Shown
from villagebook.domain.document import Document, Support
from villagebook.domain.link import LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.numerals import capital_amount
from villagebook.domain.period import Period, Span
from villagebook.domain.plain_words import Vague, is_vague
from villagebook.domain.policy import Policy
from villagebook.domain.roster import OutsiderKind
from villagebook.domain.sheet import Figure, Part
from villagebook.domain.table import Cell, Column, Shape
from villagebook.i18n import _
from villagebook.storage import documents as docs
from villagebook.storage import registry, roster
from villagebook.storage.engine import Connection
from villagebook.storage.sheet_rows import Entry, linked_lines
from villagebook.storage.words import explanations

Row = tuple[Cell, ...]


def money(key: str, title: str, weight: int = 10) -> Column:
    return Column(key, title, Shape.MONEY, weight)


RATE = "rate"
"""Key of a column of prices, which nobody adds up."""


def summed(title: str, columns: tuple[Column, ...], rows: Sequence[Row], lead: str = "") -> Part:
    """A part whose last row adds up its columns of money; without rows there is no sum either."""
    if not rows:
        return Part(title, columns, (), 0, lead)
    sums: list[Cell] = [
        sum(cell for row in rows if isinstance(cell := row[at], int))
        if c.shape is Shape.MONEY and c.key != RATE
        else ""
        for at, c in enumerate(columns)
    ]
    sums[0] = _("Total")
    return Part(title, columns, (*rows, tuple(sums)), 1, lead)


def figure(label: str, fen: int) -> Figure:
    """A large figure; a Chinese paper says it in capitals too."""
    return Figure(label, fen, capital_amount(fen) if i18n.language() == i18n.CHINESE else "")


def compared(now_fen: int, before_fen: int) -> str:
    """How much more or less than last time, as the end of a sentence."""
    if now_fen == before_fen:
        return _("the same as last time")
    words = (
        _("{amount} yuan more than last time")
        if now_fen > before_fen
        else _("{amount} yuan less than last time")
    )
    return words.format(amount=yuan_text(abs(now_fen - before_fen)))


def year_to(span: Span) -> Span:
    """From January to the end of these months."""
    return Span(Period(span.last.year, 1), span.last)


def detailed(policy: Policy, text: str, *more: str) -> str:
    """A text that says nothing by itself ("other", "fees"), with what is known beside it."""
    bare = text.strip()
    if not is_vague(bare, policy.words["vague"]):
        return bare
    return "：".join(t for t in (bare, " ".join(m for m in more if m)) if t)


def names_of(connection: Connection, year: int) -> BoardNames:
    """Who is called what on a board of this year: officers and registered firms by name."""
    staff = registry.read_staff(connection)
    officers = (staff.name(p.person_id) for p in staff.posts)
    firms = (o.name for o in roster.outsiders(connection).values() if o.kind is not OutsiderKind.PERSON)
    return BoardNames(roster.households(connection).values(), year, officers, firms)


class Whom:
    """Who stands behind entries, as a board names them; every name that was given out is kept in `given` for the filter."""

    def __init__(
        self, connection: Connection, policy: Policy, year: int, entries: Iterable[Entry] = ()
    ) -> None:
        told = list(entries)
        self._connection = connection
        self.names = names_of(connection, year)
        self._outside = roster.outsiders(connection)
        seqs = {e.seq for e in told}
        self._homes = linked_lines(connection, LinkKind.HOUSEHOLD, seqs)
        self._firms = linked_lines(connection, LinkKind.OUTSIDER, seqs)
        self._is_vague = Vague(policy.words["vague"])
        self._explained = explanations(connection)
        self._papers: dict[str, Document | None] = {}
        self.given: list[Shown] = []

    def home(self, entry: Entry) -> str:
        """Code of the household an entry belongs to, "" when it says none."""
        return self._homes.get((entry.seq, entry.no), "")

    def paper(self, entry: Entry) -> Document | None:
        """The document behind an entry, None for what no document made."""
        if entry.document_id not in self._papers:
            held = docs.submitted(self._connection, entry.document_id) if entry.document_id else None
            self._papers[entry.document_id] = held.document if held else None
        return self._papers[entry.document_id]

    def told(self, entry: Entry) -> str:
        """What an entry was for; words that say nothing have beside them what the village explained about them."""
        bare = entry.words.strip()
        said = self._explained.get((entry.voucher_id, entry.account), "") if self._is_vague(bare) else ""
        return "：".join(t for t in (bare, said) if t)

    def shown(self, entry: Entry) -> Shown:
        """The other party of an entry: a household's person, a private seller, else by name."""
        paper = self.paper(entry)
        name = entry.party or (paper.party if paper else "")
        if paper is not None and paper.support is Support.PERSON_RECEIPT:
            return self.keep(self.names.seller(name, self.home(entry), paper.id_tail))
        if code := self.home(entry):
            return self.keep(self.names.household(code, name))
        firm = self._outside.get(self._firms.get((entry.seq, entry.no), ""))
        return self.keep(Shown(firm.name) if firm and not name else self.names.person(name))

    def named(self, name: str, home: str = "") -> str:
        """Somebody known by name, and by household where one is known."""
        return self.keep(self.names.told(name, home)).with_group

    def keep(self, shown: Shown) -> Shown:
        self.given.append(shown)
        return shown
