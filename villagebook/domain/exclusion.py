"""Why a posted voucher is no line of the monthly notice: it moves no money. Each reason has a code that is printed (D2)."""

from __future__ import annotations

from enum import StrEnum

from villagebook.domain.account import DISTRIBUTION, Chart, is_result
from villagebook.domain.carrying import is_carrying
from villagebook.domain.voucher import Voucher
from villagebook.i18n import N_


class Exclusion(StrEnum):
    """The printed codes."""

    CARRIED = "N1"
    DISTRIBUTED = "N2"
    OWED = "N3"
    BETWEEN = "N4"


REASONS = {
    Exclusion.CARRIED: N_("moves no money: results carried over"),
    Exclusion.DISTRIBUTED: N_("moves no money: distribution"),
    Exclusion.OWED: N_("moves no money: income or cost not received or paid here, or wear of assets"),
    Exclusion.BETWEEN: N_("moves no money: between accounts"),
}


def exclusion_of(voucher: Voucher, chart: Chart) -> Exclusion:
    """The reason of a voucher that moves no money."""
    codes = {line.account for line in voucher.lines}
    if is_carrying(voucher, chart):
        return Exclusion.CARRIED
    if any(code.startswith(DISTRIBUTION) for code in codes):
        return Exclusion.DISTRIBUTED
    return Exclusion.OWED if any(map(is_result, codes)) else Exclusion.BETWEEN
