"""The currency that an amount names beside its digits."""

import re

from analytics.currencies import DOLLAR_CURRENCIES, DOLLAR_PREFIXES

RUPEES = ("INR", "PKR", "LKR", "NPR", "MUR", "SCR")
#: A sign → the currencies that are written with it.
SIGNS = {"€": ("EUR",), "£": ("GBP",), "₹": ("INR",), "¥": ("JPY", "CNY")}


def currencies_named(text: str) -> tuple[str, ...]:
    """The currencies that an amount can be in by its sign or code; empty where it names none.

    >>> currencies_named("CA$90,000"), currencies_named("90.000 €"), currencies_named("90k")
    (('CAD',), ('EUR',), ())
    """
    if sign := next((sign for sign in SIGNS if sign in text), ""):
        return SIGNS[sign]
    if re.search(r"^-?[Rr]s|[Rr]s\.?$", text.strip()):
        return RUPEES
    if dollar := re.search(r"([A-Z]{0,2})\$", text):
        named = DOLLAR_PREFIXES.get(dollar[1])
        return DOLLAR_CURRENCIES if not dollar[1] else (named,) if named else ("$",)
    code = re.search(r"[A-Z]{3}", text)
    return (code[0],) if code else ()
