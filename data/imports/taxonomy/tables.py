"""Insert a team's own taxonomy into the store's tables, and remove it."""

from collections import Counter

import duckdb

from analytics.jobs.codes import ProfileCode, focus_part
from analytics.percentiles import PERCENTILES, percentile_name
from analytics.pricing.market_sources import NOT_STATED
from data.imports.taxonomy.files import Row, Taxonomy
from data.imports.taxonomy.store_names import occupation_titles
from data.store.insert import insert_values

_DIFFERENTIALS = {
    "material": "Pay and skills differ materially from the baseline of the function",
    "none": "Pay and skills do not differ materially from the baseline of the function",
    None: "Whether pay differs from the function's baseline is not given",
}


def insert_taxonomy(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, source: str) -> None:
    """Insert a checked taxonomy; the caller holds the transaction."""
    for table, rows in _table_rows(con, taxonomy, source).items():
        if rows:
            insert_values(con, table, [list(row.values()) for row in rows], list(rows[0]))


def remove_taxonomy(con: duckdb.DuckDBPyConnection, source: str) -> None:
    """Delete the rows of one source from the tables that a taxonomy fills."""
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
    "guide_entry",
    "guide_phrase",
    "classification",
    "pay_point",
    "ladder_assumption",
)


def _table_rows(
    con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, source: str
) -> dict[str, list[Row]]:
    """Rows by their table, in the order in which the tables refer to each other."""
    tables = {
        **_places(taxonomy, source),
        **_jobs(con, taxonomy),
        **_sentences(taxonomy),
        **_role_guides(taxonomy),
        **_pay(con, taxonomy),
    }
    return {table: [{**row, "source": source} for row in rows] for table, rows in tables.items()}


def _places(taxonomy: Taxonomy, source: str) -> dict[str, list[Row]]:
    """Functions, focuses, ladders and levels."""
    with_jobs = {r["ladder"] for r in taxonomy.each("profiles")}
    ladders = {r["ladder"]: r["function"] for r in taxonomy.each("levels")}
    levels = sorted(taxonomy.each("levels"), key=lambda r: (r["track"] == "management", r["grade"]))
    return {
        "job_function": list(taxonomy.each("functions")),
        "focus": [
            {
                **_only(r, "focus", "function", "title"),
                "differential": r["differential"] or "not given",
                "differential_note": _DIFFERENTIALS[r["differential"]],
            }
            for r in taxonomy.each("focuses")
        ],
        "focus_description": [
            _only(r, "focus", "description") for r in taxonomy.each("focuses") if r["description"]
        ],
        "ladder": [
            {
                "ladder": ladder,
                "function": function,
                "title": f"{ladder.replace('-', ' ').capitalize()} ladder",
                "kind": "profiles" if ladder in with_jobs else "reference",
            }
            for ladder, function in ladders.items()
        ],
        "level": [
            {
                **_only(r, "ladder", "level", "track", "grade", "title"),
                "ordinal": i,
                "title_stated": True,
                "title_source": source,
                "grade_source": source,
            }
            for i, r in enumerate(levels, 1)
        ],
    }


def _jobs(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> dict[str, list[Row]]:
    """Profiles, each with the code made of its function, focus and level."""
    codes = dict(con.execute("select function, code from job_function").fetchall())
    codes |= {r["function"]: r["code"] for r in taxonomy.each("functions")}
    functions = {r["focus"]: r["function"] for r in taxonomy.each("focuses")}
    columns = ("focus", "ladder", "level", "version", "confidence", "status", "scope")
    return {
        "job_profile": [
            {
                **_only(r, *columns),
                "code": str(
                    ProfileCode(codes[functions[r["focus"]]], focus_part(r["focus"]), r["level"])
                ),
            }
            for r in taxonomy.each("profiles")
        ]
    }


def _sentences(taxonomy: Taxonomy) -> dict[str, list[Row]]:
    """Criteria of levels and jobs, skills, links and titles."""
    criteria = list(enumerate(taxonomy.each("criteria"), 1))

    def of(kind: str) -> list[tuple[int, Row]]:
        return [(i, r) for i, r in criteria if r["kind"] == kind]

    return {
        "level_descriptor": [
            {**_only(r, "ladder", "level", "dimension"), "descriptor": r["text"]}
            for _, r in of("descriptor")
        ],
        "responsibility": [
            {**_only(r, "focus", "level"), "ordinal": i, "responsibility": r["text"]}
            for i, r in of("responsibility")
        ],
        "guideline": [
            {**_only(r, "focus", "level", "dimension"), "guideline": r["text"]}
            for _, r in of("guideline")
        ],
        "skill": [{**r, "ordinal": i} for i, r in enumerate(taxonomy.each("skills"), 1)],
        "crosswalk": list(taxonomy.each("crosswalk")),
        "title_alias": list(taxonomy.each("titles")),
    }


def _role_guides(taxonomy: Taxonomy) -> dict[str, list[Row]]:
    """Role guides, each section's rows numbered in the order of the file."""
    numbers: Counter[tuple[str, str]] = Counter()
    entries = []
    for row in taxonomy.each("guide"):
        section = row["function"], row["section"]
        numbers[section] += 1
        entries.append({**row, "ordinal": numbers[section]})
    phrases = [{**row, "ordinal": i} for i, row in enumerate(taxonomy.each("phrases"), 1)]
    return {"guide_entry": entries, "guide_phrase": phrases}


def _pay(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> dict[str, list[Row]]:
    """Mappings to occupations, pay of whole functions, assumptions of their ladders."""
    titles = occupation_titles(con)
    return {
        "classification": [
            {
                **_only(r, "function", "focus", "level", "soc"),
                "soc_title": titles[r["soc"]],
                "asserted_by": "your team",
                "note": r["note"] or "",
            }
            for r in taxonomy.each("occupations")
        ],
        "pay_point": [
            {
                **_only(r, "function", "subject", "pay_basis", "currency", "as_of"),
                "place": r["place"] or NOT_STATED,
                "statistic": name,
                "value": r[name],
                "at_least": False,
                "sample_size": "not stated" if r["n"] is None else f"{r['n']:,}",
                "status": "published",
                "note": "",
            }
            for r in taxonomy.each("pay")
            for name in map(percentile_name, PERCENTILES)
            if r[name] is not None
        ],
        "ladder_assumption": [
            {**_only(r, "function", "scenario", "parameter", "value"), "reason": r["reason"] or ""}
            for r in taxonomy.each("ladder_model")
        ],
    }


def _only(row: Row, *columns: str) -> Row:
    return {column: row[column] for column in columns}
