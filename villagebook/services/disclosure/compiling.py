"""From posted vouchers to the lines of notice F1 (disclosure.md section 7). Every voucher lands in exactly one list."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from villagebook import i18n
from villagebook.domain.exclusion import REASONS, exclusion_of
from villagebook.domain.flow import TRANSFERS
from villagebook.domain.notice import Notice, NoticeLine, PlaceBalance
from villagebook.domain.people import SUPERVISION, PostKind, Staff
from villagebook.domain.period import Period, Span
from villagebook.domain.privacy import mask_numbers
from villagebook.domain.voucher import Voucher
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.board_places import required_places
from villagebook.services.disclosure.notice_classes import class_states
from villagebook.services.disclosure.notice_entries import Reader
from villagebook.services.disclosure.plain_figures import bank_stands, kind_figures
from villagebook.services.names import post_title
from villagebook.services.registers.funds import unsettled_in
from villagebook.storage import documents as docs
from villagebook.storage import ledger, posted_vouchers
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.log import head_of


@dataclass(frozen=True, slots=True)
class Compiled:
    """A notice beside the ledger's own figures it must tie to."""

    notice: Notice
    ledger_opening_fen: int
    ledger_closing_fen: int
    posted: frozenset[str]
    excluded: tuple[str, ...]


def compile_from(connection: Connection, info: BookInfo, base: Facts, span: Span, today: date) -> Compiled:
    """The notice of these months as the log stands now; its id and number follow from them alone."""
    vouchers = posted_vouchers.vouchers(connection, span)
    reader = Reader(connection, base)
    entries, moved, excluded = reader.sort_out(vouchers)
    lines = [entry.line for entry in entries]
    opening_fen, closing_fen = _ledger_money(connection, span)
    income_fen = sum(line.income_fen for line in lines)
    spending_fen = sum(line.spending_fen for line in lines)
    head = head_of(connection)
    year = Span(Period(span.last.year, 1), span.last)
    year_income_fen, year_spending_fen = _year_sums(connection, year, span, income_fen, spending_fen)
    rejected = docs.rejected_in(connection, span.first.first_day.isoformat(), span.last.last_day.isoformat())
    policy = base.policy
    notice = Notice(
        id=hashlib.sha256(f"{info.book_id}|{span}|{head.seq}".encode()).hexdigest()[:32],
        village=info.village,
        village_code=info.code,
        title=_("Statement of receipts and payments, entry by entry"),
        number=_number(info, span),
        span=span,
        balances=_balances(connection, base, span),
        lines=tuple(lines),
        opening_fen=opening_fen,
        income_fen=income_fen,
        spending_fen=spending_fen,
        closing_fen=opening_fen + income_fen - spending_fen,
        year_income_fen=year_income_fen,
        year_spending_fen=year_spending_fen,
        transfers=tuple(line for line, _voucher in moved),
        excluded=tuple(_why_excluded(v, reader) for v in excluded),
        classes=class_states(connection, base, span, lines, excluded),
        rejected_count=rejected[0],
        rejected_fen=rejected[1],
        unbooked_count=_unbooked(connection, span),
        reviewers=tuple(p.name for p in base.staff.holders(SUPERVISION, span.last.last_day)),
        officials=officials(base.staff, span.last.last_day),
        places_to_post=required_places(connection, policy),
        min_days=policy.number("min_days"),
        objection_days=policy.number("objection_days"),
        answer_days=policy.number("answer_days"),
        log_seq=head.seq,
        log_hash=head.hash,
        policy=f"{policy.id} {policy.version}",
        compiled_on=today,
        language=i18n.language(),
        font_pt=policy.number("font_pt"),
        kinds=kind_figures(connection, base, span, reader.words),
        banks=bank_stands(connection, base, span),
        masks=tuple(dict.fromkeys(reader.masks)),
        ask_at=policy.words["ask_at"],
    )
    return Compiled(
        notice,
        opening_fen,
        closing_fen,
        frozenset(voucher_key(v.booked_on.isoformat(), v.label) for v in vouchers),
        tuple(voucher_key(v.booked_on.isoformat(), v.label) for v in excluded),
    )


def _number(info: BookInfo, span: Span) -> str:
    """Code of the village and the months: one month is named once."""
    months = (span.first,) if span.first == span.last else (span.first, span.last)
    return "-".join([info.code, *(str(m.number) for m in months)])


def _unbooked(connection: Connection, span: Span) -> int:
    """Bills not settled at the end of the months, and documents of theirs that wait for signatures."""
    waiting = (docs.submitted(connection, i) for i in docs.waiting(connection))
    of_span = sum(1 for held in waiting if held and held.document.booked_on in span)
    return len(unsettled_in(connection, span.last.last_day)) + of_span


def sort_out(
    connection: Connection, base: Facts, vouchers: Iterable[Voucher]
) -> tuple[list[NoticeLine], list[NoticeLine], list[Voucher]]:
    """Each voucher into exactly one list: money in and out, between places, or moving no money at all."""
    entries, moved, excluded = Reader(connection, base).sort_out(vouchers)
    return [e.line for e in entries], [line for line, _voucher in moved], excluded


def _why_excluded(voucher: Voucher, reader: Reader) -> str:
    """What is printed of a voucher that is no line: the code of the reason, the voucher, the reason in words (D2)."""
    code = exclusion_of(voucher, reader.base.chart)
    summary = reader.cleaner(voucher.label)(voucher.summary)
    return _("{code} {label} {summary}: {reason}").format(
        code=code.value, label=voucher.label, summary=summary, reason=_(REASONS[code])
    )


def voucher_key(day: str, label: str) -> str:
    """A voucher's name that is unique across months: 2025-03 付-0007."""
    return f"{day[:7]} {label}"


def _ledger_money(connection: Connection, span: Span) -> tuple[int, int]:
    """Opening and closing of all cash and bank accounts, from the monthly totals."""
    money = [b for b in ledger.balances(connection, span) if b.account.startswith(("101", "102"))]
    return sum(b.opening_fen for b in money), sum(b.closing_fen for b in money)


def _year_sums(
    connection: Connection, year: Span, span: Span, income_fen: int, spending_fen: int
) -> tuple[int, int]:
    """Income and spending since January: this notice's own plus the months before it."""
    if span.first <= year.first:
        return income_fen, spending_fen
    for _month, _place, category, receipts_fen, payments_fen in ledger.moved(
        connection, Span(year.first, span.first.shifted(-1))
    ):
        if category != TRANSFERS:
            income_fen += receipts_fen
            spending_fen += payments_fen
    return income_fen, spending_fen


def _balances(connection: Connection, base: Facts, span: Span) -> tuple[PlaceBalance, ...]:
    """Opening and closing of every money place that ever held money."""
    before = ledger.place_balances_before(connection, span.first)
    after = ledger.place_balances_before(connection, span.last.shifted(1))
    made = []
    for place in base.places.all():
        opening = sum(fen for (_a, code), fen in before.items() if code == place.code)
        closing = sum(fen for (_a, code), fen in after.items() if code == place.code)
        known = any(code == place.code for _a, code in after)
        if opening or closing or known:
            made.append(PlaceBalance(mask_numbers(place.name), opening, closing))
    return tuple(made)


def officials(staff: Staff, day: date) -> tuple[tuple[str, str], ...]:
    """(post, names) of those who sign a notice for the village."""
    wanted = (PostKind.DIRECTOR, PostKind.SECRETARY, PostKind.ACCOUNTANT, PostKind.CLERK)
    return tuple(
        (post_title(kind), _(", ").join(p.name for p in staff.holders((kind,), day))) for kind in wanted
    )
