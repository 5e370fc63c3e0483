"""What is wrong with a taxonomy: with itself, and beside what the store has."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import duckdb

from analytics.errors import InputError
from analytics.jobs.codes import PROFILE_GRADES, ProfileCode, focus_part, parse_code
from data.files.problems import Problem
from data.imports.taxonomy.files import Taxonomy, specs
from data.imports.taxonomy.guide_checks import guide_problems
from queries import run

_RUBRIC = ("knowledge", "complexity", "collaboration", "degree and years")

_functions = partial(Problem, "functions.csv")
_focuses = partial(Problem, "focuses.csv")
_levels = partial(Problem, "levels.csv")
_profiles = partial(Problem, "profiles.csv")
_criteria = partial(Problem, "criteria.csv")
_crosswalk = partial(Problem, "crosswalk.csv")


def duplicate_keys(taxonomy: Taxonomy) -> Iterator[Problem]:
    for name, spec in specs().items():
        seen: dict[tuple[Any, ...], int] = {}
        for number, row in taxonomy.rows[name]:
            key = tuple(row[column] for column in spec.key)
            if key in seen:
                yield Problem(
                    spec.file,
                    number,
                    ", ".join(spec.key),
                    " · ".join(str(k or "") for k in key),
                    f"stands in row {seen[key]} already",
                )
            seen.setdefault(key, number)


def inconsistencies(con: duckdb.DuckDBPyConnection, taxonomy: Taxonomy) -> Iterator[Problem]:
    """What refers to nothing, repeats what the store has, or contradicts itself."""
    there = _Known(con)
    yield from _repeats(taxonomy, there)
    yield from _dangling(taxonomy, there)
    yield from _wrong_levels(taxonomy, there)
    yield from _wrong_codes(taxonomy, there)
    yield from _wrong_criteria(taxonomy)
    yield from _wrong_links(taxonomy, there)
    yield from guide_problems(taxonomy, there.guided)


class _Known:
    """What the store has already."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        def ask(sql: str) -> list[tuple[Any, ...]]:
            return con.execute(sql).fetchall()

        self.functions = dict(ask("select function, code from job_function"))
        self.focuses = dict(ask("select focus, function from focus"))
        self.ladders = dict(ask("select ladder, function from ladder"))
        self.levels = set(ask("select ladder, level from level"))
        self.function_titles = {title for (title,) in ask("select title from job_function")}
        self.guided = {row.function for row in run(con, "guide_functions").itertuples()}
        self.focus_titles = {title for (title,) in ask("select title from focus")}


def _repeats(taxonomy: Taxonomy, there: _Known) -> Iterator[Problem]:
    for name, column, known in (
        ("functions", "function", there.functions),
        ("focuses", "focus", there.focuses),
        ("levels", "ladder", there.ladders),
    ):
        told: set[str] = set()
        for number, row in taxonomy.rows[name]:
            if row[column] in known and row[column] not in told:
                told.add(row[column])
                yield Problem(
                    f"{name}.csv",
                    number,
                    column,
                    row[column],
                    "is in Bandstand already",
                    "choose another name, or withdraw the load that brought it",
                )
    # Two functions or focuses of one title could not be told apart in a filter.
    for name, taken in (("functions", there.function_titles), ("focuses", there.focus_titles)):
        titles = {title.casefold() for title in taken}
        for number, row in taxonomy.rows[name]:
            if row["title"].casefold() in titles:
                reason = "is the title of another already"
                yield Problem(f"{name}.csv", number, "title", row["title"], reason)
            titles.add(row["title"].casefold())
    codes = {code: function for function, code in there.functions.items()}
    for number, row in taxonomy.rows["functions"]:
        if row["code"] in codes:
            yield _functions(
                number,
                "code",
                row["code"],
                f"is the code of {codes[row['code']]} already",
            )
        codes.setdefault(row["code"], row["function"])


