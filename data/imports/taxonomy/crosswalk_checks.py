"""Check a taxonomy's crosswalk: known levels, no contradictions, a link for every level."""

from collections.abc import Iterator, Mapping

from data.files.problems import Problem
from data.imports.taxonomy.files import Row, Taxonomy
from data.imports.taxonomy.store_names import StoreNames

#: A ladder and its level; the level is None at the end of a row that says there is no link.
End = tuple[str, str | None]
Link = tuple[End, End]


def wrong_links(taxonomy: Taxonomy, store: StoreNames) -> Iterator[Problem]:
    """Links to unknown levels, links that contradict others, and levels without a link."""
    own_levels = {(row["ladder"], row["level"]) for row in taxonomy.each("levels")}
    own_ladders = {ladder for ladder, _ in own_levels}
    levels = store.levels | own_levels
    ladders = {ladder for ladder, _ in levels}
    rows_by_link: dict[Link, int] = {}
    for number, row in taxonomy.rows["crosswalk"]:
        ladder, to_ladder = row["ladder"], row["to_ladder"]
        if ladder not in own_ladders and to_ladder not in own_ladders:
            reason = f"and {to_ladder} are both outside this taxonomy"
            yield Problem("crosswalk.csv", number, "ladder", ladder, reason)
        yield from _contradicted(number, row, rows_by_link)
        for column, place in (("level", ladder), ("to_level", to_ladder)):
            if row[column] and place in ladders and (place, row[column]) not in levels:
                reason = f"is not a level of {place}"
                yield Problem("crosswalk.csv", number, column, row[column], reason)
    yield from _unlinked_levels(taxonomy, levels)


def _unlinked_levels(taxonomy: Taxonomy, levels: frozenset[tuple[str, str]]) -> Iterator[Problem]:
    """Levels of a linked ladder without a link to the other ladder, or a reason for none."""
    linked: set[tuple[str, str, str]] = set()
    pairs: set[tuple[str, str]] = set()
    for row in taxonomy.each("crosswalk"):
        ladder, to_ladder = row["ladder"], row["to_ladder"]
        linked.add((ladder, row["level"], to_ladder))
        pairs |= {(ladder, to_ladder), (to_ladder, ladder)}
        if row["to_level"]:
            linked.add((to_ladder, row["to_level"], ladder))
    for ladder, to_ladder in sorted(pairs):
        for _, level in sorted(pair for pair in levels if pair[0] == ladder):
            if (ladder, level, to_ladder) not in linked:
                yield Problem(
                    "crosswalk.csv",
                    None,
                    "level",
                    level,
                    f"of {ladder} has no link to {to_ladder}",
                    "add a link, or a row with an empty to_level and the reason",
                )


def _contradicted(number: int, row: Row, rows_by_link: dict[Link, int]) -> Iterator[Problem]:
    """A link that another row gives the other way round, or says does not exist."""
    link: Link = (row["ladder"], row["level"]), (row["to_ladder"], row["to_level"])
    to_level = row["to_level"] or ""
    for direction in (link, link[::-1]):
        if direction in rows_by_link:
            reason = f"repeats row {rows_by_link[direction]}"
            yield Problem("crosswalk.csv", number, "to_level", to_level, reason)
            return
    rows_by_link[link] = number
    if clash := _clash(link, rows_by_link):
        yield Problem("crosswalk.csv", number, "to_level", to_level, f"contradicts row {clash}")


def _clash(link: Link, rows_by_link: Mapping[Link, int]) -> int | None:
    """An earlier row that says the opposite: of a link that there is none, or the reverse."""
    start, (to_ladder, to_level) = link
    if to_level is not None:
        none_from_start: Link = (start, (to_ladder, None))
        none_from_end: Link = ((to_ladder, to_level), (start[0], None))
        return rows_by_link.get(none_from_start) or rows_by_link.get(none_from_end)
    return next(
        (number for other, number in rows_by_link.items() if _links(other, start, to_ladder)), None
    )


def _links(link: Link, level: End, to_ladder: str) -> bool:
    """Whether a link joins a level with some level of another ladder."""
    (a, b) = link
    if a[1] is None or b[1] is None:
        return False
    return (a == level and b[0] == to_ladder) or (b == level and a[0] == to_ladder)
