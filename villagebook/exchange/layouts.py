"""The import layouts: which columns each has, what they may be called, and where they stand in a given table.

The names and their meaning are a promise of the command line; further names are only added, never taken away.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from villagebook.exchange.import_findings import Problems
from villagebook.exchange.tables import Sheet
from villagebook.exchange.units import large_unit

VOUCHERS = "vouchers"
CASHBOOK = "cashbook"
OPENING = "opening"
ROSTER = "roster"
ASSETS = "assets"
RESOURCES = "resources"
CONTRACTS = "contracts"
INVOICE_CHECKS = "invoice-checks"
USED_INVOICES = "used-invoices"
PAYEES = "payees"
PAYEE_ACCOUNTS = "payee-accounts"
BATCH_RETURN = "batch-return"

_UNIT = re.compile(r"[(\[【].*?[)\]】]")
_HEADER_WITHIN = 10


@dataclass(frozen=True, slots=True)
class LayoutColumn:
    """A column: its stable key, whether a table must have it, and its names, the best first."""

    key: str
    required: bool
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A table whose header is found: position and the file's own title of each known column it has.

    `titles` are those of the columns in the file that was brought, where the table was made out of another.
    """

    sheet: Sheet
    index: dict[str, int]
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, key: str) -> str:
        """The column's heading as the file has it, with its letter."""
        if key in self.titles:
            return self.titles[key]
        at = self.index[key]
        return f"{self.sheet.header[at]} ({column_letter(at)})"


def _columns(*rows: str) -> tuple[LayoutColumn, ...]:
    """Rows of `key! name name ...`; the mark is for columns that must be there."""
    columns = []
    for row in rows:
        key, *names = row.split()
        plain = key.rstrip("!")
        columns.append(LayoutColumn(plain, key.endswith("!"), (plain, *names)))
    return tuple(columns)


