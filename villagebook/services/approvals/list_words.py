"""Names of kinds and states of lists with payees, journeys and works, as people read them."""

from __future__ import annotations

from villagebook.domain.document import SpendKind
from villagebook.domain.money import yuan_text
from villagebook.domain.pay_list import ListKind
from villagebook.domain.pay_list_proof import ListState, Outcome, ProofKind, RowResult
from villagebook.domain.trip import Transport, TripState
from villagebook.i18n import N_, _

SPEND_KINDS = {
    ListKind.LOST_WORK: SpendKind.LOST_WORK,
    ListKind.CONDOLENCE: SpendKind.WELFARE,
    ListKind.SUBSIDY: SpendKind.SUBSIDY,
    ListKind.LAND: SpendKind.SUBSIDY,
    ListKind.PAY: SpendKind.RECURRING,
}
"""What a payment of a list is chosen to be."""

_KINDS = {
    ListKind.LOST_WORK: N_("Lost-work pay"),
    ListKind.CONDOLENCE: N_("Condolence and welfare"),
    ListKind.SUBSIDY: N_("Subsidies to households"),
    ListKind.LAND: N_("Land money to households"),
    ListKind.PAY: N_("Pay by post"),
}
_STATES = {
    ListState.ENTERED: N_("entered"),
    ListState.REVIEWED: N_("reviewed"),
    ListState.SHOWN: N_("hangs on the board"),
    ListState.WAITING: N_("payment is being signed"),
    ListState.PAID: N_("paid, proof is missing"),
    ListState.PROVEN: N_("paid and proven"),
    ListState.DROPPED: N_("dropped"),
}
_PROOFS = {
    ProofKind.SIGNATURES: N_("Sheet signed by the payees"),
    ProofKind.BANK_RETURN: N_("Return file of the bank"),
}
_OUTCOMES = {
    Outcome.PAID: N_("paid"),
    Outcome.FAILED: N_("the bank could not pay"),
    Outcome.OTHER_AMOUNT: N_("another amount was paid"),
    Outcome.MISSING: N_("no answer yet"),
    Outcome.UNKNOWN: N_("is not on the list"),
}
_TRIP_STATES = {
    TripState.ASKED: N_("waits for approval"),
    TripState.APPROVED: N_("approved, not settled"),
    TripState.SETTLED: N_("settled"),
    TripState.DROPPED: N_("not made"),
}
_TRANSPORT = {
    Transport.BUS: N_("Bus"),
    Transport.TRAIN_SEAT: N_("Train, seat"),
    Transport.TRAIN_BERTH: N_("Train, berth"),
    Transport.FAST_TRAIN: N_("Fast train, second class"),
    Transport.PLANE: N_("Plane, economy"),
    Transport.SHIP: N_("Ship"),
    Transport.CAR: N_("Car"),
    Transport.OTHER: N_("Other way"),
}


def kind_title(kind: ListKind) -> str:
    return _(_KINDS[kind])


def state_title(state: ListState) -> str:
    return _(_STATES[state])


def proof_title(kind: ProofKind) -> str:
    return _(_PROOFS[kind])


def trip_state_title(state: TripState) -> str:
    return _(_TRIP_STATES[state])


def transport_title(way: Transport) -> str:
    return _(_TRANSPORT[way])


def result_text(result: RowResult) -> str:
    """What the bank's answer says of a row, with its amount and reason."""
    amount = yuan_text(result.amount_fen) if result.amount_fen else ""
    return " ".join(filter(None, (_(_OUTCOMES[result.outcome]), amount, result.reason)))
