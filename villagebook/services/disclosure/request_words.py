"""How a request for a notice is told: who asked, and which entries are meant."""

from __future__ import annotations

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.request import Askers, Request, Wanted
from villagebook.i18n import N_, _
from villagebook.services import links as link_words
from villagebook.storage import links, registry
from villagebook.storage.engine import Connection

ASKERS = {
    Askers.VILLAGERS: N_("villagers"),
    Askers.DELEGATES: N_("representatives"),
    Askers.FINANCE_GROUP: N_("finance group"),
}


def link_of(text: str) -> Link | None:
    """`contract:C3` as a link; None for "" or a register this program does not know."""
    kind, _colon, code = text.partition(":")
    return Link(LinkKind(kind), code) if kind in list(LinkKind) and code else None


def wanted_words(connection: Connection, wanted: Wanted) -> str:
    """Which entries are meant, in words."""
    first, last = wanted.months.first, wanted.months.last
    told = [str(first) if first == last else _("{first} to {last}").format(first=first, last=last)]
    if wanted.account:
        account = registry.read_chart(connection).get(wanted.account)
        told.append(f"{wanted.account} {account.name}" if account else wanted.account)
    if wanted.party:
        told.append(wanted.party)
    if link := link_of(wanted.link):
        told.append(link_words.title(link, links.known(connection, (link,))))
    if wanted.word:
        told.append(_('with the word "{word}"').format(word=wanted.word))
    return _(", ").join(told)


def askers_words(made: Request) -> str:
    """How many of whom; never who."""
    who = _(ASKERS[made.askers])
    if not made.entitled:
        return who
    return _("{n} of {all} {who}").format(n=made.asked_by, all=made.entitled, who=who)
