"""The currency of a structure whose market is in USD, and the rate that somebody states for it."""

from dataclasses import replace
from math import isfinite

from analytics.errors import InputError
from analytics.ranges.build import Structure

#: The currency of every figure that Bandstand's own sources answer in.
MARKET_CURRENCY = "USD"


def read_currency(text: str) -> str:
    """A currency's code of three letters (ISO 4217) as typed; raises `InputError` for another.

    >>> read_currency(" cad ")
    'CAD'
    """
    code = text.strip().upper()
    if len(code) != 3 or not (code.isascii() and code.isalpha()):
        raise InputError(f"{text!r} is no currency; say it by its three letters, as in USD or CAD")
    return code


def exchange_rate(currency: str, per_usd: float | None) -> float | None:
    """How many of a currency one USD is worth, as stated; None for USD, which needs no rate.

    Bandstand has no rates of exchange. Raises `InputError` where another currency has none,
    or one that is not above 0, and where USD has one.

    >>> exchange_rate("CAD", 1.37)
    1.37
    """
    if currency == MARKET_CURRENCY:
        if per_usd not in (None, 1):
            raise InputError(f"USD has no rate to itself; {per_usd:g} is for another currency")
        return None
    if per_usd is None:
        raise InputError(
            f"no rate for {currency}: the market is in USD, and Bandstand has no rates of "
            f"exchange; state how many {currency} one USD is worth"
        )
    if not (isfinite(per_usd) and per_usd > 0):
        raise InputError(f"one USD is worth {per_usd:g} {currency}? State a number above 0")
    return per_usd


def in_currency(
    structure: Structure, currency: str, per_usd: float | None, source: str = ""
) -> Structure:
    """A structure on figures in USD with its market converted at a rate that somebody states.

    ``source`` says who states it, and when. Raises `InputError` as `read_currency` and
    `exchange_rate` do.

    >>> in_currency(Structure("base", "USD", "2027-01", ()), "CAD", 1.37).exchange
    1.37
    """
    code = read_currency(currency)
    rate = exchange_rate(code, per_usd)
    if rate is None:
        return structure
    markets = tuple(level.times(rate) for level in structure.markets)
    said = " ".join(source.split())
    return replace(structure, currency=code, markets=markets, exchange=rate, exchange_source=said)


def exchange_words(structure: Structure) -> str:
    """The currency of a structure with the rate of its market, who states it among it.

    >>> exchange_words(Structure("base", "CAD", "2027-01", (), exchange=1.37))
    'CAD, 1 USD = 1.37 CAD as entered'
    """
    if structure.exchange is None:
        return structure.currency
    said = structure.exchange_source or "as entered"
    source = f"({said})" if structure.exchange_source else said
    return f"{structure.currency}, 1 USD = {structure.exchange:g} {structure.currency} {source}"
