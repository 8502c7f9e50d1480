"""The register of contracts: written, amended by decision, ended; money asked for instalment by instalment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from villagebook.domain.contract import Amendment, Contract, ContractKind, ContractState, Direction, Ended
from villagebook.domain.document import Document, Item, Support
from villagebook.domain.errors import Refused
from villagebook.domain.finding import Finding, stopping
from villagebook.domain.link import LinkKind, LinkTarget
from villagebook.domain.meeting import Matter
from villagebook.domain.register import Change, difference, entry_data
from villagebook.domain.voucher import DocKind
from villagebook.i18n import _
from villagebook.rules.contract_facts import ContractAct, ContractFacts
from villagebook.rules.facts import Facts
from villagebook.rules.resolution_facts import ResolutionFacts
from villagebook.rules.rule import When
from villagebook.services.by import By, new_id
from villagebook.services.gate import look, pass_or_refuse, refusal
from villagebook.services.gathering import contract_facts, resolution_facts
from villagebook.services.gathering import facts as gather
from villagebook.services.gathering.asset_facts import unbookable
from villagebook.services.vouchers import documents, receipts
from villagebook.storage import entries, links, registry
from villagebook.storage.book import Book
from villagebook.storage.engine import Connection

TOPIC = "registers"


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment: the contract as it will be, from which day, why and by whose decision."""

    contract: Contract
    what: Amendment
    amended_on: date
    reason: str
    resolution: str = ""
    permit: str = ""


def states(book: Book, day: date) -> tuple[ContractState, ...]:
    """Every contract with what is settled at the close of a day, by code."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, min(day, date.max))
        return tuple(contract_facts.states(connection, day, policy).values())


def state(book: Book, code: str, day: date) -> ContractState | None:
    """One contract, None when the register lacks it."""
    with book.reading() as connection:
        policy = registry.read_policy_on(connection, day)
        return contract_facts.states(connection, day, policy, only=lambda c: c.code == code).get(code)


def changes(book: Book, code: str) -> tuple[Change, ...]:
    with book.reading() as connection:
        return entries.changes(connection, LinkKind.CONTRACT, code)


def register(book: Book, contract: Contract, by: By) -> tuple[Finding, ...]:
    """Write a contract; returns what was said and does not stop. Raises Refused (CON-01 to CON-03, CON-08)."""
    return register_all(book, (contract,), by)


def register_all(
    book: Book, made: Sequence[Contract], by: By, *, dry_run: bool = False
) -> tuple[Finding, ...]:
    """Write contracts, all or none; with `dry_run` none. Raises Refused with what is wrong with any of them."""
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        taken = set(entries.entries(connection, LinkKind.CONTRACT))
        found: list[Finding] = []
        for contract in made:
            act = ContractAct(
                contract,
                taken=contract.code in taken,
                unknown=_unknown(connection, facts, contract),
                rivals=_rivals(connection, contract, made),
            )
            found += look(replace(facts, contracts=ContractFacts(act)), When.REGISTER)
            taken.add(contract.code)
        if stopping(found):
            raise Refused(stopping(found))
        for contract in made if not dry_run else ():
            writing.log("contract.registered", {"entry": entry_data(contract)}, new_id(), TOPIC)
        return tuple(found)


def _unknown(connection: Connection, facts: Facts, contract: Contract) -> tuple[str, ...]:
    """Objects and people the registers lack, and an account that takes no bookings."""
    wanted = (*contract.objects, *contract.party_link)
    known = links.known(connection, wanted)
    bad = [link.code for link in wanted if link not in known]
    return (*bad, *(unbookable(facts.chart, [contract.account]) if contract.account else ()))


def _rivals(connection: Connection, contract: Contract, others: Sequence[Contract] = ()) -> tuple[str, ...]:
    """Live contracts of the same direction about one of the same objects in an overlapping time."""
    if not contract.objects:
        return ()
    ends = entries.ends(connection)
    known = entries.contracts(connection).values()
    return tuple(
        f"{c.code} {c.name}"
        for c in (*known, *others)
        if c.code != contract.code
        and c.code not in ends
        and c.direction is contract.direction
        and set(c.objects) & set(contract.objects)
        and c.from_on <= contract.to_on
        and contract.from_on <= c.to_on
    )


def amend(book: Book, amended: Amended, by: By) -> tuple[Finding, ...]:
    """Change a contract; every field is recorded before and after. Nothing changed is nothing written.

    Raises Refused: it has ended (CON-09), less money without resolution and permission (E2L-33), no reason (CON-11).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        after = amended.contract
        body = _needed(connection, after.code)
        changed = difference(body, entry_data(after))
        if not changed:
            return ()
        before = Contract.from_data(body)
        act = ContractAct(
            after,
            before,
            reason=amended.reason,
            resolution=amended.resolution,
            permit=amended.permit,
            has_ended=after.code in entries.ends(connection),
            waived_fen=_waived(before, after),
            unknown=_unknown(connection, facts, after),
            rivals=_rivals(connection, after),
        )
        decided = _decided(connection, act, amended.amended_on)
        said = pass_or_refuse(
            replace(facts, contracts=ContractFacts(act), resolutions=decided), When.REGISTER
        )
        data: dict[str, object] = {
            "code": after.code,
            "name": after.name,
            "changed_on": amended.amended_on.isoformat(),
            "what": amended.what.value,
            "reason": amended.reason.strip(),
            "resolution": amended.resolution.strip(),
            "permit": amended.permit.strip(),
            "changes": changed,
        }
        writing.log("contract.amended", data, new_id(), TOPIC)
        return said


