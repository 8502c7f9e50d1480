"""A year kept with nothing but this program: from an empty book to the next year's first payment.

The story: the book is opened from typed balances, its registers are filled, twelve months are lived and closed, a budget line
runs out and is mended by a resolution, the year is carried and shared out, and at the end every register says the same as the
ledger, and every statement as every other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from tests.builders import (
    ALL_PAPERS,
    Village,
    at,
    close_month,
    count_all,
    fill_posts,
    ids_of,
    lay_open,
    make_book,
    minutes,
    move,
    payment,
    photo,
    policy_data,
    receipt,
    receive,
    sign_everything,
    submit,
)
from tests.refusing import refused
from villagebook.domain.asset import Asset, Counted, Disposal, Gone, Origin
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment, schedule
from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.loan import Loan, LoanEnd, LoanSide, Standing
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.resource import Resource, Use
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.domain.works import Acceptance, Accepter
from villagebook.domain.year_end import Plan
from villagebook.services import by, home, reports
from villagebook.services.account_books import aux_balances
from villagebook.services.approvals import resolutions, works
from villagebook.services.book_file.books import place_balances
from villagebook.services.bringing_in import opening_entry
from villagebook.services.handing_over import handover, sharing
from villagebook.services.handing_over.sharing import Measure
from villagebook.services.period_end import checking, closing, year_end
from villagebook.services.registers import (
    asset_drafts,
    assets,
    budgets,
    contracts,
    depreciation,
    fund_register,
    loans,
    projects,
    resources,
    roster,
)
from villagebook.services.reporting import annual, notes, statements
from villagebook.storage import ledger, posted_vouchers

YUAN = 100
FIRST, LAST = date(2025, 1, 1), date(2025, 12, 31)
YEAR = Span.parse("2025")
HE, LIU = Link(LinkKind.HOUSEHOLD, "01-001"), Link(LinkKind.HOUSEHOLD, "01-002")
YARD, BUILDER = Link(LinkKind.OUTSIDER, "W001"), Link(LinkKind.OUTSIDER, "W002")
ROAD, GRANT, DEBT = (
    Link(LinkKind.PROJECT, "P2025-01"),
    Link(LinkKind.FUND, "F1"),
    Link(LinkKind.LOAN, "D-01"),
)
DECIDED = "代表会2025-1"


def day(month: int, number: int = 10) -> date:
    return date(2025, month, number)


# ---- the book is opened ----


def open_the_book(folder: Path) -> Village:
    """A township that wants a reason for every yuan beyond the budget; balances typed in, each with whom it belongs to."""
    words = policy_data()["words"]
    strict = {**words, "over_budget": {**words["over_budget"], "value": ["hold"]}}
    book = make_book(folder, mode=LineMode.ONE_ACCOUNT, policy={"words": strict})
    village = Village(book, fill_posts(book), folder)
    for entry in PEOPLE:
        roster.save(book, entry, at(FIRST), new=True)
    assert opening_entry.set_lines(book, OPENING, at(FIRST)) == ()
    assets.register_all(book, CARDS, at(FIRST))
    resources.register(book, POND, at(FIRST))
    for number, matter in ((DECIDED, Matter.BUDGET), ("代表会2025-2", Matter.SPENDING)):
        item = ResolutionItem(1, "年度预算及支出", matter, None)
        resolutions.record(book, minutes(village, number, day(1, 3), item), at(day(1, 3)))
    contracts.register_all(book, LEASES, at(day(1, 3)))
    resources.change(
        book, replace(POND, use=Use.CONTRACTED, contract="H-01"), day(1, 3), "合同登记", at(day(1, 3))
    )
    budgets.adopt(book, budgets.Draft(2025, PLANNED, DECIDED, day(1, 3)), at(day(1, 3)))
    return village


def members(*names: str) -> tuple[Member, ...]:
    return tuple(
        Member(name, "户主" if n == 0 else "家人", 1970 + n, votes=True) for n, name in enumerate(names)
    )


PEOPLE: tuple[Household | Outsider, ...] = (
    Household("01-001", 1, "何田", members("何田", "何小田", "何山"), "3"),
    Household("01-002", 1, "刘河", members("刘河", "刘小河"), "2"),
    Household("02-001", 2, "马兰", members("马兰"), "1"),
    Outsider("W001", "县农机公司", OutsiderKind.TENANT),
    Outsider("W002", "鸿达建筑队", OutsiderKind.SUPPLIER),
)
OPENING = (
    VoucherLine("102", 300_000 * YUAN, 0, "", "IN"),
    VoucherLine("112", 20_000 * YUAN, 0, "", "", "县农机公司", links=(YARD,)),
    VoucherLine("113", 1_000 * YUAN, 0, "", "", "刘河", links=(LIU,)),
    VoucherLine("151", 600_000 * YUAN, 0, ""),
    VoucherLine("152", 0, 150_000 * YUAN, ""),
    VoucherLine("211", 0, 15_000 * YUAN, "", "", "鸿达建筑队", links=(BUILDER,)),
    VoucherLine("301", 0, 500_000 * YUAN, ""),
    VoucherLine("311", 0, 256_000 * YUAN, ""),
)
CARDS = (
    Asset("G-01", "办公楼", date(2012, 12, 1), 480_000 * YUAN, residual_bp=500, life_months=600, accumulated_fen=110_000 * YUAN, taken_over=True),
    Asset("G-02", "老泵站", date(2015, 6, 1), 120_000 * YUAN, residual_bp=500, life_months=240, accumulated_fen=40_000 * YUAN, taken_over=True),
)  # fmt: skip
POND = Resource.from_data({"code": "Z-01", "name": "东塘", "kind": "water", "area": "12"})
PLANNED = tuple(
    BudgetLine(account, spread(yuan * YUAN))
    for account, yuan in {
        "501": 36_000, "503": 40_000, "504": 50_000, "151": 8_000, "153": 32_000, "201": 20_000, "511": 9_000,
        "513": 27_000, "514": 12_000, "515": 90_000,
    }.items()
)  # fmt: skip


def lease(code: str, name: str, party: Link, who: str, account: str, parts: Any, **more: Any) -> Contract:
    total = sum(p.amount_fen for p in parts)
    return Contract(
        code, name, ContractKind.LAND_LEASE, Direction.INCOME, who, FIRST, FIRST, LAST, total, tuple(parts), account,
        party_link=(party,), resolution="代表会2024-9", bidding="公开竞价", **more,
    )  # fmt: skip


LEASES = (
    lease("H-01", "东塘承包合同", HE, "何田", "501", schedule(day(1), LAST, 3, 3_000 * YUAN), objects=(Link(LinkKind.RESOURCE, "Z-01"),)),
    lease("H-02", "场地租赁合同", YARD, "县农机公司", "501", schedule(day(1, 5), LAST, 1, 2_000 * YUAN)),
)  # fmt: skip


# ---- what happens in it ----


def rent(village: Village, code: str, on: date) -> None:
    """The receipt an instalment proposes, as it comes."""
    draft = contracts.propose(village.book, code, at(on))
    ready = replace(
        draft, booked_on=on, place="IN", support=Support.BANK_ADVICE, support_no=f"HD{code}{on:%m}", receipt_no="",
        paper_count=1, handler=village.ids["clerk"],
    )  # fmt: skip
    assert submit(village, ready, on).label


def get(
    village: Village, on: date, account: str, yuan: int, who: str, words: str, *links: Link, **more: Any
) -> None:
    receive(village, 0, on, items=(Item(account, yuan * YUAN, words, links=links),), party=who, summary=words, support_no=f"HD{on:%m%d}{yuan}", **more)  # fmt: skip


def bill(
    village: Village, on: date, account: str, yuan: int, who: str, words: str, *links: Link, **more: Any
) -> Document:
    items = (Item(account, yuan * YUAN, words, links=links),)
    return payment(
        village, 0, on, items=items, party=who, summary=words, support_no=f"FP{on:%m%d}{yuan}", **more
    )


def spend(village: Village, made: Document) -> None:
    submit(village, made)
    assert sign_everything(village, made.id, made.booked_on).label


def adjust(village: Village, on: date, words: str, *lines: tuple[str, int, int, Link]) -> None:
    made = Document(
        by.new_id(), DocKind.ADJUSTMENT, on, words,
        lines=tuple(VoucherLine(a, d * YUAN, c * YUAN, words, "", words[:3], links=(k,)) for a, d, c, k in lines),
        support=Support.INTERNAL, support_no=f"Z{on:%m%d}", paper_count=1,
    )  # fmt: skip
    assert submit(village, made).label


def month(village: Village, number: int, *happens: Callable[[], None]) -> None:
    """Rents and the electricity bill, what else happens, wear, and the close."""
    if number in (1, 4, 7, 10):
        rent(village, "H-01", day(number))
    rent(village, "H-02", day(number, 5))
    spend(
        village,
        bill(
            village,
            day(number, 11),
            "513",
            600,
            "供电所",
            f"{number}月办公楼电费",
            spend_kind=SpendKind.RECURRING,
            excuse="每月按电表计收，不是分拆",
        ),
    )
    for one in happens:
        one()
    depreciation.run(village.book, Period(2025, number), at(Period(2025, number).last_day))
    if number < 12:
        close_month(village, Period(2025, number))


def buy_a_mower(village: Village) -> None:
    on = day(2, 14)
    mower = Asset(
        "G-03", "割草车", on, 8_000 * YUAN, life_months=60, residual_bp=500, resolution="代表会2025-2"
    )
    assets.register(village.book, mower, at(on))
    (draft,) = asset_drafts.addition(village.book, "G-03", at(on))
    spend(
        village,
        replace(
            draft,
            party="县农机公司",
            place="EX",
            support_no="FP0214",
            paper_count=1,
            enclosed=ALL_PAPERS,
            handler=village.ids["handler"],
        ),
    )


def build_the_road(village: Village) -> None:
    """Planned, paid in two parts by contract, finished, an asset."""
    on = day(3, 3)
    item = ResolutionItem(1, "修村东路", Matter.PROJECT, 30_000 * YUAN)
    resolutions.record(village.book, minutes(village, "代表会2025-4", on, item), at(on))
    road = Project(
        "P2025-01",
        "修村东路",
        ProjectKind.CONSTRUCTION,
        "代表会2025-4",
        on,
        30_000 * YUAN,
        ((Source.AWARD, 20_000 * YUAN), (Source.OWN, 10_000 * YUAN)),
    )
    projects.register(village.book, road, at(on))
    parts = (Instalment(day(3, 20), 15_000 * YUAN), Instalment(day(5, 20), 15_000 * YUAN))
    works = Contract(
        "H-03",
        "修路合同",
        ContractKind.WORKS,
        Direction.EXPENSE,
        "鸿达建筑队",
        on,
        on,
        LAST,
        30_000 * YUAN,
        parts,
        "153",
        party_link=(BUILDER,),
        resolution="代表会2025-4",
        bidding="三家比价",
    )
    contracts.register(village.book, works, at(on))
    projects.move_on(village.book, "P2025-01", Stage.BEGUN, on, "", at(on))
    get(village, day(3, 5), "241", 20_000, "镇财政所", "修路奖补", ROAD)  # fmt: skip


def pay_the_builder(village: Village, on: date) -> None:
    draft = contracts.propose(village.book, "H-03", at(on))
    (item,) = draft.items
    told = replace(item, links=(*item.links, ROAD))
    spend(
        village,
        replace(
            draft,
            items=(told,),
            place="EX",
            support_no=f"FP{on:%m%d}",
            paper_count=1,
            enclosed=ALL_PAPERS,
            handler=village.ids["handler"],
        ),
    )


def accept_the_road(village: Village) -> None:
    """Five people look at it before the rest is paid."""
    on = day(5, 18)
    names = ("王建国", "张海涛", "赵玉兰", "何老四", "陈桂花")
    price = 30_000 * YUAN
    group = tuple(Accepter(name) for name in names)
    seen = Acceptance("H-03", on, group, price, "路面宽度、厚度合格", papers=(photo(village),))
    assert works.accept(village.book, seen, at(on)) == ()


def open_the_road(village: Village) -> None:
    on = day(5, 28)
    projects.move_on(village.book, "P2025-01", Stage.FINISHED, on, "验收合格", at(on))
    card = Asset(
        "G-04",
        "村东路",
        on,
        30_000 * YUAN,
        origin=Origin.BUILT,
        reason="按决算入账",
        life_months=240,
        resolution="代表会2025-4",
    )
    assets.register(village.book, card, at(on))
    (draft,) = asset_drafts.addition(village.book, "G-04", at(on))
    assert submit(village, draft, on).label
    adjust(village, on, "修路奖补转入公积公益金", ("241", 20_000, 0, ROAD), ("311", 0, 20_000, ROAD))


def borrow(village: Village) -> None:
    on = day(4)
    item = ResolutionItem(1, "借款两万元", Matter.BORROWING, 20_000 * YUAN)
    resolutions.record(village.book, minutes(village, "代表会2025-3", on, item), at(on))
    loan = Loan(
        "D-01",
        "修路借款",
        LoanSide.BORROWED,
        "信用社",
        "201",
        20_000 * YUAN,
        on,
        day(9, 30),
        resolution="代表会2025-3",
        permit="镇批7",
    )
    loans.register(village.book, loan, at(on))
    get(village, on, "201", 20_000, "信用社", "修路借款", DEBT, resolution="代表会2025-3", permit="镇批7")


def pay_back(village: Village) -> None:
    on = day(9, 20)
    items = (
        Item("201", 20_000 * YUAN, "归还本金", links=(DEBT,)),
        Item("515", 330 * YUAN, "借款利息", links=(DEBT,)),
    )
    spend(
        village,
        payment(village, 0, on, items=items, party="信用社", summary="归还修路借款", support_no="HK0920"),
    )
    loans.end(village.book, LoanEnd("D-01", on, "本息还清"), at(on))


def help_the_old(village: Village) -> None:
    """A grant with a purpose and a last day; it pays for nothing else."""
    on = day(6, 2)
    grant = Fund(
        "", ("241",), "慰问老人", "县民2025-4", "F1", "慰问专款", "县民政局", "县民2025-4", 5_000 * YUAN, LAST
    )
    fund_register.define(village.book, grant, at(on))
    get(village, day(6, 3), "241", 5_000, "县民政局", "慰问专款", GRANT)
    spend(
        village,
        bill(
            village, day(6, 18), "241", 3_000, "供销社", "慰问老人米油30份", GRANT, resolution="代表会2025-2"
        ),
    )
    other = bill(village, day(6, 19), "513", 100, "新华书店", "买纸", GRANT)
    assert refused(lambda: submit(village, other)) == ["E2L-30"]


def advance(village: Village) -> None:
    made = bill(
        village,
        day(7, 12),
        "113",
        800,
        "何田",
        "预支差旅费",
        HE,
        spend_kind=SpendKind.ADVANCE,
        due_on=day(7, 18),
        support=Support.INTERNAL,
    )
    spend(village, made)


def settle_late(village: Village) -> None:
    (owed,) = (o for o in loans.standings(village.book, day(8, 10)) if o.kind == "advance")
    assert (owed.standing, owed.late_days) == (Standing.OVERDUE, 23)
    assert "E2L-36" in ids_of(home.home(village.book, day(8, 10)).todos)
    adjust(village, day(8, 12), "何田报销差旅费", ("513", 570, 0, HE), ("113", 0, 570, HE))
    get(village, day(8, 12), "113", 230, "何田", "退回预支余款", HE)


def sell_the_pumps(village: Village) -> None:
    on = day(10, 22)
    item = ResolutionItem(1, "出售老泵站", Matter.DISPOSAL, 70_000 * YUAN)
    resolutions.record(village.book, minutes(village, "代表会2025-5", on, item), at(on))
    depreciation.run(village.book, Period(2025, 10), at(on))
    gone = Disposal("G-02", on, Gone.SOLD, "泵站已迁建", "代表会2025-5", 70_000 * YUAN, "县农机公司")
    assets.dispose(village.book, gone, at(on))
    assert refused(lambda: assets.dispose(village.book, gone, at(on))) == ["AST-05"], "sold once"
    for draft in asset_drafts.clearing(village.book, "G-02", at(on)):
        ready = replace(draft, paper_count=1, handler=village.ids["clerk"])
        if draft.kind is DocKind.RECEIPT:
            ready = replace(
                ready, place="IN", support=Support.BANK_ADVICE, support_no="HD1022", receipt_no=""
            )
        assert submit(village, ready, on).label


def run_out_of_budget(village: Village) -> None:
    """The year's electricity and paper cost more than planned: held, decided on, paid."""
    over = bill(
        village, day(11, 20), "513", 9_000, "镇印刷厂", "印制村务手册600本", resolution="代表会2025-2"
    )
    assert refused(lambda: submit(village, over)) == ["BUD-01"]
    more = tuple(replace(b, months=spread(36_000 * YUAN)) if b.account == "513" else b for b in PLANNED)
    item = ResolutionItem(1, "调整预算", Matter.BUDGET)
    resolutions.record(village.book, minutes(village, "代表会2025-6", day(11, 21), item), at(day(11, 21)))
    draft = budgets.Draft(2025, more, "代表会2025-6", day(11, 21), "手册印制费用超出年初预算")
    assert budgets.adopt(village.book, draft, at(day(11, 21))).version == 2
    spend(village, replace(over, booked_on=day(11, 22)))


