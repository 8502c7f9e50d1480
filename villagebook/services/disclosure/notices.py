"""Notices: compiled by rule from posted rows, reviewed by supervision, frozen by hash, printed the same for ever."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from villagebook import i18n
from villagebook.domain.finding import Finding
from villagebook.domain.notice import Notice, notice_from_data
from villagebook.domain.period import Span
from villagebook.i18n import _
from villagebook.rules.facts import Facts, NoticeFacts
from villagebook.rules.rule import When
from villagebook.rules.word_facts import WordFacts
from villagebook.services.by import By, new_id
from villagebook.services.disclosure import corrections, masking, paper_review, sheet_review
from villagebook.services.disclosure import sheets as sheet_service
from villagebook.services.disclosure.compiling import Compiled, compile_from, voucher_key
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import facts as gather
from villagebook.services.vouchers.documents import Outcome
from villagebook.storage import documents as docs
from villagebook.storage import periods, sheets
from villagebook.storage.book import Book, BookInfo, Writing
from villagebook.storage.engine import Connection

MONTHLY = "F1"


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One frozen paper of the board. `state` is review or final; `form` F1 to F12 or matter, `title` what stands on it."""

    id: str
    number: str
    span: Span
    state: str
    signed: int
    needed: int
    content_hash: str
    is_correction: bool = False
    form: str = MONTHLY
    title: str = ""
    subject: str = ""


def compile_notice(book: Book, span: Span, today: date) -> Notice:
    """The notice of these months as the ledger stands now; nobody chooses lines."""
    with book.reading() as connection:
        return _compiled(connection, book.info, span, today).notice


def drafted(book: Book, span: Span, today: date) -> tuple[Notice, tuple[Finding, ...]]:
    """The notice of these months as the ledger stands now, and what stands between it and the board; compiled once."""
    with book.reading() as connection:
        compiled = _compiled(connection, book.info, span, today)
        return compiled.notice, _look(connection, book.info, compiled.notice, compiled, today)


def _compiled(connection: Connection, info: BookInfo, span: Span, today: date) -> Compiled:
    base = gather.ground(connection, info, today, span.last.last_day)
    return compile_from(connection, info, base, span, today)


def notice_findings(book: Book, notice: Notice, today: date) -> tuple[Finding, ...]:
    """What stands between this notice and the board."""
    with book.reading() as connection:
        compiled = _compiled(connection, book.info, notice.span, today)
        return _look(connection, book.info, notice, compiled, today)


def _look(
    connection: Connection, info: BookInfo, notice: Notice, compiled: Compiled, today: date
) -> tuple[Finding, ...]:
    entry = periods.notice(connection, notice.id)
    return look(_publish_facts(connection, info, notice, compiled, entry, today), When.PUBLISH)


def _publish_facts(
    connection: Connection,
    info: BookInfo,
    notice: Notice,
    compiled: Compiled,
    entry: periods.NoticeEntry | None,
    today: date,
    more_reviewers: int = 0,
) -> Facts:
    from villagebook.reports.fonts import missing_glyphs
    from villagebook.reports.notice_paper import bodies
    from villagebook.rules.disclosure import printed_texts

    base = gather.ground(connection, info, today, notice.span.last.last_day)
    base = replace(base, words=WordFacts(unreviewed=tuple(k.words for k in notice.kinds if k.unread)))
    reviewers = len(docs.signatures(connection, entry.id, entry.content_hash)) if entry else 0
    states = base.period_states
    return replace(
        base,
        notice=NoticeFacts(
            notice=notice,
            ledger_opening_fen=compiled.ledger_opening_fen,
            ledger_closing_fen=compiled.ledger_closing_fen,
            posted=compiled.posted,
            shown=(
                *dict.fromkeys(voucher_key(line.day, line.voucher) for line in notice.lines),
                *dict.fromkeys(voucher_key(line.day, line.voucher) for line in notice.transfers),
                *compiled.excluded,
            ),
            reviewers=reviewers + more_reviewers,
            missing_glyphs=missing_glyphs(t for _where, t in printed_texts(notice)),
            periods_closed=all(states.get(p, "open") != "open" for p in notice.span.months()),
            only_imported=all(periods.only_imported(connection, p) for p in notice.span.months()),
            bodies=bodies(notice.font_pt),
        ),
    )


def notice_pdf(notice: Notice, *, paper: str = "A3", draft: bool) -> bytes:
    """The paper itself, in the notice's own language; a draft carries a watermark on every page."""
    from villagebook.reports.notice_pdf import render_notice

    with i18n.speaking(notice.language):
        return render_notice(notice, paper=paper, draft=draft)


