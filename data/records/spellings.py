"""One name for each value of a dimension, however its case and spaces are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

#: The dimensions whose values are names.
NAMED_DIMENSIONS = (
    *("function", "focus", "level", "place"),
    *("title", "size", "department", "organisation"),
)


def name_key(name: str) -> str:
    """What names that differ in case and spaces alone have in common."""
    return " ".join(name.split()).casefold()


@dataclass(frozen=True)
class Spellings:
    """The spellings that are joined under another: dimension, spelling and label of each.

    The label is the spelling that most people's records have.
    """

    joined: tuple[tuple[str, str, str], ...] = field(default=())

    @classmethod
    def of(cls, words: pd.DataFrame) -> "Spellings":
        """From the names in the records, the answer to `record_words`."""
        named = words[words["column"].isin(NAMED_DIMENSIONS)]
        keyed = named.assign(key=[name_key(name) for name in named.value])
        several = keyed[keyed.duplicated(["column", "key"], keep=False)]
        joined = []
        for (dimension, _), names in several.groupby(["column", "key"]):
            label = names.sort_values(["people", "value"], ascending=[False, True]).value.iloc[0]
            joined += [(dimension, name, label) for name in names.value if name != label]
        return cls(tuple(joined))

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], str]:
        return {(dimension, name): label for dimension, name, label in self.joined}

    def label(self, dimension: str, name: str) -> str:
        """The label of a name as a record spells it."""
        return self._labels.get((dimension, name), name)

    def names(self, dimension: str, labels: Iterable[str]) -> list[str]:
        """Every spelling of some labels."""
        wanted = set(labels)
        others = [n for d, n, label in self.joined if d == dimension and label in wanted]
        return [*wanted, *others]

    def parameters(self) -> dict[str, list[str]]:
        """The same for a query's SQL."""
        columns = [list(column) for column in zip(*self.joined, strict=True)] or [[], [], []]
        names = ("spelled_dimensions", "spelled_names", "spelled_labels")
        return dict(zip(names, columns, strict=True))

    def notes(
        self, by: Sequence[str], where: Iterable[tuple[str, Sequence[str]]]
    ) -> tuple[str, ...]:
        """What must be said of the names that a question divides or narrows by."""
        chosen = {dimension: set(values) for dimension, values in where if values}
        return tuple(
            note
            for dimension in dict.fromkeys((*by, *chosen))
            if (note := self._note(dimension, chosen.get(dimension)))
        )

    def _note(self, dimension: str, chosen: set[str] | None) -> str:
        joined: dict[str, list[str]] = {}
        for other, name, label in self.joined:
            if other == dimension and (chosen is None or label in chosen):
                joined.setdefault(label, []).append(name)
        if not joined:
            return ""
        label, names = next(iter(joined.items()))
        example = f"“{label}” with {', '.join(f'“{name}”' for name in names[:3])}"
        if len(joined) == 1:
            return f"{dimension}: names that differ in case or spaces alone are one: {example}"
        return (
            f"{dimension}: names that differ in case or spaces alone are one, in {len(joined):,} "
            f"cases, such as {example}"
        )
