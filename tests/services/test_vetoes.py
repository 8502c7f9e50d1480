"""A no stays visible with what became of it; only representatives and the township lift it, never the village alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.builders import (
    DAY,
    Village,
    at,
    make_village,
    minutes,
    move,
    payment,
    photo,
    sign_everything,
    submit,
)
from tests.refusing import refused
from villagebook.domain.document import Document, Item
from villagebook.domain.meeting import Body, Matter
from villagebook.domain.period import Span
from villagebook.domain.resolution import ResolutionItem
from villagebook.services import reports
from villagebook.services.approvals import resolutions, signing, slips, vetoes
from villagebook.services.approvals.vetoes import Fate
from villagebook.services.disclosure.compiling import compile_from
from villagebook.services.gathering.facts import ground
from villagebook.services.period_end.checking import check_book
from villagebook.services.vouchers import documents, voucher_sheets

D11, D12, D13 = date(2025, 1, 11), date(2025, 1, 12), date(2025, 1, 13)
NUMBER = "代表会2025-01号"
HEADS = {"body": Body.COMMITTEES, "entitled": 7, "present": 7, "yes": 7, "no": 0, "abstained": 0}


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    made = make_village(tmp_path)
    move(made, "IN", "EX", 900_000)
    yield made
    made.book.close()


@pytest.fixture
def rejected(village: Village) -> Document:
    """A bill supervision has said no to."""
    made = payment(village, 50_000, summary="购买对讲机十部")
    submit(village, made)
    signing.reject(village.book, made.id, village.ids["head"], "没有采购计划", at(D11))
    return made


def let_through(village: Village, document: Document, number: str = NUMBER, **changes: Any) -> None:
    item = ResolutionItem(1, "同意支付", Matter.VETO, document.total_fen, document=document.id)
    resolutions.record(village.book, minutes(village, number, D11, item, **changes), at(D11))


def fate(village: Village) -> Fate:
    (veto,) = vetoes.listing(village.book)
    return veto.fate


def test_a_no_is_listed_with_who_said_it_and_why(village: Village, rejected: Document):
    (veto,) = vetoes.listing(village.book)
    assert (veto.document, veto.rejected_on, veto.by_name) == (rejected, D11, "张海涛")
    assert (veto.reason, veto.fate, veto.lifted) == ("没有采购计划", Fate.STANDS, None)
    table = reports.make(village.book, "vetoes", Span.of(village.book.info.start)).table
    assert table.targets == (f"register:vetoes/{rejected.id}",)


def test_the_representatives_lift_it_and_the_same_bill_is_signed_again(village: Village, rejected: Document):
    assert refused(lambda: vetoes.again(village.book, rejected.id, at(D12))) == ["AP-08"]
    let_through(village, rejected)
    vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))
    assert fate(village) is Fate.LIFTED
    assert vetoes.again(village.book, rejected.id, at(D12)).waiting_for == "Handler"
    assert fate(village) is Fate.WAITING
    view = documents.document_view(village.book, rejected.id)
    assert (view.state, NUMBER in view.lifting) == ("waiting", True)
    assert sign_everything(village, rejected.id, D12).label == "付-0001"
    (veto,) = vetoes.listing(village.book)
    assert (veto.fate, veto.voucher) == (Fate.PAID, "2025-01-12 付-0001")
    assert check_book(village.book) == ()


def test_the_lifting_stands_on_slip_voucher_and_notice(village: Village, rejected: Document):
    import pypdfium2

    let_through(village, rejected)
    vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))
    vetoes.again(village.book, rejected.id, at(D12))
    words = f"Veto lifted on 2025-01-12 by resolution {NUMBER}, item 1"
    slip = pypdfium2.PdfDocument(slips.slip_pdf(village.book, (rejected.id,)))
    assert words in slip[0].get_textpage().get_text_range()
    slip.close()
    sign_everything(village, rejected.id, D12)
    sheet = voucher_sheets.sheet(village.book, rejected.id)
    assert sheet is not None
    assert (f"{words}.", rejected.id) in sheet.relations
    with village.book.reading() as connection:
        base = ground(connection, village.book.info, D13)
        made = compile_from(connection, village.book.info, base, Span.of(village.book.info.start), D13)
    assert any(words in line.remark for line in made.notice.lines)


def test_the_township_lifts_it_with_number_and_picture(village: Village, rejected: Document):
    paper = photo(village)

    def lift(person: str, reference: str = "镇批2025-9", *, picture: bool = True) -> Callable[[], Any]:
        decision = paper if picture else None
        return lambda: vetoes.lift_by_township(
            village.book, rejected.id, village.ids[person], reference, decision, D12, at(D12)
        )

    for nobody in ("director", "secretary", "head", "villager"):
        assert refused(lift(nobody)) == ["AP-08"]
    assert refused(lift("township", " ")) == ["AP-08"]
    assert refused(lift("township", picture=False)) == ["AP-08"]
    lift("township")()
    (veto,) = vetoes.listing(village.book)
    assert veto.lifted is not None
    assert "郑卫东" in veto.lifted.words
    assert "镇批2025-9" in veto.lifted.words
    assert veto.lifted.evidence == paper.sha256
    assert refused(lift("township")) == ["AP-08"]  # nothing left to lift


@pytest.mark.parametrize(
    ("changes", "wanted"),
    [
        (HEADS, ["AP-14"]),  # those who wanted to pay
        ({"yes": 12, "no": 11}, ["AP-13"]),
        ({"body": Body.GROUP, "group": 1}, ["AP-14"]),
    ],
)
def test_no_other_vote_lifts_it(
    village: Village, rejected: Document, changes: dict[str, Any], wanted: list[str]
):
    let_through(village, rejected, **changes)
    before = village.book.head()
    assert refused(lambda: vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))) == wanted
    assert village.book.head() == before
    assert fate(village) is Fate.STANDS


def test_a_resolution_about_something_else_does_not_lift_it(village: Village, rejected: Document):
    other = payment(village, 50_000, summary="购买打印机")
    submit(village, other)
    signing.reject(village.book, other.id, village.ids["head"], "已有打印机", at(D11))
    let_through(village, other)
    act = lambda: vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))
    assert refused(act) == ["AP-14"]
    spending = ResolutionItem(1, "购买对讲机", Matter.SPENDING, 50_000)
    resolutions.record(village.book, minutes(village, "代表会2025-02号", D11, spending), at(D11))
    act = lambda: vetoes.lift_by_resolution(village.book, rejected.id, "代表会2025-02号", at(D12))
    assert refused(act) == ["AP-14"]
    act = lambda: vetoes.lift_by_resolution(village.book, rejected.id, "无此号", at(D12))
    assert refused(act) == ["AP-14"]


def test_naming_a_resolution_on_the_bill_lifts_nothing(village: Village, rejected: Document):
    let_through(village, rejected)
    named = replace(rejected, resolution=NUMBER)
    assert "AP-08" in refused(lambda: submit(village, named, D12))
    vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))
    assert refused(lambda: submit(village, named, D12)) == ["AP-14"]  # an item about a veto pays for nothing
    dearer = replace(rejected, items=(Item("511", 50_001, "对讲机"),))
    assert refused(lambda: submit(village, dearer, D12)) == ["AP-08"]


def test_a_second_no_wants_a_second_lifting(village: Village, rejected: Document):
    let_through(village, rejected)
    vetoes.lift_by_resolution(village.book, rejected.id, NUMBER, at(D12))
    vetoes.again(village.book, rejected.id, at(D12))
    signing.reject(village.book, rejected.id, village.ids["supervisor"], "价格高于市价", at(D12))
    assert [v.fate for v in vetoes.listing(village.book)] == [Fate.STANDS, Fate.LIFTED]
    assert refused(lambda: vetoes.again(village.book, rejected.id, at(D13))) == ["AP-08"]
    let_through(village, rejected, "代表会2025-02号")
    vetoes.lift_by_resolution(village.book, rejected.id, "代表会2025-02号", at(D13))
    assert vetoes.again(village.book, rejected.id, at(D13)).waiting_for
    assert check_book(village.book) == ()


def test_what_nobody_rejected_cannot_be_lifted(village: Village):
    bill = payment(village, 50_000)
    submit(village, bill)
    item = ResolutionItem(1, "同意支付", Matter.VETO, 50_000, document=bill.id)
    resolutions.record(village.book, minutes(village, NUMBER, DAY, item), at(DAY))
    assert refused(lambda: vetoes.lift_by_resolution(village.book, bill.id, NUMBER, at(D12))) == ["AP-08"]
    assert refused(lambda: vetoes.again(village.book, "nobody", at(D12))) == ["AP-38"]
    assert vetoes.listing(village.book) == ()
