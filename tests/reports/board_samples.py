"""A made-up sheet for the board with everything a sheet can hold; no real person is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.reports.samples import make_notice
from villagebook.domain.answers import AnswerRow, Answers
from villagebook.domain.correction import CorrectedLine, Correction, Wording
from villagebook.domain.notice import Notice
from villagebook.domain.period import Span
from villagebook.domain.sheet import Chart, ChartKind, ChartPoint, Figure, Part, Sheet, SheetForm
from villagebook.domain.table import Cell, Column, Shape

FIGURES = (
    Figure("年初结存", 35_618_942, "叁拾伍万陆仟壹佰捌拾玖元肆角贰分"),
    Figure("本年收入", 184_612_350),
    Figure("本年支出", 162_004_377),
    Figure("年末结存", 58_226_915, "伍拾捌万贰仟贰佰陆拾玖元壹角伍分"),
)
SENTENCES = (
    "今年村里一共收了1,846,123.50元,其中承包费最多,占四成。",
    "花掉1,620,043.77元,修路和清理垃圾用得最多;支出比去年少了82,000.00元。",
)
WORKS = ("李大山", "吴𠅤", "赵德厚", "钱满仓", "许春雷", "周志强")
KINDS = ("修补二组机耕路", "清运三组垃圾", "防汛值班", "植树护林", "看守水库")


def pay_part(rows: int) -> Part:
    """Lost-work rows with a total: date, name, work, days, rate, amount."""
    columns = (
        Column("no", "序号", Shape.COUNT),
        Column("day", "日期", Shape.DAY),
        Column("name", "姓名"),
        Column("group", "组别"),
        Column("work", "干什么活"),
        Column("place", "地点"),
        Column("days", "工日"),
        Column("rate", "每工日", Shape.MONEY),
        Column("amount", "金额", Shape.MONEY),
        Column("approver", "审批"),
    )
    made: list[tuple[Cell, ...]] = [
        (n + 1, f"2025-06-{1 + n % 28:02d}", f"{WORKS[n % 6]}", f"{1 + n % 5}组", KINDS[n % 5] + "人工", "二组南坡至公路口",
         str(1 + n % 3), 15_000, (1 + n % 3) * 15_000, "刘建国、何玉兰")
        for n in range(rows)
    ]  # fmt: skip
    total = sum(row[8] for row in made if isinstance(row[8], int))
    made.append((None, None, "合计", "", "", "", "", None, total, ""))
    return Part("误工补贴明细", columns, tuple(made), 1, "逐人逐日列出;每工日按村民代表会议2025年第3号决议。")


def summary_part() -> Part:
    columns = (
        Column("item", "项目"),
        Column("now", "本期", Shape.MONEY),
        Column("last", "上期", Shape.MONEY),
        Column("year", "本年累计", Shape.MONEY),
        Column("budget", "全年预算", Shape.MONEY),
    )
    rows: tuple[tuple[Cell, ...], ...] = (
        ("出租及承包收入", 1_800_000, 1_650_000, 12_300_000, 20_000_000),
        ("上级补助", 4_500_000, 0, 9_000_000, 18_000_000),
        ("其他收入", 12_377, 11_020, 70_431, 100_000),
        ("收入合计", 6_312_377, 1_661_020, 21_370_431, 38_100_000),
    )
    return Part("钱从哪里来", columns, rows, 1)


BARS = Chart(
    ChartKind.BARS,
    "钱花到哪里去了",
    (
        ChartPoint("修路架桥", 62_000_000),
        ChartPoint("清运垃圾、路灯和自来水", 41_300_000),
        ChartPoint("干部报酬", 30_500_000),
        ChartPoint("办公、会议", 9_204_377),
        ChartPoint("看望老人", 2_340_050),
    ),
)
SOURCES = Chart(
    ChartKind.BARS,
    "钱从哪里来",
    (
        ChartPoint("承包费、租金", 82_000_000),
        ChartPoint("上级补助", 60_300_000),
        ChartPoint("一事一议", 5_040_000),
    ),
)
MONTHS = Chart(
    ChartKind.MONTHS,
    "十二个月的收入和支出",
    tuple(
        ChartPoint(f"{m}月", 8_000_000 + m * 1_350_000 % 7_000_000, 6_000_000 + m * 2_110_000 % 9_000_000)
        for m in range(1, 13)
    ),
    "收入",
    "支出",
)


def make_sheet(rows: int = 12, **changes: Any) -> Sheet:
    """A sheet with figures, sentences, charts, a full part, a long one and an empty one."""
    notice: Notice = make_notice(1)
    sheet = Sheet(
        id="s-2025-06", form=SheetForm.PAY, subject="", stage="", title="青石镇清水湾村误工补贴和报酬公开表", number="QSW-2025-06-F7",
        village=notice.village, village_code=notice.village_code, span=Span.parse("2025-06"), sentences=SENTENCES, figures=FIGURES,
        parts=(summary_part(), pay_part(rows), Part("集体借款", (Column("who", "债主"), Column("fen", "金额", Shape.MONEY)), ())),
        charts=(BARS, SOURCES, MONTHS), notes=("工资单和误工单在村委会可查。",),
        reviewers=notice.reviewers, officials=notice.officials, places_to_post=notice.places_to_post, min_days=10, objection_days=5,
        answer_days=3, log_seq=notice.log_seq, log_hash=notice.log_hash, policy=notice.policy, compiled_on=date(2025, 7, 3),
    )  # fmt: skip
    return replace(sheet, **changes)


def make_correction(**changes: Any) -> Correction:
    """A line whose sum was wrong, one that was missing, one that is struck out."""
    notice = make_notice(40)
    first, second = notice.lines[0], notice.lines[1]
    right = Wording("2025-06-01", "收-0001", first.summary, first.income_fen + 100, 0, "吴𠅤(5组)")
    wrong = Wording("2025-06-01", "收-0001", first.summary, first.income_fen, 0, first.party)
    struck = Wording("2025-06-02", second.voucher, second.summary, 0, second.spending_fen, second.party)
    lines = (
        CorrectedLine(1, wrong, right, "收-0099"),
        CorrectedLine(0, Wording(), right, "收-0100"),
        CorrectedLine(2, struck, Wording()),
    )
    made = Correction(
        id="k-1", number="QSW-2025-06-更正1", notice_id=notice.id, notice_number=notice.number, notice_hash=notice.content_hash(),
        objection_id="o-1", objection_number="YY-2025-03", village=notice.village, village_code=notice.village_code, span=notice.span,
        lines=lines, reason="录入时把金额少写了一元,经村民提出后核对收据存根发现。" * 3, reviewers=notice.reviewers,
        officials=notice.officials, places_to_post=notice.places_to_post, min_days=10, objection_days=5, answer_days=3,
        log_seq=1300, log_hash=notice.log_hash, compiled_on=date(2025, 7, 20),
    )  # fmt: skip
    return replace(made, **changes)


def make_answers(rows: int = 9) -> Answers:
    notice = make_notice(1)
    asked = tuple(
        AnswerRow(
            f"YY-2025-{n + 1:02d}",
            date(2025, 7, 5 + n),
            "许**",
            "第12笔 付垃圾清运费",
            "三轮车22车次是怎么数出来的,有没有登记?" * (1 + n % 2),
            "车次由保洁员逐日登记,登记本在村委会可查;本月共22车次,监督委员会已核对。",
            "2025-07-08 陈桂香",
            "满意" if n % 2 else "不满意,已转镇农经站",
        )
        for n in range(rows)
    )
    return Answers(
        notice.village,
        notice.number,
        "2025年6月",
        asked,
        5,
        3,
        date(2025, 7, 20),
        notice.reviewers,
        notice.officials,
    )
