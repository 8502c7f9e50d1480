"""Translated names of the field's codes: kinds, slots, posts, tiers, classes. Words only."""

from __future__ import annotations

from villagebook.domain.account import Chart
from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.link import LinkKind
from villagebook.domain.people import PostKind
from villagebook.domain.place import Line, LineMode, Purpose
from villagebook.domain.policy import Policy
from villagebook.domain.receipts import BookState, Medium
from villagebook.domain.roster import OutsiderKind
from villagebook.domain.signature import Slot, StandIn
from villagebook.domain.voucher import DocKind, Origin
from villagebook.i18n import N_, _, language
from villagebook.rules import post_words
from villagebook.rules.link_words import KIND_WORDS
from villagebook.rules.spending_facts import NO_SPENDING, SpendingFacts

_SLOTS = {
    "H": N_("Handler"),
    "W": N_("Witness"),
    "C": N_("Clerk's check"),
    "S": N_("Supervision review"),
    "M2": N_("Two-committee minutes"),
    "MR": N_("Representatives' resolution"),
    "ML": N_("Four discussions, two openness"),
    "T": N_("Township approval"),
    "D": N_("Director's approval"),
    "P": N_("Secretary's approval"),
    "A": N_("Accountant's booking"),
}
_KINDS = {
    DocKind.RECEIPT: N_("Money in"),
    DocKind.PAYMENT: N_("Money out"),
    DocKind.TRANSFER: N_("Between places"),
    DocKind.ADJUSTMENT: N_("Adjustment"),
}
_TIERS = {
    "small": N_("small payment"),
    "medium": N_("medium payment"),
    "large": N_("large payment"),
    "huge": N_("very large payment"),
}
_SPEND = {
    SpendKind.ORDINARY: N_("ordinary"),
    SpendKind.RECURRING: N_("recurring by contract or rate"),
    SpendKind.RECEPTION: N_("reception"),
    SpendKind.LOAN: N_("loan to somebody"),
    SpendKind.ADVANCE: N_("advance to be settled"),
    SpendKind.LOST_WORK: N_("lost-work pay"),
    SpendKind.WELFARE: N_("condolence or welfare"),
    SpendKind.SUBSIDY: N_("subsidy to households"),
    SpendKind.WORKS: N_("works"),
    SpendKind.TRAVEL: N_("travel"),
}
_SUPPORT = {
    Support.INVOICE: N_("Invoice"),
    Support.FISCAL_NOTE: N_("Fiscal note"),
    Support.RECEIPT: N_("Own receipt book"),
    Support.BANK_ADVICE: N_("Bank advice"),
    Support.SIGNED_LIST: N_("Signed list"),
    Support.PERSON_RECEIPT: N_("Private person's receipt"),
    Support.CONTRACT: N_("Contract"),
    Support.MINUTES: N_("Minutes or resolution"),
    Support.INTERNAL: N_("Internal calculation"),
    Support.IOU: N_("IOU or plain note"),
}
_LINES = {
    Line.INCOME: N_("income line"),
    Line.EXPENDITURE: N_("expense line"),
    Line.SPECIAL: N_("special funds"),
    Line.AGENCY: N_("collected for others"),
    Line.UNDIVIDED: N_("not divided (imported)"),
}
_MODES = {
    LineMode.TWO_ACCOUNTS: N_("two bank accounts"),
    LineMode.ONE_ACCOUNT: N_("one bank account, two lines inside"),
    LineMode.AGENCY: N_("bank money kept by the township centre"),
}
_PURPOSES = {
    Purpose.DEPOSIT: N_("Deposit of takings"),
    Purpose.APPROPRIATION: N_("Appropriation to the expense line"),
    Purpose.IMPREST_ISSUE: N_("Imprest issue"),
    Purpose.IMPREST_RETURN: N_("Imprest return"),
    Purpose.FUND: N_("To or from a special fund"),
}

_OUTSIDERS = {
    OutsiderKind.SUPPLIER: N_("Supplier"),
    OutsiderKind.CUSTOMER: N_("Buyer"),
    OutsiderKind.TENANT: N_("Tenant or contractor"),
    OutsiderKind.AUTHORITY: N_("Public office"),
    OutsiderKind.BANK: N_("Bank or lender"),
    OutsiderKind.PERSON: N_("Private person"),
    OutsiderKind.OTHER: N_("other"),
}


