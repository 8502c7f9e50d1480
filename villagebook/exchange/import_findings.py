"""What can be wrong with a table that is imported, by id, and the collector that keeps all of it in the file's order.

The ids are stable for ever. Every text says what is wrong and what to do. IMP-03, IMP-16, IMP-23, IMP-35, IMP-36, IMP-37, IMP-41, IMP-43, IMP-49, IMP-50, IMP-68, IMP-69 do not stop an import.
"""

from __future__ import annotations

from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import N_, _, ngettext

MAX_SHOWN = 200

TEXTS: dict[str, str] = {
    # the table
    "IMP-01": N_("The column {value} is missing. Add it to the first row, or choose another layout."),
    "IMP-02": N_("Two columns are called {value}. Rename or delete one of them."),
    "IMP-03": N_("These columns are not used: {value}."),
    "IMP-28": N_("The table holds no rows below its header. Choose another file."),
    # one cell
    "IMP-04": N_("“{value}” is not a day of the calendar. Write it as 2025-03-05."),
    "IMP-05": N_("“{value}” is not an amount. Write it as 1234.50."),
    "IMP-06": N_("“{value}” has more than two decimals. Write the amount in yuan with two decimals at most."),
    "IMP-07": N_("“{value}” is larger than any amount of a village. Correct it."),
    "IMP-10": N_("There is no account “{value}”. Correct it, or add the account first."),
    "IMP-11": N_("More than one account is called “{value}”. Write the account's code."),
    "IMP-12": N_("“{value}” has sub-accounts and takes no bookings itself. Write the sub-account."),
    "IMP-13": N_("There is no money place “{value}”. Correct it, or add the place first."),
    "IMP-18": N_("“{value}” is not a voucher number. Write a whole number from 1."),
    "IMP-22": N_("“{value}” is neither receipt, payment nor transfer. Write 收入, 支出 or 划转."),
    "IMP-26": N_("“{value}” is not a number of papers. Write a whole number, or leave it empty."),
    "IMP-29": N_("The account is missing. Write its code or its name."),
    "IMP-31": N_("The money place is missing. Write its code."),
    # one row
    "IMP-08": N_("The row has no amount. Fill in one, not zero."),
    "IMP-09": N_("The row has both a debit and a credit. Divide it into two rows."),
    "IMP-14": N_("The money place {value} does not belong to account {account}. Correct one of the two."),
    "IMP-15": N_("Account {account} holds no money, so it takes no money place. Leave {value} out."),
    "IMP-17": N_("No money place lies on account {account}. Add the place first, or correct the account."),
    "IMP-30": N_(
        "{value} is itself cash or bank money. Book money moved between places as a transfer (划转)."
    ),
    # several rows
    "IMP-16": N_(
        "The file does not name the money place of every row, so the two lines cannot be told apart for it. The usual "
        "place of each account is taken; add a column “place” if you know better."
    ),
    "IMP-19": N_("The number {value} was used before, in row {first}. Give each its own number."),
    "IMP-20": N_("The voucher has two dates, {first_on} and {other_on}. Write one, or give two numbers."),
    "IMP-21": N_(
        "The voucher does not balance: debit {debit}, credit {credit}, difference {difference}. Correct it."
    ),
    "IMP-23": N_(
        "Day, other party and amount are those of row {first}. Check whether this was paid twice; if not, leave it."
    ),
    "IMP-24": N_(
        "The opening does not balance: debit {debit}, credit {credit}, difference {difference}. Correct it."
    ),
    "IMP-34": N_(
        "The total says {value}, but the rows above add up to {sum} (difference {difference}). A row is missing, double or wrong: correct it, or the total."
    ),
    "IMP-35": N_("Rows of totals were left out, they are no bookings: {value}."),
    "IMP-36": N_("Numbers that are missing between those of the file: {value}. Ask where these papers are."),
    "IMP-37": N_(
        "The words say quantity times price, which makes {value}; the amount is {amount}. Compare both with the paper."
    ),
    # files of other programs
    "IMP-40": N_("The file's account “{value}” has no account of the book yet. Choose one for it."),
    "IMP-41": N_(
        "Rows with neither account nor amount were left out: {value}. Look whether one is a booking."
    ),
    "IMP-42": N_(
        "The file says period {value}, the day is {day}. Choose another column for the day, or correct the row."
    ),
    "IMP-43": N_("Vouchers marked void (作废) were left out: rows {value}."),
    "IMP-44": N_("“{value}” is neither debit nor credit. Write 借 or 贷."),
    "IMP-45": N_(
        "Account {value} says {said}, its details add up to {sum} (difference {difference}). A row is missing, double or "
        "wrong: export the table again with all levels."
    ),
    "IMP-46": N_(
        "Account {value} stands at {said} on no side: the file says neither 借 nor 贷. Choose the column."
    ),
    "IMP-47": N_("Account {value} was there before, in row {first}. Delete one of the two rows."),
    "IMP-49": N_(
        "The file names months, no days: every voucher gets the last day of its month. Choose a column for the day if it has one."
    ),
    "IMP-50": N_(
        "Rows with more than one other party keep the first of them: {value}. Set the columns you need less to “not used”."
    ),
    "IMP-51": N_(
        "Nobody has said yet what “{value}” is in the registers. Choose the entry, or let it stay words."
    ),
    "IMP-52": N_(
        "The file counts in more than yuan: “{value}”. Write its amounts in yuan, and say so in the heading."
    ),
    # the roster of members
    "IMP-60": N_("A number of an identity card stands here. The book keeps none: take it out of the file."),
    "IMP-61": N_("“{value}” is no number of a group. Write a whole number from 1 to 99."),
    "IMP-62": N_("“{value}” is neither yes nor no. Write 是 or 否."),
    "IMP-63": N_("The name is missing. Write it, or delete the row."),
    "IMP-64": N_(
        "The head of this household is missing. Fill in the column head, or give one member the relation 户主."
    ),
    "IMP-65": N_(
        "{value} stands in this household twice. Delete one row, or add something to tell them apart."
    ),
    "IMP-66": N_("The group is missing. Fill it in, or the number of the household."),
    "IMP-67": N_("“{value}” is no year of birth. Write four digits, such as 1968."),
    "IMP-68": N_(
        "Household {value} is in the register already and stays as it is there; these rows were left out."
    ),
    "IMP-69": N_(
        "{value} is in the register already under {other}. If it is the same household, delete these rows."
    ),
    "IMP-25": N_("Account, place and party are the same as in row {first}. Add the two rows together."),
    "IMP-80": N_("“{value}” is none of: {choices}. Write one of these."),
    "IMP-81": N_("This cell is empty. Fill it in."),
    "IMP-82": N_("“{value}” is no whole number. Write digits only."),
    "IMP-83": N_("“{value}” is no rate. Write per cent, such as 5."),
    "IMP-84": N_("The number {value} was used before, in row {first}. Give each its own number."),
    "IMP-85": N_(
        "There is nobody called {value} in the list of persons. The card is entered without a keeper."
    ),
    "IMP-86": N_(
        "The registers hold no asset and no resource {value}. Enter it first, or leave the cell empty."
    ),
    "IMP-87": N_(
        "The parts do not make the whole: {n} times {each} is {sum}, the price is {amount}. Correct one of them."
    ),
    # the township's answers about invoices
    "IMP-95": N_("“{value}” is no day of work. Write days such as 3.3-3.5、3.9."),
    "IMP-96": N_("There is neither an amount, nor days and a rate that make one."),
    "IMP-90": N_(
        "“{value}” is a number a spreadsheet program has shortened. Set the column to text and paste the invoice numbers again."
    ),
    "IMP-91": N_("Whoever asked at the tax site is missing. Write the name."),
    # 代发: accounts of payees, the bank's answer
    "IMP-100": N_(
        "This is no account number as the bank wrote it: letters, or a number a spreadsheet program has shortened. Set the column to text and enter it again."
    ),
    "IMP-101": N_("“{value}” says neither paid nor failed. Write 成功 or 失败 as the bank's page shows it."),
    # lists of invoice numbers used elsewhere
    "IMP-97": N_(
        "“{value}” tells no invoice from the others: it has neither twenty figures nor an invoice code beside it. Fill in the code."
    ),
    "IMP-98": N_(
        "The list has {value} rows; more than {limit} are not taken in at once. Divide it by years."
    ),
    "IMP-99": N_("“{value}…” is longer than {limit} letters. Shorten it."),
    "IMP-92": N_(
        "Invoice {value} was answered before, in row {first}. Leave the newer answer and delete the other."
    ),
}
"""Text of every finding but IMP-27, which says how many more there are."""

