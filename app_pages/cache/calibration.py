"""How often intervals cover, as the Calibration page shows it."""

from analytics.uncertainty.calibration import Coverage
from app_pages.cache.connection import cached_read, store_lock
from app_pages.components.tables import Table
from data.catalog.calibration import coverage_table, read_coverage


@cached_read()
def coverage() -> Table[Coverage]:
    """Stated and measured coverage on the wages in the store; takes some seconds once."""
    with store_lock().cursor() as con:
        rows = read_coverage(con)
    return Table.of(coverage_table(rows), Coverage)
