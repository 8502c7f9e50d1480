"""The township's word about keys, taken in as a file: its answer to a request, its list of all keys of the village."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from villagebook.domain.errors import KnownError
from villagebook.domain.keys import (
    SUITES,
    KeyAnswer,
    KeyList,
)
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.rules.key_facts import KeyFacts, TownshipWord
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.services.township import township_keys
from villagebook.storage import keys as store
from villagebook.storage import policies
from villagebook.storage.book import Book, Writing
from villagebook.storage.engine import Connection

if TYPE_CHECKING:
    from villagebook.exchange.key_files import TownshipFile


@dataclass(frozen=True, slots=True)
class Offer:
    """A file of the township before it is taken in. `trusted` says whether the book knows the key that signed it."""

    content: KeyAnswer | KeyList
    township: str
    signed_on: date
    trusted: bool


def offer(book: Book, path: Path, today: date) -> Offer:
    """What a file of the township says, without taking it in.

    Raises KnownError for what is no answer and no list, Refused (KEY-08) for what can never be taken in.
    """
    with book.reading() as connection:
        told, facts = _word(connection, book, path, today)
        known = {k.public for k in policies.trusted_keys(connection)}
        word = facts.keys.word
        trusted = told.seal.public in known
        if word is not None and not trusted:
            facts = replace(facts, keys=KeyFacts(word=replace(word, trusted=True)))
        pass_or_refuse(facts, When.REGISTER)
        return Offer(told.content, told.seal.township, told.seal.signed_on, trusted)


def take_in(book: Book, path: Path, by: By, fingerprint: str = "") -> Offer:
    """Take an answer or a list in. The first file of a township's key needs the fingerprint somebody has read aloud.

    Raises as `offer`, and Refused (E2L-01) for a fingerprint that is missing or differs.
    """
    with book.writing(by.actor, by.at) as writing:
        told, facts = _word(writing.connection, book, path, by.day)
        known = {k.public for k in policies.trusted_keys(writing.connection)}
        word = facts.keys.word
        if told.seal.public not in known and word is not None and word.holds:
            pass_or_refuse(replace(facts, keys=KeyFacts(word=replace(word, trusted=True))), When.REGISTER)
            township_keys.log_trust(writing, path.name, told.seal, fingerprint, by)
        else:
            pass_or_refuse(facts, When.REGISTER)
        _log_word(writing, told.content, {"body": told.content.to_data(), "seal": told.seal.to_data()})
        return Offer(told.content, told.seal.township, told.seal.signed_on, trusted=True)


def _log_word(writing: Writing, content: KeyAnswer | KeyList, data: dict[str, object]) -> None:
    from villagebook.exchange import signing as crypto

    if isinstance(content, KeyList):
        writing.log("keylist.taken", {"version": content.version, **data}, new_id(), "people")
        return
    key_id = crypto.key_id(bytes.fromhex(content.request.public))
    writing.log("key.certified", {"key_id": key_id, **data}, new_id(), "people")


def _word(connection: Connection, book: Book, path: Path, today: date) -> tuple[TownshipFile, Facts]:
    """The file, and the facts the rules look at. Raises KnownError for what is neither an answer nor a list."""
    from villagebook.exchange import key_files
    from villagebook.exchange import signing as crypto

    told = key_files.read(path)
    if isinstance(told, key_files.RequestFile):
        raise KnownError(
            _("{name} is a request to the township, not its answer.").format(name=path.name),
            _("Carry it to the township, and bring back the answer."),
        )
    content, seal = told.content, told.seal
    key = next((k for k in policies.trusted_keys(connection) if k.public == seal.public), None)
    about = None
    if isinstance(content, KeyAnswer) and crypto.is_hex(content.request.public, crypto.PUBLIC_HEX):
        about = store.standing(connection, crypto.key_id(bytes.fromhex(content.request.public)))
    lists = store.lists(connection)
    word = TownshipWord(
        content,
        seal.signed_on,
        seal.suite,
        seal.suite in SUITES,
        told.holds(),
        key is not None and key.holds_on(today),
        seal.township,
        (book.info.code, book.info.book_id),
        today,
        about,
        lists[-1].content if lists else None,
    )
    return told, replace(gather.ground(connection, book.info, today), keys=KeyFacts(word=word))
