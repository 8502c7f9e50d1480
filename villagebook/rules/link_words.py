"""What the registers that lines point into are called, for rules and screens alike."""

from __future__ import annotations

from villagebook.domain.link import LinkKind
from villagebook.i18n import N_

KIND_WORDS = {
    LinkKind.HOUSEHOLD: N_("Household"),
    LinkKind.OUTSIDER: N_("Outside party"),
    LinkKind.PROJECT: N_("Project"),
    LinkKind.FUND: N_("Special fund"),
    LinkKind.ASSET: N_("Asset"),
    LinkKind.RESOURCE: N_("Resource"),
    LinkKind.CONTRACT: N_("Contract"),
    LinkKind.LOAN: N_("Loan"),
}
