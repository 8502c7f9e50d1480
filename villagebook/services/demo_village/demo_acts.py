"""What the demo village does besides receiving and paying: registers filled and kept, mistakes set right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from villagebook.domain.asset import Asset, Disposal, Gone
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.contract import Ended
from villagebook.domain.document import Document, Support
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind, links_from_data
from villagebook.domain.loan import Loan, LoanEnd
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.people import PostKind
from villagebook.domain.place import Place, PlaceKind
from villagebook.domain.project import Project, Stage
from villagebook.domain.resolution import Resolution, ResolutionItem
from villagebook.domain.roster import ADULT, Household, Member, Outsider, OutsiderKind
from villagebook.domain.seals import Holding, SealKind
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.domain.works import Acceptance, Accepter
from villagebook.services import by, files
from villagebook.services.approvals import resolutions, works
from villagebook.services.bringing_in import opening_entry
from villagebook.services.demo_village import demo_levy, demo_meetings, demo_paper
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment
from villagebook.services.gathering import facts as gather
from villagebook.services.offices import people, seals
from villagebook.services.registers import (
    asset_drafts,
    assets,
    budgets,
    contracts,
    fund_register,
    loans,
    projects,
    roster,
)
from villagebook.services.two_lines import imprest
from villagebook.services.vouchers import documents

Act = Callable[[DemoVillage, Row, by.By], None]


def begin(village: DemoVillage) -> None:
    """People and seals, households and outside parties, and the balances the book begins with."""
    start = moment(village.first.first_day, 8)
    book, story = village.book, village.story
    for person in story["people"]:
        village.ids[person["key"]] = people.add_person(book, person["name"], start)
        for post in person["posts"]:
            people.give_post(book, village.ids[person["key"]], PostKind(post), start.day, start)
    for row in story["seals"]:
        kept = Holding("", SealKind(row["kind"]), row["name"], village.ids[row["who"]], start.day)
        seals.hand_over(book, kept, start)
    entries: list[Household | Outsider] = [*_households(story, village.first.year), *_outsiders(story)]
    with book.writing(start.actor, start.at) as writing:
        facts = gather.ground(writing.connection, book.info, start.day)
        for entry in entries:
            roster.save_in(writing, facts, entry, new=True)
    village.parties = {name: link for link, name in roster.party_names(book)}
    old = [Loan.from_data(row) for row in story["loans"]]
    loans.register_all(book, old, start)
    debts = {(loan.account, loan.party): Link(LinkKind.LOAN, loan.code) for loan in old}
    opening = []
    for account, place, party, debit, credit in story["opening"]:
        found = (village.parties.get(party), debts.get((account, party)))
        told = tuple(link for link in found if link is not None)
        opening.append(VoucherLine(account, debit, credit, "", place, party, links=told))
    opening_entry.set_lines(book, tuple(opening), start)
    imprest.name_holder(book, "IM", village.ids["clerk"], start.day, start)
    for number, body, held_on, text, matter in story["earlier"]:
        point = ResolutionItem(1, text, Matter(matter))
        held = date.fromisoformat(held_on)
        resolutions.record(book, Resolution("", number, Body(body), held, (point,), earlier=True), start)


def _households(story: Row, year: int) -> list[Household]:
    """Who is grown up votes. Rows read "shares|name,relation,born；name,relation,born|delegate"."""
    made = []
    for group, rows in story["households"].items():
        for number, row in enumerate(rows, 1):
            shares, told, *delegate = row.split("|")
            members = []
            for text in told.split("；"):
                name, relation, born = text.split(",")
                members.append(Member(name, relation, int(born), votes=year - int(born) >= ADULT))
            members[0] = replace(members[0], delegate=bool(delegate))
            made.append(
                Household(
                    f"{int(group):02d}-{number:03d}", int(group), members[0].name, tuple(members), shares
                )
            )
    return made


def _outsiders(story: Row) -> list[Outsider]:
    return [
        Outsider(code, name, OutsiderKind(kind), bank, name if bank else "")
        for code, name, kind, bank in story["outsiders"]
    ]


def do(village: DemoVillage, act: Row) -> None:
    """One act of the story, on its day."""
    plain = {k: v for k, v in act.items() if k not in ("on", "do", "late")}
    _ACTS[act["do"]](village, plain, moment(date.fromisoformat(act["on"]), 9))


def _resolution(village: DemoVillage, row: Row, at: by.By) -> None:
    items = tuple(_item(number, *told) for number, told in enumerate(row["items"], 1))
    keeper, number = village.ids["clerk"], row["number"]
    by_steps = number.startswith("代表会")
    demo_meetings.decide(village.book, keeper, number, at.day, items, at, by_steps=by_steps)


def _item(
    number: int, text: str, matter: str, fen: int | None = None, head_fen: int = 0, days: int = 0
) -> ResolutionItem:
    return ResolutionItem(number, text, Matter(matter), fen, per_head_fen=head_fen, labour_days=days)


def _budget(village: DemoVillage, row: Row, at: by.By) -> None:
    lines = tuple(BudgetLine(account, spread(fen)) for account, fen in row["lines"])
    year = village.first.year + row["year"]
    budgets.adopt(
        village.book, budgets.Draft(year, lines, row["resolution"], at.day, row.get("reason", "")), at
    )


def _project(village: DemoVillage, row: Row, at: by.By) -> None:
    projects.register(village.book, Project.from_data(row), at)


def _stage(village: DemoVillage, row: Row, at: by.By) -> None:
    projects.move_on(village.book, row["code"], Stage(row["stage"]), at.day, row["note"], at)


def _place(village: DemoVillage, row: Row, at: by.By) -> None:
    holder = village.book.info.village
    people.add_place(
        village.book, Place(row["code"], PlaceKind.SP, row["name"], "102", holder, filed=row["filed"]), at
    )


def _fund(village: DemoVillage, row: Row, at: by.By) -> None:
    told = {**row, "accounts": tuple(row["accounts"]), "deadline": date.fromisoformat(row["deadline"])}
    fund_register.define(village.book, Fund(**told), at)


def _asset(village: DemoVillage, row: Row, at: by.By) -> None:
    assets.register(village.book, Asset.from_data({**row, "keeper": village.ids[row["keeper"]]}), at)


def _built(village: DemoVillage, row: Row, at: by.By) -> None:
    """A finished work becomes an asset: the card, and the entry that moves its cost."""
    _asset(village, row, at)
    for draft in asset_drafts.addition(village.book, row["code"], at):
        documents.submit(village.book, draft, at)


def _dispose(village: DemoVillage, row: Row, at: by.By) -> None:
    """An asset leaves by decision: its value, what it brought (paid into the bank), and the gain or loss."""
    gone = Disposal(**{**row, "how": Gone(row["how"]), "gone_on": at.day})
    assets.dispose(village.book, gone, at)
    for draft in asset_drafts.clearing(village.book, row["code"], at):
        ready = draft
        if draft.kind is DocKind.RECEIPT:
            bank = Support.BANK_ADVICE
            number = f"{at.day:%Y%m%d}09"
            ready = replace(draft, place="IN", support=bank, support_no=number, receipt_no="")
        documents.submit(village.book, replace(ready, handler=village.ids["clerk"], paper_count=1), at)


def _loan(village: DemoVillage, row: Row, at: by.By) -> None:
    loans.register(village.book, Loan.from_data(row), at)


def _loan_end(village: DemoVillage, row: Row, at: by.By) -> None:
    loans.end(village.book, LoanEnd(row["code"], at.day, row["reason"]), at)


def _contract_end(village: DemoVillage, row: Row, at: by.By) -> None:
    contracts.end(village.book, Ended(row["code"], at.day, row["reason"]), at)


def _adjust(village: DemoVillage, row: Row, at: by.By) -> None:
    words, party, resolution = row["summary"], row.get("party", ""), row.get("resolution", "")
    links = links_from_data(row.get("links"))
    lines = tuple(
        VoucherLine(account, debit, credit, words, "", party, links=links)
        for account, debit, credit in row["lines"]
    )
    made = Document(
        by.new_id(),
        DocKind.ADJUSTMENT,
        at.day,
        words,
        party=party,
        lines=lines,
        support=Support(row["support"]),
        support_no=row.get("support_no", "") or resolution,
        resolution=resolution,
        handler=village.ids["clerk"],
        paper_count=1,
    )
    documents.submit(village.book, made, at)


def _accept(village: DemoVillage, row: Row, at: by.By) -> None:
    photo = files.store_file(village.book, demo_paper.site_photo(), f"{row['contract']}验收.jpg")
    people = tuple(Accepter(name, role) for name, role in row["people"])
    made = Acceptance(row["contract"], at.day, people, row["settled_fen"], row["found"], papers=(photo,))
    works.accept(village.book, made, at)


_ACTS: dict[str, Act] = {
    "accept": _accept,
    "resolution": _resolution,
    "budget": _budget,
    "project": _project,
    "stage": _stage,
    "place": _place,
    "fund": _fund,
    "asset": _asset,
    "built": _built,
    "dispose": _dispose,
    "loan": _loan,
    "loan-end": _loan_end,
    "contract-end": _contract_end,
    "adjust": _adjust,
    "levy-book": demo_levy.draw_special,
    "levy-book-back": demo_levy.return_special,
    "labour-list": demo_levy.list_labour,
    "labour-worked": demo_levy.work,
    "labour-paid": demo_levy.pay_off,
}
