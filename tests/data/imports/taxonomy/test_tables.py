"""A taxonomy of one's own: whole or not at all, and every defect by name."""

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.errors import InputError, UnknownNameError
from data.build.build import build, seed_tables
from data.catalog.compare import compare
from data.catalog.market import read_market
from data.catalog.matcher import read_matcher
from data.catalog.profiles import adjacent, profile_sheet
from data.files.problems import RejectedError
from data.imports.load import load_taxonomy, reapply, withdraw
from data.imports.taxonomy.files import FOLDER, files_in_folder, specs
from data.imports.taxonomy.tables import TABLES
from data.store.connection import open_to_write
from queries import run
from tests.data.contents import table_content

CODE = "EXDATA1.EXAMPLEDCDC7.P3"
Con = duckdb.DuckDBPyConnection


@pytest.fixture
def files() -> dict[str, bytes]:
    return files_in_folder(FOLDER)


def content(con: Con) -> dict[str, tuple[object, ...] | None]:
    """How many rows each table has, and a hash of them all."""
    return {t: table_content(con, t) for t in seed_tables()}


def changed(files: dict[str, bytes], name: str, old: str, new: str) -> dict[str, bytes]:
    assert old.encode() in files[name]
    return files | {name: files[name].replace(old.encode(), new.encode(), 1)}


def test_the_example_loads_and_shows_everywhere(own, files):
    own.execute("attach ':memory:' as before")
    for table in seed_tables():
        own.execute(f"create table before.{table} as from {table}")
    said = load_taxonomy(own, files, "example")
    rows = sum(len(body.splitlines()) - 1 for body in files.values())
    assert said.startswith(f"load 1: {rows} rows in, {rows} loaded, 0 rejected")
    sheet = profile_sheet(own, read_market(own), CODE)
    assert sheet["name"] == "Example: Data Engineering, Data Engineer II (P3)"
    assert sheet["responsibilities"] == [
        "Designs pipelines, agrees their contracts and mends what breaks"
    ]
    assert [row["to_level"] for row in _links(own)] == [
        "Junior", "Mid", "Mid", "Senior", "Lead", "none",
    ]  # fmt: skip
    market = read_market(own)
    assert "Example: Data Engineering" in set(market.levels.function_title)
    assert read_matcher(own).match("Sr Data Engineer")[0].code == CODE.replace("P3", "P4")
    for table in seed_tables():
        lost = own.execute(f"from before.{table} except all from {table}").fetchall()
        assert lost == [], table


def _links(con: Con) -> list[dict[str, object]]:
    table = run(con, "crosswalk_links", ladder="example-data-engineering")
    return [dict(row) for row in table.to_dict("records")]


def test_families_bring_functions_nearer(own, files):
    load_taxonomy(own, files, "example")
    other = {
        name: body.replace(b"example", b"sample")
        .replace(b"EXDATA1", b"SMDATA1")
        .replace(b"Example: ", b"Sample: ")
        .replace(b"sample-technology", b"example-technology")
        for name, body in files.items()
    }
    load_taxonomy(own, other, "sample")
    near = adjacent(run(own, "profiles"), CODE).set_index("code")
    kin = [c for c in near.index if c.startswith("SMDATA1") and c.endswith("P3")]
    assert set(near.taxonomy[kin]) == {0.3}
    assert near.taxonomy["CUSTOM1.CUSTOMER920B.P3"] == 0.45


def test_the_same_files_twice_change_nothing(own, files):
    load_taxonomy(own, files, "example")
    once = content(own)
    assert load_taxonomy(own, files, "again") == (
        "these files are loaded already, as load 1; nothing changed"
    )
    assert content(own) == once


def test_withdrawn_and_brought_back(own, files):
    before = content(own)
    load_taxonomy(own, files, "example")
    loaded = content(own)
    withdraw(own, 1)
    assert content(own) == before
    with pytest.raises(InputError, match="load 1 is already withdrawn"):
        withdraw(own, 1)
    reapply(own, 1)
    assert content(own) == loaded
    with pytest.raises(UnknownNameError, match="no load 7; there are: 1"):
        withdraw(own, 7)


