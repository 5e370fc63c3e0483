"""Every error that Bandstand raises on purpose.

A message says what was found, where, and what to do about it. Pages and the
command line show these; anything else is a defect of ours.
"""


class BandstandError(Exception):
    """Something that a user can mend."""


class InputError(BandstandError, ValueError):
    """A value that was given can't be used."""


class CancelledError(BandstandError):
    """Work was stopped by whoever asked for it; nothing has changed."""


class UnknownNameError(BandstandError, LookupError):
    """A level, focus, occupation or other name that Bandstand doesn't hold."""


class SeedError(BandstandError, ValueError):
    """A seed file or its sidecar is broken: file, row, column, reason."""


class QueryError(BandstandError, ValueError):
    """A query file and its call don't fit each other."""


class StoreError(BandstandError, RuntimeError):
    """The store can't be opened, written or trusted."""
