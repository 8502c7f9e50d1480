"""Examples for invoices: a sound one behind a payment, spoiled in one place at a time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import NAME
from tests.rules import facts as f
from villagebook.domain.booked_invoice import (
    BookedInvoice,
    InvoiceCheck,
    InvoiceState,
    KnownInvoice,
    Result,
    reading,
)
from villagebook.domain.document import Attachment, Document, Item, Support
from villagebook.domain.invoice import STRANGER, Carrier, Invoice, InvoiceItem, InvoiceKind, Journey
from villagebook.domain.trip import Transport, Trip, TripStanding
from villagebook.rules.facts import Facts
from villagebook.rules.invoice_facts import InvoiceFacts, TripFacts
from villagebook.rules.rule import When
from villagebook.rules.trip_facts import TravelFacts

Make = Callable[[], Facts]
JOURNEY = TripStanding(
    Trip("T1", ("handler",), "培训", "聊城", date(2025, 3, 1), date(2025, 3, 3), Transport.BUS, 1_000_000),
    date(2025, 2, 27),
)
TRAVELLED = TravelFacts(named="T1", settled=JOURNEY)
ISSUED = date(2025, 3, 3)
FILE = "cd" * 32
SOUND = Invoice(
    InvoiceKind.DIGITAL,
    "25372000001234567890",
    issued_on=ISSUED,
    seller="县农机公司",
    seller_id="91350100M000100Y43",
    buyer=NAME,
    net_fen=44_248,
    tax_fen=5_752,
    total_fen=50_000,
    total_words="伍佰圆整",
    items=(InvoiceItem("*农机*灌溉水泵", 44_248, 5_752, "1", "台", "13%"),),
    carrier=Carrier.XML,
)
OLD = replace(
    SOUND, kind=InvoiceKind.VAT_SPECIAL, code="3700201130", number="12345678", total_words="", items=()
)
RAIL = Invoice(
    InvoiceKind.RAIL,
    "25119110001000012345",
    issued_on=ISSUED,
    net_fen=45_872,
    tax_fen=4_128,
    total_fen=50_000,
    journey=Journey("济南西", "聊城", date(2025, 3, 1), "G1812", "二等座"),
    carrier=Carrier.XBRL,
)
TICKET = Invoice(
    InvoiceKind.TICKET, "0012345", "137001", issued_on=ISSUED, seller="县客运站", total_fen=50_000
)
HOTEL = replace(
    SOUND, total_words="", items=(InvoiceItem("*住宿服务*住宿费", 44_248, 5_752, "2", "晚", "13%"),)
)


def paper(invoice: Invoice = SOUND, *others: Invoice, **changes: Any) -> BookedInvoice:
    """With its file, which says what is told, unless `others` are what its carriers say."""
    made = BookedInvoice(invoice, FILE, tuple(reading(i) for i in others or (invoice,)))
    return replace(made, **changes)


def document(*papers: BookedInvoice, **changes: Any) -> Document:
    kept = tuple(
        Attachment(s, "发票", "application/xml") for s in dict.fromkeys(p.sha256 for p in papers) if s
    )
    return f.payment(**{"invoices": papers, "attachments": kept, **changes})


def with_facts(found: InvoiceFacts, *papers: BookedInvoice, **changes: Any) -> Make:
    """Tickets are of an approved journey, which is told elsewhere (list_examples.py)."""
    travel = TRAVELLED if any(p.told.journey for p in papers) else TravelFacts()
    return lambda: f.about(document(*papers, **changes), invoices=found, travel=travel)


def pays(*papers: BookedInvoice, **changes: Any) -> Make:
    return with_facts(InvoiceFacts(), *papers, **changes)


def one(**changes: Any) -> Make:
    """A payment on the sound invoice, changed, with a file that says the same."""
    return pays(paper(replace(SOUND, **changes)))


def known(invoice: Invoice = SOUND, **changes: Any) -> KnownInvoice:
    """An invoice of an earlier year's voucher."""
    made = KnownInvoice(
        invoice,
        "灌溉水泵",
        "ef" * 32,
        "d0",
        1,
        InvoiceState.BOOKED,
        date(2024, 11, 4),
        "县农机公司",
        "购买水泵",
        "v0",
        "付-0031",
        "handler",
    )
    return replace(made, **changes)


def number(text: str, invoice: Invoice = SOUND) -> Invoice:
    return replace(invoice, number=text)


def day(text: str, invoice: Invoice = SOUND) -> Invoice:
    return replace(invoice, issued_on=date.fromisoformat(text))


def used(*found: KnownInvoice) -> Make:
    return with_facts(InvoiceFacts(used=found), paper())


def like(*found: KnownInvoice) -> Make:
    return with_facts(InvoiceFacts(like=found), paper())


