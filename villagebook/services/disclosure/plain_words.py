"""Plain words: what each account is called on the board, in a villager's sentence. Set by the village, read once by supervision."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from villagebook import i18n, paths
from villagebook.domain.account import Account, Chart
from villagebook.domain.period import Period, Span
from villagebook.domain.plain_words import OwnWords, Vague, Way, Words, is_vague, ways_of
from villagebook.domain.table import Column, Shape, Table
from villagebook.domain.voucher import voucher_label
from villagebook.i18n import _
from villagebook.rules.rule import When
from villagebook.rules.word_facts import Reading, Saying, WordFacts
from villagebook.services.by import By, new_id
from villagebook.services.gate import pass_or_refuse
from villagebook.services.gathering import facts as gather
from villagebook.storage import ledger, periods, posted_vouchers, registry
from villagebook.storage import words as store
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

TOPICS = ("registers", "words")


def read_words(connection: Connection, chart: Chart | None = None) -> Words:
    """All words of a book at once, for papers with many lines."""
    return Words(
        chart or registry.read_chart(connection),
        delivered(i18n.language()),
        store.own_words(connection),
        given_back=_("given back: {words}"),
        kind_of=_("{name}, part of: {words}"),
    )


@cache
def delivered(language: str) -> dict[tuple[str, str, Way], str]:
    """The program's own sentences: account of the chart, part of a sub-account's name, way."""
    column = "en" if language == i18n.ENGLISH else "zh_CN"
    with paths.resource("words", "plain_words.csv").open(encoding="utf-8", newline="") as file:
        return {(r["account"], r["detail"], Way(r["way"])): r[column] for r in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of one account. `own` is None where the program's words are in use."""

    account: Account
    way: Way
    words: str
    own: OwnWords | None
    reviewer: str
    uses: int


def rows(book: Book) -> tuple[Row, ...]:
    """Every account with its sentences, parents before what hangs under them; those in use can be told by `uses`."""
    with book.reading() as connection:
        words = read_words(connection)
        staff = registry.read_staff(connection)
        used = ledger.account_use(connection)
    made = []
    for account in words.chart:
        for way in ways_of(account):
            own = words.own.get((account.code, way))
            reviewer = staff.name(own.reviewed_by) if own and own.reviewed_by else ""
            made.append(
                Row(account, way, words.of(account.code, way), own, reviewer, used.get(account.code, 0))
            )
    return tuple(made)


def way_title(way: Way) -> str:
    """What a way is called in a list."""
    return {Way.IS: _("what it is"), Way.IN: _("came in"), Way.OUT: _("went out")}[way]


def account_title(row: Row) -> str:
    """The account and what is told of it."""
    name = f"{row.account.code} {row.account.title(i18n.language())}"
    return name if row.way is Way.IS else _("{account}: {way}").format(account=name, way=way_title(row.way))


def state_title(row: Row) -> str:
    """Whose words these are, and whether somebody read them."""
    if row.own is None:
        return _("delivered")
    if row.reviewer:
        return _("own, read by {name}").format(name=row.reviewer)
    return _("own, not read")


def table(book: Book, *, used_only: bool = False) -> Table:
    """The list for screen, paper and spreadsheets; with `used_only`, accounts that ever carried a booking and own words."""
    columns = (
        Column("account", _("Account"), Shape.TEXT, 14),
        Column("way", _("Told"), Shape.TEXT, 9),
        Column("words", _("Plain words"), Shape.TEXT, 30),
        Column("state", _("State"), Shape.TEXT, 12),
    )
    language = i18n.language()
    shown = [r for r in rows(book) if not used_only or r.uses or r.own]
    made = tuple(
        (f"{r.account.code} {r.account.title(language)}", way_title(r.way), r.words, state_title(r))
        for r in shown
    )
    return Table(
        "plain-words",
        _("Plain words for the board"),
        book.info.village,
        columns,
        made,
        targets=tuple(f"register:words/{r.account.code}:{r.way.value}" for r in shown),
        strong=frozenset(n for n, r in enumerate(shown) if r.own and not r.reviewer),
    )


