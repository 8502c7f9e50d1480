"""Lists with payees' signatures: entered or taken in, reviewed, hung up, proven; and the rates they are paid by."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from villagebook.domain.document import Attachment, Document, Item, Support
from villagebook.domain.finding import Finding
from villagebook.domain.meeting import Matter
from villagebook.domain.pay_list import TO_HOUSEHOLDS, ListKind, PayList, PayRate
from villagebook.domain.pay_list_proof import (
    ListProof,
    ListShown,
    ProofKind,
)
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import slot_states
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.pay_list_facts import ListFacts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.approvals.list_standings import SUBJECT, needed_in, target_of
from villagebook.services.approvals.list_words import SPEND_KINDS
from villagebook.services.approvals.slots_left import after_signing
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import pay_list_facts, resolution_facts
from villagebook.storage import documents as docs
from villagebook.storage import pay_lists as store
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection

TOPICS = ("registers", "lists")


_MATTERS = {
    ListKind.LOST_WORK: frozenset({Matter.LOST_WORK, Matter.BUDGET}),
    ListKind.LAND: frozenset(
        {Matter.COMPENSATION, Matter.LAND_CONTRACT, Matter.DISTRIBUTION, Matter.INCOME_USE}
    ),
}
"""What the item behind a list or a rate has to be about; nothing in particular for the other kinds."""


def enter(book: Book, made: PayList, by: By) -> tuple[Finding, ...]:
    """Enter a list, or change one nobody pays yet; what was reviewed, shown or signed of it then holds no more.

    Raises Refused with everything at once: LST-01 to LST-05, AP-24 to AP-26, and what its resolution does not carry.
    """
    with book.writing(by.actor, by.at) as writing:
        tidy = _tidy(made)
        said = pass_or_refuse(_entry_facts(writing.connection, book.info, tidy, by.day), When.REGISTER)
        held = store.pay_list(writing.connection, tidy.code)
        if held != tidy:
            _log(writing, tidy)
        return said


def check(book: Book, made: PayList, today: date) -> tuple[Finding, ...]:
    """What `enter` would say, while it is typed."""
    with book.reading() as connection:
        return look(_entry_facts(connection, book.info, _tidy(made), today), When.REGISTER)


def _entry_facts(connection: Connection, info: BookInfo, made: PayList, today: date) -> Facts:
    from villagebook.reports.fonts import missing_glyphs

    facts = gather.ground(connection, info, today)
    target = f"register:lists/{made.code}"
    texts = [made.title, *(t for row in made.rows for t in (row.name, row.work, row.place, row.note))]
    draws = resolution_facts.cite(
        connection,
        made.resolution,
        made.title or made.code,
        made.to_on,
        target=target,
        matters=_MATTERS.get(made.kind, frozenset()),
    )
    return replace(
        facts,
        lists=replace(
            pay_list_facts.for_entry(connection, made), missing_glyphs=tuple(missing_glyphs(texts))
        ),
        resolutions=ResolutionFacts(draws=draws),
    )


def _tidy(made: PayList) -> PayList:
    """Blanks away; days in their order."""
    rows = tuple(
        replace(
            row,
            name=row.name.strip(),
            household=row.household.strip(),
            post=row.post.strip(),
            work=row.work.strip(),
            place=row.place.strip(),
            days=tuple(sorted(row.days)),
        )
        for row in made.rows
    )
    return replace(
        made,
        code=made.code.strip(),
        title=made.title.strip(),
        resolution=made.resolution.strip(),
        document_no=made.document_no.strip(),
        rows=rows,
    )


def _log(writing: Writing, made: PayList) -> None:
    body: dict[str, object] = {"content": made.to_data(), "content_hash": made.content_hash()}
    writing.log("paylist.entered", body, new_id(), *TOPICS)


def drop(book: Book, code: str, reason: str, by: By) -> None:
    """A list that will not be paid; its days are free again. Raises Refused: no such list, being paid (LST-03), no reason."""
    with book.writing(by.actor, by.at) as writing:
        found = needed_in(writing.connection, code)
        held = store.naming(writing.connection, "pay_list", code)
        problem = ""
        if held:
            problem = _("{document} pays it. Take that payment back or undo it in red first.").format(
                document=held[0].label or held[0].document_id[:8]
            )
        elif len(reason.strip()) < 4:
            problem = _("Say why, in at least four characters.")
        if problem:
            raise refusal("LST-03", found.title, problem, target=target_of(code))
        writing.log("paylist.dropped", {"code": code, "reason": reason.strip()}, new_id(), *TOPICS)


def set_rate(book: Book, rate: PayRate, by: By) -> tuple[Finding, ...]:
    """What a day or a month is paid from a day on. Raises Refused: no resolution (LST-10), or one that does not carry it."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        tidy = replace(rate, post=rate.post.strip(), resolution=rate.resolution.strip())
        draws = resolution_facts.cite(
            writing.connection,
            tidy.resolution,
            tidy.post or tidy.kind.value,
            max(tidy.from_on, by.day),
            target="register:lists",
            matters=_MATTERS.get(tidy.kind, frozenset()),
            must_be_known=True,
        )
        told = replace(facts, lists=ListFacts(new_rate=tidy), resolutions=ResolutionFacts(draws=draws))
        said = pass_or_refuse(told, When.REGISTER)
        writing.log("payrate.set", tidy.to_data(), new_id(), *TOPICS)
        return said