def series(invoice: Invoice, *found: KnownInvoice) -> Make:
    return with_facts(InvoiceFacts(series=found), paper(invoice))


OF_FENG = InvoiceFacts(trip=TripFacts(date(2025, 3, 1), date(2025, 3, 9), "聊城", ("冯志",)))


def journey(**changes: Any) -> Invoice:
    assert RAIL.journey
    return replace(RAIL, journey=replace(RAIL.journey, **changes))


def onward(no: str, origin: str, destination: str, on: str) -> Invoice:
    return replace(RAIL, number=no, journey=Journey(origin, destination, date.fromisoformat(on)))


TO_TOWN = onward("25119110001000050001", "济南西", "聊城", "2025-03-01")
BACK = onward("25119110001000090002", "聊城站", "济南", "2025-03-02")
ASIDE = onward("25119110001000090002", "德州东", "济南", "2025-03-02")
TWICE = (Item("511", 100_000, "往返车票"),)


def hotel(quantity: str = "2", *, papers: int = 2, trip: TripFacts | None = None) -> Make:
    item = replace(HOTEL.items[0], quantity=quantity)
    return with_facts(
        InvoiceFacts(trip=trip),
        paper(replace(HOTEL, items=(item,))),
        paper_count=papers,
        summary="外出培训住宿",
    )


def slip(on: str) -> Make:
    told = Invoice(
        InvoiceKind.RAIL_PAPER,
        "Z123A045678",
        total_fen=50_000,
        journey=Journey("济南", "聊城", date.fromisoformat(on)),
    )
    moved = date.fromisoformat(on)
    doc = document(BookedInvoice(told), booked_on=moved)
    return lambda: f.about(doc, today=moved, travel=TRAVELLED)


def person(**changes: Any) -> Make:
    doc = f.payment(
        support=Support.PERSON_RECEIPT,
        party="许春雷",
        **{"id_tail": "2X", "no_invoice": "摆摊卖菜", **changes},
    )
    return lambda: f.about(doc)


def paid(day_fen: int, month_fen: int) -> Make:
    doc = f.payment(support=Support.PERSON_RECEIPT, party="许春雷", id_tail="07", no_invoice="摆摊卖菜")
    return lambda: f.about(doc, invoices=InvoiceFacts(person_day_fen=day_fen, person_month_fen=month_fen))


def answer(**changes: Any) -> Make:
    made = replace(InvoiceCheck(SOUND.key, Result.AGREES, f.DAY, "郑卫东"), **changes)
    return lambda: f.ground(invoices=InvoiceFacts(checks=(made,), numbers=frozenset({SOUND.key})))


def month(*gone: KnownInvoice) -> Make:
    check = InvoiceCheck(SOUND.key, Result.RED, f.DAY, "郑卫东")
    return lambda: replace(f.month(), invoices=InvoiceFacts(taken_back=tuple((k, check) for k in gone)))


def sold(by: str, item: str = "*农机*灌溉水泵", close: dict[str, str] | None = None, owner: str = "") -> Make:
    told = replace(SOUND, seller=by, items=(replace(SOUND.items[0], name=item),))
    owned = {by: owner} if owner else {}
    return with_facts(InvoiceFacts(close=close or {}, owned=owned), paper(told), party=by)


def first_time(fen: int, *, known_seller: bool = False) -> Make:
    told = replace(SOUND, net_fen=None, tax_fen=None, total_words="", items=(), total_fen=fen)
    new = frozenset() if known_seller else frozenset({told.seller})
    return with_facts(InvoiceFacts(new_sellers=new), paper(told))


RED = replace(
    SOUND,
    number="25372000009999999999",
    is_red=True,
    red_of=SOUND.number,
    net_fen=-44_248,
    tax_fen=-5_752,
    total_fen=-50_000,
    total_words="",
    items=(),
)
LESS = {"support": Support.CONTRACT}
"""Paid on something else than the invoices' sum."""
WIDE = "25371000001234567890"
SUBMIT = When.SUBMIT

