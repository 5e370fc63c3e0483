"""Smooth pay so that it never falls from one level to the next."""

from collections.abc import Sequence
from math import exp, log


def isotonic_pay(pays: Sequence[float], weights: Sequence[float] | None = None) -> list[float]:
    """The non-decreasing pays nearest to ``pays`` in logs, by weighted least squares.

    Pays that already rise come back unchanged; where they fall, neighbors share
    their weighted geometric mean. ``pays`` are above 0, in ladder order. Show the
    raw pays beside these, never these alone.

    Source: pool adjacent violators (Barlow and others, 1972).
    """
    if weights is None:
        weights = [1.0] * len(pays)
    blocks: list[tuple[float, float, list[float]]] = []
    for pay, weight in zip(pays, weights, strict=True):
        blocks.append((log(pay), weight, [pay]))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (a, wa, pa), (b, wb, pb) = blocks[-2:]
            blocks[-2:] = [((a * wa + b * wb) / (wa + wb), wa + wb, pa + pb)]
    return [pay for mean, _, block in blocks for pay in _pooled(mean, block)]


def _pooled(log_mean: float, block: list[float]) -> list[float]:
    # A pay that is alone in its block stays exactly as it is, without a trip through logs.
    return block if len(block) == 1 else [exp(log_mean)] * len(block)
