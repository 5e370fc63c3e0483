import csv
import io
import json
import os
import re
from pathlib import Path

import openpyxl
import pyarrow.parquet
import pytest

from data.store.connection import open_to_write
from tests.commands import bandstand, process
from tests.data.loads import SAID, load

pytestmark = pytest.mark.usefixtures("store")

COLUMNS = {
    *("function", "focus", "track", "level", "title", "pay_basis", "currency"),
    *("p10", "p25", "p50", "p75", "p90", "low", "high", "status", "source", "as_of", "n"),
}


def table(*words: str) -> list[dict[str, str]]:
    answer = bandstand("export", *words)
    assert answer.returncode == 0, answer.stderr
    return list(csv.DictReader(io.StringIO(answer.stdout, newline="")))


def test_bands_as_csv_match_the_golden_file():
    golden = Path(__file__).parent / "golden" / "bands_p3_m6.csv"
    lines = golden.read_bytes().splitlines()
    answer = process("export", "bands", "--level", "P3", "--level", "M6", "--split", "80/20")
    assert answer.stdout == b"".join(line + b"\r\n" for line in lines)


@pytest.mark.parametrize(
    "words",
    [
        ("--help",),
        ("match", "VP customer success", "Line Cook", "--format", "json"),
        ("export", "bands", "--level", "P9"),
    ],
    ids=" ".join,
)
def test_a_process_of_its_own_writes_and_leaves_as_these_tests_see_it(words):
    here, there = bandstand(*words), process(*words)
    assert here.returncode == there.returncode
    assert here.stderr == there.stderr.decode()
    # How the program is called there, `python -m cli`, is in its usage alone.
    out = there.stdout.decode().replace("\r\n", "\n")
    assert re.sub(r" Usage: .*", "", here.stdout) == re.sub(r" Usage: .*", "", out)


def test_bands_have_the_promised_columns_and_a_row_a_level_and_source():
    rows = table("bands")
    assert set(rows[0]) >= COLUMNS
    assert [(r["level"], r["source"]) for r in rows][-2:] == [
        ("M6", "ladder-model"), ("M6", "canon-m6"),
    ]  # fmt: skip
    assert len(rows) == 11


def test_filters_narrow_and_forgive_case_and_hyphens():
    assert {r["track"] for r in table("bands", "--track", "Management")} == {"management"}
    assert len(table("bands", "--focus", "customer-success-management", "--level", "p2")) == 1


def test_percentiles_are_the_ones_asked_for():
    (row,) = table("bands", "--level", "P3", "--percentiles", "40,97.5")
    assert {"p40", "p97.5", "p40_low"} <= set(row)
    assert "p25" not in row


def test_json_is_a_list_of_records(tmp_path):
    out = tmp_path / "bands.json"
    assert bandstand("export", "bands", "--format", "json", "--out", str(out)).returncode == 0
    rows = json.loads(out.read_text(encoding="utf-8"))
    assert rows[-1]["p50"] == 242_000
    assert rows[-1]["p25"] is None


def test_a_file_ending_names_the_format(tmp_path):
    out = tmp_path / "bands.xlsx"
    assert bandstand("export", "bands", "--out", str(out)).returncode == 0
    assert openpyxl.load_workbook(out).sheetnames == ["Table", "About"]


def test_wages_mark_what_is_only_a_bound():
    (row,) = table("wages", "--soc", "11-2022", "--year", "2024")
    assert (row["p75"], row["p90"], row["at_least"]) == ("201490", "239200", "p90")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["bands", "--level", "P9"], "no level 'P9'; did you mean P6"),
        (["bands", "--focus", "Custmer Success"], "did you mean Customer Success"),
        (["bands", "--split", "80/30"], "such as 80/20"),
        (["bands", "--percentiles", "0,50"], "above 0 and below 100"),
        (["bands", "--percentiles", "ten"], "write them like 10,25,50,75,90"),
        (["bands", "--format", "xls"], "did you mean xlsx"),
        (["bands", "--format", "xlsx"], "add --out FILE.xlsx"),
        (["wages", "--soc", "43-4052"], "or 43-4051"),
        (["wages", "--year", "1999"], "no year '1999'"),
        (["bands", "--out", "/no/such/folder/x.csv"], "can't be written"),
        (["bands", "--levl", "P3"], "No such option"),
    ],
)
def test_bad_input_is_told_on_stderr_with_exit_code_2(words, said):
    answer = bandstand("export", *words)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert not answer.stdout


@pytest.mark.parametrize(
    "words",
    [
        ["build"],
        ["run"],
        ["export", "bands"],
        ["export", "wages"],
        ["export", "steps"],
        ["export", "benchmarks"],
    ],
)
def test_help_shows_an_example(words):
    assert f"Example: bandstand {' '.join(words)}" in bandstand(*words, "--help").stdout


