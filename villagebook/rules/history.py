"""Posted history read again, native or imported: test T6 of audit_checks.md and the two-line rules on what already happened."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.place import PAYING, RECEIVING, PlaceKind, movement
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.rules.rule import Hit, Rule, When

REVIEW = frozenset({When.REVIEW})


def _name(voucher: Voucher) -> str:
    return f"{voucher.booked_on.isoformat()} {voucher.label}"


def _told(facts: Facts) -> Iterator[Voucher]:
    """Vouchers whose money places the file or the program named, red ones left out."""
    return (v for v in facts.history if not v.places_inferred and not v.reverses)


def _paying(facts: Facts, codes: set[str]) -> Iterator[tuple[Voucher, VoucherLine]]:
    """Lines by which money left one of these places for something outside the money places."""
    for voucher in _told(facts):
        for line in voucher.lines:
            if line.credit_fen > 0 and line.place in codes and _spends(voucher):
                yield voucher, line


def _spends(voucher: Voucher) -> bool:
    return any(line.debit_fen > 0 and not line.place for line in voucher.lines)


def _earns(voucher: Voucher) -> bool:
    return any(line.credit_fen > 0 and not line.place for line in voucher.lines)


def _takings_spent(facts: Facts) -> Iterator[Hit]:
    takings = {p.code for p in facts.places.all() if p.kind is PlaceKind.RC}
    for voucher, line in _paying(facts, takings):
        yield Hit(_name(voucher), {"amount": yuan_text(line.credit_fen)}, f"voucher:{voucher.id}")


def _income_pays(facts: Facts) -> Iterator[Hit]:
    income = {p.code for p in facts.places.all() if p.kind not in PAYING and p.kind is not PlaceKind.RC}
    for voucher, line in _paying(facts, income):
        place = facts.places[line.place]
        if place.kind is not PlaceKind.IN or voucher.document_id not in facts.fees:
            yield Hit(_name(voucher), {"place": place.name}, f"voucher:{voucher.id}")


def _wrong_way(facts: Facts) -> Iterator[Hit]:
    yield from _wrong_purse(facts)
    for voucher in _told(facts):
        if not all(line.place for line in voucher.lines):
            continue
        out = [facts.places.get(line.place) for line in voucher.lines if line.credit_fen > 0]
        into = [facts.places.get(line.place) for line in voucher.lines if line.debit_fen > 0]
        if len(out) != 1 or len(into) != 1:
            continue
        source, target = out[0], into[0]
        if source and target and movement(source, target) is None:
            yield Hit(_name(voucher), {"source": source.name, "target": target.name}, f"voucher:{voucher.id}")


def _wrong_purse(facts: Facts) -> Iterator[Hit]:
    """Income that went straight into a place that only pays."""
    closed = {p.code for p in facts.places.all() if p.kind not in RECEIVING}
    for voucher in _told(facts):
        for line in voucher.lines:
            if line.debit_fen > 0 and line.place in closed and _earns(voucher):
                target = facts.places[line.place].name
                values: dict[str, object] = {"source": voucher.party or "-", "target": target}
                yield Hit(_name(voucher), values, f"voucher:{voucher.id}")


def _netted(facts: Facts) -> Iterator[Hit]:
    """T6: income and spending in one voucher, whichever places it names."""
    income = {a.code for a in facts.chart if a.is_income}
    expenses = {a.code for a in facts.chart if a.is_expense}
    for voucher in facts.history:
        accounts = {line.account for line in voucher.lines}
        if accounts.isdisjoint(expenses) or voucher.reverses:
            continue
        if any(account.startswith(("321", "322")) for account in accounts):
            continue
        if _less_cost(voucher, expenses):
            yield Hit(_name(voucher), {}, f"voucher:{voucher.id}")
            continue
        if accounts.isdisjoint(income):
            continue
        earns = any(line.account in income and line.credit_fen > 0 for line in voucher.lines)
        spends = any(line.account in expenses and line.debit_fen > 0 for line in voucher.lines)
        if earns and spends:
            yield Hit(_name(voucher), {}, f"voucher:{voucher.id}")


def _less_cost(voucher: Voucher, expenses: set[str]) -> bool:
    """Cash came in and a cost went down: what was earned hides in what was spent."""
    cash = any(line.debit_fen > 0 and line.account.startswith("101") for line in voucher.lines)
    return cash and any(line.credit_fen > 0 and line.account in expenses for line in voucher.lines)


def _undivided(facts: Facts) -> Iterator[Hit]:
    found = [v for v in facts.history if v.places_inferred]
    if found:
        yield Hit(f"{_name(found[0])} … {_name(found[-1])}", {"n": len(found)})


RULES = (
    Rule(
        "E2L-10",
        "R4",
        Severity.ERROR,
        REVIEW,
        "现金管理暂行条例(2011) 11 [N]; T6",
        N_("Takings are banked before anything is spent"),
        N_("Paying out of takings (坐支) hides both the income and the spending."),
        N_("{amount} was paid out of takings that had not been banked (坐支)."),
        _takings_spent,
    ),
    Rule(
        "E2L-20",
        "R8",
        Severity.ERROR,
        REVIEW,
        "[D] from 现金管理暂行条例 11",
        N_("Payments come from the expense line"),
        N_("When income cannot pay directly, every payment must pass an appropriation somebody approved."),
        N_("{place} belongs to the income line and paid directly."),
        _income_pays,
    ),
    Rule(
        "E2L-00",
        "",
        Severity.ERROR,
        REVIEW,
        "two_line.md 3 [D]",
        N_("Only the listed movements between money places"),
        N_("A movement that is not on the list is how two lines get mixed."),
        N_("Money went from {source} to {target}, which is not an allowed way."),
        _wrong_way,
    ),
    Rule(
        "E2L-14",
        "R6",
        Severity.ERROR,
        REVIEW,
        "[R] R8, R45; T6",
        N_("Income and spending are booked in full, each by itself"),
        N_("Netting hides what was earned and what was spent."),
        N_("Income and spending stand in one voucher; what was spent came straight out of what was earned."),
        _netted,
    ),
    Rule(
        "E2L-47",
        "R8",
        Severity.WARNING,
        REVIEW,
        "two_line.md 1 [D]",
        N_("History without money places"),
        N_("Where a file names no money places, nobody can say which line paid."),
        N_(
            "{n} imported vouchers name no money place, so their two lines cannot be told apart. Nothing needs to be done; it is said wherever they are shown."
        ),
        _undivided,
    ),
)
