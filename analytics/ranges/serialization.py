"""A pay structure as JSON, with everything needed to build it again alike.

The names in a file are those of its format, fixed once and for all; the fields of the
dataclasses may be renamed without changing any file.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from analytics.errors import InputError
from analytics.pricing.ageing import parse_month
from analytics.ranges.build import Structure
from analytics.ranges.rows import Ends, MarketLevel, PlaceRatio
from analytics.ranges.settings import RangeSettings

FORMAT = "bandstand ranges 1"


def to_spec(structure: Structure) -> str:
    """A structure as JSON; `from_spec` reads it back unchanged."""
    settings = vars(structure.settings) | {"spreads": dict(structure.settings.spreads)}
    spec = {
        "format": FORMAT,
        "pay_basis": structure.pay_basis,
        "currency": structure.currency,
        "month": structure.month,
        "settings": settings,
        "markets": [_plain(_market_fields(level)) for level in structure.markets],
        "places": [_plain(vars(ratio)) for ratio in structure.places],
        "set_ranges": {key: _plain(vars(e)) for key, e in sorted(structure.set_ranges.items())},
    }
    if structure.exchange is not None:
        rate, source = structure.exchange, structure.exchange_source
        spec["exchange"] = {"per_usd": float(rate), "source": source}
    return json.dumps(spec, ensure_ascii=False, indent=2)


def from_spec(text: str) -> Structure:
    """The structure in a spec; raises `InputError` for any other text."""
    try:
        spec = json.loads(text)
        if spec.get("format") != FORMAT:
            raise InputError(f"not a Bandstand structure: its format is {spec.get('format')!r}")
        exchange = spec.get("exchange", {})
        return Structure(
            pay_basis=str(spec["pay_basis"]),
            currency=str(spec["currency"]),
            month=str(parse_month(spec["month"])),
            markets=tuple(_market(level) for level in spec["markets"]),
            settings=RangeSettings(**spec["settings"]),
            places=tuple(
                PlaceRatio(str(r["place"]), float(r["factor"]), str(r["basis"]))
                for r in spec["places"]
            ),
            set_ranges={
                key: Ends(float(e["minimum"]), float(e["midpoint"]), float(e["maximum"]))
                for key, e in spec["set_ranges"].items()
            },
            exchange=float(exchange["per_usd"]) if exchange else None,
            exchange_source=str(exchange.get("source", "")),
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        if isinstance(error, InputError):
            raise
        raise InputError(f"not a Bandstand structure: {error!r}") from error


def checksum(name: str, version: int, spec: str) -> str:
    """What tells a version of a structure from all others: of its name, number and content."""
    return hashlib.sha256(f"{name}\n{version}\n{spec}".encode()).hexdigest()[:16]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with all numbers as floats, so that equal structures are equal texts."""
    return {k: float(v) if isinstance(v, int | float) else v for k, v in values.items()}


def _market_fields(level: MarketLevel) -> dict[str, Any]:
    """The fields of a market figure; specs of those without the later ones stay as they were."""
    later = ("code", "chosen")
    return {name: value for name, value in vars(level).items() if name not in later or value}


def _market(level: Mapping[str, Any]) -> MarketLevel:
    market, low, high = (
        None if (pay := level[end]) is None else float(pay) for end in ("market", "low", "high")
    )
    return MarketLevel(
        str(level["function"]), str(level["level"]), str(level["track"]), float(level["grade"]),
        market, low, high, float(level["percentile"]), str(level["source"]), str(level["status"]),
        str(level.get("code", "")), str(level.get("chosen", "")),
    )  # fmt: skip
