"""Everything a rule may look at, gathered by services in the transaction that writes. No connection, no clock."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from villagebook.domain.account import Account, Chart
from villagebook.domain.demand import Demand
from villagebook.domain.document import Document
from villagebook.domain.link import Link, LinkTarget
from villagebook.domain.notice import Notice
from villagebook.domain.people import Staff
from villagebook.domain.period import Period
from villagebook.domain.place import LineMode, Place, Places
from villagebook.domain.policy import Policy
from villagebook.domain.receipts import ReceiptBook, Takings
from villagebook.domain.signature import Signature, Slot, SlotState
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.domain.year_end import Distribution
from villagebook.rules.asset_facts import NO_ASSETS, NO_RESOURCES, AssetFacts, ResourceFacts
from villagebook.rules.bank_batch_facts import NO_BATCH, BankBatchFacts
from villagebook.rules.bank_facts import BankFacts
from villagebook.rules.board_facts import NO_BOARD, BoardFacts
from villagebook.rules.check_facts import CheckFacts
from villagebook.rules.contract_facts import NO_CONTRACTS, ContractFacts
from villagebook.rules.duty_facts import NO_DUTIES, DutyFacts
from villagebook.rules.invoice_facts import NO_INVOICES, InvoiceFacts
from villagebook.rules.key_facts import NO_KEYS, KeyFacts
from villagebook.rules.labour_facts import NO_LABOUR, LabourFacts
from villagebook.rules.line_facts import NOTHING, LineFacts
from villagebook.rules.loan_facts import NO_LOANS, LoanFacts
from villagebook.rules.look_facts import NO_LOOK, LookFacts
from villagebook.rules.mask_facts import Masking
from villagebook.rules.office_facts import NO_OFFICE, OfficeFacts
from villagebook.rules.pay_list_facts import NO_LISTS, ListFacts
from villagebook.rules.plan_facts import NO_PLAN, PlanFacts
from villagebook.rules.pursuit_facts import PursuitFacts
from villagebook.rules.resolution_facts import NO_RESOLUTIONS, ResolutionFacts
from villagebook.rules.roster_facts import DemandFacts, RosterFacts
from villagebook.rules.sheet_facts import SheetFacts
from villagebook.rules.spending_facts import NO_SPENDING, SpendingFacts
from villagebook.rules.statement_facts import NO_STATEMENT, StatementFacts
from villagebook.rules.trip_facts import NO_TRAVEL, TravelFacts
from villagebook.rules.word_facts import NO_WORDS, WordFacts
from villagebook.rules.works_facts import NO_WORKS, WorksFacts


@dataclass(frozen=True, slots=True)
class CashMoves:
    """One money place around a document: balance at the close of the day before, and every movement since, fen signed."""

    place: str
    before_fen: int
    moves: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class CountFact:
    """A cash count on file; difference is counted - book as it stands now, IOUs never counted."""

    place: str
    counted_on: date
    difference_fen: int
    iou_fen: int
    counter: str
    witness: str


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A bank statement on file; unexplained is bank + open items - book, the book as it stands now."""

    places: tuple[str, ...]
    stated_on: date
    unexplained_fen: int
    checked_by: str


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """What a month looks like when it is to be closed.

    `cash_books` and `bank_books` hold closing balances of places with a balance or a movement in the month; `last_moves`
    the day of the last movement per place; `shortfalls` places that were below zero on some day; `drafts` (id, what it is) of
    documents that were begun and not sent in; `unchecked` labels of vouchers a second person has still to check.
    """

    period: Period
    earlier_open: tuple[Period, ...]
    waiting: tuple[tuple[str, str], ...]
    takings: tuple[Takings, ...]
    cash_books: tuple[tuple[Place, int], ...]
    bank_books: tuple[tuple[Place, int], ...]
    last_moves: dict[str, date]
    counts: tuple[CountFact, ...]
    statements: tuple[StatementFact, ...]
    gaps: tuple[tuple[str, int, int], ...]
    shortfalls: tuple[tuple[str, date, int], ...]
    only_imported: bool
    drafts: tuple[tuple[str, str], ...] = ()
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What a notice is compared with before it may hang."""

    notice: Notice
    ledger_opening_fen: int
    ledger_closing_fen: int
    posted: frozenset[str]
    shown: tuple[str, ...]
    reviewers: int
    missing_glyphs: tuple[str, ...]
    periods_closed: bool
    only_imported: bool
    bodies: tuple[tuple[str, float], ...] = ()  # paper, points of its running text


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """How income, expense and their carrying stand at the end of a month; balances signed, debit positive.

    `left` are income and expense accounts with a balance, `pending` 181 and what hangs under it; `carried` names live
    carrying vouchers of the month, (id, label).
    """

    period: Period
    waiting: tuple[tuple[str, str], ...]
    left: tuple[tuple[str, int], ...]
    carried: tuple[tuple[str, str], ...]
    year_result_fen: int
    appropriated_fen: int
    pending: tuple[tuple[str, int], ...]
    only_imported: bool


@dataclass(frozen=True, slots=True)
class YearFacts:
    """A plan for the year's end, worked out.

    `done` names live vouchers of a year's end already made; `reserve_held_fen` is what 311 holds; `unbookable` the codes of
    the plan that cannot be booked on; `late_fen` what was booked on an undivided 322 after the year.
    """

    year: int
    plan: Distribution
    resolution: str
    charter_bp: int
    reserve_held_fen: int
    earlier_open: tuple[Period, ...]
    done: tuple[tuple[str, str], ...]
    unbookable: tuple[str, ...]
    late_fen: int


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """A sub-account to be added, or an account to be disabled, or with `enabling` to be taken into use again.

    `booked` says whether the account above carries bookings or an opening, `take_over` whether its balance is to be moved;
    `balance_fen` is the gross balance of the account and everything under it; `used_by` what still needs it.
    """

    account: Account
    adding: bool
    booked: bool = False
    take_over: bool = False
    balance_fen: int = 0
    used_by: tuple[str, ...] = ()
    enabling: bool = False


@dataclass(frozen=True, slots=True)
class CorrectionFacts:
    """What a blue correction names. `wrong` is None when the book holds no such voucher.

    `before` are the lines of the corrections that stand already.
    """

    wrong: Voucher | None
    reversed: bool
    before: tuple[VoucherLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """The record. Parts that a gate does not need stay empty."""

    today: date
    policy: Policy
    chart: Chart
    places: Places
    staff: Staff
    mode: LineMode
    village: str
    start: Period
    period_states: dict[Period, str] = field(default_factory=dict)
    document: Document | None = None
    lines: tuple[VoucherLine, ...] = ()
    slots: tuple[Slot, ...] | None = ()
    cash: tuple[CashMoves, ...] = ()
    receipt_books: tuple[ReceiptBook, ...] = ()
    receipt_used_by: str = ""
    receipt_expected: str = ""
    listed: tuple[Takings, ...] = ()
    listed_unknown: tuple[str, ...] = ()
    paid_in_cash_fen: int = 0
    cash_waiting: tuple[
        tuple[str, str, int], ...
    ] = ()  # id, summary, fen of other cash payments to this payee
    excused: frozenset[str] | None = (
        None  # keys of the holds a reason was recorded for; None before the document was sent in
    )
    vetoed: bool = False  # somebody said no, and nobody has lifted it for what the document says now
    states: tuple[SlotState, ...] = ()
    signature: Signature | None = None
    content_hash: str = ""
    sent_on: date | None = (
        None  # the day the content under signature was sent in; there was no slip of it before
    )
    new_place: Place | None = None
    month: MonthFacts | None = None
    notice: NoticeFacts | None = None
    sheet: SheetFacts | None = None
    masking: Masking | None = None  # of the paper under review
    pursuit: PursuitFacts | None = None  # a step to collect a claim
    history: tuple[Voucher, ...] = ()
    fees: frozenset[str] = frozenset()  # ids of payments with a bank advice behind them
    results: ResultFacts | None = None
    year: YearFacts | None = None
    account: AccountFacts | None = None
    correction: CorrectionFacts | None = None
    bank: tuple[BankFacts, ...] = ()
    line: LineFacts = NOTHING
    plan: PlanFacts = NO_PLAN
    statements: StatementFacts = NO_STATEMENT
    invoices: InvoiceFacts = NO_INVOICES
    assets: AssetFacts = NO_ASSETS
    resources: ResourceFacts = NO_RESOURCES
    contracts: ContractFacts = NO_CONTRACTS
    loans: LoanFacts = NO_LOANS
    resolutions: ResolutionFacts = NO_RESOLUTIONS
    look: LookFacts = NO_LOOK
    checks: tuple[CheckFacts, ...] = ()  # vouchers somebody is about to confirm
    office: OfficeFacts = NO_OFFICE
    spending: SpendingFacts = NO_SPENDING
    keys: KeyFacts = NO_KEYS
    board: BoardFacts = NO_BOARD
    duties: DutyFacts = NO_DUTIES
    lists: ListFacts = NO_LISTS
    batches: BankBatchFacts = NO_BATCH
    travel: TravelFacts = NO_TRAVEL
    works: WorksFacts = NO_WORKS
    labour: LabourFacts = NO_LABOUR
    words: WordFacts = NO_WORDS
    links: dict[Link, LinkTarget] = field(default_factory=dict)  # what the document's links point at
    demands: dict[str, Demand] = field(default_factory=dict)  # what accounts ask of their lines
    roster: RosterFacts | None = None
    opening: tuple[VoucherLine, ...] | None = None  # the balances a book is to begin with
    begun: bool = False  # opening balances or vouchers are there already
    demand: DemandFacts | None = None
