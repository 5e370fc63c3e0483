"""The gap from a person's work to another level: ratings, notes and goals, as saved."""

import json
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.errors import InputError
from analytics.jobs.gap_criteria import KINDS, Criterion

FORMAT = "bandstand gap 1"
RATINGS = ("yes", "partly", "not yet")
GONE = "no longer in the taxonomy"
#: Goals are due in these years.
FIRST_YEAR, LAST_YEAR = 2000, 2099
_MAX_TEXT, _MAX_PERSON, _MAX_ROWS = 20_000, 200, 5_000
_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_FIELDS = ("format", "profile", "profile_name", "target", "target_name", "person", "criteria",
           "goals")  # fmt: skip
#: The field of a gap that is tied to somebody of a roster; others lack it.
_EMPLOYEE = "employee_id"


@dataclass(frozen=True)
class Assessment:
    """How far a criterion is met: ``rating`` is yes, partly or not yet, empty if not rated."""

    criterion: Criterion
    rating: str = ""
    note: str = ""


@dataclass(frozen=True)
class Goal:
    """What will be done about a criterion by a day such as ``2027-03-31``."""

    text: str
    due: str
    criterion: Criterion


@dataclass(frozen=True)
class GapPlan:
    """The gap of one person from a profile to a target, as it is saved.

    Codes and criteria that the taxonomy no longer has are valid: they are kept.
    ``employee_id`` ties it to somebody of a roster; it is empty for nobody's.
    Raises `InputError` for anything else that is wrong.
    """

    profile: str
    profile_name: str
    target: str
    target_name: str
    person: str = ""
    assessments: tuple[Assessment, ...] = ()
    goals: tuple[Goal, ...] = ()
    employee_id: str = ""

    def __post_init__(self) -> None:
        for name in ("profile", "target", "profile_name", "target_name"):
            _check_text(name, getattr(self, name), needed=not name.endswith("_name"))
        _check_text("person", self.person, most=_MAX_PERSON)
        _check_text("employee id", self.employee_id, most=_MAX_PERSON)
        if max(len(self.assessments), len(self.goals)) > _MAX_ROWS:
            raise InputError(f"a gap has {_MAX_ROWS:,} criteria and goals at most")
        for n, row in enumerate(self.assessments, 1):
            _check_assessment(f"criterion {n}", row)
        criteria = {row.criterion for row in self.assessments}
        if len(criteria) < len(self.assessments):
            raise InputError("a criterion stands in the gap twice; leave one of them out")
        for n, goal in enumerate(self.goals, 1):
            _check_goal(f"goal {n}", goal, criteria)

    def to_json(self) -> str:
        """The plan as JSON; `from_json` reads it back unchanged."""
        places = {row.criterion: n for n, row in enumerate(self.assessments, 1)}
        return json.dumps(
            {
                "format": FORMAT,
                **{name: getattr(self, name) for name in _FIELDS[1:6]},
                **({_EMPLOYEE: self.employee_id} if self.employee_id else {}),
                "criteria": [
                    {**vars(row.criterion), "rating": row.rating, "note": row.note}
                    for row in self.assessments
                ],
                "goals": [
                    {"text": g.text, "due": g.due, "criterion": places[g.criterion]}
                    for g in self.goals
                ],
            },
            ensure_ascii=False,
            indent=2,
        )

    @classmethod
    def from_json(cls, text: str) -> "GapPlan":
        """The plan in some JSON; raises `InputError`, saying what is wrong and where."""
        try:
            fields = json.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError(f"not a gap of Bandstand: no JSON ({error})") from error
        if not isinstance(fields, dict) or fields.get("format") != FORMAT:
            raise InputError(f"not a gap of Bandstand: its format is not {FORMAT!r}")
        employee = _text(_EMPLOYEE, fields.pop(_EMPLOYEE, ""))
        _check_keys("the gap", fields, _FIELDS)
        assessments = [
            _assessment(f"criterion {n}", row)
            for n, row in enumerate(_list("criteria", fields["criteria"]), 1)
        ]
        goals = [
            _goal(f"goal {n}", row, assessments)
            for n, row in enumerate(_list("goals", fields["goals"]), 1)
        ]
        labels = {name: _text(name, fields[name]) for name in _FIELDS[1:6]}
        rows, set_goals = tuple(assessments), tuple(goals)
        return cls(**labels, assessments=rows, goals=set_goals, employee_id=employee)

    def with_criteria(self, criteria: Sequence[Criterion]) -> "GapPlan":
        """The plan with what the taxonomy asks now, then what it no longer asks; none is lost."""
        rated = {row.criterion: row for row in self.assessments}
        rows = [rated.pop(criterion, Assessment(criterion)) for criterion in criteria]
        return replace(self, assessments=(*rows, *rated.values()))


@dataclass(frozen=True)
class DimensionGap:
    """How many criteria of a dimension are met, partly met, not yet met and not rated."""

    dimension: str
    yes: int
    partly: int
    not_yet: int
    not_rated: int

    @property
    def remaining(self) -> int:
        """How many are not met in full."""
        return self.partly + self.not_yet + self.not_rated


