"""Check the codes of a taxonomy's profiles."""

from collections.abc import Iterator

from analytics.errors import InputError
from analytics.jobs.codes import ProfileCode, focus_part, parse_code
from data.files.problems import Problem
from data.imports.taxonomy.files import Taxonomy
from data.imports.taxonomy.store_names import StoreNames


def wrong_codes(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    """Focuses that would share a part of their codes, and codes that differ from their rows."""
    focuses_by_part = {focus_part(focus): focus for focus in store.focuses}
    for number, row in taxonomy.rows["focuses"]:
        part = focus_part(row["focus"])
        other = focuses_by_part.setdefault(part, row["focus"])
        if other != row["focus"]:
            yield Problem(
                "focuses.csv",
                number,
                "focus",
                row["focus"],
                f"has the same code part {part} as {other}",
                "choose another short name",
            )
    codes = {**store.functions, **{r["function"]: r["code"] for r in taxonomy.each("functions")}}
    functions = {row["focus"]: row["function"] for row in taxonomy.each("focuses")}
    for number, row in taxonomy.rows["profiles"]:
        function_code = codes.get(functions.get(row["focus"], ""))
        if row["code"] and function_code:
            expected = str(ProfileCode(function_code, focus_part(row["focus"]), row["level"]))
            yield from _wrong_code(number, row["code"], expected)


def _wrong_code(number: int, code: str, expected: str) -> Iterator[Problem]:
    try:
        parsed = str(parse_code(code))
    except InputError as error:
        yield Problem("profiles.csv", number, "code", "", str(error))
        return
    if parsed != expected:
        yield Problem(
            "profiles.csv",
            number,
            "code",
            code,
            f"does not match the row; it would be {expected}",
            "leave the cell empty to have it made",
        )
