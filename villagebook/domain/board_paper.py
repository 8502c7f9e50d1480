"""What the papers of the board have alike as data: one form to be frozen and hashed in, and the way back from it."""

from __future__ import annotations

from datetime import date
from typing import Any

from villagebook.domain.canonical import plain_lists
from villagebook.domain.period import Span

USUAL_PT = 16
"""Points of running text on a board; disclosure.md section 7 asks for 14 to 36."""


def paper_data(fields: dict[str, Any], span: Span, *later: str) -> dict[str, Any]:
    """A paper as it is frozen and hashed; `fields` as `asdict` gives them.

    `later` are fields that came after the first papers hung: left out while empty, as is the usual size of type, so that
    papers frozen before them keep their hash.
    """
    data: dict[str, Any] = plain_lists(fields)
    for name in later:
        if not data[name]:
            del data[name]
    if data["font_pt"] == USUAL_PT:
        del data["font_pt"]
    data["span"] = str(span)
    data["compiled_on"] = data["compiled_on"].isoformat()
    return data


def paper_fields(data: dict[str, Any]) -> dict[str, Any]:
    """A frozen paper with the fields that all papers have read back; the others stand as they were frozen.

    Raises KeyError, TypeError or ValueError when it is no paper.
    """
    return {
        **data,
        "span": Span.parse(data["span"]),
        "reviewers": tuple(data["reviewers"]),
        "officials": tuple((post, name) for post, name in data["officials"]),
        "places_to_post": tuple(data["places_to_post"]),
        "ask_at": tuple(data.get("ask_at", ())),  # came later
        "compiled_on": date.fromisoformat(data["compiled_on"]),
    }
