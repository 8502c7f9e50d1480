"""Completeness and arithmetic of documents and vouchers, dates and closed months (R15, R23, AP2)."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.account import Account
from villagebook.domain.balance import first_shortfall
from villagebook.domain.document import Support
from villagebook.domain.finding import Severity
from villagebook.domain.folding import folded
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind
from villagebook.domain.voucher import DocKind, imbalance_fen
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, label
from villagebook.rules.rule import Hit, Rule, When

LEAST_PURPOSE = 2
"""Characters: one says nothing."""

_NEEDS_PARTY = (DocKind.RECEIPT, DocKind.PAYMENT)


def _incomplete(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    purpose = doc.summary.strip()
    if not purpose:
        yield Hit(label(doc), {"field": N_("purpose")})
    elif len(purpose) < LEAST_PURPOSE:
        short = N_("a longer purpose (“{text}” has {count} of at least {least} characters)")
        yield Hit(
            label(doc), {"field": short, "text": purpose, "count": len(purpose), "least": LEAST_PURPOSE}
        )
    if doc.kind in _NEEDS_PARTY and not doc.party.strip():
        yield Hit(label(doc), {"field": N_("payer or payee")})
    if doc.kind is DocKind.PAYMENT and not doc.handler:
        yield Hit(label(doc), {"field": N_("handler")})
    if doc.kind is DocKind.PAYMENT and doc.paper_count <= 0 and not doc.attachments:
        yield Hit(label(doc), {"field": N_("number of attached papers")})


def _bad_support(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc and doc.support is Support.IOU:
        yield Hit(label(doc))


def _vague(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    vague = {folded(w) for w in facts.policy.words["vague"]}
    for text in (doc.summary, *(i.summary for i in doc.items)):
        if folded(text) in vague:
            yield Hit(label(doc), {"text": text.strip()})
            return


def _no_amount(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    zero = any(i.amount_fen == 0 for i in doc.items) or any(
        bool(line.debit_fen) == bool(line.credit_fen) for line in doc.lines
    )
    if zero or (doc.total_fen <= 0 and doc.kind is not DocKind.ADJUSTMENT) or (not facts.lines):
        yield Hit(label(doc))


def _unbalanced(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    difference_fen = imbalance_fen(facts.lines)
    if doc and difference_fen:
        yield Hit(label(doc), {"difference": yuan_text(difference_fen)})


def _counter_accounts(facts: Facts) -> Iterator[tuple[str, Account | None]]:
    doc = facts.document
    if doc is None:
        return
    codes = [i.account for i in doc.items] + [line.account for line in doc.lines]
    for code in dict.fromkeys(codes):
        yield code, facts.chart.get(code)


def _bad_account(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for code, account in _counter_accounts(facts):
        if doc and (account is None or account.disabled or not facts.chart.is_leaf(code)):
            yield Hit(label(doc), {"code": code or "?"})


def _money_account(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    for code, account in _counter_accounts(facts):
        if doc and account and account.is_money:
            yield Hit(label(doc), {"code": code})


def _bad_place(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc is None or doc.kind is DocKind.ADJUSTMENT:
        return
    wanted = (doc.place, doc.to_place) if doc.kind is DocKind.TRANSFER else (doc.place,)
    yield from (Hit(label(doc), {"place": code or "?"}) for code in wanted if code not in facts.places)


def _of_another_door(facts: Facts) -> Iterator[Hit]:
    """What a signature covers is what is booked: nothing lies in a document that its voucher does not show."""
    doc = facts.document
    if doc is None:
        return
    moves, adjusts = doc.kind is DocKind.TRANSFER, doc.kind is DocKind.ADJUSTMENT
    placed = any(line.place for line in doc.lines)
    if (
        (doc.lines and not adjusts)
        or placed
        or (doc.items and (moves or adjusts))
        or (doc.amount_fen and not moves)
        or (doc.to_place and not moves)
        or (doc.place and adjusts)
        or (doc.receipts and not moves)
    ):
        yield Hit(label(doc))


def _bad_date(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc and (doc.booked_on > facts.today or Period.of(doc.booked_on) < facts.start):
        yield Hit(
            label(doc),
            {
                "day": doc.booked_on.isoformat(),
                "first": facts.start.first_day.isoformat(),
                "last": facts.today.isoformat(),
            },
        )
    if doc and doc.event_on and doc.event_on > doc.booked_on:
        yield Hit(
            label(doc),
            {
                "day": doc.event_on.isoformat(),
                "first": facts.start.first_day.isoformat(),
                "last": doc.booked_on.isoformat(),
            },
        )


def _closed(facts: Facts) -> Iterator[Hit]:
    doc = facts.document
    if doc and facts.period_states.get(Period.of(doc.booked_on), "open") != "open":
        yield Hit(label(doc), {"period": Period.of(doc.booked_on)})


def _below_zero(facts: Facts, *, cash: bool) -> Iterator[Hit]:
    doc = facts.document
    if doc is None:
        return
    for moves in facts.cash:
        place = facts.places.get(moves.place)
        if (
            place is None
            or place.is_cash is not cash
            or moves.place != doc.place
            or doc.kind is DocKind.RECEIPT
        ):
            continue
        if not cash and place.kind is PlaceKind.IN:
            continue
        short = first_shortfall(moves.before_fen, list(moves.moves))
        if short:
            yield Hit(
                label(doc),
                {"place": place.name, "day": short[0].isoformat(), "missing": yuan_text(short[1])},
            )


RULES = (
    Rule(
        "AP-04",
        "AP2",
        Severity.ERROR,
        SUBMIT,
        "会计法 14 [N]; [R] R3",
        N_("The document is complete"),
        N_("A blank entry is an entry nobody can check."),
        N_("Fill in: {field}."),
        lambda facts: (Hit(h.where, {"field": _translated(h)}) for h in _incomplete(facts)),
    ),
    Rule(
        "AP-35",
        "AP2",
        Severity.ERROR,
        SUBMIT,
        "approvals.md 4 [R]; 现金管理暂行条例 [N]",
        N_("An IOU is no support"),
        N_("IOUs and plain notes turn the till into a lending office."),
        N_(
            "An IOU or plain note cannot support a document. Attach an invoice, a fiscal note or a signed list."
        ),
        _bad_support,
    ),
    Rule(
        "AP-05",
        "AP2",
        Severity.ERROR,
        SUBMIT,
        "[R] R3; T15 [D]",
        N_("The purpose says what it was"),
        N_("'Other expenses' is what villagers complain about most."),
        N_('"{text}" says nothing. Write what was bought or done, how much of it and for what.'),
        _vague,
    ),
    Rule(
        "VCH-01",
        "",
        Severity.ERROR,
        GATES,
        "",
        N_("The amount is more than zero"),
        N_("A document without an amount moves nothing."),
        N_(
            "Enter an amount greater than zero on every line; a line of an adjustment has it on one side only."
        ),
        _no_amount,
    ),
    Rule(
        "VCH-02",
        "",
        Severity.ERROR,
        GATES,
        "会计基础工作规范 51 [N]",
        N_("Debits equal credits"),
        N_("A voucher that does not balance makes every report wrong."),
        N_("Debits and credits differ by {difference}. Correct a line; = fills in the balancing amount."),
        _unbalanced,
    ),
    Rule(
        "VCH-03",
        "",
        Severity.ERROR,
        GATES,
        "财会〔2023〕14号 [S]",
        N_("Accounts exist and may be booked on"),
        N_("Only the lowest accounts of the chart carry bookings; disabled ones keep their history."),
        N_("Account {code} cannot be booked on. Choose an account in use, of the lowest level."),
        _bad_account,
    ),
    Rule(
        "VCH-04",
        "",
        Severity.ERROR,
        GATES,
        "two_line.md 3 [D]",
        N_("Cash and bank are booked through money places"),
        N_("A booking straight on cash or bank would pass by the two lines."),
        N_("Account {code} is cash or bank. Use money in, money out or between places instead."),
        _money_account,
    ),
    Rule(
        "VCH-05",
        "",
        Severity.ERROR,
        GATES,
        "",
        N_("The money place exists"),
        N_("Money lies somewhere."),
        N_("There is no money place {place}. Choose one of the list."),
        _bad_place,
    ),
    Rule(
        "VCH-08",
        "",
        Severity.ERROR,
        GATES,
        "two_line.md 3 [D]",
        N_("A document holds what its door asks for, and nothing else"),
        N_("A second amount or place inside a document is signed by people who never see it."),
        N_(
            "The document holds amounts, entries or places that belong to another kind of document. Enter it anew at its own door."
        ),
        _of_another_door,
    ),
    Rule(
        "VCH-06",
        "",
        Severity.ERROR,
        GATES,
        "",
        N_("The date lies inside the books"),
        N_("Nothing is booked before the book begins or in the future."),
        N_("{day} is outside {first} to {last}. Correct the date."),
        _bad_date,
    ),
    Rule(
        "E2L-40",
        "R23",
        Severity.ERROR,
        GATES,
        "财会〔2024〕12号 21 [N]",
        N_("Nothing enters a closed month"),
        N_("A closed month has been counted, disclosed or handed over."),
        N_("{period} is closed. Book it in an open month; correct an old voucher by a red reversal."),
        _closed,
    ),
    Rule(
        "E2L-28",
        "R15",
        Severity.ERROR,
        GATES,
        "现金管理暂行条例(2011) 12 [N]",
        N_("Cash is never below zero"),
        N_("Negative cash means money that was not recorded."),
        N_(
            "{place} would be short of {missing} on {day}. Record what came in first, or pay from another place."
        ),
        lambda facts: _below_zero(facts, cash=True),
    ),
    Rule(
        "E2L-21",
        "R9",
        Severity.ERROR,
        GATES,
        "[R] R46",
        N_("The expense line is never below zero"),
        N_("Only what was appropriated may be spent."),
        N_("{place} would be short of {missing} on {day}. Appropriate money to it first."),
        lambda facts: _below_zero(facts, cash=False),
    ),
)


def _translated(hit: Hit) -> str:
    from villagebook.i18n import _

    return _(str(hit.values["field"])).format(**hit.values)


REVIEW = frozenset({When.REVIEW})