def _dangling(taxonomy: Taxonomy, there: _Known) -> Iterator[Problem]:
    functions = {*there.functions, *(r["function"] for r in taxonomy.each("functions"))}
    focuses = {r["focus"] for r in taxonomy.each("focuses")}
    ladders = {r["ladder"] for r in taxonomy.each("levels")}
    for name, column, known, where in (
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
        ("crosswalk", "ladder", ladders | set(there.ladders), "levels.csv"),
        ("crosswalk", "to_ladder", ladders | set(there.ladders), "levels.csv"),
    ):
        for number, row in taxonomy.rows[name]:
            if row[column] is not None and row[column] not in known:
                yield Problem(f"{name}.csv", number, column, row[column], f"is not in {where}")


def _wrong_levels(taxonomy: Taxonomy, there: _Known) -> Iterator[Problem]:
    own = {(r["ladder"], r["level"]) for r in taxonomy.each("levels")}
    pairs = {(r["focus"], r["level"]) for r in taxonomy.each("profiles")}
    homes: dict[str, str] = {}
    for number, row in taxonomy.rows["levels"]:
        home = homes.setdefault(row["ladder"], row["function"])
        if row["function"] != home:
            yield _levels(
                number,
                "function",
                row["function"],
                f"differs from {home} in an earlier row of ladder {row['ladder']}",
            )
    focuses = {r["focus"]: r["function"] for r in taxonomy.each("focuses")}
    with_jobs = {r["ladder"] for r in taxonomy.each("profiles")}
    for number, row in taxonomy.rows["levels"]:
        stated = (row["track"], row["grade"])
        fixed = PROFILE_GRADES.get(row["level"])
        if row["ladder"] in with_jobs and fixed and stated != fixed:
            yield _levels(
                number,
                "grade",
                f"{row['track']} {row['grade']}",
                f"{row['level']} is {fixed[0]} of grade {fixed[1]}",
            )
    for number, row in taxonomy.rows["profiles"]:
        if row["ladder"] in homes and (row["ladder"], row["level"]) not in own:
            yield _profiles(number, "level", row["level"], f"is no level of {row['ladder']}")
        known = row["focus"] in focuses and row["ladder"] in homes
        if known and homes[row["ladder"]] != focuses[row["focus"]]:
            yield _profiles(
                number,
                "ladder",
                row["ladder"],
                f"belongs to another function than the focus {row['focus']}",
            )
    for name in ("criteria", "titles"):
        for number, row in taxonomy.rows[name]:
            by_ladder = row.get("ladder") and not row["focus"]
            here = own if by_ladder else pairs
            place = row["ladder"] if by_ladder else row["focus"]
            if row["level"] and place and (place, row["level"]) not in here:
                yield Problem(
                    f"{name}.csv",
                    number,
                    "level",
                    row["level"],
                    f"is no level of {place}" if by_ladder else f"has no profile in {place}",
                )


def _wrong_codes(taxonomy: Taxonomy, there: _Known) -> Iterator[Problem]:
    parts = {focus_part(focus): focus for focus in there.focuses}
    for number, row in taxonomy.rows["focuses"]:
        part = focus_part(row["focus"])
        if parts.setdefault(part, row["focus"]) != row["focus"]:
            yield _focuses(
                number,
                "focus",
                row["focus"],
                f"has the same code part {part} as {parts[part]}",
                "choose another short name",
            )
    functions = there.functions | {r["function"]: r["code"] for r in taxonomy.each("functions")}
    focuses = {r["focus"]: r["function"] for r in taxonomy.each("focuses")}
    for number, row in taxonomy.rows["profiles"]:
        function = functions.get(focuses.get(row["focus"], ""))
        if not row["code"] or not function:
            continue
        expected = str(ProfileCode(function, focus_part(row["focus"]), row["level"]))
        try:
            given = str(parse_code(row["code"]))
        except InputError as error:
            yield _profiles(number, "code", "", str(error))
            continue
        if given != expected:
            yield _profiles(
                number,
                "code",
                row["code"],
                f"does not fit; it would be {expected}",
                "leave the cell empty to have it made",
            )


