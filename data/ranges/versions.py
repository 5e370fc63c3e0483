"""Versions of a structure: draft when saved, live while its ranges are loaded, then archived."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import duckdb
import pandas as pd

from analytics.errors import BandstandError, InputError, UnknownNameError
from analytics.ranges.build import Structure, build_ranges, range_steps
from analytics.ranges.serialization import checksum, from_spec, to_spec
from analytics.suggestions import nearest
from analytics.table_units import texts
from analytics.units import with_units
from data.imports.load import reapply, withdraw
from data.imports.log import ACTIVE
from data.store import saved_work
from queries import run

KIND = "structure"
DRAFT, LIVE, ARCHIVED = STATES = ("draft", "live", "archived")


@dataclass(frozen=True)
class Version:
    """A saved version; ``load`` is that of its ranges, 0 while they were never loaded."""

    name: str
    version: int
    state: str
    load: int
    spec: str
    why: str
    saved_at: str
    saved_by: str

    @property
    def structure(self) -> Structure:
        """What was saved; raises `InputError` for what this version of Bandstand can't read."""
        return from_spec(self.spec)

    @property
    def checksum(self) -> str:
        """What an exported workbook carries to be known again."""
        return checksum(self.name, self.version, self.spec)

    @property
    def label(self) -> str:
        """The name with the number."""
        return version_name(self.name, self.version)


def version_name(name: str, version: int) -> str:
    """Under which name the ranges of a version are loaded."""
    return f"{name}, version {version}"


def read_versions(con: duckdb.DuckDBPyConnection) -> list[Version]:
    """Every saved version, by name from the first on."""
    loads = run(con, "loads")
    mine = loads[loads.kind == "ranges"]
    loaded = {
        str(row.file): (LIVE if row.state == ACTIVE else ARCHIVED, int(row.load))
        for row in mine.itertuples()
    }
    versions = []
    for row in run(con, "saved_work", kind=KIND).itertuples():
        saved = Version(
            row.name, int(row.version), DRAFT, 0, row.spec, row.why, str(row.saved_at)[:16],
            row.saved_by,
        )  # fmt: skip
        state, load = loaded.get(_file_name(saved), (DRAFT, 0))
        versions.append(replace(saved, state=state, load=load))
    return versions


def version_table(versions: Iterable[Version]) -> pd.DataFrame:
    """One row a version, with its state and the load of its ranges."""
    columns = ["name", "version", "state", "load", "why", "saved_at", "saved_by"]
    rows = [[getattr(v, name) for name in columns] for v in versions]
    frame = pd.DataFrame(rows, columns=columns)
    frame["load"] = frame.load.where(frame.load > 0).astype("Int64")
    units = texts("name", "state", "why", "saved_at", "saved_by")
    return with_units(frame, {**units, "version": "ordinal", "load": "ordinal"})


def find_version(versions: list[Version], name: str, version: int | None = None) -> Version:
    """A version by name, the newest unless one is named; raises `UnknownNameError`."""
    named = [v for v in versions if v.name == name]
    if not named:
        names = list(dict.fromkeys(v.name for v in versions))
        raise UnknownNameError(f"no structure is saved as {name!r}; {nearest(name, names)}")
    for found in named:
        if version in (None, found.version) and (version or found is named[-1]):
            return found
    raise UnknownNameError(f"{name!r} has no version {version}; the newest is {named[-1].version}")


def save_version(
    con: duckdb.DuckDBPyConnection, name: str, structure: Structure, why: str = ""
) -> Version:
    """Save a structure as the next version of a name; alike the newest one, it is that one.

    Raises `InputError` for a name that can't be used, and a structure that can't be built.
    """
    if not build_ranges(structure).ranges:
        raise InputError("the structure has no range, so there is nothing to save")
    version = saved_work.save(con, KIND, name, to_spec(structure), why)
    return find_version(read_versions(con), " ".join(name.split()), version)


def make_live(con: duckdb.DuckDBPyConnection, version: Version) -> str:
    """Load a version's ranges, and withdraw those of other versions of its name.

    The load is one of the kind ranges: People and Home read it, and it can be withdrawn.
    An archived version is made live again by its old load. Returns what was done.
    """
    if version.state == LIVE:
        return f"{version.label} is live already, as load {version.load}"
    others = [v for v in read_versions(con) if v.name == version.name and v.state == LIVE]
    replaced = [withdraw(con, other.load) for other in others]
    try:
        done = reapply(con, version.load) if version.load else _load(con, version)
        now = find_version(read_versions(con), version.name, version.version)
        if now.state != LIVE:
            raise InputError(f"{version.label} is not live: {done}; withdraw that load first")
    except BandstandError:
        for other in others:
            reapply(con, other.load)
        raise
    return "; ".join([f"{version.label} is live", done, *replaced])


def archive(con: duckdb.DuckDBPyConnection, version: Version) -> str:
    """Withdraw the ranges of a live version; raises `InputError` for another one."""
    if version.state != LIVE:
        raise InputError(f"{version.label} is {version.state}; only a live version is archived")
    return f"{version.label} is archived; {withdraw(con, version.load)}"


def ranges_file(structure: Structure) -> pd.DataFrame:
    """A structure's ranges as a file of the kind ranges, with a column for each step."""
    settings = structure.settings
    return pd.DataFrame([
        {
            "function": r.function, "level": r.level, "place": r.place,
            "currency": structure.currency, "basis": structure.pay_basis,
            "minimum": r.minimum, "midpoint": r.midpoint, "maximum": r.maximum,
            "effective_date": f"{structure.month}-01",
            **{
                f"step {i}": pay
                for i, pay in enumerate(
                    range_steps(r.minimum, r.maximum, settings.steps, settings.rounding), 1
                )
            },
        }
        for r in build_ranges(structure).ranges
    ])  # fmt: skip


def _file_name(version: Version) -> str:
    """The name of the file of a version's ranges, by which its load is known again."""
    return f"structure-{version.checksum}.csv"


def _load(con: duckdb.DuckDBPyConnection, version: Version) -> str:
    # Only here: a start of the dashboard is spared what reads and writes files.
    from analytics.jobs.profile_lookup import name_jobs
    from data.catalog.matcher import read_matcher
    from data.files.exports import to_csv
    from data.imports.team_files.check import check_file
    from data.imports.team_files.file_types import file_type
    from data.imports.team_files.load import load_team_file
    from data.imports.team_files.options import ImportOptions
    from data.imports.team_files.session import ImportSession

    content = to_csv(ranges_file(version.structure))
    profiles = set(run(con, "profiles").code)
    with ImportSession() as session:
        checked = check_file(
            session, file_type("ranges"), _file_name(version), content, ImportOptions(),
            lambda jobs: name_jobs(jobs, read_matcher(con), profiles),
        )  # fmt: skip
        if checked.report.left_out:
            raise InputError(
                f"{version.label}: {checked.report.left_out} of its ranges can't be loaded, so "
                "none was; see the bounds of pay in docs/files.md"
            )
        return load_team_file(con, session, checked, version.label)
