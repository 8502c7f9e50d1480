"""The layouts `assets`, `resources` and `contracts`: one card, one resource, one contract a row.

Numbers that are missing are given by whoever enters the rows; here they stay "".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from villagebook.domain.account import Chart
from villagebook.domain.asset import Asset, Family, Method, Origin, Purpose
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment, schedule
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.money import yuan_text
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.exchange.cells import Cells, Unreadable, account_reader, read_amount, read_day
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import ASSETS, CONTRACTS, RESOURCES, locate
from villagebook.exchange.tables import Sheet

T = TypeVar("T")

_FAMILIES = {
    Family.FIXED: "固定资产 房屋 房屋建筑物 机器设备 办公设备 运输工具 道路 水利设施 fixed",
    Family.PRODUCTIVE: "生产性生物资产 productive",
    Family.CONSUMABLE: "消耗性生物资产 consumable",
    Family.WELFARE: "公益性生物资产 welfare",
    Family.INTANGIBLE: "无形资产 intangible",
}
_ORIGINS = {
    Origin.BOUGHT: "购入 购置 外购 bought",
    Origin.BUILT: "自建 建成 在建工程转入 built",
    Origin.GRANTED: "补助 拨款形成 财政补助 granted",
    Origin.DONATED: "捐赠 接受捐赠 donated",
    Origin.FOUND: "盘盈 found",
}
_METHODS = {
    Method.STRAIGHT: "年限平均法 平均年限法 直线法 straight-line",
    Method.WORK: "工作量法 units-of-work",
    Method.NONE: "不折旧 不计提 不提折旧 none",
}
_PURPOSES = {
    Purpose.PRODUCTION: "生产 经营 生产经营 production",
    Purpose.ADMINISTRATION: "管理 办公 行政 administration",
    Purpose.PUBLIC: "公益 公益性 public-welfare",
}
_RESOURCE_KINDS = {
    ResourceKind.FARMLAND: "耕地 农用地 farmland",
    ResourceKind.FOREST: "林地 forest",
    ResourceKind.GRASS: "草地 草原 grass",
    ResourceKind.ORCHARD: "园地 果园 茶园 orchard",
    ResourceKind.WATER: "水面 鱼塘 坑塘 水库 养殖水面 water",
    ResourceKind.BEACH: "滩涂 beach",
    ResourceKind.WASTE: "四荒 四荒地 荒山 荒地 waste",
    ResourceKind.CONSTRUCTION: "建设用地 集体建设用地 construction",
    ResourceKind.OTHER: "其他 其它 other",
}
_USES = {
    Use.SELF: "自用 自营 集体经营 self",
    Use.CONTRACTED: "发包 承包 出租 租赁 contracted",
    Use.IDLE: "闲置 撂荒 idle",
}
_CONTRACT_KINDS = {
    ContractKind.LAND_LEASE: "土地租赁 土地承包 资源发包 承包 land-lease",
    ContractKind.ASSET_LEASE: "资产租赁 房屋租赁 租赁 asset-lease",
    ContractKind.SALE: "销售 出售 sale",
    ContractKind.WORKS: "工程 施工 works",
    ContractKind.PURCHASE: "采购 购买 purchase",
    ContractKind.SERVICE: "服务 劳务 service",
    ContractKind.OTHER: "其他 其它 other",
}
_DIRECTIONS = {
    Direction.INCOME: "收 收入 收款 income",
    Direction.EXPENSE: "支 支出 付款 expense",
}
_CYCLES = {
    12: "年 每年 按年 年付 yearly",
    6: "半年 每半年 半年付 half-yearly",
    3: "季 每季 季度 按季 quarterly",
    1: "月 每月 按月 monthly",
    0: "一次 一次性 一次付清 once",
}


@dataclass(frozen=True, slots=True)
class Row:
    """What stands behind a row: its number in the file and the names only the book can look up."""

    number: int
    keeper: str = ""
    object: str = ""


def _choice(names: Mapping[T, str], default: T | None) -> Callable[[str], T]:
    """Reads one of several words; an empty cell is the default, or IMP-81 where there is none."""
    known = {word: value for value, words in names.items() for word in words.split()}

    def read(text: str) -> T:
        if not text and default is not None:
            return default
        if not text:
            raise Unreadable("IMP-81")
        found = known.get(text.casefold().replace(" ", ""))
        if found is None:
            raise Unreadable("IMP-80", value=text, choices=", ".join(w.split()[0] for w in names.values()))
        return found

    return read


def _word(text: str) -> str:
    if not text:
        raise Unreadable("IMP-81")
    return text


def _maybe_day(text: str) -> date | None:
    return read_day(text) if text else None


def _whole(text: str) -> int:
    match = (
        re.fullmatch(r"(\d{1,4})(?:\.0+)?\s*(?:个?月|年)?", unicodedata.normalize("NFKC", text))
        if text
        else None
    )
    if text and match is None:
        raise Unreadable("IMP-82", value=text)
    return int(match[1]) if match else 0


def _work(text: str) -> int:
    """A whole number of hours, kilometres ...: "200,000" and "200000.00" are one."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    match = re.fullmatch(r"(\d{1,9})(?:\.0+)?", plain) if text else None
    if text and match is None:
        raise Unreadable("IMP-82", value=text)
    return int(match[1]) if match else 0


