"""Match a job title to the jobs of a taxonomy, with a confidence and a reason.

The work words are compared with the names of each field of work; rarer words
weigh more, and misspelled ones count as the word they resemble (soft TF-IDF:
Cohen, Ravikumar and Fienberg, 2003). The level words then decide among the
levels of the field.
"""

from collections import Counter, defaultdict
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

#: Matches of a lower confidence are not offered.
MIN_CONFIDENCE = 0.50
#: A field of work whose names are less similar to the title than this is not meant.
_MIN_SIMILARITY = 0.72
#: Two words whose spellings are less similar than this (0–100) are different words.
_MIN_SPELLING = 85
#: Shorter words are too easily mistaken for one another to correct their spelling.
_MIN_LENGTH = 5
#: Weights of a word that no field's name has, and of a role word such as specialist.
_UNKNOWN_WEIGHT, _ROLE_WEIGHT = 0.70, 0.20
#: Confidence in an exact title, by where it is known from.
_TITLE_CONFIDENCE = {"correction": 1.0, "alias": 0.97, "title": 0.95}
_KIND_LABELS = {"correction": "your correction", "alias": "alias", "title": "title"}
#: Confidence in a match by all the words, by a skill, and by one part of the title.
_WORDS_CONFIDENCE, _SKILL_CONFIDENCE, _PART_CONFIDENCE = 0.93, 0.75, 0.95

#: Field of work → how similar the words are to it (0–1), and why.
Similarities = dict[str, tuple[float, str]]


@dataclass(frozen=True)
class KnownTitle:
    """A title that is known to mean a job; ``kind`` is correction, alias or title."""

    title: str
    kind: str


