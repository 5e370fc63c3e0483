"""Combine several sources of one job into one market figure."""

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from statistics import median

from analytics.distribution import Distribution, mixture_pay
from analytics.errors import InputError

#: No source weighs more than this while there are others.
MAX_SHARE = 0.5
#: A source whose median is further than this from the others', in logs, is flagged.
OUTLIER = 0.25


def weights(
    relevance: Sequence[float],
    sizes: Sequence[int | None],
    families: Sequence[str] | None = None,
) -> list[float]:
    """Each source's share: relevance × √n, none above one half, summing to 1.

    ``relevance`` is 0 or more; an unknown size counts as 1, so that a source
    with a stated sample outweighs one without. With two sources the limit makes
    both weigh the same; a lone source has all the weight. Sources of one of the
    ``families``, which rest on the same figures, have together the share that the
    heaviest of them would have alone.

    Raises `InputError` when a relevance is negative, all are 0, or a size is
    below 1.
    """
    if any(r < 0 for r in relevance):
        raise InputError(f"relevance {min(relevance):g} is below 0")
    if any(n is not None and n < 1 for n in sizes):
        raise InputError("a sample size is below 1; leave it empty if it is not published")
    raw = [r * sqrt(n or 1) for r, n in zip(relevance, sizes, strict=True)]
    if sum(raw) <= 0:
        raise InputError("the weights sum to 0; give at least one source a relevance above 0")
    names = list(families) if families else [str(i) for i in range(len(raw))]
    members = {name: [i for i, other in enumerate(names) if other == name] for name in names}
    heaviest = [max(raw[i] for i in group) for group in members.values()]
    shares = [0.0] * len(raw)
    for group, share in zip(members.values(), _capped(heaviest), strict=True):
        total = sum(raw[i] for i in group)
        for i in group:
            shares[i] = share * raw[i] / total if total else 0.0
    return shares


def _capped(raw: Sequence[float]) -> list[float]:
    """Shares in proportion, none above `MAX_SHARE` unless it is the only one."""
    shares = [w / sum(raw) for w in raw]
    # At most one can exceed one half; the others share the rest in proportion.
    top = max(range(len(shares)), key=shares.__getitem__)
    rest = 1 - shares[top]
    if shares[top] <= MAX_SHARE or rest <= 0:
        return shares
    return [MAX_SHARE if i == top else s * (1 - MAX_SHARE) / rest for i, s in enumerate(shares)]


def market_composite(shares: Sequence[float], pays: Sequence[float]) -> float:
    """The market composite: the weighted geometric mean of like percentiles.

    What the average source reports. ``shares`` sum to 1, ``pays`` are above 0.
    """
    return exp(sum(share * log(pay) for share, pay in zip(shares, pays, strict=True)))


def pooled_workforce(parts: Sequence[Distribution], shares: Sequence[float], p: float) -> float:
    """The pooled workforce: percentile ``p`` of everybody in all sources together.

    Wider than the composite, because differences between sources count too.
    """
    pool: dict[Distribution, float] = {}
    for part, share in zip(parts, shares, strict=True):
        pool[part] = pool.get(part, 0.0) + share
    return mixture_pay(pool, p)


def outliers(medians: Mapping[str, float]) -> dict[str, float]:
    """Sources whose median is over `OUTLIER` from the median of the others, in logs."""
    distances = {}
    for name, pay in medians.items():
        others = [log(other) for key, other in medians.items() if key != name]
        if others:
            distance = log(pay) - median(others)
            if abs(distance) > OUTLIER:
                distances[name] = distance
    return distances
