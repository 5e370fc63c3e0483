"""Tables on screen: prepared once, narrowed at each click, downloaded as they stand."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from urllib.parse import quote

import pandas as pd
import pyarrow as pa
import streamlit as st

from analytics.money import currency_prefix
from analytics.pay_basis import ELEMENT_LABELS
from analytics.rows import typed_rows
from analytics.units import Unit, format_number, row_unit, units_of
from app_pages.components.markdown import escape_markdown
from data.catalog.profiles import NOT_GIVEN

R = TypeVar("R")

#: What a reader looks for first; the rest follows as it stands in the file.
FIRST = (
    "level",
    "title",
    "start",
    "end",
    "benchmark",
    *(f"p{p}" for p in range(10, 100, 5)),
    "kind",
    "amount",
    "amount_interval",
    "ratio",
    "ratio_interval",
    "base_at_p50",
    "variable_at_p50",
    "low",
    "high",
    "low_high",
    "point",
    "status",
    "pay_basis",
    "source",
    "as_of",
    "n",
)
_LABELS = {
    "n": "n",
    "organisations": "Organizations",
    "low_high": "What low and high are",
    "organisation": "Organization",
    "licence": "License",
    "amount_interval": "Interval",  # stands right of what it is of
    "ratio_interval": "Interval",
    "interval": "Interval by",
    "rate_said": "Rate source",
    "o_group": "BLS group",
    "compa_ratio": "Compa-ratio",
    "new_compa_ratio": "New compa-ratio",
    "median_compa_ratio": "Median compa-ratio",
    "penetration": "Range penetration",
    "to_minimum": "Cost to minimum",
}
#: Columns that lead to a page, and the link that a value completes.
_LINKS = {"source": "sources?source=", "code": "profile?profile="}
_BASES = ("pay_basis", "beside_basis")
_CODES = re.compile(rf"\b({'|'.join(ELEMENT_LABELS)})\b")
#: The pay basis that a figure's name begins with; one of an index may say "base year".
_PAY_FIGURE = re.compile(rf"^({'|'.join(ELEMENT_LABELS)})\b")
_PERCENTILE = re.compile(r"\bp\d+\b")
_LOW_END = re.compile(r"(p[\d.]+|amount|ratio)_low")
#: Words of a heading that stand in capitals.
_CAPITALS = re.compile(r"\b(fte|id|ote|rse|soc|p\d+)\b", re.IGNORECASE)
_SIGNED = {"USD": "dollar", "EUR": "euro"}


@dataclass(frozen=True)
class Table(Generic[R]):
    """A table in the three forms that a page needs it in.

    ``frame`` is what a download holds; ``rows`` are the same rows, typed, for
    charts, hidden columns included; ``screen`` is what the browser is sent, of which
    this table is the rows ``at``, or all.
    """

    frame: pd.DataFrame
    rows: list[R]
    screen: "_Screen"
    at: list[int] | None = None

    @classmethod
    def of(
        cls, frame: pd.DataFrame, row_type: type[R] | None = None, hidden: Sequence[str] = ()
    ) -> "Table[R]":
        """Prepare a table; ``hidden`` columns are for filters and charts alone.

        Every column needs a unit (`analytics.units`); raises `UnitError`.
        """
        rows = typed_rows(frame, row_type) if row_type else []
        shown = frame.drop(columns=list(hidden))
        return cls(shown, rows, _Screen(shown, units_of(shown)))

    @cached_property
    def display(self) -> pa.Table:
        """The table as the browser is sent it."""
        whole = self.screen.table
        return whole if self.at is None else whole.take(pa.array(self.at, pa.int64()))

    @property
    def columns(self) -> dict[str, Any]:
        """How each column of `display` is shown."""
        return self.screen.columns

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.frame)

    def keep(self, passes: Callable[[R], bool]) -> "Table[R]":
        """The rows that pass, in all three forms."""
        at = [i for i, row in enumerate(self.rows) if passes(row)]
        if len(at) == len(self.rows):
            return self
        rows = [self.rows[i] for i in at]
        kept = at if self.at is None else [self.at[i] for i in at]
        return Table(self.frame.iloc[at], rows, self.screen, kept)

    def show(
        self,
        key: str,
        alt: str,
        first: Sequence[str] = FIRST,
        picked: Callable[[list[int]], None] | None = None,
        headings: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Draw the table, each source a link to its page.

        ``picked`` hears the positions of the rows that are ticked, whenever they are others;
        ``headings`` names columns that mean more here than their name says.
        """
        names = self.display.column_names
        order = [c for c in first if c in names] + [c for c in names if c not in first]
        order = [c for c in order if c not in self._empty] or order

        def hear() -> None:
            if picked:
                picked(list(st.session_state[key].selection.rows))

        hearing: dict[str, Any] = (
            {"on_select": hear, "selection_mode": "multi-row"} if picked else {}
        )
        columns = self.columns | {n: {**self.columns[n], "label": t} for n, t in headings.items()}
        st.dataframe(
            self.display,
            hide_index=True,
            column_config=columns | {order[0]: {**columns[order[0]], "pinned": True}},
            height=min(36 * (len(self) + 1), 560),
            column_order=order,
            placeholder="–",
            key=key,
            alt=alt,
            **hearing,
        )

    @cached_property
    def _empty(self) -> frozenset[str]:
        """The columns without a value in any row; the files and the grid's own menu have them."""
        table, nothing = self.display, (None, "")
        return frozenset(
            name
            for name in table.column_names
            if len(table)
            and table.column(name)[0].as_py() in nothing  # most are known by this alone
            and all(value in nothing for value in table.column(name).to_pylist())
        )

    def show_text(
        self, linked: Sequence[str] = (), headings: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Draw a table of sentences, which wrap; for print as well.

        Values of ``linked`` columns, such as ``source``, lead to their pages; ``headings``
        names columns that the files call by a code.
        """
        labels = {
            name: escape_markdown(headings.get(name, label_of(name))) for name in self.frame.columns
        }
        cells = self.frame.astype(object).where(self.frame.notna(), NOT_GIVEN)
        cells = cells.astype(str).map(escape_markdown)
        for name, unit in units_of(self.frame).items():
            if unit.name == "count" and self.frame[name].notna().all():
                cells[name] = self.frame[name]  # as numbers they stand at the right
        for name in linked:
            links = _LINKS[name] + self.frame[name].astype(str).map(quote)
            cells[name] = "[" + cells[name] + "](" + links + ")"
        st.table(cells.rename(columns=labels), hide_index=True)


class _Screen:
    """A table as the browser is sent it, made once, when it is first drawn."""

    def __init__(self, frame: pd.DataFrame, units: dict[str, Unit]) -> None:
        self._frame, self._units = frame, _row_wise_settled(frame, units)

    @cached_property
    def _written(self) -> pd.DataFrame:
        return _display(self._frame, self._units)

    @cached_property
    def table(self) -> pa.Table:
        return pa.Table.from_pandas(self._written, preserve_index=False)

    @cached_property
    def columns(self) -> dict[str, Any]:
        written = self._written
        return {name: _column(name, self._units.get(name), written[name]) for name in written}


def label_of(name: str) -> str:
    """A column's heading."""
    words = name.replace("_", " ")
    words = _CAPITALS.sub(lambda word: word[0].upper(), words[:1].upper() + words[1:])
    return _LABELS.get(name, words)


def say_bases(text: str) -> str:
    """The pay bases of a source or a figure in words, such as ``base and target_cash``."""
    return _CODES.sub(lambda code: ELEMENT_LABELS[code[0]], str(text))


def say_figure(text: str) -> str:
    """What a figure is in words, such as ``total_comp p25``."""
    words = _PAY_FIGURE.sub(lambda code: ELEMENT_LABELS[code[0]], text)
    return _PERCENTILE.sub(lambda name: name[0].upper(), words)


def _row_wise_settled(frame: pd.DataFrame, units: dict[str, Unit]) -> dict[str, Unit]:
    """The units, where all rows agree on a currency with that one."""
    if "currency" not in frame or frame["currency"].nunique() > 1:
        return units
    row = {"currency": frame["currency"].iloc[0] if len(frame) else "USD"}
    return {n: row_unit(u, row) if u.kind == "money" else u for n, u in units.items()}


def _display(frame: pd.DataFrame, units: dict[str, Unit]) -> pd.DataFrame:
    """The table as the browser is sent it: links, labels, whole amounts, words by row."""
    changes: dict[str, Any] = {}
    for name, unit in units.items():
        values = frame[name]
        if name in _LINKS and not values.astype(str).str.contains(", ").any():
            changes[name] = _LINKS[name] + values.astype(str)
        elif name in _BASES:
            changes[name] = values.map(say_bases)
        elif name == "figure":
            changes[name] = values.map(say_figure)
        elif unit.kind == "boolean":
            changes[name] = values.map({True: "yes", False: ""})
        elif unit.by_row:
            changes[name] = _written_by_row(frame, name, unit)
        elif unit.kind in ("money", "share"):
            # The browser cuts off what is beyond a column's digits; the file keeps it.
            changes[name] = values.round(unit.decimals + 2 * (unit.kind == "share")) + 0.0
    return _with_intervals(frame.assign(**changes), units)


def _written_by_row(frame: pd.DataFrame, name: str, unit: Unit) -> list[str]:
    context = [c for c in ("unit", "currency") if c in frame]
    rows = frame[[name, *context]].to_dict("records")
    return [format_number(row[name], row_unit(unit, row)) for row in rows]


def _with_intervals(frame: pd.DataFrame, units: dict[str, Unit]) -> pd.DataFrame:
    """The two ends of each interval in one column of words, for the eye."""
    ends = {n: n.removesuffix("low") + "high" for n in frame if _LOW_END.fullmatch(n)}
    ends = {low: high for low, high in ends.items() if high in frame}
    intervals = {
        low: [_interval(a, b, units[low]) for a, b in zip(frame[low], frame[high], strict=True)]
        for low, high in ends.items()
    }
    return (
        frame.assign(**intervals)
        .drop(columns=list(ends.values()))
        .rename(columns={low: low.removesuffix("low") + "interval" for low in ends})
    )


def _interval(low: Any, high: Any, unit: Unit) -> str | None:
    """Both ends; where there is but one, that there is no other."""
    if not isinstance(low, str):
        low, high = (
            "" if pd.isna(end) else format_number(end, unit).replace("-", "−")
            for end in (low, high)
        )
    if not (low or high):
        return None
    return f"{low or 'no lower end'} – {high or 'no upper end'}"


def _column(name: str, unit: Unit | None, values: pd.Series) -> Any:
    """How Streamlit shows a column, by its unit."""
    label = label_of(name)
    if unit and unit.kind == "share":
        label = label.replace("Ratio", "Difference")  # a share of change is no ratio
    # A stated width is one that the browser need not measure, and stays at the next click.
    wide = max(80, 30 + 8 * len(label))
    if name in _LINKS and values.astype(str).str.startswith(_LINKS[name]).any():
        return st.column_config.LinkColumn(label, display_text=r"=(.+)$", width="medium")
    if unit is None:
        return st.column_config.TextColumn(label, width=160, alignment="right")
    if unit.by_row:
        return st.column_config.TextColumn(label, width=wide, alignment="right")
    if not unit.is_number:
        return st.column_config.Column(label, width=_sparse_width(label, values))
    number_format, step = screen_format(unit)
    return st.column_config.NumberColumn(label, format=number_format, step=step, width=wide)


def _sparse_width(label: str, values: pd.Series) -> int | None:
    """The width of a column of words with gaps: the browser measures the first rows alone."""
    lengths = values.fillna("").astype(str).str.len()
    if not len(lengths) or lengths.min() or not lengths.max():
        return None
    return min(400, max(30 + 8 * len(label), 24 + 7 * int(lengths.max())))


def screen_format(unit: Unit) -> tuple[str, float | None]:
    """Streamlit's number format for a unit, and the step that sets its decimals."""
    step = 10.0**-unit.decimals if unit.decimals else 1
    if unit.kind == "share":
        return "percent", 10.0 ** -(unit.decimals + 2)  # by the step each row has as many digits
    if unit.kind == "money":
        named = _SIGNED.get(unit.currency)
        digits = f"%.{unit.decimals}f" if unit.decimals else "%,d"
        return (named, step) if named else (currency_prefix(unit.currency) + digits, None)
    if unit.suffix:
        return f"%.{unit.decimals}f{unit.suffix.replace('%', '%%')}", None
    if unit.decimals:
        return f"%.{unit.decimals}f", None
    return ("localized" if unit.grouped else "%d"), None
