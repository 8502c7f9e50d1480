"""Every rule as text or Markdown: id, level, when, source, why, how to fix."""

from __future__ import annotations

from villagebook.domain.finding import Severity
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import N_, _
from villagebook.rules.catalogue import ALL_RULES, RULESET
from villagebook.rules.rule import Rule, When

__all__ = ["RULESET", "rules_markdown", "rules_table", "rules_text", "severity_title"]

_WHENS = {
    "submit": N_("submitting"),
    "sign": N_("signing"),
    "post": N_("posting"),
    "close": N_("closing a month"),
    "publish": N_("publishing"),
    "place": N_("adding a money place"),
    "review": N_("reading history again"),
    "carry": N_("carrying results"),
    "year": N_("closing a year"),
    "account": N_("changing the chart"),
    "receipts": N_("keeping receipt books"),
    "office": N_("filling a post"),
    "register": N_("keeping registers"),
    "opening": N_("setting opening balances"),
    "board": N_("working with the board"),
}
_LEVELS = {
    Severity.ERROR: N_("refused"),
    Severity.HOLD: N_("held"),
    Severity.WARNING: N_("warning"),
    Severity.HINT: N_("note"),
}


def _whens(rule: Rule) -> str:
    return ", ".join(sorted(w.value for w in rule.when))


def rules_table() -> Table:
    """Every rule the program runs, a row each; its subtitle is the version of the set."""
    columns = (
        Column("id", _("Rule"), Shape.TEXT, 7),
        Column("rule", _("In the field"), Shape.TEXT, 5),
        Column("level", _("Level"), Shape.TEXT, 6),
        Column("when", _("When"), Shape.TEXT, 10),
        Column("what", _("What is asked"), Shape.TEXT, 22),
        Column("why", _("Why"), Shape.TEXT, 26),
        Column("fix", _("What it says"), Shape.TEXT, 26),
        Column("source", _("Source"), Shape.TEXT, 16),
    )
    rows = tuple(
        (
            r.id,
            r.rule,
            severity_title(r.level),
            ", ".join(_(_WHENS.get(w.value, w.value)) for w in When if w in r.when),
            _(r.title),
            _(r.why),
            _(r.fix),
            r.source,
        )
        for r in ALL_RULES
    )
    return Table("rules", _("Rules"), _("Rule set {version}").format(version=RULESET), columns, rows)


def severity_title(level: Severity) -> str:
    """What a finding of this level does, in a word."""
    return _(_LEVELS[level])


def rules_text() -> str:
    blocks = [
        f"{r.id} ({r.rule or '-'}) [{r.level.value}] {_whens(r)}\n"
        f"  {_(r.title)}\n  {_(r.why)}\n  > {_(r.fix)}\n  {r.source or '-'}"
        for r in ALL_RULES
    ]
    return _("Rule set {version}").format(version=RULESET) + "\n\n" + "\n\n".join(blocks)


def rules_markdown() -> str:
    """docs/rules.md is made by this; a test keeps it fresh."""
    head = (
        "| id | rule | level | when | what | why | how to fix | source |\n|---|---|---|---|---|---|---|---|"
    )
    rows = [
        f"| {r.id} | {r.rule or '-'} | {r.level.value} | {_whens(r)} | {_(r.title)} | {_(r.why)} | {_(r.fix)} | {r.source or '-'} |"
        for r in ALL_RULES
    ]
    title = "# " + _("Rules") + "\n\n" + _("Rule set {version}").format(version=RULESET)
    return "\n".join([title, "", head, *rows])
