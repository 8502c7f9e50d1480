"""What is known about a key when it signs, or had signed at a position of the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from villagebook.domain.people import Staff
from villagebook.domain.signature import Signature
from villagebook.rules.facts import Facts
from villagebook.rules.key_facts import KeyFacts, KeyUse
from villagebook.storage import keys as store
from villagebook.storage.engine import Connection


def left_office(staff: Staff, person_id: str, day: date) -> bool:
    """Whether somebody who held posts holds none any more; who never held one (a handler, a witness) has left none."""
    held = [p for p in staff.posts if p.person_id == person_id]
    return any(p.from_on <= day for p in held) and not any(p.covers(day) for p in held)


def about_to_sign(
    connection: Connection, facts: Facts, signature: Signature, *, leaving: bool = False
) -> Facts:
    """Facts with the key of a signature; `leaving` lets somebody sign the handing over of the own office."""
    if not signature.key_id:
        return facts
    standing = store.standing(connection, signature.key_id)
    if standing is None:
        return facts
    left = not leaving and left_office(facts.staff, signature.person_id, signature.signed_on)
    return replace(facts, keys=KeyFacts(KeyUse(standing, signature.signed_on, left)))


def as_signed(connection: Connection, facts: Facts, signature: Signature, *, leaving: bool = False) -> Facts:
    """Facts with the key as the log knew it when the signature entered: what was heard later changes no judgement of then.

    What was signed before a key was stopped or revoked stays valid; what was signed between the day it was out of hand and
    the day the book heard of it is pointed out elsewhere.
    """
    standing = store.standing(connection, signature.key_id, store.position_of(connection, signature))
    if standing is None:
        return replace(facts, keys=KeyFacts())
    left = not leaving and left_office(facts.staff, signature.person_id, signature.signed_on)
    return replace(facts, keys=KeyFacts(KeyUse(standing, signature.signed_on, left, again=True)))
