"""Why a vote does not count, in one sentence each: for findings, the form, the register and the sheets."""

from __future__ import annotations

from villagebook.domain.meeting import Body, Matter, Quorum
from villagebook.domain.resolution import Fault, OpenStep, Resolution
from villagebook.i18n import N_, _, ngettext

BODIES = {
    Body.VILLAGERS: N_("Villagers' meeting"),
    Body.HOUSEHOLDS: N_("Villagers' meeting, by households"),
    Body.DELEGATES: N_("Villagers' representatives' meeting"),
    Body.GROUP: N_("Group meeting"),
    Body.GROUP_HOUSEHOLDS: N_("Group meeting, by households"),
    Body.MEMBERS: N_("Members' assembly"),
    Body.MEMBER_DELEGATES: N_("Members' representatives' assembly"),
    Body.BOARD: N_("Board"),
    Body.COMMITTEES: N_("Two committees"),
}

MATTERS = {
    Matter.SPENDING: N_("spending"),
    Matter.LOST_WORK: N_("lost-work pay: who and at what rate"),
    Matter.INCOME_USE: N_("use of collective income"),
    Matter.WORKS: N_("public works"),
    Matter.LEVY: N_("one matter, one discussion: money and labour"),
    Matter.LAND_CONTRACT: N_("plan of land contracts"),
    Matter.PROJECT: N_("collective project or contracting it out"),
    Matter.HOMESTEAD: N_("plan of homesteads"),
    Matter.COMPENSATION: N_("compensation for land"),
    Matter.DISPOSAL: N_("lease, sale or waiving of collective property"),
    Matter.LENDING: N_("lending money"),
    Matter.BORROWING: N_("borrowing money"),
    Matter.BUDGET: N_("yearly budget"),
    Matter.DISTRIBUTION: N_("distribution"),
    Matter.VETO: N_("lifting a veto"),
    Matter.OTHER: N_("other"),
}

STEP_WORDS = {
    OpenStep.PROPOSED: N_("Party branch proposes"),
    OpenStep.CONSULTED: N_("Two committees consult"),
    OpenStep.DELIBERATED: N_("Party members deliberate"),
    OpenStep.RESOLVED: N_("Meeting resolves"),
    OpenStep.DECISION_SHOWN: N_("Decision shown"),
    OpenStep.RESULT_SHOWN: N_("Result shown"),
}


def fault_words(fault: Fault, made: Resolution, quorum: Quorum) -> str:
    """The sentence with this meeting's figures."""
    if fault is Fault.SIZE:
        return _("the body has {entitled} members, at least {least} are needed").format(
            entitled=made.entitled, least=quorum.least
        )
    if fault is Fault.PRESENT and quorum.present:
        return _("{present} of {entitled} were there, at least {least} are needed").format(
            present=made.present, entitled=made.entitled, least=quorum.present.least(made.entitled)
        )
    if fault is Fault.VOTES:
        whole = made.entitled if quorum.of_all else made.present
        return _("{yes} voted for it, at least {least} are needed").format(
            yes=made.yes, least=quorum.yes.least(whole)
        )
    if made.called_on is None:
        return ngettext(
            "nobody knows when notice was given, {days} day is needed",
            "nobody knows when notice was given, {days} days are needed",
            quorum.notice_days,
        ).format(days=quorum.notice_days)
    return ngettext(
        "notice was given {days} day before, {least} are needed",
        "notice was given {days} days before, {least} are needed",
        (made.held_on - made.called_on).days,
    ).format(days=(made.held_on - made.called_on).days, least=quorum.notice_days)


def faults_words(found: tuple[Fault, ...], made: Resolution, quorum: Quorum) -> str:
    """All of them in one line."""
    return _("; ").join(fault_words(f, made, quorum) for f in found)
