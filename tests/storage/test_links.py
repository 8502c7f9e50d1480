"""Links of lines into registers travel in the event, come back with the voucher, and are part of what `check` compares."""

from __future__ import annotations

import pytest

from tests.builders import DAY
from villagebook.domain.canonical import digest
from villagebook.domain.document import Document, Item, derive_lines
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.place import Places
from villagebook.domain.voucher import DocKind, VoucherLine

PUMP = Link(LinkKind.ASSET, "A-0001")


def test_a_line_without_links_keeps_the_form_and_hash_it_had() -> None:
    plain = VoucherLine("511", 100, 0, "泵")
    assert len(plain.to_data()) == 7
    assert "links" not in Item("511", 100, "泵").to_data()


def test_links_come_back_from_the_form_of_events() -> None:
    line = VoucherLine("151", 100, 0, "泵", links=(PUMP,))
    assert VoucherLine.from_data(line.to_data()) == line
    item = Item("151", 100, "泵", links=(PUMP,))
    assert Item.from_data(item.to_data()) == item
    assert digest(item.to_data()) != digest(Item("151", 100, "泵").to_data())


def test_a_red_line_belongs_to_the_same_entry() -> None:
    red = VoucherLine("151", 100, 0, "泵", links=(PUMP,)).red()
    assert red.links == (PUMP,)
    assert red.debit_fen == -100


def test_an_unknown_register_is_refused_as_a_bad_value() -> None:
    with pytest.raises(ValueError):
        Link.from_data(["spaceship", "1"])


def test_a_line_posts_its_links_in_the_order_the_book_gives_them_back() -> None:
    contract, pond = Link(LinkKind.CONTRACT, "H-1"), Link(LinkKind.ASSET, "G-1")
    told = Document(
        "1",
        DocKind.PAYMENT,
        DAY,
        "买泵",
        items=(Item("511", 5, "泵", links=(contract, pond), party="何老四"),),
    )
    (bought, _money) = derive_lines(told, Places(()))
    assert (bought.links, bought.party) == ((pond, contract), "何老四")
    line = VoucherLine("511", 5, 0, "泵", links=(contract, pond))
    (adjusted,) = derive_lines(Document("2", DocKind.ADJUSTMENT, DAY, "转账", lines=(line,)), Places(()))
    assert adjusted.links == (pond, contract)
