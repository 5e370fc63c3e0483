"""Role guides: which functions have one, and one as a table or as text."""

from collections.abc import Iterator

import duckdb
import pandas as pd

from analytics.errors import UnknownNameError
from analytics.guide import SECTIONS, citation, figure_text
from analytics.job_rows import GuideEntry, GuideFunction
from analytics.rows import typed_rows
from analytics.suggestions import exact, nearest
from analytics.table_units import texts
from analytics.units import with_units
from queries import run

_COLUMNS = ("section", "topic", "name", "text", "detail", "low", "high", "unit",
            "document_section", "cites", "source")  # fmt: skip


def find_guide(con: duckdb.DuckDBPyConnection, name: str = "") -> GuideFunction:
    """The guide of a function by its short name or title; without a name, the only guide.

    Raises `UnknownNameError` for a function without a guide, and where no name
    is given but several functions have one.
    """
    guides = typed_rows(run(con, "guide_functions"), GuideFunction)
    by_name = {key: guide for guide in guides for key in (guide.function, guide.title)}
    functions = [guide.function for guide in guides]
    if not name and len(guides) == 1:
        return guides[0]
    if not name:
        raise UnknownNameError(f"name a function with a role guide; {nearest('', functions)}")
    if found := exact(name, list(by_name)):
        return by_name[found]
    raise UnknownNameError(f"no role guide for {name!r}; {nearest(name, functions)}")


def find_section(name: str) -> str:
    """A section by its short name or heading; raises `UnknownNameError`."""
    by_name = {key: str(section) for section in SECTIONS for key in (section, SECTIONS[section])}
    if found := exact(name, list(by_name)):
        return by_name[found]
    raise UnknownNameError(f"no section {name!r}; {nearest(name, list(SECTIONS))}")


def guide_table(con: duckdb.DuckDBPyConnection, function: str) -> pd.DataFrame:
    """The whole guide of a function, a row an entry or phrase, in the order of its sections.

    A phrase has its meaning as ``text`` and what to ask at the offer as ``detail``.
    """
    entries = run(con, "guide_entries", function=function)
    # Figures of other tables follow the entries of their topic.
    first = entries.groupby(["section", "topic"]).ordinal.transform("min")
    entries = entries.assign(first=first).sort_values(["first", "ordinal"], kind="stable")
    phrases = run(con, "guide_phrases", function=function).rename(
        columns={"phrase": "name", "meaning": "text", "ask_at_offer": "detail"}
    )
    phrases = phrases.assign(section="phrases", topic="", low=None, high=None, unit="")
    tables = [t[list(_COLUMNS)] for t in (entries, phrases) if len(t)]
    whole = pd.concat(tables) if tables else entries[list(_COLUMNS)]
    order = whole.section.map(list(SECTIONS).index)
    whole = whole.iloc[order.argsort(kind="stable")].reset_index(drop=True)
    numbers = dict.fromkeys(("low", "high"), "by unit")
    return with_units(whole.astype(dict.fromkeys(numbers, float)), texts(*_COLUMNS) | numbers)


def guide_text(title: str, table: pd.DataFrame) -> str:
    """A guide for reading in a terminal."""
    return "\n".join([f"{title}: role guide", *_lines(typed_rows(table, GuideEntry))]) + "\n"


def _lines(entries: list[GuideEntry]) -> Iterator[str]:
    section = topic = ""
    for entry in entries:
        if entry.section != section:
            yield from ("", SECTIONS[entry.section])  # type: ignore[index]
        if entry.topic and (entry.section, entry.topic) != (section, topic):
            yield f"  {entry.topic}"
        section, topic = entry.section, entry.topic
        figure = figure_text(entry.low, entry.high, entry.unit)
        name = f"{entry.name} ({figure})" if figure else entry.name
        where = citation(entry.document_section, entry.cites)
        detail = f"Ask: {entry.detail}" if section == "phrases" else entry.detail
        yield f"  - {name}: {' '.join(map(_sentence, filter(None, (entry.text, detail, where))))}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?", "!")) else f"{text}."