def _wrong_criteria(taxonomy: Taxonomy) -> Iterator[Problem]:
    said: dict[tuple[Any, ...], int] = {}
    for number, row in taxonomy.rows["criteria"]:
        place = tuple(row[c] for c in ("kind", "ladder", "focus", "level", "dimension"))
        if row["kind"] != "responsibility" and place in said:
            yield _criteria(
                number,
                "dimension",
                row["dimension"] or "",
                f"is said of {row['level']} in row {said[place]} already",
            )
        said.setdefault(place, number)
        wants = "ladder" if row["kind"] == "descriptor" else "focus"
        other = "focus" if wants == "ladder" else "ladder"
        if not row[wants]:
            yield _criteria(number, wants, "", f"is empty, but a {row['kind']} has one")
        if row[other]:
            yield _criteria(number, other, row[other], f"must be empty for a {row['kind']}")
        if row["kind"] == "guideline" and row["dimension"] not in _RUBRIC:
            yield _criteria(
                number,
                "dimension",
                row["dimension"] or "",
                f"is none of {', '.join(_RUBRIC)}",
            )
        if row["kind"] == "descriptor" and not row["dimension"]:
            yield _criteria(number, "dimension", "", "is empty")


def _wrong_links(taxonomy: Taxonomy, there: _Known) -> Iterator[Problem]:
    levels = there.levels | {(r["ladder"], r["level"]) for r in taxonomy.each("levels")}
    ladders = {ladder for ladder, _ in levels}
    own = {r["ladder"] for r in taxonomy.each("levels")}
    linked: set[tuple[str, str, str]] = set()
    pairs: set[tuple[str, str]] = set()
    said: dict[tuple[Any, ...], int] = {}
    for number, row in taxonomy.rows["crosswalk"]:
        here, other = row["ladder"], row["to_ladder"]
        if here not in own and other not in own:
            yield _crosswalk(number, "ladder", here, f"and {other} are both not of this load")
        yield from _contradicted(number, row, said)
        for column, place in (("level", here), ("to_level", other)):
            if row[column] and place in ladders and (place, row[column]) not in levels:
                yield _crosswalk(number, column, row[column], f"is no level of {place}")
        linked.add((here, row["level"], other))
        pairs.add((here, other))
        if row["to_level"]:
            linked.add((other, row["to_level"], here))
    for a, b in sorted({pair for x, y in pairs for pair in ((x, y), (y, x))}):
        for ladder, level in sorted(levels):
            if ladder == a and (a, level, b) not in linked:
                yield _crosswalk(
                    None,
                    "level",
                    level,
                    f"of {a} has no link to {b}",
                    "add a link, or a row with an empty to_level and the reason",
                )


def _contradicted(
    number: int, row: dict[str, Any], said: dict[tuple[Any, ...], int]
) -> Iterator[Problem]:
    """A link that another row gives the other way round, or says is not there."""
    ends = (row["ladder"], row["level"]), (row["to_ladder"], row["to_level"])
    for key in (ends, ends[::-1]):
        if key in said:
            yield _crosswalk(number, "to_level", row["to_level"] or "", f"repeats row {said[key]}")
            return
    said[ends] = number
    (here, level), (other, to_level) = ends
    nones = [((here, level), (other, None))] + [((other, to_level), (here, None))] * bool(to_level)
    if to_level:
        clash = next((said[n] for n in nones if n in said), None)
    else:
        clash = next((n for k, n in said.items() if _links(k, here, level, other)), None)
    if clash:
        yield _crosswalk(number, "to_level", to_level or "", f"contradicts row {clash}")


def _links(key: tuple[Any, ...], ladder: str, level: str, other: str) -> bool:
    a, b = key
    both = a[1] is not None and b[1] is not None
    return both and (
        (a == (ladder, level) and b[0] == other) or (b == (ladder, level) and a[0] == other)
    )
