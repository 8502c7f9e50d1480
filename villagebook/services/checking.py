"""`check` and `verify`: integrity, signatures and every rule, run again on a book or a package."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from villagebook.domain.balance import first_shortfall
from villagebook.domain.document import Document
from villagebook.domain.errors import KnownError
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.package import PackageRead
from villagebook.domain.period import Period, Span
from villagebook.domain.signature import Signature, SignKind, signed_message
from villagebook.domain.voucher import DocKind, Origin, Voucher
from villagebook.i18n import _
from villagebook.rules.rule import When
from villagebook.services import facts as gather
from villagebook.services.by import today
from villagebook.services.gate import look
from villagebook.storage import documents as docs
from villagebook.storage import ledger, periods, registry
from villagebook.storage.book import Book, BookInfo
from villagebook.storage.check import check_store
from villagebook.storage.engine import Connection
from villagebook.storage.scratch import scratch_from

Progress = Callable[[int, int], None]


def check_book(book: Book, progress: Progress | None = None) -> tuple[Finding, ...]:
    """Everything that is wrong with a book: the file, the chain, the signatures, and history against the rules."""
    with book.snapshot() as connection:
        found = check_store(connection, progress)
        if any(f.id.startswith("CHK") for f in found):
            return found  # what cannot be trusted is not judged
        return (*found, *_judge(connection, book.info))


def _judge(connection: Connection, info: BookInfo) -> Iterator[Finding]:
    day = periods.last_booked(connection) or info.start.first_day
    base = gather.ground(connection, info, max(day, today()), day)
    span = Span(info.start, max(info.start, Period.of(day)))
    history = ledger.vouchers(connection, span)
    yield from look(replace(base, history=history), When.REVIEW)
    for voucher in history:
        if voucher.origin is Origin.NATIVE and voucher.document_id and not voucher.reverses:
            yield from _signatures_hold(connection, info, voucher)
    yield from _cash_never_negative(connection, info, span)


def _signatures_hold(connection: Connection, info: BookInfo, voucher: Voucher) -> Iterator[Finding]:
    """Every slot filled, for exactly the posted content, and each key signature true."""
    where = f"{voucher.booked_on.isoformat()} {voucher.label}"
    held = docs.submitted(connection, voucher.document_id)
    if held is None or held.document.content_hash() != held.content_hash:
        yield Finding(
            "AP-36", Severity.ERROR, where, _("The document behind this voucher is missing or was changed.")
        )
        return
    yield from _voucher_fits(held.document, voucher, where)
    facts = gather.for_document(connection, info, held.document, voucher.booked_on)
    given = docs.signatures(connection, voucher.document_id, held.content_hash)
    for slot in facts.slots or ():
        have = len({g.person_id or g.reference for g in given if g.slot == slot.code})
        if have < slot.count:
            text = _("Slot {slot} holds {have} of {n} signatures.")
            yield Finding(
                "AP-01",
                Severity.ERROR,
                where,
                text.format(slot=slot.code, have=have, n=slot.count),
                "",
                f"voucher:{voucher.id}",
            )
    for signature in given:
        if signature.kind is SignKind.KEY and not _key_signature_true(connection, signature):
            text = _("The key signature of {name} does not fit what was posted.")
            name = facts.staff.name(signature.person_id)
            yield Finding("AP-36", Severity.ERROR, where, text.format(name=name))


def _key_signature_true(connection: Connection, signature: Signature) -> bool:
    from villagebook.exchange import signing as crypto

    key = registry.read_key(connection, signature.key_id)
    if key is None or key[0] != signature.person_id:
        return False
    message = signed_message(signature.to_data())
    return crypto.verify("approve", message, signature.evidence, bytes.fromhex(key[1]))


def _voucher_fits(document: Document, voucher: Voucher, where: str) -> Iterator[Finding]:
    """What was posted is what was signed: the same amount and the same other party."""
    if document.kind is DocKind.ADJUSTMENT:
        return
    if document.total_fen != voucher.total_fen or document.party != voucher.party:
        text = _("The voucher says {posted}, the signed document {signed}.")
        yield Finding(
            "AP-36",
            Severity.ERROR,
            where,
            text.format(posted=yuan_text(voucher.total_fen), signed=yuan_text(document.total_fen)),
        )


def _cash_never_negative(connection: Connection, info: BookInfo, span: Span) -> Iterator[Finding]:
    """R15 over the whole life of the book; places only where the history names them."""
    if ledger.any_inferred(connection, span.last.shifted(1)):
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
            return tuple(_judge(connection, info))
    except (KnownError, KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        text = _("The log inside cannot be replayed ({why}). Ask the village for a new package.")
        return (Finding("PKG-31", Severity.ERROR, where, text.format(why=error)),)


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
