"""The header of another program's export: which column means what, in the words such programs use.

The names are those seen in public descriptions and code (Yonyou T3 and U8, Kingdee KIS and K3, accounting in the cloud);
further ones are only added.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from villagebook.domain.foreign import FileKind
from villagebook.exchange.bank_files import bank_sheets
from villagebook.exchange.bank_headers import HEADER_WITHIN, fingerprint_of, plain
from villagebook.exchange.foreign_days import Source, find_days
from villagebook.exchange.layouts import column_letter
from villagebook.exchange.tables import Sheet
from villagebook.exchange.units import large_unit

_VOUCHER_ROLES = {
    "date": "凭证日期 日期 制单日期 记账日期 入账日期 业务日期 fdate ftransdate voucherdate date",
    "word": "凭证字 凭证类别字 凭证类别 凭证类型 类别 字 fgroup word vouchertype",
    "number": "凭证号 凭证编号 凭证字号 凭证号数 凭证号码 字号 凭证 号数 号 fnum fnumber number voucherno",
    "summary": "摘要 摘要内容 摘要说明 业务摘要 fexp fexplanation summary description",
    "code": "科目代码 科目编码 科目编号 会计科目编码 会计科目代码 会计科目编号 科目号 facctid faccountid accountcode",
    "name": "科目名称 会计科目名称 科目全称 科目全名 总账科目 一级科目 总账科目名称 faccountname accountname",
    "detail": "明细科目 二级科目 明细科目名称 子目 细目",
    "account": "会计科目 科目 account",
    "debit": "借方金额 借方 借方本币 借方本币金额 本币借方 本位币借方 借方发生额 借方发生 借金额 fdebit debit",
    "credit": "贷方金额 贷方 贷方本币 贷方本币金额 本币贷方 本位币贷方 贷方发生额 贷方发生 贷金额 fcredit credit",
    "direction": "借贷方向 方向 借贷 借/贷 借贷标志 借贷标识 fdc direction drcr dc",
    "amount": "金额 发生额 本币金额 本位币金额 发生金额 famount amount",
    "attachments": "附件数 附单据数 附件张数 附件 附单据 单据数 附件数量 附单据张数 fattchment fattachment attachments",
    "party": "往来单位 往来户 往来 往来单位名称 农户 户名 社员 成员 核算项目 辅助核算 辅助项 fobjname1 party",
    "customer": "客户 客户名称 customer",
    "supplier": "供应商 供应商名称 supplier",
    "person": "职员 职员名称 个人 个人名称 人员 staff",
    "project": "项目 项目名称 工程项目 project",
    "department": "部门 部门名称 department",
    "place": "资金账户 资金地点 资金 place",
    "period": "会计期间 期间 月份 会计月份 fperiod period",
    "of_year": "年 年份 年度 会计年度 fyear",
    "month": "月",
    "dom": "日",
    "state": "作废 作废标志 凭证状态 状态 是否作废 fdeleted state",
}

_BALANCE_ROLES = {
    "code": _VOUCHER_ROLES["code"] + " 编码 代码 code",
    "name": _VOUCHER_ROLES["name"] + " 名称 name",
    "detail": _VOUCHER_ROLES["detail"],
    "account": _VOUCHER_ROLES["account"],
    "party": "往来单位 往来户 往来 往来单位名称 农户 户名 社员 成员 核算项目 核算项目名称 辅助核算 辅助项 客户 供应商 "
    "项目 明细 party",
    "direction": "方向 余额方向 期末方向 科目方向 借贷方向 借/贷 借贷 direction",
    "year_debit": "年初余额借方 年初借方余额 年初借方 年初余额借",
    "year_credit": "年初余额贷方 年初贷方余额 年初贷方 年初余额贷",
    "year": "年初余额 年初数",
    "opening_debit": "期初余额借方 期初借方余额 期初借方 期初余额借",
    "opening_credit": "期初余额贷方 期初贷方余额 期初贷方 期初余额贷",
    "opening": "期初余额 期初数",
    "total_debit": "本年累计发生额借方 本年累计借方 本年累计借方发生额 本年累计发生借方 累计发生额借方 累计借方 本年借方累计 借方累计",
    "total_credit": "本年累计发生额贷方 本年累计贷方 本年累计贷方发生额 本年累计发生贷方 累计发生额贷方 累计贷方 本年贷方累计 贷方累计",
    "closing_debit": "期末余额借方 期末借方余额 期末借方 期末余额借 借方余额 借方金额 借方 debit",
    "closing_credit": "期末余额贷方 期末贷方余额 期末贷方 期末余额贷 贷方余额 贷方金额 贷方 credit",
    "closing": "期末余额 余额 期末数 年末余额 balance",
}

ROLES: dict[FileKind, dict[str, tuple[str, ...]]] = {
    FileKind.VOUCHERS: {role: tuple(map(plain, names.split())) for role, names in _VOUCHER_ROLES.items()},
    FileKind.BALANCES: {role: tuple(map(plain, names.split())) for role, names in _BALANCE_ROLES.items()},
}
"""Role -> names of each kind of file, the best first."""

_V800 = "填制凭证"
V800_HEADER = (
    "日期,凭证字,凭证号,附单据数,摘要,科目编码,借方金额,贷方金额,数量,外币,汇率,制单人,结算方式,票号,票据日期,部门编码,"
    "职员编码,客户编码,供应商编码,业务员,项目编码"
)
"""Yonyou's text for taking vouchers over has no header; its columns stand in this order, reserved ones behind."""

