"""Load a checked file into the team's store, once."""

import duckdb

from analytics.errors import InputError
from data.imports.log import ACTIVE, log_load
from data.imports.provenance import add_load_source
from data.imports.team_files import insert
from data.imports.team_files.check import CheckedFile
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report
from data.imports.team_files.session import ImportSession
from data.store.load_ledger import acknowledged


def load_team_file(
    con: duckdb.DuckDBPyConnection, session: ImportSession, checked: CheckedFile, name: str
) -> str:
    """Load the rows of a checked file, under a name; returns what was done, as a sentence.

    The same file a second time changes nothing. Raises `InputError` while a
    question is open, if no row is left, or if the file is already loaded with
    other options; `CancelledError` if the session is canceled.
    """
    report = checked.report
    kind, table = report.layout.kind, report.layout.table
    if report.questions:
        question = report.questions[0]
        raise InputError(f"{report.file}: {question.text}; use {question.option}")
    if not report.to_load:
        raise InputError(f"{report.file}: no row is left to load; fix the rows left out")
    mapping = report.layout.as_options().to_json()
    with session.work(), acknowledged(con):
        if message := _same_file(con, report, mapping):
            return message
        load = log_load(
            con,
            kind.name,
            name,
            table.sha256,
            report.rows_in,
            report.to_load,
            file=report.file,
            mapping=mapping,
        )
        insert.insert_rows(con, load, session, report.layout)
        add_load_source(con, kind.name, load, name)
    matched = f"; {report.with_profile:,} match a profile" if kind.by_title else ""
    return (
        f"load {load}: {report.rows_in:,} rows in, {report.to_load:,} loaded, "
        f"{report.left_out:,} rejected{matched}"
    )


def _same_file(con: duckdb.DuckDBPyConnection, report: Report, mapping: str) -> str:
    """A message if the same file is loaded in the same way; raises if it is in another."""
    layout = report.layout
    loads = con.execute(
        "select load, mapping from import_log where sha256 = ? and kind = ? and state = ?",
        [layout.table.sha256, layout.kind.name, ACTIVE],
    ).fetchall()
    for load, loaded_mapping in loads:
        if loaded_mapping == mapping:
            return f"this file is loaded already, as load {load}; nothing changed"
        loaded, options = ImportOptions.from_json(loaded_mapping), layout.options
        if (loaded.member, loaded.sheet) == (options.member, options.sheet):
            raise InputError(
                f"{report.file}: is loaded already, as load {load}, with its columns mapped "
                "differently; withdraw that load first"
            )
    return ""
