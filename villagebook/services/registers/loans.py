"""Loans and advances: the register of borrowings and of old loans, and beside it what was lent and advanced by documents."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import LinkKind
from villagebook.domain.loan import Loan, LoanEnd, LoanSide, LoanState, Standing
from villagebook.domain.meeting import Matter
from villagebook.domain.register import difference, entry_data
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.loan_facts import LoanAct, LoanFacts
from villagebook.rules.resolution_facts import NO_RESOLUTIONS, ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import loan_facts, resolution_facts
from villagebook.services.gathering.asset_facts import unbookable
from villagebook.storage import entries, registry, two_lines
from villagebook.storage import loans as stored
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

TOPIC = "registers"


@dataclass(frozen=True, slots=True)
class Back:
    """A part that came back: the voucher, its day and label, and how much of the claim it settled."""

    voucher_id: str
    day: str
    label: str
    fen: int


@dataclass(frozen=True, slots=True)
class Owed:
    """One line of the register: a registered loan, or a loan or advance that a document paid out.

    `kind` is borrowed, lent, loan or advance; `code` the number of a registered loan, "" of a document's; `voucher_id` the
    voucher that paid it out, "" when none did. `backs` are what settled it.
    """

    kind: str
    code: str
    name: str
    party: str
    account: str
    given_on: date
    amount_fen: int
    due_on: date | None
    resolution: str
    permit: str
    repaid_fen: int
    left_fen: int
    standing: Standing
    late_days: int
    voucher_id: str = ""
    backs: tuple[Back, ...] = ()
    loan: Loan | None = None


def register(book: Book, loan: Loan, by: By) -> tuple[Finding, ...]:
    """Write a loan; returns what was said and does not stop. Raises Refused (LN-01 to LN-04)."""
    return register_all(book, (loan,), by)


def register_all(book: Book, made: Sequence[Loan], by: By) -> tuple[Finding, ...]:
    """Write loans, all or none. Raises Refused with what is wrong with any of them."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        taken = set(entries.entries(writing.connection, LinkKind.LOAN))
        found: list[Finding] = []
        for loan in made:
            act = _act(facts, loan, taken=loan.code in taken)
            told = replace(facts, loans=LoanFacts(act), resolutions=_decided(writing.connection, book, loan))
            found += look(told, When.REGISTER)
            taken.add(loan.code)
        if stopping(found):
            raise Refused(stopping(found))
        for loan in made:
            writing.log("loan.registered", {"entry": entry_data(loan)}, new_id(), TOPIC)
        return tuple(found)


_DECIDES = {
    LoanSide.BORROWED: frozenset({Matter.BORROWING, Matter.DISPOSAL}),
    LoanSide.LENT: frozenset({Matter.LENDING, Matter.DISPOSAL}),
}
_LETS_GO = frozenset({Matter.LENDING, Matter.DISPOSAL})


def _decided(connection: Connection, book: Book, loan: Loan) -> ResolutionFacts:
    """The resolution behind a loan (X6, R21); one of before the book began may be in nobody's register."""
    if loan.given_on < book.info.start.first_day:
        return NO_RESOLUTIONS
    target = f"register:loans/{loan.code}"
    wanted = _DECIDES[loan.side]
    return ResolutionFacts(
        draws=resolution_facts.cite(
            connection, loan.resolution, loan.name, loan.given_on, target=target, matters=wanted
        )
    )


def _act(facts: Facts, loan: Loan, **more: object) -> LoanAct:
    in_office = {p.person_id for p in facts.staff.posts if p.covers(loan.given_on)}
    act = LoanAct(
        loan,
        unbookable=bool(unbookable(facts.chart, [loan.account])) if loan.account else True,
        officer=loan.party.strip() in {facts.staff.name(i) for i in in_office},
    )
    return replace(act, **more)  # type: ignore[arg-type]  # fields of the act by name


def change(book: Book, loan: Loan, reason: str, changed_on: date, by: By) -> tuple[Finding, ...]:
    """Set a loan right, or enter what was agreed anew; every field is kept before and after.

    Nothing changed is nothing written. Raises Refused: ended (LN-06), no reason (LN-08), incomplete (LN-01).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        body = _needed(connection, loan.code)
        changed = difference(body, entry_data(loan))
        if not changed:
            return ()
        state = loan_facts.states(connection, book.info.start, date.max)[loan.code]
        act = _act(facts, loan, before=Loan.from_data(body), state=state, reason=reason)
        said = pass_or_refuse(replace(facts, loans=LoanFacts(act)), When.REGISTER)
        data: dict[str, object] = {
            "code": loan.code,
            "name": loan.name,
            "changed_on": changed_on.isoformat(),
            "reason": reason.strip(),
            "changes": changed,
        }
        writing.log("loan.changed", data, new_id(), TOPIC)
        return said


def end(book: Book, ended: LoanEnd, by: By) -> tuple[Finding, ...]:
    """Close a loan that is paid back, or that is let go by decision.

    Raises Refused: ended before (LN-06), something left without resolution and permission (LN-07), no reason (LN-08).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        loan = Loan.from_data(_needed(connection, ended.code))
        state = loan_facts.states(connection, book.info.start, date.max)[ended.code]
        act = LoanAct(loan, before=loan, state=state, end=ended)
        target = f"register:loans/{loan.code}"
        decided = ResolutionFacts(
            draws=resolution_facts.cite(
                connection, ended.resolution, loan.name, ended.ended_on, target=target, matters=_LETS_GO
            )
        )
        said = pass_or_refuse(replace(facts, loans=LoanFacts(act), resolutions=decided), When.REGISTER)
        data: dict[str, object] = {
            "code": ended.code,
            "name": loan.name,
            "ended_on": ended.ended_on.isoformat(),
            "reason": ended.reason.strip(),
            "resolution": ended.resolution.strip(),
            "permit": ended.permit.strip(),
        }
        writing.log("loan.ended", data, new_id(), TOPIC)
        return said


