"""A year of a village lived to its end: what was earned is carried, set aside, shared out; and a year that earned nothing.

The first year's figures are those of the constructed case of the field's examples, to the cent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import (
    CODE,
    NAME,
    Village,
    at,
    close_month,
    count_all,
    fill_posts,
    ids_of,
    lay_open,
    make_policy_file,
    minutes,
    move,
    pay,
    payment,
    receive,
    submit,
)
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode
from villagebook.domain.resolution import ResolutionItem
from villagebook.domain.table import Dossier
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.domain.year_end import Plan, Share, ShareKind
from villagebook.services import by
from villagebook.services.account_books import ledgers
from villagebook.services.approvals import resolutions
from villagebook.services.book_file.books import chart, place_balances
from villagebook.services.book_file.new_book import NewBook, create_book
from villagebook.services.disclosure import notices
from villagebook.services.period_end import closing, year_end
from villagebook.services.period_end.checking import check_book
from villagebook.services.reporting import annual, notes
from villagebook.services.reporting.statements import all_ties, statement
from villagebook.storage import ledger

OPENING = """科目,资金,往来,借方,贷方
101,IM,,2000,
102,IN,,318000,
112,,县农业公司,20000,
113,,张三,5000,
113,,李四,,3000
121,,,10000,
132,,,60000,
133,,,,12000
141,,,100000,
151,,,500000,
152,,,,150000
211,,建材店,,25000
241,,,,80000
301,,,,400000
311,,,,300000
322,,,,45000
"""
LIMITS = {"imprest_limit_fen": 2_000_000, "cash_limit_fen": 1_000_000}
DECEMBER = Period(2025, 12)
LAST_DAY = date(2025, 12, 31)
YUAN = 100


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    opening = tmp_path / "opening.csv"
    opening.write_text(OPENING, encoding="utf-8-sig")
    new = NewBook(
        NAME,
        CODE,
        Period(2025, 1),
        LineMode.ONE_ACCOUNT,
        opening=opening,
        policy=make_policy_file(tmp_path, LIMITS),
    )
    book = create_book(tmp_path / "village.vbook", new, at(date(2025, 1, 1), 8))
    made = Village(book, fill_posts(book), tmp_path)
    yield made
    made.book.close()


def get(village: Village, day: date, account: str, yuan: int, party: str, words: str) -> None:
    items = (Item(account, yuan * YUAN, words),)
    receive(village, yuan * YUAN, day, items=items, party=party, summary=words)


def spend(
    village: Village, day: date, account: str, yuan: int, party: str, words: str, place: str = "EX"
) -> None:
    items = (Item(account, yuan * YUAN, words),)
    why = "每月据实结算"  # some are paid twice within a month
    pay(village, yuan * YUAN, day, items=items, party=party, summary=words, place=place, excuse=why)


def adjust(village: Village, day: date, words: str, *lines: tuple[str, int, int, str]) -> Document:
    """(account, debit, credit, party) in yuan, posted."""
    made = Document(
        by.new_id(),
        DocKind.ADJUSTMENT,
        day,
        words,
        lines=tuple(VoucherLine(a, d * YUAN, c * YUAN, words, "", p) for a, d, c, p in lines),
        support=Support.INTERNAL,
    )
    assert submit(village, made).label
    return made


def the_year(village: Village) -> None:
    """Entries 1 to 22 of the case, each by its own door, in eleven months and a December."""
    day = [date(2025, month, 8) for month in range(1, 13)]
    adjust(village, day[0], "张三承包费应收", ("113", 12000, 0, "张三"), ("501", 0, 12000, "张三"))
    get(village, day[0], "113", 15000, "张三", "收张三承包费")
    get(village, day[0], "501", 60000, "县农机公司", "厂房租金")
    close_month(village, Period(2025, 1))
    get(village, day[1], "502", 8000, "县农业公司", "股权投资分红")
    get(village, day[1], "503", 30000, "镇财政所", "运转经费补助")
    move(village, "IN", "EX", 200_000 * YUAN, day[1])
    close_month(village, Period(2025, 2))
    adjust(village, day[2], "计提村干部工资", ("513", 36000, 0, ""), ("212", 0, 36000, ""))
    spend(village, day[2], "212", 36000, "村干部", "发放村干部工资")
    spend(village, day[2], "513", 6500, "新华书店", "村委会办公用纸")
    close_month(village, Period(2025, 3))
    adjust(
        village,
        day[3],
        "计提固定资产折旧",
        ("511", 20000, 0, ""),
        ("513", 4000, 0, ""),
        ("514", 6000, 0, ""),
        ("152", 0, 30000, ""),
    )
    adjust(village, day[3], "计提果树折旧", ("511", 6000, 0, ""), ("133", 0, 6000, ""))
    close_month(village, Period(2025, 4))
    adjust(village, day[4], "果园管护用工", ("511", 4000, 0, ""), ("213", 0, 4000, ""))
    move(village, "IM", "EX", 2000 * YUAN, day[4])  # a larger float is the old one back and a new one drawn
    move(village, "EX", "IM", 7000 * YUAN, day[4])
    for worker in ("工一", "工二", "工三", "工四"):
        spend(village, day[4], "213", 1000, worker, "果园管护劳务费", "IM")
    close_month(village, Period(2025, 5))
    adjust(village, day[5], "计提房产税", ("512", 7200, 0, ""), ("214", 0, 7200, ""))
    spend(village, day[5], "214", 7200, "税务所", "缴纳房产税")
    close_month(village, Period(2025, 6))
    spend(village, day[6], "153", 80000, "路灯公司", "安装路灯四十盏")
    adjust(village, day[6], "路灯完工", ("151", 80000, 0, ""), ("153", 0, 80000, ""))
    adjust(village, day[6], "专项款用于路灯", ("241", 80000, 0, ""), ("311", 0, 80000, ""))
    close_month(village, Period(2025, 7))
    spend(village, day[7], "514", 5000, "困难户", "走访慰问困难户")
    close_month(village, Period(2025, 8))
    spend(village, day[8], "181", 100, "待查", "盘点短款待查", "IM")
    for month in (9, 10, 11):
        close_month(village, Period(2025, month))


def balances(village: Village, period: Period) -> dict[str, int]:
    """Account -> signed yuan, to the cent or it fails; zeros left out."""
    with village.book.reading() as connection:
        found = ledger.balances(connection, Span.of(period))
    assert all(b.closing_fen % YUAN == 0 for b in found)
    return {b.account: b.closing_fen // YUAN for b in found if b.closing_fen}


END = {
    "101": 2900,
    "102": 291_300,
    "112": 20_100,
    "113": -21_000,
    "121": 10_000,
    "132": 60_000,
    "133": -18_000,
    "141": 100_000,
    "151": 580_000,
    "152": -180_000,
    "211": -25_000,
    "214": -1200,
    "301": -400_000,
    "311": -381_410,
    "32202": -37_690,
}
PLAN = Plan(shares=(Share(ShareKind.MEMBERS, 20_000 * YUAN, "王五"),), resolution="成员大会2025-4")


def the_members_decide(village: Village) -> None:
    """Two thirds of all members agree to what is shared out."""
    item = ResolutionItem(1, "2025年度收益分配", Matter.DISTRIBUTION, 20_000 * YUAN)
    lay_open(village, 2025, LAST_DAY - timedelta(days=10))
    voted = minutes(village, "成员大会2025-4", LAST_DAY, item, body=Body.MEMBERS)
    resolutions.record(village.book, voted, at(LAST_DAY))


def test_a_good_year_is_carried_set_aside_shared_and_closed(village: Village):
    the_year(village)
    the_members_decide(village)
    # December: the missing cash is nobody's yet, and everything else of the year's end is still to do.
    count_all(village, LAST_DAY)
    told = ids_of(closing.review(village.book, DECEMBER, LAST_DAY))
    other = ("DIS-", "AST-")
    assert [i for i in told if not i.startswith(other)] == ["YE-10", "YE-13"], (
        "board and cards are another story"
    )
    with pytest.raises(Refused) as caught:
        year_end.close_year(village.book, 2025, PLAN, at(LAST_DAY))
    assert ids_of(caught.value.findings) == ["YE-13"]
    # The clerk makes it good; the tax bureau sends the income tax.
    adjust(village, LAST_DAY, "报账员赔偿短款", ("112", 100, 0, "报账员"), ("181", 0, 100, ""))
    adjust(village, LAST_DAY, "计提企业所得税", ("521", 1200, 0, ""), ("214", 0, 1200, ""))

    shown = year_end.preview(village.book, 2025, PLAN, at(LAST_DAY))
    assert shown.findings == ()
    figures = shown.figures
    assert (figures.result_fen, figures.brought_fen) == (1_410_000, 4_500_000)
    assert (figures.base_fen, figures.reserve_fen) == (1_410_000, 141_000)
    assert (figures.distributable_fen, figures.left_fen) == (5_910_000, 3_769_000)

    money = place_balances(village.book, LAST_DAY)
    made = year_end.close_year(village.book, 2025, PLAN, at(LAST_DAY))
    assert [e.lines for e in shown.entries] == [v.lines for v in made]
    assert [[(x.account, x.debit_fen // YUAN, x.credit_fen // YUAN) for x in v.lines] for v in made] == [
        [("322", 45000, 0), ("32202", 0, 45000)],
        [("501", 72000, 0), ("502", 8000, 0), ("503", 30000, 0), ("321", 0, 110_000)],
        [
            ("321", 95900, 0),
            ("511", 0, 30000),
            ("512", 0, 7200),
            ("513", 0, 46500),
            ("514", 0, 11000),
            ("521", 0, 1200),
        ],
        [("321", 14100, 0), ("32202", 0, 14100)],
        [("32201", 1410, 0), ("311", 0, 1410)],
        [("32201", 20000, 0), ("113", 0, 20000)],
        [("32202", 21410, 0), ("32201", 0, 21410)],
    ]
    assert balances(village, DECEMBER) == END
    with village.book.reading() as connection:
        owed = {p: fen for p, _q, fen in ledger.details_on(connection, "113", LAST_DAY)}
    assert owed == {"张三": 200_000, "李四": -300_000, "王五": -2_000_000}
    names = {a.code: a.name for a in chart(village.book)}
    assert (names["32201"], names["32202"]) == ("各项分配", "未分配收益")

    # No money moved, so the counts of the morning still hold; December closes, and with it the year.
    assert place_balances(village.book, LAST_DAY) == money
    assert year_end.year_state(village.book, 2025) == "done"
    assert {i[:4] for i in ids_of(closing.review(village.book, DECEMBER, LAST_DAY))} <= {"DIS-", "AST-"}
    closing.close(village.book, DECEMBER, at(LAST_DAY, 20))
    assert year_end.year_state(village.book, 2025) == "closed"
    assert check_book(village.book) == ()

    # Every figure of the year is still told: turnovers in the trial balance, every voucher on the notice.
    total = ledgers.trial_balance(village.book, Span.parse("2025")).rows[-1]
    assert total[2] == total[3]
    assert total[4] == total[5]
    assert total[6] == total[7]
    assert total[8] == total[9]
    notice = notices.compile_notice(village.book, Span.of(DECEMBER), LAST_DAY)
    assert (notice.income_fen, notice.spending_fen) == (0, 0)
    assert len(notice.excluded) == len(made) + 2
    stops = [x.id for x in notices.notice_findings(village.book, notice, LAST_DAY) if x.severity.stops]
    assert stops == ["DIS-06"]  # supervision has not reviewed it yet

    # The notes are written, and the yearly report is complete: cover, statements, notes; everything in it ties.
    spring = date(2026, 1, 20)
    assert ids_of(annual.make(village.book, "annual-report", 2025)[1]) == ["STM-24"]
    for section in notes.sections():
        if not section.fill:
            notes.write(village.book, 2025, section.code, "", at(spring), nothing=True)
    report, findings = annual.make(village.book, "annual-report", 2025)
    assert findings == ()
    assert isinstance(report.form, Dossier)
    assert report.form.stamp == ""
    table, broken = all_ties(village.book, Span.parse("2025"))
    assert broken == ()
    assert all(row[2] == row[3] for row in table.rows)
    sheet = {r[0]: r[2] for r in statement(village.book, "balance-sheet", Span.parse("2025")).table.rows}
    assert (sheet[24], sheet[41], sheet[38]) == (86_830_000, 86_830_000, 3_769_000)

    # The next year begins with empty accounts, and the members are paid what was decided.
    spend(village, spring, "113", 20000, "王五", "发放收益分配款")
    assert balances(village, Period(2026, 1)) == {**END, "102": 271_300, "113": -1000}
    assert check_book(village.book) == ()


def test_the_plan_is_held_to_the_order_of_the_law(village: Village):
    the_year(village)
    the_members_decide(village)
    adjust(village, LAST_DAY, "报账员赔偿短款", ("112", 100, 0, "报账员"), ("181", 0, 100, ""))

    def findings(plan: Plan) -> list[str]:
        return ids_of(year_end.preview(village.book, 2025, plan, at(LAST_DAY)).findings)

    assert findings(PLAN) == []
    assert findings(replace(PLAN, resolution="")) == ["YE-24"]
    assert findings(replace(PLAN, reserve_bp=0)) == ["YE-22"]
    assert findings(replace(PLAN, reserve_bp=500)) == ["YE-25"]
    assert findings(replace(PLAN, cover_fen=1)) == ["YE-23"]
    assert findings(replace(PLAN, shares=(Share(ShareKind.MEMBERS, 6_030_000),))) == ["AP-15", "YE-21"]
    # 15,300 result and 45,000 brought forward, 1,530 set aside: 58,770 are left to give, not a cent more.
    # The members resolved on 20,000 only: what they may give and what they did resolve are two bounds.
    assert findings(replace(PLAN, shares=(Share(ShareKind.MEMBERS, 5_877_000),))) == ["AP-15"]
    assert findings(replace(PLAN, shares=(Share(ShareKind.MEMBERS, 5_877_001),))) == ["AP-15", "YE-21"]
    submit(village, payment(village, 10_000, date(2025, 12, 8)))
    assert findings(PLAN) == ["YE-01"]


def test_a_loss_is_covered_from_the_reserve_and_nothing_is_shared(village: Village):
    for month in range(1, 12):
        close_month(village, Period(2025, month))
    adjust(village, date(2025, 12, 5), "洪水损毁果园", ("515", 60000, 0, ""), ("132", 0, 60000, ""))
    get(village, date(2025, 12, 6), "501", 5000, "何老四", "鱼塘承包费")
    the_members_decide(village)
    # 55,000 lost, 45,000 brought forward: 10,000 are not covered.
    refused = year_end.preview(village.book, 2025, replace(PLAN, reserve_bp=1000), at(LAST_DAY))
    assert ids_of(refused.findings) == ["YE-20"]
    assert refused.figures.loss_fen == 1_000_000
    plan = Plan(cover_fen=600_000, resolution="成员大会2025-4")
    made = year_end.close_year(village.book, 2025, plan, at(LAST_DAY))
    assert [v.summary for v in made] == [
        "原余额转入明细科目",
        "结转本期损益",
        "结转本期损益",
        "结转本年收益",
        "公积公益金弥补亏损",
    ]
    after = balances(village, DECEMBER)
    assert (after["311"], after["32202"]) == (-294_000, 4000)  # a debit there is the loss still to be covered
    assert not {"321", "32201", "322"} & set(after)
    close_month(village, DECEMBER)
    assert check_book(village.book) == ()
