"""`check` and `verify`: integrity, signatures and every rule, run again on a book or a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from villagebook.domain.account import DISTRIBUTION, YEAR_RESULT
from villagebook.domain.balance import first_shortfall
from villagebook.domain.document import Document, derive_lines
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.package import PackageRead
from villagebook.domain.period import Period, Span
from villagebook.domain.seals import history
from villagebook.domain.signature import Signature, SignKind, Slot, slot_states
from villagebook.domain.voucher import DocKind, Origin, Voucher, voucher_label
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import NO_RESOLUTIONS, ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.approvals import refusals
from villagebook.services.banking.bank_facts import bank_facts
from villagebook.services.by import today
from villagebook.services.gate import look
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering import office_facts, resolution_facts
from villagebook.services.invoicing import invoice_elsewhere
from villagebook.services.offices import key_review
from villagebook.services.period_end import deadlines
from villagebook.services.registers.depreciation import is_run
from villagebook.services.township import policies
from villagebook.services.vouchers import voucher_checks
from villagebook.storage import documents as docs
from villagebook.storage import (
    ledger,
    offices,
    periods,
    posted_vouchers,
    registry,
    resolutions,
    seals,
    sheets,
)
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.check import check_store
from villagebook.storage.engine import Connection
from villagebook.storage.log import last_day
from villagebook.storage.scratch import scratch_from

Progress = Callable[[int, int], None]


_NONSENSE = (KeyError, TypeError, ValueError, IndexError, AttributeError)
"""What reading a well chained log with senseless bodies ends in."""


def check_book(book: Book, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a book: the file, the chain, the signatures, and history against the rules."""
    with book.snapshot() as connection:
        found = check_store(connection, progress)
        if any(f.id.startswith("CHK") for f in found):
            return found  # what cannot be trusted is not judged
        try:
            return (*found, *_judge(connection, book.info))
        except _NONSENSE as error:
            text = _(
                "The log holds something this program cannot make sense of ({why}). Show it to the township."
            )
            return (*found, Finding("CHK-11", Severity.ERROR, book.path.name, text.format(why=error)))


def _judge(connection: Connection, info: BookInfo) -> Iterator[Finding]:
    day = periods.last_booked(connection) or info.start.first_day
    base = gather.ground(connection, info, max(day, today()), day)
    span = Span(_EVER, max(info.start, Period.of(day)))
    history = posted_vouchers.vouchers(connection, span)
    fees = docs.with_bank_advice(connection, base.policy.number("bank_fee_limit_fen"))
    told = replace(
        base,
        history=history,
        fees=fees,
        bank=bank_facts(connection, base.places),
        invoices=invoice_elsewhere.for_review(connection, info),
    )
    yield from look(told, When.REVIEW)
    by_id = {v.id: v for v in history}
    for voucher in history:
        if voucher.reverses:
            yield from _undoes(by_id.get(voucher.reverses), voucher)
        elif voucher.is_automatic:
            yield from _moves_no_money(voucher)
        elif voucher.origin is Origin.NATIVE:
            yield from _signatures_hold(connection, info, voucher)
    yield from _late_entries(connection)
    yield from _reviews_hold(connection, info)
    yield from voucher_checks.review(connection, base)
    yield from policies.review(connection)
    yield from invoice_elsewhere.review(connection)
    yield from key_review.review(connection, info, base)
    yield from _cash_never_negative(connection, info, span)


_EVER = Period(1900, 1)
"""Where history is read from: a forger need not keep to the first month of the book."""


def _name(voucher: Voucher) -> str:
    return f"{voucher.booked_on.isoformat()} {voucher.label}"


def _changed(where: str) -> Finding:
    text = _("The document behind this voucher is missing or was changed.")
    return Finding("AP-36", Severity.ERROR, where, text)


def _undoes(old: Voucher | None, red: Voucher) -> Iterator[Finding]:
    """A red voucher is its old one with every sign turned, or it is a payment nobody signed."""
    if old is None or old.reverses or red.lines != tuple(line.red() for line in old.lines):
        yield Finding("VCH-07", Severity.ERROR, _name(red), _("There is no such voucher."))


def _moves_no_money(voucher: Voucher) -> Iterator[Finding]:
    """What the program posts by itself carries results, wears assets or moves a balance below its own account, never money."""
    moved: dict[str, int] = {}
    for line in voucher.lines:
        moved[line.place] = moved.get(line.place, 0) + line.debit_fen - line.credit_fen
    tops = {line.account[:3] for line in voucher.lines}
    if any(moved.values()) or not (len(tops) == 1 or tops & {YEAR_RESULT, DISTRIBUTION} or is_run(voucher)):
        yield _changed(_name(voucher))