def live(folder: Path) -> Village:
    """The whole year, up to the last evening of December."""
    village = open_the_book(folder)
    v = village
    move(village, "IN", "EX", 80_000 * YUAN, day(1, 4))
    month(v, 1)
    month(v, 2, lambda: get(v, day(2, 12), "503", 30_000, "镇财政所", "运转经费补助"), lambda: buy_a_mower(v))
    month(v, 3, lambda: build_the_road(v), lambda: pay_the_builder(v, day(3, 20)))
    month(
        v, 4, lambda: borrow(v), lambda: get(v, day(4, 8), "112", 12_000, "县农机公司", "归还上年租金", YARD)
    )
    month(v, 5, lambda: accept_the_road(v), lambda: pay_the_builder(v, day(5, 20)), lambda: open_the_road(v))
    month(v, 6, lambda: help_the_old(v))
    month(v, 7, lambda: advance(v))
    month(v, 8, lambda: settle_late(v))
    month(v, 9, lambda: pay_back(v))
    month(v, 10, lambda: sell_the_pumps(v))
    assert refused(lambda: closing.close(v.book, Period(2025, 12), at(LAST, 20)))[0].startswith("CLO"), (
        "in order"
    )
    month(v, 11, lambda: run_out_of_budget(v))
    month(v, 12)
    return village


