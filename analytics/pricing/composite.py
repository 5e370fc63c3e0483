"""Several sources of one job as one market figure."""

from collections.abc import Mapping, Sequence
from math import exp, log, sqrt
from statistics import median

from analytics.distribution import Distribution, mixture_pay
from analytics.errors import InputError

#: No source has more say than this while there are others.
MOST = 0.5
#: A source whose median is further than this from the others', in logs, is flagged.
OUTLIER = 0.25


def weights(relevance: Sequence[float], sizes: Sequence[int | None]) -> list[float]:
    """Each source's share: relevance × √n, none above one half, summing to 1.

    ``relevance`` is 0 or more; a size that is not known counts as 1, so that a
    source with a stated sample outweighs one without. With two sources the
    limit makes both count alike; a lone source has all.

    Raises `InputError` when a relevance is negative, all are 0, or a size is
    below 1.
    """
    if any(r < 0 for r in relevance):
        raise InputError(f"relevance {min(relevance):g} is below 0")
    if any(n is not None and n < 1 for n in sizes):
        raise InputError("a sample size is below 1; leave it empty if it is not published")
    raw = [r * sqrt(n or 1) for r, n in zip(relevance, sizes, strict=True)]
    total = sum(raw)
    if total <= 0:
        raise InputError("the weights sum to 0; give at least one source a relevance above 0")
    shares = [w / total for w in raw]
    # Two sources or more can be capped; at most one can stand above one half.
    top = max(range(len(shares)), key=shares.__getitem__)
    rest = 1 - shares[top]
    if shares[top] <= MOST or rest <= 0:
        return shares
    return [MOST if i == top else s * (1 - MOST) / rest for i, s in enumerate(shares)]


def market_composite(shares: Sequence[float], pays: Sequence[float]) -> float:
    """The typical market: the weighted geometric mean of like percentiles.

    What the average source says. ``shares`` sum to 1, ``pays`` are above 0.
    """
    return exp(sum(share * log(pay) for share, pay in zip(shares, pays, strict=True)))


def pooled_workforce(parts: Sequence[Distribution], shares: Sequence[float], p: float) -> float:
    """The pooled workforce: percentile ``p`` of everybody in all sources together.

    Wider than the typical market, since differences between sources count too.
    """
    together: dict[Distribution, float] = {}
    for part, share in zip(parts, shares, strict=True):
        together[part] = together.get(part, 0.0) + share
    return mixture_pay(together, p)


def without_each(
    pays: Mapping[str, float],
    relevance: Mapping[str, float],
    sizes: Mapping[str, int | None],
) -> dict[str, float]:
    """The typical market without each source in turn, where others remain."""
    left_out = {}
    for name in pays:
        rest = [other for other in pays if other != name and relevance[other] > 0]
        if rest:
            shares = weights([relevance[r] for r in rest], [sizes[r] for r in rest])
            left_out[name] = market_composite(shares, [pays[r] for r in rest])
    return left_out


def interval(
    value: float,
    without: Sequence[float],
    shares: Sequence[float],
    halves: Sequence[float],
) -> tuple[float, float]:
    """How far the typical market may move: which sources count, and each one's own error.

    It reaches from the lowest to the highest of the figures ``without`` one
    source, widened by √Σ(share · half)², where ``halves`` are the 90 % log
    half-widths of the sources. It is no probability: sources are few, and not a
    sample of sources.
    """
    widening = exp(sqrt(sum((s * h) ** 2 for s, h in zip(shares, halves, strict=True))))
    figures = [value, *without]
    return min(figures) / widening, max(figures) * widening


def outliers(medians: Mapping[str, float]) -> dict[str, float]:
    """Sources whose median is over `OUTLIER` from the median of the others, in logs."""
    far = {}
    for name, own in medians.items():
        others = [log(pay) for other, pay in medians.items() if other != name]
        if others:
            apart = log(own) - median(others)
            if abs(apart) > OUTLIER:
                far[name] = apart
    return far
