"""A ladder's tables: tracks side by side, and what levels ask."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from analytics.job_rows import LadderLevel, LevelCriterion
from analytics.units import with_units
from app_pages import cache
from data.catalog.profiles import NOT_GIVEN


def level_label(rung: LadderLevel) -> str:
    """A level's code and title, once where they say the same."""
    return rung.title if rung.level in rung.title else f"{rung.level} {rung.title}"


def side_by_side(rungs: Sequence[LadderLevel]) -> pd.DataFrame:
    """One row a grade, the highest on top; one column a track."""
    tracks = list(dict.fromkeys(r.track for r in rungs))
    rows = []
    for grade in sorted({r.grade for r in rungs}, reverse=True):
        row: dict[str, Any] = {"grade": grade}
        for track in tracks:
            here = [level_label(r) for r in rungs if r.grade == grade and r.track == track]
            row[track] = " · ".join(here)
        rows.append(row)
    return with_units(pd.DataFrame(rows), {"grade": "ordinal", **dict.fromkeys(tracks, "text")})


def title_sources(rungs: Sequence[LadderLevel]) -> str:
    """Whose words the titles of a ladder are, and whose judgment its grades."""
    titles: dict[str, list[str]] = {}
    for rung in rungs:
        titles.setdefault(cache.source_title(rung.title_source), []).append(rung.level)
    parts = [f"{', '.join(levels)}: {source}" for source, levels in titles.items()]
    grades = dict.fromkeys(cache.source_title(rung.grade_source) for rung in rungs)
    return f"Titles of {'; '.join(parts)}. Grades: {', '.join(grades)}."


def criteria_table(criteria: Sequence[LevelCriterion], levels: Sequence[str]) -> pd.DataFrame:
    """What each of some levels asks, one row a dimension, one column a level."""
    descriptors = {(r.level, r.dimension): r.descriptor for r in criteria if r.level in levels}
    rows = [
        {"dimension": dimension}
        | {level: descriptors.get((level, dimension), NOT_GIVEN) for level in levels}
        for dimension in dict.fromkeys(dimension for _, dimension in descriptors)
    ]
    table = pd.DataFrame(rows)
    return with_units(table, dict.fromkeys(table.columns, "text"))
