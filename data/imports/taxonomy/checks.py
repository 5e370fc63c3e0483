"""Check a taxonomy as a whole: against itself, and against what the store has."""

from collections.abc import Iterator, Mapping
from typing import Any

import duckdb

from data.files.problems import Problem
from data.imports.taxonomy.code_checks import wrong_codes
from data.imports.taxonomy.criteria_checks import wrong_criteria
from data.imports.taxonomy.crosswalk_checks import wrong_links
from data.imports.taxonomy.files import Taxonomy, specs
from data.imports.taxonomy.guide_checks import guide_problems
from data.imports.taxonomy.level_checks import wrong_levels
from data.imports.taxonomy.pay_checks import pay_problems
from data.imports.taxonomy.store_names import StoreNames, occupation_titles, store_names

_OF_PAY = ("occupations", "pay", "ladder_model")


def duplicate_keys(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Rows whose key is already in an earlier row of the same file."""
    for name, spec in specs().items():
        rows_by_key: dict[tuple[Any, ...], int] = {}
        for number, row in taxonomy.rows[name]:
            key = tuple(row[column] for column in spec.key)
            first = rows_by_key.setdefault(key, number)
            if first != number:
                shown = " · ".join(str(part or "") for part in key)
                columns = ", ".join(spec.key)
                yield Problem(spec.file, number, columns, shown, f"is already in row {first}")


def inconsistencies(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> Iterator[Problem]:
    """Rows that refer to nothing, repeat what the store has, or contradict each other."""
    store = store_names(con)
    yield from _names_in_store(taxonomy, store)
    yield from _repeated_titles(taxonomy, store)
    yield from _repeated_codes(taxonomy, store)
    yield from _dangling_references(taxonomy, store)
    yield from wrong_levels(taxonomy)
    yield from wrong_codes(taxonomy, store)
    yield from wrong_criteria(taxonomy)
    yield from wrong_links(taxonomy, store)
    yield from guide_problems(taxonomy, store.guided)
    if any(taxonomy.rows[file] for file in _OF_PAY):
        yield from pay_problems(taxonomy, occupation_titles(con))


def _names_in_store(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    names: tuple[tuple[str, str, Mapping[str, str]], ...] = (
        ("functions", "function", store.functions),
        ("focuses", "focus", store.focuses),
        ("levels", "ladder", store.ladders),
    )
    for file, column, in_store in names:
        reported: set[str] = set()
        for number, row in taxonomy.rows[file]:
            if row[column] in in_store and row[column] not in reported:
                reported.add(row[column])
                yield Problem(
                    f"{file}.csv",
                    number,
                    column,
                    row[column],
                    "is already in Bandstand",
                    "choose another name, or withdraw the load that has it",
                )


def _repeated_titles(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    # Two functions or focuses with the same title would look alike in a filter.
    for file, in_store in (("functions", store.function_titles), ("focuses", store.focus_titles)):
        titles = {title.casefold() for title in in_store}
        for number, row in taxonomy.rows[file]:
            if row["title"].casefold() in titles:
                reason = "is already the title of another"
                yield Problem(f"{file}.csv", number, "title", row["title"], reason)
            titles.add(row["title"].casefold())


def _repeated_codes(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    functions = {code: function for function, code in store.functions.items()}
    for number, row in taxonomy.rows["functions"]:
        code = row["code"]
        if code in functions:
            reason = f"is already the code of {functions[code]}"
            yield Problem("functions.csv", number, "code", code, reason)
        functions.setdefault(code, row["function"])


def _dangling_references(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    defined = {row["function"] for row in taxonomy.each("functions")}
    functions = {*store.functions, *defined}
    focuses = {row["focus"] for row in taxonomy.each("focuses")}
    ladders = {row["ladder"] for row in taxonomy.each("levels")}
    for file, column, names, home in (
        ("focuses", "function", functions, "functions.csv"),
        ("levels", "function", functions, "functions.csv"),
        ("profiles", "focus", focuses, "focuses.csv"),
        ("profiles", "ladder", ladders, "levels.csv"),
        ("criteria", "focus", focuses, "focuses.csv"),
        ("criteria", "ladder", ladders, "levels.csv"),
        ("skills", "focus", focuses, "focuses.csv"),
        ("titles", "focus", focuses, "focuses.csv"),
        ("guide", "function", functions, "functions.csv"),
        ("phrases", "function", functions, "functions.csv"),
        ("occupations", "focus", focuses, "focuses.csv"),
        *((file, "function", defined, "functions.csv") for file in _OF_PAY),
        ("crosswalk", "ladder", ladders | set(store.ladders), "levels.csv"),
        ("crosswalk", "to_ladder", ladders | set(store.ladders), "levels.csv"),
    ):
        for number, row in taxonomy.rows[file]:
            if row[column] is not None and row[column] not in names:
                yield Problem(f"{file}.csv", number, column, row[column], f"is not in {home}")
