"""The township's side of used invoice numbers: lists of its villages made one, numbers of several villages told, the list signed.

It keeps no database for it: the newest merged list is its register, and the next one is made out of it and what comes new.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.money import yuan_text
from villagebook.domain.used_invoice import MOST_ENTRIES, Shared, UsedInvoice, UsedList, merged
from villagebook.i18n import _
from villagebook.services.by import By
from villagebook.services.invoicing import used_tables
from villagebook.services.invoicing.invoice_elsewhere import read_file
from villagebook.services.offices.key_desk import open_pen
from villagebook.services.render import render
from villagebook.services.township.township_keys import Pen

FORMS = (".csv", ".xlsx", ".json")


@dataclass(frozen=True, slots=True)
class Merged:
    """One list out of several; `shared` are the numbers more than one village used. `findings` tell them, and what was left."""

    content: UsedList
    shared: tuple[Shared, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """Where the list lies; `fingerprint` is that of the township's key, "" for a table nobody signed."""

    path: Path
    fingerprint: str = ""


def merge(files: tuple[Path, ...], issuer: str, as_of: date, today: date) -> Merged:
    """Every list in one; of what one village says twice, the later file counts.

    Raises KnownError for a file that is no list, Refused with every bad row of all files, a list that was changed after it
    was signed, no issuer, or more numbers than a list may hold.
    """
    from villagebook.exchange.used_file import seal_holds

    lists: list[tuple[UsedInvoice, ...]] = []
    problems: list[Finding] = []
    said: list[Finding] = []
    for path in files:
        try:
            told = read_file(path, today)
        except Refused as refused:
            problems += refused.findings
            continue
        if told.seal is not None and not seal_holds(told.content, told.seal):
            problems.append(_no(path.name, _("The list was changed after it was signed.")))
        lists.append(told.content.entries)
        said += told.findings
    entries, shared = merged(lists)
    if len(issuer.strip()) < 2:
        problems.append(_no("", _("Say whose list it is.")))
    if as_of > today:
        text = _("{day} has not come yet").format(day=as_of.isoformat())
        problems.append(_no("", text))
    if len(entries) > MOST_ENTRIES:
        text = _("{n} numbers are more than one list may hold ({most}). Leave out what lies long ago.")
        problems.append(_no("", text.format(n=len(entries), most=MOST_ENTRIES)))
    if problems:
        raise Refused(problems)
    found = tuple(_twice(one) for one in shared)
    return Merged(UsedList(issuer.strip(), as_of, entries), shared, (*found, *said))


def write(made: Merged, target: Path, by: By, pen: Pen | None = None) -> Written:
    """As the name says: .json is signed and needs the township's `pen`, .csv and .xlsx are tables nobody signs.

    Raises KnownError for another name, a pen that is missing or not wanted, a wrong PIN, a stick that is gone.
    """
    from villagebook.exchange import signing as crypto
    from villagebook.exchange import used_file
    from villagebook.exchange.medium import write_whole

    form = target.suffix.casefold()
    if form not in FORMS or (form == ".json") != (pen is not None):
        raise KnownError(
            _("{name}: a signed list is a JSON file, a table (CSV, XLSX) is not signed.").format(
                name=target.name
            ),
            _("Name the township's key and a JSON file, or no key and a table."),
        )
    content, mark = made.content, ""
    if pen is not None:
        seed = open_pen(pen, by)
        signed = used_file.sealed(content, content.issuer, by.day, seed)
        data, mark = used_file.list_bytes(signed), crypto.key_id(bytes.fromhex(signed.seal.public))
    else:
        title = _("Invoice numbers used")
        table = used_tables.table_of(content.entries, content.as_of.isoformat(), title)
        data = render(table, form[1:], content.issuer)
    write_whole(target, [data], lambda _part: None, lambda _done: None)
    return Written(target, mark)


def _twice(one: Shared) -> Finding:
    users = _("; ").join(
        f"{e.where} {yuan_text(e.total_fen)}" if e.total_fen is not None else e.where for e in one.entries
    )
    text = _(
        "Invoice {no} was used by several: {users}. Look at both payments; one of them has to be reversed."
    )
    return Finding("INV-31", Severity.WARNING, one.key, text.format(no=one.key, users=users))


def _no(where: str, text: str) -> Finding:
    return Finding("INV-34", Severity.ERROR, where, text)
