"""Audit data by GB/T 24589: read back with another reader, everything ties and nothing is cut short."""

from __future__ import annotations

import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.builders import DAY, at, make_book
from villagebook.domain.errors import KnownError
from villagebook.domain.foreign import Target
from villagebook.domain.period import Period
from villagebook.domain.roster import Outsider, OutsiderKind
from villagebook.exchange.audit_tables import NAMESPACE, Field, module_xml, tables
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import bring_in, foreign_files, foreign_links
from villagebook.services.handing_over import audit_data
from villagebook.services.registers import roster

ROWS = (
    "日期,凭证号,摘要,科目编码,科目名称,借方,贷方,供应商\n"
    "2024-12-05,收-1,收租金,101,库存现金,3000,,\n,,,501,经营收入,,3000,\n"
    "2025-01-05,付-1,付<电>费 & 𠮷,513,管理费用,1200.05,,县供电所\n,,,101,库存现金,,1200.05,\n"
    "2025-02-06,付-1,赊购,513,管理费用,80,,县供电所\n,,,211,应付款,,80,县供电所\n"
    "2025-02-07,付-2,红冲,513,管理费用,-80,,县供电所\n,,,211,应付款,,-80,县供电所\n"
    "2025-03-07,付-1,无单位,513,管理费用,9,,\n,,,101,库存现金,,9,\n"
)


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("audit")
    made = make_book(folder, start=Period(2024, 12))
    roster.save(made, Outsider("W001", "县供电所", OutsiderKind.SUPPLIER), at(DAY), new=True)
    path = folder / "旧账.csv"
    path.write_bytes(ROWS.encode("gb18030"))
    seen = foreign_files.look(made, path)
    accounts = {a.key: Target(a.key) for a in seen.open_accounts}
    mapping = seen.mapping.with_accounts(accounts).with_entries(foreign_links.sure_entries(seen.names))
    bring_in.take_in(made, path, mapping, by=at(date(2025, 4, 1)))
    yield made
    made.close()


