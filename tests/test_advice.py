"""Every command and option that a message advises is one that there is."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest
import typer

import cli
from tests.conftest import HOME

COMMANDS = typer.main.get_command(cli.app)
ROOMS = ("analytics", "data", "app_pages", "commands")
#: Options of other programs, which Bandstand starts.
OF_OTHERS = {HOME / "data/files/pdf.py"}
COMMAND = re.compile(r"['`]bandstand ([a-z][^'`]*)['`]")
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*[a-z](?![\w-])")


@cache
def messages(path: Path) -> tuple[str, ...]:
    """The texts of a file that may name a command or an option; see `texts`.

    A file without either word has no such text, and is not parsed.
    """
    text = path.read_text(encoding="utf-8")
    return tuple(texts(ast.parse(text))) if "bandstand" in text or "--" in text else ()


def texts(tree: ast.Module) -> Iterator[str]:
    """The texts of a module but for docstrings; what a text is filled with is X."""
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = list(ast.walk(tree))
    not_shown = {
        id(node.body[0].value)
        for node in nodes
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            not_shown |= {id(part) for part in node.values}
            yield "".join(
                part.value if isinstance(part, ast.Constant) else "X" for part in node.values
            )
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in not_shown
        ):
            yield node.value


def files() -> list[Path]:
    found = [path for room in ROOMS for path in (HOME / room).rglob("*.py")]
    return sorted({*found, HOME / "dashboard.py", HOME / "server.py"} - OF_OTHERS)


ADVISED = sorted(
    {
        (words, path)
        for path in files()
        for text in messages(path)
        for words in COMMAND.findall(text)
    }
)


def commands(group: click.Command) -> Iterator[click.Command]:
    yield group
    for each in getattr(group, "commands", {}).values():
        yield from commands(each)


def options(command: click.Command) -> set[str]:
    return {name for option in command.params for name in option.opts + option.secondary_opts}


def found_command(words: str) -> tuple[click.Command, list[str]]:
    """The command that the words name, and what they give it."""
    command, rest = COMMANDS, words.split()
    while rest and rest[0] in getattr(command, "commands", {}):
        command, rest = command.commands[rest[0]], rest[1:]
    return command, rest


@pytest.mark.parametrize("words", sorted({words for words, _ in ADVISED}))
def test_an_advised_command_is_there_and_takes_the_options_named(words):
    command, given = found_command(words)
    assert command is not COMMANDS
    assert not (given and hasattr(command, "commands")), f"{given[0]} is no command"
    assert {option for option in given if option.startswith("--")} <= options(command)


def test_an_advised_option_is_one_of_some_command():
    known = set().union(*(options(command) for command in commands(COMMANDS))) | {"--help"}
    named = {
        (option, str(path.relative_to(HOME)))
        for path in files()
        for text in messages(path)
        for option in OPTION.findall(text)
    }
    assert len(named) > 100
    assert not sorted(each for each in named if each[0] not in known)
