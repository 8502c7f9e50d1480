"""Receipt books as objects: drawn, used in order, voided with every copy, handed back and summed. R1-R3, R24, T1, T2."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.receipts import BookState, Medium, ReceiptBook, Voided
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, N_many
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When

RECEIPTS = frozenset({When.RECEIPTS})
CLOSE = frozenset({When.CLOSE})
_REASON = 4
"""A recorded reason has at least this many characters."""


def _book(book: ReceiptBook) -> str:
    return f"{book.kind} {book.number_text(book.first)}-{book.number_text(book.last)}"


def _excused(voided: Voided) -> bool:
    return len(voided.excuse.strip()) >= _REASON


def _kind_not_used(facts: Facts) -> Iterator[Hit]:
    draw = facts.line.draw
    allowed = facts.policy.words["receipt_kinds"]
    if draw and draw.book.medium.value not in allowed:
        yield Hit(_book(draw.book), {"medium": draw.book.medium.value, "allowed": ", ".join(allowed)})


def _outside(facts: Facts) -> Iterator[Hit]:
    act = facts.line.void
    if act and not (act.standing.book.first <= act.voided.number <= act.standing.book.last):
        no = act.standing.book.number_text(act.voided.number)
        yield Hit(_book(act.standing.book), {"no": no}, "people")


def _taken(facts: Facts) -> Iterator[Hit]:
    draw, act = facts.line.draw, facts.line.void
    if draw and draw.overlaps:
        yield Hit(_book(draw.book), {"no": _book(draw.overlaps)}, "people")
    if act and (act.used_by or act.spoilt):
        no = act.standing.book.number_text(act.voided.number)
        yield Hit(
            _book(act.standing.book), {"no": no}, f"document:{act.used_by}" if act.used_by else "people"
        )


def _skipped_void(facts: Facts) -> Iterator[Hit]:
    act, back = facts.line.void, facts.line.hand_back
    if act and act.voided.number > act.standing.top + 1 and act.voided.number <= act.standing.book.last:
        soft = Severity.WARNING if _excused(act.voided) else None
        missing = act.standing.book.number_text(act.standing.top + 1)
        yield Hit(_book(act.standing.book), {"missing": missing}, "people", soft)
    if back:
        for number in back.standing.gaps:
            soft = Severity.WARNING if number in back.standing.excused else None
            yield Hit(
                _book(back.standing.book),
                {"missing": back.standing.book.number_text(number)},
                "people",
                soft,
            )


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = facts.line.void
    if act is None:
        return
    needed = copies_needed(facts, act.standing.book)
    if act.voided.copies < needed:
        soft = Severity.WARNING if _excused(act.voided) else None
        no = act.standing.book.number_text(act.voided.number)
        yield Hit(
            _book(act.standing.book),
            {"no": no, "have": act.voided.copies, "needed": needed},
            "people",
            soft,
        )


def copies_needed(facts: Facts, book: ReceiptBook) -> int:
    """Every copy of a printed receipt; of an electronic one the platform's own record of the voiding."""
    return facts.policy.number("receipt_copies") if book.medium is Medium.PAPER else 1


def _too_many_out(facts: Facts) -> Iterator[Hit]:
    draw = facts.line.draw
    allowed = facts.policy.number("open_books")
    if draw and len(draw.out) >= allowed:
        yield Hit(
            _book(draw.book),
            {"old": "; ".join(_book(b) for b in draw.out), "n": len(draw.out), "allowed": allowed},
            "people",
        )


def _returned_before(facts: Facts) -> Iterator[Hit]:
    doc, act, back = document_of(facts, DocKind.RECEIPT), facts.line.void, facts.line.hand_back
    if doc and facts.line.receipt_returned:
        yield Hit(label(doc), {"no": doc.receipt_no})
    if act and act.standing.state is BookState.RETURNED:
        yield Hit(_book(act.standing.book), {"no": act.standing.book.number_text(act.voided.number)})
    if back and back.standing.state is BookState.RETURNED:
        yield Hit(_book(back.standing.book), {"no": _book(back.standing.book)})


def _own_sum(facts: Facts) -> Iterator[Hit]:
    back = facts.line.hand_back
    if back and back.counter == back.standing.book.custodian:
        yield Hit(_book(back.standing.book), {"name": facts.staff.name(back.counter)}, "people")


def _stubs_differ(facts: Facts) -> Iterator[Hit]:
    back = facts.line.hand_back
    if back and back.summed_fen != back.standing.booked_fen:
        yield Hit(
            _book(back.standing.book),
            {
                "stubs": yuan_text(back.summed_fen),
                "booked": yuan_text(back.standing.booked_fen),
                "difference": yuan_text(back.summed_fen - back.standing.booked_fen),
            },
        )


def _gaps_at_close(facts: Facts) -> Iterator[Hit]:
    for book in facts.line.books:
        for number in book.gaps:
            soft = Severity.WARNING if number in book.excused else None
            yield Hit(_book(book.book), {"missing": book.book.number_text(number)}, "people", soft)


def _incomplete_at_close(facts: Facts) -> Iterator[Hit]:
    for book in facts.line.books:
        needed = copies_needed(facts, book.book)
        for voided in book.voided:
            if voided.copies < needed and not _excused(voided):
                no = book.book.number_text(voided.number)
                yield Hit(_book(book.book), {"no": no, "have": voided.copies, "needed": needed}, "people")


