"""Find the job profile of each job in a file: the one it names, else that of its title."""

from collections.abc import Collection, Sequence

from analytics.jobs.matching import Matcher

#: The lowest confidence of a strong match of a title, and of a partial one.
_STRONG, _PARTIAL = 0.90, 0.70
#: Title, level and profile code as a file gives them; None for what it doesn't give.
Job = tuple[str | None, str | None, str | None]


def name_jobs(
    jobs: Sequence[Job], matcher: Matcher, profiles: Collection[str]
) -> list[tuple[str, str, str]]:
    """For each job the profile's code, how closely it matches, and why.

    ``profiles`` are the known codes. The code is empty where no profile matches
    well; all three are empty where the job names an unknown profile.
    """
    return [_name_job(job, matcher, profiles) for job in jobs]


def _name_job(job: Job, matcher: Matcher, profiles: Collection[str]) -> tuple[str, str, str]:
    title, level, profile = job
    if profile:
        code = profile.upper()
        return (code, "exact", "named in the file") if code in profiles else ("", "", "")
    matches = title and (matcher.match(f"{title} {level or ''}", 1) or matcher.match(title, 1))
    if not matches or matches[0].confidence < _PARTIAL:
        return "", "proxy", "no profile matches the title well"
    closeness = "strong" if matches[0].confidence >= _STRONG else "partial"
    return matches[0].code, closeness, f"by its title, {matches[0].reason}"
