"""Every error that Bandstand raises on purpose.

A message says what is wrong, where, and what to do about it. Pages and the
command line show these; any other exception is a bug.
"""


class BandstandError(Exception):
    """Something that the user can fix."""


class InputError(BandstandError, ValueError):
    """A value that can't be used."""


class CancelledError(BandstandError):
    """Work was stopped by whoever asked for it; nothing has changed."""


class UnknownNameError(BandstandError, LookupError):
    """A level, focus, occupation or other name that is not in the store."""


class SeedError(BandstandError, ValueError):
    """A seed file or its sidecar is broken: file, row, column, reason."""


class QueryError(BandstandError, ValueError):
    """A query file and its call don't fit each other."""


class UnitError(BandstandError, ValueError):
    """A table's column has no unit, or one that is not known."""


class StoreError(BandstandError, RuntimeError):
    """The store can't be opened, written or trusted."""


class NotAllowedError(BandstandError):
    """Somebody asked for what they may not see or do."""


class NotSignedInError(NotAllowedError):
    """Nobody is signed in, or the sign-in counts no more."""


class EngineError(BandstandError, RuntimeError):
    """Another engine can't be reached, refuses a question, or answers less than was asked."""