def _out_too_long(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    days = facts.policy.number("book_days")
    for book in facts.line.books:
        last = book.book.issued_on + timedelta(days=days)
        if month and book.state is not BookState.RETURNED and month.period.last_day > last:
            yield Hit(
                _book(book.book),
                {"name": facts.staff.name(book.book.custodian), "day": book.book.issued_on.isoformat()},
                "people",
            )


_IN_ORDER = N_("Receipt numbers are used in order")
_SKIPPED = N_("A skipped number is money somebody may have received.")
_COPIES = N_("A voided receipt keeps every copy")
_WHY_COPIES = N_("A copy that is missing is in somebody's hand, with a sum on it.")
_FIX_COPIES = N_(
    "Receipt {no} is voided with {have} of {needed} copies. Take a picture of every copy, or record why one is missing."
)
_RETURNED = N_("A receipt book that was handed back stays closed")
_WHY_RETURNED = N_("Receipts from a book that was summed already would never be compared with anything.")
_FIX_RETURNED = N_("{no}: this book was handed back and summed. Write a receipt from the book in use.")

RULES = (
    Rule(
        "E2L-60",
        "R1",
        Severity.ERROR,
        RECEIPTS,
        "two_line.md 4 [R] R1, R4, R9",
        N_("Receipts are of a kind the township uses"),
        N_("Receipts nobody issued are receipts nobody can check."),
        N_("Receipts of kind {medium} are not used here (used: {allowed}). Draw a book of a kind that is."),
        _kind_not_used,
    ),
    Rule(
        "E2L-03",
        "R1",
        Severity.ERROR,
        RECEIPTS,
        "[R] R1, R4",
        N_("The receipt comes from a registered book"),
        N_("Receipts from unknown books are how takings stay outside the accounts."),
        N_("Receipt {no} was not printed in this book. Check the number."),
        _outside,
    ),
    Rule(
        "E2L-04",
        "R1",
        Severity.ERROR,
        RECEIPTS,
        "[R] R4",
        N_("A receipt number is used once"),
        N_("Two amounts under one number is the oldest trick with receipts."),
        N_(
            "{no} was handed out, used or voided already. A book is drawn once; a receipt that was booked is reversed before it is voided."
        ),
        _taken,
    ),
    Rule(
        "E2L-05",
        "R2",
        Severity.HOLD,
        RECEIPTS,
        "[R] R4, R14",
        _IN_ORDER,
        _SKIPPED,
        N_(
            "Receipt {missing} is neither used nor voided. Enter or void it first, or record why it is missing."
        ),
        _skipped_void,
    ),
    Rule(
        "E2L-06", "R2", Severity.HOLD, RECEIPTS, "[R] R4, R14", _COPIES, _WHY_COPIES, _FIX_COPIES, _incomplete
    ),
    Rule(
        "E2L-63",
        "R3",
        Severity.ERROR,
        SUBMIT | RECEIPTS,
        "[R] R4; [M]",
        _RETURNED,
        _WHY_RETURNED,
        _FIX_RETURNED,
        _returned_before,
    ),
    Rule(
        "E2L-07",
        "R3",
        Severity.ERROR,
        RECEIPTS,
        "[R] R4; [M]",
        N_("The next book is drawn when the old one is handed back"),
        N_("Books that lie about are receipts that can be written behind everybody's back (交旧领新)."),
        N_many(
            "{n} book is out, {allowed} may be: {old}. Hand the old one back and have it summed first.",
            "{n} books are out, {allowed} may be: {old}. Hand the old one back and have it summed first.",
            "n",
        ),
        _too_many_out,
    ),
    Rule(
        "E2L-42",
        "R24",
        Severity.ERROR,
        RECEIPTS,
        "会计法 25, 35 [N]; 郑州 7 [L]; [R] R15",
        N_("Who keeps the receipts does not sum them"),
        N_("Nobody finds his own mistakes, or wants to."),
        N_("{name} keeps this book. Somebody else must sum its stubs."),
        _own_sum,
    ),
    Rule(
        "E2L-61",
        "T4",
        Severity.ERROR,
        RECEIPTS,
        "audit_checks.md T4; A1 [R]",
        N_("The stubs of a book add up to what was booked"),
        N_("A stub that says more than the books is money that was kept (鸳鸯收据)."),
        N_(
            "The stubs add up to {stubs}, the books say {booked} (difference {difference}). Find the receipt that differs before the book is handed back."
        ),
        _stubs_differ,
    ),
    Rule(
        "E2L-05",
        "R2",
        Severity.HOLD,
        CLOSE,
        "[R] R4, R14; T1",
        _IN_ORDER,
        _SKIPPED,
        N_(
            "Receipt {missing} is neither used nor voided. Enter it, or void it with a picture of every copy."
        ),
        _gaps_at_close,
    ),
    Rule(
        "E2L-06",
        "R2",
        Severity.HOLD,
        CLOSE,
        "[R] R4, R14; T1",
        _COPIES,
        _WHY_COPIES,
        _FIX_COPIES,
        _incomplete_at_close,
    ),
    Rule(
        "E2L-62",
        "T2",
        Severity.WARNING,
        CLOSE,
        "audit_checks.md T2; [R] R28",
        N_("Receipt books come back"),
        N_("A book that is never handed back is never compared."),
        N_("{name} has had this book since {day}. Hand it back, have it summed, and draw the next one."),
        _out_too_long,
    ),
)
