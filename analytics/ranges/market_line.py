"""The market line: market pay by grade, fitted by least squares, with its interval."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.errors import InputError

#: The interval around the line holds the line itself with this confidence.
CONFIDENCE = 0.90


@dataclass(frozen=True)
class MarketLine:
    """Pay at a grade: intercept + slope × grade, in logs where ``logarithmic``.

    ``residuals`` are the points' distances from the line, in the order given: of log pay
    where logarithmic, so that 0.1 is about 10 percent above the line. ``error`` is their
    standard error with n − 2 degrees of freedom; None for two points, which leave none.
    """

    intercept: float
    slope: float
    logarithmic: bool
    residuals: tuple[float, ...]
    error: float | None
    grades: tuple[float, ...]

    def pay(self, grade: float) -> float:
        """Pay at a grade."""
        return self._pay(self.intercept + self.slope * grade)

    def interval(self, grade: float) -> tuple[float, float] | None:
        """The `CONFIDENCE` interval of the line at a grade; None where two points made it.

        Source: the confidence interval of the mean response, t · s · √(1/n + (x − x̄)²/Sxx)
        (Draper and Smith, *Applied Regression Analysis*, 3rd ed. 1998, section 3.1).
        """
        from scipy.special import stdtrit  # only here: a start of the dashboard is spared it

        if self.error is None:
            return None
        x = np.asarray(self.grades)
        spread = float(((x - x.mean()) ** 2).sum())
        far = 1 / len(x) + (grade - float(x.mean())) ** 2 / spread
        reach = float(stdtrit(len(x) - 2, (1 + CONFIDENCE) / 2)) * self.error * far**0.5
        middle = self.intercept + self.slope * grade
        return self._pay(middle - reach), self._pay(middle + reach)

    @property
    def progression(self) -> float:
        """How much pay rises from one grade to the next along a logarithmic line."""
        return float(np.expm1(self.slope)) if self.logarithmic else float("nan")

    def _pay(self, value: float) -> float:
        return float(np.exp(value)) if self.logarithmic else value


def fit_market_line(
    grades: Sequence[float], pay: Sequence[float], *, logarithmic: bool = True
) -> MarketLine:
    """Fit market pay, above 0, on grade by least squares.

    Raises `InputError` for fewer than two different grades, or pay not above 0.

    >>> line = fit_market_line([10, 35, 60], [2_500, 3_750, 5_000], logarithmic=False)
    >>> round(line.slope, 6), round(line.intercept, 6), round(line.pay(25), 6)
    (50.0, 2000.0, 3250.0)
    """
    x, y = np.asarray(grades, float), np.asarray(pay, float)
    if len(set(x.tolist())) < 2:
        raise InputError(
            "a market line needs market figures of at least two grades; take midpoints straight "
            "from the market"
        )
    if not (np.isfinite(y) & (y > 0)).all():
        raise InputError("a market line needs pay above 0 at each grade")
    fitted = np.log(y) if logarithmic else y
    middle, mean = x - x.mean(), fitted.mean()
    slope = float((middle * (fitted - mean)).sum() / (middle**2).sum())
    intercept = float(mean - slope * x.mean())
    residuals = fitted - (intercept + slope * x)
    free = len(x) - 2
    error = float(np.sqrt((residuals**2).sum() / free)) if free > 0 else None
    return MarketLine(
        intercept, slope, logarithmic, tuple(residuals.tolist()), error, tuple(x.tolist())
    )
