import re
import stat
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pytest

from analytics.errors import SeedError, StoreError
from data.build.build import build
from data.build.ensure import ensure_built, open_built
from data.build.seed_files import SEEDS
from data.store.connection import open_to_read, open_to_write
from data.store.location import store_path
from queries import run
from tests.data.contents import table_content


def content(store: Path) -> dict[str, tuple[object, ...] | None]:
    """How many rows each table has, and a hash of them all."""
    con = open_to_read(store)
    tables = con.execute("select table_name from duckdb_tables() order by 1").fetchall()
    found = {table: table_content(con, table) for (table,) in tables}
    con.close()
    return found


def test_a_store_is_built_once_for_its_owner_alone_and_always_with_the_same_content(
    store, tmp_path
):
    path = tmp_path / "deep" / "store.duckdb"
    assert ensure_built(path)
    assert content(path) == content(store)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not ensure_built(path)


def test_a_store_of_other_seeds_is_rebuilt_the_same_and_other_tables_stay(mine):
    con = open_to_write(mine)
    con.execute("create table ours (who varchar)")
    con.execute("insert into ours values ('kept')")
    con.close()
    before = content(mine)
    con = open_to_write(mine)
    con.execute("update store_meta set value = 'of old' where key = 'fingerprint'")
    con.close()
    assert content(mine) != before
    assert ensure_built(mine)
    assert content(mine) == before


def test_a_store_is_opened_once_it_is_built_from_the_present_seeds(mine):
    before = content(mine)
    for opened in (open_to_read, open_to_write):
        con = open_to_write(mine)
        con.execute("update store_meta set value = 'of old' where key = 'fingerprint'")
        con.close()
        con = open_built(mine, opened)
        assert con.execute("select count(*) from store_meta where value = 'of old'").fetchone() == (
            0,
        )
        con.close()
        assert content(mine) == before


def test_a_failed_rebuild_leaves_the_store_as_it_was(mine, tmp_path):
    empty = tmp_path / "empty"
    before = content(mine)
    empty.mkdir()
    with pytest.raises(SeedError, match="no seed files"):
        build(mine, empty)
    assert content(mine) == before


def test_a_file_that_is_not_a_store_is_refused(tmp_path):
    path = tmp_path / "notes.duckdb"
    path.write_text("not a database " * 1000)
    with pytest.raises(StoreError, match="can't be opened as a Bandstand store"):
        ensure_built(path)
    assert path.read_text().startswith("not a database")


def test_somebody_elses_database_is_left_alone(tmp_path):
    path = tmp_path / "theirs.duckdb"
    con = duckdb.connect(str(path))
    con.execute("create table mine (x int)")
    con.close()
    with pytest.raises(StoreError, match="is another program's database"):
        ensure_built(path)
    con = duckdb.connect(str(path))
    assert con.execute("select table_name from duckdb_tables()").fetchall() == [("mine",)]
    con.close()


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="can't create this folder for the store"):
        build(tmp_path / "file" / "store.duckdb")


