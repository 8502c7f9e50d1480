"""Which column of a bank's table means what: the names banks use, where the header stands, and a mapping that can be kept.

The names are those seen in files of banks (and of one accounting program); further ones are only added.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from villagebook.exchange.tables import Sheet

HEADER_WITHIN = 30

_UNIT = re.compile(r"[(\[【](元|人民币|人民币元|cny|rmb|单位[::]?元|¥|万元)[)\]】]")
_SIGNS = re.compile(r"[()\[\]【】*:_\-]")

ROLES: dict[str, tuple[str, ...]] = {
    role: tuple(names.split())
    for role, names in {
        "date": "记账日期 入账日期 会计日期 交易日期 交易日 记账日 原交易日期 日期 交易时间 记账时间 入账时间 时间 "
        "date postingdate transactiondate bookingdate",
        "time": "交易时间 记账时间 原交易时间 时间 time",
        "in": "贷方发生额 贷方发生金额 贷方金额 贷方 收入金额 收入 存入金额 存入 转入金额 记账金额收入 交易金额收入 "
        "收入贷方 贷方收入 贷方发生额收入 收入贷方发生额 credit creditamount deposit in moneyin paidin",
        "out": "借方发生额 借方发生金额 借方金额 借方 支出金额 支出 取出金额 支取金额 支取 转出金额 记账金额支出 交易金额支出 "
        "支出借方 借方支出 借方发生额支出 支出借方发生额 debit debitamount withdrawal out moneyout paidout",
        "amount": "交易金额 发生额 金额 发生金额 记账金额 amount transactionamount",
        "direction": "借贷标志 借贷方向 借贷标识 借贷 收付标志 收付 收支标志 收支 收/支 借/贷 收/付 方向 交易方向 "
        "借贷标记 dcflag drcr d/c dc direction",
        "balance": "账户余额 交易余额 交易后余额 本次余额 联机余额 当前余额 余额 balance",
        "party": "对方户名 对方账户名称 对方账户名 交易对手名称 对手户名 对手名称 对方名称 对方姓名 收/付方名称 收付方名称 "
        "对方单位 对手信息 交易对手 交易对方 对方 party counterparty payee name",
        "party_account": "对方账号 对方账户 交易对手账号 对方客户账号 对方卡号/账号 对方卡号账号 收付方账号 对手账号 "
        "counterpartyaccount",
        "summary": "摘要 摘要描述 摘要说明 交易摘要 交易名称 交易类型 summary description",
        "remark": "附言 交易附言 用途 备注 扩充备注 客户摘要 摘要备注 remark memo",
        "serial": "交易流水号 流水号 柜员流水号 原柜员流水号 日志号 交易流水 银行流水号 凭证号 传票号 结算号 "
        "serial reference transactionid",
        "own_account": "账号 客户账号 账号卡号 本方账号 借记卡号 卡号 查询账号 account accountno",
    }.items()
}
"""Role -> names, the best first, as `plain` leaves them."""

_NEEDED = ("date", "balance")


@dataclass(frozen=True, slots=True)
class BankMapping:
    """How a bank's table is read.

    Attributes:
        columns: role -> the header of its column, or its letter; "" says that the table has no such column.
        flipped: the bank's words for in and out mean the opposite here.
        fingerprint: names the kind of table, by the header the program finds itself.
        sheet: the sheet of the workbook, "" for the one the program finds itself.
        header_row: the file's row of the header that a person chose, 0 when the program finds it; `heading` is its
            fingerprint, by which it is found again when it has moved.
        in_words: words of the direction column that mean money in; every other word there is money out.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    flipped: bool = False
    fingerprint: str = ""
    sheet: str = ""
    header_row: int = 0
    heading: str = ""
    in_words: tuple[str, ...] = ()

    def to_data(self) -> dict[str, object]:
        """For an event: what was not chosen is left out."""
        told: dict[str, object] = {
            "columns": dict(self.columns),
            "flipped": self.flipped,
            "fingerprint": self.fingerprint,
        }
        chosen = {
            "sheet": self.sheet,
            "header_row": self.header_row,
            "heading": self.heading,
            "in_words": list(self.in_words),
        }
        return {**told, **{name: value for name, value in chosen.items() if value}}

    @classmethod
    def from_data(cls, data: Mapping[str, object]) -> BankMapping:
        columns, words, row = data["columns"], data.get("in_words", []), data.get("header_row", 0)
        assert isinstance(columns, dict)  # noqa: S101  # our own event
        assert isinstance(words, list)  # noqa: S101  # our own event
        assert isinstance(row, int)  # noqa: S101  # our own event
        return cls(
            columns,
            bool(data["flipped"]),
            str(data["fingerprint"]),
            str(data.get("sheet", "")),
            row,
            str(data.get("heading", "")),
            tuple(map(str, words)),
        )


