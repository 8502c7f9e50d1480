"""Lists of used invoice numbers: any spelling of a number is the same number; every bad row is told; hostile files are refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import used_lists as lists
from tests.builders import DAY
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.invoice import Invoice, InvoiceKind
from villagebook.domain.used_invoice import MOST_ENTRIES, UsedInvoice, UsedList, merged
from villagebook.exchange import used_file
from villagebook.exchange.imports_used import parse_used
from villagebook.exchange.tables import Sheet
from villagebook.services.invoicing.invoice_elsewhere import read_file

NUMBER = "25372000001234567890"
WIDE = {c: c + 0xFEE0 for c in range(ord("!"), ord("~") + 1)}
"""Signs as wide as a Chinese one."""
GAPS = st.sampled_from(("", " ", "  ", "\u3000", "\u00a0", "\u200b", "\t"))


@st.composite
def spelled(draw: st.DrawFn, text: str) -> str:
    """The same number as people and programs write it: gaps, full-width or small letters, an apostrophe before it."""
    signs = (
        c.translate(WIDE) if draw(st.booleans()) else draw(st.sampled_from((c, c.lower()))) for c in text
    )
    return draw(st.sampled_from(("", "'", " "))) + "".join(c + draw(GAPS) for c in signs)


@st.composite
def invoices(draw: st.DrawFn) -> Invoice:
    digits = st.text("0123456789", min_size=20, max_size=20)
    if draw(st.booleans()):
        return Invoice(InvoiceKind.DIGITAL, draw(digits))
    if draw(st.booleans()):
        return Invoice(InvoiceKind.RAIL_PAPER, "Z" + draw(digits)[:9])
    return Invoice(InvoiceKind.VAT_SPECIAL, draw(digits)[:8], draw(digits)[:10])


@given(st.data())
def test_a_number_is_found_however_it_is_spelled(data: st.DataObject) -> None:
    told = data.draw(st.lists(invoices(), min_size=1, max_size=6))
    rows = [
        [data.draw(spelled(i.number)), data.draw(spelled(i.code)) if i.code else "", "邻 村"] for i in told
    ]
    sheet = Sheet("x.csv", ("发票号码", "发票代码", "村"), 1, rows)
    entries, found = parse_used(sheet, from_workbook=False)
    assert found == ()
    assert {e.key for e in entries} == {i.key for i in told}
    again = UsedList("清水镇", DAY, entries)
    assert UsedList.from_data(json.loads(json.dumps(again.to_data()))) == again


@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 3), st.booleans()), max_size=6), max_size=4
    )
)
def test_merging_keeps_every_number_of_every_village_and_tells_those_of_several(
    told: list[list[tuple[str, int, bool]]],
) -> None:
    read = [
        [UsedInvoice(f"{n:020d}", v, released="reversed" if free else "") for v, n, free in one]
        for one in told
    ]
    entries, shared = merged(read)
    newest = {(v, n): free for one in told for v, n, free in one}
    assert {(e.village, int(e.number)): bool(e.released) for e in entries} == newest
    users: dict[int, set[str]] = {}
    for (village, number), free in newest.items():
        if not free:
            users.setdefault(number, set()).add(village)
    assert {int(s.key): {e.village for e in s.entries} for s in shared} == {
        n: own for n, own in users.items() if len(own) > 1
    }


def refused(path: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        read_file(path, DAY)
    return [(f.id, f.where) for f in caught.value.findings]


def test_every_bad_row_is_told_at_once_and_nothing_is_read(tmp_path: Path) -> None:
    path = lists.table(
        tmp_path,
        lists.row(NUMBER),
        lists.row("2.53720000012346E+19"),
        lists.row("12345678"),
        lists.row(""),
        lists.row(NUMBER, village=""),
        lists.row(NUMBER, document="11010519491231002X"),
        lists.row(NUMBER, state="不清楚"),
        f"{NUMBER},,,2025-02-30,五百,邻村,,付-0001,",
        lists.row(NUMBER, document="付" * 61),
    )
    told = refused(path)
    assert [x for x, _where in told] == [
        "IMP-90",
        "IMP-97",
        "IMP-81",
        "IMP-81",
        "IMP-60",
        "IMP-80",
        "IMP-05",
        "IMP-04",
        "IMP-99",
    ]
    assert all(
        f"row {n}" in where for n, (_id, where) in zip((3, 4, 5, 6, 7, 8, 9, 9, 10), told, strict=True)
    )


def test_columns_with_names_of_people_are_left_in_the_file(tmp_path: Path) -> None:
    head = "发票号码,购买方,乘车人,单位"
    read = read_file(lists.table(tmp_path, f"{NUMBER},许春雷,陈桂花,邻村", head=head), DAY)
    assert [f.id for f in read.findings] == ["IMP-03"]
    assert "许春雷" not in json.dumps(read.content.to_data(), ensure_ascii=False)


def test_a_workbook_whose_numbers_were_kept_as_figures_is_refused(tmp_path: Path) -> None:
    """A spreadsheet program keeps fifteen figures: the last five are lost, and no list would ever match."""
    numbers = [25372000001234500000 + n * 100_000 for n in range(3)]
    path = lists.workbook(tmp_path, [("发票号码", "村"), *((n, "邻村") for n in numbers)])
    assert [x for x, _where in refused(path)] == ["IMP-90"] * 3
    right = lists.workbook(tmp_path, [("发票号码", "村"), *((str(n + 7), "邻村") for n in numbers)], "b.xlsx")
    assert [e.number for e in read_file(right, DAY).content.entries] == [str(n + 7) for n in numbers]


def test_a_list_longer_than_any_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("villagebook.exchange.imports_used.MOST_ENTRIES", 2)
    path = lists.table(tmp_path, *(lists.row(f"{n:020d}") for n in range(3)))
    assert [x for x, _where in refused(path)] == ["IMP-98"]
    with pytest.raises(ValueError, match="too many"):
        UsedList.from_data({"issuer": "x", "as_of": "2025-01-01", "entries": [None] * (MOST_ENTRIES + 1)})
    monkeypatch.setattr(used_file, "MAX_SIZE", 10)
    with pytest.raises(KnownError, match="larger"):
        read_file(path, DAY)


GOOD = [NUMBER, "", "", 50_000, "2025-01-03", "邻村", "", "付-1", ""]


@pytest.mark.parametrize(
    "entry",
    [
        None,
        [],
        GOOD[:-1],
        [*GOOD, ""],
        ["12345678", *GOOD[1:]],
        [" " + NUMBER, *GOOD[1:]],
        [*GOOD[:3], "500", *GOOD[4:]],
        [*GOOD[:3], True, *GOOD[4:]],
        [*GOOD[:4], "yesterday", *GOOD[5:]],
        [*GOOD[:5], "", *GOOD[6:]],
        [*GOOD[:5], "村" * 61, *GOOD[6:]],
        [*GOOD[:7], 7, ""],
        [*GOOD[:2], "banknote", *GOOD[3:]],
    ],
)
def test_a_signed_file_with_something_else_inside_is_no_list(tmp_path: Path, entry: object) -> None:
    path = lists.signed(tmp_path, DAY, lists.entry(NUMBER))
    data = json.loads(path.read_bytes())
    data["body"]["entries"] = [entry]
    path.write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(KnownError, match="no list"):
        read_file(path, DAY)


@pytest.mark.parametrize(
    "data", [b"{", b"{}", b'{"format": "villagebook-policy", "version": 1}', b"{" * 100_000]
)
def test_what_is_no_list_says_so(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.json"
    path.write_bytes(data)
    with pytest.raises(KnownError, match="no list"):
        read_file(path, DAY)


def test_a_signed_list_is_read_as_it_was_written(tmp_path: Path) -> None:
    entries = tuple(lists.entry(f"{n:020d}", released="红冲" if n % 2 else "") for n in range(5))
    read = used_file.read_signed(lists.signed(tmp_path, DAY, *entries).read_bytes(), "x")
    assert read.content == UsedList(lists.TOWNSHIP, DAY, entries)
    assert read.holds()
    empty = used_file.read_signed(lists.signed(tmp_path, DAY).read_bytes(), "x")
    assert empty.holds()
