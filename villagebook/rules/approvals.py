"""Who must sign: AP0-AP5, AP12 and X1, X9 of approvals.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce

from villagebook.domain.document import Document, SpendKind, Support
from villagebook.domain.finding import Severity
from villagebook.domain.folding import first_word, folded, name_key
from villagebook.domain.money import yuan_text
from villagebook.domain.policy import Policy
from villagebook.domain.reason import says_why
from villagebook.domain.signature import Signature, SignKind, Slot, SlotKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, label
from villagebook.rules.heads import OWN_MATTER, usual
from villagebook.rules.rule import Hit, Rule, When
from villagebook.rules.strictness import told_level

SIGN = frozenset({When.SIGN})
POST = frozenset({When.POST})


def _where(facts: Facts, signature: Signature) -> str:
    about = label(facts.document) if facts.document else signature.subject
    return f"{about}: {signature.slot}"


def _slot(facts: Facts, code: str) -> Slot | None:
    return next((s.slot for s in facts.states if s.slot.code == code), None)


def _missing(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for state in facts.states:
        if doc and state.open_count:
            yield Hit(label(doc), {"slot": state.slot.code, "n": state.open_count}, f"document:{doc.id}")


def _stale(facts: Facts) -> Iterator[Hit]:
    for state in facts.states:
        for signature in state.signatures:
            if signature.content_hash != facts.content_hash:
                yield Hit(_where(facts, signature), {"name": facts.staff.name(signature.person_id)})


def _not_in_post(facts: Facts) -> Iterator[Hit]:
    """On the day of signing, and still on the day the document was sent in: who has left signs nothing new dated back."""
    signature = facts.signature
    slot = _slot(facts, signature.slot) if signature else None
    if signature is None or slot is None or slot.kind is SlotKind.MEETING:
        return
    name = facts.staff.name(signature.person_id)
    known = signature.person_id in facts.staff.persons
    days = {signature.signed_on, max(signature.signed_on, facts.sent_on or signature.signed_on)}
    held = frozenset.intersection(*(facts.staff.posts_of(signature.person_id, day) for day in days))
    may = usual(slot, facts).posts
    if not known or (may and not held & set(may)):
        yield Hit(
            _where(facts, signature),
            {"name": name, "slot": slot.code, "day": signature.signed_on.isoformat()},
            "people",
        )


def _no_evidence(facts: Facts) -> Iterator[Hit]:
    signature = facts.signature
    slot = _slot(facts, signature.slot) if signature else None
    if signature is None or slot is None:
        return
    if (
        not signature.evidence
        or signature.kind not in slot.accepts
        or (slot.kind is SlotKind.MEETING and not signature.reference.strip())
        or (signature.kind is SignKind.KEY and not signature.key_id)
        or facts.look.foreign
    ):
        said = f" ({facts.look.foreign})" if facts.look.foreign else ""
        yield Hit(_where(facts, signature), {"slot": slot.code, "said": said})


def _out_of_order(facts: Facts) -> Iterator[Hit]:
    signature = facts.signature
    if signature is None:
        return
    turn = next((s.slot.code for s in facts.states if s.open_count), "")
    given = [g for s in facts.states for g in s.signatures]
    latest = max((g.signed_on for g in given), default=None)
    event_on = (facts.document.event_on or facts.document.booked_on) if facts.document else None
    if facts.sent_on and facts.look.printed:
        event_on = max(
            event_on or facts.sent_on, facts.sent_on
        )  # nobody signed a slip before it could be printed
    too_early = (latest and signature.signed_on < latest) or (event_on and signature.signed_on < event_on)
    if signature.slot != turn or too_early or signature.signed_on > facts.today:
        yield Hit(_where(facts, signature), {"slot": turn or "-", "day": signature.signed_on.isoformat()})


def _twice(facts: Facts) -> Iterator[Hit]:
    signature = facts.signature
    if signature is None or not signature.person_id:
        return
    name = facts.staff.name(signature.person_id)
    given = {g.person_id for s in facts.states for g in s.signatures}
    doc = facts.document
    is_payee = doc is not None and (
        (signature.person_id in facts.office.payee.ids and signature.slot not in OWN_MATTER)  # those: AP-41
        or doc.payee_person == signature.person_id
        or name_key(doc.party) == name_key(name)
    )
    if signature.person_id in given or is_payee:
        yield Hit(_where(facts, signature), {"name": name})


def _handles_own_payment(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None or not doc.handler or not any(s.code == "H" for s in facts.slots or ()):
        return
    name = facts.staff.name(doc.handler)
    paid = {doc.payee_person, *facts.office.payee.ids}
    if doc.handler in paid or name_key(doc.party) == name_key(name):
        yield Hit(label(doc), {"name": name}, f"document:{doc.id}")


def _vetoed(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc and facts.vetoed:
        yield Hit(label(doc), {}, f"register:vetoes/{doc.id}")


def _payment(facts: Facts) -> Document | None:
    return facts.document if facts.document and facts.document.kind is DocKind.PAYMENT else None


def forbidden_word(policy: Policy, texts: Iterable[str]) -> str:
    """The first word that may not be paid in any way of writing it, "" for none; words that only look alike are left out."""
    spelt = dict(told.split(maxsplit=1) for told in policy.words["spellings"] if " " in told.strip())
    innocent = policy.words["forbidden_except"]
    plain = [reduce(lambda left, word: left.replace(word, " "), innocent, text) for text in texts]
    return first_word(plain, policy.words["forbidden"], spelt)


def _forbidden(facts: Facts) -> Iterator[Hit]:
    doc = _payment(facts)
    if doc is None:
        return
    if doc.spend_kind is SpendKind.RECEPTION and facts.slots is None:
        yield Hit(label(doc), {"what": doc.summary})
        return
    texts = (doc.summary, *(i.summary for i in doc.items))
    word = forbidden_word(facts.policy, texts)
    if word:
        yield Hit(label(doc), {"what": word})


def _person_receipt(facts: Facts) -> Iterator[Hit]:
    doc = _payment(facts)
    limit_fen = facts.policy.number("person_receipt_fen")
    if doc and doc.support is Support.PERSON_RECEIPT and doc.total_fen > limit_fen:
        yield Hit(label(doc), {"limit": yuan_text(limit_fen)})


def _other_payee(facts: Facts) -> Iterator[Hit]:
    doc = _payment(facts)
    place = facts.places.get(doc.place) if doc else None
    if (
        doc
        and place
        and not place.is_cash
        and not doc.pay_list.strip()  # its rows each have an account: LST-14
        and doc.payee_account.strip()
        and folded(doc.payee_account) != folded(doc.party)
    ):
        yield Hit(label(doc), {"account": doc.payee_account, "payee": doc.party})


def _no_account_name(facts: Facts) -> Iterator[Hit]:
    """An empty name was compared with nothing."""
    doc = _payment(facts)
    place = facts.places.get(doc.place) if doc else None
    if doc is None or place is None or place.is_cash or doc.pay_list.strip() or not doc.party.strip():
        return  # a list has accounts of its own (LST-14); nobody to be paid is AP-04
    if not doc.payee_account.strip():
        level = told_level(facts.policy, "account_name_empty")
        yield Hit(label(doc), {"payee": doc.party}, f"document:{doc.id}", level)


def _no_reason(facts: Facts) -> Iterator[Hit]:
    doc = _payment(facts)
    if doc and doc.support is Support.PERSON_RECEIPT and not says_why(doc.no_invoice):
        yield Hit(label(doc), {"payee": doc.party}, f"document:{doc.id}")


RULES = (
    Rule(
        "AP-01",
        "AP1",
        Severity.ERROR,
        POST,
        "[L] L13; [R] R3",
        N_("Every slot is signed"),
        N_("A bill nobody signed for is a bill nobody answers for."),
        N_many(
            "Slot {slot} still needs {n} signature. Print the slip, have it signed, drop the photo in.",
            "Slot {slot} still needs {n} signatures. Print the slip, have it signed, drop the photo in.",
            "n",
        ),
        _missing,
    ),
    Rule(
        "AP-36",
        "AP1",
        Severity.ERROR,
        POST,
        "[D]",
        N_("Signatures cover exactly this content"),
        N_("A figure changed after signing was signed by nobody."),
        N_("{name} signed another content. Have the changed document signed again."),
        _stale,
    ),
    Rule(
        "AP-02",
        "AP1",
        Severity.ERROR,
        SIGN,
        "[L] L13; [R] R3",
        N_("The signatory holds the post on that day"),
        N_("Only the post gives the right to sign, and only while it lasts."),
        N_(
            "{name} held no post that may sign slot {slot} on {day}. Choose who did, or enter the post first."
        ),
        _not_in_post,
    ),
    Rule(
        "AP-03",
        "AP1",
        Severity.ERROR,
        SIGN,
        "[D]",
        N_("A signature has evidence"),
        N_("A tick without paper or key proves nothing."),
        N_(
            "Slot {slot} needs evidence{said}: the photo of the signed slip, or a key; for a meeting also the number of the minutes."
        ),
        _no_evidence,
    ),
    Rule(
        "AP-06",
        "AP3",
        Severity.ERROR,
        SIGN,
        "[L] L10, L13, L14",
        N_("Signatures come in order"),
        N_("Approving after the fact is no approval."),
        N_("{day} or this slot is out of order: it is slot {slot}'s turn, and dates may not go back."),
        _out_of_order,
    ),
    Rule(
        "AP-09",
        "AP5",
        Severity.ERROR,
        SIGN,
        "会计法 25 [N]; [D]",
        N_("Nobody signs twice, and never the payee"),
        N_("One person in two slots is no control."),
        N_("{name} has signed this already or is the payee. Another person must sign here."),
        _twice,
    ),
    Rule(
        "AP-89",
        "AP5",
        Severity.ERROR,
        SUBMIT,
        "会计法 25 [N]; [D]",
        N_("Who is paid does not handle the payment"),
        N_("The handler answers for the matter with a signature, and a payee signs none."),
        N_(
            "{name} is paid by this and cannot sign as its handler. Name another handler, who can answer for it."
        ),
        _handles_own_payment,
    ),
    Rule(
        "AP-08",
        "AP4",
        Severity.ERROR,
        frozenset({When.SUBMIT, When.SIGN, When.POST}),
        "2003 four ministries' opinion [N] N15; [R] R3, R5",
        N_("A veto stands until a meeting or the township lifts it"),
        N_("A finance group that can be walked past is no control."),
        N_(
            "This was rejected. Only a resolution of the representatives that names it, or the township, lifts the veto; record that first."
        ),
        _vetoed,
    ),
    Rule(
        "AP-18",
        "AP12",
        Severity.ERROR,
        SUBMIT,
        "[R] R3, R6, R35-R37",
        N_("Forbidden kinds of spending"),
        N_("Reception, tobacco and alcohol are not paid by villages here."),
        N_('"{what}" may not be paid by the village under the township\'s rules.'),
        _forbidden,
    ),
    Rule(
        "AP-37",
        "AP2",
        Severity.ERROR,
        SUBMIT,
        "X9 [R]; N19 by analogy",
        N_("Receipts of private persons are for small sums"),
        N_("Above the limit an invoice can be had."),
        N_("A private person's receipt supports at most {limit}. Get an invoice."),
        _person_receipt,
    ),
    Rule(
        "AP-84",
        "X9",
        Severity.HOLD,
        SUBMIT,
        "approvals.md section 4: person <= 500: reason no invoice [R]",
        N_("A private seller's receipt says why there is no invoice"),
        N_("Whoever could have given an invoice and gave none has a reason."),
        N_("Write why {payee} gives no invoice, in at least four characters."),
        _no_reason,
    ),
    Rule(
        "AP-30",
        "AP18",
        Severity.ERROR,
        SUBMIT,
        "[R] R12",
        N_("The payee's account is the payee's"),
        N_("Money that goes to another name goes astray."),
        N_("The account is in the name of {account}, the payee is {payee}. They must be the same."),
        _other_payee,
    ),
    Rule(
        "AP-85",
        "AP18",
        Severity.ERROR,
        SUBMIT,
        "[R] R12; account_name_empty [D]",
        N_("The name on the payee's account is told"),
        N_("An account without a name was compared with nobody."),
        N_("Write the name on the account of {payee}, as the bank has it; the two must be the same."),
        _no_account_name,
    ),
)
