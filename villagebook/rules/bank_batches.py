"""代发: the file is the signed list, every account is the payee's own, the bank's answer is held against every row. AP18, X4."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.folding import folded
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import PayList
from villagebook.domain.pay_list_proof import Outcome, RowResult
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.bank_batch_facts import UnansweredList
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})
CLOSE = frozenset({When.CLOSE})
_NAMED = 3
"""People named in a sentence; the rest are counted."""


def _target(found: PayList) -> str:
    return f"register:lists/{found.code}"


def _where(found: PayList, no: int = 0) -> str:
    name = f"{found.code} {found.title}".strip()
    return _("{list}, row {no}").format(list=name, no=no) if no else name


def _not_this_list(facts: Facts) -> Iterator[Hit]:
    """The file is made of the list everybody signed for, to the fen; again only of rows the bank could not pay."""
    found, made = facts.batches.subject, facts.batches.batch
    if found is None or made is None:
        return
    whats = []
    if made.paid_fen is None:
        whats.append(_("the payment that names it is not signed by everybody yet"))
    elif made.paid_fen != found.total_fen:
        text = _("the list comes to {list}, the voucher to {voucher}")
        whats.append(text.format(list=yuan_text(found.total_fen), voucher=yuan_text(made.paid_fen)))
    if made.cash:
        whats.append(_("it was paid in cash"))
    if not made.rows:
        whats.append(_("nobody is left to be paid"))
    again = [row for row in made.rows if made.answered and row.no not in made.failed]
    if again:
        text = _("the bank's answer does not say that row {no} failed; paying it again would pay it twice")
        whats.append(text.format(no=again[0].no))
    if made.unwritable:
        text = _("the layout cannot write the character {character}; choose the workbook")
        whats.append(text.format(character=made.unwritable))
    for what in whats:
        yield Hit(_where(found), {"what": what}, _target(found))


def _not_the_payees_account(facts: Facts) -> Iterator[Hit]:
    """An account nobody named is a finding like one in another name."""
    found, made = facts.batches.subject, facts.batches.batch
    for row in made.rows if found and made else ():
        if not row.has_number:
            what = _("no account stands in the table for this name, or more than one")
        elif not row.holder.strip():
            what = _("the name on the account is empty")
        elif folded(row.holder) != folded(row.name):
            what = _("the account is in the name of {holder}").format(holder=row.holder)
        elif row.shared_with:
            what = _("{name} has an account of the same number").format(name=row.shared_with)
        else:
            continue
        if found:
            yield Hit(_where(found, row.no), {"name": row.name, "what": what}, _target(found))


def _bad_answer(facts: Facts) -> Iterator[Hit]:
    found, answer = facts.batches.subject, facts.batches.answer
    if found is None or answer is None:
        return
    if answer.batch is None:
        what = _("no file for the bank was made of this list as it is now")
    elif answer.returned_on < answer.batch.made_on:
        what = _("it is older than the file of {day}").format(day=answer.batch.made_on.isoformat())
    elif not answer.known:
        what = _("not one of its names is in the file; it answers another list")
    else:
        return
    yield Hit(_where(found), {"what": what}, _target(found))


def _not_back(facts: Facts) -> Iterator[Hit]:
    found, back = facts.batches.subject, facts.batches.back
    if found is None or back is None:
        return
    whats = []
    strange = [no for no in back.rows if no not in back.open_rows]
    if not back.rows or strange:
        whats.append(_("only rows the bank could not pay, and that are still open, come back"))
    if back.came_fen is None:
        whats.append(_("the book holds no voucher {label} that counts").format(label=back.label or "-"))
    elif back.used:
        whats.append(_("{label} stands for other rows already").format(label=back.label))
    elif back.is_taking:
        text = _(
            "{label} books income or takings; money that comes back is none, book it as a debt of the village"
        )
        whats.append(text.format(label=back.label))
    elif back.came_fen != back.owed_fen:
        text = _("{label} brings {came} into the bank, the rows come to {owed}")
        whats.append(
            text.format(label=back.label, came=yuan_text(back.came_fen), owed=yuan_text(back.owed_fen))
        )
    elif back.booked_on and back.answered_on and back.booked_on < back.answered_on:
        text = _("{label} was booked before the bank's answer of {day}")
        whats.append(text.format(label=back.label, day=back.answered_on.isoformat()))
    for what in whats:
        yield Hit(_where(found), {"what": what}, _target(found))


def _unanswered(facts: Facts) -> Iterator[Hit]:
    for one in facts.batches.open:
        for what in open_words(one):
            yield Hit(one.label, {"list": _where(one.content), "what": what}, _target(one.content))


def open_words(one: UnansweredList) -> Iterator[str]:
    """What is open about a paid list, a sentence's part each."""
    if one.unproven:
        yield (
            _("the bank's return file is not here")
            if one.by_bank
            else _("neither the signed sheet nor the bank's return file is here")
        )
        return
    if one.other_accounts:
        yield _("the bank paid into other accounts than the file named; compare the two files")
    for outcome, text in _OPEN:
        rows = [r for r in one.rows if r.outcome is outcome]
        if rows:
            yield _(text).format(names=_names(one.content, rows))


