"""The small language in which a statement's lines say what they count.

    B(101)+B(102)   ending balance, on the normal side of the account; sub-accounts are included
    O(322)          the same at the beginning of the span
    M(501)          what moved in the span, on the normal side, without what was carried to the year's result
    B(113+) B(113-) sum of the details (sub-account and other party) that stand in debit, in credit
    M(513/运转支出)  only the detail of that name: a sub-account, a project or an other party
    T(322,311)      what vouchers of the span took from 322 (debit) and gave to 311 (credit)
    L9              another line of the statement
    + - * / ( )     and whole numbers, to multiply and divide with

Nothing else can be said, so a template from anywhere can be read without fear.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

LONGEST = 800
DEEPEST = 40

_TOKEN = re.compile(
    r"\s*(?:(?P<line>L\d{1,4})|(?P<number>\d{1,12})|(?P<op>[-+*/()])"
    r"|(?P<kind>[BOMT])\(\s*(?P<account>[0-9A-Za-z.]{1,20})\s*"
    r"(?:(?P<part>[+-])|/(?P<detail>[^()]{1,40})|,\s*(?P<other>[0-9A-Za-z.]{1,20}))?\s*\))"
)


class FormulaError(ValueError):
    """A text that is no formula; `at` is the place of the first sign that does not fit, from 1."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(f"{text!r} at {at}")
        self.text, self.at = text, at


class DivisionByNothingError(ArithmeticError):
    """A divisor that is zero."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What is looked up in the books. `part` is "+" or "-" for details in debit or credit; `other` belongs to T."""

    kind: str
    account: str
    part: str = ""
    detail: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True)
class LineRef:
    """Another line of the statement."""

    no: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two parts joined by + - * or /."""

    op: str
    left: Node
    right: Node


Node = Atom | LineRef | Binary | int


def parse(text: str) -> Node:
    """Raises FormulaError."""
    tokens = list(_tokens(text))
    node, rest = _sum(text, tokens, 0, 0)
    if rest < len(tokens):
        raise FormulaError(text, tokens[rest][1])
    return node


_Token = tuple[str | Node, int]
"""An operator, or a finished part of a formula; and where it stands, from 1."""


def _tokens(text: str) -> Iterator[_Token]:
    at, end = 0, len(text.rstrip())
    if end > LONGEST:
        raise FormulaError(text[:40], LONGEST)
    while at < end:
        found = _TOKEN.match(text, at)
        if found is None:
            raise FormulaError(text, at + 1)
        start, at = at, found.end()
        kind, part, detail, other = found.group("kind", "part", "detail", "other")
        if kind and ((kind == "T") != bool(other) or (part and kind == "M")):
            raise FormulaError(text, start + 1)
        if kind:
            yield Atom(kind, found["account"], part or "", (detail or "").strip(), other or ""), start + 1
        elif found["line"]:
            yield LineRef(int(found["line"][1:])), start + 1
        elif found["number"]:
            yield int(found["number"]), start + 1
        else:
            yield found["op"], start + 1


def _sum(text: str, tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    return _chain(text, tokens, at, depth, "+-", _product)


def _product(text: str, tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    return _chain(text, tokens, at, depth, "*/", _factor)


_Reader = Callable[[str, list[_Token], int, int], tuple[Node, int]]


def _chain(text: str, tokens: list[_Token], at: int, depth: int, ops: str, part: _Reader) -> tuple[Node, int]:
    node, at = part(text, tokens, at, depth)
    while at < len(tokens) and isinstance(op := tokens[at][0], str) and op in ops:
        right, at = part(text, tokens, at + 1, depth)
        node = Binary(op, node, right)
    return node, at


def _factor(text: str, tokens: list[_Token], at: int, depth: int) -> tuple[Node, int]:
    if at >= len(tokens) or depth > DEEPEST:
        raise FormulaError(text, len(text) + 1)
    sign, place = tokens[at]
    if sign == "-":
        node, after = _factor(text, tokens, at + 1, depth + 1)
        return Binary("-", 0, node), after
    if sign == "(":
        node, after = _sum(text, tokens, at + 1, depth + 1)
        if after >= len(tokens) or tokens[after][0] != ")":
            raise FormulaError(text, tokens[after][1] if after < len(tokens) else len(text) + 1)
        return node, after + 1
    if isinstance(sign, str):
        raise FormulaError(text, place)
    return sign, at + 1


def leaves(node: Node) -> Iterator[Atom | LineRef]:
    """Everything a formula looks up, in order of writing."""
    stack = [node]
    while stack:
        top = stack.pop()
        if isinstance(top, Binary):
            stack += (top.right, top.left)
        elif not isinstance(top, int):
            yield top


def divides_by_nothing(node: Node) -> bool:
    """True when a divisor is zero whatever the books say."""
    if not isinstance(node, Binary):
        return False
    if divides_by_nothing(node.left) or divides_by_nothing(node.right):
        return True
    if node.op != "/" or any(True for _leaf in leaves(node.right)):
        return False
    return evaluate(node.right, {}, lambda _atom: 0) == 0


def evaluate(node: Node, lines: Mapping[int, Fraction], value: Callable[[Atom], int]) -> Fraction:
    """The figure, exact. Raises DivisionByNothingError."""
    if isinstance(node, int):
        return Fraction(node)
    if isinstance(node, LineRef):
        return lines[node.no]
    if isinstance(node, Atom):
        return Fraction(value(node))
    left, right = evaluate(node.left, lines, value), evaluate(node.right, lines, value)
    if node.op == "+":
        return left + right
    if node.op == "-":
        return left - right
    if node.op == "*":
        return left * right
    if right == 0:
        raise DivisionByNothingError
    return left / right
