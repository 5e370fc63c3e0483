"""BLS files: every layout and symbol, and what happens to rows that can't be right."""

import io
import zipfile
from decimal import Decimal

import pytest
import xlsxwriter

from analytics.errors import InputError
from data.build.build import build
from data.catalog.pay_sources import read_places
from data.files.workbook import read_workbook
from data.imports.load import load_oews, reapply, withdraw
from data.imports.oews.occupation import Wage, ceiling
from data.imports.oews.release import read_release
from data.store.connection import open_to_write
from queries import run

PAY = ("tot_emp", "emp_prse", "h_mean", "a_mean", "mean_prse",
       *(f"{k}_{p}" for k in "ha" for p in ("pct10", "pct25", "median", "pct75", "pct90")),
       "annual", "hourly")  # fmt: skip
AREA = ("area", "area_title", "area_type", "prim_state", "naics", "naics_title", "i_group",
        "own_code")  # fmt: skip
LAYOUTS = {
    2014: [c.upper() for c in ("occ_code", "occ_title", "occ_group", *PAY)],
    2018: [c.upper() for c in ("occ_code", "occ_title", "occ_group", *PAY)],
    2019: [*AREA, "occ_code", "occ_title", "o_group", *PAY],
    2020: [c.upper() for c in (*AREA, "occ_code", "occ_title", "o_group", *PAY)],
    2024: [c.upper() for c in (*AREA, "occ_code", "occ_title", "o_group", "pct_rpt", *PAY)],
}
ROW = {
    "occ_code": "15-1252", "occ_title": "Software Developers", "o_group": "detailed",
    "occ_group": "detailed", "area": "99", "area_title": "U.S.", "naics": "000000",
    "own_code": "1235", "tot_emp": 1000, "a_mean": 110000, "a_pct10": 60000, "a_pct25": 80000,
    "a_median": 105000, "a_pct75": 130000, "a_pct90": 170000, "h_median": 50.48,
    "annual": "", "hourly": "",
}  # fmt: skip


def book(columns: list[str], *rows: dict[str, object], sheet: str = "national_M2024_dl") -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        # As in a real release, this sheet names the columns, one a row.
        made.add_worksheet("Field Descriptions").write_column(
            9, 0, ["Field", *map(str.lower, columns)]
        )
        page = made.add_worksheet(sheet)
        for j, name in enumerate(columns):
            page.write(0, j, name)
            for i, row in enumerate(rows, 1):
                page.write(i, j, row.get(name.lower(), ""))
        made.add_worksheet("Filler")
    return out.getvalue()


def read(*rows: dict[str, object], year: int = 2024):
    return read_release("oesm.xlsx", book(LAYOUTS[2024], *rows, sheet=f"national_M{year}_dl"))


@pytest.mark.parametrize("year", LAYOUTS)
def test_every_layout_gives_the_same_row(year):
    content = book(LAYOUTS[year], ROW, sheet=f"national_M{year}_dl")
    release = read_release("any.xlsx", content)
    ((number, found),) = release.occupations
    assert (number, found.key) == (2, (year, "15-1252", "detailed", "US", "000000"))
    assert (found.employment, found.hourly_median) == (1000, Decimal("50.48"))
    assert found.wages[3] == Wage("p50", Decimal(105_000), False)
    assert (release.rows_in, release.rejected) == (1, [])


@pytest.mark.parametrize(
    ("year", "top"), [(2014, 187_200), (2015, 187_200), (2016, 208_000), (2021, 208_000),
                      (2022, 239_200), (2025, 239_200), (2026, None)]
)  # fmt: skip
def test_each_release_has_its_ceiling(year, top):
    assert ceiling(year) == top


def test_symbols_are_bounds_and_gaps_never_numbers():
    row = ROW | {"a_pct90": "#", "a_pct75": "*", "tot_emp": "**", "h_median": "#"}
    ((_, found),) = read(row).occupations
    assert found.wages[-1] == Wage("p90", Decimal(239_200), True)
    assert "p75" not in {w.statistic for w in found.wages}
    assert (found.employment, found.hourly_median) == (None, None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"occ_code": "151252"}, "row 2, column OCC_CODE: '151252' is not an occupation code"),
        ({"occ_title": ""}, "row 2, column OCC_TITLE: is empty"),
        ({"a_median": "n/a"}, "column A_MEDIAN: 'n/a' is neither a number nor a BLS symbol"),
        ({"a_median": "-5"}, "column A_MEDIAN: '-5' is neither a number nor a BLS symbol"),
        ({"a_median": 105}, "column A_MEDIAN: '105' is outside 1,000 to 10,000,000"),
        ({"a_pct75": 90000}, "column P75: '90000' is below p50 (105,000)"),
        ({"tot_emp": "many"}, "column TOT_EMP: 'many' is neither"),
    ],
)
def test_a_row_that_cant_be_right_is_left_out_with_its_reason(change, said):
    release = read(ROW | change, ROW | {"occ_code": "11-1011"})
    assert said in str(release.rejected[0])
    assert [o.soc for _, o in release.occupations] == ["11-1011"]
    assert release.rows_in == len(release.occupations) + release.rows_rejected


