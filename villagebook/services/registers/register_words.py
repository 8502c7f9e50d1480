"""Translated names of what the registers of assets, resources and contracts say. Words only."""

from __future__ import annotations

from datetime import date, timedelta

from villagebook.domain.asset import AssetState, Family, Gone, Method, Origin, Purpose
from villagebook.domain.contract import Amendment, ContractKind, ContractState, Direction
from villagebook.domain.resource import ResourceKind, Use
from villagebook.i18n import N_, _

FAMILIES = {
    Family.FIXED: N_("Fixed asset"),
    Family.PRODUCTIVE: N_("Productive biological asset"),
    Family.CONSUMABLE: N_("Consumable biological asset"),
    Family.WELFARE: N_("Public-welfare biological asset"),
    Family.INTANGIBLE: N_("Intangible asset"),
}
METHODS = {
    Method.STRAIGHT: N_("evenly over its life"),
    Method.WORK: N_("by the work it does"),
    Method.NONE: N_("not depreciated"),
}
PURPOSES = {
    Purpose.PRODUCTION: N_("production"),
    Purpose.ADMINISTRATION: N_("administration"),
    Purpose.PUBLIC: N_("public welfare"),
}
ORIGINS = {
    Origin.BOUGHT: N_("bought"),
    Origin.BUILT: N_("built"),
    Origin.GRANTED: N_("from a grant"),
    Origin.DONATED: N_("donated"),
    Origin.FOUND: N_("found at a count"),
}
GONE = {
    Gone.SOLD: N_("sold"),
    Gone.SCRAPPED: N_("scrapped"),
    Gone.LOST: N_("lost"),
    Gone.GIVEN: N_("given away"),
}
RESOURCE_KINDS = {
    ResourceKind.FARMLAND: N_("farmland"),
    ResourceKind.FOREST: N_("forest"),
    ResourceKind.GRASS: N_("grassland"),
    ResourceKind.ORCHARD: N_("orchard"),
    ResourceKind.WATER: N_("pond or other water"),
    ResourceKind.BEACH: N_("tidal flat"),
    ResourceKind.WASTE: N_("waste land (four kinds)"),
    ResourceKind.CONSTRUCTION: N_("construction land"),
    ResourceKind.OTHER: N_("other resource"),
}
USES = {Use.SELF: N_("used by the village"), Use.CONTRACTED: N_("let by contract"), Use.IDLE: N_("idle")}
CONTRACT_KINDS = {
    ContractKind.LAND_LEASE: N_("lease of land or water"),
    ContractKind.ASSET_LEASE: N_("lease of an asset"),
    ContractKind.SALE: N_("sale"),
    ContractKind.WORKS: N_("works"),
    ContractKind.PURCHASE: N_("purchase"),
    ContractKind.SERVICE: N_("service"),
    ContractKind.OTHER: N_("other contract"),
}
DIRECTIONS = {Direction.INCOME: N_("money in"), Direction.EXPENSE: N_("money out")}
AMENDMENTS = {
    Amendment.REDUCTION: N_("reduction"),
    Amendment.EXTENSION: N_("extension"),
    Amendment.TRANSFER: N_("transfer to another party"),
    Amendment.OTHER: N_("other amendment"),
}

AMENDMENT_NAMES = {k.value: v for k, v in AMENDMENTS.items()}


def asset_state(state: AssetState) -> str:
    """How a card stands, in a few words."""
    if state.disposal:
        gone = _(GONE[state.disposal.how])
        return gone if state.is_cleared else _("{gone}, not cleared").format(gone=gone)
    return _("in use") if state.is_booked else _("not booked yet")


def contract_state(state: ContractState, day: date, soon_days: int) -> str:
    """How a contract stands on a day, the most urgent thing first."""
    contract = state.contract
    if state.ended and not state.left_fen:
        return _("ended")
    late = state.overdue(day)
    if late:
        return _("overdue {days} days").format(days=late[0].late_days(day))
    if state.ended:
        return _("ended, not settled")
    if contract.to_on < day:
        return _("expired")
    if contract.to_on <= day + timedelta(days=soon_days):
        return _("ends soon")
    if contract.from_on > day:
        return _("not begun")
    return _("running")


FIELD_NAMES = {
    "name": N_("name"),
    "kind": N_("class"),
    "spec": N_("model"),
    "quantity": N_("quantity"),
    "unit": N_("unit"),
    "location": N_("where it is"),
    "use": N_("use"),
    "keeper": N_("keeper"),
    "acquired_on": N_("day it came"),
    "in_use_on": N_("in use since"),
    "origin": N_("how it came"),
    "reason": N_("reason for the amount"),
    "original_fen": N_("original value"),
    "residual_bp": N_("residual rate"),
    "life_months": N_("life in months"),
    "method": N_("method"),
    "work_total": N_("work of its whole life"),
    "work_unit": N_("work is counted in"),
    "work_before": N_("work done before"),
    "purpose": N_("purpose"),
    "accumulated_fen": N_("lost before the book"),
    "taken_over": N_("in the opening"),
    "voucher": N_("voucher"),
    "account": N_("account"),
    "contra": N_("contra account"),
    "expense": N_("expense account"),
    "resolution": N_("resolution"),
    "family": N_("family"),
    "area": N_("area"),
    "boundaries": N_("boundaries"),
    "certificate": N_("certificate"),
    "contract": N_("contract"),
    "since": N_("since"),
    "note": N_("note"),
    "party": N_("other party"),
    "party_link": N_("other party in the register"),
    "direction": N_("direction"),
    "signed_on": N_("signed on"),
    "from_on": N_("first day"),
    "to_on": N_("last day"),
    "amount_fen": N_("price"),
    "instalments": N_("instalments"),
    "subject": N_("subject"),
    "objects": N_("what it is about"),
    "deposit_fen": N_("security"),
    "paid_before_fen": N_("settled before the book"),
    "bidding": N_("how it was tendered"),
    "written": N_("in writing"),
    "scans": N_("scans"),
}
"""What a changed field is called in a history."""


def field_name(field: str) -> str:
    return _(FIELD_NAMES[field]) if field in FIELD_NAMES else field
