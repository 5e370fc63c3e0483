"""Role guides in a team's taxonomy: checked with it, loaded with it, withdrawn with it."""

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.errors import InputError, SeedError
from data.build.build import build
from data.build.seed_files import SEEDS
from data.catalog.guide import guide_table
from data.files.problems import RejectedError
from data.imports.load import load_taxonomy, reapply, withdraw
from data.imports.taxonomy.files import FOLDER, files_in_folder
from queries import run

EXAMPLE = "example-data-engineering"
HEADERS_ONLY = {
    "functions.csv": b"function,title,code\n",
    "focuses.csv": b"function,focus,title\n",
    "levels.csv": b"function,ladder,level,track,grade,title\n",
    "profiles.csv": b"focus,ladder,level\n",
}
GUIDE = b"function,section,name,text\n"


@pytest.fixture
def files() -> dict[str, bytes]:
    return files_in_folder(FOLDER)


def guided(con: duckdb.DuckDBPyConnection) -> list[str]:
    return run(con, "guide_functions").function.tolist()


def test_a_guide_comes_and_goes_with_its_taxonomy(own, files):
    load_taxonomy(own, files, "example")
    table = guide_table(own, EXAMPLE)
    assert guided(own) == ["customer-success", EXAMPLE]
    assert len(table) == 21
    assert set(table.source) == {"own-load-1"}
    assert table[table.section == "sources"].cites.tolist() == ["1", "2"]
    withdraw(own, 1)
    assert guided(own) == ["customer-success"]
    reapply(own, 1)
    assert guide_table(own, EXAMPLE).equals(table)


def test_rows_keep_the_order_of_the_file(own, files):
    lines = files["guide.csv"].splitlines(keepends=True)
    load_taxonomy(own, files | {"guide.csv": b"".join([lines[0], *reversed(lines[1:])])}, "x")
    table = guide_table(own, EXAMPLE)
    assert table[table.section == "motions"].topic.tolist() == ["Run", "Build"]


def test_a_guide_is_optional(own, files):
    kept = {name: body for name, body in files.items() if name not in ("guide.csv", "phrases.csv")}
    load_taxonomy(own, kept, "example")
    assert guided(own) == ["customer-success"]


def test_a_guide_of_another_load_keeps_its_function(own, files):
    kept = {name: body for name, body in files.items() if name not in ("guide.csv", "phrases.csv")}
    load_taxonomy(own, kept, "example")
    later = HEADERS_ONLY | {"guide.csv": GUIDE + f"{EXAMPLE},outlook,Demand,Made up\n".encode()}
    load_taxonomy(own, later, "guide alone")
    with pytest.raises(InputError, match="the role guide of another load"):
        withdraw(own, 1)
    withdraw(own, 2)
    withdraw(own, 1)


DEFECTS = [
    ("guide.csv", "engineering,motions", "engineering,motion",
     "guide.csv, row 2, column section: 'motion' is no"),
    ("guide.csv", "5,20,days", "20,5,days", "row 2, column high: '5' is below low (20)"),
    ("guide.csv", "5,20,days", "5,20,", "row 2, column unit: is empty beside a figure"),
    ("guide.csv", "5,20,days", ",20,days", "row 2, column high: '20' has no low beside it"),
    ("guide.csv", "5,20,days", ",,days", "row 2, column unit: 'days' has no figure beside it"),
    ("guide.csv", "5,20,days", "5,20,Days!", "'Days!' is not a unit such as days, accounts"),
    ("guide.csv", "5,20,days", "five,20,days", "column low: 'five' is not a number"),
    ("guide.csv", "5,20,days", "5,1e30,days", "column high: '1e30' is outside 0 to"),
    ("guide.csv", "The work,1", "The work,3", "row 2, column cites: '3' cites source 3, but "
     "example-data-engineering lists 2 in section sources"),
    ("guide.csv", "The work,1", "The work,one", "'one' is not a list of source numbers"),
    ("guide.csv", "Run,On call", "Build,Window", "row 3, column function, section, topic, name: "),
    ("guide.csv", "example-data-engineering,motions", "nowhere,motions",
     "guide.csv, row 2, column function: 'nowhere' is not in functions.csv"),
    ("guide.csv", "example-data-engineering,motions,Build", "customer-success,motions,Build",
     "row 2, column function: 'customer-success' has a role guide already"),
    ("phrases.csv", "own(s|ing)?", "own(s|ing)+", "column pattern: 'own(s|ing)+ (the )?pipelines"),
    ("phrases.csv", ",fast paced,", ",slow,", "row 3, column pattern: 'slow' does not find its "
     "own phrase 'Fast-paced environment'"),
    ("phrases.csv", "Phrases,1", "Phrases,9", "phrases.csv, row 2, column cites: '9' cites source"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), DEFECTS)
def test_each_defect_is_named_and_nothing_is_loaded(own, files, name, old, new, said):
    assert old.encode() in files[name]
    broken = files | {name: files[name].replace(old.encode(), new.encode(), 1)}
    with pytest.raises(RejectedError) as refused:
        load_taxonomy(own, broken, "broken")
    assert said in str(refused.value)
    assert guided(own) == ["customer-success"]
    assert run(own, "loads").empty


def test_a_seed_that_cites_an_unlisted_source_is_refused(tmp_path: Path):
    seeds = Path(shutil.copytree(SEEDS, tmp_path / "seeds"))
    file = seeds / "guide_phrase.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("Decoder,5", "Decoder,8"), "utf-8")
    with pytest.raises(SeedError, match=r"must list every source that it cites; broken by .*SOC 2"):
        build(tmp_path / "store.duckdb", seeds)
