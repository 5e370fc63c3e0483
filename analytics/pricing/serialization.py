"""A pricing as JSON, with everything needed to compute it again.

The names in a file are those of its format, fixed once and for all; the fields
of the dataclasses may be renamed without changing any file.
"""

import json
from collections.abc import Mapping
from typing import Any

from analytics.errors import InputError
from analytics.percentiles import percentile_name, percentile_of_name
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.bridges import EQUITY_CEILING
from analytics.pricing.inputs import Place, Pricing, Rate, Source
from analytics.pricing.priced_job import PricedFigure, PricedJob
from analytics.uncertainty.cells import UNKNOWN, Cell
from analytics.uncertainty.conversions import PLACE_ERRORS

FORMAT = "bandstand pricing 1"


def to_spec(pricing: Pricing) -> str:
    """The inputs of a pricing as JSON; `from_spec` reads them back unchanged."""
    return json.dumps({"format": FORMAT, **pricing_inputs(pricing)}, ensure_ascii=False, indent=2)


def to_export(priced: PricedJob) -> str:
    """Inputs and answer as JSON, from which anyone can compute the answer again."""
    export = {
        "format": FORMAT,
        **pricing_inputs(priced.pricing),
        "answer": [_figure_to_json(figure) for figure in priced.figures],
        "left_out": {c.source.name: c.exclusion_reason for c in priced.excluded},
    }
    return json.dumps(export, ensure_ascii=False, indent=2)


def from_spec(text: str) -> Pricing:
    """The pricing in a spec or an export; raises `InputError` for any other text."""
    try:
        spec = json.loads(text)
        if spec.get("format") != FORMAT:
            raise InputError(f"not a Bandstand pricing: its format is {spec.get('format')!r}")
        return Pricing(
            job=spec["job"],
            basis=spec["basis"],
            to=parse_month(spec["to"]),
            rate=_rate_from_json(spec["rate"]),
            sources=tuple(_source_from_json(source) for source in spec["sources"]),
            target=float(spec["target"]),
            currency=spec["currency"],
            split=float(spec["split"]),
            equity=float(spec["equity"]),
            equity_ceiling=float(spec.get("equity_ceiling", EQUITY_CEILING)),
            code=str(spec["code"]),
            place=str(spec["place"]),
            percentiles=tuple(map(float, spec["percentiles"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand pricing: {error!r}") from error


def pricing_inputs(pricing: Pricing) -> dict[str, Any]:
    """The inputs of a pricing by their names in the file format."""
    return {
        "job": pricing.job,
        "basis": pricing.basis,
        "to": str(pricing.to),
        "rate": _rate_to_json(pricing.rate),
        "sources": [_source_to_json(source) for source in pricing.sources],
        "target": pricing.target,
        "currency": pricing.currency,
        "split": pricing.split,
        "equity": pricing.equity,
        "equity_ceiling": pricing.equity_ceiling,
        "code": pricing.code,
        "place": pricing.place,
        "percentiles": pricing.percentiles,
    }


def check_dates(pricing: Pricing, today: Month) -> None:
    """Raise `InputError` for a source dated later than ``today``."""
    for source in pricing.sources:
        if source.as_of and source.as_of > today:
            raise InputError(f"{source.name}: date {source.as_of} is in the future; correct it")


def _figure_to_json(figure: PricedFigure) -> dict[str, Any]:
    return {
        "percentile": figure.p,
        "typical": round(figure.composite, 2),
        "low": round(figure.low, 2) if figure.interval else None,
        "high": round(figure.high, 2) if figure.interval else None,
        "pooled": None if figure.pooled is None else round(figure.pooled, 2),
        "shares": figure.shares,
        "without": {name: round(pay, 2) for name, pay in figure.leave_one_out.items()},
        "extrapolated_for": figure.extrapolated,
    }


def _source_to_json(source: Source) -> dict[str, Any]:
    return {
        "name": source.name,
        "basis": source.basis,
        "as_of": str(source.as_of) if source.as_of else None,
        "percentiles": _by_name(source.percentiles),
        "currency": source.currency,
        "per_unit": source.per_unit,
        "n": source.n,
        "match": source.match,
        "reason": source.reason,
        "relevance": source.relevance,
        "bridged": source.bridged,
        "rates": _by_name({p: _rate_to_json(rate) for p, rate in source.rates.items()}),
        "place": {
            "factor": source.place.factor,
            "said": source.place.label,
            **_origin(source.place),
            **({"error": source.place.error} if source.place.error else {}),
        },
        "reaches": _by_name(source.intervals),
        "status": source.status,
        "origin": source.origin,
        **({"cell": _cell_to_json(source.cell)} if source.cell != UNKNOWN else {}),
        **({"family": source.family} if source.family else {}),
    }


def _cell_to_json(cell: Cell) -> dict[str, Any]:
    return {"kind": cell.kind, "employment": cell.employment, "mean_rse": cell.mean_rse}


def _cell_from_json(spec: Mapping[str, Any]) -> Cell:
    employment, mean_rse = (
        None if spec[name] is None else float(spec[name]) for name in ("employment", "mean_rse")
    )
    return Cell(str(spec["kind"]), employment, mean_rse)


def _source_from_json(spec: Mapping[str, Any]) -> Source:
    fields = dict(spec)
    intervals = fields.pop("reaches")
    fields["intervals"] = {
        percentile_of_name(k): (float(low), float(high)) for k, (low, high) in intervals.items()
    }
    if any(not 0 < low <= high for low, high in fields["intervals"].values()):
        raise InputError(f"not a Bandstand pricing: invalid intervals of {spec['name']}")
    for name in ("name", "basis", "currency", "match", "reason", "status", "origin"):
        if not isinstance(spec[name], str):
            raise InputError(f"not a Bandstand pricing: {name} is {spec[name]!r}, not text")
    fields["as_of"] = parse_month(spec["as_of"]) if spec["as_of"] else None
    fields["percentiles"] = {
        percentile_of_name(k): float(pay) for k, pay in spec["percentiles"].items()
    }
    fields["rates"] = {
        percentile_of_name(k): _rate_from_json(rate) for k, rate in spec["rates"].items()
    }
    fields["place"] = _place_from_json(spec["place"])
    if "cell" in spec:
        fields["cell"] = _cell_from_json(spec["cell"])
    fields["relevance"] = float(spec["relevance"])
    fields["n"] = None if spec["n"] is None else int(spec["n"])
    fields["per_unit"] = None if spec["per_unit"] is None else float(spec["per_unit"])
    return Source(**fields)


def _rate_to_json(rate: Rate) -> dict[str, Any]:
    return {"value": rate.value, "said": rate.label, **_origin(rate)}


def _origin(stated: Rate | Place) -> dict[str, str]:
    """The source of a rate or a factor; files of those without one stay as they always were."""
    return {"origin": stated.origin} if stated.origin else {}


def _rate_from_json(spec: Mapping[str, Any]) -> Rate:
    return Rate(float(spec["value"]), str(spec["said"]), str(spec.get("origin", "")))


def _place_from_json(spec: Mapping[str, Any]) -> Place:
    error = str(spec.get("error", ""))
    if error and error not in PLACE_ERRORS:
        raise InputError(f"not a Bandstand pricing: unknown error of a place {error!r}")
    return Place(float(spec["factor"]), str(spec["said"]), str(spec.get("origin", "")), error)


def _by_name(values: Mapping[float, Any]) -> dict[str, Any]:
    """The same values by percentile name instead of number."""
    return {percentile_name(p): value for p, value in values.items()}
