"""Whether the pay records on an engine are such as an import would take."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.records.engines import sql_text
from data.records.engines.records import EngineRecords
from data.records.engines.table import FIELDS

#: Names of a column that a sentence has.
_NAMED = 5
_REMEDIES = {
    "no_organisation": "state the employer",
    "no_currency": "state the currency, such as USD",
    "no_base": "state base pay",
    "no_effective_date": "state the date from which the pay applies",
    "negative_base": "state what is paid",
}


@dataclass(frozen=True)
class EngineCheck:
    """What a check found: how many records there are and count, and a sentence for each finding.

    ``left_out`` are of records that no question counts, ``warnings`` of those that count
    all the same.
    """

    records: int
    usable: int
    left_out: tuple[str, ...]
    warnings: tuple[str, ...]


def check_records(records: EngineRecords) -> EngineCheck:
    """Count on the engine what an import would leave out or warn of; nothing is changed.

    A record may have several faults. Raises `EngineError`.
    """
    table, engine = records.table, records.engine
    faults = engine.ask(sql_text.faults(table).sql).to_pylist()[0]
    total, usable = faults["records"], faults["usable"] or 0
    left_out = [
        f"{_fields_fault(name)}: {faults[name]:,} records left out; {remedy} in {table.name}"
        for name, remedy in _REMEDIES.items()
        if faults[name]
    ]
    warnings = [
        f"{_fields_fault(name)}: {count:,} records, which count as they are"
        for name, count in faults.items()
        if name.startswith("negative_") and name not in _REMEDIES and count
    ]
    if repeated := engine.ask(sql_text.alike(table).sql).to_pylist()[0]["repeated"]:
        warnings.append(
            f"{repeated:,} records repeat another in every field; all count: people of equal pay, "
            "or rows that came twice"
        )
    warnings += _unknown_levels(records)
    if absent := [name for name in FIELDS if name not in table.columns]:
        warnings.append(f"no column for {', '.join(absent)}: not stated for anybody")
    return EngineCheck(total, usable, tuple(left_out), tuple(warnings))


def _unknown_levels(records: EngineRecords) -> Sequence[str]:
    words = records.words
    levels = words[(words.column == "level") & ~words.value.isin(list(records.ladder))]
    if levels.empty or not records.ladder:
        return []
    names = ", ".join(repr(value) for value in levels.value.head(_NAMED))
    return [
        f"level: {int(levels.people.sum()):,} records have a level on no ladder, such as {names}; "
        "they have no differentials"
    ]


def _fields_fault(name: str) -> str:
    kind, _, field = name.partition("_")
    return f"{field} is below 0" if kind == "negative" else f"{field} is missing"
