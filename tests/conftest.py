"""What every test starts from."""

from __future__ import annotations

import atexit
import gc
import os
import shutil
import tempfile

# Before anything imports Qt: the tests need no screen. A developer who wants to watch sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# Keys and settings of a person at this computer are none of the tests' business.
os.environ["VILLAGEBOOK_HOME"] = tempfile.mkdtemp(prefix="villagebook-tests-")

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.builders import Village, make_village
from villagebook import i18n

atexit.register(shutil.rmtree, os.environ["VILLAGEBOOK_HOME"], ignore_errors=True)

# The stateful test and the property tests look further at night: HYPOTHESIS_PROFILE=nightly.
settings.register_profile(
    "daily", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile(
    "nightly", deadline=None, max_examples=1000, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "daily"))


def pytest_collection_finish() -> None:
    """What was collected stays to the end: who looks for garbage need not walk through it again and again, nor so often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Ids and figures are compared, not prose; what prose there is, is English."""
    i18n.set_language("en")
    yield
    i18n.set_language("en")


@pytest.fixture
def village(tmp_path: Path) -> Iterator[Village]:
    """One bank account, two lines in it, every post filled, a receipt book, 100,000 yuan on the income line."""
    made = make_village(tmp_path)
    yield made
    made.book.close()