@dataclass(frozen=True)
class Job:
    """A job that titles can mean.

    ``work`` names its field of work; ``titles`` are known to mean this very job;
    ``skills`` are those that no other field of work requires. ``level_title`` is what
    its own ladder calls the level, such as Senior.
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
    level_title: str = ""


@dataclass(frozen=True)
class Match:
    """A job that a title may mean; ``confidence`` runs from 0 to 1."""

    code: str
    level: str
    title: str
    confidence: float
    reason: str


@dataclass(frozen=True)
class Neighbor:
    """A title of work beside a field of work, and what sets it apart from that."""

    title: str
    field_title: str
    reason: str

    def __str__(self) -> str:
        return f"“{self.title}” is a neighbor of {self.field_title}: it {self.reason}"


class Matcher:
    """Finds the jobs that titles mean. Costly to make, so make one and reuse it."""

    def __init__(
        self, vocabulary: Vocabulary, jobs: Iterable[Job], neighbors: Iterable[Neighbor] = ()
    ) -> None:
        self._vocabulary = vocabulary
        self._neighbors = {stems_of(n.title, vocabulary): n for n in neighbors}
        self._fields: dict[str, list[Job]] = defaultdict(list)
        self._known_titles: dict[tuple[str, ...], dict[Job, list[KnownTitle]]] = defaultdict(dict)
        self._skills: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self._corrections: dict[str, Job] = {}
        self._spelled_names: dict[tuple[str, ...], str] = {}
        names: dict[tuple[str, ...], set[str]] = defaultdict(set)
        dictionary = set(vocabulary.role) | {w for phrase in vocabulary.levels for w in phrase}
        for job in jobs:
            self._add(job)
            for name in job.work:
                stems = stems_of(name, vocabulary)
                names[stems].add(job.field)
                self._spelled_names.setdefault(stems, name)
                dictionary.update(words_of(name, vocabulary))
        self._names = {stems: sorted(fields) for stems, fields in names.items() if stems}
        self._reader = TitleReader(vocabulary, self._names)
        self._other_names = [
            stems for stems, name in self._spelled_names.items() if is_other_work(name, vocabulary)
        ]
        self._dictionary = sorted(dictionary)
        self._dictionary_stems = frozenset(map(stem, dictionary))
        self._index_names()
        self._level_usage = self._count_level_words()
        self._similar_fields = lru_cache(maxsize=65_536)(self._fields_similar_to)
        self._correct = lru_cache(maxsize=65_536)(self._correct_spelling)

    def _add(self, job: Job) -> None:
        """Add a job to its field, with the titles and skills that point to it."""
        self._fields[job.field].append(job)
        for known_title in job.titles:
            if known_title.kind == "correction":
                self._corrections[_normalized(known_title.title)] = job
            words = words_of(known_title.title, self._vocabulary)
            self._known_titles[words].setdefault(job, []).append(known_title)
        for skill in job.skills:
            words = words_of(skill, self._vocabulary)
            # A mere activity, such as mentoring, is part of many kinds of work.
            if len(words) > 1 or words == tuple(map(stem, words)):
                self._skills[tuple(map(stem, words))].add(job.field)

    def match(self, title: str, limit: int = 5) -> list[Match]:
        """The jobs that ``title`` may mean, best first; empty where none matches well."""
        if job := self._corrections.get(_normalized(title)):
            return [_match(job, 1.0, f"your correction “{title.strip()}”")]
        if is_other_work(title, self._vocabulary) and not self._is_field_name(title):
            return []
        words = parts_of(title, self._vocabulary)
        parts, spelling = self._corrected(words)
        best: dict[str, Match] = {}
        for match in (*self._by_words(parts, spelling), *self._by_title(parts, spelling)):
            other = best.get(match.code)
            if match.confidence >= MIN_CONFIDENCE and (
                not other or other.confidence < match.confidence
            ):
                best[match.code] = match
        ranked = sorted(best.values(), key=lambda m: (-m.confidence, _rank(m.level), m.code))
        return ranked[:limit]

    def neighbor(self, title: str) -> Neighbor | None:
        """The neighboring work that a title without a match names, if any."""
        if is_other_work(title, self._vocabulary):
            return None
        parts = [tuple(map(stem, part)) for part in parts_of(title, self._vocabulary)]
        named = [
            stems
            for stems in self._neighbors
            if any(part[i : i + len(stems)] == stems for part in parts for i in range(len(part)))
        ]
        return self._neighbors[max(named, key=len)] if named else None

    def _is_field_name(self, title: str) -> bool:
        """Whether a field of work is itself named by a phrase of other work, and the title too."""
        stems = set(stems_of(title, self._vocabulary))
        return any(set(name) <= stems for name in self._other_names)

    def _by_title(self, parts: Parts, spelling: float) -> list[Match]:
        """Jobs with a known title of exactly these words."""
        jobs = self._known_titles.get(tuple(chain.from_iterable(parts)), {})
        level_words = self._reader.read(parts).level_words
        own = {job for job in jobs if level_words and self._level_title(job) == level_words}
        # What a job's own ladder calls its level counts as a title of it.
        voices = {job: len(titles) + (job in own) for job, titles in jobs.items()}
        most = max(voices.values(), default=0)
        matches = []
        for job, titles in jobs.items():
            best = max(titles, key=lambda t: (_TITLE_CONFIDENCE[t.kind], -len(t.title)))
            # A title that several sources give a job counts for more than one from one source.
            support = 1 if best.kind == "correction" else 0.6 + 0.4 * voices[job] / most
            confidence = spelling * _TITLE_CONFIDENCE[best.kind] * support
            reason = f"{_KIND_LABELS[best.kind]} “{best.title}”"
            tied = [o.level for o in jobs if o != job and voices[o] == voices[job] == most]
            if tied:
                reason += _tie_reason(len(titles), job.level_title if job in own else "", tied)
            matches.append(_match(job, confidence, reason))
        return matches

    def _level_title(self, job: Job) -> str:
        return " ".join(words_of(job.level_title, self._vocabulary))

    def _by_words(self, parts: Parts, spelling: float) -> list[Match]:
        """Jobs of the fields that the work words resemble, by how well their level fits."""
        reading = self._reader.read(parts)
        matches = []
        for field, (similarity, reason) in self._fields_of(reading.work).items():
            for job in self._fields[field]:
                fit, level_reason = self._level_fit(reading, job)
                confidence = spelling * _WORDS_CONFIDENCE * similarity * fit
                matches.append(_match(job, confidence, f"{reason}; {level_reason}"))
        return matches

    def _fields_of(self, work: Parts) -> Similarities:
        """Fields of work that the words as a whole resemble, or one part of them does."""
        fields = dict(self._similar_fields(tuple(chain.from_iterable(work))))
        for part in work if len(work) > 1 else ():
            for field, (similarity, reason) in self._similar_fields(part).items():
                _keep_best(fields, field, _PART_CONFIDENCE * similarity, reason)
        return fields

    def _level_fit(self, reading: TitleReading, job: Job) -> tuple[float, str]:
        """How well a job's level fits the title's level words, 0 to 1, and why."""
        if reading.grade is None:
            # A bare title mostly means the full job, done with little guidance or none.
            fit = {2: 0.85, 3: 0.80, 1: 0.60, 4: 0.60}.get(job.grade, 0.45)
            return (fit if job.track != MANAGEMENT else 0.45), "the title names no level"
        fit = max(0.25, 1 - 0.22 * abs(reading.grade - job.grade))
        if reading.track != job.track:
            fit *= 0.6
        # Known titles of this field that use the same level words count for half.
        if usage := self._level_usage.get((job.field, reading.level_words)):
            fit = (fit + usage.get(job.code, 0) / max(usage.values())) / 2
        return fit, f"level word: {reading.level_words}"

    def _fields_similar_to(self, work: tuple[str, ...]) -> Similarities:
        """Fields of work that the words resemble, by a name or by a skill of their own."""
        fields: Similarities = {}
        for name, similarity in self._similar_names(work):
            if similarity >= _MIN_SIMILARITY:
                reason = f"title words, as in “{self._spelled_names[name]}”"
                for field in self._names[name]:
                    _keep_best(fields, field, similarity, reason)
        for field, skill in self._fields_of_skill(work):
            _keep_best(fields, field, _SKILL_CONFIDENCE, f"skill words: {skill}")
        return fields

    def _similar_names(self, work: tuple[str, ...]) -> list[tuple[tuple[str, ...], float]]:
        """Names of fields that share words with ``work``, each with the cosine of the two."""
        weights = [(self._weights.get(word, self._weigh(word)), word) for word in work]
        length = sqrt(sum(w * w for w, _ in weights))
        dots: dict[tuple[str, ...], float] = defaultdict(float)
        for weight, word in weights:
            for name in self._names_with.get(word, ()):
                dots[name] += weight * self._weights[word]
        has_unknown = any(word not in self._names_with for word in work)
        similar = []
        for name, dot in dots.items():
            similarity = min(1.0, dot / length / self._lengths[name])
            if len(set(name).intersection(work) - self._role_stems) == 1:
                # A single word names a field of work only where it is all of the name
                # (renewals manager, but not value analyst), and nothing unknown is beside it.
                if not set(name) <= set(work):
                    continue
                similarity *= 0.8 if has_unknown else 1
            similar.append((name, similarity))
        return similar

    def _fields_of_skill(self, work: Sequence[str]) -> list[tuple[str, str]]:
        """Fields that alone require a skill which the words name, and nothing else."""
        skill = tuple(word for word in work if word not in self._role_stems)
        return [(field, " ".join(skill)) for field in self._skills.get(skill, ()) if skill]

    def _index_names(self) -> None:
        """Which names of fields have each word, and how much words and names weigh."""
        names = self._names
        # Names of the same words in another order, as in other languages, count once.
        bags = {frozenset(name) for name in names}
        names_having = Counter(chain.from_iterable(bags))
        self._role_stems = frozenset(map(stem, self._vocabulary.role))
        self._names_with: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for name in names:
            for word in dict.fromkeys(name):
                self._names_with[word].append(name)
        rarest = log(1 + len(bags)) if bags else 1.0
        self._weights = {
            word: self._weigh(word, log(1 + len(bags) / names_having[word]) / rarest)
            for word in self._names_with
        }
        self._lengths = {n: sqrt(sum(self._weights[w] ** 2 for w in n)) for n in names}

    def _count_level_words(self) -> dict[tuple[str, str], dict[str, int]]:
        """Field and level words → how many known titles with them mean each job."""
        usage: dict[tuple[str, str], dict[str, int]] = {}
        for job in (job for jobs in self._fields.values() for job in jobs):
            for known_title in job.titles:
                reading = self._reader.read(parts_of(known_title.title, self._vocabulary))
                # A correction is about its own title alone, not every title with the word.
                is_correction = known_title.kind == "correction"
                if not is_correction and reading.level_words and reading.single:
                    counts = usage.setdefault((job.field, reading.level_words), {})
                    counts[job.code] = counts.get(job.code, 0) + 1
        return usage

    def _weigh(self, word: str, rarity: float = _UNKNOWN_WEIGHT) -> float:
        return _ROLE_WEIGHT if word in self._role_stems else rarity

    def _corrected(self, words: Parts) -> tuple[Parts, float]:
        """The words with misspelled ones corrected, and how alike the two are (0–1).

        A word that resembles a known one is another word (detention, retention) unless
        the rest of the title is about the same work.
        """
        near = {word: self._correct(word) for part in words for word in part}
        for word, (known, _) in near.items():
            others = {stem(other) for w, (other, _) in near.items() if w != word}
            if known != word and not self._is_supported(stem(known), others):
                near[word] = (word, 1.0)
        parts = tuple(tuple(near[word][0] for word in part) for part in words)
        return parts, prod(near[word][1] for part in words for word in part)

    def _is_supported(self, word: str, others: set[str]) -> bool:
        """Whether other words of a title belong to a name of work that has this one.

        Words of roles and levels go with every name. All are stems.
        """
        work = {other for other in others if other in self._names_with} - self._role_stems
        if word in self._role_stems or word not in self._names_with:
            return bool(work)
        return any(not work.isdisjoint(name) for name in self._names_with[word])

    def _correct_spelling(self, word: str) -> tuple[str, float]:
        """The known word that a misspelled one resembles, and how much; else the word itself."""
        if len(word) < _MIN_LENGTH or stem(word) in self._dictionary_stems:
            return word, 1.0
        near = process.extractOne(
            word, self._dictionary, scorer=fuzz.ratio, score_cutoff=_MIN_SPELLING
        )
        return (near[0], near[1] / 100) if near else (word, 1.0)


def _keep_best(fields: Similarities, field: str, similarity: float, reason: str) -> None:
    if similarity > fields.get(field, (0.0, ""))[0]:
        fields[field] = (similarity, reason)


def _tie_reason(ladders: int, level_title: str, tied: Sequence[str]) -> str:
    """How often ladders give a job its title, and with which levels that is a tie."""
    count = f" on {ladders} ladder{'s' if ladders > 1 else ''}"
    own = f", and its own ladder calls the level {level_title}" if level_title else ""
    return f"{count}{own}; a tie with {', '.join(tied)}"


def _normalized(title: str) -> str:
    return " ".join(title.casefold().split())


def _match(job: Job, confidence: float, reason: str) -> Match:
    return Match(job.code, job.level, job.title, round(confidence, 2), reason)


def _rank(level: str) -> tuple[int, str]:
    return (0 if level.startswith("P") else 1, level)
