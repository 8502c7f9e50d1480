"""Entries of registers read as values are what their data says, changes up to the day included; so are links to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.builders import Village, at, by_hand, make_village
from villagebook.domain.asset import Asset
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.loan import Loan, LoanSide
from villagebook.domain.register import entry_data
from villagebook.domain.resource import Resource, ResourceKind, Use
from villagebook.services.registers import assets
from villagebook.storage import entries, links

DAY = date(2025, 1, 20)
CARD = Asset("A-1", "a pump", date(2024, 5, 1), 500_000, life_months=60, location="the well")
POND = Resource("R-1", "the fish pond", ResourceKind.WATER, "12.5", use=Use.CONTRACTED, contract="C-1")
LEASE = Contract(
    "C-1", "lease of the pond", ContractKind.LAND_LEASE, Direction.INCOME, "何老四", DAY, DAY, date(2026, 1, 19),
    120_000, (Instalment(DAY, 60_000), Instalment(date(2025, 7, 1), 60_000)), "501",
    objects=(Link(LinkKind.RESOURCE, "R-1"),),
)  # fmt: skip
DEBT = Loan("L-1", "seed money", LoanSide.BORROWED, "青石砖厂", "201", 70_000, date(2024, 3, 1))
KINDS = (
    (LinkKind.ASSET, entries.assets, Asset.from_data, CARD),
    (LinkKind.RESOURCE, entries.resources, Resource.from_data, POND),
    (LinkKind.CONTRACT, entries.contracts, Contract.from_data, LEASE),
    (LinkKind.LOAN, entries.loans, Loan.from_data, DEBT),
)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Village]:
    made = make_village(Path(tmp_path_factory.mktemp("registers")))
    for kind, _read, _make, one in KINDS:
        data: dict[str, object] = {"entry": entry_data(one)}
        by_hand(made, (f"{kind.value}.registered", data), day=DAY)
    yield made
    made.book.close()


def test_a_change_is_seen_on_its_day(village: Village):
    day = date(2025, 12, 1)
    after = replace(CARD, location="the new well")
    assets.change(village.book, after, day, "it was carried there", at(day))
    with village.book.reading() as connection:
        assert entries.assets(connection) == {"A-1": after}
        assert entries.assets(connection, date(2025, 11, 30)) == {"A-1": CARD}


def test_values_say_what_the_data_says_on_every_day(village: Village):
    with village.book.reading() as connection:
        days = [c.changed_on for kind, *_rest in KINDS for c in entries.changes(connection, kind)]
        for kind, read, make, one in KINDS:
            assert list(read(connection, DAY).values()) == [one]
            for day in (DAY, *days, date.max):
                told = entries.entries(connection, kind, day)
                assert read(connection, day) == {code: make(body) for code, body in told.items()}
                assert list(read(connection, day)) == list(told)


def test_links_are_known_one_by_one_as_in_the_whole_list(village: Village):
    with village.book.reading() as connection:
        every = {t.link: t for t in links.targets(connection)}
        assert links.known(connection, every) == every
        assert links.known(connection, [Link(LinkKind.ASSET, "nowhere")]) == {}
        assert links.known(connection, []) == {}
