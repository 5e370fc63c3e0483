"""What became of people that a file or a scenario stands on, on the rosters of today."""

import pandas as pd

_RANGE = ("minimum", "midpoint", "maximum")


def still_there(people: pd.DataFrame, today: pd.DataFrame) -> pd.DataFrame:
    """The rows of ``today``, a table of positions, of people who are known by id and currency."""
    mine = today[today.currency.isin(people.currency.unique())].drop_duplicates("employee_id")
    return mine[mine.employee_id.isin(people.employee_id)]


def people_since(people: pd.DataFrame, today: pd.DataFrame) -> list[str]:
    """How many of them left, are paid or ranged otherwise, or have another market figure.

    ``people`` are rows of a table of positions as they were, ``today`` all of it now. Who
    joined since is not counted. A sentence each; none where nothing differs.
    """
    before = people.drop_duplicates("employee_id").set_index("employee_id")
    now = still_there(people, today).set_index("employee_id")
    was = before.loc[before.index.isin(now.index)]
    counts = {
        "no longer on the roster": len(before) - len(was),
        "paid otherwise": _differ(was, now, ("paid",)),
        "with another range": _differ(was, now, _RANGE),
        "with another market figure": _differ(was, now, ("market",)),
    }
    return [f"{n:,} of {len(before):,} people {words}" for words, n in counts.items() if n]


def _differ(was: pd.DataFrame, now: pd.DataFrame, columns: tuple[str, ...]) -> int:
    if not set(columns) <= set(was):
        return 0
    old = was[list(columns)].astype(float).round(2)
    new = now.loc[was.index, list(columns)].astype(float).round(2)
    return int(((old != new) & ~(old.isna() & new.isna())).any(axis=1).sum())
