"""A copy of the store has the rows that a rule gives, and no other, in every table."""

import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from analytics.permissions import RowRule
from data.access.scoped_store import folder_for_copies, write_scoped_store
from data.imports.team_files.options import ImportOptions
from data.store import saved_work
from data.store.connection import open_to_read, open_to_write
from queries import run
from tests.conftest import HOME
from tests.data.loads import load
from tests.data.records.demo_store import Person, add_load
from tests.forks import FORKS

ROSTER = (
    "employee_id,title,level,place,fte,currency,base,variable,as_of,Function,Manager ID\n"
    "1,Boss,M5,Boston,1,USD,200000,9000,2026-11-01,Sales,\n"
    "2,Lead,M3,Boston,1,USD,150000,9000,2026-11-01,Sales,1\n"
    "3,Rep,P3,Boston,1,USD,100000,9000,2026-11-01,Sales,2\n"
    "4,Rep,P3,Austin,1,USD,100000,9000,2026-11-01,sales,2\n"
    "5,Agent,P2,Boston,1,USD,70000,9000,2026-11-01,Support,1\n"
)


@pytest.fixture(scope="module")
def whole(store, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / "whole.duckdb"
    shutil.copy(store, path)
    con = open_to_write(path)
    add_load(
        con,
        [
            Person(function=function, place=place, base=base, equity=500)
            for function, place, base in (
                *(("Sales", "Boston", 1), ("Sales", "Austin", 2)),
                *(("Support", "Boston", 3), ("Support", "Austin", 4)),
            )
        ],
    )
    options = ImportOptions(pay_is="actual", keep=("Function", "Manager ID"))
    load(con, "roster", ROSTER, options, "Our people")
    saved_work.save(con, "scenario", "Raises", "{}", "")
    con.close()
    return path


def opened(whole, tmp_path, rule: RowRule) -> duckdb.DuckDBPyConnection:
    write_scoped_store(whole, rule, tmp_path / "scoped.duckdb")
    return open_to_read(tmp_path / "scoped.duckdb")


@pytest.mark.parametrize(
    ("rule", "records", "people"),
    [
        (RowRule(functions=("Sales",)), {1, 2}, "1234"),
        (RowRule(functions=("SALES",), places=("Austin",)), {2}, "4"),
        (RowRule(places=("Boston",)), {1, 3}, "1235"),
        (RowRule(managers=("2",)), set(), "34"),
        (RowRule(managers=("1",), functions=("Support",)), set(), "5"),
        (RowRule(functions=("Finance",)), set(), ""),
        (RowRule(closed=("equity", "variable")), {1, 2, 3, 4}, "12345"),
    ],
)
def test_rows_are_those_of_the_rule(whole, tmp_path, rule, records, people):
    con = opened(whole, tmp_path, rule)
    assert {base for (base,) in con.execute("select base from pay_record").fetchall()} == records
    ids = con.execute("select employee_id from employee order by 1").fetchall()
    assert "".join(i for (i,) in ids) == people
    loads = run(con, "loads").set_index("kind").rows_loaded.to_dict()
    assert loads == {"records": len(records), "roster": len(people)}
    assert run(con, "saved_work", kind="scenario").empty
    closed = con.execute("select count(equity), count(variable) from pay_record").fetchone()
    left = 0 if rule.closed else len(records)
    assert closed == (left, left)
    con.close()


def test_the_whole_store_stays_as_it_was(whole, tmp_path):
    opened(whole, tmp_path, RowRule(functions=("Finance",))).close()
    con = open_to_read(whole)
    assert con.execute("select count(*) from employee").fetchone() == (5,)
    assert con.execute("select count(*) from saved_work").fetchone() == (1,)
    con.close()


def test_copies_of_a_process_that_was_killed_are_removed(tmp_path):
    process = FORKS.Process(target=os._exit, args=(0,))
    process.start()
    process.join()
    left = tmp_path / f".scopes-{process.pid}-abc"
    ours = tmp_path / f".scopes-{os.getpid()}-def"
    for folder in (left, ours):
        folder.mkdir()
    made = folder_for_copies(tmp_path / "mine.duckdb")
    assert made.parent == tmp_path
    assert made.stat().st_mode & 0o077 == 0
    assert not left.exists()
    assert ours.exists()


ENDED = """
import signal, sys
from pathlib import Path
from cli import end_in_order
from data.access.scoped_store import folder_for_copies
signal.signal(signal.SIGTERM, end_in_order)
(folder_for_copies(Path(sys.argv[1])) / "copy.duckdb").write_text("rows")
signal.raise_signal(signal.SIGTERM)
"""


def test_no_copy_stays_behind_a_server_that_is_told_to_stop(tmp_path):
    ended = subprocess.run([sys.executable, "-c", ENDED, tmp_path / "s.duckdb"], cwd=HOME)
    assert ended.returncode == 0
    assert list(tmp_path.iterdir()) == []
