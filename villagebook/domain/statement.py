"""A statement's layout as a value: lines with formulas, read from a file that anybody may replace, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from villagebook.domain.formula import (
    Atom,
    DivisionByNothingError,
    FormulaError,
    LineRef,
    Node,
    divides_by_nothing,
    evaluate,
    leaves,
    parse,
)
from villagebook.domain.money import MAX_FEN


class Trouble(StrEnum):
    """What can be wrong with a template, and (last two) with a figure of it."""

    SHAPE = "shape"
    FORMULA = "formula"
    ACCOUNT = "account"
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


@dataclass(frozen=True, slots=True)
class Check:
    """Two formulas that must give the same."""

    says: Words
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Template:
    """A whole statement. `carry` is the account that takes the results of the year over (321)."""

    title: Words
    note: Words
    columns: tuple[Words, Words]
    prior: Prior
    carry: str
    items: tuple[Item, ...]
    checks: tuple[Check, ...]

    def line(self, no: int) -> Item | None:
        return next((i for i in self.items if no and i.no == no), None)

    def atoms(self) -> frozenset[Atom]:
        """Everything the statement looks up in the books."""
        nodes = [i.formula for i in self.items if i.formula is not None]
        nodes += [side for c in self.checks for side in (c.left, c.right)]
        return frozenset(leaf for node in nodes for leaf in leaves(node) if isinstance(leaf, Atom))

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


def words(data: Mapping[str, Any], key: str) -> Words:
    """A text in both languages; what is missing in English is said in Chinese."""
    chinese = _text(data.get(key, ""))
    return chinese, _text(data.get(f"{key}_en", "")) or chinese


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value)[:40])
    return value


def read_template(data: object, known: Collection[str]) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template, or None with everything that is wrong with it at once. `known` are the accounts of the chart."""
    problems: list[Problem] = []
    template = _read(data, problems)
    if template is not None:
        unread = {p.where for p in problems}
        problems += (
            p for p in _faults(template, known) if p.trouble is not Trouble.LINE or p.what not in unread
        )
    return (None if problems else template), tuple(problems)


def _read(data: object, problems: list[Problem]) -> Template | None:
    try:
        if not isinstance(data, dict):
            raise TypeError(type(data).__name__)
        rows, checks = data["lines"], data.get("checks", [])
        if not isinstance(rows, list) or not isinstance(checks, list) or not rows:
            raise TypeError("lines")
        items = [_item(row, f"#{at}", problems) for at, row in enumerate(rows, 1)]
        tied = [_check(row, f"check {at}", problems) for at, row in enumerate(checks, 1)]
        return Template(
            words(data, "title"),
            words(data, "note"),
            (words(data, "amount"), words(data, "opening_or_prior")),
            Prior(data["prior"]),
            _text(data.get("carry", "")),
            tuple(i for i in items if i),
            tuple(c for c in tied if c),
        )
    except (KeyError, TypeError, ValueError) as error:
        problems.append(Problem(Trouble.SHAPE, "", str(error)))
        return None


def _item(row: object, where: str, problems: list[Problem]) -> Item | None:
    try:
        if not isinstance(row, dict):
            raise TypeError(repr(row)[:40])
        no, indent = row.get("line", 0), row.get("indent", 0)
        if type(no) is not int or type(indent) is not int or not 0 <= no <= 9999 or not 0 <= indent <= 9:
            raise TypeError("line, indent")
        where = f"L{no}" if no else where
        name = words(row, "item")
        if not name[0] or bool(no) != ("formula" in row):
            raise KeyError("item, line, formula")
        formula = parse(_text(row["formula"])) if no else None
        return Item(
            no,
            name,
            words(row, "lead"),
            formula,
            indent,
            bool(row.get("strong", not no)),
            _text(row.get("role", "")),
            bool(row.get("hide_zero", False)),
            _text(row.get("certainty", "")),
        )
    except FormulaError as error:
        problems.append(Problem(Trouble.FORMULA, where, f"{error.text} ({error.at})"))
    except (KeyError, TypeError) as error:
        problems.append(Problem(Trouble.SHAPE, where, str(error)))
    return None


def _check(row: object, where: str, problems: list[Problem]) -> Check | None:
    try:
        if not isinstance(row, dict):
            raise TypeError(repr(row)[:40])
        return Check(words(row, "says"), parse(_text(row["left"])), parse(_text(row["right"])))
    except FormulaError as error:
        problems.append(Problem(Trouble.FORMULA, where, f"{error.text} ({error.at})"))
    except (KeyError, TypeError) as error:
        problems.append(Problem(Trouble.SHAPE, where, str(error)))
    return None


def _faults(template: Template, known: Collection[str]) -> Iterator[Problem]:
    """What cannot be worked out, once every formula is read."""
    numbers = [i.no for i in template.items if i.no]
    for no in sorted({n for n in numbers if numbers.count(n) > 1}):
        yield Problem(Trouble.TWICE, f"L{no}", f"L{no}")
    if template.carry and template.carry not in known:
        yield Problem(Trouble.ACCOUNT, "carry", template.carry)
    spots = [(f"L{i.no}", i.formula) for i in template.items if i.formula is not None]
    for at, check in enumerate(template.checks, 1):
        spots += [(f"check {at}", check.left), (f"check {at}", check.right)]
    for where, node in spots:
        for leaf in leaves(node):
            if isinstance(leaf, LineRef):
                if leaf.no not in numbers:
                    yield Problem(Trouble.LINE, where, f"L{leaf.no}")
                continue
            for code in (leaf.account, leaf.other):
                if code and code not in known:
                    yield Problem(Trouble.ACCOUNT, where, code)
        if divides_by_nothing(node):
            yield Problem(Trouble.NOTHING, where, "")
    for no in _circular(template):
        yield Problem(Trouble.CYCLE, f"L{no}", "")


def _circular(template: Template) -> list[int]:
    """Lines that in the end name themselves."""
    names = {
        i.no: {leaf.no for leaf in leaves(i.formula) if isinstance(leaf, LineRef)}
        for i in template.items
        if i.formula is not None
    }
    found = []
    for start in sorted(names):
        seen: set[int] = set()
        todo = list(names[start])
        while todo:
            no = todo.pop()
            if no not in seen:
                seen.add(no)
                todo += names.get(no, ())
        if start in seen:
            found.append(start)
    return found


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


def broken_checks(
    template: Template, lines: Mapping[int, int], figures: Figures
) -> Iterator[tuple[Check, int, int]]:
    """The checks that do not hold, with both figures; a check on a line without a figure says nothing."""
    exact = {no: Fraction(fen) for no, fen in lines.items()}
    for check in template.checks:
        if not (_ready(check.left, exact) and _ready(check.right, exact)):
            continue
        try:
            left = round(evaluate(check.left, exact, figures.__getitem__))
            right = round(evaluate(check.right, exact, figures.__getitem__))
        except DivisionByNothingError:
            continue
        if left != right:
            yield check, left, right