_FEWEST = 3
_DIRECTIONS = ("借", "贷", "debit", "credit")


@dataclass(frozen=True, slots=True)
class ForeignTable:
    """A table whose header is found.

    Attributes:
        header: the headings; two rows of them are joined.
        rows: below the header; `rows[i]` is the file's row `first_row + i`.
        index: role -> column; empty when nothing is known of the header.
        fingerprint: the same for every file with this header.
        days: where the days of vouchers come from.
        headings: the rows of the header as they stand, to know them again where a page repeats them.
        unit: the words by which it counts in more than yuan, "" where it does not.
    """

    name: str
    kind: FileKind
    header: tuple[str, ...]
    rows: list[list[str]]
    first_row: int
    index: Mapping[str, int]
    fingerprint: str
    days: Source = Source.COLUMN
    headings: tuple[tuple[str, ...], ...] = ()
    unit: str = ""

    def title(self, role: str) -> str:
        """The column's heading as the file has it, with its letter; the role's own name where the file has none."""
        if role not in self.index:
            return role
        at = self.index[role]
        return f"{self.header[at]} ({column_letter(at)})".strip()

    def repeats_header(self, row: Sequence[str]) -> bool:
        """Is this the header once more, as on the top of a further page?"""
        width = len(self.headings[0]) if self.headings else len(self.header)
        cells = tuple(map(str.strip, row[:width]))
        return cells in self.headings or cells == tuple(map(str.strip, self.header))

    def samples(self, at: int, most: int = 3) -> list[str]:
        """Some different values of a column, as they stand in the file."""
        found: dict[str, None] = {}
        for row in self.rows[:200]:
            if row[at].strip():
                found[row[at].strip()] = None
            if len(found) == most:
                break
        return list(found)

    def columns(self) -> dict[str, str]:
        """Role -> heading, as a mapping keeps it; the letter where a heading is empty or stands twice."""
        return {role: self.heading(at) for role, at in self.index.items()}

    def heading(self, at: int) -> str:
        text = self.header[at].strip()
        return text if text and self.header.count(self.header[at]) == 1 else column_letter(at)


def foreign_sheet(data: bytes, name: str) -> Sheet:
    """The cells of an export, whatever the file is called: of its first visible sheet with a header that says something.

    Raises KnownError: cannot be read, locked, empty, too large.
    """
    visible = [one.cells for one in bank_sheets(data, name) if one.visible]
    return next((sheet for sheet in visible if sniff_kind(sheet)), visible[0])


def find_table(sheet: Sheet, kind: FileKind, columns: Mapping[str, str] | None = None) -> ForeignTable:
    """Find the header among the first rows: the one of which most is known, one or two rows high.

    `columns` (role -> heading) go before the known names; a heading of "" says that the file has no such column.
    """
    if sheet.header and plain(sheet.header[0]) == _V800 and kind is FileKind.VOUCHERS:
        header = V800_HEADER.split(",")
        width = len(sheet.header)
        names = tuple((header + [""] * width)[:width])
        index = locate(names, kind, columns)
        return ForeignTable(
            sheet.name, kind, names, sheet.rows, sheet.header_row + 1, index, fingerprint_of(header)
        )
    grid = [list(sheet.header), *sheet.rows]
    best: tuple[int, int, tuple[str, ...], dict[str, int]] = (0, 1, sheet.header, {})
    for at in range(min(HEADER_WITHIN, len(grid))):
        below = grid[at + 1] if at + 1 < len(grid) else []
        for depth, names in _candidates(grid[at], below):
            index = locate(names, kind, columns)
            if len(index) > len(best[3]):
                best = (at, depth, names, index)
    at, depth, names, index = best
    if len(index) < _FEWEST and not columns:
        index = {}
    start = at + depth
    table = ForeignTable(
        sheet.name, kind, names, grid[start:], sheet.header_row + start, index, fingerprint_of(names)
    )
    stripped = tuple(tuple(map(str.strip, row)) for row in (*grid[at:start], names))
    unit = large_unit([names[column] for column in index.values()], grid[:start])
    table = replace(table, headings=stripped, unit=unit)
    return _with_days(table, grid[:start], columns)


