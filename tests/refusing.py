"""What a verb is refused for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.builders import ids_of
from villagebook.domain.errors import Refused


def refused(act: Callable[[], object]) -> list[str]:
    """Ids of the findings that refuse an act, each once; the test fails where nothing does."""
    with pytest.raises(Refused) as caught:
        act()
    return ids_of(caught.value.findings)
