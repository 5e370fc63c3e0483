"""Which of a job's sources answer a question when nobody has chosen: so that any basis answers."""

from collections.abc import Sequence
from dataclasses import replace

from analytics.pricing.inputs import Source

#: Bases from which a package can be rebuilt by stated assumptions.
_BRIDGEABLE = ("base", "target_cash", "total_cash", "total_comp")
#: What questions are answered in.
_CURRENCY = "USD"
#: Matches that are about the level itself, and those that are about something near it.
_OF_LEVEL, _NEAR = ("exact", "strong"), ("partial", "proxy")


def default_sources(offered: Sequence[Source], basis: str) -> tuple[Source, ...]:
    """The sources that answer on a pay basis, the best kind that there is.

    In order: figures of the level itself on the basis asked; the same bridged
    from another basis by the stated assumption; then figures of the whole
    function or of an occupation, on the basis and bridged; last a ladder that the team
    had modelled from a BLS wage. Pay of no stated basis and the BLS wages themselves are
    never bridged unasked. Of a survey of several places, those of the place asked answer
    where there are any. Figures in another currency without a rate answer nothing; those
    of the level come along last, for the reason why they don't. Empty where nothing answers.
    """
    dated = [source for source in offered if source.as_of is not None and source.percentiles]
    foreign = [s for s in dated if s.currency != _CURRENCY and not s.per_unit]
    chosen = _best(_nearest([s for s in dated if s not in foreign]), basis)
    told = [s for s in foreign if s.match in _OF_LEVEL and s.basis == basis]
    return (*chosen, *told) if chosen else ()


def _nearest(dated: Sequence[Source]) -> list[Source]:
    """Without what is moved from elsewhere where the same survey has the place itself."""
    surveys = [s for s in dated if s.status == "imported" and s.family]
    there = {s.family for s in surveys if not s.place.error}
    return [s for s in dated if s.family not in there or not s.place.error]


def _best(dated: Sequence[Source], basis: str) -> tuple[Source, ...]:
    for matches in (_OF_LEVEL, _NEAR):
        near = [source for source in dated if source.match in matches]
        if same := [source for source in near if source.basis == basis]:
            return tuple(same)
        if bridged := [source for source in near if source.basis in _BRIDGEABLE]:
            return tuple(replace(source, bridged=True) for source in bridged)
    modelled = [source for source in dated if source.status == "modelled"]
    return tuple(replace(s, bridged=True) for s in modelled if s.basis == "oews_wage")
