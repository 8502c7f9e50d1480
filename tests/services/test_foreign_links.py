"""Names in auxiliary columns: asked once, tied to the register where somebody said so, never guessed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import DAY, at, ids_of, make_book
from villagebook.domain.errors import Refused
from villagebook.domain.folding import name_key
from villagebook.domain.foreign import Detail, FileMapping, Target
from villagebook.domain.foreign_names import Entry, FileName, NameRole, equal_names, key_of
from villagebook.domain.link import Link, LinkKind, LinkTarget
from villagebook.domain.project import Project, ProjectKind, Source
from villagebook.domain.roster import Household, Member, Outsider, OutsiderKind
from villagebook.services.book_file.books import Book
from villagebook.services.bringing_in import bring_in, foreign_files, foreign_links, foreign_mappings
from villagebook.services.gathering import plan_facts
from villagebook.services.period_end import checking
from villagebook.services.registers import projects, roster
from villagebook.storage import links, registry

TODAY = date(2025, 3, 1)
HEAD = "日期,凭证号,摘要,科目编码,科目名称,借方,贷方,客户,供应商,项目\n"
ROWS = (
    "2025-01-05,付-1,付电费,513,管理费用,1200,,,县 供电所,水渠\n,,,101,库存现金,,1200,,,\n"
    "2025-01-06,收-1,收承包费,101,库存现金,300,,,,\n,,,501,经营收入,,300,何老四,,\n"
    "2025-01-07,付-2,借给,113,内部往来,50,,张三,,\n,,,101,库存现金,,50,,,\n"
    "2025-01-08,付-3,买种子,513,管理费用,7,,,无名商店,\n,,,101,库存现金,,7,,,\n"
)
POWER = LinkTarget(LinkKind.OUTSIDER, "W001", "县供电所")
FIRST = LinkTarget(LinkKind.HOUSEHOLD, "01-001", "何老四（1组）")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    made = make_book(tmp_path)
    for entry in (
        Outsider("W001", "县供电所", OutsiderKind.SUPPLIER),
        Household("01-001", 1, "何老四", (Member("何老四", "户主", 1970), Member("张三", "女婿", 1990))),
        Household("02-001", 2, "张三", (Member("张三", "户主", 1960),)),
    ):
        roster.save(made, entry, at(DAY), new=True)
    yield made
    made.close()


def file(book: Book, text: str = HEAD + ROWS, name: str = "旧账.csv") -> Path:
    path = book.path.with_name(name)
    path.write_bytes(text.encode("gb18030"))
    return path


def decided(book: Book, path: Path) -> FileMapping:
    """What the two buttons confirm, and one name chosen by hand."""
    seen = foreign_files.look(book, path)
    sure, words = foreign_links.sure_entries(seen.names), foreign_links.as_words(seen.names)
    by_hand = {key_of(NameRole.PARTY, "张三"): Entry(LinkTarget(LinkKind.HOUSEHOLD, "02-001", "张三（2组）"))}
    return seen.mapping.with_entries({**sure, **words, **by_hand})


def tied(book: Book) -> list[tuple[str, str]]:
    with book.reading() as connection:
        found = links.links_between(connection, date(2025, 1, 1), date(2025, 12, 31))
    return [(link.kind.value, link.code) for _line, held in sorted(found.items()) for link in held]


def test_an_equal_name_is_offered_and_none_is_taken_unasked(book: Book):
    seen = foreign_files.look(book, file(book))
    assert [(n.found.text, n.entry, [t.code for t in n.offered]) for n in seen.open_names] == [
        ("县 供电所", None, ["W001"]),
        ("何老四", None, ["01-001"]),
        ("张三", None, ["02-001", "01-001"]),
        ("无名商店", None, []),
    ]
    with pytest.raises(Refused) as caught:
        bring_in.take_in(book, file(book), by=at(TODAY))
    assert [f.id for f in caught.value.findings] == ["IMP-51"] * 4
    assert "W001 县供电所" in caught.value.findings[0].text
    assert tied(book) == []


def test_two_of_one_name_are_never_confirmed_together_with_the_others(book: Book):
    seen = foreign_files.look(book, file(book))
    assert set(foreign_links.sure_entries(seen.names)) == {"party:县供电所", "party:何老四"}
    assert set(foreign_links.as_words(seen.names)) == {"party:无名商店"}


def test_what_was_confirmed_stands_on_the_lines_and_the_words_beside_it(book: Book):
    path = file(book)
    bring_in.take_in(book, path, decided(book, path), by=at(TODAY))
    assert tied(book) == [("outsider", "W001"), ("household", "01-001"), ("household", "02-001")]
    with book.reading() as connection:
        rows = links.linked_rows(connection, POWER.link, TODAY)
    assert [(row[0], row[4], row[6]) for row in rows] == [("2025-01-05", "县 供电所", 120_000)]
    assert [i for i in ids_of(checking.check_book(book)) if i.startswith("CHK")] == []


def test_a_name_is_asked_once_and_a_new_one_next_month(book: Book):
    path = file(book)
    bring_in.take_in(book, path, decided(book, path), by=at(TODAY))
    later = file(
        book,
        HEAD + "2025-02-05,付-1,付电费,513,管理费用,9,,,县供电所,\n,,,101,库存现金,,9,,,\n"
        "2025-02-06,付-2,x,513,管理费用,1,,,新店,\n,,,101,库存现金,,1,,,\n",
        "二月.csv",
    )
    assert [n.found.text for n in foreign_files.look(book, later).open_names] == ["新店"]


def test_a_book_without_registers_asks_nothing(tmp_path: Path):
    empty = make_book(tmp_path / "empty")
    path = file(empty)
    assert foreign_files.look(empty, path).names == ()
    assert bring_in.take_in(empty, path, by=at(TODAY)).vouchers == 4
    empty.close()


def test_the_code_of_another_village_is_not_ours(book: Book, tmp_path: Path):
    path = file(book)
    mapping = decided(book, path)
    strange = mapping.with_entries(
        {"party:何老四": Entry(LinkTarget(LinkKind.HOUSEHOLD, "01-001", "钱多多（1组）"))}
    )
    layout = tmp_path / "x.layout.json"
    layout.write_bytes(foreign_mappings.layout_bytes(strange))
    again = foreign_mappings.read_layout(layout)
    assert again == strange
    seen = foreign_files.look(book, path, again)
    assert [n.found.text for n in seen.open_names] == ["何老四"]


def test_the_detail_account_of_a_person_is_asked_for_as_a_name(book: Book):
    path = file(
        book,
        "日期,凭证号,摘要,科目编码,科目名称,借方,贷方\n"
        "2025-01-05,付-1,借给,11301,内部往来-何老四,50,\n,,,101,库存现金,,50\n",
    )
    seen = foreign_files.look(book, path)
    mapping = seen.mapping.with_accounts({"11301": Target("113", detail=Detail.PARTY)})
    seen = foreign_files.look(book, path, mapping)
    assert [t.code for n in seen.open_names for t in n.offered] == ["01-001"]
    sure = foreign_links.sure_entries(seen.names)
    bring_in.take_in(book, path, mapping.with_entries(sure), by=at(TODAY))
    assert tied(book) == [("household", "01-001")]


def test_opening_balances_by_household_are_tied_too(book: Book):
    path = file(
        book,
        "科目编码,科目名称,方向,期末余额\n101,库存现金,借,100\n113,内部往来,借,200\n11301,何老四,借,200\n301,资本,贷,300\n",
        "余额.csv",
    )
    mapping = foreign_files.look(book, path).mapping.with_accounts(
        {"11301": Target("113", detail=Detail.PARTY), "113": Target("113")}
    )
    seen = foreign_files.look(book, path, mapping)
    mapping = mapping.with_entries(foreign_links.sure_entries(seen.names))
    bring_in.take_in(book, path, mapping, by=at(TODAY))
    with book.reading() as connection:
        assert [r[:3] for r in links.opening_of(connection, FIRST.link)] == [("113", "何老四", 20_000)]


def test_a_name_on_an_account_that_needs_no_decision_is_asked_at_the_first_look(book: Book):
    """113 is 113 without anybody's word, and who stands beside it in a column of its own is asked for all the same."""
    path = file(
        book,
        "科目编码,科目名称,客户,方向,期末余额\n101,库存现金,,借,100\n113,内部往来,何老四,借,200\n301,资本,,贷,300\n",
        "余额.csv",
    )
    seen = foreign_files.look(book, path)
    assert (seen.open_accounts, [n.found.text for n in seen.open_names]) == ((), ["何老四"])
    assert foreign_files.look(book, path, seen.mapping) == seen
    with pytest.raises(Refused) as caught:
        bring_in.take_in(book, path, by=at(TODAY))
    assert [f.id for f in caught.value.findings] == ["IMP-51"]


