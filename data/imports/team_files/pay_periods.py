"""Pay periods: what they are called, and how often each comes in a year."""

import re
from collections.abc import Mapping

from data.store.sql_text import sql_cases

#: Period → how often it comes in a year: 52 weeks of 5 days. An hour's pay needs the hours.
TIMES_A_YEAR: Mapping[str, int] = {
    "year": 1,
    "half year": 2,
    "quarter": 4,
    "month": 12,
    "four weeks": 13,
    "half month": 24,
    "two weeks": 26,
    "week": 52,
    "day": 260,
}
HOUR, YEAR = "hour", "year"
PERIODS = (HOUR, *reversed(list(TIMES_A_YEAR)))
#: Words that say a period wherever they stand, parted by commas.
_ADJECTIVES = {
    "year": "annual, annually, annualized, annualised, yearly, jährlich, annuel, annuelle, anual",
    "half year": "semiannual, semiannually, semi annual, semi annually, half yearly",
    "quarter": "quarterly, vierteljährlich, trimestriel, trimestral",
    "month": "monthly, monatlich, mensuel, mensuelle, mensual",
    "four weeks": "4 weekly, four weekly, every four weeks, every 4 weeks",
    "half month": "semimonthly, semi monthly, twice monthly, twice a month, quincenal",
    "two weeks": "biweekly, bi weekly, fortnightly, 2 weekly, every two weeks, every 2 weeks",
    "week": "weekly, wöchentlich, hebdomadaire, semanal",
    "day": "daily, täglich, journalier, diario, per diem",
    "hour": "hourly, stündlich, horaire, por hora",
}
#: Nouns that say a period after a word such as per, or as all that a cell says.
_NOUNS = {
    "year": "year, yr, annum, pa, p a, jahr, año",
    "half year": "half year",
    "quarter": "quarter, qtr, quartal, trimestre",
    "month": "month, mo, mth, monat, mois, mes",
    "four weeks": "4 weeks, four weeks",
    "half month": "half month",
    "two weeks": "fortnight, 2 weeks, two weeks",
    "week": "week, wk, woche, semaine, semana",
    "day": "day, diem, tag, jour, día",
    "hour": "hour, hr, hrs, stunde, heure, hora",
}


def _by_phrase(words: Mapping[str, str]) -> dict[str, str]:
    return {phrase: period for period, text in words.items() for phrase in text.split(", ")}


ADJECTIVES, NOUNS = _by_phrase(_ADJECTIVES), _by_phrase(_NOUNS)


def read_period(text: str, own: Mapping[str, str]) -> str:
    """The period that a cell names, ``own`` names included; empty if it is none."""
    named = {name.casefold(): period for name, period in own.items()}
    return named.get(text.strip().casefold()) or _KNOWN.get(_letters(text), "")


def period_sql(cell: str, own: Mapping[str, str]) -> str:
    """SQL of the period that a cell names, as `read_period` has it; null if it is none."""
    letters = f"regexp_replace(regexp_replace(lower({cell}), '^per ', ''), '[^\\pL0-9]+', '', 'g')"
    said = f"case {letters} {sql_cases(_KNOWN)} end"
    named = sql_cases({name.casefold(): period for name, period in own.items()})
    return f"case lower({cell}) {named} else {said} end" if own else said


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", re.sub("^per ", "", text.strip().casefold()))


_KNOWN = {_letters(phrase): period for phrase, period in (ADJECTIVES | NOUNS).items()}