def _late_entries(connection: Connection) -> Iterator[Finding]:
    """R23, for logs that were not written by our program."""
    for day, word, number in posted_vouchers.entered_after_close(connection):
        text = _(
            "{period} is closed. Book it in an open month; correct an old voucher by a red reversal."
        ).format(period=day[:7])
        yield Finding("E2L-40", Severity.ERROR, f"{day} {voucher_label(word, number)}", text)


def _reviews_hold(connection: Connection, info: BookInfo) -> Iterator[Finding]:
    """D4 over every notice and every other sheet of the board that counts as final."""
    final = [(n.id, n.content_hash, n.number, n.last) for n in periods.notices(connection) if n.final]
    final += [(s.id, s.content_hash, s.number, s.span.last) for s in sheets.sheets(connection) if s.final]
    for ident, content_hash, number, last in final:
        base = gather.ground(connection, info, today(), last.last_day)
        slot = replace(base.policy.slots["S"], count=base.policy.number("supervision_count"))
        given = docs.signatures(connection, ident, content_hash)
        for finding in _slots_hold(connection, base, (slot,), given, number):
            yield replace(finding, id="DIS-06") if finding.id == "AP-01" else finding


def _signatures_hold(connection: Connection, info: BookInfo, voucher: Voucher) -> Iterator[Finding]:
    """Every slot filled, for exactly the posted content, each signature as the rules asked for it then."""
    where = _name(voucher)
    held = docs.submitted(connection, voucher.document_id)
    if held is None or held.document.content_hash() != held.content_hash:
        yield _changed(where)
        return
    yield from _voucher_fits(connection, held.document, voucher, where)
    facts = gather.for_document(connection, info, held.document, voucher.booked_on)
    position = offices.voucher_position(connection, voucher.id)
    facts = office_facts.as_of(connection, facts, held.document, position)
    given = docs.signatures(connection, voucher.document_id, held.content_hash)
    slots = _slots_then(facts, held.document, given)
    # a veto was lifted by the slot of a meeting before there was an act for it; what the document names is asked below
    vetoed = facts.vetoed and not any(g.slot in ("MR", "ML", "T") for g in given)
    kept = history(seals.holdings(connection, position))
    facts = replace(facts, vetoed=vetoed, resolutions=NO_RESOLUTIONS, look=replace(facts.look, seals=kept))
    for finding in _slots_hold(connection, facts, slots, given, where):
        yield replace(finding, target=f"voucher:{voucher.id}")
    if not posted_vouchers.reversed_by(connection, voucher.id):
        yield from _meetings_hold(connection, facts, held.document, (slots, given), position)


def _slots_then(facts: Facts, document: Document, given: tuple[Signature, ...]) -> tuple[Slot, ...]:
    """The slots a document needs by what stands now; those of a higher tier when it carries them.

    What it was summed with may have been reversed or taken back since: more signatures than needed are no fault.
    """
    slots = gather.needed_slots(facts, document) or ()
    signed = {g.slot for g in given}
    if document.kind is not DocKind.PAYMENT or signed <= {s.code for s in slots}:
        return slots
    for tier in facts.policy.tiers:
        reach_fen = tier.up_to_fen or document.total_fen + sum(t.up_to_fen or 0 for t in facts.policy.tiers)
        more = gather.needed_slots(facts, document, reach_fen) or ()
        codes = {s.code for s in more}
        if reach_fen >= document.total_fen and signed | {s.code for s in slots} <= codes:
            return more
    return slots


def _meetings_hold(
    connection: Connection,
    facts: Facts,
    document: Document,
    signed: tuple[tuple[Slot, ...], tuple[Signature, ...]],
    position: int,
) -> Iterator[Finding]:
    """What stands paid on a meeting has its recorded vote; slips of before the register was kept name a number only."""
    slots, given = signed
    told = replace(facts, states=slot_states(slots, given))
    ticked = facts.policy.words["meeting_tick"]
    kept = resolutions.begun_before(connection, position)
    for signature in given:
        draws = resolution_facts.for_signature(connection, told, document, signature)
        known = tuple(d for d in draws if d.known or kept)
        if signature.slot not in ticked:
            yield from look(replace(told, resolutions=ResolutionFacts(draws=known)), When.REGISTER)


