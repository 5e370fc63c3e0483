"""The level that a job posting names: level words, codes, years of experience."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analytics.job_rows import LadderLevel
from analytics.jobs.posting_text import Stems, quote
from analytics.jobs.titles import LevelWord, Vocabulary, parts_of

_CODE = re.compile(
    # P1 is also how support teams call an outage.
    r"\b(P[1-6]|M[1-6]|IC ?[1-6])\b(?!['’]?s?\s?(?:/|incident|ticket|issue|bug|priorit|escalation|"
    r"outage|alert|case|request))"
)
_LABELED = re.compile(
    r"\b(?:level|seniority|grade|(?:career|job) level)\s?[:=]\s?([\w -]{2,30})", re.IGNORECASE
)
_OPENING = re.compile(
    r"\b(?:this (?:is|role|position|job)|we['’]re|we are|seeking|looking for|hiring|"
    r"need|opening for)\b",
    re.IGNORECASE,
)
_POSITION = frozenset(("role", "position", "job", "opening", "hire", "contributor"))
_NUMBER_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
)
_NUMBERS = {word: n for n, word in enumerate(_NUMBER_WORDS.split())}
_NUMBER = rf"\d{{1,2}}|{'|'.join(_NUMBERS)}"
_YEARS = re.compile(
    rf"(?<![\d.,$€£])\b(?P<low>{_NUMBER})\b\s?(?:\+|plus\b|or more\b)?"
    rf"(?:\s?(?:-|–|—|to|or)\s?(?P<high>{_NUMBER})\b\s?(?P<more>\+)?)?"
    r"(?:\s?\(\d{1,2}\)\s?\+?)?[\s-]?(?:or more |full )?(?:years?|yrs?)\b",
    re.IGNORECASE,
)
_NOT_EXPERIENCE_BEFORE = re.compile(
    r"\b(?:we have|we['’]ve|we bring|our \w+ (?:has|have)|company (?:has|with)|for (?:over|more "
    r"than|nearly)|(?:over |in |for )?the (?:last|past|next|first|coming)|last|past|next|every|"
    r"each|first|within|multi|ages?|since|after|every|next|vests? (?:over|in))\s(?:\w+\s)?$",
    re.IGNORECASE,
)
_NOT_EXPERIENCE_AFTER = re.compile(
    r"^['’]?s?[\s-]?(?:ago|old|in business|in a row|running|from now|anniversar|warrant|vest|cliff|"
    r"contract|fixed|term|degree|college|sabbatical|plan|programs?|of (?:growth|history|"
    r"innovation|service|trust|company|continuous|runway|profitab))",
    re.IGNORECASE,
)
_MAX_YEARS = 40
_AMBIGUOUS = ("manager", "managers")


@dataclass(frozen=True)
class LevelYears:
    """Years of experience that a source names for a level; no ``high`` means and more."""

    ladder: str
    level: str
    track: str
    kind: str
    low: float
    high: float | None


@dataclass(frozen=True)
class LevelFound:
    """Words that name a level, and the levels of the ladders that they can mean.

    ``place`` is ``title`` or ``text``; ``grade`` runs from 1 to 7 across tracks.
    """

    words: str
    place: str
    track: str
    grade: float
    levels: tuple[str, ...]
    quote: str


@dataclass(frozen=True)
class YearsFound:
    """Years of experience that a posting asks for, beside the levels that ask for as many."""

    low: float
    high: float | None
    quote: str
    levels: tuple[LevelYears, ...]

    @property
    def label(self) -> str:
        """The years in words: ``3–5 years`` or ``5+ years``."""
        ends = f"{self.low:g}+" if self.high is None else f"{self.low:g}–{self.high:g}"
        return f"{ends} years"


class LevelFinder:
    """Finds the levels that a posting names, knowing the ladders.

    ``names`` are names of fields of work. Their words are no level words: a
    customer success manager is not a manager of people.
    """

    def __init__(
        self, vocabulary: Vocabulary, ladder_levels: Sequence[LadderLevel], names: Iterable[str]
    ) -> None:
        self._vocabulary = vocabulary
        self._ladder_levels = ladder_levels
        stems = Stems(vocabulary.short)
        self._names = frozenset(tuple(stems.of(name)) for name in names)
        self._name_lengths = sorted({len(name) for name in self._names if len(name) > 1})

    def find(self, title: str, sentences: Iterable[str]) -> list[LevelFound]:
        """Levels named by the title, by codes, and by statements such as "a senior role"."""
        found: dict[tuple[str, str], LevelFound] = {}
        for level in (*self._in_title(title), *self._in_text(title, sentences)):
            found.setdefault((level.words.lower(), level.place), level)
        in_title = {level.words.lower() for level in found.values() if level.place == "title"}
        return [
            level
            for level in found.values()
            if level.place == "title" or level.words.lower() not in in_title
        ]

    def _in_title(self, title: str) -> Iterator[LevelFound]:
        stems = Stems(self._vocabulary.short)
        for part in parts_of(title, self._vocabulary):
            for phrase, word in self._phrases(part, stems):
                # Whoever is a manager of something unknown need not manage people.
                if phrase not in _AMBIGUOUS or part[0] == phrase:
                    yield self._found(phrase, "title", word, quote(title, 0, 0))

    def _in_text(self, title: str, sentences: Iterable[str]) -> Iterator[LevelFound]:
        stems = Stems(self._vocabulary.short)
        for sentence in sentences:
            for match in _CODE.finditer(sentence):
                code = match[1].replace(" ", "")
                known = self._vocabulary.levels.get((code.lower(),))
                if known and title not in sentence:
                    shown = quote(sentence, match.start(), match.end())
                    yield self._found(code, "text", known, shown)
            if label := _LABELED.search(sentence):
                for phrase, word in self._phrases(_words(label[1]), stems):
                    yield self._found(phrase, "text", word, quote(sentence, *label.span()))
            elif opening := _OPENING.search(sentence):
                words = _words(sentence[opening.end() :])
                for phrase, word in self._phrases(words, stems, before=_POSITION):
                    yield self._found(phrase, "text", word, quote(sentence, *opening.span()))

    def _phrases(
        self, words: Sequence[str], stems: Stems, before: frozenset[str] = frozenset()
    ) -> Iterator[tuple[str, LevelWord]]:
        """The level phrases among some words; of ``before``, only those that stand before one."""
        in_name = self._positions_in_name([stem for w in words for stem in stems.of(w)[:1]])
        at = 0
        while at < len(words):
            phrase = next(
                (p for n in (3, 2, 1) if (p := tuple(words[at : at + n])) in
                 self._vocabulary.levels and in_name.isdisjoint(range(at, at + len(p)))),
                None,
            )  # fmt: skip
            if phrase is None:
                at += 1
                continue
            at += len(phrase)
            following = [w for w in words[at : at + 2] if w != "level"][:1]
            if not before or before.intersection(following):
                yield " ".join(phrase), self._vocabulary.levels[phrase]

    def _positions_in_name(self, stems: Sequence[str]) -> set[int]:
        covered: set[int] = set()
        for length in self._name_lengths:
            for start in range(len(stems) - length + 1):
                if tuple(stems[start : start + length]) in self._names:
                    covered.update(range(start, start + length))
        return covered

    def _found(self, words: str, place: str, word: LevelWord, shown: str) -> LevelFound:
        on_track = [row for row in self._ladder_levels if row.track == word.track]
        named = [row.level for row in on_track if row.level == words.upper()]
        nearest = min((abs(row.grade - word.grade) for row in on_track), default=0.0)
        near = [row.level for row in on_track if abs(row.grade - word.grade) == nearest]
        levels = tuple(dict.fromkeys(named or near))
        words = words.upper() if _CODE.fullmatch(words.upper()) else words
        return LevelFound(words, place, word.track, word.grade, levels, shown)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def find_years(sentences: Iterable[str], levels: Sequence[LevelYears]) -> list[YearsFound]:
    """Years of experience in a posting's sentences, each span once, beside the levels' own."""
    found: dict[tuple[float, float | None], YearsFound] = {}
    for sentence in sentences:
        for match in _YEARS.finditer(sentence):
            before, after = sentence[: match.start()][-40:], sentence[match.end() :][:30]
            if _NOT_EXPERIENCE_BEFORE.search(before) or _NOT_EXPERIENCE_AFTER.search(after):
                continue
            low = _number(match["low"])
            high = _number(match["high"]) if match["high"] else None
            if low > _MAX_YEARS or (high is not None and high < low):
                continue
            if match["more"]:
                high = None
            shown = quote(sentence, match.start(), match.end())
            found.setdefault(
                (low, high), YearsFound(low, high, shown, levels_with_years(low, levels))
            )
    return list(found.values())


def levels_with_years(years: float, levels: Sequence[LevelYears]) -> tuple[LevelYears, ...]:
    """The levels that ask for so many years, by each ladder, track and kind of source.

    Where no span holds the years, the highest level that asks for some years and more.
    """
    groups: dict[tuple[str, str, str], list[LevelYears]] = {}
    for row in levels:
        if row.low <= years:
            groups.setdefault((row.ladder, row.track, row.kind), []).append(row)
    found: list[LevelYears] = []
    for rows in groups.values():
        found += [row for row in rows if row.high is not None and years <= row.high] or sorted(
            (row for row in rows if row.high is None), key=lambda row: row.low
        )[-1:]
    return tuple(found)


def _number(text: str) -> float:
    return float(_NUMBERS[text.lower()]) if text.lower() in _NUMBERS else float(text)