@dataclass(frozen=True, slots=True)
class BankTable:
    """A statement whose header is found; `first_row` is the file's number of `rows[0]`, `header_row` that of the header."""

    header: tuple[str, ...]
    rows: list[list[str]]
    first_row: int
    index: dict[str, int]
    fingerprint: str
    header_row: int = 0

    def title(self, role: str) -> str:
        return self.header[self.index[role]] if role in self.index else role


def plain(text: str) -> str:
    """A heading without width, case, blanks, units and brackets; what stands in brackets otherwise is kept."""
    text = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    return _SIGNS.sub("", _UNIT.sub("", text))


def fingerprint_of(header: Sequence[str]) -> str:
    """The same for every file with this header."""
    return hashlib.sha256("|".join(map(plain, header)).encode()).hexdigest()[:16]


def find_table(sheet: Sheet, mapping: BankMapping | None = None) -> BankTable:
    """The header row is the one among the first thirty that means most; a second row of headings below it is joined.

    With a mapping its columns count first. A table in which nothing is found comes back with an empty `index`.
    """
    grid = [list(sheet.header), *sheet.rows]
    candidates = _header_rows(sheet, grid, mapping)
    first = candidates[0] if candidates else 0
    best: tuple[int, int, tuple[str, ...], dict[str, int]] = (first, 0, tuple(grid[first]), {})
    for at in candidates:
        header = tuple(cell.strip() for cell in grid[at])
        below = grid[at + 1] if at + 1 < len(grid) else []
        for depth, names in ((1, header), (2, _joined(header, below))):
            index = locate_roles(names, mapping)
            if names and len(index) > len(best[3]):
                best = (at, depth, names, index)
    at, depth, names, index = best
    if not index:
        depth = 1
    start = at + depth
    return BankTable(
        names,
        grid[start:],
        sheet.header_row + start,
        index,
        fingerprint_of(names),
        sheet.header_row + start - 1,
    )


def _header_rows(sheet: Sheet, grid: list[list[str]], mapping: BankMapping | None) -> Sequence[int]:
    """Where the header may stand: among the first rows, or where a person said (or where that row is now)."""
    first = range(min(HEADER_WITHIN, len(grid)))
    if mapping is None or not mapping.header_row:
        return first
    moved = [at for at in first if mapping.heading and fingerprint_of(grid[at]) == mapping.heading]
    chosen = moved[0] if moved else mapping.header_row - sheet.header_row
    return [chosen] if 0 <= chosen < len(grid) else []


def _joined(upper: Sequence[str], lower: Sequence[str]) -> tuple[str, ...]:
    """Two rows of headings as one: the lower word, and the upper one where the lower is empty."""
    cells = [cell.strip() for cell in lower]
    if not cells or any(any(sign.isdigit() for sign in cell) for cell in cells):
        return ()
    return tuple(low or up for up, low in zip(upper, cells, strict=True))


def locate_roles(header: Sequence[str], mapping: BankMapping | None = None) -> dict[str, int]:
    """Role -> column. A mapping's columns are taken by their exact heading, or by letter (A, B, ...)."""
    names = [plain(cell) for cell in header]
    index: dict[str, int] = {}
    absent = {role for role, title in (mapping.columns if mapping else {}).items() if not title}
    for role, title in (mapping.columns if mapping else {}).items():
        if role in absent:
            continue
        at = next((i for i, cell in enumerate(header) if cell.strip() == title.strip()), None)
        if at is None and re.fullmatch("[A-Z]{1,2}", title):
            at = _column(title)
        if at is not None and at < len(names) and role in ROLES:
            index[role] = at
    for role, known in ROLES.items():
        if role in index or role in absent:
            continue
        taken = set(index.values())
        hit = next((n for n in map(plain, known) if n in names and names.index(n) not in taken), None)
        if hit is not None:
            index[role] = names.index(hit)
    if mapping is None or "amount" not in mapping.columns:
        _one_way(index)
    if "date" not in index and "time" in index:
        index["date"] = index.pop("time")
    return index


def _one_way(index: dict[str, int]) -> None:
    """Two columns say more than one; a lone half of them says nothing."""
    if "in" in index and "out" in index:
        index.pop("amount", None)
        index.pop("direction", None)
    elif "amount" in index:
        index.pop("in", None)
        index.pop("out", None)


def missing_roles(index: Mapping[str, int]) -> list[str]:
    """Roles a statement cannot do without and this one has not."""
    lacks = [role for role in _NEEDED if role not in index]
    if "amount" not in index and not ("in" in index and "out" in index):
        lacks.append("amount")
    return lacks


def letter(column: int) -> str:
    """0 -> A, 26 -> AA: how spreadsheet programs name a column."""
    made = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        made = chr(65 + rest) + made
    return made


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1
