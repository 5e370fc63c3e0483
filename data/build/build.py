"""Build the store from the seeds in one transaction: all of it or nothing."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import duckdb

from analytics.errors import SeedError, StoreError
from analytics.ladder_model import LEVELS, Assumptions, LadderFit
from analytics.ladder_scenarios import joint_changes
from data.build.fingerprint import fingerprint
from data.build.parquet_seeds import ParquetSeed, read_parquet_seeds, stage_parquet
from data.build.seed_files import PROVENANCE, SEEDS, Seed, Sidecar, read_seeds
from data.imports.ladder_fits import FitInputs, fit_scenarios, fits_as_json, read_fits
from data.imports.ladder_models import own_model, refresh_models
from data.imports.load import reload_active
from data.imports.taxonomy.files import FOLDER, files_in_folder
from data.imports.taxonomy.read import read_taxonomy
from data.imports.taxonomy.tables import insert_taxonomy
from data.store.connection import open_to_write
from data.store.insert import insert_values
from data.store.load_ledger import acknowledged
from data.store.migrations import prepare_team_tables
from queries import run

_HERE = Path(__file__).parent
_MODEL_SOURCE = "ladder-model"
#: Sets of assumptions that vary together; some two thirds of them are admissible.
JOINT_SETS = 800
_TOGETHER = "All assumptions varied together, between what each scenario has"
_DEFAULT = "default"
#: Views and tables that a build made once, and makes no more.
EARLIER_TABLES = ("occupation", "seed_occupation", "seed_wage")

#: Rule → query for the rows that break it; checked before the commit.
CROSS_CHECKS = {
    "base pay must not exceed target cash, nor target cash total pay, for one subject": """
        with ranked as (
            select *, list_position(['base', 'target_cash', 'total_cash', 'total_comp'], pay_basis)
                as breadth
            from pay_point
        )
        select a.source, a.subject, a.statistic, a.pay_basis, a.value, b.pay_basis, b.value
        from ranked a join ranked b using (source, subject, place, statistic)
        where a.breadth < b.breadth and a.value > b.value
    """,
    "a crosswalk must link levels that their ladders have": """
        select crosswalk.ladder, crosswalk.level, to_ladder, to_level from crosswalk
        left join level a on a.ladder = crosswalk.ladder and a.level = crosswalk.level
        left join level b on b.ladder = to_ladder and b.level = to_level
        where a.level is null or (to_level is not null and b.level is null)
    """,
    "an occupation that jobs are mapped to, or that has an outlook, must be one of OEWS": """
        select soc from classification union select soc from occupation_outlook
        except select soc from oews_wage where area = 'US'
    """,
    "every level of two crosswalked ladders needs a link or a reason for none": """
        with pairs as (select distinct ladder, to_ladder from crosswalk)
        select pairs.ladder, level.level, pairs.to_ladder from pairs
        join level on level.ladder = pairs.ladder
        anti join crosswalk c
            on c.ladder = pairs.ladder and c.level = level.level and c.to_ladder = pairs.to_ladder
        union all
        select pairs.to_ladder, level.level, pairs.ladder from pairs
        join level on level.ladder = pairs.to_ladder
        anti join crosswalk c
            on c.to_ladder = pairs.to_ladder and c.to_level = level.level
            and c.ladder = pairs.ladder
    """,
    "who says a level's title and grade must be a source that is described": """
        select level.ladder, level.level, title_source, grade_source from level
        where title_source not in (select source from source)
           or grade_source not in (select source from source)
    """,
    "a role guide must list every source that it cites": """
        with citing as (
            select function, name, cites from guide_entry
            union all
            select function, phrase, cites from guide_phrase
        ),
        cited as (
            select function, name, unnest(string_split(cites, ', '))::integer as ordinal
            from citing
        )
        select function, name, ordinal from cited
        anti join (select * from guide_entry where section = 'sources') as listed
            using (function, ordinal)
    """,
    "grade must not fall along a track of a ladder, and must rise where it has job profiles": """
        select a.ladder, a.level, b.level from level a
        join level b on a.ladder = b.ladder and a.track = b.track and a.ordinal < b.ordinal
        join ladder on ladder.ladder = a.ladder
        where a.grade > b.grade or (a.grade = b.grade and ladder.kind = 'profiles')
    """,
}


def build(path: Path, seeds: Path = SEEDS) -> dict[str, int]:
    """Create or recreate the seed tables of the store at ``path``.

    Other tables are left as they are. Returns the number of rows of each seed
    table. Raises `SeedError` for a broken seed and `StoreError` when the store
    can't be written; either way the store stays as it was.
    """
    read, large = read_seeds(seeds), read_parquet_seeds(seeds)
    con = open_to_write(path)
    try:
        _refuse_foreign(con, path)
        with acknowledged(con):
            prepare_team_tables(con)
            _make_seed_tables(con, read, large)
            scenarios = _scenario_inputs(con, read["ladder_model"])
            fits = fit_scenarios(scenarios, read_fits(seeds))
            _insert_fits(con, read["ladder_model"], fits)
            _cross_check(con)
            reload_active(con)
            refresh_models(con)
            con.execute(
                "insert into store_meta values ('fingerprint', $f), ('version', $v)",
                {"f": fingerprint(seeds), "v": version("bandstand")},
            )
        return {name: _count(con, name) for name in seed_tables()}
    finally:
        con.close()


def ladder_fits_json(
    seeds: Path = SEEDS, on_progress: Callable[[float], None] = lambda _: None
) -> str:
    """The content of ``ladder_fits.json`` for ``seeds``, every fit computed anew.

    ``on_progress`` is told the share that is done. Raises `SeedError`.
    """
    scenarios = shipped_inputs(seeds)
    return fits_as_json(scenarios, fit_scenarios(scenarios, {}, on_progress))


def shipped_inputs(seeds: Path = SEEDS) -> dict[str, FitInputs]:
    """What each fit that comes with the program is made from, by scenario."""
    read, large = read_seeds(seeds), read_parquet_seeds(seeds)
    with duckdb.connect() as con:
        prepare_team_tables(con)
        _make_seed_tables(con, read, large)
        return _scenario_inputs(con, read["ladder_model"]) | _example_inputs(con)


def _refuse_foreign(con: duckdb.DuckDBPyConnection, path: Path) -> None:
    tables = {row[0] for row in con.execute("select table_name from duckdb_tables()").fetchall()}
    if tables and "store_meta" not in tables:
        raise StoreError(
            f"{path}: is another program's database, not a Bandstand store; name another file "
            "in BANDSTAND_DB"
        )


def seed_tables() -> list[str]:
    """The tables that the seeds fill, in the order of the schema."""
    lines = (_HERE / "seed_tables.sql").read_text(encoding="utf-8").splitlines()
    return [line.split()[2] for line in lines if line.startswith("create table ")]


def seed_views() -> list[str]:
    """The views over the seeds' and the team's tables."""
    lines = (_HERE / "seed_tables.sql").read_text(encoding="utf-8").splitlines()
    return [line.split()[2] for line in lines if line.startswith("create view ")]


def _present(con: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """The store's views, then its tables, each with its kind."""
    views = con.execute("select view_name from duckdb_views() where not internal").fetchall()
    tables = con.execute("select table_name from duckdb_tables()").fetchall()
    return [(name, "view") for (name,) in views] + [(name, "table") for (name,) in tables]


