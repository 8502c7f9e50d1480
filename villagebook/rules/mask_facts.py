"""What the rules look at about cells of a board paper that were masked."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Masking:
    """A paper with masked cells, under review.

    Attributes:
        compiled_by: the name under which it was compiled.
        confirmed: somebody else has looked at what is masked, and why.
        by: name of whoever is confirming it now, "" when nobody is; `in_office` says whether that person holds a post.
    """

    number: str
    subject: str
    masks: int
    compiled_by: str
    confirmed: bool = False
    by: str = ""
    in_office: bool = True
