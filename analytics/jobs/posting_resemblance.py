"""Which job profiles a posting resembles, and what of them it does not mention.

The title line is matched as any job title is (`analytics.jobs.matching`). The
text is compared with each profile's words by the cosine of soft TF-IDF vectors
(Cohen, Ravikumar and Fienberg, 2003): rarer words weigh more, and a misspelled
word counts as the word that it resembles. Words that no profile uses stay in
the length of the posting's vector, so a text about other work scores low.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from rapidfuzz import fuzz, process

from analytics.jobs.matching import Matcher
from analytics.jobs.posting_text import STOP_WORDS, Stems
from analytics.jobs.titles import Vocabulary

#: A profile that scores less does not resemble the posting; see docs/methods.md.
MIN_SCORE = 0.25
#: What the title line weighs in the score; the rest is the text's.
TITLE_WEIGHT = 0.6
#: What a level keeps of its title's score where another goes first in a tie of ladders.
_TIED = 0.9
#: The cosine at which a text says what the profile says; a posting has other things to say too.
_FULL_COSINE = 0.5
_UNKNOWN_WEIGHT = 0.7
#: Below this two words are different words: removal is not a slip for renewal.
_MIN_SPELLING = 88
_MIN_LENGTH = 5
#: Misspelled words are looked for among so many unknown ones, to bound the time.
_MAX_UNKNOWN = 1_000
_MAX_SHARED = 12
#: From this share of its words on, a responsibility is mentioned.
_MENTIONED = 1 / 3


@dataclass(frozen=True)
class ProfileText:
    """The words of a job profile: its titles, and what it does, needs and is asked."""

    code: str
    name: str
    level: str
    titles: tuple[str, ...]
    responsibilities: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    descriptors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Resemblance:
    """How much a posting resembles a profile: scores from 0 to 1, and why.

    ``shared`` are the posting's own words that speak most for the profile;
    ``not_mentioned`` are the profile's responsibilities whose words it lacks.
    """

    code: str
    name: str
    level: str
    score: float
    title_score: float
    text_score: float
    shared: tuple[str, ...]
    not_mentioned: tuple[str, ...]


class ProfileIndex:
    """Compares postings with profiles; make it once, ask it often."""

    def __init__(
        self, profiles: Iterable[ProfileText], matcher: Matcher, vocabulary: Vocabulary
    ) -> None:
        self._profiles = list(profiles)
        self._matcher = matcher
        self._abbreviations = vocabulary.short
        stems = Stems(vocabulary.short)
        counts = {p.code: Counter(_content(stems, _all_words(p))) for p in self._profiles}
        in_profiles = Counter(stem for words in counts.values() for stem in words)
        rarest = log(1 + len(counts)) if counts else 1.0
        self._weights = {stem: log(1 + len(counts) / n) / rarest for stem, n in in_profiles.items()}
        self._vectors = {code: self._vector(words) for code, words in counts.items()}
        self._duties = {
            p.code: [(duty, frozenset(_content(stems, [duty]))) for duty in p.responsibilities]
            for p in self._profiles
        }
        self._spellings: Mapping[str, str] = {
            written.casefold(): stem
            for p in self._profiles
            for text in _all_words(p)
            for stem, written in stems.pairs(text)
            if stem in self._weights and len(written) >= _MIN_LENGTH
        }

    def best_title(self, lines: Sequence[str]) -> str:
        """The first of some lines that is a known title; else the first line."""
        return next((line for line in lines if self._matcher.match(line, 1)), lines[0])

    def rank(self, title: str, text: str, most: int = 3) -> list[Resemblance]:
        """The profiles that a posting resembles, best first; none below `MIN_SCORE`."""
        titles = self._title_scores(title)
        words, written = self._words(text)
        vector = self._vector(words)
        length = sqrt(sum(value * value for value in vector.values()))
        found = []
        for profile in self._profiles:
            parts = self._shares(profile.code, vector, length)
            text_score = min(1.0, sum(parts.values()) / _FULL_COSINE)
            title_score = titles.get(profile.code, 0.0)
            score = TITLE_WEIGHT * title_score + (1 - TITLE_WEIGHT) * text_score
            if score >= MIN_SCORE:
                found.append((score, title_score, text_score, parts, profile))
        found.sort(key=lambda row: (-row[0], row[4].code))
        return [
            Resemblance(
                profile.code,
                profile.name,
                profile.level,
                round(score, 2),
                round(title_score, 2),
                round(text_score, 2),
                _shared(parts, written),
                tuple(self._unmentioned(profile.code, words)),
            )
            for score, title_score, text_score, parts, profile in found[:most]
        ]

    def _title_scores(self, title: str) -> dict[str, float]:
        """How well the title fits each profile; of levels that tie, the first has a small lead."""
        matches = self._matcher.match(title, len(self._profiles))
        return {
            match.code: match.confidence
            * (_TIED if i and match.confidence == matches[0].confidence else 1)
            for i, match in enumerate(matches)
        }

    def _words(self, text: str) -> tuple[dict[str, float], dict[str, str]]:
        """How often each stem stands in the text, and one way in which it is written.

        A misspelled word counts for as much as it resembles the word that is meant.
        """
        counts: dict[str, float] = {}
        written: dict[str, str] = {}
        corrected: dict[str, tuple[str, float]] = {}
        for stem, word in Stems(self._abbreviations).pairs(text):
            if not _is_content(stem, word):
                continue
            similarity = 1.0
            if stem not in self._weights and len(word) >= _MIN_LENGTH:
                if stem not in corrected and len(corrected) < _MAX_UNKNOWN:
                    corrected[stem] = self._correct_spelling(stem, word)
                stem, similarity = corrected.get(stem, (stem, 1.0))
            counts[stem] = counts.get(stem, 0.0) + similarity
            written.setdefault(stem, word)
        return counts, written

    def _correct_spelling(self, stem: str, word: str) -> tuple[str, float]:
        """The stem of the profile word that a word resembles, and how much; else its own."""
        near = process.extractOne(
            word.casefold(), self._spellings.keys(), scorer=fuzz.ratio, score_cutoff=_MIN_SPELLING
        )
        return (self._spellings[near[0]], near[1] / 100) if near else (stem, 1.0)

    def _vector(self, counts: Mapping[str, float]) -> dict[str, float]:
        return {
            stem: (1 + log(n)) * self._weights.get(stem, _UNKNOWN_WEIGHT)
            for stem, n in counts.items()
        }

    def _shares(self, code: str, vector: Mapping[str, float], length: float) -> dict[str, float]:
        """What each shared stem adds to the cosine."""
        other = self._vectors[code]
        lengths = length * sqrt(sum(value * value for value in other.values()))
        return {stem: vector[stem] * other[stem] / lengths for stem in vector if stem in other}

    def _unmentioned(self, code: str, words: Mapping[str, float]) -> Iterable[str]:
        for duty, stems in self._duties[code]:
            if stems and len(stems & words.keys()) < _MENTIONED * len(stems):
                yield duty


def _all_words(profile: ProfileText) -> list[str]:
    return [*profile.titles, *profile.responsibilities, *profile.skills, *profile.descriptors]


def _is_content(stem: str, word: str) -> bool:
    return word.casefold() not in STOP_WORDS and len(stem) > 1 and not word.isdigit()


def _content(stems: Stems, texts: Iterable[str]) -> list[str]:
    return [stem for text in texts for stem, word in stems.pairs(text) if _is_content(stem, word)]


def _shared(parts: Mapping[str, float], written: Mapping[str, str]) -> tuple[str, ...]:
    strongest = sorted(parts, key=lambda stem: (-parts[stem], stem))[:_MAX_SHARED]
    return tuple(dict.fromkeys(written[stem].lower() for stem in strongest))