LAYOUTS: dict[str, tuple[LayoutColumn, ...]] = {
    VOUCHERS: _columns(
        "date! 日期 凭证日期 制单日期 记账日期",
        "word 凭证字 字",
        "number! 凭证号 凭证编号 号",
        "summary! 摘要",
        "account! 科目 科目代码 科目编码 会计科目 科目名称",
        "debit! 借方 借方金额",
        "credit! 贷方 贷方金额",
        "party 往来 往来单位",
        "project 项目",
        "attachments 附单据数 附件数 附件张数 附件",
        "place 资金 资金账户 资金地点",
    ),
    CASHBOOK: _columns(
        "date! 日期",
        "kind! 收支 类型 收支类型",
        "number 单据号 票据号 凭证号",
        "summary! 事由 摘要",
        "party 对方 对方单位 往来 往来单位",
        "amount! 金额",
        "place! 资金 资金账户 资金地点",
        "account! 科目 科目代码 科目编码 会计科目 科目名称",
    ),
    OPENING: _columns(
        "account! 科目 科目代码 科目编码 会计科目 科目名称",
        "place 资金 资金账户 资金地点",
        "party 往来 往来单位",
        "debit! 借方 借方金额 借方余额 期初借方",
        "credit! 贷方 贷方金额 贷方余额 期初贷方",
    ),
    ROSTER: _columns(
        "household 户号 户编码 户编号 农户编号 householdno.",
        "group 组别 组 小组 村民小组 组号",
        "head 户主 户主姓名 headofhousehold",
        "name! 姓名 成员姓名 名称",
        "relation! 与户主关系 关系 家庭关系 relationtothehead",
        "born 出生年份 出生年 出生年月 出生日期 yearofbirth",
        "minor 未成年 未成年人",
        "votes 表决权 选举权 有表决权 righttovote",
        "delegate 成员代表 代表",
        "shares 股份 股数 份额 股权数",
        "joined 加入日期 取得成员身份日期 成员身份确认日期 belongssince",
    ),
    ASSETS: _columns(
        "code 编号 资产编号 卡片编号 no.",
        "name! 名称 资产名称 name",
        "family 类别 资产类别 大类 class",
        "kind 分类 资产分类 资产小类",
        "spec 规格型号 型号 规格 model",
        "quantity 数量",
        "unit 单位 计量单位",
        "location 存放地点 坐落 地点 位置 whereitis",
        "use 用途说明",
        "keeper 保管人 责任人 使用人",
        "acquired! 取得日期 购置日期 购建日期 入账日期 since",
        "in_use 启用日期 开始使用日期",
        "origin 取得方式 来源 增加方式",
        "original! 原值 资产原值 账面原值 金额 originalvalue",
        "residual 残值率 预计净残值率 净残值率",
        "life 使用月数 折旧月数 月数 months",
        "years 使用年限 折旧年限 预计使用年限",
        "method 折旧方法",
        "work_total 预计总工作量 总工作量 工作总量",
        "work_unit 工作量单位",
        "work_before 累计工作量 已完成工作量",
        "purpose 用途 使用部门 用途类别",
        "lost 累计折旧 已提折旧 累计摊销 lostsofar",
        "resolution 决议 决议号",
        "reason 备注 说明",
    ),
    RESOURCES: _columns(
        "code 编号 资源编号 no.",
        "name! 名称 资源名称 地块名称 name",
        "kind! 类别 资源类别 种类 地类",
        "area! 面积 亩数",
        "location 坐落 位置 地点 whereitis",
        "boundaries 四至 四至界限",
        "certificate 证号 权证号 权属证号",
        "use 使用方式 利用方式 经营方式 usedby",
        "contract 合同 合同编号",
        "since 起始日期 开始日期",
        "note 备注 说明",
    ),
    CONTRACTS: _columns(
        "code 编号 合同编号 no.",
        "name! 名称 合同名称 name",
        "kind 类别 合同类别 合同类型",
        "direction! 收支 收支方向 direction",
        "party! 对方 对方单位 承包方 承租方 乙方 otherparty",
        "signed 签订日期 签约日期",
        "from! 开始日期 起始日期 承包开始 firstday",
        "to! 结束日期 终止日期 到期日期 承包结束 lastday",
        "amount! 合同金额 总金额 总价 amount",
        "each 每期金额 年租金 每期租金",
        "cycle 付款周期 缴款周期 收款周期 周期",
        "first_due 首期日期 首次付款日期 首次缴款日期",
        "account 科目 科目代码 会计科目",
        "object 标的编号 资源编号 资产编号",
        "subject 标的 标的物",
        "deposit 押金 保证金",
        "paid 已收金额 已付金额 已结金额",
        "resolution 决议 决议号",
        "bidding 招标方式 竞价方式 交易方式",
        "note 备注 说明",
    ),
    PAYEES: _columns(
        "name! 姓名 领款人 收款人 户主 户主姓名",
        "household 户号 户编码 户编号 农户编号 householdno.",
        "post 职务 岗位",
        "work 工作内容 误工事由 事由 用工内容 项目 补贴项目",
        "place 地点 工作地点",
        "days 日期 误工日期 出工日期 工作日期 用工日期",
        "half 半天 是否半天",
        "quantity 数量 面积 亩数",
        "unit 单位 计量单位",
        "rate 标准 日标准 补贴标准 单价 月标准",
        "amount 金额 补贴金额 应发金额 实发金额 发放金额",
        "note 备注 说明",
    ),
    PAYEE_ACCOUNTS: _columns(
        "name! 姓名 领款人 收款人 农户姓名",
        "household 户号 户编码 户编号 农户编号 householdno.",
        "holder! 户名 收款户名 账户名 账户名称 开户名 holder",
        "account! 账号 收款账号 卡号 银行账号 银行卡号 账户 accountnumber",
        "bank 开户行 开户银行 银行 收款行",
    ),
    BATCH_RETURN: _columns(
        "no 序号 编号 明细序号 no.",
        "holder! 户名 收款户名 收款人户名 收款人 姓名 账户名称 holder",
        "account 账号 收款账号 收款人账号 卡号 银行账号 accountnumber",
        "amount! 金额 发放金额 交易金额 代发金额 入账金额 实发金额 amount",
        "state! 状态 处理结果 交易状态 处理状态 结果 交易结果 入账状态 发放状态 state",
        "reason 失败原因 原因 返回信息 处理信息 错误信息 备注 说明 reason",
    ),
    INVOICE_CHECKS: _columns(
        "number! 发票号码 号码 票号 invoicenumber",
        "code 发票代码 代码 invoicecode",
        "result! 查验结果 结果 answer",
        "checked_on! 查验日期 查验时间 askedon",
        "person! 查验人 查验人员 askedby",
        "note 备注 说明 note",
    ),
    USED_INVOICES: _columns(
        "number! 发票号码 号码 票号 invoicenumber",
        "code 发票代码 代码 invoicecode",
        "kind 票种 发票类型 类型 种类 kind",
        "issued_on 开票日期 日期 dayofissue",
        "total 价税合计 金额 含税金额 totalwithtax",
        "village! 村 村名 使用村 使用单位 单位 village",
        "village_code 村代码 单位代码 行政区划代码 villagecode",
        "document 凭证 凭证号 凭证字号 单据 单据号 voucher",
        "state 状态 使用状态 state",
    ),
}


