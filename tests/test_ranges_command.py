"""`bandstand ranges`, from market figures to a live version and back through Excel."""

import csv
import io

import openpyxl

from tests.commands import bandstand

MARKET = (
    "function,level,grade,track,market,low,high,source,status\n"
    "Sales,P1,1,professional,80000,76000,85000,Survey A,imported\n"
    "Sales,P2,2,professional,100000,,,Survey A,imported\n"
)
P2 = "Sales | P2 | United States"


def said(*words: str) -> str:
    answer = bandstand(*words)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout + answer.stderr


def test_ranges_are_built_edited_in_excel_compared_and_made_live(mine, tmp_path):
    market, book = tmp_path / "market.csv", tmp_path / "ranges.xlsx"
    market.write_text(MARKET)
    built = bandstand("ranges", "build", "--market", str(market), "--save", "Sales 2027")
    rows = list(csv.DictReader(io.StringIO(built.stdout.lstrip("\ufeff"))))
    assert [(r["minimum"], r["midpoint"], r["maximum"]) for r in rows] == [
        ("64000", "80000", "96000"), ("80000", "100000", "120000"),
    ]  # fmt: skip
    assert "saved as Sales 2027, version 1, draft" in built.stderr
    said("ranges", "export", "Sales 2027", "--out", str(book))
    edited = openpyxl.load_workbook(book)
    sheet = edited.worksheets[0]
    at = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(3, at["maximum"]).value = 125_000
    edited.save(book)
    listed = said("ranges", "load", str(book))
    assert f"{P2}: maximum 120,000.00 → 125,000.00" in listed
    assert "2 rows, 1 changed cells in 1 ranges, 0 rows left out" in listed
    assert "saved" not in listed
    accepted = said("ranges", "load", str(book), "--accept", P2, "--why", "P2 was too narrow")
    assert "saved as Sales 2027, version 2, draft" in accepted
    (changed,) = csv.DictReader(io.StringIO(bandstand("ranges", "diff", "Sales 2027").stdout))
    assert (changed["maximum_before"], changed["maximum_after"]) == ("120000", "125000")
    assert "version 2 is newer" in bandstand("ranges", "load", str(book)).stderr
    assert "is live" in said("ranges", "live", "Sales 2027")
    loaded = list(csv.DictReader(io.StringIO(said("export", "ranges"))))
    assert [r["maximum"] for r in loaded] == ["96000", "125000"]
    posted = said("ranges", "posting", "Sales 2027", "P2", "--place", "Vermont", "--part", "0-50")
    assert "Pay range: $80,000–$102,500 a year, base pay (USD)." in posted
    assert "fits: Vermont covers employers from 5 employees on, since 2025-07-01" in posted
    assert "not legal advice" in posted
    assert "version 2 is archived" in said("ranges", "archive", "Sales 2027")
    states = csv.DictReader(io.StringIO(bandstand("ranges", "list").stdout))
    assert [r["state"] for r in states] == ["draft", "archived"]


def test_the_markets_movement_is_listed_and_verified_against_todays_store(mine, tmp_path):
    job, drift, book = "CUSTOM1.CUSTOMER920B.P3", tmp_path / "drift.xlsx", tmp_path / "ranges.xlsx"
    build = ("ranges", "build", "--job", job, "--month", "2026-11", "--save", "CS")
    said(*build, "--out", str(book))
    assert "today's store: the same inputs give the same figures" in said("verify", str(book))
    told = said("ranges", "drift", "CS", "--month", "2030-11", "--out", str(drift))
    assert "10 of 10 midpoints are more than 10% from the market of 2030-11" in told
    assert "a table of pay ranges (market movement)" in said("verify", str(drift), "--no-store")
    survey = (
        f"profile,title,place,currency,basis,as_of,n,p50\n{job},CSM,US,USD,base,2026-11,90,99000\n"
    )
    (tmp_path / "survey.csv").write_text(survey)
    said("load", "survey", str(tmp_path / "survey.csv"), "--name", "Our survey")
    rows = list(csv.DictReader(io.StringIO(bandstand(
        "ranges", "drift", "CS", "--month", "2026-11").stdout)))  # fmt: skip
    moved = {r["level"]: (r["market_now"], r["change_by_data"]) for r in rows}
    # The survey alone answers for P3 now; no other level has moved.
    assert float(moved.pop("P3")[0]) == 99_000
    assert {float(change) for _, change in moved.values()} == {0}
    (change,) = [x for x in said("verify", str(book)).splitlines() if "today's store" in x]
    assert "Customer Success P3: market $" in change
    assert "→ $99,000.00 (" in change


