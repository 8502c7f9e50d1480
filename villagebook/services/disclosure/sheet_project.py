"""F5: a project in its three stages: what is planned, what was paid to whom so far, and what it came to in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from villagebook.domain.contract import Contract, Direction, Ended
from villagebook.domain.earmark import came_and_went
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.money import yuan_text
from villagebook.domain.period import Span
from villagebook.domain.project import Project, Source, Stage
from villagebook.domain.sheet import Body, Part
from villagebook.domain.sheet_tie import LedgerSum
from villagebook.domain.table import Column, Shape
from villagebook.domain.voucher import DocKind
from villagebook.domain.works import Acceptance
from villagebook.i18n import N_, _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.purpose_parts import labour_part
from villagebook.services.disclosure.screening import screened
from villagebook.services.disclosure.sheet_parts import Row, Whom, figure, money, summed
from villagebook.services.gathering import plan_facts
from villagebook.services.township.plan_words import source_title, stage_title
from villagebook.storage import entries, links
from villagebook.storage import projects as store
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection
from villagebook.storage.sheet_rows import Entry, linked_lines, named
from villagebook.storage.trips import acceptance_of

PLAN, PROGRESS, FINAL = "plan", "progress", "final"
STAGE_OF = {
    Stage.PLANNED: PLAN,
    Stage.BEGUN: PROGRESS,
    Stage.FINISHED: FINAL,
    Stage.SETTLED: FINAL,
    Stage.DROPPED: FINAL,
}
TITLES = {
    PLAN: N_("what is planned"),
    PROGRESS: N_("how far it is and what was paid"),
    FINAL: N_("what it came to in the end"),
}


class _Side(NamedTuple):
    """Money that came in, or that was spent: entry by entry, and what was before the book."""

    entries: list[tuple[Entry, int]]
    before_fen: int

    @property
    def fen(self) -> int:
        return self.before_fen + sum(fen for _entry, fen in self.entries)


def compile_project(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """A project as it stood at the end of these months. KeyError when there is no such project."""
    code = subject.partition(":")[2]
    project = store.project(connection, code)
    if project is None:
        raise KeyError(subject)
    day = min(span.last.last_day, facts.today)
    steps = [s for s in store.stages(connection, code) if s[1] <= day.isoformat()]
    stage = STAGE_OF[Stage(steps[-1][0])] if steps else PLAN
    link = Link(LinkKind.PROJECT, code)
    told = [(e, *_moved(facts, e)) for e in named(connection, link, day)]
    whom = Whom(connection, facts.policy, day.year, [e for e, _r, _s in told])
    opening = _opening(connection, facts, link)
    raised, spent = (
        _Side([(e, fen) for e, *both in told if (fen := both[at])], before_fen + opening[at])
        for at, before_fen in enumerate((project.raised_before_fen, project.spent_before_fen))
    )
    tied = _tied(connection, told, day)
    still_fen = sum(works.still_fen for works in tied)
    has_begun = stage != PLAN or bool(told)
    parts = [_plan_part(project), _contracts_part(tied, whom)]
    if has_begun:
        parts.append(_entries_part(_("Money that came in"), "raised", raised, whom))
        parts.append(_entries_part(_("What was paid, to whom and what for"), "spent", spent, whom))
    if worked := labour_part(connection, code, day, whom):
        parts.append(worked)
    if taken := _acceptances(tied):
        parts.append(taken)
    if stage == FINAL:
        parts.append(_settlement_part(project, raised.fen, spent.fen, still_fen))
    parts.append(_steps_part(project, steps))
    moved = (figure(_("Came in"), raised.fen), figure(_("Spent"), spent.fen))
    body = Body(
        title=_("{name}: {what}").format(name=project.name, what=_(TITLES[stage])),
        parts=tuple(parts),
        sentences=_sentences(project, stage, steps, raised.fen, spent.fen, still_fen),
        figures=(figure(_("Planned"), project.planned_fen), *(moved if has_begun else ())),
        notes=(
            _("Decided by resolution {no} on {day}.").format(
                no=project.resolution, day=project.decided_on.isoformat()
            ),
            _("What is booked and not paid yet counts as spent and says so."),
        ),
        stage=stage,
    )
    return screened(body, whom.given)


def ledger_sums(connection: Connection, facts: Facts, span: Span, subject: str) -> tuple[LedgerSum, ...]:
    """What the ledger says was raised and spent in the name of the project, added up by account."""
    project = store.project(connection, subject.partition(":")[2])
    if project is None:
        return ()
    day = min(span.last.last_day, facts.today)
    raised, spent = plan_facts.posted_on(connection, facts.chart, Link(LinkKind.PROJECT, project.code), day)
    if not any(s[1] <= day.isoformat() for s in store.stages(connection, project.code)) and not (
        raised or spent
    ):
        return ()  # a plan shows no payments
    return (
        LedgerSum("raised", _("Money that came in"), raised + project.raised_before_fen),
        LedgerSum("spent", _("What was paid"), spent + project.spent_before_fen),
    )


def _moved(facts: Facts, entry: Entry) -> tuple[int, int]:
    return came_and_went(entry.kind, facts.chart.get(entry.account), entry.fen)


def _opening(connection: Connection, facts: Facts, link: Link) -> tuple[int, int]:
    """(raised, spent) that the opening balances of the book carry for it."""
    sums = [0, 0]
    for account, _party, debit, credit in links.opening_of(connection, link):
        came, went = came_and_went(DocKind.RECEIPT, facts.chart.get(account), debit - credit)
        sums[0], sums[1] = sums[0] + came, sums[1] + went
    return sums[0], sums[1]


def _plan_part(project: Project) -> Part:
    rows: list[Row] = [(source_title(source), "", fen) for source, fen in project.sources]
    if project.heads and project.per_head_fen:
        words = _("{n} people pay {each} yuan each")
        told = words.format(n=project.heads, each=yuan_text(project.per_head_fen))
        rows = [
            (what, told if what == source_title(Source.CONTRIBUTIONS) else note, fen)
            for what, note, fen in rows
        ]
    rest = project.planned_fen - sum(fen for _source, fen in project.sources)
    if rest:
        rows.append((_("source not decided yet"), "", rest))
    columns = (
        Column("source", _("Where the money is to come from"), Shape.TEXT, 20),
        Column("note", _("Remark"), Shape.TEXT, 20),
        money("planned", _("Planned")),
    )
    lead = _("From {begin} to {end}.").format(
        begin=project.begins_on.isoformat() if project.begins_on else _("a day not set"),
        end=project.ends_on.isoformat() if project.ends_on else _("a day not set"),
    )
    return summed(_("Budget and sources"), columns, rows, lead)


@dataclass(frozen=True, slots=True)
class _Works:
    """A contract that payments of the project name; `paid_fen` is what is booked on it for the project."""

    contract: Contract
    taken: Acceptance | None
    paid_fen: int
    ended: Ended | None = None

    @property
    def due_fen(self) -> int:
        """What it costs in the end: settled at its acceptance, until then the agreed price.

        Where it was ended, the instalments that were due by then; one that brings money costs nothing.
        """
        if self.contract.direction is not Direction.EXPENSE:
            return 0
        if self.taken is not None and self.taken.passed:
            return self.taken.settled_fen
        if self.ended is not None:
            due = (i for i in self.contract.instalments if i.due_on <= self.ended.ended_on)
            return sum(i.amount_fen for i in due)
        return self.contract.amount_fen

    @property
    def still_fen(self) -> int:
        return max(0, self.due_fen - self.contract.paid_before_fen - self.paid_fen)


def _tied(connection: Connection, told: list[tuple[Entry, int, int]], day: date) -> list[_Works]:
    tied = linked_lines(connection, LinkKind.CONTRACT, {e.seq for e, _r, _s in told})
    known, ends = entries.contracts(connection, day), entries.ends(connection)
    found = []
    for code in dict.fromkeys(c for e, _r, _s in told if (c := tied.get((e.seq, e.no)))):
        taken = acceptance_of(connection, code)
        paid_fen = sum(s for e, _r, s in told if tied.get((e.seq, e.no)) == code)
        seen = taken if taken is not None and taken.accepted_on <= day else None
        ended = ends.get(code)
        ended = ended if ended is not None and ended.ended_on <= day else None
        found.append(_Works(known[code], seen, paid_fen, ended))
    return found


def _contracts_part(tied: list[_Works], whom: Whom) -> Part:
    """Contracts that payments of the project name."""
    rows: list[Row] = [
        (
            works.contract.name,
            whom.keep(whom.names.person(works.contract.party)).with_group,
            works.contract.bidding,
            works.contract.amount_fen,
            works.paid_fen,
        )
        for works in tied
    ]
    columns = (
        Column("contract", _("Contract"), Shape.TEXT, 18),
        Column("party", _("Who does the work"), Shape.TEXT, 14),
        Column("bidding", _("How it was given"), Shape.TEXT, 16),
        money("price", _("Agreed price")),
        money("paid", _("Booked so far")),
    )
    return Part(_("Contracts"), columns, tuple(rows))


def _acceptances(tied: list[_Works]) -> Part | None:
    """What the groups that accepted the works wrote down; None where nobody did."""
    rows: list[Row] = []
    for works in tied:
        made = works.taken
        if made is None:
            continue
        people = _(", ").join(f"{p.name}（{p.role}）" if p.role else p.name for p in made.people)
        found = made.found if made.passed else _("not taken over: {found}").format(found=made.found)
        audit = made.audit_no or _("no audit report")
        day = made.accepted_on.isoformat()
        rows.append((works.contract.name, day, people, found, audit, made.settled_fen))
    if not rows:
        return None
    columns = (
        Column("contract", _("Contract"), Shape.TEXT, 14),
        Column("day", _("Accepted on"), Shape.TEXT, 9),
        Column("people", _("Accepted by"), Shape.TEXT, 20),
        Column("found", _("What was found"), Shape.TEXT, 18),
        Column("audit", _("Audit report"), Shape.TEXT, 10),
        money("settled", _("Settled at")),
    )
    return Part(_("Acceptance, settlement and audit of the works"), columns, tuple(rows))


def _entries_part(title: str, key: str, side: _Side, whom: Whom) -> Part:
    rows: list[Row] = []
    if side.before_fen:
        rows.append(("", "", _("before this book"), "", "", side.before_fen))
    for entry, fen in side.entries:
        shown = whom.shown(entry).with_group
        rows.append((entry.day, entry.label, whom.told(entry), shown, _how(entry), fen))
    columns = (
        Column("day", _("Day"), Shape.TEXT, 9),
        Column("voucher", _("Voucher"), Shape.TEXT, 8),
        Column("words", _("What for"), Shape.TEXT, 24),
        Column("whom", _("To whom") if key == "spent" else _("Paid by"), Shape.TEXT, 16),
        Column("how", _("How"), Shape.TEXT, 8),
        money(key, _("Amount")),
    )
    return summed(title, columns, rows)


def _how(entry: Entry) -> str:
    """Whether the entry moved money, or undoes another."""
    if entry.reverses:
        return _("red reversal")
    if entry.kind is DocKind.PAYMENT:
        return _("paid out")
    return _("received") if entry.kind is DocKind.RECEIPT else _("booked, not paid")


def _settlement_part(project: Project, raised_fen: int, spent_fen: int, still_fen: int) -> Part:
    own = project.planned_from(Source.OWN)
    rows: list[Row] = [
        (_("Planned"), project.planned_fen, ""),
        (_("Came in"), raised_fen, ""),
        (_("Own money of the village in the plan"), own, ""),
        (_("Spent"), spent_fen, "" if still_fen else _against(spent_fen, project.planned_fen)),
    ]
    if still_fen:
        against = _against(spent_fen + still_fen, project.planned_fen)
        rows.append(
            (_("Still to be paid by contract"), still_fen, _("then {against}").format(against=against))
        )
    rows.append((_("Left over"), raised_fen + own - spent_fen - still_fen, ""))
    columns = (
        Column("what", _("What"), Shape.TEXT, 20),
        money("amount", _("Amount")),
        Column("note", _("Remark"), Shape.TEXT, 24),
    )
    return Part(_("Settlement"), columns, tuple(rows))


def _against(spent_fen: int, planned_fen: int) -> str:
    if spent_fen == planned_fen:
        return _("as planned")
    words = (
        _("{amount} yuan more than planned")
        if spent_fen > planned_fen
        else _("{amount} yuan less than planned")
    )
    return words.format(amount=yuan_text(abs(spent_fen - planned_fen)))


def _steps_part(project: Project, steps: list[tuple[str, str, str]]) -> Part:
    """Beginning, acceptance, settlement and audit in the words that were recorded with them."""
    rows: list[Row] = [(_("Decision taken"), project.decided_on.isoformat(), project.resolution)]
    rows += [
        (stage_title(Stage(stage)), day, note or _("nothing was recorded")) for stage, day, note in steps
    ]
    columns = (
        Column("step", _("Step"), Shape.TEXT, 10),
        Column("day", _("Day"), Shape.TEXT, 10),
        Column("note", _("Resolution, acceptance, settlement, audit"), Shape.TEXT, 30),
    )
    return Part(_("Decision, acceptance, settlement and audit"), columns, tuple(rows))


def _sentences(
    project: Project,
    stage: str,
    steps: list[tuple[str, str, str]],
    raised_fen: int,
    spent_fen: int,
    still_fen: int,
) -> tuple[str, ...]:
    planned = yuan_text(project.planned_fen)
    if stage == PLAN:
        return (_("{name} is to cost {planned} yuan.").format(name=project.name, planned=planned),)
    made = [
        _("{name} is planned at {planned} yuan; {raised} yuan came in and {spent} yuan were spent.").format(
            name=project.name, planned=planned, raised=yuan_text(raised_fen), spent=yuan_text(spent_fen)
        )
    ]
    if stage == FINAL:
        last = Stage(steps[-1][0])
        made.append(
            _("Since {day} it is: {stage}. It cost {against}.").format(
                day=steps[-1][1],
                stage=stage_title(last),
                against=_against(spent_fen + still_fen, project.planned_fen),
            )
        )
        if still_fen:
            owed = _("Of this {amount} yuan are still to be paid by contract.")
            made.append(owed.format(amount=yuan_text(still_fen)))
    elif project.planned_fen:
        share = spent_fen * 100 // project.planned_fen
        made.append(
            ngettext("{n} % of the plan is spent.", "{n} % of the plan is spent.", share).format(n=share)
        )
    return tuple(made)
