"""What moves money is added up by month without looking the chart up: the group of an account is in its code."""

from __future__ import annotations

import pytest

from villagebook import paths
from villagebook.domain.account import Account, is_result
from villagebook.services.book_file.books import read_chart_file

ACCOUNTS = read_chart_file(paths.resource("chart", "chart_2023.csv"))


@pytest.mark.parametrize("account", ACCOUNTS, ids=lambda a: a.code)
def test_the_code_of_an_account_tells_income_and_expense(account: Account) -> None:
    assert is_result(account.code) == (account.is_income or account.is_expense)
