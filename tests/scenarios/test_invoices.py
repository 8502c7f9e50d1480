"""A year with invoices: one is brought twice, one with two figures swapped, one in a person's name, one is taken back later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests import invoices as paper
from tests.builders import Village, at, ids_of, make_village, move, receive, sign_everything, submit
from villagebook.domain.booked_invoice import InvoiceCheck, InvoiceState, Result
from villagebook.domain.document import Document
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Severity
from villagebook.domain.period import Period, Span
from villagebook.services.invoicing import invoice_fill, invoice_tables, invoices
from villagebook.services.period_end import closing
from villagebook.services.period_end.checking import check_path
from villagebook.services.vouchers import documents, reversing

JAN, MARCH, NEXT = date(2025, 1, 10), date(2025, 3, 12), date(2026, 1, 15)
SWAPPED = paper.NUMBER[:-4] + paper.NUMBER[-3] + paper.NUMBER[-4] + paper.NUMBER[-2:]


def findings(village: Village, document: Document, day: date) -> dict[str, Severity]:
    return {f.id: f.severity for f in documents.preview(village.book, document, day).findings}


def refused(village: Village, document: Document, day: date) -> list[str]:
    with pytest.raises(Refused) as caught:
        submit(village, document, day)
    return ids_of(caught.value.findings)


def test_a_year_with_invoices(tmp_path: Path) -> None:
    village = make_village(tmp_path)
    book = village.book
    move(village, "IN", "EX", 1_000_000)

    # January: the pump is bought; the seller's XML fills the form and is kept to the byte.
    pump = paper.paid_on(village, paper.xml(), day=JAN)
    assert findings(village, pump, JAN) == {}
    submit(village, pump, JAN)
    label = sign_everything(village, pump.id, JAN).label

    # March: somebody brings the same invoice again. It is refused, and the sentence says where it was used.
    again = paper.paid_on(village, paper.xml(), day=MARCH, excuse="说是另一台水泵")
    with pytest.raises(Refused) as caught:
        submit(village, again, MARCH)
    (used,) = [f for f in caught.value.findings if f.id == "INV-02"]
    assert f"2025-01-10 {label}" in used.text

    # Two figures swapped on a photocopy: held until a named person has compared both papers.
    swapped = paper.paid_on(village, paper.xml(SWAPPED, day=JAN), day=JAN)
    assert refused(village, swapped, MARCH) == ["INV-03"]

    # Made out to a person: nothing lifts it, not even a recorded reason.
    private = paper.paid_on(
        village,
        paper.xml("25372000002222222222", 30_000, MARCH, buyer="冯志"),
        30_000,
        MARCH,
        excuse="先用个人名义开",
    )
    assert "INV-07" in refused(village, private, MARCH)

    # What was typed is not what the XML says: held line by line, taken over with one button, sent in.
    pipe = paper.paid_on(village, paper.xml("25372000003333333333", 20_000, MARCH), 20_000, MARCH)
    (booked,) = pipe.invoices
    mistyped = replace(pipe, invoices=(replace(booked, told=replace(booked.told, total_fen=2_000_000)),))
    assert findings(village, mistyped, MARCH)["INV-13"] is Severity.HOLD
    (difference,) = [d for d in invoice_fill.differences(mistyped) if d.field == "invoice:0:total_fen"]
    mended = invoice_fill.taken(mistyped, difference.field)
    assert mended == pipe
    submit(village, mended, MARCH)
    sign_everything(village, mended.id, MARCH)

    # The township asks at the tax site: the pump's invoice was taken back in February.
    assert len(invoice_tables.to_verify(book, Span.year(2025)).rows) == 2
    answer = InvoiceCheck(paper.NUMBER, Result.RED, date(2025, 4, 2), "郑卫东", "县税务局查验")
    invoices.record(book, [answer], at(date(2025, 4, 2)))
    warned = [f for f in closing.review(book, Period(2025, 1), date(2025, 4, 2)) if f.id == "INV-14"]
    assert [(f.severity, f.target) for f in warned] == [(Severity.WARNING, f"voucher:{pump.id}")]

    # The money comes back, the voucher is reversed in red; the register keeps all of it, nothing is called verified.
    reversing.reverse(book, pump.id, "发票已被红冲,款项退回", date(2025, 4, 3), at(date(2025, 4, 3)))
    assert not [f for f in closing.review(book, Period(2025, 1), date(2025, 4, 3)) if f.id == "INV-14"]
    (row,) = [r for r in invoice_tables.register(book, Span.year(2025)).rows if r[1] == paper.NUMBER]
    assert "郑卫东" in str(row[6])
    assert [k.state for k in invoices.find(book, paper.NUMBER)] == [InvoiceState.REVERSED]

    # Next January the pipe's invoice comes once more: the year makes no difference.
    receive(village, 50_000, NEXT)
    late = paper.paid_on(
        village, paper.xml("25372000003333333333", 20_000, MARCH), 20_000, NEXT, excuse="去年的发票今年才报"
    )
    assert "INV-02" in refused(village, late, NEXT)
    assert check_path(book.path) == ()
