"""What rules about documents share: the gates they stand at and how a finding names a document."""

from __future__ import annotations

from villagebook.domain.document import Document
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

SUBMIT = frozenset({When.SUBMIT})
GATES = frozenset({When.SUBMIT, When.POST})
N5 = "现金管理暂行条例(2011)"


def label(document: Document) -> str:
    """How a finding names a document that has no number yet."""
    return f"{document.booked_on.isoformat()} {document.summary or document.party}".strip()


def document_of(facts: Facts, *kinds: DocKind) -> Document | None:
    """The document when it is of one of these kinds, else None."""
    return facts.document if facts.document and facts.document.kind in kinds else None
