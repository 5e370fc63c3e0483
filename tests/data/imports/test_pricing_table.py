"""Tables to price and lists of titles, read as the files that teams load are."""

import io
import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from analytics.errors import InputError
from analytics.pricing.ageing import Month
from analytics.pricing.inputs import Pricing, Rate
from analytics.pricing.pricing import price_job
from analytics.pricing.serialization import to_spec
from data.catalog.matcher import titles_in
from data.files.opened import OpenOptions
from data.files.problems import RejectedError
from data.imports.pricing_jobs import read_jobs
from data.imports.team_files.named_currency import currencies_named
from data.imports.team_files.options import ImportOptions
from tests.commands import bandstand

TODAY = Month(2026, 11)
SETTINGS = Pricing("", "base", Month(2027, 1), Rate(0.034, "ECI"), ())


def read(text: str | bytes, **options: str):
    content = text.encode() if isinstance(text, str) else text
    return read_jobs("jobs.csv", content, SETTINGS, TODAY, ImportOptions(**options))


def test_money_as_people_write_it_is_priced_and_shown_as_read():
    jobs, notes = read(
        "job,source,basis,as_of,p25,p50,p75,currency\n"
        'CSM,Survey A,Base,2026-03,"$90,000","$105,000","$121,000",USD\n'
        "CSM,Survey B,base,2026-03,88k,101k/yr,,USD\n"
    )
    one, two = jobs[0].sources
    assert one.percentiles == {0.25: 90_000, 0.5: 105_000, 0.75: 121_000}
    assert two.percentiles == {0.25: 88_000, 0.5: 101_000}
    assert notes == ["amounts: '$90,000' is 90,000"]


def test_headings_dates_and_decimal_commas_of_surveys_are_known():
    jobs, notes = read(
        "Job Title;Survey;Pay Basis;Effective Date;Median;75th %ile;Currency Code;Incumbents\n"
        "CSM;A;Target Cash;31/03/2026;105.000,50 €;N/A;EUR;1.200\n"
    )
    (source,) = jobs[0].sources
    assert (source.percentiles, source.basis, str(source.as_of)) == (
        {0.5: 105_000.5}, "target_cash", "2026-03",
    )  # fmt: skip
    assert (source.currency, source.n) == ("EUR", 1_200)
    assert "job from 'Job Title'" in notes[0]


def test_two_rows_of_headings_make_a_source_for_each_pay_element():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["", "", "", "Base Salary", "", "Total Cash", ""])
        sheet.write_row(1, 0, ["Job", "Source", "As of", "P25", "P50", "P25", "P50"])
        sheet.write_row(2, 0, ["CSM", "A", "2026-03", 90_000, 105_000, 99_000, 118_000])
    jobs, _ = read(out.getvalue())
    assert [(s.basis, s.percentiles) for s in jobs[0].sources] == [
        ("base", {0.25: 90_000, 0.5: 105_000}), ("total_cash", {0.25: 99_000, 0.5: 118_000}),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("CSM,A,base,2026-03,€90000,USD", "'€90000' is in a different currency from its row"),
        ("CSM,A,base,2026-03,€90000,", "'€90000' is in a different currency from its row"),
        ("CSM,A,base,2026-03,90-120k,USD", "column Median: '90-120k' is not a number"),
        ("CSM,A,base,2026-03,(90k),USD", "column Median: '(90k)' is outside 1,000"),
        ("CSM,A,base,2026-03,n/a,USD", "no percentile is given"),
    ],
)
def test_a_cell_that_cant_be_priced_is_told_as_it_is_written(row, said):
    with pytest.raises(RejectedError) as refused:
        read(f"job,source,basis,as_of,Median,currency\n{row}\n")
    assert said in str(refused.value)
    assert str(refused.value).startswith("nothing was priced; 1 problem:")


