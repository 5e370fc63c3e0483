"""A pricing as JSON, with everything that it takes to compute it again."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from analytics.errors import InputError
from analytics.pricing.ageing import Month, parse_month
from analytics.pricing.pricing import Place, PricedJob, Pricing, Rate, Source

FORMAT = "bandstand pricing 1"


def to_spec(pricing: Pricing) -> str:
    """The inputs of a pricing as JSON; `from_spec` reads them back unchanged."""
    return json.dumps({"format": FORMAT, **pricing_inputs(pricing)}, ensure_ascii=False, indent=2)


def to_export(priced: PricedJob) -> str:
    """Inputs and answer as JSON: whoever has it can compute the answer again."""
    told = {
        "format": FORMAT,
        **pricing_inputs(priced.pricing),
        "answer": [
            {
                "percentile": figure.p,
                "typical": round(figure.typical, 2),
                "low": round(figure.low, 2) if figure.reach else None,
                "high": round(figure.high, 2) if figure.reach else None,
                "pooled": None if figure.pooled is None else round(figure.pooled, 2),
                "shares": figure.shares,
                "without": {k: round(v, 2) for k, v in figure.without.items()},
                "extrapolated_for": figure.beyond,
            }
            for figure in priced.figures
        ],
        "left_out": {p.source.name: p.refused for p in priced.parts if p.refused},
    }
    return json.dumps(told, ensure_ascii=False, indent=2)


def from_spec(text: str) -> Pricing:
    """The pricing in a spec or an export; raises `InputError` when it is none."""
    try:
        told = json.loads(text)
        if told.get("format") != FORMAT:
            raise InputError(f"not a pricing of Bandstand: format is {told.get('format')!r}")
        return Pricing(
            told["job"],
            told["basis"],
            parse_month(told["to"]),
            _rate(told["rate"]),
            tuple(_source(source) for source in told["sources"]),
            float(told["target"]),
            told["currency"],
            float(told["split"]),
            float(told["equity"]),
            str(told["code"]),
            str(told["place"]),
            tuple(map(float, told["percentiles"])),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a pricing of Bandstand: {error!r}") from error


def pricing_inputs(pricing: Pricing) -> dict[str, Any]:
    told = asdict(pricing)
    told["to"] = str(pricing.to)
    told["sources"] = [_told(source) for source in pricing.sources]
    return told


def _told(source: Source) -> dict[str, Any]:
    told = asdict(source)
    told["as_of"] = str(source.as_of) if source.as_of else None
    for key in ("percentiles", "rates", "reaches"):
        told[key] = {_name(p): value for p, value in told[key].items()}
    return told


def _source(told: Mapping[str, Any]) -> Source:
    fields = dict(told)
    fields["as_of"] = parse_month(told["as_of"]) if told["as_of"] else None
    fields["percentiles"] = {_p(k): float(v) for k, v in told["percentiles"].items()}
    fields["rates"] = {_p(k): _rate(v) for k, v in told["rates"].items()}
    fields["reaches"] = {_p(k): (float(a), float(b)) for k, (a, b) in told["reaches"].items()}
    place = told["place"]
    fields["place"] = Place(float(place["factor"]), str(place["said"]))
    fields["relevance"] = float(told["relevance"])
    fields["n"] = None if told["n"] is None else int(told["n"])
    fields["per_unit"] = None if told["per_unit"] is None else float(told["per_unit"])
    for name in ("name", "basis", "currency", "match", "reason", "status", "origin"):
        if not isinstance(told[name], str):
            raise InputError(f"not a pricing of Bandstand: {name} is {told[name]!r}, no text")
    if any(not 0 < low <= high for low, high in fields["reaches"].values()):
        raise InputError(f"not a pricing of Bandstand: the intervals of {told['name']} are none")
    return Source(**fields)


def _rate(told: Mapping[str, Any]) -> Rate:
    return Rate(float(told["value"]), str(told["said"]))


def _name(p: float) -> str:
    return f"p{100 * p:g}"


def _p(name: str) -> float:
    # Through a decimal point, so that p10 is 0.1 and not 0.1 plus a rounding error.
    return round(float(name[1:]) / 100, 12)


def check_dates(pricing: Pricing, today: Month) -> None:
    """Raise `InputError` for a source dated later than ``today``."""
    for source in pricing.sources:
        if source.as_of and source.as_of > today:
            raise InputError(f"{source.name}: date {source.as_of} is in the future; mend it")