_SEVERITIES = {
    "IMP-03": Severity.HINT,
    "IMP-16": Severity.WARNING,
    "IMP-23": Severity.WARNING,
    "IMP-37": Severity.WARNING,
    "IMP-35": Severity.HINT,
    "IMP-36": Severity.HINT,
    "IMP-41": Severity.WARNING,
    "IMP-43": Severity.WARNING,
    "IMP-49": Severity.WARNING,
    "IMP-50": Severity.WARNING,
    "IMP-68": Severity.WARNING,
    "IMP-85": Severity.WARNING,
    "IMP-69": Severity.WARNING,
}


class Problems:
    """Collects what is wrong; texts are made only for what will be shown."""

    def __init__(self) -> None:
        self._found: list[tuple[int, int, str, int, str, dict[str, object]]] = []

    def add(self, id: str, row: int = 0, column: str = "", *, last: int = 0, **values: object) -> None:
        """Note a finding about a row (0 = the whole table), up to row `last` if it is about several."""
        self._found.append((row, len(self._found), id, last, column, values))

    @property
    def count(self) -> int:
        return len(self._found)

    @property
    def stops(self) -> bool:
        """True when something noted so far refuses the file."""
        return any(severity_of(problem[2]).stops for problem in self._found)

    def findings(self) -> tuple[Finding, ...]:
        """In the order of the rows, capped at `MAX_SHOWN`; then one more says how many were left out."""
        found = sorted(self._found, key=lambda problem: problem[:2])
        shown = [
            Finding(id, severity_of(id), _where(row, last, column), _text(id, values))
            for row, _order, id, last, column, values in found[:MAX_SHOWN]
        ]
        rest = found[MAX_SHOWN:]
        if rest:
            stops = any(severity_of(problem[2]).stops for problem in rest)
            text = ngettext(
                "There is {n} more finding. Correct those above first.",
                "There are {n} more findings. Correct those above first.",
                len(rest),
            ).format(n=len(rest))
            shown.append(Finding("IMP-27", Severity.ERROR if stops else Severity.WARNING, "", text))
        return tuple(shown)


def severity_of(id: str) -> Severity:
    """ERROR but for the few that only inform."""
    return _SEVERITIES.get(id, Severity.ERROR)


def _text(id: str, values: dict[str, object]) -> str:
    values = dict(values)
    suggestion = values.pop("suggestion", "")
    text = _(TEXTS[id]).format(**values)
    if not suggestion:
        return text
    return _("{text} Did you mean {suggestion}?").format(text=text, suggestion=suggestion)


def _where(row: int, last: int, column: str) -> str:
    if not row:
        return ""
    if last > row:
        return _("rows {first}-{last}").format(first=row, last=last)
    if column:
        return _("row {row}, column {column}").format(row=row, column=column)
    return _("row {row}").format(row=row)