def test_a_rebuild_keeps_what_was_loaded(tmp_path, store, files):
    path = tmp_path / "own.duckdb"
    path.write_bytes(store.read_bytes())
    con = open_to_write(path)
    load_taxonomy(con, files, "example")
    loaded = content(con)
    con.close()
    build(path)
    con = open_to_write(path)
    del loaded["store_meta"]
    assert {k: v for k, v in content(con).items() if k != "store_meta"} == loaded
    con.close()


def test_focuses_can_join_a_function_that_is_there(own, files):
    joined = {
        "functions.csv": b"function,title,code\n",
        "focuses.csv": b"function,focus,title\ncustomer-success,own-renewals,Renewals\n",
        "levels.csv": b"function,ladder,level,track,grade,title\n"
        b"customer-success,own-renewals,P2,professional,2,Renewals Manager\n",
        "profiles.csv": b"focus,ladder,level\nown-renewals,own-renewals,P2\n",
    }
    load_taxonomy(own, joined, "renewals")
    (code,) = [c for c in run(own, "profiles").code if c.startswith("CUSTOM1.OWNRENEW")]
    assert code.endswith(".P2")


DEFECTS = [
    ("functions.csv", "example-data-engineering,Ex", "Example Data,Ex",
     "functions.csv, row 2, column function: 'Example Data' is not a short name"),
    ("functions.csv", "EXDATA1", "exdata", "row 2, column code: 'exdata' is not 1 to 20 uppercase"),
    ("functions.csv", "EXDATA1", "CUSTOM1", "'CUSTOM1' is already the code of customer-success"),
    ("functions.csv", "Example: Data Engineering", "", "row 2, column title: is empty"),
    ("functions.csv", "function,title", "function,name", "title: is missing from the header"),
    ("functions.csv", "function,title", "function,name", "name: is not a column of this file"),
    ("functions.csv", "title,code", "title,title", "column title: appears twice in the header"),
    ("focuses.csv", "example-data-engineering,example-data-platform",
     "nowhere,example-data-platform",
     "focuses.csv, row 3, column function: 'nowhere' is not in functions.csv"),
    ("focuses.csv", "none,Builds", "perhaps,Builds", "differential: 'perhaps' is not one of"),
    ("focuses.csv", "engineering,example-data-platform", "engineering,customer-success",
     "focuses.csv, row 3, column focus: 'customer-success' is already in Bandstand"),
    ("levels.csv", "P2,professional,2", "P2,professional,3", "P2 is professional of grade 2"),
    ("levels.csv", "P2,professional,2", "P2,professional,9", "'9' is not a grade from 1 to 7"),
    ("levels.csv", "P2,professional", "P2,expert", "column track: 'expert' is not one of"),
    ("levels.csv", "P3,professional,3", "P2,professional,2", "is already in row 3"),
    ("levels.csv", "P3,professional,3,Data Engineer II", "P3,professional,3",
     "levels.csv, row 4: has 5 cells where the header has 6"),
    ("profiles.csv", "engineering,P4", "engineering,P5",
     "profiles.csv, row 5, column level: 'P5' is not a level of example-data-engineering"),
    ("profiles.csv", "engineering,P4", "engineering,IC4", "column level: 'IC4' is not one of"),
    ("profiles.csv", "P3,,1", "P3,EXDATA1.EXAMPLE0000.P3,1",
     "does not match the row; it would be EXDATA1.EXAMPLEDCDC7.P3"),
    ("profiles.csv", "P3,,1", "P3,nonsense,1", "column code: 'nonsense' is not a profile code"),
    ("profiles.csv", "P3,,1,", "P3,,one,", "column version: 'one' is not a whole number"),
    ("profiles.csv", "P3,,1,,", "P3,,1,80,", "column confidence: '80' is outside 0 to 1"),
    ("profiles.csv", "example-data-engineering,example-data-engineering,P1",
     "example-data-engineering,canon,P1", "column ladder: 'canon' is not in levels.csv"),
    ("criteria.csv", "descriptor,example-data-engineering,,P1",
     "descriptor,,example-data-engineering,P1",
     "criteria.csv, row 2, column ladder: is empty, but a descriptor needs one"),
    ("criteria.csv", "P1,scope", "P2,scope", "column dimension: 'scope' is already given for P2"),
    ("criteria.csv", "degree and years", "charm", "'charm' is not one of knowledge"),
    ("criteria.csv", "engineering,P2,,Builds", "engineering,P6,,Builds", "'P6' has no profile in"),
    ("skills.csv", "example-data-platform", "elsewhere", "'elsewhere' is not in focuses.csv"),
    ("skills.csv", "Airflow", "SQL", "'example-data-engineering · SQL' is already in row 2"),
    ("crosswalk.csv", "job-board,Mid,Independent", "job-board,Middle,Independent",
     "crosswalk.csv, row 4, column to_level: 'Middle' is not a level of example-job-board"),
    ("crosswalk.csv", "example-data-engineering,M4,example-job-board,,The board names no level"
     " above a lead\n", "", "'M4' of example-data-engineering has no link to example-job-board"),
    ("titles.csv", "engineering,P1", "engineering,P6", "'P6' has no profile in"),
    ("crosswalk.csv", "Starts out under guidance\n", "Starts out\nexample-data-engineering,P1,"
     "example-job-board,,None\n", "crosswalk.csv, row 3, column to_level: contradicts row 2"),
    ("crosswalk.csv", "Starts out under guidance\n", "Starts out\nexample-job-board,Junior,"
     "example-data-engineering,P1,Same\n", "row 3, column to_level: 'P1' repeats row 2"),
    ("crosswalk.csv", "Starts out under guidance\n", "Starts out\ncanon,P1,career,IC1,Mine\n",
     "column ladder: 'canon' and career are both outside this taxonomy"),
    ("profiles.csv", "P3,,1,", "P3,,2147483648,", "'2147483648' is over 999,999,999"),
    ("profiles.csv", "P3,,1,,", "P3,,1,0.999,", "'0.999' has more than two decimals"),
    ("focuses.csv", "Example: Data Platform", "Customer Success", "is already the title of"),
    ("occupations.csv", "15-1243", "15-9999",
     "occupations.csv, row 2, column soc: '15-9999' is not an occupation of OEWS; did you mean"),
    ("occupations.csv", "engineering,,,15", "engineering,streaming,,15",
     "column focus: 'streaming' is not in focuses.csv"),
    ("occupations.csv", "example-data-engineering", "customer-success",
     "column function: 'customer-success' is not in functions.csv"),
    ("pay.csv", "p90\n", "p90\nexample-data-engineering,Ours,base,USD,US,2026-03,,,,,,\n",
     "pay.csv, row 2, column p50: is empty, and so are the other percentiles"),
    ("pay.csv", "p90\n", "p90\nexample-data-engineering,Ours,base,USD,US,2026-03,,,90000,,80000,\n",
     "pay.csv, row 2, column p75: '80000' is below p25 (90,000)"),
    ("pay.csv", "p90\n", "p90\nexample-data-engineering,Ours,base,usd,US,2026-03,,,,90000,,\n",
     "column currency: 'usd' is not three letters such as USD"),
    ("ladder_model.csv", "parity_gap", "parity",
     "ladder_model.csv, row 4, column parameter: 'parity' is not an assumption; did you mean"),
    ("ladder_model.csv", "step,0.15", "step,15",
     "ladder_model.csv, row 2, column value: '15' is outside -1 to 1"),
    ("ladder_model.csv", "step,0.15", "step,", "row 2, column value: is empty"),
    ("ladder_model.csv", "default,professional_step,0.15", "other,,",
     "row 2, column parameter: is empty, but an alternative changes something"),
    ("ladder_model.csv", "parity_gap,0.03", "anchor,300000",
     "row 2, column function: 'example-data-engineering' an anchor is the pay of M6"),
]  # fmt: skip


