"""What every test starts from."""

from __future__ import annotations

import os

# Before anything imports Qt: the tests need no screen. A developer who wants to watch sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
