"""The demo village's other sheets: whatever a month, a quarter, a half-year and a year ask for is compiled, reviewed and hung in
the first days after, and everything that has stood its days comes down and is put away.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from villagebook.services.demo_village import demo_sheets
from villagebook.services.demo_village.demo_board import UP
from villagebook.services.demo_village.demo_story import moment
from villagebook.services.disclosure import board, board_archive, board_lives, notices, sheet_cycle, sheets

if TYPE_CHECKING:
    from villagebook.domain.period import Period
    from villagebook.services.demo_village.demo_story import DemoVillage

COMPILED = 5
"""Day of the month on which the sheets of the months before are compiled."""
STANDS = 12
"""Days a sheet is left on the board."""


def show(village: DemoVillage, month: Period, until: date) -> None:
    """Put down the sheets of the months before this one, as far as the days have come."""
    compiled, hung = month.first_day.replace(day=COMPILED), month.first_day.replace(day=UP)
    if until >= hung:
        village.agenda.on(compiled, 9, partial(_compile, village, compiled, hung))


def _compile(village: DemoVillage, compiled: date, hung: date) -> None:
    """Everything that is asked for and not there; each is kept as a file, to be hung."""
    folder = village.folder / "notices"
    folder.mkdir(exist_ok=True)
    for one in sheet_cycle.in_book(village.book, compiled):
        if one.number or not one.ready:
            continue
        made = sheets.submit_sheet(village.book, one.entry.form, one.span, "", moment(compiled, 9))
        demo_sheets.review(village, made, compiled)
        path = folder / f"{one.entry.form.value}-{one.span}.pdf"
        path.write_bytes(paper := sheets.final_pdf(village.book, made, "A3"))
        village.agenda.on(hung, 16, partial(demo_sheets.post, village, made, hung, paper))
        village.made_notices.append(path)


def put_away(village: DemoVillage, until: date) -> None:
    """Sheets, not the notices of months, that have stood long enough by a day come down, and are archived."""
    book, clerk = village.book, village.ids["clerk"]
    months = {row.id for row in notices.notices(book)}
    for told in board_lives.notice_lives(book):
        life = told.life
        if life.subject in months or not life.final or life.archived_on or not life.hangs:
            continue
        days = [h.posting.posted_at.date() for h in life.hangs if h.posting.posted_at]
        down = max(days) + timedelta(days=STANDS)
        if down > until:
            continue
        for hang in life.hangs:
            if hang.removal is None:
                board.take_down(book, hang.posting.id, down, clerk, "公开期满", moment(down, 17))
        board_archive.archive(book, life.subject, moment(down, 18))
