"""The market tables: bands by level, benchmarks, level-to-level differences."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from analytics.bands import LevelBands, bands_of_fits, lognormal_pay, round_modelled
from analytics.deltas import Rung, Step, delta, ladder_steps
from analytics.ote import Split, base_and_variable
from analytics.percentiles import PERCENTILES, percentile_name, published_percentiles
from analytics.quantiles import Estimate, percentile_of
from analytics.reach import MANY, reach_words
from analytics.table_units import DIFFERENCE, PROVENANCE, percentile_units, texts
from analytics.uncertainty.cells import NATION, UNKNOWN, Array, Cell
from analytics.units import with_units

MODEL = "Modelled ladder"
#: The name under which a team's own surveys are shown.
SURVEYS = "Your surveys"


#: Sources of the published figures that the modelled ladder was fitted to.
MODEL_SOURCES = ("levels-fyi", "canon-m6")


#: Pay bases that include both base and target variable pay, so that a split applies.
SPLITTABLE = ("target_cash", "total_comp")


#: What ``low`` and ``high`` mean for modelled rows, and for published ones.
_SPAN = "{reach}; all of them from {low:,.0f} to {high:,.0f}"
PUBLISHED_RANGE = "published range, percentiles not stated"

_BAND_TEXTS = PROVENANCE | texts(
    "function", "focus", "track", "level", "title", "place", "low_high", "series", "split"
)
_BENCHMARK_TEXTS = PROVENANCE | texts("function", "benchmark", "place", "at_least", "series")


def _pay_units(percentiles: Sequence[float]) -> dict[str, str]:
    """Pay in the row's currency: percentiles with intervals, their parts, and single figures."""
    figures = dict.fromkeys(("low", "high", "point"), "currency")
    return figures | percentile_units(percentiles, prefixes=("", "base_at_", "variable_at_"))


@dataclass(frozen=True)
class Market:
    """Everything that the market tables are made from, read from the store once."""

    levels: pd.DataFrame
    fits: pd.DataFrame
    published: pd.DataFrame
    occupations: pd.DataFrame
    sources: pd.DataFrame

    @cached_property
    def bands(self) -> pd.DataFrame:
        """`band_table` of the usual percentiles, made once: not to be changed."""
        return band_table(self)

    @cached_property
    def benchmarks(self) -> pd.DataFrame:
        """`benchmark_table` of the usual percentiles, made once: not to be changed."""
        return benchmark_table(self)

    @cached_property
    def band_rows(self) -> dict[tuple[str, str, str], list[Any]]:
        """The rows of ``bands`` by function, focus and level; not to be changed."""
        rows: dict[tuple[str, str, str], list[Any]] = {}
        for row in self.bands.itertuples():
            rows.setdefault((row.function, row.focus, row.level), []).append(row)
        return rows

    @cached_property
    def benchmark_rows(self) -> dict[str, list[Any]]:
        """The rows of ``benchmarks`` by function; not to be changed."""
        rows: dict[str, list[Any]] = {}
        for row in self.benchmarks.itertuples():
            rows.setdefault(row.function, []).append(row)
        return rows

    @cached_property
    def occupation_cells(self) -> dict[str, Cell]:
        """What is known of the size of each occupation's national cell, by code."""
        return {row.soc: occupation_cell(row) for row in self.occupations.itertuples()}

    @property
    def series(self) -> list[str]:
        """The names of the series that a chart shows and can hide, in chart order."""
        has_level = self.published.level.notna()
        of_levels = self.published.publisher[has_level].unique()
        of_functions = self.published.publisher[~has_level].unique()
        occupations = _occupation_series(self.occupations)
        ordered = [MODEL, *of_levels, "levels.fyi", *occupations, *sorted(of_functions)]
        return list(dict.fromkeys(ordered))


def band_table(
    market: Market, percentiles: Sequence[float] = PERCENTILES, split: Split | None = None
) -> pd.DataFrame:
    """One row per level and source, in ladder order, published rows after modelled ones.

    Columns: function to currency, one per percentile, ``low`` and ``high`` with
    what they mean, provenance, then each percentile's interval and, with a
    split, the base and variable pay of a package worth that percentile. Pay is
    in ``currency`` a year; what a source does not publish is empty.
    """
    rows = _modelled_rows(market, percentiles) + _published_rows(market, percentiles)
    table = pd.DataFrame(rows)
    table = table.sort_values(["function", "ordinal", "order"], kind="stable")
    if split:
        labels = {
            "total_comp": f"{split.label}, at most: counts equity",
            "target_cash": split.label,
        }
        table["split"] = table.pay_basis.map(labels).fillna("not split: basis not stated")
        splittable = table.pay_basis.isin(SPLITTABLE)
        for name in map(percentile_name, percentiles):
            pay = table[name].where(splittable)
            table[f"base_at_{name}"], table[f"variable_at_{name}"] = base_and_variable(pay, split)
    table = table.drop(columns=["ordinal", "order"]).reset_index(drop=True)
    return with_units(table, _BAND_TEXTS | _pay_units(percentiles))


