"""The fixed lattice of cells that others may see.

A block, its focus and level, its level, its function, and all: each cell consists of
whole disclosure blocks, and there is no other union of them to ask for. Percentiles of
unions that somebody chooses would slide along a block and read its people out one by
one (docs/methods.md, "Small cells"). A filter only says which cells are looked at.
"""

from collections.abc import Mapping, Sequence

from analytics.errors import InputError

Shape = tuple[str, ...]
BLOCK: Shape = ("function", "focus", "level", "place")
FOCUS_AND_LEVEL: Shape = ("function", "focus", "level")
LEVEL: Shape = ("level",)
FUNCTION: Shape = ("function",)
ALL: Shape = ()
#: What cells can be divided by first.
FIRST_DIMENSIONS = ("level", "function", "focus", "place")
#: The columns that the people of a cell share, from the finest cells to the coarsest.
SHAPES: tuple[Shape, ...] = (BLOCK, FOCUS_AND_LEVEL, LEVEL, FUNCTION, ALL)
#: What the cell of everybody is called among the functions.
EVERYBODY = "All functions"
LATTICE_IN_WORDS = (
    "by level, by function, by focus and level, and by place within a focus and level"
)


def shape_of(by: Sequence[str], where: Mapping[str, Sequence[str]]) -> Shape:
    """The shape of the cells that a question looks at.

    ``by`` are the dimensions that cells are labeled by, ``where`` the values chosen of
    others, the currency aside. Raises `InputError` where the lattice has no such cells.
    """
    asked = {*by, *(name for name, values in where.items() if values)}
    if "focus" in asked:
        asked.add("function")  # a focus is one of a function
    shape = next((s for s in SHAPES if set(s) == asked), None)
    if shape is None:
        raise InputError(
            f"others see fixed cells alone: {LATTICE_IN_WORDS}; {_named(asked)} would put "
            "blocks of people together that are not published together"
        )
    for name in shape:
        several = len(where.get(name, ())) != 1
        if name not in by and several and name != "function":
            raise InputError(f"others see fixed cells alone: choose one {name}, or divide by it")
    return shape


def second_dimensions(first: str) -> tuple[str, ...]:
    """What the cells by one dimension are divided by as well; empty text for nothing."""
    return {"level": ("", "focus", "place"), "focus": ("level",), "place": ("level",)}.get(
        first, ("",)
    )


def filters_offered(by: Sequence[str], *, focus_chosen: bool) -> tuple[str, ...]:
    """What the cells divided ``by`` these can be chosen by.

    A function narrows levels only together with a focus of it.
    """
    if "function" in by:
        return FUNCTION
    if "place" in by:
        return BLOCK
    if "focus" in by or focus_chosen:
        return FOCUS_AND_LEVEL
    return ("focus", "level")


def everybody_among(functions: Sequence[str]) -> str:
    """The label of the cell of everybody, which no function has."""
    label = EVERYBODY
    while label in functions:
        label += ", together"
    return label


def _named(dimensions: set[str]) -> str:
    """Dimensions in words, in the order of a block's columns."""
    return " and ".join(name for name in BLOCK if name in dimensions) or "these"
