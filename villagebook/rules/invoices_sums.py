"""Whether an invoice adds up and says what its file and its code say: V6, V11, V12, V13 of audit_checks.md section 6."""

from __future__ import annotations

import re
from collections.abc import Iterator

from villagebook.domain.booked_invoice import BookedInvoice
from villagebook.domain.document import Support
from villagebook.domain.finding import Severity
from villagebook.domain.invoice import Carrier, Invoice, InvoiceItem, InvoiceKind, plain
from villagebook.domain.invoice_checks import ROUNDING_FEN, total_gap_fen, words_agree
from villagebook.domain.money import yuan_text
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.invoice_words import field_title, hit, papers, shown, told
from villagebook.rules.rule import Hit, Rule

_PER_CENT = re.compile(r"([0-9]+(?:\.[0-9]+)?)(%?)")
_CATEGORY = re.compile(r"^\*[^*]+\*")
"""The tax office's class before an item's name: *农机*水泵."""


def _does_not_add_up(facts: Facts) -> Iterator[Hit]:
    for document, invoice in told(facts):
        gap_fen = total_gap_fen(invoice)
        if gap_fen is not None and abs(gap_fen) > ROUNDING_FEN:
            yield hit(
                document,
                invoice,
                what=_("net and tax make {sum}, the total says {total}").format(
                    sum=yuan_text((invoice.total_fen or 0) - gap_fen), total=yuan_text(invoice.total_fen or 0)
                ),
            )
        if words_agree(invoice) is False:
            yield hit(
                document,
                invoice,
                what=_("the amount in words ({words}) is not {total}").format(
                    words=invoice.total_words, total=yuan_text(invoice.total_fen or 0)
                ),
            )
        for rate in dict.fromkeys(i.rate for i in invoice.items if i.rate and not _is_usual(i.rate, facts)):
            yield hit(document, invoice, what=_("{rate} is no usual rate of tax").format(rate=rate))
    yield from _more_than_invoiced(facts)


def _is_usual(rate: str, facts: Facts) -> bool:
    """0.06, 6%, 6 and the words in place of a rate."""
    words = plain(rate)
    if words in facts.policy.words["no_tax_words"]:
        return True
    match = _PER_CENT.fullmatch(words)
    if not match:
        return False
    value = float(match[1])
    per_cent = value if match[2] or value >= 1 else value * 100
    return any(abs(per_cent - float(usual)) < 1e-9 for usual in facts.policy.words["tax_rates"])


def _more_than_invoiced(facts: Facts) -> Iterator[Hit]:
    """More is paid than the invoices are for; less is a discount or a part, and nobody's loss."""
    document = document_of(facts, DocKind.PAYMENT)
    if document is None or document.support is not Support.INVOICE or not document.invoices:
        return
    totals = [paper.told.total_fen for paper in document.invoices]
    known = [fen for fen in totals if fen is not None]
    if len(known) == len(totals) and document.total_fen > sum(known):
        text = _("{paid} is to be paid, the invoices are for {sum}")
        what = text.format(paid=yuan_text(document.total_fen), sum=yuan_text(sum(known)))
        yield Hit(label(document), {"no": _("The payment"), "what": what}, f"draft:{document.id}")


def _vague(facts: Facts) -> Iterator[Hit]:
    for document, paper in papers(facts):
        items = [i for i in paper.told.items if _is_vague(i, facts)]
        if items and paper.listed_fen is None:
            yield hit(document, paper.told, item=items[0].name, list=_("there is no list"))
        elif paper.listed_fen is not None and paper.listed_fen != paper.told.total_fen:
            listed = _("the list makes {sum}").format(sum=yuan_text(paper.listed_fen))
            yield hit(document, paper.told, item=items[0].name if items else "", list=listed)
        elif _lines_differ(paper.told):
            listed = _("its lines do not make its net amount")
            yield hit(document, paper.told, item=paper.told.items[0].name, list=listed)


