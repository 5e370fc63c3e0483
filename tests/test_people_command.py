"""`bandstand people` and `bandstand demo company`, by the demo company's own truth."""

import csv
import io
import shutil

import pytest
from openpyxl import load_workbook

from data.files.spec_sheet import SHEET, read_spec
from data.people.demo_company import demo_company
from tests.commands import bandstand

PEOPLE = 300


@pytest.fixture(scope="module")
def loaded(store, tmp_path_factory):
    """A folder with the store that the demo company is loaded into, and what is beside it."""
    folder = tmp_path_factory.mktemp("loaded")
    shutil.copy(store, folder / "mine.duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BANDSTAND_DB", str(folder / "mine.duckdb"))
        answer = bandstand("demo", "company", "--people", str(PEOPLE), "--seed", "2")
    assert answer.returncode == 0, answer.stderr
    assert "300 rows in, 300 loaded" in answer.stdout
    return folder


@pytest.fixture
def company(loaded, tmp_path, monkeypatch):
    """The truth of the demo company, which is in a store that the test's commands may change."""
    shutil.copytree(loaded, tmp_path / "company")
    monkeypatch.setenv("BANDSTAND_DB", str(tmp_path / "company" / "mine.duckdb"))
    return demo_company(PEOPLE, 2).truth


def rows(*words: str) -> list[dict[str, str]]:
    answer = bandstand("people", *words)
    assert answer.returncode == 0, answer.stderr
    return list(csv.DictReader(io.StringIO(answer.stdout)))


def test_people_are_exported_and_costed(company):
    people = rows("export")
    assert len(people) == PEOPLE
    below = {row["employee_id"] for row in people if row["position"] == "Below minimum"}
    assert below == company.green
    for by in ("level", "Performance"):
        costs = rows("cost", "--by", by)
        assert sum(float(row["cost"]) for row in costs) == company.to_minimum
    groups = rows("export", "--by", "function", "--where", "function=sales")
    assert [row["group"] for row in groups] == ["Sales"]
    assert int(groups[0]["people"]) == sum(row["function"] == "Sales" for row in people)
    # A higher goal costs more, and others see no person.
    assert sum(float(row["cost"]) for row in rows("cost", "--to", "1")) > company.to_minimum
    assert set(rows("export", "--mode", "aggregate")[0]) == {"group", "people", "p25", "p50", "p75"}


def test_the_cheapest_raises(company):
    answer = bandstand("people", "raises")
    assert f"${company.to_minimum:,.2f} a year in all" in answer.stderr
    made = list(csv.DictReader(io.StringIO(answer.stdout)))
    assert {row["employee_id"] for row in made} == company.green
    assert sum(float(row["raise_paid"]) for row in made) == company.to_minimum
    more = bandstand("people", "raises", "--floor", "5=1.0", "--manager-step", "0")
    assert "without minimum it would be" in more.stderr
    short = bandstand("people", "raises", "--budget", "1")
    assert (short.returncode, short.stdout) == (2, "")
    assert f"the budget is ${company.to_minimum - 1:,.2f} short" in short.stderr


def test_a_workbook_of_people_is_verified_and_held_against_the_rosters_of_today(company, tmp_path):
    # The only roster goes: the figures stand, the store has nobody any longer.
    merit = tmp_path / "merit.xlsx"
    asked = ("people", "merit", "--by", "level", "--inputs")
    assert bandstand(*asked, "--out", str(merit)).returncode == 0
    assert bandstand("withdraw", "2").returncode == 0
    found = bandstand("verify", str(merit))
    assert found.returncode == 0, found.stderr
    assert "load 2) is withdrawn" in found.stdout
    assert "300 of 300 people no longer on the roster" in found.stdout
    assert "a table of people (merit cost);" in found.stdout


def test_a_workbook_of_groups_holds_nobodys_pay_unless_that_is_asked_for(company, tmp_path):
    somebody = rows("export")[0]["employee_id"]
    for words in (("cost",), ("export", "--by", "level"), ("merit", "--by", "level")):
        held = []
        for asked in ((), ("--inputs",)):
            file = tmp_path / f"{'-'.join(words)}{len(asked)}.xlsx"
            answer = bandstand("people", *words, *asked, "--out", str(file))
            assert ("each person" in answer.stderr) is bool(asked), answer.stderr
            book = load_workbook(file)
            held.append([c.value for (c,) in book[SHEET]] if SHEET in book.sheetnames else [])
        assert held[0] == []
        assert somebody in read_spec(held[1])


