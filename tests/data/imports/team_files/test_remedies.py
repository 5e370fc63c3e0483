"""The page says what to do in its own words, whatever option the message names."""

import ast
import re

import pytest

from data.files.problems import Problem
from data.imports.team_files.remedies import page_questions, page_words, row_remedy
from data.imports.team_files.sql_values import NO_DATES
from tests.conftest import HOME

COMMAND = re.compile(r"--[a-z]|'bandstand ")
#: Names whose texts only a command prints: the options that answer a question.
OPTIONS = {"option", "words", "_DECIMAL", "_DATES", "_ASKED", "_PAGE_WORDS"}


def messages() -> list[str]:
    """Every text that names an option, of the rooms that read files; X stands for a value."""
    found = []
    for room in ("imports", "files"):
        for path in sorted((HOME / "data" / room).rglob("*.py")):
            if path.name not in ("pdf.py", "remedies.py", "ladder_fits.py", "integrity.py"):
                found += _texts(ast.parse(path.read_text(encoding="utf-8")))
    return [text for text in found if COMMAND.search(text)]


def _texts(node: ast.AST) -> list[str]:
    if isinstance(node, ast.JoinedStr):
        parts = [p.value if isinstance(p, ast.Constant) else "X" for p in node.values]
        return ["".join(map(str, parts))]
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    if isinstance(node, ast.Assign) and _names(node) & OPTIONS:
        return []
    children = list(ast.iter_child_nodes(node))
    called = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
    if isinstance(node, ast.Call) and called == "Question":
        children = node.args[:2]
    if isinstance(node, ast.Call) and called == "Vocabulary":
        children = node.args[2:]
    return [text for child in children for text in _texts(child)]


def _names(node: ast.Assign) -> set[str]:
    return {name.id for name in ast.walk(ast.Tuple(node.targets)) if isinstance(name, ast.Name)}


def test_no_message_of_a_file_names_an_option_on_the_page():
    assert len(messages()) >= 12
    assert [page_words(text) for text in messages() if COMMAND.search(page_words(text))] == []


@pytest.mark.parametrize(
    ("message", "on_the_page"),
    [
        (
            "is a year alone: --bare-years 01-01 reads it as that day",
            "is a year alone: say beside the column which day it means",
        ),
        (
            "a.xlsx: each of the sheets A, B could be the table; choose one with --sheet",
            "a.xlsx: each of the sheets A, B could be the table; choose one under "
            "“How the file is read”",
        ),
        (
            "Say once which level each is, such as --map-level 'P4=Senior'",
            "Say once which level each is, beside the level column in step 2",
        ),
        ("load 1 is withdrawn; 'bandstand reapply 1' restores it",
         "load 1 is withdrawn; “Restore” brings it back"),
    ],
)  # fmt: skip
def test_a_remedy_is_said_as_the_page_has_it(message, on_the_page):
    assert page_words(message) == on_the_page


def test_what_a_reason_names_is_asked_on_the_page_once():
    problems = [Problem("a.csv", row, "Since", "2019", NO_DATES[1][1]) for row in (2, 3)]
    problems.append(
        Problem("a.csv", 4, "Freq", "Lunar", "is not one; --map-period month=NAME says what it is")
    )
    assert [(q.key, q.choices[0]) for q in page_questions(problems)] == [
        ("bare_years", ("01-01", "1 January")),
        ("period Lunar", ("hour", "hour")),
    ]


def test_each_row_left_out_has_a_remedy_of_the_page():
    assert row_remedy(NO_DATES[1][1], False) == "answer in step 2"
    assert row_remedy("is not an amount of pay", False) == "correct it in the file of rows left out"
    assert row_remedy("is a sum", True) == "none needed: it is no row of data"
