"""Examples for lists with payees, journeys and works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from tests.rules import facts as f
from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.contract import Contract, ContractKind, Direction, Instalment
from villagebook.domain.document import Attachment, Item, SpendKind, Support
from villagebook.domain.invoice import Invoice, InvoiceKind, Journey
from villagebook.domain.pay_list import ListKind, PayList, PayRate, PayRow
from villagebook.domain.pay_list_proof import ListProof, ListShown, ProofKind
from villagebook.domain.signature import slot_states
from villagebook.domain.trip import Transport, Trip, TripStanding
from villagebook.domain.works import Acceptance, Accepter
from villagebook.rules.contract_facts import ContractAct, ContractFacts
from villagebook.rules.facts import Facts
from villagebook.rules.pay_list_facts import ListFacts, ListPaid
from villagebook.rules.rule import When
from villagebook.rules.trip_facts import TravelFacts
from villagebook.rules.works_facts import WorksDraw, WorksFacts

Make = Callable[[], Facts]
Examples = dict[tuple[str, When], tuple[Make, ...]]

SUBMIT, POST, REGISTER, SIGN = When.SUBMIT, When.POST, When.REGISTER, When.SIGN
PAPER = Attachment(f.PHOTO, "名单.jpg", "image/jpeg")
DAYS = (date(2025, 3, 3), date(2025, 3, 4))
RATE = PayRate(ListKind.LOST_WORK, "", 8_000, date(2025, 1, 1), "代表会2025-1#1")
ROW = PayRow("何老四", 16_000, work="清理水渠", days=DAYS, rate_fen=8_000)
WORK = PayList(
    "L1", ListKind.LOST_WORK, "清理水渠", date(2025, 3, 1), date(2025, 3, 9), (ROW,), "代表会2025-1#1"
)
LAND = replace(
    WORK, kind=ListKind.LAND, title="征地补偿款", rows=(PayRow("何老四", 300_000, household="01-001"),)
)
GIFT = replace(
    WORK, kind=ListKind.CONDOLENCE, title="春节慰问", rows=(PayRow("何老四", 30_000),), resolution=""
)


def rows(*made: PayRow, of: PayList = WORK) -> PayList:
    return replace(of, rows=made)


def row(**changes: Any) -> PayList:
    return rows(replace(ROW, **changes))


def about_list(made: PayList = WORK, **changes: Any) -> ListFacts:
    known = {
        "rates": (RATE,),
        "homes": {"何老四": ("01-001",), "钱进": ("01-002", "02-001"), "王建国": ("01-003",)},
    }
    return ListFacts(subject=made, **{**known, **changes})


def entering(made: PayList = WORK, **changes: Any) -> Facts:
    return f.ground(lists=about_list(made, new=True, **changes))


def paying(made: PayList | None = WORK, **changes: Any) -> Facts:
    """A payment of a list; what is not said of `ListPaid` is said of the facts of the list."""
    own: dict[str, Any] = {
        k: changes.pop(k) for k in ("cash", "changed", "reviewed_on", "shown", "proofs") if k in changes
    }
    own.setdefault("shown", SHOWN)
    own["others"] = changes.pop("other_documents", ())
    total_fen = changes.pop("total_fen", made.total_fen if made else 1_000)
    document = f.payment(
        summary="清理水渠误工补贴",
        items=(Item("513", total_fen, "清理水渠误工补贴"),),
        support=Support.SIGNED_LIST,
        support_no="L1",
        spend_kind=SpendKind.LOST_WORK,
        pay_list="L1",
    )
    if made is not None and made.kind is ListKind.LAND:
        document = replace(
            document,
            summary="发放补偿",
            items=(Item("513", total_fen, "发放补偿"),),
            spend_kind=SpendKind.ORDINARY,
        )
    paid = ListPaid("L1", **own)
    found = about_list(made, paid=paid, **changes) if made else ListFacts(paid=paid)
    return f.about(document, before={"EX": 10_000_000}, lists=found)


def at_post(facts: Facts) -> Facts:
    """The same with every slot of a small payment signed."""
    posted = f.posting(f.FULL)
    return replace(
        posted,
        lists=facts.lists,
        travel=facts.travel,
        works=facts.works,
        document=facts.document,
        lines=facts.lines,
        cash=facts.cash,
        content_hash=posted.content_hash,
    )


def posted(make: Make) -> Make:
    return lambda: at_post(make())


def kept(**changes: Any) -> Facts:
    return f.ground(lists=ListFacts(subject=WORK, **changes))


PROOF = ListProof("L1", "h", ProofKind.SIGNATURES, date(2025, 3, 9), (PAPER,))
SHOWN = ListShown("L1", "h", "村务公开栏", date(2025, 2, 20), (PAPER,))
TWIN = replace(WORK, code="L2")
MARCH_PAY = PayList(
    "L3",
    ListKind.PAY,
    "三月报酬",
    date(2025, 3, 1),
    date(2025, 3, 31),
    (PayRow("孙丽", 200_000, rate_fen=200_000),),
)
PAY_RATE = PayRate(ListKind.PAY, "", 200_000, date(2025, 1, 1), "代表会2025-1#2")


def _judged(make: Callable[..., Facts]) -> dict[str, tuple[Make, ...]]:
    """What is asked of a list when it is entered and when it is paid."""
    return {
        "AP-24": (
            lambda: make(),
            lambda: make(row(name="无名氏")),
            lambda: make(row(household="02-001")),
        ),
        "AP-25": (
            lambda: make(),
            lambda: make(rates=()),
            lambda: make(row(rate_fen=10_000, amount_fen=20_000)),
        ),
        "AP-26": (
            lambda: make(others=(replace(TWIN, rows=(replace(ROW, days=(date(2025, 3, 5),)),)),)),
            lambda: make(others=(TWIN,)),
            lambda: make(rows(ROW, replace(ROW, name="何 老四"))),
            lambda: make(row(days=(DAYS[0], DAYS[0]))),
        ),
        "LST-09": (
            lambda: make(GIFT),
            lambda: make(GIFT, earlier_fen={"何老四": 30_000}),
            lambda: make(rows(PayRow("何老四", 60_000), of=GIFT)),
        ),
    }


_ENTERED: dict[str, tuple[Make, ...]] = {
    **_judged(entering),
    "LST-12": (entering, lambda: entering(missing_glyphs=("\U00020bb7",))),
    "LST-01": (
        entering,
        lambda: entering(replace(WORK, title=" ")),
        lambda: entering(replace(WORK, code="a/b")),
        lambda: entering(replace(WORK, rows=())),
        lambda: entering(replace(LAND, resolution="")),
        lambda: entering(row(work="")),
        lambda: entering(row(note="卡号6222021234567890123")),
        lambda: entering(row(days=(date(2025, 3, 3), date(2025, 4, 1)))),
        lambda: entering(replace(row(days=(date(2025, 4, 3), date(2025, 4, 4))), to_on=date(2025, 4, 30))),
    ),
    "LST-02": (entering, lambda: entering(taken=True)),
    "LST-03": (entering, lambda: entering(held_by="付-0007")),
    "LST-04": (
        entering,
        lambda: entering(row(amount_fen=16_001)),
        lambda: entering(row(half=True)),
        lambda: entering(
            rows(replace(MARCH_PAY.rows[0], amount_fen=200_001), of=MARCH_PAY), rates=(PAY_RATE,)
        ),
    ),
    "LST-05": (entering, lambda: entering(row(name="王建国"))),
    "LST-10": (
        lambda: f.ground(lists=ListFacts(new_rate=RATE)),
        lambda: f.ground(lists=ListFacts(new_rate=replace(RATE, resolution=" "))),
        lambda: f.ground(lists=ListFacts(new_rate=replace(RATE, rate_fen=0))),
    ),
    "LST-11": (
        lambda: kept(proof=PROOF),
        lambda: kept(proof=replace(PROOF, papers=())),
        lambda: kept(proof=replace(PROOF, shown_on=date(2025, 4, 1))),
        lambda: kept(proof=replace(PROOF, failed=(2,))),
        lambda: kept(showing=replace(SHOWN, place=" ")),
    ),
}
LAND_READY = {"reviewed_on": date(2025, 2, 19), "shown": SHOWN}

_PAID: dict[str, tuple[Make, ...]] = {
    **_judged(paying),
    "LST-06": (
        paying,
        lambda: paying(None),
        lambda: paying(total_fen=15_000),
        lambda: paying(other_documents=("付-0007",)),
        lambda: paying(changed=True),
    ),
}


def welfare(**changes: Any) -> Make:
    return lambda: f.about(f.payment(**changes))


_LISTS: Examples = {
    **{(id, REGISTER): makes for id, makes in _ENTERED.items()},
    **{(id, SUBMIT): makes for id, makes in _PAID.items()},
    **{(id, POST): tuple(posted(m) for m in makes) for id, makes in _PAID.items()},
    ("AP-27", POST): (
        lambda: at_post(paying(cash=True, proofs=(PROOF,))),
        lambda: at_post(paying(cash=True)),
        lambda: at_post(paying(cash=True, proofs=(replace(PROOF, kind=ProofKind.BANK_RETURN),))),
    ),
    ("LST-07", SUBMIT): (
        lambda: paying(LAND, **LAND_READY),
        lambda: paying(LAND, **{**LAND_READY, "reviewed_on": None}),
        lambda: paying(LAND, **{**LAND_READY, "shown": None}),
        lambda: paying(LAND, **{**LAND_READY, "shown": replace(SHOWN, shown_on=date(2025, 3, 1))}),
        lambda: paying(LAND, **LAND_READY, cash=True),
    ),
    ("LST-18", SUBMIT): (
        paying,
        lambda: paying(shown=None),
        lambda: paying(shown=replace(SHOWN, shown_on=date(2025, 3, 31))),
    ),
    ("LST-08", SUBMIT): (
        paying,
        welfare(spend_kind=SpendKind.WELFARE, support=Support.SIGNED_LIST),
    ),
}

# ---- journeys ----

TRIP = Trip(
    "T1",
    ("handler",),
    "参加防汛会议",
    "聊城",
    date(2025, 3, 2),
    date(2025, 3, 4),
    Transport.BUS,
    60_000,
    "handler",
)
AHEAD = replace(TRIP, from_on=date(2025, 4, 2), to_on=date(2025, 4, 4))
APPROVED = TripStanding(TRIP, date(2025, 3, 1))


def asking(trip: Trip = AHEAD, **changes: Any) -> Facts:
    return f.ground(travel=TravelFacts(asked=trip, **changes))


def approving(trip: Trip = AHEAD, person: str = "handler", **changes: Any) -> Facts:
    base = f.ground()
    states = slot_states((base.policy.slots["H"],), ())
    signature = f.ink("H", person, **{"signed_on": f.TODAY, "subject": "trip:T1", **changes})
    return replace(base, states=states, signature=signature, travel=TravelFacts(signing=trip))


def deciding(person: str) -> Facts:
    """The turn of the head."""
    base = f.ground()
    states = slot_states((base.policy.slots["D"],), ())
    signature = f.ink("D", person, signed_on=f.TODAY, subject="trip:T1")
    return replace(base, states=states, signature=signature, travel=TravelFacts(signing=AHEAD))


def settling(standing: TripStanding | None = APPROVED, *papers: BookedInvoice, **changes: Any) -> Facts:
    told = {k: changes.pop(k) for k in ("lodging_fen",) if k in changes}
    document = f.payment(
        **{
            "summary": "赴聊城开会费用",
            "items": (Item("513", 50_000, "赴聊城开会费用"),),
            "spend_kind": SpendKind.TRAVEL,
            "trip": "T1",
            "enclosed": ("tickets",),
            "handler": "clerk",
            "payee_person": "handler",
            "party": "冯志",
            "invoices": papers,
            **changes,
        }
    )
    travel = TravelFacts(named="T1", settled=standing, **told)
    return f.about(document, travel=travel)


WAY = Journey("清水", "聊城", date(2025, 3, 3), "K1", "客车")
BUS = Invoice(
    InvoiceKind.TICKET,
    "0012345",
    issued_on=date(2025, 3, 3),
    seller="聊城汽车站",
    total_fen=50_000,
    journey=WAY,
)
DEAR = replace(BUS, journey=replace(WAY, seat="卧铺豪华"))
SLEPT = {"items": (Item("513", 50_000, "住宿费"),), "summary": "聊城住宿费"}

_SETTLED: dict[str, tuple[Make, ...]] = {
    "AP-20": (
        settling,
        lambda: settling(None),
        lambda: settling(TripStanding(TRIP)),
        lambda: settling(replace(APPROVED, approved_on=TRIP.from_on)),
        lambda: settling(replace(APPROVED, dropped="会议取消")),
        lambda: settling(
            replace(APPROVED, trip=replace(TRIP, from_on=date(2025, 3, 6), to_on=date(2025, 3, 7)))
        ),
    ),
    "AP-21": (
        settling,
        lambda: settling(payee_person="witness", party="陈桂花"),
        lambda: settling(payee_person="", party="陈桂花"),
    ),
    "AP-22": (
        lambda: settling(APPROVED, **SLEPT),
        lambda: settling(APPROVED, **SLEPT, lodging_fen=30_000),
    ),
    "AP-23": (
        lambda: settling(APPROVED, BookedInvoice(BUS)),
        lambda: settling(APPROVED, BookedInvoice(DEAR)),
    ),
    "TRP-06": (settling, lambda: settling(replace(APPROVED, paid_fen=20_000))),
}

_TRIPS: Examples = {
    ("TRP-01", REGISTER): (
        asking,
        lambda: asking(replace(AHEAD, travellers=())),
        lambda: asking(replace(AHEAD, travellers=("nobody",))),
        lambda: asking(replace(AHEAD, purpose=" ")),
        lambda: asking(replace(AHEAD, destination="")),
        lambda: asking(replace(AHEAD, to_on=date(2025, 4, 1))),
        lambda: asking(replace(AHEAD, estimate_fen=0)),
    ),
    ("TRP-02", REGISTER): (asking, lambda: asking(overlaps=(("handler", "T2"),))),
    ("TRP-03", REGISTER): (
        lambda: asking(before=TripStanding(AHEAD)),
        lambda: asking(before=TripStanding(AHEAD, date(2025, 3, 30))),
        lambda: asking(before=TripStanding(AHEAD, dropped="会议取消")),
    ),
    ("AP-20", REGISTER): (asking, lambda: asking(replace(AHEAD, from_on=f.TODAY))),
    ("AP-20", SIGN): (
        approving,
        lambda: approving(replace(AHEAD, from_on=f.TODAY)),
        lambda: approving(TRIP, signed_on=date(2025, 3, 1)),
    ),
    ("TRP-04", SIGN): (
        lambda: deciding("director"),
        lambda: replace(
            deciding("director"), travel=TravelFacts(signing=replace(AHEAD, travellers=("director",)))
        ),
    ),
    ("TRP-05", SUBMIT): (settling, lambda: replace(settling(), travel=TravelFacts())),
    **{(id, SUBMIT): makes for id, makes in _SETTLED.items()},
    **{(id, POST): tuple(posted(m) for m in makes) for id, makes in _SETTLED.items()},
}

# ---- works ----

ROAD = Contract(
    "H-07",
    "修村东路",
    ContractKind.WORKS,
    Direction.EXPENSE,
    "县路桥公司",
    date(2025, 1, 5),
    date(2025, 1, 10),
    date(2025, 6, 30),
    10_000_000,
    (Instalment(date(2025, 6, 30), 10_000_000),),
    "153",
    resolution="代表会2025-1",
    bidding="公开招标",
    retention_fen=500_000,
    retention_due_on=date(2026, 3, 1),
)
GROUP = tuple(Accepter(name) for name in ("王建国", "张海涛", "赵玉兰", "何老四", "陈桂花"))
TAKEN = Acceptance(
    "H-07", date(2025, 3, 4), GROUP, 10_000_000, "路面厚度、宽度合格", papers=(PAPER,), audit_no="审2025-3"
)


def building(paid_fen: int = 0, **changes: Any) -> Facts:
    draw = replace(WorksDraw(ROAD, 50_000, paid_fen), **changes)
    return f.about(f.payment(), works=WorksFacts(draws=(draw,)))


def accepting(contract: Contract | None = ROAD, **changes: Any) -> Facts:
    return f.ground(works=WorksFacts(new=replace(TAKEN, **changes), contract=contract))


def agreeing(before: Contract | None = None, resolution: str = "", **changes: Any) -> Facts:
    act = ContractAct(replace(ROAD, **changes), before, reason="设计变更", resolution=resolution)
    return f.ground(contracts=ContractFacts(act))


DEARER: dict[str, Any] = {
    "amount_fen": 11_000_000,
    "instalments": (Instalment(date(2025, 6, 30), 11_000_000),),
}

_DRAWN: dict[str, tuple[Make, ...]] = {
    "AP-31": (
        lambda: f.about(f.payment(), works=WorksFacts(loose_fen=199_999)),
        lambda: f.about(f.payment(), works=WorksFacts(loose_fen=200_000)),
    ),
    "AP-32": (
        lambda: building(100_000, contract=replace(ROAD, amount_fen=199_999, retention_fen=0)),
        lambda: building(7_950_001),
        lambda: building(7_950_001, acceptance=replace(TAKEN, people=GROUP[:4])),
        lambda: building(7_950_001, acceptance=replace(TAKEN, passed=False)),
    ),
    "AP-33": (
        lambda: building(9_450_000, acceptance=TAKEN),
        lambda: building(9_450_001, acceptance=TAKEN),
        lambda: building(9_400_000, acceptance=replace(TAKEN, settled_fen=9_000_000)),
        lambda: building(9_400_000, acceptance=TAKEN, varied_fen=1_000_000),
    ),
}
_WORKS: Examples = {
    **{(id, gate): makes for id, makes in _DRAWN.items() for gate in (SUBMIT,)},
    **{(id, POST): tuple(posted(m) for m in makes) for id, makes in _DRAWN.items()},
    ("AP-32", REGISTER): (accepting, lambda: accepting(people=GROUP[:4])),
    ("AP-33", REGISTER): (
        lambda: agreeing(ROAD, "代表会2025-2", **DEARER),
        lambda: agreeing(ROAD, **DEARER),
    ),
    ("WRK-01", REGISTER): (
        accepting,
        lambda: accepting(None),
        lambda: accepting(accepted_on=date(2025, 1, 1)),
        lambda: accepting(accepted_on=date(2025, 4, 1)),
        lambda: accepting(found="好"),
        lambda: accepting(papers=()),
        lambda: accepting(people=(*GROUP, GROUP[0])),
        lambda: accepting(people=()),
        lambda: accepting(settled_fen=0),
    ),
    ("WRK-02", REGISTER): (
        agreeing,
        lambda: agreeing(retention_due_on=None),
        lambda: agreeing(retention_fen=10_000_001),
    ),
    ("WRK-03", REGISTER): (accepting, lambda: accepting(audit_no=" ")),
    ("WRK-04", REGISTER): (accepting, lambda: accepting(settled_fen=10_000_001)),
}

LIST_EXAMPLES: Examples = {**_LISTS, **_TRIPS, **_WORKS}
