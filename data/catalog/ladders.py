"""A ladder as one table: its levels and what each requires."""

import duckdb
import pandas as pd

from analytics.errors import UnknownNameError
from analytics.suggestions import nearest
from queries import run


def ladder_table(con: duckdb.DuckDBPyConnection, ladder: str) -> pd.DataFrame:
    """One row per level from the bottom: grade, title, links, and one column per dimension.

    ``links`` names the levels of other ladders that are the same work. Cells
    that no source gives are empty. Raises `UnknownNameError`.
    """
    ladders = run(con, "ladders")
    levels = ladders[ladders.ladder == ladder]
    if levels.empty:
        raise UnknownNameError(
            f"no ladder {ladder!r}; {nearest(ladder, list(dict.fromkeys(ladders.ladder)))}"
        )
    cards = run(con, "level_cards", ladder=ladder)
    descriptors = cards.pivot(index="level", columns="dimension", values="descriptor")
    crosswalk = run(con, "crosswalk_links", ladder=ladder)
    linked_levels = crosswalk.to_ladder + " " + crosswalk.to_level
    links = linked_levels.groupby(crosswalk.level).agg("; ".join).rename("links")
    columns = ["ladder", "level", "track", "grade", "title", "source"]
    # A dimension may have the name of a column, such as title.
    renames = {name: f"{name} (asked)" for name in [*columns, "links"]}
    descriptors = descriptors.rename(columns=renames)
    return levels[columns].join(links, on="level").join(descriptors, on="level").fillna("")
