"""The lines of F1 one by one: an entry of a document is a line, in its own words and with what stands behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from villagebook.domain.account import Account, Category
from villagebook.domain.board_names import BoardNames
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.flow import TRANSFERS, Flow, flows
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.mask import Mask, MaskReason
from villagebook.domain.notice import NoticeLine
from villagebook.domain.plain_words import Way, Words, is_vague
from villagebook.domain.privacy import mask_numbers
from villagebook.domain.resolution import Cited
from villagebook.domain.signature import Signature
from villagebook.domain.voucher import Origin, Voucher
from villagebook.i18n import N_, _
from villagebook.rules.facts import Facts
from villagebook.services.disclosure.plain_words import read_words
from villagebook.services.disclosure.screening import masked
from villagebook.services.disclosure.sheet_parts import names_of
from villagebook.services.names import support_title
from villagebook.services.vouchers.lifting import lifting_words
from villagebook.storage import documents as docs
from villagebook.storage import funds
from villagebook.storage import words as said
from villagebook.storage.engine import Connection

CLASSES = (
    N_("Plans"),
    N_("Income"),
    N_("Spending"),
    N_("Assets"),
    N_("Resources"),
    N_("Claims and debts"),
    N_("Distribution"),
    N_("Other matters"),
)
"""The eight classes of 农经发〔2011〕13号 (N7), in its order."""

APPROVING = ("D", "P", "T")
"""Slots whose signatures are the approval, as a board names it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A line with what the paper does not print: its account, the paper behind it, and whether notes and coins were paid.

    `support` is None where no document of ours stands behind it: imported history and what the program posts by itself.
    """

    line: NoticeLine
    account: str
    voucher_id: str
    support: Support | None
    in_cash: bool


@dataclass(frozen=True, slots=True)
class _Paper:
    """What is known of the document behind a voucher; `private` is True when the payee stands with the surname only."""

    document: Document | None = None
    handler: str = ""
    approver: str = ""
    resolution: str = ""
    remark: str = ""

    @property
    def private(self) -> bool:
        return self.document is not None and self.document.support is Support.PERSON_RECEIPT


class Reader:
    """Reads vouchers as lines of a notice, within one transaction; what is the same for all of them is read once."""

    def __init__(self, connection: Connection, base: Facts) -> None:
        self.connection = connection
        self.base = base
        self.masks: list[Mask] = []

    @cached_property
    def names(self) -> BoardNames:
        return names_of(self.connection, self.base.today.year)

    @cached_property
    def words(self) -> Words:
        return read_words(self.connection, self.base.chart)

    @cached_property
    def funds(self) -> dict[Link, str]:
        """Special funds that lie in a common account, where the name of the account does not say whose money it is."""
        known = (f for f in funds.funds(self.connection) if not f.place)
        return {Link(LinkKind.FUND, f.key): mask_numbers(f.title) for f in known}

    @cached_property
    def explained(self) -> dict[tuple[str, str], str]:
        return said.explanations(self.connection)

    def sort_out(
        self, vouchers: Iterable[Voucher]
    ) -> tuple[list[Entry], list[tuple[NoticeLine, Voucher]], list[Voucher]]:
        """Each voucher into exactly one list: money in and out, between places, or moving no money at all."""
        entries: list[Entry] = []
        transfers: list[tuple[NoticeLine, Voucher]] = []
        excluded: list[Voucher] = []
        for voucher in vouchers:
            found = list(flows(voucher, self.base.places, self.base.chart))
            outside = [f for f in found if f.category != TRANSFERS and (f.receipts_fen or f.payments_fen)]
            if outside:
                entries += self._entries(len(entries), voucher, outside)
            elif found:
                line = transfer_line(len(transfers) + 1, voucher, self.base)
                clean = self.cleaner(f"{line.no} {line.voucher}")
                transfers.append((replace(line, summary=clean(voucher.summary)), voucher))
            else:
                excluded.append(voucher)
        return entries, transfers, excluded

    def _entries(self, shown: int, voucher: Voucher, outside: list[Flow]) -> Iterator[Entry]:
        paper = self._paper(voucher)
        places = [self.base.places.get(line.place) for line in voucher.lines if line.place]
        source = _(", ").join(dict.fromkeys(mask_numbers(p.name) for p in places if p))
        if named := [self.funds[k] for x in voucher.lines for k in x.links if k in self.funds]:
            source = f"{source}（{_(', ').join(dict.fromkeys(named))}）"
        if voucher.places_inferred:
            source = _("not divided (imported)")
        party, hide = self._party(voucher, paper)
        for category in dict.fromkeys(f.category for f in outside):
            account = self.base.chart.get(category)
            own = [f for f in outside if f.category == category]
            for part in self._parts(voucher, category, own, paper.document):
                shown += 1
                clean = self.cleaner(f"{shown} {voucher.label}")
                line = NoticeLine(
                    no=shown,
                    day=voucher.booked_on.isoformat(),
                    voucher=voucher.label,
                    summary=clean(hide(part.summary)),
                    income_fen=part.income_fen,
                    spending_fen=part.spending_fen,
                    source=source,
                    party=clean(party),
                    handler=paper.handler,
                    approver=paper.approver,
                    remark=clean(hide(paper.remark)),
                    group=class_of(account),
                    kind=self.words.of(category, Way.IN if part.income_fen else Way.OUT),
                    quantity=clean(part.quantity),
                    price_fen=part.price_fen,
                    resolution=clean(paper.resolution),
                )
                if party != voucher.party:
                    self.masks.append(Mask(f"{shown} {voucher.label}", line.party, MaskReason.SELLER))
                yield Entry(
                    line,
                    category,
                    voucher.id,
                    paper.document.support if paper.document else None,
                    any(p.is_cash for p in places if p),
                )

    def _party(self, voucher: Voucher, paper: _Paper) -> tuple[str, Callable[[str], str]]:
        """Who stands on the line, and what keeps the name that does not stand there out of its other words."""
        document, name = paper.document, voucher.party
        if not paper.private or document is None or not name:
            return name, str
        shown = self.names.seller(name, _home_of(document), document.id_tail)
        if shown.reason is None:
            return name, str
        return shown.with_group, lambda text: text.replace(name, shown.name)

    def cleaner(self, where: str) -> Callable[[str], str]:
        """The privacy filter of every board paper; what it masks is kept for the second person to look at."""

        def clean(text: str) -> str:
            shown, reason = masked(text)
            if reason is not None:
                self.masks.append(Mask(where, shown, reason))
            return shown

        return clean

    def _parts(
        self, voucher: Voucher, category: str, own: list[Flow], document: Document | None
    ) -> Iterator[_Part]:
        """What moved over one account: a part for each item of the document or line of the voucher that tells it whole."""
        items = [i for i in document.items if i.account == category] if document else []
        lines = [x for x in voucher.lines if x.account == category and not x.place]
        came, went = sum(f.receipts_fen for f in own), sum(f.payments_fen for f in own)
        if (came == 0) != (went == 0) and self._tell(items, came or went):
            for item in items:
                text = self._text(voucher, category, item.summary or voucher.summary)
                amounts = (item.amount_fen, 0) if came else (0, item.amount_fen)
                yield _Part(text, *amounts, _quantity(item), item.unit_price_fen or 0)
        elif [(f.receipts_fen, f.payments_fen) for f in own] == [(x.credit_fen, x.debit_fen) for x in lines]:
            told = items[0] if len(items) == 1 else None
            for x in lines:
                text = self._text(voucher, category, x.summary or voucher.summary)
                yield from _sides(text, x.credit_fen, x.debit_fen, told)
        else:
            words = _(", ").join(dict.fromkeys(x.summary for x in lines if x.summary)) or voucher.summary
            told = items[0] if len(items) == 1 else None
            yield from _sides(self._text(voucher, category, words), came, went, told)

    @staticmethod
    def _tell(items: list[Item], fen: int) -> bool:
        """Items that add up to the money, and are no list of several people (F7 tells of those)."""
        return bool(items) and sum(i.amount_fen for i in items) == fen and not any(i.party for i in items)

    def _text(self, voucher: Voucher, account: str, text: str) -> str:
        """The entry's own words; words that say too little stand behind what was said about them."""
        told = self.explained.get((voucher.id, account), "")
        if told and is_vague(text, self.base.policy.words["vague"]):
            return _('{words} (in the book: "{text}")').format(words=told, text=text)
        return text

    def _paper(self, voucher: Voucher) -> _Paper:
        """Handler, approvers and paper behind a voucher; imported history says that it is."""
        if voucher.origin is Origin.IMPORT:
            return _Paper(remark=" ".join(x for x in (voucher.paper_no, _("imported history")) if x))
        held = docs.submitted(self.connection, voucher.document_id) if voucher.document_id else None
        if held is None:
            return _Paper()
        document, staff = held.document, self.base.staff
        given: tuple[Signature, ...] = docs.signatures(self.connection, document.id, held.content_hash)
        remark = [
            _("red reversal") if voucher.reverses else "",
            _("receipt {no}").format(no=document.receipt_no) if document.receipt_no else "",
            _("{paper} {no}").format(paper=support_title(document.support), no=document.support_no)
            if document.support_no
            else "",
            lifting_words(self.connection, document.id),
        ]
        return _Paper(
            document,
            staff.name(document.handler) if document.handler else "",
            _(", ").join(staff.name(g.person_id) for g in given if g.slot in APPROVING),
            cited_words(document.resolution, document.resolution_item),
            " ".join(r for r in remark if r),
        )


