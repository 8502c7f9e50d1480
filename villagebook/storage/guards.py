"""Triggers: posted rows are final, and the five rules that are never softened hold below every service.

They stop our own bugs, not the owner of the file: tampering is *found* by the chain and by heads in other hands.
An extra BEFORE INSERT trigger closes the door that INSERT OR REPLACE opens when `recursive_triggers` is off.
"""

from __future__ import annotations

from villagebook.storage.schema import OFFICIAL, primary_key

_MUTABLE = ("month_total", "money_total")


_OTHER_KEYS = {
    "log": " OR id = NEW.id",
    "voucher": (
        " OR id = NEW.id OR (period = NEW.period AND word = NEW.word AND number = NEW.number)"
        " OR (reverses <> '' AND reverses = NEW.reverses)"
    ),
}
"""What is unique beside the primary key."""


def _key(table: str) -> str:
    """Condition that finds the rows a new one would replace, by whichever unique key."""
    names = ("seq",) if table == "log" else primary_key(table)
    return " AND ".join(f"{name} = NEW.{name}" for name in names) + _OTHER_KEYS.get(table, "")


def guard_statements() -> list[str]:
    """CREATE TRIGGER statements, in a fixed order."""
    made: list[str] = []
    for table in ("log", *OFFICIAL, "object"):
        if table in _MUTABLE:
            continue
        made.extend(
            f"CREATE TRIGGER tr_{table}_no_{verb.lower()} BEFORE {verb} ON {table}"
            f" BEGIN SELECT RAISE(ABORT, '{table}: what is official is never changed'); END"
            for verb in ("UPDATE", "DELETE")
        )
        key = "sha256 = NEW.sha256" if table == "object" else _key(table)
        made.append(
            f"CREATE TRIGGER tr_{table}_no_replace BEFORE INSERT ON {table}"
            f" WHEN EXISTS (SELECT 1 FROM {table} WHERE {key})"
            f" BEGIN SELECT RAISE(ABORT, '{table}: what is official is never replaced'); END"
        )
    made += [
        f"CREATE TRIGGER tr_{table}_no_delete BEFORE DELETE ON {table}"
        f" BEGIN SELECT RAISE(ABORT, '{table}: rows are only added to'); END"
        for table in _MUTABLE
    ]
    made.append(
        # R23: after close nothing is inserted
        "CREATE TRIGGER tr_e2l_40_closed_month BEFORE INSERT ON voucher WHEN"
        " (SELECT state FROM period_step WHERE period = NEW.period ORDER BY seq DESC LIMIT 1) IN ('closed', 'disclosed')"
        " BEGIN SELECT RAISE(ABORT, 'E2L-40: the month is closed'); END"
    )
    made.append(
        # R4: money received leaves RC by deposit slip only; history says so in a finding instead
        "CREATE TRIGGER tr_e2l_10_takings BEFORE INSERT ON line WHEN NEW.credit_fen > 0"
        " AND NEW.place <> '' AND (SELECT kind FROM place WHERE code = NEW.place) = 'RC'"
        " AND (SELECT kind <> 'transfer' AND origin = 'native' AND reverses = '' FROM voucher WHERE seq = NEW.voucher_seq)"
        " BEGIN SELECT RAISE(ABORT, 'E2L-10: takings are banked before they are spent'); END"
    )
    made.append(
        # R7: one basic account
        "CREATE TRIGGER tr_e2l_16_one_basic BEFORE INSERT ON place WHEN NEW.is_basic = 1"
        " AND EXISTS (SELECT 1 FROM place WHERE is_basic = 1 AND holder <> NEW.holder)"
        " BEGIN SELECT RAISE(ABORT, 'E2L-16: there is one basic account'); END"
    )
    return made