def required(layout: str) -> tuple[str, ...]:
    """What the columns a table must have are called, the first of their Chinese names."""
    return tuple(column.names[1] for column in LAYOUTS[layout] if column.required)


def sniff_layout(sheet: Sheet) -> str | None:
    """The layout a table's header speaks of, None when it speaks of none."""
    headers = [header for _at, header in _headers(sheet)]
    for header in headers:
        for layout in (VOUCHERS, CASHBOOK, OPENING):
            if layout == OPENING and "date" in _find(header, VOUCHERS):
                continue
            if _count_required(header, layout) == _count_required(None, layout):
                return layout
    # A column is missing: say which layout it comes nearest to, so that the missing one can be named.
    for header in headers:
        vouchers, cashbook = _find(header, VOUCHERS), _find(header, CASHBOOK)
        if {"debit", "credit"} <= vouchers.keys() and {"account", "word"} & vouchers.keys():
            return VOUCHERS if "date" in vouchers or "number" in vouchers else OPENING
        if {"kind", "amount"} <= cashbook.keys():
            return CASHBOOK
    return None


def locate(sheet: Sheet, layout: str, problems: Problems) -> Located | None:
    """Find the layout's columns; None, with a finding for each, when one that must be there is missing."""
    at, _header = max(_headers(sheet), key=lambda pair: _count_required(pair[1], layout))
    above = [] if at is None else [sheet.header, *sheet.rows[:at]]
    if at is not None:
        sheet = sheet.headed_at(at)
    index = _find(sheet.header, layout)
    missing = [column for column in LAYOUTS[layout] if column.required and column.key not in index]
    for column in missing:
        problems.add("IMP-01", value=f"{column.key} ({column.names[1]})")
    names = [plain_name(cell) for cell in sheet.header]
    for at in index.values():
        if names.count(names[at]) > 1:
            problems.add("IMP-02", value=sheet.header[at])
    ignored = [
        cell or column_letter(at)
        for at, cell in enumerate(sheet.header)
        if at not in index.values() and (cell or any(row[at].strip() for row in sheet.rows))
    ]
    if ignored and not missing:
        problems.add("IMP-03", value=", ".join(ignored))
    if unit := large_unit([sheet.header[at] for at in index.values()], above):
        problems.add("IMP-52", value=unit)
    return None if missing else Located(sheet, index)


def plain_name(text: str) -> str:
    """A heading without what does not matter: width, case, spaces, units in brackets, a star."""
    text = _UNIT.sub("", unicodedata.normalize("NFKC", text))
    return "".join(text.split()).strip("*").casefold()


def _find(header: Sequence[str], layout: str) -> dict[str, int]:
    names = [plain_name(cell) for cell in header]
    index: dict[str, int] = {}
    for column in LAYOUTS[layout]:
        hit = next((name for name in column.names if name in names), None)
        if hit is not None:
            index[column.key] = names.index(hit)
    return index


def _count_required(header: Sequence[str] | None, layout: str) -> int:
    """How many of the columns that must be there a header has; of all there are for None."""
    required = {column.key for column in LAYOUTS[layout] if column.required}
    return len(required if header is None else required & _find(header, layout).keys())


def _headers(sheet: Sheet) -> Iterator[tuple[int | None, Sequence[str]]]:
    """The table's own header, then each of its first rows, with its index: many files have a title on top."""
    yield None, sheet.header
    yield from enumerate(sheet.rows[:_HEADER_WITHIN])


def column_letter(at: int) -> str:
    """0 -> A, 26 -> AA."""
    text = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        text = chr(65 + rest) + text
    return text
