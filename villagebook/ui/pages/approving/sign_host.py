"""What the sides of a document at signing ask of the page they stand on."""

from __future__ import annotations

from villagebook.services.vouchers.documents import Outcome
from villagebook.ui.page import Page


class SignHost(Page):
    """A page that says what a signature led to."""

    def tell(self, outcome: Outcome, document_summary: str, amount_fen: int) -> None:
        raise NotImplementedError
