"""`bandstand audit`: who did what, and whether the log of it is whole."""

from typing import Annotated

import typer

from analytics.errors import InputError, StoreError
from data.store.location import store_path

audit = typer.Typer(help="Who did what, and whether the log is whole.", no_args_is_help=True)


@audit.command()
def verify(
    holds: Annotated[
        str, typer.Option(help="A hash that this command gave earlier: does it still stand?")
    ] = "",
) -> None:
    """Check that each line of the audit log follows from the one before.

    Example: bandstand audit verify
    """
    from data.store import audit as log

    verdict = log.verify(store_path())
    if verdict.fault:
        raise StoreError(verdict.fault)
    if holds and not log.holds(store_path(), holds):
        raise StoreError(f"no line has the hash {holds}: the log was cut or written anew")
    typer.echo(f"{verdict.lines:,} lines, each from the one before; the last: {verdict.last}")


@audit.command()
def show(
    event: Annotated[str, typer.Option(help="One kind of event, such as export.")] = "",
    who: Annotated[str, typer.Option(help="One person.")] = "",
    last: Annotated[int, typer.Option(min=1, help="How many, from the newest.")] = 20,
) -> None:
    """List the newest lines of the audit log.

    Example: bandstand audit show --event export --last 5
    """
    from analytics.suggestions import nearest
    from data.store import audit as log

    if event and event not in log.EVENTS:
        raise InputError(f"no event {event!r}; {nearest(event, log.EVENTS)}")
    chosen = [
        line
        for line in log.read(store_path())
        if event in ("", line.get("event")) and who in ("", line.get("who"))
    ]
    for line in chosen[-last:]:
        about = "; ".join(f"{name}: {value}" for name, value in line["about"].items())
        rows = "" if line["rows"] is None else f"{line['rows']:,} rows"
        parts = [line["when"], line["who"], line["event"], line["what"], rows, about]
        typer.echo("  ".join(part for part in parts if part))
