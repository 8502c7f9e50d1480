"""The verbs there are: name on the command line, what it does, and the module that is imported when it is called."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

from villagebook.i18n import N_


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb. Its `module` has `words(parser)`, which adds the words it takes, and `run(told)`, which does it and returns
    the exit code."""

    does: str
    module: str

    def declare(self, parser: argparse.ArgumentParser) -> None:
        """Add the words it takes."""
        self._loaded().words(parser)

    def run(self, told: argparse.Namespace) -> int:
        """Do it; 0 done and clean, 1 findings. Raises Refused and KnownError."""
        code: int = self._loaded().run(told)
        return code

    def _loaded(self) -> ModuleType:
        return import_module(f"villagebook.cli.verbs.{self.module}")


VERBS = {
    "demo": Verb(N_("build a demo village"), "demo"),
    "new": Verb(N_("make a new book"), "new"),
    "import": Verb(N_("take history in"), "import_"),
    "layout": Verb(N_("write how a file of another program is read, to fill in"), "layout"),
    "convert": Verb(N_("bring a 2004 book into a new one by a worksheet"), "convert"),
    "report": Verb(N_("print a book or report"), "report"),
    "notice": Verb(N_("print the notice for the board"), "notice"),
    "voucher": Verb(N_("print vouchers and covers for binding"), "voucher"),
    "pack": Verb(N_("the year's papers in one file"), "pack"),
    "close": Verb(N_("close a month"), "close"),
    "reopen": Verb(N_("open a closed month again"), "reopen"),
    "check": Verb(N_("check a book or a package"), "check"),
    "export": Verb(N_("write a package for the township"), "export"),
    "archive": Verb(N_("write the archive of a year"), "archive"),
    "audit-data": Verb(N_("write a year as XML for auditors' programs"), "audit_data"),
    "verify": Verb(N_("verify a package"), "verify"),
    "place": Verb(N_("add a money place"), "place"),
    "bank-balance": Verb(N_("record the bank's own balance"), "bank_balance"),
    "invoice": Verb(N_("tell what invoice files say"), "invoice"),
    "policy": Verb(N_("show or take in the township's parameters"), "policy"),
    "key": Verb(N_("keys of officials, in the village and at the township"), "key"),
    "rules": Verb(N_("list every rule"), "rules"),
    "backup": Verb(N_("copy the book, verified"), "backup"),
    "restore": Verb(N_("make a book out of a backup"), "restore"),
}
