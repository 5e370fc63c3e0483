"""Words about pay in a job posting: split, variable pay, cap, equity, travel."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analytics.jobs.posting_text import quote


@dataclass(frozen=True)
class PayWord:
    """A word about pay other than an amount; ``value`` is empty where the word says it all."""

    kind: str
    value: str
    quote: str


_SPLIT = re.compile(r"\b(\d{2,3})\s?[/:]\s?(\d{1,2})\b(?!\s?/)")
_SPLIT_CONTEXT = re.compile(
    r"\b(?:base|variable|split|OTE|on[- ]target|commission|bonus|pay mix|incentive)\b",
    re.IGNORECASE,
)
_SPLIT_WORDS = re.compile(
    r"\b(\d{2})\s?% (?:of \w+ )?(?:is )?(?:base|fixed)\b.{0,30}?\b(\d{1,2})\s?% "
    r"(?:\w+ ){0,2}(?:variable|bonus|commission|incentive)",
    re.IGNORECASE,
)
_VARIABLE_SHARE = r"(?P<value>\d{1,3}(?:\.\d)?(?:\s?[-–]\s?\d{1,3})?\s?%)"
#: Kind of pay word → what says it, and what looks alike and is something else.
_KINDS: dict[str, tuple[str, str]] = {
    "OTE": (r"\bOTE\b|\bon[- ]target earnings?\b|\btarget (?:total )?cash\b", r"(?!)"),
    "bonus": (
        rf"(?:{_VARIABLE_SHARE}\s(?:\w+\s){{0,3}}|(?P<type>sign[- ]on|signing|quarterly|monthly|"
        r"annual|yearly|performance|retention|referral|discretionary)\s(?:\w+\s)?)?"
        r"\bbonus(?:es)?\b(?:\s(?:of\s)?(?:up to\s|at\s)?(?P<after>\d{1,3}\s?%))?",
        r"\bbonus (?:points?|if)\b|\bbonus:|^bonus$|"
        r"\b(?:is|are|as|considered|be|it['’]s) an? (?:\w+ )?bonus\b",
    ),
    "commission": (
        r"\b(?:uncapped )?commissions?\b",
        r"\b(?:european|securities|trade|federal|human rights) commission|commission (?:the|new)",
    ),
    "variable": (
        rf"(?:{_VARIABLE_SHARE}\s(?:\w+\s){{0,2}})?\bvariable\b(?:[\w ]{{0,20}}?\s"
        r"(?P<after>\d{1,3}\s?%))?",
        r"\bvariables\b|many variable",
    ),
    "cap": (
        r"\buncapped\b|\bcapped\b|\bno cap\b|\bcap(?:s|ped)? (?:at|of)\b|\bwithout a cap\b",
        r"\b(?:market|large|mid|small)[- ]cap\b|\bcap table\b|uncapped (?:leave|PTO|vacation|"
        r"holiday|potential)",
    ),
    "accelerator": (
        r"\baccelerators?\b|\baccelerated (?:commission|payout|rates?)\b",
        r"\b(?:startup|start-up|business|seed) accelerator|accelerator program",
    ),
    "equity": (
        r"\b(?:RSUs?|ESPP|ESOP|VSOP|stock options?|share options?|stock grants?|restricted stock|"
        r"equity|options)\b",
        r"\b(?:diversity|inclusion|private|brand|pay|racial|health|social|gender)\b,? "
        r"(?:and |& )?equity|\bequity(?:,| and| &) (?:inclusion|diversity|belonging|justice)|"
        r"\b(?:insurance|health|benefit|plan|career|work|working|schedule|flexible|location|"
        r"dental|food|payment|hybrid|remote|deployment|configuration)\b[\w ,/-]{0,20} options|"
        r"\boptions (?:to|for|available)\b",
    ),
}
_KIND_PATTERNS = {
    kind: (re.compile(words, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for kind, (words, other) in _KINDS.items()
}
_TRAVEL = re.compile(r"\btravel(?:s|ing|ling)?\b", re.IGNORECASE)
_SHARE = (
    r"(?:(?:up to|approximately|about|around|at least|less than) |[~<] ?)?"
    r"\d{1,3}\s?%?(?:\s?(?:-|–|to)\s?\d{1,3})?\s?(?:%|per ?cent)"
)
_TRAVEL_SHARE = re.compile(
    rf"\btravel\w*\b[\w :(,]{{0,30}}?(?P<after>{_SHARE})|"
    rf"(?P<before>{_SHARE})[\w ]{{0,20}}?\btravel",
    re.IGNORECASE,
)
_TRAVEL_LOOSE = re.compile(
    r"\b(?:no|some|occasional|minimal|limited|frequent|regular|light|extensive|domestic|"
    r"international|willing(?:ness)? to|able to|ability to|required to|quarterly|must)\s"
    r"(?:\w+\s){0,2}travel|\btravel (?:is |may be )?(?:not )?(?:required|expected|needed)|"
    r"^travel\s?:",
    re.IGNORECASE,
)


def pay_words(sentences: Iterable[str]) -> list[PayWord]:
    """Split, OTE, variable pay, cap, accelerator, equity and travel in a posting's sentences.

    Each kind and value once, with the words that say it.
    """
    found: dict[tuple[str, str], PayWord] = {}
    for sentence in sentences:
        for word in _words_in(sentence):
            found.setdefault((word.kind, word.value.lower()), word)
    bare = {word.kind for word in found.values() if word.value}
    # "Bonus" says nothing more beside "10% bonus".
    return [word for word in found.values() if word.value or word.kind not in bare]


def _words_in(sentence: str) -> Iterator[PayWord]:
    yield from _splits_in(sentence)
    for kind, (pattern, other) in _KIND_PATTERNS.items():
        if (match := pattern.search(sentence)) and not other.search(sentence):
            groups = match.groupdict()
            value = next((groups[g] for g in ("value", "after", "type") if groups.get(g)), "")
            if kind in ("cap", "equity"):
                value = match[0]
            yield PayWord(kind, value, quote(sentence, match.start(), match.end()))
    if _TRAVEL.search(sentence):
        share = _TRAVEL_SHARE.search(sentence)
        if match := share or _TRAVEL_LOOSE.search(sentence):
            value = (share["before"] or share["after"]) if share else ""
            yield PayWord("travel", value, quote(sentence, match.start(), match.end()))


def _splits_in(sentence: str) -> Iterator[PayWord]:
    pairs = [_SPLIT_WORDS.search(sentence)]
    if _SPLIT_CONTEXT.search(sentence):
        pairs += _SPLIT.finditer(sentence)
    for match in pairs:
        if match and int(match[1]) + int(match[2]) == 100:
            value = f"{match[1]}/{match[2]}"
            yield PayWord("split", value, quote(sentence, match.start(), match.end()))
