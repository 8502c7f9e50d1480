"""How what happens at the board is written down: in time, and with photos of its own (D7, D10, D15)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.i18n import N_, _
from villagebook.rules.board import LEAST_REASON
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

BOARD = frozenset({When.BOARD})


def _used_again(facts: Facts) -> Iterator[Hit]:
    board = facts.board
    photos = (*(board.posting.photos if board.posting else ()), *board.photos)
    for sha256 in dict.fromkeys(p.sha256 for p in photos):
        if sha256 in board.used:
            yield Hit(board.number, {"number": board.number, "where": board.used[sha256]})


def _entered_late(facts: Facts) -> Iterator[Hit]:
    """A posting may be told late with its reason, its days count from then; an answer or papers laid open may not."""
    board, most = facts.board, facts.policy.number("board_entry_days")
    posting = board.posting
    if posting is not None and posting.posted_at is not None:
        days = (facts.today - posting.posted_at.date()).days
        if days > most:
            excused = len(posting.excuse.strip()) >= LEAST_REASON
            what = _("the posting of {number} at {place}").format(number=board.number, place=posting.place)
            level = Severity.WARNING if excused else None
            yield Hit(board.number, {"what": what, "days": days, "most": most}, "", level)
    for what, day in board.told:
        days = (facts.today - day).days
        if days > most:
            yield Hit(board.number, {"what": what, "days": days, "most": most})


RULES = (
    Rule(
        "DIS-45",
        "D7",
        Severity.ERROR,
        BOARD,
        "[R] A10; [D]",
        N_("A photo shows one posting"),
        N_("One photo for two boards proves that somebody has a photo, not that the notice hung at both."),
        N_("{number}: this photo stands for {where} already. Take a photo of this board and of this paper."),
        _used_again,
    ),
    Rule(
        "DIS-46",
        "D7",
        Severity.HOLD,
        BOARD,
        "[D]; [R] A10",
        N_("What happens at the board is entered within days"),
        N_("What is written down weeks later with an old day makes every deadline look kept."),
        N_(
            "{what} would be entered {days} days after its day; {most} are left for that. Enter it with the day of today (the words may say when it was), or record why a posting is entered late: its days then count from today."
        ),
        _entered_late,
    ),
)