_OPEN = (
    (
        Outcome.FAILED,
        N_("the bank could not pay {names}: book the money back or make a file for them anew"),
    ),
    (
        Outcome.OTHER_AMOUNT,
        N_("the bank paid another amount to {names}; have it set right and read the bank's answer anew"),
    ),
    (Outcome.MISSING, N_("the bank's answer does not speak of {names}; read the rest of it")),
    (
        Outcome.UNKNOWN,
        N_(
            "the bank paid {names}, whom the file did not name; fetch the money back and read the bank's answer anew"
        ),
    ),
)


def _names(found: PayList, rows: list[RowResult]) -> str:
    told = [found.rows[r.no - 1].name if r.no else r.name for r in rows[:_NAMED]]
    names = _(", ").join(told)
    more = len(rows) - len(told)
    if not more:
        return names
    return ngettext("{names} and {n} more", "{names} and {n} more", more).format(names=names, n=more)


RULES = (
    Rule(
        "LST-13",
        "AP18",
        Severity.ERROR,
        REGISTER,
        "approvals.md AP18: batch total equals voucher; section 2, X4 [D]",
        N_("The bank's file is the signed list"),
        N_("A row that slips in between list and bank was signed for by nobody."),
        N_("The file cannot be made: {what}."),
        _not_this_list,
    ),
    Rule(
        "LST-14",
        "AP18",
        Severity.ERROR,
        REGISTER,
        "[R] R12, A4; audit_checks.md T32, T34",
        N_("Every payee is paid into the own account"),
        N_("Two subsidies that go to one account are drawn by one person."),
        N_("{name}: {what}. Correct the table of accounts, and leave out who has none."),
        _not_the_payees_account,
    ),
    Rule(
        "LST-15",
        "AP18",
        Severity.ERROR,
        REGISTER,
        "approvals.md AP18: bank return file attached [D]",
        N_("The bank's answer is of this file"),
        N_("An answer to another list proves nothing about this one."),
        N_("This answer cannot be kept: {what}."),
        _bad_answer,
    ),
    Rule(
        "LST-16",
        "AP18",
        Severity.HOLD,
        CLOSE,
        "approvals.md AP18, X4; seeds_controls.md 1-1: hold of the batch; audit_checks.md T31 [D]",
        N_("Paid is what has arrived"),
        N_("Money that did not reach the payee and did not come back is with somebody else."),
        N_("{list}: {what}."),
        _unanswered,
    ),
    Rule(
        "LST-17",
        "AP18",
        Severity.ERROR,
        REGISTER,
        "audit_checks.md T31: money received, paid, returned [D]",
        N_("What the bank could not pay comes back to the fen"),
        N_("A failed payment is the easiest to draw a second time."),
        N_("This cannot be told as booked back: {what}."),
        _not_back,
    ),
)