def test_a_project_beside_every_line_is_not_set_off_by_the_cash_that_paid_it(book: Book):
    """Many exports repeat what an entry is about on all of its lines; the line of money is of nobody."""
    road = Project(
        "X1",
        "水渠",
        ProjectKind.CONSTRUCTION,
        "代表会1号",
        date(2025, 1, 3),
        100_000,
        ((Source.OWN, 100_000),),
    )
    projects.register(book, road, at(date(2025, 1, 3)))
    text = HEAD + (
        "2025-01-05,付-1,水渠水泥,153,在建工程,800,,县供电所,,水渠\n,,,101,库存现金,,800,县供电所,,水渠\n"
        "2025-01-06,收-1,水渠补助,101,库存现金,300,,县供电所,,水渠\n,,,503,补助收入,,300,县供电所,,水渠\n"
    )
    path = file(book, text)
    seen = foreign_files.look(book, path)
    mapping = seen.mapping.with_entries(foreign_links.sure_entries(seen.names))
    bring_in.take_in(book, path, mapping, by=at(TODAY))
    assert tied(book) == [("outsider", "W001"), ("project", "X1")] * 2
    with book.reading() as connection:
        stands = plan_facts.posted_on(
            connection, registry.read_chart(connection), Link(LinkKind.PROJECT, "X1"), TODAY
        )
        rows = links.linked_rows(connection, POWER.link, TODAY)
    assert stands == (30_000, 80_000)
    assert [row[5:8] for row in rows] == [("153", 80_000, 0), ("503", 0, 30_000)]


