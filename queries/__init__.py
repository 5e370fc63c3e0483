"""One question a file, and the loader that asks it."""

from queries.loader import names, run

__all__ = ["names", "run"]
