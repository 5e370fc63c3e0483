"""Pay records with a row for each pay type: what each row's amount is."""

from data.imports.team_files.known_words import BASE
from data.imports.team_files.layout import Layout
from data.imports.team_files.validation_rules import Rule

_OTHERS = ("variable", "overtime", "equity")


def by_pay_type(layout: Layout, name: str) -> str:
    """SQL of a pay field where the amount of a row, read as base pay, is of its pay type.

    Empty where there are no pay types, or for other fields.
    """
    if "pay_type" not in layout.known_fields or name not in (BASE, *_OTHERS):
        return ""
    if name == BASE:
        return f"case when coalesce(v_pay_type, '{BASE}') = '{BASE}' then v_base end as v_base"
    return f"case when v_pay_type = '{name}' then v_base else v_{name} end as v_{name}"


def pay_type_rules(layout: Layout) -> list[Rule]:
    """What leaves out a row of a pay type: it is of no known one, or of nobody known."""
    if "pay_type" not in layout.known_fields:
        return []
    unknown = "is none of base, variable, overtime, equity; --map-pay-type says which it is"
    alone = "is pay beside base pay, and nothing says whose: --map person_id=HEADING"
    empty = "" if "person_id" not in layout.known_fields else "t_person_id is null and "
    return [
        Rule("pay_type", "t_pay_type is not null and v_pay_type is null", unknown),
        Rule("pay_type", f"{empty}v_pay_type <> '{BASE}'", alone),
    ]
