"""A notice or another board paper as text for the loudspeaker: short sentences, amounts as they are read aloud.

What hangs is what is read: every sentence goes through the filter of the board once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebook import i18n
from villagebook.domain.money import parse_yuan, yuan_text
from villagebook.domain.notice import Notice, NoticeLine
from villagebook.domain.numerals import spoken_amount, spoken_number
from villagebook.domain.period import Span
from villagebook.domain.sheet import Paper
from villagebook.i18n import _, ngettext
from villagebook.rules.disclosure import without_private

MOST_READ = 5
"""Entries read out on either side, the largest; the others are on the board, and the text says so."""

_AMOUNT = re.compile(r"-?\d{1,3}(?:,\d{3})*\.\d\d(?!\d)\s*元?")

_EACH = re.compile(r"(\d[\d.]*)\s*([\u4e00-\u9fff]{1,2})\s*×\s*(?=-?\d)")


def loudspeaker_text(paper: Paper, draft: bool) -> bytes:
    """UTF-8, a sentence on each line, in the language of the paper."""
    with i18n.speaking(paper.language):
        sentences = _notice(paper) if isinstance(paper, Notice) else _sheet(paper)
        lines = [_("DRAFT: not to be read out.")] if draft else []
        lines += [_said(paper.village, paper.span), *sentences, *_closing(paper)]
        return ("\n".join(spoken(without_private(line)) for line in lines) + "\n").encode("utf-8")


def spoken(text: str) -> str:
    """A Chinese text with its amounts in words; another language keeps its figures."""
    if i18n.language() != i18n.CHINESE:
        return text
    text = _EACH.sub(r"\1\2，每\2", text)  # 3.4亩×200.00: nobody says the sign
    return _AMOUNT.sub(lambda m: spoken_amount(parse_yuan(m.group())), text)


def _money(fen: int) -> str:
    return _("{amount} yuan").format(amount=yuan_text(fen))


def _count(number: int) -> str:
    return spoken_number(number) if i18n.language() == i18n.CHINESE else str(number)


def _said(village: str, span: Span) -> str:
    """Who speaks, and of which months."""
    month = _("{year}-{month:02d}")
    if span.first == span.last:
        when = month.format(year=span.first.year, month=span.first.month)
    else:
        when = _("{first} to {last}").format(
            first=month.format(year=span.first.year, month=span.first.month),
            last=month.format(year=span.last.year, month=span.last.month),
        )
    return _("Villagers, please listen: the accounts of {village} for {when}.").format(
        village=village, when=when
    )


def _notice(notice: Notice) -> Iterator[str]:
    yield _("At the beginning there was {amount}.").format(amount=_money(notice.opening_fen))
    yield _("Taken in: {amount}.").format(amount=_money(notice.income_fen))
    yield from _largest([line for line in notice.lines if line.income_fen > 0])
    yield _("Paid out: {amount}.").format(amount=_money(notice.spending_fen))
    yield from _largest([line for line in notice.lines if line.spending_fen > 0])
    yield _("At the end there is {amount}.").format(amount=_money(notice.closing_fen))
    if notice.rejected_count:
        yield _("Rejected by the supervisors: {amount}.").format(amount=_money(notice.rejected_fen))


def _largest(lines: list[NoticeLine]) -> Iterator[str]:
    """The largest entries with what they were for; how many there are in all."""
    most = sorted(lines, key=lambda line: -(line.income_fen or line.spending_fen))[:MOST_READ]
    if len(lines) > len(most):
        yield _("There are {n} entries; the largest are:").format(n=_count(len(lines)))
    for line in most:
        measured = _("{matter}, {measure}").format(matter=line.summary, measure=line.measure)
        amount = _money(line.income_fen or line.spending_fen)
        yield _("{what}: {amount}.").format(what=measured if line.measure else line.summary, amount=amount)


def _sheet(paper: Paper) -> Iterator[str]:
    if isinstance(paper, Notice):
        return
    yield _("{title}.").format(title=paper.title)
    for figure in paper.figures:
        yield _("{what}: {amount}.").format(what=figure.label, amount=_money(figure.fen))
    yield from paper.sentences
    for part in paper.parts:
        rows = len(part.rows) - part.totals
        if rows <= 0:
            yield _("{title}: nothing in this period.").format(title=part.title)
        else:
            yield ngettext(
                "{title}: {n} row, on the board.", "{title}: {n} rows, on the board.", rows
            ).format(title=part.title, n=_count(rows))


def _closing(paper: Paper) -> Iterator[str]:
    if paper.places_to_post:
        yield _("Everything, entry by entry, hangs here: {places}.").format(
            places=_(", ").join(paper.places_to_post)
        )
    yield _("Who has a doubt asks the supervision committee within {days} days of posting.").format(
        days=_count(paper.objection_days)
    )
    yield _("An answer is due within {days} days.").format(days=_count(paper.answer_days))
    yield _("That was all; please tell your neighbours.")
