"""The door for scripts: every command, and how errors leave."""

import gc
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import typer

from analytics.errors import BandstandError, InputError
from commands.audit import audit
from commands.calibrate import calibrate
from commands.decode import decode
from commands.demo import demo
from commands.exports import export
from commands.fit import fit
from commands.guide import guide
from commands.jobs import compare, match, profile
from commands.loads import load, loads, reapply, template, withdraw
from commands.offer import offer
from commands.people import people
from commands.price import price
from commands.publish import publish
from commands.ranges import ranges
from commands.records import records
from commands.report import report
from commands.store import backup, check, restore
from commands.users import users
from commands.verify import verify
from data.store.disk_errors import told_in_words
from data.store.location import store_path

app = typer.Typer(
    help="Bandstand, the open compensation workbench.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


@app.command()
def build() -> None:
    """(Re)make the store from the seeds; what you loaded yourself stays.

    Example: bandstand build
    """
    from data.build.build import build as build_store

    path = store_path()
    rows = build_store(path)
    typer.echo(f"{path}: {sum(rows.values()):,} rows in {len(rows)} tables")


@app.command(context_settings={"allow_extra_args": True, "ignore_unknown_options": True})
def run(context: typer.Context) -> None:
    """Open the dashboard; further words go to Streamlit.

    Example: bandstand run --server.port 8600
    """
    gc.disable()  # a start makes little garbage; the first page shown enables it again
    from streamlit.web.cli import main as streamlit

    from data.access.sign_in import prepare_sign_in

    if not store_path().exists():
        build()
    page = Path(__file__).parent / "server.py"
    prepare_sign_in()
    signal.signal(signal.SIGTERM, end_in_order)
    streamlit(["run", str(page), *context.args], prog_name="bandstand")


def end_in_order(*_: object) -> None:
    """End the program with what is to be done at its end, as copies of the store removed.

    A server that is told to stop ends itself by the same signal again, which by default
    leaves all of that out.
    """
    sys.exit()


for command in (
    profile,
    guide,
    compare,
    match,
    decode,
    calibrate,
    price,
    report,
    publish,
    loads,
    withdraw,
    reapply,
    template,
    check,
    backup,
    restore,
    verify,
    offer,
):
    app.command()(command)
app.add_typer(load, name="load")
app.add_typer(export, name="export")
app.add_typer(demo, name="demo")
app.add_typer(records, name="records")
app.add_typer(people, name="people")
app.add_typer(ranges, name="ranges")
app.add_typer(fit, name="fit")
app.add_typer(users, name="users")
app.add_typer(audit, name="audit")


#: Options of files, whose names may be any bytes.
_FILES = {"--out", "--output", "--reject-to"}


def _refuse_bytes(words: Sequence[str]) -> None:
    """Raise `InputError` for an option's value that is no text."""
    for before, word in zip(["", *words], words, strict=False):
        option, _, value = word.partition("=") if word.startswith("--") else (before, "", word)
        if not option.startswith("--") or option in _FILES or value.isascii():
            continue
        if value.encode("utf-8", "replace").decode() != value:
            shown = value.encode("utf-8", "replace").decode()
            raise InputError(f"{option} {shown}: is not text in UTF-8; type it anew")


def main() -> None:
    """Run a command; our own errors go to stderr in one line, with exit code 2."""
    try:
        _refuse_bytes(sys.argv[1:])
        with told_in_words():
            app()
    except BandstandError as error:
        typer.echo(f"bandstand: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