INVOICE_EXAMPLES: dict[tuple[str, When], tuple[Make, ...]] = {
    ("INV-01", SUBMIT): (
        one(),
        one(number="2537200000123456789"),
        pays(paper(replace(OLD, number="1234567"))),
        pays(paper(replace(OLD, code="37002O1130"))),
        lambda: f.about(document(BookedInvoice(replace(TICKET, number="第5号")))),
    ),
    ("INV-02", SUBMIT): (
        used(known(state=InvoiceState.REVERSED), known(state=InvoiceState.FREED)),
        used(known()),
        used(known(state=InvoiceState.WAITING)),
        pays(paper(), paper()),
        lambda: f.about(f.payment(support_no=SOUND.number), invoices=InvoiceFacts(used=(known(),))),
    ),
    ("INV-02", When.POST): (
        lambda: f.about(f.payment(), slots=()),
        lambda: f.about(document(paper()), invoices=InvoiceFacts(used=(known(),)), slots=()),
    ),
    ("INV-03", SUBMIT): (
        like(
            known(replace(number("25372000001234567891"), total_fen=9_900)),
            known(number("25372000001234567809"), state=InvoiceState.FREED),
            known(replace(day("2024-11-01", number("25372000001234567809")), total_fen=9_900)),
        ),
        like(known(number("25372000001234567809", replace(SOUND, issued_on=None)))),
        like(known(replace(SOUND, number="25372000007777777777"))),
        with_facts(InvoiceFacts(like=(known(number("24372000007777777777", day("2024-11-01")), sha256=FILE),)), paper()),
        lambda: f.about(
            f.payment(support_no=SOUND.number),
            invoices=InvoiceFacts(like=(known(number("25372000001234568790")),)),
        ),
    ),
    ("INV-04", SUBMIT): (
        one(),
        one(number="24372000001234567890"),
        pays(paper(replace(OLD, kind=InvoiceKind.VAT_E_ORDINARY, code="037002400111"))),
    ),
    ("INV-05", SUBMIT): (one(number=WIDE.replace("71", "65", 1)), one(number="25992000001234567890")),
    ("INV-06", SUBMIT): (
        one(),
        one(tax_fen=5_750),
        one(total_words="伍佰零壹元整"),
        one(items=(replace(SOUND.items[0], rate="8%"),)),
        pays(paper(), items=(Item("511", 50_001, "灌溉水泵"),)),
    ),
    ("INV-07", SUBMIT): (
        one(buyer=f"{NAME}股份经济合作社"),
        one(buyer="冯志"),
        one(buyer="欧阳建国"[:3]),
        one(buyer="个人"),
        lambda: f.about(
            document(paper(replace(SOUND, buyer="冯志强的小卖部"))),
            invoices=InvoiceFacts(private=frozenset({"冯志强的小卖部"})),
        ),
    ),
    ("INV-08", SUBMIT): (
        one(seller_id="370102123456789"),
        one(seller_id="91350100M000100Y44"),
        one(seller_id="9135"),
    ),
    ("INV-09", SUBMIT): (
        one(),
        one(issued_on=date(2025, 3, 6)),
        one(issued_on=date(2025, 4, 6)),
        pays(paper(day("2025-01-02")), paper(day("2025-01-02", number("25372000006666666666")))),
        pays(paper(day("2024-12-31", number("24372000001234567890")))),
        pays(paper(), event_on=date(2025, 1, 20)),
    ),
    ("INV-10", SUBMIT): (
        series(
            SOUND,
            known(number("25372000001234567896", day("2025-02-20"))),
            known(number("25372000001234567891", day("2025-01-02"))),
            known(replace(number("25372000001234567891", day("2025-02-20")), seller="县水利站")),
            known(number("25372000001234567891", day("2025-02-20")), state=InvoiceState.REVERSED),
        ),
        series(SOUND, known(number("25372000001234567893", day("2025-02-20")))),
        pays(paper(), paper(number("25372000001234567888"))),
        series(OLD, known(number("12345680", replace(OLD, issued_on=date(2025, 2, 20))))),
    ),
    ("INV-11", SUBMIT): (
        pays(paper(replace(SOUND, items=(replace(SOUND.items[0], name="*文具*办公用品"),)), listed_fen=50_000)),
        one(items=(replace(SOUND.items[0], name="*文具*办公用品"),)),
        pays(paper(replace(SOUND, items=(replace(SOUND.items[0], name="劳保"),)), listed_fen=49_000)),
        one(items=(replace(SOUND.items[0], amount_fen=40_000),)),
    ),
    ("INV-12", SUBMIT): (
        pays(paper(SOUND, SOUND, replace(reading(SOUND), seller="", buyer="", carrier=Carrier.QR))),
        pays(paper(SOUND, SOUND, replace(reading(SOUND), total_fen=5_000, carrier=Carrier.QR))),
        pays(paper(SOUND, SOUND, replace(reading(SOUND), issued_on=date(2025, 3, 8), carrier=Carrier.QR))),
    ),
    ("INV-13", SUBMIT): (
        one(),
        pays(paper(SOUND, replace(SOUND, seller="县水利站"))),
        pays(paper(SOUND, replace(SOUND, total_fen=40_000))),
        pays(paper(), attachments=()),
    ),
    ("INV-25", SUBMIT): (
        pays(paper(OLD, replace(OLD, carrier=Carrier.QR))),
        pays(paper(SOUND, replace(SOUND, carrier=Carrier.QR))),
        lambda: f.about(document(BookedInvoice(SOUND))),
    ),
    ("INV-14", SUBMIT): (
        with_facts(
            InvoiceFacts(reds=(known(replace(RED, red_of="25372000000000000001")),), originals=()), paper()
        ),
        with_facts(InvoiceFacts(originals=(known(),)), paper(RED), **LESS),
        pays(paper(replace(RED, red_of="")), **LESS),
        with_facts(InvoiceFacts(reds=(known(RED),)), paper()),
    ),
    ("INV-14", When.CLOSE): (month(), month(known())),
    ("INV-15", SUBMIT): (
        pays(paper(RAIL)),
        pays(paper(journey(travelled_on=date(2025, 1, 2)))),
        pays(paper(journey(travelled_on=date(2025, 3, 6)))),
        with_facts(InvoiceFacts(trip=TripFacts(date(2025, 3, 2), date(2025, 3, 4), "聊城")), paper(RAIL)),
    ),
    ("INV-36", SUBMIT): (
        with_facts(OF_FENG, paper(journey(passenger="冯 志"))),
        with_facts(OF_FENG, paper(journey(passenger="周敏"))),
        with_facts(OF_FENG, paper(journey(passenger=STRANGER))),
        pays(paper(journey(passenger=STRANGER))),
    ),
    ("INV-16", SUBMIT): (
        pays(paper(TO_TOWN), paper(BACK), items=TWICE),
        pays(paper(TO_TOWN), paper(ASIDE), items=TWICE),
        pays(paper(journey(seat="商务座"))),
        pays(paper(replace(RAIL, total_fen=60_001, net_fen=None, tax_fen=None)), items=(Item("511", 60_001, "车票"),)),
    ),
    ("INV-17", SUBMIT): (
        hotel(),
        hotel(""),
        hotel("1"),
        hotel(papers=1),
        hotel("3", trip=TripFacts(date(2025, 3, 1), date(2025, 3, 3), "聊城", ("冯志",))),
        hotel("9999999999", trip=TripFacts(date(2025, 3, 1), date(2025, 3, 3), "聊城", ("冯志",))),
        hotel(trip=TripFacts(date(2025, 3, 1), date(2025, 3, 3), "济南", ("冯志",))),
        hotel(trip=TripFacts(date(2025, 3, 2), date(2025, 3, 4), "聊城", ("冯志",))),
    ),
    ("INV-18", SUBMIT): (
        series(TICKET, known(number("0012347", TICKET)), known(number("0012399", TICKET))),
        series(TICKET, known(number("0012347", day("2025-02-01", TICKET)))),
        series(TICKET, known(number("0012344", TICKET), handler="clerk")),
        pays(
            paper(TICKET),
            paper(number("0012340", day("2025-03-04", TICKET))),
            items=(Item("511", 100_000, "客运车票"),),
        ),
    ),
    ("INV-35", SUBMIT): (
        series(TICKET, known(number("0012299", day("2025-02-01", TICKET)))),
        series(TICKET, known(number("0012999", day("2025-02-01", TICKET)))),
        series(TICKET, known(number("0012299", day("2025-04-01", TICKET)))),
    ),
    ("INV-19", SUBMIT): (slip("2025-09-30"), slip("2025-10-01")),
    ("INV-20", SUBMIT): (
        lambda: f.about(
            document(paper(journey(travelled_on=date(2025, 1, 3))), event_on=date(2025, 2, 1)),
            travel=TRAVELLED,
        ),
        lambda: f.about(
            document(paper(replace(journey(travelled_on=date(2025, 2, 1)), issued_on=date(2025, 8, 2))), booked_on=date(2025, 8, 5), event_on=None),
            today=date(2025, 8, 31),
            invoices=InvoiceFacts(trip=TripFacts(date(2025, 2, 1), date(2025, 2, 1), "聊城")),
            travel=TRAVELLED,
        ),
    ),
    ("INV-21", SUBMIT): (
        sold("县农机公司", close={"王建国": "王建国"}),
        sold("王建国五金店", close={"王建国": "王建国"}),
        sold("王小明水泥经营部", close={"王小明": "王建国"}),
        sold("县农机公司", owner="王建国"),
        sold("县好味食品商行", "*建材*水泥"),
    ),
    ("INV-22", SUBMIT): (
        first_time(50_050),
        first_time(100_000),
        first_time(99_900),
        first_time(654_321),
    ),
    ("INV-23", SUBMIT): (
        person(),
        person(id_tail=""),
        paid(30_000, 30_000),
        paid(0, 70_000),
    ),
    ("INV-24", When.REGISTER): (
        answer(),
        answer(key="25372000000000000000"),
        answer(checked_on=date(2025, 4, 1)),
        answer(person=" "),
        answer(result=Result.UNASKED),
    ),
}  # fmt: skip
