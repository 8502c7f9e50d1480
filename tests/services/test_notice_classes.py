"""All eight classes tell what the registers and the ledger hold (D1), and together the notices are the ledger (D2)."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import START, Village, at, by_hand, close_month, make_village, minutes, move, pay, receive
from tests.services.test_statements_property import held, histories, posted
from villagebook.domain.asset import Asset
from villagebook.domain.budget import BudgetLine, spread
from villagebook.domain.document import Item
from villagebook.domain.exclusion import Exclusion
from villagebook.domain.flow import TRANSFERS, flows
from villagebook.domain.fund import Fund
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.meeting import Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.project import Project, ProjectKind, Source, Stage
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.domain.sheet import SheetForm
from villagebook.services import home
from villagebook.services.approvals import resolutions
from villagebook.services.disclosure import notices, sheets
from villagebook.services.disclosure.compiling import Compiled, compile_from
from villagebook.services.disclosure.notice_entries import CLASSES
from villagebook.services.gathering import facts as gather
from villagebook.services.registers import assets, budgets, carrying, fund_register, projects, resources
from villagebook.storage import ledger, posted_vouchers
from villagebook.storage.book import Book

JAN, END = Span.of(START), START.last_day
D3, D9 = date(2025, 1, 3), date(2025, 1, 9)


def told(village: Village, span: Span = JAN) -> dict[str, str]:
    notice = notices.compile_notice(village.book, span, span.last.last_day)
    assert len(notice.classes) == len(CLASSES)
    return dict(zip(CLASSES, (c.text for c in notice.classes), strict=True))


def test_a_class_of_which_there_is_nothing_stays_empty(village: Village):
    found = told(village)
    empty = {name for name, text in found.items() if not text}
    assert empty == set(CLASSES) - {"Assets"}


def test_the_assets_are_named_by_account(village: Village):
    assert "Bank deposits 100,000.00" in told(village)["Assets"]


def test_what_is_owed_is_the_same_on_the_notice_and_on_the_sheet_of_debts(village: Village):
    receive(village, 70_000, date(2025, 1, 9), items=(Item("211", 70_000, "代收水费"),), party="县水务公司")
    sheet = sheets.compile_sheet(village.book, SheetForm.DEBTS, JAN, "", END)
    claims, debts = (f.fen for f in sheet.figures)
    assert debts == 70_000
    assert told(village)["Claims and debts"].startswith(
        f"owed to us {claims / 100:,.2f}, owed by us {debts / 100:,.2f}"
    )


def test_a_special_fund_is_told_with_what_came_what_was_used_and_what_is_left(village: Village):
    grant = Fund("", ("514",), "改厕补助", "县财农2025-3", "F1", "改厕专款", brought_fen=5_000)
    fund_register.define(village.book, grant, at(D3))
    mark = (Link(LinkKind.FUND, "F1"),)
    receive(village, 0, D9, items=(Item("241", 200_000, "改厕补助", links=mark),), support_no="HD2")
    move(village, "IN", "EX", 100_000, D9)
    pay(village, 0, D9, items=(Item("514", 30_000, "改厕材料", links=mark),), party="县建材店")
    words = "special fund 改厕专款: received 2,000.00, used 300.00, left 1,750.00"
    assert words in told(village)["Claims and debts"]
    february = told(village, Span.of(Period(2025, 2)))["Claims and debts"]
    assert "received 0.00, used 0.00, left 1,750.00" in february
    notice = notices.compile_notice(village.book, JAN, END)
    assert {line.source for line in notice.lines} == {
        "基本户·收入线（改厕专款）",
        "基本户·支出线（改厕专款）",
    }
    for form in (SheetForm.DEBTS, SheetForm.ANNUAL):
        made = sheets.compile_sheet(village.book, form, JAN, "", END)
        (part,) = (p for p in made.parts if p.title == "Special funds")
        assert part.rows[0][4:] == (5_000, 200_000, 30_000, 175_000)
    left = [f.id for f in home.home(village.book, date(2025, 4, 20)).todos if f.where == "F1"]
    assert left == ["HOME-45"]  # a hundred days without a movement
    assert [f.id for f in home.home(village.book, date(2025, 4, 9)).todos if f.where == "F1"] == []


def test_a_fund_that_was_overspent_before_the_book_began_is_told_of_on_the_first_page(village: Village):
    grant = Fund("", ("514",), "改厕补助", "县财农2025-3", "F1", "改厕专款", brought_fen=-5_000)
    by_hand(village, ("fund.defined", grant.to_data()), day=D3)  # the form takes no sum below zero
    (told_of,) = (f for f in home.home(village.book, END).todos if f.where == "F1")
    assert told_of.id == "HOME-44"
    assert "50.00 more was spent" in told_of.text


def test_plans_are_the_budget_and_the_projects_in_hand(village: Village):
    lines = (BudgetLine("501", spread(1_200_000)), BudgetLine("511", spread(300_000)))
    budgets.adopt(village.book, budgets.Draft(2025, lines, "代表会2025-1", D3), at(D3))
    levy = ResolutionItem(1, "修村东路筹资酬劳", Matter.LEVY, 600_000, per_head_fen=1_500)
    resolutions.record(village.book, minutes(village, "代表会2025-2", D3, levy), at(D3))
    road = Project(
        "P1", "修村东路", ProjectKind.CONSTRUCTION, "代表会2025-2", D3, 600_000, ((Source.OWN, 600_000),)
    )
    projects.register(village.book, road, at(D3))
    text = told(village)["Plans"]
    assert "income 12,000.00, spending 3,000.00" in text
    assert "修村东路 (Planned)" in text
    projects.move_on(village.book, "P1", Stage.BEGUN, date(2025, 2, 5), "开工", at(date(2025, 2, 5)))
    assert "(Planned)" in told(village)["Plans"]  # as it was in January
    assert "(Begun)" in told(village, Span.of(Period(2025, 2)))["Plans"]


def test_resources_are_told_by_kind_with_their_area(village: Village):
    for code, area, use in (("R1", "12.5", Use.SELF), ("R2", "30", Use.IDLE)):
        resources.register(village.book, Resource(code, code, ResourceKind.FARMLAND, area, use=use), at(D3))
    resources.register(village.book, Resource("R3", "南塘", ResourceKind.WATER, "8"), at(D3))
    text = told(village)["Resources"]
    assert "farmland 42.5 mu" in text
    assert "water" in text
    assert "idle 30 mu" in text


def test_assets_that_came_are_counted_in_their_month(village: Village):
    made = Asset("G1", "水泵", date(2025, 1, 8), 300_000, life_months=60)
    assets.register(village.book, made, at(date(2025, 1, 9)))
    assert "assets that came: 1, that went: 0" in told(village)["Assets"]
    assert "came" not in told(village, Span.of(Period(2025, 2)))["Assets"]


def test_a_voucher_that_moves_no_money_is_printed_with_the_code_of_the_reason(tmp_path: Path):
    village = make_village(tmp_path, policy={"carry_monthly": True})
    receive(village, 50_000, date(2025, 1, 9))
    carrying.carry(village.book, START, at(END))
    close_month(village, START)
    notice = notices.compile_notice(village.book, JAN, END)
    assert [text.split(" ")[0] for text in notice.excluded] == [Exclusion.CARRIED]
    assert "DIS-02" not in {f.id for f in notices.notice_findings(village.book, notice, END)}
    village.book.close()


FIRST, LAST = Period(2024, 1), Period(2025, 12)


@st.composite
def cuts(draw: st.DrawFn) -> list[Span]:
    """Two years cut into notices anywhere: months, quarters, whatever."""
    lengths = draw(st.lists(st.integers(1, 6), min_size=24, max_size=24))
    spans, at_month = [], FIRST
    for length in lengths:
        if at_month > LAST:
            break
        last = min(at_month.shifted(length - 1), LAST)
        spans.append(Span(at_month, last))
        at_month = last.shifted(1)
    return spans


def compiled(book: Book, span: Span) -> Compiled:
    with book.reading() as connection:
        base = gather.ground(connection, book.info, span.last.last_day)
        return compile_from(connection, book.info, base, span, span.last.last_day)


@settings(max_examples=max(20, settings().max_examples // 4))
@given(histories, cuts())
def test_all_notices_together_are_the_ledger_and_every_voucher_is_on_exactly_one(history, spans):
    vouchers = posted(history)
    with held(vouchers) as book:
        made = [compiled(book, span) for span in spans]
        with book.reading() as connection:
            base = gather.ground(connection, book.info, LAST.last_day)
            booked = posted_vouchers.vouchers(connection, Span(FIRST, LAST))
            month = [
                b for b in ledger.balances(connection, Span(FIRST, LAST)) if b.account[:3] in ("101", "102")
            ]
    moved = [f for v in booked for f in flows(v, base.places, base.chart) if f.category != TRANSFERS]
    assert sum(c.notice.income_fen for c in made) == sum(f.receipts_fen for f in moved)
    assert sum(c.notice.spending_fen for c in made) == sum(f.payments_fen for f in moved)
    assert made[0].notice.opening_fen == sum(b.opening_fen for b in month)
    assert made[-1].notice.closing_fen == sum(b.closing_fen for b in month)
    for before, after in pairwise(made):
        assert before.notice.closing_fen == after.notice.opening_fen
    shown: Counter[str] = Counter()
    for c in made:
        mine = {f"{line.day[:7]} {line.voucher}" for line in (*c.notice.lines, *c.notice.transfers)}
        assert not mine & set(c.excluded)
        shown.update(mine)
        shown.update(c.excluded)
        assert len(c.notice.excluded) == len(c.excluded)
        if c.notice.span.first.month == 1:
            assert c.notice.year_income_fen == c.notice.income_fen
    assert shown == Counter(f"{v.booked_on.isoformat()[:7]} {v.label}" for v in booked)
