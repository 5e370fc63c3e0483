"""Read a job title: which words name the work, and which the level."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

import snowballstemmer

_BRACKETS = re.compile(r"\([^)]*\)|\[[^\]]*\]")
# A hyphen between spaces separates parts of a title; without spaces it joins two words.
_SEPARATOR = re.compile(r"[,;:|/&–—]|\s-+\s|\band\b")
_WORD = re.compile(r"[^\W_]+[+#]*")
_stemmer = snowballstemmer.stemmer("english")

MANAGEMENT = "management"
#: Words for people who assist somebody of the level that the title also names.
_ASSISTING = ("assistant", "intern", "trainee", "apprentice")

#: The words of a title, part by part.
Parts = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class LevelWord:
    """The level that a word stands for: ``grade`` runs from 1 to 7 across tracks."""

    track: str
    grade: float


@dataclass(frozen=True)
class Vocabulary:
    """The words of titles.

    ``short`` maps an abbreviation to its words; ``plain`` words carry no
    meaning, ``role`` words (manager, specialist) little; ``other`` phrases name
    work of its own beside the field that a title mentions, such as a chief of
    staff's; ``levels`` maps one to three words to their level.
    """

    short: Mapping[str, tuple[str, ...]]
    plain: frozenset[str]
    role: frozenset[str]
    other: frozenset[tuple[str, ...]]
    levels: Mapping[tuple[str, ...], LevelWord]


@dataclass(frozen=True)
class TitleReading:
    """A title as read: the stems of its work words, part by part, and its level.

    ``level_words`` are the words that decide the level, empty where none does;
    ``single`` is False where other words name a level too.
    """

    work: Parts
    level_words: str = ""
    track: str | None = None
    grade: float | None = None
    single: bool = True


def parts_of(title: str, vocabulary: Vocabulary) -> Parts:
    """The words of each part of a title: lowercase, abbreviations expanded, plain words dropped.

    Commas, dashes and the like separate parts. Text in brackets is left out,
    unless it is all there is or names a level.
    """
    text = unicodedata.normalize("NFKC", title).casefold()
    text = text.replace(".", "").replace("'", "").replace("’", "")
    bracketed = [_words(match, vocabulary) for match in _BRACKETS.findall(text)]
    split = _SEPARATOR.split(_BRACKETS.sub(",", text))
    parts = [words for words in (_words(part, vocabulary) for part in split) if words]
    kept = (b for b in bracketed if b and (not parts or b in vocabulary.levels))
    return (*parts, *kept)


def words_of(title: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words of all parts of a title, in order."""
    return tuple(word for part in parts_of(title, vocabulary) for word in part)


def is_other_work(title: str, vocabulary: Vocabulary) -> bool:
    """Whether a title names work of its own beside the field that it mentions."""
    words = _WORD.findall(title.casefold().replace(".", ""))
    return any(
        tuple(words[i : i + len(phrase)]) == phrase
        for phrase in vocabulary.other
        for i in range(len(words))
    )


@cache
def stem(word: str) -> str:
    """A word without its ending, so that manager and management are the same.

    Renewables are no renewals: -able makes another word.
    """
    if word.endswith(("able", "ables")):
        return word.removesuffix("s")
    return str(_stemmer.stemWord(word))


def stems_of(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The stems of all words of a text, level words included."""
    return tuple(map(stem, words_of(text, vocabulary)))


class TitleReader:
    """Reads titles, given the names of the fields of work.

    ``names`` are the stems of each name of a field. A word of such a name is
    not a level word: a customer success manager manages customers, a manager of
    customer success manages people.
    """

    def __init__(self, vocabulary: Vocabulary, names: Iterable[tuple[str, ...]]) -> None:
        self._levels = vocabulary.levels
        self._names = frozenset(name for name in names if len(name) > 1)
        self._lengths = sorted({len(name) for name in self._names}, reverse=True)

    def read(self, parts: Parts) -> TitleReading:
        """Which of a title's words name the work, and which the level."""
        phrases: list[str] = []
        stems = tuple(self._read_part(part, phrases) for part in parts)
        work = tuple(part for part in stems if part)
        if not phrases:
            return TitleReading(work)
        levels = [(phrase, self._levels[tuple(phrase.split())]) for phrase in phrases]
        # A director who is also senior is a director, so management words decide; but
        # somebody who assists a director is not one.
        managing = [pair for pair in levels if pair[1].track == MANAGEMENT]
        assisting = [pair for pair in levels if pair[0] in _ASSISTING]
        words, level = max(assisting or managing or levels, key=lambda pair: pair[1].grade)
        return TitleReading(work, words, level.track, level.grade, len(levels) == 1)

    def _read_part(self, words: tuple[str, ...], phrases: list[str]) -> tuple[str, ...]:
        """The stems of a part's work words; its level phrases are appended to ``phrases``."""
        stems = tuple(map(stem, words))
        in_name = self._positions_in_name(stems)
        work: list[str] = []
        i = 0
        while i < len(words):
            length = 0 if i in in_name else self._level_length(words, i, in_name)
            if length:
                phrases.append(" ".join(words[i : i + length]))
                i += length
            else:
                work.append(stems[i])
                i += 1
        return tuple(work)

    def _positions_in_name(self, stems: tuple[str, ...]) -> set[int]:
        """Positions that the longest known name of a field of work covers."""
        for length in self._lengths:
            for i in range(len(stems) - length + 1):
                if stems[i : i + length] in self._names:
                    return set(range(i, i + length))
        return set()

    def _level_length(self, words: tuple[str, ...], start: int, in_name: set[int]) -> int:
        """How many words from ``start`` on form a level phrase; 0 for none."""
        for length in (3, 2, 1):
            phrase = words[start : start + length]
            if phrase in self._levels and in_name.isdisjoint(range(start, start + len(phrase))):
                return len(phrase)
        return 0


def _words(text: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    words = [word for found in _WORD.findall(text) for word in _split_number(found, vocabulary)]
    expanded = [part for word in words for part in vocabulary.short.get(word, (word,))]
    return tuple(word for word in expanded if word not in vocabulary.plain)


def _split_number(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """An abbreviation and the number written onto it: csm2 → csm, 2."""
    letters = word.rstrip("0123456789")
    return (
        (letters, word[len(letters) :])
        if letters != word and letters in vocabulary.short
        else (word,)
    )
