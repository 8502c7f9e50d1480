"""Ten years of a made-up village's vouchers, the same in every run: as a file to import, and as plain SQLite for the floor."""

from __future__ import annotations

import csv
import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

FIRST = date(2015, 1, 1)
LAST = date(2024, 12, 31)

Line = tuple[str, str, int, int]
"""(account, money place, debit fen, credit fen)"""


@dataclass(frozen=True, slots=True)
class Written:
    """One voucher of the history."""

    day: date
    word: str
    number: int
    summary: str
    party: str
    lines: tuple[Line, ...]


# summary; debit sides; credit sides. A side is account or account@place; where several stand, chance takes one.
_KINDS = (
    ("收到第{group}组{name}土地承包费", "102@IN 101@RC", "501"),
    ("收{name}门面房租金{month}月", "102@IN 101@RC", "501"),
    ("收{name}鱼塘承包款", "102@IN", "501"),
    ("收回{name}往年欠款", "102@IN 101@RC", "112 113"),
    ("上级拨入{work}补助资金", "102@IN", "503 241"),
    ("存款利息收入", "102@IN", "504"),
    ("收款现金缴存银行", "102@IN", "101@RC"),
    ("{month}月支出拨付", "102@EX", "102@IN"),
    ("补足备用金", "101@IM", "102@EX"),
    ("支付{month}月办公用品款", "513", "102@EX 101@IM"),
    ("支付第{group}组路灯电费{month}月", "514", "102@EX"),
    ("付{name}清理河道劳务费", "213 514", "102@EX"),
    ("付{name}{work}工程款", "153", "102@EX 211"),
    ("购买{work}用化肥农药", "121 401", "102@EX"),
    ("发放{month}月村干部务工补贴", "212 213", "102@EX"),
    ("支付{name}困难补助慰问金", "514", "101@IM 102@EX"),
    ("计提{month}月固定资产折旧", "513 511", "152"),
    ("摊销{month}月长期待摊费用", "513", "171"),
    ("支付{name}借支差旅费", "112 113", "101@IM"),
    ("收取一事一议筹资款{name}", "102@IN 101@RC", "231"),
)
_WORKS = "高标准农田 饮水安全 柑橘基地 茶叶基地 村道硬化 光伏电站 大棚蔬菜 河堤加固 文化广场".split()
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "建国志强秀英桂兰德明永福春梅玉珍海军小平文华大山国庆金凤水生长根"


def vouchers(count: int, seed: int = 20) -> Iterator[Written]:
    """`count` vouchers evenly over ten years, two to four lines each, numbered from 1 in every month."""
    dice = random.Random(seed)
    days = (LAST - FIRST).days + 1
    month, number = 0, 0
    for at in range(count):
        day = FIRST + timedelta(days=at * days // count)
        number = 1 if day.month != month else number + 1
        month = day.month
        text, debits, credited = dice.choice(_KINDS)
        name = dice.choice(_SURNAMES) + dice.choice(_GIVEN) + dice.choice(_GIVEN)
        summary = text.format(group=dice.randint(1, 18), name=name, month=month, work=dice.choice(_WORKS))
        fen = int(500 * 10 ** (4 * dice.random()))
        parts = 2 if dice.random() < 0.35 else 1
        lines = (
            *_side(dice, debits, fen, parts, 0),
            *_side(dice, credited, fen, 2 if dice.random() < 0.1 else 1, 1),
        )
        yield Written(day, "记", number, summary, name if "{name}" in text else "", lines)


def _side(dice: random.Random, choices: str, fen: int, parts: int, side: int) -> Iterator[Line]:
    """One side of a voucher, its amount in one or two parts."""
    first = dice.randint(1, fen - 1) if parts == 2 else 0
    account, _at, place = dice.choice(choices.split()).partition("@")
    for part in [p for p in (first, fen - first) if p]:
        yield (account, place, 0, part) if side else (account, place, part, 0)


def write_csv(path: Path, count: int) -> None:
    """The history in the import layout `vouchers`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow("日期 凭证字 凭证号 摘要 科目 借方 贷方 往来 资金".split())
        for v in vouchers(count):
            for account, place, debit, credit in v.lines:
                amounts = (_yuan(debit), _yuan(credit))
                out.writerow((v.day, v.word, v.number, v.summary, account, *amounts, v.party, place))


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen else ""


PLAIN = """
CREATE TABLE voucher (id INTEGER PRIMARY KEY, day TEXT NOT NULL, number INTEGER NOT NULL, summary TEXT NOT NULL);
CREATE TABLE line (voucher_id INTEGER NOT NULL REFERENCES voucher(id), no INTEGER NOT NULL, account TEXT NOT NULL,
  debit_fen INTEGER NOT NULL, credit_fen INTEGER NOT NULL, PRIMARY KEY (voucher_id, no)) WITHOUT ROWID;
CREATE TABLE month_total (period INTEGER NOT NULL, account TEXT NOT NULL, debit_fen INTEGER NOT NULL,
  credit_fen INTEGER NOT NULL, PRIMARY KEY (period, account)) WITHOUT ROWID;
CREATE INDEX ix_day ON voucher (day);
CREATE INDEX ix_account ON line (account);
"""
PUT_VOUCHER = "INSERT INTO voucher VALUES (?, ?, ?, ?)"
PUT_LINE = "INSERT INTO line VALUES (?, ?, ?, ?, ?)"


def write_plain(path: Path, count: int) -> None:
    """The same history as the plainest tables that could hold it: no log, no chain, no triggers."""
    raw = sqlite3.connect(path, isolation_level=None)
    raw.executescript(PLAIN)
    raw.execute("BEGIN")
    heads, lines = plain_rows(count)
    raw.executemany(PUT_VOUCHER, heads)
    raw.executemany(PUT_LINE, lines)
    raw.execute(
        "INSERT INTO month_total SELECT substr(day, 1, 4) * 100 + substr(day, 6, 2), account, SUM(debit_fen), SUM(credit_fen)"
        " FROM line JOIN voucher ON id = voucher_id GROUP BY 1, 2"
    )
    raw.execute("COMMIT")
    raw.close()


def plain_rows(count: int) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    heads: list[tuple[object, ...]] = []
    lines: list[tuple[object, ...]] = []
    for key, v in enumerate(vouchers(count), 1):
        heads.append((key, v.day.isoformat(), v.number, v.summary))
        lines += [(key, no, a, d, c) for no, (a, _place, d, c) in enumerate(v.lines, 1)]
    return heads, lines
