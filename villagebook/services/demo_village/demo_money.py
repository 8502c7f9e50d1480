"""The demo village's money: what comes in, what is banked, appropriated and paid, month by month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial

from villagebook.domain.document import Document, Item, SpendKind, Support
from villagebook.domain.link import links_from_data
from villagebook.domain.period import Period, Span
from villagebook.domain.voucher import DocKind
from villagebook.services import by
from villagebook.services.book_file.books import place_balances
from villagebook.services.demo_village import demo_paper
from villagebook.services.demo_village.demo_invoices import with_invoice
from villagebook.services.demo_village.demo_story import DemoVillage, Row, moment, rows_of
from villagebook.services.handing_over import sharing
from villagebook.services.registers import budgets, contracts
from villagebook.services.two_lines import imprest
from villagebook.services.vouchers import documents, receipts, reversing, voucher_drafts
from villagebook.storage import posted_vouchers

FLOAT_FEN = 200_000
"""What stays on the expense line from month to month."""

LIFTED = 5
"""Months from the first one to that in which supervision says no to a bill and the representatives let it through."""


def appropriate(village: DemoVillage, month: Period) -> list[str]:
    """What the month will cost beyond what is left, in whole thousands: asked for, then sent in; returns its id."""
    day = month.first_day
    rows = [r for r in rows_of(village, "payments", month) if r["place"] in ("EX", "IM")]
    planned_fen = sum(_cost_fen(village, r, month) for r in rows) + _payout_fen(village, month)
    if month == village.first.shifted(LIFTED):
        planned_fen += int(village.story["rejected"]["amount"])
    left_fen = place_balances(village.book, day).get("EX", 0) - FLOAT_FEN
    amount_fen = max(1, -(-(planned_fen - left_fen) // 100_000)) * 100_000
    asked = budgets.Request(month, amount_fen, f"{month.month}月各项支出", "", day)
    budgets.ask(village.book, asked, moment(day, 8))
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        day,
        f"{month.month}月支出拨付",
        place="IN",
        to_place="EX",
        amount_fen=amount_fen,
        support=Support.MINUTES,
        support_no=f"拨付{month.number}",
        handler=village.ids["clerk"],
        paper_count=1,
    )
    documents.submit(village.book, made, moment(day, 8))
    return [made.id]


def _cost_fen(village: DemoVillage, row: Row, month: Period) -> int:
    """What a payment will take; an instalment costs what its contract says."""
    if "items" in row:
        return sum(int(fen) for _account, fen, _words in row["items"])
    if "contract" in row:
        stands = contracts.state(village.book, row["contract"], month.last_day)
        if stands:
            return next(p.left_fen for p in stands.parts if Period.of(p.due_on) == month)
        told = next(c for c in village.story["holdings"]["contracts"] if c["code"] == row["contract"])
        return sum(fen for day, fen in told["parts"] if Period.of(date.fromisoformat(day)) == month)
    return int(row["amount"])


def receive_all(village: DemoVillage, month: Period, until: date, *, keep_last: bool = False) -> None:
    """Put down what comes in; cash is banked the same day, but for the last one with `keep_last`."""
    due = [r for r in rows_of(village, "receipts", month) if month.first_day.replace(day=r["day"]) <= until]
    for row in due:
        day = month.first_day.replace(day=row["day"])
        village.agenda.on(day, 10, partial(receive, village, row, day))
        last_cash = keep_last and row is [r for r in due if r["cash"]][-1]
        if row["cash"] and not last_cash:
            village.agenda.on(day, 16, partial(bank_takings, village, day))


def receive(village: DemoVillage, row: Row, day: date) -> str:
    """Post one receipt, made from its instalment where it has a contract; returns its document id."""
    cash = row["cash"]
    told = _told(village, row, DocKind.RECEIPT, day)
    made = replace(
        told,
        place="RC" if cash else row.get("place", "IN"),
        support=Support.RECEIPT if cash else Support(row["support"]),
        support_no="" if cash else f"{day:%Y%m%d}01",
        receipt_no=receipts.next_receipt_no(village.book, levy=row.get("levy", False)) if cash else "",
        paper_count=1,
        handler=village.ids["clerk"],
        permit=row.get("permit", ""),
    )
    documents.submit(village.book, made, moment(day))
    return made.id


def bank_takings(village: DemoVillage, day: date) -> None:
    """Everything in the drawer goes to the bank on one deposit slip."""
    listed = receipts.undeposited(village.book, day)
    if not listed:
        return  # banked with another receipt of the day
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        day,
        "收款现金缴存银行",
        place="RC",
        to_place="IN",
        amount_fen=sum(r.amount_fen for r in listed),
        receipts=tuple(r.document_id for r in listed),
        support=Support.BANK_ADVICE,
        support_no=f"缴款{day:%Y%m%d}",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, moment(day, 16))


def _told(village: DemoVillage, row: Row, kind: DocKind, day: date) -> Document:
    """What a row says: its items with all they belong to; of a contract, the draft its next instalment makes."""
    party = row["party"]
    belongs = links_from_data(row.get("links")) + tuple(
        link for name, link in village.parties.items() if name == party
    )
    if "contract" in row:
        draft = contracts.propose(village.book, row["contract"], moment(day))
        made = [(i.account, i.amount_fen, i.summary, i.links) for i in draft.items]
        summary = draft.summary
    else:
        draft = documents.new_document(kind, day)
        summary = row["summary"]
        plain = row.get("items") or [[row["account"], row["amount"], summary]]
        made = [(account, fen, words, ()) for account, fen, words in plain]
    items = tuple(
        Item(
            account,
            fen,
            words,
            row.get("quantity", ""),
            row.get("unit", ""),
            row.get("price"),
            links=tuple(dict.fromkeys((*links, *belongs))),
        )
        for account, fen, words, links in made
    )
    resolution = row.get("resolution", "").replace("{year}", str(day.year))
    return replace(draft, booked_on=day, summary=summary, party=party, items=items, resolution=resolution)


def pay_all(village: DemoVillage, month: Period, until: date) -> None:
    """Put down that bills are sent in as they come; the slips are signed together in the middle and at the end of the month.

    What is paid by a list has its own way (`demo_lists`).
    """
    rows = [r for r in rows_of(village, "payments", month) if "list" not in r]
    for since, signing_day in ((0, month.first_day.replace(day=15)), (15, month.last_day)):
        due = [r for r in rows if since < int(r["day"]) <= min(signing_day.day, until.day)]
        waiting: list[str] = []
        for row in due:
            day = month.first_day.replace(day=int(row["day"]))
            village.agenda.on(day, 11, partial(_send_in, village, row, day, waiting))
        if due:
            village.agenda.on(
                min(signing_day, until), 15, partial(_sign, village, waiting, min(signing_day, until))
            )


def _send_in(village: DemoVillage, row: Row, day: date, waiting: list[str]) -> None:
    waiting.append(submit_payment(village, row, day))


def _sign(village: DemoVillage, waiting: list[str], day: date) -> None:
    demo_paper.sign_all(village.book, village.ids, tuple(waiting), day)


def submit_payment(village: DemoVillage, row: Row, day: date) -> str:
    """Send one payment in; returns its document id, waiting for signatures."""
    made = compose_payment(village, row, day)
    documents.submit(village.book, made, moment(day, 11))
    return made.id


def compose_payment(village: DemoVillage, row: Row, day: date) -> Document:
    """One payment with the papers it needs, not sent in yet."""
    cash = row["place"] == "IM"
    told = _told(village, row, DocKind.PAYMENT, day)
    made = replace(
        told,
        place=row["place"],
        support=Support(row["support"]),
        support_no=f"{day:%y%m%d}{told.total_fen % 9973:04d}",
        paper_count=2,
        handler=village.ids["handler"],
        payee_person=village.ids[row["payee"]] if row.get("payee") else "",
        payee_account="" if cash else row["party"],
        spend_kind=SpendKind(row.get("kind", "ordinary")),
        due_on=date.fromisoformat(row["due_on"]) if "due_on" in row else None,
        id_tail=row.get("id_tail", ""),
        no_invoice=row.get("no_invoice", ""),
        excuse=row.get("excuse", ""),
    )
    return with_invoice(village.book, replace(made, enclosed=papers_for(village, made)))


def papers_for(village: DemoVillage, document: Document) -> tuple[str, ...]:
    """What a careful clerk lays beside a bill: all that the township asks for."""
    asked = documents.preview(village.book, document, document.booked_on).spending
    papers = (*asked.tier_papers, *(paper for rule in asked.kinds for paper in rule.papers))
    return tuple(sorted({paper.partition("|")[0] for paper in papers}))


def fill_imprest(village: DemoVillage, month: Period) -> list[str]:
    """Replenish by what the vouchers since the last time add up to; the float itself was there at the opening."""
    spent = imprest.to_replenish(village.book, "IM")
    if not spent:
        return []
    made = Document(
        by.new_id(),
        DocKind.TRANSFER,
        month.first_day,
        "补足备用金",
        place="EX",
        to_place="IM",
        amount_fen=spent,
        support=Support.INTERNAL,
        support_no=f"备用金{month.number}",
        paper_count=1,
        handler=village.ids["clerk"],
    )
    documents.submit(village.book, made, moment(made.booked_on, 9))
    return [made.id]


def submit_rejected(village: DemoVillage, day: date) -> None:
    """Supervision says no to a bill; it stays visible and is never paid."""
    from villagebook.services.approvals.signing import reject

    row = village.story["rejected"]
    document_id = submit_payment(village, row, day)
    reject(village.book, document_id, village.ids["head"], row["reason"], moment(day, 15))


def undo_a_double(village: DemoVillage, day: date) -> None:
    """A bank receipt entered twice is undone by a red one."""
    row = {**village.story["monthly_receipts"][3], "cash": False, "support": "bank-advice"}
    _undo(village, receive(village, row, day), "同一笔收款重复登记", day)


def mistake_an_amount(village: DemoVillage, day: date) -> None:
    """A receipt is entered with a digit too many; it hangs on the board like that."""
    receive(village, village.story["wrong_amount"]["entry"], day)


def correct_a_mistake(village: DemoVillage, mistaken: date, day: date) -> None:
    """The receipt with a wrong amount is undone in red and entered anew in blue, each naming the other."""
    wrong = village.story["wrong_amount"]
    with village.book.reading() as connection:
        month = posted_vouchers.vouchers(connection, Span.of(Period.of(mistaken)))
    words = wrong["entry"]["summary"]
    (old,) = (v for v in month if v.booked_on == mistaken and v.summary == words)
    reversing.reverse(village.book, old.id, wrong["reason"], day, moment(day, 17))
    draft = voucher_drafts.correction(village.book, old.id, moment(day, 17))
    items = tuple(replace(i, amount_fen=wrong["right"]) for i in draft.items)
    right = replace(draft, booked_on=day, items=items, support_no=f"{day:%Y%m%d}02")
    documents.submit(village.book, right, moment(day, 17))


def _undo(village: DemoVillage, document_id: str, reason: str, day: date) -> None:
    """Reverse the voucher of a document."""
    with village.book.reading() as connection:
        of_day = [
            v for v in posted_vouchers.vouchers(connection, Span.of(Period.of(day))) if v.booked_on == day
        ]
    (old,) = [v for v in of_day if v.id == document_id]
    reversing.reverse(village.book, old.id, reason, day, moment(day, 17))


def _payout_fen(village: DemoVillage, month: Period) -> int:
    shared = village.story["distribution"]
    return int(shared["amount"]) if Period.of(date.fromisoformat(shared["paid"])) == month else 0


def pay_members(village: DemoVillage, month: Period) -> None:
    """Put down that what the members decided to share out is paid, when it is in this month."""
    day = date.fromisoformat(village.story["distribution"]["paid"])
    if Period.of(day) == month and day <= village.today:
        village.agenda.on(day, 11, partial(_pay_groups, village, day))


def _pay_groups(village: DemoVillage, day: date) -> None:
    """One signed list for each group."""
    shared = village.story["distribution"]
    made = []
    for group in village.story["households"]:
        draft = sharing.payout(village.book, day, int(group), moment(day))
        ready = replace(
            draft,
            place="EX",
            support_no=f"发放{day.year}-{group}",
            resolution=shared["resolution"],
            handler=village.ids["handler"],
            payee_account=draft.party,
            paper_count=2,
        )
        documents.submit(village.book, ready, moment(day, 11))
        made.append(ready.id)
    demo_paper.sign_all(village.book, village.ids, tuple(made), day)
