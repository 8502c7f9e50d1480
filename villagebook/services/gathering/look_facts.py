"""Gathering what the second look is judged by."""

from __future__ import annotations

from dataclasses import replace

from villagebook.rules import second_look as rules
from villagebook.rules.facts import Facts
from villagebook.rules.look_facts import LookFacts
from villagebook.storage import second_looks
from villagebook.storage.engine import Connection


def with_look(connection: Connection, facts: Facts) -> Facts:
    """The same facts with the pictures of their document."""
    document = facts.document
    if document is None or not rules.is_large(facts, document):
        return facts
    of = (document.id, facts.content_hash)
    told = LookFacts(
        second_looks.pictures(connection, *of),
        second_looks.compared(connection, *of),
        second_looks.entered_by(connection, *of),
    )
    return replace(facts, look=told)
