"""What a job title says: the work, and the level."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer

_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# Blanks around a hyphen part a title; without them it joins two words.
_PARTING = re.compile(r"[,;:|/&–—]|\s-+\s|\band\b")
_WORD = re.compile(r"[^\W_]+[+#]*")
_stemmer = snowballstemmer.stemmer("english")

MANAGEMENT = "management"
_HELPING = ("assistant", "intern", "trainee", "apprentice")


@dataclass(frozen=True)
class LevelWord:
    """What a word says of the level: ``grade`` runs from 1 to 7 across tracks."""

    track: str
    grade: float


@dataclass(frozen=True)
class Vocabulary:
    """The words of titles.

    ``short`` maps a short form to its words; ``plain`` words say nothing,
    ``role`` words little; ``other`` phrases name work that stands beside a field
    of work and is none of it, such as a chief of staff's; ``levels`` maps one to
    three words to their level.
    """

    short: Mapping[str, tuple[str, ...]]
    plain: frozenset[str]
    role: frozenset[str]
    other: frozenset[tuple[str, ...]]
    levels: Mapping[tuple[str, ...], LevelWord]


@dataclass(frozen=True)
class TitleReading:
    """A title as read: the stems of its work words, part by part, and what it says of the level.

    ``said`` are the words that name the level; ``single`` is False where others
    name it too.
    """

    work: tuple[tuple[str, ...], ...]
    said: str = ""
    track: str | None = None
    grade: float | None = None
    single: bool = True


Parts = tuple[tuple[str, ...], ...]


def parts_of(title: str, vocabulary: Vocabulary) -> Parts:
    """The words of each part of a title, small, short forms written out, plain words gone.

    Commas, dashes and the like part a title. What stands in brackets is left
    out, unless it is all there is or names a level.
    """
    flat = unicodedata.normalize("NFKC", title).casefold()
    flat = flat.replace(".", "").replace("'", "").replace("’", "")
    asides = [_words(a, vocabulary) for a in _ASIDE.findall(flat)]
    parts = [_words(part, vocabulary) for part in _PARTING.split(_ASIDE.sub(",", flat))]
    said = [part for part in parts if part]
    return (*said, *(a for a in asides if a and (not said or a in vocabulary.levels)))


def words_of(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of a title's parts, in one row."""
    return tuple(word for part in parts_of(title, vocabulary) for word in part)


def is_other_work(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title names work of its own beside the field that it also names."""
    words = _WORD.findall(title.casefold().replace(".", ""))
    return any(
        tuple(words[at : at + len(phrase)]) == phrase
        for phrase in vocabulary.other
        for at in range(len(words))
    )


@cache
def stem(word: str) -> str:
    """A word without its ending, so that manager and management are one."""
    return str(_stemmer.stemWord(word))


def stems_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of a text's words, level words and all."""
    return tuple(map(stem, words_of(text, vocabulary)))


class TitleReader:
    """Reads titles, knowing how the work is called.

    ``names`` are the stems of each name of a field of work. A word of such a
    name is no level word: a customer success manager manages customers, a
    manager of customer success manages people.
    """

    def __init__(self, vocabulary: Vocabulary, names: Iterable[tuple[str, ...]]) -> None:
        self._levels = vocabulary.levels
        self._names = frozenset(name for name in names if len(name) > 1)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def read(self, parts: Parts) -> TitleReading:
        """Which of a title's words say the work, and which the level."""
        found: list[str] = []
        work = tuple(self._read_part(part, found) for part in parts)
        said = tuple(words for words in work if words)
        if not found:
            return TitleReading(said)
        levels = [(words, self._levels[tuple(words.split())]) for words in found]
        # A director who is also senior is a director: management words decide. But
        # whoever assists one is none.
        managing = [pair for pair in levels if pair[1].track == MANAGEMENT]
        helping = [pair for pair in levels if pair[0] in _HELPING]
        words, strongest = max(helping or managing or levels, key=lambda pair: pair[1].grade)
        return TitleReading(said, words, strongest.track, strongest.grade, len(levels) == 1)

    def _read_part(self, words: tuple[str, ...], found: list[str]) -> tuple[str, ...]:
        """The stems of a part's work words; its level words are added to ``found``."""
        stems = tuple(map(stem, words))
        named = self._named(stems)
        work: list[str] = []
        at = 0
        while at < len(words):
            length = 0 if at in named else self._level_at(words, at, named)
            if length:
                found.append(" ".join(words[at : at + length]))
                at += length
            else:
                work.append(stems[at])
                at += 1
        return tuple(work)

    def _named(self, stems: tuple[str, ...]) -> set[int]:
        """Positions that the longest known name of a field of work covers."""
        for length in self._lengths:
            for at in range(len(stems) - length + 1):
                if stems[at : at + length] in self._names:
                    return set(range(at, at + length))
        return set()

    def _level_at(self, words: tuple[str, ...], at: int, named: set[int]) -> int:
        for length in (3, 2, 1):
            phrase = words[at : at + length]
            if phrase in self._levels and named.isdisjoint(range(at, at + len(phrase))):
                return len(phrase)
        return 0


def _words(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    full = [part for word in _WORD.findall(text) for part in vocabulary.short.get(word, (word,))]
    return tuple(word for word in full if word not in vocabulary.plain)
