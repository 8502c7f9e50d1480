"""Papers that lie with a document beside its bill: quotes, minutes, contract, acceptance (approvals.md sections 2 and 4)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from villagebook.domain.document import Document, Support
from villagebook.domain.link import LinkKind


class Enclosed(StrEnum):
    """What somebody ticks when it lies with the document, and signs for with the rest of its content."""

    LIST = "list"
    MINUTES = "minutes"
    QUOTES = "quotes"
    CONTRACT = "contract"
    RESOLUTION = "resolution"
    ACCEPTANCE = "acceptance"
    TENDER = "tender"
    SETTLEMENT = "settlement"
    AUDIT = "audit"
    WORK_SHEET = "work-sheet"
    ROSTER = "roster"
    PUBLICATION = "publication"
    BUDGET = "budget"
    PHOTOS = "photos"
    APPLICATION = "application"
    TRIP_REQUEST = "trip-request"
    TICKETS = "tickets"
    CARD = "card"
    PAYEE_PHOTO = "payee-photo"


def enclosed(document: Document) -> frozenset[Enclosed]:
    """Papers that lie with a document: those ticked, and those its other fields name."""
    named = document.resolution.strip() or (
        document.support is Support.MINUTES and document.support_no.strip()
    )
    links = [link for item in document.items for link in item.links]
    shown = {
        Enclosed.LIST: document.support is Support.SIGNED_LIST or bool(document.pay_list),
        Enclosed.WORK_SHEET: bool(document.pay_list),
        Enclosed.ROSTER: bool(document.pay_list),
        Enclosed.TRIP_REQUEST: bool(document.trip),
        Enclosed.MINUTES: bool(named),
        Enclosed.RESOLUTION: bool(named),
        Enclosed.CONTRACT: document.support is Support.CONTRACT
        or any(link.kind is LinkKind.CONTRACT for link in links),
        Enclosed.TICKETS: any(paper.told.journey for paper in document.invoices),
        Enclosed.CARD: bool(document.id_tail),
    }
    ticked = {Enclosed(code) for code in document.enclosed if code in Enclosed.__members__.values()}
    return frozenset(ticked | {paper for paper, there in shown.items() if there})


def read_papers(told: Iterable[str]) -> tuple[str, ...]:
    """Papers of a township's file; `a|b` is either of two. Raises ValueError for a paper nobody knows."""
    made = tuple(told)
    for paper in made:
        for code in paper.split("|"):
            Enclosed(code)
    return made


def missing(wanted: Iterable[str], there: frozenset[Enclosed]) -> tuple[str, ...]:
    """Those of the papers asked for that do not lie there."""
    return tuple(paper for paper in wanted if not any(code in there for code in paper.split("|")))
