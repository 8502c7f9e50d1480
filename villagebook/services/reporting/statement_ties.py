"""What a statement must agree with: its own checks, the accounts it leaves out, the notices that end with the same month."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from villagebook import i18n
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.statement import Template, Tie, Words
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.reporting.statement_figures import Reader
from villagebook.services.reporting.statement_layouts import BALANCE_SHEET
from villagebook.storage import statements as store
from villagebook.storage.engine import Connection


def say(words: Words) -> str:
    """A text of a template in the language spoken now."""
    return words[1] if i18n.language() == i18n.ENGLISH else words[0]


def findings(name: str, template: Template, now: Reader, held: Sequence[Tie]) -> Iterator[Finding]:
    """The checks that do not hold; of a balance sheet also the accounts that no line counts."""
    yield from _broken(name, held)
    if name == BALANCE_SHEET:
        yield from _left_out(name, template, now)
        yield from _begun_late(now)


def _broken(name: str, held: Sequence[Tie]) -> Iterator[Finding]:
    for tie in held:
        if tie.holds or tie.left_fen is None or tie.right_fen is None:
            continue
        text = _("{says}: {left} is not {right}, the difference is {difference}.").format(
            says=say(tie.check.says),
            left=yuan_text(tie.left_fen),
            right=yuan_text(tie.right_fen),
            difference=yuan_text(tie.left_fen - tie.right_fen),
        )
        where = f"{name} {tie.check.id}"
        yield Finding("STM-10", Severity.WARNING, where, text, "", f"check:{name}:{tie.check.id}")


def _left_out(name: str, template: Template, now: Reader) -> Iterator[Finding]:
    counted = {a.account for a in template.atoms() | template.checked_atoms() if a.kind == "B"}
    for code, fen in sorted(now.closing.items()):
        if fen and not any(code.startswith(c) for c in counted):
            text = _("Account {code} stands at {amount} and no line of the statement counts it.")
            filled = text.format(code=code, amount=yuan_text(fen))
            yield Finding("STM-11", Severity.WARNING, name, filled, "", f"account:{code}")


def _begun_late(now: Reader) -> Iterator[Finding]:
    start = now.start
    if start.year == now.span.last.year and start.month > 1:
        text = _("The book begins in {start}: the start of the year shows its opening balances.")
        yield Finding("STM-12", Severity.HINT, str(start), text.format(start=start))


def money_of(template: Template, lines: Mapping[int, int]) -> int | None:
    """What a statement shows of money, None when it has no such line."""
    return next((lines.get(i.no) for i in template.items if i.role == "money"), None)


def with_notices(connection: Connection, name: str, last: Period, money: int | None) -> Iterator[Finding]:
    """The money line against the notices that end with the same month."""
    for number, closing_fen in store.notice_closings(connection, last):
        if money is not None and closing_fen != money:
            text = _("The statement shows {shown} of money, {what} {other}, the difference is {difference}.")
            filled = text.format(
                shown=yuan_text(money),
                what=_("notice {number}").format(number=number),
                other=yuan_text(closing_fen),
                difference=yuan_text(money - closing_fen),
            )
            yield Finding("STM-13", Severity.WARNING, name, filled)


def ties_table(name: str, held: Iterable[Tie]) -> Table:
    """Every check with both figures; a row opens what makes its two sides."""
    columns = (
        Column("id", _("Check"), Shape.TEXT, 6),
        Column("says", _("What must tie"), Shape.TEXT, 34),
        Column("left", _("One side"), Shape.MONEY, 12),
        Column("right", _("Other side"), Shape.MONEY, 12),
        Column("difference", _("Difference"), Shape.MONEY, 12),
        Column("verdict", _("Verdict"), Shape.TEXT, 8),
    )
    shown = tuple(held)
    rows = tuple(
        (t.check.id, say(t.check.says), t.left_fen, t.right_fen, _difference(t), _verdict(t)) for t in shown
    )
    return Table(
        "checks",
        _("What must tie"),
        "",
        columns,
        rows,
        targets=tuple(f"check:{name}:{t.check.id}" for t in shown),
        strong=frozenset(at for at, t in enumerate(shown) if not t.holds),
    )


def _difference(tie: Tie) -> int | None:
    if tie.left_fen is None or tie.right_fen is None:
        return None
    return tie.left_fen - tie.right_fen


def _verdict(tie: Tie) -> str:
    if tie.left_fen is None or tie.right_fen is None:
        return _("nothing to compare")
    return _("ties") if tie.holds else _("does not tie")
