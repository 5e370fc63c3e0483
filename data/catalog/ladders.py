"""A ladder as one table: its levels and what each asks."""

import duckdb
import pandas as pd

from analytics.errors import UnknownNameError
from analytics.suggestions import nearest
from analytics.table_units import texts
from analytics.units import with_units
from queries import run


def ladder_table(con: duckdb.DuckDBPyConnection, ladder: str) -> pd.DataFrame:
    """One row a level from the bottom: grade, title, links, and a column a dimension.

    ``links`` names the levels of other ladders that stand for the same work, and
    ``links_said_by`` whose judgment that is. What no source gives is empty.
    Raises `UnknownNameError`.
    """
    ladders = run(con, "ladders")
    rungs = ladders[ladders.ladder == ladder]
    if rungs.empty:
        raise UnknownNameError(
            f"no ladder {ladder!r}; {nearest(ladder, list(dict.fromkeys(ladders.ladder)))}"
        )
    cards = run(con, "level_cards", ladder=ladder)
    asked = cards.pivot(index="level", columns="dimension", values="descriptor")
    links = run(con, "crosswalk_links", ladder=ladder)
    said = links.to_ladder + " " + links.to_level
    linked = said.groupby(links.level).agg("; ".join).rename("links")
    by = links.said_by.groupby(links.level).agg(_distinct).rename("links_said_by")
    columns = ["ladder", "level", "track", "grade", "title", "source"]
    columns += ["title_source", "grade_source"]
    taken = {name: f"{name} (asked)" for name in [*columns, "links", "links_said_by"]}
    asked = asked.rename(columns=taken)
    table = rungs[columns].join(linked, on="level").join(by, on="level")
    table = table.join(asked, on="level").fillna("")
    return with_units(table, texts(*table.columns) | {"grade": "ordinal"})


def _distinct(names: "pd.Series[str]") -> str:
    return "; ".join(dict.fromkeys(names))
