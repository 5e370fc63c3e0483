"""The store's figures of a job's pay, as sources of a pricing."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics.market_tables import MODEL, MODEL_SOURCES, Market, occupation_cell
from analytics.pay_basis import PHRASES
from analytics.percentiles import (
    PERCENTILES,
    percentile_name,
    percentile_of_name,
    published_percentiles,
)
from analytics.pricing.ageing import ECI_GROUP, find_month, yearly_rate
from analytics.pricing.inputs import Place, Rate, Source
from analytics.pricing.places import Places, local_place
from analytics.rows import CostChange
from analytics.uncertainty.cells import UNKNOWN, Cell
from analytics.wage_rows import AreaWage

#: How much of an occupation's own past its rate of growth takes, beside the Employment Cost
#: Index. On OEWS, what was known in May 2022 and 2023 foretold the next year best with .1 to .2
#: of it, in May 2024 with none (docs/methods.md).
OWN_SHARE = 0.10
#: Names of the whole country, in market figures and as people type them.
NATIONAL_PLACES = ("US", "USA", "United States")
NOT_STATED = "not stated"
#: Places of ranges that hold wherever nothing nearer does.
ANYWHERE = (*NATIONAL_PLACES, NOT_STATED)


def usual_rate(changes: Iterable[CostChange]) -> Rate:
    """The yearly rate that pay is aged at unless somebody says another: the newest ECI."""
    eci = next(row for row in changes if row.worker_group == ECI_GROUP)
    return Rate(eci.rate, f"ECI, {eci.worker_group}, to {eci.quarter}", eci.source)


def shrunk_rate(index: Rate, own: float, past: str) -> Rate:
    """The index moved by `OWN_SHARE` of how an occupation's own past differs from it.

    ``own`` is its yearly rate over the ``past``. Percentiles that rise at rates this
    near to each other never cross within the years that pay is aged over.
    """
    value = index.value + OWN_SHARE * (own - index.value)
    return Rate(value, f"{1 - OWN_SHARE:.0%} {index.label}, {OWN_SHARE:.0%} {past}", index.origin)


def sources_for(
    market: Market,
    job: Mapping[str, Any],
    history: pd.DataFrame,
    places: Places,
    index: Rate,
    local: Mapping[str, AreaWage] | None = None,
) -> list[Source]:
    """Every market source of a job's pay, nearest first.

    ``job`` is a row of profiles. Figures for its level match strongly or
    exactly; those of the whole function or of an occupation are proxies. An
    occupation's ``history`` (rows of the wage-history query) moves the ``index``, the
    usual rate, a little for each of its percentiles. ``places`` converts figures of the
    whole country; ``local`` has by code the occupations whose wages BLS prints at the place itself.
    """
    function = job["function_title"]
    level_rows = market.band_rows.get((function, job["focus_title"], job["level"]), [])
    cells = market.occupation_cells
    rates = _own_rates(history, index)
    sources = [_level_source(row, _place(row.place, places)) for row in level_rows]
    sources += [
        _benchmark_source(row, rates.get(_soc(row.benchmark), {}), places, cells, local or {})
        for row in market.benchmark_rows.get(function, [])
    ]
    own = _own_family(market, str(job["ladder"]))
    sources = [replace(s, family=own.get(s.name, s.family)) for s in sources]
    return [source for source in sources if source.percentiles]


def survey_sources(
    surveys: pd.DataFrame, places: Places, stated: Mapping[str, Places] | None = None
) -> list[Source]:
    """The team's own surveys of a job, from the rows of the ``survey_pay`` query.

    ``stated`` has by name those of their places that are known, with their factors. Rows
    of one survey that differ in place or date alone count as one, and say so in their names.
    """
    rows = list(surveys.itertuples())
    named = Counter(map(_survey_name, rows))
    sources = [_survey_source(row, places, stated or {}) for row in rows]
    return [
        replace(source, name=_apart(row, rows), family=f"{source.origin} {source.name}")
        if named[source.name] > 1
        else source
        for row, source in zip(rows, sources, strict=True)
    ]


def _survey_source(row: Any, places: Places, stated: Mapping[str, Places]) -> Source:
    known = row.place in (*NATIONAL_PLACES, NOT_STATED)
    there = None if known else stated.get(row.place)
    return Source(
        name=_survey_name(row),
        basis=row.pay_basis,
        as_of=find_month(row.as_of),
        percentiles=published_percentiles(row),
        currency=row.currency,
        n=None if pd.isna(row.n) else int(row.n),
        match=row.match,
        reason=row.reason,
        place=_place(row.place, places) if known else places.from_there(row.place, there),
        status="imported",
        origin=row.source,
    )


def _survey_name(row: Any) -> str:
    return f"{row.survey}: {row.title}, {PHRASES[row.pay_basis]}{_weighting(row)}"


def _apart(row: Any, rows: Sequence[Any]) -> str:
    """A name that no other row has: by place and date, and else by its number among them."""
    name = f"{_survey_name(row)}, {row.place}, {row.as_of}"
    alike = [r for r in rows if f"{_survey_name(r)}, {r.place}, {r.as_of}" == name]
    return name if len(alike) == 1 else f"{name}, row {alike.index(row) + 1}"


def _place(stated: str, places: Places, soc: str = "") -> Place:
    """How a figure of a stated place moves: from the nation, not at all, or with a wide error."""
    if stated == NOT_STATED:
        return places.unstated()
    return places.of(soc) if stated in NATIONAL_PLACES else local_place(stated)


def _weighting(row: Any) -> str:
    """What a survey's figures count, in its name; incumbent-weighted ones are the usual."""
    return ", organization-weighted" if row.weighting == "organization" else ""


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
        family=_family(row.source),
    )


