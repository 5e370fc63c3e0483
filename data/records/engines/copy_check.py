"""Whether a copy of pay records says what the engine says: totals, values, and some questions."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from analytics.errors import EngineError
from data.records.engines.bands import OnProgress
from data.records.engines.copied import EngineCopy
from data.records.engines.handover import HANDED
from data.records.engines.protocol import Engine
from data.records.engines.records import EngineRecords
from data.records.question import MARKET, PEOPLE, RecordQuery

#: A thousandth of a cent, in units of the currency.
_ALIKE = 1e-5
#: What the copy has values of.
_DIMENSIONS = ("currency", "function", "focus", "level", "place", "organisation", "year", "date")
#: What cells are divided by, question after question.
_BY: Sequence[tuple[str, ...]] = (("level",), ("focus", "level"), ("place",), ("level", "place"))


class CopyDiffersError(EngineError):
    """What was handed over, or made of it, is not what the engine has: it must be made anew."""


def hold_alike(handed: Engine, records: EngineRecords, totals: Mapping[str, object]) -> None:
    """Raise `CopyDiffersError` unless what was handed over has the engine's ``totals`` and values.

    Values are counted by dimension and day, of organizations too.
    """
    copied = EngineRecords(handed, HANDED)
    found = copied.totals()
    for name, expected in totals.items():
        if str(found[name]) != str(expected):
            raise CopyDiffersError(
                f"copied {found[name]} and not {expected} of {name}: the records changed "
                "meanwhile, or the engine left some out; copy again"
            )
    for name in _DIMENSIONS:
        mine, theirs = (_counts(words, name) for words in (copied.words, records.words))
        if mine != theirs:
            raise CopyDiffersError(
                f"{name}: what was copied has other values, or other people with them, than "
                "the engine; copy again"
            )


def hold_answers(
    copy: EngineCopy, records: EngineRecords, on_progress: OnProgress = lambda _: None
) -> int:
    """Ask copy and engine the same questions, one a pay element; returns how many.

    Raises `CopyDiffersError` where people, organizations, percentiles or intervals differ
    by more than a thousandth of a cent.
    """
    questions = sample_questions(copy)
    for i, query in enumerate(questions):
        mine, theirs = copy.band_table(query), records.band_table(query)
        if differing := _difference(mine, theirs):
            raise CopyDiffersError(
                f"{query.element} by {', '.join(query.by)}: {differing} differs between the copy "
                "and the engine; copy again"
            )
        on_progress((i + 1) / len(questions))
    return len(questions)


def sample_questions(copy: EngineCopy) -> list[RecordQuery]:
    """A question for each stated pay element, of the currency that most people are paid in.

    The first is of everybody; the others are narrowed to a function that the copy's identity
    chooses, with intervals of the market, for which an engine works hardest.
    """
    words = copy.words
    currencies = words[words["column"] == "currency"]
    currency = str(currencies.sort_values("people").value.iloc[-1])
    functions = copy.known_values()["function"]
    chosen = functions[int(copy.facts.identity, 16) % len(functions)]
    elements = [name for name in copy.facts.totals if name in copy.facts.elements]
    narrowed = (("function", (chosen,)),)
    return [
        RecordQuery(currency, element, by, narrowed if i else (), interval=MARKET if i else PEOPLE)
        for i, (element, by) in enumerate(zip(elements, _BY, strict=False))
    ]


def _counts(words: pd.DataFrame, name: str) -> dict[str, int]:
    rows = words[words["column"] == name]
    return dict(zip(rows.value, rows.people, strict=True))


def _difference(mine: pd.DataFrame, theirs: pd.DataFrame) -> str:
    """The first column in which two band tables differ; where they come from is not compared."""
    if len(mine) != len(theirs):
        return "the number of cells"
    for name in mine.columns.drop(["source"]):
        if mine[name].dtype.kind == "f":
            alike = np.allclose(mine[name], theirs[name], rtol=0, atol=_ALIKE, equal_nan=True)
        else:
            alike = mine[name].tolist() == theirs[name].tolist()
        if not alike:
            return str(name)
    return ""
