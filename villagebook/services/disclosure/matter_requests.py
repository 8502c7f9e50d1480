"""The paper somebody asked for: every voucher that fits the request, entry by entry with its sums (D17)."""

from __future__ import annotations

from villagebook.domain.period import Span
from villagebook.domain.request import Wanted
from villagebook.domain.sheet import Body
from villagebook.domain.voucher import Voucher, VoucherLine
from villagebook.i18n import _, ngettext
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.matter_parts import Money, about_part, matching
from villagebook.services.disclosure.request_words import askers_words, link_of, wanted_words
from villagebook.services.disclosure.screening import screened
from villagebook.storage import openness
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection


def fits(wanted: Wanted, voucher: Voucher, line: VoucherLine) -> bool:
    """All that is given must fit the line; a party or a word may stand on the voucher as a whole."""
    link = link_of(wanted.link)
    return (
        (not wanted.account or line.account.startswith(wanted.account))
        and (link is None or link in line.links)
        and (not wanted.party or wanted.party in line.party or wanted.party in voucher.party)
        and (not wanted.word or wanted.word in line.summary or wanted.word in voucher.summary)
    )


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
    words = ngettext(
        "{n} voucher fits the request; it stands below.",
        "{n} vouchers fit the request; all of them stand below.",
        count,
    ).format(n=count)
    title = _("Notice that was asked for")
    return screened(Body(title, (about_part(pairs), *money.parts()), (words,), money.figures()))
