"""One matter, one discussion (一事一议): caps, exemptions, special receipts. AP17."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.project import ProjectKind
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.rules.gates import SUBMIT, document_of, label
from villagebook.rules.rule import Hit, Rule, When

REGISTER = frozenset({When.REGISTER})


def _levy_unsound(facts: Facts) -> Iterator[Hit]:
    levy = facts.resolutions.levy
    if levy is None or levy.project.kind is not ProjectKind.ONE_ISSUE:
        return
    project = levy.project
    cap_fen, cap_days = facts.policy.number("levy_head_cap_fen"), facts.policy.number("levy_days_cap")
    item = levy.item.item if levy.item else None
    permitted = bool(project.permit.strip())
    found = []
    if project.per_head_fen > cap_fen and not permitted:
        text = _("{head} a head is above the cap of {cap}; enter the number of the consent from above.")
        found.append(text.format(head=yuan_text(project.per_head_fen), cap=yuan_text(cap_fen)))
    if project.labour_days > cap_days and not permitted:
        text = _(
            "{days} workdays each are above the cap of {cap}; enter the number of the consent from above."
        )
        found.append(text.format(days=project.labour_days, cap=cap_days))
    if levy.unknown:
        text = _("the register of households lacks these exempt ones: {codes}.")
        found.append(text.format(codes=", ".join(levy.unknown)))
    if levy.members is not None and project.heads > levy.members:
        text = _("{heads} pay, but the register has {members} members without the exempt households.")
        found.append(text.format(heads=project.heads, members=levy.members))
    special = facts.policy.switches["levy_special_receipt"]
    if special and project.per_head_fen and not project.special_receipt.strip():
        found.append(_("name the special receipts on which the contributions are taken."))
    if item and (project.per_head_fen > item.per_head_fen or project.labour_days > item.labour_days):
        text = _("the meeting resolved {head} a head and {days} workdays.")
        found.append(text.format(head=yuan_text(item.per_head_fen), days=item.labour_days))
    for why in found:
        name = project.name or project.code or "-"
        yield Hit(name, {"name": name, "why": why}, f"register:projects/{project.code}")


def _from_exempt(facts: Facts) -> Iterator[Hit]:
    for project, household in facts.resolutions.exempt:
        where = label(facts.document) if facts.document else project
        why = _("{household} is exempt; nothing is taken from this household.").format(household=household)
        yield Hit(where, {"name": project, "why": why}, "register:projects")


def _ordinary_receipt(facts: Facts) -> Iterator[Hit]:
    """A levy on another receipt, and other money on a special one; without any receipt the reason has to be recorded."""
    doc, levied = document_of(facts, DocKind.RECEIPT), facts.resolutions.levied
    if doc is None or not facts.policy.switches["levy_special_receipt"]:
        return
    own = next((b for b in facts.receipt_books if doc.receipt_no and b.holds(doc.receipt_no)), None)
    if levied is None:
        if own is not None and own.levy:
            why = _("{no} is a special receipt of one matter, one discussion. Take an ordinary receipt.")
            yield Hit(label(doc), {"name": own.kind, "why": why.format(no=doc.receipt_no)}, "people")
        return
    if own is not None and own.levy:
        if levied.beside:
            why = _(
                "it takes in other money, too. Write an ordinary receipt for that, as a document of its own."
            )
            yield Hit(label(doc), {"name": "、".join(levied.projects), "why": why}, "people")
        return
    words = (
        _("take the contributions on a special receipt; the next one is {no}.").format(no=levied.next_no)
        if levied.next_no
        else _("take the contributions on a special receipt. No book of them is out: register one first.")
    )
    soft = None if levied.by_head else Severity.HOLD
    yield Hit(label(doc), {"name": "、".join(levied.projects), "why": words}, "people", soft)


RULES = (
    Rule(
        "AP-29",
        "AP17",
        Severity.ERROR,
        REGISTER,
        "[R] R1, R40 (old, provincial figures)",
        N_("One matter, one discussion: caps, exemptions and special receipts"),
        N_("A collection without cap and list is a levy."),
        N_("{name}: {why}"),
        _levy_unsound,
    ),
    Rule(
        "AP-29",
        "AP17",
        Severity.ERROR,
        frozenset({When.SUBMIT}),
        "[R] R1, R40",
        N_("Exempt households pay nothing"),
        N_("The meeting let them off; a collector does not take it back."),
        N_("{name}: {why}"),
        _from_exempt,
    ),
    Rule(
        "PRJ-07",
        "AP17",
        Severity.ERROR,
        SUBMIT,
        "[R] R1 (township rule); R4 has one receipt for everything: the switch",
        N_("Contributions are taken on special receipts"),
        N_(
            "A levy on an ordinary receipt is lost among the rents; nobody can add up what was taken by head."
        ),
        N_("{name}: {why}"),
        _ordinary_receipt,
    ),
)
