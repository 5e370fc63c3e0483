"""Bandstand's commands, run as a terminal runs them."""

import functools
import io
import subprocess
import sys
from dataclasses import dataclass
from typing import IO

import pytest
import typer

import cli
from commands import shared
from tests.conftest import HOME

#: Typer makes its commands anew each time that one is run, in a process that runs one.
_made_once = functools.cache(typer.main.get_command)


@dataclass(frozen=True)
class Answer:
    """What a command wrote and the code it left with."""

    stdout: str
    stderr: str
    returncode: int


def bandstand(*words: str, stdin: bytes = b"") -> Answer:
    """Run a command in this process, from `cli.main` on; a crash is raised here."""
    out, err = _stream(), _stream()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "argv", ["bandstand", *words])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        patch.setattr(typer.main, "get_command", _made_once)
        # A process of its own has not warned of damage yet.
        patch.setattr(shared, "_warned", False)
        code = 0
        try:
            cli.main()
        except SystemExit as left:
            code = int(left.code or 0)
    return Answer(_text(out), _text(err), code)


def process(
    *words: str,
    stdout: int | IO[bytes] = subprocess.PIPE,
    env: dict[str, str] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own, for what only a real one shows."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *words],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=HOME,
        env=env,
        check=False,
    )


def _stream() -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)


def _text(stream: io.TextIOWrapper) -> str:
    """What was written, its line ends as `subprocess` reads them."""
    stream.flush()
    written = io.BytesIO(stream.buffer.getvalue())  # type: ignore[attr-defined]
    return io.TextIOWrapper(written, encoding="utf-8").read()
