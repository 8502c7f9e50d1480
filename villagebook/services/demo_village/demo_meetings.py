"""The demo village's meetings: what is paid is decided first, one vote fails, and a veto is lifted by the representatives."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from villagebook.domain.document import Attachment
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.resolution import BEFORE_PAYING, OpenStep, Resolution, ResolutionItem
from villagebook.services import files
from villagebook.services.approvals import resolution_papers, resolutions, vetoes
from villagebook.services.by import By
from villagebook.services.demo_village.demo_paper import photographs, sign_all
from villagebook.services.gathering import levy_facts

if TYPE_CHECKING:
    from villagebook.services.book_file.books import Book

COMMITTEES = 7
"""How many sit in the two committees; the other bodies are counted by the register of households."""

_BODIES = (("两委", Body.COMMITTEES), ("代表会", Body.DELEGATES), ("成员大会", Body.MEMBERS))


def decide(
    book: Book,
    keeper: str,
    number: str,
    held_on: date,
    items: tuple[ResolutionItem, ...],
    by: By,
    *,
    against: int = 1,
    by_steps: bool = False,
) -> None:
    """A meeting votes, its minutes are photographed and recorded; a number that is in the register stays as it is."""
    if resolutions.standing(book, number) is not None:
        return
    body = next((b for word, b in _BODIES if number.startswith(word)), Body.DELEGATES)
    with book.reading() as connection:
        entitled = levy_facts.entitled(connection, body, held_on) or COMMITTEES
    present = entitled - entitled // 9
    bare = Resolution(
        "",
        number,
        body,
        held_on,
        items,
        called_on=held_on - timedelta(days=12),
        place="村委会会议室",
        entitled=entitled,
        present=present,
        yes=present - against,
        no=against,
        keeper=keeper,
        steps=_steps(held_on) if by_steps else (),
    )
    sheets = photographs(resolution_papers.sheet_pdf(book, bare), seed=len(number))
    kept = tuple(
        files.store_file(book, sheet, f"{number}会议记录{n}.jpg") for n, sheet in enumerate(sheets, 1)
    )
    resolutions.record(book, _with_papers(bare, kept), by)


def _steps(held_on: date) -> tuple[tuple[OpenStep, date], ...]:
    """Proposed, consulted, deliberated in the fortnight before the vote, shown on its day."""
    days = (held_on - timedelta(days=n) for n in (13, 10, 6, 0, 0))
    return tuple(zip(BEFORE_PAYING, days, strict=True))


def _with_papers(made: Resolution, kept: tuple[Attachment, ...]) -> Resolution:
    return replace(made, papers=kept, roll_file=kept[-1])


def lift(book: Book, ids: dict[str, str], day: date, by: By) -> None:
    """The representatives hear both sides and let a rejected bill through; it is signed again and paid."""
    veto = next((v for v in vetoes.listing(book) if v.fate is vetoes.Fate.STANDS), None)
    if veto is None:
        return
    number = f"代表会{day.year}-09号"
    words = f"听取监委会意见后,同意支付:{veto.document.summary}"
    item = ResolutionItem(1, words, Matter.VETO, veto.document.total_fen, document=veto.document.id)
    decide(book, ids["clerk"], number, day - timedelta(days=1), (item,), by, against=2)
    vetoes.lift_by_resolution(book, veto.document.id, number, by)
    vetoes.again(book, veto.document.id, by)
    sign_all(book, ids, (veto.document.id,), day)


def fail(book: Book, ids: dict[str, str], day: date, by: By) -> None:
    """A plan of the heads finds no majority: it is recorded as that, and nothing can be paid on it."""
    item = ResolutionItem(1, "村部新建停车场并硬化", Matter.WORKS, 6_800_000)
    decide(book, ids["clerk"], f"代表会{day.year}-07号", day - timedelta(days=1), (item,), by, against=5)
