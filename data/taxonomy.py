"""A team's own taxonomy: checked whole, then loaded whole, or not at all."""

from collections.abc import Mapping

import duckdb

from analytics.codes import ProfileCode, focus_part
from data.problems import Problem
from data.taxonomy_checks import doubles, misfits
from data.taxonomy_files import Row, Rows, Taxonomy, file_rows, specs

_DIFFERENTIALS = {
    "material": "Pay and skills differ materially from the baseline of the function",
    "none": "Pay and skills do not differ materially from the baseline of the function",
    None: "Whether pay differs from the function's baseline is not given",
}


def read(
    con: duckdb.DuckDBPyConnection, files: Mapping[str, bytes]
) -> tuple[Taxonomy, list[Problem]]:
    """The taxonomy in ``files`` and everything that is wrong with it.

    ``con`` is the store that it is to join: names may refer to what is there,
    and must not repeat it. With no problem, the taxonomy can be loaded.
    """
    known = {spec.file: name for name, spec in specs().items()}
    problems = [
        Problem(file, None, "", "", "is no file of a taxonomy", f"known: {', '.join(known)}")
        for file in files
        if file not in known
    ]
    rows: dict[str, Rows] = {}
    for name, spec in specs().items():
        if spec.file in files:
            rows[name], wrong = file_rows(spec, files[spec.file])
            problems += wrong
        else:
            rows[name] = []
            if spec.needed:
                problems.append(Problem(spec.file, None, "", "", "is missing", "see the template"))
    taxonomy = Taxonomy(rows)
    if not problems and not len(taxonomy):
        problems = [Problem("", None, "", "", "the files hold no rows", "fill in the templates")]
    if not problems:
        problems = [*doubles(taxonomy), *misfits(con, taxonomy)]
    return taxonomy, problems


def insert(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, source: str) -> None:
    """Put a checked taxonomy into the store's tables; the caller holds the transaction."""
    for table, rows in _table_rows(con, taxonomy, source).items():
        if rows:
            columns = list(rows[0])
            marks = ", ".join("?" * len(columns))
            con.executemany(
                f"insert into {table} ({', '.join(columns)}) values ({marks})",
                [list(row.values()) for row in rows],
            )


def remove(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Take everything of one source out of the tables that a taxonomy fills."""
    for table in TABLES:
        con.execute(f"delete from {table} where source = ?", [source])


#: The tables that a taxonomy fills.
TABLES = (
    "job_function",
    "focus",
    "focus_description",
    "ladder",
    "level",
    "job_profile",
    "level_descriptor",
    "responsibility",
    "guideline",
    "skill",
    "crosswalk",
    "title_alias",
)


def _table_rows(
    con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, source: str
) -> dict[str, list[Row]]:
    by = {"source": source}
    functions = dict(con.execute("select function, code from job_function").fetchall())
    functions |= {r["function"]: r["code"] for r in taxonomy.each("functions")}
    home = {r["focus"]: r["function"] for r in taxonomy.each("focuses")}
    with_jobs = {r["ladder"] for r in taxonomy.each("profiles")}
    ladders = {r["ladder"]: r["function"] for r in taxonomy.each("levels")}
    rungs = sorted(taxonomy.each("levels"), key=lambda r: (r["track"] == "management", r["grade"]))
    criteria = list(taxonomy.each("criteria"))
    return {
        "job_function": [{**r, **by} for r in taxonomy.each("functions")],
        "focus": [
            {
                **_only(r, "focus", "function", "title"),
                "differential": r["differential"] or "not given",
                "differential_note": _DIFFERENTIALS[r["differential"]],
                **by,
            }
            for r in taxonomy.each("focuses")
        ],
        "focus_description": [
            {**_only(r, "focus", "description"), **by}
            for r in taxonomy.each("focuses")
            if r["description"]
        ],
        "ladder": [
            {
                "ladder": ladder,
                "function": function,
                "title": f"{ladder.replace('-', ' ').capitalize()} ladder",
                "kind": "profiles" if ladder in with_jobs else "reference",
                **by,
            }
            for ladder, function in ladders.items()
        ],
        "level": [
            {
                **_only(r, "ladder", "level", "track", "grade", "title"),
                "ordinal": i,
                "title_stated": True,
                **by,
            }
            for i, r in enumerate(rungs, 1)
        ],
        "job_profile": [
            {
                **_only(r, "focus", "ladder", "level", "version", "confidence", "status", "scope"),
                "code": str(
                    ProfileCode(functions[home[r["focus"]]], focus_part(r["focus"]), r["level"])
                ),
                **by,
            }
            for r in taxonomy.each("profiles")
        ],
        "level_descriptor": [
            {**_only(r, "ladder", "level", "dimension"), "descriptor": r["text"], **by}
            for r in criteria
            if r["kind"] == "descriptor"
        ],
        "responsibility": [
            {**_only(r, "focus", "level"), "ordinal": i, "responsibility": r["text"], **by}
            for i, r in enumerate(criteria, 1)
            if r["kind"] == "responsibility"
        ],
        "guideline": [
            {**_only(r, "focus", "level", "dimension"), "guideline": r["text"], **by}
            for r in criteria
            if r["kind"] == "guideline"
        ],
        "skill": [{**r, "ordinal": i, **by} for i, r in enumerate(taxonomy.each("skills"), 1)],
        "crosswalk": [{**r, **by} for r in taxonomy.each("crosswalk")],
        "title_alias": [{**r, **by} for r in taxonomy.each("titles")],
    }


def _only(row: Row, *columns: str) -> Row:
    return {column: row[column] for column in columns}