def _modelled_rows(market: Market, percentiles: Sequence[float]) -> list[dict[str, Any]]:
    rows = []
    for ladder, fits in market.fits.groupby("ladder", sort=False):
        mu, sigma = _by_fit(fits, "log_median"), _by_fit(fits, "sigma")
        levels = list(mu.columns)
        bands = bands_of_fits(mu.to_numpy(), sigma.to_numpy(), percentiles)
        medians = bands_of_fits(mu.to_numpy(), sigma.to_numpy(), [0.5])
        first = fits.iloc[0]
        for rung in market.levels[market.levels.ladder == ladder].itertuples():
            i = levels.index(rung.level)
            rows.append(
                _identity(rung, first, 0)
                | {percentile_name(p): bands.value[i, k] for k, p in enumerate(percentiles)}
                | {
                    "low": medians.low[i, 0],
                    "high": medians.high[i, 0],
                    "low_high": _reach_of(lognormal_pay(mu, sigma, [0.5])[:, i, 0]),
                    "status": "modelled",
                    "source": first.source,
                    "as_of": first.as_of,
                    "n": first.sample_size,
                    "series": MODEL,
                }
                | _intervals(percentiles, bands, i)
            )
    return rows


def _reach_of(medians: Array) -> str:
    """What the interval of a modelled median is, with the whole span where that is more."""
    words = f"median: {reach_words(len(medians))}"
    if len(medians) < MANY:
        return words
    low, high = round_modelled(np.array([medians.min(), medians.max()]))
    return _SPAN.format(reach=words, low=low, high=high)


def _published_rows(market: Market, percentiles: Sequence[float]) -> list[dict[str, Any]]:
    at_level = market.published[market.published.level.notna()]
    merged = at_level.merge(market.levels, on=["function", "ladder", "level"])
    return [
        _identity(row, row, 1)
        | {percentile_name(p): getattr(row, percentile_name(p), np.nan) for p in percentiles}
        | {
            "low": row.range_low,
            "high": row.range_high,
            "low_high": PUBLISHED_RANGE,
            "status": row.status,
            "source": row.source,
            "as_of": row.as_of,
            "n": row.sample_size,
            "series": row.publisher,
        }
        for row in merged.itertuples()
    ]


def _identity(rung: Any, pay: Any, order: int) -> dict[str, Any]:
    return {
        "ordinal": rung.ordinal,
        "order": order,
        "function": rung.function_title,
        "focus": rung.focus_title,
        "track": rung.track,
        "level": rung.level,
        "title": rung.title,
        "pay_basis": pay.pay_basis,
        "currency": pay.currency,
        "place": pay.place,
    }


def _intervals(percentiles: Sequence[float], bands: LevelBands, i: int) -> dict[str, float]:
    ends = {}
    for k, p in enumerate(percentiles):
        ends[f"{percentile_name(p)}_low"] = bands.low[i, k]
        ends[f"{percentile_name(p)}_high"] = bands.high[i, k]
    return ends


