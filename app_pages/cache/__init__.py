"""What pages read, read once: the only place that caches.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

from app_pages.cache.catalog import (
    Comparison,
    ProfileTables,
    comparison,
    ladder_levels,
    level_criteria,
    matcher,
    name_jobs,
    posting_reader,
    profile_facts,
    profile_tables,
    profiles,
    responsibilities,
)
from app_pages.cache.connection import (
    ask,
    cached_read,
    damaged_load_messages,
    freeze_garbage,
    store_lock,
    visible_sources,
    write,
)
from app_pages.cache.imports import all_rows, first_rows, loads, read_release, read_taxonomy
from app_pages.cache.market_tables import (
    bands,
    benchmarks,
    level_differences,
    market,
    options,
    rungs,
    source_table,
    sources,
    tracks,
)
from app_pages.cache.pricing import cost_changes, place_factors, price_sources, saved_versions
from app_pages.cache.records import (
    has_pay_records,
    pay_records,
    record_bands,
    record_beside,
    record_identity,
    record_steps,
    record_values,
)

__all__ = [
    "Comparison",
    "ProfileTables",
    "all_rows",
    "ask",
    "bands",
    "benchmarks",
    "cached_read",
    "comparison",
    "cost_changes",
    "damaged_load_messages",
    "first_rows",
    "freeze_garbage",
    "has_pay_records",
    "ladder_levels",
    "level_criteria",
    "level_differences",
    "loads",
    "market",
    "matcher",
    "name_jobs",
    "options",
    "pay_records",
    "place_factors",
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
    "record_steps",
    "record_values",
    "responsibilities",
    "rungs",
    "saved_versions",
    "source_table",
    "sources",
    "store_lock",
    "tracks",
    "visible_sources",
    "write",
]
