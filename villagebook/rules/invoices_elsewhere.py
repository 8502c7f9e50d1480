"""An invoice another village, school or office has used already: the second half of V2 of audit_checks.md section 6.

What others used is known from lists alone, carried by stick. A list the township signed refuses; a table nobody signed is
somebody's word, which holds until a reason is recorded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from villagebook.domain.finding import Severity
from villagebook.domain.used_invoice import UsedElsewhere
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES
from villagebook.rules.invoice_words import hit, name, told
from villagebook.rules.rule import Hit, Rule, When

REFUSE = "unsigned_list_refuses"


def _listed(facts: Facts, *, refused: bool) -> Iterator[Hit]:
    for document, invoice in told(facts):
        for word in facts.invoices.elsewhere:
            refuses = word.signed or facts.policy.switches[REFUSE]
            if word.entry.key == invoice.key and refuses == refused:
                found = hit(document, invoice, where=word.entry.where, list=list_name(word))
                yield replace(found, target=f"register:invoices/list-{word.seq}")


def list_name(word: UsedElsewhere) -> str:
    """How a sentence names a list: whose it is, of which day, and who told it where nobody signed."""
    day = word.as_of.isoformat()
    if word.signed:
        return _("{issuer}, {day}, signed").format(issuer=word.issuer, day=day)
    return _("{issuer}, {day}, unsigned, as told by {name}").format(
        issuer=word.issuer, day=day, name=word.told_by
    )


def _booked(facts: Facts) -> Iterator[Hit]:
    for known, word in facts.invoices.booked_elsewhere:
        values: dict[str, object] = {
            "no": name(known.invoice),
            "ours": known.where,
            "where": word.entry.where,
            "list": list_name(word),
        }
        yield Hit(known.where, values, known.target)


def _no_list(facts: Facts) -> Iterator[Hit]:
    taking = facts.invoices.taking
    if taking is None:
        return
    told_, today = taking.content, facts.today
    problems = []
    if taking.holds is None and len(taking.told_by.strip()) < 2:
        problems.append(_("nobody has signed it; say who brought it"))
    if not taking.suite_known:
        problems.append(_("it is signed by a procedure this program does not know; update the program"))
    elif taking.holds is False:
        problems.append(_("the signature does not fit, it was changed after it was signed; ask for it again"))
    elif not taking.trusted:
        problems.append(
            _("it is signed with a key this book no longer trusts; ask for one signed with the new key")
        )
    if len(told_.issuer.strip()) < 2:
        problems.append(_("it does not say whose list it is; name the township"))
    days = [d for d in (told_.as_of, taking.signed_on) if d and d > today]
    problems += [
        _("{day} has not come yet; set the day or the clock right").format(day=d.isoformat())
        for d in days[:1]
    ]
    if not told_.entries:
        problems.append(_("it holds no number; ask for it again"))
    if taking.taken_on:
        problems.append(
            _("this very file was taken in on {day}, nothing is left to do").format(
                day=taking.taken_on.isoformat()
            )
        )
    for what in problems:
        yield Hit(taking.file, {"what": what})


RULES = (
    Rule(
        "INV-31",
        "V2",
        Severity.ERROR,
        GATES,
        "audit_checks.md 6 V2 [D]; N9 [N]",
        N_("An invoice is used once among all villages"),
        N_("A copy of an invoice is booked in the next village, where nobody can see the first booking."),
        N_(
            "Invoice {no} was used elsewhere: {where} (list: {list}). One invoice is paid once. Where the other booking was taken back, the next list of the township says so."
        ),
        lambda facts: _listed(facts, refused=True),
    ),
    Rule(
        "INV-32",
        "V2",
        Severity.HOLD,
        GATES,
        "audit_checks.md 6 V2 [D]",
        N_("A number in an unsigned list is asked about"),
        N_("A list nobody signed proves nothing, but whoever wrote it knew the number."),
        N_(
            "Invoice {no} stands in an unsigned list as used: {where} (list: {list}). Ask there before it is paid, then say why it is paid here."
        ),
        lambda facts: _listed(facts, refused=False),
    ),
    Rule(
        "INV-33",
        "V2",
        Severity.WARNING,
        frozenset({When.CLOSE, When.REVIEW}),
        "audit_checks.md 6 V2 [D]",
        N_("What was booked here was not used elsewhere"),
        N_("A list that comes later shows what could not be seen when it was booked."),
        N_(
            "Invoice {no}, booked here {ours}, was used elsewhere as well: {where} (list: {list}). Find out with the township which payment is right; reverse ours, or have the next list set the other free."
        ),
        _booked,
    ),
    Rule(
        "INV-34",
        "V2",
        Severity.ERROR,
        frozenset({When.REGISTER}),
        "audit_checks.md 6 V2 [D]",
        N_("A list of used numbers is somebody's word"),
        N_("Numbers that nobody answers for would stop payments for no reason."),
        N_("The list cannot be taken in: {what}."),
        _no_list,
    ),
)
