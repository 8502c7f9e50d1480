"""One matter, one discussion: what its rules leave alone, and when they only ask for the reason."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import ids_of
from tests.rules.labour_examples import PASSING_LABOUR, UNNAMED, Make, taking
from villagebook.domain.document import Support
from villagebook.domain.finding import Severity
from villagebook.rules.catalogue import ALL_RULES
from villagebook.rules.rule import When, check


@pytest.mark.parametrize("make", PASSING_LABOUR)
def test_what_was_decided_and_signed_passes(make: Make):
    facts = make()
    gate = When.SUBMIT if facts.document else When.REGISTER
    assert ids_of(check(ALL_RULES, facts, gate)) == []


def test_a_levy_without_any_receipt_wants_the_reason_on_record():
    facts = taking("", UNNAMED)
    assert facts.document is not None
    document = replace(facts.document, support=Support.BANK_ADVICE, support_no="HD7", place="IN")
    for excuse, level in (("", Severity.HOLD), ("村民从银行转账，专用票据随后补开", Severity.WARNING)):
        told = replace(facts, document=replace(document, excuse=excuse))
        (found,) = (x for x in check(ALL_RULES, told, When.SUBMIT) if x.id == "PRJ-07")
        assert found.severity is level
        assert "register one first" in found.text
