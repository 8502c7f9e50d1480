"""The township's parameters as lists: what is in force and where it comes from, what a file changes, versions and keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from villagebook import i18n, paths
from villagebook.domain.certainty import in_words
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.township import policies, policy_reading, township_keys
from villagebook.services.township.policy_words import machine_value, title, value
from villagebook.storage import registry
from villagebook.storage.book import Book


def effect_table(offer: policies.Offer) -> Table:
    """What a file would change, parameter by parameter."""
    columns = (
        Column("name", _("Parameter"), Shape.TEXT, 26),
        Column("old", _("Now"), Shape.TEXT, 22),
        Column("new", _("Then"), Shape.TEXT, 22),
    )
    rows = tuple(
        (title(c.part, c.name), value(c.part, c.name, c.old), value(c.part, c.name, c.new))
        for c in offer.changes
    )
    machine = tuple(
        (f"{c.part}.{c.name}", machine_value(c.part, c.name, c.old), machine_value(c.part, c.name, c.new))
        for c in offer.changes
    )
    return Table("policy-effect", _("What the file changes"), "", columns, rows, machine_rows=machine)


def parameters_table(book: Book, day: date) -> Table:
    """Every figure, switch and word in force on a day, with its bounds and where it comes from."""
    with book.reading() as connection:
        body = registry.read_policy_on(connection, day).data
    columns = (
        Column("name", _("Parameter"), Shape.TEXT, 26),
        Column("value", _("Value"), Shape.TEXT, 18),
        Column("bounds", _("Between"), Shape.TEXT, 12),
        Column("certainty", _("Standing"), Shape.TEXT, 8),
        Column("source", _("Source"), Shape.TEXT, 24),
    )
    rows, machine = [], []
    for part in ("numbers", "switches", "words"):
        for name, told in body[part].items():
            row = (
                title(part, name),
                value(part, name, told["value"]),
                _bounds(name, told) if part == "numbers" else "",
                in_words(told.get("certainty", "")),
                told.get("note") or source(told.get("source", "")),
            )
            rows.append(row)
            machine.append(
                (name, machine_value(part, name, told["value"]), row[2], told.get("certainty", ""), row[4])
            )
    for part in ("tiers", "special", "kinds", "caps", "transfer_slots", "levels"):
        whole = {t["name"]: t for t in body["tiers"]} if part == "tiers" else body[part]
        for name, told in whole.items():
            rows.append((title(part, name), value(part, name, told), "", "", ""))
            machine.append((f"{part}.{name}", *rows[-1][1:]))
    return Table(
        "policy", _("Parameters of the township"), "", columns, tuple(rows), machine_rows=tuple(machine)
    )


def source(words: str) -> str:
    """Where a parameter comes from, in the screen's language; a township's own words stay as they are."""
    return _sources_zh().get(words, words) if i18n.language() != i18n.ENGLISH else words


@cache
def _sources_zh() -> dict[str, str]:
    told: dict[str, str] = json.loads(paths.resource("policy", "sources_zh.json").read_text(encoding="utf-8"))
    return told


def _bounds(name: str, told: Mapping[str, Any]) -> str:
    ours = policy_reading.defaults()["numbers"].get(name, told)
    if "floor" not in ours or "ceiling" not in ours:
        return ""
    return f"{value('numbers', name, ours['floor'])} – {value('numbers', name, ours['ceiling'])}"


def signed_by(version: policies.PolicyVersion) -> str:
    """Who answers for a version, in one sentence."""
    if not version.township:
        return _(
            "Not signed: parameters of the program or of an unsigned file. Ask the township for its signed file."
        )
    day = version.signed_on.isoformat() if version.signed_on else ""
    if version.trusted:
        return _("Signed by {name} on {day}; the key was compared by its fingerprint.").format(
            name=version.township, day=day
        )
    return _(
        "Signed on {day} by a key that calls itself {name}; nobody has compared its fingerprint yet."
    ).format(name=version.township, day=day)


def state_of(book: Book, day: date) -> tuple[policies.PolicyVersion, str]:
    """The version in force and what is to be said of it."""
    version = policies.in_force(book, day)
    words = _("{version}, in force since {day}.").format(
        version=f"{version.id} {version.version}", day=version.in_force_on.isoformat()
    )
    return version, f"{words} {signed_by(version)}"


def keys_table(book: Book) -> Table:
    """The keys of a township the book trusts or has trusted."""
    columns = (
        Column("name", _("Township"), Shape.TEXT, 16),
        Column("fingerprint", _("Fingerprint"), Shape.TEXT, 20),
        Column("from_on", _("Trusted from"), Shape.DAY, 10),
        Column("until_on", _("Trusted until"), Shape.DAY, 10),
    )
    rows = tuple(
        (k.name, mark, k.from_on.isoformat(), k.until_on.isoformat() if k.until_on else "")
        for k, mark in township_keys.trusted(book)
    )
    return Table("township-keys", _("Keys of the township"), "", columns, rows)


def versions_table(book: Book) -> Table:
    """Every version the book had, newest first."""
    columns = (
        Column("version", _("Version"), Shape.TEXT, 16),
        Column("in_force_on", _("In force from"), Shape.DAY, 10),
        Column("taken_on", _("Taken in on"), Shape.DAY, 10),
        Column("signed", _("Signed by"), Shape.TEXT, 20),
    )
    rows = tuple(
        (
            f"{v.id} {v.version}",
            v.in_force_on.isoformat(),
            v.taken_on.isoformat(),
            f"{v.township} {v.signed_on.isoformat() if v.signed_on else ''}".strip() or _("not signed"),
        )
        for v in reversed(policies.versions(book))
    )
    return Table("policy-versions", _("Versions"), "", columns, rows)