def test_every_export_is_on_record(mine):
    log = mine.with_name(mine.name + ".audit.jsonl")
    before = len(log.read_text().splitlines()) if log.exists() else 0
    table("bands", "--level", "P1")
    last = json.loads(log.read_text().splitlines()[-1])
    assert len(log.read_text().splitlines()) == before + 1
    assert last["about"]["level"] == "P1"
    assert last["rows"] == 1


def test_steps_and_benchmarks_are_exported_too():
    across = [r for r in table("steps") if r["kind"] == "across"]
    assert [(r["start"], r["end"]) for r in across] == [("P4", "M3"), ("P5", "M4"), ("P6", "M5")]
    rows = {r["source"]: r for r in table("benchmarks", "--percentiles", "40,50")}
    assert rows["levels-fyi"]["status"] == "published; p40 interpolated"
    assert (rows["levels-fyi"]["p40"], rows["levels-fyi"]["p50"]) == ("113400", "132000")


def test_filters_that_nothing_passes_say_so():
    answer = bandstand("export", "bands", "--level", "P3", "--track", "management")
    assert answer.returncode == 0
    assert "no rows: nothing of the kind is loaded" in answer.stderr


def test_an_unwritable_terminal_is_told():
    with open("/dev/full", "wb") as full:
        answer = process("export", "bands", "--level", "P3", stdout=full)
    assert answer.returncode == 2
    assert answer.stderr.startswith(b"bandstand: -: can't be written: the disk is full")
    assert answer.stderr.count(b"\n") == 1


def test_a_reader_that_has_left_is_told():
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as pipe:
        answer = process("export", "bands", stdout=pipe)
    assert (answer.returncode, answer.stderr) == (
        2, b"bandstand: -: can't be written: Broken pipe\n",
    )  # fmt: skip


