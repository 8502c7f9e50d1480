"""The audit data of a year (审计数据接口): accounts, auxiliary items, balances by month and every voucher, as XML files.

Tables for which a village has nothing (customers, departments, cash flow, wages) are left out, as the standard's own text allows
and its schema does not; 说明.txt beside the files names them. Everything in the files is Chinese, whatever the window speaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from villagebook import __version__
from villagebook.domain.account import Account, Chart, Side
from villagebook.domain.demand import all_demands
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.money import format_fen
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.exchange.archive_file import write_archive
from villagebook.exchange.audit_tables import STANDARD, Row, Shortened, module_xml, tables
from villagebook.i18n import _
from villagebook.services.vouchers import voucher_sheets
from villagebook.storage import audit_rows, invoices, links, periods, registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.check import check_store
from villagebook.storage.engine import Connection

ITEMS = {
    LinkKind.HOUSEHOLD: "成员（农户）",
    LinkKind.OUTSIDER: "往来单位",
    LinkKind.PROJECT: "项目",
    LinkKind.FUND: "专项资金",
    LinkKind.ASSET: "资产",
    LinkKind.RESOURCE: "资源",
    LinkKind.CONTRACT: "承包合同",
    LinkKind.LOAN: "借款",
}
"""The registers as archives of the interface; data of the file, not words of the window."""

_CURRENCY = "CNY"
_IMPORTED = "历史导入"
_WORDS = {"记": "记账凭证", "收": "收款凭证", "付": "付款凭证", "转": "转账凭证"}
_LEFT_OUT = ("汇率类型", "结算方式", "部门档案", "员工档案", "供应商档案", "客户档案", "现金流量项目",
             "现金流量凭证项目数据", "报表集", "报表项数据")  # fmt: skip

Combination = tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written: how many vouchers and accounts it holds."""

    path: Path
    sha256: str
    vouchers: int
    accounts: int


@dataclass(frozen=True, slots=True)
class _Year:
    """What the rows of a year are made of; `aux` are the registers an account's lines point into, in a fixed order."""

    info: BookInfo
    entity: str
    span: Span
    chart: Chart
    targets: tuple[LinkTarget, ...]
    opening: Mapping[tuple[str, Combination], int]
    moves: Mapping[tuple[str, Combination], Mapping[Period, tuple[int, int]]]
    aux: Mapping[str, tuple[LinkKind, ...]]


def write(book: Book, year: int, folder: Path) -> Written:
    """Write `CODE_audit_YEAR.zip`; an older one of that name is replaced only when the new one is whole.

    Raises Refused (the book's own check) and KnownError (no such year or folder, a code the interface has no room for).
    """
    if not folder.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=folder), _("Plug in the stick."))
    with book.snapshot() as connection:
        broken = stopping(check_store(connection))
        if broken:
            raise Refused(broken)
    head = book.head()
    with book.reading() as connection:
        told = _gather(connection, book.info, _span(connection, book.info, year))
    sheets = voucher_sheets.sheets_of(book, told.span)
    if book.head() != head:
        raise KnownError(_("The book changed while it was copied."), _("Try again."))
    common, short = module_xml("公共档案", _common(told, sheets))
    ledger, shorter = module_xml("总账", _ledger(told, sheets))
    files = {
        "公共档案.xml": common,
        "总账.xml": ledger,
        "字段.csv": _fields(),
        "说明.txt": _about(told, len(sheets), (*short, *shorter)),
    }
    path = folder / f"{book.info.code}_audit_{year}.zip"
    return Written(path, write_archive(path, files), len(sheets), sum(1 for _ in told.chart))


def _span(connection: Connection, info: BookInfo, year: int) -> Span:
    """The months of the year the book holds. Raises KnownError for a year it does not."""
    last = periods.last_booked(connection)
    newest = max([info.start, *([Period.of(last)] if last else [])])
    if not info.start.year <= year <= newest.year:
        text = _("The book holds the years {first} to {last}.")
        raise KnownError(text.format(first=info.start.year, last=newest.year), _("Choose one of them."))
    return Span(max(info.start, Period(year, 1)), min(newest, Period(year, 12)))