@dataclass(frozen=True)
class GapRow:
    """A criterion or a goal of a plan as a row of its export."""

    part: str
    kind: str
    dimension: str
    criterion: str
    rating: str
    note: str
    goal: str
    due: str
    taxonomy: str


def gap_by_dimension(assessments: Iterable[Assessment]) -> list[DimensionGap]:
    """What is met and what remains, dimension by dimension, in the order of the criteria."""
    ratings: dict[str, list[str]] = {}
    for row in assessments:
        ratings.setdefault(row.criterion.dimension, []).append(row.rating)
    return [
        DimensionGap(dimension, *(given.count(rating) for rating in (*RATINGS, "")))
        for dimension, given in ratings.items()
    ]


def gap_rows(plan: GapPlan, criteria: Iterable[Criterion]) -> list[GapRow]:
    """A plan as rows: its criteria, then its goals; ``criteria`` are what the taxonomy asks now."""
    current = set(criteria)

    def taxonomy(criterion: Criterion) -> str:
        return "current" if criterion in current else GONE

    rows = [
        GapRow("criterion", c.kind, c.dimension, c.text, a.rating, a.note, "", "", taxonomy(c))
        for a in plan.assessments
        for c in [a.criterion]
    ]
    return rows + [
        GapRow("goal", c.kind, c.dimension, c.text, "", "", g.text, g.due, taxonomy(c))
        for g in plan.goals
        for c in [g.criterion]
    ]


def check_day(where: str, text: str) -> None:
    """Raise `InputError` unless a text is a day from 2000 to 2099, such as ``2027-03-31``."""
    match = _DAY.fullmatch(text)
    year, month, day = map(int, match.groups()) if match else (0, 0, 0)
    valid = FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12
    if not valid or not 1 <= day <= monthrange(year, month)[1]:
        raise InputError(
            f"{where}: {text[:40]!r} is not a day from {FIRST_YEAR} to {LAST_YEAR}; write it like "
            "2027-03-31"
        )


def _check_assessment(where: str, row: Assessment) -> None:
    if row.criterion.kind not in KINDS:
        raise InputError(
            f"{where}: the kind {row.criterion.kind[:40]!r} is not one of {', '.join(KINDS)}"
        )
    _check_text(f"{where}, dimension", row.criterion.dimension, needed=True)
    _check_text(f"{where}, text", row.criterion.text, needed=True)
    if row.rating not in ("", *RATINGS):
        raise InputError(
            f"{where}: the rating {row.rating[:40]!r} is not one of {', '.join(RATINGS)}, or empty"
        )
    _check_text(f"{where}, note", row.note)


def _check_goal(where: str, goal: Goal, criteria: set[Criterion]) -> None:
    _check_text(f"{where}, text", goal.text, needed=True)
    check_day(where, goal.due)
    if goal.criterion not in criteria:
        raise InputError(f"{where}: its criterion is not one of the gap's; tie it to one that is")


def _check_text(where: str, text: str, *, needed: bool = False, most: int = _MAX_TEXT) -> None:
    if needed and not text.strip():
        raise InputError(f"{where}: is empty; fill it in")
    if len(text) > most:
        raise InputError(f"{where}: has {len(text):,} characters; {most:,} is the most")
    if text.encode("utf-8", "ignore").decode("utf-8") != text:
        raise InputError(f"{where}: holds a character that is not text; remove it")


def _check_keys(where: str, fields: Mapping[str, Any], names: Sequence[str]) -> None:
    missing = [name for name in names if name not in fields]
    unknown = [name for name in fields if name not in names]
    if missing or unknown:
        problem = f"lacks {', '.join(missing)}" if missing else f"has unknown {', '.join(unknown)}"
        raise InputError(f"not a gap of Bandstand: {where} {problem[:200]}")


def _list(where: str, value: object) -> list[object]:
    if not isinstance(value, list):
        raise InputError(f"not a gap of Bandstand: {where} is not a list")
    return value


def _text(where: str, value: object) -> str:
    if not isinstance(value, str):
        raise InputError(f"not a gap of Bandstand: {where} is not text")
    return value


def _texts(where: str, row: object, names: Sequence[str]) -> dict[str, Any]:
    """An object with exactly some keys; ``criterion`` aside, all of them are text."""
    if not isinstance(row, dict):
        raise InputError(f"not a gap of Bandstand: {where} is not an object")
    _check_keys(where, row, names)
    for name in names:
        if name != "criterion":
            _text(f"{where}, {name}", row[name])
    return row


def _assessment(where: str, row: object) -> Assessment:
    fields = _texts(where, row, ("kind", "dimension", "text", "rating", "note"))
    criterion = Criterion(fields["kind"], fields["dimension"], fields["text"])
    return Assessment(criterion, fields["rating"], fields["note"])


def _goal(where: str, row: object, assessments: Sequence[Assessment]) -> Goal:
    fields = _texts(where, row, ("text", "due", "criterion"))
    place = fields["criterion"]
    if type(place) is not int or not 1 <= place <= len(assessments):
        raise InputError(
            f"not a gap of Bandstand: {where}, criterion: {str(place)[:40]!r} is not the number of "
            "one of its criteria"
        )
    return Goal(fields["text"], fields["due"], assessments[place - 1].criterion)
