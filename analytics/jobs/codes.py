"""Codes of job profiles: ``FUNCTION.FOCUS.LEVEL``, such as CUSTOM1.CUSTOMERBDCB.M6."""

import hashlib
import re
from dataclasses import dataclass

from analytics.errors import InputError

_CODE = re.compile(r"([A-Z0-9]+)\.([A-Z]{1,8}[0-9A-F]{4})\.(P[1-6]|M[3-6])")
#: Level of a profile code → its track and grade.
PROFILE_GRADES = {f"P{n}": ("professional", n) for n in range(1, 7)} | {
    f"M{n}": ("management", n + 1) for n in range(3, 7)
}
_LETTERS = 8
_DIGITS = 4


@dataclass(frozen=True)
class ProfileCode:
    """The three parts of a code; the function part is opaque."""

    function: str
    focus: str
    level: str

    def __str__(self) -> str:
        return f"{self.function}.{self.focus}.{self.level}"


def parse_code(text: str) -> ProfileCode:
    """The parts of a profile code; case and surrounding spaces don't matter.

    Raises `InputError`, saying which part is wrong.
    """
    code = text.strip().upper()
    if match := _CODE.fullmatch(code):
        return ProfileCode(*match.groups())
    parts = code.split(".")
    if len(parts) != 3:
        raise InputError(f"{text!r} is not a profile code; it has the form FUNCTION.FOCUS.LEVEL")
    if not re.fullmatch(r"P[1-6]|M[3-6]", parts[2]):
        raise InputError(f"{text!r}: the level {parts[2]!r} is not one of P1 to P6 and M3 to M6")
    if not re.fullmatch(r"[A-Z]{1,8}[0-9A-F]{4}", parts[1]):
        raise InputError(
            f"{text!r}: the focus {parts[1]!r} is not one to eight letters and four hex digits"
        )
    raise InputError(f"{text!r}: the function {parts[0]!r} may have only letters and digits")


def focus_part(slug: str) -> str:
    """The part of a profile code that stands for a focus, from the focus's slug.

    Its first eight letters, then the first four hex digits of the slug's SHA-1,
    in uppercase: ``customer-success`` gives CUSTOMERBDCB. Raises `InputError`
    for a slug without letters.
    """
    letters = re.sub(r"[^a-z]", "", slug)[:_LETTERS]
    if not letters:
        raise InputError(f"slug {slug!r} has no letters from a to z")
    digest = hashlib.sha1(slug.encode(), usedforsecurity=False).hexdigest()
    return (letters + digest[:_DIGITS]).upper()