def test_merit_by_a_matrix_within_a_budget(company, tmp_path):
    flat = tmp_path / "flat.csv"
    flat.write_text("rating,0,1.0\n" + "".join(f"{r},2,2\n" for r in "12345"))
    paid = sum(float(row["paid"]) for row in rows("export"))
    made = rows("merit", "--matrix", str(flat))
    given = sum(float(row["raise_paid"]) + float(row["lump_sum"]) for row in made)
    assert len(made) == PEOPLE
    # 2 percent of everybody's pay, each to the cent.
    assert given == pytest.approx(0.02 * paid, abs=0.005 * PEOPLE)
    groups = rows("merit", "--matrix", str(flat), "--by", "function", "--budget", "100000")
    assert 99_990 < sum(float(row["cost"]) for row in groups) <= 100_000
    answer = bandstand("people", "merit")
    assert "rates of a published example" in answer.stderr
    wrong = bandstand("people", "merit", "--rating", "function")
    assert (wrong.returncode, "give their rates with --matrix" in wrong.stderr) == (2, True)


def test_an_offer_beside_the_company(company):
    # A range of the demo company, whose people are known from the export.
    (zone,) = {r["zone"] for r in rows("export") if r["place"] == "Denver"}
    known = rows("export", "--where", "level=P3", "--where", "function=Sales", "--where",
                 f"zone={zone}")  # fmt: skip
    words = ("--level", "P3", "--function", "Sales", "--zone", zone, "--place", "Denver")
    answer = bandstand("offer", *words, "--pay", "100000", "--out", "-")
    assert answer.returncode == 0, answer.stderr
    less = list(csv.DictReader(io.StringIO(answer.stdout)))
    below = {r["employee_id"] for r in known if float(r["pay"]) < 100_000}
    assert {r["employee_id"] for r in less} == below
    assert f"paid less: {len(below)}." in answer.stderr
    assert "midpoint" in bandstand("offer", *words, "--pay", "100000").stdout
    assert bandstand("offer", "--pay", "100000").returncode == 2
    # No range stands for it; its market and its peers are shown all the same.
    words = ("--level", "P3", "--function", "Customer Success", "--month", "2027-01")
    answer = bandstand("offer", *words, "--pay", "96118.77").stdout
    assert "No range:" in answer
    assert "people of P3, Customer Success, whatever their range" in answer
    assert "United States, base pay, 2027-01, modelled: P25 $" in answer
    assert "The offer is 1.00 times the market's median, whose interval is $72,090–$114,943." in (
        answer
    )


def test_others_than_the_owner_get_aggregates_alone(company, monkeypatch):
    monkeypatch.setenv("BANDSTAND_RECORDS", "aggregate")
    assert set(rows("export")[0]) == {"group", "people", "p25", "p50", "p75"}
    assert bandstand("offer", "--level", "P3", "--pay", "1").returncode == 2
    for words in (("export", "--mode", "owner"), ("cost",), ("raises",), ("merit",)):
        answer = bandstand("people", *words)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert "only the owner may" in answer.stderr


WRONG = [
    (("export", "--by", "levle"), "no column 'levle'; did you mean level"),
    (("export", "--where", "level"), "say it as COLUMN=VALUE"),
    (("export", "--where", "level=P99"), "no level 'P99' on the roster"),
    (("export", "--mode", "aggregate", "--by", "place"), "grouped by level alone"),
    (("cost", "--to", "happiness"), "use minimum, market, or a ratio"),
    (("raises", "--floor", "5"), "RATING=COMPA-RATIO"),
    (("cost", "--to", "7"), "must be above 0 and at most 2"),
]


@pytest.mark.usefixtures("company")
def test_what_cannot_be_answered_says_why():
    for words, said in WRONG:
        answer = bandstand("people", *words)
        assert answer.returncode == 2
        assert said in answer.stderr, words


def test_without_a_roster_it_says_what_to_do(mine):
    answer = bandstand("people", "export")
    assert (answer.returncode, "bandstand load roster" in answer.stderr) == (2, True)


def test_the_company_as_files(tmp_path):
    answer = bandstand("demo", "company", "--people", "100", "--out", str(tmp_path / "demo"))
    assert answer.returncode == 0
    assert (tmp_path / "demo" / "roster.csv").read_text().count("\n") == 101
    assert (tmp_path / "demo" / "ranges.csv").read_text().count("\n") == 121
    assert bandstand("demo", "company", "--people", "5").returncode == 2


@pytest.mark.usefixtures("company")
def test_one_command_removes_the_demo_company():
    assert bandstand("demo", "company", "--remove").stdout == "2 demo loads are withdrawn\n"
    assert "bandstand load roster" in bandstand("people", "export").stderr
    assert bandstand("demo", "company", "--remove").stdout == "0 demo loads are withdrawn\n"
