"""Builders for packages, keys and pictures; every one makes a small, real thing."""

from __future__ import annotations

import hashlib
from typing import Any

from villagebook.domain.account import Account, Category, Chart, Side
from villagebook.domain.event import GENESIS, Event, entry_hash
from villagebook.domain.package import PackageContent
from villagebook.domain.place import Place, PlaceKind, Places
from villagebook.exchange.tables import Sheet, sheet_from_bytes

SEED = bytes(range(32))
OTHER_SEED = bytes(range(1, 33))
CODE = "410822105201"


def make_entries(count: int = 3, *, actor: str = "王会计", start: str = GENESIS) -> tuple[bytes, ...]:
    entries: list[bytes] = []
    prev = start
    for seq in range(1, count + 1):
        event = Event(
            seq,
            "voucher.posted",
            "2025-03-05T10:00:00Z",
            actor,
            f"id-{actor}-{seq}",
            prev,
            {"n": seq},
        )
        entries.append(event.entry())
        prev = entry_hash(entries[-1])
    return tuple(entries)


def make_content(
    entries: tuple[bytes, ...] | None = None, *, attachment: bytes = b"scan", **manifest: Any
) -> PackageContent:
    entries = make_entries() if entries is None else entries
    head = entry_hash(entries[-1]) if entries else GENESIS
    return PackageContent(
        {"code": CODE, "village": "李家村", "head": {"seq": len(entries), "hash": head}, **manifest},
        entries,
        {hashlib.sha256(attachment).hexdigest(): attachment},
        {"说明.txt": "这是账".encode(), "csv/journal.csv": b"date,word\r\n" * 4},
    )


def make_chart() -> Chart:
    def account(
        code: str, name: str, name_en: str, category: Category, side: Side, parent: str = ""
    ) -> Account:
        return Account(code, name, name_en, category, side, parent)

    return Chart(
        [
            account("101", "库存现金", "Cash on hand", Category.ASSET, Side.DEBIT),
            account("102", "银行存款", "Bank deposits", Category.ASSET, Side.DEBIT),
            account("112", "应收款", "Receivables", Category.ASSET, Side.DEBIT),
            account("211", "应付款", "Payables", Category.LIABILITY, Side.CREDIT),
            account("301", "资本", "Capital", Category.EQUITY, Side.CREDIT),
            account("501", "经营收入", "Operating income", Category.RESULT, Side.CREDIT),
            account("521", "管理费用", "Administration", Category.RESULT, Side.DEBIT),
            account("52101", "办公费", "Office costs", Category.RESULT, Side.DEBIT, "521"),
            account("52102", "差旅费", "Travel", Category.RESULT, Side.DEBIT, "521"),
            account("52103", "其他", "Other", Category.RESULT, Side.DEBIT, "521"),
            account("50103", "其他", "Other", Category.RESULT, Side.CREDIT),
        ]
    )


def make_places() -> Places:
    return Places(
        [
            Place("RC", PlaceKind.RC, "收款现金", "101"),
            Place("IN", PlaceKind.IN, "收入户", "102"),
            Place("EX", PlaceKind.EX, "支出户", "102"),
            Place("IM", PlaceKind.IM, "备用金", "101"),
        ]
    )


def make_sheet(text: str, name: str = "test.csv") -> Sheet:
    return sheet_from_bytes(text.strip().encode(), name)
