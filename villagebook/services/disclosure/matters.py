"""Papers about a single matter: a contract, a sale, a loan, a resolution, money for land, contributions, one large sum (D13, D14)."""

from __future__ import annotations

from datetime import date

from villagebook.domain.asset import CONTRA
from villagebook.domain.board_names import BoardNames
from villagebook.domain.contract import Contract
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.loan import Loan, LoanSide
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Period, Span
from villagebook.domain.sheet import Body
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_words import BODIES
from villagebook.services.disclosure.matter_parts import (
    Money,
    about_part,
    day_of,
    from_start,
    linked,
    matching,
    shown_day,
    yuan,
)
from villagebook.services.disclosure.purpose_parts import labour_part
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Whom
from villagebook.services.gathering import contract_facts, loan_facts, resolution_facts
from villagebook.services.registers.depreciation import is_run
from villagebook.services.registers.register_words import CONTRACT_KINDS, DIRECTIONS, GONE
from villagebook.services.reporting.statement_table import span_words
from villagebook.storage import documents as docs
from villagebook.storage import entries, posted_vouchers, roster
from villagebook.storage import projects as project_store
from villagebook.storage import resolutions as resolution_store
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

_PAID = N_("Everything that came in or went out in its name stands on this sheet, entry by entry.")


def compile_contract(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """A contract as it stands: who, what, how it was given, what was agreed and what is paid. KeyError when unknown."""
    code, day = subject.partition(":")[2], day_of(facts, span)
    state = contract_facts.states(connection, day, facts.policy)[code]
    made: Contract = state.contract
    link = Link(LinkKind.CONTRACT, code)
    money = Money(connection, facts, linked(connection, link, day), link)
    changes = [c for c in entries.changes(connection, LinkKind.CONTRACT, code) if c.changed_on <= day]
    party = _called(connection, made.party, day)
    pairs = [
        (_("Contract"), f"{made.code} {made.name}"),
        (_("Kind"), f"{_(CONTRACT_KINDS[made.kind])}，{_(DIRECTIONS[made.direction])}"),
        (_("Other side"), party),
        (_("About"), made.subject),
        (_("Signed on"), shown_day(made.signed_on)),
        (_("Runs"), _("{first} to {last}").format(first=made.from_on, last=made.to_on)),
        (_("Agreed price"), yuan(made.amount_fen)),
        (_("How it was given"), made.bidding),
        (_("Resolution"), made.resolution),
        (_("Settled so far"), yuan(state.paid_fen)),
        (_("Overdue"), yuan(sum(p.left_fen for p in state.overdue(day)))),
        *(
            (_("Changed on {day}").format(day=c.changed_on), f"{c.reason} {c.resolution}".strip())
            for c in changes
        ),
    ]
    if state.ended:
        pairs.append((_("Ended on {day}").format(day=state.ended.ended_on), state.ended.reason))
    words = _("{name} with {party}: {amount} yuan from {first} to {last}.").format(
        name=made.name,
        party=party,
        amount=yuan_text(made.amount_fen),
        first=made.from_on,
        last=made.to_on,
    )
    return screened(
        Body(
            title=_("Special notice: contract"),
            parts=(about_part(pairs), *money.parts()),
            sentences=(words,),
            figures=money.figures(),
            notes=(_(_PAID),),
            stage=_newest([c.changed_on for c in changes], state.ended.ended_on if state.ended else None),
        )
    )


def _called(connection: Connection, name: str, day: date) -> str:
    """A party as the board names it: several of one name are told apart by their group."""
    names = BoardNames(roster.households(connection).values(), day.year)
    return names.person(name).with_group if name else ""


def _newest(changed: list[date], ended: date | None) -> str:
    """What tells a later paper about the same thing from an earlier one of the same month."""
    days = [*changed, *([ended] if ended else [])]
    return max(days).isoformat() if days else ""


def compile_disposal(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """An asset that was sold, scrapped, lost or given away. KeyError when none of this name is gone."""
    code, day = subject.partition(":")[2], day_of(facts, span)
    gone = entries.disposals(connection)[code]
    card = entries.entries(connection, LinkKind.ASSET)[code]
    link = Link(LinkKind.ASSET, code)
    found = linked(connection, link, day)
    money = Money(connection, facts, [v for v in found if not is_run(v)], link)
    original_fen = int(card.get("original_fen", 0))
    worn_fen = int(card.get("accumulated_fen", 0)) + sum(
        line.credit_fen
        for v in found
        for line in v.lines
        if link in line.links and line.account.startswith(CONTRA)
    )
    pairs = (
        (_("Asset"), f"{code} {card['name']}"),
        (_("Original value"), yuan(original_fen)),
        (_("Worn off until then"), yuan(worn_fen)),
        (_("Still worth in the books"), _("{amount} yuan").format(amount=yuan_text(original_fen - worn_fen))),
        (_("How it left"), _(GONE[gone.how])),
        (_("On"), shown_day(gone.gone_on)),
        (_("To whom"), _called(connection, gone.party, day)),
        (_("Agreed price"), yuan(gone.proceeds_fen)),
        (_("Reason"), gone.reason),
        (_("Resolution"), gone.resolution),
    )
    words = _("{name} left the village's property on {day} ({how}), for {amount} yuan.").format(
        name=card["name"], day=gone.gone_on, how=_(GONE[gone.how]), amount=yuan_text(gone.proceeds_fen)
    )
    parts = (about_part(pairs), *money.parts())
    return screened(
        Body(
            _("Special notice: sale or loss of property"), parts, (words,), money.figures(), notes=(_(_PAID),)
        )
    )


def compile_loan(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """Money borrowed or lent, with what was paid back. KeyError when the register has no such loan."""
    code, day = subject.partition(":")[2], day_of(facts, span)
    state = loan_facts.states(connection, info.start, day)[code]
    loan: Loan = state.loan
    borrowed = loan.side is LoanSide.BORROWED
    party = _called(connection, loan.party, day)
    link = Link(LinkKind.LOAN, code)
    money = Money(connection, facts, linked(connection, link, day), link)
    pairs = [
        (_("Loan"), f"{loan.code} {loan.name}"),
        (_("Lender") if borrowed else _("Borrower"), party),
        (_("Principal"), yuan(loan.amount_fen)),
        (_("Borrowed on") if borrowed else _("Given on"), shown_day(loan.given_on)),
        (_("Due on"), shown_day(loan.due_on)),
        (_("Interest"), loan.rate),
        (_("Instalments"), loan.instalments),
        (_("Resolution"), loan.resolution),
        (_("Permission of the township"), loan.permit),
        (_("Paid back so far"), yuan(state.repaid_fen)),
        (_("Still owed"), yuan(state.left_fen)),
    ]
    if state.end:
        pairs.append((_("Ended on {day}").format(day=state.end.ended_on), state.end.reason))
    text = (
        _("The village borrowed {amount} yuan from {party}.")
        if borrowed
        else _("The village lent {amount} yuan to {party}.")
    )
    words = [text.format(amount=yuan_text(loan.amount_fen), party=party)]
    if state.repaid_fen:
        paid = _("Paid back so far: {paid} yuan; still owed: {left} yuan.")
        words.append(paid.format(paid=yuan_text(state.repaid_fen), left=yuan_text(state.left_fen)))
    return screened(
        Body(
            title=_("Special notice: money borrowed") if borrowed else _("Special notice: money lent"),
            parts=(about_part(pairs), *money.parts()),
            sentences=tuple(words),
            figures=money.figures(),
            notes=(_(_PAID),),
            stage=_newest([], state.end.ended_on if state.end else None),
        )
    )


def compile_resolution(
    connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str
) -> Body:
    """What a meeting decided, how it voted, and what was drawn on it. KeyError when the register has no such number."""
    from villagebook.services.disclosure.matter_resolutions import items_part, vote_words

    number, day = subject.partition(":")[2], day_of(facts, span)
    known = resolution_facts.standing(connection, number)
    held = resolution_store.by_number(connection, number)
    if known is None or held is None:
        raise KeyError(subject)
    made = known.resolution
    drawn = {d.document_id for i in known.items for d in i.drawn if d.posted}
    vouchers = matching(
        connection,
        from_start(info, facts, span),
        lambda v, _line: v.document_id in drawn and v.booked_on <= day,
    )
    money = Money(connection, facts, vouchers)
    keeper = facts.staff.name(made.keeper) if made.keeper else ""
    pairs = (
        (_("Resolution"), made.number),
        (_("Meeting"), _(BODIES[made.body])),
        (_("Held on"), shown_day(made.held_on)),
        (_("Place"), made.place),
        (_("Vote"), vote_words(known)),
        (_("Minutes kept by"), keeper),
        (_("Annulled"), known.annulled),
    )
    words = ngettext(
        "{body} of {day} decided on {n} point.", "{body} of {day} decided on {n} points.", len(made.items)
    ).format(body=_(BODIES[made.body]), day=made.held_on, n=len(made.items))
    parts = (about_part(pairs), items_part(known), *money.parts())
    return screened(Body(_("Special notice: resolution"), parts, (words,), money.figures()))


def compile_voucher(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """One large sum, or an investment. KeyError when there is no such voucher."""
    voucher = posted_vouchers.voucher(connection, subject.partition(":")[2])
    if voucher is None:
        raise KeyError(subject)
    money = Money(connection, facts, (voucher,))
    held = docs.submitted(connection, voucher.document_id) if voucher.document_id else None
    paper = held.document if held else None
    pairs = (
        (_("Voucher"), f"{voucher.label} {voucher.booked_on}"),
        (_("What for"), voucher.summary),
        (_("From or to whom"), money.lines[0].party if money.lines else voucher.party),
        (_("Amount"), yuan(voucher.total_fen)),
        (_("Resolution"), paper.resolution if paper else ""),
        (
            _("Account"),
            _(", ").join(_account(facts, line.account) for line in voucher.lines if not line.place),
        ),
    )
    invested = any(
        line.account.startswith(facts.policy.words["investment_accounts"]) for line in voucher.lines
    )
    title = _("Special notice: investment") if invested else _("Special notice: large sum")
    return screened(Body(title, (about_part(pairs), *money.parts()), (), money.figures()))


def _account(facts: Facts, code: str) -> str:
    account = facts.chart.get(code)
    return account.name if account else code


def compile_land(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """A month's money for land: who paid it and who got it."""
    month = _month(subject.partition(":")[2])
    words = facts.policy.words["land_money"]
    day = day_of(facts, span)

    def fits(voucher: Voucher, line: VoucherLine) -> bool:
        return any(w in voucher.summary or w in line.summary for w in words)

    found = [v for v in matching(connection, Span.of(month), fits) if v.booked_on <= day]
    money = Money(connection, facts, found, fits=fits)
    told = _("Money for land in {month}: {income} yuan came in, {spending} yuan were paid out.").format(
        month=span_words(Span.of(month)),
        income=yuan_text(money.income_fen),
        spending=yuan_text(money.spending_fen),
    )
    return screened(Body(_("Special notice: money for land"), money.parts(), (told,), money.figures()))


def compile_levy(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """What was collected for a project that villagers pay for by head, in a month and so far. KeyError when unknown."""
    code, _slash, told = subject.partition(":")[2].partition("/")
    month = _month(told)
    project = project_store.project(connection, code)
    if project is None:
        raise KeyError(subject)
    link = Link(LinkKind.PROJECT, code)
    day = min(month.last_day, day_of(facts, span))
    found = linked(connection, link, day)
    so_far = Money(connection, facts, found, link)
    money = Money(connection, facts, [v for v in found if v.booked_on in Span.of(month)], link)
    pairs = (
        (_("Project"), f"{code} {project.name}"),
        (_("Resolution"), f"{project.resolution} {project.decided_on}"),
        (_("Heads that pay"), str(project.heads or "")),
        (_("Each pays"), yuan(project.per_head_fen)),
        (_("Labour days each"), str(project.labour_days or "")),
        (_("Households let off"), str(len(project.exempt) or "")),
        (_("Collected so far"), yuan(so_far.income_fen + project.raised_before_fen)),
    )
    words = _("{name}: {amount} yuan came in in {month}.").format(
        name=project.name, amount=yuan_text(money.income_fen), month=span_words(Span.of(month))
    )
    whom = Whom(connection, facts.policy, day.year)
    worked = labour_part(connection, code, day, whom)
    parts = (about_part(pairs), *money.parts(), *((worked,) if worked else ()))
    body = Body(_("Special notice: one matter, one discussion"), parts, (words,), money.figures())
    return screened(body, whom.given)


def _month(text: str) -> Period:
    """Raises KeyError when it is no month."""
    try:
        return Period.parse(text)
    except ValueError:
        raise KeyError(text) from None
