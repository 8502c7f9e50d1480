"""Made-up villages for the printing tests: an ordinary month, a long one, slips and books. No real person is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from villagebook.domain.document import Attachment, Document, Item, Support, derive_lines
from villagebook.domain.notice import ClassState, Notice, NoticeLine, PlaceBalance
from villagebook.domain.period import Span
from villagebook.domain.place import Place, PlaceKind, Places
from villagebook.domain.slip import Slip, SlipSlot
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import DocKind

VILLAGE = "青石镇清水湾村股份经济合作社"

INCOME = (
    ("收张有田承包东坡果园30亩2025年度承包费", 1_800_000, "张有田(3组)", "经营收入"),
    ("收镇财政拨付村级组织运转经费第二季度", 4_500_000, "青石镇财政所", "补助收入"),
    ("收农贸市场临街门面6月份租金(1至8号)", 960_050, "王记百货等8户", "经营收入"),
    ("收一事一议筹资款(4组42户,每户120元)", 504_000, "4组42户", "一事一议"),
    ("银行活期存款利息", 12_377, "青石农商银行", "其他收入"),
)
SPENDING = (
    ("付村委会5月份电费", 38_642, "国网青石供电所", "陈桂香", "刘建国"),
    ("买打印纸10包、黑色签字笔2盒、硒鼓1个", 46_800, "青石文具店", "陈桂香", "刘建国"),
    (
        "付修补二组机耕路人工费,李大山等6人共14个工日,每工日150元",
        210_000,
        "李大山等6人",
        "周志强",
        "刘建国、何玉兰",
    ),
    ("付垃圾清运费5月份(三轮车22车次,每车60元)", 132_000, "吴𠅤(5组)", "周志强", "刘建国"),
    ("付村民大会会场横幅及茶水", 18_500, "万家超市", "陈桂香", "刘建国"),
    ("付看望80岁以上老人慰问品,牛奶26箱、鸡蛋26盒", 234_000, "万家超市", "何玉兰", "刘建国、马淑芬"),
    (
        "付村口太阳能路灯维修,更换电池4组、灯头2个",
        176_000,
        "鑫源光电有限责任公司",
        "周志强",
        "刘建国、何玉兰",
    ),
    ("付防汛物资:编织袋500条、铁锹12把、雨靴10双", 93_500, "青石镇农资供应站", "孙立新", "刘建国"),
)
CLASSES = (
    ("财务计划", ""),
    ("各项收入", "5类,详见上表"),
    ("各项支出", "8类,详见上表"),
    ("各项资产", "本期新增固定资产0件;期末货币资金见上"),
    ("各类资源", ""),
    ("债权债务", "应收承包费6,000.00元(李长河);无借款"),
    ("收益分配", ""),
    ("其他", "东坡果园续包合同已公示"),
)


def notice_lines(count: int) -> tuple[NoticeLine, ...]:
    """Every sixth line is income; amounts grow a little so that no two totals are alike."""
    lines = []
    for index in range(count):
        day = f"2025-06-{1 + index * 29 // max(1, count):02d}"
        if index % 6 == 0:
            summary, fen, party, group = INCOME[index // 6 % len(INCOME)]
            lines.append(
                NoticeLine(
                    no=index + 1, day=day, voucher=f"收-{index // 6 + 1:04d}", summary=summary, income_fen=fen + index, spending_fen=0,
                    source="收入户", party=party, handler="陈桂香", approver="刘建国", remark=f"收据{index + 20250301}", group=group,
                )
            )  # fmt: skip
        else:
            number = index - index // 6
            summary, fen, party, handler, approver = SPENDING[number % len(SPENDING)]
            lines.append(
                NoticeLine(
                    no=index + 1, day=day, voucher=f"付-{number:04d}", summary=summary, income_fen=0, spending_fen=fen + index,
                    source="备用金" if fen < 50_000 else "支出户", party=party, handler=handler, approver=approver,
                    remark="村民代表会议第6号决议" if fen > 200_000 else "发票", group="管理支出",
                )
            )  # fmt: skip
    return tuple(lines)


def make_notice(count: int = 40, **changes: Any) -> Notice:
    """A month of so many lines whose totals are right."""
    lines = notice_lines(count)
    income, spending = sum(line.income_fen for line in lines), sum(line.spending_fen for line in lines)
    opening = 35_618_942
    places = (
        PlaceBalance("收入户(农商银行)", 21_000_000, 21_000_000 + income - 6_000_000),
        PlaceBalance("支出户(农商银行)", 14_418_942, 14_418_942 + 5_900_000 - spending),
        PlaceBalance("备用金", 200_000, 300_000),
        PlaceBalance("待缴存现金", 0, 0),
    )
    notice = Notice(
        id="n-2025-06",
        village=VILLAGE,
        village_code="370181104206",
        title="青石镇清水湾村财务收支逐笔公开表",
        number="QSW-2025-06",
        span=Span.parse("2025-06"),
        balances=places,
        lines=lines,
        opening_fen=opening,
        income_fen=income,
        spending_fen=spending,
        closing_fen=opening + income - spending,
        year_income_fen=income + 23_456_789,
        year_spending_fen=spending + 19_876_543,
        transfers=TRANSFERS,
        excluded=("转-0003 计提6月份固定资产折旧,不动用资金", "转-0004 更正5月份科目,不动用资金"),
        classes=tuple(ClassState(name, text) for name, text in CLASSES),
        rejected_count=1,
        rejected_fen=86_000,
        unbooked_count=2,
        reviewers=("马淑芬", "赵德厚", "钱满仓"),
        officials=(
            ("理事长", "刘建国"),
            ("党支部书记", "刘建国"),
            ("代理会计", "沈晓燕"),
            ("报账员", "陈桂香"),
        ),
        places_to_post=("村委会公开栏", "三组大槐树公开栏"),
        min_days=10,
        objection_days=5,
        answer_days=3,
        log_seq=1284,
        log_hash="9f3ac2d1e5f607188b7c6d5e4f3a2b1c0d9e8f7a6b5c4d3e2f1a0b9c8d7e6f5a",
        policy="青石镇村级财务管理办法2025-1",
        compiled_on=date(2025, 7, 3),
    )
    return replace(notice, **changes)


def _transfer(
    no: int, day: str, voucher: str, summary: str, fen: int, source: str, target: str
) -> NoticeLine:
    return NoticeLine(no, day, voucher, summary, 0, fen, source, target, "陈桂香", "刘建国", "", "")


TRANSFERS = (
    _transfer(1, "2025-06-03", "转-0001", "按6月份用款计划从收入户拨到支出户", 6_000_000, "收入户", "支出户"),
    _transfer(2, "2025-06-05", "转-0002", "补足备用金", 100_000, "支出户", "备用金"),
    _transfer(3, "2025-06-09", "转-0005", "果园承包费现金缴存银行", 1_800_000, "待缴存现金", "收入户"),
)

PLACES = Places(
    (
        Place("RC", PlaceKind.RC, "待缴存现金", "101", "陈桂香"),
        Place("IN", PlaceKind.IN, "收入户(青石农商银行)", "102", VILLAGE, is_basic=True),
        Place("EX", PlaceKind.EX, "支出户(青石农商银行)", "102", VILLAGE),
        Place("IM", PlaceKind.IM, "备用金", "101", "陈桂香"),
    )
)
ACCOUNTS = (
    ("101", "库存现金"), ("102", "银行存款"), ("541001", "管理费用——办公费"), ("541005", "管理费用——防汛物资"),
    ("511", "经营收入"), ("531", "公益支出"),
)  # fmt: skip
SLOTS = (
    SlipSlot("H", "经手人", 1, ("陈桂香", "周志强")),
    SlipSlot("W", "证明人", 1, ()),
    SlipSlot("C", "审核(代理会计)", 1, ("沈晓燕",)),
    SlipSlot("S", "村务监督委员会", 2, ("马淑芬", "赵德厚", "钱满仓")),
    SlipSlot("D", "理事长审批", 1, ("刘建国",)),
)


def make_items(count: int) -> tuple[Item, ...]:
    goods = (
        ("编织袋", "500", "条", 85),
        ("铁锹", "12", "把", 2_800),
        ("雨靴", "10", "双", 4_250),
        ("手电筒", "6", "只", 3_900),
    )
    return tuple(
        Item("541005", int(quantity) * price, f"{name}{index // 4 or ''}", quantity, unit, price)
        for index in range(count)
        for name, quantity, unit, price in (goods[index % 4],)
    )


def make_document(**changes: Any) -> Document:
    document = Document(
        id="d41f6a0c9be84c5c9f0e2f4d7a6b1c35",
        kind=DocKind.PAYMENT,
        booked_on=date(2025, 6, 12),
        summary="购防汛物资",
        party="青石镇农资供应站",
        place="EX",
        items=make_items(3),
        support=Support.INVOICE,
        support_no="25372000000012345678",
        paper_count=3,
        attachments=(Attachment("a" * 64, "发票.jpg", "image/jpeg"),),
        handler="p3",
        payee_account="青石镇农资供应站",
        resolution="村务联席会议2025-6号",
    )
    return replace(document, **changes)


def make_slip(document: Document | None = None, **changes: Any) -> Slip:
    document = document or make_document()
    place, target = PLACES.get(document.place), PLACES.get(document.to_place)
    slip = Slip(
        village=VILLAGE,
        document=document,
        lines=derive_lines(document, PLACES),
        account_names=ACCOUNTS,
        place_name=place.name if place else "",
        to_place_name=target.name if target else "",
        handler_name="周志强",
        tier="500元至5000元",
        slots=SLOTS,
        content_hash=document.content_hash(),
    )
    return replace(slip, **changes)


def make_transfer_slip() -> Slip:
    document = make_document(
        id="7ad0" * 8, kind=DocKind.TRANSFER, summary="按6月份用款计划从收入户拨到支出户", party="", place="IN", to_place="EX",
        items=(), amount_fen=6_000_000, support=Support.MINUTES, support_no="", paper_count=1, resolution="拨款计划2025-6", payee_account="",
    )  # fmt: skip
    return make_slip(document, slots=SLOTS[:1] + SLOTS[3:], tier="")


def make_table(rows: int = 60) -> Table:
    """A cash journal of so many lines and a total row."""
    columns = (
        Column("day", "日期", Shape.DAY, 9),
        Column("voucher", "凭证号", Shape.TEXT, 8),
        Column("summary", "摘要", Shape.TEXT, 30),
        Column("party", "对方单位或个人", Shape.TEXT, 16),
        Column("papers", "附件", Shape.COUNT, 5),
        Column("debit", "借方", Shape.MONEY, 13),
        Column("credit", "贷方", Shape.MONEY, 13),
        Column("balance", "余额", Shape.MONEY, 14),
    )
    cells: list[tuple[str | int | None, ...]] = []
    balance = 10_000_000
    for index, line in enumerate(notice_lines(rows)):
        balance += line.income_fen - line.spending_fen
        cells.append(
            (
                line.day,
                line.voucher,
                line.summary,
                line.party,
                index % 4 + 1,
                line.income_fen or None,
                line.spending_fen or None,
                balance,
            )
        )
    debit, credit, papers = (sum(int(row[i] or 0) for row in cells) for i in (5, 6, 4))
    cells.append(("", "", "本期合计", "", papers, debit, credit, balance))
    return Table(
        "journal", "银行存款日记账", "支出户(青石农商银行) 2025年6月", columns, tuple(cells), totals=1
    )
