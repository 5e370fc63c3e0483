"""`bandstand offer`: a proposed pay beside range, market and peers."""

from typing import TYPE_CHECKING, Annotated

import typer

from commands.people_shared import inputs_of, month_or_this, owner_only, write_people
from commands.shared import Format, OutFile, output_format, read_store

if TYPE_CHECKING:
    import duckdb

    from analytics.people.offer_market import OfferMarket
    from analytics.people.offers import Offer, OfferAnswer


def offer(
    pay: Annotated[float, typer.Option(help="Full-time base pay a year.")],
    level: Annotated[str, typer.Option(help="The level, such as P3.")] = "",
    place: Annotated[str, typer.Option(help="Where the work is.")] = "",
    function: Annotated[str, typer.Option(help="As the ranges name it.")] = "",
    focus: Annotated[str, typer.Option(help="As the ranges name it.")] = "",
    zone: Annotated[str, typer.Option(help="A pay zone of the ranges.")] = "",
    job: Annotated[str, typer.Option(help="A profile's code, for ranges by code.")] = "",
    variable: Annotated[float | None, typer.Option(help="Variable pay at target.")] = None,
    currency: Annotated[str, typer.Option(help="Of the offer.")] = "USD",
    month: Annotated[str, typer.Option(help="Month of the market; else this one.")] = "",
    fmt: Format = None,
    out: OutFile = "",
) -> None:
    """Where a proposed pay falls in range, market and among peers, and whom it passes over.

    With --out the people who are paid less for the same job are written to a file.

    Example: bandstand offer --level P3 --function Sales --place Denver --pay 98000
    """
    from analytics.people.offer_market import market_sentences
    from analytics.people.offers import Offer, offer_sentences
    from data.files.people_workbook import OFFER

    owner_only("compare an offer with people")
    made = Offer(
        level, pay, place, function, focus, zone, job, currency.strip().upper(), variable
    )  # fmt: skip
    answer, market = read_store(lambda con: _answer(con, made, month))
    said = market_sentences(market, answer.pay, place)
    for sentence in [*offer_sentences(answer, made.currency), *said]:
        typer.echo(sentence, err=out == "-")
    if out:
        asked = {name: str(value) for name, value in vars(made).items() if value}
        fmt = output_format(fmt, out)
        spec = inputs_of(OFFER, answer.paid_less, fmt, month, settings=answer.pay)
        write_people(answer.passed_over, "offer", asked, fmt, out, "nobody is paid less", spec)


def _answer(
    con: "duckdb.DuckDBPyConnection", made: "Offer", month: str
) -> "tuple[OfferAnswer, OfferMarket]":
    from analytics.people.offers import answer_offer
    from data.people.offers import read_candidate, read_offer_market
    from data.people.positions import market_medians, read_positions

    when = month_or_this(month)
    market = market_medians(con, when)
    answer = answer_offer(read_candidate(con, made, market), read_positions(con, market).people)
    return answer, read_offer_market(con, made, answer.pay_basis, when)