def end_the_year(village: Village) -> None:
    """Count the things, share out by decision, close, write the notes."""
    book, ids = village.book, village.ids
    found = assets.to_count(assets.states(book, LAST), LAST)
    assert found == ("G-01", "G-03", "G-04")
    assets.record_count(book, Counted(LAST, ids["clerk"], ids["supervisor"], found, ()), at(LAST))
    item = ResolutionItem(1, "2025年度收益分配", Matter.DISTRIBUTION, 12_000 * YUAN)
    lay_open(village, 2025, LAST - timedelta(days=10))
    resolutions.record(book, minutes(village, "成员大会2025-1", LAST, item, body=Body.MEMBERS), at(LAST))
    shares = sharing.household_shares(book, 2025, 12_000 * YUAN, Measure.SHARES)
    assert [s.amount_fen // YUAN for s in shares] == [6_000, 4_000, 2_000]
    year_end.close_year(book, 2025, Plan(shares=shares, resolution="成员大会2025-1"), at(LAST))
    count_all(village, LAST)
    assert [f for f in closing.review(book, Period(2025, 12), LAST) if f.severity.stops] == []
    closing.close(book, Period(2025, 12), at(LAST, 20))
    for section in notes.sections():
        if not section.fill:
            notes.write(book, 2025, section.code, "", at(LAST, 21), nothing=True)


# ---- and at the end everything says the same ----


DECEMBER = Period(2025, 12)


def balance(village: Village, account: str, period: Period = DECEMBER) -> int:
    with village.book.reading() as connection:
        found = ledger.balances(connection, Span.of(period))
    return sum(b.closing_fen for b in found if b.account.startswith(account))


def registers_tie(village: Village) -> None:
    """Cards with 151 and 152, contracts with what came in, fund and project with their lines, everybody with 112, 113, 211."""
    book = village.book
    cards = [s for s in assets.states(book, LAST) if not s.is_cleared]
    assert sum(s.asset.original_fen for s in cards) == balance(village, "151") == 518_000 * YUAN
    assert sum(s.lost_fen for s in cards) == -balance(village, "152")
    leases = [contracts.state(book, code, LAST) for code in ("H-01", "H-02")]
    assert [s.left_fen for s in leases if s] == [0, 0]
    assert sum(s.paid_fen for s in leases if s) == moved(village, "501") == 36_000 * YUAN
    works = contracts.state(book, "H-03", LAST)
    assert works
    assert (works.left_fen, balance(village, "153")) == (0, 0)
    (fund,) = fund_register.standings(book, LAST)
    assert fund.left_fen == -balance(village, "241") == 2_000 * YUAN
    (road,) = projects.standings(book, LAST)
    assert (road.raised_fen, road.spent_fen, road.left_fen) == (20_000 * YUAN, 30_000 * YUAN, 0)
    debt = next(o for o in loans.standings(book, LAST) if o.code == "D-01")
    assert (debt.left_fen, balance(village, "201")) == (0, 0)
    for account in ("112", "113", "211"):
        told = aux_balances.balances(book, YEAR, aux_balances.choice_of("", account))
        assert sum(signed(row) for row in told.only("direction", "balance").rows) == balance(village, account)
    used = {s.line.account: s.used_fen for s in standing(village).lines}
    assert used["513"] == -moved(village, "513")
    assert (used["501"], used["503"]) == (36_000 * YUAN, 30_000 * YUAN)


def moved(village: Village, account: str) -> int:
    """What a year brought to an account, credit positive, before it was carried away."""
    return next(
        int(row[3] or row[2] or 0) * (1 if row[3] else -1)
        for row in income_rows(village)
        if row[0] == account
    )


def income_rows(village: Village) -> list[Any]:
    """(account, name, debit, credit) of what was booked in the year, closing entries left out."""
    with village.book.reading() as connection:
        vouchers = posted_vouchers.vouchers(connection, YEAR)
    sums: dict[str, int] = {}
    for voucher in vouchers:
        if voucher.summary != "结转本期损益":
            for line in voucher.lines:
                sums[line.account] = sums.get(line.account, 0) + line.credit_fen - line.debit_fen
    return [(code, "", -fen if fen < 0 else 0, max(fen, 0)) for code, fen in sums.items()]


def signed(row: tuple[Any, ...]) -> int:
    """Balance of a row of auxiliary balances with its side, debit positive."""
    return int(row[1]) * {"Dr": 1, "Cr": -1, "Nil": 0}[row[0]]


def standing(village: Village) -> budgets.YearStanding:
    found = budgets.standing(village.book, 2025)
    assert found is not None
    return found


def test_a_full_year_is_kept_with_nothing_else(tmp_path: Path) -> None:
    village = live(tmp_path)
    end_the_year(village)
    registers_tie(village)

    # Statements, ledgers and the money itself agree; the yearly report is complete.
    table, broken = statements.all_ties(village.book, YEAR)
    assert broken == ()
    assert table.rows
    assert all(row[2] == row[3] for row in table.rows)
    report, findings = annual.make(village.book, "annual-report", 2025)
    assert findings == ()
    assert report.rows or report.form is not None
    trial = reports.make(village.book, "trial-balance", YEAR).table.rows[-1]
    assert (trial[2], trial[4], trial[6], trial[8]) == (trial[3], trial[5], trial[7], trial[9])
    money = place_balances(village.book, LAST)
    assert sum(money.values()) == balance(village, "101") + balance(village, "102")
    flows = reports.make(village.book, "receipts-payments", YEAR)
    assert flows.findings == ()

    # Nothing is wrong with the book, and the township can prove that by itself.
    assert [f"{f.id} {f.where} {f.text}" for f in checking.check_book(village.book)] == []
    stick = tmp_path / "stick"
    stick.mkdir()
    made = handover.export(village.book, stick, at(LAST, 22))
    assert not [f for f in checking.verify(made.path) if f.severity.stops]

    # The next year goes on where this one ended: the members are paid by one list a group, nobody owes or is owed.
    january = date(2026, 1, 15)
    item = ResolutionItem(1, "2026年度预算", Matter.BUDGET)
    resolutions.record(
        village.book, minutes(village, "代表会2026-1", date(2026, 1, 5), item), at(date(2026, 1, 5))
    )
    plan = (BudgetLine("501", spread(36_000 * YUAN)), BudgetLine("113", spread(12_000 * YUAN)))
    budgets.adopt(
        village.book, budgets.Draft(2026, plan, "代表会2026-1", date(2026, 1, 5)), at(date(2026, 1, 5))
    )
    move(village, "IN", "EX", 12_000 * YUAN, january)
    for group in (1, 2):
        draft = sharing.payout(village.book, january, group, at(january))
        ready = replace(
            draft,
            place="EX",
            support_no=f"发放{group}",
            paper_count=1,
            handler=village.ids["handler"],
            resolution="成员大会2025-1",
        )
        spend(village, ready)
    assert balance(village, "113", Period(2026, 1)) == 0, "a current account: what Liu He owed was kept back"
    assert balance(village, "32202", Period(2026, 1)) == balance(village, "32202")
    assert not balance(village, "513", Period(2026, 1))
    closed = receipt(village, 100, date(2025, 12, 30))
    assert "E2L-40" in refused(lambda: submit(village, closed, january)), "the year is closed"
    assert [f.id for f in checking.check_book(village.book)] == []
    village.book.close()
