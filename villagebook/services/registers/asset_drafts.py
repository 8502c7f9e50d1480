"""Documents an asset asks for, ready to be looked at and sent in: its addition, its clearing, what it brought.

Their summaries are words of the books, which are kept in Chinese whatever language the screen speaks.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from villagebook.domain.asset import Asset, AssetState, Gone, Origin
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, Severity
from villagebook.domain.link import Link, LinkKind
from villagebook.domain.period import Period
from villagebook.domain.policy import Policy
from villagebook.domain.voucher import DocKind, VoucherLine
from villagebook.i18n import _
from villagebook.services.by import By, new_id
from villagebook.services.gathering import asset_facts
from villagebook.services.vouchers import documents, receipts
from villagebook.storage import periods, registry
from villagebook.storage.book import Book

_HOW = {Gone.SOLD: "出售", Gone.SCRAPPED: "报废", Gone.LOST: "盘亏", Gone.GIVEN: "捐赠转出"}
_CAME = {
    Origin.BOUGHT: "购入",
    Origin.BUILT: "建成转入",
    Origin.GRANTED: "财政补助形成",
    Origin.DONATED: "接受捐赠",
    Origin.FOUND: "盘盈",
}


def clearing(book: Book, code: str, by: By) -> tuple[Document, ...]:
    """Drafts that take an asset off the books: its value to the clearing account, what it brought, gain or loss.

    Drafts of the same that exist already are not made again. Raises Refused: it is not recorded as gone, or the ledger
    holds it no more.
    """
    with book.reading() as connection:
        state = asset_facts.state_of(connection, code, date.max)
        open_months = periods.period_states(connection)
        policy = registry.read_policy_on(connection, by.day)
    if state is None or state.disposal is None:
        raise Refused([_stop(code, _("Record first that the asset leaves, and on whose decision."))])
    if state.is_cleared:
        raise Refused([_stop(code, _("The ledger holds this asset no more."))])
    day = state.disposal.gone_on
    if open_months.get(Period.of(day), "open") != "open":
        day = by.day
    made = [_clear(state, policy, day), *_proceeds(book, state, policy, day), *_result(state, policy, day)]
    return _keep(book, made, by)


def addition(book: Book, code: str, by: By) -> tuple[Document, ...]:
    """A draft that books the value of a card: a payment for what was bought, else an entry against where it came from.

    Raises Refused: no such card, or booked already.
    """
    with book.reading() as connection:
        state = asset_facts.state_of(connection, code, date.max)
        policy = registry.read_policy_on(connection, by.day)
    if state is None or state.is_booked:
        raise Refused([_stop(code, _("Its value is booked already."))])
    asset = state.asset
    words = f"{_CAME[asset.origin]}{asset.name}"
    links = (Link(LinkKind.ASSET, asset.code),)
    base = documents.new_document(DocKind.PAYMENT, by.day)
    if asset.origin is Origin.BOUGHT:
        item = Item(asset.cost_account, asset.original_fen, words, asset.quantity, asset.unit, links=links)
        made = _document(base.id, DocKind.PAYMENT, by.day, words, asset.resolution, items=(item,))
    else:
        other = policy.words[f"addition_{asset.origin.value}"][0]
        lines = (
            VoucherLine(asset.cost_account, asset.original_fen, 0, words, links=links),
            VoucherLine(other, 0, asset.original_fen, words),
        )
        made = _document(base.id, DocKind.ADJUSTMENT, by.day, words, asset.resolution, lines=lines)
    return _keep(book, [made], by)


def _stop(code: str, words: str) -> Finding:
    return Finding("AST-13", Severity.ERROR, code, words, "", f"register:assets/{code}")


def _document(
    ident: str,
    kind: DocKind,
    day: date,
    words: str,
    resolution: str,
    *,
    items: tuple[Item, ...] = (),
    lines: tuple[VoucherLine, ...] = (),
) -> Document:
    support = (
        Support.INVOICE if kind is DocKind.PAYMENT else Support.MINUTES if resolution else Support.INTERNAL
    )
    number = "" if kind is DocKind.PAYMENT else resolution
    return Document(
        ident,
        kind,
        day,
        words,
        items=items,
        lines=lines,
        support=support,
        support_no=number,
        resolution=resolution,
    )


def _accounts(state: AssetState, policy: Policy) -> tuple[str, str]:
    """What takes the net value, and what takes the proceeds."""
    if state.disposal and state.disposal.how is Gone.LOST:
        lost = policy.words["disposal_lost"][0]
        return lost, lost
    net, proceeds = policy.words[f"disposal_{state.asset.family.value}"]
    return net, proceeds


def _words(asset: Asset, state: AssetState) -> str:
    return f"{_HOW[state.disposal.how] if state.disposal else ''}{asset.name}({asset.code})"


def _clear(state: AssetState, policy: Policy, day: date) -> Document:
    asset = state.asset
    words = f"{_words(asset, state)}转出账面价值"
    links = (Link(LinkKind.ASSET, asset.code),)
    net_fen = asset.original_fen - state.lost_fen
    lines = [
        VoucherLine(_accounts(state, policy)[0], net_fen, 0, words, links=links),
        VoucherLine(asset.contra_account, state.lost_fen, 0, words, links=links),
        VoucherLine(asset.cost_account, 0, asset.original_fen, words, links=links),
    ]
    told = tuple(line for line in lines if line.debit_fen or line.credit_fen)
    resolution = state.disposal.resolution if state.disposal else ""
    return _document(new_id(), DocKind.ADJUSTMENT, day, words, resolution, lines=told)


def _proceeds(book: Book, state: AssetState, policy: Policy, day: date) -> Iterable[Document]:
    gone = state.disposal
    if gone is None or not gone.proceeds_fen:
        return
    words = f"{_words(state.asset, state)}价款"
    item = Item(
        _accounts(state, policy)[1],
        gone.proceeds_fen,
        words,
        links=(Link(LinkKind.ASSET, state.asset.code),),
    )
    yield Document(
        new_id(),
        DocKind.RECEIPT,
        day,
        words,
        party=gone.party,
        items=(item,),
        support=Support.RECEIPT,
        receipt_no=receipts.next_receipt_no(book),
        resolution=gone.resolution,
    )


def _result(state: AssetState, policy: Policy, day: date) -> Iterable[Document]:
    """Gain or loss of what was cleared over one account; families that book gross have none."""
    gone = state.disposal
    net_account, proceeds_account = _accounts(state, policy)
    if gone is None or net_account != proceeds_account:
        return
    gain_fen = gone.proceeds_fen - (state.asset.original_fen - state.lost_fen)
    if not gain_fen:
        return
    words = f"结转{_words(state.asset, state)}净{'收益' if gain_fen > 0 else '损失'}"
    links = (Link(LinkKind.ASSET, state.asset.code),)
    gain, loss = policy.words["disposal_gain"][0], policy.words["disposal_loss"][0]
    lines = (
        (
            VoucherLine(net_account, gain_fen, 0, words, links=links),
            VoucherLine(gain, 0, gain_fen, words, links=links),
        )
        if gain_fen > 0
        else (
            VoucherLine(loss, -gain_fen, 0, words, links=links),
            VoucherLine(net_account, 0, -gain_fen, words, links=links),
        )
    )
    yield _document(new_id(), DocKind.ADJUSTMENT, day, words, gone.resolution, lines=lines)


def _keep(book: Book, made: list[Document], by: By) -> tuple[Document, ...]:
    """Save as drafts; one with the same words and amount that is there already stands for its twin."""
    there = {(d.kind, d.summary, d.total_fen): d for d in documents.drafts(book)}
    kept = []
    for document in made:
        twin = there.get((document.kind, document.summary, document.total_fen))
        if twin is None:
            documents.save_draft(book, document, by)
        kept.append(twin or document)
    return tuple(kept)
