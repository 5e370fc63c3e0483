"""A Postgres of the tests' own, in a folder of its own, on a socket and no port."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

#: Whose process the server is where the tests are root's, as which Postgres refuses to run.
_USER = "nobody"
PASSWORD = "s3cr3t-pass/word"
INSTALL = "apt-get install postgresql"


def find_server() -> Path | None:
    """The folder of Postgres' programs, or None when there is none."""
    found = sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))
    program = found[-1] if found else shutil.which("initdb")
    return Path(program).resolve().parent if program else None


def skip_without_server() -> Path:
    """The programs; skips the test where there are none, or fails it with CI=true."""
    programs = find_server()
    if programs is None:
        message = f"POSTGRES IS NOT TESTED: there is none; {INSTALL}"
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(message)
    return programs


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that lasts as long as the block."""
    programs = skip_without_server()
    # A socket's path has at most 107 bytes, which pytest's own folders may pass.
    folder = Path(tempfile.mkdtemp(prefix="bandstand-pg-"))
    root = os.getuid() == 0
    options = {"user": _USER, "env": {**os.environ, "HOME": str(folder)}} if root else {}

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments], check=True, cwd=folder, capture_output=True, **options
        )

    try:
        (folder / "password").write_text(PASSWORD)
        if root:
            shutil.chown(folder, _USER)
            shutil.chown(folder / "password", _USER)
        data = str(folder / "data")
        call("initdb", "-D", data, "-U", "ann", "-A", "scram-sha-256", "--pwfile", "password",
             "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8")  # fmt: skip
        settings = f"-k {folder} -c listen_addresses='' -c fsync=off -c shared_buffers=16MB"
        call("pg_ctl", "-D", data, "-w", "-l", str(folder / "log"), "-o", settings, "start")
        try:
            yield f"postgresql://ann:s3cr3t-pass%2Fword@/postgres?host={folder}"
        finally:
            call("pg_ctl", "-D", data, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(0 if find_server() else 1)
