"""Text as SQL."""

from collections.abc import Mapping


def sql_literal(text: str) -> str:
    """A text as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def sql_cases(words: Mapping[str, str]) -> str:
    """The ``when … then …`` of a case over words."""
    return " ".join(f"when {sql_literal(a)} then {sql_literal(b)}" for a, b in words.items())
