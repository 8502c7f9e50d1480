"""A township's file, read and judged by itself: its seal, its floors and ceilings, what it may not say (R0)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from villagebook import paths
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.policy import NEVER_SOFTENED, read_policy
from villagebook.domain.policy_seal import PolicySeal
from villagebook.i18n import _

NOTED = {"deposit_days": 7}
"""Beyond this a township must say why, in the parameter's `note` (two_line.md section 4)."""


ACCOUNTANT = "A"
"""The slot of who books."""


REQUIRED = (
    "line_mode",
    "deposit_days",
    "no_cross_month",
    "open_books",
    "imprest_limit_fen",
    "imprest_month_end_zero",
    "cash_limit_fen",
    "cash_txn_limit_fen",
    "advance_days",
    "agency_days",
    "report_first_day",
    "report_last_day",
    "reconcile_by_day",
    "loan_two_committee_cap_fen",
    "receipt_kinds",
)
"""The parameters of two_line.md section 4; others that a file leaves out have the program's own values."""


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """A file that was read and found whole: its parameters, and the seal around them (None: nobody signed)."""

    name: str
    body: dict[str, Any]
    seal: PolicySeal | None


def read_file(path: Path, today: date) -> PolicyFile:
    """A file as it is, whoever signed it.

    Raises Refused: no parameter file, a figure out of range, a level that may not be, changed after signing, out of date;
    and KnownError when it cannot be read.
    """
    body, seal, found = _parsed(path)
    found = found if seal else tuple(new_faults(body, signed=False))
    if seal:
        found = (*_seal_faults(path.name, body, seal, today), *found)
    if found:
        raise Refused(found)
    return PolicyFile(path.name, body, seal)


def read_to_sign(path: Path) -> dict[str, Any]:
    """The parameters of a file a township is about to sign. Raises as `read_file`."""
    body, _seal, found = _parsed(path)
    if found:
        raise Refused(found)
    return body


def _parsed(path: Path) -> tuple[dict[str, Any], PolicySeal | None, tuple[Finding, ...]]:
    """Parameters, seal, and what is wrong with the parameters of a file that is signed."""
    from villagebook.exchange import policy_file

    seal: PolicySeal | None = None
    body: dict[str, Any] = {}
    try:
        body, seal = policy_file.read_policy_file(path)
        read_policy(body)
        return body, seal, tuple(new_faults(body, signed=True))
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration) as error:
        text = _("This is no parameter file of a township ({why}). Ask the township for it again.")
        said = Finding("NEW-01", Severity.ERROR, path.name, text.format(why=_(str(error) or "?")))
    # whoever changed a signed file is told that first, also when it can no longer be read as parameters
    if seal and not policy_file.holds(body, seal):
        said = _finding(path.name, _torn())
    raise Refused([said])


def _seal_faults(name: str, body: dict[str, Any], seal: PolicySeal, today: date) -> Iterator[Finding]:
    from villagebook.domain.keys import SUITE
    from villagebook.exchange import policy_file

    if seal.suite != SUITE:
        text = _(
            "The file is signed by the procedure {suite}, which this program does not know. Update the program."
        )
        yield _finding(name, text.format(suite=seal.suite))
    elif not policy_file.holds(body, seal):
        yield _finding(name, _torn())
    if seal.until_on and today > seal.until_on:
        text = _("The file could be taken in until {day}. Ask the township for a new one.")
        yield _finding(name, text.format(day=seal.until_on.isoformat()))
    if seal.signed_on > today:
        text = _("The file is signed on {day}, which has not come yet. Set the clock of this computer right.")
        yield _finding(name, text.format(day=seal.signed_on.isoformat()))


def _torn() -> str:
    return _(
        "The signature does not fit: the file was changed after the township signed it. "
        "Throw it away and ask the township for it again."
    )


def faults(data: Mapping[str, Any], *, signed: bool) -> Iterator[Finding]:
    """Figures beyond the program's own floor or ceiling, unknown names, and levels that may not be set (E2L-01)."""
    ours = defaults()
    for name in REQUIRED:
        if not any(name in data[part] for part in ("numbers", "switches", "words")):
            yield _finding(name, _("The parameter {name} is missing.").format(name=name))
    if not str(data["id"]).strip() or not str(data["version"]).strip():
        yield _finding("id", _("The file of the township needs an id and a version."))
    for name, told in data["numbers"].items():
        known = ours["numbers"].get(name)
        if known is None:
            continue
        value, floor, ceiling = int(told["value"]), known["floor"], known["ceiling"]
        if value > NOTED.get(name, ceiling) and not str(told.get("note", "")).strip():
            ceiling = NOTED.get(name, ceiling)
        if not floor <= value <= ceiling:
            text = _("{name} is {value}; it must lie between {floor} and {ceiling}.")
            yield _finding(name, text.format(name=name, value=value, floor=floor, ceiling=ceiling))
    for error_id, level in data["levels"].items():
        if level != "hold" or error_id in NEVER_SOFTENED:
            text = _("{id}: a township may soften a rule to hold, and never this far: {level}.")
            yield _finding(error_id, text.format(id=error_id, level=level))
        elif not signed:
            text = _("{id}: only a file the township has signed may soften a rule.")
            yield _finding(error_id, text.format(id=error_id))


def new_faults(data: Mapping[str, Any], *, signed: bool) -> Iterator[Finding]:
    """As `faults`, and what a new file may not say; one that a book took in before this was asked stands.

    The accountant's slot is the last (AP20): nobody approves what is booked already.
    """
    yield from faults(data, signed=signed)
    rows = [t["slots"] for t in data["tiers"]]
    rows += [*data["special"].values(), *data["transfer_slots"].values()]
    rows += [kind.get("slots") for kind in data.get("kinds", {}).values()]
    for slots in rows:
        if ACCOUNTANT in (slots or ())[:-1]:
            text = _("{slots}: somebody signs after the accountant (A). Put A last.")
            yield _finding("slots", text.format(slots=" ".join(slots)))


def _finding(where: str, text: str) -> Finding:
    return Finding("E2L-01", Severity.ERROR, where, text)


@cache
def defaults() -> dict[str, Any]:
    """The program's own parameters with their floors and ceilings."""
    data: dict[str, Any] = json.loads(paths.resource("policy", "default.json").read_text(encoding="utf-8"))
    return data