def _modelled_intervals(row: Any) -> dict[float, tuple[float, float]]:
    names = {p: percentile_name(p) for p in PERCENTILES}
    return {
        p: (getattr(row, f"{name}_low"), getattr(row, f"{name}_high")) for p, name in names.items()
    }


def _benchmark_source(
    row: Any,
    rates: dict[float, Rate],
    places: Places,
    cells: Mapping[str, Cell],
    local: Mapping[str, AreaWage],
) -> Source:
    """A row of the benchmark table: an occupation, or a whole function."""
    is_occupation = row.pay_basis == "oews_wage"
    soc = _soc(row.benchmark) if is_occupation else ""
    if (there := local.get(soc)) and (printed := there.published):
        return replace(
            _benchmark_source(row, rates, places, cells, {}),
            percentiles=printed,
            as_of=find_month(there.as_of),
            place=local_place(there.area),
            origin=there.source,
            cell=occupation_cell(there, places.kind),
        )
    return Source(
        name=_benchmark_name(row),
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
        place=_place(row.place, places, soc),
        origin=row.source,
        cell=cells.get(soc, UNKNOWN),
        family=_family(row.source),
    )


def _own_family(market: Market, ladder: str) -> dict[str, str]:
    """A function's own modelled ladder and what it is fitted to, by their sources' names."""
    fits = market.fits[(market.fits.ladder == ladder) & (market.fits.rests_on != "")]
    if fits.empty:
        return {}
    levels = [f"{MODEL}, {level}" for level in fits.level.unique()]
    subject = fits.rests_on.iloc[0]
    benchmarks = market.benchmarks
    rows = benchmarks[benchmarks.benchmark == subject].itertuples()
    return dict.fromkeys([*levels, *map(_benchmark_name, rows)], f"modelled ladder {ladder}")


def _benchmark_name(row: Any) -> str:
    if row.pay_basis == "oews_wage":
        return f"BLS {row.benchmark}"
    return f"{row.series}: {row.benchmark}, {PHRASES[row.pay_basis]}"


def _family(source: str) -> str:
    """The modelled ladder and what it is fitted to are one family: they rest on one survey."""
    return "modelled ladder" if source in ("ladder-model", *MODEL_SOURCES) else ""


def _source_percentiles(row: Any) -> dict[float, float]:
    """The percentiles that the source publishes, without computed and top-coded ones.

    The pricing computes the others itself, from the adjusted figures.
    """
    computed = set(re.findall(r"(p\d+) (?:interpolated|extrapolated)", row.status))
    top_coded = set(str(row.at_least).split(", "))
    percentiles = published_percentiles(row).items()
    return {p: pay for p, pay in percentiles if percentile_name(p) not in computed | top_coded}


def _own_rates(history: pd.DataFrame, index: Rate) -> dict[str, dict[float, Rate]]:
    """By occupation the yearly rate of each percentile: the index, and some of its own past."""
    rates: dict[str, dict[float, Rate]] = {}
    for row in history.itertuples():
        months = 12 * (row.last_year - row.first_year)
        rates.setdefault(row.soc, {})[percentile_of_name(row.statistic)] = shrunk_rate(
            index,
            yearly_rate(row.first_wage, row.last_wage, months),
            f"its own {row.statistic.upper()}, May {row.first_year} to May {row.last_year}",
        )
    return rates


def _soc(benchmark: str) -> str:
    """The SOC code that the name of an occupation's benchmark begins with."""
    return benchmark.split(" ")[0]
