"""`check` asks about keys: the township's files in the log are genuine and in order, and every key signature holds."""

from __future__ import annotations

from collections.abc import Iterator

from villagebook.domain.finding import Finding, Severity
from villagebook.domain.keys import SUITES
from villagebook.domain.signature import Signature, signed_message
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.services.gate import look
from villagebook.services.gathering import key_facts
from villagebook.storage import keys as store
from villagebook.storage import offices, policies, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

HANDOVER = "handover"
APPROVE = "approve"


def signature_true(connection: Connection, signature: Signature, purpose: str = APPROVE) -> bool:
    """Whether a key signature was made by the enrolled key of its person, over exactly what it says."""
    from villagebook.exchange import signing as crypto

    key = registry.read_key(connection, signature.key_id)
    suite = signature.suite or SUITES[0]
    if key is None or key[0] != signature.person_id:
        return False
    message = signed_message(signature.to_data())
    return crypto.verify(purpose, message, signature.evidence, bytes.fromhex(key[1]), suite)


def signature_findings(
    connection: Connection, facts: Facts, signature: Signature, *, leaving: bool = False
) -> Iterator[Finding]:
    """The rules about keys, asked again for a signature that stands, as its key was known then."""
    told = key_facts.as_signed(connection, facts, signature, leaving=leaving)
    yield from (f for f in look(told, When.SIGN) if f.id.startswith("KEY-"))
    if signature.suite and signature.suite not in SUITES:
        from villagebook.exchange.signing import unknown_suite

        where = facts.staff.name(signature.person_id)
        yield Finding("KEY-06", Severity.ERROR, where, unknown_suite(signature.suite))


def review(connection: Connection, info: BookInfo, facts: Facts) -> Iterator[Finding]:
    """Files of the township first, then what wants a look: signatures of a key after it was lost or revoked."""
    yield from _words(connection, info)
    yield from _handovers(connection, facts)
    yield from doubtful(connection, facts)


def _words(connection: Connection, info: BookInfo) -> Iterator[Finding]:
    from villagebook.exchange import key_files

    trusted_at = policies.first_trusted(connection)
    here = (info.code, info.book_id)
    version = 0
    for listed in store.lists(connection):
        where = f"{listed.content.code} v{listed.content.version}"
        holds = key_files.seal_holds(key_files.LIST, listed.content.to_data(), listed.seal)
        trusted = trusted_at.get(listed.seal.public, listed.seq) < listed.seq
        if not (holds and trusted and (listed.content.code, listed.content.book_id) == here):
            yield _forged(where)
        if listed.content.version <= version:
            yield _forged(where)
        version = max(version, listed.content.version)
    for answer in store.answers(connection):
        request = answer.content.request
        key = next((k for k in store.keys(connection) if k.key_id == answer.key_id), None)
        holds = key_files.seal_holds(key_files.ANSWER, answer.content.to_data(), answer.seal)
        trusted = trusted_at.get(answer.seal.public, answer.seq) < answer.seq
        fits = (
            key is not None
            and (key.public, key.person_id) == (request.public, request.person_id)
            and (request.code, request.book_id) == here
        )
        if not (holds and trusted and fits):
            yield _forged(request.person)


def _forged(where: str) -> Finding:
    text = _(
        "This word of the township about keys is not genuine: it is not signed by a key the book trusted, is for something "
        "else, or goes back in its version."
    )
    return Finding("KEY-08", Severity.ERROR, where, text)


def _handovers(connection: Connection, facts: Facts) -> Iterator[Finding]:
    lists = {n.content.id for n in offices.lists(connection)}
    for one in store.given(connection):
        signature = one.signature
        if signature.subject not in lists:
            continue
        where = facts.staff.name(signature.person_id)
        yield from signature_findings(connection, facts, signature, leaving=True)
        if not signature_true(connection, signature, HANDOVER):
            text = _("The key signature of {name} does not fit the handover.").format(name=where)
            yield Finding("AP-36", Severity.ERROR, where, text)


def reported(connection: Connection, facts: Facts) -> Iterator[Finding]:
    """Keys the village stopped and the township has not revoked yet: what the township is told by a package."""
    for key in store.keys(connection):
        standing = store.standing(connection, key.key_id)
        stop = standing.stop if standing else None
        if standing is None or stop is None or (standing.entry and standing.entry.revoked_on):
            continue
        text = _(
            "The village has stopped this key, out of hand since {day}: {reason}. Revoke it in the next list of its keys."
        )
        words = text.format(day=stop.lost_on.isoformat(), reason=stop.reason)
        where = f"{facts.staff.name(key.person_id)} {key.key_id}"
        yield Finding("KEY-02", Severity.HINT, where, words)


def doubtful(connection: Connection, facts: Facts) -> Iterator[Finding]:
    """Signatures that were given before anybody knew the key was out of hand, on or after the day it was: once a key."""
    for key in store.keys(connection):
        standing = store.standing(connection, key.key_id)
        if standing is None:
            continue
        entry, stop = standing.entry, standing.stop
        days = [d for d in (entry and entry.revoked_on, stop and stop.lost_on) if d]
        if not days:
            continue
        after = [g for g in store.given(connection, key.key_id) if g.signature.signed_on >= min(days)]
        if after:
            text = ngettext(
                "{n} signature of this key is of {day} or later, from when it was out of hand. Look at it with its owner.",
                "{n} signatures of this key are of {day} or later, from when it was out of hand. Look at each with its owner.",
                len(after),
            )
            name = facts.staff.name(key.person_id)
            words = text.format(n=len(after), day=min(days).isoformat())
            rule = "KEY-02" if stop else "KEY-03"
            yield Finding(rule, Severity.WARNING, f"{name} {key.key_id}", words, "", f"keys:{key.key_id}")
