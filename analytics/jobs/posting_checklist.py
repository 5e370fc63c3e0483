"""What a candidate or a reviewer looks for in a job posting, and whether it is there."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analytics.jobs.posting_amounts import PayAmount
from analytics.jobs.posting_levels import LevelFound
from analytics.jobs.posting_pay import PayWord
from analytics.jobs.posting_text import quote


@dataclass(frozen=True)
class CheckedItem:
    """One thing to look for: the words that say it, or what to ask where none do.

    ``quote`` is empty where nothing was found.
    """

    item: str
    quote: str
    ask: str

    @property
    def found(self) -> bool:
        """Whether the posting says it."""
        return bool(self.quote)


@dataclass(frozen=True)
class PostingFacts:
    """What was read from a posting before it is checked for what it leaves out."""

    title: str
    sentences: Sequence[str]
    levels: Sequence[LevelFound]
    amounts: Sequence[PayAmount]
    pay_words: Sequence[PayWord]


_NUMBER = (
    r"(?:\d{1,3}(?:,\d{3}|\d)?|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)"
)
_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|"
    "NY|NC|ND|OH|OK|OR|PA|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|DC"
)
_PATTERNS = {
    "portfolio": rf"\b{_NUMBER}(?:\s?(?:-|–|to)\s?{_NUMBER})?\+? "
    r"(?:(?!years?|yrs)[\w-]{1,20} ){0,3}"
    r"(?:accounts|customers|clients|CSMs|managers|direct reports|teams)\b|"
    r"\b(?:book|portfolio|segment) of\b|"
    rf"\b(?:CSM|(?:lead|manage|coach|direct|run)s? (?:a|the|our)) team of (?:\w+ )?{_NUMBER}|"
    r"\b(?:SMBs?|small business(?:es)?|mid[- ]?market|enterprise (?:accounts|customers|clients|"
    r"segment|csm)|strategic accounts|public sector|global accounts|digital segment|"
    r"named accounts)\b|\$\d+(?:\.\d+)?\s?[MK] (?:in |of )?ARR",
    "reporting": r"\breport(?:s|ing)? (?:in|direct(?:ly)?)?\s?(?:in)?to\b|\bwho you['’]?ll report|"
    r"\byour manager\b|\bhiring manager is\b|\breports?:|\bunder the (?:direction|supervision|"
    r"leadership) of\b",
    "location": r"\b(?:remote|hybrid|on-?site|in[- ]office|in[- ]person|work from home|relocation|"
    r"office[- ]based|days (?:a|per) week in|days in the office)\b|\blocation\b\s?:|\bbased in\b|"
    rf"(?-i:\b[A-Z][a-z]+,? (?:{_STATES}|UK|USA|Germany|France|Ireland|Canada|India|Australia)\b)",
    "benefits": r"\b(?:benefits|medical|dental|vision insurance|life insurance|401\(?k\)?|"
    r"health(?:care)? (?:insurance|plan|cover|coverage)|pension|super(?:annuation)?|PTO|"
    r"paid time off|vacation|annual leave|days of holiday|holidays?|parental leave|sick leave|"
    r"wellness|cycle-to-work|tuition|stipend|discount)\b",
    "interview": r"\b(?:interviews?|interviewers?|interviewing|hiring (?:process|steps)|"
    r"selection process|case study|recruiter (?:call|screen)|phone screen|take-home|"
    r"assessment (?:day|cent))",
    "success": r"\bmeasured (?:by|on|against)\b|\bmeasures? of success\b|\bsuccess (?:looks like|"
    r"is measured|means)\b|\bKPIs?\b|\bOKRs?\b|\b(?:first|within) (?:\w+ )?(?:30|60|90|thirty|"
    r"sixty|ninety|six|12|twelve) (?:days|months)\b|\b(?:GRR|NRR|NPS|CSAT|net (?:revenue )?"
    r"retention|gross (?:revenue )?retention)\b|\bquota\b|\bretention (?:target|goal)s?\b|"
    r"\bis your number\b|\bhold the number\b",
}
_COMPILED = {name: re.compile(words, re.IGNORECASE) for name, words in _PATTERNS.items()}


def check_posting(facts: PostingFacts) -> list[CheckedItem]:
    """Each item of the checklist with the words that say it, in a fixed order."""
    return [CheckedItem(item, find(facts), ask) for item, ask, find in _ITEMS]


def _says(name: str) -> Callable[[PostingFacts], str]:
    pattern = _COMPILED[name]

    def find(facts: PostingFacts) -> str:
        for sentence in facts.sentences:
            if match := pattern.search(sentence):
                return quote(sentence, match.start(), match.end())
        return ""

    return find


def _pay_word(*kinds: str) -> Callable[[PostingFacts], str]:
    return lambda facts: next((w.quote for w in facts.pay_words if w.kind in kinds), "")


def _pay_range(facts: PostingFacts) -> str:
    return next((amount.quote for amount in facts.amounts), "")


def _basis(facts: PostingFacts) -> str:
    named = next((amount.quote for amount in facts.amounts if amount.basis), "")
    return _pay_word("split")(facts) or named or _pay_word("OTE")(facts)


def _level(facts: PostingFacts) -> str:
    return next((level.quote for level in facts.levels), "")


_ITEMS: tuple[tuple[str, str, Callable[[PostingFacts], str]], ...] = (
    (
        "Pay range",
        "What is the range for this role, and where in it do you expect to hire?",
        _pay_range,
    ),
    (
        "Pay basis and split",
        "Is that base or on-target earnings, and how does it split into base and variable?",
        _basis,
    ),
    (
        "Variable pay",
        "Is there variable pay, on which measures, and what did the team earn of it last year?",
        _pay_word("variable", "bonus", "commission", "split"),
    ),
    (
        "Cap and accelerators",
        "Is variable pay capped, and does it accelerate above target?",
        _pay_word("cap", "accelerator"),
    ),
    (
        "Portfolio, team or segment",
        "How many accounts or people, how much revenue, and which segment?",
        _says("portfolio"),
    ),
    ("Reporting line", "Who would I report to, and who do they report to?", _says("reporting")),
    ("Level", "Which level is this on your ladder, and what does the next one ask?", _level),
    ("Location", "Where is the work done, and how many days on site?", _says("location")),
    ("Travel", "How much travel is there?", _pay_word("travel")),
    (
        "Equity",
        "Is there equity: how much, which kind, vesting over how long?",
        _pay_word("equity"),
    ),
    ("Benefits", "Which benefits come with the role, and from which day?", _says("benefits")),
    ("Interview steps", "Which interviews are there, with whom, by when?", _says("interview")),
    (
        "How success is measured",
        "Which figures say after a year that this went well, and what are they today?",
        _says("success"),
    ),
)