def _gather(connection: Connection, info: BookInfo, span: Span) -> _Year:
    chart = registry.read_chart(connection)
    _names, tax_ids = invoices.buyer(connection)
    opening: dict[tuple[str, Combination], int] = {}
    moves: dict[tuple[str, Combination], dict[Period, tuple[int, int]]] = {}
    for account, tied, fen in audit_rows.opening_by_links(connection):
        opening[account, tied] = opening.get((account, tied), 0) + fen
    for account, tied, month, debit, credit in audit_rows.moves_by_links(connection, span.last):
        if month < span.first:
            opening[account, tied] = opening.get((account, tied), 0) + debit - credit
        else:
            moves.setdefault((account, tied), {})[month] = (debit, credit)
    asked = all_demands(links.demands(connection), chart)
    kinds: dict[str, set[LinkKind]] = {code: set(demand.kinds) for code, demand in asked.items()}
    for account, tied in (*opening, *moves):
        kinds.setdefault(account, set()).update(link.kind for link in tied)
    aux = {code: tuple(k for k in LinkKind if k in found) for code, found in kinds.items() if found}
    entity = tax_ids[0] if tax_ids else info.code
    return _Year(info, entity, span, chart, links.targets(connection), opening, moves, aux)


# ---- 公共档案 ----


def _common(told: _Year, sheets: Iterable[VoucherSheet]) -> Iterator[Row]:
    year = str(told.span.first.year)
    yield (
        "电子账簿",
        {
            "电子账簿编号": told.info.code,
            "电子账簿名称": told.info.village,
            "会计核算单位": told.info.village,
            "组织机构代码": told.entity,
            "单位性质": "企业单位",
            "行业": "农村集体经济组织管理",
            "开发单位": "villagebook",
            "版本号": __version__,
            "本位币": "人民币",
            "会计年度": year,
            "标准版本号": STANDARD,
        },
    )
    for month in told.span.months():
        yield (
            "会计期间",
            {
                "会计年度": year,
                "会计期间号": str(month.month),
                "会计期间起始日期": f"{month.first_day:%Y%m%d}",
                "会计期间结束日期": f"{month.last_day:%Y%m%d}",
            },
        )
    for word in dict.fromkeys(sheet.voucher.word for sheet in sheets):
        yield (
            "记账凭证类型",
            {
                "记账凭证类型编号": word,
                "记账凭证类型名称": _WORDS.get(word, word),
                "记账凭证类型简称": word,
            },
        )
    yield "币种", {"币种编码": _CURRENCY, "币种名称": "人民币"}
    held = [kind for kind in LinkKind if any(t.kind is kind for t in told.targets)]
    for kind in held:
        yield "自定义档案项", {"档案编码": kind.value, "档案名称": ITEMS[kind], "是否有层级特征": "0"}
    for kind in held:
        for target in told.targets:
            if target.kind is kind:
                yield (
                    "自定义档案值",
                    {
                        "档案编码": kind.value,
                        "档案值编码": target.code,
                        "档案值名称": target.name or target.code,
                        "档案值级次": "1",
                    },
                )


# ---- 总账 ----


def _ledger(told: _Year, sheets: Iterable[VoucherSheet]) -> Iterator[Row]:
    yield "总账基础信息", {"结构分隔符": "-", "会计科目编号规则": "3-2-2-2-2", "现金流量项目编码规则": ""}
    accounts = sorted(told.chart, key=lambda a: a.code)
    for account in accounts:
        yield (
            "会计科目",
            {
                "科目编号": account.code,
                "科目名称": account.name,
                "科目级次": str(told.chart.depth(account.code) + 1),
                "科目类型": account.category.value,
                "余额方向": "贷" if account.side is Side.CREDIT else "借",
            },
        )
    for account in accounts:
        for kind in told.aux.get(account.code, ()):
            yield (
                "科目辅助核算",
                {
                    "科目编号": account.code,
                    "辅助项编号": kind.value,
                    "辅助项名称": ITEMS[kind],
                    "对应档案": ITEMS[kind],
                },
            )
    for account in accounts:
        yield from _balances(told, account)
    for sheet in sheets:
        yield from _entries(told, sheet)


def _balances(told: _Year, account: Account) -> Iterator[Row]:
    """Month by month: an account with sub-accounts in one sum, a leaf once for every combination of its items."""
    is_leaf = told.chart.is_leaf(account.code)
    keys = {key for key in (*told.opening, *told.moves) if _within(told.chart, key[0], account.code)}
    groups = [[key] for key in sorted(keys)] if is_leaf else [sorted(keys)] if keys else []
    for group in groups:
        held = sum(told.opening.get(key, 0) for key in group)
        for month in told.span.months():
            pairs = [told.moves.get(key, {}).get(month, (0, 0)) for key in group]
            debit, credit = sum(d for d, _c in pairs), sum(c for _d, c in pairs)
            after = held + debit - credit
            if held or any(month in told.moves.get(key, {}) for key in group):
                items = _items(told, account.code, group[0][1]) if is_leaf else {}
                yield (
                    "科目余额及发生额",
                    {
                        "科目编号": account.code,
                        **items,
                        "期初余额方向": _side(held, account),
                        "期末余额方向": _side(after, account),
                        "币种编码": _CURRENCY,
                        "会计年度": str(month.year),
                        "会计期间号": str(month.month),
                        **_twice("期初{}余额", abs(held)),
                        **_twice("借方{}金额", debit),
                        **_twice("贷方{}金额", credit),
                        **_twice("期末{}余额", abs(after)),
                    },
                )
            held = after


