"""`bandstand price --job`: Home's answer to the cent, with its inputs."""

import csv
import io
import json
from dataclasses import replace

import openpyxl
import pytest

from analytics.money import money
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate, Source
from data.catalog.pricing_today import read_pricings_since
from data.files.prices_workbook import JOBS, PricesFile, prices_file_from_spec
from tests.app_pages.opening import open_page
from tests.app_pages.test_home import figure
from tests.commands import bandstand

pytestmark = pytest.mark.usefixtures("store")
P3 = "CUSTOM1.CUSTOMER920B.P3"
ASKED = ("--place", "Denver", "--basis", "base", "--percentile", "60", "--to", "2027-07")


def price(*words: str) -> dict[str, str]:
    answer = bandstand("price", *words)
    assert answer.returncode == 0, answer.stderr
    (row,) = csv.DictReader(io.StringIO(answer.stdout, newline=""))
    return row


def test_a_code_and_a_city_give_the_answer_with_its_inputs():
    row = price("--job", P3, *ASKED)
    assert (row["code"], row["place"]) == (P3, "Denver-Aurora-Centennial, CO")
    assert (row["percentile"], row["pay_basis"], row["as_of"]) == ("P60", "base", "2027-07")
    typical, low, high = (float(row[name]) for name in ("typical", "low", "high"))
    assert low < typical < high
    assert typical == float(row["p60"])
    assert {"bls-oews", "bls-eci", "ladder-model"} <= set(row["source"].split(", "))
    assert "base is 80% of target cash" in row["derivation"]


def test_as_a_workbook_it_is_verified_from_its_own_inputs(tmp_path):
    book = tmp_path / "price.xlsx"
    assert bandstand("price", "--job", P3, *ASKED, "--out", str(book)).returncode == 0
    edited = openpyxl.load_workbook(book)
    at = {cell.value: cell.column_letter for cell in edited["Table"][1]}
    typical = edited["Table"][f"{at['typical']}2"].value
    assert typical == float(price("--job", P3, *ASKED)["typical"])
    edited["Table"][f"{at['p60']}2"] = typical + 0.01
    edited.save(book)
    found = bandstand("verify", str(book))
    assert (found.returncode, found.stdout) == (
        2,
        f"Table!{at['p60']}2: the file has '{typical + 0.01}', its inputs give '{typical}'\n"
        "today's store: the same inputs give the same figures\n",
    )


def test_jobs_of_a_file_are_held_against_the_newest_index_alone(con):
    month = Month(2026, 3)
    survey = Source("Survey A", "base", month, {0.5: 100_000.0}, status="imported")
    job = Pricing("CSM", "base", Month(2027, 1), Rate(0.01, "ECI", "bls-eci"), (survey,))
    file = PricesFile(JOBS, (job, replace(job, job="AE", rate=Rate(0.02, "your rate"))))
    again = prices_file_from_spec(file.spec)
    assert again == file
    # 100,000 at 1 and at 2 percent a year for ten months.
    assert again.frame.typical.tolist() == [100_832.64, 101_663.91]
    rate, answer = read_pricings_since(con, again.pricings)
    assert rate.startswith("CSM: yearly rate: 1.00% (ECI) → ")
    assert answer.startswith("CSM: the answer: $100,832.64 → $10")


def test_home_shows_the_same_figure():
    row = price("--job", P3, *ASKED)
    link = {"for": P3, "in": row["place"], "basis": "base", "percentile": "60", "month": "2027-07"}
    page = open_page("home", **link)
    # Home shows a modelled figure to the nearest hundred.
    assert figure(page) == money(round(float(row["typical"]), -2), "USD")
    assert row["status"] == "modelled"


def test_as_json_it_can_be_computed_again_to_the_cent(tmp_path):
    said = bandstand("price", "--job", P3, *ASKED, "--format", "json")
    spec = json.loads(said.stdout)
    (figure,) = [f for f in spec["answer"] if f["percentile"] == 0.6]
    assert figure["typical"] == float(price("--job", P3, *ASKED)["typical"])
    file = tmp_path / "pricing.json"
    file.write_text(said.stdout, encoding="utf-8")
    again = price(str(file))
    assert float(again["typical"]) == figure["typical"]


def test_a_title_is_taken_for_a_job_and_said_so():
    answer = bandstand("price", "--job", "VP customer success", "--basis", "total_comp")
    assert "“VP customer success” taken as" in answer.stderr
    assert "CUSTOM1.CUSTOMERBDCB.M6" in answer.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "give either a file of jobs, or --job"),
        (("jobs.csv", "--job", P3), "give either a file of jobs, or --job"),
        (("--job", P3, "--rate", "3"), "leave out --rate"),
        (("jobs.csv", "--place", "Denver"), "--place goes with --job"),
        (("--job", P3, "--place", "Portland"), "may be one of 2"),
        (("--job", P3, "--percentile", "100"), "percentile 100 is outside 1 to 99"),
        (("--job", "line cook"), "no job matches"),
        (("--job", P3, "--basis", "total_cash"), "no pay basis 'total_cash'"),
    ],
)
def test_what_cant_be_asked_is_told(words, said):
    answer = bandstand("price", *words)
    assert answer.returncode == 2
    assert said in answer.stderr
