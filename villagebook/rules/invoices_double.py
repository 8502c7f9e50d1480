"""The same invoice again, nearly the same, or one of a row: V2, V3, V10, V14, V18 of audit_checks.md section 6."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from villagebook.domain.booked_invoice import NOT_ASKED, KnownInvoice
from villagebook.domain.finding import Severity
from villagebook.domain.invoice import Invoice, plain
from villagebook.domain.invoice_checks import has_form, is_near, is_swapped, serial_gap
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT
from villagebook.rules.invoice_words import days_apart, hit, papers, told
from villagebook.rules.rule import Hit, Rule, When


def _used(facts: Facts) -> Iterator[Hit]:
    taken = {k.invoice.key: k for k in facts.invoices.used if k.state.holds}
    counts = Counter(invoice.key for _document, invoice in told(facts))
    for document, invoice in told(facts):
        known = taken.get(invoice.key)
        if known:
            yield replace(hit(document, invoice, where=known.where, party=known.party), target=known.target)
        elif counts[invoice.key] > 1:
            yield hit(document, invoice, where=document.summary, party=document.party)
            counts[invoice.key] = 0


def _like(facts: Facts) -> Iterator[Hit]:
    for document, paper in papers(facts):
        for known in facts.invoices.like:
            if (
                known.state.holds
                and known.invoice.key != paper.told.key
                and _is_like(paper.told, paper.sha256, known)
            ):
                yield replace(
                    hit(document, paper.told, other=known.invoice.number, where=known.where),
                    target=known.target,
                )
                break


def _is_like(invoice: Invoice, sha256: str, known: KnownInvoice) -> bool:
    """Out of one file, one seller's of one day and total, or a number a slip of the hand away."""
    other = known.invoice
    if sha256 and sha256 == known.sha256:
        return True
    same_total = other.total_fen is not None and other.total_fen == invoice.total_fen
    same_day = other.issued_on is not None and other.issued_on == invoice.issued_on
    same_seller = bool(invoice.seller) and plain(invoice.seller) == plain(other.seller)
    if same_total and same_day and same_seller:
        return True
    if not is_near(invoice.number, other.number) or plain(invoice.code) != plain(other.code):
        return False
    told_both = None not in (invoice.total_fen, other.total_fen, invoice.issued_on, other.issued_on)
    if is_swapped(invoice.number, other.number):
        return not told_both or same_total or same_day
    return same_total and (same_day or same_seller or not told_both)


def _in_a_row(facts: Facts) -> Iterator[Hit]:
    """Numbers close to each other, of this document and of others of the same seller in these days."""
    gap, days = facts.policy.number("invoice_serial_gap"), facts.policy.number("invoice_serial_days")
    own = [invoice for _document, invoice in told(facts)]
    for document, invoice in told(facts):
        if not invoice.seller or invoice.issued_on is None or invoice.kind in NOT_ASKED:
            continue
        others = [k.invoice for k in facts.invoices.series if k.state.holds] + [
            o for o in own if o is not invoice
        ]
        row = [
            o
            for o in others
            if o.issued_on
            and plain(o.seller) == plain(invoice.seller)
            and days_apart(o.issued_on, invoice.issued_on) <= days
            and 0 < (serial_gap(invoice, o) or 0) <= gap
        ]
        if row:
            total_fen = sum(o.total_fen or 0 for o in (invoice, *row))
            yield hit(
                document,
                invoice,
                seller=invoice.seller,
                others=", ".join(o.number for o in row),
                total=yuan_text(total_fen),
            )
            return


