"""For every rule at every gate: facts that pass, and the same facts spoiled so that exactly this rule trips."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tests.builders import NAME
from tests.rules import facts as f
from tests.rules.bank_examples import BANK_EXAMPLES
from tests.rules.batch_examples import BATCH_EXAMPLES
from tests.rules.board_examples import BOARD_EXAMPLES
from tests.rules.check_examples import CHECK_EXAMPLES
from tests.rules.holding_examples import HOLDING_EXAMPLES
from tests.rules.invoice_examples import INVOICE_EXAMPLES
from tests.rules.key_examples import KEY_EXAMPLES
from tests.rules.labour_examples import LABOUR_EXAMPLES
from tests.rules.line_examples import LINE_EXAMPLES
from tests.rules.list_examples import LIST_EXAMPLES
from tests.rules.loan_examples import LOAN_EXAMPLES
from tests.rules.look_examples import LOOK_EXAMPLES
from tests.rules.people_examples import PEOPLE_EXAMPLES
from tests.rules.plan_examples import PLAN_EXAMPLES
from tests.rules.resolution_examples import RESOLUTION_EXAMPLES
from tests.rules.roster_examples import ROSTER_EXAMPLES
from tests.rules.seal_examples import SEAL_EXAMPLES
from tests.rules.sheet_examples import EXAMPLES as SHEET_EXAMPLES
from tests.rules.special_notice_examples import SPECIAL_NOTICE_EXAMPLES
from tests.rules.spending_examples import SPENDING_EXAMPLES
from tests.rules.statement_examples import STATEMENT_EXAMPLES
from tests.rules.used_examples import USED_EXAMPLES
from tests.rules.word_examples import WORD_EXAMPLES
from tests.rules.year_examples import YEAR_EXAMPLES
from villagebook.domain.document import Item, Method, SpendKind, Support
from villagebook.domain.link import LinkKind, LinkTarget
from villagebook.domain.notice import ClassState
from villagebook.domain.people import PostKind, Staff
from villagebook.domain.period import Period
from villagebook.domain.place import Place, PlaceKind
from villagebook.domain.signature import SignKind, slot_states
from villagebook.rules.facts import CountFact, Facts
from villagebook.rules.rule import When

Make = Callable[[], Facts]


@dataclass(frozen=True)
class Example:
    """`trips` is spoiled in one thing only; `beside` are other ids that cannot but trip with it."""

    passes: Make
    trips: tuple[Make, ...]
    beside: frozenset[str] = frozenset()


def example(passes: Make, *trips: Make, beside: str = "") -> Example:
    return Example(passes, trips, frozenset(beside.split()))


def pays(**changes: object) -> Make:
    return lambda: f.about(f.payment(**changes))


def strictly(**changes: object) -> Make:
    """A township that refuses an account without a name."""

    def make() -> Facts:
        facts = f.about(f.payment(**changes))
        words = {**facts.policy.words, "account_name_empty": ("error",)}
        return replace(facts, policy=replace(facts.policy, words=words))

    return make


def gets(**changes: object) -> Make:
    return lambda: f.about(f.receipt(**changes))


def item(account: str = "511", fen: int = 50_000, summary: str = "灌溉水泵") -> tuple[Item, ...]:
    return (Item(account, fen, summary),)


def with_place(place: Place) -> Facts:
    return f.ground(new_place=place)


SPECIAL = Place("SP:new", PlaceKind.SP, "助学专款", "102", NAME, filed="2025-7")
PUMP = LinkTarget(LinkKind.ASSET, "A-0001", "水泵")
LINKED = (Item("511", 50_000, "灌溉水泵", links=(PUMP.link,)),)
LOOSE = f.default_policy(cash_limit_fen=1_000_000)
RED = f.voucher(("511", -50_000, 0, ""), ("101", 0, -50_000, "RC"), reverses="v0")


def signed_without_clerk_in_post() -> Facts:
    ended = [replace(p, to_on=date(2025, 3, 4)) if p.kind is PostKind.CLERK else p for p in f.STAFF.posts]
    return f.signing(f.ink("C", "clerk"), f.FULL[:2], staff=Staff(f.STAFF.persons.values(), ended))


_GATES = {
    "AP-04": example(
        pays(),
        pays(summary="泵"),
        pays(party="  "),
        pays(handler=""),
        pays(paper_count=0),
        gets(party=""),
    ),
    "AP-35": example(pays(), pays(support=Support.IOU)),
    "AP-05": example(
        pays(),
        pays(summary="报销"),
        pays(items=item(summary=" 其他 ")),
        pays(summary="Misc"),
        pays(summary="办 公-用品"),
    ),
    "VCH-01": example(
        pays(),
        lambda: f.about(f.payment(items=()), lines=f.about(f.payment()).lines),
        pays(items=(*item(), *item(fen=0))),
        lambda: f.about(f.transfer("IN", "EX", 0)),
        lambda: f.about(f.adjustment()),
        lambda: f.about(f.adjustment(("513", 900, 0), ("513", 0, 0), ("152", 0, 900))),
        lambda: f.about(f.adjustment(("513", 900, 900))),
    ),
    "VCH-02": example(
        lambda: f.about(f.adjustment(("513", 900, 0), ("152", 0, 900))),
        lambda: f.about(f.adjustment(("513", 900, 0), ("152", 0, 899))),
    ),
    "VCH-03": example(
        pays(),
        pays(items=item(account="999")),
        lambda: f.about(
            f.payment(),
            chart=type(f.CHART)(replace(a, disabled=a.code == "511") for a in f.CHART),
        ),
        lambda: f.about(
            f.payment(),
            chart=type(f.CHART)([*f.CHART, replace(f.CHART["511"], code="51101", parent="511")]),
        ),
    ),
    "VCH-04": example(
        lambda: f.about(f.adjustment(("513", 900, 0), ("152", 0, 900))),
        lambda: f.about(f.adjustment(("513", 900, 0), ("101", 0, 900))),
        lambda: f.about(f.adjustment(("513", 900, 0), ("102", 0, 900))),
    ),
    "VCH-05": example(
        pays(),
        pays(place="EX2"),
        pays(place=""),
        lambda: f.about(f.transfer("EX", "nowhere")),
    ),
    "VCH-06": example(
        pays(booked_on=f.TODAY),
        pays(booked_on=date(2025, 4, 1)),
        pays(booked_on=date(2024, 12, 31)),
        pays(event_on=date(2025, 3, 6)),
    ),
    "VCH-10": example(
        lambda: f.about(f.payment(items=LINKED), links={PUMP.link: PUMP}),
        lambda: f.about(f.payment(items=LINKED)),
        lambda: f.about(f.payment(items=LINKED), links={PUMP.link: replace(PUMP, in_use=False)}),
    ),
    "E2L-40": example(
        lambda: f.about(f.payment(), period_states={f.MARCH: "open", Period(2025, 2): "closed"}),
        lambda: f.about(f.payment(), period_states={f.MARCH: "closed"}),
        lambda: f.about(f.payment(), period_states={f.MARCH: "disclosed"}),
    ),
    "E2L-28": example(
        lambda: f.about(f.payment(place="IM"), before={"IM": 50_000}),
        lambda: f.about(f.payment(place="IM"), before={"IM": 49_999}),
    ),
    "E2L-21": example(
        lambda: f.about(f.payment(), before={"EX": 50_000}),
        lambda: f.about(f.payment(), before={"EX": 49_999}),
    ),
    "E2L-00": example(
        lambda: f.about(f.transfer("IN", "EX")),
        lambda: f.about(f.transfer("EX", "IN")),
        lambda: f.about(f.transfer("RC", "IM")),
        lambda: f.about(f.transfer("IM", "IM")),
        gets(place="EX"),
        gets(place="IM"),
        beside="E2L-11",
    ),
    "E2L-04": example(gets(), lambda: f.about(f.receipt(), receipt_used_by="d0")),
    "E2L-10": example(pays(), pays(place="RC")),
    "E2L-11": example(
        lambda: f.about(f.deposit()),
        lambda: f.about(f.deposit(48_000)),
        lambda: f.about(f.deposit(receipts=())),
        lambda: f.about(f.deposit(), listed_unknown=("r1",)),
    ),
    "E2L-20": example(
        pays(place="IN", support=Support.BANK_ADVICE, items=item(fen=10_000), summary="账户管理费"),
        pays(place="IN"),
        pays(place="IN", support=Support.BANK_ADVICE, items=item(fen=10_001)),
        pays(place="IN", support=Support.BANK_ADVICE, support_no=" "),
        lambda: f.about(f.transfer("IN", "EX"), slots=()),
    ),
    "E2L-22": example(
        lambda: f.about(f.transfer("EX", "IM"), before={"IM": 250_000}, policy=LOOSE),
        lambda: f.about(f.transfer("EX", "IM"), before={"IM": 250_001}, policy=LOOSE),
    ),
    "E2L-25": example(
        lambda: f.about(f.payment(place="IM"), paid_in_cash_fen=50_000),
        lambda: f.about(f.payment(place="IM"), paid_in_cash_fen=50_001),
        lambda: f.about(
            f.payment(place="IM", support=Support.INVOICE, permit="镇批2025-3"), paid_in_cash_fen=50_001
        ),
        lambda: f.about(
            f.payment(place="IM", support=Support.SIGNED_LIST, permit=" "), paid_in_cash_fen=50_001
        ),
    ),
}
"""Rules that stand at SUBMIT and again at POST."""

_SUBMIT = {
    "AP-89": example(
        pays(),
        pays(payee_person="handler"),
        pays(party="冯志"),
    ),
    "E2L-02": example(
        gets(),
        gets(receipt_no=""),
        gets(receipt_no="", support=Support.BANK_ADVICE),
        gets(receipt_no="", support=Support.INVOICE, support_no="1"),
    ),
    "E2L-03": example(
        gets(), gets(receipt_no="0101"), gets(receipt_no="001"), gets(receipt_no="A001"), beside="E2L-05"
    ),
    "E2L-05": example(gets(), gets(receipt_no="0002")),
    "E2L-12": example(
        lambda: f.about(f.deposit(booked_on=date(2025, 3, 6))),
        lambda: f.about(f.deposit(booked_on=date(2025, 3, 7))),
        lambda: f.about(
            f.deposit(), listed=(f.takings(day=date(2025, 2, 28)),), policy=f.default_policy(deposit_days=7)
        ),
    ),
    "E2L-14": example(
        lambda: f.about(f.receipt(items=(*item("501"), *item("503")))),
        lambda: f.about(f.receipt(items=(*item("501"), *item("511")))),
        lambda: f.about(f.receipt(items=(*item("501", 60_000), *item("501", -10_000)))),
        lambda: f.about(f.payment(items=(*item("511"), *item("501", 10_000)))),
        lambda: f.about(f.payment(items=(*item("511", 60_000), *item("511", -10_000)))),
        lambda: f.about(f.adjustment(("211", 900, 0), ("501", 0, 900))),
        lambda: f.about(f.adjustment(("513", 900, 0), ("501", 0, 900))),
    ),
    "E2L-26": example(
        lambda: f.about(f.transfer("EX", "IM"), before={"IM": 50_000, "RC": 100_000}),
        lambda: f.about(f.transfer("EX", "IM"), before={"IM": 50_001, "RC": 100_000}),
    ),
    "E2L-70": example(
        lambda: f.about(f.payment(place="IM"), cash_waiting=(("x", "水管", 50_000),)),
        lambda: f.about(f.payment(place="IM"), cash_waiting=(("x", "水管", 50_001),)),
    ),
    "E2L-38": example(
        gets(method=Method.PHONE, payee_account=NAME),
        gets(method=Method.PHONE, payee_account="孙丽"),
        gets(method=Method.PHONE, payee_account=""),
        gets(method=Method.PHONE, payee_account=NAME, place="IN"),
    ),
    "AP-18": example(
        pays(spend_kind=SpendKind.RECURRING, summary="修烟囱"),
        pays(spend_kind=SpendKind.RECEPTION),
        pays(summary="购买招待用酒"),
        pays(items=item(summary="中华烟两条")),
        pays(summary="购买白 \uff4aiu 两箱"),
        pays(summary="修烟囱，另购煙酒"),
    ),
    "AP-37": example(
        pays(support=Support.PERSON_RECEIPT, id_tail="2X", no_invoice="摆摊卖菜"),
        pays(support=Support.PERSON_RECEIPT, id_tail="2X", no_invoice="摆摊卖菜", items=item(fen=50_001)),
    ),
    "AP-84": example(
        pays(support=Support.PERSON_RECEIPT, id_tail="2X", no_invoice="摆摊卖菜"),
        pays(support=Support.PERSON_RECEIPT, id_tail="2X"),
        pays(support=Support.PERSON_RECEIPT, id_tail="2X", no_invoice="...."),
    ),
    "AP-30": example(pays(payee_account="县农机公司"), pays(payee_account="冯志")),
    "AP-85": example(strictly(), strictly(payee_account="")),
}

_PLACE = {
    "E2L-15": example(
        lambda: with_place(SPECIAL),
        lambda: with_place(replace(SPECIAL, holder="张三", holder_is_person=True)),
    ),
    "E2L-16": example(
        lambda: with_place(SPECIAL),
        lambda: with_place(replace(SPECIAL, is_basic=True)),
        lambda: with_place(replace(SPECIAL, is_basic=True, holder="白杨村第二账户")),
    ),
    "E2L-17": example(lambda: with_place(SPECIAL), lambda: with_place(replace(SPECIAL, filed=" "))),
}

_SIGN = {
    "AP-02": example(
        lambda: f.signing(f.ink("C", "clerk"), f.FULL[:2]),
        lambda: f.signing(f.ink("C", "director"), f.FULL[:2]),
        lambda: f.signing(f.ink("H", "stranger")),
        signed_without_clerk_in_post,
    ),
    "AP-03": example(
        lambda: f.signing(f.ink("H", "handler")),
        lambda: f.signing(f.ink("H", "handler", evidence="")),
        lambda: f.signing(f.ink("H", "handler", kind=SignKind.KEY)),
        lambda: with_meeting(""),
        lambda: with_meeting("会议1", kind=SignKind.KEY, key_id="k"),
    ),
    "AP-06": example(
        lambda: f.signing(f.ink("W", "witness"), f.FULL[:1]),
        lambda: f.signing(f.ink("C", "clerk"), f.FULL[:1]),
        lambda: f.signing(f.ink("W", "witness", signed_on=date(2025, 3, 4)), f.FULL[:1]),
        lambda: f.signing(f.ink("W", "witness", signed_on=date(2025, 4, 1)), f.FULL[:1]),
        lambda: f.signing(f.ink("H", "handler", signed_on=date(2025, 3, 4))),
        lambda: f.signing(
            f.ink("H", "handler", signed_on=date(2025, 3, 3)),
            document=f.payment(event_on=date(2025, 3, 4)),
        ),
    ),
    "AP-09": example(
        lambda: f.signing(f.ink("W", "witness"), f.FULL[:1]),
        lambda: f.signing(f.ink("W", "handler"), f.FULL[:1]),
        lambda: f.signing(f.ink("H", "handler"), document=f.payment(payee_person="handler")),
        lambda: f.signing(f.ink("H", "handler"), document=f.payment(party="冯志")),
    ),
}


def with_meeting(reference: str, **changes: object) -> Facts:
    """A slot filled by minutes: the two committees met."""
    facts = f.signing(f.ink("M2", "", reference=reference, **changes))
    slot = facts.policy.slots["M2"]
    return replace(facts, slots=(slot,), states=(slot_states((slot,), ())))


_POST = {
    "AP-01": example(
        lambda: f.posting(f.FULL),
        lambda: f.posting(f.FULL[:4]),
        lambda: f.posting(f.FULL[1:]),
        lambda: f.posting(()),
    ),
    "AP-36": example(
        lambda: f.posting(f.FULL),
        lambda: f.posting((replace(f.FULL[0], content_hash="cd" * 32), *f.FULL[1:])),
    ),
}

_AP_08 = example(
    lambda: f.about(f.payment()),
    lambda: f.about(f.payment(), vetoed=True),
    lambda: f.about(f.payment(resolution="代表会2025-3"), vetoed=True),
)


def counted(
    difference: int = 0, witness: str = "supervisor", day: int = 31, place: str = "IM"
) -> tuple[CountFact, ...]:
    return (CountFact(place, date(2025, 3, day), difference, 0, "cashier", witness),)


_CLOSE = {
    "CLO-01": example(f.month, lambda: f.month(earlier_open=(Period(2025, 2),))),
    "CLO-02": example(f.month, lambda: f.month(waiting=(("d9", "2025-03-09 水泵"),))),
    "E2L-13": example(f.month, lambda: f.month(takings=(f.takings(),))),
    "E2L-27": example(
        f.month,
        lambda: f.month(counts=counted(-50_000)),
        lambda: f.month(counts=counted(1)),
        lambda: f.month(counts=counted(0, "cashier")),
        lambda: f.month(counts=(*counted(), *counted(-1))),
    ),
    "E2L-45": example(
        f.month,
        lambda: f.month(counts=()),
        lambda: f.month(counts=counted(day=29)),
        lambda: f.month(counts=counted(place="RC")),
    ),
    "E2L-29": example(
        f.month,
        lambda: f.month(statements=()),
        lambda: f.month(statements=(f.statement(unexplained_fen=1),)),
        lambda: f.month(statements=(f.statement(checked_by="cashier"),)),
        lambda: f.month(statements=(f.statement(places=("IN",)),)),
        lambda: f.month(statements=(f.statement(stated_on=date(2025, 3, 29)),)),
    ),
    "CLO-03": example(f.month, lambda: f.month(gaps=(("付", 2, 3),))),
    "CLO-06": example(f.month, lambda: f.month(drafts=(("d7", "2025-03-09 水泵"),))),
    "E2L-46": example(f.month, lambda: f.month(shortfalls=(("备用金", f.DAY, 5),))),
}

_PUBLISH = {
    "DIS-01": example(
        f.publishing,
        lambda: f.publishing(f.notice(classes=f.notice().classes[:7])),
        lambda: f.publishing(f.notice(classes=(ClassState("第0类", ""),) * 8)),
    ),
    "DIS-02": example(
        lambda: f.publishing(f.notice(excluded=("N1 转-0009 结转损益",))),
        lambda: f.publishing(shown=("2025-03 收-0001",)),
        lambda: f.publishing(f.notice(excluded=("转-0009 结转损益",))),
    ),
    "DIS-03": example(f.publishing, lambda: f.publishing(shown=("2025-03 收-0001", "2025-03 收-0002") * 2)),
    "DIS-04": example(
        f.publishing,
        lambda: f.publishing(f.notice(closing_fen=130_001), ledger_closing_fen=130_001),
        lambda: f.publishing(f.notice(lines=f.notice().lines[:1])),
        lambda: f.publishing(ledger_closing_fen=129_999),
        lambda: f.publishing(ledger_opening_fen=0),
    ),
    "DIS-06": example(
        f.publishing,
        lambda: f.publishing(reviewers=1),
        lambda: f.publishing(periods_closed=False),
        lambda: f.sheet_publishing(reviewers=1),
        lambda: f.sheet_publishing(months_closed=False),
    ),
    "DIS-07": example(
        f.publishing,
        *(
            lambda text=text: f.publishing(
                f.notice(lines=(f.notice_line(income=50_000, summary=text), f.notice().lines[1]))
            )
            for text in (
                "补助 371523198005121234",
                "银行卡6222021611001234567",
                "银行卡6222021611001234",
                "电话13812345678",
                "残疾人补助",
            )
        ),
        lambda: f.publishing(f.notice(title="张三癌症救助")),
        lambda: f.sheet_publishing(f.sheet(sentences=("电话13812345678",))),
        lambda: f.sheet_publishing(f.sheet(title="残疾人补助花名册")),
    ),
    "DIS-08": example(
        f.publishing,
        lambda: f.publishing(missing_glyphs=("𠮷",)),
        lambda: f.publishing(bodies=(("A3", 16), ("A4", 11))),
        lambda: f.sheet_publishing(bodies=(("A4", 13.5),)),
        lambda: f.sheet_publishing(missing_glyphs=("𠮷",)),
    ),
}

FEE = (("513", 500, 0, ""), ("102", 0, 500, "IN"))
PAID = (("511", 50_000, 0, ""), ("102", 0, 50_000, "EX"))
_REVIEW = {
    "E2L-10": example(
        lambda: f.history(f.voucher(*PAID), RED),
        lambda: f.history(f.voucher(("511", 50_000, 0, ""), ("101", 0, 50_000, "RC"))),
    ),
    "E2L-20": example(
        lambda: replace(f.history(f.voucher(*PAID), f.voucher(*FEE)), fees=frozenset({"v1"})),
        lambda: f.history(f.voucher(*FEE)),
        lambda: replace(f.history(f.voucher(*FEE)), fees=frozenset({"v2"})),
    ),
    "E2L-00": example(
        lambda: f.history(f.voucher(("102", 900, 0, "EX"), ("102", 0, 900, "IN"))),
        lambda: f.history(f.voucher(("102", 900, 0, "IN"), ("102", 0, 900, "EX"))),
        lambda: f.history(f.voucher(("101", 900, 0, "IM"), ("501", 0, 900, ""))),
    ),
    "E2L-14": example(
        lambda: f.history(f.voucher(("501", 900, 0, ""), ("321", 0, 900, ""))),
        lambda: f.history(f.voucher(("102", 800, 0, "IN"), ("511", 100, 0, ""), ("501", 0, 900, ""))),
        lambda: f.history(f.voucher(("101", 800, 0, "RC"), ("511", 0, 800, ""))),
    ),
    "E2L-47": example(
        lambda: f.history(f.voucher(*PAID)), lambda: f.history(f.voucher(*PAID, places_inferred=True))
    ),
}

EXAMPLES: dict[tuple[str, When], Example] = {
    **{(id, gate): e for id, e in _GATES.items() for gate in (When.SUBMIT, When.POST)},
    **{(id, When.SUBMIT): e for id, e in _SUBMIT.items()},
    **{(id, When.PLACE): e for id, e in _PLACE.items()},
    **{(id, When.SIGN): e for id, e in _SIGN.items()},
    **{(id, When.POST): e for id, e in _POST.items()},
    **{("AP-08", gate): _AP_08 for gate in (When.SUBMIT, When.SIGN, When.POST)},
    **{(id, When.CLOSE): e for id, e in _CLOSE.items()},
    **{(id, When.PUBLISH): e for id, e in _PUBLISH.items()},
    **{(id, When.REVIEW): e for id, e in _REVIEW.items()},
    **{key: example(*makes) for key, makes in YEAR_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in RESOLUTION_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in ROSTER_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in LINE_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in SEAL_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in SPENDING_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in PEOPLE_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in LOOK_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in CHECK_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in STATEMENT_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in BANK_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in PLAN_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in LABOUR_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in HOLDING_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in INVOICE_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in USED_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in LOAN_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in (LIST_EXAMPLES | BATCH_EXAMPLES).items()},
    **{key: example(*makes) for key, makes in BOARD_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in WORD_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in SPECIAL_NOTICE_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in KEY_EXAMPLES.items()},
    **{key: example(*makes) for key, makes in SHEET_EXAMPLES.items()},
}
# AP-04 to AP-05 of the first table are asked at SUBMIT only.
for _id in ("AP-04", "AP-35", "AP-05"):
    del EXAMPLES[_id, When.POST]
