"""Which layout a statement is made with: the delivered one, another delivered one, a file, or one that the book keeps."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from villagebook import paths
from villagebook.domain.account import Chart
from villagebook.domain.errors import KnownError, Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.period import Period, Span
from villagebook.domain.statement import Problem, Template, Trouble
from villagebook.domain.statement_file import read_template
from villagebook.i18n import N_, _, why
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When
from villagebook.rules.statement_facts import LayoutFact, StatementFacts
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import layouts as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection
from villagebook.storage.layouts import KeptLayout

__all__ = [
    "BALANCE_SHEET",
    "DELIVERED",
    "INCOME",
    "MONEY",
    "OTHER_FORMS",
    "OWN",
    "KeptLayout",
    "Layout",
    "Used",
    "as_finding",
    "choices",
    "keep",
    "kept",
    "layout_for",
    "load_template",
]

BALANCE_SHEET, INCOME, MONEY = "balance-sheet", "income", "receipts-payments-statement"
OWN = "statement"
DELIVERED = (BALANCE_SHEET, INCOME, MONEY)
OTHER_FORMS = ("2004",)
"""Delivered beside the usual ones: the official forms of 财会〔2004〕12号 for years before 2024."""

MOST_BYTES = 1_000_000
Layout = Path | str | None
"""A file, the key of an other or a kept layout, or None for what the book uses for that time."""

_SAYS = {
    Trouble.SHAPE: ("STM-01", N_("The template is not built as it must be: {what}. Compare it with the one delivered.")),
    Trouble.FORMULA: ("STM-02", N_("This is no formula: {what}. The number in brackets is the place of the first wrong sign.")),
    Trouble.ACCOUNT: ("STM-03", N_("The chart has no account {what}. Correct the formula, or add the account.")),
    Trouble.LINE: ("STM-04", N_("There is no line {what}. Correct the formula, or add the line.")),
    Trouble.CYCLE: ("STM-05", N_("The line is built on itself, directly or through others. Take it out of one of the formulas.")),
    Trouble.NOTHING: ("STM-06", N_("The formula divides by nothing. Correct the divisor.")),
    Trouble.TWICE: ("STM-07", N_("The line number {what} is given more than once. Give every line its own.")),
    Trouble.SIZE: ("STM-08", N_("The figure is beyond any amount of money. Correct the formula.")),
    Trouble.FUNCTION: ("STM-09", N_("There is no function {what} here. The functions are B, O, M, T, R, P and F, in checks also S.")),
    Trouble.DEAD: ("STM-14", N_("Account {what} is out of use. Name the account that took its place.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Used:
    """A layout ready for use. `key` is "" for the delivered one, else what it is asked for by."""

    template: Template
    key: str
    sha256: str


def as_finding(problem: Problem, severity: Severity, name: str) -> Finding:
    """A warning is of a sound layout whose figures are in the way: it is not the layout that has to be mended."""
    error_id, text = _SAYS[problem.trouble]
    if problem.trouble is Trouble.NOTHING and not severity.stops:
        text = N_("What this line is divided by comes to nothing in these months; the line stays empty.")
    return Finding(error_id, severity, f"{name} {problem.where}".strip(), _(text).format(what=problem.what))


def layout_for(connection: Connection, chart: Chart, name: str, span: Span, layout: Layout = None) -> Used:
    """What a statement is made with. Raises Refused for a bad file, KnownError for one that is not there."""
    if isinstance(layout, Path):
        return _from_file(layout, chart)
    if layout in OTHER_FORMS and name in DELIVERED:
        path = paths.resource("statements", f"{name}-{layout}.json")
        if path.exists():
            return replace(_from_file(path, chart, strict=False), key=str(layout))
        raise KnownError(_("There is no form {form} of this statement.").format(form=layout))
    kept = _chosen(store.kept(connection), name, span, layout)
    if kept is not None:
        template = _checked(_json(kept.text, kept.title), kept.title, chart, strict=False)
        return Used(template, kept.key, kept.sha256)
    if layout or name not in DELIVERED:
        raise KnownError(
            _("The book keeps no layout {key}.").format(key=layout or name),
            _("Load it on the page Statements, or name a file."),
        )
    return _from_file(paths.resource("statements", f"{name}.json"), chart, strict=False)


def load_template(name: str, chart: Chart, path: Path | None = None) -> Template:
    """The delivered layout of a statement, or that of a file. Raises Refused and KnownError."""
    if path is not None:
        return _from_file(path, chart).template
    return _from_file(paths.resource("statements", f"{name}.json"), chart, strict=False).template


def _chosen(kept: tuple[KeptLayout, ...], name: str, span: Span, layout: Layout) -> KeptLayout | None:
    """The one that was asked for; else the newest that was to be used from these months on."""
    if layout:
        return next((k for k in reversed(kept) if k.key == layout or k.title == layout), None)
    fitting = [k for k in kept if k.name == name and k.since and k.since <= span.last]
    return max(fitting, key=lambda k: (k.since or span.last, k.seq), default=None)


def _from_file(path: Path, chart: Chart, *, strict: bool = True) -> Used:
    text = read_text(path)
    template = _checked(_json(text, path.name), path.name, chart, strict=strict)
    return Used(template, "", hashlib.sha256(text.encode()).hexdigest())


def read_text(path: Path) -> str:
    """A layout file's text. Raises KnownError when it cannot be read, Refused when it is no text."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise KnownError(_("{name} is larger than a template can be.").format(name=path.name))
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise KnownError(_("{path} cannot be read: {why}.").format(path=path, why=why(error))) from None
    except UnicodeDecodeError:
        problem = Problem(Trouble.SHAPE, "", _("its text is not UTF-8"))
        raise Refused([as_finding(problem, Severity.ERROR, path.name)]) from None


