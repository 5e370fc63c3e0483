"""Each seed agrees with its sidecar, and each kind of breakage is located in its message."""

import shutil
from pathlib import Path

import pytest

from analytics.errors import SeedError
from data.build.build import build
from data.build.seed_files import PROVENANCE, SEEDS, read_seeds
from data.store.connection import open_to_read

NAMES = sorted(path.stem for path in SEEDS.glob("*.csv"))


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    """A copy of the seeds that a test may break."""
    return Path(shutil.copytree(SEEDS, tmp_path / "seeds"))


def change(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    content = path.read_text(encoding="utf-8")
    assert content.count(old) >= 1
    path.write_text(content.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_seed_is_described_down_to_each_column(name):
    seed = read_seeds()[name]
    assert seed.rows
    assert set(seed.sidecar.columns) <= set(seed.rows[0])
    for fields in seed.sidecar.sources.values():
        assert list(fields) == list(PROVENANCE)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("pay_point.csv", "87000,132000", "187000,132000",
         r"pay_point\.csv, row 3, column p50: 132,000 is below p25 \(187,000\)"),
        ("pay_point.csv", "87000,132000", "870,132000",
         r"row 3, column p25: '870' is outside 1,000 to 10,000,000 a year"),
        ("pay_point.csv", ",total_comp,", ",total,",
         r"row 3, column pay_basis: 'total' is not one of base, target_cash"),
        ("pay_point.csv", "levels-fyi,", "levelsfyi,",
         r"row 3, column source: 'levelsfyi' is not one of the sources"),
        ("pay_point.csv", ",canon,M6,", ",canon,M9,",
         r"row 2, column level: 'M9' is not in level\.csv"),
        ("pay_point.csv", "87000,132000", "87k,132000", r"column p25: '87k' is not a number"),
        ("pay_point.csv", "87000,132000", "nan,132000", r"'nan' is not a finite number"),
        ("pay_point.csv", ",2026-05,not published,8", ",2026-05,8", r"row 3: 17 cells"),
        ("price_parity.csv", "01000,Alabama,2022", "00000,Alabama,2022",
         r"row 3, columns fips, year: .* is already in row 2"),
        ("price_parity.csv", "100.000", "", r"row 2, column parity: is empty"),
        ("price_parity.csv", "100.000", "1,00", r"price_parity\.csv, row 2: 5 cells"),
        ("level.csv", "title_stated", "stated", r"level\.csv: header is"),
        ("level.csv", "P1,professional,1,1,Associate,no", "P1,professional,1,1,Associate,maybe",
         r"row 2, column title_stated: 'maybe' is not one of yes, no"),
        ("cost_index.csv", "2022-12", "2022-13", r"column quarter: '2022-13' is not a month"),
        ("pay_point.toml", 'licence = "F', 'license = "F',
         r"pay_point\.toml, source canon-m6: field 'licence' is missing"),
        ("pay_point.toml", 'p25 = "pay?"', 'p25 = "dollars"',
         r"pay_point\.toml, column p25: unknown unit 'dollars'"),
        ("pay_point.toml", 'key = ["source"', 'key = ["sauce"', r"checks name column\(s\)"),
        ("job_function.toml", "canon-taxonomy", "canon-txonomy", r"also names 'canon-txonomy'"),
        ("price_parity.toml", "[checks]", "[checks", r"price_parity\.toml: "),
    ],
)  # fmt: skip
def test_a_broken_seed_says_file_row_column_and_reason(seeds, file, old, new, message):
    change(seeds, file, old, new)
    with pytest.raises(SeedError, match=message):
        read_seeds(seeds)


def test_a_seed_without_its_sidecar_is_refused(seeds):
    (seeds / "focus.toml").unlink()
    with pytest.raises(SeedError, match=r"focus\.toml: missing"):
        read_seeds(seeds)


def test_a_sidecar_without_its_seed_is_refused(seeds):
    (seeds / "pay_split.csv").unlink()
    with pytest.raises(SeedError, match=r"pay_split\.toml: no pay_split\.csv beside it"):
        read_seeds(seeds)


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        ("pay_point.csv", "published,,100000", "published,,190000", "base pay must not exceed"),
        ("level.csv", "P2,professional,2,2", "P2,professional,2,1", "grade must not fall"),
        ("ladder_model.csv", "default,,,", "usual,,,", "needs one scenario 'default'"),
    ],
)
def test_a_rule_broken_across_seeds_stops_the_build_too(seeds, tmp_path, file, old, new, message):
    change(seeds, file, old, new)
    store = tmp_path / "store.duckdb"
    with pytest.raises(SeedError, match=message):
        build(store, seeds)
    con = open_to_read(store)
    assert con.execute("select count(*) from duckdb_tables()").fetchone() == (0,)
    con.close()
