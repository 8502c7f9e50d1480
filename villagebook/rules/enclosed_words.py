"""What papers beside a bill are called."""

from __future__ import annotations

from villagebook.domain.enclosed import Enclosed
from villagebook.domain.special import Special
from villagebook.i18n import N_, _

_PAPERS = {
    Enclosed.LIST: N_("list with payees' signatures"),
    Enclosed.MINUTES: N_("minutes of the two committees"),
    Enclosed.QUOTES: N_("quotes of two sellers"),
    Enclosed.CONTRACT: N_("contract"),
    Enclosed.RESOLUTION: N_("resolution"),
    Enclosed.ACCEPTANCE: N_("acceptance"),
    Enclosed.TENDER: N_("tender or agency file"),
    Enclosed.SETTLEMENT: N_("settlement of the works"),
    Enclosed.AUDIT: N_("auditor's report"),
    Enclosed.WORK_SHEET: N_("sheet of days worked"),
    Enclosed.ROSTER: N_("roster"),
    Enclosed.PUBLICATION: N_("notice that was posted"),
    Enclosed.BUDGET: N_("budget of the works"),
    Enclosed.PHOTOS: N_("photos"),
    Enclosed.APPLICATION: N_("application"),
    Enclosed.TRIP_REQUEST: N_("approved travel request"),
    Enclosed.TICKETS: N_("tickets"),
    Enclosed.CARD: N_("payee's card"),
    Enclosed.PAYEE_PHOTO: N_("photo of the payee"),
}
_KINDS = {
    Special.RECURRING: N_("recurring by contract or rate"),
    Special.RECEPTION: N_("reception"),
    Special.LOST_WORK: N_("lost-work pay"),
    Special.WELFARE: N_("condolence or welfare"),
    Special.SUBSIDY: N_("subsidy to households"),
    Special.WORKS: N_("works"),
    Special.LOAN: N_("loan to somebody"),
    Special.TRAVEL: N_("travel"),
    Special.PERSON: N_("private person's receipt"),
}
_CAPS = {
    "office": N_("office costs"),
    "papers": N_("newspapers and periodicals"),
    "meetings": N_("meetings"),
    "travel": N_("travel"),
    "welfare": N_("condolence and welfare"),
}


def paper_title(code: str) -> str:
    """A paper, or either of two."""
    return _(" or ").join(_(_PAPERS[Enclosed(one)]) for one in code.split("|"))


def papers_title(codes: tuple[str, ...]) -> str:
    return _(", ").join(paper_title(code) for code in codes)


def special_title(code: Special) -> str:
    return _(_KINDS[code])


def cap_title(name: str) -> str:
    """A category of the township's file; one of its own has the name it gave."""
    return _(_CAPS[name]) if name in _CAPS else name