def _by_fit(fits: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row per fit, one column per level, in the order of the query: the default fit first."""
    wide = fits.pivot(index="scenario", columns="level", values=column)
    return wide.reindex(fits.scenario.unique())


def benchmark_table(market: Market, percentiles: Sequence[float] = PERCENTILES) -> pd.DataFrame:
    """What is published for a whole function or an occupation, one row each.

    A percentile that is not published is computed from those that are (two or
    more), carries its interval, and is named in ``status``: interpolated, or
    extrapolated outside the outermost published ones.
    """
    whole = market.published[market.published.level.isna()]
    titles = dict(zip(market.levels.function, market.levels.function_title, strict=True))
    rows = [
        {
            "function": titles[row.function],
            "benchmark": row.subject,
            "pay_basis": row.pay_basis,
            "currency": row.currency,
            "place": row.place,
            "published": _anchors(row),
            "cell": UNKNOWN,
            "low": row.range_low,
            "high": row.range_high,
            "point": row.point,
            "at_least": "",
            "source": row.source,
            "as_of": row.as_of,
            "n": row.sample_size,
            "series": row.publisher,
            "note": row.note,
        }
        for row in whole.itertuples()
    ]
    rows += [
        {
            "function": titles[row.function],
            "benchmark": f"{row.soc} {row.title}",
            "pay_basis": "oews_wage",
            "currency": "USD",
            "place": "US",
            "published": _anchors(row),
            "cell": occupation_cell(row),
            "low": np.nan,
            "high": np.nan,
            "point": np.nan,
            "at_least": row.at_least,
            "source": row.source,
            "as_of": f"{row.year}-05",
            "n": row.sample_size,
            "series": f"BLS {row.soc}",
            "note": f"{row.note} Mapped by {row.asserted_by}.".strip(),
        }
        for row in market.occupations.itertuples()
    ]
    table = pd.DataFrame([_with_percentiles(row, percentiles) for row in rows])
    return with_units(table, _BENCHMARK_TEXTS | _pay_units(percentiles))


def _anchors(row: Any) -> dict[float, float]:
    """The published percentiles of a row; a top-coded one is only a bound, not an anchor."""
    bounds = getattr(row, "at_least", "")
    published = published_percentiles(row).items()
    return {p: pay for p, pay in published if percentile_name(p) not in bounds}


def _with_percentiles(row: dict[str, Any], percentiles: Sequence[float]) -> dict[str, Any]:
    anchors, cell = row.pop("published"), row.pop("cell")
    estimates = {percentile_name(p): _estimate(anchors, p, cell) for p in percentiles}
    values = {name: e.value if e else np.nan for name, e in estimates.items()}
    computed = [
        f"{name} {'extrapolated' if e.extrapolated else 'interpolated'}"
        for name, e in estimates.items()
        if e and e.status == "interpolated"
    ]
    ends = {
        f"{name}_{end}": getattr(e, end) if e else np.nan
        for name, e in estimates.items()
        for end in ("low", "high")
    }
    status = "; ".join(["published", *computed])
    head = {k: row[k] for k in ("function", "benchmark", "pay_basis", "currency", "place")}
    tail = {k: v for k, v in row.items() if k not in head}
    return head | values | tail | {"status": status} | ends


def occupation_cell(row: Any, kind: str = NATION) -> Cell:
    """What is known of the size of an OEWS cell: a row with ``employment`` and ``mean_rse``."""
    employment, rse = (None if pd.isna(x) else float(x) for x in (row.employment, row.mean_rse))
    return Cell(kind, employment, rse)


def _estimate(anchors: dict[float, float], p: float, cell: Cell) -> Estimate | None:
    if len(anchors) < 2:
        return Estimate(anchors[p], None, None, "published") if p in anchors else None
    exact = percentile_of(anchors, p, cell)
    if exact.low is None or exact.high is None:
        return exact
    value, low, high = map(float, round_modelled(np.array([exact.value, exact.low, exact.high])))
    if exact.status == "published":
        value = exact.value
    return replace(exact, value=value, low=low, high=high)


def _occupation_series(occupations: pd.DataFrame) -> list[str]:
    return [f"BLS {soc}" for soc in sorted(occupations.soc, reverse=True)]


def level_difference_table(
    market: Market, steps: Sequence[Step] | None = None, ladder: str | None = None
) -> pd.DataFrame:
    """Each step up a ladder and across to management, on modelled medians.

    With ``steps``, those instead, where a ladder has both their levels; with
    ``ladder``, those of that ladder alone.
    Columns: function, ``start``, ``end``, ``kind`` (within or across), the step
    in dollars and as a ratio with intervals, and where it comes from.
    """
    rows = []
    for name, fits in market.fits.groupby("ladder", sort=False):
        if ladder not in (None, name):
            continue
        rungs = market.levels[market.levels.ladder == name]
        mu, sigma = _by_fit(fits, "log_median"), _by_fit(fits, "sigma")
        pay = round_modelled(lognormal_pay(mu.to_numpy(), sigma.to_numpy(), [0.5])[..., 0])
        medians = pd.DataFrame(pay, columns=mu.columns)
        for step in ladder_steps(_rungs(rungs)) if steps is None else steps:
            if {step.start, step.end} <= set(medians.columns):
                rows.append(_step_row(step, rungs, medians, fits.iloc[0], len(mu)))
    return with_units(pd.DataFrame(rows), texts("function", "ladder") | DIFFERENCE | PROVENANCE)


def _rungs(levels: pd.DataFrame) -> list[Rung]:
    unique = levels.drop_duplicates("level")
    return [Rung(r.level, r.track, r.ordinal, r.grade) for r in unique.itertuples()]


def _step_row(
    step: Step, rungs: pd.DataFrame, medians: pd.DataFrame, fit: Any, n: int
) -> dict[str, Any]:
    worth = delta(medians[step.start], medians[step.end])
    return {
        "function": rungs.function_title.iloc[0],
        "ladder": fit.ladder,
        "start": step.start,
        "end": step.end,
        "kind": step.kind,
        "start_p50": medians[step.start].iloc[0],
        "end_p50": medians[step.end].iloc[0],
        **vars(worth),
        "pay_basis": fit.pay_basis,
        "currency": fit.currency,
        "status": "modelled",
        "interval": reach_words(n),
        "source": fit.source,
        "as_of": fit.as_of,
        "n": fit.sample_size,
    }


def sources_of(market_sources: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """The sources that a table's rows name, and those that its modelled rows rest on.

    A row names them in ``source``, and in columns such as ``grade_source`` what
    somebody else says of it.
    """
    if "source" not in table:
        return market_sources
    columns = [name for name in table if name == "source" or name.endswith("_source")]
    named = {name for c in columns for names in set(table[c]) for name in names.split(", ")}
    return sources_named(market_sources, named)


def sources_named(market_sources: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    """The sources with these names, and those that the modelled ladder rests on if it is one."""
    named = set(names)
    if "ladder-model" in named:
        named |= set(MODEL_SOURCES)
    return market_sources[market_sources.source.isin(named)]
