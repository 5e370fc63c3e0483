"""Which job of a taxonomy a title means, how sure that is, and why.

The work is compared word by word, rarer words weighing more and misspelt ones
counting for what they resemble (soft TF-IDF: Cohen, Ravikumar and Fienberg,
2003); the level words decide among the levels of the work that is meant.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, prod, sqrt

from rapidfuzz import fuzz, process

from analytics.jobs.titles import (
    MANAGEMENT,
    Parts,
    TitleReader,
    TitleReading,
    Vocabulary,
    is_other_work,
    parts_of,
    stem,
    stems_of,
    words_of,
)

#: Below this a match is no good one, and nothing is offered.
GOOD = 0.50
#: A name of work that resembles the title less than this is another work.
_ALIKE = 0.72
#: Two words that resemble each other less are different words.
_SPELT = 85
#: Shorter words are too easily taken for one another.
_SHORTEST = 5
#: Weight of a word that no name of work has, and of a role word such as specialist.
_UNKNOWN, _ROLE = 0.70, 0.20
#: How sure an exact title is, by what it was found as.
_SURE = {"correction": 1.0, "alias": 0.97, "title": 0.95}
_BY_WORDS, _BY_SKILL, _BY_PART = 0.93, 0.75, 0.95
_KINDS = {"correction": "your correction", "alias": "alias", "title": "title"}


@dataclass(frozen=True)
class KnownTitle:
    """A title that is known to mean a job; ``kind`` is correction, alias or title."""

    title: str
    kind: str


@dataclass(frozen=True)
class Job:
    """A job that titles can mean.

    ``work`` names its field of work; ``titles`` are known to mean the job itself;
    ``skills`` are those that only its field of work calls for.
    """

    code: str
    level: str
    title: str
    track: str
    grade: int
    field: str
    work: tuple[str, ...]
    titles: tuple[KnownTitle, ...] = ()
    skills: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A job that a title may mean; ``confidence`` runs from 0 to 1."""

    code: str
    level: str
    title: str
    confidence: float
    reason: str