def test_a_level_is_built_on_the_figure_chosen_for_it_and_verified_so(mine, tmp_path):
    job, book = "CUSTOM1.CUSTOMER920B.P3", tmp_path / "ranges.xlsx"
    words = ("ranges", "build", "--job", job, "--month", "2026-11")
    survey = (
        f"profile,title,place,currency,basis,as_of,n,p50\n{job},CSM,US,USD,base,2026-11,90,99000\n"
    )
    (tmp_path / "survey.csv").write_text(survey)
    said("load", "survey", str(tmp_path / "survey.csv"), "--name", "Our survey")
    chosen = ("--figure-of", "P3=Modelled ladder", "--out", str(book))
    said(*words, *chosen)
    rows = list(openpyxl.load_workbook(book).worksheets[0].values)
    market = {row[rows[0].index("level")]: row[rows[0].index("market")] for row in rows}
    (p3,) = [r for r in csv.DictReader(io.StringIO(bandstand(*words).stdout.lstrip("\ufeff")))
             if r["level"] == "P3"]  # fmt: skip
    # The survey alone answers by default; chosen is the ladder, and stays so today.
    assert (float(p3["market"]), market["P3"] == 99_000) == (99_000, False)
    assert "today's store: the same inputs give the same figures" in said("verify", str(book))
    for figure, words_said in (
        ("P3=Pay records", "'Pay records' gives no figure"), ("P3", "say it as P3='Pay records'"),
        ("P9=Our survey", "no such level"), ("P3=Pricing: X", "nothing is saved as 'X'"),
    ):  # fmt: skip
        wrong = bandstand(*words, "--figure-of", figure)
        assert (wrong.returncode, words_said in wrong.stderr) == (2, True), wrong.stderr


def test_some_levels_of_a_ladder_are_built_in_another_currency_and_verified(mine, tmp_path):
    book = tmp_path / "ranges.xlsx"
    words = ("ranges", "build", "--job", "CUSTOM1.CUSTOMER920B.P3", "--month", "2027-01")
    chosen = ("--level", "M4", "--level", "P3", "--currency", "cad", "--exchange", "1.37")
    said(*words, *chosen, "--exchange-source", "Our treasury", "--out", str(book))
    names, p3, m4 = openpyxl.load_workbook(book).worksheets[0].iter_rows(values_only=True)
    row = dict(zip(names, p3, strict=True))
    # The market of P3 in base pay is $96,118.77 then, which is CAD 131,682.72.
    assert (row["level"], round(row["market"], 2), row["midpoint"]) == ("P3", 131_682.72, 131_700)
    assert (row["currency"], dict(zip(names, m4, strict=True))["level"]) == ("CAD", "M4")
    assert "today's store: the same inputs give the same figures" in said("verify", str(book))
    for option, why in (
        (("--level", "P9"), "no such level: P9; those that can be built are P1, P2"),
        (("--currency", "CAD"), "no rate for CAD"),
        (("--exchange", "1.37"), "USD has no rate to itself"),
        (("--level", "P3", "--figure-of", "P4=Pay records"), "'P4': no such level is built"),
    ):
        wrong = bandstand(*words, *option)
        assert (wrong.returncode, why in wrong.stderr) == (2, True), wrong.stderr


def test_a_ladder_at_a_percentile_with_a_place_and_a_line(mine):
    words = ("ranges", "build", "--job", "CUSTOM1.CUSTOMER920B.P3", "--midpoints", "line")
    built = bandstand(*words, "--place", "Denver", "--spread-of", "management=60")
    rows = list(csv.DictReader(io.StringIO(built.stdout.lstrip("\ufeff"))))
    assert len(rows) == 20
    assert {r["place"] for r in rows} == {"United States", "Denver-Aurora-Centennial, CO"}
    assert {round(float(r["spread"]), 2) for r in rows if r["track"] == "management"} == {0.6}
    wrong = bandstand(*words, "--spread-of", "P9=40").stderr
    assert "--spread-of P9: no such level or track; use professional, management, P1" in wrong
    targets = ("--percentile-of", "management=75", "--percentile-of", "M6=90")
    rows = list(csv.DictReader(io.StringIO(bandstand(*words, *targets).stdout.lstrip("\ufeff"))))
    at = {r["level"]: float(r["percentile"]) for r in rows}
    assert (at["P3"], at["M5"], at["M6"]) == (0.5, 0.75, 0.9)
    wrong = bandstand(*words, "--percentile-of", "M7=90").stderr
    assert "no such level, focus or track" in wrong
    assert bandstand("ranges", "build").stderr.strip() == (
        "bandstand: say either --job, for the market of its ladder, or --market FILE"
    )