def test_a_hash_where_bls_prints_every_wage_is_no_number():
    (problem,) = read(ROW | {"a_pct90": "#"}, year=2026).rejected
    assert "releases of 2026 do not use" in str(problem)


def test_a_key_that_stands_twice_is_told_and_a_group_makes_it_another():
    release = read(ROW, ROW, ROW | {"o_group": "broad"})
    assert "row 3, column OCC_CODE: '15-1252' is already in row 2" in str(release.rejected[0])
    assert len(release.occupations) == 2


def test_a_csv_with_thousands_commas():
    names = list(ROW)
    cells = [f'"{ROW[n]:,}"' if n == "a_median" else str(ROW[n]) for n in names]
    content = f"{','.join(names)}\n{','.join(cells)}\n".encode()
    ((_, found),) = read_release("national_M2013_dl.csv", content).occupations
    assert found.wages[3].value == 105_000


@pytest.mark.parametrize(
    ("file", "content", "said"),
    [
        ("x.csv", b"a,b\n1,2\n", "is not an OEWS file: it has no column occ_code"),
        ("x.xlsx", b"PK\x03\x04nonsense", "is a damaged or encrypted zip"),
        ("x.csv", b"", "is empty"),
        ("x.xlsx", book(["a", "b"], {"a": 1}), "no sheet has any of the columns occ_code"),
        (
            "x.xlsx",
            book(LAYOUTS[2024], ROW, sheet="data"),
            "neither the sheet's nor the file's name has the year",
        ),
    ],
)
def test_what_is_no_release_is_refused(file, content, said):
    with pytest.raises(InputError, match=said):
        read_release(file, content)


def test_a_release_loads_joins_what_is_held_and_changes_nothing_twice(own):
    content = book(LAYOUTS[2024], ROW, ROW | {"occ_code": "99-9999", "occ_title": "New"})
    release = read_release("national_M2024_dl.xlsx", content)
    said, rejected = load_oews(own, release, content)
    # 15-1252 of 2024 is held with other figures: one of the two must be wrong.
    assert said == "load 1: OEWS May 2024, 2 rows in, 1 loaded, 1 rejected"
    assert "differs in mean, p10" in str(rejected[0])
    wages = run(own, "wages", socs=["99-9999"], years=[2024], areas=[])
    assert wages[["p50", "source"]].to_numpy().tolist() == [[105_000, "own-load-1"]]
    before = own.execute("from import_log").fetchall()
    again, _ = load_oews(own, release, content)
    assert again == (
        "2 rows in, 1 loaded, 1 rejected; OEWS May 2024 has no new rows, nothing changed"
    )
    assert own.execute("from import_log").fetchall() == before


def test_what_is_held_alike_is_known_and_not_stored_twice(own):
    held = run(own, "wages", socs=["43-4051"], years=[2024], areas=["US"]).iloc[0]
    row = ROW | {
        "occ_code": "43-4051", "occ_title": held.title, "a_mean": held["mean"],
        "tot_emp": held.employment,
        **{f"a_pct{p}": held[f"p{p}"] for p in (10, 25, 75, 90)}, "a_median": held.p50,
    }  # fmt: skip
    content = book(LAYOUTS[2024], row)
    said, rejected = load_oews(own, read_release("national_M2024_dl.xlsx", content), content)
    assert (said.split(";")[0], rejected) == ("1 rows in, 1 loaded, 0 rejected", [])
    assert len(run(own, "wages", socs=["43-4051"], years=[2024], areas=["US"])) == 1


def test_a_release_is_withdrawn_brought_back_and_kept_by_a_rebuild(own, tmp_path):
    content = book(LAYOUTS[2024], ROW | {"occ_code": "99-9999"})
    load_oews(own, read_release("national_M2024_dl.xlsx", content), content)
    withdraw(own, 1)
    assert run(own, "wages", socs=["99-9999"], years=[], areas=[]).empty
    reapply(own, 1)
    own.close()
    build(tmp_path / "mine.duckdb")
    con = open_to_write(tmp_path / "mine.duckdb")
    assert len(run(con, "wages", socs=["99-9999"], years=[], areas=[])) == 1
    assert "own-load-1" in set(run(con, "sources").source)
    con.close()


