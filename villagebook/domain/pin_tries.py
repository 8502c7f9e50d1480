"""How long to wait after wrong PINs: a courtesy against somebody at this keyboard, no wall for whoever copied the files."""

from __future__ import annotations

FREE = 2
"""Wrong PINs that cost nothing: fingers slip."""

FIRST_SECONDS = 30
MOST_SECONDS = 60 * 60


def wait_seconds(wrong: int) -> int:
    """Seconds to wait after this many wrong PINs in a row: 30 after the third, doubled each time, at most an hour."""
    if wrong <= FREE:
        return 0
    return min(MOST_SECONDS, FIRST_SECONDS << min(wrong - FREE - 1, 30))
