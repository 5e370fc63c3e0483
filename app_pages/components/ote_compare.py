"""Saved plans side by side: every setting a number with its unit."""

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from analytics.rows import SavedVersion
from analytics.units import with_units
from app_pages import cache
from app_pages.components import downloads
from app_pages.components.tables import Table

#: Settings of a saved plan that are numbers, by their keys: the words, and the unit.
_SETTINGS = {
    "ote": ("On-target earnings", "USD"),
    "base_pay": ("Base", "USD"),
    "variable_pay": ("Variable at target", "USD"),
    "base_share": ("Base, share of on-target earnings", "percent"),
    "threshold": ("Threshold", "percent"),
    "at_threshold": ("Payout at threshold", "percent"),
    "cap": ("Cap; 0 is none", "percent"),
    "reach": ("Attainment as typed", "percent"),
    "sd": ("Standard deviation of attainment", "percent"),
    "people": ("People on the plan", "count"),
    "equity_year": ("Equity a year", "USD"),
    "sign_on": ("Sign-on", "USD"),
    "sign_on_years": ("Sign-on spread over", "years"),
    "most_equity": ("Equity, at most, of a total", "percent"),
}
_OF_MEASURE = ("weight", "floor", "target", "result")


def compare_saved(rows: list[SavedVersion]) -> None:
    """Saved plans compared, setting by setting."""
    names = [f"{row.name}, version {row.version}" for row in rows]
    picked = st.multiselect("Compare saved plans", names, max_selections=4) if rows else []
    if len(picked) < 2:
        return
    specs = {n: json.loads(r.spec) for n, r in zip(names, rows, strict=True) if n in picked}
    table = comparison(specs)
    Table.of(table).show("compared plans", "Saved plans side by side", first=())
    downloads.offer_table(table, "compared plans", {}, cache.source_table().frame)


def comparison(specs: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """One row a setting and one column a plan; a plan without a setting has no number there."""
    plans = {name: _numbers(spec) for name, spec in specs.items()}
    settings = dict.fromkeys(key for numbers in plans.values() for key in numbers)
    table = pd.DataFrame(
        [
            {"setting": label, "unit": unit}
            | {name: numbers.get((label, unit)) for name, numbers in plans.items()}
            for label, unit in settings
        ]
    )
    units = {"setting": "text", "unit": "text", **dict.fromkeys(plans, "by unit")}
    return with_units(table.astype(dict.fromkeys(plans, "float64")), units)


def _numbers(spec: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """The numbers of a saved plan, by their words and unit; measures and steps one by one."""
    numbers: dict[tuple[str, str], float] = {}
    for key, setting in _SETTINGS.items():
        value = _base_share(spec) if key == "base_share" else spec.get(key)
        if value is not None:
            numbers[setting] = float(value)
    for measure in spec.get("measures", ()):
        for part in _OF_MEASURE:
            numbers[f"{measure['measure']}, {part}", "percent"] = float(measure[part])
    for i, step in enumerate(spec.get("steps", ()), 1):
        numbers[f"Step {i} above target, from attainment", "percent"] = float(step["from"])
        numbers[f"Step {i} above target, points paid a point", "ratio"] = float(step["rate"])
    return numbers


def _base_share(spec: Mapping[str, Any]) -> float | None:
    """Base in percent of on-target earnings, where the plan states a split."""
    split = str(spec.get("plan_split", ""))
    if "/" in split:
        return float(split.split("/")[0])
    return spec.get("own_split") if split == "Own" else None