def unread(book: Book) -> tuple[OwnWords, ...]:
    """Own words nobody of supervision has read yet."""
    with book.reading() as connection:
        return tuple(w for w in store.own_words(connection).values() if not w.reviewed_by)


def set_words(book: Book, account: str, way: Way, words: str, by: By) -> None:
    """Set own words, or take them back with none; supervision has to read new ones. Raises Refused (WRD-01, WRD-02)."""
    said = words.strip()
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        found = facts.chart.get(account)
        known = found is not None and way in ways_of(found)
        about = f"{account} {found.title(i18n.language())}" if found else account
        told = WordFacts(saying=Saying(about, said, known))
        pass_or_refuse(replace(facts, words=told), When.REGISTER)
        data: dict[str, object] = {"account": account, "way": way.value, "words": said, "set_by": by.actor}
        writing.log("words.set", data, new_id(), *TOPICS)


def review(book: Book, read: Sequence[OwnWords], person_id: str, by: By) -> None:
    """Somebody of supervision has read these words as they stand. Raises Refused (WRD-04, WRD-05)."""
    with book.writing(by.actor, by.at) as writing:
        facts = gather.ground(writing.connection, book.info, by.day)
        standing = store.own_words(writing.connection)
        now = [standing.get((w.account, w.way)) for w in read]
        stale = tuple(
            w.words
            for w, n in zip(read, now, strict=True)
            if n is None or n.words != w.words or n.reviewed_by
        )
        told = WordFacts(reading=Reading(person_id, tuple(n for n in now if n), stale))
        pass_or_refuse(replace(facts, words=told), When.REGISTER)
        entries = [{"account": w.account, "way": w.way.value, "words": w.words} for w in read]
        writing.log("words.reviewed", {"person_id": person_id, "entries": entries}, new_id(), *TOPICS)


@dataclass(frozen=True, slots=True)
class Silent:
    """An entry whose own words say too little; `said` is what was explained about it, "" for nothing yet."""

    voucher_id: str
    account: str
    day: str
    label: str
    text: str
    amount_fen: int
    said: str


def silent(book: Book, today: date) -> tuple[Silent, ...]:
    """Entries whose own words say too little, in months that have not been published yet; what was imported is among them."""
    with book.reading() as connection:
        states = periods.period_states(connection)
        last = max(Period.of(today), max(states, default=book.info.start))
        months = [
            m for m in Span(min(book.info.start, last), last).months() if states.get(m, "open") != "disclosed"
        ]
        if not months:
            return ()
        is_empty = Vague(registry.read_policy_on(connection, today).words["vague"])
        told = store.explanations(connection)
        found = store.category_lines(connection, Span(months[0], months[-1]), is_empty.speaking())
    open_months = set(months)
    return tuple(
        Silent(
            voucher_id,
            account,
            day,
            voucher_label(word, number),
            text,
            abs(debit - credit),
            told.get((voucher_id, account), ""),
        )
        for voucher_id, day, word, number, account, text, debit, credit in found
        if is_empty(text) and Period.of(date.fromisoformat(day)) in open_months
    )


def explain(book: Book, voucher_id: str, account: str, words: str, by: By) -> None:
    """Say what an entry was for. Its own words stay and are printed beside. Raises Refused (WRD-01, WRD-02)."""
    said = words.strip()
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        voucher = posted_vouchers.voucher(connection, voucher_id)
        own = [line for line in voucher.lines if line.account == account] if voucher else []
        vague = facts.policy.words["vague"]
        known = voucher is not None and any(is_vague(x.summary or voucher.summary, vague) for x in own)
        told = WordFacts(saying=Saying(voucher.label if voucher else voucher_id, said or "-", known))
        pass_or_refuse(replace(facts, words=told), When.REGISTER)
        data: dict[str, object] = {
            "voucher": voucher_id,
            "account": account,
            "words": said,
            "said_by": by.actor,
        }
        writing.log("words.explained", data, new_id(), *TOPICS)
