"""Reading a statement's layout out of a file that anybody may replace: the template, or everything that is wrong with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from villagebook.domain.formula import (
    FormulaError,
    LineRef,
    Node,
    UnknownFunctionError,
    divides_by_nothing,
    leaves,
    parse,
)
from villagebook.domain.statement import Check, Item, Prior, Problem, Template, Trouble, Words

NO_LINES: Mapping[str, Collection[int]] = {}
"""Line numbers of other statements by name, where none are known."""


def words(data: Mapping[str, Any], key: str) -> Words:
    """A text in both languages; what is missing in English is said in Chinese."""
    chinese = _text(data.get(key, ""))
    return chinese, _text(data.get(f"{key}_en", "")) or chinese


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value)[:40])
    return value


def read_template(
    data: object,
    known: Collection[str],
    *,
    dead: Collection[str] = (),
    others: Mapping[str, Collection[int]] = NO_LINES,
) -> tuple[Template | None, tuple[Problem, ...]]:
    """The template, or None with everything that is wrong with it at once.

    `known` are the accounts of the chart, `dead` those out of use, `others` the lines of the other statements.
    """
    problems: list[Problem] = []
    template = _read(data, problems)
    if template is not None:
        unread = {p.where for p in problems}
        problems += (
            p
            for p in _faults(template, known, dead, others)
            if p.trouble is not Trouble.LINE or p.what not in unread
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
            _text(data.get("for", "")),
            words(data, "form_no"),
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
            _on_right(row),
        )
    except FormulaError as error:
        problems.append(_unread(error, where))
    except (KeyError, TypeError) as error:
        problems.append(Problem(Trouble.SHAPE, where, str(error)))
    return None


def _check(row: object, where: str, problems: list[Problem]) -> Check | None:
    try:
        if not isinstance(row, dict):
            raise TypeError(repr(row)[:40])
        sides = parse(_text(row["left"])), parse(_text(row["right"]))
        return Check(_text(row.get("id", where)), words(row, "says"), *sides)
    except FormulaError as error:
        problems.append(_unread(error, where))
    except (KeyError, TypeError) as error:
        problems.append(Problem(Trouble.SHAPE, where, str(error)))
    return None


def _on_right(row: Mapping[str, Any]) -> bool:
    side = row.get("side", "left")
    if side not in ("left", "right"):
        raise TypeError(f"side: {side!r}"[:40])
    return bool(side == "right")


def _unread(error: FormulaError, where: str) -> Problem:
    if isinstance(error, UnknownFunctionError):
        return Problem(Trouble.FUNCTION, where, error.name)
    return Problem(Trouble.FORMULA, where, f"{error.text} ({error.at})")


def _faults(
    template: Template,
    known: Collection[str],
    dead: Collection[str],
    others: Mapping[str, Collection[int]],
) -> Iterator[Problem]:
    """What cannot be worked out, once every formula is read."""
    numbers = [i.no for i in template.items if i.no]
    for no in sorted({n for n in numbers if numbers.count(n) > 1}):
        yield Problem(Trouble.TWICE, f"L{no}", f"L{no}")
    ids = [c.id for c in template.checks]
    for name in sorted({n for n in ids if ids.count(n) > 1}):
        yield Problem(Trouble.TWICE, name, name)
    if template.carry and template.carry not in known:
        yield Problem(Trouble.ACCOUNT, "carry", template.carry)
    spots = [(f"L{i.no}", i.formula) for i in template.items if i.formula is not None]
    for at, check in enumerate(template.checks, 1):
        spots += [(f"check {at}", check.left), (f"check {at}", check.right)]
    for where, node in spots:
        yield from _faults_of(where, node, numbers, known, dead, others)
    for no in _circular(template):
        yield Problem(Trouble.CYCLE, f"L{no}", "")


def _faults_of(
    where: str,
    node: Node,
    numbers: Collection[int],
    known: Collection[str],
    dead: Collection[str],
    others: Mapping[str, Collection[int]],
) -> Iterator[Problem]:
    """What one formula names and is not there."""
    for leaf in leaves(node):
        if isinstance(leaf, LineRef):
            if leaf.no not in numbers:
                yield Problem(Trouble.LINE, where, f"L{leaf.no}")
            continue
        if leaf.kind == "S":
            if where.startswith("L"):
                yield Problem(Trouble.FUNCTION, where, str(leaf))
            elif int(leaf.other) not in others.get(leaf.detail, ()):
                yield Problem(Trouble.LINE, where, str(leaf))
            continue
        for code in (leaf.account, leaf.other) if leaf.kind != "F" else ():
            if code and code not in known:
                yield Problem(Trouble.ACCOUNT, where, code)
            elif code in dead:
                yield Problem(Trouble.DEAD, where, code)
    if divides_by_nothing(node):
        yield Problem(Trouble.NOTHING, where, "")


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
