"""What can be wrong with a bank statement that is taken in, by id; stable for ever, each with what to do."""

from __future__ import annotations

from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import N_, _, ngettext

MAX_SHOWN = 200

TEXTS: dict[str, str] = {
    # the table
    "BNK-01": N_(
        "No column for {value} is found. Ask the bank for a statement with date, amount and balance, or say which column it is."
    ),
    "BNK-02": N_("The table holds no rows of the account. Choose another file."),
    "BNK-03": N_(
        "The file holds several accounts: {value}. Take each account's statement in from a file of its own."
    ),
    # one row
    "BNK-04": N_("“{value}” is not a day of the calendar. Write it as 2025-03-05."),
    "BNK-05": N_("“{value}” is not an amount. Write it as 1234.50."),
    "BNK-06": N_("The row has no amount. Compare it with the bank's paper."),
    "BNK-07": N_("The row has money in and money out at once. Compare it with the bank's paper."),
    "BNK-08": N_(
        "“{value}” says neither in nor out. Expected are 收 and 付, 贷 and 借, or a sign before the amount."
    ),
    "BNK-09": N_("“{value}” lies in the future. Correct the date."),
    # columns
    "BNK-10": N_(
        "Excel has changed the numbers of this column: {value}. Ask for the file again and mark the column as text before it is opened, or save it from the bank's site without opening it."
    ),
    "BNK-11": N_(
        "Excel has changed the numbers of this column: {value}. They are left out; everything else is taken."
    ),
    # proof
    "BNK-12": N_(
        "The balance does not follow: {before} and {amount} make {expected}, but here stands {value}. A row is missing, double or changed; ask the bank for the file again."
    ),
    "BNK-13": N_(
        "The total of the file says {value}, but the rows add up to {sum}. A row is missing or double; ask the bank for the file again."
    ),
    "BNK-14": N_("Rows that are no movements were left out: {value}."),
    # against what the book holds
    "BNK-20": N_(
        "This row was taken in before with other contents ({held}). A statement does not change: ask the bank which is right."
    ),
    "BNK-21": N_(
        "The row of {day} over {amount}, taken in before, is missing in this file. A statement does not change: ask the bank which is right."
    ),
    "BNK-22": N_(
        "This row lies among days that were taken in before without it. A statement does not change: ask the bank which is right."
    ),
    "BNK-23": N_(
        "The file begins with {value}, but the statement the book holds ends on {day} with {held}. Take in what lies between first, or see whether it is another account's."
    ),
    "BNK-24": N_(
        "The file ends with {value}, but the statement the book holds begins on {day} with {held}. Take in what lies between first, or see whether it is another account's."
    ),
    "BNK-25": N_("Every row of this file was taken in before; nothing is new."),
    "BNK-28": N_("Only the sheet {value} was read. The file holds others too: {others}."),
    "BNK-30": N_("The file counts in more than yuan: “{value}”. Ask the bank for one in yuan."),
    "BNK-29": N_(
        "The row has an amount but no day. Where cells were merged over several rows, take them apart in a spreadsheet program, or ask the bank for the file again."
    ),
    "BNK-27": N_("Rows before the first day of the book were left out: {value}."),
}
"""Text of every finding but BNK-26, which says how many more there are."""

_SEVERITIES = {
    "BNK-11": Severity.WARNING,
    "BNK-14": Severity.HINT,
    "BNK-25": Severity.HINT,
    "BNK-27": Severity.HINT,
    "BNK-28": Severity.HINT,
}


class BankProblems:
    """Collects what is wrong, in the order of the rows."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._found: list[tuple[int, int, Finding]] = []

    def add(self, id: str, row: int = 0, column: str = "", **values: object) -> None:
        """Note a finding about a row (0 = the whole table)."""
        finding = Finding(id, _SEVERITIES.get(id, Severity.ERROR), self._where(row, column), _(TEXTS[id]))
        text = finding.text.format(**values)
        found = Finding(finding.id, finding.severity, finding.where, text)
        self._found.append((row, len(self._found), found))

    def _where(self, row: int, column: str) -> str:
        if not row:
            return (
                self._name
                if not column
                else _("{name}, column {column}").format(name=self._name, column=column)
            )
        if column:
            where = _("row {row}, column {column}").format(row=row, column=column)
        else:
            where = _("row {row}").format(row=row)
        return f"{self._name} {where}"

    @property
    def count(self) -> int:
        return len(self._found)

    def stops(self) -> bool:
        return any(f.severity.stops for _row, _no, f in self._found)

    def findings(self) -> tuple[Finding, ...]:
        """All, but at most two hundred and then a word about the rest."""
        found = [f for _row, _no, f in sorted(self._found, key=lambda p: p[:2])]
        rest = len(found) - MAX_SHOWN
        if rest <= 0:
            return tuple(found)
        text = ngettext(
            "There is {n} more finding. Correct those above first.",
            "There are {n} more findings. Correct those above first.",
            rest,
        ).format(n=rest)
        return (*found[:MAX_SHOWN], Finding("BNK-26", Severity.ERROR, self._name, text))
