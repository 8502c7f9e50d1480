"""Every form of the board has somebody who compiles it, found by name."""

from __future__ import annotations

import pytest

from villagebook.services.disclosure.sheet_forms import FORMS, FormEntry


@pytest.mark.parametrize("entry", FORMS, ids=lambda e: f"{e.form}-{e.subject}")
def test_every_form_has_its_maker(entry: FormEntry) -> None:
    assert callable(entry.compile)