def test_an_area_of_its_own_moves_its_occupation_by_the_newest_common_year(own):
    own.execute(
        "insert into classification values ('99-9999', 'New', 'customer-success', "
        "'customer-success', null, 'me', '', 'canon-taxonomy')"
    )
    for year, median in ((2023, 157_500), (2024, 126_000)):
        nation = ROW | {"occ_code": "99-9999"}
        area = nation | {"area": "41860", "area_title": "Testland", "a_median": median,
                         "a_pct75": 160_000}  # fmt: skip
        content = book(LAYOUTS[2024], nation, area, sheet=f"all_M{year}")
        load_oews(own, read_release(f"all_M{year}.xlsx", content), content)
    places = read_places(own, "customer-success", "Testland")
    assert places.of("99-9999").factor == pytest.approx(1.2)
    assert places.of("99-9999").label == (
        "Testland: wages of 99-9999 there over the nation's, OEWS May 2024"
    )
    for other in (places.of(), places.of("11-2022")):
        assert (other.factor, other.label) == (1.0, "Testland: no ratio known")


def test_old_area_columns_two_sheets_and_contradicting_years():
    state = ROW | {"area": "01", "state": "Alabama"}
    columns = ["AREA", "ST", "STATE", "OCC_CODE", "OCC_TITLE", "OCC_GROUP",
               *(c.upper() for c in PAY)]  # fmt: skip
    ((_, found),) = read_release("state_M2014_dl.xlsx", book(columns, state, sheet="s")).occupations
    assert found.area == "Alabama"
    with pytest.raises(InputError, match="its name says 2024, not 2019"):
        read_release("x.xlsx", book(LAYOUTS[2024], ROW), 2019)
    with pytest.raises(InputError, match="OEWS has no year 3000"):
        read_release("x.xlsx", book(LAYOUTS[2024], ROW, sheet="data"), 3000)
    two = io.BytesIO()
    with xlsxwriter.Workbook(two) as made:
        for name in ("national_M2023_dl", "national_M2024_dl"):
            made.add_worksheet(name).write_row(0, 0, LAYOUTS[2024])
    with pytest.raises(InputError, match="sheets national_M2023_dl, national_M2024_dl could be"):
        read_release("x.xlsx", two.getvalue())


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"a_mean": "60000.125"}, "more than two decimals"),
        ({"tot_emp": "99999999999999999999"}, "more than two decimals or nine digits"),
        ({"h_median": "999999"}, "outside 0 to 100,000 an hour"),
    ],
)
def test_numbers_that_the_store_cant_hold_are_left_out(own, change, said):
    content = book(LAYOUTS[2024], ROW | {"occ_code": "99-9999"} | change)
    _, rejected = load_oews(own, read_release("national_M2024_dl.xlsx", content), content)
    assert said in str(rejected[0])


def test_one_long_text_behind_many_cells_is_refused(monkeypatch):
    monkeypatch.setenv("BANDSTAND_WORKBOOK_MB", "100")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out) as made:
        sheet = made.add_worksheet("s")
        for i in range(4_000):
            sheet.write(i, 0, "x" * 32_000)
    with pytest.raises(InputError, match="its text is over the limit of 100 megabytes"):
        read_workbook("long.xlsx", out.getvalue())


def far_cell() -> bytes:
    """A small workbook whose one cell stands in the furthest corner."""
    content = io.BytesIO(book(["occ_code"], {"occ_code": "1"}))
    out = io.BytesIO()
    with zipfile.ZipFile(content) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item.filename)
            if item.filename == "xl/worksheets/sheet2.xml":
                data = data.replace(b'r="A2"', b'r="XFD1048576"')
            new.writestr(item, data)
    return out.getvalue()


def bomb() -> bytes:
    """A small workbook that inflates to half a gigabyte."""
    out = io.BytesIO(book(["occ_code"], {"occ_code": "1"}))
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/x.bin", b"\0" * 450_000_000)
    return out.getvalue()


@pytest.mark.slow
def test_a_far_cell_and_a_bomb_are_refused_before_they_are_read():
    with pytest.raises(InputError, match="row 1,048,576, column 16,384"):
        read_workbook("far.xlsx", far_cell())
    with pytest.raises(InputError, match="inflates to 450 MB, over the limit of 400 megabytes"):
        read_workbook("bomb.xlsx", bomb())


def test_a_damaged_workbook_is_told():
    content = bytearray(book(LAYOUTS[2024], ROW))
    content[200:400] = b"\xff" * 200
    with pytest.raises(InputError, match=r"is damaged|can't be read|is not a workbook"):
        read_workbook("torn.xlsx", bytes(content))
