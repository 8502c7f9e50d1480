"""The small language in which a statement's lines say what they count.

    B(101)+B(102)   ending balance, on the normal side of the account; sub-accounts are included
    O(322)          the same at the beginning of the span
    M(501)          what moved in the span, on the normal side, without what was carried to the year's result
    B(113+) B(113-) sum of the details (sub-account and other party) that stand in debit, in credit
    M(513/运转支出)  only the detail of that name: a sub-account, a project or an other party
    T(322,311)      what vouchers of the span took from 322 (debit) and gave to 311 (credit)
    R(501) P(511)   money received, money paid in the span for that account: what the cash and bank books say it was for
    F(cash-books)   a figure of another book, see FIGURES; F(opening/income) belongs to one line of money
    S(income/21)    a line of another statement; S(income/21-) the same when the span begins. For checks only
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

FIGURES = {
    "cash-books": False,
    "bank-books": False,
    "places": True,
    "opening": True,
    "receipts": True,
    "payments": True,
    "transfers-in": True,
    "transfers-out": True,
    "closing": True,
}
"""What F knows, and whether it may be asked of one line of money: what the cash and the bank books close with, what the money
places hold, and of receipts and payments what they begin with, hold, move between places and close with."""

_TOKEN = re.compile(
    r"\s*(?:(?P<line>L\d{1,4})|(?P<number>\d{1,12})|(?P<op>[-+*/()])"
    r"|(?P<kind>[BOMTRP])\(\s*(?P<account>[0-9A-Za-z.]{1,20})\s*"
    r"(?:(?P<part>[+-])|/(?P<detail>[^()]{1,40})|,\s*(?P<other>[0-9A-Za-z.]{1,20}))?\s*\)"
    r"|(?P<far>[FS])\(\s*(?P<name>[a-z0-9][a-z0-9-]{0,39})\s*(?:/\s*(?P<of>[a-z]{1,20}|\d{1,4}))?\s*(?P<before>-)?\s*\))"
)
_FUNCTION = re.compile(r"\s*([^\W\d_]+)\s*\(")
_TAKES = {"B": "+-/", "O": "+-/", "M": "/", "T": ",", "R": "", "P": ""}
"""What may follow the account: a side, a detail, another account."""


class FormulaError(ValueError):
    """A text that is no formula; `at` is the place of the first sign that does not fit, from 1."""

    def __init__(self, text: str, at: int) -> None:
        super().__init__(f"{text!r} at {at}")
        self.text, self.at = text, at


class UnknownFunctionError(FormulaError):
    """A function the language does not have; `name` is how it was called."""

    def __init__(self, text: str, at: int, name: str) -> None:
        super().__init__(text, at)
        self.name = name


class DivisionByNothingError(ArithmeticError):
    """A divisor that is zero."""


@dataclass(frozen=True, slots=True)
class Atom:
    """What is looked up in the books. `part` is "+" or "-" for details in debit or credit; `other` belongs to T.

    F and S name no account: `detail` is the figure or the statement, `other` the line of money, or the line's number; `part`
    "-" of S means when the span begins.
    """

    kind: str
    account: str
    part: str = ""
    detail: str = ""
    other: str = ""

    def __str__(self) -> str:
        if self.kind in "FS":
            of = f"/{self.other}" if self.other else ""
            return f"{self.kind}({self.detail}{of}{self.part})"
        detail = f"/{self.detail}" if self.detail else ""
        return f"{self.kind}({self.account}{self.part}{detail}{',' if self.other else ''}{self.other})"


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
            called = _FUNCTION.match(text, at)
            if called and called[1] not in _TAKES and called[1] not in "FS":
                raise UnknownFunctionError(text, at + 1, called[1])
            raise FormulaError(text, at + 1)
        start, at = at, found.end()
        if found["kind"] or found["far"]:
            yield _atom(text, start, found), start + 1
        elif found["line"]:
            yield LineRef(int(found["line"][1:])), start + 1
        elif found["number"]:
            yield int(found["number"]), start + 1
        else:
            yield found["op"], start + 1


def _atom(text: str, start: int, found: re.Match[str]) -> Atom:
    if found["far"]:
        return _far(text, start, found)
    kind, part, detail, other = found.group("kind", "part", "detail", "other")
    sign = part or ("/" if detail else "," if other else "")
    if (sign and sign not in _TAKES[kind]) or (kind == "T" and not other):
        raise FormulaError(text, start + 1)
    return Atom(kind, found["account"], part or "", (detail or "").strip(), other or "")


def _far(text: str, start: int, found: re.Match[str]) -> Atom:
    kind, name, of, before = found.group("far", "name", "of", "before")
    if kind == "F":
        if name not in FIGURES:
            raise UnknownFunctionError(text, start + 1, f"F({name})")
        if before or (of and not (FIGURES[name] and of.isalpha())):
            raise FormulaError(text, start + 1)
    elif not (of and of.isdigit()):
        raise FormulaError(text, start + 1)
    return Atom(kind, "", before or "", name, of or "")


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


def signed_lines(node: Node, sign: int = 1) -> tuple[tuple[int, int], ...] | None:
    """(sign, line) of a formula that only adds and takes away other lines; None for any other."""
    if isinstance(node, LineRef):
        return ((sign, node.no),)
    if isinstance(node, Binary) and node.op in "+-":
        left = () if node.op == "-" and node.left == 0 else signed_lines(node.left, sign)
        right = signed_lines(node.right, sign if node.op == "+" else -sign)
        return None if left is None or right is None else (*left, *right)
    return None
