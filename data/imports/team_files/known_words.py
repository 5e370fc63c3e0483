"""Cells that say one of a few things in many words: employment status, pay type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from data.store.sql_text import sql_cases

#: What ends the words that count: Active - Payroll Eligible, Terminated (voluntary).
_PARTED = r"( [-–] |[(,:;/])"


@dataclass(frozen=True)
class Vocabulary:
    """What the cells of a unit can mean: meaning → the words for it, parted by commas.

    ``option`` says what a word of the team's own means.
    """

    label: str
    option: str
    meanings: Mapping[str, str]

    @cached_property
    def known(self) -> Mapping[str, str]:
        """Word, of letters and digits alone → its meaning."""
        return {
            _letters(word): meaning
            for meaning, words in self.meanings.items()
            for word in (meaning, *words.split(", "))
        }

    def read(self, text: str, own: Mapping[str, str]) -> str:
        """What a cell means, ``own`` words included; empty if that is not known."""
        named = {word.casefold(): meaning for word, meaning in own.items()}
        return (
            named.get(text.strip().casefold())
            or self.known.get(_letters(text))
            or self.known.get(_letters(re.split(_PARTED, text)[0]), "")
        )

    def sql(self, cell: str, own: Mapping[str, str]) -> str:
        """The same as SQL; null if it is not known."""
        head = f"regexp_replace({cell}, '{_PARTED}.*$', '')"
        named = sql_cases({word.casefold(): meaning for word, meaning in own.items()})
        parts = [f"case lower({cell}) {named} end"] if own else []
        parts += [f"case {_letters_sql(text)} {sql_cases(self.known)} end" for text in (cell, head)]
        return f"coalesce({', '.join(parts)})"


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold())


def _letters_sql(text: str) -> str:
    return f"regexp_replace(lower({text}), '[^\\pL0-9]+', '', 'g')"


ACTIVE, ON_LEAVE, LEFT = "active", "on leave", "left"
#: Single letters are PeopleSoft's.
STATUS = Vocabulary(
    "employment status",
    "--map-status",
    {
        ACTIVE: "a, employed, current, current employee, working, on probation, probation, "
        "probationary, notice period, on notice, active employee, aktiv, beschäftigt, actif, "
        "activo",
        ON_LEAVE: "l, p, s, leave, loa, leave of absence, paid leave, unpaid leave, medical leave, "
        "parental leave, maternity leave, paternity leave, family leave, military leave, "
        "leave with pay, leave without pay, sabbatical, suspended, furlough, furloughed, "
        "short work break, beurlaubt, elternzeit, en congé",
        LEFT: "t, r, d, term, termed, terminated, termination, leaver, former, former employee, "
        "ex employee, resigned, retired, retiree, retired with pay, terminated with pay, "
        "separated, deceased, dismissed, discharged, laid off, redundant, departed, quit, "
        "no longer employed, ausgeschieden, parti, sorti, baja",
    },
)
#: Headings of a column that says yes or no, as tidy words → what a yes means there.
_YES_MEANS = {
    **dict.fromkeys(
        (
            *("active", "is active", "active status", "active y n", "active yes no", "active flag"),
            *("active indicator", "active employee", "currently active", "currently employed"),
        ),
        ACTIVE,
    ),
    **dict.fromkeys(("terminated", "is terminated", "inactive", "is inactive", "has left"), LEFT),
}
_YES, _NO = ("yes", "y", "true", "t", "1", "x", "ja", "oui"), ("no", "n", "false", "f", "0")


def words_of_column(unit: str, tidy: str, own: Mapping[str, str]) -> Mapping[str, str]:
    """The team's own words for a unit, with those of a column that says yes or no.

    ``tidy`` is the column's heading in words: a yes under Active means active, and
    one under Terminated means left.
    """
    if unit != "status" or tidy not in _YES_MEANS:
        return own
    yes = _YES_MEANS[tidy]
    no = _no_means(yes)
    return {**dict.fromkeys(_YES, yes), **dict.fromkeys(_NO, no), **own}


def yes_and_no(tidy: str) -> str:
    """What a yes and a no mean under such a heading; empty where it asks no such question."""
    yes = _YES_MEANS.get(tidy, "")
    return f"yes is {yes}, no is {_no_means(yes)}" if yes else ""


def _no_means(yes: str) -> str:
    return LEFT if yes == ACTIVE else ACTIVE


BASE = "base"
PAY_TYPE = Vocabulary(
    "pay type",
    "--map-pay-type",
    {
        BASE: "base pay, base salary, salary, regular, regular pay, regular earnings, reg, "
        "basic, basic pay, base wage, wages, grundgehalt, salaire de base",
        "variable": "variable pay, bonus, target bonus, annual bonus, commission, commissions, "
        "incentive, incentive pay, sti, short term incentive",
        "overtime": "ot, overtime pay, overtime premium, regular overtime",
        "equity": "stock, rsu, rsus, restricted stock units, options, stock options, lti, "
        "long term incentive",
    },
)
INCUMBENT, ORGANIZATION = "incumbent", "organization"
WEIGHTING = Vocabulary(
    "weighting",
    "--map-weighting",
    {
        INCUMBENT: "incumbent weighted, inc weighted, inc wtd, inc wgt, inc, iw, weighted, wtd, "
        "employee weighted, employee, ee weighted, individual weighted, incumbents",
        ORGANIZATION: "organization weighted, organisation weighted, organisation, org weighted, "
        "org wtd, org wgt, org, ow, unweighted, unwtd, company weighted, company, co weighted, "
        "organizations, organisations, companies",
    },
)
#: Unit → its words.
VOCABULARIES = {"status": STATUS, "pay_type": PAY_TYPE, "weighting": WEIGHTING}