def test_a_second_writer_is_told_who_has_the_store_open(store):
    reader = subprocess.Popen(
        [sys.executable, "-c",
         f"import duckdb; c = duckdb.connect({str(store)!r}, read_only=True); "
         "print('open', flush=True); input()"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert reader.stdout is not None
    assert reader.stdout.readline() == "open\n"
    words = [sys.executable, "-m", "cli", "build"]
    answer = subprocess.run(words, capture_output=True, text=True, cwd=SEEDS.parent.parent)
    reader.communicate("\n")
    assert answer.returncode == 2
    assert re.search(r"process \d+ .* has the store open", answer.stderr)


def test_a_level_of_another_ladder_has_the_lowest_grade_that_it_is_linked_to(con):
    odd = con.cursor().execute(
        "select other.ladder, other.level, other.grade, min(canon.grade) from crosswalk "
        "join level canon using (ladder, level) "
        "join level other on other.ladder = to_ladder and other.level = to_level "
        "group by all having other.grade <> min(canon.grade)"
    )
    assert odd.fetchall() == []


def test_what_bandstand_adds_to_the_documents_names_bandstand(con):
    levels = con.cursor().execute("select title_stated, title_source, grade_source from level")
    for stated, title, grade in levels.fetchall():
        assert stated == (title != "bandstand-titles")
        assert grade == "bandstand-grades"
    aliases = con.cursor().execute("select source, count(*) from title_alias group by source")
    assert aliases.fetchall() == [("bandstand-aliases", 16)]
    mapped = con.cursor().execute(
        "select asserted_by, string_agg(level, ' ' order by level) from classification "
        "where focus is not null group by asserted_by order by asserted_by"
    )
    assert mapped.fetchall() == [
        ("Bandstand", "M3 M5 P1 P2 P4 P5 P6"), ("jfm-factory.resolve", "M4 M6 P3"),
    ]  # fmt: skip


def test_the_day_that_a_source_was_read_is_stated(con):
    read = dict(con.cursor().execute("select source, accessed from source").fetchall())
    for document in ("canon-taxonomy", "canon-m6", "career-page", "jd-page"):
        assert read[document] == "2026-11-21"
    assert "not recorded" not in read.values()


@pytest.mark.parametrize(
    "sql",
    [
        "copy source to '/tmp/leak.csv'",
        "select * from read_text('/etc/passwd')",
        "attach '/tmp/other.duckdb'",
        "create table t (x int)",
        "set enable_external_access = true",
        "install httpfs",
    ],
)
def test_the_reading_connection_is_locked_down(con, sql):
    with pytest.raises(duckdb.Error):
        con.cursor().execute(sql)


def test_threads_with_their_own_cursors_get_their_own_answers(con):
    wrong: list[str] = []
    all_here = threading.Barrier(12)

    def ask(source: str) -> None:
        all_here.wait()  # so that they do ask at the same time
        for _ in range(4):
            rows = run(con.cursor(), "source_figures", source=source)
            expected = {"levels-fyi": 4, "canon-m6": 3, "price": 0}[source]
            if len(rows) != expected:
                wrong.append(source)

    threads = [
        threading.Thread(target=ask, args=(s,)) for s in ("levels-fyi", "canon-m6", "price") * 4
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_environment_names_the_store(monkeypatch, tmp_path):
    monkeypatch.setenv("BANDSTAND_DB", str(tmp_path / "x.duckdb"))
    assert store_path() == tmp_path / "x.duckdb"
    monkeypatch.delenv("BANDSTAND_DB")
    assert store_path().name == "bandstand.duckdb"


@pytest.mark.parametrize(
    ("sql", "answer"),
    [
        ("select p90, at_least from occupation_wage where soc = '11-2022' and year = 2024 "
         "and area = 'US'", (239_200, "p90")),
        ("select p90, at_least from occupation_wage where soc = '11-2022' and year = 2021 "
         "and area = 'US'", (208_000, "p90")),
        ("select p90, at_least from occupation_wage where soc = '11-2022' and year = 2025 "
         "and area = 'US'", (290_540, "")),
        ("select p50, at_least from occupation_wage where soc = '43-4051' and year = 2024 "
         "and area = 'US'", (42_830, "")),
        ("select p25, p90 from occupation_wage where soc = '13-1161' "
         "and area = 'San Francisco-Oakland-Fremont, CA'", (82_510, 211_140)),
        ("select p50, employment_rse::double from occupation_wage where soc = '11-2022' "
         "and area = 'Denver-Aurora-Centennial, CO'", (181_580, 6.9)),
        # Printed only as at or above 239,200; not released at all.
        ("select p90, at_least from occupation_wage where soc = '11-1011' "
         "and area = 'Eastern Ohio nonmetropolitan area'", (239_200, "p90")),
        ("select count(*), count(distinct area) from oews_wage", (244_036, 583)),
        ("select value, status from pay_point where source = 'canon-m6' and statistic = 'p50'",
         (242_000, "published")),
        ("select count(*), 0 from pay_point where source = 'canon-m6' "
         "and statistic in ('p25', 'p75')", (0, 0)),
        ("select employment_base, annual_openings from occupation_outlook where soc = '43-4051'",
         (2_814_000, 341_700)),
        ("select employment, 0 from occupation_wage where soc = '43-4051' and year = 2024",
         (2_725_930, 0)),
        ("select count(*), count(distinct base_share) from pay_split", (5, 2)),
        ("select parity, 0 from price_parity where place = 'California' and year = 2023",
         (112.581, 0)),
    ],
)  # fmt: skip
def test_published_figures_stand_as_published(con, sql, answer):
    row = con.cursor().execute(sql).fetchone()
    assert tuple(float(v) if not isinstance(v, str | bool) else v for v in row) == answer
