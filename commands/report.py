"""`bandstand report`: the answer to one question of pay, as a page that can be handed on."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from analytics.errors import InputError
from analytics.suggestions import nearest
from commands.shared import read_store, readable, write_file

if TYPE_CHECKING:
    from analytics.pricing.priced_job import PricedJob
    from data.files.report import Report

FORMATS = ("html", "pdf", "xlsx")


def report(
    job: Annotated[str, typer.Option(help="A profile's code, or a title.")],
    output: Annotated[str, typer.Option("--output", "--out", help="File to write.")],
    place: Annotated[str, typer.Option(help="A place, such as Colorado; else the nation.")] = "",
    basis: Annotated[str, typer.Option(help="base, target_cash or total_comp.")] = "total_comp",
    percentile: Annotated[float, typer.Option(help="From 1 to 99; 50 is the median.")] = 50,
    to: Annotated[str, typer.Option(help="Month, such as 2027-07; else this month.")] = "",
    fmt: Annotated[
        str, typer.Option("--format", help="html, pdf or xlsx; else as --output ends.")
    ] = "",
) -> None:
    """What should we pay a job: the answer on one sheet, or a workbook that begins with it.

    A PDF is printed by Chromium, where there is one.

    Example: bandstand report --job "Senior CSM" --place Colorado --to 2027-07 --output csm.html
    """
    from data.catalog.pay_answers import no_answer, pay_report, read_answer
    from data.catalog.pay_questions import find_question
    from data.records.bands import visible_sources
    from queries import run

    fmt = _format(fmt, output)
    today = date.today()
    month = to or f"{today:%Y-%m}"
    asked, taken = read_store(
        lambda con: find_question(con, readable(job), readable(place), basis, percentile, month)
    )
    if taken:
        typer.echo(taken, err=True)
    answer = read_store(lambda con: read_answer(con, asked))
    if answer.priced is None:
        raise InputError(no_answer(asked))
    sources = read_store(lambda con: visible_sources(run(con, "sources")))
    page = pay_report(asked, answer.priced, answer.ladder, sources, today.isoformat(), taken)
    payload = _payload(page, answer.priced, fmt)
    write_file(payload, f"report.{fmt}", {"question": asked.text}, 1, output)
    if output != "-":
        typer.echo(f"{output}: {asked.text}", err=True)


def _format(option: str, output: str) -> str:
    fmt = option.lower() or Path(output).suffix.lstrip(".").lower() or "html"
    if fmt not in FORMATS:
        raise InputError(f"no format {fmt!r}; {nearest(fmt, FORMATS)}")
    if fmt != "html" and output == "-":
        raise InputError(f"{fmt} can't go to the terminal; add --output FILE.{fmt}")
    return fmt


def _payload(page: "Report", priced: "PricedJob", fmt: str) -> bytes:
    from data.files.pdf import html_to_pdf
    from data.files.pricing_workbook import pricing_workbook
    from data.files.report import report_html

    if fmt == "xlsx":
        return pricing_workbook(page, priced)
    html = report_html(page)
    return html_to_pdf(html) if fmt == "pdf" else html.encode("utf-8")
