"""A list when it is paid: known, paid once, of this sum, proven, shown; and payments that lack a list. AP15, X2 to X4."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.document import Document, SpendKind
from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind, PayList
from villagebook.domain.pay_list_proof import ProofKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many, _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, document_of, label, sets_right
from villagebook.rules.rule import Hit, Rule, When
from villagebook.rules.strictness import told_level

POST = frozenset({When.POST})
_NEEDS_LIST = frozenset({SpendKind.LOST_WORK, SpendKind.WELFARE, SpendKind.SUBSIDY})


def _target(found: PayList) -> str:
    return f"register:lists/{found.code}"


def _unpayable(facts: Facts) -> Iterator[Hit]:
    """A list that is unknown, paid before, or comes to another sum than the payment."""
    doc, paid, found = facts.document, facts.lists.paid, facts.lists.subject
    if doc is None or paid is None:
        return
    where = f"document:{doc.id}"
    if doc.kind is not DocKind.PAYMENT:
        yield Hit(label(doc), {"what": _("only a payment pays a list")}, where)
    elif found is None:
        text = _("the register has no list {code}").format(code=paid.named)
        yield Hit(label(doc), {"what": text}, "register:lists")
    elif paid.others:
        yield Hit(
            label(doc), {"what": _("{document} pays it").format(document=paid.others[0])}, _target(found)
        )
    elif paid.changed:
        what = _("the list was changed after this payment was sent in; what was signed is another list")
        yield Hit(label(doc), {"what": what}, _target(found))
    elif found.total_fen != doc.total_fen:
        text = _("the list comes to {list}, the payment to {payment}")
        what = text.format(list=yuan_text(found.total_fen), payment=yuan_text(doc.total_fen))
        yield Hit(label(doc), {"what": what}, _target(found))


def _no_proof(facts: Facts) -> Iterator[Hit]:
    """Cash: the payees have signed before it leaves the drawer."""
    doc, paid, found = facts.document, facts.lists.paid, facts.lists.subject
    if doc and paid and found and paid.cash and not any(p.kind is ProofKind.SIGNATURES for p in paid.proofs):
        yield Hit(label(doc), {"code": found.code}, _target(found))


def _not_shown(facts: Facts) -> Iterator[Hit]:
    doc, paid, found = facts.document, facts.lists.paid, facts.lists.subject
    if doc is None or paid is None or found is None or found.kind not in TO_HOUSEHOLDS:
        return
    days = facts.policy.number("roster_show_days")
    if paid.cash:
        yield Hit(label(doc), {"what": _("it is paid by the bank only, never in cash")}, _target(found))
    if paid.reviewed_on is None:
        yield Hit(label(doc), {"what": _("supervision has not reviewed it as it is now")}, _target(found))
    if paid.shown is None:
        yield Hit(label(doc), {"what": _("it was not hung up as it is now")}, _target(found))
    elif (doc.booked_on - paid.shown.shown_on).days < days:
        text = ngettext(
            "it hangs since {day}, {n} day is asked for", "it hangs since {day}, {n} days are asked for", days
        )
        what = text.format(day=paid.shown.shown_on.isoformat(), n=days)
        yield Hit(label(doc), {"what": what}, _target(found))


def _lost_work_not_shown(facts: Facts) -> Iterator[Hit]:
    """Who is paid for which days hangs where the neighbours read it, who saw who worked."""
    doc, paid, found = facts.document, facts.lists.paid, facts.lists.subject
    days = facts.policy.number("lost_work_show_days")
    if doc is None or paid is None or found is None or found.kind is not ListKind.LOST_WORK or not days:
        return
    if paid.shown is None:
        yield Hit(
            label(doc), {"code": found.code, "n": days, "since": _("it does not hang yet")}, _target(found)
        )
    elif (doc.booked_on - paid.shown.shown_on).days < days:
        since = _("it hangs since {day}").format(day=paid.shown.shown_on.isoformat())
        yield Hit(label(doc), {"code": found.code, "n": days, "since": since}, _target(found))


def _no_list(facts: Facts) -> Iterator[Hit]:
    """Chosen as lost-work pay, welfare or a subsidy, and no list behind it; told by its words alone, only pointed out."""
    doc = document_of(facts, DocKind.PAYMENT)
    if doc is None or doc.pay_list.strip() or sets_right(facts):
        return
    if doc.spend_kind in _NEEDS_LIST:
        yield Hit(label(doc), {}, f"document:{doc.id}")
    elif _speaks_of_lost_work(facts, doc):
        level = told_level(facts.policy, "lost_work_unlisted")
        yield Hit(label(doc), {}, f"document:{doc.id}", level)


def _speaks_of_lost_work(facts: Facts, doc: Document) -> bool:
    texts = (doc.summary, *(i.summary for i in doc.items))
    return any(word in text for word in facts.policy.words["lost_work"] for text in texts)


RULES = (
    Rule(
        "LST-06",
        "AP15",
        Severity.ERROR,
        GATES,
        "approvals.md section 4: refused when the total differs; AP18",
        N_("A payment pays one list, whole and once"),
        N_("The difference between list and payment is somebody's."),
        N_("This payment and its list do not fit: {what}."),
        _unpayable,
    ),
    Rule(
        "AP-27",
        "AP15",
        Severity.ERROR,
        POST,
        "[R] R3, R4, R43; approvals.md section 4",
        N_("Everybody signs for the own money"),
        N_("Cash without the payee's hand went to somebody else."),
        N_(
            "Cash: attach the sheet the payees of list {code} signed before it is posted, or pay through the bank."
        ),
        _no_proof,
    ),
    Rule(
        "LST-07",
        "AP15",
        Severity.ERROR,
        SUBMIT,
        "approvals.md section 2, X4; [R] R12",
        N_("A roster of households is reviewed and hangs before the bank pays"),
        N_("What the neighbours can read, nobody dares to forge."),
        N_("The roster cannot be paid yet: {what}."),
        _not_shown,
    ),
    Rule(
        "LST-18",
        "X2",
        Severity.HOLD,
        SUBMIT,
        "approvals.md section 2, X2: publication; the days are the township's [D]",
        N_("A list of lost work hangs before it is paid"),
        N_("The neighbours saw who worked and who did not."),
        N_many(
            "List {code} hangs {n} day before it is paid; {since}. Hang it up first, or record why not.",
            "List {code} hangs {n} days before it is paid; {since}. Hang it up first, or record why not.",
            "n",
        ),
        _lost_work_not_shown,
    ),
    Rule(
        "LST-08",
        "AP15",
        Severity.ERROR,
        SUBMIT,
        "approvals.md section 2, X2-X4; section 4",
        N_("Pay by the day, welfare and subsidies stand on a list"),
        N_("One sum for many people hides who got what."),
        N_("Enter the list of payees in the registers and name it here."),
        _no_list,
    ),
)