def rates(book: Book) -> tuple[PayRate, ...]:
    """Every rate, the oldest word first."""
    with book.reading() as connection:
        return store.rates(connection)


def prove(
    book: Book,
    code: str,
    kind: ProofKind,
    papers: Sequence[Attachment],
    shown_on: date,
    by: By,
    failed: Iterable[int] = (),
) -> None:
    """Keep the sheet the payees signed, or the file the bank sent back, for what the list says now. Raises Refused (LST-11)."""
    with book.writing(by.actor, by.at) as writing:
        found = needed_in(writing.connection, code)
        proof = ListProof(
            code, found.content_hash(), kind, shown_on, tuple(papers), tuple(sorted(set(failed)))
        )
        facts = gather.ground(writing.connection, book.info, by.day)
        pass_or_refuse(replace(facts, lists=ListFacts(subject=found, proof=proof)), When.REGISTER)
        log_proof(writing, proof)


def log_proof(writing: Writing, proof: ListProof) -> None:
    """Keep a proof that passed its gate."""
    body: dict[str, object] = {
        "code": proof.code,
        "content_hash": proof.content_hash,
        "kind": proof.kind.value,
        "shown_on": proof.shown_on.isoformat(),
        "papers": [p.to_data() for p in proof.papers],
        "failed": list(proof.failed),
    }
    if proof.results:
        body["results"] = [r.to_data() for r in proof.results]
    if proof.accounts:
        body["accounts"] = proof.accounts
    if proof.file_no:
        body["file_no"] = proof.file_no
    writing.log("paylist.proven", body, new_id(), *TOPICS)


def show(book: Book, code: str, place: str, shown_on: date, papers: Sequence[Attachment], by: By) -> None:
    """The roster hangs where everybody reads it, with a photo. Raises Refused (LST-11)."""
    with book.writing(by.actor, by.at) as writing:
        found = needed_in(writing.connection, code)
        showing = ListShown(code, found.content_hash(), place.strip(), shown_on, tuple(papers))
        facts = gather.ground(writing.connection, book.info, by.day)
        pass_or_refuse(replace(facts, lists=ListFacts(subject=found, showing=showing)), When.REGISTER)
        body: dict[str, object] = {
            "code": code,
            "content_hash": showing.content_hash,
            "place": showing.place,
            "shown_on": shown_on.isoformat(),
            "papers": [p.to_data() for p in papers],
        }
        writing.log("paylist.shown", body, new_id(), *TOPICS)


def review_facts(connection: Connection, info: BookInfo, subject: str, today: date) -> Facts | None:
    """Facts for signing the review of a roster; None when the subject is none, or it is reviewed."""
    if not subject.startswith(SUBJECT):
        return None
    found = store.pay_list(connection, subject.removeprefix(SUBJECT))
    if found is None or found.kind not in TO_HOUSEHOLDS:
        return None
    content_hash = found.content_hash()
    if store.reviewed_on(connection, found.code, content_hash):
        return None
    base = gather.ground(connection, info, today)
    slots = tuple(base.policy.slots[c] for c in base.policy.words["roster_slots"] if c in base.policy.slots)
    given = docs.signatures(connection, subject, content_hash)
    return replace(
        base, content_hash=content_hash, states=slot_states(slots, given), lists=ListFacts(subject=found)
    )


def after_signature(writing: Writing, facts: Facts, subject: str) -> str:
    """Reviewed once every slot is filled; answers with the slot that is still open, "" when none is."""
    turn, signed_on = after_signing(writing.connection, facts, subject)
    if not turn:
        body: dict[str, object] = {
            "code": subject.removeprefix(SUBJECT),
            "content_hash": facts.content_hash,
            "reviewed_on": signed_on.isoformat(),
        }
        writing.log("paylist.reviewed", body, new_id(), *TOPICS)
    return turn


def payment_of(book: Book, code: str, by: By) -> Document:
    """The payment that fits a list, to be completed at the door for money out. Raises Refused: no such list."""
    with book.reading() as connection:
        found = needed_in(connection, code)
    cited = Cited.read(found.resolution)
    return Document(
        new_id(),
        DocKind.PAYMENT,
        by.day,
        found.title,
        party=found.title,
        items=(Item("", found.total_fen, found.title),),
        support=Support.SIGNED_LIST,
        support_no=found.code,
        event_on=min(found.to_on, by.day),
        resolution=cited.number,
        resolution_item=cited.item,
        spend_kind=SPEND_KINDS[found.kind],
        pay_list=found.code,
    )