def account_title(chart: Chart, code: str, unknown: str | None = None) -> str:
    """What an account is called in the screen's language.

    Where the chart has none of this code, the code itself, or `unknown` where a code stands beside it.
    """
    account = chart.get(code)
    return account.title(language()) if account else code if unknown is None else unknown


def outsider_title(kind: OutsiderKind) -> str:
    return _(_OUTSIDERS[kind])


def direction(balance_fen: int) -> str:
    """The side a signed balance stands on, as a ledger says it: 借, 贷, or 平 with nothing left (JG art. 60)."""
    return _("Dr") if balance_fen > 0 else _("Cr") if balance_fen < 0 else _("Nil")


def link_kind_title(kind: LinkKind) -> str:
    return _(KIND_WORDS[kind])


def slot_title(code: str) -> str:
    return _(_SLOTS[code]) if code in _SLOTS else code


def post_title(kind: PostKind) -> str:
    return post_words.post_title(kind)


_STANDING_IN = {
    StandIn.ONE_SHOULDER: N_("deputy: one person is both heads"),
    StandIn.INVOLVED: N_("in place of who handles or is paid"),
    StandIn.RELATIVE: N_("in place of a relative of the payee"),
}


def stand_in_words(slot: Slot) -> str:
    """Why others than usual sign a slot, "" when they are the usual ones."""
    return _(_STANDING_IN[slot.why]) if slot.why else ""


def kind_title(kind: DocKind) -> str:
    return _(_KINDS[kind])


_MEDIA = {
    Medium.PAPER: N_("printed book"),
    Medium.ELECTRONIC: N_("electronic series"),
    Medium.FISCAL: N_("fiscal notes"),
}
_BOOK_STATES = {
    BookState.IN_USE: N_("in use"),
    BookState.USED: N_("used up"),
    BookState.RETURNED: N_("handed back"),
}


def medium_title(medium: Medium) -> str:
    return _(_MEDIA[medium])


def book_state_title(state: BookState) -> str:
    return _(_BOOK_STATES[state])


def spend_title(kind: SpendKind) -> str:
    return _(_SPEND[kind])


def support_title(support: Support) -> str:
    return _(_SUPPORT[support])


_MONTHS = (
    N_("Jan"),
    N_("Feb"),
    N_("Mar"),
    N_("Apr"),
    N_("May"),
    N_("Jun"),
    N_("Jul"),
    N_("Aug"),
    N_("Sep"),
    N_("Oct"),
    N_("Nov"),
    N_("Dec"),
)


def month_title(month: int) -> str:
    """A month of the year, 1 to 12, as short as beside the bar of a chart."""
    return _(_MONTHS[month - 1])


def line_title(line: Line) -> str:
    return _(_LINES[line])


def line_words() -> tuple[tuple[str, str], ...]:
    """Code and title of every line, for a column."""
    return tuple((line.value, _(title)) for line, title in _LINES.items())


def origin_words() -> tuple[tuple[str, str], ...]:
    """Code and title of where a voucher comes from, for a column."""
    return ((Origin.NATIVE.value, _("made here")), (Origin.IMPORT.value, _("taken over")))


def mode_title(mode: LineMode) -> str:
    return _(_MODES[mode])


def purpose_title(purpose: Purpose) -> str:
    return _(_PURPOSES[purpose])


def tier_title(policy: Policy, document: Document, spending: SpendingFacts = NO_SPENDING) -> str:
    """How the amount ranks for approvals, summed with what it belongs to; empty for documents that need none."""
    if document.kind is not DocKind.PAYMENT or document.total_fen <= 0:
        return ""
    if document.spend_kind is not SpendKind.ORDINARY:
        return spend_title(document.spend_kind)
    return tier_name(policy.tier_of(spending.counted_fen or document.total_fen).name)


def tier_name(name: str) -> str:
    """A tier by its code; a township's own tiers are called what it calls them."""
    return _(_TIERS[name]) if name in _TIERS else name
