"""Fits of the modelled ladder, stored beside the seeds so that a build need not repeat them.

A fit takes half a second and depends on nothing but its inputs, so each is
stored under a digest of them. Without the file a build is only slower.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analytics.errors import SeedError
from analytics.ladder_model import Assumptions, LadderFit, fit_ladder

#: Raise it when `fit_ladder` gives other answers to the same inputs; then `bandstand fit ladder`.
MODEL_VERSION = 1
FILE_NAME = "ladder_fits.json"
#: Where the fits that come with the program are.
SHIPPED = Path(__file__).parent.parent / "seeds"
_ARRAYS = ("log_median", "sigma", "share", "mixture")


@dataclass(frozen=True)
class FitInputs:
    """Everything that a fit depends on; see `fit_ladder` for the meaning of each."""

    published: Mapping[float, float]
    anchor: float
    assumptions: Assumptions

    def fit(self) -> LadderFit:
        """The fit, computed."""
        return fit_ladder(self.published, self.anchor, self.assumptions)

    def digest(self) -> str:
        """SHA-256 of the inputs and the model's version."""
        inputs = {
            "model": MODEL_VERSION,
            "published": {repr(float(p)): float(pay) for p, pay in self.published.items()},
            "anchor": float(self.anchor),
            "assumptions": {name: float(x) for name, x in vars(self.assumptions).items()},
        }
        return hashlib.sha256(json.dumps(inputs, sort_keys=True).encode()).hexdigest()


def fit_scenarios(
    scenarios: Mapping[str, FitInputs],
    stored: Mapping[str, LadderFit],
    on_progress: Callable[[float], None] = lambda _: None,
) -> dict[str, LadderFit]:
    """One fit for each scenario: the stored one for the same inputs, else a new one.

    ``on_progress`` is told the share of scenarios that are done.
    """
    fits = {}
    for done, (name, inputs) in enumerate(scenarios.items(), 1):
        fits[name] = stored.get(inputs.digest()) or inputs.fit()
        on_progress(done / len(scenarios))
    return fits


def read_fits(folder: Path) -> dict[str, LadderFit]:
    """The stored fits of a seed folder by digest, none without the file; raises `SeedError`."""
    try:
        content = json.loads((folder / FILE_NAME).read_text(encoding="utf-8"))
        return {
            digest: LadderFit(
                **{name: np.array(fit[name], dtype=float) for name in _ARRAYS},
                worst_miss=float(fit["worst_miss"]),
            )
            for digest, fit in content.items()
        }
    except FileNotFoundError:
        return {}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SeedError(
            f"{FILE_NAME}: holds no ladder fits ({error}); delete it, or make it anew with "
            "'bandstand fit ladder'"
        ) from error


def fits_as_json(scenarios: Mapping[str, FitInputs], fits: Mapping[str, LadderFit]) -> str:
    """The content of the file: a line for each fit, the scenario for readers.

    Logs and shares to a millionth of a millionth; more digits are not the fit's.
    """
    lines = []
    for name, inputs in scenarios.items():
        fit = fits[name]
        arrays = {array: getattr(fit, array).round(12).tolist() for array in _ARRAYS}
        entry = {"scenario": name, **arrays, "worst_miss": fit.worst_miss}
        lines.append(f'"{inputs.digest()}": {json.dumps(entry)}')
    return "{\n" + ",\n".join(lines) + "\n}\n"
