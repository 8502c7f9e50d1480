"""The register of special funds: granted, received, spent for their purpose, in time (R17)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.fund import Fund, FundStanding
from villagebook.domain.place import PlaceKind
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.plan_facts import PlanFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import plan_facts as plans
from villagebook.storage import documents as docs
from villagebook.storage import funds as store
from villagebook.storage.book import Book

TOPICS = ("places", "registers", "funds")


def define(book: Book, fund: Fund, by: By) -> None:
    """Enter a fund, or say anew what it may be spent on; a later entry replaces what an earlier one said.

    Raises Refused: no place and no code (FND-03), accounts, purpose or paper missing (E2L-30).
    """
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        tidy = replace(
            fund,
            code=fund.place or fund.code.strip(),
            name=fund.name.strip(),
            purpose=fund.purpose.strip(),
            resolution=fund.resolution.strip(),
            grantor=fund.grantor.strip(),
            document_no=fund.document_no.strip(),
        )
        _check_purpose(facts, tidy)
        pass_or_refuse(replace(facts, plan=PlanFacts(new_fund=tidy)), When.REGISTER)
        body = replace(tidy, code="") if tidy.place else tidy  # a fund with a place is called like its place
        writing.log("fund.defined", body.to_data(), new_id(), *TOPICS)


def _check_purpose(facts: Facts, fund: Fund) -> None:
    place = facts.places.get(fund.place)
    known = bool(fund.accounts) and all(a in facts.chart for a in fund.accounts)
    is_special = place is not None and place.kind is PlaceKind.SP
    problem = ""
    if not known or (fund.place and not is_special):
        problem = _("Choose a special fund, and accounts of the chart it may pay on.")
    elif not fund.purpose or not fund.resolution:
        problem = _("Enter the purpose and the number of the resolution or grant letter.")
    if problem:
        where = fund.place or fund.code or "-"
        raise refusal("E2L-30", where, problem, target="register:funds")


def standings(book: Book, day: date) -> tuple[FundStanding, ...]:
    """Every fund with what it received and spent up to a day, by code."""
    with book.reading() as connection:
        base = gather.ground(connection, book.info, day)
        waiting = docs.waiting_documents(connection)
        return tuple(
            plans.fund_standing(connection, base, fund, day, waiting) for fund in store.funds(connection)
        )
