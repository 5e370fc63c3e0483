"""Currencies: how they are written, and what a year's pay in one can be."""

from decimal import Decimal

#: Yearly pay outside these is almost certainly a typing error or a wrong unit.
PAY_BOUNDS = (Decimal(1_000), Decimal(10_000_000))


#: Multiplier of the bounds for currencies whose unit is worth far less than a dollar.
SMALL_UNITS = {
    "CLP": 500,
    "COP": 4_000,
    "CRC": 500,
    "CZK": 20,
    "HUF": 300,
    "IDR": 15_000,
    "INR": 50,
    "ISK": 100,
    "JPY": 100,
    "KES": 100,
    "KRW": 1_000,
    "NGN": 1_000,
    "PHP": 50,
    "PKR": 200,
    "RSD": 100,
    "RUB": 50,
    "THB": 30,
    "TRY": 30,
    "TWD": 30,
    "UAH": 30,
    "VND": 20_000,
}


#: Letters before a dollar sign → the currency that they name.
DOLLAR_PREFIXES = {
    "US": "USD",
    "CA": "CAD",
    "C": "CAD",
    "AU": "AUD",
    "A": "AUD",
    "NZ": "NZD",
    "HK": "HKD",
    "SG": "SGD",
    "S": "SGD",
    "NT": "TWD",
    "MX": "MXN",
    "R": "BRL",
}


#: Currencies that are written with a bare dollar sign.
DOLLAR_CURRENCIES = (
    "USD",
    "CAD",
    "AUD",
    "NZD",
    "HKD",
    "SGD",
    "TWD",
    "MXN",
    "CLP",
    "COP",
    "ARS",
    "BRL",
)
