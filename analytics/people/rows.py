"""Typed rows of people against their ranges, for charts and pages."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PeopleGroup:
    """A row of a group table: heads by position, the ratios and the costs of a group."""

    group: str
    people: int
    fte: float
    with_range: int
    without_range: int
    compa_ratio: float | None
    median_compa_ratio: float | None
    below_minimum: int
    quarter_1: int
    quarter_2: int
    quarter_3: int
    quarter_4: int
    above_maximum: int
    to_minimum: float
    over_maximum: float
    market_index: float | None
    currency: str

    @property
    def counts(self) -> tuple[int, ...]:
        """Heads by position, from below the minimum to above the maximum."""
        quarters = (self.quarter_1, self.quarter_2, self.quarter_3, self.quarter_4)
        return (self.below_minimum, *quarters, self.above_maximum)


@dataclass(frozen=True)
class PersonPay:
    """Somebody's full-time pay on a level, and where it stands in the range."""

    employee_id: str
    level: str
    pay: float
    position: str
    compa_ratio: float | None


@dataclass(frozen=True)
class LevelPay:
    """How many people of a level there are, and their full-time pay at five percentiles."""

    level: str
    people: int
    p10: float
    p25: float
    p50: float
    p75: float
    p90: float


@dataclass(frozen=True)
class LevelRange:
    """A range that people of a level are on, or all of a level's ranges together."""

    level: str
    minimum: float
    midpoint: float
    maximum: float
    people: int
