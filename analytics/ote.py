"""On-target earnings: how target cash divides into base and variable pay."""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from analytics.errors import InputError

Array = NDArray[np.float64]

_SPLIT = re.compile(r"\s*(\d{1,3}(?:\.\d+)?)\s*/\s*(\d{1,3}(?:\.\d+)?)\s*")

#: Shown wherever a band is split.
NOT_DECOMPOSABLE = (
    "A split belongs to one package, not to a percentile. The figures show how a package worth "
    "that much divides; the P75 of base pay in the market is a different figure from the base of "
    "a P75 package, since those who earn the most are not all on the same split."
)
#: Shown as well where the pay that is split includes equity.
AT_MOST = (
    "Total compensation counts equity, which is neither base nor variable pay: the base shown is "
    "the most that it can be, and is less wherever there is equity."
)


@dataclass(frozen=True)
class Split:
    """Base as a share of target cash (on-target earnings), above 0 and at most 1."""

    base_share: float

    def __post_init__(self) -> None:
        if not 0 < self.base_share <= 1:
            raise InputError(
                f"base is {self.base_share:.0%} of on-target earnings; it must be above 0 and at "
                "most 100 %"
            )

    @property
    def label(self) -> str:
        """The way comp teams write it: ``80/20``."""
        base = 100 * self.base_share
        return f"{base:g}/{100 - base:g}"


def parse_split(text: str) -> Split:
    """The split in ``80/20``: base over variable, percent of target cash.

    Raises `InputError` unless it is two numbers that sum to 100.
    """
    match = _SPLIT.fullmatch(text)
    if not match or abs(float(match[1]) + float(match[2]) - 100) > 1e-9:
        raise InputError(
            f"split {text!r} is not two parts that sum to 100; write base/variable, such as 80/20"
        )
    return Split(float(match[1]) / 100)


def base_and_variable(target_cash: ArrayLike, split: Split) -> tuple[Array, Array]:
    """Base and target variable pay of packages; they sum to ``target_cash``.

    OTE = base / base share, so base = share · OTE and the rest is variable.
    Of pay that includes equity this is the most that base can be.
    """
    cash = np.asarray(target_cash, dtype=float)
    if (cash < 0).any():
        raise InputError(f"target cash {cash.min():,.0f} is below 0")
    base = split.base_share * cash
    return base, cash - base


def target_cash_from_base(base: float, split: Split) -> float:
    """On-target earnings of a base salary under a split: base / base share."""
    return base / split.base_share
