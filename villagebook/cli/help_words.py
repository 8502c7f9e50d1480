"""What every word of the command line means, for `--help`; `report --to` goes before `--to`."""

from __future__ import annotations

from villagebook.i18n import N_, _

WORDS = {
    # what a verb is about
    "book": N_("the book's file (.vbook)"),
    "file": N_("the file to read"),
    "old": N_("year-end balances of the book kept by the rules of 2004, a table"),
    "path": N_("a book or a package"),
    "package": N_("the package's file (.vbx)"),
    "backup": N_("the backup's file"),
    "code": N_("code of the new place, such as EX2"),
    "files": N_("invoice files; or `used`, `elsewhere`, `merge` with a book or lists"),
    "policy book": N_("the book; or `key` or `sign` at the township"),
    "policy file": N_("the signed file of the township, or what is to be signed"),
    "report name": N_("which report: {choices}"),
    "key act": N_("what is to be done: {choices}"),
    "key path": N_("the book, or the file that came by stick"),
    "key more": N_("a further file, where the act needs one"),
    # when and where
    "--lang": N_("language of what is said"),
    "--period": N_("a month, quarter or year: 2025-03, 2025-Q1, 2025"),
    "--year": N_("a year, such as 2025"),
    "--from": N_("first day or period"),
    "--to": N_("the folder to write into"),
    "report --to": N_("last period"),
    "import --to": N_("last day of a list of payees"),
    "import --from": N_("first day of a list of payees"),
    "invoice --to": N_("last period"),
    "--on": N_("the day, YYYY-MM-DD"),
    "--until": N_("last day on which the file may be taken in"),
    "--start": N_("first month of the book, such as 2025-01"),
    "--dir": N_("the folder for the demo; one of its own without"),
    "--as": N_("the name of the new book's file"),
    "notice --as": N_(
        "as poster, slips for households, slip for everybody, words to read out, text for a chat"
    ),
    "--output": N_("file to write; the screen without it"),
    "--format": N_("the form of what is printed: {choices}"),
    "--dry-run": N_("only try: everything is checked, nothing is written"),
    "--no-window": N_("do not open the window afterwards"),
    # a new book
    "--village": N_("name of the village"),
    "new --code": N_("code of the village"),
    "--mode": N_("how the two lines are kept: two accounts, one account, or money at the agency"),
    "--opening": N_("opening balances, a table in the layout `opening`"),
    "--policy": N_("the township's signed parameters"),
    "--fingerprint": N_("the key's fingerprint as the township has printed it"),
    # taking in
    "--layout": N_(
        "vouchers, cashbook, opening, bank, roster, assets, resources, contracts, payees, or a saved layout"
    ),
    "layout --layout": N_("a saved layout to begin with, by name or file"),
    "--sheet": N_("the sheet of a workbook"),
    "--kind": N_("vouchers or balances; as the file says without"),
    "import --kind": N_("what a list of payees is for: {choices}"),
    "report --kind": N_("only this kind of entries of the log"),
    "--title": N_("title of a list of payees"),
    "--resolution": N_("number of the resolution"),
    "--worksheet": N_("the worksheet: written when it is not there, read when it is"),
    "--into": N_("the book that is opened by the worksheet"),
    # reports and papers
    "--place": N_("code of a money place"),
    "--account": N_("code of an account"),
    "place --account": N_("account of the chart, 101 or 102 by its kind"),
    "import --account": N_("the bank account of a statement"),
    "bank-balance --account": N_("code of the money place at the bank"),
    "--party": N_("only this other party"),
    "report --template": N_("another layout of a statement, file or key"),
    "notice --template": N_("which paper: {choices}"),
    "--columns": N_("columns of a statement, divided by commas"),
    "--entry": N_("a register or one of its entries: household, household:01-001"),
    "--depth": N_("levels of accounts, 0 as booked"),
    "--zeros": N_("accounts without anything, too"),
    "--movement": N_("what years moved, not what they ended with"),
    "--actor": N_("only what this person did"),
    "--text": N_("only entries with these words"),
    "--draft": N_("a draft, marked so"),
    "--paper": N_("size of paper: {choices}"),
    "key --paper": N_("the fingerprint sheet as PDF"),
    "--subject": N_("the matter a paper is about, by its number"),
    "--sheets": N_("over how many sheets a poster goes: {choices}"),
    "--household": N_("only the slip of this household"),
    "--word": N_("only vouchers of this word"),
    "--cover": N_("with covers for binding"),
    "--board": N_("the papers of the board in place of those of the assembly"),
    "--no-scans": N_("without scans and electronic invoices"),
    "--markdown": N_("as a document"),
    # places and the bank
    "--name": N_("name"),
    "--holder": N_("in whose name it is held"),
    "--person": N_("the person, by name or id"),
    "place --person": N_("a private person holds it"),
    "--filed": N_("number under which it is filed with the township"),
    "--amount": N_("amount in yuan, such as 1234.50"),
    "--checked-by": N_("who checked it, not the cashier"),
    "--open": N_("an item only the bank or only the book has, and why"),
    # the township
    "--answers": N_("the book that takes the answers of the tax site in; the files are their tables"),
    "--issuer": N_("write the list of numbers used here, in this office's name"),
    "--by": N_("who does it"),
    "--show": N_("show the parameters in force"),
    "--from-today": N_("in force from today, not from the day the file says"),
    "--distrust": N_("no longer trust a key, by its fingerprint"),
    "--reason": N_("why"),
    "--key": N_("the key's sealed file"),
    "--key-file": N_("its other half, from the stick"),
    "--sealed-in": N_("the folder for the key's sealed file"),
    "--stick": N_("the folder of the person's stick"),
    "--why": N_("why a key is stopped: {choices}"),
    "--revoke": N_("fingerprint of a key to be revoked"),
    "--trust": N_("the township's list of trusted keys"),
}


def told(verb: str, names: tuple[str, ...], choices: object) -> str:
    """The sentence for a word of a verb; "" for one that has none."""
    for name in reversed(names):
        text = WORDS.get(f"{verb} {name}") or WORDS.get(name)
        if text:
            shown = ", ".join(str(c) for c in choices if str(c)) if isinstance(choices, list | tuple) else ""
            return _(text).format(choices=shown) if "{choices}" in text else _(text)
    return ""
