"""Pay whose heading states thousands, column by column; units that are given win."""

from data.imports.team_files.layout import Layout
from data.imports.team_files.thousands import split_thousands


def heading_factor(layout: Layout, name: str) -> int:
    """What a field's amounts are multiplied by for its heading; 1 where units are given."""
    column = layout.mapped.get(name)
    is_pay = layout.kind.fields[name].unit == "money"
    given = layout.options.units is not None
    return split_thousands(column.heading)[1] if column and is_pay and not given else 1


def factor_sql(layout: Layout, name: str) -> str:
    """SQL of the same for a cell ``t_NAME``: one that has a k or an m says its factor itself."""
    factor = heading_factor(layout, name)
    own = rf"regexp_matches(t_{name}, '[0-9]\s?[kKmM](\s[A-Z]{{3}}|\s?[$€£¥₹])?\)?$')"
    return "1" if factor == 1 else f"(case when {own} then 1 else {factor} end)"


def stated_thousands(layout: Layout) -> list[str]:
    """The headings of pay that state thousands, in the order of the fields."""
    return list(
        dict.fromkeys(c.heading for n, c in layout.mapped.items() if heading_factor(layout, n) != 1)
    )
