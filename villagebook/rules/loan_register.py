"""The register of loans: borrowed with a decision, known to the fen, never let go in silence."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.loan import LoanSide
from villagebook.domain.money import yuan_text
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import GATES, SUBMIT, label
from villagebook.rules.loan_facts import LoanAct
from villagebook.rules.registers import CLOSE, REASON, REGISTER, entry
from villagebook.rules.rule import Hit, Rule

_LAW = "农村集体经济组织法 35 [N]"


def _where(act: LoanAct) -> str:
    return f"{act.loan.code} {act.loan.name}".strip() or "?"


def _act(facts: Facts) -> LoanAct | None:
    """The loan to be registered or changed; ending one asks less."""
    act = facts.loans.act
    return None if act is None or act.end else act


def _is_former(facts: Facts, act: LoanAct) -> bool:
    """Given before the book began."""
    return act.loan.given_on < facts.start.first_day


def _incomplete(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act is None:
        return
    loan = act.loan
    words = "borrow_accounts" if loan.side is LoanSide.BORROWED else "claim_accounts"
    lacks = (
        (not loan.code.strip() or "/" in loan.code, _("number")),
        (len(loan.name.strip()) < 2, _("name")),
        (len(loan.party.strip()) < 2, _("other party")),
        (loan.amount_fen <= 0, _("an amount above nothing")),
        (not 0 <= loan.paid_before_fen <= loan.amount_fen, _("no more paid back than was lent")),
        (loan.given_on > facts.today, _("a day that is not in the future")),
        (bool(loan.due_on and loan.due_on < loan.given_on), _("a due day after the first")),
        (
            act.unbookable or not loan.account.startswith(facts.policy.words[words]),
            _("an account of loans ({accounts})").format(accounts=", ".join(facts.policy.words[words])),
        ),
    )
    for missing, field in lacks:
        if missing:
            yield Hit(_where(act), {"field": field})


def _taken(facts: Facts) -> Iterator[Hit]:
    act = facts.loans.act
    if act and act.taken:
        yield Hit(_where(act), {"code": act.loan.code}, entry("loans", act.loan.code))


def _undecided(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act is None or act.loan.side is not LoanSide.BORROWED:
        return
    if not (act.loan.resolution.strip() and act.loan.permit.strip()):
        soft = Severity.WARNING if _is_former(facts, act) else None
        yield Hit(_where(act), {"name": act.loan.party}, "", soft)


def _past_dealings(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act and act.loan.side is LoanSide.LENT and not _is_former(facts, act):
        yield Hit(_where(act), {"day": facts.start.first_day.isoformat()}, "page:payment")


def _officer(facts: Facts) -> Iterator[Hit]:
    act = _act(facts)
    if act and act.loan.side is LoanSide.LENT and act.officer:
        yield Hit(_where(act), {"name": act.loan.party})


def _over(facts: Facts) -> Iterator[Hit]:
    act = facts.loans.act
    if act and act.before and act.state and act.state.end:
        yield Hit(_where(act), {"day": act.state.end.ended_on.isoformat()}, entry("loans", act.loan.code))


def _let_go(facts: Facts) -> Iterator[Hit]:
    act = facts.loans.act
    if act is None or act.end is None or act.state is None or act.state.left_fen <= 0:
        return
    if not (act.end.resolution.strip() and act.end.permit.strip()):
        yield Hit(_where(act), {"left": yuan_text(act.state.left_fen)}, entry("loans", act.loan.code))


def _no_reason(facts: Facts) -> Iterator[Hit]:
    act = facts.loans.act
    if act and act.before:
        reason = act.end.reason if act.end else act.reason
        if len(reason.strip()) < REASON:
            yield Hit(_where(act), {}, entry("loans", act.loan.code))


def _beyond(facts: Facts) -> Iterator[Hit]:
    for back in facts.loans.back:
        if back.amount_fen > back.left_fen:
            yield Hit(
                label(facts.document) if facts.document else back.code,
                {
                    "name": back.name,
                    "amount": yuan_text(back.amount_fen),
                    "left": yuan_text(max(0, back.left_fen)),
                },
                entry("loans", back.code),
            )


def _unnamed(facts: Facts) -> Iterator[Hit]:
    if facts.loans.unnamed and facts.document:
        yield Hit(label(facts.document), {"what": facts.document.summary}, "register:loans")


def _late(facts: Facts) -> Iterator[Hit]:
    for state, days in facts.loans.late:
        loan = state.loan
        yield Hit(
            f"{loan.code} {loan.name}",
            {
                "name": loan.party,
                "left": yuan_text(state.left_fen),
                "due": loan.due_on.isoformat() if loan.due_on else "",
                "days": days,
            },
            entry("loans", loan.code),
        )


def _differs(facts: Facts) -> Iterator[Hit]:
    for tie in facts.loans.ties:
        if tie.register_fen != tie.ledger_fen:
            yield Hit(
                tie.account,
                {
                    "account": tie.account,
                    "register": yuan_text(tie.register_fen),
                    "ledger": yuan_text(tie.ledger_fen),
                },
                "register:loans",
            )


RULES = (
    Rule(
        "LN-01",
        "R20, R21",
        Severity.ERROR,
        REGISTER,
        "[D] register of loans",
        N_("A loan says who, how much, since when and on which account"),
        N_("A debt that cannot be read cannot be paid back."),
        N_("This loan lacks: {field}."),
        _incomplete,
    ),
    Rule(
        "LN-02",
        "R20, R21",
        Severity.ERROR,
        REGISTER,
        "[D] register of loans",
        N_("A number stands for one loan"),
        N_("Two loans of one number would be paid back for each other."),
        N_("The number {code} is in use. Take the next one."),
        _taken,
    ),
    Rule(
        "LN-03",
        "R21",
        Severity.ERROR,
        REGISTER,
        f"{_LAW}; 浙江 16 [L]; [R] R2, R41",
        N_("Borrowed money names its resolution and the township's permission"),
        N_("Debts are paid by those who come after."),
        N_(
            "The loan of {name} needs the number of the resolution and of the township's permission. For a loan of former "
            "years this is only said."
        ),
        _undecided,
    ),
    Rule(
        "LN-04",
        "R20",
        Severity.ERROR,
        REGISTER,
        "[R] R2; [D] register of loans",
        N_("What is lent now goes through money out"),
        N_("A loan that is only written down was never signed by anybody."),
        N_("Only loans given before {day} are entered here. Pay a new one as a loan on the page Money out."),
        _past_dealings,
    ),
    Rule(
        "LN-05",
        "R20",
        Severity.WARNING,
        REGISTER,
        _LAW,
        N_("An old loan to those who run the village is said aloud"),
        N_("It is entered so that it comes back, not so that it is right."),
        N_("{name} held a post when this was lent. Collect it; no resolution makes it right."),
        _officer,
    ),
    Rule(
        "LN-06",
        "R20, R21",
        Severity.ERROR,
        REGISTER,
        "[D] register of loans",
        N_("A loan that has ended stays as it is"),
        N_("What is closed is not written anew."),
        N_("This loan ended on {day}."),
        _over,
    ),
    Rule(
        "LN-07",
        "R19, R20",
        Severity.ERROR,
        REGISTER,
        "[R] R2; [D] register of loans",
        N_("What is still owed is not let go without a decision"),
        N_("A claim struck off in silence is a gift of other people's money."),
        N_(
            "{left} is still open. Let it be paid first, or name the resolution and the township's permission that let it go."
        ),
        _let_go,
    ),
    Rule(
        "LN-08",
        "R20, R21",
        Severity.ERROR,
        REGISTER,
        "[D] register of loans",
        N_("A change or an end of a loan has a reason"),
        N_("Who reads it in five years knows nothing else."),
        N_("Say why, in at least four characters."),
        _no_reason,
    ),
    Rule(
        "LN-09",
        "R20, R21",
        Severity.ERROR,
        GATES,
        "[D] register of loans",
        N_("No more is paid back than is owed"),
        N_("What goes beyond the debt is interest, or a mistake."),
        N_(
            "{amount} on the loan {name} is more than the {left} that is left of it. Book interest on its own line."
        ),
        _beyond,
    ),
    Rule(
        "LN-10",
        "R21",
        Severity.WARNING,
        SUBMIT,
        "[D] register of loans",
        N_("Borrowed money names the loan it belongs to"),
        N_("Only so is it known what was paid back, and what falls due when."),
        N_('"{what}" borrows or pays back and names no loan. Register the loan and name it in the line.'),
        _unnamed,
    ),
    Rule(
        "LN-11",
        "R20, R21",
        Severity.WARNING,
        CLOSE,
        "[R] R2; [S] R47",
        N_("Loans are paid back when they are due"),
        N_("Overdue debts grow, overdue claims are forgotten."),
        N_(
            "{name}: {left} was due on {due}, {days} days ago. Pay or collect it, or agree a new day and enter it."
        ),
        _late,
    ),
    Rule(
        "LN-12",
        "R21",
        Severity.WARNING,
        CLOSE,
        "[D] register of loans",
        N_("The register of loans ties with the ledger"),
        N_("A debt that only one of them knows is a debt nobody watches."),
        N_(
            "Account {account}: by the register {register} is owed, by the ledger {ledger}. Enter the missing loan, or name it in its lines."
        ),
        _differs,
    ),
)
