"""What rules about documents share: the gates they stand at and how a finding names a document."""

from __future__ import annotations

from villagebook.domain.document import Document
from villagebook.domain.folding import name_key
from villagebook.domain.voucher import DocKind
from villagebook.rules.facts import Facts
from villagebook.rules.rule import When

SUBMIT = frozenset({When.SUBMIT})
GATES = frozenset({When.SUBMIT, When.POST})
N5 = "现金管理暂行条例(2011)"


def label(document: Document) -> str:
    """How a finding names a document that has no number yet."""
    return f"{document.booked_on.isoformat()} {document.summary or document.party}".strip()


def sets_right(facts: Facts) -> bool:
    """A correction of one payee's voucher for no more than it was: what that one needed is not asked for again.

    What is for somebody else or for more is a matter of its own, whatever voucher it names.
    """
    doc, wrong = facts.document, facts.correction.wrong if facts.correction else None
    if doc is None or wrong is None or wrong.reverses:
        return False
    return name_key(doc.party) == name_key(wrong.party) and doc.total_fen <= wrong.total_fen


def document_of(facts: Facts, *kinds: DocKind) -> Document | None:
    """The document when it is of one of these kinds, else None."""
    return facts.document if facts.document and facts.document.kind in kinds else None