def _decided(connection: Connection, act: ContractAct, on: date) -> ResolutionFacts:
    """The resolution that lets money go; one that is named where nothing falls away is looked up all the same (E2L-33)."""
    wanted = frozenset({Matter.DISPOSAL, Matter.PROJECT}) if act.waived_fen > 0 else frozenset[Matter]()
    target = f"register:contracts/{act.contract.code}"
    before_fen = act.before.amount_fen if act.before else act.contract.amount_fen
    varied = act.contract.kind is ContractKind.WORKS and act.contract.amount_fen > before_fen  # AP-33
    return ResolutionFacts(
        draws=resolution_facts.cite(
            connection,
            act.resolution,
            act.contract.name,
            on,
            target=target,
            matters=wanted,
            must_be_known=varied,
        )
    )


def _waived(before: Contract, after: Contract) -> int:
    """What the village would get less: a lower price, money counted as settled that never came, or income turned around."""
    if before.direction is not Direction.INCOME:
        return 0
    if after.direction is not Direction.INCOME:
        return before.amount_fen
    forgiven_fen = max(0, after.paid_before_fen - before.paid_before_fen)
    return max(0, before.amount_fen - after.amount_fen) + forgiven_fen


def _needed(connection: Connection, code: str) -> dict[str, object]:
    body = entries.entries(connection, LinkKind.CONTRACT).get(code)
    if body is None:
        text = _("There is no such contract.")
        raise refusal("CON-08", code, text)
    return body


def end(book: Book, ended: Ended, by: By) -> tuple[Finding, ...]:
    """End a contract; instalments due after that day fall away, which for income is a reduction.

    Raises Refused: ended before (CON-09), money falls away without resolution and permission (E2L-33), no reason (CON-11).
    """
    with book.writing(by.actor, by.at) as writing:
        connection = writing.connection
        facts = gather.ground(connection, book.info, by.day)
        contract = Contract.from_data(_needed(connection, ended.code))
        known = contract_facts.states(connection, date.max, facts.policy)[ended.code]
        later_fen = sum(p.left_fen for p in known.parts if p.due_on > ended.ended_on)
        act = ContractAct(
            contract,
            contract,
            reason=ended.reason,
            resolution=ended.resolution,
            permit=ended.permit,
            ended=ended,
            has_ended=ended.code in entries.ends(connection),
            waived_fen=later_fen if contract.direction is Direction.INCOME else 0,
        )
        decided = _decided(connection, act, ended.ended_on)
        said = pass_or_refuse(
            replace(facts, contracts=ContractFacts(act), resolutions=decided), When.REGISTER
        )
        data: dict[str, object] = {
            "code": ended.code,
            "ended_on": ended.ended_on.isoformat(),
            "reason": ended.reason.strip(),
            "resolution": ended.resolution.strip(),
            "permit": ended.permit.strip(),
        }
        writing.log("contract.ended", data, new_id(), TOPIC)
        return said


def propose(book: Book, code: str, by: By, *, no: int = 0) -> Document:
    """A draft for the oldest open instalment, or for number `no`: money in for income, money out for expense.

    The whole of what is open of it is asked for; nothing is netted (R6). An equal draft that exists is taken instead.
    Raises Refused when nothing is open.
    """
    found = state(book, code, by.day)
    if found is None:
        raise refusal("CON-08", code, _("There is no such contract."))
    parts = [p for p in found.parts if p.left_fen > 0 and no in (0, p.no)]
    if not parts:
        text = _("Nothing is open on this contract.")
        raise refusal("CON-03", code, text, target=f"register:contracts/{code}")
    contract, part = found.contract, parts[0]
    words = f"{contract.name}第{part.no}期({part.due_on.year}年{part.due_on.month}月)"
    link = LinkTarget(LinkKind.CONTRACT, contract.code, contract.name).link
    income = contract.direction is Direction.INCOME
    made = Document(
        new_id(),
        DocKind.RECEIPT if income else DocKind.PAYMENT,
        by.day,
        words,
        party=contract.party,
        items=(
            Item(
                contract.account, part.left_fen, words, links=(link, *contract.objects, *contract.party_link)
            ),
        ),
        support=Support.RECEIPT if income else Support.INVOICE,
        receipt_no=receipts.next_receipt_no(book) if income else "",
        resolution=contract.resolution,
    )
    for draft in documents.drafts(book):
        if (draft.kind, draft.summary, draft.total_fen) == (made.kind, made.summary, made.total_fen):
            return draft
    documents.save_draft(book, made, by)
    return made
