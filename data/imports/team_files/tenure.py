"""Years with an organization, and the classes of them that pay records are divided by."""

from itertools import pairwise

from data.imports.team_files.file_types import Field
from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.layout import Layout

#: The years at which a class begins; the last one has no end.
_BOUNDS = (0, 1, 3, 5, 10)
#: Complete months count, so that a year to the day is a year.
TENURE_YEARS = (
    "coalesce(v_tenure, case when v_hire_date <= v_effective_date "
    "then datesub('month', v_hire_date, v_effective_date) / 12.0 end)"
)


def column_of_months(layout: Layout, field: Field) -> bool:
    """Whether a field's heading says that its years are counted in months."""
    column = layout.mapped.get(field.name)
    words = tidy_heading(column.heading).split() if column else []
    return field.unit == "years" and bool({"month", "months", "mos"} & set(words))


def tenure_class_sql() -> str:
    """SQL of the class of tenure, such as 3 to 5 years: from 3 to under 5."""
    cases = " ".join(
        f"when {TENURE_YEARS} < {end} then '{start} to {end} years'"
        for start, end in pairwise(_BOUNDS)
    )
    last = f"when {TENURE_YEARS} >= {_BOUNDS[-1]} then '{_BOUNDS[-1]} years and over'"
    return f"case {cases} {last} end"
