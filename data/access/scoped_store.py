"""A copy of the store with the rows that a rule gives, and no other.

What is not there can be in no query, chart, export or count. The copy has no saved
work, since that may hold figures of people who are not given.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd

from analytics.job_rows import JobProfile
from analytics.people.reports import people_below
from analytics.people.roster import read_roster
from analytics.permissions import RowRule
from analytics.rows import typed_rows
from data.store.connection import log_path, open_to_write, transaction
from queries import run

#: Tables that hold what was made of people's pay.
_FOLDER = ".scopes-"
_EMPTIED = ("saved_work", "published_from", "published_band", "publication")


def write_scoped_store(store: Path, rule: RowRule, path: Path) -> None:
    """Copy ``store``, which nobody writes to meanwhile, to ``path`` as ``rule`` gives it.

    Raises `StoreError` where that fails; then nothing is at ``path``.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    part = path.with_name(f"{path.name}.part")
    for source, target in ((store, part), (log_path(store), log_path(part))):
        target.unlink(missing_ok=True)
        if source.exists():
            shutil.copy(source, target)
    con = open_to_write(part)
    try:
        with transaction(con):
            for table in _EMPTIED:
                con.execute(f"delete from {table}")
            _keep_records(con, rule)
            _keep_people(con, rule)
            _close_columns(con, rule)
            _count_anew(con)
        con.execute("checkpoint")
    except BaseException:
        con.close()
        part.unlink(missing_ok=True)
        raise
    con.close()
    part.replace(path)


def folder_for_copies(store: Path) -> Path:
    """A new folder beside a store for the copies of this process, removed at its end.

    Those of processes that were killed are removed first.
    """
    for left in store.parent.glob(f"{_FOLDER}*"):
        number = left.name.removeprefix(_FOLDER).split("-")[0]
        if number.isdigit() and not _runs(int(number)):
            shutil.rmtree(left, ignore_errors=True)
    folder = tempfile.TemporaryDirectory(prefix=f"{_FOLDER}{os.getpid()}-", dir=store.parent)
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _runs(process: int) -> bool:
    """Whether a process is there; taken for granted on Windows, where asking would end it."""
    try:
        if os.name != "nt":
            os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # somebody else's
        return True
    return True


def _keep_records(con: duckdb.DuckDBPyConnection, rule: RowRule) -> None:
    """Records know no manager, so a rule of managers gives none of them."""
    if rule.managers:
        con.execute("delete from pay_record")
    for column, names in (("function", rule.functions), ("place", rule.places)):
        if names:
            con.execute(
                f"delete from pay_record where not list_contains($names, lower({column}))",
                {"names": [name.lower() for name in names]},
            )


def _keep_people(con: duckdb.DuckDBPyConnection, rule: RowRule) -> None:
    frames = [frame for frame in _given_people(con, rule) if len(frame)]
    given = pd.concat(frames) if frames else pd.DataFrame({"load": [], "row": []}, dtype="int64")
    con.register("given", given.astype("int64"))
    con.execute("delete from employee where (load, row) not in (select load, row from given)")
    con.unregister("given")


def _given_people(con: duckdb.DuckDBPyConnection, rule: RowRule) -> Iterator[pd.DataFrame]:
    """The rows of people whom a rule gives, one table a roster that stands."""
    profiles = typed_rows(run(con, "profiles"), JobProfile)
    everybody = run(con, "loaded_roster", load="")
    for _, frame in everybody.groupby("load", sort=True):
        frame.attrs = everybody.attrs
        roster = read_roster(frame.reset_index(drop=True), profiles)
        people = pd.concat([roster.people, roster.leavers])
        given = pd.Series(True, people.index)
        if rule.functions:
            given &= people.function.str.lower().isin([n.lower() for n in rule.functions])
        if rule.places:
            given &= people.place.str.lower().isin([n.lower() for n in rule.places])
        if rule.managers:
            manager_of = dict(zip(people.employee_id, people.manager, strict=True))
            given &= people.employee_id.isin(people_below(rule.managers, manager_of))
        yield people.loc[given, ["load", "row"]]


def _close_columns(con: duckdb.DuckDBPyConnection, rule: RowRule) -> None:
    tables = {"pay_record": ("variable", "equity", "overtime"), "employee": ("variable",)}
    for table, columns in tables.items():
        for column in set(columns) & set(rule.closed):
            con.execute(f"update {table} set {column} = null")


def _count_anew(con: duckdb.DuckDBPyConnection) -> None:
    """The log of loads counts the rows that are given, as if the file had had no other."""
    for kind, table in (("records", "pay_record"), ("roster", "employee")):
        con.execute(
            f"update import_log set rows_loaded = found.n, rows_in = found.n, rows_rejected = 0 "
            f"from (select import_log.load, count({table}.load) as n from import_log "
            f"left join {table} using (load) where kind = '{kind}' group by all) as found "
            "where import_log.load = found.load"
        )
