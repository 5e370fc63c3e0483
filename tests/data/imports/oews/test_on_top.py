"""A release that a team loads on top of the wages on board: the same, newer, contradicting."""

import duckdb
import pytest

from data.imports.load import load_oews, reapply, withdraw
from data.imports.oews.release import Release, read_release
from queries import run
from tests.data.imports.oews.test_reconcile import COLUMNS

Con = duckdb.DuckDBPyConnection
#: What BLS prints of 43-4051 in May 2025: mean, hourly median, P10 to P90.
COLUMN = ("mean", "p10", "p25", "p50", "p75", "p90")


def printed(con: Con, area: str = "US") -> dict[str, int]:
    row = con.execute(
        f"select {', '.join(COLUMN)} from oews_wage "
        "where soc = '43-4051' and year = 2025 and area = ? and at_least = '' ",
        [area],
    ).fetchone()
    assert row is not None
    return dict(zip(COLUMN, row, strict=True))


def release(wages: dict[str, int], year: int) -> tuple[Release, bytes]:
    mean, *percentiles = wages.values()
    pays = ",".join(map(str, percentiles))
    row = f"99,000000,1235,43-4051,Customer Service Representatives,detailed,100,{mean},21,{pays}"
    content = f"{COLUMNS}\n{row}\n".encode()
    return read_release(f"national_M{year}_dl.csv", content), content


def newest(con: Con) -> tuple[int, float, str]:
    """Year, median and source of the benchmark."""
    rows = run(con, "occupation_pay").query("soc == '43-4051'")
    ((year, p50, source),) = zip(rows.year, rows.p50, rows.source, strict=True)
    return int(year), float(p50), str(source)


def test_the_release_that_is_on_board_changes_nothing(own):
    before = newest(own)
    assert before[0] == 2025
    said, rejected = load_oews(own, *release(printed(own), 2025))
    assert said == "1 rows in, 1 loaded, 0 rejected; OEWS May 2025 has no new rows, nothing changed"
    assert rejected == []
    assert run(own, "loads").empty
    assert newest(own) == before


def test_a_newer_release_is_used_at_once_and_goes_with_its_load(own):
    before, wages = newest(own), {k: v + 1_000 for k, v in printed(own).items()}
    load_oews(own, *release(wages, 2026))
    assert newest(own) == (2026, wages["p50"], "own-load-1")
    history = run(own, "wages", socs=["43-4051"], years=[], areas=["US"])
    assert {2025, 2026} <= set(history.year)
    assert history[history.year == 2025].p50.tolist() == [before[1]]
    withdraw(own, 1)
    assert newest(own) == before
    reapply(own, 1)
    assert newest(own)[0] == 2026


def test_a_release_that_contradicts_is_left_out_and_listed_and_the_figure_stays(own):
    before = newest(own)
    wages = printed(own) | {"p90": printed(own)["p90"] + 10}
    said, rejected = load_oews(own, *release(wages, 2025))
    assert said.startswith("1 rows in, 0 loaded, 1 rejected")
    (problem,) = rejected
    assert (problem.row, problem.value) == (2, "43-4051")
    assert problem.reason == "differs in p90 from the store's wages of 2025"
    assert newest(own) == before


@pytest.mark.parametrize("year", [2020, 2024])
def test_an_older_release_on_board_is_known_too(own, year):
    row = own.execute(
        f"select {', '.join(COLUMN)} from oews_wage "
        "where soc = '43-4051' and area = 'US' and year = ?",
        [year],
    ).fetchone()
    said, _ = load_oews(own, *release(dict(zip(COLUMN, row, strict=True)), year))
    assert "nothing changed" in said
