"""Large seeds: each fault is told with its file and key, and nothing is built from it."""

import shutil
from pathlib import Path

import duckdb
import pytest

from analytics.errors import SeedError
from data.build.build import build
from data.build.parquet_seeds import read_parquet_seeds, stage_parquet
from data.build.seed_files import SEEDS

AREAS = "oews_area_wage"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def rewrite(seeds: Path, select: str) -> None:
    """The seed as a query over itself makes it."""
    file = seeds / f"{AREAS}.parquet"
    with duckdb.connect() as con:
        con.execute(f"create table seed as select * from read_parquet('{file}')")
        con.execute(f"copy ({select}) to '{file}' (format parquet)")


@pytest.mark.parametrize(
    ("select", "message"),
    [
        ("from seed union all from seed where soc = '11-2022' and area = '0800000'",
         r"oews_area_wage\.parquet, soc, area \('11-2022', '0800000'\): is there twice"),
        ("select * replace (if(soc = '11-2022' and area = '0800000', 1, p90) as p90) from seed",
         r"\('11-2022', '0800000'\): column p90: is below p10"),
        ("select * replace (if(soc = '11-2022' and area = '0800000', null, o_group) as o_group)"
         " from seed", r"column o_group: is empty"),
        ("select * exclude (p25) from seed", r"its columns are .* make the two agree"),
    ],
)  # fmt: skip
def test_a_broken_large_seed_is_refused(seeds, select, message):
    rewrite(seeds, select)
    (seed,) = [s for s in read_parquet_seeds(seeds) if s.path.stem == AREAS]
    with duckdb.connect() as con, pytest.raises(SeedError, match=message):
        stage_parquet(con, seed)


def test_a_broken_large_seed_stops_the_build(seeds, tmp_path):
    rewrite(seeds, "from seed union all from seed limit 300000")
    with pytest.raises(SeedError, match="is there twice"):
        build(tmp_path / "store.duckdb", seeds)


def test_every_national_cell_of_2025_agrees_with_what_the_areas_were_printed_with(con):
    """The nation's jobs are at least those of any state, for each occupation."""
    wrong = con.execute(
        "select count(*) from oews_wage as here join oews_wage as nation using (year, soc, o_group)"
        " where nation.area = 'US' and here.area <> 'US' and here.employment > nation.employment"
    ).fetchone()
    assert wrong == (0,)
