"""Where the rows of a file are checked: in memory while they fit, else on disk."""

from data.imports.team_files.session import ImportSession


def test_a_large_text_is_checked_on_disk_and_a_small_one_leaves_nothing_there(monkeypatch):
    monkeypatch.setenv("BANDSTAND_STAGE_MEMORY_MB", "300")
    with ImportSession() as session:
        session.make_room(100_000_000)
        assert list(session.folder.iterdir()) == []
        session.make_room(100_000_001)
        session.con.execute("create table checked as select 1 as row")
        assert (session.folder / "stage.duckdb").exists()
        session.make_room(1)
        assert session.con.execute("select row from checked").fetchone() == (1,)
