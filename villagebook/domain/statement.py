"""A statement's layout as a value: lines with formulas, how they are worked out, and what must tie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from villagebook.domain.formula import Atom, DivisionByNothingError, LineRef, Node, evaluate, leaves
from villagebook.domain.money import MAX_FEN


class Trouble(StrEnum):
    """What can be wrong with a template, and (last two) with a figure of it."""

    SHAPE = "shape"
    FORMULA = "formula"
    FUNCTION = "function"
    ACCOUNT = "account"
    DEAD = "dead"
    LINE = "line"
    TWICE = "twice"
    CYCLE = "cycle"
    NOTHING = "nothing"
    SIZE = "size"


@dataclass(frozen=True, slots=True)
class Problem:
    """`where` is the line ("L9", "check 1", or "" for the whole file), `what` the piece that is wrong."""

    trouble: Trouble
    where: str
    what: str


class Prior(StrEnum):
    """What the second column shows: the start of the year, or the same span of the year before."""

    YEAR_START = "year-start"
    YEAR_BEFORE = "year-before"


Words = tuple[str, str]
"""Chinese, English."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line. A heading has no number and no formula.

    Attributes:
        lead: what paper shows before the item ("减:"), no part of its name.
        role: how the program knows the line for its cross-checks: "money", "result", or "".
        hide_zero: left out when it is zero in both columns.
        certainty: how well the line is founded; V official, S secondary, A by analogy, R reconstructed.
        right: stands on the right-hand side of a form with two sides.
    """

    no: int
    item: Words
    lead: Words
    formula: Node | None
    indent: int = 0
    strong: bool = False
    role: str = ""
    hide_zero: bool = False
    certainty: str = ""
    right: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """Two formulas that must give the same. `id` names it for ever ("BS-1")."""

    id: str
    says: Words
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Template:
    """A whole statement.

    Attributes:
        carry: the account that takes the results of the year over (321).
        stands_for: the delivered statement it takes the place of, "" for one of somebody's own.
        form_no: what an official form is called (村会01表), "" without one.
    """

    title: Words
    note: Words
    columns: tuple[Words, Words]
    prior: Prior
    carry: str
    items: tuple[Item, ...]
    checks: tuple[Check, ...]
    stands_for: str = ""
    form_no: Words = ("", "")

    def line(self, no: int) -> Item | None:
        return next((i for i in self.items if no and i.no == no), None)

    def atoms(self) -> frozenset[Atom]:
        """Everything the statement's lines look up in the books."""
        nodes = [i.formula for i in self.items if i.formula is not None]
        return frozenset(leaf for node in nodes for leaf in leaves(node) if isinstance(leaf, Atom))

    def checked_atoms(self) -> frozenset[Atom]:
        """What its checks look up beside that."""
        nodes = [side for c in self.checks for side in (c.left, c.right)]
        return frozenset(leaf for node in nodes for leaf in leaves(node) if isinstance(leaf, Atom))

    def atoms_in(self, node: Node) -> frozenset[Atom]:
        """What a formula looks up, itself and through the lines it names."""
        found: set[Atom] = set()
        for leaf in leaves(node):
            found |= {leaf} if isinstance(leaf, Atom) else self.atoms_of(leaf.no)
        return frozenset(found)

    def atoms_of(self, no: int) -> frozenset[Atom]:
        """What a line looks up, itself and through the lines it names."""
        found: set[Atom] = set()
        seen, todo = {no}, [no]
        while todo:
            item = self.line(todo.pop())
            for leaf in leaves(item.formula) if item and item.formula is not None else ():
                if isinstance(leaf, Atom):
                    found.add(leaf)
                elif leaf.no not in seen:
                    seen.add(leaf.no)
                    todo.append(leaf.no)
        return frozenset(found)


Figures = Mapping[Atom, int]
"""Every atom of a template and what the books say of it, in fen."""


def work_out(template: Template, figures: Figures) -> tuple[dict[int, int], tuple[Problem, ...]]:
    """Fen by line number; a line without a figure (divided by nothing, or built on such a line) is left out."""
    done: dict[int, Fraction] = {}
    problems: list[Problem] = []
    waiting = {i.no: i.formula for i in template.items if i.formula is not None}
    while waiting:
        ready = [n for n, f in waiting.items() if _ready(f, done)]
        if not ready:
            break  # what is left is built on a line without a figure
        for no in ready:
            try:
                found = evaluate(waiting.pop(no), done, figures.__getitem__)
            except DivisionByNothingError:
                problems.append(Problem(Trouble.NOTHING, f"L{no}", ""))
                continue
            if abs(found) > MAX_FEN * 100:
                problems.append(Problem(Trouble.SIZE, f"L{no}", ""))
                continue
            done[no] = found
    return {no: round(fen) for no, fen in done.items()}, tuple(problems)


def _ready(node: Node, done: Mapping[int, Fraction]) -> bool:
    return all(leaf.no in done for leaf in leaves(node) if isinstance(leaf, LineRef))


@dataclass(frozen=True, slots=True)
class Tie:
    """A check with both figures in fen. None for a figure that cannot be worked out: then it says nothing."""

    check: Check
    left_fen: int | None
    right_fen: int | None

    @property
    def holds(self) -> bool:
        return self.left_fen is None or self.right_fen is None or self.left_fen == self.right_fen


def ties(template: Template, lines: Mapping[int, int], figures: Figures) -> Iterator[Tie]:
    """Every check with its figures, in the order of the template."""
    exact = {no: Fraction(fen) for no, fen in lines.items()}
    for check in template.checks:
        yield Tie(check, *(_side(node, exact, figures) for node in (check.left, check.right)))


def _side(node: Node, lines: Mapping[int, Fraction], figures: Figures) -> int | None:
    """None when it stands on a line or a figure that is not there."""
    if not _ready(node, lines) or any(isinstance(a, Atom) and a not in figures for a in leaves(node)):
        return None
    try:
        return round(evaluate(node, lines, figures.__getitem__))
    except DivisionByNothingError:
        return None
