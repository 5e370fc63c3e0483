"""Fits of ladders that the store keeps by a hash of their inputs, so that none is made twice."""

from collections.abc import Callable, Mapping

import duckdb
import numpy as np

from analytics.ladder_model import LadderFit
from data.imports.ladder_fits import SHIPPED, FitInputs, fit_scenarios, read_fits

_ARRAYS = ("log_median", "sigma", "share", "mixture")


def kept_fits(
    con: duckdb.DuckDBPyConnection,
    scenarios: Mapping[str, FitInputs],
    on_progress: Callable[[float], None] = lambda _: None,
) -> dict[str, LadderFit]:
    """A fit for each scenario: kept, come with the program, or made now and then kept.

    A fit takes half a second of computing. ``on_progress`` is told the share that is done.
    """
    digests = {name: inputs.digest() for name, inputs in scenarios.items()}
    kept = _read(con, list(digests.values()))
    if set(digests.values()) - set(kept):
        kept = {**read_fits(SHIPPED), **kept}
    # Far from the answer a step of Newton's may overshoot; the optimizer comes back.
    with np.errstate(all="ignore"):
        by_digest = fit_scenarios(
            {digests[name]: inputs for name, inputs in scenarios.items()}, kept, on_progress
        )
    for digest, fit in by_digest.items():
        if digest not in kept:
            con.execute(
                "insert or replace into ladder_fit values (?, ?, ?, ?, ?, ?)",
                [digest, *(getattr(fit, a).tolist() for a in _ARRAYS), fit.worst_miss],
            )
    return {name: by_digest[digest] for name, digest in digests.items()}


def _read(con: duckdb.DuckDBPyConnection, digests: list[str]) -> dict[str, LadderFit]:
    rows = con.execute(
        f"select digest, {', '.join(_ARRAYS)}, worst_miss from ladder_fit "
        "where list_contains($digests, digest)",
        {"digests": digests},
    ).fetchall()
    return {
        digest: LadderFit(
            np.array(x), np.array(sigma), np.array(share), np.array(mixture), worst_miss=miss
        )
        for digest, x, sigma, share, mixture, miss in rows
    }
