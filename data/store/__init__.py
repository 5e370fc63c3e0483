"""The DuckDB file: opening, locking, copying. Knows no domain."""
