"""The structure on the Ranges page: on the saved market while its terms stand, else read anew."""

from dataclasses import replace

from analytics.errors import InputError
from analytics.ranges.build import Structure, build_ranges
from analytics.ranges.exchange import exchange_rate
from analytics.ranges.market_choice import MarketChoice
from analytics.ranges.market_levels import choose_levels
from analytics.ranges.rows import MarketLevel
from analytics.ranges.targets import Targets
from app_pages import cache
from app_pages.asking import records_mode
from app_pages.components.range_grid import set_by_hand
from app_pages.components.range_inputs import Terms, settings_on
from app_pages.components.range_market import choices_of, chosen_figures, usual_percentiles
from app_pages.components.range_scope import saved_targets


def structure_of(terms: Terms, saved: Structure | None) -> Structure:
    """The structure on the page: on the saved market while its terms stand, else read anew."""
    scope, job = terms.scope, terms.scope.job
    asked = (terms.function, terms.basis, terms.month, scope.currency, scope.per_usd)
    if saved and (_terms_of(saved) != asked or _targets_differ(saved, terms.targets)):
        saved = None
    ratios = {ratio.place: ratio for ratio in saved.places} if saved else {}
    missing = tuple(place for place in terms.places if place not in ratios)
    if job:
        ratios |= {r.place: r for r in cache.place_ratios(job.function, missing)}
    elif saved is None or missing:
        raise InputError(
            f"{terms.function} has no ladder here, so its structure keeps market and places as "
            "saved; choose those that it was saved with"
        )
    built = Structure(
        terms.basis,
        scope.currency,
        terms.month,
        _markets(terms, saved, job.code if job else ""),
        settings_on(saved, terms.settings) if saved else terms.settings,
        tuple(ratios[place] for place in terms.places),
        exchange=scope.per_usd,
        exchange_source=scope.rate_source,
    )
    keys = {r.key for r in build_ranges(built).ranges}
    own = {key: ends for key, ends in set_by_hand(built).items() if key in keys}
    return replace(built, set_ranges=own)


def _markets(terms: Terms, saved: Structure | None, code: str) -> tuple[MarketLevel, ...]:
    """The market of each level that is built: as saved where its terms stand, else read anew."""
    stand = _standing(terms, saved) if saved else {}
    if not code:
        return choose_levels(saved.markets if saved else (), terms.scope.levels)
    if saved and set(terms.scope.levels or _ladder(terms)) <= set(stand):
        return choose_levels(saved.markets, terms.scope.levels)
    chosen = tuple(sorted(chosen_figures(terms.function).items()))
    asked = (terms.basis, terms.targets, terms.month)
    read = cache.structure_market(code, *asked, chosen, records_mode())
    rate = exchange_rate(terms.scope.currency, terms.scope.per_usd)
    now = {m.level: m.times(rate) if rate else m for m in read} | stand
    return choose_levels(list(now.values()), terms.scope.levels)


def _standing(terms: Terms, saved: Structure) -> dict[str, MarketLevel]:
    """The levels of a saved structure whose figure and percentile are as they were saved."""
    chosen, usual = chosen_figures(terms.function), MarketChoice()
    as_saved = choices_of(saved.markets, terms.targets)
    return {
        m.level: m
        for m in saved.markets
        if not terms.scope.job or as_saved.get(m.level, usual) == chosen.get(m.level, usual)
    }


def _ladder(terms: Terms) -> list[str]:
    return [row.level for row in cache.jobs_of_ladder(terms.scope.job)] if terms.scope.job else []


def _terms_of(saved: Structure) -> tuple[object, ...]:
    return saved.function, saved.pay_basis, saved.month, saved.currency, saved.exchange


def _targets_differ(saved: Structure, targets: Targets) -> bool:
    now = usual_percentiles(saved.markets, targets)
    return now != usual_percentiles(saved.markets, saved_targets(saved))
