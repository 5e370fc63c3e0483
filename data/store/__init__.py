"""The DuckDB file: opening, locking, copying. Knows nothing of pay."""
