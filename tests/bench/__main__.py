"""`python3 dev.py bench`: our figures beside the floor of the same run, and what was promised."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import first_rows, listing, printing, reading, window, writing
from tests.bench.clock import Figure, table
from tests.bench.setting import Setting
from villagebook import i18n

WORKS: dict[str, Callable[[Setting], Iterator[Figure]]] = {
    "posting": writing.posting,
    "trial": reading.trial_balance,
    "screens": reading.screens,
    "reports": listing.every_report,
    "entries": listing.entries,
    "lists": first_rows.first_rows,
    "files": listing.files,
    "window": window.starting,
    "import": writing.importing,
    "notice": printing.notice,
    "rebuild": reading.rebuild,
    "package": writing.package,
}


def main() -> int:
    """Print the table; 1 when a promise is not kept."""
    parser = argparse.ArgumentParser(prog="dev.py bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="10,000 vouchers instead of 100,000")
    parser.add_argument("--only", default="", choices=["", *WORKS], metavar="NAME", help=", ".join(WORKS))
    told = parser.parse_args()
    i18n.set_language(i18n.CHINESE)
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="villagebook-bench-") as folder:
        os.environ["VILLAGEBOOK_HOME"] = folder  # keys and preferences stay out of the way
        setting = Setting(Path(folder), 10_000 if told.quick else 100_000)
        sys.stderr.write(f"Making a book of {setting.vouchers:,} vouchers ...\n")
        setting.make()
        for name, work in WORKS.items():
            if told.only in ("", name):
                for figure in work(setting):
                    figures.append(figure)
                    sys.stderr.write(table([figure]).splitlines()[-1] + "\n")
    print(table(figures))
    return 1 if any(f.met is False for f in figures) else 0


if __name__ == "__main__":
    sys.exit(main())
