"""The audit data of a year (审计数据接口): accounts, auxiliary items, balances by month and every voucher, as XML files.

Tables for which a village has nothing (customers, departments, cash flow, wages) are left out, as the standard's own text allows
and its schema does not; 说明.txt beside the files names them. Everything in the files is Chinese, whatever the window speaks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from villagebook import __version__
from villagebook.domain.demand import all_demands
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import stopping
from villagebook.domain.link import LinkKind
from villagebook.domain.period import Period, Span
from villagebook.exchange.archive_file import write_archive
from villagebook.exchange.audit_tables import STANDARD, Shortened, module_xml, tables
from villagebook.i18n import _
from villagebook.services.handing_over.audit_modules import AuditYear, Combination, common_rows, ledger_rows
from villagebook.services.vouchers import voucher_sheets
from villagebook.storage import audit_rows, invoices, links, periods, registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.check import check_store
from villagebook.storage.engine import Connection

_LEFT_OUT = ("汇率类型", "结算方式", "部门档案", "员工档案", "供应商档案", "客户档案", "现金流量项目",
             "现金流量凭证项目数据", "报表集", "报表项数据")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """The file that was written: how many vouchers and accounts it holds."""

    path: Path
    sha256: str
    vouchers: int
    accounts: int


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
    common, short = module_xml("公共档案", common_rows(told, sheets))
    ledger, shorter = module_xml("总账", ledger_rows(told, sheets))
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


def _gather(connection: Connection, info: BookInfo, span: Span) -> AuditYear:
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
    return AuditYear(info, entity, span, chart, links.targets(connection), opening, moves, aux)


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


def _about(told: AuditYear, vouchers: int, short: Iterable[Shortened]) -> bytes:
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