def _make_seed_tables(
    con: duckdb.DuckDBPyConnection, seeds: dict[str, Seed], large: list[ParquetSeed]
) -> None:
    # What is a view now may have been a table in the store of an earlier version.
    ours = {*seed_views(), *seed_tables(), *EARLIER_TABLES}
    for name, kind in _present(con):
        if name in ours:
            con.execute(f"drop {kind} {name}")
    con.execute((_HERE / "seed_tables.sql").read_text(encoding="utf-8"))
    for seed in seeds.values():
        _stage(con, seed)
        insert_values(con, "source", _source_rows(seed.sidecar, seed.name))
    for parquet in large:
        stage_parquet(con, parquet)
        insert_values(con, "source", _source_rows(parquet.sidecar, parquet.path.stem))
    con.execute((_HERE / "load_seeds.sql").read_text(encoding="utf-8"))


def _cross_check(con: duckdb.DuckDBPyConnection) -> None:
    for reason, query in CROSS_CHECKS.items():
        if broken := con.execute(query).fetchall():
            raise SeedError(f"{reason}; broken by {broken[:3]}")


def _stage(con: duckdb.DuckDBPyConnection, seed: Seed) -> None:
    types = seed.column_types
    columns = ", ".join(f'"{name}" {kind}' for name, kind in types.items())
    con.execute(f"create or replace temp table seed_{seed.name} ({columns})")
    insert_values(con, f"seed_{seed.name}", [[row[c] for c in types] for row in seed.rows])