@pytest.fixture(scope="module")
def unchanged(store, tmp_path_factory):
    """A store that refuses every load, for one test after the other, and what is in it."""
    path = tmp_path_factory.mktemp("refusing") / "mine.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    yield con, content(con)
    con.close()


@pytest.mark.parametrize(("name", "old", "new", "said"), DEFECTS)
def test_each_defect_is_named_and_nothing_is_loaded(unchanged, files, name, old, new, said):
    con, before = unchanged
    with pytest.raises(RejectedError) as refused:
        load_taxonomy(con, changed(files, name, old, new), "broken")
    assert said in str(refused.value)
    assert content(con) == before
    assert run(con, "loads").empty


def test_all_defects_are_told_at_once(own, files):
    broken = changed(files, "functions.csv", "EXDATA1", "x")
    broken = changed(broken, "skills.csv", "SQL", "")
    del broken["profiles.csv"]
    with pytest.raises(RejectedError) as refused:
        load_taxonomy(own, broken | {"notes.csv": b"a\n"}, "broken")
    assert [(p.file, p.row) for p in refused.value.problems] == [
        ("notes.csv", None), ("functions.csv", 2), ("profiles.csv", None), ("skills.csv", 2),
    ]  # fmt: skip


def test_a_load_that_others_rest_on_stays(own, files):
    load_taxonomy(own, files, "example")
    more = {
        "functions.csv": b"function,title,code\n",
        "focuses.csv": b"function,focus,title\nexample-data-engineering,streaming,Streaming\n",
        "levels.csv": b"function,ladder,level,track,grade,title\n"
        b"example-data-engineering,streaming,P2,professional,2,Streaming Engineer\n",
        "profiles.csv": b"focus,ladder,level\nstreaming,streaming,P2\n",
    }
    load_taxonomy(own, more, "more")
    with pytest.raises(InputError, match="the focus of another load needs this one"):
        withdraw(own, 1)
    withdraw(own, 2)
    withdraw(own, 1)


