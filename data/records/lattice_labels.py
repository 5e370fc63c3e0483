"""The labels of the lattice's cells: a focus is one of a function, asked for or not."""

from collections.abc import Collection, Sequence

from analytics.errors import InputError
from data.records.lattice import FUNCTION, shape_of
from data.records.question import RecordQuery

Label = tuple[str, ...]


def label_dimensions(query: RecordQuery) -> tuple[str, ...]:
    """What tells the cells of a question apart: its dimensions, led by the function if need be."""
    shape = shape_of(query.by, query.chosen)
    led = len(shape) > 1 and "function" not in query.by
    return ("function", *query.by) if led else query.by


def labels_by_query(labels: Sequence[Label], query: RecordQuery) -> list[Label]:
    """The labels by the dimensions that were asked for.

    A focus that several functions have is told apart by its function. Raises
    `InputError` where one focus is chosen, and several functions have it.
    """
    if label_dimensions(query) == query.by:
        return list(labels)
    if "focus" in query.by:
        return _told_apart(labels, 1 + query.by.index("focus"))
    functions = sorted({function for function, *_ in labels})
    if len(functions) > 1:
        raise InputError(
            f"the focus is one of several functions: choose one of {', '.join(functions)}"
        )
    return [label[1:] for label in labels]


def shows_everybody(query: RecordQuery, labels: Collection[Label]) -> bool:
    """Whether the cell of everybody stands among those of the functions."""
    return query.by == FUNCTION and not query.chosen and len(labels) > 1


def _told_apart(labels: Sequence[Label], position: int) -> list[Label]:
    """The labels without their function, which stands at the focus where it is needed."""
    functions: dict[str, set[str]] = {}
    for label in labels:
        functions.setdefault(label[position], set()).add(label[0])
    return [
        tuple(
            f"{value} ({label[0]})" if i == position and len(functions[value]) > 1 else value
            for i, value in enumerate(label)
        )[1:]
        for label in labels
    ]
