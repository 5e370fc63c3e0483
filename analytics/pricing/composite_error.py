"""Both ends of the market composite along the percentiles, from every error of every source."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.uncertainty.cells import Array
from analytics.uncertainty.ends import Ends, rising_ends

#: Shares of the sources that give a percentile, and of each composite without one family.
Weighing = Callable[[tuple[bool, ...]], tuple[Array, Array]]


@dataclass(frozen=True)
class SourceError:
    """A source's figures and errors at the same percentiles as the others', all in logs.

    ``center`` is NaN where the source gives none. ``own`` holds the half-widths below and
    above of what only this source errs by, one row each; ``shared`` those of ageing, of
    the place and of the bridge, by which all sources err together. ``anchored`` marks the
    percentiles that it publishes.
    """

    center: Array
    own: Array
    shared: Array
    anchored: Array


def composite_ends(z: Array, sources: Sequence[SourceError], weighing: Weighing) -> Ends | None:
    """The ends of the composite's interval at normal scores ``z``; None where nothing is given.

    From the lowest to the highest of the composite and of those without one family of
    sources, widened on each side by the root of the sum of squares of all errors: the
    sources' own independently of each other, each shared one as the sum of its parts.
    """
    centers = np.stack([source.center for source in sources])
    given = ~np.isnan(centers)
    points = given.any(axis=0)
    if not points.any():
        return None
    low, high, composite = (np.empty(len(z)) for _ in range(3))
    for pattern in {tuple(column) for column in given[:, points].T}:
        at = (given == np.array(pattern)[:, None]).all(axis=0)
        who = [i for i, gives in enumerate(pattern) if gives]
        shares, without = weighing(pattern)
        parts = centers[who][:, at]
        composite[at] = shares @ parts
        answers = np.vstack([composite[at], without @ parts])
        below, above = (_width(sources, who, shares, at, side) for side in (0, 1))
        low[at], high[at] = answers.min(axis=0) - below, answers.max(axis=0) + above
    anchored = np.all([source.anchored | ~g for source, g in zip(sources, given, strict=True)], 0)
    mean = composite[points]
    return rising_ends(z[points], mean, mean - low[points], high[points] - mean, anchored[points])


def _width(
    sources: Sequence[SourceError], who: Sequence[int], shares: Array, at: Array, side: int
) -> Array:
    """How far the errors reach to one side of the composite, in logs."""
    own = np.stack([sources[i].own[side, at] for i in who])
    shared = np.stack([sources[i].shared[:, side][:, at] for i in who])
    independent = ((shares[:, None] * own) ** 2).sum(axis=0)
    together = (np.tensordot(shares, shared, axes=1) ** 2).sum(axis=0)
    width: Array = np.sqrt(independent + together)
    return width
