"""Check the role guide of a taxonomy: figures, citations, phrases and patterns."""

from collections import Counter
from collections.abc import Collection, Iterator

from analytics.guide import phrase_pattern
from data.files.problems import Problem
from data.imports.taxonomy.files import Row, Taxonomy

_FILES = ("guide", "phrases")


def guide_problems(taxonomy: Taxonomy, guided: Collection[str]) -> Iterator[Problem]:
    """Everything wrong with guide.csv and phrases.csv.

    ``guided`` are the functions that have a guide in the store.
    """
    listed = Counter(r["function"] for r in taxonomy.each("guide") if r["section"] == "sources")
    for name in _FILES:
        for number, row in taxonomy.rows[name]:
            if row["function"] in guided:
                yield Problem(
                    f"{name}.csv",
                    number,
                    "function",
                    row["function"],
                    "has a role guide already",
                    "withdraw the load that imported it, or name another function",
                )
            for cited in (row["cites"] or "").split(", "):
                if cited and int(cited) > listed[row["function"]]:
                    yield Problem(
                        f"{name}.csv",
                        number,
                        "cites",
                        row["cites"],
                        f"cites source {cited}, but {row['function']} lists "
                        f"{listed[row['function']]} in section sources",
                        "add the source as a row of guide.csv, or correct the number",
                    )
    for number, row in taxonomy.rows["guide"]:
        for column, reason, remedy in _figure_faults(row):
            shown = "" if row[column] is None else str(row[column])
            yield Problem("guide.csv", number, column, shown, reason, remedy)
    for number, row in taxonomy.rows["phrases"]:
        if not phrase_pattern(row["pattern"]).search(row["phrase"]):
            yield Problem(
                "phrases.csv",
                number,
                "pattern",
                row["pattern"],
                f"does not find its own phrase {row['phrase']!r}",
                "write it so that it does",
            )


def _figure_faults(row: Row) -> Iterator[tuple[str, str, str]]:
    """Column, reason and remedy of each fault in a row's figure."""
    low, high, unit = row["low"], row["high"], row["unit"]
    if low is None and high is not None:
        yield "high", "has no low beside it", "for a single figure, give it in both columns"
    if low is not None and high is not None and low > high:
        yield "high", f"is below low ({low})", "exchange the two"
    if low is not None and unit is None:
        yield "unit", "is empty beside a figure", "name the unit, such as days or percent"
    if low is None and high is None and unit is not None:
        yield "unit", "has no figure beside it", "fill in low, or leave the unit empty"
