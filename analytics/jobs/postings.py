"""A job posting decoded: its phrases, level, pay, the profile it resembles, what it leaves out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analytics.jobs.posting_amounts import PayAmount, pay_amounts
from analytics.jobs.posting_checklist import CheckedItem, PostingFacts, check_posting
from analytics.jobs.posting_levels import (
    LevelFinder,
    LevelFound,
    LevelYears,
    YearsFound,
    find_years,
)
from analytics.jobs.posting_pay import PayWord, pay_words
from analytics.jobs.posting_resemblance import ProfileIndex, Resemblance
from analytics.jobs.posting_text import clean_text, quote, sentences, title_candidates


@dataclass(frozen=True)
class Phrase:
    """A phrase of postings: what finds it, what it tends to mean, what to ask at the offer.

    ``words`` is looked for in one sentence at a time. It must not repeat without
    bounds, since it runs on text that anybody may paste.
    """

    phrase: str
    words: re.Pattern[str]
    meaning: str
    ask: str


@dataclass(frozen=True)
class DecodedPhrase:
    """A phrase that a posting uses, with the sentence."""

    phrase: str
    meaning: str
    ask: str
    quote: str


@dataclass(frozen=True)
class Posting:
    """Everything that was read from a posting."""

    title: str
    phrases: tuple[DecodedPhrase, ...]
    levels: tuple[LevelFound, ...]
    years: tuple[YearsFound, ...]
    amounts: tuple[PayAmount, ...]
    pay_words: tuple[PayWord, ...]
    resembles: tuple[Resemblance, ...]
    checklist: tuple[CheckedItem, ...]


@dataclass(frozen=True)
class Finding:
    """One finding of a posting as a row: ``part`` is the chapter, ``quote`` the posting's words."""

    part: str
    item: str
    finding: str
    quote: str
    ask: str


@dataclass(frozen=True)
class PostingReader:
    """Reads postings; make it once, ask it often. It keeps nothing of what it reads."""

    phrases: Sequence[Phrase]
    levels: LevelFinder
    years: Sequence[LevelYears]
    profiles: ProfileIndex

    def read(self, text: str) -> Posting:
        """The posting in a text; raises `InputError` for one that is empty or too long."""
        text = clean_text(text)
        title = self.profiles.best_title(title_candidates(text))
        parts = sentences(text)
        levels = self.levels.find(title, parts)
        amounts, words = pay_amounts(parts), pay_words(parts)
        facts = PostingFacts(title, parts, levels, amounts, words)
        return Posting(
            title,
            tuple(find_phrases(parts, self.phrases)),
            tuple(levels),
            tuple(find_years(parts, self.years)),
            tuple(amounts),
            tuple(words),
            tuple(self.profiles.rank(title, text)),
            tuple(check_posting(facts)),
        )


def find_phrases(sentences: Iterable[str], phrases: Sequence[Phrase]) -> list[DecodedPhrase]:
    """The phrases that a posting's sentences use, each once, in the order of the list."""
    found: dict[str, DecodedPhrase] = {}
    for sentence in sentences:
        for phrase in phrases:
            if phrase.phrase not in found and (match := phrase.words.search(sentence)):
                shown = quote(sentence, match.start(), match.end())
                found[phrase.phrase] = DecodedPhrase(
                    phrase.phrase, phrase.meaning, phrase.ask, shown
                )
    return [found[p.phrase] for p in phrases if p.phrase in found]


def findings(posting: Posting) -> list[Finding]:
    """A posting's findings as rows, chapter by chapter."""
    rows = [Finding("title", posting.title, "", "", "")]
    rows += [Finding("phrase", p.phrase, p.meaning, p.quote, p.ask) for p in posting.phrases]
    rows += [
        Finding("level", f"{f.words}, in the {f.place}", ", ".join(f.levels), f.quote, "")
        for f in posting.levels
    ]
    rows += [Finding("years", y.label, years_of_levels(y), y.quote, "") for y in posting.years]
    rows += [
        Finding("pay", a.basis or "basis not stated", f"{a.label}, {a.currency_label}", a.quote, "")
        for a in posting.amounts
    ]
    rows += [Finding("pay", w.kind, w.value or "mentioned", w.quote, "") for w in posting.pay_words]
    for near in posting.resembles:
        scores = f"{near.score:.2f} (title {near.title_score:.2f}, text {near.text_score:.2f})"
        rows.append(Finding("resembles", near.name, scores, ", ".join(near.shared), ""))
    if not posting.resembles:
        rows.append(Finding("resembles", "no profile", "none resembles it well", "", ""))
    rows += [
        Finding("not mentioned", near.name, duty, "", "")
        for near in posting.resembles
        for duty in near.not_mentioned
    ]
    rows += [
        Finding("checklist", c.item, "found" if c.found else "not found", c.quote,
                "" if c.found else c.ask)
        for c in posting.checklist
    ]  # fmt: skip
    return rows


def years_of_levels(years: YearsFound) -> str:
    """The levels that ask for as many years, in words: ``P3 (level), P3 (rubric)``."""
    several = len({row.ladder for row in years.levels}) > 1
    return ", ".join(
        f"{row.ladder} {row.level} ({row.kind})" if several else f"{row.level} ({row.kind})"
        for row in years.levels
    )