def _entries(told: _Year, sheet: VoucherSheet) -> Iterator[Row]:
    voucher = sheet.voucher
    (_h, _head), (_b, booked), (_c, checked), (_k, _cashier), (_m, made) = sheet.footer
    for no, line in enumerate(voucher.lines, 1):
        yield (
            "记账凭证",
            {
                "记账凭证日期": f"{voucher.booked_on:%Y%m%d}",
                "会计年度": str(voucher.booked_on.year),
                "会计期间号": str(voucher.booked_on.month),
                "记账凭证类型编号": voucher.word,
                "记账凭证编号": f"{voucher.word}-{voucher.number}",
                "记账凭证行号": str(no),
                "记账凭证摘要": line.summary or voucher.summary,
                "科目编号": line.account,
                **_items(told, line.account, line.links),
                "币种编码": _CURRENCY,
                **_twice("借方{}金额", line.debit_fen),
                **_twice("贷方{}金额", line.credit_fen),
                "附件数": str(voucher.paper_count),
                "制单人": made or _IMPORTED,
                "审核人": checked,
                "记账人": booked,
                "记账标志": "1",
                "作废标志": "0",
                "凭证来源系统": "",
            },
        )


def _items(told: _Year, account: str, tied: Combination) -> dict[str, str]:
    """The codes of a line's entries, each in the place its register has among the account's items."""
    kinds = told.aux.get(account, ())
    return {
        f"辅助项{at}编号": ",".join(link.code for link in tied if link.kind is kind)
        for at, kind in enumerate(kinds, 1)
    }


def _within(chart: Chart, code: str, above: str) -> bool:
    while code and code != above:
        account = chart.get(code)
        code = account.parent if account else ""
    return bool(code)


def _side(fen: int, account: Account) -> str:
    if fen == 0:
        return "贷" if account.side is Side.CREDIT else "借"
    return "借" if fen > 0 else "贷"


def _twice(name: str, fen: int) -> dict[str, str]:
    """In the original currency and in ours: they are the same."""
    return {name.format(which): format_fen(fen) for which in ("原币", "本币")}


# ---- what the files are ----


def _fields() -> bytes:
    """The tables that are written, field by field, for whoever reads the files."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(("文件", "表", "名称", "标识符", "元素", "表示", "必有"))
    for table in tables().values():
        if table.name not in _LEFT_OUT:
            for field in table.fields:
                needed = "是" if field.required else "否"
                writer.writerow(
                    (f"{table.module}.xml", table.id, table.name, field.id, field.name, field.form, needed)
                )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def _about(told: _Year, vouchers: int, short: Iterable[Shortened]) -> bytes:
    text = (
        f"{told.info.village}（{told.info.code}）{told.span.first} 至 {told.span.last} 审计数据，凭证 {vouchers} 张。\r\n"
        f"按 {STANDARD} 的表和字段输出，编码 GB18030。字段取自公开译文和公开代码，未与标准原文核对，未经符合性检测；\r\n"
        "该版已由 GB/T 24589.1-2024 代替，新版和 GB/T 44885-2024（乡村振兴审计数据接口）正文未取得，不作支持声明。\r\n"
        f"没有数据的表不写：{'、'.join(_LEFT_OUT)}；应收应付、固定资产、员工薪酬三个文件不写，往来和资产按辅助项列示。\r\n"
        "单位性质只能填“企业单位”或“事业单位”，实为农村集体经济组织；行业名称凭记忆填写。余额方向双向的科目写“借”。\r\n"
        "成员（农户）、往来单位、项目等各为一类自定义档案，辅助项按“科目辅助核算”中的顺序排列。\r\n"
        "末级科目按辅助项组合分行，各行之和为该科目余额；上级科目只写合计行。已记账凭证以红字冲销，不作废。\r\n"
        f"由 villagebook {__version__} 输出；带签名和日志的原始数据在交乡镇的数据包中。\r\n"
    )
    whole = "".join(f"{one.table}、{one.field}：{one.text}\r\n" for one in short)
    if whole:
        text += f"以下文字超过标准长度，文件中以“…”结尾，全文如下：\r\n{whole}"
    return b"\xef\xbb\xbf" + text.encode("utf-8")
