"""The township's parameters in people's words: what each is called, and what its value means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from villagebook.domain.document import SpendKind
from villagebook.domain.money import format_fen, yuan_text
from villagebook.domain.people import PostKind
from villagebook.domain.place import LineMode, Purpose
from villagebook.domain.receipts import Medium
from villagebook.domain.seals import SealKind
from villagebook.domain.special import Special
from villagebook.domain.voucher import DocKind
from villagebook.i18n import N_, _
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.enclosed_words import cap_title, papers_title, special_title
from villagebook.rules.seal_words import seal_title
from villagebook.services import names

TITLES = {
    "line_mode": N_("How bank money is kept"),
    "deposit_days": N_("Days until takings are banked"),
    "levy_special_receipt": N_("Contributions by head are taken on special receipts"),
    "no_cross_month": N_("Takings are banked before the month ends"),
    "open_books": N_("Receipt books out at one time"),
    "receipt_copies": N_("Copies of a printed receipt"),
    "book_days": N_("Days a receipt book may be out"),
    "imprest_limit_fen": N_("Ceiling of the imprest, yuan"),
    "imprest_month_end_zero": N_("The imprest is returned at the month's end"),
    "cash_limit_fen": N_("Cash overnight, yuan"),
    "cash_txn_limit_fen": N_("Largest cash payment, yuan"),
    "advance_days": N_("Days to settle an advance"),
    "agency_days": N_("Days to pass on what was collected for others"),
    "report_first_day": N_("Reporting days begin on day"),
    "report_last_day": N_("Reporting days end on day"),
    "reconcile_by_day": N_("Bank compared by day"),
    "loan_two_committee_cap_fen": N_("Loans the two committees decide, up to yuan"),
    "receipt_kinds": N_("Receipts in use"),
    "bank_fee_limit_fen": N_("Bank fees without signature, up to yuan"),
    "person_receipt_fen": N_("Payments on a private person's receipt, up to yuan"),
    "second_look_fen": N_("Slips looked at twice, from yuan"),
    "supervision_all_fen": N_("Reviewed by all supervisors, above yuan (0: never)"),
    "slot_seals": N_("Seals beside signatures in ink, by slot"),
    "checked_kinds": N_("Vouchers without signatures that a second person checks"),
    "bill_days": N_("Days until a bill is too old"),
    "split_days": N_("Days in which payments are summed"),
    "audit_from_fen": N_("Amount from which works are audited, yuan"),
    "forbidden_except": N_("Words that only look forbidden"),
    "spellings": N_("Pinyin of forbidden words"),
    "tier_papers": N_("Papers of an amount that are missing"),
    "kind_papers": N_("Papers of a special kind that are missing"),
    "papers_accounts": N_("Accounts of purchases, which need papers"),
    "supervision_count": N_("Supervisors who review"),
    "month_day": N_("Notice posted by day"),
    "quarter_day": N_("Notice of a quarter posted by day"),
    "board_entry_days": N_("Days to enter what happened at the board"),
    "notice_months": N_("Months of a notice"),
    "special_days": N_("Days until a special notice hangs"),
    "major_days": N_("Days until a notice of a major matter hangs"),
    "major_amount_fen": N_("Major matters, from yuan"),
    "request_villagers_percent": N_("Per cent of the villagers who may ask for a notice"),
    "request_delegates_percent": N_("Per cent of the representatives who may ask for a notice"),
    "mend_days": N_("Days to mend what an audit found"),
    "pack_days": N_("Days the yearly papers lie open before the assembly"),
    "leaving_audit_posts": N_("Posts audited when they are left"),
    "investment_accounts": N_("Accounts of investments"),
    "land_money": N_("Words of money for land"),
    "font_pt": N_("Body type of a notice on A3, points"),
    "least_pt": N_("Smallest body type of a notice, points"),
    "month_sheets": N_("Board sheets of every month"),
    "quarter_sheets": N_("Board sheets of every quarter"),
    "half_year_sheets": N_("Board sheets of every half-year"),
    "year_sheets": N_("Board sheets of every year"),
    "min_days": N_("Days a notice hangs"),
    "objection_days": N_("Days for objections"),
    "ask_at": N_("Desks that hear doubts, with their telephone"),
    "answer_days": N_("Days for an answer"),
    "escalation_days": N_("Days for an answer of township or county"),
    "close_by_day": N_("Month closed by day"),
    "reserve_rate_bp": N_("Rate of the reserve, hundredths of a per cent"),
    "carry_monthly": N_("Results are carried every month"),
    "reserve_on_distributable": N_("The reserve is taken of what is distributable"),
    "clear_pending_monthly": N_("Account 181 is cleared every month"),
    "invoice_event_days": N_("Days between an invoice and what it is for"),
    "invoice_serial_gap": N_("Numbers of one seller this close are pointed out"),
    "invoice_serial_days": N_("Days in which close numbers are pointed out"),
    "unsigned_list_refuses": N_("Lists of used invoice numbers refuse also unsigned"),
    "near_tier_percent": N_("Per cent of a tier's limit from which a sum is just below it"),
    "round_seller_fen": N_("Round sums of new sellers are multiples of, yuan"),
    "rail_issue_days": N_("Days to draw a rail e-ticket"),
    "lodging_cap_fen": N_("Lodging a night, up to yuan"),
    "person_month_fen": N_("A month to one private person without invoice, up to yuan"),
    "vague_items": N_("Items that need a list"),
    "tax_rates": N_("Usual rates of tax, per cent"),
    "no_tax_words": N_("Words in place of a rate"),
    "provinces": N_("Codes of provinces in invoice numbers"),
    "rail_paper_until": N_("Last trip a paper rail ticket is good for"),
    "barred_seats": N_("Classes of seats not paid for"),
    "lodging": N_("Words of lodging"),
    "seller_business": N_("What firms by their names hardly sell"),
    "bank_fee": N_("Words of bank fees"),
    "own_income": N_("Accounts of what the village earns itself"),
    "vague": N_("Words too vague for a summary"),
    "forbidden": N_("Words that may not be paid"),
    "guarantee": N_("Words of guarantees"),
    "loan": N_("Words of loans"),
    "claim_accounts": N_("Accounts of claims"),
    "borrow_accounts": N_("Accounts of borrowing"),
    "appropriated": N_("Account name of what was distributed"),
    "undistributed": N_("Account name of what is undistributed"),
    "reserve_detail": N_("Account name of the reserve taken"),
    "post_places": N_("Where notices hang"),
    "key_list_grace_days": N_("Days keys sign after the list of keys expired"),
    "handover_days": N_("Days to hand over an office"),
    "notice_days_villagers": N_("Notice before a villagers' meeting, days"),
    "notice_days_members": N_("Notice before a members' assembly, days"),
    "notice_days_delegates": N_("Notice before a meeting of villagers' representatives, days"),
    "notice_days_member_delegates": N_("Notice before a meeting of members' representatives, days"),
    "notice_days_group": N_("Notice before a group's meeting, days"),
    "notice_days_board": N_("Notice before a board meeting, days"),
    "notice_days_committees": N_("Notice before a meeting of the two committees, days"),
    "committees_present_percent": N_("Two committees: present, more than per cent"),
    "committees_yes_percent": N_("Two committees: agreeing, more than per cent"),
    "sign_days_S": N_("Days to sign: supervision"),
    "sign_days_D": N_("Days to sign: approval"),
    "sign_days_P": N_("Days to sign: Party secretary"),
    "levy_days_cap": N_("Days of work a labourer and year, up to"),
    "labour_day_cap_fen": N_("A day of work paid off in money, up to yuan"),
    "labour_from_age": N_("Labourers are proposed from this age"),
    "labour_to_age": N_("Labourers are proposed up to this age"),
    "fund_idle_days": N_("Days a special fund may lie unused"),
    "levy_head_cap_fen": N_("Contribution a head, up to yuan"),
    "budget_by_month": N_("Budget adopted by the end of month"),
    "budget_warn_percent": N_("Per cent of a budget line from which it is pointed out"),
    "fund_warn_days": N_("Days before a special fund's last day"),
    "asset_floor_fen": N_("Price of a piece from which it is an asset, yuan"),
    "count_months": N_("Months between counts of assets"),
    "contract_long_months": N_("Months from which a contract is long"),
    "contract_end_days": N_("Days before a contract ends"),
    "instalment_days": N_("Days before an instalment is due"),
    "apart_heads_finance": N_("Heads hold no finance post"),
    "kin_heads_finance": N_("Near relatives of the heads hold no finance post"),
    "kin_members_finance": N_("Near relatives of committee members hold no finance post"),
    "near_kin": N_("Near relatives are"),
    "kin_slots": N_("Signatures relatives may not give together"),
    "handover_posts": N_("Offices that are handed over by a list"),
    "handover_overseers": N_("Who oversees a handover"),
    "resolution_register": N_("A resolution that is not in the register"),
    "meeting_tick": N_("Meetings ticked on the photo of the minutes"),
    "lost_work": N_("Words of lost-work pay"),
    "pay_words": N_("Words of spending for work"),
    "condolence_cap_fen": N_("Condolence a head and year, up to yuan"),
    "roster_show_days": N_("Days a roster hangs before the bank pays"),
    "lost_work_show_days": N_("Days a list of lost work hangs before it is paid"),
    "list_proof_days": N_("Days until a list has its proof"),
    "trip_entry_days": N_("Days after departure to enter the signed request"),
    "trip_settle_days": N_("Days to settle a journey"),
    "trip_over_percent": N_("Per cent a journey may cost above the estimate"),
    "trip_fare_cap_fen": N_("One ticket, up to yuan"),
    "works_contract_fen": N_("Works need a contract from yuan"),
    "acceptance_fen": N_("Works are accepted by a group from yuan"),
    "acceptance_people": N_("People who accept works"),
    "works_audit_fen": N_("Works need an audit report from yuan"),
    "works_advance_percent": N_("Per cent of works paid before acceptance"),
    "no_lost_work_posts": N_("Posts that draw no lost-work pay"),
    "roster_slots": N_("Who reviews a roster of households"),
    "trip_slots": N_("Who approves a journey"),
    "trip_needed": N_("A ticket without an approved journey"),
    "lost_work_unlisted": N_("Lost work by its words, without a list"),
    "account_name_empty": N_("No name on the payee's account"),
    "trip_seats": N_("Classes paid, by post"),
    "works_accounts": N_("Accounts of works"),
    "over_budget": N_("A payment beyond the budget"),
    "over_budget_slots": N_("Extra signatures beyond the budget"),
    "wear_production": N_("Depreciation of production assets"),
    "wear_administration": N_("Depreciation of office assets"),
    "wear_public-welfare": N_("Depreciation of public-welfare assets"),
    "unworn_purposes": N_("Purposes without depreciation"),
    "wear_same_month": N_("Kinds depreciated from the month they came"),
    "disposal_fixed": N_("Accounts when a fixed asset goes"),
    "disposal_productive": N_("Accounts when a productive animal or plant goes"),
    "disposal_consumable": N_("Accounts when a consumable animal or plant goes"),
    "disposal_welfare": N_("Accounts when a public-welfare plant goes"),
    "disposal_intangible": N_("Accounts when an intangible goes"),
    "disposal_lost": N_("Account of what is missing in a count"),
    "disposal_gain": N_("Account of a net gain"),
    "disposal_loss": N_("Account of a net loss"),
    "addition_built": N_("Account of what was built"),
    "addition_donated": N_("Account of what was given"),
    "addition_granted": N_("Account of what a grant paid for"),
    "addition_found": N_("Account of what a count found"),
    "deposit_accounts": N_("Accounts of securities received"),
    "reception_line": N_("Reception on a line of its own on the board"),
    "reception": N_("Words of reception"),
    "accounting_terms": N_("Terms of accounting kept off the board"),
}
"""Parameter -> title; one that is missing here is shown by its name in the file."""

KIN = {
    "spouse": N_("spouse"),
    "parent": N_("parent"),
    "child": N_("child"),
    "sibling": N_("brother or sister"),
    "grandparent": N_("grandparent"),
    "grandchild": N_("grandchild"),
    "in-law": N_("in-law"),
}
LEVELS = {
    "warning": N_("is pointed out"),
    "hold": N_("needs a recorded reason"),
    "error": N_("is refused"),
}

_PARTS = {
    "levels": N_("Softened: {name}"),
    "slots": N_("Who signs as {name}"),
    "tiers": N_("Signatures of a {name}"),
    "special": N_("Signatures: {name}"),
    "transfer_slots": N_("Signatures: {name}"),
    "kinds": N_("Special kind {name}"),
    "caps": N_("Yearly cap: {name}"),
}


def title(part: str, name: str) -> str:
    """What a parameter is called."""
    if part not in _PARTS:
        return _(TITLES[name]) if name in TITLES else name
    if part == "levels":
        rule = next((r for r in ALL_RULES if r.id == name), None)
        shown = f"{name} {_(rule.title)}" if rule else name
    elif part == "slots":
        shown = names.slot_title(name)
    elif part == "tiers":
        shown = names.tier_name(name)
    elif part == "kinds":
        shown = special_title(Special(name)) if name in list(Special) else name
    elif part == "caps":
        shown = cap_title(name)
    elif part == "special":
        shown = names.spend_title(SpendKind(name)) if name in list(SpendKind) else name
    else:
        shown = names.purpose_title(Purpose(name)) if name in list(Purpose) else name
    return _(_PARTS[part]).format(name=shown)


def value(part: str, name: str, told: Any) -> str:
    """A value in words; "–" for what is not there."""
    if part == "numbers":
        made = "–" if told is None else yuan_text(int(told)) if name.endswith("_fen") else str(told)
    elif part == "switches":
        made = "–" if told is None else _("yes") if told else _("no")
    elif part == "words":
        made = ", ".join(_word(name, str(t)) for t in told or ()) or "–"
    elif part == "levels":
        made = _("hold: goes on with a recorded reason") if told else _("stops")
    elif part in ("special", "transfer_slots"):
        made = _("forbidden") if told is None else _slots(told)
    elif told is None:
        made = "–"
    elif part == "tiers":
        upper = told["up_to_fen"]
        limit = _("any amount") if upper is None else _("up to {amount}").format(amount=yuan_text(upper))
        papers = papers_title(tuple(told.get("papers", ())))
        made = f"{limit}: {_slots(told['slots'])}" + (f" ({papers})" if papers else "")
    elif part == "kinds":
        made = _kind(told)
    elif part == "caps":
        made = _cap(told)
    else:
        made = _slot(told)
    return made


def machine_value(part: str, name: str, told: Any) -> str:
    """A value for programs: amounts in yuan with two decimals and nothing between the figures."""
    if part == "numbers" and name.endswith("_fen") and told is not None:
        return format_fen(int(told))
    return value(part, name, told)


def _kind(told: Mapping[str, Any]) -> str:
    """What a special kind asks for, in one line."""
    asked = []
    if told.get("refused"):
        asked.append(_("forbidden"))
    if told.get("slots"):
        asked.append(_slots(told["slots"]))
    if told.get("more_slots"):
        asked.append("+ " + _slots(told["more_slots"]))
    if told.get("papers"):
        asked.append(papers_title(tuple(told["papers"])))
    if not told.get("cash", True):
        asked.append(_("not in cash"))
    for name, words in (
        ("cap_fen", N_("one at most {amount}")),
        ("year_cap_fen", N_("a head and year {amount}")),
    ):
        if told.get(name) is not None:
            asked.append(_(words).format(amount=yuan_text(int(told[name]))))
    known = ", ".join((*told.get("words", ()), *told.get("accounts", ())))
    if known:
        asked.append(_("known by: {words}").format(words=known))
    return "; ".join(asked) or _("as its amount")


def _cap(told: Mapping[str, Any]) -> str:
    limit = told.get("limit_fen")
    amount = _("no limit") if limit is None else yuan_text(int(limit))
    known = ", ".join((*told.get("words", ()), *told.get("accounts", ())))
    return f"{amount} ({known})" if known else amount


def _slots(codes: list[str]) -> str:
    return " → ".join(names.slot_title(c) for c in codes) or "–"


def _slot(told: Mapping[str, Any]) -> str:
    posts = ", ".join(names.post_title(PostKind(p)) for p in told["posts"]) or _("anybody")
    return f"{posts} × {told['count']} ({', '.join(told['accepts'])})"


_LEVELLED = ("resolution_register", "over_budget", "trip_needed", "lost_work_unlisted", "account_name_empty")
"""Parameters that say how strict a finding is."""


def _word(name: str, told: str) -> str:
    if name == "line_mode" and told in list(LineMode):
        return names.mode_title(LineMode(told))
    if name in (
        "handover_posts",
        "handover_overseers",
        "no_lost_work_posts",
        "leaving_audit_posts",
    ) and told in list(PostKind):
        return names.post_title(PostKind(told))
    if name in _LEVELLED and told in LEVELS:
        return _(LEVELS[told])
    if name == "slot_seals":
        slot, _bar, kind = told.partition("|")
        known = kind.strip() in list(SealKind)
        return f"{names.slot_title(slot.strip())}: {seal_title(SealKind(kind.strip()))}" if known else told
    if name == "checked_kinds" and told in list(DocKind):
        return names.kind_title(DocKind(told))
    if name == "near_kin" and told in KIN:
        return _(KIN[told])
    if name == "receipt_kinds" and told in list(Medium):
        return names.medium_title(Medium(told))
    return told
