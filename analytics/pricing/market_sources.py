"""The store's figures of a job's pay, as sources of a pricing."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.market_tables import Market, band_table, benchmark_table
from analytics.pay_basis import PHRASES
from analytics.percentiles import (
    PERCENTILES,
    percentile_name,
    percentile_of_name,
    published_percentiles,
)
from analytics.pricing.ageing import ECI_GROUP, find_month, yearly_rate
from analytics.pricing.places import Places, local_place
from analytics.pricing.pricing import Place, Rate, Source
from analytics.rows import CostChange
from analytics.wage_rows import AreaWage

#: Places of market figures that hold for the whole country.
_NATIONAL = ("US", "not stated")
#: The same in files of a team's own, whose places people have typed.
NATIONAL_PLACES = (*_NATIONAL, "USA", "United States")


def usual_rate(changes: Iterable[CostChange]) -> Rate:
    """The yearly rate that pay is aged at unless somebody says another: the newest ECI."""
    eci = next(row for row in changes if row.worker_group == ECI_GROUP)
    return Rate(eci.rate, f"ECI, {eci.worker_group}, to {eci.quarter}", eci.source)


def sources_for(
    market: Market,
    job: Mapping[str, Any],
    history: pd.DataFrame,
    places: Places,
    local: Mapping[str, AreaWage] | None = None,
) -> list[Source]:
    """Every market source of a job's pay, nearest first.

    ``job`` is a row of profiles. Figures for its level match strongly or
    exactly; those of the whole function or of an occupation are proxies. An
    occupation's ``history`` (rows of the wage-history query) gives the rate of
    each of its percentiles. ``places`` converts figures of the whole country;
    ``local`` has by code the occupations whose wages BLS prints at the place itself.
    """
    bands = band_table(market)
    level_rows = bands[
        (bands.function == job["function_title"])
        & (bands.focus == job["focus_title"])
        & (bands.level == job["level"])
    ]
    benchmarks = benchmark_table(market)
    benchmarks = benchmarks[benchmarks.function == job["function_title"]]
    sources = [_level_source(row, places.of()) for row in level_rows.itertuples()]
    sources += [
        _benchmark_source(row, _own_rates(history, row.benchmark), places, local or {})
        for row in benchmarks.itertuples()
    ]
    return [source for source in sources if source.percentiles]


def survey_sources(surveys: pd.DataFrame, places: Places) -> list[Source]:
    """The team's own surveys of a job, from the rows of the ``survey_pay`` query."""
    return [
        Source(
            name=f"{row.survey}: {row.title}, {PHRASES[row.pay_basis]}",
            basis=row.pay_basis,
            as_of=find_month(row.as_of),
            percentiles=published_percentiles(row),
            currency=row.currency,
            n=None if pd.isna(row.n) else int(row.n),
            match=row.match,
            reason=row.reason,
            place=places.of() if row.place in NATIONAL_PLACES else local_place(row.place),
            status="imported",
            origin=row.source,
        )
        for row in surveys.itertuples()
    ]


def _level_source(row: Any, place: Place) -> Source:
    """A row of the band table."""
    modelled = row.status == "modelled"
    return Source(
        name=f"{row.series}, {row.level}",
        basis=row.pay_basis,
        as_of=find_month(str(row.as_of)),
        percentiles=published_percentiles(row),
        currency=row.currency,
        match="strong" if modelled else "exact",
        reason=(
            "the level itself, modelled from the pay of the whole function"
            if modelled
            else "published for the level itself"
        ),
        place=place,
        intervals=_modelled_intervals(row) if modelled else {},
        status=row.status,
        origin=row.source,
    )


def _modelled_intervals(row: Any) -> dict[float, tuple[float, float]]:
    names = {p: percentile_name(p) for p in PERCENTILES}
    return {
        p: (getattr(row, f"{name}_low"), getattr(row, f"{name}_high")) for p, name in names.items()
    }


def _benchmark_source(
    row: Any, rates: dict[float, Rate], places: Places, local: Mapping[str, AreaWage]
) -> Source:
    """A row of the benchmark table: an occupation, or a whole function."""
    is_occupation = row.pay_basis == "oews_wage"
    soc = _soc(row.benchmark) if is_occupation else ""
    if (there := local.get(soc)) and (printed := there.published):
        return replace(
            _benchmark_source(row, rates, places, {}),
            percentiles=printed,
            as_of=find_month(there.as_of),
            place=local_place(there.area),
            origin=there.source,
        )
    return Source(
        name=(
            f"BLS {row.benchmark}"
            if is_occupation
            else f"{row.series}: {row.benchmark}, {PHRASES[row.pay_basis]}"
        ),
        basis=row.pay_basis,
        as_of=find_month(str(row.as_of)),
        percentiles=_source_percentiles(row),
        currency=row.currency,
        match="proxy",
        reason=(
            "an occupation that the function is mapped to, all levels together"
            if is_occupation
            else "all levels of the function together"
        ),
        rates=rates,
        place=places.of(soc) if row.place in _NATIONAL else local_place(row.place),
        origin=row.source,
    )


def _source_percentiles(row: Any) -> dict[float, float]:
    """The percentiles that the source publishes, without computed and top-coded ones.

    The pricing computes the others itself, from the adjusted figures.
    """
    computed = set(re.findall(r"(p\d+) (?:interpolated|extrapolated)", row.status))
    top_coded = set(str(row.at_least).split(", "))
    percentiles = published_percentiles(row).items()
    return {p: pay for p, pay in percentiles if percentile_name(p) not in computed | top_coded}


def _own_rates(history: pd.DataFrame, benchmark: str) -> dict[float, Rate]:
    """The yearly rate of each percentile of an occupation, from its first to its last year."""
    rows = history[history.soc == _soc(benchmark)]
    return {
        percentile_of_name(row.statistic): Rate(
            yearly_rate(row.first_wage, row.last_wage, 12 * (row.last_year - row.first_year)),
            f"its own {row.statistic.upper()}, May {row.first_year} to May {row.last_year}",
        )
        for row in rows.itertuples()
    }


def _soc(benchmark: str) -> str:
    """The SOC code that the name of an occupation's benchmark begins with."""
    return benchmark.split(" ")[0]
