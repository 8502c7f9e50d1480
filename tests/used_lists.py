"""Lists of invoice numbers used elsewhere, as townships sign them and as their tables look."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from villagebook.domain.used_invoice import UsedInvoice, UsedList
from villagebook.exchange import signing as crypto
from villagebook.exchange import used_file

TOWNSHIP = "清水镇"
SEED = bytes(range(32))
MARK = crypto.key_id(crypto.public_key(SEED))
HEAD = "发票号码,发票代码,票种,开票日期,价税合计,村,村代码,凭证,状态"


def entry(
    number: str, village: str = "邻村", document: str = "2025-01-03 付-0007", released: str = ""
) -> UsedInvoice:
    return UsedInvoice(number, village, total_fen=50_000, document=document, released=released)


def signed(
    folder: Path, day: date, *entries: UsedInvoice, seed: bytes = SEED, name: str = "名单.json"
) -> Path:
    path = folder / name
    content = UsedList(TOWNSHIP, day, entries)
    path.write_bytes(used_file.list_bytes(used_file.sealed(content, TOWNSHIP, day, seed)))
    return path


def table(folder: Path, *rows: str, head: str = HEAD, name: str = "名单.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((head, *rows)) + "\n", encoding="utf-8")
    return path


def row(number: str, village: str = "邻村", document: str = "付-0007", state: str = "") -> str:
    return f"{number},,,2025-01-03,500.00,{village},,{document},{state}"


def workbook(folder: Path, rows: Iterable[Iterable[object]], name: str = "名单.xlsx") -> Path:
    """Cells as they are given: a number stays a figure."""
    from openpyxl import Workbook

    made = Workbook()
    sheet = made.active
    assert sheet is not None
    for cells in rows:
        sheet.append(list(cells))
    path = folder / name
    made.save(path)
    return path