def test_loads_come_back_in_the_order_that_they_need(own, files):
    path = own.execute("select path from duckdb_databases() where path is not null").fetchone()[0]
    more = {
        "functions.csv": b"function,title,code\n",
        "focuses.csv": b"function,focus,title\nexample-data-engineering,streaming,Streaming\n",
        "levels.csv": b"function,ladder,level,track,grade,title\n"
        b"example-data-engineering,streaming,P2,professional,2,Streaming Engineer\n",
        "profiles.csv": b"focus,ladder,level\nstreaming,streaming,P2\n",
    }
    load_taxonomy(own, files, "example")
    load_taxonomy(own, more, "more")
    withdraw(own, 2)
    withdraw(own, 1)
    load_taxonomy(own, files, "example again")
    reapply(own, 2)
    loaded = content(own)
    own.close()
    build(Path(path))
    con = open_to_write(Path(path))
    assert run(con, "loads").state.tolist() == ["withdrawn", "active", "active"]
    assert content(con)["job_profile"] == loaded["job_profile"]
    con.close()


def test_a_load_that_fits_no_more_is_set_aside_and_the_build_goes_on(own, files):
    path = Path(
        own.execute("select path from duckdb_databases() where path is not null").fetchone()[0]
    )
    load_taxonomy(own, files, "example")
    own.execute(
        "update taxonomy_file set content = replace(content::varchar, 'EXDATA1', 'CUSTOM1')::blob "
        "where name = 'functions.csv'"
    )
    own.close()
    build(path)
    con = open_to_write(path)
    assert run(con, "loads").state.tolist() == ["set aside"]
    with pytest.raises(RejectedError, match="'CUSTOM1' is already the code of customer-success"):
        reapply(con, 1)
    con.close()


def test_pay_of_one_ladder_is_never_shown_for_another(own, files):
    load_taxonomy(own, files, "example")
    market = read_market(own)
    found = compare(own, market, [CODE, CODE.replace("P3", "P2")])
    assert set(found["pay"].source) == {"ladder-model-example-data-engineering, bls-oews"}
    canon = compare(own, market, ["CUSTOM1.CUSTOMER920B.P3", CODE])
    assert canon["pay"].empty


def test_files_in_capitals_count_and_strays_are_told(own, files, tmp_path):
    for name, body in files.items():
        (tmp_path / name.replace("skills.csv", "SKILLS.CSV")).write_bytes(body)
    (tmp_path / "notes.txt").write_text("mine")
    found = files_in_folder(tmp_path)
    assert set(found) == set(files)
    (tmp_path / "Titles.tsv").write_text("x")
    with pytest.raises(RejectedError, match=r"titles\.tsv: is not a file of a taxonomy"):
        load_taxonomy(own, files_in_folder(tmp_path), "mine")


def test_every_file_of_the_templates_is_explained(files):
    assert set(files) == {spec.file for spec in specs().values()}
    for spec in specs().values():
        assert files[spec.file].decode().splitlines()[0].split(",") == list(spec.units)
        assert all(spec.meanings.values())


def test_the_tables_of_a_taxonomy_all_name_their_source(con):
    for table in TABLES:
        assert "source" in con.cursor().execute(f"from {table} limit 0").df().columns
