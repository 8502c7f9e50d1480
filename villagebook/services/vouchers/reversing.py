"""A posted voucher is undone by a red one, unless money or things would be lost on the way."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.account import Category
from villagebook.domain.balance import first_shortfall
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period
from villagebook.domain.place import PlaceKind
from villagebook.domain.reason import says_why
from villagebook.domain.voucher import WORDS, DocKind, Voucher
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gate import refusal
from villagebook.services.gathering import asset_facts, plan_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.documents import Outcome, log_voucher
from villagebook.storage import documents as docs
from villagebook.storage import ledger, pay_lists, periods, posted_vouchers, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection


def reverse(book: Book, voucher_id: str, reason: str, booked_on: date, by: By) -> Outcome:
    """Undo a posted voucher by a red one in an open month; both name each other for ever (R23).

    Raises Refused: no such voucher, reversed already, itself red, no reason, closed month, or cash that is gone.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        old = posted_vouchers.voucher(connection, voucher_id)
        states = periods.period_states(connection)
        problem = _why_not_reversible(connection, old, reason, booked_on, by.day, states)
        if old and not problem:
            problem = _leaves_fund_short(connection, book, old, booked_on, by.day)
        if old and not problem and _is_of_closed_year(connection, old, booked_on):
            text = _(
                "{label} is of {year}, which is closed. Set it right by one blue voucher through 322 that names it."
            )
            problem = text.format(label=old.label, year=old.booked_on.year)
        if old is None or problem:
            raise refusal("VCH-07", old.label if old else voucher_id, problem)
        word = old.word if old.word in WORDS.values() else WORDS[old.kind]
        red = Voucher(
            id=new_id(),
            kind=old.kind,
            word=word,
            number=posted_vouchers.next_number(connection, Period.of(booked_on), word),
            booked_on=booked_on,
            summary=_("Red reversal of {label} of {day}: {reason}").format(
                label=old.label, day=old.booked_on.isoformat(), reason=reason.strip()
            ),
            lines=tuple(line.red() for line in old.lines),
            party=old.party,
            document_id=old.document_id,
            reverses=old.id,
            places_inferred=old.places_inferred,
        )
        policy = registry.read_policy_on(connection, booked_on)
        log_voucher(writing, red, to_check=red.kind in policy.checked_kinds)  # nobody signs a reversal
        return Outcome(old.document_id, red.id, red.label, "")


def _why_not_reversible(
    connection: Connection,
    old: Voucher | None,
    reason: str,
    booked_on: date,
    today: date,
    states: dict[Period, str],
) -> str:
    if old is None:
        return _("There is no such voucher.")
    if old.reverses:
        return _("A red voucher is not reversed again; enter the right document anew.")
    if posted_vouchers.reversed_by(connection, old.id):
        return _("This voucher has been reversed already.")
    if not says_why(reason):
        return _("Say why, in at least four characters.")
    if states.get(Period.of(booked_on), "open") != "open":
        return _("{period} is closed. Date the reversal in an open month.").format(
            period=Period.of(booked_on)
        )
    if booked_on < old.booked_on or booked_on > today:
        return _("Date the reversal between the voucher's own date and today.")
    if old.is_automatic and Period.of(booked_on) != old.period:
        return _("What the program carried is undone in its own month, {period}.").format(period=old.period)
    differs = _set_right_by(connection, old)
    if differs:
        return _("{label} books the difference to it. Reverse that one first.").format(label=differs)
    gone = asset_facts.cleared_since(connection, old)
    if gone:
        return _("{asset} has left the books since. Reverse its clearing first.").format(asset=gone)
    if _is_banked(connection, old):
        return _("This receipt has been banked. Reverse the deposit first.")
    came_back = pay_lists.came_back(connection, old.document_id)
    if came_back:
        text = _("{label} brought back what the bank could not pay of this list. Reverse it first.")
        return text.format(label=came_back)
    return _leaves_short(connection, old, booked_on)


def _set_right_by(connection: Connection, old: Voucher) -> str:
    """The first correction that counts on this voucher standing, "" when there is none."""
    for ident in posted_vouchers.corrected_by(connection, old.id):
        found = posted_vouchers.voucher(connection, ident)
        if found and not posted_vouchers.reversed_by(connection, ident):
            return found.label
    return ""


def _is_of_closed_year(connection: Connection, old: Voucher, booked_on: date) -> bool:
    """True for income or expense of an earlier year whose result is carried: undoing it in red would change this year's.

    A voucher that moved money is left out: no adjustment can bring the money back to its place.
    """
    if old.booked_on.year >= booked_on.year or any(line.place for line in old.lines):
        return False
    if periods.period_state(connection, Period(old.booked_on.year, 12)) == "open":
        return False
    chart = registry.read_chart(connection)
    found = [chart.get(line.account) for line in old.lines]
    return any(a and a.category is Category.RESULT for a in found)


def _is_banked(connection: Connection, old: Voucher) -> bool:
    """True for a cash receipt that a live deposit slip holds."""
    places = registry.read_places(connection)
    in_cash = any(line.place in places and places[line.place].kind is PlaceKind.RC for line in old.lines)
    in_drawer = {t.document_id for t in docs.takings(connection)}
    return old.kind is DocKind.RECEIPT and in_cash and old.document_id not in in_drawer


def _leaves_fund_short(connection: Connection, book: Book, old: Voucher, booked_on: date, today: date) -> str:
    """R17: taking back money that a special fund has spent, or promised, already."""
    base = gather.ground(connection, book.info, today)
    for stands, after_fen in plan_facts.funds_without(connection, base, old, booked_on):
        if after_fen < 0:
            return _("Special fund {fund} would be short of {missing}. Reverse what it paid first.").format(
                fund=stands.fund.title, missing=yuan_text(-after_fen)
            )
    return ""


def _leaves_short(connection: Connection, old: Voucher, booked_on: date) -> str:
    """R15, R9: taking money back out of a place that has spent it already."""
    places = registry.read_places(connection)
    day_before = booked_on - timedelta(days=1)
    balances = ledger.place_balances_on(connection, day_before)
    for line in old.lines:
        place = places.get(line.place)
        taken_fen = line.debit_fen - line.credit_fen
        if place is None or taken_fen <= 0 or place.kind is PlaceKind.IN:
            continue
        moves = ledger.place_moves_after(connection, place.code, day_before)
        short = first_shortfall(balances.get(place.code, 0), [*moves, (booked_on, -taken_fen)])
        if short:
            return _("{place} would be short of {missing} on {day}. Bring the money back first.").format(
                place=place.name, missing=yuan_text(short[1]), day=short[0].isoformat()
            )
    return ""
