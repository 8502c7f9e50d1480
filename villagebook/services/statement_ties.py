"""What a statement must agree with: its own checks, the accounts it leaves out, the money that everything else shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from villagebook import i18n
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.formula import Atom
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.statement import Prior, Template, Words, broken_checks
from villagebook.domain.table import Cell
from villagebook.i18n import _
from villagebook.services.flows import receipts_payments
from villagebook.services.statement_figures import Reader
from villagebook.storage import ledger
from villagebook.storage import statements as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


@dataclass(frozen=True, slots=True)
class Shown:
    """A statement worked out: fen by line and by atom."""

    name: str
    layout: Template
    span: Span
    lines: Mapping[int, int]
    figures: Mapping[Atom, int]

    def money(self) -> int | None:
        """What the statement shows of money, None when it has no such line."""
        return next((self.lines.get(i.no) for i in self.layout.items if i.role == "money"), None)


def say(words: Words) -> str:
    """A text of a template in the language spoken now."""
    return words[1] if i18n.language() == i18n.ENGLISH else words[0]


def inside(shown: Shown, now: Reader) -> Iterator[Finding]:
    """The template's own checks; of a balance sheet also the accounts that no line counts."""
    yield from _broken(shown)
    if shown.layout.prior is Prior.YEAR_START:
        yield from _left_out(shown, now)
        yield from _begun_late(now)


def _broken(shown: Shown) -> Iterator[Finding]:
    for check, left, right in broken_checks(shown.layout, shown.lines, shown.figures):
        text = _("{says}: {left} is not {right}, the difference is {difference}.").format(
            says=say(check.says),
            left=yuan_text(left),
            right=yuan_text(right),
            difference=yuan_text(left - right),
        )
        yield Finding("STM-10", Severity.WARNING, shown.name, text)


def _left_out(shown: Shown, now: Reader) -> Iterator[Finding]:
    counted = {a.account for a in shown.layout.atoms() if a.kind == "B"}
    for code, fen in sorted(now.closing.items()):
        if fen and not any(code.startswith(c) for c in counted):
            text = _("Account {code} stands at {amount} and no line of the statement counts it.")
            filled = text.format(code=code, amount=yuan_text(fen))
            yield Finding("STM-11", Severity.WARNING, shown.name, filled, "", f"account:{code}")


def _begun_late(now: Reader) -> Iterator[Finding]:
    start = now.start
    if start.year == now.span.last.year and start.month > 1:
        text = _("The book begins in {start}: the start of the year shows its opening balances.")
        yield Finding("STM-12", Severity.HINT, str(start), text.format(start=start))


def with_money(connection: Connection, shown: Shown) -> Iterator[Finding]:
    """The money line against the money places and against the notices that end with the same month."""
    last = shown.span.last
    places_fen = sum(ledger.place_balances_before(connection, last.shifted(1)).values())
    others = [(_("the money places together"), places_fen)]
    for number, closing_fen in store.notice_closings(connection, last):
        others.append((_("notice {number}").format(number=number), closing_fen))
    yield from _differing(shown, others)


def with_flows(book: Book, shown: Shown) -> Iterator[Finding]:
    """The money line against what receipts and payments close with; one month is enough, it begins with balances."""
    if shown.money() is not None:
        closing = receipts_payments(book, Span.of(shown.span.last)).rows[-1][-1]
        yield from _differing(shown, [(_("receipts and payments"), closing)])


def _differing(shown: Shown, others: Iterable[tuple[str, Cell]]) -> Iterator[Finding]:
    money = shown.money()
    for what, fen in others:
        if money is not None and isinstance(fen, int) and fen != money:
            text = _("The statement shows {shown} of money, {what} {other}, the difference is {difference}.")
            filled = text.format(
                shown=yuan_text(money), what=what, other=yuan_text(fen), difference=yuan_text(money - fen)
            )
            yield Finding("STM-13", Severity.WARNING, shown.name, filled)
