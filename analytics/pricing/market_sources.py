"""What the store says of a job's pay, as sources of a pricing."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analytics.market_tables import Market, band_table, benchmark_table
from analytics.percentiles import percentile_name
from analytics.pricing.ageing import Month, yearly_rate
from analytics.pricing.pricing import BASES, PERCENTILES, Place, Rate, Source

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
#: Places of sources that speak for the whole country.
_NATIONAL = ("US", "not stated")


class Places:
    """By what national pay is multiplied for one place.

    ``rows`` are those of the places query for it; none for the whole nation. An
    occupation's wages move by the occupation's own ratio, other pay by that of the
    occupation that the focus is mapped to, else by the state's prices.
    """

    def __init__(self, name: str = "", rows: Sequence[Any] = (), focus: str = "") -> None:
        self.name = name
        self._by_soc = {row.soc: row for row in rows}
        own = [row for row in rows if row.soc and row.focus == focus]
        self._usual = next(iter(own), self._by_soc.get(""))

    def of(self, soc: str = "") -> Place:
        """The factor for an occupation, or for other pay, and where it is from."""
        row = (self._by_soc.get(soc) if soc else None) or self._usual
        if row:
            return Place(row.factor, f"{self.name}: {row.said}")
        return Place(1.0, f"{self.name}: no ratio known" if self.name else "")


def sources_for(
    market: Market, job: Mapping[str, Any], history: pd.DataFrame, places: Places
) -> list[Source]:
    """Every source that speaks of a job, nearest first.

    ``job`` is a row of profiles. Figures for its level match strongly or
    exactly; those of the whole function or of an occupation are proxies. An
    occupation's own history gives the rate of each of its percentiles. ``places``
    moves figures that speak for the whole country.
    """
    bands = band_table(market)
    own = bands[
        (bands.function == job["function_title"])
        & (bands.focus == job["focus_title"])
        & (bands.level == job["level"])
    ]
    whole = benchmark_table(market)
    whole = whole[whole.function == job["function_title"]]
    found = [_of_level(row, places.of()) for row in own.itertuples()]
    found += [_of_function(row, _rates(history, row.benchmark), places)
              for row in whole.itertuples()]  # fmt: skip
    return [source for source in found if source.percentiles]


def survey_sources(surveys: pd.DataFrame, places: Places) -> list[Source]:
    """The team's own surveys of a job, from the rows of ``survey_pay``."""
    return [
        Source(
            f"{row.survey}: {row.title}, {BASES[row.pay_basis]}",
            row.pay_basis, month_of(row.as_of), _given(row), row.currency,
            n=None if pd.isna(row.n) else int(row.n), match=row.match, reason=row.reason,
            place=places.of() if row.place in (*_NATIONAL, "USA", "United States")
            else Place(1.0, f"stands as published for {row.place}"),
            status="imported", origin=row.source,
        )
        for row in surveys.itertuples()
    ]  # fmt: skip


def month_of(text: str) -> Month | None:
    """The month in a source's date, None where it gives no month."""
    found = _MONTH.fullmatch(text)
    return Month(int(found[1]), int(found[2])) if found else None


def _of_level(row: Any, place: Place) -> Source:
    modelled = row.status == "modelled"
    reaches = {
        p: (getattr(row, f"{name}_low"), getattr(row, f"{name}_high"))
        for p, name in _named(PERCENTILES)
        if modelled
    }
    why = (
        "the level itself, modelled from the pay of the whole function"
        if modelled
        else "published for the level itself"
    )
    return Source(
        f"{row.series}, {row.level}", row.pay_basis, month_of(str(row.as_of)),
        _given(row), row.currency, match="strong" if modelled else "exact", reason=why,
        place=place, reaches=reaches, status=row.status, origin=row.source,
    )  # fmt: skip


def _of_function(row: Any, rates: dict[float, Rate], places: Places) -> Source:
    occupation = row.pay_basis == "oews_wage"
    published = _published(row)
    why = (
        "an occupation that the function is mapped to, all levels together"
        if occupation
        else "all levels of the function together"
    )
    national = row.place in _NATIONAL
    place = places.of(row.benchmark.split(" ")[0] if occupation else "")
    elsewhere = Place(1.0, f"stands as published for {row.place}")
    return Source(
        _name(row, occupation),
        row.pay_basis, month_of(str(row.as_of)), published, row.currency, match="proxy",
        reason=why, rates=rates, place=place if national else elsewhere,
        origin=row.source,
    )  # fmt: skip


def _name(row: Any, occupation: bool) -> str:
    if occupation:
        return f"BLS {row.benchmark}"
    return f"{row.series}: {row.benchmark}, {BASES[row.pay_basis]}"


def _published(row: Any) -> dict[float, float]:
    """The percentiles that the source itself prints; computed ones are left to the pricing."""
    computed = set(re.findall(r"(p\d+) (?:interpolated|extrapolated)", row.status))
    bounds = set(str(row.at_least).split(", "))
    return {
        p: pay
        for (p, name) in _named(PERCENTILES)
        if (pay := getattr(row, name)) == pay and name not in computed | bounds
    }


def _given(row: Any) -> dict[float, float]:
    return {p: pay for p, name in _named(PERCENTILES) if (pay := getattr(row, name)) == pay}


def _rates(history: pd.DataFrame, benchmark: str) -> dict[float, Rate]:
    rows = history[history.soc == benchmark.split(" ")[0]]
    return {
        int(row.statistic[1:]) / 100: Rate(
            yearly_rate(row.first_wage, row.last_wage, 12 * (row.last_year - row.first_year)),
            f"its own {row.statistic.upper()}, May {row.first_year} to May {row.last_year}",
        )
        for row in rows.itertuples()
    }


def _named(percentiles: Iterable[float]) -> list[tuple[float, str]]:
    return [(p, percentile_name(p)) for p in percentiles]