def _with_days(
    table: ForeignTable, above: Sequence[Sequence[str]], columns: Mapping[str, str] | None
) -> ForeignTable:
    """The table with days of its own where the file has no column of them, but tells them otherwise."""
    if table.kind is not FileKind.VOUCHERS or not table.index or "date" in table.index:
        return table
    days = find_days(above, table.rows, table.index)
    if days is None:
        return table
    header = (*table.header, *days.headings)
    rows = [[*row, *more] for row, more in zip(days.rows, days.cells, strict=True)]
    index = locate(header, table.kind, columns)
    return replace(table, header=header, rows=rows, index=index, days=days.source)


def _candidates(upper: Sequence[str], lower: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """One row of headings; two, the lower before the upper; two joined: 期末余额 over 借方 and 贷方."""
    top = [cell.strip() for cell in upper]
    yield 1, tuple(top)
    under = [cell.strip() for cell in lower]
    if not any(under) or any(any(sign.isdigit() for sign in cell) for cell in under):
        return
    yield 2, tuple(low or up for up, low in zip(top, under, strict=True))
    joined, group = [], ""
    for up, low in zip(top, under, strict=True):
        group = up or (group if low else "")
        joined.append((group + low) if plain(low).startswith(_DIRECTIONS) else (low or up))
    yield 2, tuple(joined)


def locate(header: Sequence[str], kind: FileKind, columns: Mapping[str, str] | None = None) -> dict[str, int]:
    """Role -> column. Columns told are taken by their exact heading, or by letter (A, B, ...)."""
    names = [plain(cell) for cell in header]
    told = columns or {}
    index: dict[str, int] = {}
    for role, title in told.items():
        at = _told_column(header, title) if role in ROLES[kind] else None
        if at is not None:
            index[role] = at
    for role, known in ROLES[kind].items():
        if role in told:
            continue
        taken = set(index.values())
        hit = next((n for n in known if n in names and names.index(n) not in taken), None)
        if hit is not None:
            index[role] = names.index(hit)
    if "debit" in index and "credit" in index and not {"amount", "direction"} & told.keys():
        index.pop("amount", None)
        index.pop("direction", None)
    return index


def _told_column(header: Sequence[str], title: str) -> int | None:
    if not title.strip():
        return None
    at = next((i for i, cell in enumerate(header) if cell.strip() == title.strip()), None)
    if at is None and re.fullmatch("[A-Z]{1,2}", title):
        at = 0
        for letter in title:
            at = at * 26 + ord(letter) - 64
        at -= 1
    return at if at is not None and at < len(header) else None


def missing_roles(table: ForeignTable) -> list[tuple[str, ...]]:
    """What the table cannot do without and has not; each as the roles of which one would do."""
    has = table.index.keys()
    lacks: list[tuple[str, ...]] = []
    if not {"code", "name", "account"} & has:
        lacks.append(("code", "name", "account"))
    if table.kind is FileKind.VOUCHERS:
        lacks += [(role,) for role in ("date", "summary") if role not in has]
        if not ({"debit", "credit"} <= has or {"direction", "amount"} <= has):
            lacks.append(("debit", "credit") if {"debit", "credit"} & has else ("amount", "direction"))
    elif not balance_columns(table):
        lacks.append(("closing_debit", "closing_credit"))
    return lacks


def balance_columns(table: ForeignTable) -> tuple[str, ...]:
    """The roles of the balance that counts: at the end of the period, else at its beginning, else of the year."""
    for stem in ("closing", "opening", "year"):
        if f"{stem}_debit" in table.index and f"{stem}_credit" in table.index:
            return f"{stem}_debit", f"{stem}_credit"
        if stem in table.index:
            return (stem,)
    return ()


def sniff_kind(sheet: Sheet) -> FileKind | None:
    """What an export seems to hold; None when its header says nothing."""
    as_vouchers = find_table(sheet, FileKind.VOUCHERS)
    as_balances = find_table(sheet, FileKind.BALANCES)
    if "date" in as_vouchers.index and not missing_roles(as_vouchers):
        return FileKind.VOUCHERS
    if not missing_roles(as_balances):
        return FileKind.BALANCES
    if not as_vouchers.index and not as_balances.index:
        return None
    return FileKind.VOUCHERS if "date" in as_vouchers.index else FileKind.BALANCES