class Matcher:
    """Finds the jobs that titles mean; make it once, ask it often."""

    def __init__(self, vocabulary: Vocabulary, jobs: Iterable[Job]) -> None:
        self._vocabulary = vocabulary
        self._fields: dict[str, list[Job]] = defaultdict(list)
        self._exact: dict[tuple[str, ...], dict[Job, list[KnownTitle]]] = defaultdict(dict)
        self._skills: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._corrected: dict[str, Job] = {}
        names: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._as_written: dict[tuple[str, ...], str] = {}
        spelling = set(vocabulary.role) | {w for phrase in vocabulary.levels for w in phrase}
        for job in jobs:
            self._fields[job.field].append(job)
            for name in job.work:
                stems = stems_of(name, vocabulary)
                names[stems].add(job.field)
                self._as_written.setdefault(stems, name)
                spelling.update(words_of(name, vocabulary))
            for known in job.titles:
                if known.kind == "correction":
                    self._corrected[_literal(known.title)] = job
                self._exact[words_of(known.title, vocabulary)].setdefault(job, []).append(known)
            for skill in job.skills:
                self._skills[stems_of(skill, vocabulary)].add(job.field)
        self._names = {stems: sorted(fields) for stems, fields in names.items() if stems}
        self._reader = TitleReader(vocabulary, self._names)
        self._other_names = [
            stems for stems, name in self._as_written.items() if is_other_work(name, vocabulary)
        ]
        self._known = sorted(spelling)
        self._stems = frozenset(map(stem, spelling))
        self._index()
        self._used = self._level_words_in_use()
        self._alike = lru_cache(maxsize=65_536)(self._work_alike)
        self._spell = lru_cache(maxsize=65_536)(self._as_spelt)

    def match(self, title: str, most: int = 5) -> list[Match]:
        """The jobs that ``title`` may mean, the surest first; none when no match is good."""
        if corrected := self._corrected.get(_literal(title)):
            return [_match(corrected, 1.0, f"your correction “{title.strip()}”")]
        if is_other_work(title, self._vocabulary) and not self._names_other(title):
            return []
        given = parts_of(title, self._vocabulary)
        parts = tuple(tuple(self._spell(word)[0] for word in part) for part in given)
        sure = prod(self._spell(word)[1] for part in given for word in part)
        found: dict[str, Match] = {}
        for match in (*self._by_words(parts, sure), *self._by_title(parts, sure)):
            known = found.get(match.code)
            if match.confidence >= GOOD and (not known or known.confidence < match.confidence):
                found[match.code] = match
        ranked = sorted(found.values(), key=lambda m: (-m.confidence, _rank(m.level), m.code))
        return ranked[:most]

    def _names_other(self, title: str) -> bool:
        """Whether a field of work is itself called by one of those words."""
        stems = set(stems_of(title, self._vocabulary))
        return any(set(name) <= stems for name in self._other_names)

    def _by_title(self, parts: Parts, sure: float) -> list[Match]:
        jobs = self._exact.get(tuple(chain.from_iterable(parts)), {})
        most = max((len(known) for known in jobs.values()), default=0)
        found = []
        for job, known in jobs.items():
            best = max(known, key=lambda k: (_SURE[k.kind], -len(k.title)))
            # A title that several sources give to a job speaks louder than one that one does.
            shared = 1 if best.kind == "correction" else 0.6 + 0.4 * len(known) / most
            reason = f"{_KINDS[best.kind]} “{best.title}”"
            found.append(_match(job, sure * _SURE[best.kind] * shared, reason))
        return found

    def _by_words(self, parts: Parts, sure: float) -> list[Match]:
        reading = self._reader.read(parts)
        found = []
        for field, (alike, why) in self._fields_meant(reading.work).items():
            for job in self._fields[field]:
                fit, level = self._level_fit(reading, job)
                found.append(_match(job, sure * _BY_WORDS * alike * fit, f"{why}; {level}"))
        return found

    def _fields_meant(self, work: Parts) -> dict[str, tuple[float, str]]:
        """Fields of work that the words resemble as a whole, or one part of them does."""
        meant = dict(self._alike(tuple(chain.from_iterable(work))))
        for part in work if len(work) > 1 else ():
            for field, (alike, why) in self._alike(part).items():
                if _BY_PART * alike > meant.get(field, (0.0, ""))[0]:
                    meant[field] = (_BY_PART * alike, why)
        return meant

    def _level_fit(self, reading: TitleReading, job: Job) -> tuple[float, str]:
        """How well a job's level fits what the title says of it, 0 to 1, and in words."""
        if reading.grade is None:
            # A bare title mostly means the full job, done with some guidance or none.
            fit = {2: 0.85, 3: 0.80, 1: 0.60, 4: 0.60}.get(job.grade, 0.45)
            return (fit if job.track != MANAGEMENT else 0.45), "the title names no level"
        fit = max(0.25, 1 - 0.22 * abs(reading.grade - job.grade))
        if reading.track != job.track:
            fit *= 0.6
        # Where known titles of this work use the level word, they have as much say.
        if used := self._used.get((job.field, reading.said)):
            fit = (fit + used.get(job.code, 0) / max(used.values())) / 2
        return fit, f"level word: {reading.said}"

    def _work_alike(self, work: tuple[str, ...]) -> dict[str, tuple[float, str]]:
        """Fields of work that resemble the words, each with how much and why."""
        own = [(self._weight.get(word, self._weigh(word)), word) for word in work]
        length = sqrt(sum(w * w for w, _ in own))
        if not length:
            return {}
        dots: dict[tuple[str, ...], float] = defaultdict(float)
        for weight, word in own:
            for name in self._holders.get(word, ()):
                dots[name] += weight * self._weight[word]
        best: dict[str, tuple[float, str]] = {}
        for name, dot in dots.items():
            alike = min(1.0, dot / length / self._length[name])
            # One word alone, among others that are unknown, names no field of work.
            strange = any(word not in self._holders for word in work)
            if strange and sum(word not in self._role for word in name) == 1:
                alike *= 0.8
            if alike < _ALIKE:
                continue
            for field in self._names[name]:
                if alike > best.get(field, (0.0, ""))[0]:
                    best[field] = (alike, f"title words, as in “{self._as_written[name]}”")
        for field, skill in self._fields_of_skill(work):
            if best.get(field, (0.0, ""))[0] < _BY_SKILL:
                best[field] = (_BY_SKILL, f"skill words: {skill}")
        return best

    def _fields_of_skill(self, work: Sequence[str]) -> list[tuple[str, str]]:
        """Fields that alone call for a skill which the words name, and nothing else."""
        bare = tuple(word for word in work if word not in self._role)
        return [(field, " ".join(bare)) for field in self._skills.get(bare, ()) if bare]

    def _index(self) -> None:
        vocabulary, names = self._vocabulary, self._names
        self._role = frozenset(map(stem, vocabulary.role))
        self._holders: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in names:
            for word in dict.fromkeys(name):
                self._holders[word].append(name)
        rarest = log(1 + len(names)) if names else 1.0
        self._weight = {
            word: self._weigh(word, log(1 + len(names) / len(held)) / rarest)
            for word, held in self._holders.items()
        }
        self._length = {n: sqrt(sum(self._weight[w] ** 2 for w in n)) for n in names}

    def _level_words_in_use(self) -> dict[tuple[str, str], dict[str, int]]:
        """Field and level word → how many known titles with it mean each job."""
        used: dict[tuple[str, str], dict[str, int]] = {}
        for job in (job for jobs in self._fields.values() for job in jobs):
            for known in job.titles:
                reading = self._reader.read(parts_of(known.title, self._vocabulary))
                # One correction speaks of its title alone, not of every title with the word.
                if known.kind != "correction" and reading.said and reading.single:
                    count = used.setdefault((job.field, reading.said), {})
                    count[job.code] = count.get(job.code, 0) + 1
        return used

    def _weigh(self, word: str, rarity: float = _UNKNOWN) -> float:
        return _ROLE if word in self._role else rarity

    def _as_spelt(self, word: str) -> tuple[str, float]:
        """A known word for a misspelt one, and how alike the two are; else the word itself."""
        if len(word) < _SHORTEST or stem(word) in self._stems:
            return word, 1.0
        near = process.extractOne(word, self._known, scorer=fuzz.ratio, score_cutoff=_SPELT)
        return (near[0], near[1] / 100) if near else (word, 1.0)


def _literal(title: str) -> str:
    return " ".join(title.casefold().split())


def _match(job: Job, confidence: float, reason: str) -> Match:
    return Match(job.code, job.level, job.title, round(confidence, 2), reason)


def _rank(level: str) -> tuple[int, str]:
    return (0 if level.startswith("P") else 1, level)
