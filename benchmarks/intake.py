"""Files on their way in, beside bare readers of the same files, in one run by turns.

A million pay records of 20 columns as CSV, checked and loaded into a store,
beside DuckDB's `read_csv` into a table of declared types, and pandas and polars
(where it is installed) with the same checks; each in a process of its own. A
workbook of 100,000 rows, looked into and read by a child, beside fastexcel
alone. A file of 20 rows, until its report stands on the page.

Usage: python -m benchmarks.intake [rows]
"""

import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv
from playwright.sync_api import Page, sync_playwright

from data.build.build import build
from tests.browser.chromium import ARGUMENTS, find_chromium
from tests.browser.serving import open_page, served, settled

ROUNDS, SEED = 5, 20261125
TYPES = {
    "row_id": "bigint", "base": "decimal(14, 2)", "variable": "decimal(14, 2)",
    "total_cash": "decimal(14, 2)", "equity": "decimal(14, 2)", "bonus_percent": "integer",
    "fte": "double", "weekly": "integer", "effective_date": "date",
}  # fmt: skip


def records(path: Path, rows: int) -> None:
    """Made-up pay records: lognormal base pay, a fifth of it variable."""
    draw = np.random.default_rng(SEED)

    def one_of(*words: str) -> pa.Array:
        return pa.array(np.array(words)[draw.integers(0, len(words), rows)])

    def numbered(word: str, n: int) -> pa.Array:
        return one_of(*(f"{word} {i}" for i in range(n)))

    base = np.round(draw.lognormal(11.4, 0.35, rows), 2)
    variable = np.round(base * 0.2, 2)
    table = {
        "row_id": np.arange(rows),
        "organisation": numbered("Organisation", 500),
        "function": one_of("Customer Success", "Sales", "Engineering"),
        "focus": numbered("Focus", 24),
        "level": one_of("P1", "P2", "P3", "P4", "P5", "P6", "M3", "M4", "M5", "M6"),
        "place": one_of("Boston", "Chicago", "Berlin", "London", "Remote"),
        "title": numbered("Title", 300),
        "size": one_of("1-50", "51-200", "201-1000", "1001+"),
        "industry": one_of("Software", "Health", "Retail"),
        "currency": one_of("USD"),
        "base": base,
        "variable": variable,
        "total_cash": np.round(base + variable, 2),
        "equity": np.round(draw.lognormal(9, 0.8, rows), 2),
        "bonus_percent": draw.integers(0, 40, rows),
        "fte": np.ones(rows),
        "weekly": np.full(rows, 40),
        "manager": one_of("yes", "no"),
        "batch": numbered("batch", 30),
        "effective_date": one_of(*(f"2026-0{m}-1{d}" for m in range(1, 10) for d in range(10))),
    }
    options = pa.csv.WriteOptions(quoting_style="none")
    pa.csv.write_csv(pa.table(table), path, options)


def ours(file: Path, folder: Path) -> None:
    """Checked and loaded into the team's own store."""
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.load import load_team_file
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession
    from data.store.connection import open_to_write

    with ImportSession() as session:
        kind = file_type("records")
        checked = check_file(session, kind, file.name, file, ImportOptions(), list)
        assert checked.report.left_out == 0
        con = open_to_write(folder / "store.duckdb")
        load_team_file(con, session, checked, "benchmark")
        con.close()


def bare_duckdb(file: Path, folder: Path) -> None:
    """DuckDB alone, into a table of declared types, nothing checked."""
    import duckdb

    with file.open() as lines:
        names = lines.readline().strip().replace('"', "").split(",")
    columns = ", ".join(f"'{n}': '{TYPES.get(n, 'varchar')}'" for n in names)
    con = duckdb.connect(str(folder / "bare.duckdb"))
    con.execute(
        f"create table pay as select * from read_csv('{file}', header = true, "
        f"auto_detect = false, columns = {{{columns}}})"
    )
    con.close()


def with_pandas(file: Path, folder: Path) -> None:
    """pandas, all columns as text, then the same checks."""
    import pandas as pd

    told = pd.read_csv(file, dtype=str, keep_default_na=False)
    told = told.apply(lambda column: column.str.strip())
    money = {n: pd.to_numeric(told[n], errors="coerce") for n in TYPES if n not in ("row_id",)
             and TYPES[n].startswith("decimal")}  # fmt: skip
    day = pd.to_datetime(told.effective_date, format="%Y-%m-%d", errors="coerce")
    bad = (told.organisation == "") | ~told.currency.str.fullmatch("[A-Za-z]{3}") | day.isna()
    for values in money.values():
        bad |= values.isna() | (values < 0)
    odd = (~money["base"].between(1_000, 10_000_000)).sum()
    odd += ((money["base"] + money["variable"] - money["total_cash"]).abs() > 1).sum()
    odd += told.duplicated().sum()
    told.assign(**money, effective_date=day)[~bad].to_parquet(folder / "pandas.parquet")
    assert odd == 0


