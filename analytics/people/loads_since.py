"""What became of the loads that a scenario stands on."""

from collections.abc import Sequence

import pandas as pd

from analytics.people.scenario import LoadName


def loads_since(loads: Sequence[LoadName], known: pd.DataFrame) -> list[str]:
    """A sentence for each load that no longer stands, and for newer rosters or ranges.

    ``known`` is what the query ``loads`` gives.
    """
    by_hash = {str(row.sha256): row for row in known.itertuples()}
    sentences = []
    for load in loads:
        row = by_hash.get(load.sha256)
        if row is None:
            sentences.append(f"{load.name} ({load.kind}) is not in this store")
        elif row.state != "active":
            sentences.append(f"{load.name} ({load.kind}, load {load.load}) is {row.state}")
    mine = {load.sha256 for load in loads}
    kinds = {load.kind for load in loads}
    newer = known[(known.state == "active") & known.kind.isin(kinds) & ~known.sha256.isin(mine)]
    newest = max((load.load for load in loads), default=0)
    sentences += [
        f"{row.name} ({row.kind}, load {row.load}) is newer than what these figures stand on"
        for row in newer[newer.load > newest].itertuples(index=False)
    ]
    return sentences
