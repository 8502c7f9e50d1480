"""Packages for the township: the door to writing and reading them.

The byte form is in `zipform`, the findings' ids and texts in `package_findings`, names in `package_names`.
"""

from villagebook.exchange.package_findings import TEXTS
from villagebook.exchange.package_reader import Progress, read_package
from villagebook.exchange.package_writer import package_bytes, write_package
from villagebook.exchange.trust import Signer, Trust, read_trust, trust_bytes

__all__ = [
    "TEXTS",
    "Progress",
    "Signer",
    "Trust",
    "package_bytes",
    "read_package",
    "read_trust",
    "trust_bytes",
    "write_package",
]
