"""Five village councils' published books, entered line by line: every printed sum that is right comes out to the cent."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest

from tests.cli.runner import run, write_csv, write_xlsx
from tests.examples.keeper import CASHBOOK, OPENING, Keeper, cash_rows, errors_of, ids, published, yuan

M15, M16 = "gb_manordeilo_fy2014_15", "gb_manordeilo_fy2015_16"
TINTERN, WYE, SUTTON = "gb_tintern_2018_19_h2", "gb_wyevalley_2022_23", "gb_sutton_coldfield_2016_17"

M15_OPENING = ("102,IN,,6665.58,", "211,,cheque,,50.00", "322,,,,6615.58")
CHEQUE_15 = "2014-04-01,payment,,cheque of last year presented,,50.00,EX,211"


# ---- Manordeilo, two years ----


@pytest.mark.parametrize("mode", ["one-account", "two-accounts", "agency"])
def test_manordeilo_2014_closes_with_the_printed_net_in_every_line_mode(keeper: Keeper, mode: str) -> None:
    """Six receipts, eight headings, a fiscal year from April: 7,249.81."""
    assert keeper.new("2014-04", *M15_OPENING, mode=mode).code == 0
    appropriation = "2014-04-01,transfer,,to the expense line,,11204.33,IN,EX"
    rows = [appropriation, CHEQUE_15, *cash_rows(published(M15)["lines"], day="2015-03-31")]
    assert ids(keeper.take(*rows)) == []
    assert keeper.total() == ("6665.58", "11788.56", "11204.33", "7249.81")
    notice = keeper.notice("2014-04..2015-03")
    assert (notice["opening"], notice["income"], notice["spending"], notice["closing"]) == (
        "6665.58",
        "11788.56",
        "11204.33",
        "7249.81",
    )
    assert run("check", keeper.book).code == 0


def test_manordeilo_2014_headings_stand_in_the_notice_with_their_printed_sums(keeper: Keeper) -> None:
    keeper.new("2014-04", *M15_OPENING)
    keeper.take(*cash_rows(published(M15)["lines"], day="2015-03-31"))
    spent = {row["summary"]: row["spending"] for row in keeper.notice("2015-03")["lines"]}
    assert spent == {
        line["summary"]: yuan(line["expense_fen"])
        for line in published(M15)["lines"]
        if "expense_fen" in line
    }


def test_a_fiscal_year_closes_month_by_month_though_some_months_are_silent(keeper: Keeper) -> None:
    keeper.new("2014-04", *M15_OPENING)
    keeper.take(*cash_rows(published(M15)["lines"], day="2015-03-31"))
    closing = keeper.close("2014")
    assert (closing.code, closing.err) == (0, "")
    assert closing.text.count("is closed.") == 9
    assert [keeper.close(f"2015-{month:02d}").code for month in (1, 2, 3)] == [0, 0, 0]
    again = keeper.close("2015-03")
    assert (again.code, again.out) == (2, b"")
    assert "CLO-04" in again.err


def test_manordeilo_2015_gives_the_nine_batch_totals_and_the_replayed_closing(keeper: Keeper) -> None:
    book = published(M16)
    keeper.new("2015-04", "102,IN,,7474.81,", "211,,cheques,,225.00", "322,,,,7249.81")
    found = keeper.take("2015-04-01,payment,,cheques presented,,225.00,EX,211", *cash_rows(book["lines"]))
    assert found.code == 0
    batches: dict[str, Decimal] = {}
    for row in keeper.report("bank-book", "--place", "EX"):
        batches[row["date"]] = batches.get(row["date"], Decimal(0)) + Decimal(row["payments"] or 0)
    printed = {c["label"][-23:-13]: c["published_fen"] for c in book["checks"] if "batch total" in c["label"]}
    assert len(printed) == 9
    assert {day: yuan(fen) for day, fen in printed.items()} == {day: str(batches[day]) for day in printed}
    assert keeper.total() == ("7474.81", "10500.00", "11109.01", "6865.80")


def test_m16_1_an_opening_with_a_digit_changed_is_refused_with_its_place_and_difference(
    keeper: Keeper,
) -> None:
    """Printed 4,474.81, closed with 7,474.81."""
    assert "M16-1" in errors_of(M16)
    made = keeper.new("2015-04", "102,IN,,4474.81,", "211,,cheques,,225.00", "322,,,,7249.81")
    assert (made.code, made.out) == (2, b"")
    assert "IMP-24: opening.csv:" in made.err
    assert "debit 4,474.81, credit 7,474.81, difference -3,000.00" in made.err
    assert not keeper.book.exists()


def test_m16_1_a_second_years_opening_is_held_against_the_closing_of_the_first(keeper: Keeper) -> None:
    keeper.new("2014-04", *M15_OPENING)
    keeper.take(*cash_rows(published(M15)["lines"], day="2015-03-31"))
    moved = "2015-03-31,transfer,,to the expense line,,11154.33,IN,EX"
    keeper.take(moved, name="moved.csv")
    rows = ("102,IN,,4299.81,", "211,,cheque,,50.00", "322,,,,4249.81")
    second = run("import", keeper.book, write_csv(keeper.folder / "next.csv", OPENING, *rows))
    assert second.code == 2
    assert "OPN-02" in second.err
    assert (
        "OPN-03: 102 IN: The file opens with 4,299.81, the book stands at 7,299.81 after 2015-03"
        in second.err
    )
    assert "difference -3,000.00" in second.err
    assert "OPN-03: 211" not in second.err


def test_m16_2_a_printed_total_that_is_not_the_sum_of_its_headings_is_refused_at_its_row(
    keeper: Keeper,
) -> None:
    """The headings add up to 60.00 less; the translation heading is 60.00 short of its two cheques."""
    assert "M16-2" in errors_of(M16)
    printed = published(M16)["published_totals"][0]
    rows = [
        ["2016-03-31", "payment", "", item["heading"], "", yuan(item["amount_fen"]), "EX", "513"]
        for item in printed["items"]
    ]
    keeper.new("2015-04")
    refused = keeper.take(*rows, ["Total", "", "", "", "", yuan(printed["total_fen"]), "", ""])
    assert refused.code == 2
    assert "IMP-34: row 10, column amount (F): The total says 12,047.81" in refused.err
    assert "add up to 11,987.81 (difference 60.00)" in refused.err
    cheques = [line for line in published(M16)["lines"] if "Translation" in line["summary"]]
    keeper.take(*cash_rows(cheques))
    spent = sum(Decimal(row["spending"]) for row in keeper.notice("2016-Q1")["lines"])
    heading = next(item for item in printed["items"] if item["heading"] == "Translation")
    assert spent - Decimal(heading["amount_fen"]) / 100 == Decimal("60.00")


# ---- Tintern ----


def without_duplicate(name: str) -> list[list[str]]:
    rows = cash_rows(published(name)["lines"])
    seen: set[str] = set()
    for row in rows:
        if row[2] and row[2] in seen:
            row[2] += "b"
        seen.add(row[2])
    return rows


def test_t19_4_a_cheque_number_used_twice_refuses_the_file_and_names_both_rows(keeper: Keeper) -> None:
    assert "T19-4" in errors_of(TINTERN)
    keeper.new("2018-09")
    refused = keeper.take(*cash_rows(published(TINTERN)["lines"]))
    assert refused.code == 2
    assert "IMP-19: row 22: The number 101148 was used before, in row 21." in refused.err
    assert refused.err.count("error") == 1
    assert keeper.total() == ("0.00", "0.00", "0.00", "0.00")


def test_tintern_after_its_clerk_corrected_the_number_gives_every_cheque_list(keeper: Keeper) -> None:
    keeper.new("2018-09")
    found = keeper.take(*without_duplicate(TINTERN))
    assert ids(found) == ["IMP-36", "E2L-21"]  # missing numbers and missing appropriations: listed, no error
    assert "101149, 101154" in found.json["findings"][0]["text"]
    lines = published(TINTERN)["lines"]
    for month in ("2018-09", "2018-10", "2018-11", "2019-01", "2019-02", "2019-03"):
        mine = [line for line in lines if line["date"].startswith(month)]
        assert keeper.notice(month)["spending"] == yuan(sum(line.get("expense_fen", 0) for line in mine))
        assert len(keeper.notice(month)["lines"]) == len(mine)


def test_t19_1_to_3_figures_to_date_are_added_up_and_never_fall(keeper: Keeper) -> None:
    """Printed: 17,764 for 9,169 + 5,595; 9,169 falls to 7,921; 6,436 falls to 5,595."""
    assert {"T19-1", "T19-2", "T19-3"} <= errors_of(TINTERN)
    reports = published(TINTERN)["reports"]
    wrong = [r["date"] for r in reports if r["ytd_revenue_fen"] + r["ytd_capital_fen"] != r["ytd_total_fen"]]
    assert wrong == ["2019-01-28"]
    fell = [b["date"] for a, b in pairwise(reports) if b["ytd_revenue_fen"] < a["ytd_revenue_fen"]]
    assert fell == ["2019-02-25"]
    keeper.new("2018-09")
    keeper.take(*without_duplicate(TINTERN))
    for year in (("2018-09", "2018-10", "2018-11", "2018-12"), ("2019-01", "2019-02", "2019-03")):
        notices = [keeper.notice(month) for month in year]
        to_date = [Decimal(n["year_spending"]) for n in notices]
        assert to_date == sorted(to_date)
        assert to_date[-1] == sum(Decimal(n["spending"]) for n in notices)


# ---- Wye Valley ----


def test_wye_valley_imports_82_lines_from_a_workbook_and_adds_them_up(keeper: Keeper) -> None:
    import datetime as dt

    rows = cash_rows(published(WYE)["lines"])
    typed = [[dt.date.fromisoformat(r[0]), *r[1:5], float(r[5]), *r[6:]] for r in rows]
    keeper.new("2022-04")
    found = keeper.take_file(write_xlsx(keeper.folder / "wye.xlsx", CASHBOOK, *typed))
    assert (ids(found), found.json["vouchers"]) == (["IMP-36", "E2L-21"], 82)
    missing = found.json["findings"][0]["text"]
    for gap in (
        "300283",
        "300295",
        "300298",
        "300306–300400",
        "300409",
        "300424–300425",
        "300432",
        "300436",
        "300452",
    ):
        assert gap in missing
    assert keeper.total()[1:3] == ("29700.64", "37548.22")
    assert len(keeper.report("journal")) == 164


def test_w23_1_2_and_4_the_sums_to_date_are_the_programs_own(keeper: Keeper) -> None:
    """Printed sums that are 0.04 and 0.10 off, and one that falls, cannot be printed by a program that adds."""
    assert {"W23-1", "W23-2", "W23-4"} <= errors_of(WYE)
    bad = [c for c in published(WYE)["checks"] if not c["ok"]]
    assert [c["diff_fen"] for c in bad] == [4, 10]
    rows = [
        ["2022-04-26", "payment", str(n), f"part {n}", "", yuan(fen), "EX", "513"]
        for n, fen in enumerate(bad[0]["terms_fen"], 1)
    ]
    keeper.new("2022-04")
    refused = keeper.take(*rows, f"合计,,,,,{yuan(bad[0]['published_fen'])},,")
    assert "IMP-34: row 4" in refused.err
    assert "3,212.74" in refused.err
    assert "3,212.70 (difference 0.04)" in refused.err
    keeper.take(*cash_rows(published(WYE)["lines"]))
    months = [f"2022-{m:02d}" for m in range(4, 13)]
    to_date = [Decimal(keeper.notice(month)["year_spending"]) for month in months]
    assert to_date == sorted(to_date)


def test_w23_3_a_balance_without_vouchers_stands_still_whatever_the_paper_prints(keeper: Keeper) -> None:
    assert "W23-3" in errors_of(WYE)
    printed = [r["bmm_account_fen"] for r in published(WYE)["reports"]]
    assert printed != sorted(printed)
    keeper.new("2022-04", "102,IN,,4143.00,", "322,,,,4143.00")
    keeper.take(*cash_rows(line for line in published(WYE)["lines"] if "expense_fen" in line))
    closings = {
        r["closing"]
        for r in keeper.report("receipts-payments")
        if r["line"] == "income" and not r["category"]
    }
    assert closings == {"4143.00"}


# ---- Sutton Coldfield ----


def sutton_rows(style: str) -> list[list[str]]:
    """As the council printed them: two date formats, thousands in groups."""
    rows = cash_rows(published(SUTTON)["lines"])
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    for n, row in enumerate(rows):
        year, month, day = row[0].split("-")
        if style == "printed":
            row[0] = f"{day}/{month}/{year}" if n % 2 else f"{int(day)}-{months[int(month) - 1]}-{year[2:]}"
            row[5] = f"{Decimal(row[5]):,.2f}".removesuffix(".00")
    return rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_sutton_139_lines_as_printed_in_any_encoding_sum_to_the_pound(keeper: Keeper, encoding: str) -> None:
    keeper.new("2016-07")
    found = keeper.take(
        *sutton_rows("printed"), "", ",,,,,,,", "Total,,,,,,,", name="list.csv", encoding=encoding
    )
    assert found.json["vouchers"] == 139
    assert keeper.total() == ("0.00", "0.00", "492339.00", "-492339.00")


def test_sutton_equal_lines_are_asked_about_and_never_called_an_error(keeper: Keeper) -> None:
    keeper.new("2016-07")
    found = keeper.take(*sutton_rows("plain"))
    assert found.code == 1
    weights = {(f["id"], f["severity"]) for f in found.json["findings"]}
    assert weights == {("IMP-23", "warning"), ("IMP-36", "hint"), ("E2L-21", "hint")}
    firsts = {f["text"].split(".")[0] for f in found.json["findings"] if f["id"] == "IMP-23"}
    assert len(firsts) == 6


def test_sutton_taken_in_twice_is_refused_and_counted_once(keeper: Keeper) -> None:
    keeper.new("2016-07")
    keeper.take(*sutton_rows("plain"))
    again = keeper.take(*sutton_rows("printed"), name="again.csv")
    assert again.code == 2
    assert "IMP-33: again.csv row 2: Number 1 is in the book already" in again.err
    assert keeper.total()[2] == "492339.00"
