"""What can be wrong with a package, by id. The ids are stable for ever; all but PKG-07 are errors.

Every text says what is wrong and what to do. `TEXTS` is the whole table; the docs are made from it.
"""

from __future__ import annotations

from villagebook.domain.finding import Finding, Severity
from villagebook.i18n import N_, _

TEXTS: dict[str, str] = {
    # the file as a whole
    "PKG-01": N_("This is not a package of villagebook. Choose the file that ends in .vbx.zip."),
    "PKG-02": N_(
        "The package is cut off: its end is missing. Copy it from the stick again, or export it again."
    ),
    "PKG-03": N_(
        "Something stands behind the end of the package. Do not use it; ask the village to export again."
    ),
    "PKG-04": N_("The package is signed in a way this program does not know. Install the newest program."),
    "PKG-05": N_(
        "The signature does not fit: the package was changed or damaged. Ask the village to export again."
    ),
    "PKG-06": N_(
        "The signer {signer} is not on the trust list for village {code}. Compare the key with the village by "
        "telephone or on paper before you add it."
    ),
    "PKG-07": N_(
        "Signed with key {signer}; it was compared with no trust list. Compare it with the village's paper."
    ),
    # the members
    "PKG-08": N_(
        "The package is not put together the way villagebook does it. Ask the village to export again."
    ),
    "PKG-09": N_("The package holds a file with a name that is not allowed: {member}. Do not unpack it."),
    "PKG-10": N_("The package holds more than is allowed ({member}). Do not unpack it; ask the village."),
    "PKG-11": N_(
        "The package's table of contents cannot be read ({member}). Ask the village to export again."
    ),
    "PKG-12": N_(
        "The package was made by a newer villagebook. Install the newer program here, then try again."
    ),
    "PKG-13": N_("{member} is listed in the package but missing from it. Ask the village to export again."),
    "PKG-14": N_(
        "{member} is in the package but not listed. Do not use it; ask the village to export again."
    ),
    "PKG-15": N_("{member} differs from what the package says of it. Ask the village to export again."),
    # the log
    "PKG-16": N_(
        "Entry {n} of the log cannot be read. Check the village's book before anything is taken over."
    ),
    "PKG-17": N_(
        "The log is broken at entry {n}: it does not follow from the one before. Check the village's book."
    ),
    "PKG-18": N_("Entry {n} of the log is out of order: it calls itself {seq}. Check the village's book."),
    "PKG-19": N_("Time runs back at entry {n} of the log. Check the village's book."),
    "PKG-20": N_("Entry {n} of the log repeats the id of an earlier one. Check the village's book."),
    "PKG-21": N_(
        "The log ends at another entry than the package says. Check the village's book and export again."
    ),
    "PKG-22": N_("Entry {n} of the log is larger than is allowed. Check the village's book."),
}

_HINTS = {"PKG-07"}


def package_finding(id: str, where: str, **values: object) -> Finding:
    """Make the finding; `where` is the package's file name, with the member's if one is meant."""
    severity = Severity.HINT if id in _HINTS else Severity.ERROR
    filled = {"member": "…", **values}
    return Finding(id, severity, where, _(TEXTS[id]).format(**filled))
