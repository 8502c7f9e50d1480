"""Which board papers there are beside F1 and F12, and what compiles each: one line per form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from villagebook.domain.period import Span
from villagebook.domain.sheet import Body, SheetForm
from villagebook.i18n import N_
from villagebook.rules.facts import Facts
from villagebook.storage.book import BookInfo
from villagebook.storage.engine import Connection

Compile = Callable[[Connection, BookInfo, Facts, Span, str], Body]
"""(connection, book, facts as of the last day, months, subject) -> what the sheet says; nobody chooses rows."""


@dataclass(frozen=True, slots=True)
class FormEntry:
    """`subject` names what a paper of this form is about (`domain.sheet.Sheet.subject` without its code), "" for whole months.

    `maker` is a function, or where one is: module of `services` and name, loaded when a paper is compiled.
    """

    form: SheetForm
    title: str
    maker: str | Compile
    subject: str = ""

    @property
    def compile(self) -> Compile:
        if not isinstance(self.maker, str):
            return self.maker
        module, _dot, function = self.maker.partition(".")
        found: Compile = getattr(import_module(f"villagebook.services.disclosure.{module}"), function)
        return found


FORMS: tuple[FormEntry, ...] = (
    FormEntry(SheetForm.SUMMARY, N_("The village's money in plain words"), "sheet_summary.compile_summary"),
    FormEntry(SheetForm.DEBTS, N_("What is owed to the village and by it"), "sheet_debts.compile_debts"),
    FormEntry(
        SheetForm.ASSETS, N_("What the village owns: assets and resources"), "sheet_assets.compile_assets"
    ),
    FormEntry(SheetForm.PROJECT, N_("Project in three stages"), "sheet_project.compile_project", "project"),
    FormEntry(SheetForm.ROSTER, N_("Subsidies and money to households"), "sheet_people.compile_roster"),
    FormEntry(SheetForm.PAY, N_("Pay and lost work"), "sheet_people.compile_pay"),
    FormEntry(SheetForm.CONTRACTS, N_("Income from contracts"), "sheet_contracts.compile_contracts"),
    FormEntry(SheetForm.AUDIT, N_("Audit and what was done about it"), "sheet_audit.compile_one", "audit"),
    FormEntry(SheetForm.AUDIT, N_("Audits and what was done about them"), "sheet_audit.compile_months"),
    FormEntry(
        SheetForm.ANNUAL, N_("Annual budget, final account and distribution"), "sheet_annual.compile_annual"
    ),
    FormEntry(SheetForm.MATTER, N_("Special notice: contract"), "matters.compile_contract", "contract"),
    FormEntry(
        SheetForm.MATTER, N_("Special notice: sale or loss of property"), "matters.compile_disposal", "asset"
    ),
    FormEntry(SheetForm.MATTER, N_("Special notice: loan"), "matters.compile_loan", "loan"),
    FormEntry(SheetForm.MATTER, N_("Special notice: resolution"), "matters.compile_resolution", "resolution"),
    FormEntry(SheetForm.MATTER, N_("Special notice: large sum"), "matters.compile_voucher", "voucher"),
    FormEntry(SheetForm.MATTER, N_("Special notice: money for land"), "matters.compile_land", "land"),
    FormEntry(
        SheetForm.MATTER, N_("Special notice: one matter, one discussion"), "matters.compile_levy", "levy"
    ),
    FormEntry(
        SheetForm.MATTER, N_("Notice that was asked for"), "matter_requests.compile_request", "request"
    ),
)


def form_of(form: SheetForm, subject: str = "") -> FormEntry:
    """The entry that compiles this form of this kind of subject. Raises KeyError when there is none."""
    kind = subject.partition(":")[0]
    found = next((e for e in FORMS if e.form is form and e.subject in ("", kind)), None)
    if found is None:
        raise KeyError(form)
    return found