@dataclass(frozen=True, slots=True)
class _Part:
    summary: str
    income_fen: int
    spending_fen: int
    quantity: str = ""
    price_fen: int = 0


def _sides(text: str, came: int, went: int, told: Item | None) -> Iterator[_Part]:
    """A part for what came in and one for what went out, whichever there is."""
    quantity = _quantity(told) if told else ""
    price_fen = (told.unit_price_fen or 0) if told else 0
    for income_fen, spending_fen in ((came, 0), (0, went)):
        if income_fen or spending_fen:
            yield _Part(text, income_fen, spending_fen, quantity, price_fen)


def cited_words(resolution: str, item: int) -> str:
    """A resolution and its item as a villager reads them: 代表会2026-02号 第2项."""
    cited = Cited.of(resolution, item)
    if not cited.item:
        return cited.number
    return _("{number}, item {item}").format(number=cited.number, item=cited.item)


def _quantity(item: Item) -> str:
    return f"{item.quantity}{item.unit}".strip() if item.quantity else ""


def transfer_line(no: int, voucher: Voucher, base: Facts) -> NoticeLine:
    """A move between money places: from `source` to `party`."""
    into = [base.places.get(line.place) for line in voucher.lines if line.debit_fen > 0]
    out = [base.places.get(line.place) for line in voucher.lines if line.credit_fen > 0]
    names = [" / ".join(mask_numbers(p.name) for p in side if p) for side in (out, into)]
    return NoticeLine(
        no=no,
        day=voucher.booked_on.isoformat(),
        voucher=voucher.label,
        summary=mask_numbers(voucher.summary),
        income_fen=0,
        spending_fen=voucher.total_fen,
        source=names[0],
        party=names[1],
        handler="",
        approver="",
        remark="",
        group="",
    )


def _home_of(document: Document) -> str:
    """Code of the household the payment names, "" when it names none."""
    links = (k for item in document.items for k in item.links)
    return next((k.code for k in links if k.kind is LinkKind.HOUSEHOLD), "")


def class_of(account: Account | None) -> str:
    """Which of the eight classes a line belongs to."""
    if account is None:
        return CLASSES[7]
    if account.is_income:
        return CLASSES[1]
    if account.is_expense:
        return CLASSES[2]
    if account.code.startswith(("112", "113")) or account.category is Category.LIABILITY:
        return CLASSES[5]
    if account.category is Category.ASSET:
        return CLASSES[3]
    if account.code.startswith("322"):
        return CLASSES[6]
    return CLASSES[7]
