"""Find the job profile of each job in a file: the one it names, else that of its title and level.

A level that the file states decides over the words of the title; where the two
disagree the job carries a note of the conflict.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from analytics.jobs.codes import PROFILE_GRADES
from analytics.jobs.matching import Match, Matcher

#: The lowest confidence of a strong match of a title, and of a partial one.
_STRONG, _PARTIAL = 0.90, 0.70
#: Matches that are looked at for the level that the file states.
_MATCHES = 30
#: Title, level and profile code as a file gives them; None for what it doesn't give.
Job = tuple[str | None, str | None, str | None]


@dataclass(frozen=True)
class NamedJob:
    """The profile that a job means: its code, how closely it matches, and why.

    ``code`` is empty where no profile matches well. ``conflict`` says where the
    file contradicts itself or names a profile that is not known; ``neighbor`` names the
    neighboring work that the title means, and what sets it apart. Both are empty elsewhere.
    """

    code: str
    match: str
    reason: str
    conflict: str = ""
    neighbor: str = ""


def level_code(text: str) -> str:
    """The level of Bandstand's ladder that a text names, such as P4; empty for any other text."""
    found = re.fullmatch(r"(?:(?:level|lvl)\.? ?)?([PM])[ .-]?0?(\d)", text.strip(), re.IGNORECASE)
    code = f"{found[1].upper()}{found[2]}" if found else ""
    return code if code in PROFILE_GRADES else ""


def name_jobs(jobs: Sequence[Job], matcher: Matcher, profiles: Collection[str]) -> list[NamedJob]:
    """For each job the profile that it means; ``profiles`` are the known codes.

    A known code that the file names is taken as it is. One that is not known is
    noted, and the title and the level decide.
    """
    return [_name_job(job, matcher, profiles) for job in jobs]


def _name_job(job: Job, matcher: Matcher, profiles: Collection[str]) -> NamedJob:
    title, level, profile = job
    if not profile:
        return _by_title(title, level, matcher, profiles)
    if (code := profile.strip().upper()) in profiles:
        return NamedJob(code, "exact", "named in the file")
    found = _by_title(title, level, matcher, profiles)
    unknown = f"“{profile}” is no profile that Bandstand knows, so title and level decide"
    conflict = "; ".join(filter(None, (unknown, found.conflict)))
    return NamedJob(found.code, found.match, found.reason, conflict, found.neighbor)


def _by_title(
    title: str | None, level: str | None, matcher: Matcher, profiles: Collection[str]
) -> NamedJob:
    stated = level_code(level or "")
    matches: Sequence[Match] = matcher.match(title, _MATCHES) if title else []
    if title and level and not stated:
        matches = _with_level_word(title, level, matches, matcher)
    if not matches or matches[0].confidence < _PARTIAL:
        neighbor = str(matcher.neighbor(title) or "") if title else ""
        reason = "; ".join(filter(None, ("no profile matches the title well", neighbor)))
        return NamedJob("", "proxy", reason, neighbor=neighbor)
    best = matches[0]
    if stated and stated != best.level:
        return _by_level(matches, stated, profiles)
    closeness = "strong" if best.confidence >= _STRONG else "partial"
    why = f"its level {stated} and its title" if stated else "its title"
    return NamedJob(best.code, closeness, f"by {why}, {best.reason}")


def _with_level_word(
    title: str, level: str, matches: Sequence[Match], matcher: Matcher
) -> Sequence[Match]:
    """The match of a title with a level's words, such as Senior; the title's own for other words.

    Words that name no level only make a title less like the known ones.
    """
    named = matcher.match(f"{title} {level}", 1)
    if not matches or matches[0].confidence < _PARTIAL:
        return named or matches
    says_more = named and named[0].confidence >= _PARTIAL and named[0].level != matches[0].level
    return named if says_more else matches


def _by_level(matches: Sequence[Match], stated: str, profiles: Collection[str]) -> NamedJob:
    """The profile at the stated level of the work that the title means."""
    best = matches[0]
    # A bare title such as Customer Success Manager contradicts no level.
    bare = any("the title names no level" in match.reason for match in matches)
    conflict = "" if bare else f"its level {stated} decides; the title alone means {best.level}"
    code = _at_level([match.code for match in matches], stated, profiles)
    if not code:
        return NamedJob("", "proxy", f"no profile of this work has the level {stated}", conflict)
    close = "strong" if best.confidence >= _STRONG and not conflict else "partial"
    reason = f"by its level {stated}; its work by {best.reason}"
    return NamedJob(code, close, f"{reason}; {conflict}" if conflict else reason, conflict)


def _at_level(codes: Sequence[str], level: str, profiles: Collection[str]) -> str:
    """The first match of a level; else the profile of the best one's focus, then of its function.

    Empty where there is none, or where several focuses of the function have one.
    """
    if matched := next((code for code in codes if code.endswith(f".{level}")), ""):
        return matched
    focus = codes[0].rpartition(".")[0]
    if (same := f"{focus}.{level}") in profiles:
        return same
    function = f"{focus.partition('.')[0]}."
    others = [c for c in profiles if c.startswith(function) and c.endswith(f".{level}")]
    return others[0] if len(others) == 1 else ""
