"""The demo company in the store: loaded and removed as a whole."""

from collections.abc import Sequence

import duckdb
import pandas as pd

from analytics.load_source import load_source
from data.imports.load import reapply, withdraw
from data.imports.log import ACTIVE, WITHDRAWN
from queries import run

PEOPLE, SEED = 2_000, 1
_KINDS = ("ranges", "roster")


def company_name(people: int, seed: int) -> str:
    """Under which name a demo company is loaded."""
    return f"Demo company, {people:,} people, seed {seed}"


def load_company(
    con: duckdb.DuckDBPyConnection, people: int = PEOPLE, seed: int = SEED
) -> list[str]:
    """Load a demo company's ranges and roster, or restore them; what was done, in words."""
    from data.people.demo_company import demo_company

    name = company_name(people, seed)
    loads = run(con, "loads")
    mine = loads[(loads.name == name) & (loads.state == WITHDRAWN)]
    removed = {str(row.kind): int(row.load) for row in mine.itertuples()}
    if set(removed) == set(_KINDS):
        return [reapply(con, removed[kind]) for kind in _KINDS]
    company = demo_company(people, seed)
    files = {"ranges": company.ranges, "roster": company.roster}
    return [_load(con, kind, files[kind], name) for kind in _KINDS]


def remove_company(con: duckdb.DuckDBPyConnection) -> int:
    """Withdraw every load of nothing but demo people or ranges; how many there were."""
    loads = company_loads(con)
    for load in loads:
        withdraw(con, load)
    return len(loads)


def company_loads(con: duckdb.DuckDBPyConnection) -> list[int]:
    """The numbers of the loads of nothing but demo people or ranges that stand."""
    sources = run(con, "sources")
    demo = set(sources.source[sources.publisher.str.startswith("Demo")])
    loads = run(con, "loads")
    stand = loads[loads.kind.isin(_KINDS) & (loads.state == ACTIVE)]
    return [int(load) for load in stand.load if load_source(load) in demo]


def _load(con: duckdb.DuckDBPyConnection, kind: str, file: pd.DataFrame, name: str) -> str:
    # Only here: a start of the dashboard is spared what reads and writes files.
    from analytics.jobs.profile_lookup import Job, NamedJob, name_jobs
    from data.catalog.matcher import read_matcher
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.load import load_team_file
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession
    from data.people.demo_company import KEPT

    def named(jobs: Sequence[Job]) -> list[NamedJob]:
        return name_jobs(list(jobs), read_matcher(con), set(run(con, "profiles").code))

    options = ImportOptions(keep=KEPT, pay_is="actual") if kind == "roster" else ImportOptions()
    content = file.to_csv(index=False).encode("utf-8")
    with ImportSession() as session:
        checked = check_file(session, file_type(kind), f"{kind}.csv", content, options, named)
        return load_team_file(con, session, checked, name)
