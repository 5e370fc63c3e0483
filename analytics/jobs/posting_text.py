"""The text of a job posting: cleaned, cut into sentences, its words and their stems."""

import re
import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

import snowballstemmer

from analytics.errors import InputError

#: A posting is seldom over 10,000 characters; a longer text is something else.
MAX_CHARACTERS = 200_000
_MAX_SENTENCE = 600
_MAX_QUOTE = 140
_MAX_WORD = 40
_MAX_TITLE_WORDS = 12
_HEADER_LINES = 5

_CONTROL = re.compile(
    r"[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_BULLET = re.compile(r"^[\s•●▪‣·*–—>#-]+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_TITLE_LABEL = re.compile(
    r"(?:job title|job|title|position|role)(?: title)?\s?[:–—]\s?(\S.*)", re.IGNORECASE
)

_STOP = (
    "a about above across after all also am an and any are as at be because been before being "
    "both but by can could did do does doing each for from further get had has have having he her "
    "here him his how i if in into is it its itself just like ll make makes made may me might more "
    "most must my no nor not now of off on one only or other our out over own per re s same she "
    "should so some such t than that the their them then there these they this those through to "
    "too under until up us ve very was we were what when where which while who whom why will with "
    "within without would you your yours"
)
#: Words that say nothing about a job.
STOP_WORDS = frozenset(_STOP.split())


def clean_text(text: str) -> str:
    """The text in one spelling: no control characters, one space between words.

    Lines stay. Raises `InputError` for a text that is empty or too long.
    """
    if len(text) > MAX_CHARACTERS:
        raise InputError(
            f"the text has {len(text):,} characters; a posting has {MAX_CHARACTERS:,} at most. "
            "Paste the posting alone"
        )
    lines = unicodedata.normalize("NFKC", text).replace("\r", "\n").split("\n")
    cleaned = [" ".join(_CONTROL.sub(" ", line).split()) for line in lines]
    result = "\n".join(line for line in cleaned if line)
    # A few characters stand for whole phrases, so normalizing can lengthen a text.
    if len(result) > MAX_CHARACTERS:
        raise InputError(f"the text is longer than {MAX_CHARACTERS:,} characters once spelled out")
    if not result:
        raise InputError("there is no text; paste the posting")
    return result


def sentences(text: str) -> list[str]:
    """The sentences of a cleaned text; a line ends one, and so does a semicolon.

    What is longer than any sentence is cut, so that no pattern runs for long.
    """
    lines = (_BULLET.sub("", line) for line in text.split("\n"))
    parts = (part for line in lines for part in _SENTENCE_END.split(line))
    return [piece for part in parts if part for piece in _pieces(part)]


def _pieces(sentence: str) -> list[str]:
    long = len(sentence) > _MAX_SENTENCE
    return textwrap.wrap(sentence, _MAX_SENTENCE) if long else [sentence]


def quote(sentence: str, start: int, end: int) -> str:
    """The words around a match, cut at ``…`` where the sentence is long."""
    if len(sentence) <= _MAX_QUOTE:
        return sentence
    room = max(0, _MAX_QUOTE - (end - start)) // 2
    low, high = max(0, start - room), min(len(sentence), start + _MAX_QUOTE, end + room)
    # Cut between words, unless that would cut into the match itself.
    low = low and min(start, sentence.find(" ", low) + 1 or start)
    if high < len(sentence):
        high = max(min(end, high), sentence.rfind(" ", low, high))
    return ("…" if low else "") + sentence[low:high] + ("…" if high < len(sentence) else "")


def title_candidates(text: str) -> list[str]:
    """Lines that can be the posting's title, the likeliest first; never empty.

    A line that is labeled so is the title. Otherwise it is one of the first
    few lines, short and not a sentence.
    """
    lines = [_BULLET.sub("", line) for line in text.split("\n")[: 3 * _HEADER_LINES]]
    labeled = [match[1] for line in lines if (match := _TITLE_LABEL.fullmatch(line))]
    if labeled:
        return labeled[:1]
    first = [line for line in lines if line][:_HEADER_LINES]
    short = [
        line
        for line in first
        if len(line.split()) <= _MAX_TITLE_WORDS and ":" not in line and line[-1] not in ".!?;"
    ]
    return short or [quote(first[0], 0, 0) if first else quote(text, 0, 0)]


class Stems:
    """Stems of words, with abbreviations written out.

    Make one for each text: a stemmer must not be shared between threads, and
    the words of a pasted text are forgotten with it.
    """

    def __init__(self, abbreviations: Mapping[str, Sequence[str]]) -> None:
        self._abbreviations = abbreviations
        self._stemmer = snowballstemmer.stemmer("english")
        self._stems: dict[str, str] = {}

    def pairs(self, text: str) -> Iterator[tuple[str, str]]:
        """Each word of a text as its stem and as written, in order."""
        for match in _WORD.finditer(text):
            written = re.sub(r"['’]s?$", "", match[0])
            word = written.casefold().replace("’", "'")
            if len(word) > _MAX_WORD:
                continue
            for part in self._abbreviations.get(word, (word,)):
                yield self._stem(part), written

    def of(self, text: str) -> list[str]:
        """The stems of a text's words, in order."""
        return [stem for stem, _ in self.pairs(text)]

    def _stem(self, word: str) -> str:
        if word not in self._stems:
            self._stems[word] = str(self._stemmer.stemWord(word))
        return self._stems[word]
