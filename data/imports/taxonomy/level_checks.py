"""Check a taxonomy's levels: one function a ladder, the grades of profiles, known levels."""

from collections.abc import Iterator

from analytics.jobs.codes import PROFILE_GRADES
from data.files.problems import Problem
from data.imports.taxonomy.files import Taxonomy


def wrong_levels(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Levels that contradict each other, and rows of an unknown level."""
    functions: dict[str, str] = {}
    for number, row in taxonomy.rows["levels"]:
        first = functions.setdefault(row["ladder"], row["function"])
        if row["function"] != first:
            reason = f"differs from {first} in an earlier row of ladder {row['ladder']}"
            yield Problem("levels.csv", number, "function", row["function"], reason)
    yield from _wrong_grades(taxonomy)
    yield from _wrong_profiles(taxonomy, functions)
    yield from _unknown_levels(taxonomy)


def _wrong_grades(taxonomy: Taxonomy) -> Iterator[Problem]:
    with_jobs = {row["ladder"] for row in taxonomy.each("profiles")}
    for number, row in taxonomy.rows["levels"]:
        expected = PROFILE_GRADES.get(row["level"])
        if row["ladder"] in with_jobs and expected and (row["track"], row["grade"]) != expected:
            track, grade = expected
            yield Problem(
                "levels.csv",
                number,
                "grade",
                f"{row['track']} {row['grade']}",
                f"{row['level']} is {track} of grade {grade}",
            )


def _wrong_profiles(taxonomy: Taxonomy, functions: dict[str, str]) -> Iterator[Problem]:
    """Profiles of an unknown level, or of a ladder of another function than their focus."""
    levels = {(row["ladder"], row["level"]) for row in taxonomy.each("levels")}
    focuses = {row["focus"]: row["function"] for row in taxonomy.each("focuses")}
    for number, row in taxonomy.rows["profiles"]:
        ladder, focus = row["ladder"], row["focus"]
        if ladder in functions and (ladder, row["level"]) not in levels:
            reason = f"is not a level of {ladder}"
            yield Problem("profiles.csv", number, "level", row["level"], reason)
        if ladder in functions and focus in focuses and functions[ladder] != focuses[focus]:
            reason = f"belongs to another function than the focus {focus}"
            yield Problem("profiles.csv", number, "ladder", ladder, reason)


def _unknown_levels(taxonomy: Taxonomy) -> Iterator[Problem]:
    """Criteria and titles of a level that their ladder, or a profile of their focus, lacks."""
    levels = {(row["ladder"], row["level"]) for row in taxonomy.each("levels")}
    profiles = {(row["focus"], row["level"]) for row in taxonomy.each("profiles")}
    for file in ("criteria", "titles"):
        for number, row in taxonomy.rows[file]:
            level, focus, ladder = row["level"], row["focus"], row.get("ladder")
            if ladder and not focus:
                known, reason = (ladder, level) in levels, f"is not a level of {ladder}"
            else:
                known, reason = (focus, level) in profiles, f"has no profile in {focus}"
            if level and (focus or ladder) and not known:
                yield Problem(f"{file}.csv", number, "level", level, reason)