def _slots_hold(
    connection: Connection,
    facts: Facts,
    slots: tuple[Slot, ...],
    given: tuple[Signature, ...],
    where: str,
) -> Iterator[Finding]:
    """The rules of signing, asked again for each signature with those before it; then whether all are there."""
    for number, signature in enumerate(given):
        states = slot_states(slots, given[:number])
        yield from look(replace(facts, signature=signature, states=states), When.SIGN)
        if signature.kind is SignKind.KEY:
            yield from key_review.signature_findings(connection, facts, signature)
        if signature.kind is SignKind.KEY and not key_review.signature_true(connection, signature):
            text = _("The key signature of {name} does not fit what was posted.")
            name = facts.staff.name(signature.person_id)
            yield Finding("AP-36", Severity.ERROR, where, text.format(name=name))
    for slot in slots:
        have = len({g.person_id or g.reference for g in given if g.slot == slot.code})
        if have < slot.count:
            text = _("Slot {slot} holds {have} of {n} signatures.")
            yield Finding(
                "AP-01", Severity.ERROR, where, text.format(slot=slot.code, have=have, n=slot.count)
            )


def _voucher_fits(
    connection: Connection, document: Document, voucher: Voucher, where: str
) -> Iterator[Finding]:
    """What was posted is what was signed: line for line, and the same other party."""
    if document.total_fen != voucher.total_fen:
        text = _("The voucher says {posted}, the signed document {signed}.")
        posted, signed = yuan_text(voucher.total_fen), yuan_text(document.total_fen)
        yield Finding("AP-36", Severity.ERROR, where, text.format(posted=posted, signed=signed))
    elif (
        derive_lines(document, registry.read_places(connection)) != voucher.lines
        or document.party != voucher.party
    ):
        yield _changed(where)


def _cash_never_negative(connection: Connection, info: BookInfo, span: Span) -> Iterator[Finding]:
    """R15 over the whole life of the book; places only where the history names them."""
    if posted_vouchers.any_inferred(connection, span.last.shifted(1)):
        return
    opening = ledger.place_balances_before(connection, info.start)
    for place in registry.read_places(connection).all():
        if not place.is_cash:
            continue
        before = sum(fen for (_account, code), fen in opening.items() if code == place.code)
        moves = ledger.place_moves_after(connection, place.code, info.start.shifted(-1).last_day)
        short = first_shortfall(before, moves)
        if short:
            text = _("{place} was short of {missing} on {day}: money came in that was not entered in time.")
            yield Finding(
                "E2L-28",
                Severity.ERROR,
                f"{place.name} {short[0].isoformat()}",
                text.format(place=place.name, missing=yuan_text(short[1]), day=short[0].isoformat()),
                "现金管理暂行条例(2011) 12 [N]",
            )


def verify(path: Path, trust: Path | None = None, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a package; the file first, then the book inside it. Needs no book.

    Never raises for what the file holds. Raises KnownError when the medium or the trust list cannot be read.
    """
    from villagebook.exchange.package import read_package
    from villagebook.exchange.trust import read_trust

    trusted = read_trust(trust) if trust else None
    package, found = read_package(path, trust=trusted, progress=progress)
    if package is None:
        return found
    return (*found, *_judge_package(package, path.name))


def _judge_package(package: PackageRead, where: str) -> tuple[Finding, ...]:
    """Replay the log into a scratch book, compare the control totals, run every rule again."""
    try:
        with scratch_from(package.entries, package.objects) as (connection, info):
            problem = _why_manifest_lies(package, connection, info)
            if problem:
                return (Finding("PKG-30", Severity.ERROR, where, problem),)
            return (*_judge(connection, info), *_told(connection, info))
    except (KnownError, *_NONSENSE) as error:
        text = _("The log inside cannot be replayed ({why}). Ask the village for a new package.")
        return (Finding("PKG-31", Severity.ERROR, where, text.format(why=error)),)


def _told(connection: Connection, info: BookInfo) -> Iterator[Finding]:
    """What the village tells the township by the package, beside its accounts."""
    base = gather.ground(connection, info, today())
    yield from key_review.reported(connection, base)
    yield from refusals.reported(connection, base)
    yield from deadlines.reported(connection, info, base, last_day(connection))


def _why_manifest_lies(package: PackageRead, connection: Connection, info: BookInfo) -> str:
    debit_fen, credit_fen, vouchers = ledger.control_totals(connection)
    told = package.manifest.get("totals", {})
    ours = {"vouchers": vouchers, "debit_fen": debit_fen, "credit_fen": credit_fen}
    if told != ours:
        return _("The totals of the manifest are not those of the log.")
    if (info.book_id, info.code, info.village) != tuple(
        package.manifest.get(k) for k in ("book_id", "code", "village")
    ):
        return _("The manifest names another book than the log.")
    return ""


def check_path(path: Path, progress: Progress | None = None) -> tuple[Finding, ...]:
    """A book or a package, told apart by what is in the file."""
    with path.open("rb") as file:
        magic = file.read(4)
    if magic == b"PK\x03\x04":
        return verify(path, None, progress)
    with Book.open(path, read_only=True) as book:
        return check_book(book, progress)
