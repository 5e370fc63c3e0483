"""Questions about the words in columns that say one of a few things."""

from collections.abc import Sequence

from data.files.workbook_formulas import is_unsaved
from data.imports.team_files.headings import tidy_heading
from data.imports.team_files.known_words import VOCABULARIES, words_of_column
from data.imports.team_files.layout import Layout, Question
from data.imports.team_files.sql_values import is_no_value

#: Words that a question names.
_MOST = 6


def word_questions(layout: Layout, sample: Sequence[Sequence[str]]) -> list[Question]:
    """A question for each word of the sample that no vocabulary knows."""
    asked = []
    for name, column in layout.mapped.items():
        unit = layout.kind.fields[name].unit
        if unit not in VOCABULARIES:
            continue
        vocabulary = VOCABULARIES[unit]
        own = words_of_column(unit, tidy_heading(column.heading), layout.options.own_words(unit))
        cells = (row[column.position].strip() for row in sample if column.position < len(row))
        words = [
            word
            for word in dict.fromkeys(filter(None, cells))
            if not (is_no_value(word) or is_unsaved(word)) and not vocabulary.read(word, own)
        ]
        first, *others = vocabulary.meanings
        asked += [
            Question(
                f"{unit} {word}",
                f"{column.heading} says {word!r}: what {vocabulary.label} is that",
                f"{vocabulary.option} '{first}={word}', or another of {', '.join(others)}",
                tuple((meaning, meaning) for meaning in vocabulary.meanings),
            )
            for word in words[:_MOST]
        ]
    return asked
