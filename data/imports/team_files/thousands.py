"""Headings that state thousands: Base Salary ($000), Annual Base (k EUR), Bonus (TEUR).

Each column is believed for itself. Amounts of a column whose heading says nothing stay.
"""

import re

THOUSAND = 1_000
_CODE = (
    "(?:USD|EUR|GBP|CHF|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|INR|JPY|CNY|SGD|HKD|MXN|BRL|ZAR|ILS)"
)
_SIGN = f"(?:[$€£¥₹]|{_CODE})"
_NAME = rf"(?:{_SIGN}|dollars|euros?|pounds)"
_WRITTEN = (
    rf"{_SIGN}?\s*['’]?(?<![\d.,])000(?:['’]?s)?(?!\w)\s*{_SIGN}?",
    rf"(?<!\w)(?:in\s+)?k\s?{_SIGN}(?!\w)",
    rf"(?<!\w){_SIGN}\s?k(?!\w)",
    r"(?<=\()\s*(?:in\s+)?k\s*(?=\))",
    r"(?<!\w)in\s+k(?!\w)",
    rf"(?<!\w)T\s?(?:€|{_CODE})(?!\w)",
    rf"(?<!\w)(?:in\s+)?(?:tsd\.?|tausend)(?!\w)\s*{_NAME}?",
    rf"(?<!\w)(?:in\s+)?(?:{_NAME}\s+)?thousands?(?!\w)(?:\s+of)?\s*{_NAME}?",
)
_THOUSANDS = re.compile("|".join(_WRITTEN), re.IGNORECASE)
#: 401(k) is a plan.
_PLAN = re.compile(r"\b40[13]\s*\(?[kb]\)?", re.IGNORECASE)


def split_thousands(heading: str) -> tuple[str, int]:
    """A heading without what states thousands, and the factor: 1,000, or 1 if nothing does."""
    if _PLAN.search(heading):
        return heading, 1
    rest, found = _THOUSANDS.subn(" ", heading)
    if not found:
        return heading, 1
    return " ".join(
        re.sub(r"\(\s*(?:in)?\s*\)|\[\s*\]", " ", rest).strip(" ,-–:").split()
    ), THOUSAND
