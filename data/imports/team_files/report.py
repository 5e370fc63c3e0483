"""What the user reads about a file before anything is stored, on the page and by command."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from data.files.line_encodings import LineEncodings
from data.imports.team_files.annual_pay import stated_periods, times
from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.known_words import yes_and_no
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.stated_thousands import stated_thousands
from data.imports.team_files.thousands import THOUSAND

_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_ORDERS = {"dmy": "day first", "mdy": "month first", "excel": "day numbers of Excel"}
_SIGNS = {"": "", "ignore": "do not count: amounts are in the currency of their row",
          "refuse": "rows whose amounts show another currency are left out"}  # fmt: skip

_STEPS = "a range runs from the first step to the last"


@dataclass(frozen=True)
class RowWarning:
    """Rows that are loaded and look odd: the column, why, how many, and the first of them.

    ``column`` is empty where the reason is a sentence of its own.
    """

    column: str
    reason: str
    rows: int
    first: tuple[int, ...]


@dataclass(frozen=True)
class Report:
    """What a check found.

    ``rows_in`` = ``to_load`` + ``left_out``, always; all are 0 while a question
    about the layout is open. ``repeated`` rows equal an earlier one,
    ``with_profile`` rows match a profile. ``own_levels`` are levels that no
    level of Bandstand's ladder is called by; ``periods`` are the pay periods of the
    rows to load, with how many rows have each. ``cleared`` are optional cells that are
    left empty, and ``no_rows`` what is left out as a sum or a note. ``full_time`` says
    how the pay of people with an FTE other than 1 is read, ``people`` what is known of
    several rows of one person, ``weighting`` which rows of a survey are used.
    """

    layout: Layout
    questions: tuple[Question, ...]
    rows_in: int = 0
    to_load: int = 0
    repeated: int = 0
    with_profile: int = 0
    currencies: tuple[str, ...] = ()
    row_warnings: tuple[RowWarning, ...] = ()
    own_levels: tuple[str, ...] = ()
    periods: tuple[tuple[str, int], ...] = ()
    cleared: tuple[RowWarning, ...] = ()
    no_rows: tuple[RowWarning, ...] = ()
    full_time: str = ""
    people: str = ""
    weighting: str = ""

    @property
    def file(self) -> str:
        """The file's name, with the member or sheet that is read where there are several."""
        return self.layout.table.name

    @property
    def left_out(self) -> int:
        """How many rows break a rule."""
        return self.rows_in - self.to_load

    @property
    def odd_lines(self) -> LineEncodings:
        """The lines with an encoding of their own; without words where a column looks private."""
        odd = self.layout.table.odd_lines
        return odd.without_words() if any(c.private for c in self.layout.columns) else odd

    def facts(self) -> dict[str, str]:
        """How the file was read: label → a few words."""
        layout, table = self.layout, self.layout.table
        facts = {
            "Encoding": table.encoding,
            "Delimiter": table.delimiter
            and _DELIMITERS.get(table.delimiter, repr(table.delimiter)),
            "Header": f"row {layout.header_row}" if layout.header_row else "",
            "Decimal sign": {".": "point", ",": "comma", "": ""}[layout.decimal],
            "Dates": _ORDERS.get(layout.dates, ""),
            "Units": "; ".join(self._units()),
            "Pay periods": "; ".join(self._period_words()),
            "Currency": ", ".join(self.currencies),
            "Currency signs": _SIGNS[layout.options.currency_signs],
            "Per cents": "; ".join(layout.percents),
            "Ranges": layout.ranges,
            "FTE": self.full_time,
            "People": self.people,
            "Status": self._yes_and_no(),
            "Weighting": self.weighting,
            "Steps": _STEPS if layout.has_steps else "",
            "Read as empty": ", ".join(layout.no_values),
            "Levels": ", ".join(
                f"{own} is {level}" for own, level in layout.options.levels.items()
            ),
        }
        return {label: words for label, words in facts.items() if words}

    def _units(self) -> list[str]:
        """What pay is multiplied by, as the options or headings say."""
        units = self.layout.options.factor
        stated = stated_thousands(self.layout)
        return [
            *([f"pay is multiplied by {_plain(units)}"] if units != 1 else []),
            *(f"{heading} is in thousands, times {THOUSAND:,}" for heading in stated),
        ]

    def _yes_and_no(self) -> str:
        """What a yes or no under the heading of employment status means."""
        column = self.layout.mapped.get("status")
        said = yes_and_no(tidy_heading(column.heading)) if column else ""
        return f"{column.heading}: {said}" if column and said else ""

    def _period_words(self) -> list[str]:
        """How pay of other periods was annualized: by its heading, and by rows."""
        stated = [
            f"{heading} is of {'an' if period == 'hour' else 'a'} {period}, {times(period)}"
            for heading, period in stated_periods(self.layout).items()
        ]
        return [*stated, *(f"{n:,} × {period}, {times(period)}" for period, n in self.periods)]

    def counts(self) -> str:
        """Rows in, to load and to be left out, as a sentence."""
        rows = f"{self.rows_in:,} row{'' if self.rows_in == 1 else 's'}"
        counts = f"{rows}, {self.to_load:,} to load, {self.left_out:,} to be left out"
        if self.layout.kind.by_title:
            counts += f"; {self.with_profile:,} match a profile"
        return counts

    def warnings(self) -> list[str]:
        """What to look at before loading, one sentence each."""
        warnings = [f"{_odd(odd)} {_first(odd)}" for odd in self.row_warnings]
        warnings += [
            f"{_cells(c.rows)} left empty in {c.column}: each {c.reason} {_first(c)}"
            for c in self.cleared
        ]
        warnings += [
            f"{none.rows:,} row{'' if none.rows == 1 else 's'} left out: each {none.reason} "
            f"{_first(none)}"
            for none in self.no_rows
        ]
        if self.own_levels:
            first = self.own_levels[0]
            warnings.append(
                f"levels of your own: {_listed(self.own_levels)}; the title decides the profile "
                "of these rows, with words of the level that titles have, such as Senior. "
                f"Say once which level each is, such as --map-level 'P4={first}'"
            )
        if note := self.odd_lines.note():
            warnings.insert(0, note)
        if self.repeated:
            repeated = (
                f"{_rows(self.repeated)} the same as an earlier one in every column; "
                "if a row was pasted twice, fix the file"
            )
            return [repeated, *warnings]
        return warnings

    def private(self) -> list[str]:
        """A sentence for the columns that look private and are left out, one for those kept."""
        sentences = []
        for kept in (False, True):
            names = [
                f"“{column.heading}” ({column.private})"
                for column in self.layout.columns
                if column.private and bool(column.field or column.kept) == kept
            ]
            if names:
                it, look = ("it", "looks") if len(names) == 1 else ("them", "look")
                what = "kept, as you asked" if kept else f"left out; select {it} if you want {it}"
                sentences.append(f"{', '.join(names)} {look} private: {what}.")
        return sentences


def _odd(odd: RowWarning) -> str:
    """How many rows are odd, and why; what is of no single column is a sentence of its own."""
    if odd.column:
        return f"{_rows(odd.rows)} odd: {odd.column} {odd.reason}"
    return f"{odd.rows:,} row{'' if odd.rows == 1 else 's'}: {odd.reason}"


def _first(odd: RowWarning) -> str:
    return f"(first in row {', '.join(f'{row:,}' for row in odd.first)})"


def _cells(n: int) -> str:
    return f"{n:,} cell is" if n == 1 else f"{n:,} cells are"


def _rows(n: int) -> str:
    return f"{n:,} row is" if n == 1 else f"{n:,} rows are"


def _listed(names: Sequence[str], most: int = 12) -> str:
    """Names as a list, cut where it grows long."""
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
