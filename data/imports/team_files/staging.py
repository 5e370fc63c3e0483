"""Read every row of a file into a session's database, converted and judged."""

from dataclasses import dataclass, replace

import duckdb

from analytics.errors import InputError
from data.files import parquet
from data.imports.team_files.annual_pay import annual_pay_rules
from data.imports.team_files.currency_questions import IGNORE
from data.imports.team_files.layout import Layout
from data.imports.team_files.pay_types import pay_type_rules
from data.imports.team_files.row_reader import chunks
from data.imports.team_files.session import ImportSession
from data.imports.team_files.sum_rows import note_rules, sum_rules
from data.imports.team_files.unsaved_formulas import with_formula_rules
from data.imports.team_files.validation_rules import OTHER_CURRENCY, Rule, rejecting_rules
from data.imports.team_files.validation_sql import Checks, checked_sql
from data.store.sql_text import sql_literal

#: Each rule is a bit of a HUGEINT, and further rules come after those of the file type.
_MOST_RULES = 115


@dataclass(frozen=True)
class StagedRows:
    """What the session's table `checked` holds: its columns are those of `checked_sql`.

    Bit i of its column ``bad`` marks the rows that break ``rules[i]``, of its
    column ``cleared`` those whose cell ``clearing[i]`` leaves empty;
    ``row_number`` is the SQL of a row's number as a spreadsheet counts it; ``several``
    counts the people who have several rows at one date, and these rows.
    """

    layout: Layout
    rules: tuple[Rule, ...] = ()
    row_number: str = "row"
    clearing: tuple[Rule, ...] = ()
    several: tuple[int, int] = (0, 0)


def stage_rows(session: ImportSession, layout: Layout) -> StagedRows:
    """Fill the session's table `checked` from the file; raises `InputError`."""
    session.make_room(layout.table.text_bytes)
    cells = [f"c{i}" for i in range(len(layout.header))]
    everything = (
        *rejecting_rules(layout.kind, layout.known_fields),
        *annual_pay_rules(layout),
        *pay_type_rules(layout),
        *sum_rules(layout),
        *note_rules(layout, cells),
    )
    if layout.options.currency_signs == IGNORE:
        everything = tuple(rule for rule in everything if rule.reason != OTHER_CURRENCY)
    if layout.table.unsaved_formulas:
        everything = with_formula_rules(everything, layout.mapped)
    rules = tuple(rule for rule in everything if not rule.clears)
    clearing = tuple(rule for rule in everything if rule.clears)
    if len(rules) > _MOST_RULES:
        raise InputError(f"{layout.table.name}: has too many pay columns; map fewer of them")
    checks = Checks(rules, clearing)
    staged = stage_by_engine(session, layout, checks) or _stage_by_rows(session, layout, checks)
    for field in layout.kind.unique:
        staged = reject(
            session,
            staged,
            Rule(field, "", "is already in an earlier row"),
            f"select rowid from checked where v_{field} is not null "
            f"qualify row_number() over (partition by v_{field} order by rowid) > 1",
        )
    return staged


def reject(session: ImportSession, staged: StagedRows, rule: Rule, rowids: str) -> StagedRows:
    """Mark the rows that the query ``rowids`` selects as breaking one more rule."""
    session.con.execute(
        f"update checked set bad = bad | (1::hugeint << {len(staged.rules)}) "
        f"where rowid in ({rowids})"
    )
    return replace(staged, rules=(*staged.rules, rule))


def stage_by_engine(session: ImportSession, layout: Layout, checks: Checks) -> StagedRows | None:
    """Let DuckDB read the file; None if its rows might not be those of CSV."""
    table = layout.table
    if table.parquet_files:
        _stage_parquet(session, layout, checks)
    elif table.path is None or table.lines <= 0 or not _stage_csv(session, layout, checks):
        return None
    number = f"checked.rowid + {layout.header_row + 1}"
    return StagedRows(layout, checks.rejecting, number, checks.clearing)


def _stage_parquet(session: ImportSession, layout: Layout, checks: Checks) -> None:
    table = layout.table
    try:
        source = parquet.source(table.parquet_files, table.column_types)
        _create(session, layout, checks, source, numbered=False)
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        raise InputError(f"{table.name}: can't be read as Parquet: {error}") from None


def _stage_csv(session: ImportSession, layout: Layout, checks: Checks) -> bool:
    """Whether DuckDB read a row for each line of the text."""
    table = layout.table
    columns = ", ".join(f"'c{i}': 'varchar'" for i in range(len(layout.header)))
    source = (
        f"read_csv({sql_literal(str(table.path))}, header = false, skip = {layout.header_row}, "
        f"auto_detect = false, strict_mode = true, compression = 'none', "
        f"hive_partitioning = false, columns = {{{columns}}}, "
        f"delim = {sql_literal(table.delimiter)}, quote = '\"', escape = '\"', nullstr = '')"
    )
    try:
        _create(session, layout, checks, source, numbered=False)
    except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException):
        return False
    ((rows,),) = session.con.execute("select count(*) from checked").fetchall()
    return bool(rows + layout.header_row == table.lines)


def _stage_by_rows(session: ImportSession, layout: Layout, checks: Checks) -> StagedRows:
    """Read every row, with its number, by the rules of CSV or from a workbook's sheet."""
    width = len(layout.header)
    reason = f"has more or fewer cells than the header, which has {width}"
    ragged = Rule("", f"count <> {width}", reason, ragged=True)
    checks = Checks((*checks.rejecting, ragged), checks.clearing)
    columns = ", ".join([*(f"c{i} varchar" for i in range(width)), "more varchar"])
    con = session.con
    con.execute(f"create or replace table raw (row bigint, cells integer, {columns})")
    for chunk in chunks(layout.table, layout.header_row, width):
        session.raise_if_canceled()
        con.register("chunk", chunk)
        con.execute("insert into raw select * from chunk")
        con.unregister("chunk")
    _create(session, layout, checks, "raw", numbered=True)
    con.execute("drop table raw")
    return StagedRows(layout, checks.rejecting, clearing=checks.clearing)


def _create(
    session: ImportSession, layout: Layout, checks: Checks, source: str, *, numbered: bool
) -> None:
    query = checked_sql(layout, checks, source, numbered)
    session.con.execute(f"create or replace table checked as {query}")
