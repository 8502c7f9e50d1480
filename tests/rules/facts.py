"""Facts of a sound village, to be spoiled in one place at a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.builders import CODE, NAME, policy_data
from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.document import Document, Item, Support, derive_lines
from villagebook.domain.notice import ClassState, Notice, NoticeLine, PlaceBalance
from villagebook.domain.people import Person, Post, PostKind, Staff
from villagebook.domain.period import Period, Span
from villagebook.domain.place import LineMode, Place, PlaceKind, Places
from villagebook.domain.policy import Policy, read_policy
from villagebook.domain.receipts import ReceiptBook, Takings
from villagebook.domain.sheet import Figure, Part, Sheet, SheetForm
from villagebook.domain.signature import Signature, SignKind, slot_states
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import DocKind, Voucher, VoucherLine
from villagebook.rules.facts import CashMoves, CountFact, Facts, MonthFacts, NoticeFacts, StatementFact
from villagebook.rules.sheet_facts import SheetFacts
from villagebook.services.book_file.books import read_chart_file
from villagebook.services.gathering.facts import needed_slots

DAY = date(2025, 3, 5)
TODAY = date(2025, 3, 31)
MARCH = Period(2025, 3)

CHART = Chart(read_chart_file(paths.resource("chart", "chart_2023.csv")))
PLACES = Places(
    [
        Place("RC", PlaceKind.RC, "收款现金", "101"),
        Place("IN", PlaceKind.IN, "收入线", "102", NAME, is_basic=True, filed="1"),
        Place("EX", PlaceKind.EX, "支出线", "102", NAME, is_basic=True, filed="1"),
        Place("IM", PlaceKind.IM, "备用金", "101"),
        Place("SP:road", PlaceKind.SP, "修路专款", "102", NAME, filed="2"),
    ]
)
_PEOPLE = {
    "director": ("王建国", PostKind.DIRECTOR),
    "head": ("张海涛", PostKind.SUPERVISION_HEAD),
    "supervisor": ("赵玉兰", PostKind.SUPERVISOR),
    "clerk": ("孙丽", PostKind.CLERK),
    "cashier": ("吴强", PostKind.CASHIER),
    "accountant": ("周敏", PostKind.ACCOUNTANT),
    "handler": ("冯志", None),
    "witness": ("陈桂花", None),
}
STAFF = Staff(
    [Person(key, name) for key, (name, _post) in _PEOPLE.items()],
    [Post(f"p-{key}", key, post, date(2025, 1, 1)) for key, (_name, post) in _PEOPLE.items() if post],
)
BOOK = ReceiptBook("b1", "村集体收款收据", 1, 100, 4, "clerk", date(2025, 1, 1))
PHOTO = "ab" * 32


def default_policy(**changes: Any) -> Policy:
    return read_policy(policy_data(changes))


def ground(**changes: Any) -> Facts:
    """The book as a whole: March 2025 in work, nothing closed."""
    base = Facts(
        today=TODAY,
        policy=default_policy(),
        chart=CHART,
        places=PLACES,
        staff=STAFF,
        mode=LineMode.ONE_ACCOUNT,
        village=NAME,
        start=Period(2025, 1),
        receipt_books=(BOOK,),
    )
    return replace(base, **changes)


def payment(**changes: Any) -> Document:
    made = Document(
        "d1",
        DocKind.PAYMENT,
        DAY,
        "购买灌溉水泵一台",
        party="县农机公司",
        place="EX",
        items=(Item("511", 50_000, "灌溉水泵"),),
        support_no="25312000000123",
        paper_count=1,
        handler="handler",
    )
    made = replace(made, **changes)
    return made if "payee_account" in changes else replace(made, payee_account=made.party)


def receipt(**changes: Any) -> Document:
    made = Document(
        "d1",
        DocKind.RECEIPT,
        DAY,
        "鱼塘承包费",
        party="何老四",
        place="RC",
        items=(Item("501", 50_000, "鱼塘承包费"),),
        support=Support.RECEIPT,
        receipt_no="0001",
        paper_count=1,
    )
    return replace(made, **changes)


def transfer(source: str, target: str, fen: int = 50_000, **changes: Any) -> Document:
    made = Document(
        "d1",
        DocKind.TRANSFER,
        DAY,
        "资金划转",
        place=source,
        to_place=target,
        amount_fen=fen,
        support=Support.MINUTES,
        paper_count=1,
    )
    return replace(made, **changes)


def adjustment(*lines: tuple[str, int, int], **changes: Any) -> Document:
    made = Document(
        "d1",
        DocKind.ADJUSTMENT,
        DAY,
        "计提固定资产折旧",
        lines=tuple(VoucherLine(a, d, c, "计提折旧") for a, d, c in lines),
        support=Support.INTERNAL,
    )
    return replace(made, **changes)


def deposit(fen: int = 50_000, **changes: Any) -> Document:
    return transfer("RC", "IN", fen, **{"receipts": ("r1",), "support": Support.BANK_ADVICE, **changes})


def takings(fen: int = 50_000, day: date = DAY) -> Takings:
    return Takings("r1", "0001", day, "何老四", fen, "RC")


def about(document: Document, *, before: dict[str, int] | None = None, **changes: Any) -> Facts:
    """Facts of a document; cash places held 500 yuan the day before, bank places 1,000, unless `before` says otherwise."""
    base = ground()
    lines = derive_lines(document, base.places)
    held = {"RC": 50_000, "IN": 100_000, "EX": 100_000, "IM": 50_000, "SP:road": 100_000, **(before or {})}
    cash = tuple(
        CashMoves(
            place.code,
            held[place.code],
            (
                (
                    document.booked_on,
                    sum(v.debit_fen - v.credit_fen for v in lines if v.place == place.code),
                ),
            ),
        )
        for place in base.places.all()
        if place.is_cash or place.code in (document.place, document.to_place)
    )
    made = replace(
        base,
        document=document,
        lines=lines,
        cash=cash,
        slots=needed_slots(base, document),
        listed=(takings(),) if document.receipts else (),
        receipt_expected="0001" if document.receipt_no else "",
        content_hash=document.content_hash(),
    )
    return replace(made, **changes)


def ink(slot: str, person: str, **changes: Any) -> Signature:
    made = Signature("d1", payment().content_hash(), slot, person, DAY, SignKind.INK, PHOTO)
    return replace(made, **changes)


FULL = (
    ink("H", "handler"),
    ink("W", "witness"),
    ink("C", "clerk"),
    ink("S", "head"),
    ink("S", "supervisor"),
)
"""The first signatures of a small payment, in order."""


def signing(signature: Signature, given: tuple[Signature, ...] = (), **changes: Any) -> Facts:
    """A payment under way, with signatures given already and one more to come."""
    facts = about(payment())
    made = replace(facts, signature=signature, states=slot_states(facts.slots or (), given))
    return replace(made, **changes)


def posting(given: tuple[Signature, ...], **changes: Any) -> Facts:
    """A payment that needs H, W, C, S only, so that five signatures fill it."""
    facts = about(payment())
    needed = tuple(s for s in facts.slots or () if s.code in "HWCS")
    return replace(facts, states=slot_states(needed, given), slots=needed, **changes)


def month(**changes: Any) -> Facts:
    """March, ready to be closed: counted, compared, nothing waiting."""
    made = MonthFacts(
        period=MARCH,
        earlier_open=(),
        waiting=(),
        takings=(),
        cash_books=((PLACES["IM"], 100_000),),
        bank_books=((PLACES["EX"], 100_000),),
        last_moves={"IM": date(2025, 3, 30), "EX": date(2025, 3, 30)},
        counts=(CountFact("IM", date(2025, 3, 31), 0, 0, "cashier", "supervisor"),),
        statements=(statement(),),
        gaps=(),
        shortfalls=(),
        only_imported=False,
    )
    return ground(month=replace(made, **changes))


def statement(**changes: Any) -> StatementFact:
    return replace(StatementFact(("IN", "EX"), date(2025, 3, 31), 0, "accountant"), **changes)


def notice_line(no: int = 1, *, income: int = 0, spending: int = 0, **changes: Any) -> NoticeLine:
    made = NoticeLine(
        no,
        "2025-03-05",
        f"收-{no:04d}",
        "鱼塘承包费",
        income,
        spending,
        "收入线",
        "何老四",
        "孙丽",
        "王建国",
        "",
        "Income",
    )
    return replace(made, **changes)


def notice(**changes: Any) -> Notice:
    lines = (notice_line(1, income=50_000), notice_line(2, spending=20_000))
    made = Notice(
        id="n1",
        village=NAME,
        village_code=CODE,
        title="收支明细公开表",
        number=f"{CODE}-202503",
        span=Span.of(MARCH),
        balances=(PlaceBalance("收入线", 100_000, 130_000),),
        lines=lines,
        opening_fen=100_000,
        income_fen=50_000,
        spending_fen=20_000,
        closing_fen=130_000,
        year_income_fen=50_000,
        year_spending_fen=20_000,
        transfers=(),
        excluded=(),
        classes=tuple(ClassState(f"第{n}类", "") for n in range(8)),
        rejected_count=0,
        rejected_fen=0,
        unbooked_count=0,
        reviewers=("张海涛", "赵玉兰"),
        officials=(("会计", "周敏"),),
        places_to_post=("村务公开栏",),
        min_days=10,
        objection_days=5,
        answer_days=10,
        log_seq=9,
        log_hash="00" * 32,
        policy="default 1",
        compiled_on=TODAY,
    )
    return replace(made, **changes)


def sheet(**changes: Any) -> Sheet:
    """Claims and debts of January, one row."""
    columns = (Column("who", "单位或个人"), Column("amount", "金额", Shape.MONEY))
    made = Sheet(
        id="s1",
        form=SheetForm.DEBTS,
        subject="",
        stage="",
        title="债权债务公开表",
        number=f"{CODE}-202501-F3",
        village=NAME,
        village_code=CODE,
        span=Span.parse("2025-01"),
        sentences=("别人欠村里的只有一笔。",),
        figures=(Figure("别人欠村里", 80_000),),
        parts=(Part("债权", columns, (("县粮食公司", 80_000),)), Part("债务", columns, ())),
        charts=(),
        notes=(),
        reviewers=("张海涛", "赵玉兰"),
        officials=(("会计", "周敏"),),
        places_to_post=("村务公开栏",),
        min_days=10,
        objection_days=5,
        answer_days=10,
        log_seq=9,
        log_hash="00" * 32,
        policy="default 1",
        compiled_on=TODAY,
    )
    return replace(made, **changes)


def sheet_publishing(of: Sheet | None = None, **changes: Any) -> Facts:
    """A sheet that may hang."""
    return ground(sheet=replace(SheetFacts(of or sheet(), 2, True), **changes))


def publishing(of: Notice | None = None, **changes: Any) -> Facts:
    """A notice that may hang."""
    made = NoticeFacts(
        notice=of or notice(),
        ledger_opening_fen=100_000,
        ledger_closing_fen=130_000,
        posted=frozenset({"2025-03 收-0001", "2025-03 收-0002"}),
        shown=("2025-03 收-0001", "2025-03 收-0002"),
        reviewers=2,
        missing_glyphs=(),
        periods_closed=True,
        only_imported=False,
    )
    return ground(notice=replace(made, **changes))


def voucher(*lines: tuple[str, int, int, str], **changes: Any) -> Voucher:
    """A posted voucher of (account, debit, credit, place)."""
    made = Voucher(
        id="v1",
        kind=DocKind.PAYMENT,
        word="付",
        number=1,
        booked_on=DAY,
        summary="购买灌溉水泵",
        lines=tuple(VoucherLine(a, d, c, "购买灌溉水泵", p) for a, d, c, p in lines),
        document_id="v1",
    )
    return replace(made, **changes)


def history(*vouchers: Voucher) -> Facts:
    return ground(history=vouchers)