def _json(text: str, where: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        what = _("it is no JSON")
        if isinstance(error, json.JSONDecodeError):
            what = _("line {line}, character {column}").format(line=error.lineno, column=error.colno)
        raise Refused([as_finding(Problem(Trouble.SHAPE, "", what), Severity.ERROR, where)]) from None


def _checked(data: object, where: str, chart: Chart, *, strict: bool) -> Template:
    """`strict` also refuses accounts that are out of use: what is printed again may name them."""
    known = frozenset(a.code for a in chart)
    dead = frozenset(a.code for a in chart if a.disabled) if strict else frozenset()
    template, problems = read_template(data, known, dead=dead, others=_lines_of_delivered())
    if template is None:
        raise Refused([as_finding(p, Severity.ERROR, where) for p in problems])
    return template


@cache
def _lines_of_delivered() -> Mapping[str, frozenset[int]]:
    """Line numbers of the delivered statements: what S in a check may name."""
    found = {}
    for name in DELIVERED:
        data = json.loads(paths.resource("statements", f"{name}.json").read_text(encoding="utf-8"))
        found[name] = frozenset(row["line"] for row in data["lines"] if "line" in row)
    return found


# ---- keeping


def keep(book: Book, path: Path, since: Period | None, by: By) -> KeptLayout:
    """Put a layout file into the book, by its hash; from `since` on it is the one in use (None: only when asked for).

    Raises Refused with everything that is wrong with it at once, or when the book keeps it already.
    """
    text = read_text(path)
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        template = _checked(_json(text, path.name), path.name, facts.chart, strict=True)
        name = template.stands_for or OWN
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        known = tuple(k.sha256 for k in store.kept(connection) if k.since == since)
        fact = LayoutFact(template.title[0], template.stands_for, DELIVERED, sha256, known, since)
        pass_or_refuse(_with(facts, StatementFacts(layout=fact)), When.REGISTER)
        data: dict[str, object] = {"name": name, "sha256": sha256, "title": template.title[0], "text": text}
        if since:
            data["since"] = since.number
        writing.log("layout.kept", data, new_id(), "statements")
        writing.settle()
        return store.kept(connection)[-1]


def _with(facts: Facts, told: StatementFacts) -> Facts:
    return replace(facts, statements=told)


def kept(book: Book) -> tuple[KeptLayout, ...]:
    """Every layout the book keeps, oldest first."""
    with book.reading() as connection:
        return store.kept(connection)


def choices(book: Book, name: str) -> tuple[tuple[str, str], ...]:
    """(key, words) of the layouts a statement can be made with, "" the one in use."""
    forms = [f for f in OTHER_FORMS if paths.resource("statements", f"{name}-{f}.json").exists()]
    return (
        *((("", _("the layout in use")),) if name in DELIVERED else ()),
        *((form, _("form of {year}").format(year=form)) for form in forms),
        *((each.key, f"{each.title} {each.key}") for each in kept(book) if each.name == name),
    )
