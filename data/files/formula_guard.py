"""Text that a spreadsheet would run as a formula, guarded by a quote, and read back."""

import re
from typing import Any

#: What comes before a formula, and its beginning: at the start of a cell, where a cell would
#: start were the file divided at another separator, and after a space, where a lone mark or a
#: signed number is none. In the language of RE2, so that DuckDB can read them as well.
_MARKS = r"=+\-@＝＋－＠"
_FORMULAS = (
    ("^()", rf"[{_MARKS}'\t\r\n\x00]"),
    (r"([,;|\t\r\n]\"*)", f"'*[{_MARKS}]"),
    (r"( \"*)", r"'*(?:[=@＝＠][^ ]|[+\-＋－][0-9.,%]*[^ 0-9.,%])"),
)
_UNGUARDED = [re.compile(f"{before}({begins})") for before, begins in reversed(_FORMULAS)]
#: Patterns of what `escape_formula` makes, to be replaced by their two groups, in this order.
GUARDED = [f"{before}'({begins})" for before, begins in _FORMULAS]


def escape_formula(value: Any) -> Any:
    """Text in which nothing is a formula, made so by quotes before what would be one.

    A spreadsheet may divide a cell where it is told of another separator, so that a
    formula can begin in the middle of a text too.
    """
    if not isinstance(value, str):
        return value
    for pattern in _UNGUARDED:
        value = pattern.sub(r"\1'\2", value)
    return value


def unescape_formula(text: str) -> str:
    """The text that `escape_formula` was given."""
    for pattern in GUARDED:
        text = re.sub(pattern, r"\1\2", text)
    return text
