"""What a function's own ladder is modelled under: a team's assumptions, else stated defaults."""

from collections.abc import Collection, Mapping
from dataclasses import fields, replace
from math import log
from statistics import NormalDist

import numpy as np

from analytics.errors import InputError
from analytics.ladder_model import MANAGEMENT, PROFESSIONAL, Assumptions

#: The scenario that the figures are from; the others make their intervals.
DEFAULT = "default"
#: Pay of M6, which is no field of `Assumptions`: a fit takes it beside them.
ANCHOR = "anchor"
PARAMETERS = (ANCHOR, *(field.name for field in fields(Assumptions)))
#: Firm enough that five published percentiles are met within 1 percent.
QUANTILE_TOLERANCE = 0.002
#: Spread inside a level as a share of that of the whole function, as it is for Customer
#: Success: .38 of the .53 that levels.fyi's percentiles spread by, in logs.
SHARE_OF_SPREAD = 0.71
#: So loose, in logs, that M6 is left to the published percentiles.
NO_ANCHOR_TOLERANCE = 5.0
#: A level that a ladder lacks has this share of its track's people: too few to count.
_NOBODY = 1e-6

Changes = Mapping[str, Mapping[str, float]]


def check_parameter(name: str, value: float) -> str:
    """Why a value can't be taken for a parameter; empty where it can.

    Shares, spans, tolerances, spreads and the anchor are above 0; a step, the parity
    gap and the trend of the spread lie from −1 to 1, in logs.
    """
    in_logs = ("professional_step", "management_step", "parity_gap", "dispersion_trend")
    if name in in_logs:
        return "" if -1 <= value <= 1 else "is outside -1 to 1"
    if not value > 0:
        return "is not above 0"
    if name.startswith("share_") and value > 1:
        return "is outside 0 to 1"
    if name == "dispersion" and value > 2:
        return "is outside 0 to 2"
    return ""


def model_scenarios(
    own: Changes, usual: Changes, levels: Collection[str], published: Mapping[float, float]
) -> dict[str, tuple[Assumptions, float | None]]:
    """The assumptions of each scenario with the anchor, pay of M6; None for no anchor.

    ``own`` are a team's changes by scenario and parameter, ``usual`` Bandstand's
    alternatives, which are tried where the team names none of its own. They move what
    the team gives by the ratio by which they move Bandstand's defaults. ``levels``
    are those of the ladder; the others get next to nobody. Raises `InputError` for an
    unknown parameter, an anchor without an M6, and a ladder without professional levels.
    """
    base = _base(own.get(DEFAULT, {}), published)
    anchor = own.get(DEFAULT, {}).get(ANCHOR)
    alternatives = {name: change for name, change in own.items() if name != DEFAULT}
    changes: dict[str, dict[str, float]] = {DEFAULT: {}}
    changes |= {name: dict(change) for name, change in alternatives.items()}
    if not alternatives:
        changes |= {
            name: {key: _moved(base, key, value) for key, value in change.items()}
            for name, change in usual.items()
            if name != DEFAULT and (anchor or not _of_anchor(change))
        }
    found = {}
    for name, change in changes.items():
        pay = change.pop(ANCHOR, anchor)
        assume = without_levels(base.changed(change), levels)
        if pay is None:
            assume = replace(assume, anchor_tolerance=NO_ANCHOR_TOLERANCE)
        elif "M6" not in levels:
            raise InputError("an anchor is the pay of M6, which the ladder does not have")
        found[name] = (assume, pay)
    return found


def without_levels(assume: Assumptions, levels: Collection[str]) -> Assumptions:
    """The assumptions with next to nobody on the levels that are not in ``levels``.

    Raises `InputError` where no professional level of the model is there.
    """
    if not set(levels) & set(PROFESSIONAL):
        raise InputError(f"the ladder has no professional level of {', '.join(PROFESSIONAL)}")
    shares = {f"share_{level.lower()}": _NOBODY for level in PROFESSIONAL if level not in levels}
    spans = np.array([getattr(assume, f"span_{level.lower()}") for level in MANAGEMENT])
    people = 1 / np.cumprod(spans)
    for i, level in enumerate(MANAGEMENT):
        people[i] = _NOBODY if level not in levels else people[i]
    # Each span is of the level below, so that a missing one moves its neighbor's too.
    ratios = np.r_[1.0, people[:-1]] / people
    changed = {
        f"span_{level.lower()}": float(ratio)
        for level, ratio, before in zip(MANAGEMENT, ratios, spans, strict=True)
        if not np.isclose(ratio, before)
    }
    return assume.changed({**shares, **changed})


def defaults_used(own: Changes) -> str:
    """What a team's assumptions leave to Bandstand's defaults, in words."""
    given = set(own.get(DEFAULT, {}))
    groups = {
        "steps": {"professional_step", "management_step"},
        "near-parity of the tracks": {"parity_gap"},
        f"spread inside a level ({SHARE_OF_SPREAD:.0%} of the whole)": {"dispersion"},
        "headcount of the professional levels": {n for n in PARAMETERS if n.startswith("share_")},
        "spans of control": {n for n in PARAMETERS if n.startswith("span_")},
    }
    usual = [words for words, names in groups.items() if not names & given]
    said = f"Bandstand's defaults for {', '.join(usual)}. " if usual else ""
    if ANCHOR not in given:
        said += "No pay of M6 is given: the top follows from the percentiles alone. "
    if set(own) <= {DEFAULT}:
        said += "Bandstand's alternatives make the interval."
    return said.strip()


def log_spread(published: Mapping[float, float]) -> float:
    """How far pay spreads, in logs per normal score, between the outermost percentiles."""
    low, high = min(published), max(published)
    scores = NormalDist().inv_cdf(high) - NormalDist().inv_cdf(low)
    return log(published[high] / published[low]) / scores


def _base(given: Mapping[str, float], published: Mapping[float, float]) -> Assumptions:
    usual = Assumptions(
        quantile_tolerance=QUANTILE_TOLERANCE,
        dispersion=round(SHARE_OF_SPREAD * log_spread(published), 6),
    )
    return usual.changed({name: value for name, value in given.items() if name != ANCHOR})


def _moved(base: Assumptions, name: str, value: float) -> float:
    """An alternative's value, moved as far from the team's own as from Bandstand's default."""
    usual = getattr(Assumptions(), name)
    return float(value * getattr(base, name) / usual) if usual else value


def _of_anchor(change: Mapping[str, float]) -> bool:
    return bool(change) and all(name.startswith("anchor_") for name in change)