@pytest.fixture(scope="module")
def written(book: Book, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    made = audit_data.write(book, 2025, tmp_path_factory.mktemp("out"))
    assert made.vouchers == 4
    with zipfile.ZipFile(made.path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rows(data: bytes, table: str) -> list[dict[str, str]]:
    """As a reader that knows nothing of our tables sees them; it is told the encoding, which Python's parser has not."""
    text = data.decode("gb18030").replace('encoding="GB18030"', 'encoding="utf-8"')
    root = ElementTree.fromstring(text.encode())  # noqa: S314 - written by the test itself
    space = f"{{{NAMESPACE}}}"
    return [
        {cell.tag.removeprefix(space): cell.text or "" for cell in row}
        for row in root.iter(f"{space}{table}")
    ]


def fen(text: str) -> int:
    return round(float(text) * 100)


def test_every_file_says_gb18030_and_every_field_stands_in_the_order_of_the_standard(
    written: dict[str, bytes],
):
    assert list(written) == ["公共档案.xml", "总账.xml", "字段.csv", "说明.txt"]
    for module in ("公共档案", "总账"):
        data = written[f"{module}.xml"]
        assert data.startswith(b'<?xml version="1.0" encoding="GB18030"?>')
        for table in tables().values():
            if table.module != module:
                continue
            names = [field.name for field in table.fields]
            for row in rows(data, table.name):
                assert list(row) == [name for name in names if name in row]
                assert {field.name for field in table.fields if field.required} <= row.keys()
                assert all(field.fits(row[field.name]) for field in table.fields if row.get(field.name))


def test_every_voucher_balances_with_lines_counted_from_one(written: dict[str, bytes]):
    found = defaultdict(list)
    for row in rows(written["总账.xml"], "记账凭证"):
        found[row["会计期间号"], row["记账凭证编号"]].append(row)
    assert list(found) == [("1", "付-1"), ("2", "付-1"), ("2", "付-2"), ("3", "付-1")]
    for lines in found.values():
        assert [row["记账凭证行号"] for row in lines] == [str(n) for n in range(1, len(lines) + 1)]
        assert sum(fen(r["借方本币金额"]) - fen(r["贷方本币金额"]) for r in lines) == 0
    first = found["1", "付-1"][0]
    assert first["记账凭证摘要"] == "付<电>费 & 𠮷"
    assert (first["借方原币金额"], first["辅助项1编号"], first["制单人"]) == ("1200.05", "W001", "历史导入")
    assert found["2", "付-2"][0]["借方本币金额"] == "-80.00"


def test_balances_follow_month_on_month_and_parents_are_the_sum_of_their_leaves(written: dict[str, bytes]):
    held: dict[tuple[str, str], dict[int, tuple[int, int, int, int]]] = defaultdict(dict)
    for row in rows(written["总账.xml"], "科目余额及发生额"):
        sign = {"借": 1, "贷": -1}
        opening = fen(row["期初本币余额"]) * sign[row["期初余额方向"]]
        closing = fen(row["期末本币余额"]) * sign[row["期末余额方向"]]
        debit, credit = fen(row["借方本币金额"]), fen(row["贷方本币金额"])
        assert opening + debit - credit == closing
        key = (row["科目编号"], row.get("辅助项1编号", ""))
        assert int(row["会计期间号"]) not in held[key]
        held[key][int(row["会计期间号"])] = (opening, debit, credit, closing)
    for months in held.values():
        for month, (opening, *_rest) in months.items():
            assert month == min(months) or opening == months.get(month - 1, (0, 0, 0, opening))[3]
    assert held["101", ""][1] == (300_000, 0, 120_005, 179_995)
    assert held["513", "W001"][1][1:] == (120_005, 0, 120_005)
    assert held["513", ""][3] == (0, 900, 0, 900)
    assert held["211", "W001"][2] == (0, 0, 0, 0)


def test_turnover_is_that_of_the_vouchers_and_every_code_is_in_its_archive(written: dict[str, bytes]):
    by_account: dict[str, int] = defaultdict(int)
    for row in rows(written["总账.xml"], "记账凭证"):
        by_account[row["科目编号"]] += fen(row["借方本币金额"]) - fen(row["贷方本币金额"])
    for row in rows(written["总账.xml"], "科目余额及发生额"):
        by_account[row["科目编号"]] -= fen(row["借方本币金额"]) - fen(row["贷方本币金额"])
    assert {k: v for k, v in by_account.items() if v} == {}
    accounts = {row["科目编号"] for row in rows(written["总账.xml"], "会计科目")}
    assert by_account.keys() <= accounts
    held = [
        (r["档案编码"], r["档案值编码"], r["档案值名称"])
        for r in rows(written["公共档案.xml"], "自定义档案值")
    ]
    assert held == [("outsider", "W001", "县供电所")]
    items = [(r["科目编号"], r["辅助项编号"]) for r in rows(written["总账.xml"], "科目辅助核算")]
    assert ("513", "outsider") in items
    assert ("211", "outsider") in items


def test_what_the_files_are_not_is_said_beside_them(written: dict[str, bytes]):
    about = written["说明.txt"].decode("utf-8-sig")
    for words in ("未经符合性检测", "GB/T 24589.1-2024", "凭记忆", "现金流量项目"):
        assert words in about


def test_a_text_too_long_ends_visibly_and_stands_whole_beside_it_a_code_is_refused():
    data, short = module_xml("公共档案", [("币种", {"币种编码": "CNY", "币种名称": "元" * 31})])
    assert rows(data, "币种") == [{"币种编码": "CNY", "币种名称": "元" * 29 + "…"}]
    assert [(s.table, s.field, s.text) for s in short] == [("币种", "币种名称", "元" * 31)]
    assert module_xml("公共档案", [("币种", {"币种编码": "CNY", "币种名称": "𠮷" * 30})])[1] == ()
    with pytest.raises(KnownError, match="币种编码"):
        module_xml("公共档案", [("币种", {"币种编码": "C" * 11, "币种名称": "元"})])
    assert Field("1", "x", "D20.2", True).fits("-1.20")
    assert not Field("1", "x", "D20.2", True).fits("1.2")
    assert not Field("1", "x", "C4", True).fits("25")


def test_a_year_the_book_does_not_hold_and_a_folder_that_is_none(book: Book, tmp_path: Path):
    with pytest.raises(KnownError, match="2024"):
        audit_data.write(book, 2030, tmp_path)
    with pytest.raises(KnownError):
        audit_data.write(book, 2025, tmp_path / "none")
    assert list(tmp_path.iterdir()) == []
