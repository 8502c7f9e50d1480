"""What stands beside the lines of a notice: kinds of money in plain words beside other times, and what the bank says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from villagebook.domain.money import yuan_text
from villagebook.domain.notice import BankStand, KindFigure, Notice, kind_total
from villagebook.domain.sheet import Part
from villagebook.domain.table import Cell, Column, Shape
from villagebook.i18n import _, ngettext
from villagebook.reports.flow import Block, together
from villagebook.reports.notice_paper import Paper
from villagebook.reports.notice_text import paragraph
from villagebook.reports.sheet_tables import part_blocks

Read = Callable[[KindFigure], Cell]


def kinds_blocks(notice: Notice, paper: Paper) -> list[Block]:
    """Income and spending by kind, each with its total; nothing for notices from before kinds were known."""
    if not notice.kinds:
        return []
    columns = _columns(notice)
    blocks: list[Block] = []
    for is_income, title in ((True, _("Income by kind")), (False, _("Spending by kind"))):
        blocks += part_blocks(_part(title, notice.kinds, columns, is_income=is_income), paper)
    if any(k.unread for k in notice.kinds):
        blocks.append(paragraph(_("* The village's own words, which supervision has not read yet."), paper))
    return blocks


def _columns(notice: Notice) -> list[tuple[Column, Read]]:
    """Only times that the book knows and that say something of their own."""

    def money(key: str, title: str) -> Column:
        return Column(key, title, Shape.MONEY, 10)

    kinds = notice.kinds
    made: list[tuple[Column, Read]] = [(money("now", _("This period")), lambda k: k.fen)]
    if any(k.last_fen is not None for k in kinds):
        made.append((money("last", _("Last period")), lambda k: k.last_fen))
    if notice.span.length != 12 and any(k.year_ago_fen is not None for k in kinds):
        made.append((money("year_ago", _("A year ago")), lambda k: k.year_ago_fen))
    if notice.span.first.month != 1 or any(k.year_fen != k.fen for k in kinds):
        made.append((money("year", _("Since January")), lambda k: k.year_fen))
    if any(k.budget_fen is not None for k in kinds):
        title = _("Planned for {year}").format(year=notice.span.last.year)
        made.append((money("budget", title), lambda k: k.budget_fen))
    return made


def _part(
    title: str, kinds: Sequence[KindFigure], columns: Sequence[tuple[Column, Read]], *, is_income: bool
) -> Part:
    heads = (Column("kind", _("Kind of money"), Shape.TEXT, 20), *(column for column, _read in columns))
    rows = []
    for kind in kinds:
        if kind.is_income is is_income:
            words = _("　of it: {words}").format(words=kind.words) if kind.depth else kind.words
            rows.append((words + ("*" if kind.unread else ""), *(read(kind) for _column, read in columns)))
    if not rows:
        return Part(title, heads, ())
    total = kind_total(kinds, is_income=is_income)
    return Part(title, heads, (*rows, (_("Total"), *(read(total) for _column, read in columns))), 1)


def bank_blocks(notice: Notice, paper: Paper) -> list[Block]:
    """The bank's own balance beside ours; nothing for notices from before it was asked."""
    return together(part_blocks(bank_part(notice.banks), paper), paper.room / 2) if notice.banks else []


def bank_part(banks: Sequence[BankStand]) -> Part:
    """Each account with our balance, the bank's own, what one side has not written yet, and whether they agree."""
    columns = (
        Column("account", _("Bank account"), Shape.TEXT, 16),
        Column("book", _("We have written"), Shape.MONEY, 10),
        Column("bank", _("The bank says"), Shape.MONEY, 10),
        Column("open", _("On the way"), Shape.MONEY, 10),
        Column("result", _("Does it agree?"), Shape.TEXT, 12),
    )
    rows: list[tuple[Cell, ...]] = [
        (b.name, b.book_fen, b.bank_fen, b.open_fen if b.bank_fen is not None else None, bank_result(b))
        for b in banks
    ]
    return Part(_("Does the bank say the same?"), columns, tuple(rows))


def bank_result(stand: BankStand) -> str:
    """Whether an account agrees, in a few words."""
    if stand.bank_fen is None:
        return _("No statement of the bank yet.")
    if stand.unexplained_fen:
        return _("No: {amount} yuan are not explained.").format(amount=yuan_text(stand.unexplained_fen))
    told = _("Yes.")
    if stand.open_count:
        told = ngettext(
            "Yes, with {n} entry on the way.", "Yes, with {n} entries on the way.", stand.open_count
        ).format(n=stand.open_count)
    if stand.checked_by:
        told = _("{result} Checked by {name}.").format(result=told, name=stand.checked_by)
    return told
