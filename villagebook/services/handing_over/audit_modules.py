"""The rows of the audit data: what stands in 公共档案 and in 总账, table by table, in the words of the interface."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from villagebook import __version__
from villagebook.domain.account import Account, Chart, Side
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.money import format_fen
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher_sheet import VoucherSheet
from villagebook.exchange.audit_tables import STANDARD, Row
from villagebook.storage.book import BookInfo

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


Combination = tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AuditYear:
    """What the rows of a year are made of; `aux` are the registers an account's lines point into, in a fixed order."""

    info: BookInfo
    entity: str
    span: Span
    chart: Chart
    targets: tuple[LinkTarget, ...]
    opening: Mapping[tuple[str, Combination], int]
    moves: Mapping[tuple[str, Combination], Mapping[Period, tuple[int, int]]]
    aux: Mapping[str, tuple[LinkKind, ...]]


def common_rows(told: AuditYear, sheets: Iterable[VoucherSheet]) -> Iterator[Row]:
    """公共档案: the book, its months, the kinds of vouchers, the registers."""
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
    yield from _archives(told)


def _archives(told: AuditYear) -> Iterator[Row]:
    """The registers that have entries, each as an archive with its values."""
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


def ledger_rows(told: AuditYear, sheets: Iterable[VoucherSheet]) -> Iterator[Row]:
    """总账: accounts with the registers they ask for, balances by month, every line of every voucher."""
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


def _balances(told: AuditYear, account: Account) -> Iterator[Row]:
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


def _entries(told: AuditYear, sheet: VoucherSheet) -> Iterator[Row]:
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


def _items(told: AuditYear, account: str, tied: Combination) -> dict[str, str]:
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
