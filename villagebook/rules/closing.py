"""What stops a month from closing: R2, R5, R14, R16, R23."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.people import PostKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import CountFact, Facts, MonthFacts, StatementFact
from villagebook.rules.rule import Hit, Rule, When

CLOSE = frozenset({When.CLOSE})


def _soft(month: MonthFacts) -> Severity | None:
    """History taken in cannot be counted or reconciled after the fact: it is said, not refused."""
    return Severity.HINT if month.only_imported else None


def _earlier_open(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    if month:
        yield from (Hit(str(month.period), {"earlier": p}, f"close:{p}") for p in month.earlier_open[:1])


def _waiting(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    if month:
        yield from (Hit(text, {}, f"document:{document_id}") for document_id, text in month.waiting)


def _undeposited(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for taken in month.takings if month else ():
        yield Hit(
            taken.received_on.isoformat(),
            {"no": taken.receipt_no or taken.party, "amount": yuan_text(taken.amount_fen)},
            f"receipt:{taken.document_id}",
        )


def _last_count(month: MonthFacts, place: str) -> CountFact | None:
    found = [c for c in month.counts if c.place == place]
    return found[-1] if found else None


def _uncounted(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for place, book_fen in month.cash_books if month else ():
        if month is None:
            continue
        count = _last_count(month, place.code)
        moved_since = bool(count and month.last_moves.get(place.code, count.counted_on) > count.counted_on)
        if count is None or moved_since:
            yield Hit(place.name, {"place": place.name, "book": yuan_text(book_fen)}, "count", _soft(month))


def _count_differs(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for place, _book_fen in month.cash_books if month else ():
        count = _last_count(month, place.code) if month else None
        if count and (count.difference_fen or count.counter == count.witness):
            yield Hit(
                f"{place.name} {count.counted_on.isoformat()}",
                {
                    "place": place.name,
                    "difference": yuan_text(count.difference_fen),
                    "iou": yuan_text(count.iou_fen),
                },
                "count",
            )


def _unreconciled(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    if month is None:
        return
    done = {code: s for s in month.statements for code in s.places}
    for place, book_fen in month.bank_books:
        wrong = _statement_wrong(facts, month, place.code, done.get(place.code))
        if wrong:
            values: dict[str, object] = {"place": place.name, "book": yuan_text(book_fen), "wrong": wrong}
            yield Hit(place.name, values, "statement", _soft(month))


def _statement_wrong(facts: Facts, month: MonthFacts, place: str, statement: StatementFact | None) -> str:
    """Why this statement does not settle the account; "" when it does."""
    if statement is None:
        return _("no balance of the bank is entered yet")
    if month.last_moves.get(place, statement.stated_on) > statement.stated_on:
        return _("money moved after {day}, the day of the statement").format(day=statement.stated_on)
    if PostKind.CASHIER in facts.staff.posts_of(statement.checked_by, month.period.last_day):
        return _("the cashier compared it")
    if statement.unexplained_fen:
        return _("{amount} is unexplained").format(amount=yuan_text(statement.unexplained_fen))
    return ""


def _gaps(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for word, count, top in month.gaps if month else ():
        yield Hit(f"{month.period if month else ''} {word}", {"word": word, "count": count, "top": top})


def _unfinished(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    if month:
        yield from (Hit(text, {}, f"draft:{document_id}") for document_id, text in month.drafts)


def _was_short(facts: Facts) -> Iterator[Hit]:
    month = facts.month
    for place, day, short_fen in month.shortfalls if month else ():
        yield Hit(
            f"{place} {day.isoformat()}",
            {"place": place, "day": day.isoformat(), "missing": yuan_text(short_fen)},
            "",
            Severity.WARNING if month and month.only_imported else None,
        )


RULES = (
    Rule(
        "CLO-01",
        "R23",
        Severity.ERROR,
        CLOSE,
        "财会〔2024〕12号 24 [N]",
        N_("Months close in order"),
        N_("The opening balance of a month is the closing balance of the one before."),
        N_("Close {earlier} first."),
        _earlier_open,
    ),
    Rule(
        "CLO-02",
        "R23",
        Severity.ERROR,
        CLOSE,
        "财会〔2024〕12号 24 [N]",
        N_("Nothing waits for signatures"),
        N_("A month closes when every voucher of it is posted."),
        N_("This document still waits. Have it signed, reject it, or take it back."),
        _waiting,
    ),
    Rule(
        "CLO-06",
        "R23",
        Severity.WARNING,
        CLOSE,
        "财会〔2024〕12号 24 [N]",
        N_("Nothing of the month was begun and forgotten"),
        N_("What is half typed when the month closes can only be booked in the next one."),
        N_("This draft is of the month. Send it in, or throw it away."),
        _unfinished,
    ),
    Rule(
        "E2L-13",
        "R5",
        Severity.ERROR,
        CLOSE,
        "现金管理暂行条例(2011) 11 [N]; [R] R9",
        N_("Takings are banked before the month ends"),
        N_("Cash carried across the month's end hides in two months at once."),
        N_("Receipt {no}, {amount}, is not banked. Take it to the bank and enter the deposit."),
        _undeposited,
    ),
    Rule(
        "E2L-27",
        "R14",
        Severity.ERROR,
        CLOSE,
        "现金管理暂行条例(2011) 12 [N]; [R] R9",
        N_("Cash is counted each month, and the count equals the book"),
        N_("An IOU in the till is money that is not there (白条抵库)."),
        N_(
            "{place}: the count differs by {difference} from the book (IOUs {iou} do not count), or counter and witness are one person. Bring the money in, then count again with a witness."
        ),
        _count_differs,
    ),
    Rule(
        "E2L-45",
        "R14",
        Severity.ERROR,
        CLOSE,
        "现金管理暂行条例(2011) 12 [N]",
        N_("The cash was counted after the last movement"),
        N_("An old count says nothing about today's till."),
        N_("Count {place} (book {book}) with a witness, after the last movement of the month."),
        _uncounted,
    ),
    Rule(
        "E2L-29",
        "R16",
        Severity.ERROR,
        CLOSE,
        "[R] R3, R14; 会计法 35 [N]",
        N_("The bank was compared"),
        N_("The bank's own figure is the one nobody in the village can change."),
        N_(
            "{place} (book {book}): {wrong}. Enter the bank's balance and the open items; somebody other than the cashier compares them."
        ),
        _unreconciled,
    ),
    Rule(
        "CLO-03",
        "R23",
        Severity.ERROR,
        CLOSE,
        "会计基础工作规范 51 [N]",
        N_("Numbers run without gap"),
        N_("A missing number is a missing voucher."),
        N_("Series {word} holds {count} vouchers but its highest number is {top}. Run the check."),
        _gaps,
    ),
    Rule(
        "E2L-46",
        "R15",
        Severity.ERROR,
        CLOSE,
        "现金管理暂行条例(2011) 12 [N]",
        N_("Cash was never below zero in this month"),
        N_("Negative cash means money that was not recorded."),
        N_("{place} was short of {missing} on {day}. Enter what is missing."),
        _was_short,
    ),
)