def _needed(connection: Connection, code: str) -> dict[str, object]:
    body = entries.entries(connection, LinkKind.LOAN).get(code)
    if body is None:
        text = _("There is no such loan.")
        raise refusal("LN-06", code, text, target="register:loans")
    return body


def next_code(book: Book, side: LoanSide) -> str:
    """A number that is not taken: D-01 for debts, C-01 for claims."""
    letter = "D" if side is LoanSide.BORROWED else "C"
    with book.reading() as connection:
        taken = set(entries.entries(connection, LinkKind.LOAN))
    return next(code for n in range(1, 10_000) if (code := f"{letter}-{n:02d}") not in taken)


def standings(book: Book, day: date) -> tuple[Owed, ...]:
    """Everything lent, advanced and borrowed up to a day: debts first, then claims, each by its day."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
        found = [
            *(
                _registered(connection, s, day)
                for s in loan_facts.states(connection, book.info.start, day).values()
            ),
            *_claims(connection, policy.words["claim_accounts"], policy.number("advance_days"), day),
        ]
    return tuple(sorted(found, key=lambda o: (o.kind != LoanSide.BORROWED, o.given_on, o.code, o.voucher_id)))


def _registered(connection: Connection, state: LoanState, day: date) -> Owed:
    loan = state.loan
    backs, paid_out = [], ""
    for on, word, number, _summary, account, debit, credit, ident in entries.money_vouchers(
        connection, LinkKind.LOAN, loan.code, day
    ):
        if not account.startswith(loan.account):
            continue
        fen = debit - credit if loan.side is LoanSide.BORROWED else credit - debit
        if fen > 0:
            backs.append(Back(ident, on, voucher_label(word, number), fen))
        else:
            paid_out = paid_out or ident
    return Owed(
        loan.side.value,
        loan.code,
        loan.name,
        loan.party,
        loan.account,
        loan.given_on,
        loan.amount_fen,
        loan.due_on,
        loan.resolution,
        loan.permit,
        state.repaid_fen,
        state.left_fen,
        state.standing(day),
        state.late_days(day),
        paid_out,
        tuple(backs),
        loan,
    )


def _claims(connection: Connection, accounts: tuple[str, ...], days: int, day: date) -> list[Owed]:
    """Loans and advances paid out by documents; what comes back settles the oldest first."""
    papers = stored.claim_papers(connection)
    made = []
    for document_id, kind, party, paid_on, due in two_lines.claims(connection):
        if paid_on > day or document_id not in papers:
            continue
        voucher_id, account, resolution, permit, _total = papers[document_id]
        amount_fen, backs = _settled(connection, accounts, party, document_id, day)
        if not amount_fen:
            continue
        due_on = date.fromisoformat(due) if due else paid_on + timedelta(days=days)
        repaid_fen = sum(b.fen for b in backs)
        left_fen = amount_fen - repaid_fen
        late = max(0, (day - due_on).days) if left_fen > 0 else 0
        standing = Standing.SETTLED if left_fen <= 0 else Standing.OVERDUE if late else Standing.OPEN
        made.append(
            Owed(
                kind,
                "",
                party,
                party,
                account,
                paid_on,
                amount_fen,
                due_on,
                resolution,
                permit,
                repaid_fen,
                left_fen,
                standing,
                late,
                voucher_id,
                backs,
            )
        )
    return made


def _settled(
    connection: Connection, accounts: tuple[str, ...], party: str, document_id: str, day: date
) -> tuple[int, tuple[Back, ...]]:
    """What a document booked on the claims accounts, and the vouchers that settled it: the oldest claim first (R20)."""
    amount_fen = 0
    backs: list[Back] = []
    for account in accounts:
        moves = stored.claim_lines(connection, account, party, day)
        came = deque((m, -m[5]) for m in moves if m[5] < 0)
        for document, _id, _on, _word, _number, fen, _seq in moves:
            if fen <= 0:
                continue
            amount_fen += fen if document == document_id else 0
            while fen and came:
                move, left = came.popleft()
                taken = min(left, fen)
                fen -= taken
                if left > taken:
                    came.appendleft((move, left - taken))
                if document == document_id:
                    backs.append(Back(move[1], move[2], voucher_label(move[3], move[4]), taken))
    return amount_fen, tuple(backs)