@given(st.text(min_size=1), st.lists(st.text(min_size=1), max_size=5))
def test_only_an_equal_name_is_ever_offered(text: str, names: list[str]):
    targets = [LinkTarget(LinkKind.OUTSIDER, f"W{i}", name) for i, name in enumerate(names)]
    named: dict[str, list[LinkTarget]] = {}
    for target in targets:
        named.setdefault(name_key(target.name), []).append(target)
    bare = text.lstrip("0123456789-./_[]【】() ")
    for offered in equal_names(FileName(NameRole.PARTY, text), named):
        assert name_key(offered.name) in {name_key(text), name_key(bare)}


def test_a_bracket_tells_two_people_apart():
    pair = [LinkTarget(LinkKind.HOUSEHOLD, c, f"张三（{c[1]}组）") for c in ("01-001", "02-001")]
    named = {"张三": pair}
    assert equal_names(FileName(NameRole.PARTY, "张三(2组)"), named) == (pair[1],)
    assert equal_names(FileName(NameRole.PARTY, "张三"), named) == tuple(pair)
    assert equal_names(FileName(NameRole.PARTY, "0012 张三"), named) == tuple(pair)
    assert key_of(NameRole.PARTY, "张三(2组)") != key_of(NameRole.PARTY, "张三")
    assert Entry.from_data(Entry(pair[0]).to_data()) == Entry(pair[0])
    assert Entry(pair[0]).holds({Link(LinkKind.HOUSEHOLD, "01-001"): pair[0]})
