"""What pages read, read once: the only place that caches.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

from app_pages.cache.answers import answer, ladder_answers, usual_rate
from app_pages.cache.calibration import coverage
from app_pages.cache.catalog import (
    Comparison,
    ProfileTables,
    RoleGuide,
    comparison,
    guides,
    ladder_levels,
    level_criteria,
    matcher,
    name_jobs,
    posting_reader,
    profile_facts,
    profile_tables,
    profiles,
    responsibilities,
    role_guide,
)
from app_pages.cache.connection import (
    ask,
    cached_read,
    damaged_load_messages,
    freeze_garbage,
    store_lock,
    write,
)
from app_pages.cache.imports import all_rows, first_rows, loads, read_release, read_taxonomy
from app_pages.cache.market_tables import (
    bands,
    benchmarks,
    level_differences,
    market,
    market_band_frame,
    options,
    rungs,
    source_table,
    source_title,
    sources,
    tracks,
)
from app_pages.cache.own_pay import (
    job_of_range,
    own_jobs,
    people_on_ladder,
    place_of_range,
    survey_ladder,
)
from app_pages.cache.own_pay import ranges as own_ranges
from app_pages.cache.places import occupation_areas, occupation_history, occupations
from app_pages.cache.pricing import cost_changes, places, price_sources, saved_versions
from app_pages.cache.records import (
    demo_loads,
    has_pay_records,
    pay_records,
    record_bands,
    record_beside,
    record_identity,
    record_notes,
    record_steps,
    record_values,
    stated_elements,
)
from app_pages.cache.search import findables

__all__ = [
    "Comparison",
    "ProfileTables",
    "RoleGuide",
    "all_rows",
    "answer",
    "ask",
    "bands",
    "benchmarks",
    "cached_read",
    "comparison",
    "cost_changes",
    "coverage",
    "damaged_load_messages",
    "demo_loads",
    "findables",
    "first_rows",
    "freeze_garbage",
    "guides",
    "has_pay_records",
    "job_of_range",
    "ladder_answers",
    "ladder_levels",
    "level_criteria",
    "level_differences",
    "loads",
    "market",
    "market_band_frame",
    "matcher",
    "name_jobs",
    "occupation_areas",
    "occupation_history",
    "occupations",
    "options",
    "own_jobs",
    "own_ranges",
    "pay_records",
    "people_on_ladder",
    "place_of_range",
    "places",
    "posting_reader",
    "price_sources",
    "profile_facts",
    "profile_tables",
    "profiles",
    "read_release",
    "read_taxonomy",
    "record_bands",
    "record_beside",
    "record_identity",
    "record_notes",
    "record_steps",
    "record_values",
    "responsibilities",
    "role_guide",
    "rungs",
    "saved_versions",
    "source_table",
    "source_title",
    "sources",
    "stated_elements",
    "store_lock",
    "survey_ladder",
    "tracks",
    "usual_rate",
    "write",
]
