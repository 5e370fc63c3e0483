"""Suggest the name that a user probably meant."""

from collections.abc import Sequence
from difflib import get_close_matches


def nearest(name: str, options: Sequence[str], limit: int = 3) -> str:
    """A phrase that names the closest options, or all of them where none is close."""
    if not options:
        return "none is available yet"
    by_key = {_key(option): option for option in options}
    close = [by_key[key] for key in get_close_matches(_key(name), by_key, limit, cutoff=0.5)]
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"available: {', '.join(options)}"


def exact(name: str, options: Sequence[str]) -> str | None:
    """The option that equals ``name`` apart from case and hyphens, if there is one."""
    return name if name in options else {_key(option): option for option in options}.get(_key(name))


def _key(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())
