"""Rows of jobs: profiles, ladders, and what their guides say."""

from dataclasses import dataclass


@dataclass(frozen=True)
class JobProfile:
    """A job profile and its place in the taxonomy."""

    code: str
    family: str
    function: str
    function_title: str
    focus: str
    focus_title: str
    ladder: str
    level: str
    track: str
    grade: int
    title: str

    @property
    def label(self) -> str:
        """The job as people say it: ``Customer Success Management, Senior · P4``."""
        return f"{self.focus_title}, {self.title} · {self.level}"


@dataclass(frozen=True)
class LadderLevel:
    """A level of a ladder, from the bottom up by ``ordinal``."""

    ladder: str
    ladder_title: str
    level: str
    track: str
    ordinal: int
    grade: int
    title: str
    title_source: str
    grade_source: str


@dataclass(frozen=True)
class LevelCriterion:
    """What a level asks in one dimension."""

    level: str
    dimension: str
    descriptor: str


@dataclass(frozen=True)
class Responsibility:
    """One thing that a job does at a level."""

    level: str
    responsibility: str


@dataclass(frozen=True)
class GuideFunction:
    """A function that has a role guide, and how much it holds."""

    function: str
    title: str
    entries: int
    phrases: int


@dataclass(frozen=True)
class GuideEntry:
    """One row of a role guide; ``low`` without ``high`` means and more.

    ``cites`` numbers rows of the guide's own sources; ``source`` is Bandstand's.
    """

    section: str
    topic: str
    name: str
    text: str
    detail: str
    low: float
    high: float
    unit: str
    document_section: str
    cites: str
    source: str


@dataclass(frozen=True)
class GuidePhrase:
    """A phrase of job descriptions: what it means, and what to ask before signing."""

    phrase: str
    pattern: str
    meaning: str
    ask_at_offer: str
    document_section: str
    cites: str
    source: str


@dataclass(frozen=True)
class ReviewScore:
    """A profile's score in one dimension of its review."""

    dimension: str
    score: float


@dataclass(frozen=True)
class Experience:
    """Years of experience that a source names for a level; no ``high`` means and more."""

    kind: str
    low: float
    high: float
    note: str


@dataclass(frozen=True)
class OtherTitle:
    """Another title of a job, and whose word that is."""

    title: str
    said_by: str
    source: str


@dataclass(frozen=True)
class AdjacentProfile:
    """Another profile by its distance."""

    code: str
    title: str
    distance: float