def _rate(text: str) -> int:
    """Hundredths of a per cent: "5", "5%", "0.05" of a spreadsheet's per cent cell is 5 per cent too."""
    if not text:
        return 0
    match = re.fullmatch(r"(\d{1,3})(?:\.(\d{1,2})0*)?\s*(%?)", unicodedata.normalize("NFKC", text))
    if match is None:
        raise Unreadable("IMP-83", value=text)
    rate = int(match[1]) * 100 + int((match[2] or "").ljust(2, "0"))
    return rate * 100 if rate < 100 and match[2] and not match[3] else rate


def _opened(sheet: Sheet, layout: str) -> tuple[Cells | None, Problems]:
    """The rows of a layout; None where its columns are not found. A code that stands twice is among the problems."""
    problems = Problems()
    located = locate(sheet, layout, problems)
    if located is None:
        return None, problems
    cells = Cells.of(located, problems, "name")
    first: dict[str, int] = {}
    for number, code in zip(cells.numbers, cells.texts("code"), strict=True):
        if code and code in first:
            problems.add("IMP-84", number, located.title("code"), value=code, first=first[code])
        first.setdefault(code, number)
    return cells, problems


def _by_row(columns: Mapping[str, Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """Columns read one by one, row by row: what each field of an entry says."""
    for cells in zip(*columns.values(), strict=True):
        yield dict(zip(columns, cells, strict=True))


def parse_assets(sheet: Sheet) -> tuple[tuple[tuple[Asset, Row], ...], tuple[Finding, ...]]:
    """Cards taken over from elsewhere: their value is part of the opening. With any finding that stops there are none."""
    cells, problems = _opened(sheet, ASSETS)
    if cells is None:
        return (), problems.findings()
    columns: dict[str, Sequence[Any]] = {
        "code": cells.texts("code"),
        "name": cells.read("name", _word),
        "acquired_on": cells.read("acquired", read_day),
        "original_fen": cells.read("original", read_amount),
        "family": cells.read("family", _choice(_FAMILIES, Family.FIXED)),
        "kind": cells.texts("kind"),
        "spec": cells.texts("spec"),
        "quantity": [q or "1" for q in cells.texts("quantity")],
        "unit": cells.texts("unit"),
        "location": cells.texts("location"),
        "use": cells.texts("use"),
        "in_use_on": cells.read("in_use", _maybe_day),
        "origin": cells.read("origin", _choice(_ORIGINS, Origin.BOUGHT)),
        "residual_bp": cells.read("residual", _rate),
        "method": cells.read("method", _choice(_METHODS, Method.STRAIGHT)),
        "purpose": cells.read("purpose", _choice(_PURPOSES, Purpose.ADMINISTRATION)),
        "accumulated_fen": cells.read("lost", read_amount),
        "resolution": cells.texts("resolution"),
        "reason": cells.texts("reason"),
        "work_total": [n or 0 for n in cells.read("work_total", _work)],
        "work_unit": cells.texts("work_unit"),
        "work_before": [n or 0 for n in cells.read("work_before", _work)],
    }
    months, years = cells.read("life", _whole), cells.read("years", _whole)
    columns["life_months"] = [(m or 0) or (y or 0) * 12 for m, y in zip(months, years, strict=True)]
    rows = [Row(number, keeper) for number, keeper in zip(cells.numbers, cells.texts("keeper"), strict=True)]
    findings = problems.findings()
    if stopping(findings):
        return (), findings
    assets = (Asset(taken_over=True, **values) for values in _by_row(columns))
    return tuple(zip(assets, rows, strict=True)), findings


def parse_resources(sheet: Sheet) -> tuple[tuple[tuple[Resource, Row], ...], tuple[Finding, ...]]:
    """With any finding that stops there are none."""
    cells, problems = _opened(sheet, RESOURCES)
    if cells is None:
        return (), problems.findings()
    columns: dict[str, Sequence[Any]] = {
        "code": cells.texts("code"),
        "name": cells.read("name", _word),
        "kind": cells.read("kind", _choice(_RESOURCE_KINDS, None)),
        "area": [unicodedata.normalize("NFKC", a).removesuffix("亩").strip() for a in cells.texts("area")],
        "location": cells.texts("location"),
        "boundaries": cells.texts("boundaries"),
        "certificate": cells.texts("certificate"),
        "use": cells.read("use", _choice(_USES, Use.SELF)),
        "contract": cells.texts("contract"),
        "since": cells.read("since", _maybe_day),
        "note": cells.texts("note"),
    }
    findings = problems.findings()
    if stopping(findings):
        return (), findings
    resources = (Resource(**values) for values in _by_row(columns))
    return tuple(zip(resources, map(Row, cells.numbers), strict=True)), findings


def parse_contracts(
    sheet: Sheet, chart: Chart
) -> tuple[tuple[tuple[Contract, Row], ...], tuple[Finding, ...]]:
    """Instalments are made from cycle, first day and amount of each. With any finding that stops there are none."""
    cells, problems = _opened(sheet, CONTRACTS)
    if cells is None:
        return (), problems.findings()
    accounts = account_reader(chart)
    columns: dict[str, Sequence[Any]] = {
        "code": cells.texts("code"),
        "name": cells.read("name", _word),
        "kind": cells.read("kind", _choice(_CONTRACT_KINDS, ContractKind.OTHER)),
        "direction": cells.read("direction", _choice(_DIRECTIONS, None)),
        "party": cells.read("party", _word),
        "from_on": cells.read("from", read_day),
        "to_on": cells.read("to", read_day),
        "amount_fen": cells.read("amount", read_amount),
        "account": cells.read("account", lambda text: accounts(text).code if text else ""),
        "subject": cells.texts("subject"),
        "deposit_fen": cells.read("deposit", read_amount),
        "paid_before_fen": cells.read("paid", read_amount),
        "resolution": cells.texts("resolution"),
        "bidding": cells.texts("bidding"),
        "note": cells.texts("note"),
    }
    columns["signed_on"] = [
        on or begins for on, begins in zip(cells.read("signed", _maybe_day), columns["from_on"], strict=True)
    ]
    terms: dict[str, Sequence[Any]] = {
        "months": cells.read("cycle", _choice(_CYCLES, 0)),
        "each_fen": cells.read("each", read_amount),
        "first": cells.read("first_due", _maybe_day),
    }
    rows = [
        Row(number, object=named) for number, named in zip(cells.numbers, cells.texts("object"), strict=True)
    ]
    if stopping(problems.findings()):
        return (), problems.findings()
    made = []
    for values, paid, row in zip(_by_row(columns), _by_row(terms), rows, strict=True):
        contract = Contract(**values)
        parts = _parts(contract, paid["months"] or 0, paid["each_fen"] or 0, paid["first"])
        _hold_against_price(contract, parts, paid["each_fen"] or 0, row, problems)
        made.append((replace(contract, instalments=parts), row))
    findings = problems.findings()
    return (() if stopping(findings) else tuple(made)), findings


def _hold_against_price(
    contract: Contract, parts: Sequence[Instalment], each_fen: int, row: Row, problems: Problems
) -> None:
    """What the instalments add up to is the price of the contract."""
    total_fen = sum(p.amount_fen for p in parts)
    if parts and total_fen != contract.amount_fen:
        problems.add(
            "IMP-87",
            row.number,
            n=len(parts),
            each=yuan_text(each_fen),
            sum=yuan_text(total_fen),
            amount=yuan_text(contract.amount_fen),
        )


def _parts(contract: Contract, months: int, each_fen: int, first: date | None) -> tuple[Instalment, ...]:
    """Instalments of one size; without a size the price is divided and the last takes the odd fen."""
    if not contract.amount_fen:
        return ()
    first = first or contract.from_on
    if not months:
        return (Instalment(first, contract.amount_fen),)
    days = [i.due_on for i in schedule(first, contract.to_on, months, 1)]
    if each_fen or not days:
        return tuple(Instalment(day, each_fen) for day in days)
    share_fen = contract.amount_fen // len(days)
    last_fen = contract.amount_fen - share_fen * (len(days) - 1)
    return (*(Instalment(day, share_fen) for day in days[:-1]), Instalment(days[-1], last_fen))
