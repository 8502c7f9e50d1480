"""Officials' keys on the command line: the village's side (make, request, sheet, take, list, lost, pin, apart, signed) and
the township's (look, answer, trust-list). PINs come from the keyboard or the first lines of a pipe, never as a word."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.cli.staff import person_id
from villagebook.domain import moment
from villagebook.domain.errors import KnownError
from villagebook.domain.keys import KeyList, KeyStop, StopReason
from villagebook.i18n import _
from villagebook.services import by, files
from villagebook.services.book_file.books import open_book
from villagebook.services.offices import key_desk, key_words, keys, township_word
from villagebook.services.township.township_keys import Pen


def words(parser: argparse.ArgumentParser) -> None:
    """`key ACT PATH [FINGERPRINT|FILE...]`: PATH is the book, or at the township a request, an answer or a list."""
    parser.add_argument("act", choices=sorted(ACTS))
    parser.add_argument("path", metavar="BOOK|FILE")
    parser.add_argument("more", nargs="*", metavar="FINGERPRINT|FILE")
    parser.add_argument("--person", default="")
    parser.add_argument("--stick", default="", metavar="DIR")
    parser.add_argument("--fingerprint", default="")
    parser.add_argument("--reason", default="")
    parser.add_argument("--by", default="", metavar="PERSON")
    parser.add_argument("--on", default="", metavar="DAY")
    parser.add_argument("--why", choices=[s.value for s in StopReason], default=StopReason.LOST.value)
    parser.add_argument("--paper", default="", metavar="FILE")
    parser.add_argument("--name", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--key-file", default="")
    parser.add_argument("--until", default="", metavar="DAY")
    parser.add_argument("--revoke", action="append", default=[], metavar="FINGERPRINT")
    parser.add_argument("-o", "--output", default="")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    """By the act."""
    told.mark = told.more[0] if told.more else ""
    return ACTS[told.act](told)


def _needs(told: argparse.Namespace, *words: str) -> None:
    """Raises KnownError for the first word that was left out."""
    for word in words:
        if not getattr(told, word.lstrip("-").replace("-", "_").lower()):
            raise KnownError(
                _("{name} is missing.").format(name=word), _("For all words: villagebook key --help")
            )


# ---- the village


def _make(told: argparse.Namespace) -> int:
    _needs(told, "--person", "--stick")
    with open_book(Path(told.path)) as book:
        made = keys.make(book, person_id(book, told.person), typed.pin(), Path(told.stick), by.now("cli"))
    output.say(_("On the stick: {file} and {request}.").format(file=made.key_file, request=made.request))
    output.say(_("On this computer: {path}.").format(path=made.sealed))
    output.say(_("Fingerprint: {mark}").format(mark=made.key_id))
    if made.same_disk:
        output.say(_("That folder is on this computer's own disk: use a stick of its own."))
    return 0


def _request(told: argparse.Namespace) -> int:
    _needs(told, "mark", "--output")
    target = Path(told.output)
    with open_book(Path(told.path), read_only=True) as book:
        key = keys.standing(book, told.mark).key
        if key.proof:
            path = keys.write_request(book, key.key_id, target, by.now("cli"))
        else:
            _needs(told, "--stick")
            halves = keys.halves_of(book, key.person_id, Path(told.stick))
            path = keys.write_request(book, key.key_id, target, by.now("cli"), halves, typed.pin())
    output.say(_("Written: {path}").format(path=path))
    return 0


def _sheet(told: argparse.Namespace) -> int:
    """Of a key of the book, or of a request file at the township."""
    if told.mark:
        with open_book(Path(told.path), read_only=True) as book:
            data = key_words.sheet(book, told.mark)
    else:
        data = key_words.sheet_of_file(Path(told.path))
    output.write_out(data, told.output)
    return 0


def _take(told: argparse.Namespace) -> int:
    _needs(told, "mark")
    with open_book(Path(told.path)) as book:
        made = township_word.take_in(book, Path(told.mark), by.now("cli"), told.fingerprint)
    if isinstance(made.content, KeyList):
        text = _("List of keys, version {version}, valid until {day}.")
        output.say(text.format(version=made.content.version, day=made.content.until_on.isoformat()))
    else:
        answer = made.content
        text = _("The key of {name} is certified from {first} to {last}.")
        first, last = answer.from_on.isoformat(), answer.until_on.isoformat()
        output.say(text.format(name=answer.request.person, first=first, last=last))
    return 0


def _list(told: argparse.Namespace) -> int:
    today = by.today()
    with open_book(Path(told.path), read_only=True) as book:
        rows = key_words.rows(book, today)
        said, _urgent = key_words.trust_words(book, today)
        table = key_words.keys_table(book, today)
    if told.format == "json":
        body = [
            {
                "person": r.name,
                "key": r.standing.key.key_id,
                "post": r.standing.key.post,
                "state": r.state.value,
                "from": r.standing.key.from_on.isoformat(),
                "until": r.standing.until_on.isoformat() if r.standing.until_on else "",
                "signed": r.signed,
                "here": r.here,
            }
            for r in rows
        ]
        output.say(json.dumps({"keys": body}, ensure_ascii=False, indent=1))
        return 0
    output.say(said)
    output.say_rows(table, 8)
    return 0


def _signed(told: argparse.Namespace) -> int:
    _needs(told, "mark")
    with open_book(Path(told.path), read_only=True) as book:
        key = keys.standing(book, told.mark).key
        table = key_words.signed_table(book, key.key_id, typed.day_if_told(told.on))
    output.say_rows(table, 3)
    return 0


def _lost(told: argparse.Namespace) -> int:
    _needs(told, "mark", "--by", "--reason")
    now = by.now("cli")
    with open_book(Path(told.path)) as book:
        key = keys.standing(book, told.mark).key
        paper = files.store_file(book, Path(told.paper), Path(told.paper).name) if told.paper else None
        stop = KeyStop(
            key.key_id,
            StopReason(told.why),
            typed.day_if_told(told.on) or now.day,
            person_id(book, told.by),
            told.reason,
            "",
            now.day,
        )
        keys.stop(book, stop, paper, now)
        table = key_words.signed_table(book, key.key_id)
    output.say(_("The key is stopped. Hand a package over, so that the township hears of it."))
    output.say_rows(table, 3)
    return 0


def _pin(told: argparse.Namespace) -> int:
    _needs(told, "mark", "--stick")
    with open_book(Path(told.path), read_only=True) as book:
        key = keys.standing(book, told.mark).key
        old, new = typed.pin(_("Old PIN: ")), typed.pin(_("New PIN: "))
        keys.change_pin(book, key.key_id, Path(told.stick), old, new, by.now("cli").at)
    output.say(_("The PIN is changed."))
    return 0


def _apart(told: argparse.Namespace) -> int:
    _needs(told, "--stick")
    with open_book(Path(told.path), read_only=True) as book:
        moved = keys.set_apart(book, Path(told.stick))
    text = _("The sealed half is on this computer now; the stick holds the key file alone ({n}).")
    output.say(text.format(n=len(moved)))
    return 0


# ---- the township


def _look(told: argparse.Namespace) -> int:
    looked = key_desk.look(Path(told.path))
    request = looked.request
    output.say(
        f"{request.village} {request.code}  {request.person}  {request.post or '–'}  {moment.said(request.made_at)}"
    )
    output.say(_("Compare with the signed sheet: {mark}").format(mark=looked.fingerprint))
    return 0


def _pen(told: argparse.Namespace) -> Pen:
    _needs(told, "--name", "--key", "--key-file", "--until", "--output")
    return Pen(Path(told.key), Path(told.key_file), typed.pin())


def _until(told: argparse.Namespace) -> date:
    return typed.day_if_told(told.until) or by.today()


def _answer(told: argparse.Namespace) -> int:
    pen = _pen(told)
    _needs(told, "--fingerprint")
    made = key_desk.answer(
        Path(told.path), Path(told.output), told.name, pen, told.fingerprint, _until(told), by.now("cli")
    )
    output.say(_("Signed: {path}").format(path=made.path))
    output.say(_("Fingerprint, to be read aloud to each village: {mark}").format(mark=made.fingerprint))
    return 0


def _trust_list(told: argparse.Namespace) -> int:
    """The files are the list before, if there is one, and answers that come into the new one."""
    pen = _pen(told)
    sources = tuple(Path(p) for p in (told.path, *told.more))
    from_on = typed.day_if_told(told.on) or by.today()
    revoke = tuple(key_desk.Revocation(mark, from_on, told.reason) for mark in told.revoke)
    made = key_desk.write_list(
        Path(told.output), told.name, pen, _until(told), by.now("cli"), sources, revoke
    )
    output.say(_("Signed: {path}").format(path=made.path))
    output.say(_("Version {version}.").format(version=made.version))
    return 0


ACTS: dict[str, Callable[[argparse.Namespace], int]] = {
    "make": _make,
    "request": _request,
    "sheet": _sheet,
    "take": _take,
    "list": _list,
    "signed": _signed,
    "lost": _lost,
    "pin": _pin,
    "apart": _apart,
    "look": _look,
    "answer": _answer,
    "trust-list": _trust_list,
}
