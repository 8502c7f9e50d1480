"""Every rule as text or Markdown: id, level, when, source, why, how to fix."""

from __future__ import annotations

from villagebook.i18n import _
from villagebook.rules.catalogue import ALL_RULES, RULESET
from villagebook.rules.rule import Rule


def _whens(rule: Rule) -> str:
    return ", ".join(sorted(w.value for w in rule.when))


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