def _source_rows(sidecar: Sidecar, seed: str) -> list[list[str]]:
    return [
        [name, *(str(fields[field]) for field in PROVENANCE), seed]
        for name, fields in sidecar.sources.items()
    ]


def _scenario_inputs(con: duckdb.DuckDBPyConnection, seed: Seed) -> dict[str, FitInputs]:
    """What the canon ladder is fitted to under each scenario."""
    targets = run(con, "model_targets")
    published = {
        int(s[1:]) / 100: v
        for s, v in zip(targets.statistic, targets.value, strict=False)
        if s != "anchor"
    }
    anchor = float(targets.value[targets.statistic == "anchor"].iloc[0])
    base = Assumptions()
    _, changes = _scenarios(seed)
    together = joint_changes(changes, asdict(base), JOINT_SETS)
    return {
        name: FitInputs(published, anchor, base.changed(changed))
        for name, changed in (*changes.items(), *together.items())
    }


def _example_inputs(con: duckdb.DuckDBPyConnection) -> dict[str, FitInputs]:
    """What the ladder of the example taxonomy is fitted to, so that its load need not wait."""
    taxonomy, _ = read_taxonomy(con, files_in_folder(FOLDER))
    insert_taxonomy(con, taxonomy, "example")
    models = [own_model(con, row) for row in run(con, "modelled_functions").itertuples()]
    return {
        f"{model.function}: {name}": inputs
        for model in models
        for name, inputs in model.scenarios.items()
    }


def _insert_fits(con: duckdb.DuckDBPyConnection, seed: Seed, fits: Mapping[str, LadderFit]) -> None:
    reasons, _ = _scenarios(seed)
    insert_values(
        con,
        "model_scenario",
        [
            ["canon", name, reasons.get(name, _TOGETHER), f.worst_miss, f.admissible, _MODEL_SOURCE]
            for name, f in fits.items()
        ],
    )
    insert_values(
        con,
        "modelled_level",
        [
            ["canon", name, level, *map(float, figures), "total_comp", "USD"]
            for name, f in fits.items()
            for level, *figures in zip(LEVELS, f.log_median, f.sigma, f.share, strict=True)
        ],
    )


def _scenarios(seed: Seed) -> tuple[dict[str, str], Mapping[str, dict[str, float]]]:
    reasons: dict[str, str] = {}
    changes: dict[str, dict[str, float]] = {}
    for row in seed.rows:
        reasons.setdefault(row["scenario"], row["reason"])
        own = changes.setdefault(row["scenario"], {})
        if row["parameter"]:
            own[row["parameter"]] = float(row["value"])
    if _DEFAULT not in changes or changes[_DEFAULT]:
        raise SeedError("ladder_model.csv: needs one scenario 'default' that changes nothing")
    return reasons, changes


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"select count(*) from {table}").fetchone()
    return int(row[0]) if row else 0
