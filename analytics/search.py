"""Find what a few typed words name: jobs, places, sources, pages, in one ranked list."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import DamerauLevenshtein

_WORD = re.compile(r"[^\W_]+")
#: The least similarity, from 0 to 1, at which a word is taken for a misspelling of another.
_LEAST = 0.75
#: What a beginning of a word, and a misspelling at most, count beside the whole word's 1.
_BEGINNING, _MISSPELLED = 0.95, 0.9


@dataclass(frozen=True)
class Findable:
    """Something that a search leads to: its names, and the page and link that show it."""

    kind: str
    label: str
    page: str
    link: tuple[tuple[str, str], ...] = ()
    names: tuple[str, ...] = ()

    @cached_property
    def words(self) -> tuple[frozenset[str], ...]:
        """The words of each name, the label first."""
        return tuple(frozenset(_words(name)) for name in (self.label, *self.names))


def search(typed: str, items: Iterable[Findable], most: int = 8) -> list[Findable]:
    """The items with a name that has every word typed, best first; empty for no words.

    A word may be begun (``cal`` for California) or misspelled. Whole words rank
    before beginnings and those before misspellings; then the name with the fewest
    words beside those typed; then the order of ``items``.
    """
    words = _words(typed)
    if not words:
        return []
    scored = [(max(_fit(words, name) for name in item.words), item) for item in items]
    found = [(fit, item) for fit, item in scored if fit[0] > 0]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [item for _, item in found[:most]]


def _fit(typed: Sequence[str], name: frozenset[str]) -> tuple[float, float]:
    """How well the words typed name it, and which share of the name they are."""
    if not name:
        return (0.0, 0.0)
    each = [max(_likeness(word, other) for other in name) for word in typed]
    return (sum(each) / len(each) if all(each) else 0.0, len(typed) / len(name))


def _likeness(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if other.startswith(word):
        return _BEGINNING
    if min(len(word), len(other)) <= 3:
        return 0.0
    return _MISSPELLED * DamerauLevenshtein.normalized_similarity(word, other, score_cutoff=_LEAST)


def _words(text: str) -> list[str]:
    return _WORD.findall(text.casefold())