def test_what_can_be_read_in_two_ways_is_asked_with_its_option():
    head = "job,source,basis,as_of,p50\n"
    with pytest.raises(InputError, match="could be day or month first; say --dates dmy"):
        read(f"{head}CSM,A,base,03/04/2026,90000\n")
    jobs, _ = read(f"{head}CSM,A,base,03/04/2026,90000\n", dates="dmy")
    assert str(jobs[0].sources[0].as_of) == "2026-04"
    with pytest.raises(InputError, match="have different decimal signs; say --decimal"):
        read(f'{head}CSM,A,base,2026-03,"90.000,50"\nCSM,B,base,2026-03,"90,000.50"\n')


def test_lines_of_two_encodings_are_read_and_noted():
    head = "job,source,basis,as_of,p50\n"
    content = (head + "CSM,Büro,base,2026-03,90000\n" * 2).encode() + (
        "CSM,Büro,base,2026-03,91000\n".encode("cp1252")
    )
    jobs, notes = read(content)
    assert [source.name for source in jobs[0].sources] == ["Büro"] * 3
    assert "line 4 as Windows-1252" in notes[0]
    found = titles_in("t.csv", "title\nChargé\nChargé\n".encode() + b"Charg\xe9\n")
    assert found.titles == ["Chargé"] * 3
    assert "line 4 as Windows-1252: 'Chargé'" in found.notes[0]


@pytest.mark.parametrize("heading", ["Job Title", "JobTitle", "Position  Title", "Benchmark Job"])
def test_titles_are_known_by_the_headings_of_rosters_and_surveys(heading):
    found = titles_in(
        "t.csv", f"{heading},Department\nSr. CSM,CS\nVP Customer Success,CS\n".encode()
    )
    assert found.titles == ["Sr. CSM", "VP Customer Success"]


def test_a_sheet_is_chosen_for_titles():
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in ("May", "June"):
            sheet = book.add_worksheet(name)
            sheet.write_row(0, 0, ["Title", "Team"])
            sheet.write_row(1, 0, [f"CSM of {name}", "CS"])
    with pytest.raises(InputError, match="choose one with --sheet"):
        titles_in("t.xlsx", out.getvalue())
    assert titles_in("t.xlsx", out.getvalue(), OpenOptions(), "June").titles == ["CSM of June"]


def test_a_folder_of_parquet_is_priced_and_matched_and_a_marked_pricing_is_known(tmp_path, store):
    (tmp_path / "parts").mkdir()
    for i, title in enumerate(("CSM", "Senior CSM")):
        row = {"job": [title], "source": ["A"], "basis": ["base"], "as_of": ["2026-03"],
               "p50": [90_000 + i]}  # fmt: skip
        pq.write_table(pa.table(row), tmp_path / "parts" / f"{i}.parquet")
    folder = str(tmp_path / "parts")
    priced = json.loads(bandstand("price", folder, "--to", "2026-03", "--format", "json").stdout)
    assert [(row["job"], row["typical"]) for row in priced] == [
        ("CSM", 90_000), ("Senior CSM", 90_001),
    ]  # fmt: skip
    matched = json.loads(bandstand("match", "--file", folder, "--format", "json").stdout)
    assert [row["title"] for row in matched] == ["CSM", "Senior CSM"]
    (job,), _ = read("job,source,basis,as_of,p50\nCSM,A,base,2026-03,90000\n")
    for i, encoding in enumerate(("utf-8-sig", "utf-16")):
        file = tmp_path / f"{i}.json"
        file.write_bytes(to_spec(job).encode(encoding))
        (answer,) = json.loads(bandstand("price", str(file), "--format", "json").stdout)
        assert answer["typical"] == round(price_job(job).target.composite, 2)


@pytest.mark.parametrize(
    ("text", "named"),
    [("90k", ()), ("€90,000", ("EUR",)), ("CHF 90'000", ("CHF",)), ("C$90,000", ("CAD",)),
     ("90,000 £", ("GBP",)), ("MXN 90k", ("MXN",))],
)  # fmt: skip
def test_the_currency_that_an_amount_names(text, named):
    assert currencies_named(text) == named


def test_a_bare_dollar_may_be_any_dollar():
    assert {"USD", "CAD", "MXN"} <= set(currencies_named("$90,000"))
