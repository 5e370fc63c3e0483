"""The rows of a checked file: those to load, and those left out with their reasons."""

from collections.abc import Collection, Iterator, Sequence

import pyarrow as pa

from data.files.problems import Problem
from data.imports.team_files.column_matching import Column
from data.imports.team_files.layout import Layout
from data.imports.team_files.session import ImportSession
from data.imports.team_files.sql_values import is_no_value
from data.imports.team_files.staging import StagedRows
from data.imports.team_files.validation_rules import Rule

#: Stands for what is private.
MASK = "(private)"
_CHUNK, _BATCH = 20_000, 100_000


def rows_to_load(
    session: ImportSession, columns: str, where: str = "true", source: str = "loadable"
) -> pa.RecordBatchReader:
    """``columns`` of the rows to load that pass ``where``, both SQL over the view `loadable`.

    ``source`` may be another table of the session, joined with that view.
    """
    session.raise_if_canceled()
    query = session.con.sql(f"select {columns} from {source} where {where}")
    return query.to_arrow_reader(_BATCH)


def problems(
    session: ImportSession, staged: StagedRows, most: int | None = None
) -> Iterator[Problem]:
    """Why rows are left out, in the order of the file; a row may have several reasons."""
    layout, mapped = staged.layout, staged.layout.mapped
    for row, broken, cells in _left_out(session, staged, most):
        for rule in broken:
            column = mapped.get(rule.field)
            value = (cells[column.position] or "") if column else ""
            heading = column.heading if column else rule.field
            yield Problem(layout.table.name, row, heading, value, _reason(rule, value))


def cleared_cells(
    session: ImportSession, staged: StagedRows, most: int | None = None
) -> Iterator[Problem]:
    """Optional cells that can't be read and are left empty, in the order of the file."""
    if not staged.clearing:
        return
    layout, mapped = staged.layout, staged.layout.mapped
    limit = f"limit {most}" if most else ""
    rows = session.con.cursor().execute(
        f"select {staged.row_number}, cleared, cells from checked "
        f"where cleared <> 0 and bad = 0 and not blank order by rowid {limit}"
    )
    while chunk := rows.fetchmany(_CHUNK):
        for row, cleared, cells in chunk:
            for rule in _broken(staged.clearing, cleared):
                column = mapped.get(rule.field)
                value = (cells[column.position] or "") if column else ""
                heading = column.heading if column else rule.field
                yield Problem(layout.table.name, row, heading, value, rule.reason)


def _reason(rule: Rule, value: str) -> str:
    """Why a row is left out; a cell that says NA is told from a blank one."""
    if rule.reason == "is empty" and value.strip():
        return "means no value, where one is needed"
    if rule.reason.endswith(("is missing", "is empty")) and is_no_value(value):
        return f"means no value: {rule.reason}"
    return rule.reason


def _broken(rules: Sequence[Rule], bits: int) -> list[Rule]:
    """The rules whose bits are set; one of the whole row is all that is said of it."""
    broken = [rule for i, rule in enumerate(rules) if bits >> i & 1]
    return [rule for rule in broken if rule.whole][:1] or broken


def rejects(session: ImportSession, staged: StagedRows) -> Iterator[list[str]]:
    """The rows left out as a file: a header, then row, column, value, reason and all cells.

    Once fixed it can be loaded: the first four columns are ignored. Cells of columns that
    look private and are not loaded are masked; of a row whose cells are shifted, all.
    """
    layout, mapped = staged.layout, staged.layout.mapped
    positions = sorted(column.position for column in layout.columns)
    masked = {column.position for column in masked_columns(layout)}
    yield ["row", "column", "value", "reason", *(layout.header[i] for i in positions)]
    for row, broken, cells in _left_out(session, staged, None):
        columns = [mapped.get(rule.field) for rule in broken]
        headings = [c.heading if c else r.field for c, r in zip(columns, broken, strict=True)]
        yield [
            str(row),
            "; ".join(filter(None, headings)),
            "; ".join((cells[c.position] or "") for c in columns if c),
            "; ".join(
                _reason(rule, (cells[c.position] or "") if c else "")
                for rule, c in zip(broken, columns, strict=True)
            ),
            *_shown_cells(cells, positions, len(layout.header), masked, broken),
        ]


def masked_columns(layout: Layout) -> list[Column]:
    """The columns that look private and are not loaded, which a file of rows left out masks."""
    return [c for c in layout.columns if c.private and not (c.field or c.kept)]


def _shown_cells(
    cells: Sequence[str],
    positions: Sequence[int],
    width: int,
    masked: Collection[int],
    broken: Sequence[Rule],
) -> list[str]:
    """A row's own cells, the private ones masked, and what it has beyond the header."""
    shifted = bool(masked) and any(rule.ragged for rule in broken)
    hidden = set(positions) if shifted else masked
    more = [cell for cell in cells[width:] if cell]
    return [
        *(MASK if cells[i] and i in hidden else cells[i] or "" for i in positions),
        *([MASK] * len(more) if shifted else more),
    ]


def _left_out(
    session: ImportSession, staged: StagedRows, most: int | None
) -> Iterator[tuple[int, list[Rule], list[str]]]:
    """Number, broken rules and cells of the rows left out, the first ``most`` of them."""
    if not staged.rules:
        return
    limit = f"limit {most}" if most else ""
    rows = session.con.cursor().execute(
        f"select {staged.row_number}, bad, cells from checked where bad <> 0 and not blank "
        f"order by rowid {limit}"
    )
    while chunk := rows.fetchmany(_CHUNK):
        for row, bad, cells in chunk:
            yield row, _broken(staged.rules, bad), cells
