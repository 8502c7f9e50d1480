"""What the kinds of seals, tokens and books of cheques are called."""

from __future__ import annotations

from villagebook.domain.seals import SealKind
from villagebook.i18n import N_, _

_SEALS = {
    SealKind.FINANCE: N_("finance seal"),
    SealKind.HEAD: N_("seal of the legal representative"),
    SealKind.OFFICIAL: N_("official seal"),
    SealKind.RECEIPT: N_("receipt seal"),
    SealKind.SUPERVISION: N_("seal of supervision"),
    SealKind.TOKEN: N_("token of the bank's site"),
    SealKind.CHEQUES: N_("cheque book"),
    SealKind.CARD: N_("village card"),
}


def seal_title(kind: SealKind) -> str:
    return _(_SEALS[kind])
