"""Money in words: the one place that writes an amount of pay for people."""

from math import floor

#: Currencies with a sign of their own; others are written with their code.
SIGNS = {"USD": "$", "EUR": "€", "GBP": "£"}
#: From this amount on a short label is in thousands.
_THOUSANDS_FROM = 10_000


def currency_prefix(currency: str) -> str:
    """What stands before an amount: ``$``, or ``CHF `` where there is no sign."""
    return SIGNS.get(currency, f"{currency} ")


def money(amount: float, currency: str = "USD", *, decimals: int = 0) -> str:
    """An amount in full.

    >>> money(117_500)
    '$117,500'
    >>> money(-500, "EUR")
    '−€500'
    >>> money(95_000, "CHF")
    'CHF 95,000'
    """
    sign = "−" if round(amount, decimals) < 0 else ""
    return f"{sign}{currency_prefix(currency)}{abs(amount):,.{decimals}f}"


def whole_thousands(amount: float) -> int:
    """Whole thousands, halves up, so that labels on one page add up.

    >>> whole_thousands(117_500)
    118
    """
    return floor(amount / 1000 + 0.5)


def short_money(amount: float, currency: str = "USD") -> str:
    """An amount for a label in a chart: in thousands from ten thousand on.

    >>> short_money(117_500)
    '$118k'
    >>> short_money(9_400)
    '$9,400'
    """
    if abs(amount) < _THOUSANDS_FROM:
        return money(amount, currency)
    sign = "−" if amount < 0 else ""
    return f"{sign}{currency_prefix(currency)}{whole_thousands(abs(amount)):,}k"


def money_range(low: float, high: float, currency: str = "USD") -> str:
    """Two ends of an interval.

    >>> money_range(106_300, 125_100)
    '$106,300–$125,100'
    """
    return f"{money(low, currency)}–{money(high, currency)}"


def signed_money(amount: float, currency: str = "USD") -> str:
    """A difference in thousands with its sign.

    >>> signed_money(41_000)
    '+$41k'
    """
    sign = "−" if amount < 0 else "+"
    return f"{sign}{currency_prefix(currency)}{whole_thousands(abs(amount)):,}k"


def signed_percent(share: float, decimals: int = 0) -> str:
    """A relative difference with its sign.

    >>> signed_percent(-0.02)
    '−2%'
    """
    return f"{'−' if share < 0 else '+'}{abs(share):.{decimals}%}"
