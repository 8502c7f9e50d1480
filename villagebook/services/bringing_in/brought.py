"""Reports on what came from elsewhere: files taken in, the papers of the conversion, the year before the book."""

from __future__ import annotations

from villagebook.domain.errors import KnownError
from villagebook.domain.foreign import FileKind
from villagebook.domain.table import Column, Shape, Table
from villagebook.i18n import _
from villagebook.services.bringing_in import conversion, conversion_papers
from villagebook.storage import foreign as store
from villagebook.storage import registry
from villagebook.storage.book import Book

IMPORTS, PRIOR = "imports", "prior-year"
CONVERSION = (
    conversion_papers.WORKSHEET,
    conversion_papers.OLD,
    conversion_papers.NEW,
    conversion_papers.ENTRIES,
)
NAMES = (IMPORTS, PRIOR, *CONVERSION)


def make(book: Book, name: str) -> Table:
    """Raises KnownError for the papers of a conversion that never was."""
    if name == IMPORTS:
        return imports(book)
    if name == PRIOR:
        return prior_year(book)
    worksheet = conversion.held(book)
    if worksheet is None:
        raise KnownError(_("This book did not begin with a conversion from 2004 accounts."))
    with book.reading() as connection:
        chart = registry.read_chart(connection)
    made = conversion_papers.tables(worksheet, chart, book.info.start)
    return made[CONVERSION.index(name)]


def imports(book: Book) -> Table:
    """Every file of another program that was taken in."""
    kinds = {FileKind.VOUCHERS: _("vouchers"), FileKind.BALANCES: _("balances")}
    with book.reading() as connection:
        files = store.files(connection)
    rows = tuple((f.taken_on, f.name, kinds[f.kind], f.entries, f.total_fen, f.sha256[:12]) for f in files)
    columns = (
        Column("day", _("Day"), Shape.DAY, 9),
        Column("file", _("File"), Shape.TEXT, 26),
        Column("kind", _("Kind"), Shape.TEXT, 9),
        Column("entries", _("Number"), Shape.COUNT, 7),
        Column("debit", _("Sum of debits"), Shape.MONEY, 14),
        Column("sha256", _("Hash"), Shape.TEXT, 12),
    )
    return Table(IMPORTS, _("Files taken in from other programs"), "", columns, rows)


def prior_year(book: Book) -> Table:
    """What the old books say income and expense were in the year before this book."""
    start = book.info.start
    year = start.year - 1 if start.month == 1 else start.year
    with book.reading() as connection:
        chart, told = registry.read_chart(connection), store.prior_turnover(connection, year)
    rows = []
    for code, (debit, credit) in sorted(told.items()):
        account = chart.get(code)
        fen = credit - debit if account is not None and account.is_income else debit - credit
        rows.append((code, account.name if account else "", fen))
    columns = (
        Column("account", _("Code"), Shape.TEXT, 8),
        Column("name", _("Account"), Shape.TEXT, 26),
        Column("amount", _("Amount"), Shape.MONEY, 14),
    )
    return Table(PRIOR, _("Income and expense of the year before"), str(year), columns, tuple(rows))