def _is_vague(item: InvoiceItem, facts: Facts) -> bool:
    bare = _CATEGORY.sub("", plain(item.name))
    return bare in {plain(word) for word in facts.policy.words["vague_items"]}


def _lines_differ(invoice: Invoice) -> bool:
    amounts = [i.amount_fen for i in invoice.items]
    if not amounts or invoice.net_fen is None:
        return False
    known = [fen for fen in amounts if fen is not None]
    return len(known) == len(amounts) and abs(sum(known) - invoice.net_fen) > ROUNDING_FEN * len(known)


def _differs(facts: Facts, *, code: bool) -> Iterator[Hit]:
    for document, paper in papers(facts):
        for carrier, field, mine, theirs in paper.differences():
            if (carrier is Carrier.QR) is code:
                yield hit(
                    document,
                    paper.told,
                    field=field_title(field),
                    mine=shown(mine, field),
                    theirs=shown(theirs, field),
                )


def _file_differs(facts: Facts) -> Iterator[Hit]:
    yield from _differs(facts, code=False)
    document = facts.document
    kept = {a.sha256 for a in document.attachments} if document else set()
    for owner, paper in papers(facts):
        if paper.sha256 and paper.sha256 not in kept:
            nothing = _("nothing")
            yield hit(owner, paper.told, field=_("The original file"), mine=nothing, theirs=paper.sha256[:12])


def _no_xml(facts: Facts) -> Iterator[Hit]:
    """A digital invoice whose XML, or OFD with its data, is not here: paper and picture alone are a print."""
    for document, paper in papers(facts):
        is_digital = paper.told.kind in (InvoiceKind.DIGITAL, InvoiceKind.RAIL, InvoiceKind.AIR)
        if is_digital and _is_entered(paper) and paper.carrier < Carrier.OFD_TAGS:
            yield hit(document, paper.told)


def _is_entered(paper: BookedInvoice) -> bool:
    """More than a number somebody typed where the paper's number stands."""
    return bool(paper.sha256 or paper.told.issued_on or paper.told.total_fen or paper.told.seller)


_SOURCE_13 = "audit_checks.md 6 V13; N9 [N], N10 [T]"

RULES = (
    Rule(
        "INV-06",
        "V6",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V6; interfaces.md 4.1 [T]",
        N_("An invoice adds up"),
        N_("Net, tax, total and the words are written by one machine; where they differ, a hand was at it."),
        N_("{no}: {what}. Compare every amount with the paper."),
        _does_not_add_up,
    ),
    Rule(
        "INV-11",
        "V11",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V11 [R] R3; approvals.md 4",
        N_("What was bought can be read"),
        N_("'Office supplies' on an invoice may be anything; a list with prices makes it something."),
        N_("{no}: {item}; {list}. Attach the seller's list of what was sold and enter what it adds up to."),
        _vague,
    ),
    Rule(
        "INV-12",
        "V12",
        Severity.HOLD,
        SUBMIT,
        "audit_checks.md 6 V12; interfaces.md 4.3 [T]; order of fields [M]",
        N_("The code on the paper says what was typed"),
        N_("The square code is written by the machine that wrote the invoice."),
        N_("{no}: {field} is {mine} here, the code on the paper says {theirs}. Take it from the invoice."),
        lambda facts: _differs(facts, code=True),
    ),
    Rule(
        "INV-13",
        "V13",
        Severity.HOLD,
        SUBMIT,
        _SOURCE_13,
        N_("The file of the invoice says what was typed"),
        N_("The file is the invoice; what is typed is only a copy of it."),
        N_("{no}: {field} is {mine} here, the file of the invoice says {theirs}. Take it from the invoice."),
        _file_differs,
    ),
    Rule(
        "INV-25",
        "V13",
        Severity.HINT,
        SUBMIT,
        _SOURCE_13,
        N_("The file of an electronic invoice is kept"),
        N_("Of an electronic invoice the file is the original; a print or a picture is a copy."),
        N_("{no}: the XML or OFD file is missing. Ask the seller for it and drop it on the form."),
        _no_xml,
    ),
)