def _red(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        if not (invoice.is_red or (invoice.total_fen or 0) < 0):
            continue
        original = next(
            (k for k in facts.invoices.originals if k.invoice.number == plain(invoice.red_of)), None
        )
        values = {"original": invoice.red_of or "?", "where": original.where if original else "-"}
        made = hit(document, invoice, **values)
        yield replace(made, target=original.target) if original else made
    for document, invoice in told(facts):
        for red in facts.invoices.reds:
            if red.invoice.red_of and red.invoice.red_of in (plain(invoice.number), invoice.key):
                yield hit(document, red.invoice, original=invoice.number, where=red.where)


def _taken_back(facts: Facts) -> Iterator[Hit]:
    for known, check in facts.invoices.taken_back:
        yield Hit(
            known.where,
            {"no": known.invoice.number, "day": check.checked_on.isoformat(), "where": known.where},
            known.target,
        )


def _ticket_row(facts: Facts) -> Iterator[Hit]:
    """Tickets torn off one block on different days, for different people, or the later number first."""
    gap = facts.policy.number("invoice_serial_gap")
    own = [(invoice, document.handler) for document, invoice in told(facts)]
    for document, invoice in told(facts):
        if invoice.kind not in NOT_ASKED or not plain(invoice.number).isdigit() or not has_form(invoice):
            continue
        known = [(k.invoice, k.handler) for k in facts.invoices.series if k.state.holds]
        for other, handler in (*known, *(o for o in own if o[0] is not invoice)):
            distance = serial_gap(invoice, other)
            if not distance or distance > gap:
                continue
            mine, theirs = _ticket_day(invoice), _ticket_day(other)
            elsewhere = bool(handler) and bool(document.handler) and handler != document.handler
            if (mine and theirs and mine != theirs) or elsewhere:
                yield hit(document, invoice, other=other.number, day=theirs.isoformat() if theirs else "-")
                return


def _out_of_order(facts: Facts) -> Iterator[Hit]:
    """A lower number on a later day from one seller, beyond the gap of a block: the day was chosen, not travelled."""
    gap = facts.policy.number("invoice_serial_gap")
    own = [invoice for _document, invoice in told(facts)]
    for document, invoice in told(facts):
        mine = _ticket_day(invoice)
        if invoice.kind not in NOT_ASKED or not invoice.seller or mine is None or not has_form(invoice):
            continue
        for other in (*(k.invoice for k in facts.invoices.series if k.state.holds), *own):
            theirs, distance = _ticket_day(other), serial_gap(invoice, other)
            if (
                theirs is None
                or not distance
                or distance <= gap
                or plain(other.seller) != plain(invoice.seller)
            ):
                continue
            is_lower = int(plain(invoice.number)) < int(plain(other.number))
            if (is_lower and mine > theirs) or (not is_lower and mine < theirs and other not in own):
                days = {"day": mine.isoformat(), "other": other.number, "their_day": theirs.isoformat()}
                yield hit(document, invoice, **days)
                return


def _ticket_day(invoice: Invoice) -> date | None:
    journey = invoice.journey
    return (journey.travelled_on if journey else None) or invoice.issued_on


RULES = (
    Rule(
        "INV-02",
        "V2",
        Severity.ERROR,
        GATES,
        "audit_checks.md 6 V2; N9 [N]",
        N_("An invoice is booked once"),
        N_("The same invoice paid twice is the oldest way to get money out of a till twice."),
        N_(
            "Invoice {no} was used already: {where}, {party}. One invoice is paid once; look at the other voucher before anything is paid."
        ),
        _used,
    ),
    Rule(
        "INV-03",
        "V3",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V3 [D]",
        N_("No invoice is nearly the same as another"),
        N_("Two figures in each other's place hide that the same paper comes a second time."),
        N_(
            "Invoice {no} is nearly the same as {other} ({where}): the number, the file, or seller, day and amount agree. Compare both papers, then say why both are right."
        ),
        _like,
    ),
    Rule(
        "INV-10",
        "V10",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V10 [R] R28, A1",
        N_("Invoices of one seller do not come one after the other"),
        N_("Consecutive numbers are a purchase that was divided, or blank invoices bought by the block."),
        N_(
            "{no}: {seller} wrote {others} right beside it; together {total}. If it is one purchase, it is decided as one."
        ),
        _in_a_row,
    ),
    Rule(
        "INV-14",
        "V14",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V14 [D]",
        N_("A red invoice takes another back"),
        N_("When the seller takes an invoice back, the money must come back too."),
        N_(
            "{no} is a red invoice and takes back {original} ({where}). Nothing is paid on it: reverse the voucher of the first one, or enter the money that came back, and say so."
        ),
        _red,
    ),
    Rule(
        "INV-14",
        "V14",
        Severity.WARNING,
        frozenset({When.CLOSE}),
        "audit_checks.md 6 V14, V24 [D]",
        N_("A red invoice takes another back"),
        N_("When the seller takes an invoice back, the money must come back too."),
        N_(
            "Invoice {no} ({where}) was taken back by the seller, as the township found on {day}. Get the money or a new invoice; reverse the voucher when neither comes."
        ),
        _taken_back,
    ),
    Rule(
        "INV-18",
        "V18",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V18 [R] A1",
        N_("Paper tickets are of different blocks"),
        N_("Tickets of different days or people that were torn off one block were collected, not travelled."),
        N_(
            "{no} comes from the same block as {other} of {day}, for another day or another person. Ask who travelled."
        ),
        _ticket_row,
    ),
    Rule(
        "INV-35",
        "V18",
        Severity.WARNING,
        SUBMIT,
        "audit_checks.md 6 V18 [R] A1: number order against date order",
        N_("Numbers of tickets rise with their days"),
        N_("A ticket torn off before another was not bought after it."),
        N_(
            "{no} is of {day}, {other} of the same seller of {their_day}: the lower number has the later day. Ask who travelled, and when."
        ),
        _out_of_order,
    ),
)
