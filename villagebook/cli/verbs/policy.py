"""The township's parameters on the command line: shown, taken in with their effect, and signed at the township."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from villagebook.cli import output, typed
from villagebook.domain.errors import KnownError
from villagebook.i18n import _
from villagebook.services import by
from villagebook.services.book_file.books import open_book
from villagebook.services.township import policies, policy_desk, policy_tables, township_keys

KEY, SIGN = "key", "sign"


def words(parser: argparse.ArgumentParser) -> None:
    """`policy BOOK [FILE]` and `policy BOOK --distrust FINGERPRINT --reason WORDS` in the village; `policy key DIR` and `policy sign FILE` at the township."""
    parser.add_argument("book", metavar="BOOK|key|sign")
    parser.add_argument("file", nargs="?", default="")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--dry-run", action="store_true")
    parser.add_argument("--fingerprint", default="")
    parser.add_argument("--from-today", action="store_true")
    parser.add_argument("--distrust", default="", metavar="FINGERPRINT")
    parser.add_argument("--reason", default="")
    parser.add_argument("--name", default="")
    parser.add_argument("--key", default="")
    parser.add_argument("--key-file", default="")
    parser.add_argument("--sealed-in", default="", metavar="DIR")
    parser.add_argument("--until", default="")
    parser.add_argument("-o", "--output", default="")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    """By the first word."""
    if told.book == KEY:
        return _make_key(told)
    if told.book == SIGN:
        return _sign(told)
    if told.distrust:
        return _distrust(told)
    return _take_in(told) if told.file and not told.show else _show(told)


def _show(told: argparse.Namespace) -> int:
    today = by.today()
    with open_book(Path(told.book), read_only=True) as book:
        version, said = policy_tables.state_of(book, today)
        table, known = policy_tables.parameters_table(book, today), policy_tables.versions_table(book)
        keys = policy_tables.keys_table(book)
    if told.format == "json":
        body = {
            "id": version.id,
            "version": version.version,
            "in_force_on": version.in_force_on.isoformat(),
            "signed": bool(version.township),
            "trusted": version.trusted,
            "parameters": {str(row[0]): row[1] for row in table.machine_rows or ()},
        }
        output.say(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    output.say(said)
    for shown, width in ((table, 2), (known, 4)):
        output.say_rows(shown, width)
        output.say("")
    output.say_rows(keys, 4)
    return 0


def _take_in(told: argparse.Namespace) -> int:
    path, now = Path(told.file), by.now("cli")
    with open_book(Path(told.book)) as book:
        offer = policies.offer(book, path, now.day, from_today=told.from_today)
        if not told.dry_run:
            policies.take_in(book, path, now, fingerprint=told.fingerprint, from_today=told.from_today)
    table = policy_tables.effect_table(offer)
    if told.format == "json":
        body = {
            "version": offer.version,
            "in_force_on": offer.in_force_on.isoformat(),
            "trusted": offer.trusted,
            "dry_run": told.dry_run,
            "changes": [dict(zip(("name", "old", "new"), r, strict=True)) for r in table.machine_rows or ()],
        }
        output.say(json.dumps(body, ensure_ascii=False, indent=1))
        return 0
    output.say_rows(table, 3)
    if not table.rows:
        output.say(_("No parameter changes."))
    text = (
        _("{version} would be in force from {day}; nothing was written.")
        if told.dry_run
        else _("{version} is in force from {day}.")
    )
    output.say(text.format(version=offer.version, day=offer.in_force_on.isoformat()))
    return 0


def _distrust(told: argparse.Namespace) -> int:
    with open_book(Path(told.book)) as book:
        key = township_keys.key_of(book, told.distrust)
        ended = township_keys.end_trust(book, key.public, told.reason, by.now("cli"))
    until = ended.until_on.isoformat() if ended.until_on else ""
    output.say(
        _("The key of {name} is trusted until {day} and no longer.").format(name=ended.name, day=until)
    )
    return 0


def _make_key(told: argparse.Namespace) -> int:
    folder = Path(told.file)
    if not told.file or not folder.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=folder), _("Plug in the stick."))
    apart = Path(told.sealed_in) if told.sealed_in else None
    if apart is not None and not apart.is_dir():
        raise KnownError(_("There is no folder {path}.").format(path=apart), _("Plug in the stick."))
    made = township_keys.make_key(folder, told.name, typed.pin(), apart)
    output.say(_("Made {sealed} and {file}.").format(sealed=made.sealed, file=made.key_file))
    if apart is None:
        output.say(_("Both files lie in one folder: keep one of them elsewhere, so that a thief needs both."))
    output.say(_("Fingerprint, to be read aloud to each village: {mark}").format(mark=made.fingerprint))
    return 0


def _sign(told: argparse.Namespace) -> int:
    for word, given in (
        ("FILE", told.file),
        ("--key", told.key),
        ("--key-file", told.key_file),
        ("-o", told.output),
    ):
        if not given:
            raise KnownError(
                _("{name} is missing.").format(name=word),
                _("Write: policy sign FILE --name TOWNSHIP --key FILE --key-file FILE -o SIGNED"),
            )
    pen = township_keys.Pen(Path(told.key), Path(told.key_file), typed.pin())
    mark = policy_desk.sign_file(
        Path(told.file), Path(told.output), told.name, pen, by.today(), typed.day_if_told(told.until)
    )
    output.say(_("Signed: {path}").format(path=told.output))
    output.say(_("Fingerprint, to be read aloud to each village: {mark}").format(mark=mark))
    return 0