def test_an_export_is_utf_8_whatever_the_terminal_takes():
    words = ("export", "ladder", "canon")
    answer = process(*words, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert "15–25" in answer.stdout.decode()
    assert answer.stderr == b""


def test_match_gives_json_best_first_and_empty_where_nothing_fits():
    done = bandstand("match", "VP customer success", "Line Cook", "--format", "json")
    first, second = json.loads(done.stdout)
    assert list(first["matches"][0]) == ["code", "level", "title", "confidence", "reason"]
    assert first["matches"][0]["level"] == "M6"
    assert second == {"title": "Line Cook", "matches": []}


def test_match_reads_a_file_and_counts_its_titles(tmp_path):
    file = tmp_path / "titles.csv"
    file.write_text("who;title\n1;Sr. CSM\n2;Nurse\n", encoding="utf-8")
    done = bandstand("match", "--file", str(file), "--out", str(tmp_path / "out.csv"))
    assert "2 rows" in done.stderr
    told = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()
    assert told[1].startswith('"Sr. CSM","CUSTOM1.CUSTOMER920B.P3","P3"')


def test_a_taxonomy_goes_in_and_out_by_command(tmp_path, mine):
    folder = tmp_path / "taxonomy"
    bandstand("template", "taxonomy", str(folder))
    assert "already exists" in bandstand("template", "taxonomy", str(folder)).stderr
    assert "73 rows, no problems" in bandstand("load", "taxonomy", str(folder), "--dry-run").stdout
    assert "73 loaded, 0 rejected" in bandstand("load", "taxonomy", str(folder)).stdout
    assert "Data Engineer II" in bandstand("profile", "EXDATA1.EXAMPLEDCDC7.P3").stdout
    assert "withdrawn" in bandstand("withdraw", "1").stdout
    assert bandstand("profile", "EXDATA1.EXAMPLEDCDC7.P3").returncode == 2
    assert "active again" in bandstand("reapply", "1").stdout
    (folder / "skills.csv").write_text("focus,skill\nnowhere,\n", encoding="utf-8")
    refused = bandstand("load", "taxonomy", str(folder))
    assert refused.returncode == 2
    assert "skills.csv, row 1, column meaning: is missing from the header" in refused.stderr


def test_a_profile_gives_published_pay_first_as_text_and_json():
    code = "CUSTOM1.CUSTOMERBDCB.M6"
    text = bandstand("profile", code).stdout
    assert text.index("median $242,000, $190,000–$308,000") < text.index("median $261,400")
    pay = json.loads(bandstand("profile", code, "--format", "json").stdout)["pay"]
    assert [(row["status"], row["p50"], row["n"]) for row in pay] == [
        ("published", 242_000, "not published"),
        ("modelled", 261_400, "not published (that of levels.fyi)"),
    ]


def test_a_ladder_is_exported_with_what_its_levels_ask():
    rows = list(csv.DictReader(io.StringIO(bandstand("export", "ladder", "canon").stdout)))
    assert [row["level"] for row in rows][:2] == ["P1", "P2"]
    (m6,) = [row for row in rows if row["level"] == "M6"]
    assert m6["years, level"] == "15–25"
    assert (m6["title_source"], m6["grade_source"]) == ("canon-taxonomy", "bandstand-grades")
    assert m6["links_said_by"] == "Bandstand's crosswalk of customer-success ladders"
    assert "VP of Customer Success" not in m6["links"]
    assert "did you mean canon" in bandstand("export", "ladder", "cannon").stderr


def test_a_store_is_checked_backed_up_and_restored(tmp_path, mine):
    assert "every load is intact" in bandstand("check").stdout
    file = tmp_path / "monday.bandstand"
    assert "SHA-256" in bandstand("backup", str(file)).stdout
    assert "the previous store is" in bandstand("restore", str(file)).stdout
    assert "every load is intact" in bandstand("check").stdout
    again = bandstand("backup", str(file))
    assert (again.returncode, "already exists" in again.stderr) == (2, True)


def test_a_pricing_json_takes_no_settings(tmp_path):
    file = tmp_path / "pricing.json"
    file.write_text("{}", encoding="utf-8")
    assert "leave the options out" in bandstand("price", str(file), "--rate", "9").stderr
    assert "not a Bandstand pricing" in bandstand("price", str(file)).stderr


PAYROLL = (
    "Name;Firma;Gehalt;Bonus;Datum\n"
    "Ann;Acme;95.500,50;10.000;03/04/2026\n"
    "Bob;Acme;n/a;5.000;05/04/2026\n"
    "Cyd;=Acme;72.000;5.000;05/04/2026\n"
)


def test_a_payroll_is_asked_about_checked_loaded_mended_and_taken_out_again(tmp_path, mine):
    file, rejects = tmp_path / "pay.csv", tmp_path / "left.csv"
    file.write_text(PAYROLL, encoding="cp1252")
    words = ["load", "records", str(file), "--set", "currency=EUR"]
    asked = bandstand(*words, "--map", "organisation=Firma", "--map", "base=Gehalt")
    assert (asked.returncode, asked.stdout) == (2, "")
    assert "the effective date is missing" in asked.stderr
    named = ["--map", "organisation=Firma", "--map", "base=Gehalt", "--map", "effective_date=Datum"]
    asked = bandstand(*words, *named)
    assert "'03/04/2026' could be day or month first" in asked.stderr
    assert "“Name” (by its heading) looks private: left out" in asked.stderr
    dry = bandstand(*words, *named, "--dates", "dmy", "--save-map", "Acme", "--dry-run")
    assert dry.stdout == "3 rows, 2 to load, 1 to be left out; nothing was loaded\n"
    assert "mapping 'Acme', version 1" in dry.stderr
    assert json.loads(bandstand("loads", "--format", "json").stdout) == []
    done = bandstand(*words, "--map", "Acme", "--reject-to", str(rejects))
    assert done.stdout == "load 1: 3 rows in, 2 loaded, 1 rejected\n"
    assert "row 3, column Gehalt: 'n/a' means no value: base is missing" in done.stderr
    again = bandstand(*words, "--map", "Acme")
    assert "loaded already, as load 1; nothing changed" in again.stdout
    rejects.write_text(
        rejects.read_text(encoding="utf-8-sig").replace('"Acme","n/a"', '"Acme","70.000"'),
        encoding="utf-8",
    )
    mended = bandstand("load", "records", str(rejects), "--map", "Acme")
    assert mended.stdout == "load 2: 1 rows in, 1 loaded, 0 rejected\n"
    told = list(csv.DictReader(io.StringIO(bandstand("export", "records").stdout)))
    assert [(r["load"], r["organisation"], r["base"], r["effective_date"]) for r in told] == [
        ("1", "Acme", "95500.5", "2026-04-03"), ("1", "'=Acme", "72000", "2026-04-05"),
        ("2", "Acme", "70000", "2026-04-05"),
    ]  # fmt: skip
    out = tmp_path / "records.parquet"
    bandstand("export", "records", "--load", "2", "--out", str(out))
    assert pyarrow.parquet.read_table(out).num_rows == 1
    bandstand("withdraw", "1")
    assert bandstand("export", "records").stdout.count("\n") == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--map", "Nobody"], "nothing is saved as 'Nobody'"),
        (["--map", "pay=Gehalt"], "no field 'pay'"),
        (["--set", "currency"], "--set 'currency': write it as FIELD=…"),
        (["--units", "many"], "units 'many': use a number"),
        (["--sheet", "Pay"], "no sheet 'Pay'"),
        (["--decimal", ";"], "decimal ';': use . or ,"),
        (["--encoding", "morse"], "unknown encoding 'morse'"),
    ],
)
def test_words_about_a_file_that_mean_nothing_are_told(tmp_path, words, said):
    file = tmp_path / "pay.csv"
    file.write_text(PAYROLL, encoding="utf-8")
    done = bandstand("load", "records", str(file), *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_template_of_a_kind_is_written_once_and_loads(tmp_path, mine):
    file = tmp_path / "new" / "roster.xlsx"
    bandstand("template", "roster", str(file))
    assert "already exists" in bandstand("template", "roster", str(file)).stderr
    assert "1 rows in, 1 loaded" in bandstand("load", "roster", str(file)).stdout
    assert "ends in .xlsx or .csv" in bandstand("template", "roster", str(tmp_path)).stderr
    assert "did you mean roster" in bandstand("template", "rooster", "x.csv").stderr


def test_a_damaged_load_is_told_at_opening(mine):
    con = open_to_write(mine)
    load(con, "records", "Company,Base\nA,95000\nB,96000\n", SAID, "March")
    con.execute("delete from pay_record where row = 2")
    con.close()
    said = "load 1 (March, active): 1 rows where 2 were loaded"
    assert f"damaged: {said}" in bandstand("export", "records").stderr
    assert said in bandstand("check").stderr


def test_snapshots_of_one_organization_are_said_and_counted_once_or_all(tmp_path, mine):
    file = tmp_path / "pay.csv"
    for year in ("2025", "2026"):
        rows = "".join(f"Acme,P2,USD,{year[2:]}{i}00,{year}-03-01\n" for i in range(3))
        file.write_text(f"company,level,currency,base,effective date\n{rows}", "utf-8")
        assert bandstand("load", "records", str(file)).returncode == 0
    answer = bandstand("export", "record-bands", "--format", "json")
    (row,) = json.loads(answer.stdout)
    assert (row["n"], row["p50"], row["source"]) == (3, 26_100, "own-load-2")
    assert answer.stderr == (
        "bandstand: Acme has pay at several dates: a person counts once, at the latest "
        "(2026-03-01); 3 rows of earlier dates left out\n"
        "bandstand: --snapshots all counts the other way\n"
    )
    pooled = bandstand("export", "record-bands", "--format", "json", "--snapshots", "all")
    (row,) = json.loads(pooled.stdout)
    assert (row["n"], row["p50"]) == (6, 25_600)
    assert "all counted: a person counts once for each date" in pooled.stderr


def test_demo_records_are_made_loaded_and_their_bands_exported(tmp_path, mine):
    assert "no pay records are loaded" in bandstand("export", "record-bands").stderr
    made = tmp_path / "records"
    made.mkdir()
    for seed in ("1", "2"):
        answer = bandstand("demo", "records", "--rows", "3000", "--seed", seed,
                           "--out", str(made / f"{seed}.parquet"))  # fmt: skip
        assert answer.returncode == 0, answer.stderr
    answer = bandstand("load", "records", str(made), "--name", "Two files")
    assert answer.stdout == "load 1: 6,000 rows in, 6,000 loaded, 0 rejected\n"
    assert bandstand("demo", "records", "--rows", "2000").returncode == 0
    rows = table("record-bands", "--by", "level", "--where", "function=sales")
    assert [row["level"] for row in rows][:3] == ["P1", "P2", "P3"]
    assert {row["status"] for row in rows} == {"computed from demo data"}
    assert {row["source"] for row in rows} == {"own-load-1, own-load-2"}
    counted = ("record-bands", "--by", "size,year", "--snapshots")
    assert sum(int(row["n"]) for row in table(*counted, "all")) == 8_000
    shown = table("record-bands", "--by", "focus,level", "--mode", "aggregate")
    assert any("held back" in row["note"] for row in shown)
    assert {"5–9", "10–19"} & {row["n"] for row in shown}
    for words, said in (
        (["--by", "size", "--mode", "aggregate"], "cells are fixed"),
        (["--where", "level"], "say it as DIMENSION=VALUE"),
        (["--where", "level=Q9"], "no level 'Q9' in the pay records"),
        (["--since", "May"], "'May' is not a date"),
        (["--element", "bonus"], "no pay element 'bonus'"),
    ):
        refused = bandstand("export", "record-bands", *words)
        assert refused.returncode == 2
        assert said in refused.stderr
    assert bandstand("check").returncode == 0
    pays = next(mine.with_name("mine.duckdb.sorted").glob("*/base.pays"))
    torn = bytearray(pays.read_bytes())
    torn[0] ^= 1
    pays.write_bytes(bytes(torn))
    assert "has changed since it was made" in bandstand("check").stderr