def submit_notice(book: Book, span: Span, by: By) -> str:
    """Freeze the notice of closed months and hand it to supervision; returns its id.

    Raises Refused: months still open, a final notice of them exists, or any finding but the missing review.
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        compiled = _compiled(connection, book.info, span, by.day)
        standing = [
            e
            for e in periods.notices(connection)
            if not (e.last < span.first or e.first > span.last)
            and docs.stop_of(connection, e.id, e.content_hash) is None
        ]
        if standing:
            text = _("Notice {number} covers these months already.").format(number=standing[0].number)
            raise refusal("DIS-03", str(span), text)
        needed = gather.ground(connection, book.info, by.day).policy.number("supervision_count")
        facts = _publish_facts(connection, book.info, compiled.notice, compiled, None, by.day, needed)
        pass_or_refuse(facts, When.PUBLISH)
        notice = compiled.notice
        writing.log(
            "notice.compiled",
            {
                "id": notice.id,
                "number": notice.number,
                "first": span.first.number,
                "last": span.last.number,
                "content": notice.to_data(),
                "content_hash": notice.content_hash(),
            },
            new_id(),
            "notices",
        )
    return notice.id


def notices(book: Book) -> tuple[NoticeRow, ...]:
    """All frozen notices, newest first."""
    with book.reading() as connection:
        entries = periods.notices(connection)
        needed = gather.ground(connection, book.info, date.max).policy.number("supervision_count")
        return tuple(
            NoticeRow(
                e.id,
                e.number,
                Span(e.first, e.last),
                "final" if e.final else "review",
                len(docs.signatures(connection, e.id, e.content_hash)),
                needed,
                e.content_hash,
            )
            for e in entries
        )


def papers(book: Book) -> tuple[NoticeRow, ...]:
    """Notices with their corrections, and the other sheets, none that was sent back: everything that hangs or is to hang."""
    made = corrections.listing(book)
    found: list[NoticeRow] = []
    for row in notices(book):
        found.append(row)
        found += [
            NoticeRow(c.id, c.number, row.span, c.state, c.signed, c.needed, c.content_hash, True, "F12")
            for c in made
            if c.notice_id == row.id and c.state != "rejected"
        ]
    found += [
        NoticeRow(
            s.id,
            s.number,
            s.span,
            s.state,
            s.signed,
            s.needed,
            s.content_hash,
            False,
            s.form.value,
            s.title,
            s.subject,
        )
        for s in sheet_service.listing(book)
        if s.state != "rejected"
    ]
    return tuple(sorted(found, key=lambda row: row.span.last, reverse=True))


def frozen_notice(book: Book, notice_id: str) -> Notice:
    """Raises Refused when there is no such notice."""
    with book.reading() as connection:
        entry = periods.notice(connection, notice_id)
    if entry is None:
        raise refusal("DIS-06", notice_id, _("There is no such notice."))
    return notice_from_data(entry.content)


def final_pdf(book: Book, notice_id: str, paper: str = "A3") -> bytes:
    """The frozen notice; identical bytes each time. A draft until supervision has signed."""
    notice = frozen_notice(book, notice_id)
    final = any(r.id == notice_id and r.state == "final" for r in notices(book))
    return notice_pdf(notice, paper=paper, draft=not final)


def paper_pdf(book: Book, row: NoticeRow, paper: str = "A3") -> bytes:
    """Any paper of `papers`, the same bytes each time; a draft until supervision has signed."""
    if row.is_correction:
        return corrections.pdf(book, row.id, paper)
    if row.form != MONTHLY:
        return sheet_service.final_pdf(book, row.id, paper)
    return final_pdf(book, row.id, paper)


def review_facts(connection: Connection, info: BookInfo, subject: str, today: date) -> Facts | None:
    """Facts for signing the review of a notice or a correction; None when the subject is neither, or not under review."""
    entry = periods.notice(connection, subject)
    if entry is None:
        base = gather.ground(connection, info, today)
        found = corrections.review_facts(connection, base, subject)
        return found or sheet_review.review_facts(connection, base, subject)
    if not paper_review.is_open(connection, entry):
        return None
    base = gather.ground(connection, info, today, entry.last.last_day)
    facts = paper_review.signing_facts(connection, base, entry)
    return replace(facts, masking=masking.facts_of(connection, subject))


def after_signature(writing: Writing, facts: Facts, notice_id: str) -> Outcome:
    """Publish the notice when supervision is complete: final, and its months count as disclosed."""
    connection = writing.connection
    entry = periods.notice(connection, notice_id)
    if entry is None:
        if sheets.sheet(connection, notice_id) is not None:
            return sheet_review.after_signature(writing, facts, notice_id)
        return corrections.after_signature(writing, facts, notice_id)
    if waiting := paper_review.waiting(connection, facts, entry):
        return waiting
    writing.log("notice.published", {"id": notice_id}, new_id(), "notices")
    for period in Span(entry.first, entry.last).months():
        writing.log(
            "period.stepped",
            {"period": period.number, "state": "disclosed", "reason": entry.number},
            new_id(),
            "periods",
        )
    return Outcome(notice_id, notice_id, entry.number, "")
