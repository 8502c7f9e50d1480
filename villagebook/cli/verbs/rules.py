"""`rules`: every rule with its source."""

from __future__ import annotations

import argparse

from villagebook.cli import output
from villagebook.services.rulebook import RULESET, rules_markdown, rules_table, rules_text


def words(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--markdown", action="store_true")
    output.offer_json(parser)


def run(told: argparse.Namespace) -> int:
    if told.format == "json" and not told.markdown:
        table = rules_table()
        keys = [column.key for column in table.columns]
        listed = [dict(zip(keys, row, strict=True)) for row in table.rows]
        output.tell("json", "", ruleset=RULESET, rules=listed)
        return 0
    output.say(rules_markdown() if told.markdown else rules_text())
    return 0
