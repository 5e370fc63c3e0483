"""Telling a user which name was probably meant."""

from collections.abc import Sequence
from difflib import get_close_matches


def nearest(given: str, known: Sequence[str], most: int = 3) -> str:
    """A phrase that names the closest of ``known``, or all of them if none is close."""
    if not known:
        return "there is none yet"
    folded = {_folded(name): name for name in known}
    close = [folded[c] for c in get_close_matches(_folded(given), folded, most, cutoff=0.5)]
    if close:
        return f"did you mean {' or '.join(close)}?"
    return f"there are {', '.join(known)}"


def exact(given: str, known: Sequence[str]) -> str | None:
    """The known name that equals ``given`` but for case and hyphens, if there is one."""
    return given if given in known else {_folded(name): name for name in known}.get(_folded(given))


def _folded(name: str) -> str:
    return " ".join(name.casefold().replace("-", " ").split())
