"""How often stated intervals cover what they speak of, on occupations kept from every fit."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from math import exp, log
from statistics import median

import numpy as np

from analytics.percentiles import PERCENTILES
from analytics.pricing.inputs import Rate
from analytics.pricing.market_sources import shrunk_rate
from analytics.pricing.places import ALL_OCCUPATIONS, Places, place_factors
from analytics.quantiles import percentile_of
from analytics.uncertainty.cells import Cell
from analytics.uncertainty.conversions import ageing_half_width, place_half_widths
from analytics.uncertainty.ends import scores
from analytics.wage_rows import PlaceMedian

#: What the intervals state.
STATED = 0.90
#: Occupations that widths are fitted on, those they were tried on, and those kept back.
FIT, TEST, KEPT = "fit", "test", "kept back"
_FIFTHS = 5


@dataclass(frozen=True)
class WageCell:
    """A complete cell of OEWS: five percentiles in dollars a year, and what tells its size."""

    soc: str
    kind: str
    employment: float | None
    mean_rse: float | None
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float

    @property
    def percentiles(self) -> dict[float, float]:
        """Pay by percentile."""
        return dict(
            zip(PERCENTILES, (self.p10, self.p25, self.p50, self.p75, self.p90), strict=True)
        )


@dataclass(frozen=True)
class WagePair:
    """One percentile of a national occupation in two years, and in the first year held."""

    soc: str
    p: float
    year: int
    later_year: int
    first_year: int
    first: float
    pay: float
    later: float


@dataclass(frozen=True)
class LocalCell(WageCell):
    """A cell of a place with the medians that its ratio to the nation is estimated from.

    ``here``, ``in_state`` and ``nation`` are of all occupations; ``soc_in_state`` is the
    occupation's own median in the state; ``n10`` to ``n90`` its national percentiles.
    """

    state: str
    here: float
    in_state: float | None
    nation: float
    soc_in_state: float | None
    n10: float
    n25: float
    n50: float
    n75: float
    n90: float

    @property
    def national(self) -> dict[float, float]:
        """The occupation's national pay by percentile."""
        return dict(
            zip(PERCENTILES, (self.n10, self.n25, self.n50, self.n75, self.n90), strict=True)
        )


@dataclass(frozen=True)
class Coverage:
    """How often intervals of one kind covered, of what is ``stated``.

    ``group`` says of which part; ``trials`` counts the figures that were tried, and
    ``width`` is the median half-width as a share of pay.
    """

    subject: str
    kind: str
    group: str
    stated: float
    covered: float
    trials: int
    width: float


@dataclass(frozen=True)
class _Trial:
    """Whether an interval covered, how wide it was, and what it is grouped by."""

    covered: bool
    width: float
    size: float


def fold_of(soc: str) -> str:
    """Which part an occupation belongs to, with its relatives of the same broad group.

    By a hash of the first six characters of its code: half `FIT`, a quarter each `TEST`
    and `KEPT`.
    """
    number = int(hashlib.sha256(soc[:6].encode()).hexdigest(), 16) % 100
    return FIT if number < 50 else TEST if number < 75 else KEPT


def percentile_coverage(cells: Iterable[WageCell], widths: float = 1.0) -> list[Coverage]:
    """Coverage of interpolated percentiles, by kind of cell and by fifth of employment.

    Each of a cell's five percentiles is left out in turn and computed from the other
    four. ``widths`` multiplies the half-widths, to see that coverage depends on them.
    """
    by_kind: dict[str, list[_Trial]] = {}
    for cell in cells:
        size = Cell(cell.kind, cell.employment, cell.mean_rse)
        trials = by_kind.setdefault(cell.kind, [])
        for p, truth in cell.percentiles.items():
            rest = {q: pay for q, pay in cell.percentiles.items() if q != p}
            found = percentile_of(rest, p, size)
            half = widths * log((found.high or truth) / found.value)
            less = widths * log(found.value / (found.low or truth))
            covered = -less <= log(truth / found.value) <= half
            trials.append(_Trial(covered, exp(half) - 1, cell.employment or 0.0))
    return [
        row
        for kind, trials in by_kind.items()
        for row in _by_fifths("between published percentiles", kind, trials)
    ]


def ageing_coverage(pairs: Iterable[WagePair], index: Callable[[int], Rate]) -> list[Coverage]:
    """Coverage of aged percentiles, by months: what ``index`` gave in a year, against later pay."""
    by_months: dict[int, list[_Trial]] = {}
    for pair in pairs:
        years, past = pair.later_year - pair.year, pair.year - pair.first_year
        own = (pair.pay / pair.first) ** (1 / past) - 1 if past else index(pair.year).value
        rate = shrunk_rate(index(pair.year), own, "").value
        miss = abs(log(pair.later / pair.pay) - years * log(1 + rate))
        half = ageing_half_width(12 * years)
        by_months.setdefault(12 * years, []).append(_Trial(miss <= half, exp(half) - 1, 0.0))
    return [
        _coverage("ageing", "national occupations", f"{months} months", trials)
        for months, trials in sorted(by_months.items())
    ]


def place_coverage(cells: Iterable[LocalCell]) -> list[Coverage]:
    """Coverage of national percentiles moved to a place, by how the factor comes about.

    Each cell's own median is hidden where the factor is to be estimated without it.
    """
    z = scores(PERCENTILES)
    by_error: dict[str, list[_Trial]] = {}
    for cell in cells:
        for medians in medians_seen(cell):
            place = Places("there", place_factors("there", medians)).of(cell.soc)
            halves = place_half_widths(place.error, z)
            trials = by_error.setdefault(place.error, [])
            for p, half in zip(PERCENTILES, halves, strict=True):
                if half:
                    miss = abs(log(cell.percentiles[p] / cell.national[p] / place.factor))
                    trials.append(_Trial(miss <= half, exp(half) - 1, 0.0))
    return [
        _coverage("moved to a place", error, "all", trials)
        for error, trials in sorted(by_error.items())
    ]


def medians_seen(cell: LocalCell) -> list[list[PlaceMedian]]:
    """The medians as a printed occupation has them, as one printed in the state, and neither."""
    everyone = PlaceMedian(
        ALL_OCCUPATIONS, 0, cell.state, cell.here, cell.in_state, cell.nation, kind=cell.kind
    )
    own = PlaceMedian(cell.soc, 0, cell.state, cell.p50, cell.soc_in_state, cell.n50)
    hidden = replace(own, here=None)
    views = [[own, everyone], [replace(hidden, in_state=None), everyone]]
    if cell.soc_in_state and cell.in_state:
        views.append([hidden, everyone])
    return views


def _by_fifths(subject: str, kind: str, trials: Sequence[_Trial]) -> list[Coverage]:
    """The kind as a whole, then each fifth of employment, the smallest first."""
    ordered = sorted(trials, key=lambda trial: trial.size)
    rows = [_coverage(subject, kind, "all", trials)]
    for i, part in enumerate(np.array_split(np.arange(len(ordered)), _FIFTHS)):
        chosen = [ordered[j] for j in part]
        if chosen:
            rows.append(_coverage(subject, kind, _fifth(i, chosen), chosen))
    return rows


def _fifth(i: int, trials: Sequence[_Trial]) -> str:
    return f"fifth {i + 1} by employment, up to {trials[-1].size:,.0f}"


def _coverage(subject: str, kind: str, group: str, trials: Sequence[_Trial]) -> Coverage:
    covered = sum(trial.covered for trial in trials) / len(trials)
    width = median(trial.width for trial in trials)
    return Coverage(subject, kind, group, STATED, covered, len(trials), width)
