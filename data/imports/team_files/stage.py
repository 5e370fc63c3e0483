"""A file checked row by row in a store of its own, before the team's store hears of it."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb
import pyarrow as pa

from analytics.errors import InputError
from analytics.suggestions import nearest
from data.files import parquet
from data.files.problems import Problem
from data.files.scratch import scratch_folder
from data.imports.team_files import questions
from data.imports.team_files import validation_rules as rules
from data.imports.team_files.column_matching import find_header, match_columns, taken_columns
from data.imports.team_files.file_types import FileType
from data.imports.team_files.open_file import OpenedTable, open_file
from data.imports.team_files.options import ImportOptions
from data.imports.team_files.report import Report, RowWarning
from data.imports.team_files.row_reader import chunks
from data.imports.team_files.validation_sql import checked_sql
from data.store.settings import limit, limit_message
from data.store.sql_text import sql_literal

#: Title, level and profile of jobs → the code that each means, how closely, and why; an empty
#: match says that the profile which it names is not known.
Namer = Callable[[list[tuple[str | None, str | None, str | None]]], list[tuple[str, str, str]]]
_CHUNK, _BATCH = 20_000, 100_000
_MOST_RULES = 115
_SAME_JOB = (
    "v_title is not distinct from title and v_level is not distinct from level "
    "and v_profile is not distinct from profile"
)


class CancelledError(InputError):
    """The work was stopped by whoever asked for it; nothing was kept."""


class ImportSession:
    """One file of a kind, checked in a store of its own: its rows, and those left out.

    Use it as a context: what was unpacked goes when it ends. `check` may be
    called again with other choices, and run in a thread while others ask for
    `progress` or `cancel`. ``namer`` finds the profiles that jobs mean.
    """

    def __init__(self, kind: FileType, file: str, source: Path | bytes, namer: Namer) -> None:
        self._folder = scratch_folder()
        self._kind, self._file, self._source, self._namer = kind, file, source, namer
        self._layout: tuple[str, str, str] | None = None
        self._tables: list[OpenedTable] = []
        self._rules: list[rules.Rule] = []
        self._row = "row"
        self._cancelled = False
        # In a file, for a store in memory fails where tens of millions of rows don't fit.
        self._con = duckdb.connect(
            str(Path(self._folder.name) / "stage.duckdb"),
            config={
                "memory_limit": f"{limit('STAGE_MEMORY_MB')}MB",
                "temp_directory": self._folder.name,
                "autoinstall_known_extensions": "false",
                "autoload_known_extensions": "false",
            },
        )
        self._con.execute("set enable_progress_bar = true; set enable_progress_bar_print = false")
        # A list of constants becomes a join, which on several threads loses the rows' order.
        self._con.execute("set disabled_optimizers = 'in_clause'; set TimeZone = 'UTC'")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of everything; the stage is of no use afterwards."""
        try:
            self._con.close()
        finally:
            self._folder.cleanup()

    def progress(self) -> float:
        """The share of the present query that is done, 0 to 1; 0 where that is unknown."""
        return max(0.0, min(self._con.query_progress() / 100, 1.0))

    def begin(self) -> None:
        """Forget an earlier `cancel`, at the start of a piece of work."""
        self._cancelled = False

    def cancel(self) -> None:
        """Stop a `check` or a load, which then raises `CancelledError`."""
        self._cancelled = True
        self._con.interrupt()

    def check(self, choices: ImportOptions) -> Report:
        """Read the whole file; raises `InputError` for one that can't be read at all.

        While a question about the columns is open no row is looked at.
        """
        choices = choices.checked(self._kind)
        self.begin()
        self._rules = []
        try:
            opened, at = self._headed(choices)
            self.go_on()
            report = self._understood(opened, at, choices)
            if not report.questions:
                self._stage(opened, report)
                self.go_on()
                self._name_jobs()
                self.go_on()
                self._count(report)
            self.go_on()
            return report
        except duckdb.InterruptException:
            raise self._stopped() from None

    def problems(self, report: Report, most: int | None = None) -> Iterator[Problem]:
        """Why rows are left out, in the order of the file; a row may have several reasons."""
        at = taken_columns(report.columns)
        for row, broken, cells in self._left_out(most):
            for rule in broken:
                column = at.get(rule.field)
                shown = (cells[column.at] or "") if column else ""
                title = column.heading if column else rule.field
                yield Problem(report.file, row, title, shown, rule.reason)

    def rejects(self, report: Report) -> Iterator[list[str]]:
        """The rows left out as a file: a header, then row, column, value, reason and all cells.

        Once mended it can be loaded: the first four columns are passed over.
        """
        at = taken_columns(report.columns)
        own = {column.at for column in report.columns}
        yield ["row", "column", "value", "reason", *(report.header[i] for i in sorted(own))]
        for row, broken, cells in self._left_out(None):
            columns = [at.get(rule.field) for rule in broken]
            yield [
                str(row),
                "; ".join(
                    title
                    for c, r in zip(columns, broken, strict=True)
                    if (title := c.heading if c else r.field)
                ),
                "; ".join((cells[c.at] or "") for c in columns if c),
                "; ".join(rule.reason for rule in broken),
                *(cells[i] or "" for i in sorted(own)),
                *filter(None, cells[len(report.header) :]),
            ]

    def arrow(self, columns: str, where: str = "true") -> pa.RecordBatchReader:
        """``columns`` of the rows to load that pass ``where``, both SQL over the checked rows."""
        self.go_on()
        found = self._con.sql(f"select {columns} from arrived where {where}")
        return found.to_arrow_reader(_BATCH)

    def go_on(self) -> None:
        """Raise `CancelledError` once the work was cancelled."""
        if self._cancelled:
            raise self._stopped()

    def _stopped(self) -> CancelledError:
        return CancelledError(f"{self._file}: cancelled; nothing was loaded")

    def _open(self, choices: ImportOptions) -> list[OpenedTable]:
        layout = (choices.encoding, choices.delimiter, choices.member)
        if layout != self._layout:
            self._layout = None
            # What an attempt that failed left behind must not be taken for this one's.
            folder = Path(tempfile.mkdtemp(dir=self._folder.name))
            self._tables = open_file(self._file, self._source, folder, choices)
            self._layout = layout
        if not choices.sheet:
            return self._tables
        found = [table for table in self._tables if table.sheet == choices.sheet]
        if not found:
            sheets = [table.sheet for table in self._tables]
            raise InputError(f"{self._file}: no sheet {choices.sheet!r}; {nearest('', sheets)}")
        return found

    def _headed(self, choices: ImportOptions) -> tuple[OpenedTable, int]:
        """The table whose header names the most fields, and where that header is."""
        tables = self._open(choices)
        headed = [
            (at, table)
            for table in tables
            if (at := find_header(self._kind, table.head, choices)) is not None
        ]
        if not headed:
            first = ", ".join(filter(None, tables[0].head[0])) if tables else "nothing"
            raise InputError(
                f"{self._file}: no row names the columns of {self._kind.title.lower()}; the first "
                f"row holds {first[:200]}. Say which row is the header, or which columns are which"
            )

        def named(pair: tuple[int, OpenedTable]) -> int:
            header = pair[1].head[pair[0]]
            return len(taken_columns(match_columns(self._kind, header, [], ImportOptions())))

        at, table = max(headed, key=named)
        alike = [pair[1].sheet for pair in headed if named(pair) == named((at, table))]
        if len(alike) > 1:
            raise InputError(
                f"{self._file}: each of the sheets {', '.join(alike)} could be it; say which with "
                "--sheet"
            )
        if len(table.head[at]) > limit("COLUMNS"):
            raise InputError(
                f"{self._file}: {len(table.head[at]):,} columns, {limit_message('COLUMNS')}"
            )
        return table, at

    def _understood(self, opened: OpenedTable, at: int, choices: ImportOptions) -> Report:
        header, sample = opened.head[at], opened.sample(at + 1)
        columns = match_columns(self._kind, header, sample, choices)
        report = Report(
            self._kind, opened.name, opened.sha256, choices, opened.encoding,
            opened.delimiter, 0 if opened.parquet else at + 1, header, columns, opened.typed,
        )  # fmt: skip
        report.questions += questions.missing_fields(self._kind, taken_columns(columns), choices)
        questions.settle_formats(report, sample)
        return report

    def _stage(self, opened: OpenedTable, report: Report) -> None:
        mapped = {*taken_columns(report.columns), *report.choices.said}
        self._rules = rules.rejecting_rules(self._kind, mapped)
        if len(self._rules) > _MOST_RULES:
            raise InputError(f"{self._file}: too many columns of pay at once; map fewer of them")
        fast = bool(opened.parquet)
        if opened.parquet:
            self._read_typed(opened, report)
        elif opened.path is not None and opened.lines > 0:
            fast = self._read_fast(opened, report)
        if not fast:
            self._read_carefully(opened, report)
        self._row = f"checked.rowid + {report.header_row + 1}" if fast else "row"
        for field in self._kind.unique:
            self._reject(
                rules.Rule(field, "", "stands in an earlier row already"),
                f"select rowid from checked where v_{field} is not null "
                f"qualify row_number() over (partition by v_{field} order by rowid) > 1",
            )

    def _read_typed(self, opened: OpenedTable, report: Report) -> None:
        """Let the engine read Parquet."""
        try:
            self._make(report, parquet.source(opened.parquet, opened.typed), numbered=False)
        except duckdb.InterruptException:
            raise
        except duckdb.Error as error:
            raise InputError(f"{report.file}: can't be read as Parquet: {error}") from None

    def _read_fast(self, opened: OpenedTable, report: Report) -> bool:
        """Let the engine read the text; False where it and the rules of CSV might part."""
        columns = ", ".join(f"'c{i}': 'varchar'" for i in range(len(report.header)))
        source = (
            f"read_csv({sql_literal(str(opened.path))}, header = false, "
            f"skip = {report.header_row}, "
            f"auto_detect = false, strict_mode = true, compression = 'none', "
            f"hive_partitioning = false, columns = {{{columns}}}, "
            f"delim = {sql_literal(opened.delimiter)}, quote = '\"', escape = '\"', nullstr = '')"
        )
        try:
            self._make(report, source, numbered=False)
        except (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.IOException):
            return False
        ((rows,),) = self._con.execute("select count(*) from checked").fetchall()
        return bool(rows + report.header_row == opened.lines)

    def _read_carefully(self, opened: OpenedTable, report: Report) -> None:
        """Every row by the rules of CSV, or of a workbook, with its number."""
        width = len(report.header)
        words = f"has more or fewer cells than the header, which has {width}"
        self._rules.append(rules.Rule("", f"count <> {width}", words))
        names = ", ".join([*(f"c{i} varchar" for i in range(width)), "more varchar"])
        self._con.execute(f"create or replace table raw (row bigint, cells integer, {names})")
        for chunk in chunks(opened, report.header_row, width):
            self.go_on()
            self._con.register("chunk", chunk)
            self._con.execute("insert into raw select * from chunk")
            self._con.unregister("chunk")
        self._make(report, "raw", numbered=True)
        self._con.execute("drop table raw")

    def _make(self, report: Report, source: str, *, numbered: bool) -> None:
        made = checked_sql(report, self._rules, source, numbered)
        self._con.execute(f"create or replace table checked as {made}")

    def _reject(self, rule: rules.Rule, rowids: str) -> None:
        """Mark further rows as left out."""
        bit = len(self._rules)
        self._rules.append(rule)
        self._con.execute(
            f"update checked set bad = bad | (1::hugeint << {bit}) where rowid in ({rowids})"
        )

    def _name_jobs(self) -> None:
        """Find the profile that each title means; rows that name an unknown one are left out."""
        if "profile" not in self._kind.fields:
            return
        some = "true" if self._kind.by_title else "v_profile is not null"
        jobs = self._con.execute(
            f"select distinct v_title, v_level, v_profile from checked where bad = 0 and {some}"
        ).fetchall()
        named = [(*job, *name) for job, name in zip(jobs, self._namer(jobs), strict=True)]
        names = ("title", "level", "profile", "code", "match", "reason")
        text = {n: pa.array([row[i] for row in named], pa.string()) for i, n in enumerate(names)}
        self._con.register("chunk", pa.table(text))
        self._con.execute(
            "create or replace table meant as "
            "select * replace (nullif(code, '') as code) from chunk"
        )
        self._con.unregister("chunk")
        self._reject(
            rules.Rule("profile", "", "is no profile that Bandstand has"),
            f"select checked.rowid from checked join meant on {_SAME_JOB} where match = ''",
        )

    def _count(self, report: Report) -> None:
        named = "profile" in self._kind.fields
        meaning = ", code, match, reason" if named else ""
        joined = f"left join meant on {_SAME_JOB}" if named else ""
        found = ", ".join(f"v_{name}" for name in self._kind.fields)
        self._con.execute(f"""
            create or replace view arrived as
            select {self._row} as row, {found}, kept{meaning}
            from checked {joined} where bad = 0 and not blank
        """)
        at = taken_columns(report.columns)
        odd = rules.warning_rules(self._kind, {*at, *report.choices.said})
        asked = "".join(
            f", count(*) filter (good and ({rule.when})), "
            f"min({self._row}, 3) filter (good and ({rule.when}))"
            for rule in odd
        )
        # By itself, for beside other aggregates it takes far more memory.
        ((report.repeated,),) = self._con.execute(
            "select count(*) - count(distinct line) from checked where not blank"
        ).fetchall()
        rows, loaded, currencies, *told = self._con.execute(f"""
            select count(*), count(*) filter (good),
                list_sort(list(distinct v_currency) filter (good)){asked}
            from (select rowid, *, bad = 0 as good from checked where not blank) as checked
        """).fetchall()[0]
        report.rows_in, report.to_load, report.left_out = rows, loaded, rows - loaded
        report.currencies = currencies or ()
        headings = {name: column.heading for name, column in at.items()}
        report.oddities = [
            RowWarning(headings.get(rule.field, rule.field), rule.reason, n, first)
            for rule, n, first in zip(odd, told[::2], told[1::2], strict=True)
            if n
        ]
        if self._kind.by_title:
            ((report.meaning,),) = self._con.execute("select count(code) from arrived").fetchall()
        if not (report.sign and report.dates):
            report.questions += questions.late_questions(report, self.problems(report, most=1_000))

    def _left_out(self, most: int | None) -> Iterator[tuple[int, list[rules.Rule], list[str]]]:
        if not self._rules:
            return
        some = f"limit {most}" if most else ""
        rows = self._con.cursor().execute(
            f"select {self._row}, bad, cells from checked where bad <> 0 and not blank "
            f"order by rowid {some}"
        )
        while chunk := rows.fetchmany(_CHUNK):
            for row, bad, cells in chunk:
                broken = [rule for i, rule in enumerate(self._rules) if bad >> i & 1]
                yield row, broken, cells
