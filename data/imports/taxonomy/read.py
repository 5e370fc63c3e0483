"""Read a team's own taxonomy, and check it as a whole."""

from collections.abc import Mapping

import duckdb

from data.files.problems import Problem
from data.imports.taxonomy.checks import duplicate_keys, inconsistencies
from data.imports.taxonomy.files import Rows, Taxonomy, file_rows, specs


def read_taxonomy(
    con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes]
) -> tuple[Taxonomy, list[Problem]]:
    """The taxonomy in ``files``, and all of its problems; without any it can be loaded.

    ``con`` is the store that it is to join: its rows may refer to the names there,
    and must not repeat them.
    """
    problems = _unknown_files(files)
    rows: dict[str, Rows] = {}
    for name, spec in specs().items():
        rows[name] = []
        if spec.file in files:
            rows[name], file_problems = file_rows(spec, files[spec.file])
            problems += file_problems
        elif spec.needed:
            remedy = "add it; 'bandstand template taxonomy' writes an example"
            problems.append(Problem(spec.file, None, "", "", "is missing", remedy))
    taxonomy = Taxonomy(rows)
    if not problems and not len(taxonomy):
        problems = [Problem("", None, "", "", "the files have no rows", "fill in the templates")]
    if not problems:
        problems = [*duplicate_keys(taxonomy), *inconsistencies(con, taxonomy)]
    return taxonomy, problems


def _unknown_files(files: Mapping[str, bytes]) -> list[Problem]:
    names = [spec.file for spec in specs().values()]
    remedy = f"a taxonomy has {', '.join(names)}"
    return [
        Problem(file, None, "", "", "is not a file of a taxonomy", remedy)
        for file in files
        if file not in names
    ]
