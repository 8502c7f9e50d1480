"""The paper somebody asked for: every voucher that fits the request, entry by entry with its sums (D17)."""

from __future__ import annotations

from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Span
from villagebook.domain.request import Request, Wanted
from villagebook.domain.sheet import Body
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import _
from villagebook.rules.facts import Facts
from villagebook.services import links as link_words
from villagebook.services.matter_parts import Money, about_part, matching
from villagebook.services.screening import screened
from villagebook.storage import links, openness, registry
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection


def link_of(text: str) -> Link | None:
    """`contract:C3` as a link; None for "" or a register this program does not know."""
    kind, _colon, code = text.partition(":")
    return Link(LinkKind(kind), code) if kind in list(LinkKind) and code else None


def fits(wanted: Wanted, voucher: Voucher, line: VoucherLine) -> bool:
    """All that is given must fit the line; a party or a word may stand on the voucher as a whole."""
    link = link_of(wanted.link)
    return (
        (not wanted.account or line.account.startswith(wanted.account))
        and (link is None or link in line.links)
        and (not wanted.party or wanted.party in line.party or wanted.party in voucher.party)
        and (not wanted.word or wanted.word in line.summary or wanted.word in voucher.summary)
    )


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


def compile_request(connection: Connection, info: BookInfo, facts: Facts, span: Span, subject: str) -> Body:
    """What was asked for. KeyError when there is no such request, or it was not enough for a notice."""
    number = subject.partition(":")[2]
    made = next((r for r in openness.requests(connection) if r.number == number), None)
    if made is None or not made.is_valid:
        raise KeyError(subject)
    wanted = made.wanted
    vouchers = matching(connection, wanted.months, lambda v, line: fits(wanted, v, line))
    money = Money(connection, facts, [v for v in vouchers if v.booked_on <= facts.today])
    pairs = (
        (_("Request no."), made.number),
        (_("Received"), made.received_on.isoformat()),
        (_("Who asked"), askers_words(made)),
        (_("What is asked for"), made.text),
        (_("Which entries"), wanted_words(connection, wanted)),
    )
    count = len(vouchers)
    words = _("{n} voucher(s) fit the request; all of them stand below.").format(n=count)
    title = _("Notice that was asked for")
    return screened(Body(title, (about_part(pairs), *money.parts()), (words,), money.figures()))


def askers_words(made: Request) -> str:
    """How many of whom; never who."""
    from villagebook.services.notice_requests import ASKERS

    who = _(ASKERS[made.askers])
    if not made.entitled:
        return who
    return _("{n} of {all} {who}").format(n=made.asked_by, all=made.entitled, who=who)
