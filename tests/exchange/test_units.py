"""A file that counts in ten thousand yuan is refused: read as yuan, every figure of it would be wrong and agree."""

from __future__ import annotations

from datetime import date

import pytest

from villagebook.domain.foreign import FileKind
from villagebook.exchange.bank_statement import parse_statement
from villagebook.exchange.foreign_balances import read_balances
from villagebook.exchange.foreign_table import find_table, foreign_sheet
from villagebook.exchange.foreign_vouchers import read_vouchers
from villagebook.exchange.import_findings import Problems
from villagebook.exchange.layouts import ASSETS, LAYOUTS, locate
from villagebook.exchange.tables import Sheet, sheet_from_bytes
from villagebook.exchange.units import large_unit

VOUCHERS = "日期,凭证号,摘要,科目编码,借方{u},贷方{u}\n2025-01-05,付1,x,513,12,\n2025-01-05,付1,x,101,,12\n"
BALANCES = "科目编码,科目名称,期末借方{u},期末贷方{u}\n101,库存现金,12,\n301,资本,,12\n"
BANK = "交易日期,收入{u},支出{u},余额{u}\n2025-01-05,12,,112\n2025-01-06,,2,110\n"


def told(text: str) -> dict[str, list[str]]:
    """What is said of a table by its kind."""
    sheet = foreign_sheet(text.encode("gb18030"), "a.csv")
    balances = Problems()
    read_balances(find_table(sheet, FileKind.BALANCES), balances)
    vouchers = read_vouchers(find_table(sheet, FileKind.VOUCHERS), {}).problems
    _made, bank = parse_statement(sheet, date(2025, 3, 1))
    return {
        "vouchers": [f.id for f in vouchers.findings()],
        "balances": [f.id for f in balances.findings()],
        "bank": [f.id for f in bank],
    }


@pytest.mark.parametrize("kind", ["vouchers", "balances", "bank"])
def test_ten_thousand_yuan_are_never_read_as_yuan(kind: str):
    text, id = {
        "vouchers": (VOUCHERS, "IMP-52"),
        "balances": (BALANCES, "IMP-52"),
        "bank": (BANK, "BNK-30"),
    }[kind]
    assert told(text.format(u="(元)"))[kind] == []
    assert id in told(text.format(u="（万元）"))[kind]
    assert id in told("某村,单位：万元,,,,\n" + text.format(u=""))[kind]


def test_the_layouts_of_this_program_ask_for_yuan_too():
    def found(title: str, price: str) -> list[str]:
        heads = [price if c.key == "original" else c.names[1] for c in LAYOUTS[ASSETS]]
        problems = Problems()
        rows = [title, ",".join(heads), ",".join("1" for _head in heads)]
        sheet: Sheet = sheet_from_bytes("\n".join(rows).encode("gb18030"), "a.csv")
        locate(sheet, ASSETS, problems)
        return [f.id for f in problems.findings()]

    assert found("固定资产台账", "原值(元)") == []
    assert found("固定资产台账", "原值(万元)") == ["IMP-52"]
    assert found("金额单位:人民币万元", "原值") == ["IMP-52"]


@pytest.mark.parametrize("text", ["金额", "金额（元）", "面积(亩)", "万元以上项目", "备注"])
def test_other_headings_say_nothing(text: str):
    assert large_unit([text], [[text]]) == ""
