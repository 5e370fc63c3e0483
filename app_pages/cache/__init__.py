"""What pages read, read once: the only place that caches.

Everything here is the same for every user, since the seeds and the team's own
tables are the team's. What depends on who is asking must be a plain argument.
Shared values are never changed in place.
"""

from app_pages.cache.catalog import comparison, matcher, name_jobs, profile_details, profile_facts
from app_pages.cache.connection import (
    ask,
    cached_read,
    damaged_load_messages,
    freeze_garbage,
    store_lock,
    write,
)
from app_pages.cache.imports import all_rows, first_rows, read_release, read_taxonomy
from app_pages.cache.market_tables import (
    bands,
    benchmarks,
    market,
    options,
    rungs,
    sources,
    steps,
    tracks,
)
from app_pages.cache.pricing import price_sources
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
    "all_rows",
    "ask",
    "bands",
    "benchmarks",
    "cached_read",
    "comparison",
    "damaged_load_messages",
    "first_rows",
    "freeze_garbage",
    "has_pay_records",
    "market",
    "matcher",
    "name_jobs",
    "options",
    "pay_records",
    "price_sources",
    "profile_details",
    "profile_facts",
    "read_release",
    "read_taxonomy",
    "record_bands",
    "record_beside",
    "record_identity",
    "record_steps",
    "record_values",
    "rungs",
    "sources",
    "steps",
    "store_lock",
    "tracks",
    "write",
]