def with_polars(file: Path, folder: Path) -> None:
    """polars, all columns as text, then the same checks."""
    import polars as pl

    told = pl.read_csv(file, infer_schema=False)
    told = told.with_columns(pl.all().str.strip_chars(" "))
    money = [n for n in TYPES if TYPES[n].startswith("decimal")]
    typed = told.with_columns(
        *(pl.col(n).cast(pl.Float64, strict=False) for n in money),
        pl.col("effective_date").str.to_date("%Y-%m-%d", strict=False),
    )
    bad = pl.any_horizontal(
        pl.col("organisation") == "",
        ~pl.col("currency").str.contains("^[A-Za-z]{3}$"),
        pl.col("effective_date").is_null(),
        *((pl.col(n).is_null() | (pl.col(n) < 0)) for n in money),
    )
    odd = typed.select(
        (~pl.col("base").is_between(1_000, 10_000_000)).sum()
        + ((pl.col("base") + pl.col("variable") - pl.col("total_cash")).abs() > 1).sum()
    ).item()
    odd += told.is_duplicated().sum()
    typed.filter(~bad).write_parquet(folder / "polars.parquet")
    assert odd == 0


def ours_xlsx(file: Path, folder: Path) -> None:
    """Looked into, and read by a child under limits."""
    from data.files.workbook import read_workbook

    (sheet,) = read_workbook(file.name, file.read_bytes())
    assert sheet.table.num_rows > 1


def bare_xlsx(file: Path, folder: Path) -> None:
    """fastexcel alone, to Arrow."""
    import fastexcel
    import pyarrow

    pyarrow.table(fastexcel.read_excel(file).load_sheet(0).to_arrow())


WORK: dict[str, Callable[[Path, Path], None]] = {
    w.__name__: w for w in (ours, bare_duckdb, with_pandas, with_polars, ours_xlsx, bare_xlsx)
}


def apart(name: str, file: Path, folder: Path, store: Path) -> tuple[float, float]:
    """Seconds and peak megabytes of one piece of work in a fresh process, imports aside."""
    for old in folder.iterdir():
        old.unlink()
    if name == "ours":
        (folder / "store.duckdb").write_bytes(store.read_bytes())
    words = [sys.executable, "-m", "benchmarks.intake", name, str(file), str(folder)]
    told = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    return told["seconds"], told["megabytes"]


def one(name: str, file: Path, folder: Path) -> None:
    """The work of a fresh process: its time from the first line on, and its peak memory."""
    import resource

    for module in (
        "duckdb",
        "pandas",
        "pyarrow",
        "data.imports.load",
        "data.imports.team_files.check",
        "fastexcel",
    ):
        importlib.import_module(module)
    if name == "with_polars":
        importlib.import_module("polars")
    start = time.perf_counter()
    WORK[name](file, folder)
    seconds = time.perf_counter() - start
    who = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = max(resource.getrusage(one).ru_maxrss for one in who) / 1000
    print(json.dumps({"seconds": seconds, "megabytes": peak}))


def by_turns(names: list[str], file: Path, folder: Path, store: Path) -> dict[str, list[float]]:
    """Seconds of each name in each round; prints medians, and ratios of ours to the others."""
    seconds: dict[str, list[float]] = {name: [] for name in names}
    peaks: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name in names:
            took, peak = apart(name, file, folder, store)
            seconds[name].append(took)
            peaks[name] = max(peaks.get(name, 0.0), peak)
    mine = seconds[names[0]]
    for name in names:
        ratios = [a / b for a, b in zip(mine, seconds[name], strict=True)]
        print(
            f"{name:12s} {statistics.median(seconds[name]):6.2f} s, peak {peaks[name]:6,.0f} MB, "
            f"ours / it {statistics.median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"
        )
    return seconds


def workbook(path: Path, source: Path) -> None:
    """The first rows of the records as a workbook of numbers and texts."""
    import xlsxwriter

    with source.open() as lines, xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Pay")
        for i, line in enumerate(lines):
            for j, cell in enumerate(line.strip().split(",")):
                if i and cell.replace(".", "", 1).isdigit():
                    sheet.write_number(i, j, float(cell))
                else:
                    sheet.write_string(i, j, cell)


def report_on_the_page(page: Page, address: str, file: Path) -> float:
    """Seconds from the choice of a file to its counts on the page."""
    page.goto(f"{address}/import?kind=Pay+records")
    page.get_by_text("One row a person's pay").wait_for()
    settled(page)
    start = time.perf_counter()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_text("20 rows, 20 to load").wait_for()
    return time.perf_counter() - start


def main() -> None:
    """Print all that the module's text names."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as place:
        home = Path(place)
        folder, store = home / "work", home / "store.duckdb"
        folder.mkdir()
        build(store)
        file, short, book = home / "records.csv", home / "short.csv", home / "records.xlsx"
        records(file, rows)
        print(f"{rows:,} × 20 CSV, {file.stat().st_size / 1e6:,.0f} MB, {ROUNDS} rounds by turns")
        peers = ["ours", "bare_duckdb", "with_pandas"]
        by_turns([*peers, *["with_polars"] * bool(importlib.util.find_spec("polars"))],
                 file, folder, store)  # fmt: skip
        records(short, min(rows, 100_000))
        workbook(book, short)
        print(f"100,000 × 20 XLSX, {book.stat().st_size / 1e6:,.0f} MB")
        by_turns(["ours_xlsx", "bare_xlsx"], book, folder, store)
        records(short, 20)
        with served(store) as (address, _), sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
            page = open_page(browser, f"{address}/import?kind=Pay+records", "text=One row a person")
            took = [report_on_the_page(page, address, short) for _ in range(ROUNDS)]
            browser.close()
        print(f"20 rows: report on the page in {statistics.median(took):.2f} s "
              f"({min(took):.2f}–{max(took):.2f})")  # fmt: skip


if __name__ == "__main__":
    if len(sys.argv) == 4:
        one(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
