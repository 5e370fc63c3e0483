"""Which profile the jobs of a file mean: the one that they name, else by their titles."""

from collections.abc import Collection, Sequence

from analytics.jobs.matching import Matcher

#: From this confidence on a title is a strong match, from that one a partial one.
_STRONG, _PARTIAL = 0.90, 0.70
#: Title, level and profile as a file gives them; what it does not give is None.
Job = tuple[str | None, str | None, str | None]


def name_jobs(
    jobs: Sequence[Job], matcher: Matcher, profiles: Collection[str]
) -> list[tuple[str, str, str]]:
    """For each job the profile's code, how closely it matches, and why.

    The code is empty where no profile matches well; the match too where the job
    names a profile that there is not.
    """
    return [_name(job, matcher, profiles) for job in jobs]


def _name(job: Job, matcher: Matcher, profiles: Collection[str]) -> tuple[str, str, str]:
    title, level, profile = job
    if profile:
        code = profile.upper()
        return (code, "exact", "named in the file") if code in profiles else ("", "", "")
    found = title and (matcher.match(f"{title} {level or ''}", 1) or matcher.match(title, 1))
    if not found or found[0].confidence < _PARTIAL:
        return "", "proxy", "no profile matches the title well"
    match = "strong" if found[0].confidence >= _STRONG else "partial"
    return found[0].code, match, f"by its title, {found[0].reason}"
